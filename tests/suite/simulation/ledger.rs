//! What was seen, and the checks at each frame that leaves the server and each answer that arrives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use instep_protocol::{
    Answer, Ask, Audience, Denied, Enter, FromClient, FromTable, PersonId, Token, Way, WordText, decode,
};
use instep_server::{ConnId, LobbyInput, TableId};
use sha2::{Digest, Sha256};

use crate::disk::{Platter, seating};
use crate::net::Wire;
use crate::packs::SimMaker;
use crate::typed::{self, Mark, TypedWords};
use crate::world::World;

/// Who waits at one door at most (`server/src/door.rs`).
const WAITING_MAX: usize = 60;

/// What 32 bytes of the server's chance have become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Secret {
    Unknown,
    OfChance,
    Token((TableId, PersonId), u64),
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) typed: TypedWords,
    secrets: BTreeMap<[u8; 32], Secret>,
    tokens: u64,
    /// Whom a facilitator asked to leave; it may have been lost.
    pub(crate) maybe_sent_away: BTreeSet<(TableId, PersonId)>,
    /// Of whom a facilitator was told that they are.
    sent_away: BTreeSet<(TableId, PersonId)>,
    /// All tokens, and for each person the newest that was used: those before it open nothing any more.
    given: Vec<(Token, u64)>,
    used: BTreeMap<(TableId, PersonId), u64>,
    /// Whoever was told that something they asked for is done, or has come back once: they always can.
    pub(crate) proven: BTreeSet<(TableId, PersonId)>,
    /// Every number that a device of a person has used.
    pub(crate) numbers: BTreeSet<(TableId, PersonId, u32)>,
    asked_to_leave: BTreeMap<(ConnId, u32), (TableId, PersonId)>,
    denied_now: Vec<(ConnId, u32)>,
    last_frame: Option<(Bytes, Arc<FromTable>, Arc<[Mark]>)>,
    /// The next commit fails.
    pub(crate) disk_fails: bool,
    /// In which life of the server it did.
    pub(crate) broken_in: Option<u32>,
    /// For each table how many commands were kept, and when the last one was.
    active: BTreeMap<TableId, (usize, u64)>,
}

impl Ledger {
    /// Takes in what the lobby has drawn.
    pub(crate) fn learn(&mut self, drawn: &Mutex<Vec<[u8; 32]>>, maker: &SimMaker) {
        if let Ok(mut drawn) = drawn.lock() {
            self.secrets.extend(drawn.drain(..).map(|secret| (secret, Secret::Unknown)));
        }
        let made = maker.made.borrow_mut().drain(..).map(|secret| (secret, Secret::OfChance)).collect::<Vec<_>>();
        self.secrets.extend(made);
    }

    pub(crate) fn commit_is_checked(&self, platter: &Platter, seed: u64) {
        if let Some(fault) = platter.faults.first() {
            panic!("seed {seed}: what is kept follows on what was kept: {fault}");
        }
    }

    /// The place of a token in the order in which they were given.
    pub(crate) fn order_of(&self, secret: &[u8; 32]) -> u64 {
        match self.secrets.get(secret) {
            Some(Secret::Token(_, order)) => *order,
            _ => 0,
        }
    }
}

impl World {
    /// Whether somebody is kept as a facilitator, or ever was.
    pub(crate) fn was_facilitator(&self, at: Option<(TableId, PersonId)>) -> bool {
        let Some((table, person)) = at else { return false };
        let platter = self.platter.borrow();
        person == PersonId(1) || platter.tables.get(&table).is_some_and(|kept| kept.facilitators.contains(&person))
    }

