//! From packs to a table, and from what a table was set up with back to what its packs make of it.

use std::collections::HashMap;
use std::sync::Arc;

use instep_content::{Library, Options, Pack, PackHash, Packs, SetupRefusal, Table as PackTable, ThemeFilter};
use instep_protocol::{PackPin, Refused, TableSetup};
use instep_record::{Header, HeaderError, Names, PackRef, to_hex};
use instep_rules::{Ruleset, Salt, Seed, Setting};

use crate::hall::NewTable;
use crate::lobby::Maker;
use crate::pinned;

/// What a table was set up with, as packs take it.
#[must_use]
pub fn options_of(about: &TableSetup) -> Options {
    Options {
        ruleset: Some(about.ruleset_name.clone()),
        settings: settings_of(&about.ruleset),
        outcomes: Some(about.in_play),
        themes: ThemeFilter { without: about.without_themes.iter().cloned().collect(), ..ThemeFilter::default() },
        begun: about.begun,
    }
}

/// The table that packs make of what was set up.
///
/// # Errors
/// [`SetupRefusal`].
pub fn table_of(packs: &Packs, about: &TableSetup) -> Result<PackTable, SetupRefusal> {
    packs.setup(&options_of(about))
}

/// What says again how a table was set up.
#[must_use]
pub fn about(packs: &Packs, table: &PackTable, options: &Options, ruleset_name: &str) -> TableSetup {
    TableSetup {
        packs: packs.hashes().map(|(id, hash)| PackPin { id: id.to_owned(), hash: hash.0 }).collect(),
        without_themes: options.themes.without.iter().cloned().collect(),
        ruleset_name: ruleset_name.to_owned(),
        ruleset: *table.setup.ruleset(),
        in_play: table.setup.in_play(),
        begun: options.begun,
    }
}

/// A new table.
///
/// # Errors
/// [`HeaderError`], where packs can't be played together.
pub fn new_table(
    packs: &Packs,
    table: &PackTable,
    about: TableSetup,
    seed: Seed,
    salt: Salt,
) -> Result<NewTable, HeaderError> {
    let refs = packs.packs().iter().map(|pack| PackRef {
        id: pack.id().to_owned(),
        version: pack.manifest.version.clone(),
        hash: to_hex(&pack.hash.0),
    });
    let header = Header::new(refs.collect(), names(packs, table), &table.setup, &about.ruleset_name)?;
    Ok(NewTable { header, about, seed, salt })
}

/// The ids that the record's header names things by.
fn names(packs: &Packs, table: &PackTable) -> Names {
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

/// Every setting as it was set up: somebody may have changed some on top of the ruleset of that name.
fn settings_of(rules: &Ruleset) -> Vec<Setting> {
    // Taken apart, so that a setting that is added later is not forgotten here.
    let Ruleset {
        die_faces,
        real_die,
        walking,
        opening_tiles,
        finished_blocks,
        blocked_place,
        removal,
        passing,
        empty_seats,
        team_acts,
        talk_timer_s,
    } = *rules;
    vec![
        Setting::DieFaces(die_faces),
        Setting::RealDie(real_die),
        Setting::Walking(walking),
        Setting::OpeningTiles(opening_tiles),
        Setting::FinishedBlocks(finished_blocks),
        Setting::BlockedPlace(blocked_place),
        Setting::Removal(removal),
        Setting::Passing(passing),
        Setting::EmptySeats(empty_seats),
        Setting::TeamActs(team_acts),
        Setting::TalkTimer(talk_timer_s),
    ]
}

/// The packs that a server has: its own, those that are installed, and copies that tables are pinned to. Every pack
/// that a table is made of is kept as a copy, so that whoever joins can be given it.
#[derive(Debug)]
pub struct PackShelf {
    folder: std::path::PathBuf,
    library: Library,
    packs: HashMap<[u8; 32], Arc<Pack>>,
    together: HashMap<Vec<[u8; 32]>, Packs>,
}

/// Packs put together that are kept at hand at most.
const TOGETHER_MAX: usize = 64;

impl PackShelf {
    /// A shelf over a data folder's `packs`, with a library of what is installed.
    #[must_use]
    pub fn new(folder: std::path::PathBuf, library: Library) -> Self {
        let mut packs = HashMap::new();
        for name in library.names() {
            // One that is faulty is nobody's to play with here; its author has `instep-pack check`.
            if let Ok((pack, _)) = library.pack(&name) {
                packs.insert(pack.hash.0, Arc::new(pack));
            }
        }
        Self { folder, library, packs, together: HashMap::new() }
    }

    /// The library of what is installed.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// A pack by its hash.
    pub fn pack(&mut self, pin: &PackPin) -> Option<Arc<Pack>> {
        if let Some(pack) = self.packs.get(&pin.hash) {
            return Some(Arc::clone(pack));
        }
        let bytes = std::fs::read(pinned::path(&self.folder, PackHash(pin.hash))).ok()?;
        let pack = Pack::from_pinned(&pin.id, &bytes).ok().filter(|pack| pack.hash.0 == pin.hash)?;
        let pack = Arc::new(pack);
        self.packs.insert(pin.hash, Arc::clone(&pack));
        Some(pack)
    }

    /// Packs put together.
    ///
    /// # Errors
    /// [`Refused::NoSuchPack`], [`Refused::BadSetup`].
    pub fn together(&mut self, pins: &[PackPin]) -> Result<Packs, Refused> {
        let key: Vec<[u8; 32]> = pins.iter().map(|pin| pin.hash).collect();
        if let Some(packs) = self.together.get(&key) {
            return Ok(packs.clone());
        }
        let mut packs = Vec::new();
        for pin in pins {
            packs.push(self.pack(pin).ok_or(Refused::NoSuchPack { hash: pin.hash })?);
        }
        let packs = Packs::combine(packs).map_err(|_| Refused::BadSetup)?;
        pinned::keep(&self.folder, &packs).map_err(|_| Refused::Stopped)?;
        if self.together.len() >= TOGETHER_MAX {
            self.together.clear();
        }
        self.together.insert(key, packs.clone());
        Ok(packs)
    }
}

impl Maker for PackShelf {
    fn make(&mut self, wish: &TableSetup, seed: [u8; 32], salt: [u8; 32]) -> Result<NewTable, Refused> {
        let packs = self.together(&wish.packs)?;
        let table = table_of(&packs, wish).map_err(|_| Refused::BadSetup)?;
        let about = about(&packs, &table, &options_of(wish), &wish.ruleset_name);
        new_table(&packs, &table, about, Seed(seed), Salt(salt)).map_err(|_| Refused::BadSetup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_ruleset_make_it_again() {
        for rules in [Ruleset::classic(), Ruleset { real_die: true, talk_timer_s: 90, ..Ruleset::guided() }] {
            let again = settings_of(&rules).into_iter().try_fold(Ruleset::default(), Ruleset::with);
            assert_eq!(again, Some(rules));
        }
    }
}
