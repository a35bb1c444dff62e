//! The table: board, stage, seats, notes, and the bars that say where one is and what to do.

use egui::{Key, Rect, Ui, pos2, vec2};
use instep_protocol::{Ask, Role};
use instep_rules::{Command, Direction, Outcome, Phase};

use crate::board;
use crate::intent::Intent;
use crate::keys::Deed;
use crate::look::Look;
use crate::model::TableModel;
use crate::settings::Sound;
use crate::stage::{act, main_id, stage, step_id};
use crate::state::{Drawer, Overlay, Side, Surface, UiState};
use crate::{bars, card, drawer, online, seats};

/// How the table is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Plan {
    /// Board to the left, the rest to the right.
    Beside,
    /// Board below, card above: a tall screen.
    Tall,
    /// One of them at a time: large text.
    OneSide,
}

impl Look<'_> {
    /// How the table is laid out in this window.
    pub(crate) fn plan(&self) -> Plan {
        let screen = self.s.screen;
        if screen.height() > screen.width() * 1.15 {
            return if self.s.factor > 1.45 { Plan::OneSide } else { Plan::Tall };
        }
        // The room needs no space for what is pressed.
        let least = if self.surface == Surface::Room { 46.0 } else { 56.0 };
        if self.s.width_in_body() < least { Plan::OneSide } else { Plan::Beside }
    }

    /// Whether what may be chosen is listed in words beside the board, as well as glowing on it.
    pub(crate) fn listed(&self) -> bool {
        self.plan() == Plan::OneSide
    }
}

/// Shows the table.
pub(crate) fn table(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    // The room's own window looks at the same state: what it sees is not yet noticed at the desk.
    let changed = look.controls() && state.notice_phase(&table.view, look.time);
    // Whoever could do nothing and now can is taken to what there is to do.
    let acts = look.acts();
    let changed = changed | (look.controls() && std::mem::replace(&mut state.could_act, acts) != acts);
    state.previewed = None;
    cue(look, state, &table);
    if std::mem::take(&mut state.drawn)
        && look.m.settings.read_aloud
        && look.m.can_speak
        && let Some(words) = table.view.state().phase().card().and_then(|card| card::aloud(look, &table.view, card))
    {
        look.out.push(Intent::Speak(words));
    }
    keys(ui, look, state, &table);
    let lost = state.focus.is_lost() && look.focus.is_none();
    if look.controls() && (changed || lost) && state.overlays.is_empty() && !ui.ctx().text_edit_focused() {
        look.focus = Some(main_focus(look, state, &table));
    }
    let screen = look.s.screen;
    let top = Rect::from_min_max(screen.min, pos2(screen.right(), screen.top() + bars::top_height(look)));
    let below = bars::bottom_height(ui, look, state);
    let bottom = Rect::from_min_max(pos2(screen.left(), screen.bottom() - below), screen.max);
    bars::top(ui, look, state, top);
    let strip = Rect::from_min_size(top.left_bottom(), vec2(screen.width(), online::strip_height(look)));
    online::strip(ui, look, state, strip);
    let middle = Rect::from_min_max(strip.left_bottom(), bottom.right_top()).shrink(look.s.gap * 1.2);
    // Whoever came as a screen for the room shows what the room's own window would.
    let surface = look.surface;
    if look.here().is_some() && table.role == Role::SharedScreen {
        look.surface = Surface::Room;
    }
    match look.plan() {
        Plan::Beside => beside(ui, look, state, middle),
        Plan::Tall => tall(ui, look, state, middle),
        Plan::OneSide => one_side(ui, look, state, middle),
    }
    bars::bottom(ui, look, state, bottom);
    look.surface = surface;
}

/// The facilitator is told, once, when two turns are left (rules.md, "End").
fn cue(look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let Some(planned) = state.desk.planned.filter(|_| look.controls() && !look.only_read() && !state.desk.cue_given)
    else {
        return;
    };
    let turns = planned.turns.saturating_sub(table.view.state().turns());
    let time = planned.minutes_left(look.m.now_ms) * 60 / instep_content::TURN_S;
    if turns.min(time) > 2 || table.view.state().closed() {
        return;
    }
    state.desk.cue_given = true;
    look.out.push(Intent::Sound(Sound::Cue));
    let told = crate::look::words!(look, "ui-cue");
    state.tell(told);
}

/// Whether whoever looks may do nothing but look, speak and write.
pub(crate) fn looks_on(look: &Look<'_>, table: &TableModel<'_>) -> bool {
    look.here().is_some() && matches!(table.role, Role::Observer | Role::SharedScreen)
}

