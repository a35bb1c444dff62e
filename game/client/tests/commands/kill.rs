//! Killed in the midst of it, again and again: what was shown is kept, and the game ends as if never cut off.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use crate::support::*;

const KILLS: usize = 50;

/// A game that nobody cut off.
struct Whole {
    /// What it shows, an event a line.
    lines: Vec<String>,
    /// The event's number, for each of them.
    seqs: Vec<usize>,
    events: String,
}

fn whole(seed: &str) -> Whole {
    let place = Place::new();
    let out = place.run(&["play", "--seed", seed, "--record", "out"]).done();
    let events = place.text("out/events.json");
    let json: serde_json::Value = serde_json::from_str(&events).expect("JSON");
    // Two kinds of events are told by the ones around them, and the first is told by the greeting.
    let told = |event: &&serde_json::Value| {
        !matches!(event["type"].as_str(), Some("TableOpened" | "OpeningMovedOn" | "TurnEnded"))
    };
    let all = json["events"].as_array().expect("a list");
    let seqs: Vec<usize> = all.iter().filter(told).map(|e| e["seq"].as_u64().expect("a number") as usize).collect();
    let lines: Vec<String> = out.lines().skip(1).take(seqs.len()).map(str::to_owned).collect();
    assert_eq!(lines.last().map(String::as_str), Some("The game is closed"), "a line an event");
    Whole { lines, seqs, events }
}

/// How many events of the one table are on disk.
fn kept(place: &Place) -> usize {
    if !place.path("data/instep.sqlite3").exists() {
        return 0;
    }
    let checked = place.run(&["verify", "data"]);
    if checked.err.contains("its database is empty") || checked.out.contains("0 tables checked") {
        return 0;
    }
    let out = checked.done();
    out.split("): ").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|n| n.parse().ok()).expect("a count")
}

#[test]
fn fifty_kills_lose_nothing_that_was_shown() {
    // Other moments: INSTEP_TEST_SEED=3 cargo test -p instep fifty_kills
    let seed = std::env::var("INSTEP_TEST_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(2026);
    let mut dice = Dice(seed);
    let mut kills = 0;
    let mut shown_in_all = 0;
    for seed in (0..).map(|n: u32| n.to_string()) {
        if kills == KILLS {
            break;
        }
        let whole = whole(&seed);
        let place = Place::new();
        // Where the lines go on in the whole game's.
        let mut at = 0;
        let finished = loop {
            let lines_max = if kills == KILLS { usize::MAX } else { dice.below(9) as usize };
            let mut command = place.command();
            command.args(["play", "--seed", &seed, "--record", "out"]).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().expect("it runs");
            let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
            let mut shown = Vec::new();
            while shown.len() < lines_max {
                match lines.next() {
                    Some(line) => shown.push(line.expect("UTF-8")),
                    None => break,
                }
            }
            let ended = shown.len() < lines_max;
            if !ended {
                std::thread::sleep(Duration::from_micros(dice.below(12_000)));
                let _ = child.kill();
                kills += 1;
                // What had come out before the kill counts as shown too.
                shown.extend(lines.map_while(Result::ok));
            }
            let status = child.wait().expect("it ends");
            let first_line = shown.first().cloned().unwrap_or_default();
            assert!(
                shown.is_empty() || first_line.starts_with("A new game of") || first_line.starts_with("Going on with"),
                "{first_line}"
            );
            let events: Vec<&String> = shown.iter().skip(1).take_while(|line| !line.starts_with("THE PATH")).collect();
            if let Some(first) = events.first() {
                // Lines that were kept but not shown any more are left out, and none comes twice.
                let from = (at..whole.lines.len()).find(|n| {
                    let rest = &whole.lines[*n..];
                    rest.len() >= events.len() && rest.iter().zip(&events).all(|(a, b)| a == *b)
                });
                let from = from.unwrap_or_else(|| panic!("{first} is not what comes after line {at}"));
                at = from + events.len();
                shown_in_all += events.len();
            }
            let on_disk = kept(&place);
            let seen = at.checked_sub(1).map_or(0, |n| whole.seqs[n]);
            assert!(on_disk >= seen, "event {seen} was seen, and {on_disk} are kept");
            if ended {
                assert!(status.success(), "seed {seed}: {status}");
                break true;
            }
            // Killed after its last word: a further start would begin another game.
            if at == whole.lines.len() {
                break false;
            }
            if place.path("data/instep.sqlite3").exists() && on_disk == whole.seqs[whole.seqs.len() - 1] {
                break false;
            }
        };
        if !finished {
            place.run(&["export", "out"]).done();
        }
        assert_eq!(place.text("out/events.json"), whole.events, "seed {seed}");
    }
    assert!(shown_in_all > 100, "{shown_in_all} lines were seen");
}

#[test]
fn a_script_cut_in_two_by_a_kill_ends_the_same() {
    let whole = Place::new();
    let opening = "users place users 1\nproviders place providers 1\nstaff place staff 1\nmanagers place managers 2\n";
    let rest = "users roll\nfacilitator undo 1\nusers roll\nfacilitator close\n";
    whole.script(&["--seed", "7", "--record", "out"], &format!("{opening}{rest}")).done();

    let cut = Place::new();
    cut.write("script.txt", opening);
    let mut child = cut
        .command()
        .args(["play", "--seed", "7", "--script", "script.txt"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    // The last opening tile is shown: then it is kept, whatever comes next.
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let last = "The opening tiles are laid";
    assert!(lines.map_while(Result::ok).any(|line| line.starts_with(last)));
    let _ = child.kill();
    child.wait().expect("it ends");
    cut.script(&["--seed", "7", "--record", "out"], rest).done();
    assert_eq!(cut.text("out/events.json"), whole.text("out/events.json"));
}
