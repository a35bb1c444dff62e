//! What a game can be played with, and the events with which it begins.

use instep_rules::{
    Action, CardId, CardRules, Choices, Commitment, Deck, Event, Instruction, Outcome, OutcomeSet, Perspective, Setup,
    SetupFault, SetupParts, Space,
};

use crate::notation::tiles;
use crate::table::{classic, guided};

#[track_caller]
fn refused(change: impl FnOnce(&mut SetupParts), fault: SetupFault) {
    let mut parts = classic().parts();
    change(&mut parts);
    assert_eq!(Setup::new(parts).err(), Some(fault));
}

#[test]
fn what_a_setup_cannot_be() {
    let poets = |n| vec![Space::PoetsCorner; n];
    refused(|p| p.board = poets(11), SetupFault::BoardLength(11));
    refused(|p| p.board = poets(81), SetupFault::BoardLength(81));
    refused(|p| p.outcomes = 0, SetupFault::OutcomeCount(0));
    refused(|p| p.outcomes = 13, SetupFault::OutcomeCount(13));
    refused(|p| p.in_play = OutcomeSet::NONE, SetupFault::OutcomesInPlay);
    refused(|p| p.in_play = OutcomeSet::NONE.with(Outcome(3)), SetupFault::OutcomesInPlay);
    refused(|p| p.cards.reverse(), SetupFault::CardOrder);
    refused(|p| p.cards.retain(|c| c.deck != Deck::Poems), SetupFault::EmptyDeck(Deck::Poems));
    let staff = Deck::Of(Perspective::Third);
    refused(|p| p.cards.retain(|c| c.deck != staff), SetupFault::EmptyDeck(staff));
    refused(|p| p.ruleset.die_faces = 3, SetupFault::Ruleset);
    refused(|p| p.ruleset.die_faces = 13, SetupFault::Ruleset);
    refused(|p| p.ruleset.opening_tiles = 4, SetupFault::Ruleset);
    refused(|p| p.begun = tiles("users life"), SetupFault::BegunPath);
    let one: Choices = [Action::PlaceAny].into_iter().collect();
    refused(|p| p.cards[1].instruction = Instruction::Choose(one), SetupFault::ChoiceLength(CardId(1)));
    let poem = CardRules { deck: Deck::Poems, instruction: Instruction::Do(Action::PlaceAny) };
    refused(|p| p.cards = vec![poem.clone(); 65_536], SetupFault::TooManyCards(65_536));
}

#[test]
fn the_limits_themselves_are_allowed() {
    for (spaces, outcomes, die) in [(12, 1, 4), (80, 12, 12)] {
        let mut parts = classic().parts();
        parts.board = vec![Space::PoetsCorner; spaces];
        parts.outcomes = outcomes;
        parts.in_play = OutcomeSet::first(outcomes as usize);
        parts.ruleset.die_faces = die;
        // A deck to which no space leads needs no card.
        parts.cards.retain(|c| c.deck == Deck::Poems);
        assert!(Setup::new(parts).is_ok());
    }
}

#[test]
fn a_table_begins_with_its_commitment_and_the_path_that_was_begun() {
    let commitment = Commitment([7; 32]);
    let opened = Event::TableOpened { commitment };
    assert_eq!(guided().setup().opening(commitment)[..], [opened]);
    let begun = tiles("staff choice");
    let setup = guided().begun("staff choice").setup();
    assert_eq!(setup.opening(commitment)[..], [opened, Event::PathContinued { tiles: begun }]);
}