/// Where focus goes when the game waits for something new.
fn main_focus(look: &Look<'_>, state: &UiState, table: &TableModel<'_>) -> egui::Id {
    let on_stage = state.side == Side::Stage;
    match table.view.state().phase() {
        _ if table.role == Role::SharedScreen => return online::people_id(),
        _ if table.view.people.paused && look.can_ask() && !looks_on(look, table) => return main_id(),
        // What can't be pressed has no focus.
        _ if !look.acts() => return bars::more_id(),
        Phase::Mend { .. } if on_stage || !look.listed() => return step_id(),
        _ if look.listed() && on_stage => return main_id(),
        _ => {}
    }
    let first = table.legal.place.iter().chain(table.legal.remove.iter()).next();
    match first {
        // Stones are chosen on the board; the first that can be has the focus.
        Some(tile) => {
            let id = board::stone_id(tile.outcome);
            if board::choosable(table, tile.outcome).len() == 1 { id } else { id.with(tile.colour.index()) }
        }
        None => main_id(),
    }
}

fn beside(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, middle: Rect) {
    // The card keeps the width that its words need; the board has the rest, and is square.
    let least = (look.s.body * if look.controls() { 26.0 } else { 21.0 }).max(middle.width() * 0.42);
    let side = middle.height().min(middle.width() - least - look.s.gap * 1.5);
    let board_at = Rect::from_min_size(pos2(middle.left(), middle.center().y - side / 2.0), vec2(side, side));
    board::board(ui, look, state, board_at);
    let right = Rect::from_min_max(pos2(board_at.right() + look.s.gap * 1.5, middle.top()), middle.max);
    column(ui, look, state, right);
}

/// Stage, seats and drawer, one above the other.
fn column(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let seats_height = seats::height(look, rect.width());
    let gap = look.s.gap * 1.2;
    // The room can scroll nothing: while people talk the card has all the room that there is.
    let room_talks = !look.controls() && look.table().is_some_and(|t| t.view.state().phase().card().is_some());
    if room_talks {
        let stage_at = rect.with_max_y(rect.bottom() - seats_height - gap);
        stage(ui, look, state, stage_at);
        return seats::seats(ui, look, rect.with_min_y(stage_at.bottom() + gap));
    }
    let rest = rect.height() - seats_height - gap * 2.0;
    // While people talk the card is the loudest; the notes have what is left.
    let share = match look.table().map(|t| t.view.state().phase()) {
        Some(phase) if phase.card().is_some() => 0.17,
        _ => 0.32,
    };
    let drawer_height = match (rest * share).max(look.s.body * 4.4).min(rest * 0.4) {
        // Where there is no room for a line of the notes the card has it. What is chosen has room.
        low if look.controls() && low < drawer::heads_height(look) + look.s.body * 3.6 => {
            if state.drawer == Drawer::Notes && !state.notes_open { drawer::heads_height(look) } else { rest * 0.36 }
        }
        enough => enough,
    };
    let stage_at = rect.with_max_y(rect.top() + rest - drawer_height);
    let seats_at = Rect::from_min_size(pos2(rect.left(), stage_at.bottom() + gap), vec2(rect.width(), seats_height));
    let drawer_at = Rect::from_min_max(pos2(rect.left(), seats_at.bottom() + gap), rect.max);
    stage(ui, look, state, stage_at);
    seats::seats(ui, look, seats_at);
    drawer::drawer(ui, look, state, drawer_at);
}

fn tall(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, middle: Rect) {
    let seats_height = seats::height(look, middle.width());
    let gap = look.s.gap * 1.2;
    let side = (middle.width()).min(middle.height() * 0.47);
    let board_at = Rect::from_min_size(pos2(middle.center().x - side / 2.0, middle.top()), vec2(side, side));
    let seats_at =
        Rect::from_min_size(pos2(middle.left(), board_at.bottom() + gap), vec2(middle.width(), seats_height));
    let rest = Rect::from_min_max(pos2(middle.left(), seats_at.bottom() + gap), middle.max);
    let (left, right) = rest.split_left_right_at_fraction(0.66);
    stage(ui, look, state, left.with_max_x(left.right() - gap / 2.0));
    board::board(ui, look, state, board_at);
    seats::seats(ui, look, seats_at);
    drawer::drawer(ui, look, state, right.with_min_x(right.left() + gap / 2.0));
}

/// Large text: the stage, or the board with the stones in words. The room, which presses nothing, sees the card while
/// people talk and the board while a stone is chosen.
fn one_side(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, middle: Rect) {
    let talking = look.table().is_some_and(|t| matches!(t.view.state().phase(), Phase::Talk { .. }));
    let side = match (look.controls(), talking) {
        (true, _) => state.side,
        (false, true) => Side::Stage,
        (false, false) => Side::Board,
    };
    match side {
        Side::Stage => stage(ui, look, state, middle),
        Side::Board => {
            let side = middle.height().min(middle.width() * 0.56);
            let board_at = Rect::from_min_size(middle.min, vec2(side, side));
            board::board(ui, look, state, board_at);
            board_in_words(ui, look, middle.with_min_x(board_at.right() + look.s.gap));
        }
    }
}

