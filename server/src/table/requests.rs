//! What people ask, and what they are answered.

use super::*;

impl Table {
    pub(super) fn remember(&mut self, person: PersonId, number: u32, answer: Answer, of: AnswerOf) {
        let answers = self.answers.entry(person).or_default();
        answers.last = answers.last.max(number);
        answers.list.push_back((number, answer, of));
        if answers.list.len() > ANSWERS_MAX as usize {
            answers.list.pop_front();
        }
    }

    /// The greatest number that this person's requests have had, 0 for none.
    pub(super) fn last_number(&self, person: PersonId) -> u32 {
        self.answers.get(&person).map_or(0, |answers| answers.last)
    }

    pub(super) fn asked(
        &mut self,
        now_ms: u64,
        person: PersonId,
        number: u32,
        seen: u32,
        ask: Ask,
        effects: &mut Vec<Effect>,
    ) {
        let known = self.answers.get(&person).and_then(|a| a.list.iter().rev().find(|(n, ..)| *n == number));
        // Devices of one person use different numbers; other people's clients may not keep to that.
        if let Some((_, answer, _)) = known.filter(|(.., of)| of.may_be(&ask)) {
            let answer = *answer;
            return self.send(To::One(person), FromTable::Answer { number, answer }, effects);
        }
        let (last, of) = (self.last_number(person), AnswerOf::request(&ask));
        // Words are told from others by their nonce: they are taken however late they come, and kept once.
        let in_order = number > last || matches!(ask, Ask::Note { .. } | Ask::Chat { .. });
        let result = if self.stopped {
            Err(Denied::TableStopped)
        } else if !in_order || number == u32::MAX {
            // None could follow on the greatest number there is.
            Err(Denied::NumberOutOfOrder { next: last.saturating_add(1) })
        } else {
            self.answer(now_ms, person, number, seen, ask, effects)
        };
        let answer = result.unwrap_or_else(Answer::Denied);
        let forgotten = matches!(answer, Answer::Denied(Denied::NumberOutOfOrder { .. } | Denied::TableStopped));
        // Whoever is not at the table any more asks nothing again.
        if !forgotten && self.people.role(person).is_some() {
            self.remember(person, number, answer, of);
            self.people_wait |= self.people.uses_number(person, number);
        }
        if !matches!(answer, Answer::Denied(_)) {
            // Whoever is told that something is done can come back; a refusal changes nothing, so that it can wait.
            self.keep_people_who_wait(effects);
        }
        self.send(To::One(person), FromTable::Answer { number, answer }, effects);
        if answer == Answer::Denied(Denied::MovedOn) {
            self.send_after(person, seen, effects);
        }
    }

