//! Home's list of tables elsewhere that one was at: back with one press.

use egui::Ui;

use super::{Place, Wish};
use crate::look::{Look, text, words};
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

/// What a place is called: its table's name, or where it is.
pub(super) fn place_name(place: &Place) -> &str {
    if place.called.trim().is_empty() { &place.host } else { &place.called }
}

/// Shows the places to come back to.
pub(crate) fn places(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(online) = look.m.online.filter(|o| !o.places.is_empty()) else { return };
    let title = words!(look, "ui-places");
    text(ui, &title, look.s.body, Cut::Bold, look.p.ink);
    for place in online.places {
        let name = place_name(place);
        let back = words!(look, "ui-come-back", table = name);
        let about = format!("{} {}", words!(look, "ui-called-there", name = &place.name), place.last);
        let label = format!("{back}. {about}");
        if Button::new(&back).name(&label).icon("icon-people").large().wide().show(ui, look).clicked() {
            look.wish(Wish::Return(place.id));
        }
        ui.horizontal_wrapped(|ui| {
            text(ui, &about, look.s.body, Cut::Regular, look.p.soft_ink);
            let (go, named) = (words!(look, "ui-let-place-go"), words!(look, "ui-let-place-go-of", table = name));
            if Button::new(&go).name(&named).icon("icon-cross").kind(Kind::Quiet).show(ui, look).clicked() {
                state.toggle(Overlay::LetGo(place.id));
            }
        });
    }
}
