//! Records that were damaged, cut short, or never were records.

mod common;

use std::fs::{self, File};

use common::{SMALL, Table, parts};
use instep_record::{
    EVENTS_FILE, EVENTS_MAX_BYTES, FORMAT, Fault, FaultKind, ReadError, Record, WORDS_FILE, Word, WordKind,
};
use instep_rules::players::Dice;
use instep_rules::{Ruleset, SetupParts};

fn short() -> Record {
    let begun = common::begun();
    let mut table = Table::new(SetupParts { begun, ..parts(SMALL, Ruleset::guided()) }, "guided", 2);
    for _ in 0..9 {
        table.next();
    }
    table.closed().record()
}

/// Read and checked, from bytes as a file has them.
fn check(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let record = Record::parse(text).map_err(|error| error.to_string())?;
    record.verify().map(drop).map_err(|fault| fault.to_string())
}

fn fault(text: &str) -> Fault {
    match Record::parse(text).unwrap_err() {
        ReadError::Fault(fault) => fault,
        error => panic!("{error}"),
    }
}

#[test]
fn every_byte_has_a_meaning() {
    let text = short().to_string();
    check(text.as_bytes()).unwrap();
    let mut bytes = text.clone().into_bytes();
    for at in 0..bytes.len() {
        let sound = bytes[at];
        for damaged in [sound ^ 1, sound ^ 0x20, sound ^ 0x80, b' ', b'0', b'"', b'\n', 0] {
            if damaged != sound {
                bytes[at] = damaged;
                assert!(check(&bytes).is_err(), "byte {at}: {:?} for {:?}", damaged as char, sound as char);
            }
        }
        bytes[at] = sound;
    }
}

#[test]
fn a_record_cut_short_is_no_record() {
    let text = short().to_string();
    for end in 0..text.len() {
        assert!(check(&text.as_bytes()[..end]).is_err(), "cut at byte {end}");
    }
}

#[test]
fn bytes_added_moved_or_doubled_are_found() {
    let sound = short().to_string().into_bytes();
    let mut dice = Dice::new(1);
    for _ in 0..5_000 {
        let mut bytes = sound.clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len() as u32) as usize;
            let to = (at + 1 + dice.below(200) as usize).min(bytes.len());
            match dice.below(4) {
                0 => bytes.insert(at, dice.below(256) as u8),
                1 => drop(bytes.drain(at..to)),
                2 => {
                    let piece = bytes[at..to].to_vec();
                    let into = dice.below(bytes.len() as u32) as usize;
                    bytes.splice(into..into, piece);
                }
                _ => bytes[at] = dice.below(256) as u8,
            }
        }
        assert!(bytes == sound || check(&bytes).is_err());
    }
}

#[test]
fn a_later_format_is_named() {
    let text = short().to_string();
    let later = text.replacen("instep-record/1", "instep-record/2", 1);
    match Record::parse(&later).unwrap_err() {
        ReadError::NewerFormat { format } => assert_eq!(format, "instep-record/2"),
        error => panic!("{error}"),
    }
    assert!(matches!(
        Record::parse("{\"format\":\"instep-record/12\"}").unwrap_err(),
        ReadError::Fault(_) | ReadError::NewerFormat { .. }
    ));
    let other = text.replacen(FORMAT, "instep-record/0", 1);
    assert_eq!(fault(&other).kind, FaultKind::Format);
}

#[test]
fn unknown_fields_are_refused() {
    let text = short().to_string();
    for (at, with) in [
        ("\"packs\":", "\"extra\":1,\"packs\":"),
        ("{\"commitment\":", "{\"extra\":1,\"commitment\":"),
        ("\"step\":0,", "\"step\":0,\"extra\":1,"),
        ("\"turns\":", "\"extra\":1,\"turns\":"),
        ("\"name\":\"guided\"", "\"name\":\"guided\",\"extra\":1"),
    ] {
        let fault = fault(&text.replacen(at, with, 1));
        assert_eq!(fault.kind, FaultKind::Format);
        assert!(fault.expected.contains("unknown field `extra`"), "{fault}");
    }
    // Known fields, but not this event's, or twice, or in another order.
    for with in ["\"type\":\"TalkEnded\",\"face\":1", "\"type\":\"TalkEnded\",\"type\":\"TalkEnded\""] {
        let fault = fault(&text.replacen("\"type\":\"TalkEnded\"", with, 1));
        assert!(fault.seq.is_some(), "{fault}");
    }
}

