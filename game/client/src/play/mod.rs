//! `instep play`: one table in this process, through the very frames that a network carries.

mod bots;
mod host;
mod join;
mod lookup;
pub(crate) mod new;
pub(crate) mod opened;
mod pinned;
mod refused;
mod script;
mod session;
pub(crate) mod setup;
mod terminal;
mod words;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::{PlayCall, out};
pub(crate) use host::host;
pub(crate) use join::join;
use session::Session;

/// The data folder: as named, else `INSTEP_DATA`, else the platform's.
pub(crate) fn data_folder(named: Option<&Path>) -> Result<PathBuf, Problem> {
    instep_content::data_folder(named)
        .ok_or_else(|| Problem::Machine("This computer names no folder for saved games: name one with --data.".into()))
}

/// Plays.
pub(crate) fn play(call: &PlayCall) -> Result<(), Problem> {
    let script = call.script.as_deref().map(script::read).transpose()?;
    let at_terminal = std::io::stdin().is_terminal();
    let mut session = Session::connect(setup::open(call)?)?;
    let played = match script {
        Some(script) => script::play(&mut session, &script),
        None if at_terminal => terminal::play(&mut session),
        None => bots::play(&mut session),
    };
    // Whatever ended it: what was played is worth its record.
    let written = call.record.as_deref().map_or(Ok(()), |dir| write_record(&session, dir));
    match (played, written) {
        (Err(Problem::Unheard), Err(written)) => Err(written),
        // Both are told: the second is not the first's fault.
        (Err(played), Err(written)) => Err(played.and(&written.to_string())),
        (played, written) => played.and(written),
    }
}

fn write_record(session: &Session, dir: &Path) -> Result<(), Problem> {
    session.record(dir)?;
    out::line(format_args!("The record is in {}.", dir.display()))
}
