//! Tables at which nothing happens are deleted after a while, with a warning first, whatever clocks do.

use instep_protocol::{Answer, Ask, Audience, Refused, Role, WordKind};

use crate::support::{DAY, World};

const HOURS: u64 = 3_600_000;

fn tables(world: &World) -> usize {
    world.stored().tables().unwrap().len()
}

/// A day passes: the calendar's, and as many hours of running.
fn a_day(world: &mut World) {
    world.now.day += 1;
    world.tick(24 * HOURS);
}

#[test]
fn a_table_is_deleted_after_thirty_days_and_somebody_is_told_before() {
    let mut world = World::new();
    let host = world.create();
    let canary = "a canary that somebody typed";
    let note = Ask::Note {
        seat: None,
        kind: WordKind::Note,
        audience: Audience::Everyone,
        text: canary.into(),
        nonce: [1; 16],
    };
    assert!(matches!(world.ask(host, note), Answer::Done { .. }));
    let token = world.token(host).unwrap();
    world.gone(host);
    for _ in 0..29 {
        a_day(&mut world);
        assert_eq!(tables(&world), 1);
    }
    let days: Vec<u32> = world.due.iter().map(|(_, days)| *days).collect();
    assert_eq!(days, [7, 6, 5, 4, 3, 2, 1]);
    for _ in 0..5 {
        a_day(&mut world);
    }
    assert_eq!(tables(&world), 0);
    let back = world.resume(token);
    assert_eq!(world.refused(back), Some(Refused::NotGoodAnyMore));
    for entry in std::fs::read_dir(world.folder.path()).unwrap().flatten() {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        assert!(!bytes.windows(canary.len()).any(|w| w == canary.as_bytes()), "{}", entry.path().display());
    }
}

#[test]
fn whoever_comes_keeps_the_table() {
    let mut world = World::new();
    let host = world.create();
    let mut token = world.token(host).unwrap();
    world.gone(host);
    for _ in 0..3 {
        for _ in 0..29 {
            a_day(&mut world);
        }
        let back = world.resume(token);
        token = world.token(back).expect("it is there");
        world.gone(back);
    }
    assert_eq!(tables(&world), 1);
}

#[test]
fn a_table_with_somebody_at_it_stays() {
    let mut world = World::new();
    let host = world.create();
    for _ in 0..60 {
        a_day(&mut world);
    }
    assert_eq!(tables(&world), 1);
    assert!(matches!(world.ask(host, Ask::Hand(true)), Answer::Done { .. }));
}

#[test]
fn a_clock_that_jumps_deletes_nothing() {
    let mut world = World::new();
    let host = world.create();
    world.gone(host);
    // Ten years ahead, for an hour, again and again, also over restarts.
    for _ in 0..4 {
        world.now.day = DAY + 3_650;
        world.tick(HOURS);
        world.start();
        world.tick(HOURS);
        world.now.day = DAY;
        world.tick(HOURS);
        assert_eq!(tables(&world), 1);
    }
    // And long ago.
    world.now.day = 3;
    world.tick(30 * HOURS);
    assert_eq!(tables(&world), 1);
}

#[test]
fn erasing_takes_what_was_typed_and_leaves_the_game() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Canary Guest", Role::Player);
    world.ask(host, Ask::LetChat(true));
    world.ask(guest, Ask::Chat { text: "canary chat".into(), nonce: [1; 16] });
    let id = world.stored().tables().unwrap()[0].id;
    world.handle(instep_server::LobbyInput::Erase(id));
    for entry in std::fs::read_dir(world.folder.path()).unwrap().flatten() {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        for canary in ["Canary Guest", "canary chat", "Tuesday"] {
            let found = bytes.windows(canary.len()).any(|w| w == canary.as_bytes());
            assert!(!found, "{canary} in {}", entry.path().display());
        }
    }
    world.stored().table(id).unwrap().verify().expect("the chain still verifies");
    let late = world.join(key, "Late", Role::Player);
    let all = format!("{:?}", world.heard[&late]);
    assert!(!all.contains("canary") && !all.contains("Canary"), "{all}");
}
