//! A small good pack in memory, and ways to spoil it.
#![allow(dead_code, missing_docs, unreachable_pub)] // each test file uses its part

use std::collections::BTreeMap;

use instep_content::{Files, Pack, Report};

pub type Tree = BTreeMap<String, Vec<u8>>;

pub const PACK: &str = "pack.ron";
pub const BOARD: &str = "board.ron";
pub const PERSPECTIVES: &str = "perspectives.ron";
pub const OUTCOMES: &str = "outcomes.ron";
pub const THEMES: &str = "themes.ron";
pub const RULESETS: &str = "rulesets.ron";
pub const STRINGS: &str = "strings.ron";
pub const CARDS: &str = "cards/cards.ron";
pub const POEMS: &str = "poems/poems.ron";

/// The pack that `instep-pack new` makes.
pub fn good() -> Tree {
    macro_rules! files {
        ($($path:literal)+) => { [$(($path, include_str!(concat!("../../template/", $path)))),+] };
    }
    let files = files!("pack.ron" "board.ron" "perspectives.ron" "outcomes.ron" "themes.ron" "rulesets.ron" "strings.ron"
        "guide.md" "cards/cards.ron" "poems/poems.ron");
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// The good pack with the first `from` of a file changed into `to`.
pub fn edit(path: &str, from: &str, to: &str) -> Tree {
    then(good(), path, from, to)
}

/// Another change.
pub fn then(mut tree: Tree, path: &str, from: &str, to: &str) -> Tree {
    let text = String::from_utf8(tree[path].clone()).expect("the good pack is UTF-8");
    assert!(text.contains(from), "{path} has no {from:?}");
    tree.insert(path.into(), text.replacen(from, to, 1).into_bytes());
    tree
}

/// The good pack with a file put in or replaced.
pub fn put(path: &str, bytes: impl AsRef<[u8]>) -> Tree {
    let mut tree = good();
    tree.insert(path.into(), bytes.as_ref().to_vec());
    tree
}

pub fn without(path: &str) -> Tree {
    let mut tree = good();
    tree.remove(path);
    tree
}

pub fn read(tree: Tree) -> Result<(Pack, Report), Report> {
    Files::from_memory("p", tree).and_then(Pack::read)
}

/// All faults and remarks of a pack, one line each: `place code`.
pub fn faults(tree: Tree) -> Report {
    match read(tree) {
        Ok((_, report)) | Err(report) => report,
    }
}

/// Checks that a pack has exactly these faults, in this order: each `file:line:column code`, and after
/// ` | ` a part of what is said about it.
#[track_caller]
pub fn check(tree: Tree, expect: &[&str]) {
    let report = faults(tree);
    let got: Vec<String> = report
        .faults
        .iter()
        .map(|f| {
            let place = f.place.to_string();
            let also = f.also.as_ref().map(|p| format!(" See {p}.")).unwrap_or_default();
            let help = f.help.as_deref().unwrap_or_default();
            format!("{} {} | {} {help}{also}", place.trim_start_matches("p/"), f.code.id(), f.message)
        })
        .collect();
    let same = got.len() == expect.len()
        && got.iter().zip(expect).all(|(got, want)| match want.split_once(" | ") {
            Some((head, part)) => got.starts_with(&format!("{head} | ")) && got.contains(part),
            None => got.starts_with(&format!("{want} | ")),
        });
    assert!(same, "expected\n  {}\ngot\n  {}\n", expect.join("\n  "), got.join("\n  "));
}
