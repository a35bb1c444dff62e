//! What `docs/record.md` says is so: its worked example, its numbers, its list of events and settings.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use common::{SMALL, Table, begun, parts, rulesets};
use instep_record::{
    Chain, Header, Ids, Names, PackRef, Record, event_name, from_hex, salt_for, seed_from_text, to_hex,
};
use instep_rules::{
    Action, CardRules, Chance, Choices, Command, Deck, Game, Instruction, Outcome, OutcomeSet, Perspective, Ruleset,
    Salt, Seed, Setup, SetupParts, Space, Stream, Tile, Who, commitment, decide,
};
use sha2::{Digest, Sha256};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.md");
    std::fs::read_to_string(path).unwrap()
}

/// The fenced blocks of a language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("\n```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| Some(&rest[..=rest.find("\n```")?])).collect()
}

fn secrets() -> (Seed, Salt) {
    (Seed(std::array::from_fn(|n| n as u8)), Salt(std::array::from_fn(|n| n as u8 + 0x20)))
}

/// The worked example: one turn on a path that an earlier session left with one tile missing.
fn example() -> (Record, Game) {
    use Perspective::{First, Fourth, Second, Third};
    let [users, providers, staff, managers] = [First, Second, Third, Fourth].map(Space::Footprint);
    let poem = Space::PoetsCorner;
    let choice: Choices = [Action::Remove(Third), Action::TalkOnly].into_iter().collect();
    let card = |deck, instruction| CardRules { deck, instruction };
    let setup = Setup::new(SetupParts {
        board: vec![poem, users, staff, managers, providers, users, poem, staff, users, managers, providers, staff],
        cards: vec![
            card(Deck::Of(First), Instruction::Do(Action::Place(First))),
            card(Deck::Of(Second), Instruction::Do(Action::TalkOnly)),
            card(Deck::Of(Third), Instruction::Choose(choice)),
            card(Deck::Of(Third), Instruction::Do(Action::Place(Third))),
            card(Deck::Of(Fourth), Instruction::Do(Action::RemoveAny)),
            card(Deck::Poems, Instruction::Do(Action::PlaceAny)),
        ],
        outcomes: 2,
        in_play: OutcomeSet::first(1),
        ruleset: Ruleset::classic(),
        begun: [First, Second, Fourth].map(|colour| Tile::new(colour, Outcome(0))).into_iter().collect(),
    })
    .unwrap();
    let names = Names {
        perspectives: ["users", "providers", "staff", "managers"].map(Into::into),
        outcomes: ["dignity", "choice"].map(Into::into).to_vec(),
        cards: ["knocking", "budget", "agency", "key", "report", "window"].map(Into::into).to_vec(),
    };
    let pack = PackRef { id: "example".into(), version: "1.0.0".into(), hash: to_hex(&Sha256::digest(b"example")) };
    let header = Header::new(vec![pack], names, &setup, "classic").unwrap();
    let (seed, salt) = secrets();
    let setup = Arc::new(setup);
    let mut game = Game::new(setup.clone());
    game.apply(&setup.opening(commitment(&seed, &salt)));
    for (who, command) in [
        (Who::seat(First), Command::Roll),
        (Who::seat(First), Command::EndTalk),
        (Who::seat(First), Command::Place(Third, Outcome(0))),
        (Who::FACILITATOR, Command::Close),
    ] {
        let mut stream = Stream::new(&seed, game.state().words());
        game.apply(&decide(&setup, game.state(), who, command, &mut stream).unwrap());
    }
    (Record::new(header, &game, Some((seed, salt))).unwrap(), game)
}

#[test]
fn the_worked_example_is_a_record() {
    let page = page();
    let blocks = blocks(&page, "json");
    let shown = blocks.iter().find(|block| block.starts_with("{\"format\":\"instep-record")).unwrap();
    assert_eq!(*shown, example().0.to_string());
    Record::parse(shown).unwrap().verify().unwrap();
}

