//! Many bad packs, made from the good one: each is refused with a fault that has a place; and whatever
//! is thrown at the reader, it answers.
#![allow(missing_docs)]

mod support;

use std::time::{Duration, Instant};

use instep_content::Pack;
use proptest::prelude::*;
use support::*;

const RON: [&str; 9] = [PACK, BOARD, PERSPECTIVES, OUTCOMES, THEMES, RULESETS, STRINGS, CARDS, POEMS];
/// Files that a pack cannot do without. (Cards and poems are needed too, but by the decks.)
const NEEDED: [&str; 8] = [PACK, BOARD, PERSPECTIVES, OUTCOMES, THEMES, RULESETS, CARDS, POEMS];

fn text(path: &str) -> String {
    String::from_utf8(good()[path].clone()).expect("UTF-8")
}

/// The text with `from` changed where it first stands outside of a remark.
fn spoil(text: &str, from: &str, to: &str) -> String {
    let mut done = false;
    let line = |line: &str| {
        let here = !done && !line.trim_start().starts_with("//") && line.contains(from);
        done |= here;
        if here { line.replacen(from, to, 1) } else { line.to_owned() }
    };
    let spoilt: Vec<String> = text.lines().map(line).collect();
    assert!(done, "there is no {from}");
    spoilt.join("\n")
}

