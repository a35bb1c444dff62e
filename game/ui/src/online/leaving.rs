//! A table of this computer closes for everyone when whoever keeps it goes: they are asked first, and are reminded of the
//! others when they come back.

use egui::Ui;
use instep_protocol::Role;
use instep_words::say;

use super::{Host, HostAt, Wish, name_of, person_name};
use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::model::Model;
use crate::overlay::main_id;
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::Button;

impl Model<'_> {
    /// Those for whom the table closes when whoever looks leaves it, as names.
    #[must_use]
    pub fn left_behind(&self) -> Vec<String> {
        let (Some(here), Some(table)) = (self.online.and_then(|online| online.here), &self.table) else {
            return Vec::new();
        };
        if !here.on_this_computer || !here.line.is_up() || table.stopped.is_some() {
            return Vec::new();
        }
        let others = table.view.people.people.iter();
        let others = others.filter(|p| p.here && Some(p.id) != here.you && p.role != Role::SharedScreen);
        others.map(|p| person_name(&table.view, p.id)).collect()
    }
}

/// Leaving a table that closes for others by it is asked about first, wherever it was pressed.
pub(crate) fn ask_first(look: &mut Look<'_>, state: &mut UiState) {
    if !look.out.contains(&Intent::Leave) || look.m.left_behind().is_empty() {
        return;
    }
    look.out.retain(|intent| *intent != Intent::Leave);
    if !matches!(state.overlays.last(), Some(Overlay::Leave(_))) {
        state.overlays.push(Overlay::Leave(false));
    }
}

/// Who is there, and what leaving does to them.
pub(crate) fn leave_question(ui: &mut Ui, look: &mut Look<'_>) {
    let names = look.m.left_behind();
    let what = match names.len() {
        // They may go while it is asked.
        0 => words!(look, "ui-leave-others-gone"),
        people => {
            words!(look, "ui-leave-others-what", people = people, who = &say::together(look.m.language, &names))
        }
    };
    text(ui, &what, look.s.body, Cut::Regular, look.p.ink);
}

/// The two answers; staying has the focus.
pub(crate) fn leave_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, quit: bool) {
    let (stay, leave) = (words!(look, "ui-leave-others-not"), words!(look, "ui-leave-others"));
    ui.horizontal_wrapped(|ui| {
        if Button::new(&stay).main().id(main_id()).show(ui, look).clicked() {
            state.overlays.pop();
        }
        if Button::new(&leave).icon("icon-close").show(ui, look).clicked() {
            state.overlays.pop();
            look.out.push(Intent::Leave);
            if quit {
                look.out.push(Intent::Quit);
            }
        }
    });
}

/// Who was at the table that was opened here.
pub(crate) fn again_question(ui: &mut Ui, look: &mut Look<'_>, state: &UiState) {
    let who = say::together(look.m.language, &state.were_here);
    let what = words!(look, "ui-open-again-what", people = state.were_here.len(), who = &who);
    text(ui, &what, look.s.body, Cut::Regular, look.p.ink);
}

/// Opens it again on this network, by the names that it had; or not now.
pub(crate) fn again_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let (open, not) = (words!(look, "ui-open-again"), words!(look, "ui-open-again-not"));
    ui.horizontal_wrapped(|ui| {
        if Button::new(&open).icon("icon-people").main().id(main_id()).show(ui, look).clicked() {
            let name = name_of(look, state.hosting.name.as_ref());
            let called = state.hosting.called.trim().to_owned();
            state.hosting.at_server = false;
            // What is on its way, or in the way, is seen where a table is opened by hand.
            super::open_up(state, false);
            if !name.is_empty() {
                look.wish(Wish::OpenUp(Box::new(Host { at: HostAt::ThisComputer, called, name })));
            }
        }
        if Button::new(&not).show(ui, look).clicked() {
            state.overlays.pop();
        }
    });
}
