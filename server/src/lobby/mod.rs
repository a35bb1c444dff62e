//! The lobby, sans IO: connections come in, are led to their tables, and what tables say is led back to them.
//!
//! It knows no socket, no clock and no source of chance: what happens, when, and random bytes are handed in, so that
//! the very code that runs in a server runs in the simulation (`tests/suite/simulation`).

mod enter;
mod limits;
#[cfg(test)]
mod panics;
mod retention;
mod watch;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use bytes::Bytes;
use instep_protocol::{
    Answer, Denied, FromClient, FromTable, PersonId, Refused, Role, TableKey, Token, VERSION, Way, encode_into,
};
use instep_rules::Perspective;

use crate::disk::Disk;
use crate::door::{DoorRow, plain_code};
use crate::hall::{Hall, NewTable};
use crate::journal::Commits;
use crate::table::{Effect, Input, To};
use crate::{DataTrouble, TableId};
pub use limits::Caps;
use limits::Limits;
pub use retention::DELETED;
pub use watch::Answered;

/// A connection, by number; a number is never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConnId(pub u64);

/// When something happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Now {
    /// Milliseconds since some moment, which never go back.
    pub ms: u64,
    /// The calendar's day, counted from 1970-01-01; clocks that are set may make it jump.
    pub day: u32,
}

/// Something that reaches the lobby.
#[derive(Debug)]
pub enum LobbyInput {
    /// A connection is there: from an address, or through memory.
    Come(ConnId, Option<IpAddr>),
    /// It says something.
    Said(ConnId, FromClient),
    /// It said something that is not known here; the number of the request, if it was one.
    NotUnderstood(ConnId, Option<u32>),
    /// It is gone.
    Gone(ConnId),
    /// It does not keep up: what was to be sent to it has been dropped.
    Behind(ConnId),
    /// It has been sent all there was.
    Drained(ConnId),
    /// What became of some batches.
    Committed(Commits),
    /// Time has passed.
    Tick,
    /// The server is about to stop: nobody is let in any more, and everyone is told.
    Close,
    /// Erase what was typed at a table.
    Erase(TableId),
}

/// Something that the lobby wants done.
#[derive(Debug)]
pub enum LobbyEffect {
    /// Send this frame.
    Send(ConnId, Bytes),
    /// End this connection, after what was sent to it.
    End(ConnId),
    /// A turn has come to another seat.
    Turn(TableId, Perspective),
    /// Nobody may have noticed yet that this table will be deleted in so many days.
    Due(TableId, u32),
    /// For whoever looks after the server; without anything that anybody typed.
    Log(TableId, Option<PersonId>, &'static str),
}

/// Fills with random bytes.
pub type Random = Box<dyn FnMut(&mut [u8]) + Send>;

/// Makes tables of what people wish for.
pub trait Maker {
    /// A table with these packs.
    ///
    /// # Errors
    /// [`Refused::NoSuchPack`], [`Refused::BadSetup`].
    fn make(&mut self, wish: &instep_protocol::TableSetup, seed: [u8; 32], salt: [u8; 32])
    -> Result<NewTable, Refused>;
}

/// Where a connection is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// It has not said yet what it comes for.
    Door,
    /// In the waiting room of a table.
    Waits(TableId, u32),
    /// At a table.
    At(TableId, PersonId),
}

#[derive(Debug)]
struct Conn {
    from: Option<IpAddr>,
    place: Place,
    came_ms: u64,
    /// Everything was sent again and has not gone out yet.
    behind: bool,
    /// It was told goodbye: what it still says is not heard.
    ending: bool,
    not_understood: u8,
    /// What let it in. Without it nobody comes back: where it may have been dropped it is sent again.
    entered: Option<Token>,
}

