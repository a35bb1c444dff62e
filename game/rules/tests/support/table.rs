//! Small tables, put together in a line.

#![allow(dead_code)] // each test binary needs its part of it

use instep_rules::{
    Action, CardRules, Choices, Deck, Instruction, Outcome, OutcomeSet, Perspective, Ruleset, Setup, SetupParts, Space,
    TileSet,
};

use crate::notation as n;

/// A board of 15 spaces, on which a face of 1 to 5 leads from anywhere to any deck: space 0 is a Poet's
/// Corner, 1 to 4 footprints in turn order, and so on round. Three outcomes of which two are in play.
#[derive(Clone)]
pub(crate) struct Table {
    ruleset: Ruleset,
    outcomes: u8,
    in_play: OutcomeSet,
    decks: [Vec<Instruction>; Deck::COUNT],
    begun: TileSet,
}

/// *Classic*: forward only, blocked place no effect, lift.
pub(crate) fn classic() -> Table {
    let talk = vec![Instruction::Do(Action::TalkOnly); 2];
    let poem = vec![Instruction::Do(Action::PlaceAny)];
    Table {
        ruleset: Ruleset::classic(),
        outcomes: 3,
        in_play: OutcomeSet::first(2),
        decks: [talk.clone(), talk.clone(), talk.clone(), talk, poem],
        begun: TileSet::NONE,
    }
}

/// *Guided*: one opening tile each, either way, any missing, mend.
pub(crate) fn guided() -> Table {
    Table { ruleset: Ruleset::guided(), ..classic() }
}

impl Table {
    /// As in `Set die 8`.
    pub(crate) fn set(mut self, setting: &str) -> Self {
        let changed = self.ruleset.with(n::setting(setting));
        self.ruleset = changed.unwrap_or_else(|| panic!("out of range: {setting}"));
        self
    }

    /// The first `count` are in play, of a pack that has one more.
    pub(crate) fn outcomes(mut self, count: u8) -> Self {
        self.outcomes = (count + 1).min(Outcome::MAX as u8);
        self.in_play = OutcomeSet::first(count as usize);
        self
    }

    /// Only these are in play.
    pub(crate) fn in_play(mut self, names: &str) -> Self {
        self.in_play = names.split(' ').map(n::outcome).collect();
        self
    }

    /// `Place(staff) | RemoveAny | Place(staff) or TalkOnly`: the deck's cards in order.
    pub(crate) fn deck(mut self, name: &str, cards: &str) -> Self {
        self.decks[n::deck(name).index()] = cards.split('|').map(|card| instruction(card.trim())).collect();
        self
    }

    /// The path of an earlier session.
    pub(crate) fn begun(mut self, tiles: &str) -> Self {
        self.begun = n::tiles(tiles);
        self
    }

    pub(crate) fn parts(self) -> SetupParts {
        let space = |at: usize| match at % 5 {
            0 => Space::PoetsCorner,
            seat => Space::Footprint(Perspective::from_index(seat - 1)),
        };
        let cards = Deck::ALL.into_iter().zip(self.decks);
        SetupParts {
            board: (0..15).map(space).collect(),
            cards: cards
                .flat_map(|(deck, cards)| cards.into_iter().map(move |instruction| CardRules { deck, instruction }))
                .collect(),
            outcomes: self.outcomes,
            in_play: self.in_play,
            ruleset: self.ruleset,
            begun: self.begun,
        }
    }

    pub(crate) fn setup(self) -> Setup {
        Setup::new(self.parts()).unwrap_or_else(|fault| panic!("{fault:?}"))
    }
}

fn instruction(text: &str) -> Instruction {
    let options: Vec<_> = text.split(" or ").map(action).collect();
    match options[..] {
        [one] => Instruction::Do(one),
        _ => Instruction::Choose(options.into_iter().collect::<Choices>()),
    }
}

fn action(text: &str) -> Action {
    let colour = || n::seat(text.split(['(', ')']).nth(1).unwrap_or_default());
    match text.split('(').next().unwrap_or_default() {
        "Place" => Action::Place(colour()),
        "Remove" => Action::Remove(colour()),
        "PlaceAny" => Action::PlaceAny,
        "RemoveAny" => Action::RemoveAny,
        "TalkOnly" => Action::TalkOnly,
        _ => panic!("no instruction: `{text}`"),
    }
}
