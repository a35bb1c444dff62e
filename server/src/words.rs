//! What people typed: kept apart from the journal's events, so that it can be erased and the chain holds.

use instep_protocol::{Audience, Denied, PersonId, Role, Word, WordKind, WordText};
use instep_rules::{CardId, Perspective};
use serde::{Deserialize, Serialize};

/// A note has at most so many characters (architecture.md, limits).
pub(crate) const CHARACTERS_MAX: usize = 500;

/// A team's name has at most so many: it stands in headings.
const NAME_CHARACTERS_MAX: usize = 40;

/// A table keeps so many words at most, and so many bytes of their text: all of them are in memory, and are sent to
/// whoever comes in. Those that were erased don't count.
const WORDS_MAX: Size = Size { words: 10_000, bytes: 2 * 1024 * 1024 };

/// So much more is for steps alone: whoever fills a table with notes must not decide that no tile is mended any more.
const STEPS_BESIDE_MAX: Size = Size { words: 1_000, bytes: 256 * 1024 };

/// Words as they are kept.
///
/// There is no time in it, and a person only where something was said in the chat, which is signed: an unsigned note
/// stays unsigned (sessions.md, "Rules of the room").
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptWord {
    /// Counted from 1 at each table.
    pub id: u32,
    /// What kind.
    pub kind: WordKind,
    /// The seat that signed it.
    pub seat: Option<Perspective>,
    /// The card that was in play.
    pub card: Option<CardId>,
    /// Who may read it.
    pub audience: Audience,
    /// Whether a facilitator hid it.
    pub hidden: bool,
    /// Tells whether one that is sent again is kept already.
    pub nonce: [u8; 16],
    /// The text; `None` once erased.
    pub text: Option<String>,
    /// Who said it in the chat.
    pub by: Option<PersonId>,
    /// Whether somebody asked the facilitators to look at it.
    pub reported: bool,
}

impl KeptWord {
    /// Whether its text has no more characters than may be typed.
    pub(crate) fn is_in_limits(&self) -> bool {
        self.text.as_ref().is_none_or(|text| text.chars().count() <= CHARACTERS_MAX)
    }

    /// What a viewer of this role may see of it, if anything.
    pub(crate) fn seen_by(&self, role: Role) -> Option<Word> {
        let facilitator = role == Role::Facilitator;
        if self.audience == Audience::Facilitators && !facilitator {
            return None;
        }
        let text = match &self.text {
            None => WordText::Erased,
            Some(_) if self.hidden && !facilitator => WordText::Hidden,
            Some(text) => WordText::Said(text.clone()),
        };
        Some(Word {
            id: self.id,
            kind: self.kind,
            seat: self.seat,
            card: self.card,
            audience: self.audience,
            text,
            by: self.by,
            reported: self.reported && facilitator,
            hidden: self.hidden && facilitator,
        })
    }
}

/// How much is kept of what was typed at a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Size {
    words: usize,
    bytes: usize,
}

impl Size {
    /// The size of all that is not erased.
    pub(crate) fn of(words: &[KeptWord]) -> Self {
        let mut size = Self::default();
        words.iter().filter_map(|w| w.text.as_deref()).for_each(|text| size.add(text));
        size
    }

    pub(crate) fn add(&mut self, text: &str) {
        self.words += 1;
        self.bytes += text.len();
    }

    /// Whether words of this kind may be kept beside.
    pub(crate) fn takes(self, kind: WordKind, text: &str) -> Result<(), Denied> {
        let beside = if kind == WordKind::Step { STEPS_BESIDE_MAX } else { Self::default() };
        let room =
            self.words < WORDS_MAX.words + beside.words && self.bytes + text.len() <= WORDS_MAX.bytes + beside.bytes;
        if room { Ok(()) } else { Err(Denied::NoMoreWords) }
    }

    /// Whether it is no more than a table keeps.
    pub(crate) fn is_in_limits(self) -> bool {
        self.words <= WORDS_MAX.words + STEPS_BESIDE_MAX.words && self.bytes <= WORDS_MAX.bytes + STEPS_BESIDE_MAX.bytes
    }
}

/// The text without blanks around it, if there are neither too few words nor too many.
pub(crate) fn checked(text: &str) -> Result<String, Denied> {
    at_most(text.trim(), CHARACTERS_MAX)
}

/// A team's name, in one line.
pub(crate) fn checked_name(name: &str) -> Result<String, Denied> {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    at_most(&words.join(" "), NAME_CHARACTERS_MAX)
}

fn at_most(text: &str, most: usize) -> Result<String, Denied> {
    if text.is_empty() {
        return Err(Denied::WordsMissing);
    }
    if text.chars().count() > most {
        return Err(Denied::WordsTooLong { most: most as u16 });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_full_of_notes_still_takes_steps() {
        let mut size = Size::default();
        for _ in 0..WORDS_MAX.words {
            assert_eq!(size.takes(WordKind::Note, "A note."), Ok(()));
            size.add("A note.");
        }
        for kind in [WordKind::Note, WordKind::Reason, WordKind::TeamName, WordKind::Chat] {
            assert_eq!(size.takes(kind, "A"), Err(Denied::NoMoreWords));
        }
        for _ in 0..STEPS_BESIDE_MAX.words {
            assert_eq!(size.takes(WordKind::Step, "Ring her by Friday."), Ok(()));
            size.add("Ring her by Friday.");
        }
        assert!(size.is_in_limits());
        assert_eq!(size.takes(WordKind::Step, "A"), Err(Denied::NoMoreWords));
    }
}
