//! What teams call themselves: who may say so, and what is kept of it.

use instep_protocol::{Answer, Ask, Audience, Denied, Role, WordKind, WordText};
use instep_rules::Perspective;
use instep_server::{DataFolder, erase_words};

use crate::support::{Someone, again, denied, done, room};

const FIRST: Perspective = Perspective::First;
const SECOND: Perspective = Perspective::Second;

fn name(seat: Option<Perspective>, text: &str, nonce: u8) -> Ask {
    let (kind, audience) = (WordKind::TeamName, Audience::Everyone);
    Ask::Note { seat, kind, audience, text: text.into(), nonce: [nonce; 16] }
}

/// The names that somebody sees, oldest first.
fn names(someone: &Someone) -> Vec<(Option<Perspective>, WordText)> {
    let names = someone.mirror.words().iter().filter(|w| w.kind == WordKind::TeamName);
    names.map(|w| (w.seat, w.text.clone())).collect()
}

#[test]
fn a_team_or_a_facilitator_names_it_and_nobody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut facilitator = Someone::joins(&mut room, creator);
    let mut ana = Someone::new(&mut room, Role::Player);
    let mut ben = Someone::new(&mut room, Role::Player);
    let mut onlooker = Someone::new(&mut room, Role::Observer);
    assert!(done(ana.asks(&mut room, Ask::TakeSeat(FIRST))));
    assert!(done(ana.asks(&mut room, name(Some(FIRST), "Canaries", 1))));
    let not_his = Denied::NotYourSeat { seat: FIRST };
    assert_eq!(denied(ben.asks(&mut room, name(Some(FIRST), "Crows", 2))), not_his);
    assert!(done(ben.asks(&mut room, name(Some(SECOND), "Purse", 3))), "an empty seat is anyone's");
    assert!(done(facilitator.asks(&mut room, name(Some(FIRST), "Finches", 4))));
    assert_eq!(denied(onlooker.asks(&mut room, name(Some(SECOND), "Crows", 5))), Denied::LooksOn);
    // A facilitator signs no notes for a team all the same.
    let note = Ask::Note {
        seat: Some(FIRST),
        kind: WordKind::Note,
        audience: Audience::Everyone,
        text: "not mine".into(),
        nonce: [6; 16],
    };
    assert_eq!(denied(facilitator.asks(&mut room, note)), not_his);
    onlooker.hears();
    let said = |text: &str| WordText::Said(text.to_owned());
    let all = [(Some(FIRST), said("Canaries")), (Some(SECOND), said("Purse")), (Some(FIRST), said("Finches"))];
    assert_eq!(names(&onlooker), all);
}

#[test]
fn a_name_has_a_seat_and_one_short_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut someone = Someone::joins(&mut room, creator);
    assert_eq!(denied(someone.asks(&mut room, name(None, "Nobody", 1))), Denied::NotTaken);
    let hidden = Ask::Note {
        seat: Some(FIRST),
        kind: WordKind::TeamName,
        audience: Audience::Facilitators,
        text: "Only for some".into(),
        nonce: [2; 16],
    };
    assert_eq!(denied(someone.asks(&mut room, hidden)), Denied::NotTaken);
    for (n, blank) in ["", "  ", "\n\t"].into_iter().enumerate() {
        assert_eq!(denied(someone.asks(&mut room, name(Some(FIRST), blank, 3 + n as u8))), Denied::WordsMissing);
    }
    let (forty, more) = ("å".repeat(40), "å".repeat(41));
    let too_long = Denied::WordsTooLong { most: 40 };
    assert_eq!(denied(someone.asks(&mut room, name(Some(FIRST), &more, 6))), too_long);
    assert!(names(&someone).is_empty());
    assert!(done(someone.asks(&mut room, name(Some(FIRST), &format!(" {forty}\n"), 7))));
    assert!(done(someone.asks(&mut room, name(Some(FIRST), "Night\r\n  \u{1b}shift", 8))));
    let said = |text: &str| (Some(FIRST), WordText::Said(text.to_owned()));
    assert_eq!(names(&someone), [said(&forty), said("Night shift")]);
}

#[test]
fn names_are_kept_sent_once_hidden_and_erased() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = room(folder.path(), &[]);
    let creator = first.creator();
    let mut someone = Someone::joins(&mut first, creator);
    let kept = someone.asks(&mut first, name(Some(FIRST), "Canaries", 1));
    let Answer::Done { word: Some(id), .. } = kept else { panic!("{kept:?}") };
    assert_eq!(someone.asks(&mut first, name(Some(FIRST), "Canaries", 1)), kept, "sent again, it is kept once");
    drop(first);

    let mut room = again(folder.path());
    let mut someone = Someone::joins(&mut room, creator);
    let mut player = Someone::new(&mut room, Role::Player);
    assert_eq!(names(&player), [(Some(FIRST), WordText::Said("Canaries".into()))]);
    let stored = room.hall().stored().table(room.table()).expect("readable");
    assert_eq!(stored.words.iter().map(|w| w.kind).collect::<Vec<_>>(), [WordKind::TeamName]);
    assert!(done(someone.asks(&mut room, Ask::Hide { id, hidden: true })));
    player.hears();
    assert_eq!(names(&player), [(Some(FIRST), WordText::Hidden)]);
    drop(room);

    let hold = DataFolder::hold(folder.path()).expect("nobody holds it");
    assert_eq!(erase_words(&hold, None).expect("erased"), 1);
    drop(hold);
    let mut room = again(folder.path());
    let someone = Someone::joins(&mut room, creator);
    assert_eq!(names(&someone), [(Some(FIRST), WordText::Erased)]);
}
