//! Nobody sees more than they should.

use instep_protocol::{Ask, Audience, Denied, News, Role, WordKind, WordText, encode};
use instep_rules::players::Dice;
use instep_rules::{Command, Perspective};

use crate::support::{SALT, SEED, Someone, again, denied, done, room};

#[test]
fn no_secret_is_in_any_outgoing_byte() {
    const PRIVATE: &str = "only for the facilitator: canary";
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut facilitator = Someone::joins(&mut room, creator);
    let mut others: Vec<Someone> = [Role::Player, Role::Observer, Role::SharedScreen]
        .into_iter()
        .map(|role| Someone::new(&mut room, role))
        .collect();
    let note = Ask::Note {
        seat: None,
        kind: WordKind::Note,
        audience: Audience::Facilitators,
        text: PRIVATE.into(),
        nonce: [9; 16],
    };
    assert!(done(others[0].asks(&mut room, note)));
    let mut dice = Dice::new(2);
    while let Some(ask) = facilitator.next_ask(&mut dice) {
        assert!(done(facilitator.asks(&mut room, ask)));
    }
    // Somebody who comes late is told the same as those who were there.
    others.push(Someone::new(&mut room, Role::Player));
    others.iter_mut().for_each(|o| {
        o.hears();
    });
    facilitator.hears();
    let sent =
        |someone: &Someone| -> Vec<u8> { someone.heard.iter().flat_map(|m| encode(m).expect("a frame")).collect() };
    let has = |bytes: &[u8], canary: &[u8]| bytes.windows(canary.len()).any(|w| w == canary);
    for someone in others.iter().chain([&facilitator]) {
        let bytes = sent(someone);
        assert!(!has(&bytes, &SEED.0), "the seed was sent before the end");
        assert!(!has(&bytes, &SALT.0), "the salt was sent before the end");
        let may_read = someone.id() == facilitator.id();
        assert_eq!(has(&bytes, PRIVATE.as_bytes()), may_read, "a private note");
        let not_heard =
            someone.heard.iter().any(|m| matches!(m, instep_protocol::FromTable::People(p) if p.not_heard.is_some()));
        assert_eq!(not_heard, may_read, "who was not offered a say is the facilitator's to see");
    }
    let logs: Vec<_> = others.iter().map(|o| o.mirror.game().log().to_vec()).collect();
    assert!(logs.iter().all(|log| log == facilitator.mirror.game().log()), "everyone has one log");
    assert!(done(facilitator.asks(&mut room, Ask::Act { seat: None, command: Command::Close })));
    others.iter_mut().for_each(|o| {
        o.hears();
    });
    assert!(others.iter().all(|o| o.mirror.secrets() == Some((SEED.0, SALT.0))), "published at the end");
}

#[test]
fn a_pass_says_nothing_of_who_passed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut facilitator = Someone::joins(&mut room, creator);
    let mut quiet = Someone::new(&mut room, Role::Player);
    let mut dice = Dice::new(4);
    while facilitator.mirror.game().state().phase().card().is_none() {
        let ask = facilitator.next_ask(&mut dice).expect("the game goes on");
        assert!(done(facilitator.asks(&mut room, ask)));
    }
    assert!(done(quiet.asks(&mut room, Ask::Act { seat: None, command: Command::Pass })));
    let stored = room.hall().stored().table(room.table()).expect("readable");
    let pass = stored.commands.last().expect("it was kept");
    assert_eq!(pass.asked, None, "the journal holds whose pass it was");
    facilitator.hears();
    let entry = facilitator.mirror.game().log().iter().rev().find(|e| e.event == instep_rules::Event::CardPassed);
    assert_eq!(entry.expect("passed").seat, None);
}

#[test]
fn a_hidden_note_is_read_by_facilitators_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut facilitator = Someone::joins(&mut room, creator);
    let mut player = Someone::new(&mut room, Role::Player);
    let note = Ask::Note {
        seat: Some(Perspective::Third),
        kind: WordKind::Note,
        audience: Audience::Everyone,
        text: "Unkind.".into(),
        nonce: [1; 16],
    };
    assert!(done(player.asks(&mut room, note)));
    assert_eq!(denied(player.asks(&mut room, Ask::Hide { id: 1, hidden: true })), Denied::OnlyFacilitator);
    facilitator.hears();
    assert!(done(facilitator.asks(&mut room, Ask::Hide { id: 1, hidden: true })));
    player.hears();
    assert_eq!(player.mirror.words()[0].text, WordText::Hidden);
    assert_eq!(facilitator.mirror.words()[0].text, WordText::Said("Unkind.".into()));
    let before = player.hears().len();
    assert!(done(player.asks(&mut room, Ask::Report { id: 1 })));
    facilitator.hears();
    assert!(!player.hears().iter().any(|news| matches!(news, News::Words(_))), "after {before}: nobody else is told");

    // Whoever may show it again is told that it is hidden, whenever they come; nobody else is told anything of it.
    let told = |someone: &Someone| (someone.mirror.words()[0].hidden, someone.mirror.words()[0].reported);
    assert_eq!((told(&facilitator), told(&player)), ((true, true), (false, false)));
    let mut second = Someone::new(&mut room, Role::Player);
    assert_eq!(told(&second), (false, false));
    let (person, role) = (second.id(), Role::Facilitator);
    assert!(done(facilitator.asks(&mut room, Ask::GiveRole { person, role })));
    second.hears();
    assert_eq!(told(&second), (true, true));
    // Whoever gives the role back keeps nothing of it, also of what they have already.
    assert_eq!(second.mirror.words()[0].text, WordText::Said("Unkind.".into()));
    assert!(done(facilitator.asks(&mut room, Ask::GiveRole { person, role: Role::Player })));
    second.hears();
    assert_eq!((told(&second), &second.mirror.words()[0].text), ((false, false), &WordText::Hidden));
    drop(room);
    let mut room = again(folder.path());
    let mut facilitator = Someone::joins(&mut room, creator);
    let mut player = Someone::joins(&mut room, player.id());
    assert_eq!((told(&facilitator), told(&player)), ((true, true), (false, false)));
    assert!(done(facilitator.asks(&mut room, Ask::Hide { id: 1, hidden: false })));
    player.hears();
    assert_eq!((told(&facilitator), told(&player)), ((false, true), (false, false)));
    assert_eq!(player.mirror.words()[0].text, WordText::Said("Unkind.".into()));
}