    /// Somebody says something, and what of it changed is looked at.
    pub(crate) fn said(&mut self, conn: ConnId, message: FromClient) {
        if let Some(wire) = self.wires.get_mut(&conn).filter(|wire| !wire.begun) {
            wire.begun = true;
            if let FromClient::Enter(Enter { way: Way::Resume { token, .. }, .. }) = &message {
                wire.at = Some((TableId(token.table as i64), token.person));
                wire.token = Some(self.ledger.order_of(&token.secret));
            }
        }
        let at = self.wires.get(&conn).and_then(|wire| wire.at);
        let number = match &message {
            FromClient::Ask { number, ask, .. } => {
                if let (Ask::SendAway { person }, Some((table, _)), true) = (ask, at, self.was_facilitator(at)) {
                    self.ledger.maybe_sent_away.insert((table, *person));
                    self.ledger.asked_to_leave.insert((conn, *number), (table, *person));
                }
                Some(*number)
            }
            _ => None,
        };
        let before = self.look(at);
        self.ledger.denied_now.clear();
        self.hand(LobbyInput::Said(conn, message));
        let changed = before != self.look(at);
        if let (Some(number), Some(wire)) = (number, self.wires.get_mut(&conn)) {
            *wire.asked.entry(number).or_default() |= changed;
            let denied = changed && self.ledger.denied_now.contains(&(conn, number));
            self.hold(!denied, "a refused request changes nothing", || format!("request {number} of {at:?}"));
        }
    }

    fn look(&self, at: Option<(TableId, PersonId)>) -> Option<(usize, usize, u64)> {
        let table = self.lobby.as_ref()?.hall().table(at?.0)?;
        Some((table.game().log().len(), table.words().len(), self.platter.borrow().handed_over))
    }

    /// A frame leaves the server.
    pub(crate) fn leaves(&mut self, conn: ConnId, frame: &Bytes) {
        let same = self.ledger.last_frame.as_ref().filter(|(last, ..)| last.as_ptr() == frame.as_ptr());
        let (message, marks) = match same {
            Some((_, message, marks)) => (Arc::clone(message), Arc::clone(marks)),
            None => {
                let Ok(message) = decode::<FromTable>(&frame[4..]) else {
                    self.fail("whatever the server sends can be read", format!("{frame:?}"))
                };
                let (message, marks) = (Arc::new(message), Arc::from(typed::marks(frame)));
                self.ledger.last_frame = Some((frame.clone(), Arc::clone(&message), Arc::clone(&marks)));
                (message, marks)
            }
        };
        self.trace.say(self.now, || format!("  ← {} {message:?}", conn.0));
        self.is_kept(conn, &message);
        self.is_theirs(conn, &message, frame, &marks);
    }

