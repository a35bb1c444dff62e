//! The ways in.

use instep_protocol::{Enter, NewTableWish, PublicTable, Waiting};
use sha2::{Digest, Sha256};

use super::*;
use crate::door::{PEOPLE_MAX, WAITING_MAX};
use crate::roster::TokenHash;
use crate::stored::StoredTable;
use crate::words::checked_name;

impl<D: Disk, M: Maker> Lobby<D, M> {
    pub(super) fn enter(&mut self, now: Now, conn: ConnId, enter: Enter) -> Result<(), Refused> {
        if !(enter.oldest..=enter.newest).contains(&VERSION) {
            return Err(Refused::Version { oldest: VERSION, newest: VERSION });
        }
        if self.closing {
            return Err(Refused::Closing);
        }
        let from = self.conns.get(&conn).and_then(|c| c.from);
        let code = matches!(enter.way, Way::Code { .. });
        let wait_s = self.limits.wait_s(now.ms, from, code);
        if wait_s > 0 && !matches!(enter.way, Way::List | Way::Create(_) | Way::Local { .. }) {
            return Err(Refused::TooManyTries { wait_s });
        }
        let done = match enter.way {
            Way::List => {
                self.list(conn);
                Ok(())
            }
            Way::Create(wish) => self.create(now, conn, from, *wish),
            Way::Invite { key, name, role } => self.invited(now, conn, key, &name, role),
            Way::Code { code, name } => {
                let id = plain_code(&code).and_then(|code| self.codes.get(&code).copied());
                id.ok_or(Refused::NoSuchTable).and_then(|id| self.knock(now, conn, id, &name))
            }
            Way::Public { table, name } => {
                let id = table_id(table)?;
                match self.public.contains_key(&id) {
                    true => self.knock(now, conn, id, &name),
                    false => Err(Refused::NoSuchTable),
                }
            }
            Way::Resume { token, have } => self.resume(now, conn, token, have),
            Way::Local { table, person, have } => {
                // Only who has the program has its memory.
                if from.is_some() {
                    return Err(Refused::NotHere);
                }
                let id = table_id(table)?;
                self.have(now, id)?;
                self.take_the_seat(conn, id, person);
                self.hall.handle(id, now.ms, Input::Enter { person, have, token: None });
                Ok(())
            }
        };
        if matches!(done, Err(Refused::NoSuchTable | Refused::NotGoodAnyMore)) {
            self.limits.wrong(now.ms, from, code);
        }
        done
    }

