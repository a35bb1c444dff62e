//! What is to be done about the card in play.

use egui::{Align, Id, Layout, Rect, Stroke, Ui, UiBuilder, vec2};
use instep_protocol::Ask;
use instep_rules::{Action, Command, Instruction, Phase, Tile};
use instep_words::{View, say};

use super::{act, main_id, step_id};
use crate::badges::badge;
use crate::board::{self, choose};
use crate::keys::Deed;
use crate::look::{Look, text, words};
use crate::model::TableModel;
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Field, Kind, panel};
use crate::{card, timer};

pub(super) fn with_card(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>, rect: Rect) {
    let view = &table.view;
    let Some(card) = view.state().phase().card() else { return };
    let slide = if look.calm() { 1.0 } else { state.scene.card() };
    let rect_shown = rect.translate(vec2(0.0, (1.0 - slide) * (1.0 - slide) * look.s.body * 1.5));
    panel(ui, look, rect_shown, look.p.card);
    pointed(ui, look, state, rect_shown);
    let head = card::head(ui, look, view, card, rect_shown);
    let inside =
        Rect::from_min_max(head.left_bottom(), rect_shown.max).shrink2(vec2(look.s.body * 1.0, look.s.body * 0.6));
    if look.listed() && look.controls() {
        return all_in_one(ui, look, state, table, card, inside);
    }
    // What is to be done keeps its room; the card's words have the rest, and scroll where that is too little.
    let todo = Id::new("todo height");
    let wanted = ui.ctx().data(|d| d.get_temp::<f32>(todo)).unwrap_or(look.s.body * 5.0);
    let share = if look.controls() { 0.62 } else { 0.4 };
    let todo_height = wanted.min(inside.height() * share);
    let (above, below) = inside.split_top_bottom_at_y(inside.bottom() - todo_height - look.s.gap);
    card::words_of(ui, look, view, card, above);
    let below = below.with_min_y(below.top() + look.s.gap);
    let mut height = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(below).layout(Layout::top_down(Align::Min)), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt("todo").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(look.s.gap, look.s.gap * 0.8);
            let top = ui.cursor().top();
            to_do(ui, look, state, table);
            height = ui.min_rect().bottom() - top;
        });
    });
    if (height - wanted).abs() > 0.5 {
        ui.ctx().data_mut(|d| d.insert_temp(todo, height));
        ui.ctx().request_discard("the card's controls have another height");
    }
}

/// Somebody points at the card: a ring and a hand, for a moment. Who it is stands in the strip above.
fn pointed(ui: &Ui, look: &mut Look<'_>, state: &UiState, rect: Rect) {
    if !crate::online::card_pointed(look, state) {
        return;
    }
    let width = look.s.body * 0.3;
    ui.painter().rect_stroke(
        rect.expand(width * 0.5),
        look.s.radius * 1.6,
        Stroke::new(width, look.p.focus),
        egui::StrokeKind::Middle,
    );
    let hand = Rect::from_center_size(rect.right_bottom() - vec2(1.3, 1.3) * look.s.body, vec2(1.5, 1.5) * look.s.body);
    ui.painter().circle_filled(hand.center(), look.s.body, look.p.focus);
    let ink = if look.p.dark { look.p.glow_ink } else { egui::Color32::WHITE };
    look.art.paint(ui.painter(), "icon-point", hand, ink);
}

/// Large text: the card's words and what is to be done, one below the other in one scroll.
fn all_in_one(
    ui: &mut Ui,
    look: &mut Look<'_>,
    state: &mut UiState,
    table: &TableModel<'_>,
    card: instep_rules::CardId,
    rect: Rect,
) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt(("all in one", card.0)).auto_shrink(false).show(
            ui,
            |ui| {
                ui.set_max_width(rect.width() - look.s.body);
                ui.spacing_mut().item_spacing = vec2(look.s.gap, look.s.gap);
                // Who chooses has read; the list of what can be chosen comes first then.
                let talking = matches!(table.view.state().phase(), Phase::Talk { .. });
                if talking {
                    card::flowing(ui, look, &table.view, card);
                }
                to_do(ui, look, state, table);
                if !talking {
                    card::flowing(ui, look, &table.view, card);
                }
            },
        );
    });
}

fn to_do(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let view = &table.view;
    if !(look.listed() && look.controls()) {
        card::question(ui, look, view);
    }
    asks(ui, look, view);
    match view.state().phase() {
        Phase::Talk { .. } => {
            if !look.controls() {
                return;
            }
            ui.horizontal_wrapped(|ui| {
                if !look.listed() {
                    end_talk(ui, look, table);
                }
                reading_buttons(ui, look, state);
                if !look.only_read() {
                    timer::strip(ui, look, state);
                }
                passed(ui, look, table);
            });
        }
        Phase::Resolve { chosen: None, .. } if table.legal.choose != 0 || is_choice(view) => options(ui, look, table),
        Phase::Resolve { .. } => {
            choices(ui, look, state, table);
            if let Some(preview) = state.previewed.clone() {
                text(ui, &preview, look.s.body, Cut::Bold, look.p.ink);
            }
            reason(ui, look, state, "ui-why");
        }
        Phase::Mend { .. } => mend(ui, look, state, table),
        _ => {}
    }
}

