//! What a table sends, and to whom.

use instep_protocol::WordText;

use super::*;

/// Bytes of words in one message to somebody who comes in: well below a frame's size.
const WORDS_BYTES_A_MESSAGE: usize = 48 * 1024;

/// What a word takes beside its text, at most.
const WORD_BYTES: usize = 32;

impl Table {
    /// Sends at once, or after what waits for its commit: an answer may speak of it.
    pub(super) fn send(&mut self, to: To, message: FromTable, effects: &mut Vec<Effect>) {
        match self.waiting.back_mut() {
            Some(list) => list.push((to, message)),
            None => effects.push(Effect::Send(to, message)),
        }
    }

    pub(super) fn hello(&mut self, person: PersonId, oldest: u16, newest: u16, have: u32, effects: &mut Vec<Effect>) {
        if !(oldest..=newest).contains(&VERSION) {
            let why = Denied::Version { oldest: VERSION, newest: VERSION };
            return self.send(To::One(person), FromTable::Goodbye(why), effects);
        }
        self.tell_everything(person, have, effects);
    }

    /// Somebody comes in over a network. What they come back with is on disk before they have it.
    pub(super) fn enter(
        &mut self,
        now_ms: u64,
        person: PersonId,
        have: u32,
        token: Option<([u8; 32], TokenHash)>,
        effects: &mut Vec<Effect>,
    ) {
        self.people.come(person, now_ms);
        // What waits for this person was for the connection before: its answers are not this device's, and its token
        // is not the newest any more. Whoever comes in is told everything, and asks again what was not answered.
        for list in &mut self.waiting {
            list.retain(|(to, _)| *to != To::One(person));
        }
        if let Some((secret, hash)) = token {
            self.people.give_token(person, hash);
            self.people.begin_numbers(person, self.last_number(person));
            let people = self.people_to_keep();
            self.keep(Batch { people, ..Batch::of(self.id) }, effects);
            let token = Token { table: self.id.0 as u64, person, secret };
            self.send_entered(token, effects);
        }
        self.tell_everything(person, have, effects);
    }

    pub(super) fn send_entered(&mut self, token: Token, effects: &mut Vec<Effect>) {
        let entered = Entered { version: VERSION, token, called: self.door.called.clone() };
        self.send(To::One(token.person), FromTable::Entered(Box::new(entered)), effects);
    }

    /// All that this person may know, after what they have.
    pub(super) fn tell_everything(&mut self, person: PersonId, have: u32, effects: &mut Vec<Effect>) {
        let next_number = self.last_number(person).saturating_add(1).max(self.people.first_number(person));
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
            // As many as a frame holds: whoever comes in late must not be sent more frames than may wait for them.
            let (mut some, mut bytes) = (Vec::new(), 0);
            for word in self.words.iter().filter_map(|w| w.seen_by(role)).collect::<Vec<_>>() {
                let len = match &word.text {
                    WordText::Said(text) => WORD_BYTES + text.len(),
                    WordText::Hidden | WordText::Erased => WORD_BYTES,
                };
                if bytes + len > WORDS_BYTES_A_MESSAGE {
                    self.send(To::One(person), FromTable::Words(std::mem::take(&mut some)), effects);
                    bytes = 0;
                }
                some.push(word);
                bytes += len;
            }
            if !some.is_empty() {
                self.send(To::One(person), FromTable::Words(some), effects);
            }
        }
        if self.game.state().closed() {
            self.send_secrets(To::One(person), effects);
        }
        self.send_people(effects);
        if self.stopped {
            self.send(To::One(person), FromTable::Goodbye(Denied::TableStopped), effects);
        }
        self.send_door(effects);
    }

    /// The door, to those who open it.
    pub(super) fn send_door(&mut self, effects: &mut Vec<Effect>) {
        let door = Door {
            key: TableKey { table: self.id.0 as u64, secret: self.door.secret },
            code: self.door.code.clone(),
            called: self.door.called.clone(),
            public: self.door.public,
            waiting: self.knocking.clone(),
        };
        let here: Vec<_> =
            self.people.ids().filter(|id| self.people.is_here(*id) && self.people.is_facilitator(*id)).collect();
        for person in here {
            self.send(To::One(person), FromTable::Door(Box::new(door.clone())), effects);
        }
    }

    /// What happened after `after`, in messages that fit their frames.
    pub(super) fn send_after(&mut self, person: PersonId, after: u32, effects: &mut Vec<Effect>) {
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
    pub(super) fn end_of(&self, n: usize) -> u32 {
        self.starts.get(n + 1).map_or(self.game.log().len() as u32, |next| next - 1)
    }

    pub(super) fn send_people(&mut self, effects: &mut Vec<Effect>) {
        self.votes_told = self.votes.seat().is_some();
        self.send_people_to(|_| true, effects);
    }

    pub(super) fn send_people_to_facilitators(&mut self, effects: &mut Vec<Effect>) {
        self.send_people_to(|facilitator| facilitator, effects);
    }

    fn send_people_to(&mut self, whom: impl Fn(bool) -> bool, effects: &mut Vec<Effect>) {
        let here: Vec<_> =
            self.people.ids().filter(|id| self.people.is_here(*id) && whom(self.people.is_facilitator(*id))).collect();
        if here.is_empty() {
            return;
        }
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
        for person in here {
            let view = if self.people.is_facilitator(person) { &private } else { &view };
            self.send(To::One(person), FromTable::People(view.clone()), effects);
        }
    }

    pub(super) fn send_secrets(&mut self, to: To, effects: &mut Vec<Effect>) {
        let secrets = FromTable::Secrets { seed: self.seed.0, salt: self.salt.0 };
        self.send(to, secrets, effects);
    }

    pub(super) fn send_word(&mut self, at: usize, effects: &mut Vec<Effect>) {
        self.send_word_to(at, effects, |_| true);
    }

    /// Sends words to those of such roles who may see them.
    pub(super) fn send_word_to(&mut self, at: usize, effects: &mut Vec<Effect>, of: impl Fn(Role) -> bool) {
        let here: Vec<_> = self.people.ids().filter(|id| self.people.is_here(*id)).collect();
        for person in here {
            let role = self.people.role(person).filter(|role| of(*role));
            let seen = role.and_then(|role| self.words[at].seen_by(role));
            if let Some(word) = seen {
                self.send(To::One(person), FromTable::Words(vec![word]), effects);
            }
        }
    }
}
