//! A session's record, as it is written and read.

use std::fmt;
use std::fs;
use std::path::Path;

use instep_rules::{Commitment, Entry, Event, Game, Salt, Seed, commitment};

use crate::file::{self, EVENTS_FILE, EVENTS_MAX_BYTES, WORDS_FILE, WORDS_MAX_BYTES};
use crate::{Chain, Fault, FaultKind, FinalState, Hash, Header, Ids, ReadError, Word, WriteError, to_hex, words};

/// The format's name and version.
pub const FORMAT: &str = "instep-record/1";

/// What a session leaves behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// What it was played with.
    pub header: Header,
    /// What is known of its chance.
    pub chance: Published,
    /// What happened, in order.
    pub events: Vec<Stored>,
    /// Where it ended.
    pub state: FinalState,
    /// What people typed: in `words.json`, never among the events.
    pub words: Vec<Word>,
}

/// The commitment to a table's chance, and once the game is closed what it was a commitment to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Published {
    /// SHA-256(salt ‖ seed).
    pub commitment: Commitment,
    /// The seed, once published.
    pub seed: Option<Seed>,
    /// The salt, once published.
    pub salt: Option<Salt>,
}

/// An entry of the log with its place in the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stored {
    /// The entry.
    pub entry: Entry,
    /// The hash of the one before it; of the header, where there is none.
    pub prev: Hash,
    /// Its own.
    pub hash: Hash,
}

impl Record {
    /// The record of a game. Seed and salt are published only if it is closed: of an open game they are
    /// left out, whoever asks.
    ///
    /// # Errors
    /// A [`Fault`] where the header makes no setup, where the game has no event yet, or where seed and
    /// salt are not those that it was opened with.
    pub fn new(header: Header, game: &Game, secrets: Option<(Seed, Salt)>) -> Result<Self, Fault> {
        let ids = Ids::new(&header).map_err(|error| header_fault(&error))?;
        let Some(Event::TableOpened { commitment: told }) = game.log().first().map(|entry| entry.event) else {
            return Err(Fault::new(FaultKind::Order, Some(1), "TableOpened", "no event"));
        };
        check_commitment(told, secrets)?;
        let secrets = secrets.filter(|_| game.state().closed());
        let mut chain = Chain::start(&header);
        let mut line = String::with_capacity(320);
        let stored = |entry: &Entry| {
            line.clear();
            Stored { entry: *entry, prev: *chain.last(), hash: chain.push(&ids, entry, &mut line) }
        };
        Ok(Self {
            events: game.log().iter().map(stored).collect(),
            state: FinalState::new(&header, game),
            chance: Published { commitment: told, seed: secrets.map(|s| s.0), salt: secrets.map(|s| s.1) },
            header,
            words: Vec::new(),
        })
    }

    /// The same record with what people typed.
    #[must_use]
    pub fn with_words(mut self, words: Vec<Word>) -> Self {
        self.words = words;
        self
    }

    /// The seed and the salt, if they are published.
    #[must_use]
    pub fn secrets(&self) -> Option<(Seed, Salt)> {
        self.chance.seed.zip(self.chance.salt)
    }

    /// The text of `events.json`.
    ///
    /// # Errors
    /// Never for a record that was made or read; [`HeaderError`](crate::HeaderError) as a [`Fault`] for one
    /// whose header was changed so that it makes no setup.
    pub fn text(&self) -> Result<String, Fault> {
        let ids = Ids::new(&self.header).map_err(|error| header_fault(&error))?;
        let mut text = String::with_capacity(4096 + self.events.len() * 320);
        text.push_str(&format!("{{\"format\":\"{FORMAT}\",\n\"pack\":"));
        text.push_str(&self.header.text());
        text.push_str(",\n\"chance\":");
        text.push_str(&self.chance.text());
        text.push_str(",\n\"events\":[\n");
        for (n, stored) in self.events.iter().enumerate() {
            text.push_str(&ids.line(&stored.entry, &stored.prev, &stored.hash));
            text.push_str(if n + 1 < self.events.len() { ",\n" } else { "\n" });
        }
        text.push_str("],\n\"state\":");
        text.push_str(&self.state.text());
        text.push_str("\n}\n");
        Ok(text)
    }

    /// Writes `events.json` and `words.json` into the folder `dir`, which is made if need be. Each file is
    /// afterwards, or after a crash on the way, the old one or the new one.
    ///
    /// # Errors
    /// [`WriteError`] with the path and the system's reason.
    pub fn write(&self, dir: &Path) -> Result<(), WriteError> {
        let failed = |error| WriteError { path: dir.to_owned(), error };
        let text = self.text().map_err(|fault| failed(std::io::Error::other(fault)))?;
        fs::create_dir_all(dir).map_err(failed)?;
        file::write(dir, WORDS_FILE, &words::text(&self.words))?;
        file::write(dir, EVENTS_FILE, &text)
    }

    /// Reads a record: `path` is its folder, or its `events.json`. A `words.json` beside it is read too;
    /// that there is none is no fault, for words can be erased.
    ///
    /// # Errors
    /// [`ReadError`]; a record that was tampered with can often be read, and fails [`Record::verify`].
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let events = if path.is_dir() { path.join(EVENTS_FILE) } else { path.to_owned() };
        let mut record = Self::parse(&file::read(&events, EVENTS_MAX_BYTES)?)?;
        match file::read(&events.with_file_name(WORDS_FILE), WORDS_MAX_BYTES) {
            Ok(text) => {
                record.words = words::parse(&text).map_err(|error| {
                    Fault::new(FaultKind::Format, None, "words.json as this format lays it out", error)
                })?;
            }
            Err(ReadError::Io { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(record)
    }
}

impl fmt::Display for Record {
    /// The text of `events.json`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().map_err(|_| fmt::Error)?)
    }
}

impl Published {
    /// The `chance` object of `events.json`.
    pub(crate) fn text(&self) -> String {
        let quoted = |bytes: Option<[u8; 32]>| bytes.map_or("null".to_owned(), |b| format!("\"{}\"", to_hex(&b)));
        format!(
            "{{\"commitment\":\"{}\",\"seed\":{},\"salt\":{}}}",
            to_hex(&self.commitment.0),
            quoted(self.seed.map(|seed| seed.0)),
            quoted(self.salt.map(|salt| salt.0)),
        )
    }
}

pub(crate) fn header_fault(error: &crate::HeaderError) -> Fault {
    Fault::new(FaultKind::Format, None, "a pack that the rules can play", error.to_string())
}

/// Whether the secrets, if there are any, are those that were committed to.
pub(crate) fn check_commitment(told: Commitment, secrets: Option<(Seed, Salt)>) -> Result<(), Fault> {
    let Some((seed, salt)) = secrets else { return Ok(()) };
    let made = commitment(&seed, &salt);
    if made == told {
        return Ok(());
    }
    let quoted = |c: Commitment| format!("{{\"commitment\":\"{}\"}}", to_hex(&c.0));
    Err(Fault::new(FaultKind::Commitment, None, quoted(made), quoted(told)))
}
