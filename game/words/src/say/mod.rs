//! Sentences for people: names and cards here; the log, refusals, settings, turns and the end in files of their own.

mod ending;
mod happened;
mod log;
mod next;
mod refused;
mod setting;

use instep_content::Packs;
use instep_protocol::{WordKind, WordText};
use instep_rules::{Action, Deck, Instruction, Outcome, Perspective, Space, Tile};

use crate::{Language, View, tell};
pub use ending::ending;
pub use happened::happened;
pub use log::entry;
pub use next::{next, whose_turn};
pub use refused::{denied, not_let_in};
pub use setting::setting;

/// A perspective's name in a sentence.
#[must_use]
pub fn seat(packs: &Packs, seat: Perspective) -> &str {
    &packs.perspectives()[seat.index()].short
}

/// Some names in a sentence: "Sam", "Sam and Mo", "Sam, Mo and Jo", "Sam, Mo, Jo and 2 more".
#[must_use]
pub fn together(language: &Language, names: &[String]) -> String {
    const MOST: usize = 4;
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= MOST => {
            tell!(language, "names-and", list = &first.join(", "), last = last)
        }
        [..] => {
            let list = names[..MOST - 1].join(", ");
            tell!(language, "ui-names-more", list = &list, more = names.len() - (MOST - 1))
        }
    }
}

/// Whose something is: "managers'", "staff's".
#[must_use]
pub fn seats(language: &Language, packs: &Packs, of: Perspective) -> String {
    tell!(language, "seat-owner", seat = seat(packs, of))
}

/// A stone's name; a sign that there is none where the pack has none.
#[must_use]
pub fn stone(packs: &Packs, outcome: Outcome) -> &str {
    packs.outcomes().get(outcome.index()).map_or("?", |o| &o.short)
}

/// What a space is: "a staff footprint", "a Poet's Corner".
#[must_use]
pub fn space(language: &Language, packs: &Packs, space: Space) -> String {
    match space {
        Space::Footprint(p) => tell!(language, "space-footprint", seat = seat(packs, p)),
        Space::PoetsCorner => tell!(language, "space-poem", deck = packs.deck_name(Deck::Poems)),
    }
}

/// What the space of that number is; nothing where the board has none.
pub(crate) fn space_at(view: &View<'_>, at: usize) -> String {
    view.setup().board().get(at).map_or_else(String::new, |s| space(view.language, view.packs, *s))
}

/// "a staff tile on Dignity and respect".
fn tile(view: &View<'_>, tile: Tile) -> String {
    let (seat, stone) = (seat(view.packs, tile.colour), stone(view.packs, tile.outcome));
    tell!(view.language, "tile-on", seat = seat, stone = stone)
}

/// What a card asks for, to go on with in a sentence.
#[must_use]
pub fn instruction(view: &View<'_>, instruction: &Instruction) -> String {
    let language = view.language;
    match instruction.options() {
        [one] => action(view, *one),
        [first, second] => {
            let (first, second) = (action(view, *first), action(view, *second));
            tell!(language, "choose-two", first = &first, second = &second)
        }
        [first, second, third, ..] => {
            let [first, second, third] = [first, second, third].map(|a| action(view, *a));
            tell!(language, "choose-three", first = &first, second = &second, third = &third)
        }
        [] => tell!(language, "action-talk"),
    }
}

/// One thing that a card can ask for.
#[must_use]
pub fn action(view: &View<'_>, action: Action) -> String {
    let (language, packs) = (view.language, view.packs);
    match action {
        Action::Place(p) => tell!(language, "action-place", seat = seat(packs, p)),
        Action::Remove(p) => tell!(language, "action-remove", seat = seat(packs, p)),
        Action::PlaceAny => tell!(language, "action-place-any"),
        Action::RemoveAny => tell!(language, "action-remove-any"),
        Action::TalkOnly => tell!(language, "action-talk"),
    }
}

/// Something said in writing, with who said it.
#[must_use]
pub fn in_chat(view: &View<'_>, word: &instep_protocol::Word) -> String {
    let language = view.language;
    let person = view.people.people.iter().find(|p| Some(p.id) == word.by);
    let name = person.map(|p| p.name.as_str()).filter(|name| !name.is_empty());
    let name = name.map_or_else(|| tell!(language, "words-unsigned"), str::to_owned);
    let text = match &word.text {
        WordText::Said(text) => text.clone(),
        WordText::Hidden => tell!(language, "words-hidden"),
        WordText::Erased => tell!(language, "words-erased"),
    };
    tell!(language, "words-chat", name = &name, text = &text)
}

/// What was typed, a line each; teams' names are none of it.
#[must_use]
pub fn words(view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let line = |w: &instep_protocol::Word| {
        let by = w.seat.map_or_else(|| tell!(language, "words-unsigned"), |s| view.who(s));
        let text = match &w.text {
            WordText::Said(text) => text.clone(),
            WordText::Hidden => tell!(language, "words-hidden"),
            WordText::Erased => tell!(language, "words-erased"),
        };
        match w.kind {
            WordKind::Step => tell!(language, "words-step", number = w.id, by = &by, text = &text),
            WordKind::Reason => tell!(language, "words-reason", number = w.id, by = &by, text = &text),
            WordKind::Note | WordKind::TeamName | WordKind::Chat => {
                tell!(language, "words-note", number = w.id, by = &by, text = &text)
            }
        }
    };
    view.notes().map(line).collect()
}