fn end_talk(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>) {
    let label = words!(look, "ui-end-talk");
    // In a narrow row the six of the bar need the room that the key would take.
    let key = look.key(Deed::EndTalk).filter(|_| look.s.width_in_body() >= 34.0);
    let button = Button::new(&label)
        .icon("icon-check")
        .main()
        .id(main_id())
        .key(key)
        .enabled(table.legal.end_talk && !table.waits);
    if button.show(ui, look).clicked() {
        act(look, table, Command::EndTalk);
    }
}

/// The next thing to do, for the bar below: where text is large the stage may have to be scrolled, and this not.
pub(crate) fn next_in_bar(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>) {
    if !look.listed() || table.view.people.paused {
        return;
    }
    match table.view.state().phase() {
        Phase::Talk { .. } => end_talk(ui, look, table),
        Phase::Roll if table.legal.roll => {
            let label = words!(look, "ui-roll");
            let key = look.key(Deed::Roll).filter(|_| look.s.width_in_body() >= 34.0);
            let button = Button::new(&label).icon("icon-die").main().id(main_id()).key(key).enabled(!table.waits);
            if button.show(ui, look).clicked() {
                act(look, table, Command::Roll);
            }
        }
        _ => {}
    }
}

/// Somebody asked to pass, where the facilitator confirms it.
fn passed(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>) {
    if !table.legal.decline_pass {
        return;
    }
    let asked = words!(look, "ui-pass-asked");
    text(ui, &asked, look.s.body, Cut::Bold, look.p.ink);
    let (yes, no) = (words!(look, "ui-pass-confirm"), words!(look, "ui-pass-go-on"));
    if Button::new(&yes).icon("icon-pass").show(ui, look).clicked() {
        look.ask(Ask::Act { seat: None, command: Command::Pass });
    }
    if Button::new(&no).show(ui, look).clicked() {
        look.ask(Ask::Act { seat: None, command: Command::DeclinePass });
    }
}

fn reading_buttons(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let large = words!(look, "ui-read-large");
    let key = look.key(Deed::Read);
    // In a low stage the card's words need the room of another row.
    let mut button = Button::new(&large).icon("icon-read").key(key);
    if card::few_words(ui, look) {
        button = button.only_icon();
    }
    if button.show(ui, look).clicked() {
        state.toggle(Overlay::Reading);
    }
    card::speak_button(ui, look);
    if look.here().is_some() {
        let label = words!(look, "ui-point-card");
        let can = look.can_ask() && look.table().is_some_and(|table| !crate::table::looks_on(look, &table));
        if Button::new(&label).icon("icon-point").only_icon().enabled(can).show(ui, look).clicked() {
            look.ask(Ask::PointCard);
        }
    }
}

fn is_choice(view: &View<'_>) -> bool {
    view.state().phase().card().is_some_and(|c| matches!(view.setup().instruction(c), Instruction::Choose(_)))
}

/// What the card asks for, with the sign of the tile's colour.
fn asks(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>) {
    let Some(card) = view.state().phase().card() else { return };
    let instruction = view.setup().instruction(card);
    let chosen = match view.state().phase() {
        Phase::Resolve { chosen: Some(n), .. } => instruction.options().get(usize::from(n)).copied(),
        _ => None,
    };
    // Where the options follow as buttons they need not be told twice.
    let listed = look.controls() && matches!(view.state().phase(), Phase::Resolve { chosen: None, .. });
    let line = match (chosen, instruction) {
        (Some(action), _) => words!(look, "ui-card-asks", what = &say::action(view, action)),
        (None, Instruction::Choose(_)) if listed => words!(look, "ui-card-choose"),
        (None, _) => words!(look, "ui-card-asks", what = &say::instruction(view, instruction)),
    };
    let action = chosen.or(match instruction {
        Instruction::Do(action) => Some(*action),
        Instruction::Choose(_) => None,
    });
    let colour = match action {
        Some(Action::Place(p) | Action::Remove(p)) => Some(p),
        _ => None,
    };
    let (fill, edge) = match colour {
        Some(p) => (look.tone(p).soft, look.tone(p).edge),
        None => (look.p.panel, look.p.line),
    };
    let width = ui.available_width();
    let frame = egui::Frame::new()
        .fill(fill)
        .stroke(Stroke::new((look.s.body * 0.09).max(1.0), edge))
        .corner_radius((look.s.radius * 0.9).min(200.0) as u8)
        .inner_margin(egui::Margin::symmetric((look.s.body * 0.6) as i8, (look.s.body * 0.4) as i8));
    frame.show(ui, |ui| {
        ui.set_width(width - look.s.body * 1.4);
        ui.horizontal(|ui| {
            if let Some(p) = colour {
                badge(ui, look, view, p, look.s.body * 1.7);
            }
            let ink = look.p.ink;
            text(ui, &line, look.s.body * 1.08, Cut::Bold, ink);
        });
    });
}

