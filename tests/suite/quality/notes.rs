//! A card that touches loss, abuse, discrimination, self-harm or restraint says so before it is read aloud.
//!
//! Words can only hint at that: a card that needs a note and has none of these words is for a reader to find.

use crate::shipped::{all, no_faults};
use crate::words::plain;

/// Words that hardly stand on a card that needs no note.
const TRIGGERS: &[&str] = &[
    // Loss.
    "died",
    "dies",
    "dying",
    "death",
    "dead",
    "funeral",
    "funerals",
    "grave",
    "graveside",
    "buried",
    "bury",
    "burial",
    "widow",
    "widower",
    "widowed",
    "ashes",
    "coffin",
    "cremated",
    "crematorium",
    "hospice",
    "miscarriage",
    "stillborn",
    "mourning",
    "bereaved",
    "bereavement",
    // Harm.
    "abuse",
    "abused",
    "abuses",
    "bruise",
    "bruises",
    "bruised",
    "slap",
    "slapped",
    "punch",
    "punched",
    "rape",
    "raped",
    "assault",
    "assaulted",
    "violence",
    "violent",
    "suicide",
    "suicidal",
    "overdose",
    "self-harm",
    "hit",
    "hits",
    "knife",
    "neglect",
    "neglected",
    "thumped",
    "beaten",
    "choke",
    "choked",
    "chokes",
    "choking",
    "weapon",
    "killed",
    // Held, or held back.
    "restrain",
    "restrained",
    "restraint",
    "locked",
    "sectioned",
    "detained",
    "sedated",
    // Treated as less.
    "racist",
    "racism",
    "homophobic",
    "transphobic",
    "slur",
    "slurs",
    "spat",
    "harassed",
    "harassment",
    "bullied",
    "bully",
    "bullying",
    "hate",
    "hated",
    "insult",
    "insulted",
    "visa",
    "asylum",
    "refugee",
    "deported",
    // Families and the law; drink and drugs.
    "fostered",
    "foster",
    "removed",
    "prison",
    "police",
    "drunk",
    "alcohol",
    "alcoholic",
    "vodka",
    "heroin",
    "addict",
    "addiction",
    "rehab",
    "methadone",
    "homeless",
];

/// Cards on which such a word is harmless, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[("later-users-even-onions", "knife", "a bread knife, for bread")];

#[test]
fn a_hard_subject_has_a_note() {
    let excepted = |id: &str, word: &str| EXCEPTIONS.iter().any(|(card, known, _)| *card == id && *known == word);
    no_faults(all().filter(|item| item.note().is_none()).flat_map(|item| {
        let found = plain(&item.text()).into_iter().filter(|word| TRIGGERS.contains(&word.as_str()));
        let found = found.filter(|word| !excepted(item.id(), word));
        found.map(|word| format!("{}: \"{word}\", and no note", item.id())).collect::<Vec<_>>()
    }));
}

#[test]
fn an_exception_is_still_one() {
    no_faults(EXCEPTIONS.iter().filter_map(|(id, word, why)| {
        let item = all().find(|item| item.id() == *id);
        let needed = item.is_some_and(|i| i.note().is_none() && plain(&i.text()).iter().any(|w| w == word));
        (!needed).then(|| format!("{id}: \"{word}\" ({why}) needs no exception any more"))
    }));
}

#[test]
fn a_note_is_short_and_a_sentence() {
    no_faults(all().filter_map(|item| {
        let note = item.note()?;
        let fault = !note.ends_with('.') || plain(note).len() > 25;
        fault.then(|| format!("{}: the note is no short sentence: {note}", item.id()))
    }));
}
