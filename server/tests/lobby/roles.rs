//! Every request by every role: what each may do, and what it is answered.

use instep_protocol::{Answer, Ask, Audience, Denied, FromTable, PersonId, Role, WordKind};
use instep_rules::{Command, Outcome, Perspective, Setting};

use crate::support::World;

const SEAT: Perspective = Perspective::Second;
const NOBODY: PersonId = PersonId(77);

/// One of each request. An exhaustive match keeps the list whole: a new kind has to be put in both.
fn all() -> Vec<Ask> {
    let text = || "He was never asked".to_owned();
    let all = vec![
        Ask::Act { seat: Some(SEAT), command: Command::Roll },
        Ask::Mend { seat: SEAT, step: text() },
        Ask::Note { seat: None, kind: WordKind::Note, audience: Audience::Everyone, text: text(), nonce: [1; 16] },
        Ask::TakeSeat(SEAT),
        Ask::LeaveSeat(SEAT),
        Ask::MakeSpeaker { seat: SEAT, person: NOBODY },
        Ask::Point(Outcome(0)),
        Ask::Hand(true),
        Ask::Offered(SEAT),
        Ask::Pause(false),
        Ask::ClaimFacilitator,
        Ask::GiveRole { person: NOBODY, role: Role::Observer },
        Ask::Hide { id: 99, hidden: true },
        Ask::Name("Jo".into()),
        Ask::Chat { text: text(), nonce: [2; 16] },
        Ask::LetChat(true),
        Ask::PointCard,
        Ask::Admit { waiting: 99, role: Role::Player },
        Ask::TurnAway { waiting: 99 },
        Ask::Public(true),
        Ask::NewInvite,
        Ask::Mute { person: NOBODY, muted: true },
        Ask::SendAway { person: NOBODY },
        Ask::Report { id: 99 },
        Ask::Call("Tuesday".into()),
        Ask::Act { seat: None, command: Command::Undo(1) },
        Ask::Act { seat: None, command: Command::Close },
        Ask::Act { seat: None, command: Command::Set(Setting::TalkTimer(60)) },
        Ask::Act { seat: None, command: Command::Redraw },
    ];
    for ask in &all {
        match ask {
            Ask::Act { .. }
            | Ask::Mend { .. }
            | Ask::Note { .. }
            | Ask::TakeSeat(_)
            | Ask::LeaveSeat(_)
            | Ask::MakeSpeaker { .. }
            | Ask::Point(_)
            | Ask::Hand(_)
            | Ask::Offered(_)
            | Ask::Pause(_)
            | Ask::ClaimFacilitator
            | Ask::GiveRole { .. }
            | Ask::Hide { .. }
            | Ask::Name(_)
            | Ask::Chat { .. }
            | Ask::LetChat(_)
            | Ask::PointCard
            | Ask::Admit { .. }
            | Ask::TurnAway { .. }
            | Ask::Public(_)
            | Ask::NewInvite
            | Ask::Mute { .. }
            | Ask::SendAway { .. }
            | Ask::Report { .. }
            | Ask::Call(_) => {}
        }
    }
    all
}

/// Whether a request is the facilitators' alone.
fn is_facilitators(ask: &Ask) -> bool {
    matches!(
        ask,
        Ask::Offered(_)
            | Ask::GiveRole { .. }
            | Ask::Hide { .. }
            | Ask::LetChat(_)
            | Ask::Admit { .. }
            | Ask::TurnAway { .. }
            | Ask::Public(_)
            | Ask::NewInvite
            | Ask::Mute { .. }
            | Ask::SendAway { .. }
            | Ask::Call(_)
            | Ask::Act { command: Command::Undo(_) | Command::Close | Command::Set(_) | Command::Redraw, .. }
    )
}

/// Whether an observer may ask for it.
fn is_anybodys(ask: &Ask) -> bool {
    matches!(ask, Ask::Hand(_) | Ask::Name(_) | Ask::Chat { .. } | Ask::Report { .. })
}

fn refuses_facilitators_deed(answer: Answer) -> bool {
    use instep_rules::Refusal;
    matches!(answer, Answer::Denied(Denied::OnlyFacilitator | Denied::Rules(Refusal::OnlyFacilitator)))
}

