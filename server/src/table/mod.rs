//! A table, sans IO: messages and commits come in, effects go out.
//!
//! A table decides ahead of its disk: an accepted command changes the state here at once, and what it
//! would show waits until the commit that holds it. So commands of one table share commits, and nobody
//! sees what is not on disk. After a failed commit the table is stopped; what ran ahead was never seen.

mod answers;
mod keeps;
mod requests;
mod sends;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use instep_protocol::{
    Answer, Ask, Audience, Denied, Door, Entered, FromClient, FromTable, Moment, PersonId, Role, TableKey, TableSetup,
    Token, VERSION, Waiting, Welcome, WordKind,
};
use instep_record::{Chain, Ids};
use instep_rules::{
    Command, Event, Events, Game, Perspective, Phase, Salt, SeatSet, Seed, Setup, Stream, TeamActs, Who, decide,
};

use crate::TableId;
use crate::door::DoorRow;
use crate::journal::{Batch, CommandRow};
use crate::pace::Pace;
use crate::people::Everyone;
use crate::roster::{Roster, TokenHash};
use crate::stored::StoredTable;
use crate::votes::Votes;
use crate::words::{KeptWord, Size, checked, checked_name};
use answers::{AnswerOf, Answers};

/// Answers remembered for each person, so that a request sent again gets its first answer.
const ANSWERS_MAX: u32 = 256;

