//! A new table from what was chosen, whoever chose it: a call, or the window.

use std::collections::BTreeSet;

use instep_content::{Fit, Length, Options, Packs, TURN_S, Table, ThemeFilter};
use instep_protocol::{PackPin, TableSetup};
use instep_record::{Header, Names, PackRef, salt_for, to_hex};
use instep_rules::{Game, OutcomeSet, Salt, Seed, Setting, TileSet};
use instep_server::NewTable;
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
    let pins: Vec<PackPin> = packs.hashes().map(|(id, hash)| PackPin { id: id.to_owned(), hash: hash.0 }).collect();
    let refs = packs.packs().iter().zip(&pins).map(|(pack, pin)| PackRef {
        id: pin.id.clone(),
        version: pack.manifest.version.clone(),
        hash: to_hex(&pin.hash),
    });
    let header = Header::new(refs.collect(), names(&packs, &table), &table.setup, &ruleset_name)
        .map_err(|e| Problem::Wrong(format!("These packs can't be played together: {e}.")))?;
    let about = TableSetup {
        packs: pins,
        without_themes: options.themes.without.into_iter().collect(),
        ruleset_name,
        ruleset: *table.setup.ruleset(),
        in_play: table.setup.in_play(),
        begun,
    };
    Ok(New { packs, table, made: NewTable { header, about, seed, salt }, fit })
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

/// The ids that the record's header names things by.
fn names(packs: &Packs, table: &Table) -> Names {
    let id = |n: usize| packs.perspectives()[n].id.clone();
    Names {
        perspectives: [id(0), id(1), id(2), id(3)],
        outcomes: packs.outcomes().iter().map(|o| o.id.clone()).collect(),
        cards: table
            .cards
            .iter()
            .map(|card| packs.item(*card).map_or_else(String::new, |item| item.id().to_owned()))
            .collect(),
    }
}

fn random() -> Result<[u8; 32], Problem> {
    let mut bytes = [0; 32];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|e| Problem::Machine(format!("This computer gave no random numbers ({e}): start again.")))?;
    Ok(bytes)
}
