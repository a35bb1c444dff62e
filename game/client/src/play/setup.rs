//! Which table to play: the unfinished one, or a new one, from what the call says.

use instep_content::{Length, Library, Options, Pack, PackHash, Packs, TURN_S, Table, ThemeFilter};
use instep_protocol::{PackPin, TableSetup};
use instep_record::{Header, Names, PackRef, Record, salt_for, seed_from_text, to_hex};
use instep_rules::{OutcomeSet, Salt, Seed, TileSet};
use instep_server::{DataFolder, Hall, NewTable, Room, StoredTable};
use rand::TryRng;
use std::path::Path;
use std::sync::Arc;

use super::session::Session;
use crate::PlayCall;
use crate::problem::Problem;

/// Opens the table that the call means.
pub(crate) fn open(call: &PlayCall) -> Result<Session, Problem> {
    let data = super::data_folder(call.data.as_deref())?;
    let seed = call.seed.as_deref().map(seed_from_text).transpose().map_err(|e| Problem::Call(e.to_string()))?;
    let library = Library::new(Some(&data));
    // What is wrong with the packs is said before anything is made.
    let packs = if call.packs.is_empty() { None } else { Some(library.load(&call.packs)?) };
    let hall = Hall::open(DataFolder::hold(&data)?)?;
    let unfinished = hall.stored().tables()?.into_iter().rfind(|table| !table.closed);
    match unfinished.filter(|_| !call.new) {
        Some(table) => go_on(call, hall, table.id, packs.as_ref(), seed, &library),
        None => {
            let packs = match packs {
                Some(packs) => packs,
                None => library.load(&[instep_content::BASE_PACK])?,
            };
            begin(call, hall, packs, seed)
        }
    }
}

// A new table

fn begin(call: &PlayCall, hall: Hall, packs: Packs, seed: Option<Seed>) -> Result<Session, Problem> {
    let wrong = |e: instep_content::SetupRefusal| Problem::Call(e.to_string());
    let ruleset_name = call.ruleset.clone().unwrap_or_else(|| packs.first().manifest.ruleset.clone());
    let begun = call.path_from.as_deref().map(|path| path_from(path, &packs)).transpose()?.unwrap_or_default();
    let mut options = Options { ruleset: Some(ruleset_name.clone()), begun, ..Options::default() };
    options.outcomes = outcomes(call, &packs, &options)?;
    let table = packs.setup(&options).map_err(wrong)?;
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
        without_themes: Vec::new(),
        ruleset_name,
        ruleset: *table.setup.ruleset(),
        in_play: table.setup.in_play(),
        begun,
    };
    pin_packs(hall.folder(), &packs)?;
    let room = Room::create(hall, NewTable { header, about, seed, salt })?;
    let names: Vec<&str> = packs.packs().iter().map(|p| p.manifest.name.as_str()).collect();
    let greeting = vec![format!(
        "A new game of {}: {} stones, ruleset {}.",
        names.join(" and "),
        table.setup.in_play().len(),
        room.hall().stored().table(room.table())?.about.ruleset_name
    )];
    Session::connect(room, packs, table, greeting)
}

/// The stones in play that the call asks for.
fn outcomes(call: &PlayCall, packs: &Packs, options: &Options) -> Result<Option<OutcomeSet>, Problem> {
    let length = match (call.length, call.minutes, call.outcomes) {
        (Some(crate::Length::Quick), ..) => Length::Quick,
        (Some(crate::Length::Hour), ..) => Length::Hour,
        (Some(crate::Length::Half), ..) => Length::Half,
        (Some(crate::Length::Full), ..) => Length::Full,
        (_, Some(minutes), _) => Length::Minutes(minutes),
        (_, _, Some(n)) => Length::Outcomes(n),
        (None, None, None) => return Ok(None),
    };
    let fit = packs.fit(options, length, TURN_S).map_err(|e| Problem::Call(e.to_string()))?;
    Ok(Some(fit.outcomes))
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

/// The tiles of an earlier session's path, as far as these packs have their stones.
fn path_from(path: &Path, packs: &Packs) -> Result<TileSet, Problem> {
    let record = Record::read(path).map_err(|e| Problem::Wrong(e.to_string()))?;
    let verified = record.verify().map_err(|fault| Problem::Wrong(fault.to_string()))?;
    let header = &record.header;
    let tiles = verified.game.state().path();
    Ok(tiles
        .iter()
        .filter_map(|tile| {
            let colour = packs.perspective(&header.perspectives[tile.colour.index()])?;
            let outcome = packs.outcome(header.outcomes.get(tile.outcome.index())?)?;
            Some(instep_rules::Tile::new(colour, outcome))
        })
        .collect())
}

fn random() -> Result<[u8; 32], Problem> {
    let mut bytes = [0; 32];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|e| Problem::Machine(format!("This computer gave no random numbers ({e}): start again.")))?;
    Ok(bytes)
}

// Packs are pinned to a table by their hash: it plays on with its own copies.

fn pinned(folder: &DataFolder, hash: &[u8; 32]) -> std::path::PathBuf {
    folder.packs().join(format!("{}.pack", to_hex(hash)))
}

