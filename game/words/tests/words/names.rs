//! What teams call themselves.

use instep_protocol::WordText;
use instep_words::say;

use crate::table::*;

#[test]
fn the_newest_name_counts() {
    let mut play = Play::begun();
    assert_eq!((play.view().team(STAFF), play.view().who(STAFF)), (None, "staff".to_owned()));
    play.calls(STAFF, WordText::Said("Day shift".into()));
    play.calls(STAFF, WordText::Said("Night shift".into()));
    play.calls(USERS, WordText::Said("Canaries".into()));
    let view = play.view();
    assert_eq!((view.team(STAFF), view.who(STAFF)), (Some("Night shift"), "Night shift".to_owned()));
    assert_eq!((view.team(USERS), view.team(MANAGERS)), (Some("Canaries"), None));
}

#[test]
fn a_hidden_or_erased_name_is_none() {
    for gone in [WordText::Hidden, WordText::Erased] {
        let mut play = Play::begun();
        play.calls(STAFF, WordText::Said("Old".into()));
        play.calls(STAFF, gone);
        assert_eq!((play.view().team(STAFF), play.view().who(STAFF)), (None, "staff".to_owned()));
    }
}

#[test]
fn whoever_hid_a_name_does_not_see_it_as_one_either() {
    let mut play = Play::begun();
    play.calls(STAFF, WordText::Said("Old".into()));
    play.calls(STAFF, WordText::Said("Unkind".into()));
    // As a facilitator has it: with its text.
    play.words.last_mut().expect("a word").hidden = true;
    assert_eq!((play.view().team(STAFF), play.view().who(STAFF)), (None, "staff".to_owned()));
    play.words.last_mut().expect("a word").hidden = false;
    assert_eq!(play.view().team(STAFF), Some("Unkind"));
}

#[test]
fn names_are_no_notes_and_stand_in_the_log() {
    let mut play = Play::begun();
    play.calls(USERS, WordText::Said("the Canaries".into()));
    assert_eq!(say::words(&play.view()), Vec::<String>::new());
    assert_eq!(instep_words::twin::notes(&play.view()), ["NOTES: 0 notes, 0 reasons, 0 real steps"]);
    play.does(instep_rules::Command::Roll);
    let last = play.game.log().last().expect("an event");
    let line = say::entry(&play.view(), last).expect("a line");
    assert!(line.starts_with("The Canaries: rolled "), "{line}");
    assert_eq!(play.whose_turn(), "It's the Canaries' turn (users and carers)");
}
