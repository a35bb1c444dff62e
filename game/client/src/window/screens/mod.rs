//! `instep screens`: a picture of every screen and key moment, always the same. Nothing is opened on a screen: the
//! pictures are drawn into memory, so that their size is anybody's choice.

mod director;
mod elsewhere;
mod scenes;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bevy::app::{PluginsState, PreUpdate};
use bevy::asset::{Assets, RenderAssetUsages};
use bevy::audio::AudioPlugin;
use bevy::camera::RenderTarget;
use bevy::image::Image;
use bevy::prelude::{App, ClearColor, Handle, On};
use bevy::render::RenderPlugin;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat, TextureUsages};
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::winit::WinitPlugin;
use instep_ui::{Settings, Surface, Theme};

use super::alarm::Waker;
use super::draw::{Looks, Wanted};
use super::host::Host;
use super::shell::{Clock, Shell};
use super::speech::Speaker;
use super::{app, crash};
use crate::problem::Problem;
use director::Director;
use scenes::Scene;

/// A Saturday noon: what the clock says in every picture.
pub(super) const NOW_MS: u64 = 1_790_424_000_000;

/// Frames after which textures are there and everything has found its place.
const FRAMES: usize = 6;

/// So many frames may a picture take to come back from the graphics.
const PATIENCE: usize = 400;

/// What pictures are asked for.
pub(crate) struct Pictures {
    pub(crate) dir: PathBuf,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) dark: bool,
    /// In per cent.
    pub(crate) text: u16,
}

/// Draws all of them.
pub(crate) fn draw(pictures: &Pictures) -> Result<(), Problem> {
    std::fs::create_dir_all(&pictures.dir).map_err(|e| unwritten(&pictures.dir, &e))?;
    let data = std::env::temp_dir().join(format!("instep-screens-{}", std::process::id()));
    let drawn = crash::watch(&pictures.dir, || draw_all(pictures, &data));
    // It was only ever for this.
    let _ = std::fs::remove_dir_all(&data);
    drawn
}

impl Pictures {
    fn settings(&self) -> Settings {
        let theme = if self.dark { Theme::Dark } else { Theme::Light };
        Settings { theme, text: self.text, ..Settings::default() }.in_range()
    }
}

fn unwritten(path: &Path, why: &dyn std::fmt::Display) -> Problem {
    Problem::Machine(format!("{} can't be written to ({why}): name another folder.", path.display()))
}

fn draw_all(pictures: &Pictures, data: &Path) -> Result<(), Problem> {
    let waker = Waker::default();
    let host = Host::start(data.to_owned(), waker.clone())?;
    let mut shell = app::shell(data.to_owned(), host, &waker);
    shell.known.settings = pictures.settings();
    shell.speaker = Speaker::mute();
    shell.known.can_speak = true;
    shell.known.clock = Clock::Still { now_ms: NOW_MS, time: 0.0 };
    let (mut app, target) = studio(shell, pictures);
    let mut director = Director::default();
    for (n, scene) in scenes::all().into_iter().enumerate() {
        let path = pictures.dir.join(format!("{:02}-{}.png", n + 1, scene.name));
        take(&mut app, &target, &mut director, &scene, n, &path)?;
        crate::out::line(path.display())?;
    }
    Ok(())
}

/// The app, and the picture that it draws into.
fn studio(shell: Shell, pictures: &Pictures) -> (App, Handle<Image>) {
    let mut app = App::new();
    let plugins = app::plugins(None).disable::<WinitPlugin>().disable::<PipelinedRenderingPlugin>();
    // Pictures wait for what draws them, and make no sound.
    let plugins =
        plugins.disable::<AudioPlugin>().set(RenderPlugin { synchronous_pipeline_compilation: true, ..app::render() });
    app.add_plugins(plugins);
    app.insert_resource(ClearColor(app::ground(&pictures.settings())));
    app::screens(&mut app);
    let size = Extent3d { width: pictures.width, height: pictures.height, depth_or_array_layers: 1 };
    let mut image = Image::new_fill(
        size,
        TextureDimension::D2,
        &[0, 0, 0, 255],
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::default(),
    );
    image.texture_descriptor.usage |= TextureUsages::RENDER_ATTACHMENT | TextureUsages::COPY_SRC;
    let target = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    app.world_mut().spawn((app::eye(Surface::Desk), RenderTarget::Image(target.clone().into())));
    app.insert_non_send(shell);
    app.add_systems(PreUpdate, super::hear::hear);
    while app.plugins_state() == PluginsState::Adding {
        bevy::tasks::tick_global_task_pools_on_main_thread();
    }
    app.finish();
    app.cleanup();
    (app, target)
}

