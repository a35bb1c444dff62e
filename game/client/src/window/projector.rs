//! The room's own window: on the second screen where there is one, else beside the first.

use bevy::camera::RenderTarget;
use bevy::prelude::{Commands, Entity, Has, Query, Resource, default};
use bevy::window::{Monitor, MonitorSelection, PresentMode, PrimaryMonitor, Window, WindowMode, WindowRef};
use instep_ui::Surface;

use super::app::eye;
use super::draw;

/// The room's window and its camera, while they are open.
#[derive(Resource, Default)]
pub(super) struct RoomWindow(Option<(Entity, Entity)>);

impl RoomWindow {
    pub(super) fn is_open(&self) -> bool {
        self.0.is_some()
    }
}

/// Opens the room's window.
pub(super) fn open(
    room: &mut RoomWindow,
    monitors: &Query<'_, '_, (Entity, &Monitor, Has<PrimaryMonitor>)>,
    commands: &mut Commands<'_, '_>,
) {
    if room.is_open() {
        return;
    }
    let second = monitors.iter().find(|(.., primary)| !primary).filter(|_| monitors.iter().count() > 1);
    let mode = match second {
        Some((monitor, ..)) => WindowMode::BorderlessFullscreen(MonitorSelection::Entity(monitor)),
        None => WindowMode::Windowed,
    };
    let window = Window {
        title: draw::title(Surface::Room).into(),
        name: Some("instep".into()),
        present_mode: PresentMode::Fifo,
        mode,
        ..default()
    };
    let window = commands.spawn(window).id();
    let camera = commands.spawn((eye(Surface::Room), RenderTarget::Window(WindowRef::Entity(window)))).id();
    room.0 = Some((window, camera));
}

/// Closes the room's window.
pub(super) fn close(room: &mut RoomWindow, commands: &mut Commands<'_, '_>) {
    if let Some((window, camera)) = room.0.take() {
        commands.entity(camera).try_despawn();
        commands.entity(window).try_despawn();
    }
}

/// Notices that somebody closed it by its own button.
pub(super) fn notice_closed(
    mut room: bevy::prelude::ResMut<'_, RoomWindow>,
    windows: Query<'_, '_, &Window>,
    mut commands: Commands<'_, '_>,
) {
    if room.0.is_some_and(|(window, _)| !windows.contains(window)) {
        close(&mut room, &mut commands);
    }
}