    /// Nothing is seen that is not on disk.
    fn is_kept(&mut self, conn: ConnId, message: &FromTable) {
        const CHECK: &str = "nothing is seen before it is kept";
        if let FromTable::Entered(entered) = message {
            let at = (TableId(entered.token.table as i64), entered.token.person);
            let with = self.wires.get_mut(&conn).and_then(|wire| {
                (wire.at, wire.waits) = (Some(at), false);
                wire.token
            });
            if matches!(self.ledger.secrets.get(&entered.token.secret), Some(Secret::Token(..))) {
                return;
            }
            self.ledger.tokens += 1;
            self.ledger.given.push((entered.token, self.ledger.tokens));
            if let Some(with) = with {
                let used = self.ledger.used.entry(at).or_default();
                let old = with < *used;
                *used = (*used).max(with);
                self.hold(!old, "a token that was replaced opens nothing", || format!("{at:?} by {with}"));
            }
            self.ledger.secrets.insert(entered.token.secret, Secret::Token(at, self.ledger.tokens));
            self.hold(!self.ledger.sent_away.contains(&at), "whoever was asked to leave stays out", || {
                format!("{at:?} is back")
            });
        }
        if let Some(wire) = self.wires.get_mut(&conn) {
            let put_out = wire.put_out;
            wire.waits |= matches!(message, FromTable::Waiting { .. });
            wire.put_out |= matches!(message, FromTable::Goodbye(Denied::SentAway | Denied::Elsewhere));
            self.hold(!put_out, "whoever was put out hears nothing more", || format!("{message:?}"));
        }
        let Some(wire) = self.wires.get(&conn) else { return };
        let Some((table, person)) = wire.at else { return };
        let platter = self.platter.borrow();
        let Some(kept) = platter.tables.get(&table) else {
            let harmless = matches!(message, FromTable::Refused(_) | FromTable::Goodbye(_));
            let gone = platter.deleted.contains(&table);
            return self.hold(harmless || gone, CHECK, || format!("table {} is not there: {message:?}", table.0));
        };
        let len = kept.log.len();
        match message {
            FromTable::Entered(entered) => {
                let hash: [u8; 32] = Sha256::digest(entered.token.secret).into();
                let there = kept.people.iter().rev().any(|people| people.windows(32).any(|w| w == hash));
                self.hold(there, CHECK, || format!("a token of {person:?}"));
            }
            FromTable::Welcome(welcome) => {
                self.hold(welcome.last as usize <= len, CHECK, || format!("{} events of {len}", welcome.last));
            }
            FromTable::Events { first, commands, .. } => {
                for (at, event) in (*first as usize - 1..).zip(commands.iter().flatten()) {
                    self.hold(kept.log.get(at) == Some(event), CHECK, || format!("event {}: {event:?}", at + 1));
                }
            }
            FromTable::Words(words) => {
                for word in words {
                    let there = match &word.text {
                        WordText::Said(text) => kept.texts.get(&word.id) == Some(text),
                        _ => kept.texts.contains_key(&word.id),
                    };
                    self.hold(there, CHECK, || format!("{word:?}"));
                }
            }
            FromTable::Answer { number, answer } => {
                if let Answer::Done { seq, word } = answer {
                    let there = *seq as usize <= len && word.is_none_or(|word| kept.texts.contains_key(&word));
                    self.hold(there, CHECK, || format!("{answer:?} of {len} events"));
                    if let Some(away) = self.ledger.asked_to_leave.get(&(conn, *number)) {
                        self.ledger.sent_away.insert(*away);
                    }
                }
                if let Answer::Denied(why) = answer
                    && !matches!(why, Denied::NumberOutOfOrder { .. } | Denied::TableStopped)
                {
                    // A liar's request of a kind that came later may have the number of another.
                    let unknown = *why == Denied::NotTaken && self.devices[wire.device].liar;
                    let changed = !unknown && wire.asked.get(number).is_some_and(|changed| *changed);
                    self.hold(!changed, "a refused request changes nothing", || {
                        format!("request {number} of {person:?}: {why:?}")
                    });
                    self.ledger.denied_now.push((conn, *number));
                }
            }
            FromTable::People(people) => {
                let seating = seating(people);
                let there = kept.seatings.iter().rev().any(|kept| *kept == seating);
                self.hold(there, CHECK, || format!("{seating:?} after {:?}", kept.seatings.last()));
                for p in &people.people {
                    let there = p.name.is_empty() || kept.names.contains(&(p.id, p.name.clone()));
                    self.hold(there, CHECK, || format!("the name of {p:?}"));
                }
            }
            FromTable::Door(door) => {
                let opens = kept.doors.iter().any(|d| (d.secret, &d.code) == (door.key.secret, &door.code));
                // What it is called may have been erased since.
                let called = door.called.is_empty() || kept.doors.iter().any(|d| d.called == door.called);
                let public = kept.doors.iter().any(|d| d.public == door.public);
                self.hold(opens && called && public, CHECK, || format!("{door:?} is not of {:?}", kept.doors));
                self.hold(door.waiting.len() <= WAITING_MAX, "a waiting room has an end", || {
                    format!("{} wait", door.waiting.len())
                });
            }
            FromTable::Secrets { .. } => {
                self.hold(kept.stored.closed, CHECK, || "the seed of a game that is not closed".into());
            }
            _ => {}
        }
    }

