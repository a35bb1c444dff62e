//! `instep-server erase`.

use std::io::{BufRead, IsTerminal, Write};

use instep_server::{BackupsErased, DataFolder, TableId, erase_from_backups, erase_words};

use super::{no_such_table, stored};
use crate::config::Config;
use crate::control::{Answer, Order, ask};
use crate::out;
use crate::problem::{Problem, count};

/// Erases what was typed at one table, or at all.
pub(crate) fn erase(config: &Config, table: Option<i64>, yes: bool) -> Result<(), Problem> {
    let id = table.map(TableId);
    let stored = stored(config)?;
    if let Some(id) = id {
        stored.door(id).map_err(|trouble| no_such_table(trouble, config))?;
    }
    drop(stored);
    if !yes {
        confirm(table)?;
    }
    let words = match ask(&config.data, &Order::Erase(table))? {
        Some(Answer::Erased(words)) => words,
        Some(_) => {
            return Err(Problem::Wrong("The server that runs is of another version: start it again first.".into()));
        }
        None => here(config, id)?,
    };
    told(table, words, &erase_from_backups(&config.data, id)?)
}

/// Where no server runs.
fn here(config: &Config, table: Option<TableId>) -> Result<usize, Problem> {
    let folder = DataFolder::hold(&config.data)?;
    Ok(erase_words(&folder, table)?)
}

fn confirm(table: Option<i64>) -> Result<(), Problem> {
    if !std::io::stdin().is_terminal() {
        return Err(Problem::Call("Nobody is at the keyboard to be asked, so nothing was erased: say --yes.".into()));
    }
    let what = table.map_or_else(|| "all tables".to_owned(), |table| format!("table {table}"));
    let mut err = std::io::stderr();
    let _ = write!(err, "Erase for good what people typed at {what}: notes, steps, chat, names? Type yes: ");
    let _ = err.flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    match answer.trim().to_lowercase().as_str() {
        "yes" | "y" => Ok(()),
        _ => Err(Problem::Call("Nothing was erased.".into())),
    }
}

fn told(table: Option<i64>, words: usize, erased: &BackupsErased) -> Result<(), Problem> {
    let what = table.map_or_else(|| "all tables".to_owned(), |table| format!("table {table}"));
    let backups = match erased.done {
        0 => String::new(),
        n => format!(", and from {}", count(n, "backup")),
    };
    out::line(format_args!(
        "What was typed at {what} is erased ({}, and all names){backups}. What happened in the game stays, and can still be verified.",
        count(words, "text")
    ))?;
    let missing = erased.missing.iter().map(|path| format!("{} is not there any more", path.display()));
    let failed = erased.failed.iter().map(|(path, why)| format!("{} could not be changed ({why})", path.display()));
    let left: Vec<String> = missing.chain(failed).collect();
    match left.is_empty() {
        true => Ok(()),
        false => Err(Problem::Wrong(format!(
            "Not every backup is erased: {}. Delete those files, wherever they are now; then {} can be emptied of their names.",
            left.join("; "),
            "backups/elsewhere.txt in the data folder"
        ))),
    }
}
