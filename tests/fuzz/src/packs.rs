//! Packs of files that nobody vouches for, and pinned copies of them.

use std::sync::Arc;

use instep_content::limits::FAULTS_MAX;
use instep_content::{Files, Options, Pack, Packs, Report};

use crate::{Target, small};

pub(crate) const TARGET: Target = Target {
    name: "packs",
    run,
    seeds,
    words: &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ": ",
        ",",
        "Some(",
        "None",
        "r#\"",
        "\"#",
        "\\u{",
        "//",
        "/*",
        "*/",
        "true",
        "-1",
        "1e9",
        "format:",
        "id:",
        "name:",
        "cards:",
        "voice:",
        "text:",
        "instruction:",
        "Choose([",
        "Place(\"",
        "Remove(\"",
        "PlaceAny",
        "TalkOnly",
        "themes:",
        "picture:",
        "<svg",
        "</svg>",
        "viewBox=\"",
        "<!DOCTYPE",
        "<!ENTITY",
        "xlink:href=\"",
    ],
    bytes_max: 16 * 1024,
    tries: 2_000,
    memory_max: 16 << 20,
};

/// A picture beside the pack's own files.
const PICTURE: &str = "pictures/a.svg";
const PHOTOGRAPH: &str = "pictures/a.png";

/// The first byte says which file it is whose bytes follow, or that they are a pinned copy.
fn run(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let names: Vec<&str> = small::FILES.iter().map(|(path, _)| *path).chain([PICTURE, PHOTOGRAPH]).collect();
    let files = match names.get(usize::from(*which) % (names.len() + 1)) {
        None => Files::from_pinned("copy", bytes),
        Some(path) => {
            let others = small::FILES.iter().filter(|(other, _)| other != path);
            let others = others.map(|(path, text)| (*path, text.as_bytes()));
            Files::from_memory("pack", others.chain([(*path, bytes)]))
        }
    };
    match files.and_then(Pack::read) {
        Ok((pack, remarks)) => {
            told(&remarks);
            good(pack);
        }
        Err(report) => {
            assert!(!report.is_playable(), "a pack is refused for a fault");
            told(&report);
        }
    }
}

/// Everything that is said of a pack can be shown, and has an end.
fn told(report: &Report) {
    assert!(report.faults.len() <= FAULTS_MAX + 1, "{} faults are too many to read", report.faults.len());
    for fault in &report.faults {
        assert!(!fault.place.file.is_empty() && !fault.message.is_empty());
        assert!(fault.message.len() < 4_096, "a sentence, not {} bytes", fault.message.len());
    }
    let _ = report.to_string();
}

fn good(pack: Pack) {
    let copy = pack.pin();
    let again = Pack::from_pinned("copy", &copy).expect("a good pack's copy is good");
    assert_eq!(again.hash, pack.hash);
    let packs = Packs::combine(vec![Arc::new(pack)]).expect("one pack goes with itself");
    if let Ok(table) = packs.setup(&Options::default()) {
        for card in &table.cards {
            assert!(packs.item(*card).is_some(), "a card of the table is in its packs");
        }
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let files = small::FILES.iter().zip(0_u8..);
    let mut seeds: Vec<Vec<u8>> = files.map(|((_, text), n)| [&[n], text.as_bytes()].concat()).collect();
    let count = seeds.len() as u8;
    let svg =
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z" fill="#123456"/></svg>"##;
    seeds.push([&[count], svg.as_bytes()].concat());
    let png = *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0";
    seeds.push([&[count + 1][..], &png].concat());
    seeds.push([&[count + 2][..], &small::PACKS.first().pin()].concat());
    seeds.retain(|seed| seed.len() <= TARGET.bytes_max);
    seeds
}
