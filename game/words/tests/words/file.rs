//! `en-GB.ftl` against the code that asks for its messages, and against the game's way of speaking.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub(crate) const ENGLISH: &str = include_str!("../../../../assets/lang/en-GB.ftl");

/// Messages of the window's own, which `game/ui` asks for and checks.
const OTHERS: [&str; 1] = ["ui-"];

/// What a translation says of itself; nobody asks for it by this name.
const OF_THE_FILE: [&str; 2] = ["language-tag", "language-name"];

/// Each message's id, with its value and attributes as one text.
fn messages() -> BTreeMap<String, String> {
    let mut found = BTreeMap::<String, String>::new();
    let mut last = String::new();
    for line in ENGLISH.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.split_once(" = ").or_else(|| line.split_once(" =")) {
            Some((id, value)) if !line.starts_with(' ') => {
                id.clone_into(&mut last);
                assert!(found.insert(last.clone(), value.to_owned()).is_none(), "{id} is there twice");
            }
            _ => {
                let text = found.get_mut(&last).expect("a message begins at the margin");
                text.push('\n');
                text.push_str(line.trim());
            }
        }
    }
    found
}

fn variables(text: &str) -> BTreeSet<String> {
    let name =
        |rest: &str| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().map(str::to_owned);
    text.split('$').skip(1).filter_map(name).collect()
}

/// What people read of a message: no variables, no functions, no keys of variants.
fn read(text: &str) -> String {
    let mut words = String::new();
    for line in text.lines() {
        let line = line.trim_start();
        let line =
            if line.starts_with(['[', '*']) { line.split_once(']').map_or(line, |(_, rest)| rest) } else { line };
        let mut depth = 0_usize;
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                c if depth == 0 => words.push(c),
                _ => {}
            }
        }
        words.push(' ');
    }
    words
}

fn root() -> PathBuf {
    // Asked when the test runs: checkouts that share a target folder may share this program.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).join("../..")
}

/// The Rust files below a folder of the repository.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        // What only tests ask for, nobody ever reads.
        if path.is_dir() && !["target", "tests"].contains(&name) && !name.starts_with('.') {
            sources(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

fn texts(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| sources(&root().join(folder), &mut found));
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(&path).expect("text"))).collect()
}

/// The calls of `tell!` in a file: the id, and the names of what is passed.
fn told(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut calls = Vec::new();
    for call in text.split("tell!(").skip(1) {
        let mut depth = 1;
        let (mut string, mut name, mut id) = (None::<String>, String::new(), None);
        let mut names = BTreeSet::new();
        for c in call.chars() {
            match (&mut string, c) {
                (Some(text), '"') => {
                    id.get_or_insert_with(|| text.clone());
                    string = None;
                }
                (Some(text), c) => text.push(c),
                (None, '"') => string = Some(String::new()),
                (None, '(') => depth += 1,
                (None, ')') => depth -= 1,
                (None, '=') if depth == 1 && id.is_some() => {
                    names.insert(std::mem::take(&mut name).trim().to_owned());
                }
                (None, ',') => name.clear(),
                (None, c) => name.push(c),
            }
            if depth == 0 {
                break;
            }
        }
        calls.extend(id.map(|id| (id, names)));
    }
    calls
}

#[test]
fn what_the_code_asks_for_is_there_with_the_same_variables() {
    let messages = messages();
    let mut calls = 0;
    for (path, text) in texts(&["game/words/src"]) {
        // There the macro is explained.
        if path.ends_with("lib.rs") {
            continue;
        }
        for (id, names) in told(&text) {
            let Some(message) = messages.get(&id) else { panic!("{}: there is no message {id}", path.display()) };
            assert_eq!(names, variables(message), "{}: the variables of {id}", path.display());
            calls += 1;
        }
    }
    assert!(calls > 150, "{calls} calls were found");
}

#[test]
fn calls_are_read_as_they_are_written() {
    let text = r#"tell!(language, "a-b", who = &f(x, "y"), n = if a == b { 1 } else { 2 }); tell!(l, "c");"#;
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
    let found = told(text);
    assert_eq!(found[1], ("c".to_owned(), names(&[])));
    assert_eq!(found[0].0, "a-b");
    assert!(found[0].1.contains("who") && found[0].1.contains("n"));
    assert_eq!(variables("{ $a ->\n [one] { AN($b-c) } x\n }"), names(&["a", "b-c"]));
}

#[test]
fn what_is_there_is_asked_for() {
    let texts = texts(&["game", "server", "content"]);
    let asked = |id: &str| {
        let quoted = [format!("\"{id}\""), format!("\"{id}.")];
        texts.iter().any(|(_, text)| quoted.iter().any(|q| text.contains(q.as_str())))
    };
    let others = |id: &str| OTHERS.iter().any(|prefix| id.starts_with(prefix)) || OF_THE_FILE.contains(&id);
    let idle: Vec<String> = messages().into_keys().filter(|id| !others(id) && !asked(id)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

#[test]
fn the_terminal_asks_for_what_is_there() {
    let messages = messages();
    for (path, text) in texts(&["game/client/src"]) {
        for kind in ["terminal", "online"] {
            for id in text.split(&format!("\"{kind}-")).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(messages.contains_key(&format!("{kind}-{id}")), "{}: {kind}-{id}", path.display());
            }
        }
    }
}

#[test]
fn the_game_speaks_as_it_should() {
    // Words of programs; and "skip", "block", "add", "remove", for which people see others (rules.md).
    let avoided = [
        "block", "blocks", "blocked", "skip", "skips", "skipped", "add", "adds", "added", "remove", "removes",
        "removed", "user", "users", "invalid", "error", "errors", "please", "click", "failed",
    ];
    for (id, message) in messages() {
        let text = read(&message).to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        let found: Vec<&str> = avoided.into_iter().filter(|word| words.contains(word)).collect();
        assert!(found.is_empty(), "{id} says {found:?}: {message}");
    }
}

#[test]
fn plurals_name_the_other_case_and_no_sentence_is_long() {
    for (id, message) in messages() {
        let selectors = message.matches("->").count();
        assert_eq!(selectors, message.matches("*[").count(), "{id}: each choice has its usual case");
        for line in read(&message).split(['.', '!', '?', ';', ':']) {
            let words = line.split_whitespace().count();
            assert!(words <= 30, "{id} has a sentence of {words} words: {line}");
        }
    }
}
