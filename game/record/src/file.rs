//! Files: written whole or not at all, and read with a limit.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;

use crate::{ReadError, WriteError};

/// The name of the file of events.
pub const EVENTS_FILE: &str = "events.json";
/// The name of the file of words.
pub const WORDS_FILE: &str = "words.json";
/// The largest file of events that is read. A long day is well under one megabyte.
pub const EVENTS_MAX_BYTES: u64 = 64 << 20;
/// The largest file of words that is read.
pub const WORDS_MAX_BYTES: u64 = 16 << 20;

/// Writes `dir/name` so that after a crash it is the old file or the new one, never half of one.
pub(crate) fn write(dir: &Path, name: &str, text: &str) -> Result<(), WriteError> {
    let path = dir.join(name);
    // The process's number keeps two writers apart; the rename decides which of them was last.
    let temporary = dir.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = (|| {
        let mut file = File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::rename(&temporary, &path)?;
        // The new name must last too; where folders can't be opened, renames are durable by themselves.
        #[cfg(unix)]
        File::open(dir)?.sync_all()?;
        Ok(())
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        WriteError { path, error }
    })
}

/// The text of a file of at most `max_bytes`.
pub(crate) fn read(path: &Path, max_bytes: u64) -> Result<String, ReadError> {
    let io = |error| ReadError::Io { path: path.to_owned(), error };
    let mut bytes = Vec::new();
    // The length that the system tells may not be the length that comes.
    File::open(path).map_err(io)?.take(max_bytes + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > max_bytes {
        return Err(ReadError::TooLarge { max_bytes });
    }
    String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { valid_bytes: error.utf8_error().valid_up_to() })
}
