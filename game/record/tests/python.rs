//! The stand-alone checker in `docs/check_record.py` says what this crate says.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{BASE, LARGE, SMALL, Table, begun, parts, rulesets};
use instep_record::{Chain, EVENTS_FILE, Ids, Record};
use instep_rules::{Event, Ruleset, SetupParts};

/// Checks many files in one process: a line of `0` or `1` and the first line of what it says for each.
const MANY: &str = "
import sys
sys.path.insert(0, sys.argv[1])
import check_record as c
for path in sys.argv[2:]:
    try:
        print(0, c.check(open(path, 'rb').read().decode('utf-8')))
    except (c.Fault, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        print(1, str(error).split(chr(10))[0])
";

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn python_is_missing() -> bool {
    let missing = Command::new("python3").arg("--version").output().is_err();
    if missing {
        println!("skipped: there is no python3 here");
    }
    missing
}

/// Whether each text is sound, in the checker's view.
fn sound(texts: &[Vec<u8>]) -> Vec<(bool, String)> {
    let dir = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (0..texts.len()).map(|n| dir.path().join(format!("{n}.json"))).collect();
    for (path, text) in paths.iter().zip(texts) {
        std::fs::write(path, text).unwrap();
    }
    let mut said = Vec::new();
    for paths in paths.chunks(500) {
        let output =
            Command::new("python3").args(["-B", "-X", "utf8", "-c", MANY]).arg(docs()).args(paths).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        said.extend(lines.lines().map(|line| (line.starts_with('0'), line[2..].to_owned())));
    }
    assert_eq!(said.len(), texts.len());
    said
}

#[test]
fn honest_records_are_sound() {
    if python_is_missing() {
        return;
    }
    let mut tables = vec![common::with_odd_ids(1).wild(100).closed()];
    for (name, ruleset) in rulesets() {
        for seed in 0..4 {
            let begun = if seed == 3 { begun() } else { Default::default() };
            for size in [SMALL, LARGE] {
                let setup = || SetupParts { begun, ..parts(size, ruleset) };
                tables.push(Table::new(setup(), name, seed).wild(150).closed());
                tables.push(Table::new(setup(), name, seed + 50).wild(60));
            }
        }
        tables.push(Table::new(parts(BASE, ruleset), name, 1).played(800));
    }
    let texts: Vec<Vec<u8>> = tables.iter().map(|table| table.record().to_string().into_bytes()).collect();
    for (table, (sound, said)) in tables.iter().zip(sound(&texts)) {
        assert!(sound, "{said}");
        let verified = table.record().verify().unwrap();
        assert_eq!(said, verified.to_string());
    }
}

#[test]
fn damaged_records_are_not() {
    if python_is_missing() {
        return;
    }
    let mut table = Table::of(SMALL, Ruleset::guided(), 2);
    for _ in 0..12 {
        table.next();
    }
    let text = table.closed().record().to_string().into_bytes();
    let flipped = |at: usize| {
        let mut bytes = text.clone();
        bytes[at] ^= 1;
        bytes
    };
    let mut texts: Vec<Vec<u8>> = (0..text.len()).step_by(5).map(flipped).collect();
    texts.extend((0..text.len()).step_by(37).map(|end| text[..end].to_vec()));
    for (n, (sound, said)) in sound(&texts).into_iter().enumerate() {
        assert!(!sound, "text {n}: {said}");
    }
}

#[test]
fn forged_records_are_judged_alike() {
    if python_is_missing() {
        return;
    }
    let mut records = Vec::new();
    for (name, ruleset) in rulesets() {
        for table in [Table::new(parts(SMALL, ruleset), name, 8).wild(30), {
            Table::new(parts(SMALL, ruleset), name, 9).wild(30).closed()
        }] {
            let honest = table.record();
            for at in 0..honest.events.len() {
                for other in honest.events.iter().skip(at % 7).step_by(7) {
                    let mut record = honest.clone();
                    record.events[at].entry.event = other.entry.event;
                    if let Event::SeatTaken { seat } | Event::SeatLeft { seat } = other.entry.event {
                        record.events[at].entry.seat = Some(seat);
                    }
                    records.push(mended(record));
                }
                // As many words as no draw, or a draw of another size, can take.
                for taken in [0, 2, 3] {
                    let mut record = honest.clone();
                    if let Event::DieRolled { words, .. } | Event::CardDrawn { words, .. } =
                        &mut record.events[at].entry.event
                    {
                        *words = taken;
                        records.push(mended(record));
                    }
                }
            }
        }
    }
    let texts: Vec<Vec<u8>> = records.iter().map(|record| record.to_string().into_bytes()).collect();
    for ((sound, said), text) in sound(&texts).into_iter().zip(texts) {
        let text = String::from_utf8(text).unwrap();
        let judged =
            Record::parse(&text).map_err(|e| e.to_string()).and_then(|r| r.verify().map_err(|e| e.to_string()));
        assert_eq!(sound, judged.is_ok(), "the checker: {said}\nthis crate: {judged:?}\n{text}");
    }
}

fn mended(mut record: Record) -> Record {
    let ids = Ids::new(&record.header).unwrap();
    let mut chain = Chain::start(&record.header);
    for stored in &mut record.events {
        stored.prev = *chain.last();
        stored.hash = chain.push(&ids, &stored.entry, &mut String::new());
    }
    record
}

#[test]
fn the_exit_code_says_what_is_wrong() {
    if python_is_missing() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&std::ffi::OsStr]| {
        let script = docs().join("check_record.py");
        let output = Command::new("python3").args(["-B", "-X", "utf8"]).arg(script).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let record = Table::of(SMALL, Ruleset::classic(), 3).played(50).record();
    record.write(dir.path()).unwrap();
    assert_eq!(run(&[dir.path().as_os_str()]).0, Some(0));
    let path = dir.path().join(EVENTS_FILE);
    let text = record.to_string().replacen("\"face\":", "\"face\":1", 1);
    std::fs::write(&path, text).unwrap();
    let (code, said) = run(&[path.as_os_str()]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("event ") && said.contains("expected: ") && said.contains("there is: "), "{said}");
    assert_eq!(run(&[]).0, Some(2));
    assert_eq!(run(&[dir.path().join("none").as_os_str()]).0, Some(3));
}
