//! Records that somebody changed, with the chain broken or mended again.

mod common;

use common::{BASE, SMALL, Table, parts, rulesets};
use instep_record::{Chain, Fault, FaultKind, Ids, Record};
use instep_rules::{Direction, Event, How, Outcome, Perspective, Ruleset, Seed, Tile};

/// Makes the chain anew over whatever the events are now, as a forger would.
fn mended(mut record: Record) -> Record {
    let ids = Ids::new(&record.header).unwrap();
    let mut chain = Chain::start(&record.header);
    for stored in &mut record.events {
        stored.prev = *chain.last();
        stored.hash = chain.push(&ids, &stored.entry, &mut String::new());
    }
    record
}

fn renumbered(mut record: Record) -> Record {
    for (stored, seq) in record.events.iter_mut().zip(1..) {
        stored.entry.seq = seq;
    }
    record
}

/// The fault, found in the record's text as in the record itself.
fn fault(record: &Record) -> Fault {
    let fault = record.verify().unwrap_err();
    match Record::parse(&record.to_string()) {
        Ok(read) => assert_eq!(read.verify().unwrap_err(), fault),
        // What can't be read back is found even earlier.
        Err(error) => assert!(matches!(error, instep_record::ReadError::Fault(_)), "{error}"),
    }
    assert!(!fault.expected.is_empty() && !fault.found.is_empty(), "{fault}");
    fault
}

fn closed() -> Record {
    Table::of(BASE, Ruleset::guided(), 21).wild(120).closed().record()
}

fn open() -> Record {
    Table::of(BASE, Ruleset::guided(), 21).wild(120).record()
}

fn place(record: &Record, is: impl Fn(&Event) -> bool) -> usize {
    record.events.iter().position(|stored| is(&stored.entry.event)).unwrap()
}

fn set(record: &mut Record, at: usize, event: Event) {
    record.events[at].entry.event = event;
}

#[test]
fn an_altered_event_breaks_the_chain() {
    let mut record = closed();
    let at = place(&record, |e| matches!(e, Event::DieRolled { .. }));
    set(&mut record, at, Event::DieRolled { face: 6, typed: false, words: 9 });
    let fault = fault(&record);
    assert_eq!((fault.kind, fault.seq), (FaultKind::Chain, Some(at as u32 + 1)));
    assert!(fault.found.contains("\"face\":6,\"typed\":false,\"words\":9"), "{}", fault.found);
}

#[test]
fn an_altered_roll_is_not_the_seeds() {
    let mut record = closed();
    let at = place(&record, |e| matches!(e, Event::DieRolled { .. }));
    let Event::DieRolled { face, words, .. } = record.events[at].entry.event else { unreachable!() };
    set(&mut record, at, Event::DieRolled { face: face % 6 + 1, typed: false, words });
    let fault = fault(&mended(record));
    assert_eq!((fault.kind, fault.seq), (FaultKind::Chance, Some(at as u32 + 1)));
    assert_eq!(fault.expected, format!("{{\"type\":\"DieRolled\",\"face\":{face},\"typed\":false,\"words\":{words}}}"));
}

#[test]
fn an_altered_draw_is_not_the_seeds() {
    let mut record = closed();
    let at = place(&record, |e| matches!(e, Event::CardDrawn { .. }));
    let Event::CardDrawn { mut card, refilled, words } = record.events[at].entry.event else { unreachable!() };
    let deck = record.header.cards[card.index()].deck.clone();
    let same_deck = |n: usize| record.header.cards.get(n).is_some_and(|c| c.deck == deck);
    card.0 = if same_deck(card.index() + 1) { card.0 + 1 } else { card.0 - 1 };
    set(&mut record, at, Event::CardDrawn { card, refilled, words });
    let fault = fault(&mended(record));
    assert_eq!((fault.kind, fault.seq), (FaultKind::Chance, Some(at as u32 + 1)));
}

