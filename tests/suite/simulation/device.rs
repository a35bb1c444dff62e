//! What a person holds in their hand: tokens, a mirror, and at most one connection.

use std::collections::BTreeMap;

use instep_protocol::{
    Answer, Ask, Denied, Enter, Entered, FromClient, FromTable, Mirror, NewTableWish, News, PersonId, Refused, Role,
    Token, Trouble, VERSION, Way, comes_back,
};
use instep_server::{ConnId, TableId};

use crate::world::{Next, World};

/// How somebody comes in for the first time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Come {
    Create,
    Invite,
    /// With an invite, to look on.
    Watch,
    Code,
    Public,
}

/// A request, and what it was answered.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) ask: Ask,
    pub(crate) answer: Option<Answer>,
}

#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) human: usize,
    pub(crate) slot: usize,
    pub(crate) way: Come,
    pub(crate) liar: bool,
    /// The newest token and the one that was used to come by it, each with its place in the order of all tokens.
    pub(crate) tokens: Vec<(Token, u64)>,
    /// Which of them is tried now.
    trying: usize,
    pub(crate) mirror: Option<Mirror>,
    pub(crate) at: Option<(TableId, PersonId)>,
    pub(crate) conn: Option<ConnId>,
    pub(crate) inside: bool,
    pub(crate) waits: bool,
    pub(crate) stalled_until: u64,
    pub(crate) off_until: u64,
    pub(crate) asked: BTreeMap<u32, Asked>,
    /// Nobody looks at it any more.
    pub(crate) gone: bool,
    dials: bool,
    redial_ms: Option<u64>,
}

impl Device {
    pub(crate) fn new(human: usize, slot: usize, way: Come, liar: bool) -> Self {
        Self {
            human,
            slot,
            way,
            liar,
            tokens: Vec::new(),
            trying: 0,
            mirror: None,
            at: None,
            conn: None,
            inside: false,
            waits: false,
            stalled_until: 0,
            off_until: 0,
            asked: BTreeMap::new(),
            gone: false,
            dials: true,
            redial_ms: None,
        }
    }

    /// How new the newest token is.
    pub(crate) fn newest(&self) -> Option<u64> {
        self.tokens.iter().map(|(_, order)| *order).max()
    }

    /// The program ends; the tokens stay.
    pub(crate) fn forget_all_but_tokens(&mut self) {
        self.mirror = None;
        self.asked.clear();
    }
}

impl World {
    pub(crate) fn dial_after(&mut self, device: usize, after_ms: u64) {
        let d = &mut self.devices[device];
        if !d.dials && d.conn.is_none() && !d.gone {
            d.dials = true;
            self.soon(after_ms, Next::Dial(device));
        }
    }

    /// Comes in, by whatever way is left.
    pub(crate) fn dial(&mut self, device: usize) {
        self.devices[device].dials = false;
        let d = &self.devices[device];
        if d.conn.is_some() || d.gone {
            return;
        }
        if d.off_until > self.now.ms {
            return self.dial_after(device, d.off_until - self.now.ms);
        }
        let Some(way) = self.way_in(device) else {
            // Nobody has told them yet how.
            let after = self.luck.between(100, 900);
            return self.dial_after(device, after);
        };
        let Some(conn) = self.connect(device) else {
            let after = self.luck.between(50, 800);
            return self.dial_after(device, after);
        };
        self.devices[device].conn = Some(conn);
        self.devices[device].redial_ms = None;
        self.send(conn, &FromClient::Enter(Enter { oldest: 0, newest: VERSION, way }));
    }

    fn way_in(&mut self, device: usize) -> Option<Way> {
        let d = &self.devices[device];
        if let Some((token, _)) = d.tokens.get(d.trying) {
            let have = d.mirror.as_ref().map_or(0, Mirror::last);
            return Some(Way::Resume { token: *token, have });
        }
        let (slot, come) = (d.slot, d.way);
        let name = self.ledger.typed.new_text(slot, false);
        let known = &self.slots[slot];
        Some(match come {
            Come::Create => Way::Create(Box::new(NewTableWish {
                setup: known.wish.clone(),
                called: self.ledger.typed.new_text(slot, false),
                name,
                public: self.luck.percent(50),
                pass: String::new(),
            })),
            Come::Invite => Way::Invite { key: known.key?, name, role: Role::Player },
            Come::Watch => Way::Invite { key: known.key?, name, role: Role::Observer },
            Come::Code => Way::Code { code: known.code.clone()?.to_lowercase(), name },
            Come::Public if self.luck.percent(30) => Way::List,
            Come::Public => Way::Public { table: known.id?.0 as u64, name },
        })
    }

