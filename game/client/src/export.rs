//! `instep export`: a game's record, written out.

use std::path::Path;

use instep_record::{Record, Word, WordKind};
use instep_server::{Stored, StoredTable, TableId};

use crate::problem::Problem;

/// Writes the record of one stored table.
pub(crate) fn export(dir: &Path, table: Option<i64>, data: Option<&Path>) -> Result<(), Problem> {
    let folder = crate::play::data_folder(data)?;
    let stored = Stored::open(&folder)?;
    let id = match table {
        Some(id) => TableId(id),
        None => {
            let newest = stored.tables()?.pop();
            newest.ok_or_else(|| Problem::Wrong(format!("{} holds no game yet.", folder.display())))?.id
        }
    };
    write(&stored.table(id)?, dir)?;
    println!("The record of table {} is in {}.", id.0, dir.display());
    Ok(())
}

/// Writes a stored table's record into `dir`, after checking it.
pub(crate) fn write(table: &StoredTable, dir: &Path) -> Result<(), Problem> {
    let verified = table.verify().map_err(|fault| {
        Problem::Wrong(format!("Table {} is damaged and was not written out: {}", table.id.0, fault.what))
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
            },
            seat: w.seat.map(seat),
            text: w.text.clone(),
        })
        .collect();
    let record = Record::new(header, &verified.game, Some((table.seed, table.salt)))
        .map_err(|fault| Problem::Wrong(fault.to_string()))?
        .with_words(words);
    record.write(dir).map_err(|e| Problem::Machine(e.to_string()))
}
