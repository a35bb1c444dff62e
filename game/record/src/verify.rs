//! Checking a record: everything is made again from the header and the events.

use std::sync::Arc;

use instep_rules::{Commitment, Deck, Event, Salt, Seed, Verifier};

use crate::record::{check_commitment, header_fault};
use crate::{Chain, ChanceCheck, Fault, FaultKind, FinalState, Hash, Header, Ids, Record, Stored, Verified, to_hex};

/// The events of one accepted command, as a journal keeps them.
#[derive(Clone, Copy, Debug)]
pub struct StoredCommand<'a> {
    /// Its events.
    pub events: &'a [Event],
    /// The chain's hash after the last of them.
    pub hash: Hash,
}

impl Record {
    /// Checks the record from itself alone: the chain, the numbers without gaps, each event's step and
    /// seat, that the rules allow each event, that every roll and draw is the seed's, that the seed is the
    /// one committed to, and the final state.
    ///
    /// # Errors
    /// The first [`Fault`]: it says the event's number, what should be there and what is.
    pub fn verify(&self) -> Result<Verified, Fault> {
        let mut replay = Replay::new(&self.header, self.secrets())?;
        if self.chance.seed.is_some() != self.chance.salt.is_some() {
            return Err(Fault::new(FaultKind::Format, None, "seed and salt, or neither", self.chance.text()));
        }
        check_commitment(self.chance.commitment, self.secrets())?;
        // The rules are asked only about what the chain holds together; of two faults, the first is told.
        let broken = self.broken_chain(&replay.ids);
        let sound = broken.as_ref().map_or(self.events.len(), |(n, _)| *n);
        let checked = self.replay(&mut replay, sound);
        match (checked, broken) {
            (Err(fault), Some((n, _))) if fault.seq.is_some_and(|seq| seq as usize <= n) => return Err(fault),
            (_, Some((_, fault))) => return Err(fault),
            (checked, None) => checked?,
        }
        let last = self.events.last().map_or_else(|| *Chain::start(&self.header).last(), |stored| stored.hash);
        let verified = replay.finish(last);
        if verified.state.closed && self.secrets().is_none() {
            let expected = "the seed and the salt, for the game is closed";
            return Err(Fault::new(FaultKind::Chance, None, expected, self.chance.text()));
        }
        if verified.state != self.state {
            let (expected, found) = (verified.state.text(), self.state.text());
            return Err(Fault::differing(FaultKind::State, None, &expected, &found));
        }
        Ok(verified)
    }

    /// The first event that is out of the chain or out of number, by its place in the list.
    fn broken_chain(&self, ids: &Ids) -> Option<(usize, Fault)> {
        let mut chain = Chain::start(&self.header);
        let mut line = String::with_capacity(320);
        for (n, stored) in self.events.iter().enumerate() {
            let seq = n as u32 + 1;
            let last = *chain.last();
            line.clear();
            let hash = chain.push(ids, &stored.entry, &mut line);
            let kind = if stored.entry.seq != seq {
                line = format!("{{\"seq\":{seq},…}}");
                FaultKind::Order
            } else if stored.prev != last || stored.hash != hash {
                FaultKind::Chain
            } else {
                continue;
            };
            let found = ids.line(&stored.entry, &stored.prev, &stored.hash);
            return Some((n, Fault::new(kind, Some(seq), line, found)));
        }
        None
    }

    /// Asks the rules about the first `sound` events.
    fn replay(&self, replay: &mut Replay<'_>, sound: usize) -> Result<(), Fault> {
        let events: Vec<Event> = self.events[..sound].iter().map(|stored| stored.entry.event).collect();
        if let Some(Event::TableOpened { commitment }) = events.first()
            && *commitment != self.chance.commitment
        {
            let quoted = |c: Commitment| format!("{{\"commitment\":\"{}\"}}", to_hex(&c.0));
            let (expected, found) = (quoted(self.chance.commitment), quoted(*commitment));
            return Err(Fault::new(FaultKind::Commitment, Some(1), expected, found));
        }
        if self.events.is_empty() {
            return Err(Fault::new(FaultKind::Order, Some(1), "{\"type\":\"TableOpened\",…}", "no event"));
        }
        let mut at = 0;
        while at < events.len() {
            let count = replay.command(&events[at..])?;
            let made = &replay.verifier.game().log()[at..];
            for (Stored { entry, .. }, made) in self.events[at..at + count].iter().zip(made) {
                if entry != made {
                    let (expected, found) = (replay.ids.entry_text(made), replay.ids.entry_text(entry));
                    return Err(Fault::new(FaultKind::Order, Some(made.seq), expected, found));
                }
            }
            at += count;
        }
        Ok(())
    }
}

