//! A stored table's record: what `export` writes out, here and in the game.

use instep_protocol::WordKind as Kind;
use instep_record::{Record, Word, WordKind};
use instep_rules::Perspective;

use crate::check::StoredFault;
use crate::stored::StoredTable;
use crate::words::KeptWord;

/// What a record calls this kind of words.
#[must_use]
pub fn word_kind(kind: Kind) -> WordKind {
    match kind {
        Kind::Step => WordKind::Step,
        Kind::Note => WordKind::Note,
        Kind::Reason => WordKind::Reason,
        Kind::TeamName => WordKind::TeamName,
        Kind::Chat => WordKind::Chat,
    }
}

impl StoredTable {
    /// Its record with what was typed, after checking it.
    ///
    /// # Errors
    /// The first [`StoredFault`]: a damaged table makes no record.
    pub fn record(&self) -> Result<Record, StoredFault> {
        let fault = |what: String| StoredFault { good: 0, seq: None, what };
        let verified = self.verify()?;
        let header = self.header().map_err(|trouble| fault(trouble.to_string()))?;
        let seat = |p: Perspective| header.perspectives[p.index()].clone();
        // What a facilitator hid is no part of what a session leaves behind.
        let shown = |w: &KeptWord| w.text.clone().filter(|_| !w.hidden);
        let words = self
            .words
            .iter()
            .map(|w| Word { id: w.id, kind: word_kind(w.kind), seat: w.seat.map(seat), text: shown(w) })
            .collect();
        let record = Record::new(header, &verified.game, Some((self.seed, self.salt)));
        Ok(record.map_err(|e| fault(e.to_string()))?.with_words(words))
    }
}
