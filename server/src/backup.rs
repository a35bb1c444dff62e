//! Backups: copies of the database that are whole at one moment, made beside whoever writes to it; and erasing from
//! them what was erased from the database.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use crate::data::make_own;
use crate::{DataFolder, DataTrouble, TableId, schema};

/// Where backups are made that nobody wanted elsewhere.
const FOLDER: &str = "backups";

/// Names those that were made elsewhere, one a line: what is erased here has to be erased there too.
const ELSEWHERE: &str = "elsewhere.txt";

/// The folder of a data folder's backups.
#[must_use]
pub fn backups(folder: &Path) -> PathBuf {
    folder.join(FOLDER)
}

/// Copies the database of a data folder into the new file `to`, which only its owner may read. It works beside a
/// running server, and remembers backups that lie outside [`backups`].
///
/// # Errors
/// [`DataTrouble`]; [`DataTrouble::NotWritable`] also where `to` is there already.
pub fn back_up(folder: &Path, to: &Path) -> Result<(), DataTrouble> {
    let failed = |e: std::io::Error| DataTrouble::NotWritable { folder: to.display().to_string(), why: e.to_string() };
    let (connection, _) = DataFolder::read_only(folder)?;
    if let Some(parent) = to.parent().filter(|p| !p.as_os_str().is_empty()) {
        make_own(parent).map_err(failed)?;
    }
    if to.exists() {
        return Err(failed(std::io::Error::from(std::io::ErrorKind::AlreadyExists)));
    }
    // Whole or not at all: a backup that was cut off would be found on the day that it is needed.
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&part).map_err(failed)?;
    let done = connection
        .execute("VACUUM INTO ?1", [part.to_string_lossy()])
        .map_err(DataTrouble::from)
        .and_then(|_| OpenOptions::new().write(true).open(&part).and_then(|file| file.sync_all()).map_err(failed))
        .and_then(|()| remember(folder, to))
        .and_then(|()| std::fs::rename(&part, to).map_err(failed));
    if done.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    let own = backups(folder);
    for path in [&own, &own.join(ELSEWHERE), to].into_iter().filter(|path| path.starts_with(&own)) {
        give_to_the_owner(folder, path);
    }
    done
}

/// What root made here is to be erased by the server later, which is not root.
fn give_to_the_owner(folder: &Path, path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        if let (Ok(database), Ok(own)) = (DataFolder::database(folder).metadata(), path.metadata())
            && (database.uid(), database.gid()) != (own.uid(), own.gid())
        {
            // Where it may not be given away, erasing says so.
            let _ = chown(path, Some(database.uid()), Some(database.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (folder, path);
}

/// Remembers a backup that lies elsewhere.
fn remember(folder: &Path, to: &Path) -> Result<(), DataTrouble> {
    let own = backups(folder);
    let failed = |e: std::io::Error| DataTrouble::NotWritable { folder: own.display().to_string(), why: e.to_string() };
    let to = std::path::absolute(to).map_err(failed)?;
    if std::path::absolute(&own).is_ok_and(|own| to.parent() == Some(&own)) {
        return Ok(());
    }
    make_own(&own).map_err(failed)?;
    let mut list = OpenOptions::new().create(true).append(true).open(own.join(ELSEWHERE)).map_err(failed)?;
    writeln!(list, "{}", to.display()).and_then(|()| list.sync_all()).map_err(failed)
}

/// What became of a data folder's backups when something was erased.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BackupsErased {
    /// How many there are, and hold nothing of it now.
    pub done: usize,
    /// Those that were made and are not where they were: whoever moved them has to erase there.
    pub missing: Vec<PathBuf>,
    /// Those that could not be changed, and why.
    pub failed: Vec<(PathBuf, String)>,
}

/// Erases what was typed at one table, or at all, from every backup that was made of this data folder. Where the data
/// folder still has the table, only a table with the same seed is the same one: numbers came again after the newest tables
/// were deleted in older formats, and come again after going back to a backup.
///
/// # Errors
/// [`DataTrouble`], where the data folder can't be read.
pub fn erase_from_backups(folder: &Path, table: Option<TableId>) -> Result<BackupsErased, DataTrouble> {
    let mut erased = BackupsErased::default();
    let own = backups(folder);
    let elsewhere = std::fs::read_to_string(own.join(ELSEWHERE)).unwrap_or_default();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&own).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    // Also what a copy that was cut off left behind.
    files.retain(|path| path.extension().is_some_and(|e| e == "sqlite3" || e == "part"));
    files.sort();
    files.extend(elsewhere.lines().map(PathBuf::from));
    files.dedup();
    let seed = match table {
        Some(id) => seed_of(&DataFolder::read_only(folder)?.0, id)?,
        None => None,
    };
    for file in files {
        if !file.is_file() {
            erased.missing.push(file);
        } else if file.extension().is_some_and(|e| e == "part") {
            match std::fs::remove_file(&file) {
                Ok(()) => {}
                Err(e) => erased.failed.push((file, e.to_string())),
            }
        } else {
            match erase_from(&file, table, seed.as_deref()) {
                Ok(()) => erased.done += 1,
                Err(e) => erased.failed.push((file, e.to_string())),
            }
        }
    }
    Ok(erased)
}

fn seed_of(connection: &Connection, id: TableId) -> rusqlite::Result<Option<Vec<u8>>> {
    connection.query_row("SELECT seed FROM tables WHERE id = ?1", [id.0], |row| row.get(0)).optional()
}

fn erase_from(file: &Path, table: Option<TableId>, seed: Option<&[u8]>) -> Result<(), DataTrouble> {
    let connection = Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 || version > schema::VERSION {
        return Err(DataTrouble::Damaged { what: format!("it is of format {version}") });
    }
    if let (Some(id), Some(seed)) = (table, seed)
        && seed_of(&connection, id)?.is_none_or(|there| there != seed)
    {
        return Ok(());
    }
    // No log beside it that would have to be erased too.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    if version == 1 {
        // The first format kept no names.
        connection.execute("UPDATE words SET text = NULL WHERE ?1 IS NULL OR table_id = ?1", [table.map(|t| t.0)])?;
    } else {
        crate::journal::erase(&connection, table)?;
    }
    Ok(connection.execute_batch("VACUUM;")?)
}
