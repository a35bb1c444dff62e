//! The data of a pack, format version 1.
//!
//! These are plain serde types: any RON tool reads a pack into them (with RON's extension
//! `implicit_some`). The reader in `decode` makes the same values, and knows their places.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `pack.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Pack", deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format: 1.
    pub format: u32,
    /// The pack's short name: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its version, as the author counts them.
    pub version: String,
    /// The language of its texts, like `en-GB`.
    pub language: String,
    /// Under what licence it may be used.
    pub licence: String,
    /// Who made it, a line each.
    pub credits: Vec<String>,
    /// What it is about, in a few sentences.
    pub description: String,
    /// The facilitator's guide: a file of the pack, in Markdown.
    #[serde(default)]
    pub guide: Option<String>,
    /// The id of the ruleset that is used unless another is chosen.
    pub ruleset: String,
    /// Packs that this one is made to go with, by id. A hint, shown at set-up.
    #[serde(default)]
    pub with: Vec<String>,
    /// The outcomes in play unless others are chosen, by id; none means all.
    #[serde(default)]
    pub outcomes_in_play: Vec<String>,
}

/// `board.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// What it looks like, for people who cannot see it.
    pub description: String,
    /// The loop of spaces: ids of perspectives, and `poem` for a Poet's Corner. Counters begin on the first.
    pub spaces: Vec<String>,
}

/// The word for a Poet's Corner on a board.
pub const POEM: &str = "poem";

/// A picture with its description.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The file, in the pack's folder `pictures`.
    pub file: String,
    /// What is to be seen, for people who cannot see it.
    pub text: String,
}

/// Whether dark or light writing stands on a perspective's colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Ink {
    #[default]
    Dark,
    Light,
}

/// A perspective's shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Shape {
    #[default]
    Circle,
    Square,
    Triangle,
    Diamond,
}

/// A perspective's pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Pattern {
    #[default]
    Dots,
    Stripes,
    Grid,
    Zigzag,
}

/// Somebody of a perspective in whose voice a card speaks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// Its short name.
    pub id: String,
    /// Who it is, as it stands after "said by".
    pub name: String,
}

/// One of the four in `perspectives.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename = "Perspective", deny_unknown_fields)]
pub struct PerspectiveText {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in a sentence.
    pub short: String,
    /// Its letter.
    pub letter: String,
    /// Its colour, `#RRGGBB`.
    pub colour: String,
    /// A pale ground in its colour, `#RRGGBB`.
    pub soft: String,
    /// The writing on its colour.
    pub ink: Ink,
    /// Its shape.
    pub shape: Shape,
    /// Its pattern.
    pub pattern: Pattern,
    /// Its pair of shoes.
    pub shoes: String,
    /// Who it is.
    pub meaning: String,
    /// Its picture.
    #[serde(default)]
    pub picture: Option<Picture>,
    /// Who speaks for it.
    pub speakers: Vec<Speaker>,
}

/// One of the stones in `outcomes.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename = "Outcome", deny_unknown_fields)]
pub struct OutcomeText {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name where there is little room.
    pub short: String,
    /// What it means, as a person would say it.
    pub meaning: String,
    /// Its picture.
    #[serde(default)]
    pub picture: Option<Picture>,
}

/// `themes.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Themes {
    /// What groups the themes.
    pub areas: Vec<Area>,
    /// What the cards are about.
    pub themes: Vec<Theme>,
}

/// A group of themes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What cards are about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The area that it belongs to.
    pub area: String,
}

/// A ruleset of `rulesets.ron`. A setting that is left out is *classic*'s.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename = "Ruleset", deny_unknown_fields, default)]
#[allow(missing_docs)] // the settings are documented where they rule: instep_rules::Ruleset
pub struct RulesetText {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What makes it different.
    pub description: String,
    pub die_faces: u8,
    pub real_die: bool,
    pub walking: String,
    pub opening_tiles: u8,
    pub finished_blocks: String,
    pub blocked_place: String,
    pub removal: String,
    pub passing: String,
    pub empty_seats: String,
    pub team_acts: String,
    pub talk_timer_s: u16,
}

/// What a card asks for, in its author's words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename = "Instruction")]
pub enum InstructionText {
    /// Lay a tile of this perspective.
    Place(String),
    /// Lift a tile of this perspective.
    Remove(String),
    /// Lay any tile.
    PlaceAny,
    /// Lift any tile.
    RemoveAny,
    /// Talk.
    TalkOnly,
    /// One of two or three.
    Choose(Vec<InstructionText>),
}

