//! An empty window of Bevy and egui, drawn without a pause: what Instep's frames are measured against.
//! `cargo run -p instep --example empty_window -- SECONDS` says how long a frame took on the mean.

use std::time::Instant;

use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::window::{PresentMode, WindowResolution};
use bevy::winit::WinitSettings;
use bevy_egui::{EguiContexts, EguiPlugin, EguiPrimaryContextPass, PrimaryEguiContext, egui};

#[derive(Resource)]
struct Until {
    seconds: f32,
    begun: Option<Instant>,
    frames: u32,
}

fn main() -> AppExit {
    let seconds = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10.0);
    let window = Window {
        title: "Empty".into(),
        resolution: WindowResolution::new(1920, 1080),
        present_mode: PresentMode::Fifo,
        ..default()
    };
    App::new()
        .add_plugins(DefaultPlugins.set(WindowPlugin { primary_window: Some(window), ..default() }))
        .add_plugins(EguiPlugin { bindless_mode_array_size: None })
        .insert_resource(WinitSettings::continuous())
        .insert_resource(Until { seconds, begun: None, frames: 0 })
        .add_systems(Startup, |mut commands: Commands<'_, '_>| {
            let plain = (Camera2d, Msaa::Off, Tonemapping::None, DebandDither::Disabled);
            commands.spawn((plain, PrimaryEguiContext));
        })
        .add_systems(EguiPrimaryContextPass, |mut contexts: EguiContexts<'_, '_>| -> Result {
            egui::Window::new("Empty").show(contexts.ctx_mut()?, |ui| ui.label("Nothing."));
            Ok(())
        })
        .add_systems(Last, count)
        .run()
}

/// The first frames compile shaders, and count for nothing.
fn count(mut until: ResMut<'_, Until>, mut exit: MessageWriter<'_, AppExit>) {
    until.frames += 1;
    if until.frames == 30 {
        until.begun = Some(Instant::now());
    }
    let Some(begun) = until.begun else { return };
    let took = begun.elapsed().as_secs_f32();
    if took > until.seconds {
        println!("{:.1} ms a frame", took * 1000.0 / (until.frames - 30) as f32);
        exit.write(AppExit::Success);
    }
}
