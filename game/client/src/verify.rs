//! `instep verify`: is what was kept what was played?

use std::path::Path;

use instep_record::{EVENTS_FILE, Record};
use instep_server::{DataFolder, Stored};

use crate::problem::Problem;

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
    let record = Record::read(path).map_err(|e| Problem::Wrong(e.to_string()))?;
    let verified = record.verify().map_err(|fault| Problem::Wrong(fault.to_string()))?;
    println!("{verified}.");
    println!("{}", verified.state.text());
    Ok(())
}

fn verify_tables(folder: &Path) -> Result<(), Problem> {
    let stored = Stored::open(folder)?;
    let tables = stored.tables()?;
    let mut faults = 0;
    for table in &tables {
        let checked = stored.table(table.id)?.verify();
        let state = if table.closed { "closed" } else { "open" };
        match checked {
            Ok(verified) => {
                let secret =
                    if table.closed { "" } else { " (its seed is not published yet: this folder's own was used)" };
                println!("Table {} ({state}): {verified}{secret}.", table.id.0);
            }
            Err(fault) => {
                faults += 1;
                let at = fault.seq.map_or_else(String::new, |seq| format!(" at event {seq}"));
                println!("Table {} ({state}): wrong{at}: {}", table.id.0, fault.what);
            }
        }
    }
    match faults {
        0 => {
            println!("{} tables checked: all is as it should be.", tables.len());
            Ok(())
        }
        n => Err(Problem::Wrong(format!(
            "{n} of {} tables are not what they should be; nothing was changed: `instep recover` copies what is whole into a new folder.",
            tables.len()
        ))),
    }
}
