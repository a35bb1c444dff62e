//! Operators' commands. Those that only read do so beside the running server; those that act ask it, or hold the data
//! folder themselves where nobody does.

mod erase;
mod invite;
mod list;

use std::path::{Path, PathBuf};

use instep_server::{DataFolder, DataTrouble, Stored, TableId, back_up, backups};

use crate::config::Config;
use crate::out;
use crate::problem::{Problem, capital, count};

pub(crate) use erase::erase;
pub(crate) use invite::invite;
pub(crate) use list::tables;

/// The database, to be read beside whoever writes to it.
fn stored(config: &Config) -> Result<Stored, Problem> {
    Stored::open(&config.data).map_err(|trouble| reading(trouble, &config.data))
}

/// What trouble means where nothing is written.
fn reading(trouble: DataTrouble, folder: &Path) -> Problem {
    match trouble {
        DataTrouble::NotWritable { why, .. } => Problem::Machine(format!(
            "The tables in {} can't be read ({why}): ask as the user that the server runs as, or as root.",
            folder.display()
        )),
        DataTrouble::DiskFails { what } if what.contains("no such table") => {
            DataTrouble::Nothing { folder: folder.display().to_string() }.into()
        }
        trouble => trouble.into(),
    }
}

/// `instep-server export`: as `instep export` does.
pub(crate) fn export(config: &Config, table: i64, dir: &Path) -> Result<(), Problem> {
    let stored = stored(config)?;
    let table = stored.table(TableId(table)).map_err(|trouble| no_such_table(trouble, config))?;
    let record = table.record().map_err(|fault| {
        Problem::Wrong(format!(
            "Table {} is damaged and was not written out; `instep recover` copies what is whole into a new folder. {}",
            table.id.0,
            capital(&fault.what)
        ))
    })?;
    record.write(dir).map_err(|e| {
        Problem::Machine(format!("The record could not be written ({e}): name another folder, or make room."))
    })?;
    out::line(format_args!("The record of table {} is in {}.", table.id.0, dir.display()))
}

fn no_such_table(trouble: DataTrouble, config: &Config) -> Problem {
    match trouble {
        DataTrouble::NoSuchTable { id } => Problem::Wrong(format!(
            "There is no table {id} in {}: `instep-server tables` lists those that are there.",
            config.data.display()
        )),
        trouble => reading(trouble, &config.data),
    }
}

/// `instep-server verify`: every table, whatever is wrong with those before it.
pub(crate) fn verify(config: &Config) -> Result<(), Problem> {
    let stored = stored(config)?;
    let tables = stored.tables().map_err(|trouble| reading(trouble, &config.data))?;
    let (mut faults, mut checked) = (0, 0);
    for table in &tables {
        let (id, state) = (table.id.0, if table.closed { "closed" } else { "open" });
        let whole = match stored.table(table.id) {
            // Deleted since the list was read.
            Err(DataTrouble::NoSuchTable { .. }) => continue,
            Err(trouble) => Err(trouble.to_string()),
            Ok(table) => table.verify().map_err(|fault| fault.what),
        };
        checked += 1;
        match whole {
            Ok(verified) => out::line(format_args!("Table {id} ({state}): {verified}."))?,
            Err(fault) => {
                faults += 1;
                out::line(format_args!("Table {id} ({state}) is wrong. {}", capital(&fault)))?;
            }
        }
    }
    let checked = count(checked, "table");
    match faults {
        0 => out::line(format_args!("{checked} checked: all is as it should be.")),
        n => Err(Problem::Wrong(format!(
            "{n} of {checked} checked: not as it should be. Nothing was changed: stop the server, and `instep recover {}` copies what is whole into a new folder.",
            config.data.display()
        ))),
    }
}

/// `instep-server backup`.
pub(crate) fn backup(config: &Config, to: Option<&Path>) -> Result<(), Problem> {
    let name = || format!("instep-{}.sqlite3", jiff::Timestamp::now().strftime("%Y%m%d-%H%M%S"));
    let to: PathBuf = match to {
        None => backups(&config.data).join(name()),
        Some(dir) if dir.is_dir() => dir.join(name()),
        Some(file) => file.to_owned(),
    };
    if !DataFolder::database(&config.data).is_file() {
        return Err(DataTrouble::Nothing { folder: config.data.display().to_string() }.into());
    }
    if to.exists() {
        return Err(Problem::Call(format!(
            "{} is there already, so nothing was copied: name a new file, or a folder.",
            to.display()
        )));
    }
    back_up(&config.data, &to)?;
    out::line(format_args!(
        "The database is copied into {}. What is erased from now on is erased there too.",
        to.display()
    ))
}
