//! What a card asks for.

use arrayvec::ArrayVec;
use serde::{Deserialize, Serialize};

use crate::Perspective;

/// One thing that a card can ask for. The colour is the instruction's, not the card's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Lay a tile of this colour.
    Place(Perspective),
    /// Lift a tile of this colour.
    Remove(Perspective),
    /// Lay a tile of any colour.
    PlaceAny,
    /// Lift a tile of any colour.
    RemoveAny,
    /// Talk, and move no tile.
    TalkOnly,
}

/// Two or three actions of which the table chooses one.
pub type Choices = ArrayVec<Action, 3>;

/// A card's instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instruction {
    /// Do this.
    Do(Action),
    /// Choose one of these; never nested.
    Choose(Choices),
}

impl Instruction {
    /// The options: one, or the two or three to choose from.
    #[must_use]
    pub fn options(&self) -> &[Action] {
        match self {
            Self::Do(action) => std::slice::from_ref(action),
            Self::Choose(choices) => choices,
        }
    }
}
