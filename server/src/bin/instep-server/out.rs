//! Standard output: it may be a pipe that nobody reads any more, or a file on a full disk.

use std::io::{ErrorKind, Write};

use crate::problem::Problem;

/// Shows one line.
pub(crate) fn line(text: impl std::fmt::Display) -> Result<(), Problem> {
    writeln!(std::io::stdout(), "{text}").map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Problem::Unheard,
        _ => Problem::Machine(format!(
            "The answer can't be shown ({e}), so this stopped: make room or show it elsewhere, and start again."
        )),
    })
}
