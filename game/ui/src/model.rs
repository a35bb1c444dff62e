//! What the screens look at.

use std::sync::Arc;

use instep_content::{LeftOut, Packs};
use instep_protocol::Role;
use instep_rules::{Legal, OutcomeSet};
use instep_words::{Language, View};

use crate::online::Online;
use crate::settings::Settings;

/// Everything that a screen may show.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    /// The language.
    pub language: &'a Language,
    /// The settings.
    pub settings: &'a Settings,
    /// Milliseconds since 1970.
    pub now_ms: u64,
    /// Minutes that local time is ahead of UTC, to say when a session ends.
    pub utc_offset_min: i32,
    /// Saved games, newest first.
    pub saved: &'a [Saved],
    /// Packs that can be chosen.
    pub packs: &'a [PackInfo],
    /// What the choices of the set-up screen come to; `None` while it is worked out.
    pub worked_out: Option<&'a WorkedOut>,
    /// The table, where one is open.
    pub table: Option<TableModel<'a>>,
    /// What the screens should tell: something that went wrong, or is to be known. One clear sentence each.
    pub notices: &'a [String],
    /// Whether the computer can speak.
    pub can_speak: bool,
    /// Whether it speaks now.
    pub speaks: bool,
    /// Whether the room has a window of its own.
    pub projector_open: bool,
    /// Whether frames are slow, so that there is less to animate.
    pub slow: bool,
    /// Play over a network; `None` for a program that can't.
    pub online: Option<Online<'a>>,
}

/// A table that is open.
#[derive(Clone, Copy)]
pub struct TableModel<'a> {
    /// What is known of it here.
    pub view: View<'a>,
    /// What may be done now.
    pub legal: Legal,
    /// Whether a command waits for its answer.
    pub waits: bool,
    /// What whoever looks is at the table.
    pub role: Role,
    /// Why it stopped, in one sentence.
    pub stopped: Option<&'a str>,
}

/// A saved game.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// Its table's number.
    pub table: i64,
    /// The names of its packs.
    pub packs: String,
    /// How many stones are in play.
    pub stones: usize,
    /// Whether it is closed.
    pub closed: bool,
    /// Where it moved to and when, if this is only its copy: "moved to instep.example.org:4433 on 12 November".
    pub moved: Option<String>,
}

/// A pack that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackInfo {
    /// Its id: what the library calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// Cards of voices.
    pub cards: usize,
    /// Poems.
    pub poems: usize,
    /// Why it can't be played, if it can't; the first fault.
    pub fault: Option<String>,
}

/// A theme with its cards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemeInfo {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name of its area.
    pub area: String,
    /// How many cards and poems are about it.
    pub cards: usize,
}

/// A ruleset in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RulesetInfo {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its settings, a sentence each.
    pub settings: Vec<String>,
}

/// A card that has a note on what to know before it is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SensitiveCard {
    /// What to know.
    pub note: String,
    /// The card's words.
    pub text: String,
    /// Its themes' ids.
    pub themes: Vec<String>,
}

/// What fits into the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FitInfo {
    /// The stones in play.
    pub outcomes: OutcomeSet,
    /// Turns that there is time for, where time was asked for.
    pub turns: Option<u32>,
    /// Whether even one stone fits.
    pub fits: bool,
    /// About how many minutes it will take.
    pub minutes: u32,
}

/// What the choices of the set-up screen come to.
#[derive(Clone, Debug)]
pub struct WorkedOut {
    /// The packs together.
    pub packs: Arc<Packs>,
    /// Cards in play, of all.
    pub cards: (usize, usize),
    /// Poems in play, of all.
    pub poems: (usize, usize),
    /// The themes, in the packs' order.
    pub themes: Vec<ThemeInfo>,
    /// The rulesets.
    pub rulesets: Vec<RulesetInfo>,
    /// Cards with a note.
    pub sensitive: Vec<SensitiveCard>,
    /// What fits; `None` where it can't be played.
    pub fit: Option<FitInfo>,
    /// Why it can't be played, in one sentence.
    pub refusal: Option<String>,
    /// Cards that name what the first pack lacks.
    pub left_out: Vec<LeftOut>,
}
