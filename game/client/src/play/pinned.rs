//! Packs are pinned to a table by their hash: it plays on with its own copies, whatever becomes of the others.

use std::path::PathBuf;
use std::sync::Arc;

use instep_content::{Library, Pack, PackHash, Packs};
use instep_record::to_hex;
use instep_server::{DataFolder, DataTrouble, StoredTable};

use crate::problem::Problem;

fn path(folder: &DataFolder, hash: PackHash) -> PathBuf {
    folder.packs().join(format!("{}.pack", to_hex(&hash.0)))
}

/// Keeps copies of the packs that a table is played with.
pub(super) fn keep(folder: &DataFolder, packs: &Packs) -> Result<(), Problem> {
    let failed = |e: std::io::Error| {
        let folder = folder.packs().display().to_string();
        Problem::from(DataTrouble::NotWritable { folder, why: e.to_string() })
    };
    std::fs::create_dir_all(folder.packs()).map_err(failed)?;
    for pack in packs.packs() {
        let (path, copy) = (path(folder, pack.hash), pack.pin());
        // A copy that was damaged is made again.
        if std::fs::read(&path).is_ok_and(|kept| kept == copy) {
            continue;
        }
        // Whole or not at all: a copy cut off half-way would be no copy.
        let part = path.with_extension("part");
        let mut file = std::fs::File::create(&part).map_err(failed)?;
        std::io::Write::write_all(&mut file, &copy).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        std::fs::rename(&part, &path).map_err(failed)?;
    }
    Ok(())
}

/// The table's own copies of its packs, and what to say where those at hand differ.
///
/// `asked` are the packs that the call names; where it names none, the installed ones are looked at.
pub(super) fn load(
    folder: &DataFolder,
    stored: &StoredTable,
    asked: Option<&Packs>,
    library: &Library,
) -> Result<(Packs, Vec<String>), Problem> {
    let mut packs = Vec::new();
    let mut remarks = Vec::new();
    let mut copies_are_there = true;
    for pin in &stored.about.packs {
        let (id, hash) = (&pin.id, PackHash(pin.hash));
        let named = asked.and_then(|asked| asked.packs().iter().find(|pack| pack.id() == id));
        let at_hand = match named {
            Some(pack) => Some(pack.hash),
            None => library.files(id).ok().map(|files| files.hash()),
        };
        let copy = std::fs::read(path(folder, hash)).ok().and_then(|bytes| Pack::from_pinned(id, &bytes).ok());
        if let Some(own) = copy.filter(|pack| pack.hash == hash) {
            remarks.extend(at_hand.filter(|other| *other != hash).map(|_| {
                format!("The pack {id} has changed since this game began: the game goes on with its own copy of it.")
            }));
            packs.push(Arc::new(own));
            continue;
        }
        copies_are_there = false;
        if at_hand != Some(hash) {
            return Err(lost(id));
        }
        packs.push(match named {
            Some(pack) => Arc::clone(pack),
            None => Arc::new(library.pack(id)?.0),
        });
    }
    let packs = Packs::combine(packs)?;
    if !copies_are_there {
        keep(folder, &packs)?;
    }
    Ok((packs, remarks))
}

fn lost(id: &str) -> Problem {
    Problem::Wrong(format!(
        "This game's own copy of the pack {id} is gone or was changed, and there is no other that is the same, so the game can't go on; it stays as it is. Install the version of {id} that it was begun with, or begin a new game with --new."
    ))
}
