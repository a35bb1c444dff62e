//! The journal's one writer: many commands to a commit, and never a word before the commit.
//!
//! At once when idle, else gathered while the last commit runs, at most [`GROUP_MAX`] batches. After a failed
//! commit nothing is written any more: what the disk holds then is not known, and trying again could make a
//! gap. Every table stops, with what anyone saw on disk.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Instant;

use instep_protocol::PersonId;
use rusqlite::{Connection, params};

use crate::door::DoorRow;
use crate::metrics::CommitTimes;
use crate::stored::StoredTable;
use crate::words::KeptWord;
use crate::{DataTrouble, TableId};

/// Batches in one commit at most.
const GROUP_MAX: usize = 256;

/// The events of one accepted command, to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommandRow {
    /// The number of its first event.
    pub first: u32,
    /// The events, as postcard.
    pub events: Vec<u8>,
    /// The chain's hash after its last event.
    pub hash: [u8; 32],
    /// Whose request it was, its number, and the words kept with it; `None` for a pass.
    pub asked: Option<(PersonId, u32, Option<u32>)>,
}

/// What one request of one table wants kept, all of it or nothing.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The table.
    pub table: TableId,
    /// Its command's events.
    pub command: Option<CommandRow>,
    /// Words, new or changed.
    pub word: Option<KeptWord>,
    /// Who is at the table now, as postcard.
    pub people: Option<Vec<u8>>,
    /// Whether the game is closed with it.
    pub closes: bool,
    /// A new table, with what has happened there already, if anything has.
    pub new: Option<Box<StoredTable>>,
    /// What somebody is called.
    pub name: Option<(PersonId, String)>,
    /// The table's door.
    pub door: Option<DoorRow>,
    /// Delete the table with all that belongs to it; whatever else the batch says is left out.
    pub deletes: bool,
    /// Erase what was typed at the table, and what people are called.
    pub erases: bool,
}

impl Batch {
    /// An empty one.
    #[must_use]
    pub const fn of(table: TableId) -> Self {
        Self {
            table,
            command: None,
            word: None,
            people: None,
            closes: false,
            new: None,
            name: None,
            door: None,
            deletes: false,
            erases: false,
        }
    }
}

/// What became of a group of batches.
#[derive(Debug)]
pub enum Commits {
    /// They are on disk: whose they were, in order.
    Done(Vec<TableId>),
    /// They are not, and nothing will be any more.
    Failed(Vec<TableId>, DataTrouble),
}

/// The writer, on a thread of its own.
#[derive(Debug)]
pub struct Journal {
    jobs: Option<Sender<Box<Batch>>>,
    thread: Option<JoinHandle<()>>,
    times: Arc<CommitTimes>,
}

impl Journal {
    /// Starts the writer on a connection that is its own from now on. `done` is told of every commit, on the
    /// writer's thread; it answers whether anybody still listens.
    ///
    /// # Errors
    /// Where the system has no thread to give.
    pub fn start(
        connection: Connection,
        mut done: impl FnMut(Commits) -> bool + Send + 'static,
    ) -> Result<Self, DataTrouble> {
        let (jobs, queue) = channel();
        let times = Arc::new(CommitTimes::default());
        let thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn({
                let times = Arc::clone(&times);
                move || write(connection, &queue, &mut done, &times)
            })
            .map_err(|e| DataTrouble::Machine { what: e.to_string() })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), times })
    }

    /// How long its commits took.
    #[must_use]
    pub fn times(&self) -> Arc<CommitTimes> {
        Arc::clone(&self.times)
    }

    /// Hands over a batch.
    pub fn keep(&self, batch: Box<Batch>) {
        // A writer that is gone has said so through `commits` before.
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(batch);
        }
    }
}

