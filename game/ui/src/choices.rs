//! What is chosen before a game begins.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How long a game is meant to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum HowLong {
    /// So many minutes of play: as many stones as will fit.
    Minutes(u32),
    /// So many stones, however long it takes.
    Stones(u8),
}

/// The choices of the set-up screen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The packs by id; the first gives board, stones and rules.
    pub packs: Vec<String>,
    /// Themes that are left out, by id.
    pub without: BTreeSet<String>,
    /// How long.
    pub how_long: HowLong,
    /// The stones in play by id; empty for the first of the path, as many as fit.
    pub stones: BTreeSet<String>,
    /// The ruleset by id; empty for the pack's own.
    pub ruleset: String,
    /// Whether a real die is rolled.
    pub real_die: bool,
    /// The talk timer in seconds; 0 is off.
    pub talk_timer_s: u16,
    /// The names of the teams, in turn order; empty for none.
    pub teams: [String; 4],
    /// Begin with the path of this closed table.
    pub path_of: Option<i64>,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            packs: vec!["path-to-personalisation".into()],
            without: BTreeSet::new(),
            how_long: HowLong::Minutes(60),
            stones: BTreeSet::new(),
            ruleset: String::new(),
            real_die: false,
            talk_timer_s: 180,
            teams: Default::default(),
            path_of: None,
        }
    }
}
