//! The data folder: who holds it, what is in it, and what can be wrong with it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::roster::Roster;
use crate::schema;

/// The database's file name.
const DATABASE: &str = "instep.sqlite3";

/// The file whose lock says that the folder is in use.
const IN_USE: &str = "in-use";

/// What can be wrong: what happened, what it means, what to do.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum DataTrouble {
    /// Another process holds the folder.
    #[error(
        "{folder} is in use by another Instep ({holder}): close that one first, or choose another folder with --data"
    )]
    Held {
        /// The folder.
        folder: String,
        /// Who it says it is.
        holder: String,
    },
    /// The folder can't be made or written to.
    #[error(
        "{folder} can't be written to ({why}), so nothing could be kept: choose another folder with --data, or ask whoever looks after this computer for the right to write there"
    )]
    NotWritable {
        /// The folder or file.
        folder: String,
        /// What the system says.
        why: String,
    },
    /// The database is of a newer version.
    #[error(
        "{folder} was written by a newer Instep (format {found}; this one knows {known}): nothing was changed; use the newer Instep"
    )]
    Newer {
        /// The folder.
        folder: String,
        /// Its format.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// It is no database, or a damaged one.
    #[error(
        "the saved games are damaged ({what}); nothing was changed: `instep recover` copies what is whole into a new folder"
    )]
    Damaged {
        /// What is wrong.
        what: String,
    },
    /// There is nothing there.
    #[error("{folder} holds no saved games: check the folder's name")]
    Nothing {
        /// The folder.
        folder: String,
    },
    /// The disk is full.
    #[error(
        "the disk is full, so the last thing could not be kept and the table has stopped; nothing that was shown is lost: make room, then start again"
    )]
    DiskFull,
    /// The disk fails, or another program keeps the file locked.
    #[error(
        "the disk did not keep what it was given ({what}), so the table has stopped; nothing that was shown is lost: start again, and if it happens again choose another folder with --data"
    )]
    DiskFails {
        /// What SQLite says.
        what: String,
    },
    /// There is no such table.
    #[error("there is no table {id} in this folder")]
    NoSuchTable {
        /// Its number.
        id: i64,
    },
    /// The machine has no thread, no randomness or the like to give.
    #[error("this computer could not give what was needed ({what}): close other programs and start again")]
    Machine {
        /// What.
        what: String,
    },
}

impl DataTrouble {
    /// What an error of SQLite means here.
    #[must_use]
    pub fn of_sqlite(error: &rusqlite::Error) -> Self {
        let what = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { what },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::NotWritable { folder: DATABASE.into(), why: what }
            }
            _ => Self::DiskFails { what },
        }
    }
}

impl From<rusqlite::Error> for DataTrouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::of_sqlite(&error)
    }
}

/// A data folder that this process holds. The hold dies with the process.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _hold: File,
}