/// The stones in words, beside a board whose names have no room.
fn board_in_words(ui: &mut Ui, look: &mut Look<'_>, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    crate::widgets::panel(ui, look, rect, look.p.card);
    let inside = rect.shrink(look.s.body * 0.7);
    ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt("stones in words").auto_shrink(false).show(
            ui,
            |ui| {
                ui.set_max_width(inside.width() - look.s.gap * 2.0);
                for n in 0..view.packs.outcomes().len() {
                    let line = format!("{}. {}", n + 1, board::in_words(look, &view, Outcome(n as u8)));
                    crate::look::text(ui, &line, look.s.body, crate::theme::Cut::Regular, look.p.ink);
                }
            },
        );
    });
}

/// What keys do at the table.
fn keys(ui: &Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    if !look.controls() || !state.overlays.is_empty() {
        return;
    }
    let view = &table.view;
    let legal = &table.legal;
    if look.asked(Deed::Roll) {
        match (legal.roll, legal.roll_typed) {
            (_, true) => look.focus = Some(main_id()),
            // The table says why not, where it can't be.
            (_, false) => act(look, table, Command::Roll),
        }
    }
    for (deed, direction) in [(Deed::Forward, Direction::Forward), (Deed::Back, Direction::Back)] {
        if look.asked(deed) {
            act(look, table, Command::Walk(direction));
        }
    }
    if look.asked(Deed::EndTalk) {
        act(look, table, Command::EndTalk);
    }
    if look.asked(Deed::Pass) {
        look.ask(Ask::Act { seat: None, command: Command::Pass });
    }
    if look.asked(Deed::Redraw) {
        look.ask(Ask::Act { seat: None, command: Command::Redraw });
    }
    if look.asked(Deed::Undo) && legal.undo > 0 {
        state.undo_steps = 1;
        state.undo_shown = 0;
        state.toggle(Overlay::Undo);
    }
    if look.asked(Deed::Pause) {
        look.ask(Ask::Pause(!view.people.paused));
    }
    if look.asked(Deed::Hand) {
        let up = match look.here() {
            Some(_) => online::me(look, view).is_some_and(|me| me.hand),
            None => view.people.people.iter().any(|p| p.hand),
        };
        look.ask(Ask::Hand(!up));
    }
    if look.asked(Deed::Note) && !looks_on(look, table) && !look.only_read() {
        state.toggle(Overlay::Note);
    }
    if look.asked(Deed::Read) && view.state().phase().card().is_some() {
        state.toggle(Overlay::Reading);
    }
    if look.asked(Deed::Speak) && look.m.can_speak {
        card::speak_or_hush(look);
    }
    if look.asked(Deed::Log) {
        state.drawer = if state.drawer == Drawer::Notes { Drawer::Log } else { Drawer::Notes };
    }
    if look.asked(Deed::Projector) {
        look.out.push(Intent::Projector(!look.m.projector_open));
    }
    digits(ui, look, state, table);
}

/// Digits: options, faces of a real die, stones.
fn digits(ui: &Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    if !look.m.settings.single_keys || ui.ctx().text_edit_focused() {
        return;
    }
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let pressed = |key: Key| ui.ctx().input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
    let Some(n) = DIGITS.into_iter().position(pressed) else { return };
    let n = n as u8;
    let outcome = Outcome(n);
    if table.legal.roll_typed {
        act(look, table, Command::RollTyped(n + 1));
    } else if table.legal.choose != 0 {
        act(look, table, Command::Choose(n));
    } else {
        let choosable = board::choosable(table, outcome);
        let all: Vec<_> = choosable.iter().collect();
        match all.as_slice() {
            [tile] => board::choose(look, state, table, *tile),
            [first, ..] => {
                state.picked = Some(outcome);
                let on_board = !look.listed() || state.side == Side::Board;
                look.focus =
                    Some(if on_board { board::stone_id(outcome).with(first.colour.index()) } else { main_id() });
            }
            [] => {
                // The table says why that stone can't be chosen, where it is a stone's turn to be.
                let wanted = table
                    .legal
                    .place
                    .iter()
                    .map(|t| (t, true))
                    .chain(table.legal.remove.iter().map(|t| (t, false)))
                    .next();
                match wanted {
                    Some((tile, true)) => act(look, table, Command::Place(tile.colour, outcome)),
                    Some((tile, false)) => act(look, table, Command::Remove(tile.colour, outcome)),
                    None if usize::from(n) < table.view.packs.outcomes().len() && !looks_on(look, table) => {
                        look.ask(Ask::Point(outcome))
                    }
                    None => {}
                }
            }
        }
    }
}
