//! All that anybody typed, each with a mark that can be looked for in bytes; and marks for secrets.

use std::collections::BTreeSet;

/// Everything that is typed here begins with it; six digits follow.
const TYPED: &[u8; 4] = b"zq7-";

/// Every secret that the server draws begins with it.
pub(crate) const SECRET: [u8; 4] = [0xC5, 0x9E, 0xD7, 0x81];

/// Some words that were typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed {
    /// At which table of the plan.
    pub(crate) slot: usize,
    /// Whether they are for facilitators only.
    pub(crate) private: bool,
}

/// What is found in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// Words, by number.
    Typed(usize),
    /// A secret's place.
    Secret(usize),
}

#[derive(Debug, Default)]
pub(crate) struct TypedWords {
    all: Vec<Typed>,
    /// Those that were erased, and of which the lobby was told so.
    pub(crate) buried: BTreeSet<usize>,
}

impl TypedWords {
    /// Words that nobody typed before.
    pub(crate) fn new_text(&mut self, slot: usize, private: bool) -> String {
        self.all.push(Typed { slot, private });
        format!("zq7-{:06}", self.all.len() - 1)
    }

    pub(crate) fn get(&self, number: usize) -> Option<Typed> {
        self.all.get(number).copied()
    }
}

/// The number of words.
pub(crate) fn number_of(text: &str) -> Option<usize> {
    text.strip_prefix("zq7-")?.get(..6)?.parse().ok()
}

/// All marks in some bytes.
pub(crate) fn marks(bytes: &[u8]) -> Vec<Mark> {
    let mut found = Vec::new();
    for (at, four) in bytes.windows(4).enumerate() {
        if four == SECRET {
            found.push(Mark::Secret(at));
        } else if four == TYPED {
            let digits = bytes.get(at + 4..at + 10).and_then(|d| std::str::from_utf8(d).ok());
            found.extend(digits.and_then(|d| d.parse().ok()).map(Mark::Typed));
        }
    }
    found
}
