//! What a session of Instep leaves behind: `events.json`, `words.json`, and how to check them.
//!
//! ```text
//! (Header, Game, Published) → Record::new → write(dir)
//! path                      → Record::read → verify → Verified | Fault
//! (Ids, Entry)              → Chain::push  → a line and its hash, for a journal
//! ```
//!
//! The format is described, for readers in any language, in the project's `docs/record.md`. Everything
//! here is deterministic: the same game gives the same bytes. What people typed is never in
//! `events.json`; it is in `words.json`, by number, and can be erased while the chain still verifies.

mod chain;
mod fault;
mod file;
mod header;
mod hex;
mod ids;
mod lookup;
mod parse;
mod record;
mod seed;
mod setup;
mod state;
mod verify;
mod words;

pub use chain::{Chain, Hash};
pub use fault::{ChanceCheck, Fault, FaultKind, ReadError, Verified, WriteError};
pub use file::{EVENTS_FILE, EVENTS_MAX_BYTES, WORDS_FILE, WORDS_MAX_BYTES};
pub use header::{Card, Header, HeaderError, Instruction, Names, PackRef, Settings, TileId};
pub use hex::{from_hex, to_hex};
pub use ids::{Ids, event_name};
pub use record::{FORMAT, Published, Record, Stored};
pub use seed::{SeedError, salt_for, seed_from_text};
pub use state::FinalState;
pub use verify::{StoredCommand, verify_parts};
pub use words::{WORDS_FORMAT, Word, WordKind};
