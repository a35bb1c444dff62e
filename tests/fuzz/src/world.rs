//! A lobby over a disk in memory, and whoever is connected to it. Everything that leaves it is looked at.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use instep_protocol::{
    Ask, Denied, Door, Enter, Frames, FromClient, FromTable, Mirror, NewTableWish, PersonId, Role, TableSetup, Token,
    Trouble, VERSION, Way,
};
use instep_rules::players::{Dice, Habit, next_command};
use instep_server::{Caps, ConnId, Lobby, LobbyEffect, LobbyInput, Now, StoredTable, TableId, Ways};

use crate::disk::MemoryDisk;
use crate::small::{self, SmallMaker};

/// One end of a connection, as honest as ours are.
#[derive(Debug, Default)]
pub(crate) struct Viewer {
    pub(crate) token: Option<Token>,
    pub(crate) mirror: Option<Mirror>,
    pub(crate) door: Option<Door>,
    pub(crate) next_number: u32,
    pub(crate) ended: bool,
    pub(crate) tables: bool,
}

pub(crate) struct World {
    pub(crate) disk: MemoryDisk,
    lobby: Lobby<MemoryDisk, SmallMaker>,
    pub(crate) now: Now,
    pub(crate) viewers: BTreeMap<ConnId, Viewer>,
    next: u64,
    /// Whether what is decided is on disk at once.
    pub(crate) at_once: bool,
    dice: Dice,
    /// Every message in both directions, where somebody wants to know.
    said: Option<Vec<FromClient>>,
    heard: Option<Vec<FromTable>>,
}

/// Somebody's address.
const FROM: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)));

fn lobby(disk: &MemoryDisk) -> Lobby<MemoryDisk, SmallMaker> {
    let mut n = 0_u64;
    let random = move |bytes: &mut [u8]| {
        for byte in bytes {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (n >> 56) as u8;
        }
    };
    let caps = Caps { connections: 8, tables: 4, ..Caps::default() };
    let ways = Ways { maker: SmallMaker, random: Box::new(random), caps, retention_days: 30, pass: String::new() };
    Lobby::open(disk.clone(), ways).expect("a lobby opens over whatever was kept")
}

impl World {
    pub(crate) fn new() -> Self {
        let disk = MemoryDisk::default();
        Self {
            lobby: lobby(&disk),
            disk,
            now: Now { ms: 1_000, day: 20_000 },
            viewers: BTreeMap::new(),
            next: 1,
            at_once: true,
            dice: Dice::new(1),
            said: None,
            heard: None,
        }
    }

    /// The server's process ends, and another begins.
    pub(crate) fn crash(&mut self) {
        self.disk.0.borrow_mut().power_off();
        self.viewers.clear();
        self.lobby = lobby(&self.disk);
    }

    pub(crate) fn come(&mut self) -> ConnId {
        let conn = ConnId(self.next);
        self.next += 1;
        self.viewers.insert(conn, Viewer { next_number: 1, ..Viewer::default() });
        self.hand(LobbyInput::Come(conn, FROM));
        conn
    }

