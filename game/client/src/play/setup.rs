//! Which table to play: the unfinished one, or a new one, from what the call says.

use std::collections::BTreeSet;
use std::path::Path;

use instep_content::{Fit, Length, Library, Options, Packs, Table};
use instep_record::seed_from_text;
use instep_rules::{OutcomeSet, Seed, TileSet};
use instep_server::{DataFolder, Hall, Stored, StoredTable, TableId};

use super::new::{self, Chosen, New};
use super::opened::{self, Opened};
use crate::online::moves;
use crate::problem::Problem;
use crate::{PlayCall, calls, kept, language};

/// Cards that are left out are named up to so many.
const LEFT_OUT_SHOWN: usize = 5;

/// Opens the table that the call means.
pub(crate) fn open(call: &PlayCall) -> Result<Opened, Problem> {
    let data = super::data_folder(call.data.as_deref())?;
    let seed = call.seed.as_deref().map(seed_from_text).transpose().map_err(|e| Problem::Call(format!("{e}.")))?;
    let library = Library::new(Some(&data));
    // What is wrong with the call is said before anything is made.
    let asked = if call.game.packs.is_empty() { None } else { Some(asked(call, &library, &data)?) };
    let mut new = match DataFolder::database(&data).exists() {
        true => None,
        false => Some(new_table(call, asked.clone(), &library, seed)?),
    };
    let hall = opened::hall(&data)?;
    let mut unfinished: Vec<TableId> =
        hall.stored().tables().map_err(kept::reading)?.into_iter().filter(|t| !t.closed).map(|t| t.id).collect();
    // What moved to a server goes on there; whoever would look for it here is told.
    let moves = moves::list(&data);
    let moved = |id: &TableId| moves.iter().find(|moved| moved.table == id.0);
    let language = language::current();
    let told = unfinished.last().and_then(moved).map(|newest| {
        let number = newest.table.into();
        language.with("online-moved", &[("number", number), ("moved", (&newest.in_words(&language)).into())])
    });
    unfinished.retain(|id| moved(id).is_none());
    match unfinished.last().filter(|_| !call.game.new) {
        Some(id) => {
            let mut opened = go_on(call, hall, *id, asked.as_ref(), seed, &library)?;
            let others = unfinished.len() - 1;
            opened.greeting[0] += &match others {
                0 => String::new(),
                n => format!(" It is the newest of {} here; the older ones wait until it is closed.", n + 1),
            };
            opened.greeting.extend(told);
            Ok(opened)
        }
        None => {
            let (new, mut greeting) = match new.take() {
                Some(new) => new,
                None => new_table(call, asked, &library, seed)?,
            };
            greeting.extend(told.filter(|_| !call.game.new));
            Ok(Opened { greeting, ..opened::create(hall, new)? })
        }
    }
}

/// The new game that a call asks for, with nothing written, and what to say of it.
pub(crate) fn new_game(call: &PlayCall, library: &Library) -> Result<(New, Vec<String>), Problem> {
    let packs = if call.game.packs.is_empty() { None } else { Some(library.load(&call.game.packs)?) };
    new_table(call, packs, library, None)
}

/// The packs that the call names.
fn asked(call: &PlayCall, library: &Library, data: &Path) -> Result<Packs, Problem> {
    library.load(&call.game.packs).map_err(|report| {
        let waits = Stored::open(data).and_then(|s| s.tables()).is_ok_and(|all| all.iter().any(|t| !t.closed));
        match waits && !call.game.new {
            true => Problem::from(report).and(
                "An unfinished game waits here with its own copy of its packs: leave the pack out to go on with it.",
            ),
            false => report.into(),
        }
    })
}

// A new table

/// The table that the call asks for, with nothing written yet, and what to say of it.
fn new_table(
    call: &PlayCall,
    packs: Option<Packs>,
    library: &Library,
    seed: Option<Seed>,
) -> Result<(New, Vec<String>), Problem> {
    let packs = match packs {
        Some(packs) => packs,
        None => library.load(&[instep_content::BASE_PACK])?,
    };
    let begun = call.game.path_from.as_deref().map(|path| path_from(path, &packs)).transpose()?.unwrap_or_default();
    let new = new::prepare(Chosen {
        packs,
        ruleset: call.game.ruleset.clone(),
        settings: Vec::new(),
        without: BTreeSet::new(),
        length: length(call),
        stones: Vec::new(),
        begun,
        seed,
    })?;
    let greeting = greeting(&new.packs, &new.table, &new.made.about.ruleset_name, new.fit.as_ref());
    Ok((new, greeting))
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

/// The length that the call asks for, if it does.
fn length(call: &PlayCall) -> Option<Length> {
    Some(match (call.game.length, call.game.minutes, call.game.outcomes) {
        (Some(calls::Length::Quick), ..) => Length::Quick,
        (Some(calls::Length::Hour), ..) => Length::Hour,
        (Some(calls::Length::Half), ..) => Length::Half,
        (Some(calls::Length::Full), ..) => Length::Full,
        (_, Some(minutes), _) => Length::Minutes(minutes),
        (_, _, Some(n)) => Length::Outcomes(n),
        (None, None, None) => return None,
    })
}

/// The tiles of an earlier session's path, as far as these packs have their stones.
fn path_from(path: &Path, packs: &Packs) -> Result<TileSet, Problem> {
    let (record, verified) = crate::verify::read(path)?;
    Ok(new::tiles_of(&record.header, &verified.game, packs))
}

// An unfinished table

fn go_on(
    call: &PlayCall,
    hall: Hall,
    id: TableId,
    asked: Option<&Packs>,
    seed: Option<Seed>,
    library: &Library,
) -> Result<Opened, Problem> {
    let (stored, packs, mut greeting) = opened::look(&hall, id, asked, library)?;
    if let Some(what) = contradiction(call, &stored, asked, seed, &packs)? {
        return Err(Problem::Call(format!(
            "There is an unfinished game here, and {what}: leave that option out to go on with it, or add --new to begin another (the unfinished one stays where it is)."
        )));
    }
    greeting.insert(0, "Going on with the unfinished game.".to_owned());
    opened::reopen(hall, &stored, packs, greeting)
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
    if let Some(name) = call.game.ruleset.as_ref().filter(|name| **name != about.ruleset_name) {
        return Ok(Some(format!("its ruleset is {}, not {name}", about.ruleset_name)));
    }
    let options = Options { ruleset: Some(about.ruleset_name.clone()), begun: about.begun, ..Options::default() };
    let count = |stones: OutcomeSet| match stones.len() {
        1 => "1 stone".to_owned(),
        n => format!("{n} stones"),
    };
    let other =
        new::fit(own, &options, length(call))?.map(|fit| fit.outcomes).filter(|set| set.len() != about.in_play.len());
    if let Some(other) = other {
        return Ok(Some(format!("it has {} in play, not {}", count(about.in_play), other.len())));
    }
    if seed.is_some_and(|seed| seed != stored.seed) {
        return Ok(Some("its seed is another".to_owned()));
    }
    let begun = call.game.path_from.as_deref().map(|path| path_from(path, own)).transpose()?;
    if begun.is_some_and(|begun| begun != about.begun) {
        return Ok(Some("it did not begin from that path".to_owned()));
    }
    Ok(None)
}