fn pin_packs(folder: &DataFolder, packs: &Packs) -> Result<(), Problem> {
    let failed = |e: std::io::Error| {
        let folder = folder.packs().display().to_string();
        Problem::from(instep_server::DataTrouble::NotWritable { folder, why: e.to_string() })
    };
    std::fs::create_dir_all(folder.packs()).map_err(failed)?;
    for pack in packs.packs() {
        let path = pinned(folder, &pack.hash.0);
        if !path.exists() {
            // Whole or not at all: a copy cut off half-way would be no copy.
            let part = path.with_extension("part");
            let mut file = std::fs::File::create(&part).map_err(failed)?;
            std::io::Write::write_all(&mut file, &pack.pin()).map_err(failed)?;
            file.sync_all().map_err(failed)?;
            std::fs::rename(&part, &path).map_err(failed)?;
        }
    }
    Ok(())
}

// An unfinished table

fn go_on(
    call: &PlayCall,
    hall: Hall,
    id: instep_server::TableId,
    asked: Option<&Packs>,
    seed: Option<Seed>,
    library: &Library,
) -> Result<Session, Problem> {
    let stored = hall.stored().table(id)?;
    let (packs, mut greeting) = own_packs(&hall, &stored, library)?;
    if let Some(what) = contradiction(call, &stored, asked, seed, &packs)? {
        return Err(Problem::Call(format!(
            "There is an unfinished game here, and {what}: leave that option out to go on with it, or add --new to begin another (the unfinished one stays where it is)."
        )));
    }
    let about = &stored.about;
    let options = Options {
        ruleset: Some(about.ruleset_name.clone()),
        outcomes: Some(about.in_play),
        themes: ThemeFilter { without: about.without_themes.iter().cloned().collect(), ..ThemeFilter::default() },
        begun: about.begun,
        ..Options::default()
    };
    let table = packs.setup(&options).map_err(|e| Problem::Wrong(e.to_string()))?;
    let room = Room::reopen(hall, id)?;
    greeting.insert(0, "Going on with the unfinished game.".to_owned());
    Session::connect(room, packs, table, greeting)
}

/// The table's own copies of its packs, and what to say where the installed ones differ.
fn own_packs(hall: &Hall, stored: &StoredTable, library: &Library) -> Result<(Packs, Vec<String>), Problem> {
    let mut packs = Vec::new();
    let mut remarks = Vec::new();
    for pin in &stored.about.packs {
        let installed = library.pack(&pin.id).ok().map(|(pack, _)| pack);
        let hash = PackHash(pin.hash);
        match std::fs::read(pinned(hall.folder(), &pin.hash)) {
            Ok(bytes) => {
                if installed.is_none_or(|pack| pack.hash != hash) {
                    remarks.push(format!(
                        "The pack {} has changed since this game began, or is not installed: the game goes on with its own copy.",
                        pin.id
                    ));
                }
                let pack = Pack::from_pinned(&pin.id, &bytes)?;
                if pack.hash != hash {
                    return Err(lost_pack(&pin.id));
                }
                packs.push(Arc::new(pack));
            }
            Err(_) => {
                let same = installed.filter(|pack| pack.hash == hash).ok_or_else(|| lost_pack(&pin.id))?;
                packs.push(Arc::new(same));
            }
        }
    }
    Ok((Packs::combine(packs)?, remarks))
}

fn lost_pack(id: &str) -> Problem {
    Problem::Wrong(format!(
        "This game's own copy of the pack {id} is gone or was changed, and the installed one is another: install the version that it was begun with, or begin a new game with --new."
    ))
}

/// What of the call contradicts the unfinished game.
fn contradiction(
    call: &PlayCall,
    stored: &StoredTable,
    asked: Option<&Packs>,
    seed: Option<Seed>,
    own: &Packs,
) -> Result<Option<String>, Problem> {
    let about = &stored.about;
    if let Some(asked) = asked {
        let ids: Vec<&str> = asked.hashes().map(|(id, _)| id).collect();
        let own: Vec<&str> = about.packs.iter().map(|p| p.id.as_str()).collect();
        if ids != own {
            return Ok(Some(format!("it is played with {}, not with {}", own.join(", "), ids.join(", "))));
        }
    }
    if let Some(name) = call.ruleset.as_ref().filter(|name| **name != about.ruleset_name) {
        return Ok(Some(format!("its ruleset is {}, not {name}", about.ruleset_name)));
    }
    let options = Options { ruleset: Some(about.ruleset_name.clone()), ..Options::default() };
    if let Some(count) = outcomes(call, own, &options)?.map(OutcomeSet::len).filter(|n| *n != about.in_play.len()) {
        return Ok(Some(format!("it has {} stones in play, not {count}", about.in_play.len())));
    }
    if seed.is_some_and(|seed| seed != stored.seed) {
        return Ok(Some("its seed is another".to_owned()));
    }
    if call.path_from.is_some() && about.begun.is_empty() {
        return Ok(Some("it did not begin from an earlier path".to_owned()));
    }
    Ok(None)
}