    pub(crate) fn enter(&mut self, way: Way) -> ConnId {
        let conn = self.come();
        self.say(conn, FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way }));
        conn
    }

    pub(crate) fn create(&mut self, setup: &TableSetup) -> ConnId {
        self.enter(Way::Create(Box::new(NewTableWish {
            setup: setup.clone(),
            called: "Tuesday".into(),
            name: "Host".into(),
            public: true,
            pass: String::new(),
        })))
    }

    pub(crate) fn say(&mut self, conn: ConnId, message: FromClient) {
        if let Some(said) = &mut self.said {
            said.push(message.clone());
        }
        self.hand(LobbyInput::Said(conn, message));
    }

    /// Asks as an honest client does.
    pub(crate) fn ask(&mut self, conn: ConnId, ask: Ask) {
        let Some(viewer) = self.viewers.get_mut(&conn) else { return };
        let (number, seen) = (viewer.next_number, viewer.mirror.as_ref().map_or(0, Mirror::last));
        viewer.next_number = number.saturating_add(1);
        self.say(conn, FromClient::Ask { number, seen, ask });
    }

    /// Takes over a table from elsewhere.
    pub(crate) fn adopt(&mut self, table: StoredTable) -> Option<Token> {
        let token = self.lobby.adopt(self.now, FROM, table, "Host", "").ok();
        self.write();
        token
    }

    /// Does what the rules let somebody do at the table of this connection.
    pub(crate) fn play(&mut self, conn: ConnId) {
        let game = self.viewers.get(&conn).and_then(|viewer| viewer.mirror.as_ref()).map(Mirror::game);
        let Some((who, command)) = game.and_then(|game| next_command(game, &mut self.dice, Habit::Uniform)) else {
            return;
        };
        self.ask(conn, Ask::Act { seat: who.seat, command });
    }

    /// Hands something to the lobby, and does what it wants done.
    pub(crate) fn hand(&mut self, input: LobbyInput) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let mut effects = Vec::new();
            self.lobby.handle(self.now, input, &mut effects);
            for effect in effects {
                match effect {
                    LobbyEffect::Send(conn, frame) => inputs.extend(self.sent(conn, &frame)),
                    LobbyEffect::End(conn) => {
                        if let Some(viewer) = self.viewers.get_mut(&conn) {
                            viewer.ended = true;
                        }
                    }
                    LobbyEffect::Turn(..) | LobbyEffect::Due(..) | LobbyEffect::Log(..) => {}
                }
            }
            if self.at_once {
                inputs.extend(self.disk.0.borrow_mut().write().map(LobbyInput::Committed));
            }
        }
    }

    /// All that waits is written, or fails to be.
    pub(crate) fn write(&mut self) {
        loop {
            let commits = self.disk.0.borrow_mut().write();
            let Some(commits) = commits else { return };
            self.hand(LobbyInput::Committed(commits));
        }
    }

    fn sent(&mut self, conn: ConnId, frame: &[u8]) -> Option<LobbyInput> {
        let mut frames = Frames::default();
        frames.push(frame);
        let message = frames.take::<FromTable>().expect("what is sent can be read").expect("a frame is sent whole");
        assert!(frames.rest().is_empty(), "one message is sent at a time");
        if let Some(heard) = &mut self.heard {
            heard.push(message.clone());
        }
        let broken = self.disk.0.borrow().broken;
        assert!(broken || message != FromTable::Goodbye(Denied::TableStopped), "a table stopped and no disk failed");
        let viewer = self.viewers.get_mut(&conn).filter(|viewer| !viewer.ended)?;
        match &message {
            FromTable::Entered(entered) => viewer.token = Some(entered.token),
            FromTable::Door(door) => viewer.door = Some((**door).clone()),
            FromTable::Tables(_) => viewer.tables = true,
            FromTable::Welcome(welcome) => {
                viewer.next_number = welcome.next_number;
                viewer.mirror.get_or_insert_with(|| Mirror::new(small::setup(&welcome.setup)));
            }
            _ => {}
        }
        let mirror = viewer.mirror.as_mut()?;
        let answer = match mirror.receive(message) {
            Err(Trouble::OtherSetup) => panic!("a mirror disagrees with its table"),
            Err(Trouble::AskAgain(message)) => Some(LobbyInput::Said(conn, message)),
            Ok(_) => None,
        };
        if let (Some(token), false) = (viewer.token, broken) {
            let kept = self.disk.0.borrow().last(TableId(token.table as i64));
            assert!(mirror.last() <= kept, "event {} was seen, and {kept} are kept", mirror.last());
        }
        answer
    }

    /// Everyone who is in sees the game that their table plays.
    pub(crate) fn all_agree(&self) {
        for viewer in self.viewers.values().filter(|viewer| !viewer.ended) {
            let (Some(token), Some(mirror)) = (viewer.token, &viewer.mirror) else { continue };
            let Some(table) = self.lobby.hall().table(TableId(token.table as i64)) else { continue };
            assert_eq!(mirror.game().log(), table.game().log(), "{:?} sees another game", token.person);
        }
    }
}

