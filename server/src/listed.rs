//! Tables as whoever looks after a server sees them: a line about each.

use rusqlite::OptionalExtension;

use crate::stored::Stored;
use crate::{DataTrouble, TableId};

/// What an operator sees of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedTable {
    /// Its number.
    pub id: TableId,
    /// What it is called; may be empty. Somebody typed it.
    pub called: String,
    /// How many people have a place there, present or not.
    pub people: usize,
    /// How many events happened.
    pub events: u32,
    /// Whether its game is closed.
    pub closed: bool,
    /// The last day on which something happened, counted from 1970-01-01; 0 where that is not known.
    pub day: u32,
}

impl Stored {
    /// A line about every table, oldest first.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn listed(&self) -> Result<Vec<ListedTable>, DataTrouble> {
        let mut last = self
            .connection()
            .prepare("SELECT first, events FROM commands WHERE table_id = ?1 ORDER BY first DESC LIMIT 1")?;
        let mut people = self.connection().prepare("SELECT people FROM tables WHERE id = ?1")?;
        let mut lines = Vec::new();
        for (id, closed, door) in self.doors()? {
            let last: Option<(u32, Vec<u8>)> =
                last.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            // Bytes that are no events are `verify`'s to find.
            let events = last.map_or(0, |(first, bytes)| {
                let events: Vec<instep_rules::Event> = postcard::from_bytes(&bytes).unwrap_or_default();
                first + (events.len() as u32).saturating_sub(1)
            });
            // A table that was deleted since its door was read.
            let bytes: Option<Vec<u8>> = people.query_row([id.0], |row| row.get(0)).optional()?;
            let Some(bytes) = bytes else { continue };
            let roster = self.roster(&bytes)?;
            lines.push(ListedTable { id, called: door.called, people: roster.count(), events, closed, day: door.day });
        }
        Ok(lines)
    }

    /// How many words that people typed are kept, of one table or of all. What people are called is not among them.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn words_kept(&self, table: Option<TableId>) -> Result<usize, DataTrouble> {
        let sql = "SELECT count(*) FROM words WHERE text IS NOT NULL AND (?1 IS NULL OR table_id = ?1)";
        Ok(self.connection().query_row(sql, [table.map(|t| t.0)], |row| row.get::<_, u32>(0))? as usize)
    }

    /// What opens a table's door.
    ///
    /// # Errors
    /// [`DataTrouble::NoSuchTable`], and others.
    pub fn door(&self, id: TableId) -> Result<crate::DoorRow, DataTrouble> {
        let doors = self.doors()?;
        doors
            .into_iter()
            .find(|(table, ..)| *table == id)
            .map(|found| found.2)
            .ok_or(DataTrouble::NoSuchTable { id: id.0 })
    }
}
