//! The language that this run speaks: English, or a translation that was named (docs/translating.md).

use std::path::Path;
use std::sync::OnceLock;

use instep_words::Language;

use crate::problem::Problem;

static CHOSEN: OnceLock<Language> = OnceLock::new();

/// A translation is a text file of some hundred kilobytes at most; what is larger is something else.
const BYTES_MAX: u64 = 4 << 20;

/// Speaks the language of this file from now on.
///
/// # Errors
/// The file can't be read, or it is no translation: every fault of it, with its line.
pub(crate) fn choose(path: &Path) -> Result<(), Problem> {
    let failed = |why: String| Problem::Wrong(format!("The language file {} {why}", path.display()));
    let unread = |e: std::io::Error| failed(format!("can't be read ({e}): check its name, and save it as UTF-8."));
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > BYTES_MAX {
        return Err(failed(format!("has {size} bytes, and a translation has at most {BYTES_MAX}: check its name.")));
    }
    let text = std::fs::read_to_string(path).map_err(unread)?;
    let language = Language::load(&text).map_err(|fault| failed(format!("is no translation yet:\n{fault}")))?;
    let _ = CHOSEN.set(language);
    Ok(())
}

/// What is spoken.
pub(crate) fn current() -> Language {
    CHOSEN.get().cloned().unwrap_or_default()
}
