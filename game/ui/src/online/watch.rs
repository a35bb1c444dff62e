//! What is noticed of people elsewhere from frame to frame, and told: who comes, goes, raises a hand, writes or waits.

use instep_protocol::{Moment, Pasted, PersonId, Role, pasted};
use instep_rules::{Phase, SeatSet};
use instep_words::{View, say};

use super::{Going, Here, Line, person_name, setback_in_words};
use crate::look::{Look, words};
use crate::state::UiState;

/// Somebody who points is shown for so many seconds.
const POINTED_S: f64 = 4.0;

/// After so long without a facilitator somebody else may be it (rules.md, "At any time").
pub(super) const CLAIM_AFTER_MS: u64 = 120_000;

/// Who was there, as it was last told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Known {
    id: PersonId,
    here: bool,
    hand: bool,
}

/// What is noticed, and what is open on the screens of people elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// Why what was typed can't be read: a message's id.
    pub(crate) fault: Option<&'static str>,
    /// Whose row is open in the lobby.
    pub(super) open: Option<PersonId>,
    /// One's own name as it is being changed.
    pub(super) own_name: Option<String>,
    /// The table's name as it is being changed.
    pub(super) table_name: Option<String>,
    /// Calm news for this screen alone, until when.
    pub(crate) news: Option<(String, f64)>,
    /// What is said of what was copied last, until when: a message's id.
    pub(super) copied: Option<(&'static str, f64)>,
    /// Who points, in words, until when.
    pub(super) pointed: Option<(Moment, String, f64)>,
    /// The newest words of the chat that were shown here.
    pub(super) chat_read: u32,
    /// Since when no facilitator is here.
    pub(super) alone_since_ms: Option<u64>,
    /// What was typed for joining, and what it means.
    meant: Option<(String, Pasted)>,
    /// Whoever looks.
    you: Option<PersonId>,
    point: Option<(Moment, String)>,
    people: Option<Vec<Known>>,
    waiting: Vec<u32>,
    chat_told: Option<u32>,
    line: Line,
    going: String,
    setback: String,
}

impl Watch {
    /// Somebody points; it is shown from the next frame on.
    pub(crate) fn point(&mut self, moment: Moment, told: String) {
        self.point = Some((moment, told));
    }

    /// What was typed for joining means. It is found out once for each text: it may be a long mail.
    pub(super) fn meaning(&mut self, text: &str) -> &Pasted {
        if self.meant.as_ref().is_some_and(|(of, _)| of != text) {
            self.meant = None;
        }
        &self.meant.get_or_insert_with(|| (text.to_owned(), pasted(text))).1
    }

    /// Whose turn it is, as whoever looks is told.
    pub(crate) fn whose(&self, view: &View<'_>) -> String {
        let me = view.people.people.iter().find(|p| Some(p.id) == self.you);
        super::whose_of(view, me.map_or(SeatSet::NONE, |me| me.seats))
    }

    /// Whether what the table waits for now is for others to do.
    pub(crate) fn looks_on_now(&self, view: &View<'_>) -> bool {
        let Some(me) = view.people.people.iter().find(|p| Some(p.id) == self.you) else { return false };
        let (seat, state) = (view.state().seat(), view.state());
        let free = !state.held().has(seat) || view.people.voiced.has(seat);
        match me.role {
            Role::Facilitator if matches!(state.phase(), Phase::Talk { .. }) => false,
            Role::Facilitator | Role::Player => !me.seats.has(seat) && !free,
            Role::Observer | Role::SharedScreen => true,
        }
    }
}

/// Who points at what.
pub(crate) fn pointed_in_words(view: &View<'_>, moment: Moment) -> String {
    // In a room one person holds the controls for all: who it was is not known.
    let room = view.people.people.iter().filter(|p| p.role != Role::SharedScreen).count() < 2;
    match moment {
        Moment::Pointed { outcome, .. } if room => {
            let stone = say::stone(view.packs, outcome);
            view.language.with("ui-pointed", &[("stone", stone.into())])
        }
        Moment::Pointed { person, outcome } => {
            let (who, stone) = (person_name(view, person), say::stone(view.packs, outcome));
            view.language.with("ui-pointed-by", &[("who", (&who).into()), ("stone", stone.into())])
        }
        Moment::PointedAtCard { person } => {
            let who = person_name(view, person);
            view.language.with("ui-pointed-card", &[("who", (&who).into())])
        }
    }
}