#[test]
fn each_role_may_do_what_is_its_own_and_nothing_else() {
    for role in [Role::Player, Role::Observer, Role::SharedScreen] {
        for ask in all() {
            let mut world = World::new();
            let host = world.create();
            let key = world.door(host).unwrap().key;
            let conn = world.join(key, "Guest", role);
            let answer = world.ask(conn, ask.clone());
            let told = format!("{role:?} asks {ask:?}: {answer:?}");
            match role {
                Role::Player if is_facilitators(&ask) => assert!(refuses_facilitators_deed(answer), "{told}"),
                Role::Player => assert!(!refuses_facilitators_deed(answer), "{told}"),
                Role::Observer if is_anybodys(&ask) => {
                    assert_ne!(answer, Answer::Denied(Denied::LooksOn), "{told}");
                }
                Role::Observer | Role::SharedScreen => {
                    assert_eq!(answer, Answer::Denied(Denied::LooksOn), "{told}");
                }
                Role::Facilitator => {}
            }
        }
    }
}

#[test]
fn a_facilitator_is_refused_nothing_for_being_nobody() {
    for ask in all() {
        let mut world = World::new();
        let host = world.create();
        let answer = world.ask(host, ask.clone());
        assert!(!refuses_facilitators_deed(answer), "{ask:?}: {answer:?}");
        assert_ne!(answer, Answer::Denied(Denied::LooksOn), "{ask:?}");
    }
}

#[test]
fn the_facilitators_door_and_notes_are_told_to_nobody_else() {
    let mut world = World::new();
    let host = world.create();
    let door = world.door(host).unwrap();
    let player = world.join(door.key, "Guest", Role::Player);
    let screen = world.join(door.key, "Screen", Role::SharedScreen);
    let canary = "only for the facilitators' eyes";
    world.ask(
        host,
        Ask::Note {
            seat: None,
            kind: WordKind::Note,
            audience: Audience::Facilitators,
            text: canary.into(),
            nonce: [3; 16],
        },
    );
    for conn in [player, screen] {
        assert_eq!(world.door(conn), None);
        let all = format!("{:?}", world.heard[&conn]);
        assert!(!all.contains(canary) && !all.contains(&door.code), "{all}");
    }
    // Whoever becomes a facilitator is told.
    let person = world.person(player);
    world.ask(host, Ask::GiveRole { person, role: Role::Facilitator });
    assert!(world.door(player).is_some());
    assert!(format!("{:?}", world.heard[&player]).contains(canary));
}

#[test]
fn whoever_is_muted_plays_and_does_not_type() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    let person = world.person(guest);
    world.ask(host, Ask::LetChat(true));
    world.ask(host, Ask::Mute { person, muted: true });
    let chat = |n| Ask::Chat { text: "Hello".into(), nonce: [n; 16] };
    assert_eq!(world.ask(guest, chat(1)), Answer::Denied(Denied::Muted));
    assert!(matches!(world.ask(guest, Ask::Hand(true)), Answer::Done { .. }));
    assert!(matches!(world.ask(guest, Ask::TakeSeat(SEAT)), Answer::Done { .. }));
    // Kept, so that leaving and coming back changes nothing.
    let token = world.token(guest).unwrap();
    world.start();
    let guest = world.resume(token);
    let number_after_those = world.ask(guest, chat(2));
    assert!(matches!(number_after_those, Answer::Denied(Denied::Muted)), "{number_after_those:?}");
}

#[test]
fn chat_is_off_until_a_facilitator_opens_it() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Observer);
    let chat = |n| Ask::Chat { text: "Hello".into(), nonce: [n; 16] };
    assert_eq!(world.ask(guest, chat(1)), Answer::Denied(Denied::NoChat));
    world.ask(host, Ask::LetChat(true));
    assert!(matches!(world.ask(guest, chat(2)), Answer::Done { .. }));
    // Once, though it is sent twice.
    assert!(matches!(world.ask(guest, chat(2)), Answer::Done { .. }));
    let said = |conn| {
        world.heard[&conn]
            .iter()
            .filter(|m| matches!(m, FromTable::Words(w) if w.iter().any(|w| w.kind == WordKind::Chat)))
            .count()
    };
    assert_eq!((said(host), said(guest)), (1, 1));
}

