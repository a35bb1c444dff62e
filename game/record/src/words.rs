//! What people typed, apart from the events: `words.json`.

use serde::{Deserialize, Serialize};

/// The format's name and version.
pub const WORDS_FORMAT: &str = "instep-words/1";

/// Something that a person typed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The number by which an event refers to it.
    pub id: u32,
    /// What it is.
    pub kind: WordKind,
    /// The seat for which it was said, by its perspective's id; `None` where it is unsigned.
    pub seat: Option<String>,
    /// The words; `None` once they are erased.
    pub text: Option<String>,
}

/// What a person typed it as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// The real step that keeps a cracked tile.
    Step,
    /// A note.
    Note,
    /// Why a stone was chosen.
    Reason,
    /// What the team in a seat calls itself; the newest counts.
    TeamName,
    /// Something said in writing.
    Chat,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    words: Vec<Word>,
}

/// The file's text: one word a line.
pub(crate) fn text(words: &[Word]) -> String {
    let mut text = format!("{{\"format\":\"{WORDS_FORMAT}\",\"words\":[");
    for (n, word) in words.iter().enumerate() {
        text.push_str(if n == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(word).expect("strings and numbers are always JSON"));
    }
    text.push_str(if words.is_empty() { "]}\n" } else { "\n]}\n" });
    text
}

/// The words of a file's text, or what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Vec<Word>, String> {
    let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if file.format == WORDS_FORMAT { Ok(file.words) } else { Err(format!("format {:?}", file.format)) }
}
