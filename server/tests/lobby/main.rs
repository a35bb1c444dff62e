//! The lobby without a network: who is let in, who may do what, and what becomes of tables that nobody comes to.

mod guesses;
mod lost;
mod numbers;
mod older;
mod retention;
mod roles;
mod support;
mod tokens;
mod typing;
