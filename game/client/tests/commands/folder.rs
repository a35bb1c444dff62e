//! Data folders that are in use, damaged, newer, or no folders.

use instep_server::DataFolder;
use rusqlite::Connection;

use crate::support::*;

#[test]
fn in_use_by_another_it_says_by_whom() {
    let place = Place::new();
    place.script(&["--seed", "1"], BEGIN).done();
    let held = DataFolder::hold(&place.path("data")).expect("held");
    // On Windows a file that is locked can't be read by others, so nobody is named there.
    let me = if cfg!(windows) { "process".to_owned() } else { format!("process {}", std::process::id()) };
    for args in [&["play"] as &[&str], &["play", "--new"], &["recover", "data"]] {
        has(&place.run(args).is(3), &["is in use by another Instep", &me, "close that one first"]);
    }
    // Looking does no harm.
    place.run(&["verify", "data"]).done();
    place.run(&["export", "out"]).done();
    drop(held);
    place.script(&[], "").done();
}

#[test]
fn two_at_once_never_mix() {
    let place = Place::new();
    place.script(&["--length", "quick"], BEGIN.replace("dignity", "1").as_str()).done();
    let play = || place.command().args(["play"]).output();
    let both = std::thread::scope(|scope| {
        let other = scope.spawn(play);
        [play().expect("it runs"), other.join().expect("no panic").expect("it runs")]
    });
    for output in &both {
        let ran = ran(output);
        match ran.code {
            0 => {}
            _ => has(&ran.is(3), &["is in use by another Instep"]),
        }
    }
    assert!(both.iter().any(|output| output.status.success()), "one of them plays");
    has(&place.run(&["verify", "data"]).done(), &["all is as it should be"]);
}

#[test]
fn that_is_a_file_or_below_one() {
    let place = Place::new();
    place.write("file", "mine");
    for data in ["file", "file/below"] {
        let err = place.run(&["play", "--data", data]).is(3);
        has(&err, &[data, "can't be written to", "choose another folder with --data"]);
        assert!(err.starts_with(data), "a folder's name stays as it is: {err}");
    }
    assert_eq!(place.text("file"), "mine");
}

#[cfg(unix)]
#[test]
fn that_is_read_only() {
    use std::fs::{Permissions, set_permissions, write};
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.script(&[], BEGIN).done();
    set_permissions(place.path("data"), Permissions::from_mode(0o555)).expect("set");
    if write(place.path("data/probe"), "").is_ok() {
        eprintln!("skipped: whoever runs this may write everywhere");
        return;
    }
    has(&place.run(&["play"]).is(3), &["data/instep.sqlite3 can't be written to", "choose another folder with --data"]);
    for args in [&["verify", "data"] as &[&str], &["export", "out"], &["recover", "data"]] {
        has(&place.run(args).is(3), &["can't be opened", "copy it to where you may write"]);
    }
    set_permissions(place.path("data"), Permissions::from_mode(0o755)).expect("set");
    place.run(&["play"]).done();
}

#[test]
fn a_corrupt_database_is_left_alone() {
    let place = Place::new();
    let mut dice = Dice(3);
    let garbage: Vec<u8> = (0..20_000).map(|_| dice.below(256) as u8).collect();
    place.write("data/instep.sqlite3", &garbage);
    for args in [&["play"] as &[&str], &["play", "--new"], &["verify", "data"], &["export", "out"]] {
        has(&place.run(args).is(1), &["The saved games are damaged", "nothing was changed", "`instep recover`"]);
    }
    has(&place.run(&["recover", "data"]).is(1), &["Nothing in data can be read any more", "backup", "--data"]);
    assert!(!place.path("data-recovered").exists());
    assert_eq!(std::fs::read(place.path("data/instep.sqlite3")).expect("there"), garbage);
}

#[test]
fn a_damaged_page_is_told_and_never_played_on() {
    let place = Place::new();
    place.run(&["play", "--length", "quick", "--seed", "7"]).done();
    place.script(&["--length", "quick"], "").done();
    let path = place.path("data/instep.sqlite3");
    let whole = std::fs::read(&path).expect("there");
    let mut dice = Dice(11);
    let mut told = 0;
    for _ in 0..12 {
        let mut bytes = whole.clone();
        let at = dice.below(whole.len() as u64) as usize;
        let to = (at + 64).min(whole.len());
        bytes[at..to].iter_mut().for_each(|b| *b ^= 0x5A);
        std::fs::write(&path, &bytes).expect("written");
        let checked = place.run(&["verify", "data"]);
        assert!(matches!(checked.code, 0 | 1), "{}", checked.err);
        told += checked.code;
        let played = place.script(&[], "");
        assert!(matches!(played.code, 0 | 1), "{}", played.err);
    }
    assert!(told > 0, "some of it was in use");
}

#[test]
fn an_empty_database_is_begun_and_a_newer_one_left_alone() {
    let place = Place::new();
    place.write("data/instep.sqlite3", "");
    for args in [&["verify", "data"] as &[&str], &["export", "out"], &["recover", "data"]] {
        has(&place.run(args).is(1), &["data holds no saved games: its database is empty", "instep play --data"]);
    }
    place.script(&[], BEGIN).done();
    let connection = Connection::open(place.path("data/instep.sqlite3")).expect("opened");
    connection.pragma_update(None, "user_version", 9).expect("set");
    drop(connection);
    for args in
        [&["play"] as &[&str], &["play", "--new"], &["verify", "data"], &["export", "out"], &["recover", "data"]]
    {
        has(&place.run(args).is(1), &["written by a newer Instep", "format 9", "nothing was changed"]);
    }
}

#[test]
fn a_record_that_cannot_be_written_leaves_the_game_kept() {
    let place = Place::new();
    place.write("file", "");
    let ran = place.run(&["play", "--length", "quick", "--seed", "7", "--record", "file/out"]);
    has(&ran.out, &["The game is closed"]);
    has(&ran.is(3), &["file/out", "The game is kept all the same", "instep export"]);
    place.run(&["export", "out"]).done();
    place.run(&["play", "--length", "quick", "--seed", "7", "--record", "again"]).done();
    assert_eq!(place.text("out/events.json"), place.text("again/events.json"));
}
