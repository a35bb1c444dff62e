//! `instep verify`: is what was kept what was played?

use std::io::ErrorKind;
use std::path::Path;

use instep_record::{EVENTS_FILE, ReadError, Record, Verified};
use instep_server::DataFolder;
use instep_words::capital;

use crate::problem::Problem;
use crate::{kept, out};

/// Checks a record folder, its `events.json`, or every table of a data folder.
pub(crate) fn verify(path: &Path) -> Result<(), Problem> {
    if DataFolder::database(path).is_file() {
        return verify_tables(path);
    }
    if !path.is_file() && !path.join(EVENTS_FILE).is_file() {
        return Err(Problem::Wrong(format!(
            "{} holds neither a record ({EVENTS_FILE}) nor saved games: check the folder's name.",
            path.display()
        )));
    }
    let (_, verified) = read(path)?;
    out::line(format_args!("{verified}."))?;
    out::line(verified.state.text())
}

/// Reads a record, and checks it.
pub(crate) fn read(path: &Path) -> Result<(Record, Verified), Problem> {
    let name = path.display();
    let record = Record::read(path).map_err(|error| match error {
        ReadError::Io { path, error } if error.kind() == ErrorKind::NotFound => {
            Problem::Wrong(format!("{} is not there: check the name of the record.", path.display()))
        }
        ReadError::Io { path, error } => {
            Problem::Machine(format!("{} can't be read ({error}): check whether you may read it.", path.display()))
        }
        ReadError::NewerFormat { .. } => Problem::Wrong(format!("{name} is a newer Instep's record: {error}.")),
        ReadError::Fault(fault) => tampered(path, &fault.to_string()),
        error => Problem::Wrong(format!("{name} is no record of Instep: {error}. Check the name.")),
    })?;
    let verified = record.verify().map_err(|fault| tampered(path, &fault.to_string()))?;
    Ok((record, verified))
}

fn tampered(path: &Path, fault: &str) -> Problem {
    Problem::Wrong(format!("{} is not as Instep wrote it. {}", path.display(), capital(fault)))
}

fn verify_tables(folder: &Path) -> Result<(), Problem> {
    let (stored, tables) = kept::open(folder)?;
    let mut faults = 0;
    for table in &tables {
        let id = table.id.0;
        let state = if table.closed { "closed" } else { "open" };
        let checked = stored.table(table.id).map_err(|trouble| kept::reading(trouble).to_string());
        match checked.and_then(|table| table.verify().map_err(|fault| fault.what)) {
            Ok(verified) => {
                let secret =
                    if table.closed { "" } else { " (its seed is not published yet: this folder's own was used)" };
                out::line(format_args!("Table {id} ({state}): {verified}{secret}."))?;
            }
            Err(fault) => {
                faults += 1;
                out::line(format_args!("Table {id} ({state}) is wrong. {}", capital(&fault)))?;
            }
        }
    }
    let count = match tables.len() {
        1 => "1 table".to_owned(),
        n => format!("{n} tables"),
    };
    match faults {
        0 => out::line(format_args!("{count} checked: all is as it should be.")),
        n => Err(Problem::Wrong(format!(
            "{n} of {count} checked: not as it should be. Nothing was changed: `instep recover {}` copies what is whole into a new folder.",
            folder.display()
        ))),
    }
}