/// Notices what is new, and tells it to a screen reader.
pub(crate) fn notice(look: &Look<'_>, state: &mut UiState) {
    let Some(online) = look.m.online else { return };
    if let Some((moment, told)) = state.watch.point.take() {
        state.watch.pointed = Some((moment, told, look.time + POINTED_S));
    }
    if state.watch.pointed.as_ref().is_some_and(|(_, _, until)| *until < look.time) {
        state.watch.pointed = None;
    }
    let going = match online.going {
        Going::Nowhere => String::new(),
        other => super::going::in_words(look, other),
    };
    if state.watch.going != going {
        state.watch.going.clone_from(&going);
        tell(state, going);
    }
    let setback = online.setback.map_or_else(String::new, |s| setback_in_words(look, s));
    if state.watch.setback != setback {
        state.watch.setback.clone_from(&setback);
        tell(state, setback);
    }
    state.watch.you = look.here().and_then(|here| here.you);
    let (Some(here), Some(table)) = (look.here(), look.m.table) else { return };
    line(look, state, here);
    people(look, state, here, &table.view);
    waiting(look, state, here);
    written(look, state, here, &table.view);
}

fn tell(state: &mut UiState, what: String) {
    if !what.is_empty() {
        state.tell(what);
    }
}

fn line(look: &Look<'_>, state: &mut UiState, here: Here<'_>) {
    // A line that is down is one thing, since whenever it is so.
    let same = std::mem::discriminant(&state.watch.line) == std::mem::discriminant(&here.line);
    state.watch.line = here.line;
    if same {
        return;
    }
    let told = match super::status::why_not(look) {
        None => words!(look, "ui-line-back"),
        Some(why) => why,
    };
    tell(state, told);
}

fn people(look: &Look<'_>, state: &mut UiState, here: Here<'_>, view: &View<'_>) {
    let facilitated = view.people.people.iter().any(|p| p.role == Role::Facilitator && p.here);
    // While the connection is down nobody knows who is there.
    if facilitated || !here.line.is_up() {
        state.watch.alone_since_ms = None;
    } else if !view.people.people.is_empty() {
        state.watch.alone_since_ms.get_or_insert(look.m.now_ms);
    }
    let now: Vec<Known> = view.people.people.iter().map(|p| Known { id: p.id, here: p.here, hand: p.hand }).collect();
    let Some(before) = state.watch.people.replace(now.clone()) else { return };
    let mut told = Vec::new();
    for known in now {
        let was = before.iter().find(|k| k.id == known.id).copied();
        let (was_here, was_up) = was.map_or((false, false), |k| (k.here, k.hand));
        let mine = here.you == Some(known.id);
        let who = person_name(view, known.id);
        match (was_here, known.here) {
            (false, true) if !mine => told.push(words!(look, "ui-came", who = &who)),
            (true, false) if !mine => told.push(words!(look, "ui-went", who = &who)),
            _ => {}
        }
        match (was_up, known.hand, mine) {
            (false, true, false) => told.push(words!(look, "ui-hand-up", who = &who)),
            (false, true, true) => told.push(words!(look, "ui-hand-up-own")),
            (true, false, true) => told.push(words!(look, "ui-hand-down-own")),
            _ => {}
        }
    }
    told.extend(
        before
            .iter()
            .filter(|k| !view.people.people.iter().any(|p| p.id == k.id))
            .map(|_| words!(look, "ui-somebody-left")),
    );
    if !told.is_empty() {
        tell(state, told.join(" "));
    }
}

fn waiting(look: &Look<'_>, state: &mut UiState, here: Here<'_>) {
    let Some(door) = here.door else { return };
    let new: Vec<String> = door
        .waiting
        .iter()
        .filter(|w| !state.watch.waiting.contains(&w.id))
        .map(|w| words!(look, "ui-waits", who = &w.name))
        .collect();
    state.watch.waiting = door.waiting.iter().map(|w| w.id).collect();
    tell(state, new.join(" "));
}

fn written(look: &Look<'_>, state: &mut UiState, here: Here<'_>, view: &View<'_>) {
    let newest = view.chat().last().map_or(0, |w| w.id);
    let before = state.watch.chat_told.replace(newest);
    let Some(before) = before else {
        // What was said before one came is not new, and was not read either.
        return;
    };
    if !view.people.chat || newest <= before {
        return;
    }
    let new: Vec<String> = view
        .chat()
        .filter(|w| w.id > before && (w.by.is_none() || w.by != here.you))
        .map(|w| say::in_chat(view, w))
        .collect();
    if !new.is_empty() {
        let said = new.join(". ");
        tell(state, words!(look, "ui-chat-new", said = &said));
    }
}