impl Drop for Journal {
    /// What was handed over is still written.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn write(
    mut connection: Connection,
    queue: &Receiver<Box<Batch>>,
    done: &mut dyn FnMut(Commits) -> bool,
    times: &CommitTimes,
) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while let Ok(first) = queue.recv() {
        group.push(first);
        while group.len() < GROUP_MAX {
            match queue.try_recv() {
                Ok(batch) => group.push(batch),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let tables = group.iter().map(|b| b.table).collect();
        let begun = Instant::now();
        match commit(&mut connection, &group) {
            Ok(()) => {
                times.took(begun.elapsed());
                if group.iter().any(|batch| batch.deletes || batch.erases) {
                    // All of it is kept: where there is no room to write it anew, nothing has to stop.
                    times.swept(sweep(&connection).is_ok());
                }
                if !done(Commits::Done(tables)) {
                    return;
                }
            }
            Err(error) => {
                done(Commits::Failed(tables, DataTrouble::of_sqlite(&error)));
                // Whoever asks from now on is told the same, and nothing is written.
                while let Ok(batch) = queue.recv() {
                    done(Commits::Failed(vec![batch.table], DataTrouble::of_sqlite(&error)));
                }
                return;
            }
        }
        group.clear();
    }
}

fn commit(connection: &mut Connection, group: &[Box<Batch>]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for batch in group {
        let table = batch.table.0;
        if batch.deletes {
            delete(&transaction, batch.table)?;
            continue;
        }
        if batch.erases {
            erase(&transaction, Some(batch.table))?;
        }
        if let Some(new) = &batch.new {
            insert_table(&transaction, new)?;
            insert_history(&transaction, batch.table, new)?;
        }
        if let Some(row) = &batch.command {
            insert_command(&transaction, batch.table, row)?;
        }
        if let Some(word) = &batch.word {
            insert_word(&transaction, batch.table, word)?;
        }
        if let Some(people) = &batch.people {
            transaction
                .prepare_cached("UPDATE tables SET people = ?2 WHERE id = ?1")?
                .execute(params![table, people])?;
        }
        if let Some((person, name)) = &batch.name {
            insert_name(&transaction, batch.table, person.0, name)?;
        }
        if let Some(door) = &batch.door {
            transaction
                .prepare_cached(
                    "UPDATE tables SET secret = ?2, code = ?3, public = ?4, day = ?5, warnings = ?6 WHERE id = ?1",
                )?
                .execute(params![table, door.secret, door.code, door.public, door.day, door.warnings])?;
            insert_name(&transaction, batch.table, 0, &door.called)?;
        }
        if batch.closes {
            transaction.prepare_cached("UPDATE tables SET closed = 1 WHERE id = ?1")?.execute([table])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Writes the database anew, and empties its log. What was erased has left its bytes in both: SQLite overwrites what it
/// deletes (`secure_delete`), and not what it left where it was when it moved it to another page. Meanwhile the tables
/// wait, a second or two for every 100 MB.
fn sweep(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
}

/// Erases what was typed at one table, or at all; how many words those were.
pub(crate) fn erase(connection: &Connection, table: Option<TableId>) -> rusqlite::Result<usize> {
    let table = table.map(|t| t.0);
    connection.execute("DELETE FROM names WHERE ?1 IS NULL OR table_id = ?1", [table])?;
    connection.execute("UPDATE words SET text = NULL WHERE text IS NOT NULL AND (?1 IS NULL OR table_id = ?1)", [table])
}

/// Makes a table's row, and its header's if it is the first of its kind. A table without a number gets the next one.
pub(crate) fn insert_table(connection: &Connection, table: &StoredTable) -> rusqlite::Result<TableId> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO headers VALUES (?1, ?2)")?
        .execute(params![table.header_hash, table.header])?;
    let (id, door) = (Some(table.id.0).filter(|id| *id != 0), &table.door);
    connection
        .prepare_cached(
            "INSERT INTO tables (id, header, about, seed, salt, people, secret, code, public, day, warnings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            id,
            table.header_hash,
            postcard::to_stdvec(&table.about).unwrap_or_default(),
            table.seed.0,
            table.salt.0,
            table.people.to_bytes(),
            Some(door.secret).filter(|_| door.has_key()),
            door.code,
            door.public,
            door.day,
            door.warnings
        ])?;
    let id = TableId(connection.last_insert_rowid());
    for (person, name) in &table.names {
        insert_name(connection, id, person.0, name)?;
    }
    insert_name(connection, id, 0, &door.called)?;
    Ok(id)
}

/// Keeps what happened at a table, and what was typed there.
pub(crate) fn insert_history(connection: &Connection, id: TableId, table: &StoredTable) -> rusqlite::Result<()> {
    let mut closed = false;
    for command in &table.commands {
        let events = command.events.as_deref().unwrap_or_default();
        closed |= events.contains(&instep_rules::Event::GameClosed);
        let row = CommandRow {
            first: command.first,
            events: postcard::to_stdvec(events).unwrap_or_default(),
            hash: command.hash,
            asked: command.asked,
        };
        insert_command(connection, id, &row)?;
    }
    for word in &table.words {
        insert_word(connection, id, word)?;
    }
    if closed {
        connection.execute("UPDATE tables SET closed = 1 WHERE id = ?1", [id.0])?;
    }
    Ok(())
}

fn insert_command(connection: &Connection, table: TableId, row: &CommandRow) -> rusqlite::Result<()> {
    let (person, number, word) = match row.asked {
        Some((person, number, word)) => (Some(person.0), Some(number), word),
        None => (None, None, None),
    };
    connection
        .prepare_cached("INSERT INTO commands VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![table.0, row.first, row.events, row.hash, person, number, word])
        .map(|_| ())
}

/// Keeps what somebody is called, or, for person 0, the table; nothing is kept of a name without letters.
fn insert_name(connection: &Connection, table: TableId, person: u32, name: &str) -> rusqlite::Result<()> {
    if name.is_empty() {
        connection
            .prepare_cached("DELETE FROM names WHERE table_id = ?1 AND person = ?2")?
            .execute(params![table.0, person])?;
    } else {
        connection
            .prepare_cached("INSERT OR REPLACE INTO names VALUES (?1, ?2, ?3)")?
            .execute(params![table.0, person, name])?;
    }
    Ok(())
}

fn delete(connection: &Connection, table: TableId) -> rusqlite::Result<()> {
    for from in ["commands WHERE table_id", "words WHERE table_id", "names WHERE table_id", "tables WHERE id"] {
        connection.prepare_cached(&format!("DELETE FROM {from} = ?1"))?.execute([table.0])?;
    }
    connection
        .prepare_cached("DELETE FROM headers WHERE hash NOT IN (SELECT header FROM tables)")?
        .execute([])
        .map(|_| ())
}

/// Keeps words, in place of what was kept under their number.
pub(crate) fn insert_word(connection: &Connection, table: TableId, word: &KeptWord) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO words VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?
        .execute(params![
            table.0,
            word.id,
            word.kind as u8,
            word.seat.map(|s| s as u8),
            word.card.map(|c| c.0),
            word.audience as u8,
            word.hidden,
            word.nonce,
            word.text,
            word.by.map(|p| p.0),
            word.reported
        ])?;
    Ok(())
}
