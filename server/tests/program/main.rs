//! The program `instep-server`, as an operator runs it: a real process on loopback, on ports that are free.

#![cfg(unix)]

#[allow(dead_code)]
#[path = "../online/support.rs"]
mod people;
mod support;

mod log;
mod operate;
mod settings;
mod start;
mod turns;
mod watch;
