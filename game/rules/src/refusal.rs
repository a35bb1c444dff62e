//! Why a command was refused. A refused command changes nothing.

use serde::{Deserialize, Serialize};

use crate::{Outcome, Perspective, Tile};

/// What the game waits for, said in a refusal as what would help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Wanted {
    /// The seat's opening tile.
    OpeningTile,
    /// A roll.
    Roll,
    /// A direction.
    Walk,
    /// The end of the talk.
    EndTalk,
    /// A choice between the card's options.
    Choose,
    /// A stone to lay a tile on.
    Place,
    /// A tile to lift.
    Remove,
    /// A step that keeps the cracked tile, or the word to let it go.
    Mend,
}

/// A typed reason that a person can read once it is put into words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Refusal {
    /// It is another seat's turn.
    NotYourTurn {
        /// Whose turn it is.
        seat: Perspective,
    },
    /// Whoever has no seat can't act in a turn.
    NoSeat {
        /// Whose turn it is.
        seat: Perspective,
    },
    /// Only a facilitator can do that.
    OnlyFacilitator,
    /// The game waits for something else.
    NotNow {
        /// What it waits for.
        wanted: Wanted,
    },
    /// A real die is in use: its face is typed.
    TypeTheFace {
        /// The die's faces.
        faces: u8,
    },
    /// No real die is in use, so no face is typed.
    NoRealDie,
    /// The die has no such face.
    NoSuchFace {
        /// The die's faces.
        faces: u8,
    },
    /// The stone is for another day, or the pack has none such.
    NotInPlay {
        /// The stone.
        outcome: Outcome,
    },
    /// The stone has that tile already.
    AlreadyLaid {
        /// The tile.
        tile: Tile,
    },
    /// The stone has no such tile.
    NotThere {
        /// The tile.
        tile: Tile,
    },
    /// All four tiles lie there, and finished stones are safe.
    FinishedStone {
        /// The stone.
        outcome: Outcome,
    },
    /// The card, or the opening, asks for a tile of another colour.
    WrongColour {
        /// The colour that is asked for.
        colour: Perspective,
    },
    /// The card has not so many options.
    NoSuchOption {
        /// How many it has.
        options: u8,
    },
    /// That option would change nothing now.
    OptionWithoutEffect {
        /// Counted from 0.
        option: u8,
    },
    /// There is no card in play to pass over or to change for another.
    NoCard,
    /// The card is resolved already.
    AlreadyResolved,
    /// Somebody has asked to pass already.
    PassAlreadyAsked,
    /// Nobody has asked to pass.
    NoPassAsked,
    /// The deck has no other card.
    NoOtherCard,
    /// There are not so many steps to take back.
    NotSoManySteps {
        /// How many there are.
        steps: u32,
    },
    /// That setting is fixed from the first roll on.
    FixedAtFirstRoll,
    /// The number of opening tiles is fixed once one is laid.
    FixedAtFirstTile,
    /// The setting's value is out of its range.
    SettingOutOfRange,
    /// The seat is held already, or nobody holds it.
    SeatAsBefore {
        /// Which.
        seat: Perspective,
    },
    /// The game is closed.
    GameClosed,
}
