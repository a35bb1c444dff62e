//! What a facilitator's guide says, and how long it is.

use std::ops::RangeInclusive;

use crate::shipped::{no_faults, shipped};
use crate::words::words;

/// Three to five pages of about 400 words.
const WORDS: RangeInclusive<usize> = 1_200..=2_000;

/// What every guide says, each by phrases of which one must be there.
const SAYS: &[(&str, &[&str])] = &[
    ("words to open with", &["words to open with"]),
    ("a card is a bad day", &["bad day"]),
    ("and not a person here", &["isn't anybody here", "isn't anyone in this room"]),
    ("nobody must disclose", &["nobody has to tell us anything", "don't have to tell us anything"]),
    ("anyone may pass", &["may pass"]),
    ("confidentiality", &["what is said here stays here"]),
    ("its limit", &["there is one limit"]),
    ("whom to tell of harm", &["safeguarding lead"]),
    ("a demonstration turn", &["show them one turn", "one to practise on"]),
    ("seats away from day jobs", &["day job"]),
    ("managers speak last", &["speak last"]),
    ("who steps out with someone upset", &["steps out with them", "step out with anyone who is upset"]),
    ("tears", &["**tears.**", "if somebody cries"]),
    ("anger", &["**anger.**", "if somebody is angry"]),
    ("sensitive cards to look at first", &["sensitive cards"]),
    ("two turns left", &["two turns left"]),
    ("a planned stop", &["planned stop"]),
    ("leaving the roles", &["leaving the shoes", "leaving the roles"]),
    ("the quiet ones", &["the quiet ones"]),
    ("who replies", &["who will write to everybody", "who will reply"]),
    ("by when", &["within two weeks", "and the date"]),
    ("harm is passed on the same day", &["today"]),
];

#[test]
fn a_guide_says_what_a_facilitator_must_know() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let Some(guide) = &shipped.pack.guide else { return vec![format!("{}: no guide", shipped.id())] };
        let text = guide.to_lowercase().replace('’', "'");
        let missing = SAYS.iter().filter(|(_, phrases)| !phrases.iter().any(|phrase| text.contains(phrase)));
        let mut faults: Vec<String> =
            missing.map(|(what, phrases)| format!("{}/guide.md: {what}: none of {phrases:?}", shipped.id())).collect();
        let count = words(guide).count();
        if !WORDS.contains(&count) {
            faults.push(format!("{}/guide.md: {count} words, not {WORDS:?}", shipped.id()));
        }
        faults
    }));
}

#[test]
fn a_guide_names_only_cards_that_there_are() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let guide = shipped.pack.guide.as_deref().unwrap_or_default();
        let named = guide.split('`').skip(1).step_by(2).filter(|name| name.contains('-') && !name.contains(' '));
        let unknown = named.filter(|name| !shipped.items().any(|item| item.id() == *name));
        unknown.map(|name| format!("{}/guide.md: there is no card {name}", shipped.id())).collect::<Vec<_>>()
    }));
}
