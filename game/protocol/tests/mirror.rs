//! The mirror of a table, where what it is told does not fit.

mod common;

use common::setup;
use instep_protocol::{Answer, Ask, Denied, FromClient, FromTable, Mirror, News, Trouble};
use instep_rules::{CardId, Direction, Event, How, Outcome, Perspective, Tile};

const TAKEN: Event = Event::SeatTaken { seat: Perspective::First };
const LEFT: Event = Event::SeatLeft { seat: Perspective::First };

fn events(first: u32, commands: &[&[Event]], hash: Option<[u8; 16]>) -> FromTable {
    FromTable::Events { first, commands: commands.iter().map(|events| events.to_vec()).collect(), hash }
}

#[test]
fn what_is_known_is_skipped_and_a_gap_is_asked_for() {
    let mut mirror = Mirror::new(setup());
    assert_eq!(mirror.receive(events(1, &[&[TAKEN], &[LEFT]], None)), Ok(Some(News::Events { from: 0 })));
    assert_eq!(mirror.receive(events(1, &[&[TAKEN], &[LEFT]], None)), Ok(None));
    assert_eq!(mirror.receive(events(2, &[&[LEFT], &[TAKEN]], None)), Ok(Some(News::Events { from: 2 })));
    let missing = Trouble::AskAgain(FromClient::Missing { after: 3 });
    assert_eq!(mirror.receive(events(5, &[&[LEFT]], None)), Err(missing.clone()));
    assert_eq!(mirror.receive(events(u32::MAX, &[&[LEFT, TAKEN]], None)), Err(missing));
    assert_eq!(mirror.last(), 3);
}

#[test]
fn a_hash_that_disagrees_again_ends_the_asking() {
    let mut mirror = Mirror::new(setup());
    let wrong = || events(1, &[&[TAKEN]], Some([0; 16]));
    let all = Trouble::AskAgain(FromClient::Missing { after: 0 });
    assert_eq!(mirror.receive(wrong()), Err(all.clone()));
    // One that agrees is a new beginning.
    let mut other = Mirror::new(setup());
    other.receive(events(1, &[&[TAKEN]], None)).unwrap();
    let hash = Some(other.game().state().hash(other.game().setup()));
    assert_eq!(mirror.receive(events(1, &[&[TAKEN]], hash)), Ok(Some(News::Events { from: 0 })));
    assert_eq!(mirror.receive(events(2, &[&[LEFT]], Some([0; 16]))), Err(all));
    assert_eq!(mirror.last(), 0);
    assert_eq!(mirror.receive(wrong()), Err(Trouble::OtherSetup));
}

#[test]
fn a_command_of_which_only_a_part_is_known_is_of_another_log() {
    let mut mirror = Mirror::new(setup());
    mirror.receive(events(1, &[&[TAKEN]], None)).unwrap();
    let all = Trouble::AskAgain(FromClient::Missing { after: 0 });
    assert_eq!(mirror.receive(events(1, &[&[TAKEN, LEFT], &[TAKEN]], None)), Err(all));
    assert_eq!(mirror.last(), 0);
}

#[test]
fn events_that_no_game_with_these_packs_has_are_not_applied() {
    let tile = |outcome| Tile::new(Perspective::First, Outcome(outcome));
    for event in [
        Event::CounterMoved { from: 0, to: 12, direction: Direction::Forward },
        Event::CardDrawn { card: CardId(5), refilled: false, words: 1 },
        Event::ChoiceMade { option: 255 },
        Event::TilePlaced { tile: tile(3), how: How::Any },
        Event::TileLifted { tile: tile(200) },
        Event::OutcomeMet { outcome: Outcome(12) },
    ] {
        let mut mirror = Mirror::new(setup());
        assert_eq!(mirror.receive(events(1, &[&[TAKEN], &[event]], None)), Err(Trouble::OtherSetup), "{event:?}");
        assert_eq!(mirror.last(), 0);
    }
}

#[test]
fn a_number_that_is_on_its_way_is_not_given_twice() {
    let mut mirror = Mirror::new(setup());
    let mut number = || match mirror.ask(Ask::PointCard) {
        Some(FromClient::Ask { number, .. }) => number,
        other => panic!("{other:?}"),
    };
    assert_eq!([number(), number(), number()], [1, 2, 3]);
    // The table was started anew: it knows that 2 was used, and has forgotten the answer to 1.
    let answer = Answer::Denied(Denied::NumberOutOfOrder { next: 3 });
    mirror.receive(FromTable::Answer { number: 1, answer }).unwrap();
    assert!(matches!(mirror.ask(Ask::PointCard), Some(FromClient::Ask { number: 4, .. })));
    let answer = Answer::Denied(Denied::NumberOutOfOrder { next: 9 });
    mirror.receive(FromTable::Answer { number: 4, answer }).unwrap();
    assert!(matches!(mirror.ask(Ask::PointCard), Some(FromClient::Ask { number: 9, .. })));
}
