//! What the rules allow at this moment: which tiles, which options, which commands.

use crate::state::opening_rounds;
use crate::{
    Action, BlockedPlace, FinishedBlocks, Instruction, Passing, Perspective, Phase, Setup, State, TileSet, Who,
};

/// The tiles that `action` may lay or lift; empty where it would have no effect, or moves none.
#[inline]
pub(crate) fn targets(setup: &Setup, state: &State, action: Action) -> TileSet {
    match action {
        Action::Place(colour) => {
            let missing = setup.places.but_not(state.game.path);
            let named = missing.and(TileSet::of_colour(colour));
            if named.is_empty() && state.ruleset.blocked_place == BlockedPlace::AnyMissing { missing } else { named }
        }
        Action::PlaceAny => setup.places.but_not(state.game.path),
        Action::Remove(colour) => liftable(setup, state).and(TileSet::of_colour(colour)),
        Action::RemoveAny => liftable(setup, state),
        Action::TalkOnly => TileSet::NONE,
    }
}

#[inline]
fn liftable(setup: &Setup, state: &State) -> TileSet {
    let laid = state.game.path.and(setup.places);
    match state.ruleset.finished_blocks {
        FinishedBlocks::Safe => laid.but_not(laid.complete_stones()),
        FinishedBlocks::MayBreak => laid,
    }
}

/// Whether an option may be picked: it would have an effect, or is talk only.
#[inline]
pub(crate) fn can_be_picked(setup: &Setup, state: &State, action: Action) -> bool {
    action == Action::TalkOnly || !targets(setup, state, action).is_empty()
}

/// The action that is being resolved: the card's, or the option chosen of it.
#[inline]
pub(crate) fn action(instruction: &Instruction, chosen: Option<u8>) -> Option<Action> {
    match (instruction, chosen) {
        (Instruction::Do(action), _) => Some(*action),
        (Instruction::Choose(choices), Some(n)) => choices.get(n as usize).copied(),
        (Instruction::Choose(_), None) => None,
    }
}

/// The places on which `seat` may lay its opening tile.
pub(crate) fn opening_places(setup: &Setup, state: &State, seat: Perspective) -> TileSet {
    setup.places.but_not(state.game.path).and(TileSet::of_colour(seat))
}

/// What somebody may do now; what a view offers as buttons.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Legal {
    /// Roll the die.
    pub roll: bool,
    /// Type the face of the real die.
    pub roll_typed: bool,
    /// Walk, either way.
    pub walk: bool,
    /// End the talk.
    pub end_talk: bool,
    /// Options that can be chosen, lowest bit first.
    pub choose: u8,
    /// Tiles that can be laid.
    pub place: TileSet,
    /// Tiles that can be picked to be lifted.
    pub remove: TileSet,
    /// Keep the cracked tile.
    pub mend: bool,
    /// Let the cracked tile go.
    pub let_go: bool,
    /// Pass over the card, ask to, or confirm it.
    pub pass: bool,
    /// Go on with the card though somebody asked to pass.
    pub decline_pass: bool,
    /// Draw another card.
    pub redraw: bool,
    /// Steps that can be taken back.
    pub undo: u32,
    /// Close the game.
    pub close: bool,
}

/// What `who` may do now.
#[must_use]
pub fn legal(setup: &Setup, state: &State, who: Who) -> Legal {
    let mut legal = Legal::default();
    if state.closed {
        return legal;
    }
    if who.facilitator {
        legal.undo = state.steps_in_effect;
        legal.close = true;
    }
    let acts = who.seat == Some(state.game.seat);
    match state.game.phase {
        Phase::Opening { round } if acts && round < opening_rounds(setup, &state.ruleset) => {
            legal.place = opening_places(setup, state, state.game.seat);
        }
        Phase::Opening { .. } => {}
        Phase::Roll => {
            legal.roll = acts && !state.ruleset.real_die;
            legal.roll_typed = acts && state.ruleset.real_die;
        }
        Phase::Walk { .. } => legal.walk = acts,
        Phase::Talk { .. } => legal.end_talk = acts || who.facilitator,
        Phase::Resolve { card, chosen } if acts => {
            let instruction = setup.instruction(card);
            match action(instruction, chosen) {
                Some(action @ (Action::Place(_) | Action::PlaceAny)) => legal.place = targets(setup, state, action),
                Some(action) => legal.remove = targets(setup, state, action),
                None => {
                    for (n, option) in instruction.options().iter().enumerate() {
                        legal.choose |= u8::from(can_be_picked(setup, state, *option)) << n;
                    }
                }
            }
        }
        Phase::Resolve { .. } => {}
        Phase::Mend { .. } => {
            legal.mend = acts;
            legal.let_go = acts;
        }
    }
    if let Phase::Talk { card } | Phase::Resolve { card, .. } = state.game.phase {
        legal.pass = state.ruleset.passing == Passing::AtOnce || who.facilitator || !state.game.pass_asked;
        legal.decline_pass = who.facilitator && state.game.pass_asked;
        let deck = setup.cards().get(card.index()).map(|c| setup.span(c.deck));
        legal.redraw =
            who.facilitator && deck.is_some_and(|span| state.game.decks.candidates(span, Some(card)).count > 0);
    }
    legal
}
