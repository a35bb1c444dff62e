//! A whole game with people elsewhere, who are scripted players.

use std::fs;

use crate::support::*;
use crate::world::*;

const SEATS: [&str; 4] = ["users", "providers", "staff", "managers"];

#[test]
fn a_host_and_four_who_joined_play_to_the_close() {
    let hosted = Hosted::open(&["--length", "quick", "--record", "out", "--called", "Tuesday"]);
    let places: Vec<Place> = SEATS.iter().map(|_| Place::new()).collect();
    let join = |n: usize| {
        let name = format!("Player {n}");
        Running::start(&places[n], &["join", &hosted.invite, "--name", &name, "--seat", SEATS[n], "--headless"])
    };
    let players: Vec<Running> = (0..4).map(join).collect();
    let mut ends = Vec::new();
    for (n, player) in players.into_iter().enumerate() {
        let out = player.ends().done();
        has(&out, &["Calling 127.0.0.1", &format!("You are at the table as Player {n}."), "The game is closed"]);
        ends.push(out.split("The game is closed").nth(1).expect("an end").to_owned());
        // What lets them come back is kept, and nobody else may read it.
        let kept = fs::read_to_string(places[n].path("data/places.ron")).expect("kept");
        has(&kept, &["Tuesday", &format!("Player {n}")]);
    }
    assert!(ends.iter().all(|end| *end == ends[0]), "everyone saw the same end: {ends:?}");
    has(&hosted.host.ends().done(), &["The path is complete", "The game is closed", "The record is in out."]);
    has(&hosted.place.run(&["verify", "out"]).done(), &["every roll and draw is the seed's"]);
    has(&hosted.place.run(&["verify", "data"]).done(), &["Table 1 (closed): "]);
    // The record that the host wrote from its mirror is the one that the data folder gives.
    hosted.place.run(&["export", "stored"]).done();
    assert_eq!(hosted.place.text("out/events.json"), hosted.place.text("stored/events.json"));
}

#[test]
fn a_pack_that_only_the_host_has_comes_to_whoever_joins() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    let hosted = Hosted::open_in(place, &["./little", "--outcomes", "1", "--seat", "users", "--seat", "providers"]);
    let guest = Place::new();
    let args = ["join", &hosted.invite, "--name", "Guest", "--seat", "staff", "--seat", "managers"];
    let out = Running::start(&guest, &args).ends().done();
    has(&out, &["The cards are on their way here: little.", "You play staff, managers.", "The game is closed"]);
    let copies = fs::read_dir(guest.path("data/packs")).expect("a folder");
    assert_eq!(copies.filter(|f| f.as_ref().is_ok_and(|f| f.path().extension().is_some())).count(), 1);
    hosted.host.ends().done();
}