/// Where a table's messages come from that seeds are made of: a game with a guest, words and all, to its end.
fn played() -> (World, ConnId) {
    let mut world = World::new();
    (world.said, world.heard) = (Some(Vec::new()), Some(Vec::new()));
    let host = world.create(&small::WISH);
    let key = world.viewers[&host].door.as_ref().expect("the host sees the door").key;
    let guest = world.enter(Way::Invite { key, name: "Guest".into(), role: Role::Player });
    let list = world.enter(Way::List);
    world.hand(LobbyInput::Gone(list));
    for ask in asks() {
        world.ask(guest, ask.clone());
        world.ask(host, ask);
    }
    world.ask(host, Ask::Pause(false));
    for _ in 0..40 {
        world.play(host);
    }
    world.ask(host, Ask::Act { seat: None, command: instep_rules::Command::Close });
    (world, host)
}

/// One of each kind that is not a turn's.
pub(crate) fn asks() -> Vec<Ask> {
    use instep_protocol::{Audience, WordKind};
    use instep_rules::{Outcome, Perspective};
    let (seat, person, nonce) = (Perspective::Second, PersonId(2), [7; 16]);
    vec![
        Ask::TakeSeat(seat),
        Ask::Name("Ann".into()),
        Ask::Note { seat: None, kind: WordKind::Note, audience: Audience::Everyone, text: "a note".into(), nonce },
        Ask::Mend { seat, step: "a step".into() },
        Ask::MakeSpeaker { seat, person },
        Ask::Point(Outcome(0)),
        Ask::PointCard,
        Ask::Hand(true),
        Ask::Offered(seat),
        Ask::LetChat(true),
        Ask::Chat { text: "hello".into(), nonce: [8; 16] },
        Ask::Hide { id: 1, hidden: true },
        Ask::Report { id: 1 },
        Ask::Pause(true),
        Ask::ClaimFacilitator,
        Ask::GiveRole { person, role: Role::Observer },
        Ask::GiveRole { person, role: Role::Player },
        Ask::Mute { person, muted: true },
        Ask::Public(true),
        Ask::Call("Wednesday".into()),
        Ask::NewInvite,
        Ask::Admit { waiting: 1, role: Role::Player },
        Ask::TurnAway { waiting: 1 },
        Ask::LeaveSeat(seat),
    ]
}

/// Messages of clients: all kinds, some of them often.
pub(crate) fn said() -> Vec<FromClient> {
    let mut said = played().0.said.unwrap_or_default();
    let token = Token { table: 1, person: PersonId(1), secret: [3; 32] };
    let ways = [
        Way::Code { code: "7K2-M0A".into(), name: "Ann".into() },
        Way::Public { table: 1, name: "Ann".into() },
        Way::Resume { token, have: 3 },
        Way::Local { table: 1, person: PersonId(1), have: 0 },
    ];
    said.extend(ways.map(|way| FromClient::Enter(Enter { oldest: 0, newest: VERSION, way })));
    said.extend([
        FromClient::Hello { oldest: 0, newest: VERSION, have: 0 },
        FromClient::Missing { after: 1 },
        FromClient::Ping { n: 1 },
        FromClient::Leave,
        FromClient::Fetch { hash: [9; 32], from: 100 },
        FromClient::Bring { bytes: 1000, pass: "pass".into(), name: "Ann".into() },
    ]);
    said
}

/// Messages of a table to everyone there.
pub(crate) fn heard() -> Vec<FromTable> {
    played().0.heard.unwrap_or_default()
}

/// A table's history, as it is kept.
pub(crate) fn history() -> StoredTable {
    let (world, _) = played();
    let table = world.disk.0.borrow().tables.values().next().cloned();
    table.expect("a table was made")
}