#[test]
fn a_record_laid_out_anew_is_refused() {
    let text = short().to_string();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    for other in [serde_json::to_string_pretty(&value).unwrap(), value.to_string(), text.replace('\n', "\r\n")] {
        let fault = fault(&other);
        assert_eq!(fault.kind, FaultKind::Format);
        assert!(fault.expected.contains("in line 1"), "{fault}");
    }
}

#[test]
fn what_was_never_a_record_is_refused() {
    for text in ["", "\n", "{}", "null", "[1,2", "{\"format\":\"instep-record/1\",\n", "\u{feff}{}\n"] {
        assert!(Record::parse(text).is_err(), "{text:?}");
    }
    // Deep nesting must end in a fault, and not in the stack's end.
    let deep = format!("{{\"format\":\"{FORMAT}\",\n\"pack\":{},\n", "{\"cards\":[".repeat(200_000));
    assert!(Record::parse(&deep).is_err());
}

#[test]
fn files_are_read_with_a_limit() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(EVENTS_FILE);
    File::create(&path).unwrap().set_len(EVENTS_MAX_BYTES + 1).unwrap();
    assert!(matches!(Record::read(dir.path()).unwrap_err(), ReadError::TooLarge { .. }));
    let mut bytes = short().to_string().into_bytes();
    bytes[200] = 0xFF;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(Record::read(&path).unwrap_err(), ReadError::NotUtf8 { valid_bytes: 200 }));
    fs::remove_file(&path).unwrap();
    let error = Record::read(dir.path()).unwrap_err();
    assert!(matches!(&error, ReadError::Io { .. }));
    assert!(error.to_string().contains(EVENTS_FILE), "{error}");
}

#[test]
fn a_record_is_written_whole_and_read_back() {
    let word = |id, kind, seat: Option<&str>, text: Option<&str>| Word {
        id,
        kind,
        seat: seat.map(Into::into),
        text: text.map(Into::into),
    };
    let words = vec![
        word(1, WordKind::Step, Some("staff"), Some("Ask \"her\" first.\nThen write.")),
        word(2, WordKind::Note, None, None),
        word(3, WordKind::Reason, Some("users"), Some("道")),
        word(4, WordKind::TeamName, Some("managers"), Some("Top floor")),
    ];
    let dir = tempfile::tempdir().unwrap();
    let inner = dir.path().join("a").join("record");
    let record = short().with_words(words);
    record.write(&inner).unwrap();
    assert_eq!(Record::read(&inner).unwrap(), record);
    assert_eq!(fs::read_to_string(inner.join(EVENTS_FILE)).unwrap(), record.to_string());
    let text = fs::read_to_string(inner.join(WORDS_FILE)).unwrap();
    assert!(
        text.starts_with("{\"format\":\"instep-words/1\",\"words\":[\n{\"id\":1,\"kind\":\"step\",\"seat\":\"staff\",")
    );
    assert!(text.contains("{\"id\":4,\"kind\":\"team_name\",\"seat\":\"managers\",\"text\":\"Top floor\"}"), "{text}");
    // Again, over what is there; and nothing else is left behind.
    record.write(&inner).unwrap();
    assert_eq!(fs::read_dir(&inner).unwrap().count(), 2);

    // Words can be erased, all of them, and the events still hold.
    fs::remove_file(inner.join(WORDS_FILE)).unwrap();
    let read = Record::read(&inner).unwrap();
    assert!(read.words.is_empty());
    read.verify().unwrap();
    fs::write(inner.join(WORDS_FILE), "{\"format\":\"instep-words/2\",\"words\":[]}").unwrap();
    assert!(matches!(Record::read(&inner).unwrap_err(), ReadError::Fault(_)));
}

#[test]
fn a_folder_that_cant_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let error = short().write(&file).unwrap_err();
    assert_eq!(error.path, file);
    assert!(error.to_string().contains("can't be written"), "{error}");
}
