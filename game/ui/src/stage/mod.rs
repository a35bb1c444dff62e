//! The stage: the card, and the one thing to do now.

mod card;

use egui::{Align, Id, Layout, Rect, Stroke, StrokeKind, Ui, UiBuilder, Vec2};
use instep_protocol::Ask;
use instep_rules::{Command, Direction, Phase};
use instep_words::{View, say};

pub(crate) use card::next_in_bar;

use crate::board;
use crate::keys::Deed;
use crate::look::{Look, text, words};
use crate::model::TableModel;
use crate::online;
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::{Button, panel};

/// The node of the next thing to do.
pub(crate) fn main_id() -> Id {
    Id::new("the next thing to do")
}

/// The field for a real step. It is no button at any other time: what has focus under the name of a field is taken for
/// somebody who types.
pub(crate) fn step_id() -> Id {
    Id::new("a real step")
}

/// Shows what the game waits for.
pub(crate) fn stage(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    if view.state().phase().card().is_some() && !view.people.paused {
        return card::with_card(ui, look, state, &table, rect);
    }
    panel(ui, look, rect, look.p.card);
    let inside = rect.shrink(look.s.body * 1.1);
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt("stage").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 1.4);
            if view.people.paused {
                return paused(ui, look);
            }
            match view.state().phase() {
                _ if view.state().closed() => {}
                Phase::Opening { .. } => opening(ui, look, state, &table),
                Phase::Roll => roll(ui, look, state, &table),
                Phase::Walk { face } => walk(ui, look, &table, face),
                _ => {}
            }
        });
    });
}

fn paused(ui: &mut Ui, look: &mut Look<'_>) {
    let title = words!(look, "ui-paused");
    text(ui, &title, look.s.title, Cut::Bold, look.p.ink);
    let more = words!(look, "ui-paused-more");
    text(ui, &more, look.s.body, Cut::Regular, look.p.ink);
    if look.controls() {
        let can = look.can_ask() && look.table().is_some_and(|table| !crate::table::looks_on(look, &table));
        let go_on = words!(look, "ui-go-on");
        let key = look.key(Deed::Pause);
        let button = Button::new(&go_on).icon("icon-play").main().large().id(main_id()).key(key).enabled(can);
        if button.show(ui, look).clicked() {
            look.ask(Ask::Pause(false));
        }
    }
}

/// Whose turn it is, large, with the shoes that step.
///
/// `below` is the room that what follows needs: where there is too little, what the seat means is not told.
fn whose(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, below: f32) {
    let seat = view.state().seat();
    let title = online::whose(look, view);
    let nobody = online::nobody_plays(look, view);
    // Where there is little room the bar below has the sign already.
    let roomy = ui.available_height() > look.s.body * 15.0;
    if !roomy {
        text(ui, &title, look.s.heading, Cut::Bold, look.p.ink);
        if let Some(nobody) = nobody {
            text(ui, &nobody, look.s.body, Cut::Regular, look.p.soft_ink);
        }
        return;
    }
    let means = ui.available_height() - below > look.s.title * 1.9 + look.s.body * 3.0;
    let size = look.s.title * 1.9;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), egui::Sense::hover());
        let tones = look.tone(seat);
        ui.painter().rect(
            rect,
            look.s.radius * 1.4,
            tones.soft,
            Stroke::new(look.s.body * 0.1, tones.edge),
            StrokeKind::Inside,
        );
        board::shoes(ui, look, view, seat, rect.shrink(size * 0.1), 0.0);
        ui.add_space(look.s.gap);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            text(ui, &title, look.s.heading * 1.15, Cut::Bold, look.p.ink);
            match nobody {
                Some(nobody) => {
                    text(ui, &nobody, look.s.body, Cut::Regular, look.p.ink);
                }
                None if means => {
                    let about = &view.packs.perspectives()[seat.index()];
                    text(ui, &about.meaning, look.s.body, Cut::Regular, look.p.soft_ink);
                }
                None => {}
            }
        });
    });
}

