//! Packs are pinned to tables by their hash: a table plays on with its own copies, whatever becomes of the others.

use std::io::Write;
use std::path::{Path, PathBuf};

use instep_content::{PackHash, Packs};
use instep_record::to_hex;

use crate::DataTrouble;

/// Where a pack's copy is kept in a folder of copies.
#[must_use]
pub fn path(folder: &Path, hash: PackHash) -> PathBuf {
    folder.join(format!("{}.pack", to_hex(&hash.0)))
}

/// Keeps copies of packs in a folder, which is made if it is not there.
///
/// # Errors
/// [`DataTrouble::NotWritable`].
pub fn keep(folder: &Path, packs: &Packs) -> Result<(), DataTrouble> {
    packs.packs().iter().try_for_each(|pack| keep_bytes(folder, pack.hash, &pack.pin()))
}

/// Keeps a pack's copy. Its bytes have been checked against its hash.
///
/// # Errors
/// [`DataTrouble::NotWritable`].
pub fn keep_bytes(folder: &Path, hash: PackHash, copy: &[u8]) -> Result<(), DataTrouble> {
    let failed =
        |e: std::io::Error| DataTrouble::NotWritable { folder: folder.display().to_string(), why: e.to_string() };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let path = path(folder, hash);
    // A copy that was damaged is made again.
    if std::fs::read(&path).is_ok_and(|kept| kept == copy) {
        return Ok(());
    }
    // Whole or not at all: a copy cut off half-way would be no copy.
    let part = path.with_extension("part");
    let mut file = std::fs::File::create(&part).map_err(failed)?;
    file.write_all(copy).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&part, &path).map_err(failed)
}
