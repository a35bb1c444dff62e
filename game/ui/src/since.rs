//! What happened at a table while one was away: how much, whose turn it is now, and each thing in its order.

use egui::{Ui, pos2, vec2};
use instep_protocol::PersonId;
use instep_words::{View, say};

use crate::look::{Look, galley, in_letters, text, words};
use crate::overlay::main_id;
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::Button;

/// So many of the last lines are shown; what is older is in the table in words.
const LINES_MAX: usize = 200;

/// What happened while one was away: the events from one number to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Since {
    /// The last event that was seen.
    seen: usize,
    /// The last that there was on coming back.
    last: usize,
    /// How much of it is told.
    count: usize,
}

impl Since {
    /// What happened after the event that was seen last; `None` where nothing did, or where one is here for the first
    /// time.
    pub(crate) fn of(view: &View<'_>, seen: u32) -> Option<Self> {
        let (log, seen) = (view.game.log(), seen as usize);
        let new = log.get(seen..).filter(|_| seen > 0)?;
        let count = new.iter().filter(|entry| say::entry(view, entry).is_some()).count();
        (count > 0).then_some(Self { seen, last: log.len(), count })
    }

    /// How much it is and whose turn it is now, in one sentence.
    pub(crate) fn in_words(self, view: &View<'_>, you: Option<PersonId>) -> String {
        let state = view.state();
        let me = view.people.people.iter().find(|person| Some(person.id) == you);
        let whose = match () {
            () if state.closed() => "closed",
            () if state.path_complete(view.setup()) => "complete",
            () if me.is_some_and(|me| me.seats.has(state.seat())) => "you",
            () => "another",
        };
        let seat = say::seat(view.packs, state.seat());
        view.language.with("ui-since", &[("count", self.count.into()), ("whose", whose.into()), ("seat", seat.into())])
    }
}

pub(crate) fn body(ui: &mut Ui, look: &mut Look<'_>, state: &UiState) {
    let (Some(table), Some(since)) = (look.m.table, state.since) else { return };
    let (view, you) = (table.view, look.here().and_then(|here| here.you));
    text(ui, &since.in_words(&view, you), look.s.body, Cut::Bold, look.p.ink);
    let new = view.game.log().get(since.seen..since.last).unwrap_or_default();
    let lines: Vec<_> =
        new.iter().filter_map(|entry| Some((entry.seat, in_letters(say::entry(&view, entry)?)))).collect();
    for (seat, line) in &lines[lines.len().saturating_sub(LINES_MAX)..] {
        let dot = look.s.body * 0.42;
        let laid = galley(ui.painter(), line, look.s.body, Cut::Regular, look.p.ink, ui.available_width() - dot * 2.4);
        let (rect, response) = ui.allocate_exact_size(laid.size() + vec2(dot * 2.4, 0.0), egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, line));
        let colour = seat.map_or(look.p.hair, |seat| look.tone(seat).edge);
        ui.painter().circle_filled(pos2(rect.left() + dot, rect.top() + look.s.body * 0.64), dot * 0.6, colour);
        ui.painter().galley(rect.min + vec2(dot * 2.4, 0.0), laid, look.p.ink);
    }
}

pub(crate) fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let go = words!(look, "ui-back-to-table");
    if Button::new(&go).icon("icon-play").main().id(main_id()).show(ui, look).clicked() {
        state.overlays.pop();
    }
}
