//! The messages. Their bytes are postcard's; variants are only ever added at the end.

use instep_rules::{
    CardId, Command, Event, Outcome, OutcomeSet, Perspective, Refusal, Ruleset, SeatSet, StateHash, TileSet,
};
use serde::{Deserialize, Serialize};

use crate::enter::{Door, Enter, Entered, PublicTable, Refused};

/// The version of the protocol that this crate speaks.
pub const VERSION: u16 = 1;

/// A person at a table, by number; the numbers are the table's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct PersonId(pub u32);

/// What a person is at the table, beside the seats that they hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Role {
    /// Plays.
    Player,
    /// Has the facilitator's commands, and plays too where seats are empty.
    Facilitator,
    /// Looks on.
    Observer,
    /// A screen that the room sees: no commands, and nothing that only the facilitator may see.
    SharedScreen,
}

/// Something that a client says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FromClient {
    /// The first message: which versions it speaks, and what it has already.
    Hello {
        /// Lowest version.
        oldest: u16,
        /// Highest version.
        newest: u16,
        /// The last event that it has, 0 for none.
        have: u32,
    },
    /// A request that wants an answer.
    Ask {
        /// The person's own count of requests, from 1. A number sent again gets its first answer.
        number: u32,
        /// The last event that the person had seen when they asked.
        seen: u32,
        /// What is asked for.
        ask: Ask,
    },
    /// The mirror found a gap, or a hash that disagrees: send everything after this event again.
    Missing {
        /// The last good event.
        after: u32,
    },
    /// The first message over a network.
    Enter(Enter),
    /// Are you there? And what does your clock say?
    Ping {
        /// Comes back with the answer.
        n: u32,
    },
    /// Goodbye: nobody waits for this person to come back. Their seats stay theirs.
    Leave,
    /// The first message of a stream of its own: send this pack's bytes.
    Fetch {
        /// SHA-256 of the pack.
        hash: [u8; 32],
        /// How many bytes are here already.
        from: u64,
    },
    /// The first message of a stream of its own: here comes a table with its history, to be kept by this server from
    /// now on. So many bytes follow bare; the answer is [`FromTable::Entered`] or [`FromTable::Refused`].
    Bring {
        /// How many bytes follow.
        bytes: u64,
        /// What the server wants from those who make tables, if anything.
        pass: String,
        /// What the table's facilitator is called.
        name: String,
    },
}

/// A request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// A command of the rules. `TakeSeat`, `LeaveSeat` and `Mend` are not taken in this way: the table
    /// itself reports the first two, and the third comes with its words.
    Act {
        /// The seat that is acted for, in a turn.
        seat: Option<Perspective>,
        /// The command.
        command: Command,
    },
    /// Keep the cracked tile by naming a real step and who would take it.
    Mend {
        /// The seat that is acted for.
        seat: Perspective,
        /// The step.
        step: String,
    },
    /// Keep a note.
    Note {
        /// Signed by this seat, or unsigned.
        seat: Option<Perspective>,
        /// What kind.
        kind: WordKind,
        /// Who may read it.
        audience: Audience,
        /// What it says: 1 to 500 characters.
        text: String,
        /// Drawn anew for each note, so that one sent again is kept once though nobody signed it.
        nonce: [u8; 16],
    },
    /// Hold a seat, alone or with others.
    TakeSeat(Perspective),
    /// Leave a seat.
    LeaveSeat(Perspective),
    /// Make somebody of the team its speaker.
    MakeSpeaker {
        /// Of this seat.
        seat: Perspective,
        /// This person.
        person: PersonId,
    },
    /// Point at a stone, for all to see; kept nowhere.
    Point(Outcome),
    /// Raise a hand or put it down; kept nowhere.
    Hand(bool),
    /// The facilitator marks that a seat was offered a say in this talk.
    Offered(Perspective),
    /// Pause the table for everyone, or go on. Nobody is told who did.
    Pause(bool),
    /// Be the facilitator, two minutes after the last one left.
    ClaimFacilitator,
    /// Give somebody another role (facilitators only).
    GiveRole {
        /// Whom.
        person: PersonId,
        /// Which.
        role: Role,
    },
    /// Hide a note from everyone but facilitators, or show it again (facilitators only).
    Hide {
        /// The words' number.
        id: u32,
        /// Hide or show.
        hidden: bool,
    },
    /// What this person is called: at most 40 characters.
    Name(String),
    /// Say something to everyone in writing, where the facilitator lets people.
    Chat {
        /// 1 to 500 characters.
        text: String,
        /// Drawn anew for each, so that one sent again is kept once.
        nonce: [u8; 16],
    },
    /// Let people chat, or not (facilitators only).
    LetChat(bool),
    /// Point at the card in play, for all to see; kept nowhere.
    PointCard,
    /// Let somebody in who waits (facilitators only).
    Admit {
        /// Whom, by their number in the waiting room.
        waiting: u32,
        /// As what.
        role: Role,
    },
    /// Don't let somebody in who waits (facilitators only).
    TurnAway {
        /// Whom.
        waiting: u32,
    },
    /// Show the table in the server's list, or not (facilitators only).
    Public(bool),
    /// Make a new invite and a new code; the old ones open nothing from then on (facilitators only).
    NewInvite,
    /// Keep somebody from typing notes and chat, or let them again (facilitators only).
    Mute {
        /// Whom.
        person: PersonId,
        /// Keep or let.
        muted: bool,
    },
    /// Ask somebody to leave: they can't come back without a new invite (facilitators only).
    SendAway {
        /// Whom.
        person: PersonId,
    },
    /// Tell the facilitators that these words trouble somebody. Nobody is told who did.
    Report {
        /// The words' number.
        id: u32,
    },
    /// What the table is called: at most 40 characters, or empty (facilitators only).
    Call(String),
}

