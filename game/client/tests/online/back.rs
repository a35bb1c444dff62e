//! Coming back without typing anything again.

use std::fs;

use crate::support::*;
use crate::world::*;

#[test]
fn whoever_was_killed_comes_back_without_typing_anything() {
    let hosted = Hosted::open(&["--length", "quick", "--called", "Tuesday"]);
    let place = Place::new();
    let sam = Running::start(&place, &["join", &hosted.invite, "--name", "Sam", "--seat", "staff"]);
    sam.sees("You play staff.");
    sam.kill();
    // Twice, so that the second time uses what the first was given.
    for _ in 0..2 {
        let sam = Running::start(&place, &["join"]);
        sam.sees("Back to Tuesday, as Sam.");
        sam.sees("You are at the table as Sam.");
        sam.sees("You play staff.");
        sam.kill();
    }
    // The same invite again is the same person, unless they say otherwise.
    let sam = Running::start(&place, &["join", &hosted.invite]);
    sam.sees("You play staff.");
    sam.kill();
    let kim = Running::start(&place, &["join", &hosted.invite, "--name", "Kim"]);
    kim.sees("You are at the table as Kim.");
    kim.kill();
    let out = place.run(&["join", "--list"]).done();
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let turn = "You were there today. When you left, it was the users and carers' turn.";
    has(&words, &["Tuesday, at 127.0.0.1:", &format!("as Sam. {turn}"), &format!("as Kim. {turn}")]);
    assert!(out.lines().next().is_some_and(|line| line.contains("Kim")), "the newest first: {out}");
    let back = Running::start(&place, &["join", "--back", "1"]);
    back.sees("You play staff.");
    back.kill();
    has(&place.run(&["join", "--back", "9"]).is(1), &["--list"]);
}

#[test]
fn a_damaged_list_of_places_is_put_aside_and_said() {
    let place = Place::new();
    place.write("data/places.ron", "(version: 1, places: [(");
    let ran = place.run(&["join"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    has(&ran.out, &["was damaged", "places-damaged-1.ron"]);
    assert_eq!(place.text("data/places-damaged-1.ron"), "(version: 1, places: [(");
    place.write("data/places.ron", "(version: 9, towns: [])");
    has(&place.run(&["join"]).is(3), &["newer Instep"]);
    assert_eq!(place.text("data/places.ron"), "(version: 9, towns: [])");
}

#[test]
fn a_host_that_was_killed_goes_on_and_those_who_joined_come_back_by_themselves() {
    let hosted = Hosted::open(&["--length", "quick", "--called", "Tuesday", "--seat", "managers"]);
    let port = hosted.port();
    let seats = ["users", "providers", "staff"];
    let places: Vec<Place> = seats.iter().map(|_| Place::new()).collect();
    let join = |n: usize| Running::start(&places[n], &["join", &hosted.invite, "--name", seats[n], "--seat", seats[n]]);
    let first: Vec<Running> = (0..2).map(join).collect();
    first[1].sees("Providers and commissioners: laid");
    hosted.host.kill();
    first[0].sees("The connection is lost; what you typed is kept. Trying again…");
    let listen = format!("127.0.0.1:{port}");
    let again = Hosted::open_in(hosted.place, &["--listen", &listen]);
    again.host.sees("Going on with the unfinished game.");
    assert_eq!(again.invite, hosted.invite, "the invites that people have still open it");
    first[0].sees("Back.");
    let third = join(2);
    for player in first.into_iter().chain([third]) {
        has(&player.ends().done(), &["The path is complete"]);
    }
    again.host.ends().done();
}

#[test]
fn what_is_kept_says_nothing_to_others() {
    let hosted = Hosted::open(&["--length", "quick"]);
    let place = Place::new();
    let sam = Running::start(&place, &["join", &hosted.invite, "--name", "Sam"]);
    sam.sees("You are at the table as Sam.");
    let kept = fs::read_to_string(place.path("data/places.ron")).expect("kept");
    let secret = kept.split("secret: \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a secret");
    assert_eq!(secret.len(), 64);
    assert!(!sam.out().contains(secret) && !place.run(&["join", "--list"]).done().contains(secret));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(place.path("data/places.ron")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