/// The options of a card that lets the table choose.
fn options(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>) {
    let view = &table.view;
    let Some(card) = view.state().phase().card() else { return };
    let mut first = true;
    for (n, action) in view.setup().instruction(card).options().iter().enumerate() {
        let can = table.legal.choose & (1 << n) != 0;
        let mut label = instep_words::capital(&say::action(view, *action));
        // Whose turn it is not is not told what would change.
        if !can && look.acts() {
            label = words!(look, "ui-option-no-effect", option = &label);
        }
        if !look.controls() {
            text(ui, &label, look.s.body, Cut::Regular, look.p.ink);
            continue;
        }
        let mut button = Button::new(&label).wide().enabled(can && !table.waits).key(Some((n + 1).to_string()));
        if can && first {
            button = button.id(main_id());
            first = false;
        }
        if button.show(ui, look).clicked() {
            act(look, table, Command::Choose(n as u8));
        }
    }
}

/// The tiles that may be chosen, as buttons: for large text, and where a stone has several.
pub(super) fn choices(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let view = &table.view;
    if !look.controls() {
        return;
    }
    let all: Vec<Tile> = table.legal.place.iter().chain(table.legal.remove.iter()).collect();
    let several = state.picked;
    let shown = all.iter().copied().filter(|tile| several.is_none_or(|outcome| tile.outcome == outcome));
    // A place of a stone may be too small for a finger.
    let listed = several.is_some() || look.listed() || look.m.settings.touch;
    if !look.acts() {
        return;
    }
    if !listed {
        // What is to be chosen may be something else than the card says, where every stone has that already.
        let hint = match view.state().phase() {
            Phase::Resolve { .. } => say::next(view),
            _ => words!(look, "ui-choose-on-board"),
        };
        text(ui, &hint, look.s.body, Cut::Regular, look.p.soft_ink);
        return;
    }
    for (n, tile) in shown.enumerate() {
        let lays = table.legal.place.has(tile);
        let label = board::choice_in_words(look, view, tile, lays);
        let mut button = Button::new(&label).wide().enabled(!table.waits);
        if n == 0 {
            button = button.id(main_id());
        }
        if button.show(ui, look).clicked() {
            choose(look, state, table, tile);
        }
    }
}

/// Whether there is something to type for whoever looks. While the connection is down what was typed stays in sight.
fn types(look: &Look<'_>) -> bool {
    look.acts() || !(look.can_ask() || look.only_read())
}

pub(super) fn reason(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, name: &'static str) {
    if !look.controls() || !types(look) {
        return;
    }
    let (name, hint) = (look.m.language.text(name), words!(look, "ui-why-hint"));
    let mut draft = std::mem::take(&mut state.desk.drafts.reason);
    Field { id: Id::new("reason"), name: &name, hint: &hint, rows: 1, most: 500 }.show(ui, look, &mut draft);
    state.desk.drafts.reason = draft;
}

fn mend(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    if !look.controls() || !types(look) {
        return;
    }
    let seat = table.view.state().seat();
    let (name, hint) = (words!(look, "ui-step"), words!(look, "ui-step-hint"));
    let mut draft = std::mem::take(&mut state.desk.drafts.step);
    let response = Field { id: step_id(), name: &name, hint: &hint, rows: 1, most: 500 }.show(ui, look, &mut draft);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    state.desk.drafts.step = draft;
    ui.horizontal_wrapped(|ui| {
        let has = !state.desk.drafts.step.trim().is_empty();
        let (keep, go) = (words!(look, "ui-keep-tile"), words!(look, "ui-let-go"));
        let pressed = Button::new(&keep)
            .icon("icon-mend")
            .main()
            .enabled(has && table.legal.mend && !table.waits)
            .show(ui, look)
            .clicked();
        if (pressed || entered) && has {
            // The draft stays until the table has it.
            look.ask(Ask::Mend { seat, step: state.desk.drafts.step.clone() });
        }
        if Button::new(&go)
            .icon("icon-up")
            .kind(Kind::Plain)
            .enabled(table.legal.let_go && !table.waits)
            .show(ui, look)
            .clicked()
        {
            act(look, table, Command::LetGo);
        }
    });
}
