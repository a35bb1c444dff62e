//! Erasing what people typed, for good: from the database, its write-ahead log, and its free pages.

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
    connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(erased)
}
