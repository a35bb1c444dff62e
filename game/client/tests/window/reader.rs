//! What a screen reader meets: the tree over AT-SPI, on a bus of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::support::{Display, folder};

/// Runs the reader's script against the program, and gives what it printed.
fn reader(display: &Display, data: &std::path::Path, wanted: &[&str]) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/window/atspi.py");
    // Whatever hangs, hangs for four minutes at most.
    let out = Command::new("timeout")
        .args(["-k", "5", "240", "dbus-run-session", "--", "/usr/bin/python3", script])
        .args(wanted)
        .arg("--")
        .arg(assert_cmd::cargo::cargo_bin!("instep"))
        .arg("--data")
        .arg(data)
        .env("DISPLAY", &display.name)
        .env("HOME", data)
        .env("XDG_RUNTIME_DIR", data)
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .expect("dbus-run-session is there");
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{said}\n{}", String::from_utf8_lossy(&out.stderr));
    said
}

/// What can be pressed: role and name of each line of the tree that offers a click.
fn pressable(tree: &str) -> Vec<(String, String)> {
    let lines = tree.lines().filter(|line| line.contains("[click"));
    let named = lines.filter_map(|line| {
        let (before, rest) = line.split_once('"')?;
        let name = rest.rsplit_once("\" [")?.0;
        let role = before.trim().split_once(' ')?.1.to_owned();
        Some((role, name.to_owned()))
    });
    named.collect()
}

#[test]
fn every_control_has_a_name_and_a_role_and_can_be_pressed() {
    let (display, data) = (Display::new(1280, 800), folder());
    let wanted = ["tree", "press", "New game", "tree", "press", "Start the game", "tree"];
    let trees = reader(&display, data.path(), &wanted);
    let controls = pressable(&trees);
    // A scroll bar is moved by what it scrolls: keys and wheel. Its role says what it is.
    for (role, name) in controls.iter().filter(|(role, _)| role != "scroll bar") {
        assert!(!name.trim().is_empty(), "a {role} has no name:\n{trees}");
        assert!(!role.contains("unknown") && !role.contains("panel"), "\"{name}\" is a {role}");
    }
    for name in
        ["New game", "How to play", "Settings", "Start the game", "Undo", "Pass", "Pause", "More", "Write a note"]
    {
        // What can't be pressed yet is there all the same.
        assert!(trees.contains(&format!("\"{name}\" [")), "{name} is not there:\n{trees}");
    }
    // The stones of the board are there to be pressed, and say what pressing does.
    assert!(
        controls.iter().any(|(_, n)| n.starts_with("Lay a users and carers tile on Choice and control")),
        "{trees}"
    );
}

#[test]
fn a_whole_game_is_played_by_the_tree_alone() {
    let (display, data) = (Display::new(1280, 800), folder());
    let told = reader(&display, data.path(), &["press", "New game", "press", "Start the game", "game"]);
    assert!(told.contains("closed after"), "{told}");
}

/// A table that a computer without a window keeps. Scripted players sit on three of its seats.
struct Hosted {
    host: Child,
    invite: String,
    _data: TempDir,
}

impl Hosted {
    fn start() -> Self {
        let data = folder();
        let mut host = Command::new(assert_cmd::cargo::cargo_bin!("instep"))
            .args(["host", "--headless", "--name", "Ann", "--called", "Tuesday", "--length", "quick"])
            .args(["--listen", "127.0.0.1:0", "--seat", "users", "--seat", "providers", "--seat", "managers"])
            .arg("--data")
            .arg(data.path())
            .env("HOME", data.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(host.stdout.take().unwrap()).lines().map_while(Result::ok);
        let invite = said.find(|line| line.starts_with("INSTEP://")).expect("it tells its invite");
        // Whatever else it says has somewhere to go.
        std::thread::spawn(move || said.for_each(drop));
        Self { host, invite, _data: data }
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        let _ = self.host.kill();
        let _ = self.host.wait();
    }
}

#[test]
fn a_table_elsewhere_is_joined_and_played_to_its_close_by_the_tree_and_the_keyboard_alone() {
    let (display, data, hosted) = (Display::new(1280, 800), folder(), Hosted::start());
    let wanted = [
        ["press", "Join a table", "press", "An invite, or an address and a code", "write", &hosted.invite],
        ["press", "Your name, as others will see it", "write", "Sam", "press", "Join"],
        ["press", "Take this seat: Staff", "tree", "press", "To the table", "game"],
    ];
    let told = reader(&display, data.path(), wanted.as_flattened());
    assert!(told.contains("closed after"), "{told}");
    let controls = pressable(&told);
    assert!(controls.iter().all(|(role, name)| role == "scroll bar" || !name.trim().is_empty()), "{told}");
    for word in ["At this table: Tuesday", "Sam: you, player, Staff, here", "Leave for now"] {
        assert!(told.contains(word), "\"{word}\" is not there:\n{told}");
    }
}

#[test]
fn a_turn_is_played_by_a_screen_reader_and_told_to_it() {
    let (display, data) = (Display::new(1280, 800), folder());
    let lay = |n: usize| ["Choice and control", "Health and wellbeing", "Dignity and respect"][n % 3];
    let stones = ["users and carers", "providers and commissioners", "staff", "managers"];
    let mut wanted = vec!["press".to_owned(), "New game".to_owned(), "press".to_owned(), "Start the game".to_owned()];
    for (n, seat) in stones.iter().enumerate() {
        wanted.extend(["press-like".to_owned(), format!("Lay a {seat} tile on {}", lay(n))]);
    }
    wanted.extend(
        ["hear", "press", "Roll the die", "press-like", "Forward to space", "press", "End the talk", "heard"]
            .map(str::to_owned),
    );
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let told = reader(&display, data.path(), &wanted);
    for word in ["rolled", "walked forward", "drew", "talk has ended"] {
        assert!(told.contains(word), "\"{word}\" was not announced:\n{told}");
    }
}
