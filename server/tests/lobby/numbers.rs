//! Numbers that name one thing for ever: those of a person's requests, and those of tables.

use instep_protocol::{Answer, Ask, Audience, Denied, FromClient, FromTable, Mirror, Role, WordKind};
use instep_rules::{Command, Outcome, Perspective};
use instep_server::{ConnId, LobbyInput, TableId};
use proptest::prelude::*;

use crate::support::World;

fn first_number(world: &World, conn: ConnId) -> u32 {
    let welcome = |m: &FromTable| if let FromTable::Welcome(w) = m { Some(w.next_number) } else { None };
    world.heard[&conn].iter().rev().find_map(welcome).expect("it is in")
}

fn says(world: &mut World, conn: ConnId, number: u32, ask: Ask) -> Answer {
    world.handle(LobbyInput::Said(conn, FromClient::Ask { number, seen: 1_000_000, ask }));
    let answer = |m: &FromTable| match m {
        FromTable::Answer { number: n, answer } if *n == number => Some(*answer),
        _ => None,
    };
    world.heard[&conn].iter().rev().find_map(answer).expect("every request is answered")
}

fn place(outcome: u8) -> Ask {
    let seat = Perspective::First;
    Ask::Act { seat: Some(seat), command: Command::Place(seat, Outcome(outcome)) }
}

fn note(n: u8) -> Ask {
    let (kind, audience, text) = (WordKind::Note, Audience::Everyone, format!("Note {n}."));
    Ask::Note { seat: None, kind, audience, text, nonce: [n; 16] }
}

/// The first device's request was lost with the server; the second asks for the same kind of thing.
#[test]
fn what_another_device_did_is_not_the_answer_to_this_ones_request() {
    let mut world = World::new();
    let one = world.create();
    let token = world.token(one).unwrap();
    assert!(matches!(says(&mut world, one, 1, note(1)), Answer::Done { .. }));
    // Numbers 2 and 3 are on their way, to lay a tile and to write a note, when the server is gone.
    world.start();
    let two = world.resume(token);
    let number = first_number(&world, two);
    let laid = says(&mut world, two, number, place(0));
    assert!(matches!(laid, Answer::Done { .. }), "{laid:?}");
    let one = world.resume(token);
    let answer = says(&mut world, one, 2, place(0));
    assert_eq!(
        answer,
        Answer::Denied(Denied::NumberOutOfOrder { next: number + 1 }),
        "it was not done, and is told so"
    );
    let noted = says(&mut world, one, 3, note(2));
    assert!(matches!(noted, Answer::Done { word: Some(2), .. }), "what was typed is kept however late: {noted:?}");
    assert_eq!(says(&mut world, one, 3, note(2)), noted);
    assert_eq!(says(&mut world, one, number, place(0)), laid, "who has its number gets its answer");
    assert!(first_number(&world, one) > number);
}

#[test]
fn the_same_device_asks_once_more_and_it_is_the_same() {
    let mut world = World::new();
    let one = world.create();
    let token = world.token(one).unwrap();
    let first = says(&mut world, one, 1, place(0));
    // The answer was lost, and with it the connection and the server.
    world.start();
    let one = world.resume(token);
    assert_eq!(says(&mut world, one, 1, place(0)), first);
    // Another request was lost on its way: it is done now, under its old number.
    let id = world.stored().tables().unwrap()[0].id;
    let before = world.stored().table(id).unwrap().commands.len();
    assert!(matches!(says(&mut world, one, 2, Ask::TakeSeat(Perspective::First)), Answer::Done { .. }));
    assert_eq!(world.stored().table(id).unwrap().commands.len(), before + 1);
}

/// What happens to a person with some devices.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A device comes in and puts out whichever is there.
    Comes(usize),
    /// The device that is there asks, so often; whether the table hears it, and whether it hears the answer.
    Asks(usize, bool, bool),
    /// The server is gone and comes back.
    Crash,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let one = prop_oneof![
        3 => (0..3_usize).prop_map(Step::Comes),
        5 => (prop_oneof![9 => 1..4_usize, 1 => 1..700_usize], any::<bool>(), any::<bool>())
            .prop_map(|(n, heard, answered)| Step::Asks(n, heard, answered)),
        2 => Just(Step::Crash),
    ];
    proptest::collection::vec(one, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is lost between them and the server, two devices of one person never use one number: so what is sent
    /// again under a number is what was first sent under it.
    #[test]
    fn no_two_devices_of_a_person_use_one_number(steps in steps()) {
        let mut world = World::new();
        let host = world.create();
        let key = world.door(host).unwrap().key;
        let guest = world.join(key, "Guest", Role::Observer);
        let mut token = world.token(guest).unwrap();
        let setup = {
            let table = world.hall().table(TableId(1)).expect("it is open");
            table.game().setup().clone()
        };
        let mut devices: Vec<Mirror> = (0..3).map(|_| Mirror::new(setup.clone())).collect();
        let mut here: Option<(usize, ConnId, usize)> = None;
        let mut used = std::collections::HashMap::new();
        for step in steps {
            match step {
                Step::Comes(n) => {
                    let conn = world.resume(token);
                    token = world.token(conn).expect("they come back");
                    here = Some((n, conn, 0));
                    hear(&world, &mut here, &mut devices);
                }
                Step::Asks(many, heard, answered) => {
                    let Some((n, conn, _)) = here else { continue };
                    for _ in 0..many {
                        let Some(message) = devices[n].ask(Ask::Hand(true)) else { continue };
                        let FromClient::Ask { number, .. } = message else { continue };
                        prop_assert_eq!(*used.entry(number).or_insert(n), n, "number {} is another device's", number);
                        if heard {
                            world.handle(LobbyInput::Said(conn, message));
                        }
                    }
                    if answered {
                        hear(&world, &mut here, &mut devices);
                    }
                    world.tick(500);
                }
                Step::Crash => {
                    world.start();
                    here = None;
                }
            }
        }
    }
}

/// The device that is there takes in what it was sent.
fn hear(world: &World, here: &mut Option<(usize, ConnId, usize)>, devices: &mut [Mirror]) {
    let Some((n, conn, from)) = here else { return };
    for message in &world.heard[conn][*from..] {
        let _ = devices[*n].receive(message.clone());
    }
    *from = world.heard[conn].len();
}

#[test]
fn a_tables_number_is_never_used_again() {
    let mut world = World::new();
    let (first, second) = (world.create(), world.create());
    let old = world.token(second).unwrap();
    assert_eq!(old.table, 2);
    world.gone(first);
    world.gone(second);
    for _ in 0..40 {
        world.now.day += 1;
        world.tick(24 * 3_600_000);
    }
    assert!(world.stored().tables().unwrap().is_empty(), "nobody came for so long");
    world.start();
    let third = world.create();
    assert_eq!(world.token(third).unwrap().table, 3);
    // Nor after one that came from nowhere else, and a restart with nothing deleted.
    world.start();
    let fourth = world.create();
    assert_eq!(world.token(fourth).unwrap().table, 4);
}
