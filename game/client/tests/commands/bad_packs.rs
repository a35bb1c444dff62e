//! Packs that can't be played, given as PACK: one clear message, and nothing is made.

use crate::support::*;

/// Damages the little pack in one way, and demands exit 1, a message, and an untouched data folder.
#[track_caller]
fn bad(damage: impl FnOnce(&Place), parts: &[&str]) {
    let place = Place::new();
    little_pack(&place, "bad", "bad");
    damage(&place);
    let ran = place.run(&["play", "./bad"]);
    assert_eq!(ran.out, "");
    let err = ran.is(1);
    has(&err, parts);
    assert!(err.len() < 6_000, "one message, not a flood: {} bytes", err.len());
    assert!(!place.path("data").exists(), "nothing is made");
}

fn edit(file: &'static str, from: &'static str, to: &'static str) -> impl FnOnce(&Place) {
    move |place| {
        let text = place.text(&format!("bad/{file}"));
        assert!(text.contains(from), "{from} is in {file}");
        place.write(&format!("bad/{file}"), text.replacen(from, to, 1));
    }
}

#[test]
fn missing() {
    bad(
        |place| std::fs::remove_dir_all(place.path("bad")).expect("gone"),
        &["There is no pack \"./bad\"", "Installed packs are"],
    );
    let place = Place::new();
    has(&place.run(&["play", "later-live"]).is(1), &["There is no pack \"later-live\"", "Did you mean `later-life`?"]);
    place.write("file", "");
    has(&place.run(&["play", "./file"]).is(1), &["This is a file, and a pack is a folder."]);
    place.write("hollow/x", "");
    has(&place.run(&["play", "./hollow"]).is(1), &["pack.ron"]);
    assert!(!place.path("data").exists());
}

#[test]
fn empty_truncated_or_no_text() {
    bad(|place| place.write("bad/pack.ron", ""), &["bad/pack.ron"]);
    bad(|place| place.write("bad/cards/cards.ron", ""), &["bad/cards/cards.ron"]);
    let half = |place: &Place| {
        let text = place.text("bad/cards/cards.ron");
        place.write("bad/cards/cards.ron", &text[..text.len() / 2]);
    };
    bad(half, &["bad/cards/cards.ron:"]);
    bad(|place| place.write("bad/cards/cards.ron", b"[\xff\xfe]"), &["bad/cards/cards.ron", "UTF-8"]);
}

#[test]
fn enormous_or_deeply_nested() {
    bad(|place| place.write("bad/cards/cards.ron", vec![b' '; 9 << 20]), &["8 MiB"]);
    bad(|place| place.write("bad/cards/cards.ron", "[".repeat(100_000)), &["bad/cards/cards.ron:1:"]);
    bad(|place| place.write("bad/cards/cards.ron", "Some(".repeat(100_000)), &["bad/cards/cards.ron:1:"]);
}

#[test]
fn wrong_in_what_it_says() {
    bad(edit("cards/cards.ron", "\"users-2\"", "\"users-1\""), &["cards.ron:", "\"users-1\""]);
    bad(edit("cards/cards.ron", "prompt:", "promt:"), &["cards.ron:", "promt", "prompt"]);
    bad(edit("cards/cards.ron", "Place(\"staff\")", "Place(\"stafff\")"), &["stafff", "Did you mean `staff`?"]);
    bad(edit("pack.ron", "format: 1", "format: 0"), &["pack.ron:", "format"]);
    bad(edit("pack.ron", "format: 1", "format: 2"), &["pack.ron:", "newer"]);
    bad(edit("pack.ron", "guide.md", "../guide.md"), &["pack.ron:", "../guide.md"]);
}

#[cfg(unix)]
#[test]
fn that_points_out_of_its_folder() {
    let link = |place: &Place| {
        place.write("outside.ron", "[]");
        std::os::unix::fs::symlink(place.path("outside.ron"), place.path("bad/cards/more.ron")).expect("linked");
    };
    bad(link, &["more.ron", "This is a link"]);
}

#[test]
fn every_bad_pack_of_several_is_told() {
    let place = Place::new();
    little_pack(&place, "bad", "bad");
    edit("cards/cards.ron", "prompt:", "promt:")(&place);
    has(&place.run(&["play", "./bad", "./none"]).is(1), &["promt", "./none"]);
}

#[test]
fn a_pack_that_changed_since_is_told_and_the_game_goes_on_with_its_own_copy() {
    let place = Place::new();
    little_pack(&place, "data/packs/bad", "bad");
    place.script(&["bad", "--seed", "5"], BEGIN).done();
    let changed = place.text("data/packs/bad/cards/cards.ron").replace("They waited.", "They waited long.");
    place.write("data/packs/bad/cards/cards.ron", changed);
    let told = "The pack bad has changed since this game began: the game goes on with its own copy of it.";
    has(&place.script(&[], "").done(), &[told]);
    has(&place.script(&["bad"], "").done(), &[told]);
    // A change that breaks it does no harm either.
    place.write("data/packs/bad/cards/cards.ron", "[");
    has(&place.script(&[], "").done(), &[told]);
    let err = place.script(&["bad"], "").is(1);
    has(&err, &["cards.ron:", "leave the pack out to go on with it"]);
    // Nor is it needed at all.
    std::fs::remove_dir_all(place.path("data/packs/bad")).expect("gone");
    let out = place.run(&["play", "--record", "out"]).done();
    has(&out, &["Going on with the unfinished game.", "The game is closed"]);
    assert!(!out.contains("changed since"), "what is not there has not changed");

    let unchanged = Place::new();
    little_pack(&unchanged, "bad", "bad");
    unchanged.script(&["./bad", "--seed", "5"], BEGIN).done();
    unchanged.run(&["play", "./bad", "--record", "out"]).done();
    assert_eq!(place.text("out/events.json"), unchanged.text("out/events.json"));
}

#[test]
fn a_pinned_copy_that_is_gone_or_damaged() {
    let place = Place::new();
    little_pack(&place, "ours", "bad");
    place.script(&["./ours"], BEGIN).done();
    let copies = || -> Vec<_> {
        let entries = std::fs::read_dir(place.path("data/packs")).expect("there");
        entries.map(|e| e.expect("read").path()).collect()
    };
    let copy = copies().pop().expect("one copy");
    let whole = std::fs::read(&copy).expect("read");
    for damage in [None, Some(&whole[..whole.len() / 2]), Some(b"")] {
        match damage {
            None => std::fs::remove_file(&copy).expect("gone"),
            Some(bytes) => std::fs::write(&copy, bytes).expect("written"),
        }
        let err = place.script(&[], "").is(1);
        has(&err, &["own copy of the pack bad is gone or was changed", "Install the version", "--new"]);
        // Whoever has the same pack helps, and the copy is made again.
        place.script(&["./ours"], "").done();
        assert_eq!(std::fs::read(&copy).expect("read"), whole);
        place.script(&[], "").done();
    }
    assert_eq!(copies().len(), 1, "no half copies are left");
}
