//! `instep` as its callers see it: each test runs the program, as people and programs do.

mod bad_packs;
mod folder;
mod keeping;
#[cfg(unix)]
mod keyboard;
mod kill;
mod options;
mod same;
mod script;
mod support;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod trouble;
