//! Saved games, opened to be read.

use std::path::Path;

use instep_server::{DataTrouble, Stored, TableSummary};

use crate::problem::Problem;

/// The saved games of a folder, and a line about each, oldest first.
pub(crate) fn open(folder: &Path) -> Result<(Stored, Vec<TableSummary>), Problem> {
    let opened = Stored::open(folder).and_then(|stored| stored.tables().map(|tables| (stored, tables)));
    match opened {
        Ok(opened) => Ok(opened),
        // SQLite keeps a file of its own beside the database, even to read it.
        Err(DataTrouble::NotWritable { why, .. }) => Err(Problem::Machine(format!(
            "The saved games in {} can't be opened ({why}): if you may not write to this folder, copy it to where you may write, and ask about the copy.",
            folder.display()
        ))),
        // A database that nothing was written to yet: cut off at its making, or an empty file.
        Err(DataTrouble::DiskFails { what }) if what.contains("no such table") => Err(Problem::Wrong(format!(
            "{} holds no saved games: its database is empty. `instep play --data {}` begins one.",
            folder.display(),
            folder.display()
        ))),
        Err(trouble) => Err(reading(trouble).into()),
    }
}

/// What trouble means where nothing was written yet: the database does not hold what it should, unless it is
/// the machine that did not give it.
pub(crate) fn reading(trouble: DataTrouble) -> DataTrouble {
    match trouble {
        DataTrouble::DiskFails { what } if !["I/O error", "locked"].iter().any(|sign| what.contains(sign)) => {
            DataTrouble::Damaged { what }
        }
        trouble => trouble,
    }
}
