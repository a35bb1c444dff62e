//! The world: what is in it, and how time goes on.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use instep_protocol::{PersonId, TableKey, TableSetup};
use instep_rules::Setup;
use instep_server::{Commits, ConnId, Lobby, Now, TableId};

use crate::device::{Come, Device};
use crate::disk::{Platter, SimDisk};
use crate::ledger::Ledger;
use crate::net::Wire;
use crate::packs::{self, SimMaker};
use crate::plan::{Luck, Plan};
use crate::trace::Trace;

/// Nobody is forgotten before they were away for so long (`server/src/people.rs`).
const FORGOTTEN_AFTER_MS: u64 = 300_000;

/// Something that is about to happen.
#[derive(Debug)]
pub(crate) enum Next {
    /// A person looks at their device, and perhaps does something.
    Think(usize),
    /// A device makes a connection.
    Dial(usize),
    /// Bytes reach the server, or a device.
    Up(ConnId),
    Down(ConnId),
    /// A connection's task wakes up.
    Say(ConnId),
    /// Nobody took what was sent, since that moment.
    Untaken(ConnId, u64),
    ServerHearsEnd(ConnId),
    DeviceHearsEnd(ConnId),
    /// The disk has written what it began with, in that life of the server.
    Written(u32),
    Told(u32, Box<Commits>),
    Tick(u32),
    Start,
    Fault,
    /// Time goes by and nothing else does.
    Leap(u64),
}

/// What is known of a table by whoever stands around.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) wish: TableSetup,
    pub(crate) setup: Arc<Setup>,
    pub(crate) id: Option<TableId>,
    pub(crate) key: Option<TableKey>,
    pub(crate) code: Option<String>,
}

/// How much happened.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Counts {
    pub(crate) inputs: u64,
    pub(crate) events: u64,
    pub(crate) crashes: u64,
    pub(crate) closes: u64,
    pub(crate) broken_disks: u64,
    pub(crate) cuts: u64,
    pub(crate) resumed: u64,
    pub(crate) older_token: u64,
    pub(crate) behind: u64,
    pub(crate) repeated: u64,
    pub(crate) denied: u64,
    pub(crate) words: u64,
    pub(crate) erased: u64,
    pub(crate) let_in: u64,
    pub(crate) deleted: u64,
    pub(crate) closed: u64,
    pub(crate) lies: u64,
    pub(crate) at_rest: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        let theirs = [
            (&mut self.inputs, other.inputs),
            (&mut self.events, other.events),
            (&mut self.crashes, other.crashes),
            (&mut self.closes, other.closes),
            (&mut self.broken_disks, other.broken_disks),
            (&mut self.cuts, other.cuts),
            (&mut self.resumed, other.resumed),
            (&mut self.older_token, other.older_token),
            (&mut self.behind, other.behind),
            (&mut self.repeated, other.repeated),
            (&mut self.denied, other.denied),
            (&mut self.words, other.words),
            (&mut self.erased, other.erased),
            (&mut self.let_in, other.let_in),
            (&mut self.deleted, other.deleted),
            (&mut self.closed, other.closed),
            (&mut self.lies, other.lies),
            (&mut self.at_rest, other.at_rest),
        ];
        for (own, other) in theirs {
            *own += other;
        }
    }
}

/// What a world leaves behind.
#[derive(Debug)]
pub(crate) struct Left {
    pub(crate) trace: u64,
    pub(crate) counts: Counts,
}

pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) luck: Luck,
    pub(crate) plan: Plan,
    pub(crate) now: Now,
    queue: BTreeMap<(u64, u64), Next>,
    queued: u64,
    pub(crate) platter: Rc<RefCell<Platter>>,
    pub(crate) maker: SimMaker,
    /// Every 32 bytes of chance that the server has drawn and that nobody has looked at.
    pub(crate) drawn: Arc<Mutex<Vec<[u8; 32]>>>,
    pub(crate) lobby: Option<Lobby<SimDisk, SimMaker>>,
    /// Counts the server's lives.
    pub(crate) life: u32,
    /// It was told to stop.
    pub(crate) closing: bool,
    pub(crate) wires: BTreeMap<ConnId, Wire>,
    pub(crate) next_conn: u64,
    pub(crate) slots: Vec<Slot>,
    pub(crate) devices: Vec<Device>,
    pub(crate) ledger: Ledger,
    pub(crate) trace: Trace,
    pub(crate) counts: Counts,
    /// Faults go on, and people do things.
    pub(crate) lively: bool,
    /// Nobody is there until then: time may be looked at less often.
    pub(crate) lull_until: u64,
    pub(crate) leapt: bool,
    /// When faults cease.
    pub(crate) end_ms: u64,
}

