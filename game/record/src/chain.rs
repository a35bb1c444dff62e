//! The chain of hashes that binds each event to everything before it.

use instep_rules::Entry;
use sha2::{Digest, Sha256};

use crate::ids::{push_hash, push_prev};
use crate::{Header, Ids};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The chain as far as it is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chain {
    last: Hash,
}

impl Chain {
    /// The chain before the first event: the hash of the header's text.
    #[must_use]
    pub fn start(header: &Header) -> Self {
        Self { last: Sha256::digest(header.text()).into() }
    }

    /// The chain after an event whose hash was kept.
    #[must_use]
    pub const fn resume(last: Hash) -> Self {
        Self { last }
    }

    /// The last event's hash; before the first event, the header's.
    #[must_use]
    pub const fn last(&self) -> &Hash {
        &self.last
    }

    /// Appends the entry's line (without a comma or an end of line) to `text`, and gives its hash. What
    /// `text` held before stays. It allocates nothing once `text` has room for a line, some 300 bytes.
    #[inline]
    pub fn push(&mut self, ids: &Ids, entry: &Entry, text: &mut String) -> Hash {
        let from = text.len();
        ids.push_entry(text, entry);
        push_prev(text, &self.last);
        // The hash is over the object as it would be without it.
        self.last = Sha256::new().chain_update(&text.as_bytes()[from..]).chain_update(b"}").finalize().into();
        push_hash(text, &self.last);
        self.last
    }
}
