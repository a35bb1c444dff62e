//! How much of the path fits into the time that a table has.

use std::fmt;

use instep_rules::OutcomeSet;

use crate::packs::Packs;
use crate::simulate;
use crate::table::{Options, SetupRefusal};

/// Seconds a turn takes, talk and all, unless somebody knows better: three and a half minutes.
pub const TURN_S: u32 = 210;

/// Games simulated for each number of outcomes. The share of games that end in time is then known to
/// about one in a hundred.
const GAMES: u64 = 4_000;

/// The simulation's seed: everyone who asks gets the same answer.
const SEED: u64 = 1;

/// How many of a hundred games should be over in the time there is.
const PERCENT: u64 = 85;

/// How long a table wants to play.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// Two outcomes.
    Quick,
    /// Three.
    Hour,
    /// Five.
    Half,
    /// All of them.
    Full,
    /// As many as fit into so many minutes of play.
    Minutes(u32),
    /// So many.
    Outcomes(u8),
}

impl Length {
    /// The names of the presets.
    pub const PRESETS: [&'static str; 4] = ["quick", "hour", "half", "full"];

    /// A preset by its name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "quick" => Self::Quick,
            "hour" => Self::Hour,
            "half" => Self::Half,
            "full" => Self::Full,
            _ => return None,
        })
    }
}

/// What fits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    /// The outcomes in play: the first in pack order.
    pub outcomes: OutcomeSet,
    /// How many turns there is time for, where time was asked for.
    pub turns: Option<u32>,
    /// For each number of outcomes from 1, the turns in which 85 % of games are over; only as far as it
    /// was worked out.
    pub turns_needed: Vec<u32>,
    /// Whether even the least fits; if not, one outcome is in play all the same.
    pub fits: bool,
}

/// A length that this pack cannot have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooManyOutcomes {
    /// Asked for.
    pub asked: u8,
    /// How many the first pack has.
    pub there: u8,
}

impl fmt::Display for TooManyOutcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} outcomes cannot be in play: choose from 1 to {}, which is all that this pack has.",
            self.asked, self.there
        )
    }
}

/// Why a length cannot be worked out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LengthRefusal {
    /// More outcomes than there are, or none.
    Outcomes(TooManyOutcomes),
    /// The table cannot be set up at all.
    Setup(SetupRefusal),
}

impl fmt::Display for LengthRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcomes(refusal) => refusal.fmt(f),
            Self::Setup(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for LengthRefusal {}

impl Packs {
    /// The outcomes that go into a length, with the ruleset and themes of `options`; its outcomes are not
    /// looked at. Presets that are longer than the pack are the whole of it.
    ///
    /// # Errors
    /// A [`LengthRefusal`], which a person can read.
    pub fn fit(&self, options: &Options, length: Length, turn_s: u32) -> Result<Fit, LengthRefusal> {
        let all = self.outcomes().len();
        let preset = |n: usize| {
            Ok(Fit { outcomes: OutcomeSet::first(n.min(all)), turns: None, turns_needed: Vec::new(), fits: true })
        };
        match length {
            Length::Quick => preset(2),
            Length::Hour => preset(3),
            Length::Half => preset(5),
            Length::Full => preset(all),
            Length::Outcomes(n) if (1..=all).contains(&usize::from(n)) => preset(usize::from(n)),
            Length::Outcomes(n) => Err(LengthRefusal::Outcomes(TooManyOutcomes { asked: n, there: all as u8 })),
            Length::Minutes(minutes) => {
                let turns = (u64::from(minutes) * 60 / u64::from(turn_s.max(1))).min(u64::from(u32::MAX)) as u32;
                self.fit_turns(options, turns)
            }
        }
    }

    fn fit_turns(&self, options: &Options, turns: u32) -> Result<Fit, LengthRefusal> {
        let mut turns_needed = Vec::new();
        for count in 1..=self.outcomes().len() {
            let options = Options { outcomes: Some(OutcomeSet::first(count)), ..options.clone() };
            let setup = self.setup(&options).map_err(LengthRefusal::Setup)?.setup;
            turns_needed.push(simulate::turns(&setup, GAMES, SEED).percentile(PERCENT));
            // More outcomes never take fewer turns.
            if turns_needed.last().is_some_and(|needed| *needed > turns) {
                break;
            }
        }
        let fitting = turns_needed.iter().take_while(|needed| **needed <= turns).count();
        Ok(Fit { outcomes: OutcomeSet::first(fitting.max(1)), turns: Some(turns), turns_needed, fits: fitting > 0 })
    }
}