    pub(super) fn answer(
        &mut self,
        now_ms: u64,
        person: PersonId,
        number: u32,
        seen: u32,
        ask: Ask,
        effects: &mut Vec<Effect>,
    ) -> Result<Answer, Denied> {
        let role = self.people.role(person).ok_or(Denied::NoSuchPerson)?;
        // Sent again after its answer was forgotten: it is kept, whatever this person may do by now.
        if let Ask::Note { nonce, .. } | Ask::Chat { nonce, .. } = &ask
            && let Some(id) = self.nonces.get(nonce)
        {
            return Ok(Answer::Done { seq: self.last(), word: Some(*id) });
        }
        match (role, &ask) {
            (Role::Player | Role::Facilitator, _) => {}
            (Role::Observer, Ask::Hand(_) | Ask::Name(_) | Ask::Chat { .. } | Ask::Report { .. }) => {}
            (Role::Observer | Role::SharedScreen, _) => return Err(Denied::LooksOn),
        }
        let facilitator = role == Role::Facilitator;
        let only_facilitator = if facilitator { Ok(()) } else { Err(Denied::OnlyFacilitator) };
        if self.people.is_muted(person) && matches!(ask, Ask::Note { .. } | Ask::Chat { .. } | Ask::Name(_)) {
            return Err(Denied::Muted);
        }
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
                self.size.takes(WordKind::Step, &step)?;
                self.act(person, number, seen, Some(seat), Command::Mend(0), Some(step), effects)
            }
            Ask::Note { seat, kind, audience, text, nonce } => {
                let names = kind == WordKind::TeamName;
                // A step comes with the tile that it keeps, and what is said in the chat in its own way.
                if matches!(kind, WordKind::Step | WordKind::Chat) {
                    return Err(Denied::NotTaken);
                }
                if let Some(seat) = seat
                    && !self.people.holds(person, seat)
                    && self.game.state().held().has(seat)
                    && !(names && facilitator)
                {
                    return Err(Denied::NotYourSeat { seat });
                }
                // A name is a seat's, and for everyone.
                if names && (seat.is_none() || audience != Audience::Everyone) {
                    return Err(Denied::NotTaken);
                }
                let text = if names { checked_name(&text)? } else { checked(&text)? };
                self.may_type(now_ms, person, kind, &text)?;
                let word = self.keep_word(kind, seat, audience, text, nonce, None);
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
                effects.push(Effect::Log(person, "gave a role"));
                // What a facilitator may see is more than others may: whoever is one now is told all of it.
                let answer = self.keep_people(effects);
                if role == Role::Facilitator && self.people.is_here(whom) {
                    self.tell_everything(whom, self.last(), effects);
                }
                answer
            }
            Ask::ClaimFacilitator => {
                self.people.claim_facilitator(person, now_ms)?;
                let answer = self.keep_people(effects);
                self.tell_everything(person, self.last(), effects);
                answer
            }
            Ask::Hide { id, hidden } => {
                only_facilitator?;
                effects.push(Effect::Log(person, if hidden { "hid words" } else { "showed words" }));
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
            Ask::PointCard => {
                self.send(To::Everyone, FromTable::Moment(Moment::PointedAtCard { person }), effects);
                Ok(self.done())
            }
            Ask::Name(name) => {
                let name = checked_name(&name)?;
                self.name_person(person, name, effects);
                self.send_people(effects);
                Ok(self.done())
            }
            Ask::Chat { text, nonce } => {
                if !self.people.chat() {
                    return Err(Denied::NoChat);
                }
                let text = checked(&text)?;
                self.may_type(now_ms, person, WordKind::Chat, &text)?;
                let word = self.keep_word(WordKind::Chat, None, Audience::Everyone, text, nonce, Some(person));
                let id = word.id;
                self.keep(Batch { word: Some(word), ..Batch::of(self.id) }, effects);
                self.send_word(self.words.len() - 1, effects);
                Ok(Answer::Done { seq: self.last(), word: Some(id) })
            }
            Ask::LetChat(chat) => {
                only_facilitator?;
                effects.push(Effect::Log(person, if chat { "let people chat" } else { "ended the chat" }));
                self.people.let_chat(chat);
                self.keep_people(effects)
            }
            Ask::Admit { waiting, role } => {
                only_facilitator?;
                let at = self.knocking.iter().position(|w| w.id == waiting).ok_or(Denied::NobodyWaits)?;
                if self.people.count() >= crate::door::PEOPLE_MAX {
                    return Err(Denied::TableFull);
                }
                effects.push(Effect::Log(person, "let somebody in"));
                let name = self.knocking.remove(at).name;
                let whom = self.add_guest(role, name, effects);
                effects.push(Effect::LetIn(waiting, whom));
                self.send_door(effects);
                Ok(self.done())
            }
            Ask::TurnAway { waiting } => {
                only_facilitator?;
                let at = self.knocking.iter().position(|w| w.id == waiting).ok_or(Denied::NobodyWaits)?;
                effects.push(Effect::Log(person, "turned somebody away"));
                self.knocking.remove(at);
                effects.push(Effect::TurnedAway(waiting));
                self.send_door(effects);
                Ok(self.done())
            }
            Ask::Public(public) => {
                only_facilitator?;
                effects
                    .push(Effect::Log(person, if public { "listed the table" } else { "took the table off the list" }));
                self.change_door(|door| door.public = public, effects);
                Ok(self.done())
            }
            Ask::Call(called) => {
                only_facilitator?;
                let called = if called.trim().is_empty() { String::new() } else { checked_name(&called)? };
                self.change_door(|door| door.called = called, effects);
                Ok(self.done())
            }
            Ask::NewInvite => {
                only_facilitator?;
                effects.push(Effect::Log(person, "made a new invite"));
                effects.push(Effect::NewDoor);
                Ok(self.done())
            }
            Ask::Mute { person: whom, muted } => {
                only_facilitator?;
                effects.push(Effect::Log(person, if muted { "muted somebody" } else { "let somebody type again" }));
                self.people.mute(whom, muted)?;
                self.keep_people(effects)
            }
            Ask::SendAway { person: whom } => {
                only_facilitator?;
                if self.people.role(whom).is_none() {
                    return Err(Denied::NoSuchPerson);
                }
                if self.people.is_last_facilitator(whom) {
                    return Err(Denied::LastFacilitator);
                }
                self.send_away(whom, effects)?;
                effects.push(Effect::Log(person, "asked somebody to leave"));
                Ok(self.done())
            }
            Ask::Report { id } => {
                let at = self.words.iter().position(|w| w.id == id).ok_or(Denied::NoSuchWords)?;
                // What one may not read one can't have been troubled by.
                if self.words[at].seen_by(role).is_none() {
                    return Err(Denied::NoSuchWords);
                }
                self.words[at].reported = true;
                self.keep(Batch { word: Some(self.words[at].clone()), ..Batch::of(self.id) }, effects);
                // Whoever wrote it, and whoever sits beside them, are not told that it troubled somebody.
                self.send_word_to(at, effects, |role| role == Role::Facilitator);
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

    /// Whether there is room at the table for these words, and this person has not typed too much of late.
    fn may_type(&mut self, now_ms: u64, person: PersonId, kind: WordKind, text: &str) -> Result<(), Denied> {
        self.size.takes(kind, text)?;
        self.pace.types(person, now_ms)
    }

    /// Whether the log takes another event.
    fn has_room(&self) -> Result<(), Denied> {
        if self.last() < EVENTS_MAX { Ok(()) } else { Err(Denied::NoMoreEvents) }
    }

    pub(super) fn last(&self) -> u32 {
        self.game.log().len() as u32
    }

    pub(super) fn done(&self) -> Answer {
        Answer::Done { seq: self.last(), word: None }
    }

    /// A command of the rules.
    #[allow(clippy::too_many_arguments, reason = "one request, taken apart")]
    pub(super) fn act(
        &mut self,
        person: PersonId,
        number: u32,
        seen: u32,
        seat: Option<Perspective>,
        command: Command,
        step: Option<String>,
        effects: &mut Vec<Effect>,
    ) -> Result<Answer, Denied> {
        if command != Command::Close {
            self.has_room()?;
        }
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
            self.keep_word(
                instep_protocol::WordKind::Step,
                seat,
                instep_protocol::Audience::Everyone,
                text,
                nonce,
                None,
            )
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
    pub(super) fn may_act(
        &mut self,
        person: PersonId,
        seat: Perspective,
        command: Command,
        words: Option<String>,
    ) -> Result<Decision, Denied> {
        if !self.people.holds(person, seat) {
            return if self.game.state().held().has(seat) && !self.people.is_voiced(seat) {
                Err(Denied::NotYourSeat { seat })
            } else {
                Ok(Decision::Act(command, words)) // an empty seat is voiced by anyone, and so is one whose team is away
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

    /// Leaves somebody's seats for them, and ends their stay.
    fn send_away(&mut self, whom: PersonId, effects: &mut Vec<Effect>) -> Result<(), Denied> {
        for seat in Perspective::ALL {
            if !self.people.holds(whom, seat) {
                continue;
            }
            // After the end no seat is left any more; people may still be asked to leave.
            let alone = self.people.team(seat).all(|p| p == whom) && self.game.state().held().has(seat);
            let events = if alone && !self.game.state().closed() {
                let command = Command::LeaveSeat(seat);
                decide(self.game.setup(), self.game.state(), Who::ANYONE, command, &mut self.chance)
                    .map_err(Denied::Rules)?
            } else {
                Events::new()
            };
            self.people.leave_seat(whom, seat);
            // In one commit: a seat that is empty in the log and held by somebody could never be left again.
            let roster = self.people_to_keep();
            self.keep_events(events, None, roster, None, effects);
        }
        self.people.send_away(whom)?;
        self.answers.remove(&whom);
        self.keep(Batch { name: Some((whom, String::new())), ..Batch::of(self.id) }, effects);
        effects.push(Effect::PutOut(whom));
        self.keep_people(effects).map(|_| ())
    }

    pub(super) fn change_seat(
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
        if take {
            self.has_room()?;
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
        let roster = self.people_to_keep();
        self.keep_events(events, None, roster, Some((person, number)), effects);
        self.send_people(effects);
        Ok(self.done())
    }
}

pub(super) enum Decision {
    Act(Command, Option<String>),
    Wait,
}
