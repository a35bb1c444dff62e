//! The game in a window. Everything visible is drawn by egui (`game/ui`), so that one tree serves eye, pointer,
//! keyboard and screen reader; Bevy gives the loop, windows, rendering, sound, input and accessibility. Nothing outside
//! of this folder knows Bevy.

mod access;
mod act;
mod again;
mod alarm;
mod app;
mod crash;
mod desks;
mod draw;
mod elsewhere;
mod gamma;
mod hear;
mod host;
mod keep;
mod keyboard;
mod keys_page;
mod others;
mod pace;
mod projector;
mod rest;
pub(crate) mod screens;
mod shell;
mod size;
mod sound;
mod speech;
mod worker;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::PlayCall;
use crate::calls::{HostCall, JoinCall};
use crate::problem::Problem;
use alarm::Waker;
use host::{Host, Order, Told};

static START: OnceLock<Instant> = OnceLock::new();

fn since_start() -> Duration {
    START.get().map_or(Duration::ZERO, Instant::elapsed)
}

/// Whether there seems to be a screen to open a window on.
pub(crate) fn there_is_a_screen() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || named("WAYLAND_DISPLAY") || named("DISPLAY")
}

/// Where the window begins.
pub(crate) enum First {
    Home,
    /// At the table that a call asks for.
    Play(Box<PlayCall>),
    Join(JoinCall),
    Host(Box<HostCall>),
}

/// Opens the window, and returns when it was closed.
pub(crate) fn open(data: PathBuf, first: First) -> Result<(), Problem> {
    START.get_or_init(Instant::now);
    let waker = Waker::default();
    let host = Host::start(data.clone(), waker.clone())?;
    // What is wrong with a call is told where it was made, before there is a window.
    let told = match &first {
        First::Home | First::Join(_) | First::Host(_) => None,
        First::Play(call) => {
            host.order(Order::Call(call.clone()));
            match host.told.recv() {
                Ok(Told::Refused(problem)) => return Err(problem),
                told => told.ok(),
            }
        }
    };
    crash::watch(&data.clone(), move || {
        let mut shell = app::shell(data, host, &waker);
        shell.begin_at(first);
        app::run(shell, told, &waker)
    })
}
