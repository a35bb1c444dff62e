//! A million guesses open nothing, and others notice none of it.

use instep_protocol::{Answer, Ask, Refused, Role, TableKey, Way};

use crate::support::{World, address};

/// A guess's digits.
fn code(n: u32) -> String {
    const SIGNS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    (0..6).map(|k| SIGNS[(n >> (5 * k)) as usize & 31] as char).collect()
}

#[test]
fn a_million_guesses_hit_nothing_and_harm_nobody() {
    let mut world = World::new();
    let host = world.create();
    let door = world.door(host).unwrap();
    let mut codes_tried = 0;
    for n in 0..1_000_000_u32 {
        // From a thousand addresses, three hundred in a second.
        if n % 300 == 0 {
            world.now.ms += 1_000;
        }
        let from = address(1_000 + n % 1_000);
        let way = if n % 2 == 0 {
            // A code that is not the table's: whoever guesses at random hits one in a billion.
            let guess = code(n.wrapping_mul(2_654_435_761) & 0x3FFF_FFFF);
            if guess == door.code {
                continue;
            }
            Way::Code { code: guess, name: "Guess".into() }
        } else {
            let mut secret = [0; 10];
            secret[..4].copy_from_slice(&n.to_le_bytes());
            Way::Invite { key: TableKey { table: door.key.table, secret }, name: "Guess".into(), role: Role::Player }
        };
        let conn = world.enter(from, way);
        match world.refused(conn) {
            Some(Refused::NoSuchTable) => codes_tried += u64::from(n % 2 == 0),
            Some(Refused::TooManyTries { .. }) => {}
            other => panic!("guess {n}: {other:?}"),
        }
        world.gone(conn);
        world.heard.remove(&conn);
    }
    // Half a million codes were guessed within the hour; a few hundred a minute were looked at, of a billion that there are.
    let minutes = world.now.ms / 60_000;
    assert!(codes_tried <= 600 * (minutes + 1), "{codes_tried} in {minutes} minutes");
    // Codes wait for a while for everyone; invites, and those who are in, notice nothing.
    let guest = world.join(door.key, "Guest", Role::Player);
    assert!(world.token(guest).is_some());
    assert!(matches!(world.ask(host, Ask::Hand(true)), Answer::Done { .. }));
    world.now.ms += 61_000;
    let late = world.enter(address(4), Way::Code { code: door.code, name: "Late".into() });
    assert_eq!(world.refused(late), None);
}

#[test]
fn a_right_pass_among_too_many_guesses_opens_nothing_and_others_make_tables() {
    let mut world = World::new();
    world.pass = "open sesame".into();
    world.start();
    for n in 0..20 {
        let conn = world.create_with(address(7), &format!("guess {n}"));
        assert_eq!(world.refused(conn), Some(Refused::PassNeeded), "{n}");
    }
    let conn = world.create_with(address(7), "open sesame");
    assert!(matches!(world.refused(conn), Some(Refused::TooManyTries { .. })));
    let conn = world.create_with(address(8), "open sesame");
    assert!(world.token(conn).is_some());
    world.now.ms += 61_000;
    let conn = world.create_with(address(7), "open sesame");
    assert!(world.token(conn).is_some());
}
