//! Saved games, opened to be read.

use std::path::Path;

use instep_server::{DataTrouble, Stored, TableSummary};

use crate::problem::Problem;

/// The saved games of a folder, and a line about each, oldest first.
pub(crate) fn open(folder: &Path) -> Result<(Stored, Vec<TableSummary>), Problem> {
    let stored = Stored::open(folder)?;
    match stored.tables() {
        Ok(tables) => Ok((stored, tables)),
        // A database that nothing was written to yet: cut off at its making, or an empty file.
        Err(DataTrouble::DiskFails { what }) if what.contains("no such table") => Err(Problem::Wrong(format!(
            "{} holds no saved games: its database is empty. `instep play --data {}` begins one.",
            folder.display(),
            folder.display()
        ))),
        Err(trouble) => Err(trouble.into()),
    }
}
