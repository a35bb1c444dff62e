//! Whose turn it is, as whoever looks is told: "your turn" to those who hold the seat, the seat's name to the others.

use instep_rules::{Perspective, Phase, SeatSet};
use instep_words::{View, say};

use super::me;
use super::seats::{holders, seat_name};
use crate::look::{Look, words};
use crate::state::Surface;

/// Whose turn it is, from where one looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Turn {
    /// The room's, which looks at one screen together.
    Room,
    /// One's own.
    Own,
    /// Of a seat that nobody plays now: anyone may act for it.
    Free,
    /// Somebody else's.
    Others,
}

/// The seats of whoever looks; none on a screen for the room, where nobody is "you".
pub(crate) fn own_seats(look: &Look<'_>, view: &View<'_>) -> SeatSet {
    if look.surface == Surface::Room {
        return SeatSet::NONE;
    }
    me(look, view).map_or(SeatSet::NONE, |me| me.seats)
}

/// Whose turn it is, from where whoever looks is.
pub(crate) fn turn(look: &Look<'_>, view: &View<'_>) -> Turn {
    let seat = view.state().seat();
    if look.here().is_none() {
        return Turn::Room;
    }
    match own_seats(look, view) {
        own if own.has(seat) => Turn::Own,
        _ if look.controls() && look.acts() => Turn::Free,
        _ => Turn::Others,
    }
}

/// Whose turn it is, as a heading, for somebody who holds these seats.
pub(crate) fn whose_of(view: &View<'_>, own: SeatSet) -> String {
    let state = view.state();
    let seat = state.seat();
    // Whether it is anybody's turn is still to be decided then.
    let over = state.closed() || (matches!(state.phase(), Phase::Roll) && state.path_complete(view.setup()));
    if over || !own.has(seat) {
        return say::whose_turn(view);
    }
    // Whoever plays for several is told for which.
    match Perspective::ALL.into_iter().filter(|p| own.has(*p)).count() {
        1 => view.language.text("ui-your-turn"),
        _ => view.language.with("ui-your-turn-for", &[("seat", (&view.who(seat)).into())]),
    }
}

/// Whose turn it is, as a heading.
pub(crate) fn whose(look: &Look<'_>, view: &View<'_>) -> String {
    whose_of(view, own_seats(look, view))
}

/// What was rolled, and who chooses the way.
pub(crate) fn rolled(look: &Look<'_>, view: &View<'_>, face: u8) -> String {
    let who = seat_name(view, view.state().seat());
    match turn(look, view) {
        Turn::Room | Turn::Own => words!(look, "ui-rolled", face = face),
        Turn::Free => words!(look, "ui-rolled-for", who = &who, face = face),
        Turn::Others => words!(look, "ui-rolled-by", who = &who, face = face),
    }
}

/// What is to be known where nobody plays the seat whose turn it is.
pub(crate) fn nobody_plays(look: &Look<'_>, view: &View<'_>) -> Option<String> {
    let empty = look.here().is_some() && !view.state().closed() && holders(view, view.state().seat()).is_empty();
    empty.then(|| words!(look, "ui-seat-nobody"))
}
