//! A table, sans IO: messages and commits come in, effects go out.
//!
//! A table decides ahead of its disk: an accepted command changes the state here at once, and what it
//! would show waits until the commit that holds it. So commands of one table share commits, and nobody
//! sees what is not on disk. After a failed commit the table is stopped; what ran ahead was never seen.

mod keeps;
mod requests;
mod sends;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use instep_protocol::{
    Answer, Ask, Audience, Denied, FromClient, FromTable, Moment, PersonId, Role, TableSetup, VERSION, Welcome,
    WordKind,
};
use instep_record::{Chain, Ids};
use instep_rules::{
    Command, Event, Events, Game, Perspective, Phase, Salt, SeatSet, Seed, Setup, Stream, TeamActs, Who, decide,
};

use crate::TableId;
use crate::journal::{Batch, CommandRow};
use crate::people::{Everyone, Roster};
use crate::votes::Votes;
use crate::words::{KeptWord, checked, checked_name};

/// Answers remembered for each person, so that a request sent again gets its first answer.
const ANSWERS_MAX: u32 = 256;

/// Events in one message to somebody who catches up: well below a frame's size.
const EVENTS_A_MESSAGE: usize = 512;

/// Something that reaches a table.
#[derive(Debug)]
pub enum Input {
    /// A person's connection is there.
    Come(PersonId),
    /// It is gone.
    Go(PersonId),
    /// They said something.
    Said(PersonId, FromClient),
    /// The oldest batch that waits is on disk.
    Committed,
    /// It is not, and nothing after it will be.
    CommitFailed,
}

/// Whom a message is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// Everyone who is connected.
    Everyone,
    /// One person.
    One(PersonId),
}

/// Something that a table wants done.
#[derive(Debug)]
pub enum Effect {
    /// Keep this; then say [`Input::Committed`] or [`Input::CommitFailed`].
    Keep(Box<Batch>),
    /// Send this.
    Send(To, FromTable),
}

/// What a table needs to be what it was.
pub(crate) struct Parts {
    pub(crate) id: TableId,
    pub(crate) setup: Arc<Setup>,
    pub(crate) about: Arc<TableSetup>,
    pub(crate) ids: Arc<Ids>,
    pub(crate) chain: Chain,
    pub(crate) seed: Seed,
    pub(crate) salt: Salt,
    pub(crate) roster: Roster,
    pub(crate) words: Vec<KeptWord>,
}

/// A table.
pub struct Table {
    id: TableId,
    about: Arc<TableSetup>,
    ids: Arc<Ids>,
    game: Game,
    /// The number of each command's first event.
    starts: Vec<u32>,
    /// The last event that makes an older turn command stale.
    last_turn_seq: u32,
    chance: Stream,
    seed: Seed,
    salt: Salt,
    chain: Chain,
    people: Everyone,
    votes: Votes,
    offered: SeatSet,
    paused: bool,
    words: Vec<KeptWord>,
    /// Which words were sent under which nonce: a note sent again is kept once.
    nonces: HashMap<[u8; 16], u32>,
    answers: HashMap<PersonId, VecDeque<(u32, Answer)>>,
    /// What waits for commits, oldest first: one list a batch.
    waiting: VecDeque<Vec<(To, FromTable)>>,
    stopped: bool,
    text: String,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("id", &self.id).field("events", &self.game.log().len()).finish_non_exhaustive()
    }
}

impl Table {
    pub(crate) fn new(parts: Parts) -> Self {
        Self {
            id: parts.id,
            about: parts.about,
            ids: parts.ids,
            game: Game::new(parts.setup),
            starts: Vec::new(),
            last_turn_seq: 0,
            chance: Stream::new(&parts.seed, 0),
            seed: parts.seed,
            salt: parts.salt,
            chain: parts.chain,
            people: Everyone::of(parts.roster),
            votes: Votes::default(),
            offered: SeatSet::NONE,
            paused: false,
            nonces: parts.words.iter().map(|w| (w.nonce, w.id)).collect(),
            words: parts.words,
            answers: HashMap::new(),
            waiting: VecDeque::new(),
            stopped: false,
            text: String::new(),
        }
    }

    /// The table's number in its data folder.
    #[must_use]
    pub fn id(&self) -> TableId {
        self.id
    }

    /// The game, as far as it is decided; it may be ahead of what anyone has seen.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// Whether the table stopped because something could not be kept.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    /// Replays one command from the journal.
    pub(crate) fn replay(&mut self, events: &[Event], hash: [u8; 32], asked: Option<(PersonId, u32, Option<u32>)>) {
        self.apply(events);
        self.chain = Chain::resume(hash);
        if let Some((person, number, word)) = asked {
            let seq = self.game.log().len() as u32;
            self.remember(person, number, Answer::Done { seq, word });
        }
    }

    /// The journal is read: chance goes on where it was.
    pub(crate) fn replayed(&mut self) {
        self.chance = Stream::new(&self.seed, self.game.state().words());
    }

    /// The first events of a new table.
    pub(crate) fn open_first(&mut self, commitment: instep_rules::Commitment, effects: &mut Vec<Effect>) {
        let events = self.game.setup().opening(commitment);
        self.keep_events(events, None, None, None, effects);
    }

    /// Somebody new at the table.
    pub(crate) fn add_person(&mut self, role: Role, effects: &mut Vec<Effect>) -> PersonId {
        let person = self.people.add(role);
        // The answer is for a request that nobody made.
        let _ = self.keep_people(effects);
        person
    }

    /// The facilitator who has been at the table longest.
    pub(crate) fn first_facilitator(&self) -> Option<PersonId> {
        self.people.ids().find(|id| self.people.is_facilitator(*id))
    }

    /// Whether something waits for its commit.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// What was typed at this table.
    #[must_use]
    pub fn words(&self) -> &[KeptWord] {
        &self.words
    }

    /// Takes in something, and appends what is to be done to `effects`.
    pub fn handle(&mut self, now_ms: u64, input: Input, effects: &mut Vec<Effect>) {
        match input {
            Input::Come(person) => {
                self.people.come(person);
                self.send_people(effects);
            }
            Input::Go(person) => {
                self.people.go(person, now_ms);
                self.send_people(effects);
            }
            Input::Committed => {
                for (to, message) in self.waiting.pop_front().into_iter().flatten() {
                    effects.push(Effect::Send(to, message));
                }
            }
            Input::CommitFailed => {
                self.stopped = true;
                self.waiting.clear();
                effects.push(Effect::Send(To::Everyone, FromTable::Goodbye(Denied::TableStopped)));
            }
            Input::Said(person, message) => match message {
                FromClient::Hello { oldest, newest, have } => self.hello(person, oldest, newest, have, effects),
                FromClient::Missing { after } => self.send_after(person, after, effects),
                FromClient::Ask { number, seen, ask } => self.asked(now_ms, person, number, seen, ask, effects),
            },
        }
    }
}
