//! Whose turn it is and what to do now, where things are pressed and not typed.

use instep_rules::{Action, Deck, Instruction, Perspective, Phase, TileSet, Who, legal};

use super::{seat, space_at, stone};
use crate::{View, capital, tell};

/// Whose turn it is, as a heading.
#[must_use]
pub fn whose_turn(view: &View<'_>) -> String {
    let (language, state) = (view.language, view.state());
    if state.closed() {
        return tell!(language, "turn-closed");
    }
    let seat = seat(view.packs, state.seat());
    let text = match (state.phase(), view.team(state.seat())) {
        (Phase::Opening { .. }, None) => tell!(language, "turn-opening", seat = seat),
        (Phase::Opening { .. }, Some(team)) => tell!(language, "turn-opening-team", team = team, seat = seat),
        (Phase::Roll, None) if state.path_complete(view.setup()) => tell!(language, "turn-complete", seat = seat),
        (Phase::Roll, Some(team)) if state.path_complete(view.setup()) => {
            tell!(language, "turn-complete-team", team = team, seat = seat)
        }
        (_, None) => tell!(language, "turn-whose", seat = seat),
        (_, Some(team)) => tell!(language, "turn-whose-team", team = team, seat = seat),
    };
    capital(&text)
}

/// What to do now, in a sentence, for whoever's turn it is.
#[must_use]
pub fn next(view: &View<'_>) -> String {
    let (language, packs, setup, state) = (view.language, view.packs, view.setup(), view.state());
    if state.closed() {
        return tell!(language, "next-closed");
    }
    if view.people.paused {
        return tell!(language, "next-paused");
    }
    if state.pass_asked() {
        return tell!(language, "next-pass-asked");
    }
    let legal = legal(setup, state, Who::seat(state.seat()));
    match state.phase() {
        Phase::Opening { .. } => {
            let stones = legal.place.outcomes().len();
            tell!(language, "next-opening", stones = stones, seat = seat(packs, state.seat()))
        }
        Phase::Roll if state.path_complete(setup) => tell!(language, "next-complete"),
        Phase::Roll if legal.roll_typed => tell!(language, "next-roll-real"),
        Phase::Roll => tell!(language, "next-roll"),
        Phase::Walk { face } => {
            let (from, len) = (usize::from(state.counter(state.seat())), setup.board().len());
            let face = usize::from(face);
            let (forward, back) =
                (space_at(view, (from + face) % len), space_at(view, (from + len - face % len) % len));
            tell!(language, "next-walk", forward = &forward, back = &back)
        }
        Phase::Talk { card } if setup.cards().get(card.index()).is_some_and(|c| c.deck == Deck::Poems) => {
            tell!(language, "next-talk-poem")
        }
        Phase::Talk { .. } => tell!(language, "next-talk"),
        Phase::Resolve { .. } if legal.choose != 0 => tell!(language, "next-choose"),
        Phase::Resolve { card, chosen } if legal.remove.is_empty() => {
            let tiles = legal.place;
            let named = named(setup.instruction(card), chosen);
            match (one_colour(tiles), named) {
                // A colour that was asked for is there no more: the whole table is told why others glow.
                (only, Some(colour)) if only != Some(colour) => {
                    tell!(language, "next-place-instead", seat = seat(packs, colour), tiles = tiles.len())
                }
                (Some(only), Some(_)) => {
                    tell!(language, "next-place", stones = tiles.len(), seat = seat(packs, only))
                }
                _ => tell!(language, "next-place-any", tiles = tiles.len()),
            }
        }
        Phase::Resolve { .. } => match one_colour(legal.remove) {
            Some(colour) => {
                tell!(language, "next-remove", stones = legal.remove.len(), seat = seat(packs, colour))
            }
            None => tell!(language, "next-remove-any", tiles = legal.remove.len()),
        },
        Phase::Mend { tile, .. } => {
            let (seat, stone) = (seat(packs, tile.colour), stone(packs, tile.outcome));
            tell!(language, "next-mend", seat = seat, stone = stone)
        }
    }
}

/// The one colour that all the tiles have.
fn one_colour(tiles: TileSet) -> Option<Perspective> {
    Perspective::ALL.into_iter().find(|p| tiles.but_not(TileSet::of_colour(*p)).is_empty())
}

/// The colour that a card, or the option chosen of it, would lay.
fn named(instruction: &Instruction, chosen: Option<u8>) -> Option<Perspective> {
    match instruction.options().get(usize::from(chosen.unwrap_or(0)))? {
        Action::Place(colour) => Some(*colour),
        _ => None,
    }
}
