//! How to play, the table in words, and thanks.

use egui::{Sense, Ui, Vec2};
use instep_rules::Outcome;
use instep_words::{View, say, twin};

use super::main_id;
use crate::board;
use crate::intent::Intent;
use crate::look::{Look, in_letters, text, words};
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::Button;

/// How many pages there are.
const PAGES: u8 = 5;

pub(super) fn how_to(ui: &mut Ui, look: &mut Look<'_>, page: u8) {
    let page = page.min(PAGES - 1);
    let (title, what, seen) = match page {
        0 => ("ui-how-1", "ui-how-1-text", "ui-how-1-picture"),
        1 => ("ui-how-2", "ui-how-2-text", "ui-how-2-picture"),
        2 => ("ui-how-3", "ui-how-3-text", "ui-how-3-picture"),
        3 => ("ui-how-4", "ui-how-4-text", "ui-how-4-picture"),
        _ => ("ui-how-5", "ui-how-5-text", "ui-how-5-picture"),
    };
    let width = ui.available_width();
    let height = (width * 0.62).min(look.s.screen.height() * 0.42);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let seen = look.m.language.text(seen);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, &seen));
    let picture = format!("how-{}", page + 1);
    let shown = egui::Rect::from_center_size(rect.center(), Vec2::new((height / 0.6667).min(width), height));
    look.art.paint(ui.painter(), &picture, shown, look.p.ink);
    let (title, what) = (look.m.language.text(title), look.m.language.text(what));
    text(ui, &title, look.s.heading, Cut::Bold, look.p.ink);
    text(ui, &what, look.s.body * 1.05, Cut::Regular, look.p.ink);
}

pub(super) fn pages(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, page: u8) {
    let go = |state: &mut UiState, page: u8| {
        if let Some(last) = state.overlays.last_mut() {
            *last = Overlay::HowTo(page);
        }
    };
    ui.horizontal_wrapped(|ui| {
        let (back, next, done) = (words!(look, "ui-previous"), words!(look, "ui-next"), words!(look, "ui-done"));
        if Button::new(&back).icon("icon-left").enabled(page > 0).show(ui, look).clicked() {
            go(state, page - 1);
        }
        let where_ = words!(look, "ui-page", page = page + 1, pages = PAGES);
        text(ui, &where_, look.s.body, Cut::Regular, look.p.soft_ink);
        let last = page + 1 >= PAGES;
        let label = if last { &done } else { &next };
        if Button::new(label).icon("icon-right").main().id(main_id()).show(ui, look).clicked() {
            if last {
                state.overlays.pop();
            } else {
                go(state, page + 1);
            }
        }
    });
}

/// The text twin: all that the picture shows.
pub(super) fn in_words(ui: &mut Ui, look: &mut Look<'_>) {
    let Some(table) = look.table() else { return };
    ui.spacing_mut().item_spacing.y = look.s.gap * 0.4;
    for line in twin::whole(&table.view) {
        if line.is_empty() {
            ui.add_space(look.s.gap);
            continue;
        }
        let head = !line.starts_with(' ');
        let cut = if head { Cut::Bold } else { Cut::Regular };
        let line = in_letters(line.trim_end().to_owned());
        text(ui, &line, look.s.body, cut, look.p.ink);
    }
}

/// Reads the table aloud.
pub(super) fn in_words_foot(ui: &mut Ui, look: &mut Look<'_>) {
    let Some(table) = look.table() else { return };
    let label = if look.m.speaks { words!(look, "ui-hush") } else { words!(look, "ui-speak") };
    let icon = if look.m.speaks { "icon-stop" } else { "icon-speak" };
    if Button::new(&label).icon(icon).enabled(look.m.can_speak).show(ui, look).clicked() {
        let wanted = if look.m.speaks { Intent::Hush } else { Intent::Speak(in_letters(spoken(look, &table.view))) };
        look.out.push(wanted);
    }
    if !look.m.can_speak {
        let none = words!(look, "ui-no-voice");
        text(ui, &none, look.s.body, Cut::Regular, look.p.soft_ink);
    }
}

/// The board as sentences: whose turn it is, and what each stone holds.
fn spoken(look: &Look<'_>, view: &View<'_>) -> String {
    let mut said = vec![say::whose_turn(view), say::next(view)];
    said.extend(twin::turn(view));
    let stones = (0..view.packs.outcomes().len()).map(|n| board::in_words(look, view, Outcome(n as u8)));
    said.extend(stones);
    said.join(". ")
}

pub(super) fn about(ui: &mut Ui, look: &mut Look<'_>) {
    for id in ["ui-about-what", "ui-about-thanks", "ui-about-licence"] {
        let words = look.m.language.text(id);
        text(ui, &words, look.s.body, Cut::Regular, look.p.ink);
    }
}