#[test]
fn without_the_seed_a_roll_must_be_possible() {
    for (face, words) in [(7, 1), (0, 1), (255, 1), (1, 0)] {
        let mut record = open();
        let at = place(&record, |e| matches!(e, Event::DieRolled { .. }));
        set(&mut record, at, Event::DieRolled { face, typed: false, words });
        let fault = fault(&mended(record));
        assert_eq!((fault.kind, fault.seq), (FaultKind::Chance, Some(at as u32 + 1)), "{face} {words}");
        assert!(fault.expected.contains("from 1 to 6") || words == 0, "{}", fault.expected);
    }
    // Of eight faces none is ever rejected; of six, a word may be.
    for (faces, words, sound) in [(8, 1, true), (8, 2, false), (6, 2, true), (6, u32::MAX, true)] {
        let ruleset = Ruleset { die_faces: faces, opening_tiles: 0, ..Ruleset::guided() };
        let mut table = Table::of(BASE, ruleset, 3);
        table.next();
        let mut record = table.record();
        set(&mut record, 1, Event::DieRolled { face: 3, typed: false, words });
        let record = mended(record);
        let kind = record.verify().err().map(|fault| fault.kind);
        assert_eq!(kind != Some(FaultKind::Chance), sound, "{faces} faces, {words} words: {kind:?}");
    }
    let mut record = open();
    let at = place(&record, |e| matches!(e, Event::CardDrawn { .. }));
    let Event::CardDrawn { card, refilled, words } = record.events[at].entry.event else { unreachable!() };
    // The first card of another deck.
    let deck = &record.header.cards[card.index()].deck;
    let other = record.header.cards.iter().position(|c| c.deck != *deck).unwrap();
    set(&mut record, at, Event::CardDrawn { card: instep_rules::CardId(other as u16), refilled, words });
    assert_eq!(fault(&mended(record)).kind, FaultKind::Chance);
}

#[test]
fn what_the_rules_refuse_is_illegal() {
    let mut record = closed();
    let at = place(&record, |e| matches!(e, Event::TilePlaced { how: How::Opening, .. }));
    let tile = Tile::new(Perspective::Fourth, Outcome(0));
    set(&mut record, at, Event::TilePlaced { tile, how: How::Opening });
    let found = fault(&mended(record));
    assert_eq!(found.seq, Some(at as u32 + 1));
    assert!(matches!(found.kind, FaultKind::Illegal { refusal: Some(_) }), "{found}");

    let mut record = closed();
    let at = place(&record, |e| matches!(e, Event::CounterMoved { .. }));
    set(&mut record, at, Event::CounterMoved { from: 0, to: 39, direction: Direction::Back });
    assert_eq!(fault(&mended(record)).kind.id(), "illegal");

    // Nothing follows the close.
    let mut record = closed();
    let mut last = *record.events.last().unwrap();
    last.entry.seq += 1;
    record.events.push(last);
    let fault = fault(&mended(record));
    assert!(matches!(fault.kind, FaultKind::Illegal { refusal: Some(instep_rules::Refusal::GameClosed) }), "{fault}");
}

#[test]
fn a_missing_event_leaves_a_gap() {
    for at in 0..closed().events.len() {
        let mut record = closed();
        record.events.remove(at);
        let last = at == record.events.len();
        let found = fault(&record);
        assert_eq!(found.kind.id(), if last { "state" } else { "order" }, "{found}");
        let renumbered = fault(&mended(renumbered(record)));
        assert_ne!(renumbered.kind, FaultKind::Chain);
    }
}

#[test]
fn swapped_events_are_found() {
    let sound = closed();
    for at in 1..sound.events.len() {
        if sound.events[at - 1].entry.event == sound.events[at].entry.event {
            continue;
        }
        let mut record = sound.clone();
        record.events.swap(at - 1, at);
        assert_eq!(fault(&record).kind, FaultKind::Order);
        let found = fault(&mended(renumbered(record)));
        assert!(found.seq.is_none_or(|seq| seq as usize >= at), "{found}");
    }
}