fn opening(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    // Whoever opens the table is welcomed, in the pack's own words.
    let welcome = table.view.packs.first().strings.get("welcome").filter(|_| table.view.state().path().is_empty());
    if let Some(welcome) = welcome {
        text(ui, welcome, look.s.body * 1.1, Cut::Italic, look.p.soft_ink);
    }
    whose(ui, look, &table.view, 0.0);
    let what = say::next(&table.view);
    text(ui, &what, look.s.heading, Cut::Regular, look.p.ink);
    card::choices(ui, look, state, table);
    card::reason(ui, look, state, "ui-works-here");
}

fn roll(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let view = &table.view;
    if view.state().path_complete(view.setup()) {
        let done = words!(look, "ui-complete-title");
        text(ui, &done, look.s.heading * 1.2, Cut::Bold, look.p.ink);
    }
    whose(ui, look, view, 0.0);
    let face = board::face(view).unwrap_or(1);
    let faces = view.state().ruleset().die_faces;
    let rolling = state.scene.die().filter(|_| !look.calm());
    if table.legal.roll_typed && look.controls() {
        let which = words!(look, "ui-real-die-which");
        text(ui, &which, look.s.body, Cut::Regular, look.p.ink);
        ui.horizontal_wrapped(|ui| {
            for face in 1..=faces {
                let number = face.to_string();
                let name = words!(look, "ui-real-die-face", face = face);
                let mut button = Button::new(&number).name(&name).large();
                if face == 1 {
                    button = button.id(main_id());
                }
                if button.show(ui, look).clicked() {
                    act(look, table, Command::RollTyped(face));
                }
            }
        });
        return;
    }
    let side = (look.s.short * 0.14).min(ui.available_height() * 0.6).max(look.s.body * 3.0);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), egui::Sense::hover());
        board::paint_die(ui, rect.shrink(side * 0.08), face, faces, rolling);
        ui.add_space(look.s.gap * 2.0);
        if look.controls() && !look.listed() {
            let label = words!(look, "ui-roll");
            let key = look.key(Deed::Roll);
            let button = Button::new(&label)
                .icon("icon-die")
                .main()
                .large()
                .id(main_id())
                .key(key)
                .enabled(table.legal.roll && !table.waits);
            if button.show(ui, look).clicked() {
                act(look, table, Command::Roll);
            }
        }
    });
}

fn walk(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>, face: u8) {
    let view = &table.view;
    // The die, and two ways of which each may need two lines.
    let ways = look.s.body * if look.controls() { 14.0 } else { 6.0 };
    whose(ui, look, view, ways);
    let side = (look.s.title * 1.6).min(ui.available_height() * 0.22);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), egui::Sense::hover());
        board::paint_die(ui, rect.shrink(side * 0.06), face, view.state().ruleset().die_faces, None);
        ui.add_space(look.s.gap);
        let rolled = online::rolled(look, view, face);
        text(ui, &rolled, look.s.heading, Cut::Regular, look.p.ink);
    });
    for direction in [Direction::Forward, Direction::Back] {
        let name = board::way_name(look, view, face, direction);
        let (icon, deed) = match direction {
            Direction::Forward => ("icon-right", Deed::Forward),
            Direction::Back => ("icon-left", Deed::Back),
        };
        if !look.controls() {
            text(ui, &name, look.s.body, Cut::Regular, look.p.ink);
            continue;
        }
        let mut button =
            Button::new(&name).icon(icon).large().wide().key(look.key(deed)).enabled(table.legal.walk && !table.waits);
        if direction == Direction::Forward {
            button = button.id(main_id());
        }
        if button.show(ui, look).clicked() {
            act(look, table, Command::Walk(direction));
        }
    }
}

/// Asks the table for a turn's command, on behalf of whose turn it is.
pub(crate) fn act(look: &mut Look<'_>, table: &TableModel<'_>, command: Command) {
    look.ask(Ask::Act { seat: Some(table.view.state().seat()), command });
}
