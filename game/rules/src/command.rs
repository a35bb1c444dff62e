//! What can be asked for.

use serde::{Deserialize, Serialize};

use crate::{Outcome, Perspective, Setting};

/// Which way to walk.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Direction {
    /// In the order of the board.
    Forward,
    /// Against it.
    Back,
}

/// On whose behalf a command comes. The table finds it out from the connection; the rules trust it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Who {
    /// The seat that is acted for: one's own, or one that nobody holds.
    pub seat: Option<Perspective>,
    /// Whether a facilitator asks.
    pub facilitator: bool,
}

impl Who {
    /// Somebody of this seat.
    #[must_use]
    pub const fn seat(seat: Perspective) -> Self {
        Self { seat: Some(seat), facilitator: false }
    }

    /// The facilitator.
    pub const FACILITATOR: Self = Self { seat: None, facilitator: true };

    /// Anyone at the table.
    pub const ANYONE: Self = Self { seat: None, facilitator: false };
}

/// A command, as the rules know it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Command {
    /// The acting seat rolls the die.
    Roll,
    /// The acting seat types the face of the real die.
    RollTyped(u8),
    /// The acting seat walks.
    Walk(Direction),
    /// The acting seat or the facilitator ends the talk.
    EndTalk,
    /// The acting seat chooses an option, counted from 0.
    Choose(u8),
    /// The acting seat lays a tile, as its opening tile or because a card says so.
    Place(Perspective, Outcome),
    /// The acting seat picks the tile that a card would have lifted.
    Remove(Perspective, Outcome),
    /// The acting seat keeps a cracked tile by naming a real step; the words are kept apart, under this number.
    Mend(u32),
    /// The acting seat lets a cracked tile go.
    LetGo,
    /// Anyone passes over the card, unsigned; under *facilitator confirms*, the facilitator's confirms it.
    Pass,
    /// The facilitator goes on with the card though somebody asked to pass (*facilitator confirms* only).
    DeclinePass,
    /// The facilitator draws another card from the same deck.
    Redraw,
    /// The facilitator takes back this many steps.
    Undo(u32),
    /// The facilitator changes a setting.
    Set(Setting),
    /// The facilitator closes the game.
    Close,
    /// The table reports that somebody holds a seat that nobody held.
    TakeSeat(Perspective),
    /// The table reports that nobody holds this seat any more.
    LeaveSeat(Perspective),
}
