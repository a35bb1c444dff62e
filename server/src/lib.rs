//! Tables: the authoritative side of Instep.
//!
//! [`Table`] is sans-IO: messages and commits go in, effects come out. [`Journal`] keeps what tables decide,
//! many commands to a commit. [`Hall`] joins them, and [`Room`] is a hall with one table and links through
//! memory, which carry the very frames that a network carries.

mod backup;
mod check;
mod data;
mod disk;
mod door;
mod erase;
mod hall;
mod journal;
mod listed;
mod lobby;
mod local;
pub mod make;
pub mod metrics;
mod moved;
mod pace;
mod people;
pub mod pinned;
pub mod quic;
mod record;
mod recover;
mod room;
mod roster;
mod schema;
pub mod service;
mod stored;
mod table;
mod votes;
mod words;

pub use backup::{BackupsErased, back_up, backups, erase_from_backups};
pub use check::StoredFault;
pub use data::{DataFolder, DataTrouble};
pub use disk::{Database, Disk};
pub use door::DoorRow;
pub use erase::{empty_log, erase_words};
pub use hall::{Hall, NewTable};
pub use journal::{Batch, CommandRow, Commits, Journal};
pub use listed::ListedTable;
pub use lobby::{Answered, Caps, ConnId, DELETED, Lobby, LobbyEffect, LobbyInput, Maker, Now, Random, Ways};
pub use local::LocalLink;
pub use moved::{MOVED_BYTES_MAX, Moved};
pub use quic::{Certificate, Listener};
pub use record::word_kind;
pub use recover::{Recovered, Saved, recover};
pub use room::{Link, Room};
pub use service::{Happened, Service};
pub use stored::{Stored, StoredCommand, StoredTable, TableId, TableSummary};
pub use table::{Effect, Input, Table, To};
pub use words::KeptWord;
