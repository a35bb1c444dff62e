//! `instep export`: a game's record, written out.

use std::path::Path;

use instep_content::{Packs, Table};
use instep_protocol::{Mirror, TableSetup, WordText};
use instep_record::{Record, Word, WriteError};
use instep_rules::{Salt, Seed};
use instep_server::{DataFolder, StoredTable, TableId, make, word_kind};

use crate::online::moves;
use crate::problem::Problem;
use crate::{kept, language, out};

/// Writes the record of one stored table.
pub(crate) fn export(dir: &Path, table: Option<i64>, data: Option<&Path>) -> Result<(), Problem> {
    let folder = crate::play::data_folder(data)?;
    if !DataFolder::database(&folder).is_file() {
        return Err(no_game(&folder));
    }
    let (stored, tables) = kept::open(&folder)?;
    let newest = tables.last().ok_or_else(|| no_game(&folder))?.id;
    let id = table.map_or(newest, TableId);
    if !tables.iter().any(|t| t.id == id) {
        let ids: Vec<String> = tables.iter().map(|t| t.id.0.to_string()).collect();
        let (folder, ids) = (folder.display(), ids.join(", "));
        return Err(Problem::Wrong(format!("There is no table {} in {folder}: choose one of {ids}.", id.0)));
    }
    write(&stored.table(id).map_err(kept::reading)?, dir)?;
    out::line(format_args!("The record of table {} is in {}.", id.0, dir.display()))?;
    let Some(moved) = moves::list(&folder).into_iter().find(|moved| moved.table == id.0) else { return Ok(()) };
    let language = language::current();
    out::folded(&language.with("online-moved-record", &[("moved", (&moved.in_words(&language)).into())]))
}

fn no_game(folder: &Path) -> Problem {
    Problem::Wrong(format!("{} holds no game yet: name another folder with --data.", folder.display()))
}

/// Writes a stored table's record into `dir`, after checking it.
pub(crate) fn write(table: &StoredTable, dir: &Path) -> Result<(), Problem> {
    let record = table.record().map_err(|fault| {
        Problem::Wrong(format!(
            "Table {} is damaged and was not written out: {}\n`instep recover` copies what is whole into a new folder.",
            table.id.0, fault.what
        ))
    })?;
    record.write(dir).map_err(|e| unwritten(&e))
}

/// Writes the record of a table elsewhere into `dir`: what its mirror here knows of it.
pub(crate) fn write_mirrored(
    packs: &Packs,
    table: &Table,
    about: &TableSetup,
    mirror: &Mirror,
    dir: &Path,
) -> Result<(), Problem> {
    let none = |fault: String| Problem::Wrong(format!("This table makes no record yet: {fault}."));
    let secrets = mirror.secrets().map(|(seed, salt)| (Seed(seed), Salt(salt)));
    // The header is the same whatever the chance.
    let (seed, salt) = secrets.unwrap_or((Seed([0; 32]), Salt([0; 32])));
    let new = make::new_table(packs, table, about.clone(), seed, salt).map_err(|e| none(e.to_string()))?;
    let words = mirror.words().iter().map(|w| Word {
        id: w.id,
        kind: word_kind(w.kind),
        seat: w.seat.map(|p| new.header.perspectives[p.index()].clone()),
        text: match &w.text {
            // A facilitator's mirror still has the text of what was hidden.
            WordText::Said(text) if !w.hidden => Some(text.clone()),
            WordText::Said(_) | WordText::Hidden | WordText::Erased => None,
        },
    });
    let words = words.collect();
    let record = Record::new(new.header, mirror.game(), secrets).map_err(|fault| none(fault.to_string()))?;
    record.with_words(words).write(dir).map_err(|e| unwritten(&e))
}

fn unwritten(error: &WriteError) -> Problem {
    Problem::Machine(format!(
        "The record could not be written: {error}. The game is kept all the same: `instep export DIR` writes its record into another folder."
    ))
}