/// Sets a scene up, and takes its picture.
fn take(
    app: &mut App,
    target: &Handle<Image>,
    director: &mut Director,
    scene: &Scene,
    n: usize,
    path: &Path,
) -> Result<(), Problem> {
    // Far from every other scene, so that nothing of it still moves.
    #[allow(clippy::cast_precision_loss, reason = "some dozens")]
    let begins = 1000.0 * (n + 1) as f64;
    set_time(app, begins);
    with(app, |shell| {
        shell.state.finish();
        shell.state.overlays.clear();
        shell.known.notices.clear();
    });
    look(app, Surface::Desk);
    // Where everything was, so that what happens now is seen to happen.
    frames(app, 2)?;
    with(app, |shell| (scene.set)(director, shell))?;
    look(app, scene.surface);
    set_time(app, begins + 1.0);
    frames(app, FRAMES / 2)?;
    set_time(app, begins + 1.0 + scene.after);
    if scene.after >= scenes::AT_REST {
        // One thing moves after the other, and time goes on in steps here.
        with(app, |shell| shell.state.finish());
    }
    frames(app, FRAMES)?;
    capture(app, target, path)
}

fn with<T>(app: &mut App, f: impl FnOnce(&mut Shell) -> T) -> T {
    f(&mut app.world_mut().non_send_mut::<Shell>())
}

fn set_time(app: &mut App, time: f64) {
    with(app, |shell| shell.known.clock = Clock::Still { now_ms: NOW_MS, time });
}

fn look(app: &mut App, surface: Surface) {
    let mut looks = app.world_mut().query::<&mut Looks>();
    for mut looks in looks.iter_mut(app.world_mut()) {
        looks.surface = surface;
    }
}

fn frames(app: &mut App, count: usize) -> Result<(), Problem> {
    for _ in 0..count {
        app.update();
        // Nobody is there to hear a sound; what the screens ask of the table is theirs.
        let wanted = app.world_mut().resource_mut::<Wanted>().take();
        with(app, |shell| {
            for intent in wanted {
                shell.act(intent);
            }
            shell.ask_worker();
        });
        if let Some(exit) = app.should_exit() {
            return Err(Problem::Machine(format!("The pictures could not be drawn ({exit:?}): start again.")));
        }
    }
    Ok(())
}

type Saved = Arc<Mutex<Option<Result<(), String>>>>;

fn capture(app: &mut App, target: &Handle<Image>, path: &Path) -> Result<(), Problem> {
    let saved = Saved::default();
    let (to, done) = (path.to_owned(), Arc::clone(&saved));
    app.world_mut().spawn(Screenshot::image(target.clone())).observe(
        move |captured: On<'_, '_, ScreenshotCaptured>| {
            let image = captured.image.clone().try_into_dynamic().map_err(|e| e.to_string());
            let written = image.and_then(|image| image.to_rgb8().save(&to).map_err(|e| e.to_string()));
            if let Ok(mut done) = done.lock() {
                *done = Some(written);
            }
        },
    );
    for _ in 0..PATIENCE {
        frames(app, 1)?;
        match saved.lock().ok().and_then(|mut saved| saved.take()) {
            Some(Ok(())) => return Ok(()),
            Some(Err(why)) => return Err(unwritten(path, &why)),
            None => {}
        }
    }
    Err(Problem::Machine("A picture did not come back from the graphics: start again.".into()))
}
