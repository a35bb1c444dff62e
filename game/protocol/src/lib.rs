//! What a client and a table say to each other, and the client's mirror of the table.
//!
//! In a room the frames go through memory, on a network through QUIC: there is one path, not two.

mod enter;
mod frame;
mod invite;
mod message;
mod mirror;
mod pasted;

pub use enter::{Door, Enter, Entered, NewTableWish, PublicTable, Refused, TableKey, Token, Waiting, Way, comes_back};
pub use frame::{FRAME_BYTES_MAX, FrameFault, Frames, decode, encode, encode_into};
pub use invite::{Address, Invite, InviteFault, InviteKey, PORT, ServerName};
pub use message::{
    Answer, Ask, Audience, Denied, FromClient, FromTable, Moment, PackPin, People, Person, PersonId, Role, TableSetup,
    VERSION, Welcome, Word, WordKind, WordText,
};
pub use mirror::{Mirror, News, Trouble};
pub use pasted::{PASTED_MAX, Pasted, pasted};
