//! Resume tokens: stolen, used twice, raced, lost on their way.

use instep_protocol::{Denied, FromTable, Refused, Role, Token};

use crate::support::World;

#[test]
fn the_old_one_is_good_until_the_new_one_is_first_used() {
    let mut world = World::new();
    let host = world.create();
    let first = world.token(host).unwrap();
    // The answer with the second token is lost on its way, twice.
    let second = {
        let conn = world.resume(first);
        world.token(conn).unwrap()
    };
    let third = {
        let conn = world.resume(first);
        world.token(conn).unwrap()
    };
    assert!(first.secret != second.secret && second.secret != third.secret);
    // The second was replaced before anybody used it.
    let conn = world.resume(second);
    assert_eq!(world.refused(conn), Some(Refused::NotGoodAnyMore));
    let conn = world.resume(third);
    assert!(world.token(conn).is_some());
    let conn = world.resume(first);
    assert_eq!(world.refused(conn), Some(Refused::NotGoodAnyMore));
}

#[test]
fn a_token_outlives_a_crash_of_the_server() {
    let mut world = World::new();
    let host = world.create();
    let token = world.token(host).unwrap();
    world.start();
    let conn = world.resume(token);
    assert_eq!(world.person(conn), token.person);
}

#[test]
fn of_two_that_race_with_one_token_the_newer_connection_holds_the_place() {
    let mut world = World::new();
    let host = world.create();
    let token = world.token(host).unwrap();
    let (one, two) = (world.resume(token), world.resume(token));
    for old in [host, one] {
        assert!(world.heard[&old].contains(&FromTable::Goodbye(Denied::Elsewhere)));
        assert!(world.ended.contains(&old));
    }
    assert!(!world.ended.contains(&two));
    // The older one's end is noticed late, and puts nobody out.
    world.gone(one);
    let (answer, _) = (world.ask(two, instep_protocol::Ask::Hand(true)), ());
    assert!(matches!(answer, instep_protocol::Answer::Done { .. }), "{answer:?}");
}

#[test]
fn another_persons_number_or_another_tables_does_not_go_with_a_secret() {
    let mut world = World::new();
    let host = world.create();
    let other = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    let (host, other, guest) = (world.token(host).unwrap(), world.token(other).unwrap(), world.token(guest).unwrap());
    for wrong in [
        Token { person: host.person, ..guest },
        Token { table: other.table, ..host },
        Token { table: u64::MAX, ..host },
        Token { person: instep_protocol::PersonId(99), ..host },
        Token { secret: [0; 32], ..host },
    ] {
        let conn = world.resume(wrong);
        assert_eq!(world.refused(conn), Some(Refused::NotGoodAnyMore), "{wrong:?}");
    }
}

#[test]
fn whoever_was_sent_away_does_not_come_back() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    let token = world.token(guest).unwrap();
    let person = world.person(guest);
    let seat = instep_rules::Perspective::First;
    world.ask(guest, instep_protocol::Ask::TakeSeat(seat));
    world.ask(host, instep_protocol::Ask::SendAway { person });
    assert!(world.heard[&guest].contains(&FromTable::Goodbye(Denied::SentAway)));
    let conn = world.resume(token);
    assert_eq!(world.refused(conn), Some(Refused::NotGoodAnyMore));
    // Their seat is free for others.
    let next = world.join(key, "Next", Role::Player);
    let answer = world.ask(next, instep_protocol::Ask::TakeSeat(seat));
    assert!(matches!(answer, instep_protocol::Answer::Done { .. }), "{answer:?}");
}

#[test]
fn no_token_is_in_the_database() {
    let mut world = World::new();
    let host = world.create();
    let token = world.token(host).unwrap();
    world.start();
    for entry in std::fs::read_dir(world.folder.path()).unwrap().flatten() {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        let found = bytes.windows(32).any(|window| window == token.secret);
        assert!(!found, "{}", entry.path().display());
    }
}
