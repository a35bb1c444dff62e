//! Whoever is cut off before they have their first token can't come back: their place is not kept for ever. Whoever has
//! shown in any way that they have it is never forgotten.

use instep_protocol::{Answer, Ask, FromClient, FromTable, PersonId, Refused, Role, TableKey, Way};
use instep_rules::{Outcome, Perspective};
use instep_server::{ConnId, DataFolder, LobbyInput};

use crate::support::{World, address};

const A_WHILE_MS: u64 = 300_000;

/// Who is at the table, as this connection was told last.
fn people(world: &World, conn: ConnId) -> Vec<PersonId> {
    let last = world.heard[&conn].iter().rev().find_map(|m| if let FromTable::People(p) = m { Some(p) } else { None });
    last.expect("people are told").people.iter().map(|p| p.id).collect()
}

/// A table, its facilitator, and what its invite holds.
fn table() -> (World, ConnId, TableKey) {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).expect("theirs").key;
    (world, host, key)
}

/// Somebody comes by an invite, does something, and is gone.
fn comes_and_goes(world: &mut World, key: TableKey, does: impl FnOnce(&mut World, ConnId)) -> instep_protocol::Token {
    let conn = world.join(key, "Guest", Role::Player);
    does(world, conn);
    world.gone(conn);
    world.token(conn).expect("they were let in")
}

#[test]
fn whoever_never_had_their_token_is_forgotten_after_a_while() {
    let (mut world, host, key) = table();
    let token = comes_and_goes(&mut world, key, |_, _| {});
    assert_eq!(people(&world, host).len(), 2);
    world.tick(A_WHILE_MS - 1);
    assert_eq!(people(&world, host).len(), 2, "they may be on their way back");
    world.tick(1);
    assert_eq!(people(&world, host), [PersonId(1)]);
    let late = world.resume(token);
    assert_eq!(world.refused(late), Some(Refused::NotGoodAnyMore));
    let next = world.join(key, "Guest", Role::Player);
    assert_eq!(world.person(next), PersonId(3), "nobody gets the number of somebody else");
    let token = world.token(host).expect("theirs");
    world.start();
    let host = world.resume(token);
    assert_eq!(people(&world, host), [PersonId(1), PersonId(3)], "it is kept");
}

#[test]
fn it_counts_anew_when_the_server_was_started_anew() {
    let (mut world, host, key) = table();
    comes_and_goes(&mut world, key, |_, _| {});
    let token = world.token(host).expect("theirs");
    world.start();
    let host = world.resume(token);
    world.tick(A_WHILE_MS - 1);
    assert_eq!(people(&world, host).len(), 2);
    world.tick(1);
    assert_eq!(people(&world, host), [PersonId(1)]);
}

#[test]
fn whoever_has_shown_that_they_have_their_token_can_come_back_after_any_time() {
    let (mut world, host, key) = table();
    let ping = |world: &mut World, conn| world.handle(LobbyInput::Said(conn, FromClient::Ping { n: 1 }));
    let tokens = [
        comes_and_goes(&mut world, key, |world, conn| {
            assert!(matches!(world.ask(conn, Ask::Hand(true)), Answer::Done { .. }));
        }),
        comes_and_goes(&mut world, key, |world, conn| {
            // A refusal shows it as well.
            assert!(matches!(world.ask(conn, Ask::Point(Outcome(9))), Answer::Denied(_)));
            world.tick(500);
        }),
        comes_and_goes(&mut world, key, |world, conn| {
            for _ in 0..20 {
                world.tick(4_000);
                ping(world, conn);
            }
            world.tick(500);
        }),
        {
            let first = comes_and_goes(&mut world, key, |_, _| {});
            let back = world.resume(first);
            world.gone(back);
            world.token(back).expect("they are back")
        },
    ];
    // Somebody whose pings may have been on their way before anything reached them.
    let unheard = comes_and_goes(&mut world, key, ping);
    let host_token = world.token(host).expect("theirs");
    for _ in 0..2 {
        world.start();
        let host = world.resume(host_token);
        world.tick(3 * A_WHILE_MS);
        assert_eq!(people(&world, host).len(), 1 + tokens.len());
        world.gone(host);
        world.tick(200_000);
    }
    for token in tokens {
        let back = world.resume(token);
        assert_eq!(world.token(back).map(|t| t.person), Some(token.person));
    }
    let late = world.resume(unheard);
    assert_eq!(world.refused(late), Some(Refused::NotGoodAnyMore));
}

