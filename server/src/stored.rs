//! Reading back what the journal kept.

use std::path::Path;

use instep_protocol::{Audience, PersonId, TableSetup, WordKind};
use instep_rules::{CardId, Event, Perspective, Salt, Seed};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::door::DoorRow;
use crate::roster::Roster;
use crate::words::KeptWord;
use crate::{DataFolder, DataTrouble, schema};

/// A table's number in its data folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TableId(pub i64);

/// One line about a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableSummary {
    /// Its number.
    pub id: TableId,
    /// Whether its game is closed.
    pub closed: bool,
    /// What it was set up with.
    pub about: TableSetup,
}

/// One command as it is stored.
#[derive(Clone, Debug)]
pub struct StoredCommand {
    /// The number of its first event.
    pub first: u32,
    /// Its events; `None` where the bytes are no events.
    pub events: Option<Vec<Event>>,
    /// The chain's hash after it.
    pub hash: [u8; 32],
    /// Whose request it was.
    pub asked: Option<(PersonId, u32, Option<u32>)>,
}

/// A table as it is stored.
#[derive(Clone, Debug)]
pub struct StoredTable {
    /// Its number.
    pub id: TableId,
    /// SHA-256 of the header's text, with which the chain begins.
    pub header_hash: [u8; 32],
    /// The record's `pack` object, as text.
    pub header: String,
    /// What it was set up with.
    pub about: TableSetup,
    /// The seed.
    pub seed: Seed,
    /// The salt.
    pub salt: Salt,
    /// Whether its game is closed.
    pub closed: bool,
    /// Its commands, in order.
    pub commands: Vec<StoredCommand>,
    /// What was typed, by number.
    pub words: Vec<KeptWord>,
    /// What people are called.
    pub names: Vec<(PersonId, String)>,
    /// The table's door.
    pub door: DoorRow,
    pub(crate) people: Roster,
}

impl StoredTable {
    /// Puts in who is at the table, in the bytes of [`Batch::people`](crate::Batch): for disks that are no database.
    ///
    /// # Errors
    /// [`DataTrouble::Damaged`].
    pub fn sit(&mut self, people: &[u8]) -> Result<(), DataTrouble> {
        self.people = plain(people, "who sits where")?;
        Ok(())
    }
}

/// A database, open to be read.
#[derive(Debug)]
pub struct Stored {
    connection: Connection,
    /// The database's format, which may be an older one where it is only read.
    format: i64,
}