#[test]
fn any_event_in_anothers_place_is_found() {
    for (name, ruleset) in rulesets() {
        let sound = Table::new(parts(SMALL, ruleset), name, 5).wild(25).closed().record();
        for at in 0..sound.events.len() {
            for other in &sound.events {
                let (old, new) = (sound.events[at].entry.event, other.entry.event);
                // Under which number a step's words are kept, the rules don't say.
                if old == new || matches!((old, new), (Event::TileMended { .. }, Event::TileMended { .. })) {
                    continue;
                }
                let mut record = sound.clone();
                set(&mut record, at, new);
                if let Event::SeatTaken { seat } | Event::SeatLeft { seat } = new {
                    record.events[at].entry.seat = Some(seat);
                }
                fault(&mended(record));
            }
        }
    }
}

#[test]
fn a_wrong_step_or_seat_is_found() {
    for at in 0..closed().events.len() {
        let mut record = closed();
        record.events[at].entry.step += 1;
        let found = fault(&mended(record));
        assert_eq!((found.kind, found.seq), (FaultKind::Order, Some(at as u32 + 1)));

        let mut record = closed();
        let entry = &mut record.events[at].entry;
        entry.seat = if entry.seat.is_none() { Some(Perspective::Second) } else { None };
        if matches!(entry.event, Event::SeatTaken { .. } | Event::SeatLeft { .. }) {
            continue;
        }
        assert_eq!(fault(&mended(record)).kind, FaultKind::Order);
    }
}

#[test]
fn a_wrong_state_is_found() {
    type Change = fn(&mut Record);
    let changes: [Change; 9] = [
        |r| r.state.turns += 1,
        |r| r.state.seat.push('s'),
        |r| r.state.phase = "mend".into(),
        |r| r.state.counters[2] += 1,
        |r| drop(r.state.path.pop()),
        |r| r.state.met.push("choice".into()),
        |r| r.state.complete ^= true,
        |r| r.state.closed ^= true,
        |r| r.state.hash = "0".repeat(32),
    ];
    for change in changes {
        let mut record = closed();
        change(&mut record);
        assert_eq!(fault(&record).kind, FaultKind::State);
    }
}

#[test]
fn other_secrets_are_found() {
    let mut record = closed();
    record.chance.seed = Some(Seed([1; 32]));
    assert_eq!(fault(&record).kind, FaultKind::Commitment);

    let mut record = closed();
    record.chance.commitment.0[0] ^= 1;
    assert_eq!(fault(&record).kind, FaultKind::Commitment);

    // Both together: then the table was opened with another commitment.
    let mut record = closed();
    let (seed, salt) = common::secrets(99);
    record.chance.seed = Some(seed);
    record.chance.salt = Some(salt);
    record.chance.commitment = instep_rules::commitment(&seed, &salt);
    let found = fault(&record);
    assert_eq!((found.kind, found.seq), (FaultKind::Commitment, Some(1)));

    // And in the first event too: then the rolls are another seed's.
    set(&mut record, 0, Event::TableOpened { commitment: instep_rules::commitment(&seed, &salt) });
    assert_eq!(fault(&mended(record)).kind, FaultKind::Chance);
}

#[test]
fn a_closed_game_without_its_seed_is_found() {
    let mut record = closed();
    record.chance.seed = None;
    record.chance.salt = None;
    assert_eq!(fault(&record).kind, FaultKind::Chance);
    record.chance.salt = Some(common::secrets(21).1);
    assert_eq!(fault(&record).kind, FaultKind::Format);
}

#[test]
fn of_two_faults_the_first_is_told() {
    let mut record = closed();
    let at = place(&record, |e| matches!(e, Event::DieRolled { .. }));
    set(&mut record, at, Event::DieRolled { face: 6, typed: false, words: 9 });
    record = mended(record);
    record.events.last_mut().unwrap().hash[0] ^= 1;
    let found = fault(&record);
    assert_eq!((found.kind, found.seq), (FaultKind::Chance, Some(at as u32 + 1)));
}

#[test]
fn a_record_without_events_is_no_record() {
    let mut record = closed();
    record.events.clear();
    assert_eq!(fault(&record).kind, FaultKind::Order);
}
