//! Which table to play: the unfinished one, or a new one, from what the call says.

use std::path::Path;

use instep_content::{Fit, Length, Library, Options, Packs, TURN_S, Table, ThemeFilter};
use instep_protocol::{PackPin, TableSetup};
use instep_record::{Header, Names, PackRef, salt_for, seed_from_text, to_hex};
use instep_rules::{OutcomeSet, Salt, Seed, TileSet};
use instep_server::{DataFolder, DataTrouble, Hall, NewTable, Room, Stored, StoredTable, TableId};
use rand::TryRng;

use super::pinned;
use super::session::Session;
use crate::problem::Problem;
use crate::{PlayCall, kept};

/// Cards that are left out are named up to so many.
const LEFT_OUT_SHOWN: usize = 5;

/// Opens the table that the call means.
pub(crate) fn open(call: &PlayCall) -> Result<Session, Problem> {
    let data = super::data_folder(call.data.as_deref())?;
    let seed = call.seed.as_deref().map(seed_from_text).transpose().map_err(|e| Problem::Call(format!("{e}.")))?;
    let library = Library::new(Some(&data));
    // What is wrong with the call is said before anything is made.
    let asked = if call.packs.is_empty() { None } else { Some(asked(call, &library, &data)?) };
    let mut new = match DataFolder::database(&data).exists() {
        true => None,
        false => Some(new_table(call, asked.clone(), &library, seed)?),
    };
    let hall = Hall::open(DataFolder::hold(&data)?).map_err(|trouble| match trouble {
        DataTrouble::NotWritable { why, .. } => {
            DataTrouble::NotWritable { folder: DataFolder::database(&data).display().to_string(), why }
        }
        trouble => kept::reading(trouble),
    })?;
    let unfinished: Vec<TableId> =
        hall.stored().tables().map_err(kept::reading)?.into_iter().filter(|t| !t.closed).map(|t| t.id).collect();
    match unfinished.last().filter(|_| !call.new) {
        Some(id) => {
            let mut session = go_on(call, hall, *id, asked.as_ref(), seed, &library)?;
            let others = unfinished.len() - 1;
            session.greeting[0] += &match others {
                0 => String::new(),
                n => format!(" It is the newest of {} here; the older ones wait until it is closed.", n + 1),
            };
            Ok(session)
        }
        None => {
            let new = match new.take() {
                Some(new) => new,
                None => new_table(call, asked, &library, seed)?,
            };
            pinned::keep(hall.folder(), &new.packs)?;
            let room = Room::create(hall, new.made)?;
            Session::connect(room, new.packs, new.table, new.greeting)
        }
    }
}

/// The packs that the call names.
fn asked(call: &PlayCall, library: &Library, data: &Path) -> Result<Packs, Problem> {
    library.load(&call.packs).map_err(|report| {
        let waits = Stored::open(data).and_then(|s| s.tables()).is_ok_and(|all| all.iter().any(|t| !t.closed));
        match waits && !call.new {
            true => Problem::from(report).and(
                "An unfinished game waits here with its own copy of its packs: leave the pack out to go on with it.",
            ),
            false => report.into(),
        }
    })
}

// A new table

struct New {
    packs: Packs,
    table: Table,
    made: NewTable,
    greeting: Vec<String>,
}

/// All that a new table needs, with nothing written yet.
fn new_table(call: &PlayCall, packs: Option<Packs>, library: &Library, seed: Option<Seed>) -> Result<New, Problem> {
    let packs = match packs {
        Some(packs) => packs,
        None => library.load(&[instep_content::BASE_PACK])?,
    };
    let ruleset_name = call.ruleset.clone().unwrap_or_else(|| packs.first().manifest.ruleset.clone());
    let begun = call.path_from.as_deref().map(|path| path_from(path, &packs)).transpose()?.unwrap_or_default();
    let mut options = Options { ruleset: Some(ruleset_name.clone()), begun, ..Options::default() };
    let fit = fit(call, &packs, &options)?;
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
    let greeting = greeting(&packs, &table, &ruleset_name, fit.as_ref());
    let about = TableSetup {
        packs: pins,
        without_themes: Vec::new(),
        ruleset_name,
        ruleset: *table.setup.ruleset(),
        in_play: table.setup.in_play(),
        begun,
    };
    Ok(New { packs, table, made: NewTable { header, about, seed, salt }, greeting })
}

