//! What a table hands to the journal.

use super::*;

impl Table {
    pub(super) fn keep_word(
        &mut self,
        kind: WordKind,
        seat: Option<Perspective>,
        audience: Audience,
        text: String,
        nonce: [u8; 16],
        by: Option<PersonId>,
    ) -> KeptWord {
        let id = self.words.last().map_or(1, |w| w.id + 1);
        let card = self.game.state().phase().card();
        self.size.add(&text);
        let word =
            KeptWord { id, kind, seat, card, audience, hidden: false, nonce, text: Some(text), by, reported: false };
        // A step is told from others by its request's number; its nonce is no secret, and may be somebody's own.
        if kind != WordKind::Step {
            self.nonces.insert(nonce, id);
        }
        self.words.push(word.clone());
        word
    }

    pub(super) fn keep_people(&mut self, effects: &mut Vec<Effect>) -> Result<Answer, Denied> {
        let people = self.people_to_keep();
        self.keep(Batch { people, ..Batch::of(self.id) }, effects);
        self.send_people(effects);
        Ok(self.done())
    }

    /// What is kept of people, for a batch.
    pub(super) fn people_to_keep(&mut self) -> Option<Vec<u8>> {
        self.people_wait = false;
        Some(self.people.roster().to_bytes())
    }

    /// Keeps what has changed of people and nobody asked for.
    pub(super) fn keep_people_who_wait(&mut self, effects: &mut Vec<Effect>) {
        if self.people_wait && !self.stopped {
            let people = self.people_to_keep();
            self.keep(Batch { people, ..Batch::of(self.id) }, effects);
        }
    }

    pub(super) fn keep(&mut self, batch: Batch, effects: &mut Vec<Effect>) {
        effects.push(Effect::Keep(Box::new(batch)));
        self.waiting.push_back(Vec::new());
    }

    /// Applies the events of one command, and keeps them with whatever belongs to them.
    pub(super) fn keep_events(
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
            if self.votes_told && self.votes.seat().is_none() {
                self.send_people(effects);
            } else if talk_now != talk_before {
                // Whom nobody has asked yet is theirs alone to see.
                self.send_people_to_facilitators(effects);
            }
        }
    }

    pub(super) fn apply(&mut self, events: &[Event]) {
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
