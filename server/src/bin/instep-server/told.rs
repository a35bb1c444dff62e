//! What happens at the lobby is told here: to the log, and to whoever waits for turns. The lobby waits for none of it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use instep_server::{DELETED, Happened, TableId};
use tracing::{debug, error, info, warn};

use crate::hook::Hook;
use crate::problem::Problem;

/// What the lobby's task is given to tell things to; they are told in a thread of their own.
pub(crate) fn teller(data: PathBuf, hook: Option<Hook>) -> Result<impl FnMut(Happened) + Send + 'static, Problem> {
    let (tell, told) = channel();
    std::thread::Builder::new().name("told".into()).spawn(move || listen(&told, &data, hook)).map_err(|e| {
        Problem::Machine(format!("This computer has no thread to give ({e}): close other programs and start again."))
    })?;
    Ok(move |happened| {
        // It goes only with the program.
        let _ = tell.send(happened);
    })
}

fn listen(told: &Receiver<Happened>, data: &std::path::Path, hook: Option<Hook>) {
    for happened in told {
        match happened {
            Happened::Turn { table: TableId(table), seat } => {
                debug!(table, seat = seat + 1, "a turn has come to another seat");
                if let Some(hook) = &hook {
                    hook.turn(table, seat + 1);
                }
            }
            Happened::Due { table: TableId(table), days } => {
                warn!(table, days, "the table will be deleted in so many days if nothing happens there");
            }
            Happened::Act { table, person, what } => {
                match person {
                    Some(person) => info!(table = table.0, person, act = what, "an act"),
                    None => info!(table = table.0, act = what, "an act of the server"),
                }
                if what == DELETED {
                    deleted(data, table);
                }
            }
            Happened::Trouble(trouble) => error!(%trouble, "nothing is kept any more"),
        }
    }
}

/// What was promised to be gone is not to lie in a backup.
fn deleted(data: &std::path::Path, table: TableId) {
    match instep_server::erase_from_backups(data, Some(table)) {
        Ok(erased) if erased.missing.is_empty() && erased.failed.is_empty() => {
            info!(table = table.0, backups = erased.done, "what was typed there is erased from backups too");
        }
        Ok(erased) => warn!(
            table = table.0,
            backups = erased.done,
            missing = erased.missing.len(),
            failed = erased.failed.len(),
            "what was typed there could not be erased from every backup: `instep-server erase --all` names them"
        ),
        Err(trouble) => error!(%trouble, "what was typed there could not be erased from backups"),
    }
}