#[test]
fn whoever_is_here_and_silent_is_not_forgotten() {
    let (mut world, host, key) = table();
    let guest = world.join(key, "Guest", Role::SharedScreen);
    world.tick(10 * A_WHILE_MS);
    assert_eq!(people(&world, host).len(), 2);
    assert!(!world.ended.contains(&guest));
}

#[test]
fn whoever_was_let_in_from_the_waiting_room_is_no_other() {
    let (mut world, host, _) = table();
    let code = world.door(host).expect("theirs").code;
    let mut lets_in = |does: &dyn Fn(&mut World, ConnId)| {
        let conn = world.enter(address(7), Way::Code { code: code.clone(), name: "Late".into() });
        let waiting = world.door(host).expect("theirs").waiting[0].id;
        world.ask(host, Ask::Admit { waiting, role: Role::Player });
        does(&mut world, conn);
        world.gone(conn);
        world.person(conn)
    };
    lets_in(&|_, _| {});
    let stays = lets_in(&|world, conn| {
        let answer = world.ask(conn, Ask::TakeSeat(Perspective::First));
        assert!(matches!(answer, Answer::Done { .. }));
    });
    world.tick(A_WHILE_MS);
    assert_eq!(people(&world, host), [PersonId(1), stays]);
}

#[test]
fn a_table_is_not_full_for_ever_of_people_who_are_not_there() {
    let (mut world, host, key) = table();
    for _ in 0..119 {
        comes_and_goes(&mut world, key, |_, _| {});
    }
    let conn = world.join(key, "Guest", Role::Player);
    assert_eq!(world.refused(conn), Some(Refused::TableFull { most: 120 }));
    world.tick(A_WHILE_MS);
    let conn = world.join(key, "Guest", Role::Player);
    assert_eq!(world.refused(conn), None);
    assert_eq!(people(&world, host).len(), 2);
}

#[test]
fn a_seat_that_the_log_calls_empty_and_somebody_holds_is_no_reason_not_to_ask_them_to_leave() {
    let (mut world, host, key) = table();
    let guest = world.join(key, "Guest", Role::Player);
    let person = world.person(guest);
    let seat = Perspective::Second;
    let people = |world: &World| -> Vec<u8> {
        let database = rusqlite::Connection::open(DataFolder::database(world.folder.path())).unwrap();
        database.query_row("SELECT people FROM tables", [], |row| row.get(0)).unwrap()
    };
    assert!(matches!(world.ask(guest, Ask::TakeSeat(seat)), Answer::Done { .. }));
    let before = people(&world);
    assert!(matches!(world.ask(guest, Ask::LeaveSeat(seat)), Answer::Done { .. }));
    let token = world.token(host).expect("theirs");
    world.stop();
    // As an earlier version left it when it was killed in between.
    let database = rusqlite::Connection::open(DataFolder::database(world.folder.path())).unwrap();
    database.execute("UPDATE tables SET people = ?1", [before]).unwrap();
    drop(database);
    world.start();
    let host = world.resume(token);
    assert!(matches!(world.ask(host, Ask::SendAway { person }), Answer::Done { .. }));
}

#[test]
fn a_table_that_has_moved_away_is_opened_by_nothing_here() {
    let (mut world, host, key) = table();
    assert!(matches!(world.ask(host, Ask::Public(true)), Answer::Done { .. }));
    let (code, token) = (world.door(host).expect("theirs").code, world.token(host).expect("theirs"));
    let id = world.stored().tables().unwrap()[0].id;
    world.start();
    world.lobby.as_mut().unwrap().shut([id]);
    let mut refused = |way| {
        let conn = world.enter(address(9), way);
        world.refused(conn)
    };
    let name = || "Sam".to_owned();
    let knocks = Way::Public { table: key.table, name: name() };
    assert_eq!(refused(Way::Invite { key, name: name(), role: Role::Player }), Some(Refused::NoSuchTable));
    assert_eq!(refused(Way::Code { code, name: name() }), Some(Refused::NoSuchTable));
    assert_eq!(refused(knocks), Some(Refused::NoSuchTable));
    assert_eq!(refused(Way::Resume { token, have: 0 }), Some(Refused::NotGoodAnyMore));
}