/// The lobby.
pub struct Lobby<D, M> {
    hall: Hall<D>,
    maker: M,
    random: Random,
    limits: Limits,
    /// In order of their numbers, so that the same inputs give the same effects.
    conns: BTreeMap<ConnId, Conn>,
    /// Who is at each table, by which connection.
    at: HashMap<TableId, Vec<(PersonId, ConnId)>>,
    codes: HashMap<String, TableId>,
    code_of: HashMap<TableId, String>,
    /// Tables that the list shows, whether they are open or not.
    public: BTreeMap<TableId, (String, u8)>,
    next_waiting: u32,
    turns: HashMap<TableId, u32>,
    idle_since_ms: HashMap<TableId, u64>,
    looked_for_due: Option<(u32, u64)>,
    retention_days: u32,
    /// What whoever makes tables has to know; empty where everyone may.
    pass: String,
    closing: bool,
    /// Tables that have moved away.
    shut: BTreeSet<TableId>,
    answered: Answered,
    out: Vec<LobbyEffect>,
    frame: Vec<u8>,
}

impl<D, M> std::fmt::Debug for Lobby<D, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lobby").field("connections", &self.conns.len()).finish_non_exhaustive()
    }
}

/// How long a table without anybody stays in memory.
const PUT_AWAY_AFTER_MS: u64 = 120_000;

/// How long a connection may take to say what it comes for.
const SAYS_WITHIN_MS: u64 = 10_000;

/// So many messages that are not known here may come of one connection.
const NOT_UNDERSTOOD_MAX: u8 = 32;

/// What a lobby may be told beside its disk.
pub struct Ways<M> {
    /// Makes new tables.
    pub maker: M,
    /// Fills with random bytes.
    pub random: Random,
    /// How much it takes on.
    pub caps: Caps,
    /// After how many days without anything a table is deleted; 0 for never.
    pub retention_days: u32,
    /// What whoever makes tables has to know; empty where everyone may.
    pub pass: String,
}

impl<M> std::fmt::Debug for Ways<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ways").field("caps", &self.caps).finish_non_exhaustive()
    }
}

