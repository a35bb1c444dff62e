//! What the screens look at of play over a network: plain data, made anew for each frame by whoever runs them.

use instep_protocol::{Denied, Door, PersonId, PublicTable, Refused};

/// What is known of play over a network.
#[derive(Clone, Copy, Debug, Default)]
pub struct Online<'a> {
    /// What this person was last called, kept between runs; empty at first.
    pub name: &'a str,
    /// Tables elsewhere to come back to, the latest first.
    pub places: &'a [Place],
    /// Tables that were found on this network.
    pub nearby: &'a [Nearby],
    /// Whether tables on this network are being looked for, so that more may still come.
    pub looking: bool,
    /// The tables that a server lists, once it was asked.
    pub listed: Option<Listed<'a>>,
    /// What is on its way, before a table is there.
    pub going: Going<'a>,
    /// Why what was last tried did not come to anything. It goes away with the next try.
    pub setback: Option<Setback<'a>>,
    /// The open table, where it is one that others come to from elsewhere.
    pub here: Option<Here<'a>>,
}

/// A table elsewhere that one was at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Its number here: of the list of places, not of any server.
    pub id: u64,
    /// What the table is called; may be empty.
    pub called: String,
    /// Where it is, to be read: a host's name or address.
    pub host: String,
    /// What one is called there.
    pub name: String,
    /// When one was there last, and whose turn it was then, as sentences.
    pub last: String,
    /// Whether its table was begun here, so that a copy of it is.
    pub copy_here: bool,
}

/// A table, or a server, that was found on this network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearby {
    /// What it is called; may be empty.
    pub called: String,
    /// Where it is: `host:port`, as an address is typed.
    pub address: String,
    /// The table's number there, where anybody may ask to be let in; else its code is asked for.
    pub table: Option<u64>,
}

/// The tables that a server shows to everyone.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// Where the server is: `host:port`.
    pub address: &'a str,
    /// Its tables; none is an answer too.
    pub tables: &'a [PublicTable],
}

/// What is on its way, before a table is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Going<'a> {
    /// Nothing.
    #[default]
    Nowhere,
    /// A connection is being made.
    Connecting {
        /// To whom, to be read.
        host: &'a str,
    },
    /// There was no connection yet, and it is tried again.
    Trying {
        /// Why not, to be read.
        why: &'a str,
    },
    /// The facilitator was asked to let this person in.
    Waiting {
        /// What the table is called; may be empty.
        called: &'a str,
    },
    /// A table is being made, or opened to people elsewhere.
    Making,
    /// A table and its history are on their way to a server.
    Moving {
        /// To whom, to be read.
        host: &'a str,
    },
}

/// Why something did not come to anything. What a table says in a goodbye is [`Setback::Said`], by `say::denied`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Setback<'a> {
    /// The server, or the table, said no.
    Refused(Refused),
    /// Nobody answered.
    NoAnswer {
        /// Who was asked, to be read.
        host: &'a str,
    },
    /// Somebody answered who is not the server that the invite names.
    OtherServer {
        /// Who was asked, to be read.
        host: &'a str,
    },
    /// The table's cards could not be fetched, or are not what they should be.
    NoCards,
    /// This computer has no network, or does not let Instep use it.
    NoNetwork,
    /// Something else, in one clear sentence.
    Said(&'a str),
}

/// How it is with the connection to the open table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Line {
    /// As it should be.
    #[default]
    Connected,
    /// It was lost, and is being made anew.
    Lost {
        /// Since when, in milliseconds since 1970.
        since_ms: u64,
    },
    /// The server said that it stops for a while, and is asked again and again.
    Closing {
        /// Since when, in milliseconds since 1970.
        since_ms: u64,
    },
    /// It ended for good: it is not made anew by itself.
    Ended(Denied),
    /// Coming back was refused.
    NotLetIn(Refused),
}

impl Line {
    /// Whether the table can be asked for something.
    #[must_use]
    pub const fn is_up(self) -> bool {
        matches!(self, Self::Connected)
    }
}

/// A QR code: dark and light squares, row by row from the top left, without its quiet zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Qr<'a> {
    /// Squares a side.
    pub side: usize,
    /// `side * side` of them, `true` for dark.
    pub dark: &'a [bool],
}

/// The open table, as one that others come to from elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here<'a> {
    /// Who looks (`Welcome::you`).
    pub you: Option<PersonId>,
    /// What the table is called; may be empty.
    pub called: &'a str,
    /// How it is with the connection.
    pub line: Line,
    /// Whether something that was asked is not answered yet (`Mirror::unanswered`).
    pub unanswered: bool,
    /// Whether the table is kept on this computer, which has to stay on then.
    pub on_this_computer: bool,
    /// Whether this computer can save the table's record.
    pub has_record: bool,
    /// The table's door (`Mirror::door`); facilitators alone have one.
    pub door: Option<&'a Door>,
    /// The whole invite as text, to be copied.
    pub invite: &'a str,
    /// The same as a QR code.
    pub qr: Option<Qr<'a>>,
    /// What somebody types who was told the code: `address/code`; the shortest address that others reach.
    pub spoken: &'a str,
}
