//! The settings: each at once, each kept.

use egui::{Ui, Vec2};

use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::settings::{Motion, Settings, SoundKind, Theme};
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::Button;

pub(super) fn settings(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let before = look.m.settings;
    let mut new = before.clone();
    group(ui, look, "ui-set-seeing");
    stepper(ui, look, "ui-set-text", &format!("{} %", new.text), |by| {
        new.text = (i32::from(new.text) + by * 10).clamp(100, 200) as u16
    });
    ui.horizontal_wrapped(|ui| {
        for (theme, id) in [(Theme::Light, "ui-set-light"), (Theme::Dark, "ui-set-dark")] {
            if one_of(ui, look, id, new.theme == theme) {
                new.theme = theme;
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        toggle(ui, look, "ui-set-projector", &mut new.projector);
        toggle(ui, look, "ui-set-full-screen", &mut new.full_screen);
        let mut reduced = new.motion == Motion::Reduced;
        toggle(ui, look, "ui-set-calm", &mut reduced);
        new.motion = if reduced { Motion::Reduced } else { Motion::Full };
    });
    group(ui, look, "ui-set-hearing");
    ui.horizontal_wrapped(|ui| {
        toggle(ui, look, "ui-set-sound", &mut new.volumes.on);
        toggle(ui, look, "ui-set-read-aloud", &mut new.read_aloud);
    });
    let no_voice = words!(look, "ui-no-voice");
    if !look.m.can_speak {
        text(ui, &no_voice, look.s.body, Cut::Regular, look.p.soft_ink);
    }
    for (kind, id) in SoundKind::ALL.into_iter().zip(["ui-set-die", "ui-set-steps", "ui-set-tiles", "ui-set-bells"]) {
        let at = kind as usize;
        let now = new.volumes.of[at];
        stepper(ui, look, id, &format!("{now} %"), |by| {
            new.volumes.of[at] = (i32::from(now) + by * 10).clamp(0, 100) as u8
        });
    }
    let speed = new.reading_speed;
    stepper(ui, look, "ui-set-speed", &format!("{speed} %"), |by| {
        new.reading_speed = (i32::from(speed) + by * 10).clamp(50, 200) as u16
    });
    group(ui, look, "ui-set-reaching");
    ui.horizontal_wrapped(|ui| {
        toggle(ui, look, "ui-set-touch", &mut new.touch);
        toggle(ui, look, "ui-set-single-keys", &mut new.single_keys);
        let keys = words!(look, "ui-do-keys");
        if Button::new(&keys).icon("icon-keys").show(ui, look).clicked() {
            state.toggle(Overlay::Keys);
        }
    });
    if new != *before {
        look.out.push(Intent::Settings(Box::new(new)));
    }
}

fn group(ui: &mut Ui, look: &mut Look<'_>, id: &str) {
    ui.add_space(look.s.gap * 0.6);
    let title = look.m.language.text(id);
    text(ui, &title, look.s.body * 1.12, Cut::Bold, look.p.ink);
}

fn toggle(ui: &mut Ui, look: &mut Look<'_>, id: &str, on: &mut bool) {
    let label = look.m.language.text(id);
    if Button::new(&label).chosen(*on).show(ui, look).clicked() {
        *on = !*on;
    }
}

fn one_of(ui: &mut Ui, look: &mut Look<'_>, id: &str, on: bool) -> bool {
    let label = look.m.language.text(id);
    Button::new(&label).one_of(on).show(ui, look).clicked()
}

/// A value with a button for less and one for more: no slider, for no drag is needed, ever.
pub(crate) fn stepper(ui: &mut Ui, look: &mut Look<'_>, id: &str, value: &str, mut change: impl FnMut(i32)) {
    let name = look.m.language.text(id);
    let less = words!(look, "ui-less", what = &name);
    let more = words!(look, "ui-more-of", what = &name);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
        if Button::new("").name(&less).icon("icon-minus").only_icon().show(ui, look).clicked() {
            change(-1);
        }
        if Button::new("").name(&more).icon("icon-plus").only_icon().show(ui, look).clicked() {
            change(1);
        }
        let label = words!(look, "ui-value", what = &name, value = value);
        text(ui, &label, look.s.body, Cut::Regular, look.p.ink);
    });
}

/// What the keys for larger and smaller text do.
pub(crate) fn resized(settings: &Settings, by: i32) -> Settings {
    Settings { text: (i32::from(settings.text) + by * 10).clamp(100, 200) as u16, ..settings.clone() }
}
