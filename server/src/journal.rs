//! The journal's one writer: many commands to a commit, and never a word before the commit.
//!
//! At once when idle, else gathered while the last commit runs, at most [`GROUP_MAX`] batches. After a failed
//! commit nothing is written any more: what the disk holds then is not known, and trying again could make a
//! gap. Every table stops, with what anyone saw on disk.

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

use instep_protocol::PersonId;
use rusqlite::{Connection, params};

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
#[derive(Clone, PartialEq, Eq, Debug)]
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
}

impl Batch {
    /// An empty one.
    #[must_use]
    pub const fn of(table: TableId) -> Self {
        Self { table, command: None, word: None, people: None, closes: false }
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
    commits: Receiver<Commits>,
    thread: Option<JoinHandle<()>>,
}

impl Journal {
    /// Starts the writer on a connection that is its own from now on.
    ///
    /// # Errors
    /// Where the system has no thread to give.
    pub fn start(connection: Connection) -> Result<Self, DataTrouble> {
        let (jobs, queue) = channel();
        let (done, commits) = channel();
        let thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || write(connection, &queue, &done))
            .map_err(|e| DataTrouble::Machine { what: e.to_string() })?;
        Ok(Self { jobs: Some(jobs), commits, thread: Some(thread) })
    }

    /// Hands over a batch.
    pub fn keep(&self, batch: Box<Batch>) {
        // A writer that is gone has said so through `commits` before.
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(batch);
        }
    }

    /// Waits for the next commit.
    #[must_use]
    pub fn wait(&self) -> Option<Commits> {
        self.commits.recv().ok()
    }

    /// The next commit, if there is one already.
    #[must_use]
    pub fn poll(&self) -> Option<Commits> {
        self.commits.try_recv().ok()
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

fn write(mut connection: Connection, queue: &Receiver<Box<Batch>>, done: &Sender<Commits>) {
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
        match commit(&mut connection, &group) {
            Ok(()) => {
                if done.send(Commits::Done(tables)).is_err() {
                    return;
                }
            }
            Err(error) => {
                let _ = done.send(Commits::Failed(tables, DataTrouble::of_sqlite(&error)));
                // Whoever asks from now on is told the same, and nothing is written.
                while let Ok(batch) = queue.recv() {
                    let _ = done.send(Commits::Failed(vec![batch.table], DataTrouble::of_sqlite(&error)));
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
        if let Some(row) = &batch.command {
            let (person, number, word) = match row.asked {
                Some((person, number, word)) => (Some(person.0), Some(number), word),
                None => (None, None, None),
            };
            transaction
                .prepare_cached("INSERT INTO commands VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![table, row.first, row.events, row.hash, person, number, word])?;
        }
        if let Some(word) = &batch.word {
            insert_word(&transaction, batch.table, word)?;
        }
        if let Some(people) = &batch.people {
            transaction
                .prepare_cached("UPDATE tables SET people = ?2 WHERE id = ?1")?
                .execute(params![table, people])?;
        }
        if batch.closes {
            transaction.prepare_cached("UPDATE tables SET closed = 1 WHERE id = ?1")?.execute([table])?;
        }
    }
    transaction.commit()
}

/// Keeps words, in place of what was kept under their number.
pub(crate) fn insert_word(connection: &Connection, table: TableId, word: &KeptWord) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT OR REPLACE INTO words VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(
        params![
            table.0,
            word.id,
            word.kind as u8,
            word.seat.map(|s| s as u8),
            word.card.map(|c| c.0),
            word.audience as u8,
            word.hidden,
            word.nonce,
            word.text
        ],
    )?;
    Ok(())
}