/// What begins, and what of it is not as somebody may expect.
fn greeting(packs: &Packs, table: &Table, ruleset: &str, fit: Option<&Fit>) -> Vec<String> {
    let names: Vec<&str> = packs.packs().iter().map(|p| p.manifest.name.as_str()).collect();
    let stones = match table.setup.in_play().len() {
        1 => "1 stone".to_owned(),
        n => format!("{n} stones"),
    };
    let mut lines = vec![format!("A new game of {}: {stones}, ruleset {ruleset}.", names.join(" and "))];
    if let Some(Fit { turns: Some(turns), fits, .. }) = fit {
        lines.push(match fits {
            true => format!("There is time for about {turns} turns."),
            false => format!("There is time for about {turns} turns: even one stone may take longer."),
        });
    }
    let left_out = packs.left_out();
    lines.extend(
        left_out.iter().take(LEFT_OUT_SHOWN).map(|l| format!("Left out: {} ({}). {}", l.id, l.place, l.reason)),
    );
    if let Some(more @ 1..) = left_out.len().checked_sub(LEFT_OUT_SHOWN) {
        lines.push(format!("Left out too, for the like: {more} more."));
    }
    lines
}

/// The stones in play that the call asks for, if it does.
fn fit(call: &PlayCall, packs: &Packs, options: &Options) -> Result<Option<Fit>, Problem> {
    let length = match (call.length, call.minutes, call.outcomes) {
        (Some(crate::Length::Quick), ..) => Length::Quick,
        (Some(crate::Length::Hour), ..) => Length::Hour,
        (Some(crate::Length::Half), ..) => Length::Half,
        (Some(crate::Length::Full), ..) => Length::Full,
        (_, Some(minutes), _) => Length::Minutes(minutes),
        (_, _, Some(n)) => Length::Outcomes(n),
        (None, None, None) => return Ok(None),
    };
    packs.fit(options, length, TURN_S).map(Some).map_err(|e| Problem::Call(e.to_string()))
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
    let (record, verified) = crate::verify::read(path)?;
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

// An unfinished table

fn go_on(
    call: &PlayCall,
    hall: Hall,
    id: TableId,
    asked: Option<&Packs>,
    seed: Option<Seed>,
    library: &Library,
) -> Result<Session, Problem> {
    let stored = hall.stored().table(id).map_err(kept::reading)?;
    let (packs, mut greeting) = pinned::load(hall.folder(), &stored, asked, library)?;
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
    let room = Room::reopen(hall, id).map_err(kept::reading)?;
    greeting.insert(0, "Going on with the unfinished game.".to_owned());
    Session::connect(room, packs, table, greeting)
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
    let options = Options { ruleset: Some(about.ruleset_name.clone()), begun: about.begun, ..Options::default() };
    let count = |stones: OutcomeSet| match stones.len() {
        1 => "1 stone".to_owned(),
        n => format!("{n} stones"),
    };
    let other = fit(call, own, &options)?.map(|fit| fit.outcomes).filter(|set| set.len() != about.in_play.len());
    if let Some(other) = other {
        return Ok(Some(format!("it has {} in play, not {}", count(about.in_play), other.len())));
    }
    if seed.is_some_and(|seed| seed != stored.seed) {
        return Ok(Some("its seed is another".to_owned()));
    }
    let begun = call.path_from.as_deref().map(|path| path_from(path, own)).transpose()?;
    if begun.is_some_and(|begun| begun != about.begun) {
        return Ok(Some("it did not begin from that path".to_owned()));
    }
    Ok(None)
}
