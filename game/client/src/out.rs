//! Standard output: it may be a pipe that nobody reads any more, or a file on a full disk.

use std::io::{ErrorKind, Write};

use crate::problem::Problem;

/// Shows one line.
pub(crate) fn line(text: impl std::fmt::Display) -> Result<(), Problem> {
    writeln!(std::io::stdout(), "{text}").map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Problem::Unheard,
        _ => Problem::Machine(format!(
            "What happens can't be shown any more ({e}), so this stopped; a game is kept up to here: make room or show it elsewhere, and start again."
        )),
    })
}

/// A line, folded to the terminal's width; what follows its first line is as far in as that is.
pub(crate) fn fold(line: &str) -> Vec<String> {
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(36, 100);
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let options = textwrap::Options::new(width).subsequent_indent(&indent);
    textwrap::wrap(line, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Shows a line, folded to the terminal's width.
pub(crate) fn folded(text: &str) -> Result<(), Problem> {
    fold(text).into_iter().try_for_each(line)
}
