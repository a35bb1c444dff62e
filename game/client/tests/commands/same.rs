//! The same seed, packs, ruleset, length and script give the same bytes.

use crate::support::*;

fn events(args: &[&str]) -> String {
    let place = Place::new();
    let mut all = vec!["play", "--record", "out"];
    all.extend(args);
    place.run(&all).done();
    place.text("out/events.json")
}

#[test]
fn of_scripted_players() {
    let short = ["--length", "quick", "--ruleset", "guided", "--seed"];
    let with = |seed| events(&[&short[..], &[seed]].concat());
    let seven = with("7");
    assert_eq!(seven, with("7"));
    assert_ne!(seven, with("8"));
    let json: serde_json::Value = serde_json::from_str(&seven).expect("JSON");
    // A number stands for 64 digits, which the closed game publishes.
    let digits = json["chance"]["seed"].as_str().expect("published");
    assert_eq!(digits.len(), 64);
    assert_eq!(seven, with(digits));
    assert_eq!(seven, with(&digits.to_uppercase()));
    assert_ne!(seven, events(&["--length", "hour", "--seed", "7"]));
    assert_ne!(seven, events(&["--length", "quick", "--ruleset", "classic", "--seed", "7"]));
    assert_ne!(seven, events(&["later-life", "--length", "quick", "--seed", "7"]));
}

#[test]
fn of_a_script_with_notes_and_without_a_clock() {
    let script = "users place users dignity\nanyone note one\nanyone note two\n\
                  providers place providers dignity\nstaff place staff choice\nmanagers place managers choice\n\
                  users roll\nfacilitator close\n";
    let play = |wait_ms: u64| {
        let place = Place::new();
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        place.script(&["--seed", "7", "--record", "out"], script).done();
        (place.text("out/events.json"), place.text("out/words.json"))
    };
    assert_eq!(play(0), play(1_100));
}

#[test]
fn without_a_seed_two_games_differ() {
    assert_ne!(events(&["--outcomes", "1"]), events(&["--outcomes", "1"]));
}
