//! What somebody wants of play over a network, and what is typed and chosen for it.

use instep_protocol::{Address, Invite, Role, ServerName};
use serde::{Deserialize, Serialize};

use crate::choices::Choices;

/// Something that somebody wants of play over a network.
#[derive(Clone, PartialEq, Debug)]
pub enum Wish {
    /// Read the clipboard, and hand its text to [`UiState::pasted`](crate::UiState::pasted).
    Paste,
    /// Put this text into the clipboard.
    Copy(String),
    /// Look for tables on this network, anew; or look no more.
    Look(bool),
    /// Ask a server which tables are open to all ([`Online::listed`](crate::Online::listed)).
    List(ServerName),
    /// Come to a table.
    Join(Box<Join>),
    /// Come back to a table that one was at ([`Place::id`](crate::Place::id)).
    Return(u64),
    /// Forget that place, and what would open it.
    LetGo(u64),
    /// Stop what is on its way.
    Cancel,
    /// Make a new table that others can come to.
    Host(Box<Host>, Box<Choices>),
    /// Open the table that is played here to people elsewhere, with its history.
    OpenUp(Box<Host>),
    /// Try the connection now, and don't wait for the next time.
    TryNow,
}

/// How somebody comes to a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Join {
    /// By what.
    pub by: JoinBy,
    /// What they are called; to be kept for the next time.
    pub name: String,
    /// As what. Where the facilitator lets them in it is for the facilitator to say.
    pub role: Role,
}

/// What brings somebody to a table.
#[derive(Clone, PartialEq, Debug)]
pub enum JoinBy {
    /// An invite, or an address with a code.
    Invite(Invite),
    /// A code of a server with a certificate of its own.
    Code {
        /// The server.
        server: ServerName,
        /// The code as it was typed.
        code: String,
    },
    /// A table that a server lists.
    Listed {
        /// The server.
        address: Address,
        /// The table's number there.
        table: u64,
    },
}

/// Where a table is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostAt {
    /// On this computer, for people on the same network.
    ThisComputer,
    /// At a server.
    Server {
        /// Where it is.
        address: Address,
        /// SHA-256 of its certificate, where it has one of its own.
        fingerprint: Option<[u8; 32]>,
        /// What it wants from those who make tables; empty for nothing.
        pass: String,
        /// Whether everyone may see the table in its list.
        public: bool,
    },
}

/// A table that is to be open to people elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Host {
    /// Where.
    pub at: HostAt,
    /// What it is called; may be empty.
    pub called: String,
    /// What its facilitator is called; to be kept for the next time.
    pub name: String,
}

/// What is typed and chosen on the screen for joining. Nothing clears it but somebody who does: a refusal does not.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Joining {
    /// An invite, or an address and a code, or an address.
    pub invite: String,
    /// What the person is called; `None` until somebody types: then it is as it was the last time.
    pub name: Option<String>,
    /// As what they come.
    pub coming: Coming,
}

/// As what somebody comes to a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Coming {
    /// To play.
    #[default]
    Playing,
    /// To look on.
    LookingOn,
    /// As a screen that a room sees.
    Screen,
}

impl Coming {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Playing, Self::LookingOn, Self::Screen];

    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Playing => Role::Player,
            Self::LookingOn => Role::Observer,
            Self::Screen => Role::SharedScreen,
        }
    }

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Playing => "ui-come-play",
            Self::LookingOn => "ui-come-look-on",
            Self::Screen => "ui-come-screen",
        }
    }
}

/// What is typed and chosen on the screen for hosting.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Hosting {
    /// Whether it is a server's to keep the table, and not this computer's.
    pub at_server: bool,
    /// The server's address.
    pub address: String,
    /// Whether the server wants a pass.
    pub with_pass: bool,
    /// The pass. It is never written to the disk.
    #[serde(skip)]
    pub pass: String,
    /// What the table is called.
    pub called: String,
    /// What the facilitator is called; `None` until somebody types.
    pub name: Option<String>,
    /// Whether the server may list the table.
    pub public: bool,
}

/// What the screen for hosting is there for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum HostingWhat {
    /// A game that is to be chosen next.
    #[default]
    NewGame,
    /// The table that is open.
    ThisTable,
}
