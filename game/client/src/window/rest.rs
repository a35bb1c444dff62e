//! Resting: nothing is drawn unless something is to be seen.

use std::time::{Duration, Instant};

use bevy::a11y::ActionRequest;
use bevy::prelude::{Local, MessageReader, Messages, NonSend, Res, ResMut};
use bevy::window::{RequestRedraw, WindowResized};
use bevy::winit::{UpdateMode, WinitSettings};

use super::draw::{Due, Wanted};
use super::shell::Shell;

/// Frames after which a window of another size is whole.
const SETTLING: u8 = 8;

/// The window wakes for input, for threads, and for times; by itself it sleeps on. The mouse's movements count
/// where they are over the window.
pub(super) fn settings() -> WinitSettings {
    let sleep = UpdateMode::Reactive {
        wait: Duration::MAX,
        react_to_device_events: false,
        react_to_user_events: true,
        react_to_window_events: true,
    };
    WinitSettings { focused_mode: sleep, unfocused_mode: sleep }
}

/// After a frame: when the next one is due.
pub(super) fn rest(
    shell: NonSend<'_, Shell>,
    due: Res<'_, Due>,
    wanted: Res<'_, Wanted>,
    late: Res<'_, Messages<ActionRequest>>,
    mut resized: MessageReader<'_, '_, WindowResized>,
    mut settling: Local<'_, u8>,
    mut asked: ResMut<'_, Messages<RequestRedraw>>,
) {
    // What is laid out anew for another size takes a few frames to be whole on the screen.
    if resized.read().count() > 0 {
        *settling = SETTLING;
    }
    let settles = *settling > 0;
    *settling = settling.saturating_sub(1);
    // bevy_egui asks for a frame at once where egui wants one in a second.
    asked.clear();
    let desk = &shell.state.desk;
    let mut delay = due.0;
    if shell.known.table.is_some() {
        // The seconds of the talk, and the minutes of the session.
        if desk.timer.runs() && desk.timer.left_s(shell.known.clock.now_ms()).is_some_and(|left| left > 0) {
            delay = sooner(delay, Duration::from_secs(1));
        } else if desk.planned.is_some() {
            delay = sooner(delay, Duration::from_secs(30));
        }
    }
    match delay {
        // What assistive technology asked for in the middle of this frame is done in the next one.
        _ if wanted.acted || settles || !late.is_empty() => {
            asked.write(RequestRedraw);
        }
        Some(Duration::ZERO) => {
            asked.write(RequestRedraw);
        }
        Some(delay) => {
            if let Some(at) = Instant::now().checked_add(delay) {
                shell.alarm.at(at);
            }
        }
        None => {}
    }
}

fn sooner(delay: Option<Duration>, other: Duration) -> Option<Duration> {
    Some(delay.map_or(other, |delay| delay.min(other)))
}
