//! What the tests of the wire share: the shapes of its types, made-up messages, and the page that describes both.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

pub mod made_up;
pub mod page;
pub mod shape;

use std::sync::Arc;

use instep_rules::{
    Action, CardRules, Deck, Instruction, OutcomeSet, Perspective, Ruleset, Setup, SetupParts, Space, TileSet,
};

/// A small game: twelve spaces, five cards, three stones.
pub fn setup() -> Arc<Setup> {
    let footprint = |n: usize| Space::Footprint(Perspective::from_index(n));
    let board = (0..12).map(|n| if n % 6 == 0 { Space::PoetsCorner } else { footprint(n) }).collect();
    let card = |deck, action| CardRules { deck, instruction: Instruction::Do(action) };
    let mut cards: Vec<CardRules> =
        Perspective::ALL.into_iter().map(|p| card(Deck::Of(p), Action::RemoveAny)).collect();
    cards.push(card(Deck::Poems, Action::PlaceAny));
    let (in_play, ruleset) = (OutcomeSet::first(3), Ruleset::guided());
    let parts = SetupParts { board, cards, outcomes: 3, in_play, ruleset, begun: TileSet::NONE };
    Arc::new(Setup::new(parts).expect("a small pack"))
}
