//! Erasing what people typed, for good: from the database, its write-ahead log, and its free pages.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{DataFolder, DataTrouble, TableId};

/// Erases all words of one table, or of all. The events stay, and their chain still verifies: it holds only
/// the words' numbers. How many were erased.
///
/// # Errors
/// [`DataTrouble`].
pub fn erase_words(folder: &DataFolder, table: Option<TableId>) -> Result<usize, DataTrouble> {
    let connection = folder.open()?;
    let erased = crate::journal::erase(&connection, table)?;
    // Deleted bytes may still lie in free pages and in the log.
    connection.execute_batch("VACUUM;")?;
    empty(&connection)?;
    Ok(erased)
}

/// Empties the database's log, beside whoever writes to it: what was erased lies there until then.
///
/// # Errors
/// [`DataTrouble`]; [`DataTrouble::Machine`] where somebody reads the database for so long that it can't be done.
pub fn empty_log(folder: &Path) -> Result<(), DataTrouble> {
    let connection = Connection::open_with_flags(DataFolder::database(folder), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    empty(&connection)
}

fn empty(connection: &Connection) -> Result<(), DataTrouble> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        let what = "another program reads the database, so what was erased still lies in its log".to_owned();
        return Err(DataTrouble::Machine { what });
    }
    Ok(())
}
