//! A new table from what was chosen, whoever chose it: a call, or the window.

use std::collections::BTreeSet;

use instep_content::{Fit, Length, Options, Packs, TURN_S, Table, ThemeFilter};
use instep_record::{Header, salt_for};
use instep_rules::{Game, OutcomeSet, Salt, Seed, Setting, TileSet};
use instep_server::{NewTable, make};
use rand::TryRng;

use crate::problem::Problem;

/// What was chosen.
pub(crate) struct Chosen {
    pub(crate) packs: Packs,
    /// The pack's own where there is none.
    pub(crate) ruleset: Option<String>,
    /// Changed on top of the ruleset.
    pub(crate) settings: Vec<Setting>,
    /// Themes that are left out.
    pub(crate) without: BTreeSet<String>,
    /// All that the pack usually plays where there is none.
    pub(crate) length: Option<Length>,
    /// The stones in play by their ids, whatever the length; the length decides where there are none.
    pub(crate) stones: Vec<String>,
    /// The path of an earlier session.
    pub(crate) begun: TileSet,
    /// Drawn anew where there is none.
    pub(crate) seed: Option<Seed>,
}

/// All that a new table needs, with nothing written yet.
pub(crate) struct New {
    pub(crate) packs: Packs,
    pub(crate) table: Table,
    pub(crate) made: NewTable,
    /// What fits, where a length was chosen.
    pub(crate) fit: Option<Fit>,
}

/// Prepares a table.
pub(crate) fn prepare(chosen: Chosen) -> Result<New, Problem> {
    let Chosen { packs, ruleset, settings, without, length, stones, begun, seed } = chosen;
    let ruleset_name = ruleset.unwrap_or_else(|| packs.first().manifest.ruleset.clone());
    let mut options = Options {
        ruleset: Some(ruleset_name.clone()),
        settings,
        themes: ThemeFilter { without, ..ThemeFilter::default() },
        begun,
        ..Options::default()
    };
    let mut fit = fit(&packs, &options, length)?;
    let stones: OutcomeSet = stones.iter().filter_map(|id| packs.outcome(id)).collect();
    if let Some(fit) = fit.as_mut().filter(|_| !stones.is_empty()) {
        fit.outcomes = stones;
    }
    options.outcomes = fit.as_ref().map(|fit| fit.outcomes);
    let table = packs.setup(&options).map_err(|e| Problem::Call(e.to_string()))?;
    let (seed, salt) = match seed {
        Some(seed) => (seed, salt_for(&seed)),
        None => (Seed(random()?), Salt(random()?)),
    };
    let about = make::about(&packs, &table, &options, &ruleset_name);
    let made = make::new_table(&packs, &table, about, seed, salt)
        .map_err(|e| Problem::Wrong(format!("These packs can't be played together: {e}.")))?;
    Ok(New { packs, table, made, fit })
}

/// The stones in play that a length asks for, if one is chosen.
pub(crate) fn fit(packs: &Packs, options: &Options, length: Option<Length>) -> Result<Option<Fit>, Problem> {
    let fit = length.map(|length| packs.fit(options, length, TURN_S)).transpose();
    fit.map_err(|e| Problem::Call(e.to_string()))
}

/// The tiles at the end of an earlier game, as far as these packs have their stones.
pub(crate) fn tiles_of(header: &Header, game: &Game, packs: &Packs) -> TileSet {
    let tiles = game.state().path();
    tiles
        .iter()
        .filter_map(|tile| {
            let colour = packs.perspective(&header.perspectives[tile.colour.index()])?;
            let outcome = packs.outcome(header.outcomes.get(tile.outcome.index())?)?;
            Some(instep_rules::Tile::new(colour, outcome))
        })
        .collect()
}

fn random() -> Result<[u8; 32], Problem> {
    let mut bytes = [0; 32];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|e| Problem::Machine(format!("This computer gave no random numbers ({e}): start again.")))?;
    Ok(bytes)
}
