//! How much a table takes has an end, and so has how fast. What is refused can be sent again as it was.

use instep_protocol::{Answer, Ask, Audience, Denied, FromTable, Role, WordKind};
use instep_rules::{Command, Event, Perspective};
use instep_server::{ConnId, DataFolder, LobbyInput};

use crate::support::World;

fn note(n: u32, text: &str) -> Ask {
    let mut nonce = [0; 16];
    nonce[..4].copy_from_slice(&n.to_le_bytes());
    nonce[15] = 1;
    let (kind, audience) = (WordKind::Note, Audience::Everyone);
    Ask::Note { seat: None, kind, audience, text: text.into(), nonce }
}

fn done(answer: Answer) -> bool {
    matches!(answer, Answer::Done { .. })
}

/// How many words this connection was shown.
fn shown(world: &World, conn: ConnId) -> usize {
    world.heard[&conn].iter().map(|m| if let FromTable::Words(words) = m { words.len() } else { 0 }).sum()
}

#[test]
fn whoever_types_too_fast_is_told_when_to_go_on_and_holds_up_nobody() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    world.ask(host, Ask::LetChat(true));
    for n in 0..10 {
        assert!(done(world.ask(host, note(n, "A note."))));
        assert!(done(world.ask(host, Ask::Chat { text: "Hello".into(), nonce: [n as u8 + 1; 16] })));
    }
    let late = note(20, "One more.");
    assert_eq!(world.ask(host, late.clone()), Answer::Denied(Denied::WordsTooFast { wait_s: 2 }), "facilitators too");
    assert_eq!(shown(&world, guest), 20, "nothing of it is kept");
    assert!(done(world.ask(guest, note(21, "Mine."))));
    assert!(done(world.ask(host, note(0, "A note."))), "what is kept already is no more words");
    assert!(done(world.ask(host, Ask::Hand(true))), "only words are counted");
    world.tick(2_000);
    assert!(done(world.ask(host, late)));
    assert_eq!(shown(&world, guest), 22);
}

#[test]
fn a_table_that_is_full_of_words_keeps_them_and_plays_on() {
    let mut world = World::new();
    let host = world.create();
    // Four bytes a character: as much as a note can hold.
    let text = "𝄞".repeat(500);
    let many = 2 * 1024 * 1024 / text.len() as u32;
    let send = |world: &mut World, conn, n: u32, text: &str| {
        world.now.ms += 2_000;
        world.ask(conn, note(n, text))
    };
    for n in 0..many {
        assert!(done(send(&mut world, host, n, &text)), "{n}");
    }
    let full = Answer::Denied(Denied::NoMoreWords);
    assert_eq!(send(&mut world, host, many, &text), full);
    let token = world.token(host).unwrap();
    world.start();
    let host = world.resume(token);
    assert_eq!(shown(&world, host), many as usize, "whoever comes in is sent all of them");
    assert_eq!(send(&mut world, host, many, &text), full, "also after a restart");
    let seat = Perspective::First;
    assert!(done(world.ask(host, Ask::TakeSeat(seat))));
    // Whoever looks after the server makes room.
    let id = world.stored().tables().unwrap()[0].id;
    world.handle(LobbyInput::Erase(id));
    assert!(done(send(&mut world, host, many, &text)));
}

/// As though somebody had taken a seat and left it again so many times.
fn fidget(world: &World, times: u32) {
    let (taken, left) = (Event::SeatTaken { seat: Perspective::First }, Event::SeatLeft { seat: Perspective::First });
    let events: Vec<Event> = [taken, left].into_iter().cycle().take(times as usize * 2).collect();
    let table = world.stored().listed().unwrap()[0].clone();
    let database = rusqlite::Connection::open(DataFolder::database(world.folder.path())).unwrap();
    let row = rusqlite::params![table.id.0, table.events + 1, postcard::to_stdvec(&events).unwrap(), [0_u8; 32]];
    database.execute("INSERT INTO commands (table_id, first, events, hash) VALUES (?1, ?2, ?3, ?4)", row).unwrap();
}

#[test]
fn a_log_has_an_end_and_the_game_can_still_be_closed() {
    let mut world = World::new();
    let host = world.create();
    let token = world.token(host).unwrap();
    world.stop();
    fidget(&world, 49_990);
    world.start();
    let host = world.resume(token);
    let seat = Perspective::First;
    let mut times = 0;
    let full = loop {
        match world.ask(host, Ask::TakeSeat(seat)) {
            Answer::Done { .. } => assert!(done(world.ask(host, Ask::LeaveSeat(seat)))),
            answer => break answer,
        }
        times += 1;
        assert!(times < 20, "a hundred thousand are enough");
    };
    assert_eq!(full, Answer::Denied(Denied::NoMoreEvents));
    assert_eq!(world.ask(host, Ask::Act { seat: Some(seat), command: Command::Roll }), full);
    assert!(done(world.ask(host, note(1, "Still here."))), "words are kept apart");
    assert!(done(world.ask(host, Ask::Act { seat: None, command: Command::Close })));
}
