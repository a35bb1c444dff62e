//! What this person was called the last time: they need not type it again.

use std::path::Path;

/// The file in the data folder that has it.
const FILE: &str = "last-name";

/// What they were called the last time, if that is known.
pub(crate) fn last_name(data: &Path) -> Option<String> {
    let name = std::fs::read_to_string(data.join(FILE)).ok()?;
    Some(name.lines().next()?.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Keeps what they are called for the next time.
pub(crate) fn keep_name(data: &Path, name: &str) {
    if !name.trim().is_empty() && last_name(data).as_deref() != Some(name.trim()) {
        // It is only typing that it saves.
        let _ = std::fs::write(data.join(FILE), name.trim());
    }
}
