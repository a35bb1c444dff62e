//! `instep verify`, `instep recover` and `instep export`.

use rusqlite::Connection;

use crate::support::*;

/// A place with a closed game and an open one, and the record of the first in `out`.
fn two_games() -> Place {
    let place = Place::new();
    place.run(&["play", "--length", "quick", "--seed", "7", "--record", "out"]).done();
    place.script(&["--length", "quick", "--seed", "8"], "users place users choice\nanyone note so it is").done();
    place
}

fn sql(place: &Place, statement: &str) {
    let connection = Connection::open(place.path("data/instep.sqlite3")).expect("opened");
    connection.execute_batch(statement).expect(statement);
}

#[test]
fn verify_takes_a_record_its_events_or_a_data_folder() {
    let place = two_games();
    let record = place.run(&["verify", "out"]).done();
    has(&record, &["events and", "steps are as they should be; every roll and draw is the seed's.", "\"closed\":true"]);
    assert_eq!(place.run(&["verify", "out/events.json"]).done(), record);
    let data = place.run(&["verify", "data"]).done();
    has(&data, &["Table 1 (closed): ", "Table 2 (open): ", "its seed is not published yet", "2 tables checked"]);
    assert_eq!(data.matches("not published").count(), 1, "only of the open one: {data}");
    place.run(&["export", "open"]).done();
    has(&place.run(&["verify", "open"]).done(), &["the seed is not published yet"]);
    has(&place.run(&["verify", "nowhere"]).is(1), &["nowhere", "check the folder's name"]);
    place.write("empty/x", "");
    has(&place.run(&["verify", "empty"]).is(1), &["neither a record (events.json) nor saved games"]);
}

#[test]
fn a_tampered_record_is_told_with_its_event_what_was_expected_and_what_is_there() {
    let place = two_games();
    let events = place.text("out/events.json");
    let line = events.lines().position(|l| l.contains("\"DieRolled\"")).expect("a roll");
    let face = |l: &str| l.split("\"face\":").nth(1).and_then(|rest| rest.chars().next()).expect("a face");
    let rolled = events.lines().nth(line).expect("there");
    let seq = rolled.split("\"seq\":").nth(1).and_then(|s| s.split(',').next()).expect("a number");
    let (old, new) = (face(rolled), if face(rolled) == '1' { '2' } else { '1' });
    let changed = rolled.replace(&format!("\"face\":{old}"), &format!("\"face\":{new}"));
    place.write("out/events.json", events.replace(rolled, &changed));
    let err = place.run(&["verify", "out"]).is(1);
    has(&err, &["out is not as Instep wrote it. ", &format!("Event {seq}: "), "expected: ", "there is: "]);
    has(&err, &[&format!("\"face\":{new}")]);
    for (name, bytes) in [
        ("empty", b"".as_slice()),
        ("half", &events.as_bytes()[..events.len() / 2]),
        ("other", b"{\"a\":1}\n"),
        ("bytes", b"\xff\xfe\x00"),
        ("newer", b"{\"format\":\"instep-record/2\",\n"),
    ] {
        place.write(&format!("{name}/events.json"), bytes);
        let err = place.run(&["verify", name]).is(1);
        assert!(err.starts_with(name), "it says which: {err}");
    }
    has(&place.run(&["verify", "newer"]).is(1), &["a newer Instep's record", "use a newer one"]);
    has(&place.run(&["verify", "bytes"]).is(1), &["not UTF-8"]);
}

#[test]
fn a_changed_table_is_told_with_its_event_and_recover_copies_what_is_whole() {
    let place = two_games();
    sql(
        &place,
        "UPDATE commands SET hash = zeroblob(32) WHERE table_id = 1 AND first = (SELECT max(first) FROM commands WHERE table_id = 1 AND first < 40)",
    );
    let checked = place.run(&["verify", "data"]);
    assert_eq!(checked.code, 1, "{}", checked.err);
    has(&checked.out, &["Table 1 (closed) is wrong. Event ", "expected: ", "there is: ", "Table 2 (open): "]);
    has(&checked.err, &["1 of 2 tables checked: not as it should be.", "instep recover data"]);
    let bytes = std::fs::read(place.path("data/instep.sqlite3")).expect("there");

    let out = place.run(&["recover", "data"]).done();
    has(&out, &["Table 1: ", "up to the last good event; after it: event ", "Table 2: ", "1 note saved, whole"]);
    has(&out, &["Copied into data-recovered."]);
    assert_eq!(std::fs::read(place.path("data/instep.sqlite3")).expect("there"), bytes, "only read");
    let saved = place.run(&["verify", "data-recovered"]).done();
    has(&saved, &["Table 1 (open): ", "Table 2 (open): ", "all is as it should be"]);
    // It is played on in the new folder.
    has(&place.run(&["play", "--data", "data-recovered"]).done(), &["Going on with the unfinished game."]);

    has(&place.run(&["recover", "data", "--to", "data-recovered"]).is(2), &["not empty", "--to"]);
    has(&place.run(&["recover", "data", "--to", "third"]).done(), &["Copied into third."]);
    has(&place.run(&["recover", "data"]).done(), &["data-recovered-2"]);
    has(&place.run(&["recover", "nowhere"]).is(1), &["nowhere holds no saved games"]);
    let err = place.run(&["export", "bad", "--table", "1"]).is(1);
    has(&err, &["Table 1 is damaged and was not written out", "instep recover"]);
    assert!(!place.path("bad").exists());
}

#[test]
fn export_writes_the_newest_or_the_named_table() {
    let place = two_games();
    has(&place.run(&["export", "newest"]).done(), &["The record of table 2 is in newest."]);
    has(&place.text("newest/words.json"), &["so it is"]);
    place.run(&["export", "first", "--table", "1", "--data", "data"]).done();
    assert_eq!(place.text("first/events.json"), place.text("out/events.json"));
    has(&place.text("newest/events.json"), &["\"seed\":null"]);
    has(&place.run(&["export", "third", "--table", "3"]).is(1), &["no table 3 in", "choose one of 1, 2"]);
    assert!(!place.path("third").exists());
    has(&place.run(&["export", "x", "--data", "none"]).is(1), &["none holds no game yet", "--data"]);
    place.write("file", "");
    has(&place.run(&["export", "file/out"]).is(3), &["could not be written", "The game is kept all the same"]);
}

/// What leaves a short game open.
const FIRST: &str = "users place users choice";

#[test]
fn a_game_that_moved_is_not_gone_on_with_and_its_copy_is_written_out() {
    let place = Place::new();
    place.script(&["--length", "quick", "--seed", "8"], FIRST).done();
    // As the window leaves it when a game moves to a server.
    place.write("data/moved.ron", "[(table: 1, to: \"instep.example.org:4433\", day: 20000)]");
    let out = place.script(&["--length", "quick", "--seed", "9"], FIRST).done();
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    has(&out, &["Game 1 moved to instep.example.org:4433 on 4 October 2024, and goes on there."]);
    has(&place.run(&["verify", "data"]).done(), &["2 tables checked"]);
    has(&place.run(&["export", "copy", "--table", "1"]).done(), &["It moved to instep.example.org:4433"]);
    place.run(&["verify", "copy"]).done();
    // The one that is here is gone on with, and said nothing more of.
    let out = place.run(&["play", "--headless"]).done();
    has(&out, &["Going on with the unfinished game."]);
    assert!(!out.contains("moved"), "{out}");
}
