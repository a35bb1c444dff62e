//! A table that is open here and that nobody is connected to yet: what the terminal and the window begin from.

use instep_content::{Fit, Library, Packs, Table};
use instep_server::{DataFolder, DataTrouble, Hall, Room, StoredTable, TableId, make};

use super::new::New;
use super::pinned;
use crate::kept;
use crate::problem::Problem;

/// A table and what it is played with.
pub(crate) struct Opened {
    pub(crate) room: Room,
    pub(crate) packs: Packs,
    pub(crate) table: Table,
    /// Lines to show before anything else: what was opened, what to know of it.
    pub(crate) greeting: Vec<String>,
    /// What fits into the time, where a new game was given one.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "the terminal has said so in the greeting"))]
    pub(crate) fit: Option<Fit>,
}

/// The hall of a data folder, which is held from now on.
pub(crate) fn hall(data: &std::path::Path) -> Result<Hall, Problem> {
    let hall = Hall::open(DataFolder::hold(data)?).map_err(|trouble| match trouble {
        DataTrouble::NotWritable { why, .. } => {
            DataTrouble::NotWritable { folder: DataFolder::database(data).display().to_string(), why }
        }
        trouble => kept::reading(trouble),
    });
    Ok(hall?)
}

/// Makes a new table.
pub(crate) fn create(hall: Hall, new: New) -> Result<Opened, Problem> {
    instep_server::pinned::keep(&hall.folder().packs(), &new.packs)?;
    let room = Room::create(hall, new.made)?;
    Ok(Opened { room, packs: new.packs, table: new.table, greeting: Vec::new(), fit: new.fit })
}

/// A stored table with its own copies of its packs.
///
/// `asked` are the packs that the call names, if it does.
pub(crate) fn look(
    hall: &Hall,
    id: TableId,
    asked: Option<&Packs>,
    library: &Library,
) -> Result<(StoredTable, Packs, Vec<String>), Problem> {
    let stored = hall.stored().table(id).map_err(kept::reading)?;
    let (packs, remarks) = pinned::load(hall.folder(), &stored, asked, library)?;
    Ok((stored, packs, remarks))
}

/// Opens a stored table where it was left.
pub(crate) fn reopen(hall: Hall, stored: &StoredTable, packs: Packs, greeting: Vec<String>) -> Result<Opened, Problem> {
    let table = make::table_of(&packs, &stored.about).map_err(|e| Problem::Wrong(e.to_string()))?;
    let room = Room::reopen(hall, stored.id).map_err(kept::reading)?;
    Ok(Opened { room, packs, table, greeting, fit: None })
}