impl InstructionText {
    /// The options: one, or the two or three to choose from.
    #[must_use]
    pub fn options(&self) -> &[Self] {
        match self {
            Self::Choose(options) => options,
            one => std::slice::from_ref(one),
        }
    }
}

/// A card of `cards/*.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename = "Card", deny_unknown_fields)]
pub struct Card {
    /// Its short name, the only one in all packs of a table.
    pub id: String,
    /// The perspective whose deck it is in.
    pub voice: String,
    /// Who of that perspective speaks.
    pub speaker: String,
    /// What is said.
    pub text: String,
    /// The question for the table.
    pub prompt: String,
    /// What it asks for.
    pub instruction: InstructionText,
    /// What it is about.
    pub themes: Vec<String>,
    /// The outcomes that it touches: a hint, which binds nobody.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// What to know before it is read aloud.
    #[serde(default)]
    pub note: Option<String>,
    /// Its picture.
    #[serde(default)]
    pub picture: Option<Picture>,
}

/// A poem of `poems/*.ron`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename = "Poem", deny_unknown_fields)]
pub struct Poem {
    /// Its short name, the only one in all packs of a table.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its lines; an empty one parts two verses.
    pub lines: Vec<String>,
    /// The question for the table.
    pub prompt: String,
    /// What it is about.
    pub themes: Vec<String>,
    /// The outcomes that it touches.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// What it asks for: any one tile, unless it says otherwise.
    #[serde(default = "any_tile")]
    pub instruction: InstructionText,
    /// What to know before it is read aloud.
    #[serde(default)]
    pub note: Option<String>,
    /// The perspective in whose voice it speaks, if it is one's.
    #[serde(default)]
    pub voice: Option<String>,
    /// Who of that perspective speaks.
    #[serde(default)]
    pub speaker: Option<String>,
    /// Its picture.
    #[serde(default)]
    pub picture: Option<Picture>,
}

/// A poem lays any one tile.
pub(crate) fn any_tile() -> InstructionText {
    InstructionText::PlaceAny
}

/// `strings.ron`: texts by their keys.
pub type Strings = BTreeMap<String, String>;

/// The keys that `strings.ron` may have.
pub const STRING_KEYS: [&str; 5] = ["closing_words", "opening_words", "path", "poets_corner", "welcome"];

macro_rules! words {
    ($($name:ident: $($variant:ident)+;)+) => { $(
        impl $name {
            pub(crate) const WORDS: &'static [(&'static str, Self)] = &[$((stringify!($variant), Self::$variant)),+];
        }
    )+ };
}
words! {
    Ink: Dark Light;
    Shape: Circle Square Triangle Diamond;
    Pattern: Dots Stripes Grid Zigzag;
}

impl Default for RulesetText {
    fn default() -> Self {
        let rules = instep_rules::Ruleset::classic();
        Self {
            id: String::new(),
            name: String::new(),
            description: String::new(),
            die_faces: rules.die_faces,
            real_die: rules.real_die,
            walking: rules.walking.id().into(),
            opening_tiles: rules.opening_tiles,
            finished_blocks: rules.finished_blocks.id().into(),
            blocked_place: rules.blocked_place.id().into(),
            removal: rules.removal.id().into(),
            passing: rules.passing.id().into(),
            empty_seats: rules.empty_seats.id().into(),
            team_acts: rules.team_acts.id().into(),
            talk_timer_s: rules.talk_timer_s,
        }
    }
}

impl RulesetText {
    /// The ruleset as the rules know it. A word that no setting has counts as *classic*'s; the reader
    /// refuses such words.
    #[must_use]
    pub fn rules(&self) -> instep_rules::Ruleset {
        use instep_rules::{BlockedPlace, EmptySeats, FinishedBlocks, Passing, Removal, TeamActs, Walking};
        let classic = instep_rules::Ruleset::classic();
        instep_rules::Ruleset {
            die_faces: self.die_faces,
            real_die: self.real_die,
            walking: Walking::from_id(&self.walking).unwrap_or(classic.walking),
            opening_tiles: self.opening_tiles,
            finished_blocks: FinishedBlocks::from_id(&self.finished_blocks).unwrap_or(classic.finished_blocks),
            blocked_place: BlockedPlace::from_id(&self.blocked_place).unwrap_or(classic.blocked_place),
            removal: Removal::from_id(&self.removal).unwrap_or(classic.removal),
            passing: Passing::from_id(&self.passing).unwrap_or(classic.passing),
            empty_seats: EmptySeats::from_id(&self.empty_seats).unwrap_or(classic.empty_seats),
            team_acts: TeamActs::from_id(&self.team_acts).unwrap_or(classic.team_acts),
            talk_timer_s: self.talk_timer_s,
        }
    }
}
