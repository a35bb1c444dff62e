//! When one was at a table last, and whose turn it was then: what is known of a table elsewhere while nobody is there.

use instep_protocol::Person;
use instep_words::{Language, View, say};
use jiff::{ToSpan, Zoned, civil::Date};
use serde::{Deserialize, Serialize};

use super::Place;

/// Whose turn it was when somebody left.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Turn {
    /// Their own.
    Yours,
    /// That of the seat that is called so.
    Of(String),
    /// The path was complete, and the game might have gone on.
    Complete,
    /// Nobody's any more.
    Closed,
}

impl Turn {
    /// Whose it is now, for `me`.
    pub(crate) fn now(view: &View<'_>, me: Option<&Person>) -> Self {
        let state = view.state();
        let own = |me: &Person| me.seats.has(state.seat());
        match () {
            () if state.closed() => Self::Closed,
            () if state.path_complete(view.setup()) => Self::Complete,
            () if me.is_some_and(own) => Self::Yours,
            () => Self::Of(say::seat(view.packs, state.seat()).to_owned()),
        }
    }

    fn said(&self, language: &Language) -> String {
        match self {
            Self::Yours => language.text("place-left-yours"),
            Self::Of(seat) => language.with("place-left-of", &[("seat", seat.into())]),
            Self::Complete => language.text("place-left-complete"),
            Self::Closed => language.text("place-left-closed"),
        }
    }
}

/// The first day of those that are counted.
const FIRST: Date = jiff::civil::date(1970, 1, 1);

/// The calendar's day here, counted from 1970-01-01.
pub(crate) fn today() -> u32 {
    let days = FIRST.until(Zoned::now().date()).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// A day as people say it: "today", "yesterday", "on 12 November", and with its year where that is another.
pub(crate) fn day(language: &Language, day: u32, today: u32) -> String {
    match today.checked_sub(day) {
        Some(0) => return language.text("day-today"),
        Some(1) => return language.text("day-yesterday"),
        _ => {}
    }
    let date = |day: u32| FIRST.checked_add(i64::from(day).days()).unwrap_or(FIRST);
    let (then, now) = (date(day), date(today));
    let month = language.with("month-name", &[("month", i64::from(then.month()).into())]);
    let year = then.year().to_string();
    let args = [("day", i64::from(then.day()).into()), ("month", (&month).into()), ("year", (&year).into())];
    language.with(if then.year() == now.year() { "day-of-month" } else { "day-of-year" }, &args)
}

/// When one was at this place last, and whose turn it was then, as far as that is known.
pub(crate) fn last_there(language: &Language, place: &Place, today: u32) -> String {
    let there = language.with("place-last-there", &[("day", (&day(language, place.day, today)).into())]);
    match &place.turn {
        Some(turn) => format!("{there} {}", turn.said(language)),
        None => there,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 12 November 2026.
    const THEN: u32 = 20_769;

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let language = Language::english();
        for (today, said) in [
            (THEN, "today"),
            (THEN + 1, "yesterday"),
            (THEN + 2, "on 12 November"),
            (THEN + 40, "on 12 November"),
            (THEN + 60, "on 12 November 2026"),
            // A clock that was put back does no harm.
            (THEN - 3, "on 12 November"),
        ] {
            assert_eq!(day(&language, THEN, today), said, "{today}");
        }
    }

    #[test]
    fn what_is_known_of_a_place_is_said_and_no_more() {
        let language = Language::english();
        let mut place = Place { day: THEN, ..Place::default() };
        for (turn, said) in [
            (None, "You were there today."),
            (Some(Turn::Yours), "You were there today. When you left, it was your turn."),
            (Some(Turn::Of("staff".into())), "You were there today. When you left, it was the staff's turn."),
            (Some(Turn::Complete), "You were there today. When you left, the path was complete."),
            (Some(Turn::Closed), "You were there today. The game was over by then."),
        ] {
            place.turn = turn;
            assert_eq!(last_there(&language, &place, THEN), said);
        }
    }
}
