//! What is kept, what a refusal leaves, what a repeat does, and what erasing takes away.

use instep_protocol::{Answer, Ask, Audience, Denied, FromClient, Role, WordKind, WordText};
use instep_rules::players::Dice;
use instep_rules::{Command, Perspective, Refusal};
use instep_server::{DataFolder, Stored, TableId, erase_words, recover};

use crate::support::{Someone, again, denied, done, hall, new_table, room};

fn note(text: &str, nonce: u8) -> Ask {
    let (kind, audience) = (WordKind::Note, Audience::Everyone);
    Ask::Note { seat: None, kind, audience, text: text.into(), nonce: [nonce; 16] }
}

#[test]
fn a_whole_game_is_the_same_after_reopening() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    let mut dice = Dice::new(1);
    while let Some(ask) = player.next_ask(&mut dice) {
        assert!(done(player.asks(&mut room, ask)));
    }
    assert!(done(player.asks(&mut room, Ask::Act { seat: None, command: Command::Close })));
    let (log, hash) = {
        let game = player.mirror.game();
        (game.log().to_vec(), game.state().hash(game.setup()))
    };
    drop(room);
    let mut room = again(folder.path());
    let player = Someone::joins(&mut room, creator);
    let game = player.mirror.game();
    assert_eq!((game.log(), game.state().hash(game.setup())), (&log[..], hash));
    assert!(player.mirror.secrets().is_some(), "a closed game's seed is published");
}

#[test]
fn a_refused_request_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    let before = room.hall().stored().table(room.table()).expect("readable").commands.len();
    let roll = denied(player.acts(&mut room, Command::Roll));
    assert!(matches!(roll, Denied::Rules(Refusal::NotNow { .. })));
    let seat = Some(Perspective::Fourth);
    let turn = denied(player.asks(&mut room, Ask::Act { seat, command: Command::Roll }));
    assert!(matches!(turn, Denied::Rules(Refusal::NotYourTurn { seat: Perspective::First })));
    let taken = denied(player.acts(&mut room, Command::TakeSeat(Perspective::First)));
    assert_eq!(taken, Denied::NotTaken);
    assert_eq!(room.hall().stored().table(room.table()).expect("readable").commands.len(), before);
}

#[test]
fn a_repeated_number_gets_its_first_answer_and_a_stale_one_what_it_missed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    let mut other = Someone::new(&mut room, Role::Player);
    let place = Ask::Act {
        seat: Some(Perspective::First),
        command: Command::Place(Perspective::First, instep_rules::Outcome(0)),
    };
    let message = player.mirror.ask(place).expect("nothing in flight");
    let first = player.says(&mut room, &message);
    assert!(done(first));
    let events = player.mirror.last();
    assert_eq!(player.says(&mut room, &message), first);
    assert_eq!(player.mirror.last(), events);

    // Somebody who had not seen that tile laid presses for the next seat.
    let place = Command::Place(Perspective::Second, instep_rules::Outcome(0));
    let stale = other.mirror.ask(Ask::Act { seat: Some(Perspective::Second), command: place });
    let Some(FromClient::Ask { number, ask, .. }) = stale else { panic!("nothing is in flight") };
    let stale = FromClient::Ask { number, seen: 1, ask };
    assert_eq!(denied(other.says(&mut room, &stale)), Denied::MovedOn);
    assert_eq!(other.mirror.last(), events, "what was missed came along");
    // Notes and hands never make a turn command stale.
    assert!(done(player.asks(&mut room, note("The bus.", 1))));
    assert!(done(player.asks(&mut room, Ask::Hand(true))));
    assert!(done(other.acts(&mut room, Command::Place(Perspective::Second, instep_rules::Outcome(0)))));
}

#[test]
fn notes_have_words_and_not_too_many_and_are_kept_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    assert_eq!(denied(player.asks(&mut room, note("  ", 1))), Denied::WordsMissing);
    assert_eq!(denied(player.asks(&mut room, note(&"é".repeat(501), 2))), Denied::WordsTooLong { most: 500 });
    let first = player.asks(&mut room, note(&"é".repeat(500), 3));
    let second = player.asks(&mut room, note("Sent again.", 3));
    let number = |a: Answer| match a {
        Answer::Done { word, .. } => word,
        _ => None,
    };
    assert_eq!(number(first), Some(1));
    assert_eq!(number(second), Some(1));
    assert_eq!(player.mirror.words().len(), 1);
}

#[test]
fn erased_words_are_gone_and_the_chain_verifies() {
    const CANARY: &str = "Mrs Canary of the third floor";
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    assert!(done(player.asks(&mut room, note(CANARY, 1))));
    let mut dice = Dice::new(3);
    while let Some(mut ask) = player.next_ask(&mut dice) {
        if let Ask::Mend { step, .. } = &mut ask {
            *step = format!("{CANARY} is rung on Friday.");
        }
        assert!(done(player.asks(&mut room, ask)));
    }
    let table = room.table();
    drop(room);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap_or_default();
    let has = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|w| w == CANARY.as_bytes());
    let anywhere = || ["instep.sqlite3", "instep.sqlite3-wal", "instep.sqlite3-shm"].iter().any(|n| has(&bytes(n)));
    assert!(anywhere(), "the canary is kept before it is erased");
    let hold = DataFolder::hold(folder.path()).expect("nobody holds it");
    assert!(erase_words(&hold, Some(table)).expect("erased") >= 1);
    assert!(!anywhere(), "the canary is still on disk");
    drop(hold);
    Stored::open(folder.path()).expect("readable").table(table).expect("there").verify().expect("the chain holds");
    let mut room = again(folder.path());
    let player = Someone::joins(&mut room, creator);
    assert!(player.mirror.words().iter().all(|w| w.text == WordText::Erased));
}