impl DataFolder {
    /// Holds the folder, which is made if it is not there.
    ///
    /// # Errors
    /// [`DataTrouble`]: held by another, not writable.
    pub fn hold(path: &Path) -> Result<Self, DataTrouble> {
        let folder = || path.display().to_string();
        let not_writable = |e: std::io::Error| DataTrouble::NotWritable { folder: folder(), why: e.to_string() };
        make_own(path).map_err(not_writable)?;
        let mut hold = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join(IN_USE))
            .map_err(not_writable)?;
        match hold.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DataTrouble::Held { folder: folder(), holder: holder(&mut hold) });
            }
            Err(TryLockError::Error(e)) => return Err(not_writable(e)),
        }
        // Only for the sentence that another process shows; the lock is what counts.
        let _ = hold.set_len(0);
        let _ = hold.rewind();
        let _ = writeln!(hold, "process {}", std::process::id());
        Ok(Self { path: path.to_owned(), _hold: hold })
    }

    /// Holds a folder that is only to be read: nothing is made in it. `None` where it can't be held because
    /// it can't be written to, in which case nobody else writes to it either.
    ///
    /// # Errors
    /// [`DataTrouble::Held`] by another, [`DataTrouble::Nothing`] there.
    pub fn hold_to_read(path: &Path) -> Result<Option<File>, DataTrouble> {
        let folder = || path.display().to_string();
        if !Self::database(path).is_file() {
            return Err(DataTrouble::Nothing { folder: folder() });
        }
        let Ok(mut hold) = OpenOptions::new().read(true).write(true).open(path.join(IN_USE)) else {
            return Ok(None);
        };
        match hold.try_lock() {
            Ok(()) => Ok(Some(hold)),
            Err(TryLockError::WouldBlock) => Err(DataTrouble::Held { folder: folder(), holder: holder(&mut hold) }),
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where pinned copies of packs are kept, by hash.
    #[must_use]
    pub fn packs(&self) -> PathBuf {
        self.path.join("packs")
    }

    /// Writes a file that only its owner may read, whole or not at all.
    pub(crate) fn write_private(&self, name: &str, bytes: &[u8]) -> Result<(), DataTrouble> {
        let failed = |e: std::io::Error| DataTrouble::NotWritable {
            folder: self.path.join(name).display().to_string(),
            why: e.to_string(),
        };
        let part = self.path.join(format!("{name}.part"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part).map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&part, self.path.join(name)).map_err(failed)
    }

    /// Thirty-two random bytes that stay the same for this folder.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn own_key(&self, name: &str, random: &mut dyn FnMut(&mut [u8])) -> Result<[u8; 32], DataTrouble> {
        if let Some(key) = std::fs::read(self.path.join(name)).ok().and_then(|bytes| bytes.try_into().ok()) {
            return Ok(key);
        }
        let mut key = [0; 32];
        random(&mut key);
        self.write_private(name, &key)?;
        Ok(key)
    }

    /// Where its database is.
    #[must_use]
    pub fn database(path: &Path) -> PathBuf {
        path.join(DATABASE)
    }

    /// Opens its database to read and write, and makes it if it is not there.
    pub(crate) fn open(&self) -> Result<Connection, DataTrouble> {
        let mut connection = Connection::open(Self::database(&self.path))?;
        // A scanner or a back-up may hold the file for a moment.
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version > schema::VERSION {
            let folder = self.path.display().to_string();
            return Err(DataTrouble::Newer { folder, found: version, known: schema::VERSION });
        }
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is erased is to be gone from the file, not only from its index.
        connection.pragma_update(None, "secure_delete", "ON")?;
        match version {
            0 => connection.execute_batch(&format!(
                "BEGIN; {} PRAGMA user_version = {}; COMMIT;",
                schema::CREATE,
                schema::VERSION
            ))?,
            1 | 2 => from_older(&mut connection, version)?,
            _ => {}
        }
        Ok(connection)
    }

    /// Opens a database to read it and nothing else; its format, which may be an older one.
    pub(crate) fn read_only(path: &Path) -> Result<(Connection, i64), DataTrouble> {
        let database = Self::database(path);
        if !database.is_file() {
            return Err(DataTrouble::Nothing { folder: path.display().to_string() });
        }
        let connection = Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found > schema::VERSION {
            let folder = path.display().to_string();
            return Err(DataTrouble::Newer { folder, found, known: schema::VERSION });
        }
        Ok((connection, found))
    }
}

/// Brings a database of an older format to this one: all of it or nothing.
fn from_older(connection: &mut Connection, format: i64) -> Result<(), DataTrouble> {
    let transaction = connection.transaction()?;
    if format < 2 {
        transaction.execute_batch(schema::FROM_FIRST)?;
    }
    let rosters: Vec<(i64, Vec<u8>)> = transaction
        .prepare("SELECT id, people FROM tables")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (id, bytes) in rosters {
        let roster = Roster::read(&bytes, format)
            .ok_or_else(|| DataTrouble::Damaged { what: format!("table {id}: who sits where can't be read") })?;
        transaction.execute("UPDATE tables SET people = ?2 WHERE id = ?1", rusqlite::params![id, roster.to_bytes()])?;
    }
    transaction.execute_batch(schema::FROM_SECOND)?;
    transaction.pragma_update(None, "user_version", schema::VERSION)?;
    Ok(transaction.commit()?)
}

/// Who wrote that they hold the folder.
fn holder(hold: &mut File) -> String {
    let mut text = String::new();
    // On Windows a locked file can't be read by others: then the process is not named.
    let _ = hold.take(64).read_to_string(&mut text);
    let text = text.trim();
    if text.is_empty() { "process unknown".into() } else { text.into() }
}

/// A folder, and those above it. Where it is made here it is its owner's alone: what people typed is in it.
pub(crate) fn make_own(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_folder_that_is_made_is_its_owners_alone_and_one_that_is_there_stays_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (made, there) = (dir.path().join("a/b"), dir.path().join("c"));
        std::fs::create_dir(&there).unwrap();
        std::fs::set_permissions(&there, std::fs::Permissions::from_mode(0o750)).unwrap();
        drop((DataFolder::hold(&made).unwrap(), DataFolder::hold(&there).unwrap()));
        assert_eq!((mode(&made), mode(&there)), (0o700, 0o750));
    }
}
