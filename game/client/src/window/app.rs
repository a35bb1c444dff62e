//! The Bevy app around the screens: windows, loop, rendering of egui, sound and input.

use std::path::PathBuf;
use std::sync::mpsc::channel;

use bevy::app::{AppExit, PluginGroupBuilder, PostUpdate, PreUpdate, Startup, Update};
use bevy::audio::AudioPlugin;
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::log::{Level, LogPlugin};
use bevy::prelude::{
    App, Bundle, Camera2d, ClearColor, Color, Commands, DefaultPlugins, IntoScheduleConfigs, Local, Msaa, NonSend,
    PluginGroup, Window, WindowPlugin, World, default,
};
use bevy::render::RenderPlugin;
use bevy::render::error_handler::{ErrorType, RenderError, RenderErrorHandler, RenderErrorPolicy};
use bevy::render::settings::{InstanceFlags, MemoryHints, PowerPreference, RenderCreation, WgpuSettings};
use bevy::window::{ExitCondition, PresentMode, WindowResizeConstraints, WindowResolution};
use bevy::winit::EventLoopProxyWrapper;

use bevy_egui::{
    EguiContext, EguiContextSettings, EguiGlobalSettings, EguiInputSet, EguiPlugin, EguiPostUpdateSet, EguiPreUpdateSet,
};
use instep_ui::{Settings, Surface, UiState};

use super::access::{self, Watched};
use super::alarm::{Alarm, Waker};
use super::desks::Desks;
use super::draw::{Due, Looks, Wanted};
use super::host::{Host, Order, Told};
use super::keep::{self, Keeper};
use super::pace::Pace;
use super::projector::{self, RoomWindow};
use super::shell::{Clock, Known, Shell};
use super::speech::Speaker;
use super::worker::Worker;
use super::{act, crash, draw, gamma, hear, keyboard, rest, size, sound};
use crate::language;
use crate::problem::Problem;

/// What of Bevy's talk is told: what goes wrong. Drivers and sound have much to say that helps nobody here.
const LOG: &str =
    "warn,winit=error,bevy_audio=error,bevy_egui=error,bevy_render=error,wgpu_hal=error,wgpu_core=error,naga=error";

/// A camera with an egui context, for one window.
pub(super) fn eye(surface: Surface) -> impl Bundle {
    // egui brings its own edges and colours: whatever Bevy would do to them costs time and changes them.
    let plain = (Camera2d, Msaa::Off, Tonemapping::None, DebandDither::Disabled);
    // Run by hand: the pass is given the whole window, and says when the next one is due.
    let settings = EguiContextSettings { run_manually: true, ..EguiContextSettings::default() };
    (plain, EguiContext::default(), settings, Looks::new(surface))
}

/// What the window begins with.
pub(super) fn shell(data: PathBuf, host: Host, waker: &Waker) -> Shell {
    let (settings, told) = keep::settings(&data);
    let (sender, failures) = channel();
    let rouse = waker.clone();
    let keeper = Keeper::start(data.clone(), move |why| {
        let _ = sender.send(why);
        rouse.wake();
    });
    let speaker = Speaker::new(waker.clone());
    let mut known = known(settings, Clock::Real);
    known.can_speak = speaker.can_speak();
    if let Some(told) = told {
        known.notice(told);
    }
    Shell {
        worker: Worker::start(&data, waker.clone()),
        desks: Desks::of(&data),
        data,
        known,
        state: UiState::default(),
        art: Default::default(),
        host,
        keeper,
        failures,
        speaker,
        alarm: Alarm::start(waker.clone()),
        summaries: Vec::new(),
        moves: Vec::new(),
        asked: None,
        answered: 0,
        beginning: None,
        hosting: None,
    }
}

pub(super) fn known(settings: Settings, clock: Clock) -> Known {
    Known {
        language: language::current(),
        settings,
        packs: Vec::new(),
        saved: Vec::new(),
        worked_out: None,
        table: None,
        room: None,
        notices: Vec::new(),
        clock,
        can_speak: false,
        speaks: false,
        projector_open: false,
        slow: false,
        others: Default::default(),
    }
}

