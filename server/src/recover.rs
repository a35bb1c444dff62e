//! Copying what is whole of a damaged database into a new one. The damaged one is never written to.

use std::path::Path;

use crate::data::make_own;
use crate::stored::{Stored, StoredTable};
use crate::{DataFolder, DataTrouble, TableId};

/// What was saved of one table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovered {
    /// Its number in the damaged folder.
    pub from: TableId,
    /// Its number in the new one.
    pub to: TableId,
    /// The last good event.
    pub events: u32,
    /// Why it ends there; `None` where all of it was good.
    pub fault: Option<String>,
    /// How many words that people typed were saved.
    pub words: usize,
}

/// What was saved of a table, or why nothing was.
pub type Saved = Result<Recovered, (TableId, DataTrouble)>;

/// Copies every table of `from`, each up to its last good event, and all words that can be read, into the
/// new folder `to`. Tables of which nothing can be read are named with an error.
///
/// # Errors
/// [`DataTrouble`], where `from` can't be read at all or `to` can't be written.
pub fn recover(from: &Path, to: &Path) -> Result<Vec<Saved>, DataTrouble> {
    let stored = Stored::open(from)?;
    let ids = stored.table_ids()?;
    let folder = DataFolder::hold(to)?;
    let mut connection = folder.open()?;
    copy_packs(from, &folder)?;
    let mut saved = Vec::new();
    // Tables keep their numbers: invites and tokens name them. Nor is one used again that was here.
    count_on_from(&connection, stored.last_table().unwrap_or(0))?;
    for id in ids {
        saved.push(match stored.table(id) {
            Ok(table) => copy(&mut connection, table).map_err(|trouble| (id, trouble)),
            Err(trouble) => Err((id, trouble)),
        });
    }
    Ok(saved)
}

fn copy(connection: &mut rusqlite::Connection, mut table: StoredTable) -> Result<Recovered, DataTrouble> {
    table.header()?;
    let (good, fault) = table.good_commands();
    table.commands.truncate(good);
    let from = table.id;
    let transaction = connection.transaction()?;
    let there = transaction.prepare("SELECT 1 FROM tables WHERE id = ?1")?.exists([from.0])?;
    table.id = if there { TableId(0) } else { from };
    let to = crate::journal::insert_table(&transaction, &table)?;
    crate::journal::insert_history(&transaction, to, &table)?;
    let events = table.commands.iter().map(|c| c.events.as_ref().map_or(0, Vec::len) as u32).sum();
    transaction.commit()?;
    Ok(Recovered { from, to, events, fault, words: table.words.len() })
}

/// The next table gets a number beyond this one.
fn count_on_from(connection: &rusqlite::Connection, last: i64) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO sqlite_sequence (name, seq)
         SELECT 'tables', ?1 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'tables')",
        [last],
    )?;
    connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'tables'", [last])?;
    Ok(())
}

/// Pinned packs go along: a table plays with its own copies.
fn copy_packs(from: &Path, to: &DataFolder) -> Result<(), DataTrouble> {
    let source = from.join("packs");
    let Ok(entries) = std::fs::read_dir(&source) else { return Ok(()) };
    let failed =
        |e: std::io::Error| DataTrouble::NotWritable { folder: to.packs().display().to_string(), why: e.to_string() };
    make_own(&to.packs()).map_err(failed)?;
    for entry in entries.flatten().filter(|e| e.path().is_file()) {
        std::fs::copy(entry.path(), to.packs().join(entry.file_name())).map_err(failed)?;
    }
    Ok(())
}
