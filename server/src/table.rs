//! A table, sans IO: messages and commits come in, effects go out.
//!
//! A table decides ahead of its disk: an accepted command changes the state here at once, and what it
//! would show waits until the commit that holds it. So commands of one table share commits, and nobody
//! sees what is not on disk. After a failed commit the table is stopped; what ran ahead was never seen.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use instep_protocol::{
    Answer, Ask, Denied, FromClient, FromTable, Moment, PersonId, Role, TableSetup, VERSION, Welcome,
};
use instep_record::{Chain, Ids};
use instep_rules::{
    Command, Event, Events, Game, Perspective, Phase, Salt, SeatSet, Seed, Setup, Stream, TeamActs, Who, decide,
};

use crate::TableId;
use crate::journal::{Batch, CommandRow};
use crate::people::{Everyone, Roster};
use crate::votes::Votes;
use crate::words::{KeptWord, checked};

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

    // What is sent

    /// Sends at once, or after what waits for its commit: an answer may speak of it.
    fn send(&mut self, to: To, message: FromTable, effects: &mut Vec<Effect>) {
        match self.waiting.back_mut() {
            Some(list) => list.push((to, message)),
            None => effects.push(Effect::Send(to, message)),
        }
    }

    fn hello(&mut self, person: PersonId, oldest: u16, newest: u16, have: u32, effects: &mut Vec<Effect>) {
        if !(oldest..=newest).contains(&VERSION) {
            let why = Denied::Version { oldest: VERSION, newest: VERSION };
            return self.send(To::One(person), FromTable::Goodbye(why), effects);
        }
        let next_number = self.answers.get(&person).and_then(|a| a.back()).map_or(1, |(number, _)| number + 1);
        let welcome = Welcome {
            version: VERSION,
            you: person,
            next_number,
            setup: (*self.about).clone(),
            last: self.game.log().len() as u32,
        };
        self.send(To::One(person), FromTable::Welcome(Box::new(welcome)), effects);
        self.send_after(person, have, effects);
        if let Some(role) = self.people.role(person) {
            // A frame holds a hundred of the longest notes.
            let seen: Vec<_> = self.words.iter().filter_map(|w| w.seen_by(role)).collect();
            for some in seen.chunks(20) {
                self.send(To::One(person), FromTable::Words(some.to_vec()), effects);
            }
        }
        if self.game.state().closed() {
            self.send_secrets(To::One(person), effects);
        }
        self.send_people(effects);
        if self.stopped {
            self.send(To::One(person), FromTable::Goodbye(Denied::TableStopped), effects);
        }
    }

    /// What happened after `after`, in messages that fit their frames.
    fn send_after(&mut self, person: PersonId, after: u32, effects: &mut Vec<Effect>) {
        let mut at = self.starts.partition_point(|start| *start <= after);
        // An `after` in the midst of a command: that command comes whole again.
        if at > 0 && self.end_of(at - 1) > after {
            at -= 1;
        }
        while at < self.starts.len() {
            let first = self.starts[at];
            let mut commands = Vec::new();
            let mut count = 0;
            while at < self.starts.len() && count < EVENTS_A_MESSAGE {
                let range = self.starts[at] as usize - 1..self.end_of(at) as usize;
                let events: Vec<_> = self.game.log()[range].iter().map(|entry| entry.event).collect();
                count += events.len();
                commands.push(events);
                at += 1;
            }
            let hash = (at == self.starts.len()).then(|| self.game.state().hash(self.game.setup()));
            self.send(To::One(person), FromTable::Events { first, commands, hash }, effects);
        }
    }

    /// The number of the last event of the `n`th command.
    fn end_of(&self, n: usize) -> u32 {
        self.starts.get(n + 1).map_or(self.game.log().len() as u32, |next| next - 1)
    }

    fn send_people(&mut self, effects: &mut Vec<Effect>) {
        let mut view = self.people.view();
        view.paused = self.paused;
        if let Some(seat) = self.votes.seat() {
            view.votes = Some((self.votes.count() as u8, self.people.team(seat).count() as u8));
        }
        // Only facilitators see, gently, who has not been offered a say.
        let mut private = view.clone();
        private.not_heard = match self.game.state().phase() {
            Phase::Talk { .. } => {
                Some(Perspective::ALL.into_iter().filter(|s| !self.offered.has(*s)).fold(SeatSet::NONE, SeatSet::with))
            }
            _ => None,
        };
        let here: Vec<_> = self.people.ids().filter(|id| self.people.is_here(*id)).collect();
        for person in here {
            let view = if self.people.is_facilitator(person) { &private } else { &view };
            self.send(To::One(person), FromTable::People(view.clone()), effects);
        }
    }

    fn send_secrets(&mut self, to: To, effects: &mut Vec<Effect>) {
        let secrets = FromTable::Secrets { seed: self.seed.0, salt: self.salt.0 };
        self.send(to, secrets, effects);
    }

    fn send_word(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let here: Vec<_> = self.people.ids().filter(|id| self.people.is_here(*id)).collect();
        for person in here {
            let seen = self.people.role(person).and_then(|role| self.words[at].seen_by(role));
            if let Some(word) = seen {
                self.send(To::One(person), FromTable::Words(vec![word]), effects);
            }
        }
    }

    // Requests

    fn remember(&mut self, person: PersonId, number: u32, answer: Answer) {
        let answers = self.answers.entry(person).or_default();
        answers.push_back((number, answer));
        if answers.len() > ANSWERS_MAX as usize {
            answers.pop_front();
        }
    }

    fn asked(&mut self, now_ms: u64, person: PersonId, number: u32, seen: u32, ask: Ask, effects: &mut Vec<Effect>) {
        let answers = self.answers.get(&person);
        if let Some((_, answer)) = answers.and_then(|a| a.iter().rev().find(|(n, _)| *n == number)) {
            let answer = *answer;
            return self.send(To::One(person), FromTable::Answer { number, answer }, effects);
        }
        let last = answers.and_then(|a| a.back()).map_or(0, |(n, _)| *n);
        let result = if self.stopped {
            Err(Denied::TableStopped)
        } else if number <= last {
            Err(Denied::NumberOutOfOrder { next: last + 1 })
        } else {
            self.answer(now_ms, person, number, seen, ask, effects)
        };
        let answer = result.unwrap_or_else(Answer::Denied);
        if !matches!(answer, Answer::Denied(Denied::NumberOutOfOrder { .. } | Denied::TableStopped)) {
            self.remember(person, number, answer);
        }
        self.send(To::One(person), FromTable::Answer { number, answer }, effects);
        if answer == Answer::Denied(Denied::MovedOn) {
            self.send_after(person, seen, effects);
        }
    }

    fn answer(
        &mut self,
        now_ms: u64,
        person: PersonId,
        number: u32,
        seen: u32,
        ask: Ask,
        effects: &mut Vec<Effect>,
    ) -> Result<Answer, Denied> {
        let role = self.people.role(person).ok_or(Denied::NoSuchPerson)?;
        match (role, &ask) {
            (Role::Player | Role::Facilitator, _) | (Role::Observer, Ask::Hand(_)) => {}
            (Role::Observer | Role::SharedScreen, _) => return Err(Denied::LooksOn),
        }
        let facilitator = role == Role::Facilitator;
        let only_facilitator = if facilitator { Ok(()) } else { Err(Denied::OnlyFacilitator) };
        match ask {
            Ask::Act { seat, command } => {
                match command {
                    Command::TakeSeat(_) | Command::LeaveSeat(_) | Command::Mend(_) => return Err(Denied::NotTaken),
                    _ => {}
                }
                self.act(person, number, seen, seat, command, None, effects)
            }
            Ask::Mend { seat, step } => {
                let step = checked(&step)?;
                self.act(person, number, seen, Some(seat), Command::Mend(0), Some(step), effects)
            }
            Ask::Note { seat, kind, audience, text, nonce } => {
                if let Some(seat) = seat
                    && !self.people.holds(person, seat)
                    && self.game.state().held().has(seat)
                {
                    return Err(Denied::NotYourSeat { seat });
                }
                let text = checked(&text)?;
                if let Some(kept) = self.words.iter().find(|w| w.nonce == nonce) {
                    return Ok(Answer::Done { seq: self.last(), word: Some(kept.id) });
                }
                let word = self.keep_word(kind, seat, audience, text, nonce);
                let id = word.id;
                // An unsigned note is kept without whoever asked.
                self.keep(Batch { word: Some(word), ..Batch::of(self.id) }, effects);
                self.send_word(self.words.len() - 1, effects);
                Ok(Answer::Done { seq: self.last(), word: Some(id) })
            }
            Ask::TakeSeat(seat) => self.change_seat(person, number, seat, true, effects),
            Ask::LeaveSeat(seat) => self.change_seat(person, number, seat, false, effects),
            Ask::MakeSpeaker { seat, person: speaker } => {
                if !facilitator && !self.people.holds(person, seat) {
                    return Err(Denied::NotYourSeat { seat });
                }
                self.people.make_speaker(seat, speaker)?;
                self.keep_people(effects)
            }
            Ask::GiveRole { person: whom, role } => {
                only_facilitator?;
                self.people.give_role(whom, role)?;
                self.keep_people(effects)
            }
            Ask::ClaimFacilitator => {
                self.people.claim_facilitator(person, now_ms)?;
                self.keep_people(effects)
            }
            Ask::Hide { id, hidden } => {
                only_facilitator?;
                let at = self.words.iter().position(|w| w.id == id).ok_or(Denied::NoSuchWords)?;
                self.words[at].hidden = hidden;
                self.keep(Batch { word: Some(self.words[at].clone()), ..Batch::of(self.id) }, effects);
                self.send_word(at, effects);
                Ok(self.done())
            }
            Ask::Point(outcome) => {
                if !self.game.setup().in_play().has(outcome) {
                    return Err(Denied::Rules(instep_rules::Refusal::NotInPlay { outcome }));
                }
                self.send(To::Everyone, FromTable::Moment(Moment::Pointed { person, outcome }), effects);
                Ok(self.done())
            }
            Ask::Hand(up) => {
                self.people.raise_hand(person, up);
                self.send_people(effects);
                Ok(self.done())
            }
            Ask::Offered(seat) => {
                only_facilitator?;
                self.offered = self.offered.with(seat);
                self.send_people(effects);
                Ok(self.done())
            }
            // Anyone may pause, and nobody is told who did (sessions.md).
            Ask::Pause(paused) => {
                self.paused = paused;
                self.send_people(effects);
                Ok(self.done())
            }
        }
    }

    fn last(&self) -> u32 {
        self.game.log().len() as u32
    }

    fn done(&self) -> Answer {
        Answer::Done { seq: self.last(), word: None }
    }

    /// A command of the rules.
    #[allow(clippy::too_many_arguments, reason = "one request, taken apart")]
    fn act(
        &mut self,
        person: PersonId,
        number: u32,
        seen: u32,
        seat: Option<Perspective>,
        command: Command,
        step: Option<String>,
        effects: &mut Vec<Effect>,
    ) -> Result<Answer, Denied> {
        let of_the_facilitator = matches!(command, Command::Close | Command::Set(_));
        if !of_the_facilitator {
            if self.paused {
                return Err(Denied::Paused);
            }
            if seen < self.last_turn_seq {
                return Err(Denied::MovedOn);
            }
        }
        let who = Who { seat, facilitator: self.people.is_facilitator(person) };
        let (mut command, mut step) = (command, step);
        // `end-talk` is the facilitator's too, whoever holds the seat; a pass is anybody's.
        let of_no_seat = matches!(
            command,
            Command::Pass
                | Command::DeclinePass
                | Command::Redraw
                | Command::Undo(_)
                | Command::Close
                | Command::Set(_)
        );
        let the_facilitators = who.facilitator && command == Command::EndTalk;
        if let Some(seat) = seat
            && !of_no_seat
            && !the_facilitators
        {
            match self.may_act(person, seat, command, step.take())? {
                Decision::Act(decided, words) => (command, step) = (decided, words),
                Decision::Wait => {
                    self.send_people(effects);
                    let of = self.people.team(seat).count() as u8;
                    return Ok(Answer::Counted { votes: self.votes.count() as u8, of });
                }
            }
        }
        let word_id = self.words.last().map_or(1, |w| w.id + 1);
        if let Command::Mend(note) = &mut command {
            *note = word_id;
        }
        let events =
            decide(self.game.setup(), self.game.state(), who, command, &mut self.chance).map_err(Denied::Rules)?;
        let word = step.filter(|_| matches!(command, Command::Mend(_))).map(|text| {
            // The nonce of a step is its number: a step is sent again under its request's number.
            let mut nonce = [0; 16];
            nonce[..4].copy_from_slice(&word_id.to_le_bytes());
            self.keep_word(instep_protocol::WordKind::Step, seat, instep_protocol::Audience::Everyone, text, nonce)
        });
        let word_kept = word.as_ref().map(|w| w.id);
        // A pass is unsigned: what is kept of it says neither person nor request. Sent again after a crash
        // it is refused as stale.
        let asked = (!matches!(command, Command::Pass)).then_some((person, number));
        self.keep_events(events, word, None, asked, effects);
        if word_kept.is_some() {
            self.send_word(self.words.len() - 1, effects);
        }
        if command == Command::Close {
            self.send_secrets(To::Everyone, effects);
        }
        Ok(Answer::Done { seq: self.last(), word: word_kept })
    }

    /// Whether this person may act for the seat, alone or as a vote of its team.
    fn may_act(
        &mut self,
        person: PersonId,
        seat: Perspective,
        command: Command,
        words: Option<String>,
    ) -> Result<Decision, Denied> {
        if !self.people.holds(person, seat) {
            return if self.game.state().held().has(seat) {
                Err(Denied::NotYourSeat { seat })
            } else {
                Ok(Decision::Act(command, words)) // an empty seat is voiced by anyone
            };
        }
        let speaker = self.people.speaker(seat);
        match self.game.state().ruleset().team_acts {
            TeamActs::Anyone => Ok(Decision::Act(command, words)),
            // A speaker who is away does not hold up the team.
            TeamActs::Speaker if speaker == Some(person) || speaker.is_none_or(|s| !self.people.is_here(s)) => {
                Ok(Decision::Act(command, words))
            }
            TeamActs::Speaker => Err(Denied::OnlyTheSpeaker { seat }),
            TeamActs::ShowOfHands => {
                let who = Who { seat: Some(seat), facilitator: false };
                // A vote for what the rules refuse anyway is told so at once. Nothing is drawn here.
                decide(self.game.setup(), self.game.state(), who, command, &mut instep_rules::Told::default())
                    .map_err(Denied::Rules)?;
                let team: Vec<_> = self.people.team(seat).filter(|p| *p == person || self.people.is_here(*p)).collect();
                Ok(match self.votes.cast(seat, person, command, words, &team, speaker) {
                    Some((command, words)) => Decision::Act(command, words),
                    None => Decision::Wait,
                })
            }
        }
    }

    fn change_seat(
        &mut self,
        person: PersonId,
        number: u32,
        seat: Perspective,
        take: bool,
        effects: &mut Vec<Effect>,
    ) -> Result<Answer, Denied> {
        if self.people.holds(person, seat) == take {
            return Err(Denied::Rules(instep_rules::Refusal::SeatAsBefore { seat }));
        }
        let alone = self.people.team(seat).all(|p| p == person);
        let command = if take { Command::TakeSeat(seat) } else { Command::LeaveSeat(seat) };
        let events = if alone {
            decide(self.game.setup(), self.game.state(), Who::ANYONE, command, &mut self.chance)
                .map_err(Denied::Rules)?
        } else {
            Events::new() // the seat stays held by others: nothing of the game changes
        };
        if take {
            self.people.take_seat(person, seat);
        } else {
            self.people.leave_seat(person, seat);
        }
        let roster = postcard::to_stdvec(self.people.roster()).ok();
        self.keep_events(events, None, roster, Some((person, number)), effects);
        self.send_people(effects);
        Ok(self.done())
    }

    // What is kept

    fn keep_word(
        &mut self,
        kind: instep_protocol::WordKind,
        seat: Option<Perspective>,
        audience: instep_protocol::Audience,
        text: String,
        nonce: [u8; 16],
    ) -> KeptWord {
        let id = self.words.last().map_or(1, |w| w.id + 1);
        let card = self.game.state().phase().card();
        let word = KeptWord { id, kind, seat, card, audience, hidden: false, nonce, text: Some(text) };
        self.words.push(word.clone());
        word
    }

    fn keep_people(&mut self, effects: &mut Vec<Effect>) -> Result<Answer, Denied> {
        let people = postcard::to_stdvec(self.people.roster()).ok();
        self.keep(Batch { people, ..Batch::of(self.id) }, effects);
        self.send_people(effects);
        Ok(self.done())
    }

    fn keep(&mut self, batch: Batch, effects: &mut Vec<Effect>) {
        effects.push(Effect::Keep(Box::new(batch)));
        self.waiting.push_back(Vec::new());
    }

    /// Applies the events of one command, and keeps them with whatever belongs to them.
    fn keep_events(
        &mut self,
        events: Events,
        word: Option<KeptWord>,
        people: Option<Vec<u8>>,
        asked: Option<(PersonId, u32)>,
        effects: &mut Vec<Effect>,
    ) {
        let first = self.last() + 1;
        let talk_before = matches!(self.game.state().phase(), Phase::Talk { .. });
        self.apply(&events);
        let mut batch = Batch { word, people, ..Batch::of(self.id) };
        if !events.is_empty() {
            for entry in &self.game.log()[first as usize - 1..] {
                self.text.clear();
                self.chain.push(&self.ids, entry, &mut self.text);
            }
            batch.closes = events.contains(&Event::GameClosed);
            batch.command = Some(CommandRow {
                first,
                // Plain data in memory: postcard has no reason to fail.
                events: postcard::to_stdvec(&events[..]).unwrap_or_default(),
                hash: *self.chain.last(),
                asked: asked.map(|(person, number)| (person, number, batch.word.as_ref().map(|w| w.id))),
            });
        }
        self.keep(batch, effects);
        if !events.is_empty() {
            let hash = Some(self.game.state().hash(self.game.setup()));
            let commands = vec![events.to_vec()];
            self.send(To::Everyone, FromTable::Events { first, commands, hash }, effects);
            let talk_now = matches!(self.game.state().phase(), Phase::Talk { .. });
            if talk_now != talk_before {
                self.send_people(effects);
            }
        }
    }

    fn apply(&mut self, events: &[Event]) {
        let Some(first) = events.first() else { return };
        self.starts.push(self.last() + 1);
        self.game.apply(events);
        let moves_on = first.can_begin_step() || matches!(first, Event::Undone { .. } | Event::GameClosed);
        if moves_on {
            self.last_turn_seq = self.last();
            self.votes.clear();
            self.offered = SeatSet::NONE;
        }
    }
}

enum Decision {
    Act(Command, Option<String>),
    Wait,
}
