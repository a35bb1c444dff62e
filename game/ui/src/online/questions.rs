//! Questions before something that people would not like to have pressed by accident.

use egui::Ui;
use instep_protocol::{Ask, Role};

use super::{Wish, person_name, places};
use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::overlay::main_id;
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::Button;

/// Who or what a question is about.
fn about(look: &Look<'_>, of: Overlay) -> String {
    match of {
        Overlay::SendAway(id) | Overlay::HandOver(id) => {
            look.m.table.map_or_else(String::new, |table| person_name(&table.view, id))
        }
        Overlay::LetGo(place) => {
            let place = look.m.online.and_then(|o| o.places.iter().find(|p| p.id == place));
            place.map_or_else(String::new, |place| places::place_name(place).to_owned())
        }
        Overlay::Moved(table) => {
            let saved = look.m.saved.iter().find(|saved| saved.table == table);
            saved.and_then(|saved| saved.moved.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// What is asked, and what it would do.
pub(crate) fn question(ui: &mut Ui, look: &mut Look<'_>, of: Overlay) {
    let who = about(look, of);
    let what = match of {
        Overlay::SendAway(_) => words!(look, "ui-send-away-what", who = &who),
        Overlay::HandOver(_) => words!(look, "ui-hand-over-what", who = &who),
        Overlay::LetGo(_) => words!(look, "ui-let-place-go-what", table = &who),
        Overlay::Moved(_) => words!(look, "ui-moved-what", moved = &who),
        _ => words!(look, "ui-new-invite-what"),
    };
    text(ui, &what, look.s.body, Cut::Regular, look.p.ink);
    let more = match of {
        Overlay::LetGo(id) if look.m.online.is_some_and(|o| o.places.iter().any(|p| p.id == id && p.copy_here)) => {
            words!(look, "ui-let-place-go-copy")
        }
        Overlay::Moved(_) => words!(look, "ui-moved-take-back-what"),
        _ => return,
    };
    text(ui, &more, look.s.body, Cut::Regular, look.p.ink);
}

/// The copy of a game that moved: to be read, or gone on with.
pub(crate) fn moved_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: i64) {
    let (read, back) = (words!(look, "ui-moved-read"), words!(look, "ui-moved-take-back"));
    ui.horizontal_wrapped(|ui| {
        if Button::new(&read).icon("icon-read").main().id(main_id()).show(ui, look).clicked() {
            state.overlays.pop();
            look.out.push(Intent::Continue(table));
        }
        if Button::new(&back).icon("icon-play").show(ui, look).clicked() {
            state.overlays.pop();
            look.out.push(Intent::TakeBack(table));
        }
    });
}

/// The two answers; the one that changes nothing has the focus.
pub(crate) fn question_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, of: Overlay) {
    let who = about(look, of);
    let (yes, icon) = match of {
        Overlay::SendAway(_) => (words!(look, "ui-send-away", who = &who), "icon-close"),
        Overlay::HandOver(_) => (words!(look, "ui-hand-over", who = &who), "icon-right"),
        Overlay::LetGo(_) => (words!(look, "ui-let-place-go"), "icon-cross"),
        _ => (words!(look, "ui-new-invite"), "icon-redraw"),
    };
    ui.horizontal_wrapped(|ui| {
        let not = words!(look, "ui-undo-not");
        if Button::new(&not).main().id(main_id()).show(ui, look).clicked() {
            state.overlays.pop();
        }
        // A place is let go of here; what the table is asked for needs it to be there.
        let can = matches!(of, Overlay::LetGo(_)) || look.can_ask();
        if !Button::new(&yes).icon(icon).enabled(can).show(ui, look).clicked() {
            return;
        }
        state.overlays.pop();
        match of {
            Overlay::SendAway(person) => look.ask(Ask::SendAway { person }),
            Overlay::HandOver(person) => {
                look.ask(Ask::GiveRole { person, role: Role::Facilitator });
                // In this order: a table never is without.
                if let Some(you) = look.here().and_then(|here| here.you) {
                    look.ask(Ask::GiveRole { person: you, role: Role::Player });
                }
            }
            Overlay::LetGo(place) => look.wish(Wish::LetGo(place)),
            _ => look.ask(Ask::NewInvite),
        }
    });
}