/// Checks a table's log where it is kept command by command, as in a database: each command whole, the
/// chain's hash after each, and with the secrets every roll and draw.
///
/// # Errors
/// The first [`Fault`].
pub fn verify_parts<'a>(
    header: &Header,
    commands: impl IntoIterator<Item = StoredCommand<'a>>,
    secrets: Option<(Seed, Salt)>,
) -> Result<Verified, Fault> {
    let mut replay = Replay::new(header, secrets)?;
    let mut chain = Chain::start(header);
    let mut line = String::with_capacity(320);
    for StoredCommand { events, hash } in commands {
        if let Some(Event::TableOpened { commitment }) = events.first() {
            check_commitment(*commitment, secrets).map_err(|fault| Fault { seq: Some(1), ..fault })?;
        }
        let before = replay.verifier.game().log().len();
        let count = if events.is_empty() { 0 } else { replay.command(events)? };
        if count == 0 || count != events.len() {
            let seq = (before + count) as u32 + 1;
            let found = events.get(count).map_or_else(|| "no event".to_owned(), |event| replay.ids.event_text(event));
            return Err(Fault::new(FaultKind::Order, Some(seq), "the events of one command", found));
        }
        let mut made = *chain.last();
        for entry in &replay.verifier.game().log()[before..] {
            line.clear();
            made = chain.push(&replay.ids, entry, &mut line);
        }
        if made != hash {
            let seq = (before + count) as u32;
            return Err(Fault::new(FaultKind::Chain, Some(seq), to_hex(&made), to_hex(&hash)));
        }
    }
    Ok(replay.finish(*chain.last()))
}

/// A log being replayed against the rules.
struct Replay<'a> {
    header: &'a Header,
    ids: Ids,
    verifier: Verifier,
    seed: Option<Seed>,
}

impl<'a> Replay<'a> {
    fn new(header: &'a Header, secrets: Option<(Seed, Salt)>) -> Result<Self, Fault> {
        let setup = header.setup().map_err(|error| header_fault(&error))?;
        let ids = Ids::with_setup(header, &setup);
        Ok(Self { header, ids, verifier: Verifier::new(Arc::new(setup)), seed: secrets.map(|s| s.0) })
    }

    /// Checks and applies the next command of `rest`, and says how many events it has.
    fn command(&mut self, rest: &[Event]) -> Result<usize, Fault> {
        let chain = match &self.seed {
            Some(seed) => instep_rules::Chain::Seed(seed),
            None => instep_rules::Chain::NotPublished,
        };
        self.verifier.check_command(rest, chain).map_err(|fault| self.explain(&fault))
    }

    fn explain(&self, fault: &instep_rules::Fault) -> Fault {
        let text = |event: &Event| self.ids.event_text(event);
        let kind = match (&fault.expected, &fault.found) {
            (Some(_), None) => FaultKind::Order,
            (Some(Event::DieRolled { typed: false, .. }), Some(Event::DieRolled { typed: false, .. })) => {
                FaultKind::Chance
            }
            (Some(Event::CardDrawn { refilled, .. }), Some(Event::CardDrawn { refilled: told, .. }))
                if refilled == told =>
            {
                FaultKind::Chance
            }
            _ => FaultKind::Illegal { refusal: fault.refusal },
        };
        let expected = match &fault.expected {
            Some(event) if self.seed.is_none() => self.possible(event),
            Some(event) => text(event),
            None if fault.seq == 1 => "{\"type\":\"TableOpened\",…}".to_owned(),
            None if fault.refusal.is_some() => "another event, or none: this one would have been refused".to_owned(),
            None => "an event with which a command begins".to_owned(),
        };
        let found = fault.found.as_ref().map_or_else(|| "the end of the events".to_owned(), text);
        Fault::new(kind, Some(fault.seq), expected, found)
    }

    /// What may be there where the seed is not known.
    fn possible(&self, event: &Event) -> String {
        let game = self.verifier.game();
        match *event {
            Event::DieRolled { typed: false, .. } => {
                let faces = game.state().ruleset().die_faces;
                format!("{{\"type\":\"DieRolled\",…}} with a face from 1 to {faces}, by as many words as that can take")
            }
            Event::CardDrawn { card, refilled, .. } => {
                let deck = game.setup().cards().get(card.index()).map(|rules| rules.deck);
                let id = match deck {
                    Some(Deck::Of(perspective)) => &self.header.perspectives[perspective.index()],
                    _ => crate::header::POEMS,
                };
                format!(
                    "{{\"type\":\"CardDrawn\",…,\"deck\":{id:?},\"refilled\":{refilled},…}} with a card that \
                     can be drawn now, by as many words as that can take"
                )
            }
            _ => self.ids.event_text(event),
        }
    }

    fn finish(self, hash: Hash) -> Verified {
        let game = self.verifier.game();
        Verified {
            events: game.log().len() as u32,
            steps: game.state().steps(),
            chance: if self.seed.is_some() { ChanceCheck::FromTheSeed } else { ChanceCheck::PossibleOnly },
            state: FinalState::new(self.header, game),
            hash,
            game: game.clone(),
        }
    }
}