#[test]
fn every_prefix_of_a_journal_opens_and_a_changed_one_is_found_and_recovered() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    let mut dice = Dice::new(5);
    for _ in 0..40 {
        let Some(ask) = player.next_ask(&mut dice) else { break };
        assert!(done(player.asks(&mut room, ask)));
    }
    let whole = room.hall().stored().table(room.table()).expect("readable");
    drop(room);
    let database = DataFolder::database(folder.path());
    let sql = |text: &str| {
        let connection = rusqlite::Connection::open(&database).expect("opens");
        connection.execute_batch(text).expect("changes");
    };
    // A byte changed in one command's events: found at that command, and everything before it is saved.
    let victim = &whole.commands[whole.commands.len() / 2];
    sql(&format!(
        "UPDATE commands SET events = CAST(substr(events, 1, length(events) - 1) || x'7f' AS BLOB) WHERE first = {}",
        victim.first
    ));
    let fault = Stored::open(folder.path()).expect("readable").table(whole.id).expect("there").verify();
    let fault = fault.expect_err("a changed byte is found");
    assert_eq!(fault.good, whole.commands.len() / 2);
    let to = tempfile::tempdir().expect("a folder");
    let saved = recover(folder.path(), &to.path().join("new")).expect("copied");
    let saved = saved[0].as_ref().expect("one table");
    assert_eq!(saved.events, victim.first - 1);
    let copy = Stored::open(&to.path().join("new")).expect("readable").table(saved.to).expect("there");
    copy.verify().expect("what was saved is whole");
    // From there on, every shorter prefix opens too.
    for command in whole.commands[..whole.commands.len() / 2].iter().rev() {
        sql(&format!("DELETE FROM commands WHERE first >= {}", command.first.max(2)));
        let mut room = again(folder.path());
        let player = Someone::joins(&mut room, creator);
        assert_eq!(player.mirror.last() + 1, command.first.max(2));
    }
}

#[test]
fn what_is_recovered_keeps_its_number_and_none_is_used_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut there = hall(folder.path());
    for _ in 0..3 {
        there.create(new_table(2, &[])).expect("a table");
    }
    drop(there);
    // The first can't be read any more, and the last was deleted.
    let connection = rusqlite::Connection::open(DataFolder::database(folder.path())).expect("opens");
    connection
        .execute_batch("UPDATE tables SET about = x'ff' WHERE id = 1; DELETE FROM tables WHERE id = 3")
        .expect("done");
    drop(connection);
    let to = tempfile::tempdir().expect("a folder");
    let saved = recover(folder.path(), &to.path().join("new")).expect("copied");
    let two = TableId(2);
    assert!(
        matches!(&saved[..], [Err((TableId(1), _)), Ok(saved)] if (saved.from, saved.to) == (two, two)),
        "{saved:?}"
    );
    let mut again = hall(&to.path().join("new"));
    assert_eq!(again.create(new_table(2, &[])).expect("a table").0, TableId(4));
}

#[test]
fn a_flipped_byte_anywhere_in_a_journal_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    let mut dice = Dice::new(6);
    for _ in 0..20 {
        let Some(ask) = player.next_ask(&mut dice) else { break };
        assert!(done(player.asks(&mut room, ask)));
    }
    let table = room.table();
    drop(room);
    let connection = rusqlite::Connection::open(DataFolder::database(folder.path())).expect("opens");
    // Only this test reads what it writes here.
    connection.pragma_update(None, "synchronous", "OFF").expect("set");
    let mut rows = connection.prepare("SELECT first, events, hash FROM commands ORDER BY first").expect("prepared");
    let rows: Vec<(u32, Vec<u8>, Vec<u8>)> = rows
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .expect("asked")
        .collect::<Result<_, _>>()
        .expect("read");
    let verify = || {
        let stored = Stored::open(folder.path()).expect("readable");
        stored.table(table).expect("there").verify()
    };
    verify().expect("whole before anything is changed");
    for (first, events, hash) in &rows {
        for (column, bytes) in [("events", events), ("hash", hash)] {
            let write = |bytes: &[u8]| {
                let sql = format!("UPDATE commands SET {column} = ?1 WHERE first = ?2");
                connection.execute(&sql, rusqlite::params![bytes, first]).expect("changed");
            };
            for at in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[at] ^= 1;
                write(&changed);
                assert!(verify().is_err(), "byte {at} of {column} of event {first} was changed and not found");
            }
            write(bytes);
        }
    }
    verify().expect("whole again");
}
