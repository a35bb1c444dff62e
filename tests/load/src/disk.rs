//! What the disk alone can do: one durable commit, and the journal without a network.

use std::path::Path;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use instep_protocol::PersonId;
use instep_server::{Batch, CommandRow, Commits, DataFolder, Database, Disk, Hall, TableId};
use rusqlite::{Connection, params};

use crate::fault::Fault;

/// Bytes of a row's events, as an average command has them, and of its chain's hash.
const EVENTS: [u8; 12] = [7; 12];
const HASH: [u8; 32] = [9; 32];

/// Microseconds that a commit of one row takes: the journal's schema and settings, one row a commit, at most so often.
pub(crate) fn commits(folder: &Path, every: Duration, time: Duration, into: &mut Histogram<u64>) -> Result<(), Fault> {
    // The hall makes the schema.
    drop(Hall::open(DataFolder::hold(folder)?)?);
    let mut connection = Connection::open(DataFolder::database(folder)).map_err(Fault::machine)?;
    // The log's mode is kept in the database.
    connection.pragma_update(None, "synchronous", "FULL").map_err(Fault::machine)?;
    connection.pragma_update(None, "secure_delete", "ON").map_err(Fault::machine)?;
    let last: i64 = connection
        .query_row("SELECT coalesce(max(first), 0) FROM commands", [], |row| row.get(0))
        .map_err(Fault::machine)?;
    let start = Instant::now();
    let mut first = last;
    let mut due = start;
    while start.elapsed() < time {
        first += 1;
        let begun = Instant::now();
        one(&mut connection, first).map_err(Fault::machine)?;
        into.saturating_record(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX).max(1));
        due += every;
        if let Some(left) = due.checked_duration_since(Instant::now()) {
            std::thread::sleep(left);
        }
    }
    Ok(())
}

fn one(connection: &mut Connection, first: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.prepare_cached("INSERT INTO commands VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        first % 100 + 1,
        first,
        EVENTS,
        HASH,
        1,
        first,
        None::<u32>
    ])?;
    transaction.commit()
}

/// Rows a second that the journal alone commits, with one in flight for each of so many tables.
pub(crate) fn journal(folder: &Path, tables: usize, time: Duration) -> Result<f64, Fault> {
    let mut database = Database::open(DataFolder::hold(folder)?)?;
    let mut next: Vec<u32> = vec![1; tables];
    let batch = |n: usize, first: u32| {
        let asked = Some((PersonId(1), first, None));
        let command = CommandRow { first, events: EVENTS.to_vec(), hash: HASH, asked };
        Box::new(Batch { command: Some(command), ..Batch::of(TableId(n as i64 + 1)) })
    };
    for (n, first) in next.iter().enumerate() {
        database.keep(batch(n, *first));
    }
    let start = Instant::now();
    let mut rows = 0_u64;
    while start.elapsed() < time {
        match database.commits(true) {
            Some(Commits::Done(ids)) => {
                rows += ids.len() as u64;
                for id in ids {
                    let n = id.0 as usize - 1;
                    next[n] += 3;
                    database.keep(batch(n, next[n]));
                }
            }
            Some(Commits::Failed(_, trouble)) => return Err(trouble.into()),
            None => return Err(Fault::machine("the journal ended")),
        }
    }
    Ok(rows as f64 / start.elapsed().as_secs_f64())
}
