//! The bar above, where one is in the game; and the bar below, which always says what happened and what to do.

use egui::{Align, Color32, Id, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};
use instep_protocol::Ask;
use instep_rules::{Command, Phase};
use instep_words::say;

use crate::badges::paint_badge;
use crate::intent::Intent;
use crate::keys::Deed;
use crate::look::{Look, galley, text_in, words};
use crate::model::TableModel;
use crate::stage;
use crate::state::{Overlay, Side, Surface, UiState};
use crate::theme::Cut;
use crate::timer;
use crate::widgets::{Button, Kind};

/// The height of the bar above.
pub(crate) fn top_height(look: &Look<'_>) -> f32 {
    (look.s.body * 2.5).max(look.s.target + look.s.gap)
}

/// The node of the button for more: it is always there, and does no harm.
pub(crate) fn more_id() -> Id {
    Id::new(("bottom", "ui-more"))
}

/// Shows the bar above: where one is, and how much time there is.
pub(crate) fn top(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    ui.painter().rect_filled(rect, 0.0, look.p.bar);
    let s = look.s;
    let pad = s.body * 0.8;
    let controls = look.controls();
    // Buttons first: what they leave is for words.
    let mut right = rect.right() - pad * 0.6;
    if controls {
        right = top_buttons(ui, look, state, rect, right) - s.gap;
    }
    let name = view.packs.first().manifest.name.clone();
    let brand = galley(ui.painter(), "Instep", s.body * 1.25, Cut::Bold, look.p.bar_ink, f32::INFINITY);
    let left = rect.left() + pad;
    let brand_rect = Rect::from_min_size(pos2(left, rect.top()), vec2(brand.size().x, rect.height()));
    text_in(ui, brand_rect, "Instep", s.body * 1.25, Cut::Bold, look.p.bar_ink);
    let mut facts = Vec::new();
    let talks = matches!(view.state().phase(), Phase::Talk { .. }) && !look.only_read();
    if let Some(timer) = timer::in_bar(look, state).filter(|_| talks) {
        facts.push(timer);
    }
    let setup = view.setup();
    let (met, all) = (view.state().met(setup).len(), setup.in_play().len());
    facts.push(words!(look, "ui-progress", met = met, all = all));
    if !matches!(view.state().phase(), Phase::Opening { .. }) {
        facts.push(words!(look, "ui-turn", turn = view.state().turns() + 1));
    }
    if let Some(left) = time_left(look, state, &table) {
        // The cue comes before everything but the talk.
        let at = if state.desk.cue_given { facts.len().min(1) } else { facts.len() };
        facts.insert(at, left);
    }
    let hands = view.people.people.iter().filter(|p| p.hand).count();
    // The strip says whose they are.
    if hands > 0 && look.here().is_none() {
        facts.insert(0, words!(look, "ui-hands", hands = hands));
    }
    // As many facts as there is room for, the most telling first; the pack's name where there is still room.
    let mut x = right;
    let least = brand_rect.right() + s.body;
    for (n, fact) in facts.iter().enumerate() {
        let cut = if n == 0 { Cut::Bold } else { Cut::Regular };
        let laid = galley(ui.painter(), fact, s.body, cut, look.p.bar_ink, f32::INFINITY);
        let from = x - laid.size().x;
        if from < least {
            break;
        }
        let at = Rect::from_min_max(pos2(from, rect.top()), pos2(x, rect.bottom()));
        text_in(ui, at.expand2(vec2(1.0, 0.0)), fact, s.body, cut, look.p.bar_ink);
        x = from - s.body * 1.3;
    }
    let laid = galley(ui.painter(), &name, s.body, Cut::Regular, look.p.bar_ink, f32::INFINITY);
    if least + laid.size().x < x {
        let at = Rect::from_min_max(pos2(least, rect.top()), pos2(least + laid.size().x + 1.0, rect.bottom()));
        let ink = crate::theme::mix(look.p.bar_ink, look.p.bar, 0.15);
        text_in(ui, at, &name, s.body, Cut::Regular, ink);
    }
}

/// The time left, in minutes and turns; for whoever facilitates.
fn time_left(look: &Look<'_>, state: &UiState, table: &TableModel<'_>) -> Option<String> {
    let planned = state.desk.planned.filter(|_| look.surface == Surface::Desk && !look.only_read())?;
    let minutes = planned.minutes_left(look.m.now_ms);
    let turns = planned.turns.saturating_sub(table.view.state().turns());
    Some(match minutes {
        // Two turns, then one; then the time is over, which is no reason to stop.
        _ if turns == 0 => words!(look, "ui-time-over"),
        1.. if state.desk.cue_given => words!(look, "ui-cue"),
        0 => words!(look, "ui-time-over"),
        _ => words!(look, "ui-time-left", minutes = minutes, turns = turns),
    })
}

