//! `instep host` and `instep join` as their callers see them, over loopback.

mod back;
mod doors;
mod fake;
#[cfg(unix)]
mod people;
mod server;
#[path = "../commands/support.rs"]
#[expect(dead_code, reason = "it is the other commands' too")]
mod support;
#[cfg(unix)]
#[path = "../commands/terminal.rs"]
#[allow(dead_code, reason = "it is the other commands' too")]
mod terminal;
mod whole_game;
mod world;
