//! What a screen at a table has of its own, and must be there again after a crash: what is being typed, the talk
//! timer, the planned end. Each table has its own, kept beside it as a small file.

use instep_protocol::{Ask, Audience, Word, WordKind, WordText};
use instep_rules::Perspective;
use serde::{Deserialize, Serialize};

/// What is being typed: nothing of it is ever lost (the table has it once it is sent).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// A note.
    pub note: String,
    /// The seat that signs it, by its place in turn order.
    pub note_by: Option<u8>,
    /// A real step, to keep a cracked tile.
    pub step: String,
    /// Why a stone was chosen.
    pub reason: String,
    /// Something for the chat.
    pub chat: String,
}

/// What words are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// A note.
    Note,
    /// Why a stone was chosen.
    Reason,
    /// The name of a team.
    TeamName,
    /// Something said in the chat.
    Chat,
}

impl Kind {
    const fn word(self) -> WordKind {
        match self {
            Self::Note => WordKind::Note,
            Self::Reason => WordKind::Reason,
            Self::TeamName => WordKind::TeamName,
            Self::Chat => WordKind::Chat,
        }
    }
}

/// Words on their way to the table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sending {
    /// The seat that signs them, by its place in turn order.
    pub seat: Option<u8>,
    /// What they are.
    pub kind: Kind,
    /// The words.
    pub text: String,
}

impl Sending {
    fn seat(&self) -> Option<Perspective> {
        self.seat.map(|n| Perspective::from_index(usize::from(n)))
    }

    /// The request. Its nonce is made where it is sent from: this crate knows no chance.
    pub(crate) fn ask(&self) -> Ask {
        let (kind, text) = (self.kind.word(), self.text.clone());
        if self.kind == Kind::Chat {
            return Ask::Chat { text, nonce: [0; 16] };
        }
        Ask::Note { seat: self.seat(), kind, audience: Audience::Everyone, text, nonce: [0; 16] }
    }

    /// Whether these are the words that the table has.
    pub(crate) fn is(&self, word: &Word) -> bool {
        let text = match &word.text {
            WordText::Said(text) => text.trim() == self.text.trim(),
            WordText::Hidden | WordText::Erased => true,
        };
        text && word.kind == self.kind.word() && word.seat == self.seat()
    }
}

/// When a session is meant to end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Planned {
    /// When play began, in milliseconds since 1970.
    pub began_ms: u64,
    /// Minutes of play.
    pub minutes: u32,
    /// Turns that there is time for.
    pub turns: u32,
}

impl Planned {
    /// Minutes left, rounded up; 0 when the time is over.
    #[must_use]
    pub fn minutes_left(&self, now_ms: u64) -> u32 {
        u32::try_from(self.end_ms().saturating_sub(now_ms).div_ceil(60_000)).unwrap_or(u32::MAX)
    }

    /// When it ends, in milliseconds since 1970.
    #[must_use]
    pub fn end_ms(&self) -> u64 {
        self.began_ms.saturating_add(u64::from(self.minutes) * 60_000)
    }
}

/// The talk timer. Nothing happens when it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Timer {
    /// Which talk it belongs to: the number of the event that drew the card.
    pub talk: u32,
    /// How long it is, in seconds, with what it was extended by; 0 is off.
    pub length_s: u32,
    /// What had run before the last pause, in milliseconds.
    pub ran_ms: u64,
    /// Since when it runs, in milliseconds since 1970; `None` while it is paused.
    pub since_ms: Option<u64>,
}

impl Timer {
    /// A timer that starts now.
    #[must_use]
    pub fn start(talk: u32, length_s: u32, now_ms: u64) -> Self {
        Self { talk, length_s, ran_ms: 0, since_ms: Some(now_ms) }
    }

    /// Whether there is one.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.length_s > 0
    }

    /// Whether it runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.is_on() && self.since_ms.is_some()
    }

    /// Seconds left; `None` where there is no timer.
    #[must_use]
    pub fn left_s(&self, now_ms: u64) -> Option<u32> {
        // A clock that jumps back does not make time.
        let running = self.since_ms.map_or(0, |since| now_ms.saturating_sub(since));
        let ran_s = u32::try_from(self.ran_ms.saturating_add(running) / 1000).unwrap_or(u32::MAX);
        self.is_on().then(|| self.length_s.saturating_sub(ran_s))
    }

    /// Pauses it, or goes on.
    pub fn pause(&mut self, now_ms: u64) {
        match self.since_ms.take() {
            Some(since) => self.ran_ms = self.ran_ms.saturating_add(now_ms.saturating_sub(since)),
            None => self.since_ms = Some(now_ms),
        }
    }

    /// Goes on, if it is paused.
    pub fn go_on(&mut self, now_ms: u64) {
        self.since_ms.get_or_insert(now_ms);
    }

    /// Gives it more time.
    pub fn extend(&mut self, seconds: u32) {
        self.length_s = self.length_s.saturating_add(seconds);
    }
}

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    /// The number of its game here; 0 where the table is elsewhere.
    pub table: i64,
    /// What is being typed.
    pub drafts: Drafts,
    /// What was sent, until the table has it.
    pub sending: Vec<Sending>,
    /// When the session is meant to end.
    pub planned: Option<Planned>,
    /// The talk timer.
    pub timer: Timer,
    /// Whether the timer is paused only because the table is.
    pub timer_held: bool,
    /// Whether the log is hidden.
    pub log_hidden: bool,
    /// Whether the cue that two turns are left was given.
    pub cue_given: bool,
    /// Whether the path's completion was celebrated and put aside.
    pub celebrated: bool,
    /// The last event that was seen here: what happened after it, while one was away, is told on coming back.
    pub seen: u32,
}

impl Desk {
    /// The table did not take words of such a kind. The oldest that it has not got are in their field again, before what
    /// was typed since; a reason, whose stone is laid, is a note. A team's name, which has no field, waits here.
    pub(crate) fn give_back(&mut self, refused: impl Fn(Kind) -> bool) {
        let at = self.sending.iter().position(|sent| sent.kind != Kind::TeamName && refused(sent.kind));
        let Some(at) = at else { return };
        let Sending { seat, kind, text } = self.sending.remove(at);
        let draft = if kind == Kind::Chat {
            &mut self.drafts.chat
        } else {
            self.drafts.note_by = seat;
            &mut self.drafts.note
        };
        let since = std::mem::take(draft);
        *draft = if since.trim().is_empty() { text } else { format!("{text} {since}") };
    }
}
