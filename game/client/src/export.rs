//! `instep export`: a game's record, written out.

use std::path::Path;

use instep_record::{Record, Word, WordKind};
use instep_server::{DataFolder, StoredTable, TableId};

use crate::problem::Problem;
use crate::{kept, out};

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
    out::line(format_args!("The record of table {} is in {}.", id.0, dir.display()))
}

fn no_game(folder: &Path) -> Problem {
    Problem::Wrong(format!("{} holds no game yet: name another folder with --data.", folder.display()))
}

/// Writes a stored table's record into `dir`, after checking it.
pub(crate) fn write(table: &StoredTable, dir: &Path) -> Result<(), Problem> {
    let verified = table.verify().map_err(|fault| {
        Problem::Wrong(format!(
            "Table {} is damaged and was not written out: {}\n`instep recover` copies what is whole into a new folder.",
            table.id.0, fault.what
        ))
    })?;
    let header = table.header()?;
    let seat = |p: instep_rules::Perspective| header.perspectives[p.index()].clone();
    let words = table
        .words
        .iter()
        .map(|w| Word {
            id: w.id,
            kind: match w.kind {
                instep_protocol::WordKind::Step => WordKind::Step,
                instep_protocol::WordKind::Note => WordKind::Note,
                instep_protocol::WordKind::Reason => WordKind::Reason,
                instep_protocol::WordKind::TeamName => WordKind::TeamName,
                instep_protocol::WordKind::Chat => WordKind::Chat,
            },
            seat: w.seat.map(seat),
            text: w.text.clone(),
        })
        .collect();
    let record = Record::new(header, &verified.game, Some((table.seed, table.salt)))
        .map_err(|fault| Problem::Wrong(format!("Table {} makes no record: {fault}", table.id.0)))?
        .with_words(words);
    record.write(dir).map_err(|e| {
        Problem::Machine(format!(
            "The record could not be written: {e}. The game is kept all the same: `instep export DIR` writes its record into another folder."
        ))
    })
}
