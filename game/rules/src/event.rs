//! What happened.

use arrayvec::ArrayVec;
use serde::{Deserialize, Serialize};

use crate::{CardId, Commitment, Direction, Outcome, Perspective, Setting, Tile, TileSet};

/// Why a tile was laid.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum How {
    /// As an opening tile.
    Opening,
    /// The card named its colour.
    Named,
    /// The card left the colour to the table.
    Any,
    /// Every stone had the colour that the card named, so another missing tile was laid instead.
    Instead,
}

/// Why a card's instruction moved nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum NoEffect {
    /// Every stone in play has the tile that would be laid.
    NothingToLay,
    /// No stone in play has a tile that could be lifted.
    NothingToLift,
    /// No option of the card would have an effect.
    NoOption,
}

/// An event. It carries its outcome (the face, the card), so that applying it needs no chance.
///
/// A `u32` called `words` next to a draw is how many 32-bit words of the chance stream it took.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Event {
    /// The table was made; this is the commitment to its seed.
    TableOpened {
        /// SHA-256(salt ‖ seed).
        commitment: Commitment,
    },
    /// The path of an earlier session was taken up.
    PathContinued {
        /// The tiles that lay there.
        tiles: TileSet,
    },
    /// Somebody holds a seat that nobody held.
    SeatTaken {
        /// Which.
        seat: Perspective,
    },
    /// Nobody holds this seat any more.
    SeatLeft {
        /// Which.
        seat: Perspective,
    },
    /// The facilitator changed a setting.
    SettingChanged {
        /// The setting and its new value.
        setting: Setting,
    },
    /// An opening tile was laid, and the next seat lays one.
    OpeningMovedOn {
        /// Who is next.
        next: Perspective,
        /// Which round, from 0.
        round: u8,
    },
    /// All opening tiles are laid.
    OpeningEnded {
        /// Who has the first turn.
        next: Perspective,
    },
    /// The die was rolled, or its face typed.
    DieRolled {
        /// What it shows.
        face: u8,
        /// Whether a person typed it.
        typed: bool,
        /// Chance words taken.
        words: u32,
    },
    /// The acting seat's counter walked.
    CounterMoved {
        /// From this space.
        from: u8,
        /// To this one.
        to: u8,
        /// This way.
        direction: Direction,
    },
    /// A card was drawn.
    CardDrawn {
        /// Which.
        card: CardId,
        /// Whether the used cards became the deck again first.
        refilled: bool,
        /// Chance words taken.
        words: u32,
    },
    /// The table finished talking.
    TalkEnded,
    /// The acting seat chose one of the card's options.
    ChoiceMade {
        /// Counted from 0.
        option: u8,
    },
    /// A tile was laid.
    TilePlaced {
        /// Which.
        tile: Tile,
        /// Why.
        how: How,
    },
    /// A tile cracked: it may be kept.
    TileCracked {
        /// Which.
        tile: Tile,
    },
    /// A cracked tile was kept by naming a real step.
    TileMended {
        /// Which.
        tile: Tile,
        /// The number under which the step's words are kept.
        note: u32,
    },
    /// A tile was lifted.
    TileLifted {
        /// Which.
        tile: Tile,
    },
    /// A stone has all four tiles.
    OutcomeMet {
        /// Which.
        outcome: Outcome,
    },
    /// A finished stone lost a tile.
    OutcomeUnmet {
        /// Which.
        outcome: Outcome,
    },
    /// Every outcome in play is met: a moment, not a stop.
    PathCompleted,
    /// The card's instruction moved nothing.
    InstructionHadNoEffect {
        /// Why.
        reason: NoEffect,
    },
    /// Somebody asked to pass over the card (*facilitator confirms*).
    PassAsked,
    /// The facilitator went on with the card.
    PassDeclined,
    /// The card was passed over.
    CardPassed,
    /// The facilitator put the card aside for another.
    CardRedrawn,
    /// The turn ended.
    TurnEnded {
        /// Whose turn is next.
        next: Perspective,
    },
    /// The facilitator took steps back.
    Undone {
        /// How many.
        steps: u32,
    },
    /// The facilitator closed the game.
    GameClosed,
}

impl Event {
    /// Whether it belongs to the game that undo takes back, and not to the people or the settings.
    #[must_use]
    pub const fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Self::TableOpened { .. }
                | Self::PathContinued { .. }
                | Self::SeatTaken { .. }
                | Self::SeatLeft { .. }
                | Self::SettingChanged { .. }
                | Self::Undone { .. }
                | Self::GameClosed
        )
    }

    /// Whether a step (one accepted turn command) begins with it.
    ///
    /// Events that follow from another one never stand first in what [`decide`](crate::decide) returns.
    #[must_use]
    pub const fn can_begin_step(&self) -> bool {
        self.can_be_undone() && !matches!(self, Self::PassAsked | Self::PassDeclined)
    }
}

/// The events of one command, in a buffer of fixed size.
pub type Events = ArrayVec<Event, 4>;
