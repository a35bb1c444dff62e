//! The close: the path they built, what built it and what stood in the way, and thanks. No score, no winner.

use egui::{Id, Rect, Ui, Vec2};
use instep_rules::Outcome;
use instep_words::{say, twin};

use crate::board;
use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::page::page;
use crate::state::{Overlay, Screen, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

pub(crate) fn close(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(home_id());
    }
    page(ui, look, state, "close", head, body, foot);
}

fn home_id() -> Id {
    Id::new("close home")
}

fn head(ui: &mut Ui, look: &mut Look<'_>, _: &mut UiState) {
    let title = words!(look, "ui-closed");
    text(ui, &title, look.s.heading, Cut::Bold, look.p.bar_ink);
}

fn body(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let wide = look.s.width_in_body() > 58.0;
    let room = ui.available_size();
    let side = if wide {
        (room.x * 0.46).min(look.s.screen.height() * 0.72)
    } else {
        room.x.min(look.s.screen.height() * 0.6)
    };
    let told = |ui: &mut Ui, look: &mut Look<'_>| {
        let complete = view.state().path_complete(view.setup());
        let title = if complete { words!(look, "ui-complete-title") } else { words!(look, "ui-closed-so-far") };
        text(ui, &title, look.s.title, Cut::Bold, look.p.ink);
        // The stones stand below, in sentences.
        for line in say::ending(&view).into_iter().skip(twin::path(&view).len()) {
            text(ui, &line, look.s.body * 1.08, Cut::Regular, look.p.ink);
        }
        let stones = words!(look, "ui-stones");
        text(ui, &stones, look.s.heading, Cut::Bold, look.p.ink);
        for outcome in view.setup().in_play().iter() {
            let line = board::in_words(look, &view, Outcome(outcome.0));
            text(ui, &line, look.s.body, Cut::Regular, look.p.ink);
        }
        let closing = view.packs.first().strings.get("closing_words").cloned();
        let closing = closing.unwrap_or_else(|| words!(look, "ui-closing-words"));
        text(ui, &closing, look.s.body * 1.08, Cut::Italic, look.p.ink);
        let thanks = words!(look, "ui-thanks");
        text(ui, &thanks, look.s.body * 1.08, Cut::Bold, look.p.ink);
    };
    if wide {
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), egui::Sense::hover());
            board::board(ui, look, state, Rect::from_min_size(rect.min, Vec2::splat(side)));
            ui.add_space(look.s.body);
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
                told(ui, look);
            });
        });
    } else {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), egui::Sense::hover());
        board::board(ui, look, state, rect);
        told(ui, look);
    }
    let notes = words!(look, "ui-written");
    let lines = say::words(&view);
    if !lines.is_empty() {
        text(ui, &notes, look.s.heading, Cut::Bold, look.p.ink);
        for line in lines {
            text(ui, &line, look.s.body, Cut::Regular, look.p.ink);
        }
    }
}

fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if !look.controls() {
        return;
    }
    let (home, save, again, twin) = (
        words!(look, "ui-back-home"),
        words!(look, "ui-save-record"),
        words!(look, "ui-go-on-later"),
        words!(look, "ui-do-in-words"),
    );
    // The record of a table elsewhere is kept there, and so is its path.
    let kept_here = look.here().is_none_or(|here| here.has_record);
    let mut button = Button::new(&home).icon("icon-back").kind(Kind::Bar);
    if !kept_here {
        button = button.id(home_id());
    }
    if button.show(ui, look).clicked() {
        look.out.push(Intent::Leave);
    }
    if kept_here && Button::new(&save).icon("icon-log").main().id(home_id()).show(ui, look).clicked() {
        look.out.push(Intent::SaveRecord);
    }
    if kept_here && Button::new(&again).icon("icon-plus").kind(Kind::Bar).show(ui, look).clicked() {
        state.choices.path_of = Some(state.desk.table);
        state.hosts = false;
        state.screen = Screen::SetUp;
    }
    if Button::new(&twin).icon("icon-words").kind(Kind::Bar).show(ui, look).clicked() {
        state.toggle(Overlay::InWords);
    }
    for notice in look.m.notices {
        text(ui, notice, look.s.body, Cut::Regular, look.p.bar_ink);
    }
}
