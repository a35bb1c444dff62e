//! What a check finds.

use std::fmt;
use std::io;
use std::path::PathBuf;

use instep_rules::{Game, Refusal};

use crate::{FinalState, Hash};

/// A record that is what it should be.
#[derive(Clone, Debug)]
pub struct Verified {
    /// How many events it has.
    pub events: u32,
    /// How many steps (accepted turn commands), those that were undone included.
    pub steps: u32,
    /// Whether rolls and draws were made again.
    pub chance: ChanceCheck,
    /// Where the game stands at the end.
    pub state: FinalState,
    /// The last event's hash.
    pub hash: Hash,
    /// The game, replayed.
    pub game: Game,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events and {} steps are as they should be; {}", self.events, self.steps, self.chance)
    }
}

/// How far chance could be checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChanceCheck {
    /// Every roll and draw was made again from the seed.
    FromTheSeed,
    /// The seed is not published yet.
    PossibleOnly,
}

impl fmt::Display for ChanceCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FromTheSeed => "every roll and draw is the seed's",
            Self::PossibleOnly => "the seed is not published yet: rolls and draws were checked to be possible only",
        })
    }
}

/// The first thing that is wrong with a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What sort of thing.
    pub kind: FaultKind,
    /// The event's number; `None` where it is no event's.
    pub seq: Option<u32>,
    /// What should be there: JSON text as it would stand in the record, or a few words.
    pub expected: String,
    /// What is there.
    pub found: String,
}

/// What sort of thing is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// It is not laid out as the format says.
    Format,
    /// An event is missing or out of its place, or has another step or seat than the game gives it.
    Order,
    /// An event, or the one before it, was changed after it was written.
    Chain,
    /// The rules don't allow this event there.
    Illegal {
        /// Why the command behind it would have been refused, where it would.
        refusal: Option<Refusal>,
    },
    /// A roll or a draw isn't the seed's, or is impossible.
    Chance,
    /// Seed and salt are not those that the table was opened with.
    Commitment,
    /// The final state isn't where the events lead.
    State,
}

impl FaultKind {
    /// A short name for programs.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Order => "order",
            Self::Chain => "chain",
            Self::Illegal { .. } => "illegal",
            Self::Chance => "chance",
            Self::Commitment => "commitment",
            Self::State => "state",
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format => f.write_str("not laid out as the format says"),
            Self::Order => f.write_str("missing, or out of its place"),
            Self::Chain => f.write_str("changed after it was written: the chain is broken"),
            Self::Illegal { refusal: Some(refusal) } => write!(f, "against the rules ({refusal:?})"),
            Self::Illegal { refusal: None } => f.write_str("against the rules"),
            Self::Chance => f.write_str("not what chance gave"),
            Self::Commitment => f.write_str("not the seed and salt that the table was opened with"),
            Self::State => f.write_str("not the state that the events lead to"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "event {seq}: ")?,
            None => f.write_str("the record: ")?,
        }
        write!(f, "{}\n  expected: {}\n  there is: {}", self.kind, self.expected, self.found)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    pub(crate) fn new(
        kind: FaultKind,
        seq: Option<u32>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self { kind, seq, expected: expected.into(), found: found.into() }
    }

    /// Two long texts that differ are shown around the place where they do.
    pub(crate) fn differing(kind: FaultKind, seq: Option<u32>, expected: &str, found: &str) -> Self {
        let common = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
        Self::new(kind, seq, excerpt(expected, common), excerpt(found, common))
    }
}

/// At most this much of a text is shown, so that a fault in a long line stays readable.
const SHOWN_BYTES: usize = 600;

pub(crate) fn excerpt(text: &str, around: usize) -> String {
    if text.len() <= SHOWN_BYTES {
        return text.to_owned();
    }
    let from = text.floor_char_boundary(around.saturating_sub(SHOWN_BYTES / 2).min(text.len() - SHOWN_BYTES));
    let to = text.floor_char_boundary(from + SHOWN_BYTES);
    let dots = |cut| if cut { "…" } else { "" };
    format!("{}{}{}", dots(from > 0), &text[from..to], dots(to < text.len()))
}

/// Why a record could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The machine didn't give it.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is larger than any record.
    TooLarge {
        /// The most that is read.
        max_bytes: u64,
    },
    /// It is not text.
    NotUtf8 {
        /// How many bytes are.
        valid_bytes: usize,
    },
    /// It was written by a later version.
    NewerFormat {
        /// The format that it says.
        format: String,
    },
    /// It is not a record as this format lays it out.
    Fault(Fault),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            Self::TooLarge { max_bytes } => write!(f, "it is larger than {max_bytes} bytes, so it is no record"),
            Self::NotUtf8 { valid_bytes } => write!(f, "it is not UTF-8 text after byte {valid_bytes}"),
            Self::NewerFormat { format } => {
                write!(f, "its format is {format:?}, and this version reads {:?}: use a newer one", crate::FORMAT)
            }
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<Fault> for ReadError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Why a record could not be written.
#[derive(Debug)]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} can't be written: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for WriteError {}
