//! Where a record's game stands at its end.

use instep_rules::{Game, Perspective, Phase};
use serde::{Deserialize, Serialize};

use crate::{Header, TileId, to_hex};

/// The final state, by ids: the `state` object of `events.json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinalState {
    /// Turns ended.
    pub turns: u32,
    /// Whose turn it is.
    pub seat: String,
    /// What the game waits for: `opening`, `roll`, `walk`, `talk`, `resolve` or `mend`.
    pub phase: String,
    /// The spaces on which the counters stand, in turn order.
    pub counters: [u8; 4],
    /// The tiles that lie, by outcome and then by colour.
    pub path: Vec<TileId>,
    /// The outcomes in play that are met.
    pub met: Vec<String>,
    /// Whether all are.
    pub complete: bool,
    /// Whether the game is closed.
    pub closed: bool,
    /// The state's hash: 32 hexadecimal digits.
    pub hash: String,
}

impl FinalState {
    /// Where `game` stands, by the ids of `header`, whose setup it is played with.
    #[must_use]
    pub fn new(header: &Header, game: &Game) -> Self {
        let (setup, state) = (game.setup(), game.state());
        let outcome = |n: usize| header.outcomes.get(n).cloned().unwrap_or_default();
        Self {
            turns: state.turns(),
            seat: header.perspectives[state.seat().index()].clone(),
            phase: phase_id(state.phase()).to_owned(),
            counters: Perspective::ALL.map(|seat| state.counter(seat)),
            path: state.path().iter().map(|t| TileId::new(t, &header.perspectives, &header.outcomes)).collect(),
            met: state.met(setup).iter().map(|o| outcome(o.index())).collect(),
            complete: state.path_complete(setup),
            closed: state.closed(),
            hash: to_hex(&state.hash(setup)),
        }
    }

    /// The compact text that stands in `events.json`.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers are always JSON")
    }
}

const fn phase_id(phase: Phase) -> &'static str {
    match phase {
        Phase::Opening { .. } => "opening",
        Phase::Roll => "roll",
        Phase::Walk { .. } => "walk",
        Phase::Talk { .. } => "talk",
        Phase::Resolve { .. } => "resolve",
        Phase::Mend { .. } => "mend",
    }
}
