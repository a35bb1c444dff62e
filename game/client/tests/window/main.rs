//! The real window, on a screen that nobody sees.
#![cfg(target_os = "linux")]

mod game;
mod pictures;
mod reader;
mod support;
mod weak;