impl Stored {
    /// Opens the database of a data folder without writing to it.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn open(folder: &Path) -> Result<Self, DataTrouble> {
        let (connection, format) = DataFolder::read_only(folder)?;
        Ok(Self { connection, format })
    }

    pub(crate) fn on(connection: Connection) -> Self {
        Self { connection, format: schema::VERSION }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// All tables, oldest first.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn tables(&self) -> Result<Vec<TableSummary>, DataTrouble> {
        let mut statement = self.connection.prepare("SELECT id, closed, about FROM tables ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)))?;
        rows.map(|row| {
            let (id, closed, about) = row?;
            Ok(TableSummary { id: TableId(id), closed, about: plain(&about, "a table's set-up")? })
        })
        .collect()
    }

    pub(crate) fn table_ids(&self) -> Result<Vec<TableId>, DataTrouble> {
        let mut statement = self.connection.prepare("SELECT id FROM tables ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0).map(TableId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One table, whole.
    ///
    /// # Errors
    /// [`DataTrouble`]; commands whose bytes are damaged are no error here: checking them is `verify`'s work.
    pub fn table(&self, id: TableId) -> Result<StoredTable, DataTrouble> {
        let found = self
            .connection
            .query_row(
                "SELECT text, about, seed, salt, people, closed, headers.hash, secret, code, public, day, warnings
                 FROM tables JOIN headers ON headers.hash = header WHERE id = ?1",
                [id.0],
                |row| {
                    let blobs: (Vec<u8>, [u8; 32], [u8; 32], Vec<u8>) =
                        (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                    let door = DoorRow {
                        secret: row.get::<_, Option<[u8; 10]>>(7)?.unwrap_or_default(),
                        code: row.get(8)?,
                        public: row.get(9)?,
                        called: String::new(),
                        day: row.get(10)?,
                        warnings: row.get(11)?,
                    };
                    Ok((row.get::<_, String>(0)?, blobs, row.get::<_, bool>(5)?, row.get::<_, [u8; 32]>(6)?, door))
                },
            )
            .optional()?;
        let Some((header, (about, seed, salt, people), closed, header_hash, mut door)) = found else {
            return Err(DataTrouble::NoSuchTable { id: id.0 });
        };
        let mut names = self.names(id)?;
        if let Some(at) = names.iter().position(|(person, _)| person.0 == 0) {
            door.called = names.remove(at).1;
        }
        Ok(StoredTable {
            id,
            names,
            door,
            header_hash,
            header,
            about: plain(&about, "a table's set-up")?,
            seed: Seed(seed),
            salt: Salt(salt),
            closed,
            commands: self.commands(id)?,
            words: self.words(id)?,
            people: self.roster(&people)?,
        })
    }

    pub(crate) fn roster(&self, bytes: &[u8]) -> Result<Roster, DataTrouble> {
        Roster::read(bytes, self.format)
            .ok_or_else(|| DataTrouble::Damaged { what: "who sits where can't be read".into() })
    }

    /// The greatest number that a table here ever had, 0 for none.
    pub(crate) fn last_table(&self) -> Result<i64, DataTrouble> {
        let last = "SELECT coalesce(max(id), 0) FROM tables";
        let ever = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'tables'";
        let number = |sql| self.connection.query_row(sql, [], |row| row.get(0));
        // The formats before the third counted no numbers.
        let ever: i64 = if self.format < 3 { 0 } else { number(ever)? };
        Ok(ever.max(number(last)?))
    }

    fn commands(&self, id: TableId) -> Result<Vec<StoredCommand>, DataTrouble> {
        let mut statement = self.connection.prepare(
            "SELECT first, events, hash, person, number, word FROM commands WHERE table_id = ?1 ORDER BY first",
        )?;
        let rows = statement.query_map([id.0], |row| {
            let asked = match (row.get::<_, Option<u32>>(3)?, row.get::<_, Option<u32>>(4)?) {
                (Some(person), Some(number)) => Some((PersonId(person), number, row.get(5)?)),
                _ => None,
            };
            let events = row.get_ref(1)?.as_blob().ok().and_then(|bytes| postcard::from_bytes(bytes).ok());
            let hash = row.get::<_, Vec<u8>>(2)?.try_into().unwrap_or([0; 32]);
            Ok(StoredCommand { first: row.get(0)?, events, hash, asked })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn names(&self, id: TableId) -> Result<Vec<(PersonId, String)>, DataTrouble> {
        let mut statement = self.connection.prepare_cached("SELECT person, name FROM names WHERE table_id = ?1")?;
        let rows = statement.query_map([id.0], |row| Ok((PersonId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What opens the tables that are not closed, what they are called, and when something last happened.
    pub(crate) fn doors(&self) -> Result<Vec<(TableId, bool, DoorRow)>, DataTrouble> {
        let mut statement = self.connection.prepare(
            "SELECT id, closed, secret, code, public, coalesce(name, ''), day, warnings
             FROM tables LEFT JOIN names ON names.table_id = id AND person = 0 ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            let door = DoorRow {
                secret: row.get::<_, Option<[u8; 10]>>(2)?.unwrap_or_default(),
                code: row.get(3)?,
                public: row.get(4)?,
                called: row.get(5)?,
                day: row.get(6)?,
                warnings: row.get(7)?,
            };
            Ok((TableId(row.get(0)?), row.get(1)?, door))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn words(&self, id: TableId) -> Result<Vec<KeptWord>, DataTrouble> {
        let mut statement = self.connection.prepare(
            "SELECT id, kind, seat, card, audience, hidden, nonce, text, person, reported FROM words WHERE table_id = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([id.0], word)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(crate) fn plain<T: serde::de::DeserializeOwned>(bytes: &[u8], what: &str) -> Result<T, DataTrouble> {
    postcard::from_bytes(bytes).map_err(|_| DataTrouble::Damaged { what: format!("{what} can't be read") })
}

fn word(row: &Row<'_>) -> rusqlite::Result<KeptWord> {
    let kind = match row.get::<_, u8>(1)? {
        0 => WordKind::Step,
        1 => WordKind::Note,
        3 => WordKind::TeamName,
        4 => WordKind::Chat,
        _ => WordKind::Reason,
    };
    let audience = if row.get::<_, u8>(4)? == 0 { Audience::Everyone } else { Audience::Facilitators };
    Ok(KeptWord {
        id: row.get(0)?,
        kind,
        seat: row.get::<_, Option<u8>>(2)?.map(|s| Perspective::from_index(s as usize)),
        card: row.get::<_, Option<u16>>(3)?.map(CardId),
        audience,
        hidden: row.get(5)?,
        nonce: row.get::<_, Vec<u8>>(6)?.try_into().unwrap_or([0; 16]),
        text: row.get(7)?,
        by: row.get::<_, Option<u32>>(8)?.map(PersonId),
        reported: row.get(9)?,
    })
}
