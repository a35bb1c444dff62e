//! Packs are pinned to a table by their hash: it plays on with its own copies, whatever becomes of the others.

use std::sync::Arc;

use instep_content::{Library, Pack, PackHash, Packs};
use instep_server::{DataFolder, StoredTable, pinned};

use crate::problem::Problem;

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
        let copy = std::fs::read(pinned::path(&folder.packs(), hash))
            .ok()
            .and_then(|bytes| Pack::from_pinned(id, &bytes).ok());
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
        pinned::keep(&folder.packs(), &packs)?;
    }
    Ok((packs, remarks))
}

fn lost(id: &str) -> Problem {
    Problem::Wrong(format!(
        "This game's own copy of the pack {id} is gone or was changed, and there is no other that is the same, so the game can't go on; it stays as it is. Install the version of {id} that it was begun with, or begin a new game with --new."
    ))
}