/// The buttons of the bar above, from the right; where they begin.
fn top_buttons(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect, right: f32) -> f32 {
    let entries = [
        ("icon-back", "ui-leave", None),
        ("icon-settings", "ui-do-settings", Some(Deed::Settings)),
        ("icon-screen", "ui-do-projector", Some(Deed::Projector)),
        ("icon-words", "ui-do-in-words", Some(Deed::InWords)),
        ("icon-help", "ui-do-help", Some(Deed::Help)),
    ];
    let side = look.s.target;
    let width = entries.len() as f32 * (side + look.s.gap * 0.5);
    let at = Rect::from_min_max(pos2(right - width, rect.top()), pos2(right, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(at).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 0.5);
        for (icon, id, deed) in entries.into_iter().rev() {
            let label = look.m.language.text(id);
            let key = deed.and_then(|d| look.key(d));
            let pressed = Button::new(&label).icon(icon).only_icon().kind(Kind::Bar).key(key).show(ui, look).clicked();
            if !pressed {
                continue;
            }
            match deed {
                Some(Deed::Settings) => state.toggle(Overlay::Settings),
                Some(Deed::Projector) => look.out.push(Intent::Projector(!look.m.projector_open)),
                Some(Deed::InWords) => state.toggle(Overlay::InWords),
                Some(_) => state.toggle(Overlay::HowTo(0)),
                None => look.out.push(Intent::Leave),
            }
        }
    });
    right - width
}

/// What the bar below says: what happened, and what to do.
fn sentences(ui: &Ui, look: &Look<'_>, state: &UiState, table: &TableModel<'_>) -> (Option<String>, String) {
    let view = &table.view;
    if let Some(why) = table.stopped {
        return (None, why.to_owned());
    }
    if let Some(why) = crate::online::why_not(look) {
        return (None, why);
    }
    if let Some(refusal) = &state.refusal {
        return (Some(refusal.clone()), say::next(view));
    }
    if table.waits {
        return (None, words!(look, "ui-saving"));
    }
    let news = crate::online::news(ui, look, state);
    // What is to be done about a crack says that there is one.
    let happened = say::happened(view).filter(|_| !matches!(view.state().phase(), Phase::Mend { .. }));
    // Where text is large there is room for one: what to do. The log has the other.
    let happened = happened.filter(|_| !look.listed());
    let happened = news.or_else(|| happened.map(crate::look::in_letters));
    // What to do is told to whoever does it; the others are told who that is.
    if look.here().is_some() && !look.acts() && look.controls() && !view.people.paused && !view.state().closed() {
        let whose = say::whose_turn(view);
        return match crate::table::looks_on(look, table) {
            true => (happened, words!(look, "ui-others-turn-watched", whose = &whose)),
            false => (happened, words!(look, "ui-others-turn", whose = &whose)),
        };
    }
    (happened, say::next(view))
}

/// The height that the bar below needs.
pub(crate) fn bottom_height(ui: &Ui, look: &Look<'_>, state: &UiState) -> f32 {
    let Some(table) = look.table() else { return 0.0 };
    let (happened, next) = sentences(ui, look, state, &table);
    let whole = [happened.unwrap_or_default(), next].join(" ");
    let width = sentence_width(ui.ctx(), look, look.s.screen.width());
    let laid = galley(ui.painter(), &whole, look.s.body * 1.08, Cut::Bold, look.p.bar_ink, width);
    let controls = if look.controls() { look.s.target } else { 0.0 };
    let stacked = if stacked(look) { look.s.target + look.s.gap } else { 0.0 };
    // Room for two lines, always: the board must not jump when a sentence is longer than the last.
    let two_lines = if look.listed() { 0.0 } else { look.s.body * 1.08 * 2.5 };
    (laid.size().y.max(two_lines)).max(if stacked > 0.0 { 0.0 } else { controls }) + stacked + look.s.body * 0.9
}

/// Whether the buttons of the bar below stand under its sentence.
fn stacked(look: &Look<'_>) -> bool {
    look.controls() && (look.listed() || look.s.width_in_body() < 64.0)
}

/// The width of the buttons below, as it was last.
fn buttons_width(ctx: &egui::Context, look: &Look<'_>) -> f32 {
    ctx.data(|d| d.get_temp::<f32>(Id::new("bottom buttons"))).unwrap_or(look.s.body * 26.0)
}

fn sentence_width(ctx: &egui::Context, look: &Look<'_>, width: f32) -> f32 {
    let buttons = if look.controls() && !stacked(look) { buttons_width(ctx, look) } else { 0.0 };
    width - buttons - look.s.body * 4.6
}