/// The kinds of words that are kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum WordKind {
    /// A real next step that kept a tile.
    Step,
    /// A note.
    Note,
    /// Why a tile was laid or lifted.
    Reason,
    /// What the team in a seat calls itself: at most 40 characters, and the newest counts.
    TeamName,
    /// Something said in writing.
    Chat,
}

/// Who may read a note.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Audience {
    /// Everyone at the table.
    Everyone,
    /// Facilitators only.
    Facilitators,
}

/// Words that somebody typed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Word {
    /// Counted from 1 at each table.
    pub id: u32,
    /// What kind.
    pub kind: WordKind,
    /// The seat that signed it.
    pub seat: Option<Perspective>,
    /// The card that was in play.
    pub card: Option<CardId>,
    /// Who may read it.
    pub audience: Audience,
    /// What it says.
    pub text: WordText,
    /// Who said it in the chat. Whatever else is kept has no person.
    pub by: Option<PersonId>,
    /// Whether somebody asked the facilitators to look at it; told to facilitators only.
    pub reported: bool,
    /// Whether it is hidden from everyone else; told to facilitators only, who go on seeing the text. Others are
    /// told by [`WordText::Hidden`].
    pub hidden: bool,
}

/// The text of [`Word`]s, which can go away while the rest stays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum WordText {
    /// The text.
    Said(String),
    /// A facilitator hid it from this viewer.
    Hidden,
    /// It was erased.
    Erased,
}

/// Somebody at the table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// Their role.
    pub role: Role,
    /// The seats that they hold.
    pub seats: SeatSet,
    /// Whether they are connected.
    pub here: bool,
    /// Whether they have a hand up.
    pub hand: bool,
    /// What they are called; may be empty.
    pub name: String,
    /// Whether a facilitator keeps them from typing.
    pub muted: bool,
}

/// Who is at the table.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct People {
    /// Everyone.
    pub people: Vec<Person>,
    /// Each seat's speaker, in turn order.
    pub speakers: [Option<PersonId>; 4],
    /// Whether the table is paused.
    pub paused: bool,
    /// Seats that were not yet offered a say in this talk; told to facilitators only.
    pub not_heard: Option<SeatSet>,
    /// Votes of the acting team's show of hands: how many have voted, of how many.
    pub votes: Option<(u8, u8)>,
    /// Held seats whose whole team has been away for a while: the table voices them until somebody is back.
    pub voiced: SeatSet,
    /// Whether people may chat.
    pub chat: bool,
}

/// A pack that a table plays with, pinned by its hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PackPin {
    /// Its id.
    pub id: String,
    /// SHA-256 of the pack (`content/README.md`).
    pub hash: [u8; 32],
}

/// What a table was set up with: enough to make the same [`instep_rules::Setup`] from the same packs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TableSetup {
    /// The packs; the first gives board, perspectives, outcomes and rulesets.
    pub packs: Vec<PackPin>,
    /// Themes that were left out.
    pub without_themes: Vec<String>,
    /// The ruleset's name.
    pub ruleset_name: String,
    /// Its settings as they were set up.
    pub ruleset: Ruleset,
    /// Outcomes in play.
    pub in_play: OutcomeSet,
    /// The path of an earlier session.
    pub begun: TileSet,
}

/// The first answer to a connection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Welcome {
    /// The version that both speak.
    pub version: u16,
    /// Who you are.
    pub you: PersonId,
    /// The number of your next request.
    pub next_number: u32,
    /// What is played.
    pub setup: TableSetup,
    /// The last event there is; those after what you have follow.
    pub last: u32,
}

