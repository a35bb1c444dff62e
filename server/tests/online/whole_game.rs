//! A whole game with four players, a facilitator and an observer. Each connection is lost on the way and comes back,
//! and the server is killed and started again. Nobody misses anything.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use instep_protocol::{Ask, Audience, Role, WordKind, WordText};
use instep_rules::Perspective;
use instep_rules::players::Dice;
use instep_server::{DataFolder, Hall, Stored};
use tempfile::tempdir;

use crate::support::{Person, Place, create, done, invited, runtime};

/// The program, as an operator runs it.
struct Program {
    child: Child,
    place: Place,
}

impl Program {
    /// Starts over this folder; at this port, or at any.
    fn start(folder: &Path, port: u16) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_instep-server"))
            .args(["--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut port = None;
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        for line in lines.by_ref() {
            // "Listening on 127.0.0.1:4433 (UDP)."
            if let Some((_, rest)) = line.split_once("127.0.0.1:") {
                port = rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok());
                break;
            }
        }
        // What else it says is read, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        let cert = std::fs::read(folder.join("server-cert.der")).expect("its certificate");
        let fingerprint = instep_server::quic::fingerprint(&cert);
        Self { child, place: Place { port: port.expect("it says where it listens"), fingerprint } }
    }

    fn kill(&mut self) {
        self.child.kill().expect("a child of ours");
        self.child.wait().expect("a child of ours");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_whole_game_is_played_through_drops_and_a_kill_and_every_log_is_the_same() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let mut program = Program::start(folder.path(), 0);
    let place = program.place;
    let mut host = Person::comes(&runtime, place.call(create(3)));
    host.until("the door", |p| p.mirror().door().is_some());
    let key = host.mirror().door().unwrap().key;
    let mut people = vec![host];
    for (n, seat) in Perspective::ALL.into_iter().enumerate() {
        let mut player = Person::comes(&runtime, place.call(invited(key, &format!("Player {n}"), Role::Player)));
        assert!(done(player.asks(Ask::TakeSeat(seat))));
        people.push(player);
    }
    people.push(Person::comes(&runtime, place.call(invited(key, "Eyes", Role::Observer))));

    let mut dice = Dice::new(11);
    let mut turns = 0_usize;
    loop {
        let seat = people[0].mirror().game().state().seat();
        // Whoever's turn it is sees all that has happened, and acts.
        let last = people.iter().map(|p| p.mirror().last()).max().unwrap();
        let who = 1 + seat.index();
        people[who].until("all that happened", |p| p.mirror().last() >= last);
        let seat_now = people[who].mirror().game().state().seat();
        let who = 1 + seat_now.index();
        people[who].until("all that happened", |p| p.mirror().last() >= last);
        let Some(ask) = people[who].next_ask(&mut dice) else { break };
        if turns % 9 == 4 {
            // Its request is on its way while its connection goes.
            people[who].remote.again();
        }
        assert!(done(people[who].asks(ask)), "turn {turns}");
        if turns % 7 == 3 {
            let n = (turns / 7) % people.len();
            people[n].remote.again();
        }
        if turns == 20 {
            let note = Ask::Note {
                seat: None,
                kind: WordKind::Note,
                audience: Audience::Everyone,
                text: "He was never asked".into(),
                nonce: [5; 16],
            };
            // Said just before the server dies: the answer may be lost, the words may not.
            people[2].says(note).expect("said");
            program.kill();
            program = Program::start(folder.path(), place.port);
        }
        turns += 1;
        people[0].until("the last move", |p| p.mirror().last() > last);
    }
    assert!(turns > 20, "the server was killed on the way: {turns}");
    assert!(done(people[0].asks(Ask::Act { seat: None, command: instep_rules::Command::Close })));
    let log = people[0].log();
    for person in &mut people {
        person.until("the end", |p| p.mirror().game().state().closed() && p.mirror().secrets().is_some());
        assert_eq!(person.log(), log);
        let notes: Vec<_> = person.mirror().words().iter().filter(|w| w.kind == WordKind::Note).collect();
        assert_eq!(notes.len(), 1, "kept once, and for everyone");
        assert_eq!(notes[0].text, WordText::Said("He was never asked".into()));
        assert!(person.tokens.len() > 1, "each was lost and came back");
    }
    drop(program);
    let stored = Stored::open(folder.path()).unwrap();
    let table = stored.tables().unwrap().pop().unwrap().id;
    let verified = stored.table(table).unwrap().verify().expect("chain, order, rolls and draws are as they should be");
    assert_eq!(verified.events as usize, log.len());
    drop(Hall::open(DataFolder::hold(folder.path()).unwrap()).unwrap());
}