#[test]
fn a_new_invite_voids_the_old_one_and_its_code() {
    use instep_protocol::{Refused, Way};
    let mut world = World::new();
    let host = world.create();
    let old = world.door(host).unwrap();
    world.ask(host, Ask::NewInvite);
    let new = world.door(host).unwrap();
    assert!(new.key != old.key && new.code != old.code);
    let conn = world.join(old.key, "Late", Role::Player);
    assert_eq!(world.refused(conn), Some(Refused::NoSuchTable));
    let conn = world.enter(crate::support::address(9), Way::Code { code: old.code, name: "Late".into() });
    assert_eq!(world.refused(conn), Some(Refused::NoSuchTable));
    let conn = world.join(new.key, "Guest", Role::Player);
    assert!(world.token(conn).is_some());
    world.start();
    let conn = world.join(new.key, "Other", Role::Player);
    assert!(world.token(conn).is_some(), "kept");
}

#[test]
fn a_seat_whose_team_is_away_is_voiced_and_given_back() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    let seat = Perspective::First;
    world.ask(guest, Ask::TakeSeat(seat));
    let token = world.token(guest).unwrap();
    let place = Ask::Act { seat: Some(seat), command: Command::Place(seat, Outcome(0)) };
    assert_eq!(world.ask(host, place.clone()), Answer::Denied(Denied::NotYourSeat { seat }));
    world.gone(guest);
    world.tick(30_000);
    assert_eq!(world.ask(host, place.clone()), Answer::Denied(Denied::NotYourSeat { seat }));
    world.tick(31_000);
    assert!(matches!(world.ask(host, place), Answer::Done { .. }));
    let _back = world.resume(token);
    let next = Ask::Act { seat: Some(seat), command: Command::Place(seat, Outcome(1)) };
    let answer = world.ask(host, next);
    assert_eq!(answer, Answer::Denied(Denied::NotYourSeat { seat }));
}

#[test]
fn a_full_table_takes_nobody_more_and_says_so() {
    use instep_protocol::Refused;
    let mut world = World::new();
    let host = world.create();
    let door = world.door(host).unwrap();
    let mut last = None;
    for n in 0..130 {
        let conn = world.join(door.key, &format!("Guest {n}"), Role::Observer);
        last = world.refused(conn);
    }
    assert_eq!(last, Some(Refused::TableFull { most: 120 }));
    // Nor is anybody let in from the waiting room; who is there already plays on.
    let way = instep_protocol::Way::Code { code: door.code, name: "Late".into() };
    world.enter(crate::support::address(9), way);
    let waiting = world.door(host).unwrap().waiting[0].id;
    assert_eq!(world.ask(host, Ask::Admit { waiting, role: Role::Player }), Answer::Denied(Denied::TableFull));
    assert!(matches!(world.ask(host, Ask::Hand(true)), Answer::Done { .. }));
}

#[test]
fn a_seat_takes_over_two_minutes_after_the_last_facilitator_left_also_where_the_server_left() {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    assert!(matches!(world.ask(guest, Ask::TakeSeat(SEAT)), Answer::Done { .. }));
    let here = Answer::Denied(Denied::NotYetClaimable { wait_s: 0 });
    assert_eq!(world.ask(guest, Ask::ClaimFacilitator), here);
    let token = world.token(guest).unwrap();
    world.start();
    let guest = world.resume(token);
    world.tick(119_000);
    let wait = Answer::Denied(Denied::NotYetClaimable { wait_s: 1 });
    assert_eq!(world.ask(guest, Ask::ClaimFacilitator), wait, "it counts from when the table was opened again");
    world.tick(1_000);
    assert!(matches!(world.ask(guest, Ask::ClaimFacilitator), Answer::Done { .. }));
    assert!(world.door(guest).is_some(), "with all that is a facilitator's");
}
