//! A lobby over a real database, with connections that are lists of what was sent to them.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};

use instep_content::{BASE_PACK, Library, Options};
use instep_protocol::{
    Answer, Ask, Denied, Door, Enter, Frames, FromClient, FromTable, NewTableWish, PersonId, Refused, Role, TableKey,
    TableSetup, Token, VERSION, Way,
};
use instep_rules::OutcomeSet;
use instep_server::make::{PackShelf, about};
use instep_server::{
    Caps, ConnId, DataFolder, Database, Hall, Lobby, LobbyEffect, LobbyInput, Now, Stored, TableId, Ways,
};
use tempfile::TempDir;

pub(crate) const DAY: u32 = 20_000;

/// A lobby, and everyone who is connected to it.
pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) lobby: Option<Lobby<Database, PackShelf>>,
    /// What whoever makes tables has to know; it counts from the next start on.
    pub(crate) pass: String,
    pub(crate) now: Now,
    next: u64,
    pub(crate) heard: HashMap<ConnId, Vec<FromTable>>,
    pub(crate) ended: Vec<ConnId>,
    pub(crate) due: Vec<(TableId, u32)>,
    numbers: HashMap<ConnId, u32>,
}

pub(crate) fn setup(stones: usize) -> TableSetup {
    let packs = Library::new(None).load(&[BASE_PACK]).unwrap();
    let options = Options { outcomes: Some(OutcomeSet::first(stones)), ..Options::default() };
    let table = packs.setup(&options).unwrap();
    about(&packs, &table, &options, &packs.first().manifest.ruleset)
}

pub(crate) fn address(n: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from_bits(0x0A00_0000 + n))
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut world = Self {
            folder,
            lobby: None,
            pass: String::new(),
            now: Now { ms: 1_000, day: DAY },
            next: 1,
            heard: HashMap::new(),
            ended: Vec::new(),
            due: Vec::new(),
            numbers: HashMap::new(),
        };
        world.start();
        world
    }

    /// The lobby ends, at once; what it handed to the disk is written.
    pub(crate) fn stop(&mut self) {
        self.lobby = None;
    }

    /// Starts the lobby, again if it ran.
    pub(crate) fn start(&mut self) {
        self.stop();
        let folder = DataFolder::hold(self.folder.path()).unwrap();
        let mut n = self.now.ms;
        let ways = Ways {
            maker: PackShelf::new(folder.packs(), Library::new(None)),
            random: Box::new(move |bytes| {
                for byte in bytes {
                    n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    *byte = (n >> 56) as u8;
                }
            }),
            caps: Caps::default(),
            retention_days: 30,
            pass: self.pass.clone(),
        };
        self.lobby = Some(Lobby::open(Database::open(folder).unwrap(), ways).unwrap());
    }

    pub(crate) fn lobby(&mut self) -> &mut Lobby<Database, PackShelf> {
        self.lobby.as_mut().unwrap()
    }

    pub(crate) fn hall(&mut self) -> &mut Hall<Database> {
        self.lobby().hall_mut()
    }

    /// Something happens, and everything that comes of it.
    pub(crate) fn handle(&mut self, input: LobbyInput) {
        let now = self.now;
        let mut effects = Vec::new();
        self.lobby().handle(now, input, &mut effects);
        loop {
            for effect in effects.drain(..) {
                match effect {
                    LobbyEffect::Send(conn, frame) => {
                        let mut frames = Frames::default();
                        frames.push(&frame);
                        let message = frames.take().unwrap().unwrap();
                        self.heard.entry(conn).or_default().push(message);
                    }
                    LobbyEffect::End(conn) => self.ended.push(conn),
                    LobbyEffect::Due(table, days) => self.due.push((table, days)),
                    LobbyEffect::Turn(..) | LobbyEffect::Log(..) => {}
                }
            }
            if self.hall().waiting() == 0 || self.hall().trouble().is_some() {
                return;
            }
            assert!(self.hall().commits(true));
            // Whatever the commit let out is handed on with the next thing that happens.
            let nobody = ConnId(0);
            self.lobby().handle(now, LobbyInput::Drained(nobody), &mut effects);
        }
    }

    pub(crate) fn tick(&mut self, ms: u64) {
        self.now.ms += ms;
        self.handle(LobbyInput::Tick);
    }

    /// A new connection that comes in by this way.
    pub(crate) fn enter(&mut self, from: IpAddr, way: Way) -> ConnId {
        let conn = ConnId(self.next);
        self.next += 1;
        self.handle(LobbyInput::Come(conn, Some(from)));
        self.handle(LobbyInput::Said(conn, FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way })));
        conn
    }

    pub(crate) fn create(&mut self) -> ConnId {
        self.create_with(address(1), "")
    }

    pub(crate) fn create_with(&mut self, from: IpAddr, pass: &str) -> ConnId {
        let wish = NewTableWish {
            setup: setup(2),
            called: "Tuesday".into(),
            name: "Host".into(),
            public: false,
            pass: pass.to_owned(),
        };
        self.enter(from, Way::Create(Box::new(wish)))
    }

    pub(crate) fn join(&mut self, key: TableKey, name: &str, role: Role) -> ConnId {
        self.enter(address(2), Way::Invite { key, name: name.into(), role })
    }

    pub(crate) fn resume(&mut self, token: Token) -> ConnId {
        self.enter(address(3), Way::Resume { token, have: 0 })
    }

    pub(crate) fn gone(&mut self, conn: ConnId) {
        self.handle(LobbyInput::Gone(conn));
    }

    /// Asks; the answer. Somebody who came back takes the number that the table expects, as a mirror does.
    pub(crate) fn ask(&mut self, conn: ConnId, ask: Ask) -> Answer {
        let answer = self.ask_once(conn, ask.clone());
        let Answer::Denied(Denied::NumberOutOfOrder { next }) = answer else { return answer };
        self.numbers.insert(conn, next - 1);
        self.ask_once(conn, ask)
    }

    fn ask_once(&mut self, conn: ConnId, ask: Ask) -> Answer {
        let number = self.numbers.entry(conn).or_insert(0);
        *number += 1;
        let number = *number;
        let seen = 1_000_000; // nobody here presses on something old
        self.handle(LobbyInput::Said(conn, FromClient::Ask { number, seen, ask }));
        let answer = |m: &FromTable| match m {
            FromTable::Answer { number: n, answer } if *n == number => Some(*answer),
            _ => None,
        };
        self.heard[&conn].iter().rev().find_map(answer).expect("every request is answered")
    }

    pub(crate) fn refused(&self, conn: ConnId) -> Option<Refused> {
        self.heard[&conn].iter().rev().find_map(|m| if let FromTable::Refused(why) = m { Some(*why) } else { None })
    }

    pub(crate) fn token(&self, conn: ConnId) -> Option<Token> {
        self.heard[&conn].iter().rev().find_map(|m| if let FromTable::Entered(e) = m { Some(e.token) } else { None })
    }

    pub(crate) fn person(&self, conn: ConnId) -> PersonId {
        self.token(conn).expect("it is in").person
    }

    pub(crate) fn door(&self, conn: ConnId) -> Option<Door> {
        self.heard[&conn].iter().rev().find_map(|m| if let FromTable::Door(d) = m { Some((**d).clone()) } else { None })
    }

    pub(crate) fn stored(&self) -> Stored {
        Stored::open(self.folder.path()).unwrap()
    }
}
