//! The room's own window: on the second screen where there is one, else beside the first.

use bevy::camera::RenderTarget;
use bevy::prelude::{Commands, Entity, Has, NonSendMut, Query, ResMut, Resource, default};
use bevy::window::{Monitor, MonitorSelection, PresentMode, PrimaryMonitor, Window, WindowMode, WindowRef};
use instep_ui::Surface;

use super::app::eye;
use super::draw;
use super::shell::Shell;

/// The room's window and its camera, while they are open.
#[derive(Resource, Default)]
pub(super) struct RoomWindow {
    /// Whether it should be open.
    pub(super) wanted: bool,
    open: Option<(Entity, Entity)>,
}

type Monitors<'w, 's> = Query<'w, 's, (Entity, &'static Monitor, Has<PrimaryMonitor>)>;

/// Opens or closes the window where that is wanted, and notices that somebody closed it by its own button. It is
/// done before anything is drawn: a window that opens later would have nothing to show in its first frame.
pub(super) fn follow(
    mut shell: NonSendMut<'_, Shell>,
    mut room: ResMut<'_, RoomWindow>,
    monitors: Monitors<'_, '_>,
    windows: Query<'_, '_, &Window>,
    mut commands: Commands<'_, '_>,
) {
    if room.open.is_some_and(|(window, _)| !windows.contains(window)) {
        room.wanted = false;
    }
    match (room.wanted, room.open) {
        (true, None) => room.open = Some(open(&monitors, &mut commands)),
        (false, Some((window, camera))) => {
            commands.entity(camera).try_despawn();
            commands.entity(window).try_despawn();
            room.open = None;
        }
        _ => {}
    }
    shell.projector(room.open.is_some());
}

fn open(monitors: &Monitors<'_, '_>, commands: &mut Commands<'_, '_>) -> (Entity, Entity) {
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
    (window, camera)
}
