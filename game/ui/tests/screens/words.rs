//! The window's messages in `en-GB.ftl` against the sources that ask for them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ENGLISH: &str = include_str!("../../../../assets/lang/en-GB.ftl");

/// Each message's id, with its value.
fn messages() -> BTreeMap<String, String> {
    let mut found = BTreeMap::<String, String>::new();
    let mut last = String::new();
    for line in ENGLISH.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.split_once(" =") {
            Some((id, value)) if !line.starts_with(' ') && !id.contains(['{', ' ']) => {
                id.clone_into(&mut last);
                assert!(found.insert(last.clone(), value.to_owned()).is_none(), "{id} is there twice");
            }
            _ => found.get_mut(&last).expect("a message begins at the margin").push_str(line),
        }
    }
    found
}

fn variables(text: &str) -> BTreeSet<String> {
    let name =
        |rest: &str| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().map(str::to_owned);
    text.split('$').skip(1).filter_map(name).collect()
}

fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}

/// The sources of the screens, or of a crate beside this one.
fn texts(folder: &str) -> Vec<(PathBuf, String)> {
    // Asked when the test runs: checkouts that share a target folder may share this program.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut found = Vec::new();
    sources(&Path::new(&package).join(folder), &mut found);
    found
}

/// Every "ui-…" that stands in quotes.
fn quoted(text: &str) -> Vec<String> {
    let ids = text.split("\"ui-").skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| !id.contains(' ')).map(|id| format!("ui-{id}")).collect()
}

/// The calls of `words!` in a file: the id, and the names of what is passed.
fn told(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut calls = Vec::new();
    for call in text.split("words!(").skip(1) {
        let (mut depth, mut string, mut name, mut id) = (1, None::<String>, String::new(), None);
        let mut names = BTreeSet::new();
        for c in call.chars() {
            match (&mut string, c) {
                (Some(text), '"') => {
                    id.get_or_insert_with(|| text.clone());
                    string = None;
                }
                (Some(text), c) => text.push(c),
                (None, '"') => string = Some(String::new()),
                (None, '(' | '[' | '{') => depth += 1,
                (None, ')' | ']' | '}') => depth -= 1,
                (None, '=') if depth == 1 && id.is_some() => {
                    // What is compared in a value is no name.
                    let before = std::mem::take(&mut name).trim().to_owned();
                    if !before.is_empty() && before.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
                        names.insert(before);
                    }
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

/// The calls of `language.with("id", &[("name", …), …])`.
fn with(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let calls = text.split(".with(\"").skip(1).filter_map(|call| call.split_once('"'));
    calls
        .map(|(id, rest)| {
            let list = rest.split("])").next().unwrap_or_default();
            (id.to_owned(), list.split("(\"").skip(1).filter_map(|n| n.split('"').next()).map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn what_the_screens_ask_for_is_there() {
    let messages = messages();
    let mut count = 0;
    for (path, text) in texts("src") {
        for id in quoted(&text) {
            assert!(messages.contains_key(&id), "{}: there is no message {id}", path.display());
            count += 1;
        }
    }
    assert!(count > 200, "{count} were found");
}

#[test]
fn what_is_there_is_asked_for() {
    let asked: BTreeSet<String> =
        texts("src").into_iter().chain(texts("../client/src")).flat_map(|(_, text)| quoted(&text)).collect();
    let idle: Vec<String> = messages().into_keys().filter(|id| id.starts_with("ui-") && !asked.contains(id)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

#[test]
fn messages_are_given_what_they_name() {
    let messages = messages();
    let mut faults = Vec::new();
    for (path, text) in texts("src") {
        let mut given = BTreeMap::<String, usize>::new();
        let calls = told(&text).into_iter().chain(with(&text)).filter(|(id, _)| id.starts_with("ui-"));
        for (id, names) in calls {
            let wanted = messages.get(&id).map(|m| variables(m)).unwrap_or_default();
            if names != wanted {
                faults.push(format!("{}: {id} is given {names:?}, and wants {wanted:?}", path.display()));
            }
            *given.entry(id).or_default() += 1;
        }
        // An id that stands in quotes elsewhere is asked for without anything.
        for id in quoted(&text).into_iter().filter(|id| messages.get(id).is_some_and(|m| m.contains('$'))) {
            match given.get_mut(&id) {
                Some(left) if *left > 0 => *left -= 1,
                _ => faults.push(format!("{}: {id} is given nothing", path.display())),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn calls_are_read_as_they_are_written() {
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
    let text = r#"words!(look, "ui-a", who = &f(x, "y"), n = if a == b { 1 } else { 2 }); words!(l, "ui-c"); t.with("ui-d", &[("e", f("g"))])"#;
    assert_eq!(told(text), [("ui-a".to_owned(), names(&["who", "n"])), ("ui-c".to_owned(), names(&[]))]);
    assert_eq!(with(text)[0].0, "ui-d");
    assert_eq!(quoted(text), ["ui-a", "ui-c", "ui-d"]);
}