/// Something that the table says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FromTable {
    /// Welcome, and what is played.
    Welcome(Box<Welcome>),
    /// The answer to a request.
    Answer {
        /// The request's number.
        number: u32,
        /// The answer.
        answer: Answer,
    },
    /// What happened: the events of one or more commands, each command's together.
    Events {
        /// The number of the first event.
        first: u32,
        /// Command by command.
        commands: Vec<Vec<Event>>,
        /// The hash of the public state after the last of them; left out where more follow at once.
        hash: Option<StateHash>,
    },
    /// Words that this viewer may read.
    Words(Vec<Word>),
    /// Who is at the table.
    People(People),
    /// Something to see now, kept nowhere.
    Moment(Moment),
    /// The table stopped or the connection ends.
    Goodbye(Denied),
    /// The game is closed: what the rolls and draws were made from, to be checked.
    Secrets {
        /// The seed.
        seed: [u8; 32],
        /// The salt.
        salt: [u8; 32],
    },
    /// In; what the table is like follows.
    Entered(Box<Entered>),
    /// In the waiting room: the facilitator is asked.
    Waiting {
        /// What the table is called; may be empty.
        called: String,
    },
    /// Not let in; the connection ends.
    Refused(Refused),
    /// The tables that are open to all.
    Tables(Vec<PublicTable>),
    /// The table's door; told to facilitators only.
    Door(Box<Door>),
    /// The answer to a ping.
    Pong {
        /// As it was sent.
        n: u32,
        /// The server's own clock: milliseconds since some moment that stays the same while the server runs.
        now_ms: u64,
    },
    /// A message was of a kind that is not known here, and was left out.
    NotUnderstood,
    /// On a pack's own stream: so many bytes in all; those that were asked for follow bare.
    Pack {
        /// The whole pack's bytes.
        bytes: u64,
    },
}

/// An ephemeral sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Moment {
    /// Somebody points at a stone.
    Pointed {
        /// Who.
        person: PersonId,
        /// At which.
        outcome: Outcome,
    },
    /// Somebody points at the card in play.
    PointedAtCard {
        /// Who.
        person: PersonId,
    },
}

/// The answer to a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// Done; the table's last event then.
    Done {
        /// Its number.
        seq: u32,
        /// The number of the words that were kept with it, if any were.
        word: Option<u32>,
    },
    /// Counted in the team's show of hands; the others are waited for.
    Counted {
        /// How many have voted.
        votes: u8,
        /// Of how many.
        of: u8,
    },
    /// Not done, and nothing changed.
    Denied(Denied),
}

/// Why something was not done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Denied {
    /// The rules don't allow it.
    Rules(Refusal),
    /// The table has moved on since you pressed; what you missed is on its way.
    MovedOn,
    /// Somebody else holds that seat.
    NotYourSeat {
        /// Which.
        seat: Perspective,
    },
    /// The team's speaker acts for it.
    OnlyTheSpeaker {
        /// For which seat.
        seat: Perspective,
    },
    /// Observers and shared screens look on.
    LooksOn,
    /// Only a facilitator can do that.
    OnlyFacilitator,
    /// The last facilitator can't be made something else.
    LastFacilitator,
    /// There is a facilitator, or the last one left less than two minutes ago; how long to wait.
    NotYetClaimable {
        /// Seconds; 0 where a facilitator is here.
        wait_s: u16,
    },
    /// There is no such person at the table.
    NoSuchPerson,
    /// That person does not hold that seat.
    NotOfTheTeam,
    /// Some words are needed.
    WordsMissing,
    /// Too many words; how many characters there may be.
    WordsTooLong {
        /// At most.
        most: u16,
    },
    /// There are no words of that number.
    NoSuchWords,
    /// The table is paused.
    Paused,
    /// A request number that is older than the table remembers.
    NumberOutOfOrder {
        /// The number that comes next.
        next: u32,
    },
    /// Sent in a form that the table does not take.
    NotTaken,
    /// No common version of the protocol: which ones the table speaks.
    Version {
        /// Lowest.
        oldest: u16,
        /// Highest.
        newest: u16,
    },
    /// The table could not keep what was asked on its disk and has stopped; nothing that was shown is lost.
    TableStopped,
    /// The same person has come in from another device.
    Elsewhere,
    /// The facilitator asked this person to leave.
    SentAway,
    /// The server stops for a while; everything is kept.
    Closing,
    /// The connection could not keep up; coming in again brings everything.
    TooSlow,
    /// Too much at once, or nothing that makes sense.
    Disorderly,
    /// The facilitator has not let people chat.
    NoChat,
    /// A facilitator keeps this person from typing.
    Muted,
    /// Nobody of that number waits.
    NobodyWaits,
    /// Not while so many are at the table.
    TableFull,
    /// This person has typed much in a short time: the same may be sent again after a while.
    WordsTooFast {
        /// Seconds.
        wait_s: u16,
    },
    /// The table holds as many words as it keeps.
    NoMoreWords,
    /// The table holds as many events as it keeps: it can be closed, and no more.
    NoMoreEvents,
}