/// Every bad pack with a name for what is wrong.
fn bad_packs() -> Vec<(String, Tree)> {
    let mut packs = Vec::new();
    let mut bad = |name: String, tree: Tree| packs.push((name, tree));
    for path in NEEDED {
        bad(format!("{path} missing"), without(path));
    }
    for path in RON {
        let text = text(path);
        let mut half = text.len() / 2;
        while !text.is_char_boundary(half) {
            half += 1;
        }
        bad(format!("{path} empty"), put(path, ""));
        bad(format!("{path} only a remark"), put(path, "// to do\n"));
        bad(format!("{path} truncated"), put(path, &text[..half]));
        bad(format!("{path} twice over"), put(path, format!("{text}{text}")));
        bad(format!("{path} not UTF-8"), put(path, [text.as_bytes(), b"\xff\xfe"].concat()));
        bad(format!("{path} zeros"), put(path, [0; 64]));
        bad(format!("{path} JSON"), put(path, r#"{"format": 1}"#));
        bad(format!("{path} a number"), put(path, "42"));
        bad(format!("{path} deep"), put(path, "(".repeat(10_000)));
        bad(format!("{path} deep and closed"), put(path, format!("{}{}", "[".repeat(64), "]".repeat(64))));
        bad(format!("{path} an unknown first line"), put(path, format!("#![enable(unwrap_newtypes)]\n{text}")));
        bad(format!("{path} without its last bracket"), put(path, text.trim_end().trim_end_matches([')', ']', '}'])));
        bad(format!("{path} with a bad escape"), put(path, spoil(&text, ": \"", ": \"\\q")));
        if path != STRINGS {
            bad(format!("{path} with an unknown field"), put(path, spoil(&text, ": ", ": 1, zzz: ")));
        }
    }
    // Every field of every file, misspelt: the first one of each name.
    for path in RON.iter().filter(|p| **p != STRINGS) {
        let text = text(path);
        let mut seen = Vec::new();
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            let Some((name, _)) = line.trim_start().split_once(": ") else { continue };
            if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !seen.contains(&name) {
                seen.push(name);
                let spoilt = line.replacen(&format!("{name}: "), &format!("{name}x: "), 1);
                bad(format!("{path} {name} misspelt"), put(path, text.replacen(line, &spoilt, 1)));
                let spoilt = line.replacen(&format!("{name}: "), &format!("{name}: -1.5e3, {name}: "), 1);
                bad(format!("{path} {name} twice"), put(path, text.replacen(line, &spoilt, 1)));
            }
        }
    }
    bad("huge".into(), put("cards/huge.ron", vec![b' '; (8 << 20) + 1]));
    bad("too many files".into(), {
        let mut tree = good();
        tree.extend((0..2_001).map(|i| (format!("cards/{i}.ron"), b"[]".to_vec())));
        tree
    });
    bad("a list of a million".into(), put(CARDS, format!("[{}]", "1,".repeat(1_000_000))));
    bad("a million lists".into(), put(CARDS, "[[],".repeat(1_000_000)));
    bad("one long name".into(), put(CARDS, "a".repeat(4 << 20)));
    bad("one long id".into(), edit(CARDS, "users-first-visit", &"a".repeat(1 << 20)));
    bad("a field twenty thousand times".into(), put(CARDS, format!("[Card({})]", "id: \"a\", ".repeat(19_999))));
    bad("twenty thousand unknown fields".into(), {
        let fields: String = (0..19_999).map(|i| format!("f{i}: 1, ")).collect();
        put(CARDS, format!("[Card({fields})]"))
    });
    bad(
        "a choice of ten thousand".into(),
        edit(CARDS, "Remove(\"users\")", &format!("Choose([{}])", "PlaceAny,".repeat(10_000))),
    );
    bad("a slip in every theme of ten thousand cards".into(), {
        let themes: String = (0..400)
            .map(|i| format!("Theme(id: \"{}{i:03}\", name: \"T\", area: \"together\"),", "t".repeat(44)))
            .collect();
        let themes = format!("Themes(areas: [Area(id: \"together\", name: \"A\")], themes: [{themes}])");
        let card = |i: usize| format!("Card(id: \"c{i}\", themes: [\"{}\", \"{}\"]),", "t".repeat(46), "s".repeat(47));
        let cards: String = (0..10_000).map(card).collect();
        then(put(THEMES, themes), CARDS, "[", &format!("[{cards}"))
    });
    bad("two packs' worth of outcomes".into(), {
        let one = text(OUTCOMES);
        let (_, list) = one.split_once('[').expect("a list");
        let list = list.trim_end().trim_end_matches(']');
        put(OUTCOMES, format!("[{}]", list.repeat(5)))
    });
    packs
}

#[test]
fn every_bad_pack_is_refused_with_a_place() {
    let packs = bad_packs();
    assert!(packs.len() >= 100, "only {} bad packs", packs.len());
    let mut slowest = (Duration::ZERO, String::new());
    let count = packs.len();
    for (name, tree) in packs {
        let start = Instant::now();
        let report = match read(tree) {
            Ok(_) => panic!("{name}: was taken for good"),
            Err(report) => report,
        };
        let first = report.errors().next().unwrap_or_else(|| panic!("{name}: refused without a fault"));
        assert!(
            first.place.line >= 1 && first.place.column >= 1 && first.place.file.starts_with('p'),
            "{name}: {first:?}"
        );
        let long = first.message.len();
        assert!((1..400).contains(&long), "{name}: a message of {long} bytes");
        let drawn = report.drawn(false).len();
        assert!((1..200_000).contains(&drawn), "{name}: {drawn} bytes drawn");
        // The aim is 100 ms in a release build on a quiet machine; this only catches what grows with a square.
        let took = start.elapsed();
        assert!(took.as_secs() < 5, "{name} took {took:?}");
        slowest = slowest.max((took, name));
    }
    println!("{count} bad packs; the slowest was \"{}\": {:?}", slowest.1, slowest.0);
}

/// Text that looks like RON more often than chance would have it.
fn ronnish() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just(": ".to_owned()),
        Just(", ".to_owned()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("Card".to_owned()),
        Just("id".to_owned()),
        Just("r#\"".to_owned()),
        Just("\"#".to_owned()),
        Just("//".to_owned()),
        Just("/*".to_owned()),
        Just("*/".to_owned()),
        Just("'".to_owned()),
        Just("#![enable(implicit_some)]\n".to_owned()),
        Just("\\u{1F600}".to_owned()),
        Just("-1_000".to_owned()),
        Just("1.5".to_owned()),
        Just("Some(".to_owned()),
        "\\PC{0,6}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_text_never_panics(text in prop_oneof![any::<String>(), ronnish()], file in 0..RON.len()) {
        let report = faults(put(RON[file], &text));
        let _ = report.drawn(false);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), file in 0..RON.len()) {
        let _ = faults(put(RON[file], &bytes)).drawn(true);
        let _ = Pack::from_pinned("p", &bytes);
    }

    #[test]
    fn mutated_packs_never_panic(file in 0..RON.len(), at in any::<prop::sample::Index>(), len in 0_usize..40, to in ronnish()) {
        let mut text = text(RON[file]);
        let mut from = at.index(text.len());
        while !text.is_char_boundary(from) { from -= 1; }
        let mut end = (from + len).min(text.len());
        while !text.is_char_boundary(end) { end += 1; }
        text.replace_range(from..end, &to);
        let report = faults(put(RON[file], &text));
        for fault in &report.faults {
            prop_assert!(fault.place.line >= 1 && fault.place.column >= 1);
        }
        let _ = report.drawn(false);
    }

    #[test]
    fn mutated_pinned_copies_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = read(good()).expect("good").0.pin();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Pack::from_pinned("p", &bytes);
        bytes.truncate(cut.index(bytes.len()));
        let _ = Pack::from_pinned("p", &bytes);
    }

    // Whatever our reader takes, the `ron` crate reads as the same values: see also tests/ron.rs.
    #[test]
    fn what_we_accept_ron_reads_alike(file in 0..RON.len(), at in any::<prop::sample::Index>(), to in ronnish()) {
        let mut text = text(RON[file]);
        let mut from = at.index(text.len());
        while !text.is_char_boundary(from) { from -= 1; }
        text.insert_str(from, &to);
        if let Ok((pack, _)) = read(put(RON[file], &text)) {
            alike::alike(&pack, &put(RON[file], &text));
        }
    }
}

#[path = "support/alike.rs"]
mod alike;