    /// Takes over a table that comes with its history. It is not open yet: whoever brought it comes in with the token,
    /// once [`Hall::waits`] says that it is kept.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn adopt(
        &mut self,
        now: Now,
        from: Option<IpAddr>,
        mut table: StoredTable,
        name: &str,
        pass: &str,
    ) -> Result<Token, Refused> {
        let name = checked_name(name).map_err(|_| Refused::Words)?;
        self.may_make(now, from, pass)?;
        let person = table.people.first_facilitator().ok_or(Refused::BadSetup)?;
        table.door = DoorRow { called: table.door.called, day: now.day, ..DoorRow::default() };
        self.renew(&mut table.door);
        table.names.retain(|(who, _)| *who != person);
        table.names.push((person, name));
        let mut secret = [0; 32];
        (self.random)(&mut secret);
        table.people.give_token(person, hash(&secret));
        let door = table.door.clone();
        let id = self.hall.adopt(table);
        self.see_door(id, &door);
        Ok(Token { table: id.0 as u64, person, secret })
    }

    /// Whether a table may be brought here, from there, by who knows this; it is not counted yet.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn takes_tables(&mut self, now: Now, from: Option<IpAddr>, pass: &str) -> Result<(), Refused> {
        self.knows_the_pass(now, from, pass)?;
        if self.codes.len() >= self.limits.caps().tables { Err(Refused::ServerFull) } else { Ok(()) }
    }

    /// Whether a table may be made here, from there, by who knows this.
    fn may_make(&mut self, now: Now, from: Option<IpAddr>, pass: &str) -> Result<(), Refused> {
        self.knows_the_pass(now, from, pass)?;
        if self.codes.len() >= self.limits.caps().tables || !self.limits.may_make(now.ms, from) {
            return Err(Refused::ServerFull);
        }
        Ok(())
    }

    fn knows_the_pass(&mut self, now: Now, from: Option<IpAddr>, pass: &str) -> Result<(), Refused> {
        if self.closing {
            return Err(Refused::Closing);
        }
        if !self.pass.is_empty() {
            // Before the pass is looked at: a right guess among too many is not to be told from a wrong one.
            let wait_s = self.limits.wait_s(now.ms, from, false);
            if wait_s > 0 {
                return Err(Refused::TooManyTries { wait_s });
            }
        }
        if !self.pass.is_empty() && Sha256::digest(pass) != Sha256::digest(&self.pass) {
            self.limits.wrong(now.ms, from, false);
            return Err(Refused::PassNeeded);
        }
        if self.hall.trouble().is_some() {
            return Err(Refused::Stopped);
        }
        Ok(())
    }

    fn list(&mut self, conn: ConnId) {
        let tables = self
            .public
            .iter()
            .take(200)
            .map(|(id, (called, stones))| PublicTable {
                table: id.0 as u64,
                called: called.clone(),
                here: self.hall.table(*id).map_or(0, |t| t.here_count() as u16),
                stones: self.hall.table(*id).map_or(*stones, |t| t.game().setup().in_play().len() as u8),
            })
            .collect();
        self.end(conn, &FromTable::Tables(tables));
    }

    fn create(&mut self, now: Now, conn: ConnId, from: Option<IpAddr>, wish: NewTableWish) -> Result<(), Refused> {
        let name = checked_name(&wish.name).map_err(|_| Refused::Words)?;
        let called = match wish.called.trim() {
            "" => String::new(),
            called => checked_name(called).map_err(|_| Refused::Words)?,
        };
        self.may_make(now, from, &wish.pass)?;
        let (mut seed, mut salt) = ([0; 32], [0; 32]);
        (self.random)(&mut seed);
        (self.random)(&mut salt);
        let new = self.maker.make(&wish.setup, seed, salt)?;
        let mut door = DoorRow { public: wish.public, called, day: now.day, ..DoorRow::default() };
        self.renew(&mut door);
        let (id, person) = self.hall.begin(new, door).map_err(|_| Refused::BadSetup)?;
        self.hall.with(id, |table, effects| {
            table.opened(now.ms);
            table.name_person(person, name, effects);
        });
        self.out.push(LobbyEffect::Log(id, Some(person), "made the table"));
        self.door_changed(id);
        self.sit(now, conn, id, person, 0);
        Ok(())
    }

    fn invited(&mut self, now: Now, conn: ConnId, key: TableKey, name: &str, role: Role) -> Result<(), Refused> {
        let id = table_id(key.table)?;
        let name = checked_name(name).map_err(|_| Refused::Words)?;
        if role == Role::Facilitator {
            return Err(Refused::NotHere);
        }
        // A wrong secret is told before anything is read from the disk for it, where the table is open.
        self.have(now, id)?;
        let table = self.hall.table(id).ok_or(Refused::NoSuchTable)?;
        if !table.door().has_key() || !same(&table.door().secret, &key.secret) {
            return Err(Refused::NoSuchTable);
        }
        if table.people_count() >= PEOPLE_MAX {
            return Err(Refused::TableFull { most: PEOPLE_MAX as u16 });
        }
        let mut person = None;
        self.hall.with(id, |table, effects| person = Some(table.add_guest(role, name, effects)));
        let person = person.ok_or(Refused::Stopped)?;
        self.sit(now, conn, id, person, 0);
        Ok(())
    }

    fn knock(&mut self, now: Now, conn: ConnId, id: TableId, name: &str) -> Result<(), Refused> {
        let name = checked_name(name).map_err(|_| Refused::Words)?;
        self.have(now, id)?;
        let table = self.hall.table(id).ok_or(Refused::NoSuchTable)?;
        if table.knocked_count() >= WAITING_MAX {
            return Err(Refused::TableFull { most: WAITING_MAX as u16 });
        }
        let called = table.door().called.clone();
        let waiting = self.next_waiting;
        self.next_waiting += 1;
        if let Some(c) = self.conns.get_mut(&conn) {
            c.place = Place::Waits(id, waiting);
        }
        self.send(conn, &FromTable::Waiting { called });
        self.hall.handle(id, now.ms, Input::Knock(Waiting { id: waiting, name }));
        Ok(())
    }

    fn resume(&mut self, now: Now, conn: ConnId, token: Token, have: u32) -> Result<(), Refused> {
        let id = table_id(token.table).map_err(|_| Refused::NotGoodAnyMore)?;
        self.have(now, id).map_err(|why| if why == Refused::NoSuchTable { Refused::NotGoodAnyMore } else { why })?;
        let hash = hash(&token.secret);
        let good = self.hall.table_mut(id).is_some_and(|table| table.takes_token(token.person, hash));
        if !good {
            // What is not kept yet is no reason to turn somebody away for good: after a crash the token may be good.
            return Err(if self.hall.waits(id) { Refused::Busy } else { Refused::NotGoodAnyMore });
        }
        self.sit(now, conn, id, token.person, have);
        Ok(())
    }

    /// The table, from the disk if it is not open.
    fn have(&mut self, now: Now, id: TableId) -> Result<(), Refused> {
        if self.shut.contains(&id) {
            return Err(Refused::NoSuchTable);
        }
        if self.hall.table(id).is_some_and(|table| !table.stopped()) {
            self.idle_since_ms.entry(id).or_insert(now.ms);
            return Ok(());
        }
        if self.hall.trouble().is_some() || self.hall.table(id).is_some() {
            return Err(Refused::Stopped);
        }
        // It was put out of use, and what it had decided is still being kept: read before that it would be torn.
        if self.hall.waits(id) {
            return Err(Refused::Busy);
        }
        self.hall.load(id, now.ms).map_err(|trouble| match trouble {
            DataTrouble::NoSuchTable { .. } => Refused::NoSuchTable,
            _ => Refused::Stopped,
        })?;
        self.idle_since_ms.insert(id, now.ms);
        let mut door = self.hall.table(id).map(|t| t.door().clone()).unwrap_or_default();
        if !door.has_key() {
            self.renew(&mut door);
            self.hall.with(id, |table, effects| table.change_door_quietly(|d| *d = door, effects));
            self.door_changed(id);
        }
        Ok(())
    }

    /// A person's place is this connection's from now on. Another one that had it is told.
    fn take_the_seat(&mut self, conn: ConnId, id: TableId, person: PersonId) {
        if let Some(c) = self.conns.get_mut(&conn) {
            c.place = Place::At(id, person);
        }
        self.idle_since_ms.remove(&id);
        if let Some(old) = self.conn_of(id, person) {
            self.end(old, &FromTable::Goodbye(Denied::Elsewhere));
        }
        let people = self.at.entry(id).or_default();
        people.retain(|(p, _)| *p != person);
        people.push((person, conn));
    }

    /// Somebody comes in, with a new token.
    pub(super) fn sit(&mut self, now: Now, conn: ConnId, id: TableId, person: PersonId, have: u32) {
        self.take_the_seat(conn, id, person);
        let mut secret = [0; 32];
        (self.random)(&mut secret);
        let token = Some((secret, hash(&secret)));
        self.hall.handle(id, now.ms, Input::Enter { person, have, token });
        if self.hall.table(id).is_some_and(|t| t.door().day != now.day) {
            self.hall.with(id, |table, effects| {
                table.change_door_quietly(|door| (door.day, door.warnings) = (now.day, 0), effects);
            });
        }
    }
}

fn table_id(table: u64) -> Result<TableId, Refused> {
    i64::try_from(table).map(TableId).map_err(|_| Refused::NoSuchTable)
}

fn hash(secret: &[u8; 32]) -> TokenHash {
    Sha256::digest(secret).into()
}

/// Compares in a time that doesn't tell where they differ.
fn same(a: &[u8; 10], b: &[u8; 10]) -> bool {
    a.iter().zip(b).fold(0, |acc, (a, b)| acc | (a ^ b)) == 0
}
