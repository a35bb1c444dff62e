//! One page that lists the keys, changes them, and can be printed.

use egui::{Ui, vec2};

use crate::intent::Intent;
use crate::keys::{Deed, Keys, Press};
use crate::look::{Look, text, words};
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::Button;

pub(super) fn keys(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    for id in ["ui-keys-move", "ui-keys-stones", "ui-keys-change"] {
        let line = look.m.language.text(id);
        text(ui, &line, look.s.body, Cut::Regular, look.p.ink);
    }
    if let Some(deed) = state.choosing_key {
        choose(ui, look, state, deed);
    }
    let settings = look.m.settings;
    for deed in Deed::ALL {
        let name = look.m.language.text(deed.id());
        let key = settings.keys.of(deed).map_or_else(|| words!(look, "ui-no-key"), Press::name);
        let chosen = state.choosing_key == Some(deed);
        let line = if chosen { words!(look, "ui-press-a-key", what = &name) } else { name.clone() };
        let label = words!(look, "ui-change-key", what = &name, key = &key);
        let pressed = Button::new(&line).name(&label).wide().icon("icon-keys").key(Some(key)).show(ui, look).clicked();
        if pressed {
            state.choosing_key = (!chosen).then_some(deed);
        }
    }
    ui.allocate_space(vec2(1.0, look.s.gap));
}

/// Takes the next key that is pressed for a deed.
fn choose(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, deed: Deed) {
    let pressed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Key { key, pressed: true, repeat: false, modifiers, .. } => {
                Some(Press { ctrl: modifiers.command, key: *key })
            }
            _ => None,
        })
    });
    let Some(press) = pressed.filter(|p| p.is_free()) else { return };
    let mut new = look.m.settings.clone();
    new.keys.set(deed, Some(press));
    look.out.push(Intent::Settings(Box::new(new)));
    state.choosing_key = None;
}

pub(super) fn foot(ui: &mut Ui, look: &mut Look<'_>) {
    ui.horizontal_wrapped(|ui| {
        let (print, reset) = (words!(look, "ui-print-keys"), words!(look, "ui-usual-keys"));
        if Button::new(&print).icon("icon-print").show(ui, look).clicked() {
            look.out.push(Intent::PrintKeys);
        }
        if Button::new(&reset).icon("icon-undo").show(ui, look).clicked() {
            let new = crate::Settings { keys: Keys::default(), ..look.m.settings.clone() };
            look.out.push(Intent::Settings(Box::new(new)));
        }
    });
}
