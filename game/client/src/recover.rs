//! `instep recover`: what is whole of a damaged data folder, copied into a new one.

use std::path::{Path, PathBuf};

use instep_server::DataTrouble;

use crate::problem::Problem;
use crate::{kept, out};

/// Copies; the damaged folder is only read.
pub(crate) fn recover(from: Option<&Path>, to: Option<&Path>) -> Result<(), Problem> {
    let from = match from {
        Some(from) => from.to_owned(),
        None => crate::play::data_folder(None)?,
    };
    let to = match to {
        Some(to) => to.to_owned(),
        None => beside(&from),
    };
    if to.exists() && to.read_dir().map_or(true, |mut entries| entries.next().is_some()) {
        return Err(Problem::Call(format!(
            "{} is there already and not empty, so nothing was copied: name a new folder with --to.",
            to.display()
        )));
    }
    // Whoever holds the folder may be writing to it.
    let _hold = instep_server::DataFolder::hold_to_read(&from)?;
    match kept::open(&from) {
        Err(Problem::Wrong(why)) if !why.contains("is empty") => {} // damaged: what there is to do here
        Err(problem) => return Err(problem),
        Ok(_) => {}
    }
    let saved = instep_server::recover(&from, &to).map_err(|trouble| match kept::reading(trouble) {
        DataTrouble::Damaged { what } => Problem::Wrong(format!(
            "Nothing in {} can be read any more ({what}), so nothing was copied: take the folder from a backup, or begin in another one with --data.",
            from.display()
        )),
        trouble => trouble.into(),
    })?;
    let mut lost = 0;
    for table in &saved {
        match table {
            Ok(table) => {
                let end = match &table.fault {
                    None => "whole".to_owned(),
                    Some(fault) => format!("up to the last good event; after it: {fault}"),
                };
                let of = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
                let (events, notes) = (of(table.events as usize, "event"), of(table.words, "note"));
                out::line(format_args!("Table {}: {events} and {notes} saved, {end}", table.from.0))?;
            }
            Err((id, trouble)) => {
                lost += 1;
                out::line(format_args!("Table {}: nothing could be saved: {}", id.0, kept::reading(trouble.clone())))?;
            }
        }
    }
    out::line(format_args!("Copied into {}. To play on: instep play --data {}", to.display(), to.display()))?;
    match lost {
        0 => Ok(()),
        1 => Err(Problem::Wrong("1 table could not be saved; the damaged folder is as it was.".into())),
        n => Err(Problem::Wrong(format!("{n} tables could not be saved; the damaged folder is as it was."))),
    }
}

/// The first free name beside the folder.
fn beside(from: &Path) -> PathBuf {
    let name = from.file_name().map_or_else(|| "instep".into(), |n| n.to_string_lossy().into_owned());
    let candidate = |n: u32| {
        let end = if n == 1 { "recovered".to_owned() } else { format!("recovered-{n}") };
        from.with_file_name(format!("{name}-{end}"))
    };
    (1..).map(candidate).find(|path| !path.exists()).unwrap_or_else(|| candidate(1))
}