/// Opens the window, and returns when it was closed. `first` is what was heard before there was a window.
pub(super) fn run(mut shell: Shell, first: Option<Told>, waker: &Waker) -> Result<(), Problem> {
    shell.host.order(Order::List);
    if let Some(told) = first {
        shell.told(told);
    }
    let mut app = App::new();
    app.add_plugins(plugins(Some(window(&shell.known.settings))));
    app.insert_resource(ClearColor(ground(&shell.known.settings)));
    let rouse = app.world().get_resource::<EventLoopProxyWrapper>().map(|proxy| (**proxy).clone());
    if let Some(rouse) = rouse {
        waker.set(move || {
            // It fails only when the window has gone.
            let _ = rouse.send_event(bevy::winit::WinitUserEvent::WakeUp);
        });
    }
    screens(&mut app);
    sound::prepare(&mut app);
    let watched = Watched::default();
    let requested = app.world().get_resource::<bevy::a11y::AccessibilityRequested>().cloned();
    if let Some(requested) = requested {
        access::watch(&watched, requested, waker.clone());
    }
    app.insert_resource(watched)
        .insert_resource(rest::settings())
        .insert_resource(RenderErrorHandler(lost))
        .init_resource::<RoomWindow>()
        .insert_non_send(shell)
        .add_systems(Startup, |mut commands: Commands<'_, '_>| {
            commands.spawn(eye(Surface::Desk));
        })
        .add_systems(PreUpdate, (size::fit, size::keep))
        .add_systems(Update, act::close)
        .add_systems(PreUpdate, (hear::hear, projector::follow).chain().before(EguiPreUpdateSet::InitContexts))
        .add_systems(PreUpdate, (access::press, keyboard::hear).in_set(EguiInputSet::ReadBevyMessages))
        .add_systems(PostUpdate, act::act.after(draw::draw).before(EguiPostUpdateSet::ProcessOutput))
        .add_systems(PostUpdate, (rest::rest, tell_first).after(EguiPostUpdateSet::ProcessOutput));
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(_) => Err(Problem::Machine(
            "The window had to close; everything up to the last thing that was shown is kept: start Instep again to go on."
                .into(),
        )),
    }
}

/// What draws the screens, in a window or in a picture.
pub(super) fn screens(app: &mut App) {
    // bevy_egui can gather textures so that fewer draw calls are made; not every driver can, and there are few.
    app.add_plugins(EguiPlugin { bindless_mode_array_size: None });
    let mut settings = EguiGlobalSettings { auto_create_primary_context: false, ..EguiGlobalSettings::default() };
    settings.input_system_settings.run_write_keyboard_input_messages_system = false;
    app.insert_resource(settings)
        .init_resource::<Wanted>()
        .init_resource::<Due>()
        .init_resource::<Pace>()
        .add_systems(PostUpdate, draw::draw.in_set(EguiPostUpdateSet::EndPass));
    gamma::add(app);
}

/// Bevy's plugins, with a window or without one.
pub(super) fn plugins(window: Option<Window>) -> PluginGroupBuilder {
    let mut plugins = DefaultPlugins
        .set(LogPlugin { level: Level::INFO, filter: LOG.into(), ..default() })
        .set(render())
        .set(WindowPlugin {
            // The room's window does not keep the program going.
            exit_condition: match window {
                Some(_) => ExitCondition::OnPrimaryClosed,
                None => ExitCondition::DontExit,
            },
            // It may be asked about first.
            close_when_requested: false,
            primary_window: window,
            ..default()
        });
    if !sound::may_be_heard() {
        plugins = plugins.disable::<AudioPlugin>();
    }
    plugins
}

/// Rendering with whatever there is, also where the processor has to do it.
pub(super) fn render() -> RenderPlugin {
    let graphics = WgpuSettings {
        power_preference: PowerPreference::LowPower,
        memory_hints: MemoryHints::MemoryUsage,
        // Checking what wgpu is told costs a good part of a frame, and what egui tells it is always the same.
        instance_flags: InstanceFlags::empty().with_env(),
        ..WgpuSettings::default()
    };
    RenderPlugin { render_creation: RenderCreation::Automatic(Box::new(graphics)), ..default() }
}

fn window(settings: &Settings) -> Window {
    let (width, height) = size::first(settings);
    Window {
        title: draw::title(Surface::Desk).into(),
        name: Some("instep".into()),
        resolution: WindowResolution::new(width, height),
        resize_constraints: WindowResizeConstraints { min_width: 800.0, min_height: 600.0, ..default() },
        present_mode: PresentMode::Fifo,
        mode: act::mode(settings),
        ..default()
    }
}

/// What is seen before anything is drawn.
pub(super) fn ground(settings: &Settings) -> Color {
    let [r, g, b, _] = instep_ui::theme::palette(settings.theme).ground.to_array();
    Color::srgb_u8(r, g, b)
}

/// The graphics went away, or refused something.
fn lost(error: &RenderError, world: &mut World, _: &mut World) -> RenderErrorPolicy {
    let what = match error.ty {
        ErrorType::DeviceLost => "The graphics of this computer went away",
        ErrorType::OutOfMemory => "The graphics of this computer have no memory left",
        _ => "The graphics of this computer could not draw the window",
    };
    crash::end(format!(
        "{what}, so the window had to close; everything up to the last thing that was shown is kept: start Instep again to go on, or play in the terminal with `instep play --headless`."
    ));
    world.write_message(AppExit::error());
    RenderErrorPolicy::StopRendering
}

/// Notes that a frame was shown, and when, for whoever measures (`RUST_LOG=instep=info`).
fn tell_first(mut frames: Local<'_, u32>, _main: NonSend<'_, Shell>) {
    *frames = frames.saturating_add(1);
    if *frames == 2 {
        crash::shown();
        bevy::log::info!("first frame {} ms after the start", super::since_start().as_millis());
    }
}
