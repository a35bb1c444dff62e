//! The window has the size that it had the last time, as far as the screen has room for it.

use bevy::prelude::{Has, Local, MessageReader, NonSendMut, Query, With};
use bevy::window::{Monitor, PrimaryMonitor, PrimaryWindow, Window, WindowMode, WindowResized};
use instep_ui::Settings;

use super::shell::Shell;

/// What a window has where nobody has chosen.
const USUAL: (u16, u16) = (1280, 800);

/// The size to open with: width and height in logical pixels.
pub(super) fn first(settings: &Settings) -> (u32, u32) {
    let (width, height) = settings.window.unwrap_or(USUAL);
    (width.into(), height.into())
}

/// Once the screen is known: no larger than that.
pub(super) fn fit(
    mut windows: Query<'_, '_, &mut Window, With<PrimaryWindow>>,
    monitors: Query<'_, '_, (&Monitor, Has<PrimaryMonitor>)>,
    mut done: Local<'_, bool>,
) {
    if *done {
        return;
    }
    let Some((monitor, _)) = monitors.iter().max_by_key(|(_, primary)| *primary) else { return };
    *done = true;
    let room = (
        f64::from(monitor.physical_width) / monitor.scale_factor,
        f64::from(monitor.physical_height) / monitor.scale_factor,
    );
    for mut window in &mut windows {
        let size = (window.width(), window.height());
        let fits = within(size, (room.0 as f32, room.1 as f32));
        if window.mode == WindowMode::Windowed && fits != size {
            window.resolution.set(fits.0, fits.1);
        }
    }
}

/// A size, and no more than there is room for. A screen that says nothing of itself has room for all.
fn within(size: (f32, f32), room: (f32, f32)) -> (f32, f32) {
    let side = |size: f32, room: f32| if room >= 1.0 { size.min(room) } else { size };
    (side(size.0, room.0), side(size.1, room.1))
}

/// Keeps the size for the next time; not that of a window that fills the screen.
pub(super) fn keep(
    mut shell: NonSendMut<'_, Shell>,
    windows: Query<'_, '_, &Window, With<PrimaryWindow>>,
    mut resized: MessageReader<'_, '_, WindowResized>,
) {
    if resized.read().count() == 0 {
        return;
    }
    let shell = &mut *shell;
    for window in windows.iter().filter(|window| window.mode == WindowMode::Windowed) {
        let size = Some((window.width().round() as u16, window.height().round() as u16));
        let settings = &mut shell.known.settings;
        // A window that opens with the usual size has chosen none.
        if settings.window == size || (settings.window.is_none() && size == Some(USUAL)) {
            continue;
        }
        settings.window = size;
        shell.keeper.settings_soon(settings.clone().in_range());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_no_larger_than_its_screen() {
        for (size, room, fits) in [
            ((1280.0, 800.0), (1920.0, 1080.0), (1280.0, 800.0)),
            ((2560.0, 1400.0), (1366.0, 768.0), (1366.0, 768.0)),
            ((1280.0, 800.0), (1024.0, 1280.0), (1024.0, 800.0)),
            ((1280.0, 800.0), (0.0, 0.0), (1280.0, 800.0)),
        ] {
            assert_eq!(within(size, room), fits);
        }
    }
}