/// Shows the bar below.
pub(crate) fn bottom(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let s = look.s;
    ui.painter().rect_filled(rect, 0.0, look.p.bar);
    let (happened, next) = sentences(ui, look, state, &table);
    let sign = s.body * 2.1;
    let under = stacked(look);
    let sentence = if under { rect.with_max_y(rect.bottom() - s.target - s.gap) } else { rect };
    let sign_at =
        Rect::from_center_size(pos2(rect.left() + s.body * 0.8 + sign / 2.0, sentence.center().y), Vec2::splat(sign));
    if !view.state().closed() {
        paint_badge(ui, look, &view, view.state().seat(), sign_at);
    }
    let width = sentence_width(ui.ctx(), look, rect.width());
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = width;
    let format = |cut, colour| egui::TextFormat {
        font_id: crate::theme::font(s.body * 1.08, cut),
        color: colour,
        ..Default::default()
    };
    if let Some(happened) = &happened {
        job.append(&format!("{happened} "), 0.0, format(Cut::Regular, look.p.bar_ink));
    }
    job.append(&next, 0.0, format(Cut::Bold, look.p.glow));
    let laid = ui.painter().layout_job(job);
    let at = pos2(sign_at.right() + s.body * 0.7, sentence.center().y - laid.size().y / 2.0);
    let whole = happened.map_or(next.clone(), |h| format!("{h} {next}"));
    crate::look::told(ui, Rect::from_min_size(at, laid.size()), &whole);
    ui.painter().galley(at, laid, Color32::WHITE);
    if look.controls() {
        let buttons = if under {
            Rect::from_min_max(pos2(rect.left(), rect.bottom() - s.target - s.gap), rect.right_bottom())
        } else {
            Rect::from_min_max(pos2(rect.right() - buttons_width(ui.ctx(), look) - s.body * 1.2, rect.top()), rect.max)
        };
        bottom_buttons(ui, look, state, &table, buttons.shrink2(vec2(s.body * 0.6, 0.0)), under);
    }
}

fn bottom_buttons(
    ui: &mut Ui,
    look: &mut Look<'_>,
    state: &mut UiState,
    table: &TableModel<'_>,
    rect: Rect,
    left: bool,
) {
    let layout = if left { Layout::left_to_right(Align::Center) } else { Layout::right_to_left(Align::Center) };
    let view = &table.view;
    let may_ask = look.can_ask() && !crate::table::looks_on(look, table);
    let mut used = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 0.8);
        if left {
            stage::next_in_bar(ui, look, table);
            side_button(ui, look, state);
        }
        let mut order = [Bottom::More, Bottom::Pause, Bottom::Pass, Bottom::Undo];
        if left {
            order.reverse();
        }
        for button in order {
            let (label, icon, deed, enabled) = match button {
                Bottom::Undo => ("ui-undo", "icon-undo", Some(Deed::Undo), table.legal.undo > 0),
                Bottom::Pass => ("ui-pass", "icon-pass", Some(Deed::Pass), table.legal.pass),
                Bottom::Pause if view.people.paused => ("ui-go-on", "icon-play", Some(Deed::Pause), may_ask),
                Bottom::Pause => ("ui-pause", "icon-pause", Some(Deed::Pause), may_ask && !view.state().closed()),
                Bottom::More => ("ui-more", "icon-plus", None, true),
            };
            let text = look.m.language.text(label);
            let mut shown =
                Button::new(&text).icon(icon).kind(Kind::Bar).enabled(enabled).id(Id::new(("bottom", label)));
            // Where six have no room in a row, those whose icons everybody knows are icons.
            if left
                && look.listed()
                && (look.s.width_in_body() < 34.0 || (look.s.width_in_body() < 50.0 && button != Bottom::Pass))
            {
                shown = shown.only_icon();
            }
            // Keys are told by the tip where there is no room for them.
            let key = deed
                .and_then(|d| look.key(d))
                .filter(|_| !left && look.s.width_in_body() > 78.0 && button != Bottom::Undo);
            if shown.key(key).show(ui, look).clicked() {
                press(look, state, table, button);
            }
        }
        used = ui.min_rect().width();
    });
    if (used - buttons_width(ui.ctx(), look)).abs() > 0.5 {
        ui.ctx().data_mut(|d| d.insert_temp(Id::new("bottom buttons"), used));
        ui.ctx().request_discard("the buttons below have another width");
    }
}

/// Where board and stage have no room beside each other: the way to the other one.
fn side_button(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if !look.listed() {
        return;
    }
    let (label, icon, other) = match state.side {
        Side::Stage => (words!(look, "ui-side-board"), "icon-screen", Side::Board),
        Side::Board => (words!(look, "ui-side-stage"), "icon-read", Side::Stage),
    };
    let mut button = Button::new(&label).icon(icon).kind(Kind::Bar);
    if look.s.width_in_body() < 34.0 {
        button = button.only_icon();
    }
    if button.show(ui, look).clicked() {
        state.side = other;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bottom {
    Undo,
    Pass,
    Pause,
    More,
}

fn press(look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>, button: Bottom) {
    match button {
        Bottom::Undo => {
            state.undo_steps = 1;
            state.undo_shown = 0;
            state.toggle(Overlay::Undo);
        }
        Bottom::Pass => look.ask(Ask::Act { seat: None, command: Command::Pass }),
        Bottom::Pause => look.ask(Ask::Pause(!table.view.people.paused)),
        Bottom::More => state.toggle(Overlay::More),
    }
}
