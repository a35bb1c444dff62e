//! Tables over real QUIC on loopback.

mod bad_days;
mod crowds;
mod doors;
mod moving;
mod relay;
mod support;
mod whole_game;
