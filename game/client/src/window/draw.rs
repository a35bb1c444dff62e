//! Showing the screens: one egui pass a window and frame.

use std::time::{Duration, Instant};

use bevy::prelude::{Component, NonSendMut, Query, Res, ResMut, Resource};
use bevy::render::renderer::RenderDevice;
use bevy_egui::{EguiContext, EguiFullOutput, EguiInput};
use egui::{Event, Modifiers};
use instep_ui::{Intent, Surface};

use super::pace::Pace;
use super::shell::{Clock, Shell};

/// Whose eyes an egui context is for.
#[derive(Component)]
pub(super) struct Looks {
    pub(super) surface: Surface,
    /// Whether egui has its fonts.
    installed: bool,
    /// Which of Ctrl, Shift and the like are down, as far as egui was told.
    modifiers: Modifiers,
}

impl Looks {
    pub(super) fn new(surface: Surface) -> Self {
        Self { surface, installed: false, modifiers: Modifiers::NONE }
    }
}

/// What somebody wants, gathered while drawing. A frame may be drawn in two passes; what is wanted in both is
/// wanted once.
#[derive(Resource, Default)]
pub(super) struct Wanted {
    intents: Vec<Intent>,
    /// Whether the last frame brought any.
    pub(super) acted: bool,
}

impl Wanted {
    pub(super) fn add(&mut self, intents: Vec<Intent>) {
        for intent in intents {
            if !self.intents.contains(&intent) {
                self.intents.push(intent);
            }
        }
    }

    pub(super) fn take(&mut self) -> Vec<Intent> {
        self.acted = !self.intents.is_empty();
        std::mem::take(&mut self.intents)
    }
}

/// When the next frame is due, by what this one said.
#[derive(Resource, Default)]
pub(super) struct Due(pub(super) Option<Duration>);

/// Large enough for every letter in every size, and small enough for every graphics memory.
const TEXTURE_SIDE_MAX: u32 = 8192;

type Contexts<'w, 's> =
    Query<'w, 's, (&'static mut EguiContext, &'static mut EguiInput, &'static mut EguiFullOutput, &'static mut Looks)>;

/// Draws every window.
pub(super) fn draw(
    mut shell: NonSendMut<'_, Shell>,
    mut contexts: Contexts<'_, '_>,
    mut wanted: ResMut<'_, Wanted>,
    mut due: ResMut<'_, Due>,
    mut pace: ResMut<'_, Pace>,
    device: Option<Res<'_, RenderDevice>>,
) {
    // egui takes 2048 where nobody tells it, and large text in many sizes needs more.
    let side = device.map(|device| device.limits().max_texture_dimension_2d.min(TEXTURE_SIDE_MAX) as usize);
    let Shell { known, state, art, .. } = &mut *shell;
    if matches!(known.clock, Clock::Real) && pace.frame(Instant::now(), state.moves()) {
        known.slow = true;
    }
    due.0 = None;
    // The desk first: what it moves on, the room then shows.
    for (surface, art) in [Surface::Desk, Surface::Room].into_iter().zip(art) {
        let model = known.model(surface);
        for (mut context, mut input, mut output, mut looks) in &mut contexts {
            if looks.surface != surface {
                continue;
            }
            let ctx = context.get_mut();
            if !std::mem::replace(&mut looks.installed, true) {
                instep_ui::install(ctx);
                // A caret that blinks would redraw everything twice a second, and distracts.
                ctx.all_styles_mut(|style| style.visuals.text_cursor.blink = false);
            }
            let mut raw = input.take();
            // bevy_egui tells them every frame, and egui wants another frame for whatever it is told.
            raw.events.retain(|event| match event {
                Event::ModifiersChanged(now) => std::mem::replace(&mut looks.modifiers, *now) != *now,
                _ => true,
            });
            raw.max_texture_side = side.or(raw.max_texture_side);
            if let Clock::Still { time, .. } = known.clock {
                raw.time = Some(time);
            }
            let begun = Instant::now();
            let full = ctx.run_ui(raw, |ui| {
                // egui leaves the window itself without a name.
                ui.ctx().accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title(surface)));
                let intents = instep_ui::show(ui, state, art, &model, surface);
                // The room's window has nothing to press: it only looks on.
                if surface == Surface::Desk {
                    wanted.add(intents);
                }
            });
            bevy::log::debug!("drew in {} us", begun.elapsed().as_micros());
            let viewport = full.viewport_output.get(&egui::ViewportId::ROOT);
            let delay = if state.moves() { Some(Duration::ZERO) } else { viewport.map(|v| v.repaint_delay) };
            if delay.is_some_and(|delay| delay < Duration::from_secs(3600)) {
                bevy::log::debug!("again in {delay:?}: {:?}", ctx.repaint_causes());
            }
            // New letters and drawings are on the graphics side a frame later: whoever rests before sees holes.
            let delay = if full.textures_delta.set.is_empty() { delay } else { Some(Duration::ZERO) };
            due.0 = [due.0, delay].into_iter().flatten().min();
            output.0 = Some(full);
        }
    }
}

/// What a window is called, for those who hear it.
pub(super) const fn title(surface: Surface) -> &'static str {
    match surface {
        Surface::Desk => "Instep",
        Surface::Room => "Instep: for the room",
    }
}

#[cfg(test)]
mod tests {
    use instep_ui::Sound;

    use super::*;

    #[test]
    fn what_two_passes_want_is_wanted_once() {
        let mut wanted = Wanted::default();
        wanted.add(vec![Intent::Sound(Sound::Die), Intent::Leave]);
        wanted.add(vec![Intent::Sound(Sound::Die), Intent::Quit]);
        assert_eq!(wanted.take(), [Intent::Sound(Sound::Die), Intent::Leave, Intent::Quit]);
        assert!(wanted.acted);
        assert_eq!(wanted.take(), []);
        assert!(!wanted.acted);
    }
}