    /// Nobody is sent what is not for them.
    fn is_theirs(&self, conn: ConnId, message: &FromTable, frame: &[u8], marks: &[Mark]) {
        const CHECK: &str = "nobody is sent what is not theirs";
        let Some(wire) = self.wires.get(&conn) else { return };
        let facilitator = self.was_facilitator(wire.at);
        let for_facilitators = match message {
            FromTable::Door(_) => true,
            FromTable::People(people) => people.not_heard.is_some(),
            FromTable::Words(words) => {
                words.iter().any(|w| w.audience == Audience::Facilitators || w.reported || w.hidden)
            }
            _ => false,
        };
        self.hold(facilitator || !for_facilitators, CHECK, || format!("{:?} was sent {message:?}", wire.at));
        for mark in marks {
            match mark {
                Mark::Typed(number) => {
                    let Some(typed) = self.ledger.typed.get(*number) else { continue };
                    self.hold(facilitator || !typed.private, CHECK, || {
                        format!("{:?} was sent private words {number}: {message:?}", wire.at)
                    });
                    self.hold(!self.ledger.typed.buried.contains(number), "what was erased is gone", || {
                        format!("words {number} in {message:?}")
                    });
                    let own = typed.slot == self.devices[wire.device].slot || matches!(message, FromTable::Tables(_));
                    self.hold(own, CHECK, || format!("words {number} of another table in {message:?}"));
                }
                Mark::Secret(at) => {
                    let whole = frame.get(*at..at + 32).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
                    let known = whole.and_then(|whole| Some((whole, *self.ledger.secrets.get(&whole)?)));
                    let fine = match known {
                        // An invite's.
                        None => facilitator && matches!(message, FromTable::Door(_)),
                        Some((_, Secret::Unknown)) => false,
                        Some((_, Secret::Token(owner, _))) => wire.at == Some(owner),
                        Some((whole, Secret::OfChance)) => self.table_of(wire).is_some_and(|table| {
                            self.platter.borrow().tables.get(&table).is_some_and(|kept| {
                                let own = kept.stored.seed.0 == whole || kept.stored.salt.0 == whole;
                                kept.stored.closed && own
                            })
                        }),
                    };
                    self.hold(fine, CHECK, || format!("{:?} was sent {known:?}: {message:?}", wire.at));
                }
            }
        }
    }

    /// The table to which a connection was led, or will be.
    fn table_of(&self, wire: &Wire) -> Option<TableId> {
        wire.at.map(|(table, _)| table).or(self.slots[self.devices[wire.device].slot].id)
    }

    /// A token that was replaced, to be tried by somebody who found it.
    pub(crate) fn old_token(&mut self) -> Option<Token> {
        let old = |(token, order): &&(Token, u64)| {
            let at = (TableId(token.table as i64), token.person);
            self.ledger.used.get(&at).is_some_and(|used| order < used)
        };
        let old: Vec<Token> = self.ledger.given.iter().filter(old).map(|(token, _)| *token).collect();
        self.luck.of(&old)
    }

    /// Notes when something last happened, and that nothing is deleted at which something did of late.
    pub(crate) fn remember_when(&mut self) {
        let deleted = std::mem::take(&mut self.platter.borrow_mut().deleted_now);
        let platter = self.platter.borrow();
        for (id, kept) in &platter.tables {
            let active = self.ledger.active.entry(*id).or_insert((0, self.now.ms));
            if active.0 != kept.asked.len() {
                *active = (kept.asked.len(), self.now.ms);
            }
        }
        for id in deleted {
            if let Some((_, ms)) = self.ledger.active.remove(&id) {
                let long = self.now.ms - ms > 2 * 20 * 3_600_000 && self.plan.retention_days > 0;
                self.hold(long, "a clock that jumps deletes nothing", || format!("table {} is deleted", id.0));
            }
        }
    }
}
