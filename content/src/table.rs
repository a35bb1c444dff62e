//! From packs to what the rules play with.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use instep_rules::{CardId, CardRules, OutcomeSet, Ruleset, Setting, Setup, SetupFault, SetupParts, Space, TileSet};

use crate::item::CardRef;
use crate::packs::Packs;
use crate::schema::POEM;

/// Which themes are played.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ThemeFilter {
    /// Only cards about one of these; empty means all.
    pub only: BTreeSet<String>,
    /// No cards about any of these, whatever else they are about.
    pub without: BTreeSet<String>,
}

impl ThemeFilter {
    /// Whether a card with these themes is played.
    #[must_use]
    pub fn lets(&self, themes: &[String]) -> bool {
        let about = |set: &BTreeSet<String>| themes.iter().any(|t| set.contains(t));
        (self.only.is_empty() || about(&self.only)) && !about(&self.without)
    }
}

/// What is chosen before the first roll.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The ruleset's id; `None` for the first pack's own.
    pub ruleset: Option<String>,
    /// Settings changed on top of it.
    pub settings: Vec<Setting>,
    /// The outcomes in play; `None` for the first pack's own.
    pub outcomes: Option<OutcomeSet>,
    /// The themes.
    pub themes: ThemeFilter,
    /// The path to go on from.
    pub begun: TileSet,
}

/// Why a table cannot be set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SetupRefusal {
    /// There is no ruleset of this name; those that there are.
    UnknownRuleset(String, Vec<String>),
    /// There are no themes of these names.
    UnknownThemes(Vec<String>),
    /// The themes leave this deck without cards; its name.
    EmptyDeck(String),
    /// A setting is out of its range.
    Setting(Setting),
    /// No outcome is in play, or one that the pack lacks.
    Outcomes,
    /// The rules refuse it for another reason.
    Rules(SetupFault),
}

impl fmt::Display for SetupRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRuleset(name, known) => {
                write!(f, "There is no ruleset `{name}`. {}", crate::decode::did_you_mean(name, known))
            }
            Self::UnknownThemes(names) => write!(f, "No pack here has the theme {}.", names.join(", ")),
            Self::EmptyDeck(deck) => {
                write!(f, "With these themes there is no card left for {deck}. Choose more themes, or leave out fewer.")
            }
            Self::Setting(setting) => write!(f, "The setting {setting:?} is out of its range."),
            Self::Outcomes => {
                write!(f, "At least one outcome must be in play, and only outcomes of the first pack can be.")
            }
            Self::Rules(fault) => write!(f, "The rules refuse this table: {fault:?}."),
        }
    }
}

impl std::error::Error for SetupRefusal {}

/// What the rules play with, and the way back from each of its cards to its words.
#[derive(Clone, Debug)]
pub struct Table {
    /// For the rules.
    pub setup: Arc<Setup>,
    /// The cards in the setup's order.
    pub cards: Vec<CardRef>,
}

impl Table {
    /// The card of the setup, as a card of the packs.
    #[must_use]
    pub fn card(&self, card: CardId) -> Option<CardRef> {
        self.cards.get(card.index()).copied()
    }
}

impl Packs {
    /// A ruleset by its id, or the first pack's own.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn ruleset(&self, id: Option<&str>) -> Result<Ruleset, SetupRefusal> {
        let id = id.unwrap_or(&self.first().manifest.ruleset);
        match self.rulesets().iter().find(|r| r.id == id) {
            Some(text) => Ok(text.rules()),
            None => {
                Err(SetupRefusal::UnknownRuleset(id.to_owned(), self.rulesets().iter().map(|r| r.id.clone()).collect()))
            }
        }
    }

    /// Sets up a table.
    ///
    /// # Errors
    /// A [`SetupRefusal`], which a person can read.
    pub fn setup(&self, options: &Options) -> Result<Table, SetupRefusal> {
        let known: BTreeSet<&str> = self.themes().into_iter().map(|(id, _)| id).collect();
        let asked = options.themes.only.iter().chain(&options.themes.without);
        let unknown: Vec<String> = asked.filter(|t| !known.contains(t.as_str())).cloned().collect();
        if !unknown.is_empty() {
            return Err(SetupRefusal::UnknownThemes(unknown));
        }
        let mut ruleset = self.ruleset(options.ruleset.as_deref())?;
        for setting in &options.settings {
            ruleset = ruleset.with(*setting).ok_or(SetupRefusal::Setting(*setting))?;
        }
        let everything = options.themes == ThemeFilter::default();
        let played = |card: CardRef| everything || self.item(card).is_some_and(|i| options.themes.lets(i.themes()));
        let mut cards = Vec::with_capacity(self.cards.len());
        let mut rules = Vec::with_capacity(self.cards.len());
        for (deck, card, instruction) in self.cards.iter().filter(|(_, card, _)| played(*card)) {
            cards.push(*card);
            rules.push(CardRules { deck: *deck, instruction: instruction.clone() });
        }
        let board = self.first().board.spaces.iter().map(|id| match self.perspective(id) {
            Some(perspective) if id != POEM => Space::Footprint(perspective),
            _ => Space::PoetsCorner,
        });
        let parts = SetupParts {
            board: board.collect(),
            cards: rules,
            outcomes: self.outcomes().len() as u8,
            in_play: options.outcomes.unwrap_or_else(|| self.usual_outcomes()),
            ruleset,
            begun: options.begun,
        };
        match Setup::new(parts) {
            Ok(setup) => Ok(Table { setup: Arc::new(setup), cards }),
            Err(SetupFault::EmptyDeck(deck)) => Err(SetupRefusal::EmptyDeck(self.deck_name(deck).to_owned())),
            Err(SetupFault::OutcomesInPlay) => Err(SetupRefusal::Outcomes),
            Err(fault) => Err(SetupRefusal::Rules(fault)),
        }
    }
}
