//! `instep-pack` as its callers see it.
#![allow(missing_docs)]

mod support;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use support::*;
use tempfile::TempDir;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::cargo_bin("instep-pack")
        .expect("built")
        .current_dir(folder)
        .env("INSTEP_DATA", folder.join("data"))
        .args(args)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

fn write(folder: &Path, tree: &Tree) {
    for (path, bytes) in tree {
        let at = folder.join(path);
        fs::create_dir_all(at.parent().expect("inside")).expect("made");
        fs::write(at, bytes).expect("written");
    }
}

fn temp() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn a_new_pack_checks_clean_and_plays() {
    let dir = temp();
    let new = run(dir.path(), &["new", "Our Street"]);
    assert_eq!((new.code, new.err.as_str()), (0, ""), "{}", new.err);
    let check = run(dir.path(), &["check", "Our Street"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    assert!(check.out.contains("our-street 0.1, 0 faults, 0 remarks, 4 cards, 1 poem"), "{}", check.out);
    assert!(check.out.ends_with("1 pack: 0 faults, 0 remarks, 0 cards left out\n"), "{}", check.out);
    let again = run(dir.path(), &["new", "Our Street"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("nothing was changed"), "{}", again.err);
}

#[test]
fn names_that_cannot_be() {
    let dir = temp();
    for name in ["", "..", "!!!", &"x".repeat(80)] {
        let ran = run(dir.path(), &["new", name]);
        assert_eq!(ran.code, 2, "{name:?}: {}", ran.err);
    }
    assert_eq!(fs::read_dir(dir.path()).expect("there").count(), 0, "nothing is left behind");
}

#[test]
fn a_bad_pack_is_shown_with_its_line() {
    let dir = temp();
    write(&dir.path().join("bad"), &edit(CARDS, "instruction: Place(\"staff\")", "instruction: Place(\"stafff\")"));
    let ran = run(dir.path(), &["check", "bad"]);
    assert_eq!(ran.code, 1);
    for part in [
        "bad/cards/cards.ron:17:28",
        "There is no perspective \"stafff\"",
        "Did you mean `staff`?",
        "instruction: Place(\"stafff\")",
    ] {
        assert!(ran.out.contains(part), "{part} is missing in\n{}", ran.out);
    }
    assert!(ran.out.ends_with("1 pack: 1 fault, 0 remarks, 0 cards left out\n"), "{}", ran.out);
    let refused = run(dir.path(), &["simulate", "bad", "--games", "10"]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
}

#[test]
fn check_tells_machines_the_same() {
    let dir = temp();
    write(&dir.path().join("bad"), &edit(CARDS, "prompt:", "promt:"));
    let ran = run(dir.path(), &["check", "bad", "later-life", "--json"]);
    assert_eq!(ran.code, 1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["playable"], false);
    let faults = &json["packs"][0]["report"]["faults"];
    assert_eq!(faults[1]["code"], "unknown-field");
    assert_eq!((&faults[1]["line"], &faults[1]["column"]), (&14.into(), &9.into()));
    assert_eq!(json["packs"][1]["pack"]["id"], "later-life");
    assert_eq!(json["packs"][1]["pack"]["hash"].as_str().map(str::len), Some(64));
}

#[test]
fn calls_that_are_wrong() {
    let dir = temp();
    fs::write(dir.path().join("file"), "").expect("written");
    for args in [
        &["check", "no-such-pack"] as &[&str],
        &["check", "file"],
        &["check"],
        &["checks", "later-life"],
        &["simulate", "later-life", "--games", "0"],
        &["simulate", "later-life", "--games", "10", "--ruleset", "guide"],
        &["simulate", "later-life", "--games", "10", "--outcomes", "9"],
        &["simulate", "later-life", "--games", "10", "--length", "long"],
        &["simulate", "later-life", "--games", "10", "--length", "hour", "--minutes", "60"],
    ] {
        let ran = run(dir.path(), args);
        assert_eq!(ran.code, 2, "{args:?}\n{}{}", ran.out, ran.err);
    }
    let near = run(dir.path(), &["check", "later-live"]);
    assert!(near.out.contains("Did you mean `later-life`?"), "{}", near.out);
}

#[test]
fn installed_packs_are_found_by_name() {
    let dir = temp();
    write(&dir.path().join("data/packs/ours"), &good());
    assert_eq!(run(dir.path(), &["check", "ours"]).code, 0);
    assert_eq!(run(dir.path(), &["--data", "elsewhere", "check", "ours"]).code, 2);
}

/// The last line, taken apart: games, median, 5 %, 85 %, 95 %.
fn last_line(text: &str) -> Vec<u64> {
    let line = text.lines().last().expect("a line");
    let numbers: Vec<u64> = line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let &[games, median, 5, p5, 85, p85, 95, p95, speed] = numbers.as_slice() else { panic!("{line}") };
    assert_eq!(
        line,
        format!("{games} games, {median} turns median (5 % {p5}, 85 % {p85}, 95 % {p95}), {speed} games/s")
    );
    vec![games, median, p5, p85, p95]
}

#[test]
fn a_simulation_ends_with_its_line_and_repeats_itself() {
    let dir = temp();
    let args = ["simulate", "path-to-personalisation", "--games", "3000", "--seed", "5"];
    let one = run(dir.path(), &args);
    assert_eq!(one.code, 0, "{}", one.err);
    let numbers = last_line(&one.out);
    assert_eq!(numbers, last_line(&run(dir.path(), &args).out));
    assert!(numbers[2] <= numbers[1] && numbers[1] <= numbers[3] && numbers[3] <= numbers[4], "{numbers:?}");
    let json = run(dir.path(), &[&args[..], &["--json", "--length", "hour"]].concat());
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(value["outcomes"].as_array().map(Vec::len), Some(3));
    assert_eq!(last_line(&json.err)[1], value["turns"]["median"].as_u64().expect("a number"));
}

#[test]
fn packs_together_and_classic() {
    let dir = temp();
    let args = [
        "simulate",
        "later-life",
        "path-to-personalisation",
        "--games",
        "500",
        "--ruleset",
        "classic",
        "--minutes",
        "60",
    ];
    let ran = run(dir.path(), &args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(last_line(&ran.out)[0], 500);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_pack_is_refused() {
    let dir = temp();
    let outside = dir.path().join("secret.svg");
    fs::write(&outside, "<svg/>").expect("written");
    let pack = dir.path().join("pack");
    write(&pack, &good());
    fs::create_dir(pack.join("pictures")).expect("made");
    std::os::unix::fs::symlink(&outside, pack.join("pictures/secret.svg")).expect("linked");
    let ran = run(dir.path(), &["check", "pack"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("pack/pictures/secret.svg:1:1: This is a link"), "{}", ran.out);
}
