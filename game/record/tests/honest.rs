//! Records of games that were played by the rules.

mod common;

use std::collections::BTreeSet;

use common::{BASE, LARGE, SMALL, Table, begun, header, parts, rulesets};
use instep_record::{ChanceCheck, FaultKind, Record, StoredCommand, event_name, verify_parts};
use instep_rules::{Command, Ruleset, SetupParts, Who};

/// Written, read, and checked.
fn holds(table: &Table, chance: ChanceCheck) -> Record {
    let record = table.record();
    let read = Record::parse(&record.to_string()).unwrap();
    assert_eq!(read, record);
    let verified = read.verify().unwrap();
    assert_eq!(verified.events as usize, table.game.log().len());
    assert_eq!(verified.steps, table.game.state().steps());
    assert_eq!(verified.chance, chance);
    assert_eq!(verified.game.state(), table.game.state());
    assert_eq!(verified.hash, record.events.last().unwrap().hash);
    read
}

#[test]
fn every_ruleset_verifies_with_the_seed_and_without() {
    for size in [SMALL, BASE, LARGE] {
        for (name, ruleset) in rulesets() {
            for seed in 0..5 {
                let open = Table::new(parts(size, ruleset), name, seed).wild(40);
                assert_eq!(open.record().secrets(), None, "an open game's seed is nobody's business");
                holds(&open, ChanceCheck::PossibleOnly);
                holds(&open.closed(), ChanceCheck::FromTheSeed);
                let played = Table::new(parts(size, ruleset), name, seed).played(600);
                holds(&played, ChanceCheck::FromTheSeed);
            }
        }
    }
}

#[test]
fn every_kind_of_event_goes_through_a_record() {
    let mut seen = BTreeSet::new();
    for (name, ruleset) in rulesets() {
        for seed in 100..140 {
            let begun = if seed % 4 == 0 { begun() } else { Default::default() };
            let table = Table::new(SetupParts { begun, ..parts(SMALL, ruleset) }, name, seed).wild(150).closed();
            holds(&table, ChanceCheck::FromTheSeed);
            seen.extend(table.game.log().iter().map(|entry| event_name(&entry.event)));
        }
    }
    assert_eq!(seen.len(), 27, "{seen:?}");
}

#[test]
fn the_same_game_gives_the_same_bytes() {
    let text = || Table::of(BASE, Ruleset::guided(), 7).wild(200).closed().record().to_string();
    assert_eq!(text(), text());
}

#[test]
fn a_header_is_a_setup_and_a_setup_a_header() {
    for (name, ruleset) in rulesets() {
        let (header, setup) = header(SetupParts { begun: begun(), ..parts(BASE, ruleset) }, name);
        let read: instep_record::Header = serde_json::from_str(&header.text()).unwrap();
        assert_eq!(read, header);
        let again = read.setup().unwrap();
        assert_eq!(again.board(), setup.board());
        assert_eq!(again.cards(), setup.cards());
        assert_eq!(again.outcomes(), setup.outcomes());
        assert_eq!(again.in_play(), setup.in_play());
        assert_eq!(again.ruleset(), setup.ruleset());
        assert_eq!(again.begun(), setup.begun());
        assert_eq!(read.ruleset.name, name);
    }
}

#[test]
fn ids_that_need_escaping_are_escaped() {
    let table = common::with_odd_ids(3);
    holds(&table.wild(60).closed(), ChanceCheck::FromTheSeed);
}

/// The journal's view of a record: commands, each with the hash after it.
fn commands<'a>(events: &'a [Vec<instep_rules::Event>], record: &Record) -> Vec<StoredCommand<'a>> {
    let mut seq = 0;
    let command = |events: &'a Vec<instep_rules::Event>| {
        seq += events.len();
        StoredCommand { events, hash: record.events[seq - 1].hash }
    };
    events.iter().map(command).collect()
}

#[test]
fn a_journal_is_checked_command_by_command() {
    let table = Table::of(BASE, Ruleset::guided(), 11).wild(120);
    let (record, events) = (table.record(), table.events());
    let sound = commands(&events, &record);
    let verified = verify_parts(&table.header, sound.clone(), Some(table.secrets)).unwrap();
    assert_eq!(verified.game.state(), table.game.state());
    assert_eq!(verified.chance, ChanceCheck::FromTheSeed);
    assert_eq!(verify_parts(&table.header, sound.clone(), None).unwrap().chance, ChanceCheck::PossibleOnly);

    let kind = |commands: Vec<StoredCommand<'_>>| {
        verify_parts(&table.header, commands, Some(table.secrets)).unwrap_err().kind.id()
    };
    let mut wrong = sound.clone();
    wrong[5].hash[31] ^= 1;
    assert_eq!(kind(wrong), "chain");
    let mut halved = sound.clone();
    let long = halved.iter().position(|command| command.events.len() > 1).unwrap();
    halved[long].events = &halved[long].events[..1];
    assert_eq!(kind(halved), "order");
    let mut empty = sound.clone();
    empty[3].events = &[];
    assert_eq!(kind(empty), "order");
    let other = common::secrets(12);
    assert_eq!(verify_parts(&table.header, sound, Some(other)).unwrap_err().kind, FaultKind::Commitment);
}

#[test]
fn the_wrong_secrets_make_no_record() {
    let table = Table::of(SMALL, Ruleset::classic(), 1).closed();
    let fault = Record::new(table.header.clone(), &table.game, Some(common::secrets(2))).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Commitment);
}

#[test]
fn a_typed_face_takes_no_chance() {
    let ruleset = Ruleset { real_die: true, ..Ruleset::guided() };
    let table = Table::of(BASE, ruleset, 5).played(300);
    let text = table.record().to_string();
    assert!(text.contains("\"typed\":true,\"words\":0"), "{text}");
    assert!(!text.contains("\"typed\":false"));
    let mut table = Table::of(BASE, ruleset, 5);
    assert!(!table.ask(Who::ANYONE, Command::Roll));
}
