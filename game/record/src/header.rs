//! What a table was played with, by ids: the `pack` object of `events.json`.

use std::fmt;

use instep_rules::SetupFault;
use serde::{Deserialize, Serialize};

/// The id of a Poet's Corner in a board.
pub(crate) const POEM: &str = "poem";
/// The id of the deck of poems.
pub(crate) const POEMS: &str = "poems";

/// Everything that the rules need, in a form that needs no pack to be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The packs, the first one first.
    pub packs: Vec<PackRef>,
    /// The four perspectives' ids, in turn order.
    pub perspectives: [String; 4],
    /// The outcomes' ids, in pack order.
    pub outcomes: Vec<String>,
    /// The outcomes in play, in the same order.
    pub in_play: Vec<String>,
    /// The spaces: a perspective's id, or `poem`.
    pub board: Vec<String>,
    /// The cards, in order of deck.
    pub cards: Vec<Card>,
    /// The ruleset that the table began with.
    pub ruleset: Settings,
    /// The path of an earlier session, by outcome and then by colour.
    pub begun: Vec<TileId>,
}

/// A pack, pinned by its hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRef {
    /// Its name.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The hash of its content, in hexadecimal digits.
    pub hash: String,
}

/// A card, as far as the rules need it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// A perspective's id, or `poems`.
    pub deck: String,
    /// What it asks for.
    pub instruction: Instruction,
}

/// A card's instruction, by ids.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instruction {
    /// Lay a tile of this perspective's colour.
    Place(String),
    /// Lift a tile of this perspective's colour.
    Remove(String),
    /// Lay a tile of any colour.
    PlaceAny,
    /// Lift a tile of any colour.
    RemoveAny,
    /// Talk, and move no tile.
    TalkOnly,
    /// One of these two or three; never nested.
    Choose(Vec<Instruction>),
}

/// A ruleset by its name, with every setting; the values' ids are those of packs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The ruleset's name.
    pub name: String,
    /// Faces of the die: 4 to 12.
    pub die_faces: u8,
    /// Whether the face of a real die is typed in.
    pub real_die: bool,
    /// `forward` or `either_way`.
    pub walking: String,
    /// Opening tiles a seat: 0 to 3.
    pub opening_tiles: u8,
    /// `safe` or `may_break`.
    pub finished_blocks: String,
    /// `any_missing` or `no_effect`.
    pub blocked_place: String,
    /// `mend` or `lift`.
    pub removal: String,
    /// `at_once` or `facilitator_confirms`.
    pub passing: String,
    /// `voiced` or `skipped`.
    pub empty_seats: String,
    /// `anyone`, `speaker` or `show_of_hands`.
    pub team_acts: String,
    /// Length of the talk timer in seconds; 0 is off.
    pub talk_timer_s: u16,
}

/// A tile by ids.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileId {
    /// The perspective whose colour it has.
    pub colour: String,
    /// The outcome on whose stone it lies.
    pub outcome: String,
}

/// The ids of what a setup knows by number, each list in the setup's order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names {
    /// The four perspectives, in turn order.
    pub perspectives: [String; 4],
    /// The outcomes.
    pub outcomes: Vec<String>,
    /// The cards.
    pub cards: Vec<String>,
}

/// Why a header makes no setup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HeaderError {
    /// There are as many names as the first number says, and as many things as the second.
    Count(&'static str, usize, usize),
    /// Two of these have one id.
    Twice(&'static str, String),
    /// A perspective has an id that means poems.
    Reserved(String),
    /// This names something that the header lacks.
    Unknown(&'static str, String),
    /// This list is not in the order that the format asks for.
    Order(&'static str),
    /// A choice within a choice, in this card.
    Nested(String),
    /// The rules refuse it.
    Setup(SetupFault),
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(what, named, there) => write!(f, "{named} names for {there} {what}"),
            Self::Twice(what, id) => write!(f, "two of the {what} have the id {id:?}"),
            Self::Reserved(id) => write!(f, "a perspective can't have the id {id:?}"),
            Self::Unknown(what, id) => write!(f, "{what} can't be {id:?}"),
            Self::Order(what) => write!(f, "{what} is out of order, or names something twice"),
            Self::Nested(card) => write!(f, "the card {card:?} has a choice within a choice"),
            Self::Setup(fault) => write!(f, "the rules refuse it: {fault:?}"),
        }
    }
}

impl std::error::Error for HeaderError {}

impl Header {
    /// The compact text that the chain begins from, and that stands in `events.json`.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers are always JSON")
    }

    /// The names of what the header lists.
    #[must_use]
    pub fn names(&self) -> Names {
        Names {
            perspectives: self.perspectives.clone(),
            outcomes: self.outcomes.clone(),
            cards: self.cards.iter().map(|card| card.id.clone()).collect(),
        }
    }
}
