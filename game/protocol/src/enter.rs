//! Coming in from elsewhere: the first message of a connection over a network, and what it is answered.

use serde::{Deserialize, Serialize};

use crate::{Denied, PersonId, Role, TableSetup};

/// What proves that somebody was at a table before. Only its owner and the server know it, and the server keeps only
/// its hash; each time somebody comes back it is replaced.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Token {
    /// The table's number at the server.
    pub table: u64,
    /// Whose it is.
    pub person: PersonId,
    /// 256 bits of chance.
    pub secret: [u8; 32],
}

/// A token is never written out by accident.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("table", &self.table).field("person", &self.person).finish_non_exhaustive()
    }
}

/// What an invite opens: a table, and 80 bits of chance that belong to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TableKey {
    /// The table's number at the server.
    pub table: u64,
    /// The secret.
    pub secret: [u8; 10],
}

impl std::fmt::Debug for TableKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableKey").field("table", &self.table).finish_non_exhaustive()
    }
}

/// The first message of a connection over a network.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Enter {
    /// Lowest version of the protocol that the client speaks.
    pub oldest: u16,
    /// Highest.
    pub newest: u16,
    /// How it comes in.
    pub way: Way,
}

/// A way in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Way {
    /// Not in yet: which tables are open to all?
    List,
    /// Make a table, and be its facilitator.
    Create(Box<NewTableWish>),
    /// With an invite.
    Invite {
        /// What it holds.
        key: TableKey,
        /// What the person is called: at most 40 characters.
        name: String,
        /// As a player, an observer or a shared screen.
        role: Role,
    },
    /// With a code that was read out. It leads to the waiting room.
    Code {
        /// The code, in whichever case, with or without its dash.
        code: String,
        /// What the person is called.
        name: String,
    },
    /// A table from [`FromTable::Tables`](crate::FromTable::Tables). It leads to the waiting room.
    Public {
        /// Its number.
        table: u64,
        /// What the person is called.
        name: String,
    },
    /// Back again.
    Resume {
        /// The newest token.
        token: Token,
        /// The last event that the client has, 0 for none.
        have: u32,
    },
    /// Through memory, from the program that the server is part of. Refused over a network.
    Local {
        /// The table's number.
        table: u64,
        /// Who.
        person: PersonId,
        /// The last event that the client has, 0 for none.
        have: u32,
    },
}

/// A table that somebody would like to have made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewTableWish {
    /// What is played. The server has to have packs with these hashes.
    pub setup: TableSetup,
    /// What the table is called: at most 40 characters, or empty.
    pub called: String,
    /// What its maker is called.
    pub name: String,
    /// Whether everyone may see it in the list.
    pub public: bool,
    /// What the server wants from those who make tables, if anything.
    pub pass: String,
}

/// Somebody is in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entered {
    /// The version of the protocol that both speak.
    pub version: u16,
    /// What to come back with. The one before stays good until this one is first used.
    pub token: Token,
    /// What the table is called; may be empty.
    pub called: String,
}

/// A table that is open to all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PublicTable {
    /// Its number.
    pub table: u64,
    /// What it is called; may be empty.
    pub called: String,
    /// How many people are there now.
    pub here: u16,
    /// How many stones are in play.
    pub stones: u8,
}

/// Somebody who waits to be let in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// By number; the numbers are the table's own.
    pub id: u32,
    /// What they are called.
    pub name: String,
}

/// The table's door, as its facilitators see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Door {
    /// What an invite holds.
    pub key: TableKey,
    /// The code that can be read out: six characters.
    pub code: String,
    /// What the table is called; may be empty.
    pub called: String,
    /// Whether everyone may see the table in the list.
    pub public: bool,
    /// Who waits.
    pub waiting: Vec<Waiting>,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Refused {
    /// No common version of the protocol; which ones the server speaks.
    Version {
        /// Lowest.
        oldest: u16,
        /// Highest.
        newest: u16,
    },
    /// No table has this invite, code or number; which of them was wrong is not told.
    NoSuchTable,
    /// The token is not good any more: it was replaced, the table is gone, or the person was asked to leave.
    NotGoodAnyMore,
    /// The facilitator has not let this person in.
    TurnedAway,
    /// So many people are at the table or wait for it already.
    TableFull {
        /// How many there may be.
        most: u16,
    },
    /// The server has no room for more.
    ServerFull,
    /// Too many wrong tries from this address.
    TooManyTries {
        /// When to try again, in seconds.
        wait_s: u16,
    },
    /// The server does not have one of the packs.
    NoSuchPack {
        /// Its hash.
        hash: [u8; 32],
    },
    /// The table can't be set up like this.
    BadSetup,
    /// Here tables are made only by those who know the pass.
    PassNeeded,
    /// The words are too many or too few, such as a name without letters.
    Words,
    /// The table could not be read or kept: the disk at the server fails or is full.
    Stopped,
    /// The server is about to stop: try again in a moment.
    Closing,
    /// The table is being put away: try again in a moment.
    Busy,
    /// A way that is not open here.
    NotHere,
}

impl Refused {
    /// Whether it is worth trying again by itself a little later.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Closing | Self::Busy | Self::ServerFull | Self::TooManyTries { .. })
    }
}

/// Whether the connection is worth making again after this goodbye.
#[must_use]
pub fn comes_back(why: Denied) -> bool {
    matches!(why, Denied::Closing | Denied::TooSlow)
}