impl<D: Disk, M: Maker> Lobby<D, M> {
    /// A lobby over a disk.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn open(disk: D, ways: Ways<M>) -> Result<Self, DataTrouble> {
        let hall = Hall::on(disk)?;
        let mut lobby = Self {
            maker: ways.maker,
            random: ways.random,
            limits: Limits::new(ways.caps),
            conns: BTreeMap::new(),
            at: HashMap::new(),
            codes: HashMap::new(),
            code_of: HashMap::new(),
            public: BTreeMap::new(),
            next_waiting: 1,
            turns: HashMap::new(),
            idle_since_ms: HashMap::new(),
            looked_for_due: None,
            retention_days: ways.retention_days,
            pass: ways.pass,
            closing: false,
            shut: BTreeSet::new(),
            answered: Answered::default(),
            out: Vec::new(),
            frame: Vec::new(),
            hall,
        };
        for (id, closed, door) in lobby.hall.disk().doors()? {
            if !closed {
                lobby.see_door(id, &door);
            }
        }
        Ok(lobby)
    }

    /// These have moved to another server: what is here of them is a copy, and nothing opens it.
    pub fn shut(&mut self, tables: impl IntoIterator<Item = TableId>) {
        for id in tables {
            self.forget_door(id);
            self.shut.insert(id);
        }
    }

    /// The hall.
    #[must_use]
    pub fn hall(&self) -> &Hall<D> {
        &self.hall
    }

    /// The hall, to make tables and people in it by hand.
    pub fn hall_mut(&mut self) -> &mut Hall<D> {
        &mut self.hall
    }

    /// How many connections there are.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.conns.len()
    }

    /// How many tables are open.
    #[must_use]
    pub fn tables(&self) -> usize {
        self.hall.open_tables().count()
    }

    /// Whether new connections are taken.
    #[must_use]
    pub fn takes_people(&self) -> bool {
        !self.closing && self.hall.trouble().is_none()
    }

    /// Nothing opens this table any more.
    fn forget_door(&mut self, id: TableId) {
        if let Some(code) = self.code_of.remove(&id) {
            self.codes.remove(&code);
        }
        self.public.remove(&id);
    }

    fn see_door(&mut self, id: TableId, door: &DoorRow) {
        self.forget_door(id);
        if door.has_key() {
            self.codes.insert(door.code.clone(), id);
            self.code_of.insert(id, door.code.clone());
        }
        if door.public {
            let stones = self.hall.table(id).map_or(0, |t| t.game().setup().in_play().len() as u8);
            self.public.insert(id, (door.called.clone(), stones));
        }
    }

    /// Takes in something, and appends what is to be done to `effects`.
    pub fn handle(&mut self, now: Now, input: LobbyInput, effects: &mut Vec<LobbyEffect>) {
        match input {
            LobbyInput::Come(conn, from) => self.come(now, conn, from),
            LobbyInput::Said(conn, message) => self.said(now, conn, message),
            LobbyInput::NotUnderstood(conn, number) => self.not_understood(conn, number),
            LobbyInput::Gone(conn) => self.gone(now, conn),
            LobbyInput::Behind(conn) => self.behind(now, conn),
            LobbyInput::Drained(conn) => {
                if let Some(conn) = self.conns.get_mut(&conn) {
                    conn.behind = false;
                }
            }
            LobbyInput::Committed(commits) => self.hall.committed(commits),
            LobbyInput::Tick => self.tick(now),
            LobbyInput::Close => self.close(),
            LobbyInput::Erase(id) => {
                self.hall.erase(id);
                // The list shows what tables are called that are not open, too.
                if let Some((called, _)) = self.public.get_mut(&id) {
                    called.clear();
                }
            }
        }
        self.work(now);
        effects.append(&mut self.out);
    }

    fn come(&mut self, now: Now, conn: ConnId, from: Option<IpAddr>) {
        self.conns.insert(
            conn,
            Conn {
                from,
                place: Place::Door,
                came_ms: now.ms,
                behind: false,
                ending: false,
                not_understood: 0,
                entered: None,
            },
        );
        if self.closing {
            self.refuse(conn, Refused::Closing);
        } else if self.conns.len() > self.limits.caps().connections {
            self.refuse(conn, Refused::ServerFull);
        }
    }

    fn said(&mut self, now: Now, conn: ConnId, message: FromClient) {
        let Some(place) = self.conns.get(&conn).filter(|c| !c.ending).map(|c| c.place) else { return };
        match (place, message) {
            (_, FromClient::Leave) => {
                self.gone(now, conn);
                self.out.push(LobbyEffect::End(conn));
            }
            (Place::Door, FromClient::Enter(enter)) => {
                if let Err(why) = self.enter(now, conn, enter) {
                    self.refuse(conn, why);
                }
            }
            (Place::At(id, person), message) => self.hall.handle(id, now.ms, Input::Said(person, message)),
            (Place::Door, FromClient::Ping { n }) => {
                // It brings a table on another stream, and shows that it is there.
                if let Some(c) = self.conns.get_mut(&conn) {
                    c.came_ms = now.ms;
                }
                self.send(conn, &FromTable::Pong { n, now_ms: now.ms });
            }
            (_, FromClient::Ping { n }) => self.send(conn, &FromTable::Pong { n, now_ms: now.ms }),
            // Out of turn.
            (Place::Door | Place::Waits(..), _) => self.end(conn, &FromTable::Goodbye(Denied::Disorderly)),
        }
    }

    fn not_understood(&mut self, conn: ConnId, number: Option<u32>) {
        let Some(c) = self.conns.get_mut(&conn).filter(|c| !c.ending) else { return };
        c.not_understood = c.not_understood.saturating_add(1);
        if c.not_understood > NOT_UNDERSTOOD_MAX {
            return self.end(conn, &FromTable::Goodbye(Denied::Disorderly));
        }
        if c.place == Place::Door {
            // Perhaps a way in that came later: the versions say what is spoken here.
            return self.refuse(conn, Refused::Version { oldest: VERSION, newest: VERSION });
        }
        let message = match number {
            Some(number) => FromTable::Answer { number, answer: Answer::Denied(Denied::NotTaken) },
            None => FromTable::NotUnderstood,
        };
        self.send(conn, &message);
    }

    fn gone(&mut self, now: Now, conn: ConnId) {
        match self.conns.remove(&conn).map(|c| c.place) {
            Some(Place::At(id, person)) => self.left(now, conn, id, person),
            Some(Place::Waits(id, waiting)) => self.hall.handle(id, now.ms, Input::KnockGone(waiting)),
            Some(Place::Door) | None => {}
        }
    }

    /// Nobody holds this person's end of the table any more.
    fn left(&mut self, now: Now, conn: ConnId, id: TableId, person: PersonId) {
        let Some(people) = self.at.get_mut(&id) else { return };
        let before = people.len();
        people.retain(|(_, c)| *c != conn);
        if people.len() == before {
            return;
        }
        if people.is_empty() {
            self.at.remove(&id);
            self.idle_since_ms.insert(id, now.ms);
        }
        self.hall.handle(id, now.ms, Input::Go(person));
    }

    fn behind(&mut self, now: Now, conn: ConnId) {
        let Some(c) = self.conns.get_mut(&conn).filter(|c| !c.ending) else { return };
        let Place::At(id, person) = c.place else { return };
        if std::mem::replace(&mut c.behind, true) {
            // A second time before the first has gone out: it does not keep up at all.
            return self.end(conn, &FromTable::Goodbye(Denied::TooSlow));
        }
        let token = c.entered;
        self.hall.handle(id, now.ms, Input::Again(person, token));
    }

    fn tick(&mut self, now: Now) {
        self.limits.tick(now.ms);
        let late = |c: &Conn| !c.ending && c.place == Place::Door && now.ms.saturating_sub(c.came_ms) > SAYS_WITHIN_MS;
        let late: Vec<ConnId> = self.conns.iter().filter(|(_, c)| late(c)).map(|(id, _)| *id).collect();
        for conn in late {
            self.end(conn, &FromTable::Goodbye(Denied::Disorderly));
        }
        let mut open: Vec<TableId> = self.hall.open_tables().map(|(id, _)| id).collect();
        open.sort_unstable();
        for id in open {
            self.hall.handle(id, now.ms, Input::Tick);
            let idle = !self.at.contains_key(&id) && self.hall.table(id).is_some_and(|t| t.knocked_count() == 0);
            if idle && now.ms.saturating_sub(*self.idle_since_ms.entry(id).or_insert(now.ms)) >= PUT_AWAY_AFTER_MS {
                self.hall.put_away(id);
                self.idle_since_ms.remove(&id);
                self.turns.remove(&id);
            }
        }
        self.hall.forget_unused();
        self.look_for_due(now);
    }

    fn close(&mut self) {
        self.closing = true;
        for conn in self.conns.keys().copied().collect::<Vec<_>>() {
            match self.conns[&conn] {
                Conn { ending: true, .. } => {}
                Conn { place: Place::At(..), .. } => self.end(conn, &FromTable::Goodbye(Denied::Closing)),
                _ => self.refuse(conn, Refused::Closing),
            }
        }
    }

    /// What tables want done.
    fn work(&mut self, now: Now) {
        loop {
            let effects = self.hall.take_effects();
            if effects.is_empty() {
                return;
            }
            for (id, effect) in effects {
                self.effect(now, id, effect);
            }
        }
    }

    fn effect(&mut self, now: Now, id: TableId, effect: Effect) {
        match effect {
            Effect::Send(to, message) => self.deliver(now, id, to, &message),
            Effect::LetIn(waiting, person) => {
                let place = Place::Waits(id, waiting);
                let conn = self.conns.iter().find(|(_, c)| c.place == place).map(|(conn, _)| *conn);
                if let Some(conn) = conn {
                    self.sit(now, conn, id, person, 0);
                }
            }
            Effect::TurnedAway(waiting) => {
                let place = Place::Waits(id, waiting);
                let conn = self.conns.iter().find(|(_, c)| c.place == place).map(|(conn, _)| *conn);
                if let Some(conn) = conn {
                    self.refuse(conn, Refused::TurnedAway);
                }
            }
            Effect::PutOut(person) => {
                if let Some(conn) = self.conn_of(id, person) {
                    self.end(conn, &FromTable::Goodbye(Denied::SentAway));
                    self.left(now, conn, id, person);
                }
            }
            Effect::NewDoor => {
                let mut door = self.hall.table(id).map(|t| t.door().clone()).unwrap_or_default();
                self.renew(&mut door);
                self.hall.with(id, |table, effects| table.change_door(|d| *d = door, effects));
                self.door_changed(id);
            }
            Effect::DoorChanged => self.door_changed(id),
            Effect::Log(person, what) => self.out.push(LobbyEffect::Log(id, Some(person), what)),
            Effect::Keep(_) => {}
        }
    }

    fn door_changed(&mut self, id: TableId) {
        if let Some(door) = self.hall.table(id).map(|t| t.door().clone()) {
            self.see_door(id, &door);
        }
    }

    /// An invite and a code that no other table has.
    fn renew(&mut self, door: &mut DoorRow) {
        loop {
            door.renew(&mut *self.random);
            if !self.codes.contains_key(&door.code) {
                return;
            }
        }
    }

    fn conn_of(&self, id: TableId, person: PersonId) -> Option<ConnId> {
        self.at.get(&id)?.iter().find(|(p, _)| *p == person).map(|(_, conn)| *conn)
    }

    fn deliver(&mut self, now: Now, id: TableId, to: To, message: &FromTable) {
        match message {
            FromTable::Answer { answer: Answer::Denied(_), .. } => self.answered.denied += 1,
            FromTable::Answer { .. } => self.answered.done += 1,
            _ => {}
        }
        if matches!(message, FromTable::Events { .. } | FromTable::Words(_)) {
            self.something_happened(now, id, message);
        }
        match to {
            To::One(person) => {
                if let Some(conn) = self.conn_of(id, person) {
                    self.send(conn, message);
                }
            }
            To::Everyone => {
                let Some(frame) = self.frame_of(message) else { return };
                for (_, conn) in self.at.get(&id).into_iter().flatten() {
                    self.out.push(LobbyEffect::Send(*conn, frame.clone()));
                }
                if matches!(message, FromTable::Goodbye(_)) {
                    for (_, conn) in self.at.remove(&id).into_iter().flatten() {
                        if let Some(c) = self.conns.get_mut(&conn) {
                            c.ending = true;
                        }
                        self.out.push(LobbyEffect::End(conn));
                    }
                    // Whoever waits to be let in would wait for nothing.
                    let waits = |c: &Conn| !c.ending && matches!(c.place, Place::Waits(at, _) if at == id);
                    let waiting = self.conns.iter().filter(|(_, c)| waits(c)).map(|(conn, _)| *conn);
                    for conn in waiting.collect::<Vec<_>>() {
                        self.refuse(conn, Refused::Stopped);
                    }
                    self.idle_since_ms.insert(id, now.ms);
                }
            }
        }
    }

    fn something_happened(&mut self, now: Now, id: TableId, message: &FromTable) {
        let Some(table) = self.hall.table(id) else { return };
        if table.door().day != now.day {
            let day = now.day;
            self.hall.with(id, |table, effects| {
                table.change_door_quietly(|door| (door.day, door.warnings) = (day, 0), effects);
            });
        }
        let Some(table) = self.hall.table(id) else { return };
        let state = table.game().state();
        let (turn, seat, closed) = (state.turns(), state.seat(), state.closed());
        if matches!(message, FromTable::Events { .. })
            && !closed
            && self.turns.insert(id, turn).is_some_and(|told| told != turn)
        {
            self.out.push(LobbyEffect::Turn(id, seat));
        }
    }

    fn frame_of(&mut self, message: &FromTable) -> Option<Bytes> {
        self.frame.clear();
        encode_into(message, &mut self.frame).ok()?;
        Some(Bytes::copy_from_slice(&self.frame))
    }

    fn send(&mut self, conn: ConnId, message: &FromTable) {
        if let Some(frame) = self.frame_of(message) {
            if let (FromTable::Entered(entered), Some(c)) = (message, self.conns.get_mut(&conn)) {
                c.entered = Some(entered.token);
            }
            self.out.push(LobbyEffect::Send(conn, frame));
        }
    }

    /// Says this and ends the connection.
    fn end(&mut self, conn: ConnId, message: &FromTable) {
        self.send(conn, message);
        if let Some(c) = self.conns.get_mut(&conn) {
            // Whose end it was is found when the connection has gone.
            c.ending = true;
        }
        self.out.push(LobbyEffect::End(conn));
    }

    fn refuse(&mut self, conn: ConnId, why: Refused) {
        self.end(conn, &FromTable::Refused(why));
    }
}