    /// The connection has ended, and the device knows.
    pub(crate) fn lost(&mut self, device: usize, conn: ConnId) {
        let d = &mut self.devices[device];
        if d.conn != Some(conn) {
            return;
        }
        (d.conn, d.inside, d.waits) = (None, false, false);
        let redial = d.redial_ms.take();
        let after = redial.unwrap_or_else(|| self.luck.between(20, 1_200));
        self.dial_after(device, after);
    }

    /// A frame reaches a device.
    pub(crate) fn arrives(&mut self, conn: ConnId, frame: &[u8]) {
        let Some(wire) = self.wires.get_mut(&conn) else { return };
        let device = wire.device;
        wire.said.push(frame);
        loop {
            let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.left) else { return };
            match wire.said.take::<FromTable>() {
                Ok(None) => return,
                Ok(Some(message)) if self.devices[device].conn == Some(conn) => self.heard(device, conn, message),
                Ok(Some(_)) => {}
                Err(fault) => self.fail("whatever the server sends can be read", fault),
            }
        }
    }

    fn heard(&mut self, device: usize, conn: ConnId, message: FromTable) {
        self.trace.say(self.now, || format!("    device {device} ({}) hears {message:?}", conn.0));
        match message {
            FromTable::Entered(entered) => self.entered(device, *entered),
            FromTable::Waiting { .. } => self.devices[device].waits = true,
            FromTable::Refused(why) => self.refused(device, why),
            FromTable::Goodbye(why) => self.goodbye(device, why),
            FromTable::Tables(_) | FromTable::Pong { .. } | FromTable::NotUnderstood | FromTable::Pack { .. } => {}
            message => self.mirrors(device, conn, message),
        }
    }

    fn entered(&mut self, device: usize, entered: Entered) {
        let order = self.ledger.order_of(&entered.token.secret);
        let at = (TableId(entered.token.table as i64), entered.token.person);
        let d = &mut self.devices[device];
        if d.tokens.first().is_some_and(|(newest, _)| *newest == entered.token) {
            // Sent again, as it might have been dropped.
            return;
        }
        if let Some((used, _)) = d.tokens.get(d.trying).copied() {
            self.counts.resumed += 1;
            self.ledger.proven.insert(at);
            self.counts.older_token += u64::from(d.trying > 0);
            let same = (used.table, used.person) == (entered.token.table, entered.token.person);
            self.hold(same, "whoever comes back is who they were", || format!("{used:?} became {:?}", entered.token));
        }
        let d = &mut self.devices[device];
        // The one that opened the door stays good until the newest is used.
        d.tokens = std::iter::once((entered.token, order)).chain(d.tokens.get(d.trying).copied()).collect();
        (d.trying, d.waits, d.at) = (0, false, Some(at));
        let (slot, way) = (d.slot, d.way);
        if way == Come::Create {
            self.slots[slot].id = Some(at.0);
        }
        self.counts.let_in += u64::from(matches!(way, Come::Code | Come::Public));
    }

    fn refused(&mut self, device: usize, why: Refused) {
        let lively = self.lively;
        let soon = if lively { self.luck.between(300, 2_500) } else { 200 };
        let d = &mut self.devices[device];
        d.redial_ms = Some(soon);
        match why {
            Refused::NotGoodAnyMore => {
                d.trying += 1;
                d.redial_ms = Some(5);
                if d.trying >= d.tokens.len() {
                    self.locked_out(device);
                }
            }
            Refused::TooManyTries { wait_s } => d.redial_ms = Some(u64::from(wait_s) * 1_000),
            Refused::TurnedAway => d.gone = soon.is_multiple_of(2),
            Refused::NoSuchTable => {
                self.hold(self.devices[device].tokens.is_empty(), "a token leads to its table", || {
                    format!("device {device} heard that there is none")
                });
            }
            Refused::TableFull { .. } | Refused::ServerFull | Refused::Stopped | Refused::Closing | Refused::Busy => {}
            Refused::Version { .. }
            | Refused::NoSuchPack { .. }
            | Refused::BadSetup
            | Refused::PassNeeded
            | Refused::Words
            | Refused::NotHere => {
                if !self.devices[device].liar {
                    self.fail("honest people are let in", format!("device {device}: {why:?}"));
                }
            }
        }
    }

    /// No token of this device is good any more. That may be so only where another device of the same person has a
    /// newer one, or where the person was asked to leave.
    fn locked_out(&mut self, device: usize) {
        let d = &mut self.devices[device];
        d.trying = 0;
        let (human, newest, at, liar) = (d.human, d.newest(), d.at, d.liar);
        let others = self.devices.iter().enumerate().filter(|(n, o)| *n != device && o.human == human);
        let newer = others.filter(|(_, o)| o.newest() > newest).max_by_key(|(_, o)| o.newest()).map(|(n, _)| n);
        let out = at.is_some_and(|at| self.may_be_out(at));
        if out || liar {
            self.devices[device].gone = true;
        } else if let Some(newer) = newer {
            // The person takes it over anew.
            self.devices[device].tokens = self.devices[newer].tokens.clone();
            self.devices[device].redial_ms = Some(4_000);
        } else {
            let tokens = &self.devices[device].tokens;
            self.fail("nobody is locked out of their place", format!("device {device} has {tokens:?}"));
        }
    }

    fn goodbye(&mut self, device: usize, why: Denied) {
        let lively = self.lively;
        let elsewhere = if lively { self.luck.between(2_000, 9_000) } else { 50 };
        let stopped = self.ledger.broken_in == Some(self.life) || self.lobby.is_none();
        let d = &mut self.devices[device];
        match why {
            Denied::Elsewhere => d.redial_ms = Some(elsewhere),
            Denied::SentAway => d.gone = true,
            Denied::TableStopped => {
                // Some of it may have been on its way when the server was started again.
                if !stopped && self.ledger.broken_in.is_none() {
                    self.fail("a table stops only where the disk fails", format!("device {device} was told so"));
                }
                d.redial_ms = Some(900);
            }
            // Where time leaps somebody may seem to have said nothing for long.
            Denied::Disorderly if !d.liar && !self.leapt => {
                self.fail("honest people are orderly", format!("device {device}"))
            }
            _ if comes_back(why) => {}
            Denied::Disorderly => {}
            _ if d.liar => {}
            _ => self.fail("goodbyes are known ones", format!("{why:?}")),
        }
    }

    fn mirrors(&mut self, device: usize, conn: ConnId, message: FromTable) {
        let slot = self.devices[device].slot;
        if let FromTable::Welcome(welcome) = &message {
            self.hold(welcome.setup == self.slots[slot].wish, "a table is what was wished for", || {
                format!("device {device}")
            });
            if self.devices[device].at.is_none() {
                // What let them in was dropped twice: they will be told that they are too slow.
                return;
            }
            let you = Some(welcome.you);
            self.hold(self.devices[device].at.map(|(_, p)| p) == you, "everyone is told who they are", || {
                format!("device {device} is {:?} and was told {you:?}", self.devices[device].at)
            });
            let setup = &self.slots[slot].setup;
            self.devices[device].mirror.get_or_insert_with(|| Mirror::new(setup.clone()));
        }
        let Some(mirror) = &mut self.devices[device].mirror else { return };
        let before = mirror.last();
        match mirror.receive(message) {
            Ok(Some(News::Welcome(_))) => {
                let again: Vec<_> = mirror.unanswered().cloned().collect();
                self.devices[device].inside = true;
                self.counts.repeated += again.len() as u64;
                again.iter().for_each(|message| self.send(conn, message));
            }
            Ok(Some(News::Answer { number, answer })) => self.answered(device, number, answer),
            Ok(Some(News::Door)) => {
                if let Some(door) = mirror.door() {
                    (self.slots[slot].key, self.slots[slot].code) = (Some(door.key), Some(door.code.clone()));
                }
            }
            Ok(_) => {}
            Err(Trouble::AskAgain(message)) => {
                let whole = before == 0 || mirror.last() == before;
                self.hold(whole, "every mirror comes to the table's own state", || {
                    format!("device {device} had {before} events")
                });
                self.send(conn, &message);
            }
            Err(Trouble::OtherSetup) => self.fail("every mirror has the table's setup", device),
        }
    }

    /// Asks through the mirror.
    pub(crate) fn ask(&mut self, device: usize, ask: Ask) {
        let d = &mut self.devices[device];
        let (Some(conn), Some(mirror)) = (d.conn, &mut d.mirror) else { return };
        let Some(message) = mirror.ask(ask.clone()) else { return };
        if let FromClient::Ask { number, .. } = message {
            d.asked.insert(number, Asked { ask, answer: None });
            // Also not by another device of the same person, nor by one that was started again.
            let new = d.at.is_none_or(|(table, person)| self.ledger.numbers.insert((table, person, number)));
            self.hold(new, "a number is used once", || format!("device {device} used {number} again"));
        }
        self.send(conn, &message);
        // The network does not do this; somebody's own client might.
        if self.luck.percent(6) {
            self.counts.repeated += 1;
            self.send(conn, &message);
        }
    }
}