#[test]
fn its_numbers_are_right() {
    let page = page();
    let mut told: BTreeMap<&str, &str> = blocks(&page, "text")
        .iter()
        .flat_map(|block| block.lines())
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let mut is = |name: &str, value: String| {
        let told = told.remove(name).unwrap_or_else(|| panic!("the page lacks {name} = {value}"));
        assert_eq!(told, value, "{name}");
    };
    let (record, game) = example();
    let (seed, salt) = secrets();
    is("seed", to_hex(&seed.0));
    is("salt", to_hex(&salt.0));
    is("commitment", to_hex(&commitment(&seed, &salt).0));
    // A draw in 0..2³²−1 is the word itself, unless that is 2³²−1.
    let mut stream = Stream::new(&seed, 0);
    let words = [(); 4].map(|()| stream.below(u32::MAX).value);
    is("words 0 to 3", words.map(|word| format!("{word:08x}")).join(" "));
    is("word 0 modulo 6", (words[0] % 6).to_string());
    is("word 1 modulo 2", (words[1] % 2).to_string());
    is("prev of event 1", to_hex(Chain::start(&record.header).last()));
    is("hash of event 1", to_hex(&record.events[0].hash));
    is("seed of the text 7", to_hex(&seed_from_text("7").unwrap().0));
    is("its salt", to_hex(&salt_for(&seed_from_text("7").unwrap()).0));
    is("state hash", to_hex(&game.state().hash(game.setup())));
    let mut bytes = Vec::new();
    for part in ["name", "in play", "path", "counters", "seat", "phase", "turns", "flags", "held", "settings"]
        .iter()
        .chain(["talk timer", "undrawn", "aside"].iter())
    {
        let digits = told.remove(format!("state {part}").as_str()).unwrap_or_else(|| panic!("state {part} is missing"));
        for two in digits.replace(' ', "").as_bytes().chunks(2) {
            bytes.extend(from_hex::<1>(std::str::from_utf8(two).unwrap()).unwrap());
        }
    }
    assert_eq!(Sha256::digest(&bytes)[..16], game.state().hash(game.setup()));
    assert!(told.is_empty(), "nothing checks {told:?}");
}

#[test]
fn every_event_and_every_field_is_listed() {
    let page = page();
    let mut seen = BTreeMap::new();
    for (name, ruleset) in rulesets() {
        for seed in 0..20 {
            let begun = if seed % 4 == 0 { begun() } else { Default::default() };
            let table = Table::new(SetupParts { begun, ..parts(SMALL, ruleset) }, name, seed).wild(150).closed();
            let ids = Ids::new(&table.header).unwrap();
            for entry in table.game.log() {
                seen.insert(event_name(&entry.event), ids.event_text(&entry.event));
            }
        }
    }
    assert_eq!(seen.len(), 27);
    for (name, text) in seen {
        let start = format!("| `{name}` |");
        let rows: Vec<_> = page.lines().filter(|line| line.starts_with(&start)).collect();
        assert_eq!(rows.len(), 1, "{name} has a row of its own");
        let told: Vec<_> = rows[0].split('|').nth(2).unwrap().split('`').skip(1).step_by(2).collect();
        let event: serde_json::Value = serde_json::from_str(&text).unwrap();
        // The row has the fields in the order in which they are written.
        let field = |name: &str| text.find(&format!("\"{name}\":"));
        assert!(told.iter().all(|name| field(name).is_some()), "{name}: {told:?} {text}");
        assert!(told.is_sorted_by_key(|name| field(name)), "{name}: {told:?} {text}");
        assert_eq!(told.len(), event.as_object().unwrap().len() - 1, "{name}: {told:?} {text}");
    }
}

#[test]
fn every_setting_and_every_value_is_listed() {
    let page = page();
    let (header, _) = common::header(parts(SMALL, Ruleset::guided()), "guided");
    let ruleset = serde_json::to_value(&header.ruleset).unwrap();
    for setting in ruleset.as_object().unwrap().keys().filter(|name| *name != "name") {
        assert!(page.contains(&format!("| `{setting}` |")), "{setting}");
    }
    for (_, ruleset) in rulesets() {
        let settings = serde_json::to_value(instep_record::Settings::new("", &ruleset)).unwrap();
        for (name, value) in settings.as_object().unwrap() {
            if let Some(id) = value.as_str().filter(|_| name != "name") {
                let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap();
                assert!(row.contains(&format!("`{id}`")), "{name}: {id}");
            }
        }
    }
}

#[test]
fn the_stand_alone_checker_is_short_and_agrees_about_the_example() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/");
    let script = std::fs::read_to_string(format!("{docs}check_record.py")).unwrap();
    assert!(script.lines().count() < 400);
    let dir = tempfile::tempdir().unwrap();
    example().0.write(dir.path()).unwrap();
    match std::process::Command::new("python3")
        .args(["-B", "-X", "utf8", &format!("{docs}check_record.py")])
        .arg(dir.path())
        .output()
    {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => println!("skipped: there is no python3 here"),
    }
}