/// Events that a table keeps: some hundred times what the longest game has. Without an end one person's script could
/// fill a disk.
pub(crate) const EVENTS_MAX: u32 = 100_000;

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
    /// Time has passed.
    Tick,
    /// A person comes in over a network, with the last event that they have and the token that they will come back
    /// with; its hash is kept.
    Enter {
        /// Who.
        person: PersonId,
        /// The last event that they have.
        have: u32,
        /// The new token's secret, and its hash; none through memory.
        token: Option<([u8; 32], TokenHash)>,
    },
    /// Somebody waits to be let in.
    Knock(Waiting),
    /// They don't any more.
    KnockGone(u32),
    /// What was sent to a person is lost: everything is sent again, also the token that they came in with.
    Again(PersonId, Option<Token>),
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
    /// Whoever waits under this number is let in as this person.
    LetIn(u32, PersonId),
    /// They are not.
    TurnedAway(u32),
    /// This person was asked to leave: their connection ends.
    PutOut(PersonId),
    /// The table is to have another invite and another code.
    NewDoor,
    /// What opens the table, or what it is called, is new.
    DoorChanged,
    /// Whoever looks after the server is told of what a facilitator did.
    Log(PersonId, &'static str),
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
    pub(crate) names: Vec<(PersonId, String)>,
    pub(crate) door: DoorRow,
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
    /// Something of what is kept of people has changed, and is not with the journal yet.
    people_wait: bool,
    votes: Votes,
    /// Whether people were last shown how many have voted.
    votes_told: bool,
    offered: SeatSet,
    paused: bool,
    words: Vec<KeptWord>,
    size: Size,
    pace: Pace,
    /// Which words were sent under which nonce: a note sent again is kept once.
    nonces: HashMap<[u8; 16], u32>,
    answers: HashMap<PersonId, Answers>,
    /// What waits for commits, oldest first: one list a batch.
    waiting: VecDeque<Vec<(To, FromTable)>>,
    stopped: bool,
    text: String,
    door: DoorRow,
    knocking: Vec<Waiting>,
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
            people: Everyone::of(parts.roster, parts.names.into_iter().collect()),
            people_wait: false,
            votes: Votes::default(),
            votes_told: false,
            offered: SeatSet::NONE,
            paused: false,
            nonces: parts.words.iter().filter(|w| w.kind != WordKind::Step).map(|w| (w.nonce, w.id)).collect(),
            size: Size::of(&parts.words),
            pace: Pace::default(),
            words: parts.words,
            answers: HashMap::new(),
            waiting: VecDeque::new(),
            stopped: false,
            text: String::new(),
            door: parts.door,
            knocking: Vec::new(),
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
        let voted = self.game.state().ruleset().team_acts == TeamActs::ShowOfHands;
        self.apply(events);
        self.chain = Chain::resume(hash);
        if let (Some((person, number, word)), Some(first)) = (asked, events.first()) {
            let seq = self.game.log().len() as u32;
            let of = if voted { AnswerOf::Voted(*first) } else { AnswerOf::Event(*first) };
            self.remember(person, number, Answer::Done { seq, word }, of);
        }
    }

    /// The journal is read: chance goes on where it was.
    pub(crate) fn replayed(&mut self) {
        self.chance = Stream::new(&self.seed, self.game.state().words());
    }

    /// The first events of a new table.
    pub(crate) fn open_first(
        &mut self,
        commitment: instep_rules::Commitment,
        new: Option<Box<StoredTable>>,
        effects: &mut Vec<Effect>,
    ) {
        if new.is_some() {
            self.keep(Batch { new, ..Batch::of(self.id) }, effects);
        }
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

    /// Somebody new who comes over a network, and is called this.
    pub(crate) fn add_guest(&mut self, role: Role, name: String, effects: &mut Vec<Effect>) -> PersonId {
        let person = self.people.add_guest(role);
        self.name_person(person, name, effects);
        // The answer is for a request that nobody made.
        let _ = self.keep_people(effects);
        person
    }

    /// The facilitator who has been at the table longest.
    pub(crate) fn first_facilitator(&self) -> Option<PersonId> {
        self.people.ids().find(|id| self.people.is_facilitator(*id))
    }

    /// Who is at the table and may come back, in all.
    pub(crate) fn people_count(&self) -> usize {
        self.people.count()
    }

    /// How many are here now.
    pub(crate) fn here_count(&self) -> usize {
        self.people.here_count()
    }

    /// Whether anybody waits to be let in.
    pub(crate) fn knocked_count(&self) -> usize {
        self.knocking.len()
    }

    /// Whether this token lets the person in again. One that is newest is used with that.
    pub(crate) fn takes_token(&mut self, person: PersonId, hash: TokenHash) -> bool {
        self.people.takes_token(person, hash)
    }

    /// The table's door.
    pub(crate) fn door(&self) -> &DoorRow {
        &self.door
    }

    /// Changes the door, and keeps it.
    pub(crate) fn change_door(&mut self, change: impl FnOnce(&mut DoorRow), effects: &mut Vec<Effect>) {
        self.change_door_quietly(change, effects);
        self.send_door(effects);
        effects.push(Effect::DoorChanged);
    }

    /// Changes what nobody is told of.
    pub(crate) fn change_door_quietly(&mut self, change: impl FnOnce(&mut DoorRow), effects: &mut Vec<Effect>) {
        change(&mut self.door);
        self.keep(Batch { door: Some(self.door.clone()), ..Batch::of(self.id) }, effects);
    }

    /// What was typed here is gone for good, the names too; the events stay.
    pub(crate) fn erase(&mut self, effects: &mut Vec<Effect>) {
        for word in &mut self.words {
            word.text = None;
        }
        self.size = Size::default();
        self.people.erase_names();
        self.door.called.clear();
        self.keep(Batch { erases: true, ..Batch::of(self.id) }, effects);
        let here: Vec<_> = self.people.ids().filter(|id| self.people.is_here(*id)).collect();
        for person in here {
            self.tell_everything(person, self.last(), effects);
        }
        effects.push(Effect::DoorChanged);
    }

    /// The table was opened at this moment.
    pub(crate) fn opened(&mut self, now_ms: u64) {
        self.people.opened(now_ms);
    }

    /// What somebody is called.
    pub(crate) fn name_person(&mut self, person: PersonId, name: String, effects: &mut Vec<Effect>) {
        self.people.set_name(person, name.clone());
        self.keep(Batch { name: Some((person, name)), ..Batch::of(self.id) }, effects);
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
                self.people.come(person, now_ms);
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
            Input::Said(person, message) => {
                let of_the_table = matches!(message, FromClient::Ask { .. } | FromClient::Missing { .. });
                self.people_wait |= self.people.speaks(person, now_ms, of_the_table);
                self.said(now_ms, person, message, effects);
            }
            Input::Tick => self.tick(now_ms, effects),
            Input::Enter { person, have, token } => self.enter(now_ms, person, have, token, effects),
            Input::Knock(waiting) => {
                self.knocking.push(waiting);
                self.send_door(effects);
            }
            Input::KnockGone(id) => {
                self.knocking.retain(|w| w.id != id);
                self.send_door(effects);
            }
            Input::Again(person, token) => {
                if let Some(token) = token {
                    self.send_entered(token, effects);
                }
                self.tell_everything(person, 0, effects);
            }
        }
    }

    fn said(&mut self, now_ms: u64, person: PersonId, message: FromClient, effects: &mut Vec<Effect>) {
        match message {
            FromClient::Hello { oldest, newest, have } => self.hello(person, oldest, newest, have, effects),
            FromClient::Missing { after } => self.send_after(person, after, effects),
            FromClient::Ask { number, seen, ask } => self.asked(now_ms, person, number, seen, ask, effects),
            FromClient::Ping { n } => {
                effects.push(Effect::Send(To::One(person), FromTable::Pong { n, now_ms }));
            }
            // Whoever holds the connection has to do with these.
            FromClient::Enter(_) | FromClient::Leave | FromClient::Fetch { .. } | FromClient::Bring { .. } => {}
        }
    }

    /// Time has passed.
    fn tick(&mut self, now_ms: u64, effects: &mut Vec<Effect>) {
        self.pace.tick(now_ms);
        let voiced = self.people.look_who_is_away(now_ms);
        // What is not on disk is not taken back either: whoever stopped does nothing of itself.
        let lost = if self.stopped { Vec::new() } else { self.people.forget_lost(now_ms) };
        for person in &lost {
            self.answers.remove(person);
            self.keep(Batch { name: Some((*person, String::new())), ..Batch::of(self.id) }, effects);
        }
        self.people_wait |= !lost.is_empty();
        self.keep_people_who_wait(effects);
        if voiced || !lost.is_empty() {
            self.send_people(effects);
        }
    }
}