impl World {
    pub(crate) fn new(seed: u64, loud: bool) -> Self {
        let mut luck = Luck::new(seed.wrapping_mul(0x9E37_79B9).wrapping_add(0x5157));
        let plan = Plan::new(&mut luck);
        let slots = plan.tables.iter().map(|wish| Slot {
            setup: packs::setup(wish),
            wish: wish.clone(),
            id: None,
            key: None,
            code: None,
        });
        let mut world = Self {
            seed,
            now: Now { ms: 1_000, day: 20_000 },
            queue: BTreeMap::new(),
            queued: 0,
            platter: Rc::default(),
            maker: SimMaker::default(),
            drawn: Arc::default(),
            lobby: None,
            life: 0,
            closing: false,
            wires: BTreeMap::new(),
            next_conn: 1,
            slots: slots.collect(),
            devices: Vec::new(),
            ledger: Ledger::default(),
            trace: Trace::new(loud),
            counts: Counts::default(),
            lively: true,
            lull_until: 0,
            end_ms: 0,
            leapt: false,
            luck,
            plan,
        };
        if loud {
            println!("{:?}", world.plan);
        }
        world.people();
        world
    }

    fn people(&mut self) {
        let mut human = 0;
        for slot in 0..self.slots.len() {
            let mut ways = vec![Come::Create];
            for _ in 0..self.plan.joiners {
                let ways_in = [Come::Invite, Come::Invite, Come::Code, Come::Public, Come::Watch];
                ways.extend(self.luck.of(&ways_in));
            }
            ways.extend([Come::Invite].into_iter().cycle().take(self.plan.liars));
            let liars_from = ways.len() - self.plan.liars;
            for (n, way) in ways.into_iter().enumerate() {
                self.devices.push(Device::new(human, slot, way, n >= liars_from));
                human += 1;
            }
        }
        for device in 0..self.devices.len() {
            let (dial, think) = (self.luck.between(1, 400), self.luck.between(1, 400));
            self.soon(dial, Next::Dial(device));
            self.soon(think, Next::Think(device));
        }
    }

    /// A check has failed.
    pub(crate) fn fail(&self, check: &str, what: impl std::fmt::Display) -> ! {
        panic!("seed {} at {} ms: {check}: {what}", self.seed, self.now.ms)
    }

    pub(crate) fn hold(&self, holds: bool, check: &str, what: impl FnOnce() -> String) {
        if !holds {
            self.fail(check, what());
        }
    }

    /// Something happens after so many milliseconds.
    pub(crate) fn soon(&mut self, after_ms: u64, next: Next) {
        self.queued += 1;
        self.queue.insert((self.now.ms + after_ms, self.queued), next);
    }

    /// Lives until nothing is left to check.
    pub(crate) fn live(mut self) -> Left {
        self.soon(0, Next::Start);
        self.soon(self.plan.chaos_ms * 2, Next::Fault);
        self.end_ms = self.now.ms + self.plan.length_ms;
        while self.now.ms < self.end_ms {
            self.until(self.end_ms);
        }
        self.quiet();
        for kept in self.platter.borrow().tables.values() {
            self.counts.events += kept.log.len() as u64;
            self.counts.words += kept.stored.words.len() as u64;
            self.counts.closed += u64::from(kept.stored.closed);
        }
        self.counts.deleted = self.platter.borrow().deleted.len() as u64;
        Left { trace: self.trace.hash(), counts: self.counts }
    }

    /// Goes on until that moment.
    pub(crate) fn until(&mut self, end_ms: u64) {
        while let Some(entry) = self.queue.first_entry() {
            let at = entry.key().0;
            if at > end_ms {
                break;
            }
            let next = entry.remove();
            self.now.ms = self.now.ms.max(at);
            self.happen(next);
        }
        self.now.ms = self.now.ms.max(end_ms);
    }

    fn happen(&mut self, next: Next) {
        match next {
            Next::Think(device) => self.think(device),
            Next::Dial(device) => self.dial(device),
            Next::Up(conn) => self.up_arrives(conn),
            Next::Down(conn) => self.down_arrives(conn),
            Next::Say(conn) => self.say(conn),
            Next::Untaken(conn, since) => self.untaken(conn, since),
            Next::ServerHearsEnd(conn) => self.server_hears_end(conn),
            Next::DeviceHearsEnd(conn) => self.device_hears_end(conn),
            Next::Written(life) => self.written(life),
            Next::Told(life, commits) => self.told(life, *commits),
            Next::Tick(life) => self.tick(life),
            Next::Start => self.start(),
            Next::Fault => self.fault(),
            Next::Leap(ms) if self.lively => {
                self.now.ms += ms;
                self.end_ms += ms;
                self.leapt = true;
            }
            Next::Leap(_) => {}
        }
    }

    /// Whether the person may have been asked to leave, or forgotten since nothing showed that they had their token, or
    /// their table is deleted: then nobody waits for them.
    pub(crate) fn may_be_out(&self, at: (TableId, PersonId)) -> bool {
        let forgotten = self.now.ms > FORGOTTEN_AFTER_MS && !self.ledger.proven.contains(&at);
        forgotten || self.ledger.maybe_sent_away.contains(&at) || self.platter.borrow().deleted.contains(&at.0)
    }
}
