//! Nothing is said twice: openings, phrases, questions.

use std::collections::{BTreeMap, HashMap, HashSet};

use instep_content::Item;

use crate::shipped::{all, no_faults, shipped};
use crate::words::plain;

const OPENING_WORDS: usize = 5;
const PHRASE_WORDS: usize = 8;

/// Two prompts with more than this share of their words in common are one prompt.
const ALIKE_PERCENT: usize = 60;

#[test]
fn no_two_cards_begin_with_the_same_words() {
    let mut openings: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for item in all() {
        let words = plain(&item.text());
        openings.entry(words[..OPENING_WORDS.min(words.len())].join(" ")).or_default().push(item.id());
    }
    no_faults(
        openings.iter().filter(|(_, ids)| ids.len() > 1).map(|(words, ids)| format!("{}: \"{words}\"", ids.join(", "))),
    );
}

#[test]
fn no_long_phrase_occurs_twice() {
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut faults = Vec::new();
    for item in all() {
        for text in [item.text(), item.prompt().to_owned()] {
            for phrase in plain(&text).windows(PHRASE_WORDS) {
                let phrase = phrase.join(" ");
                // A poem may come back to its own words.
                if let Some(other) = seen.insert(phrase.clone(), item.id()).filter(|other| *other != item.id()) {
                    faults.push(format!("{}, {other}: \"{phrase}\"", item.id()));
                }
            }
        }
    }
    no_faults(faults);
}

#[test]
fn no_two_prompts_ask_the_same() {
    let prompts: Vec<(Item<'_>, HashSet<String>)> =
        all().map(|item| (item, plain(item.prompt()).into_iter().collect())).collect();
    let mut faults = Vec::new();
    for (n, (one, words)) in prompts.iter().enumerate() {
        for (other, others) in &prompts[..n] {
            let common = words.intersection(others).count();
            let either = words.len() + others.len() - common;
            if common * 100 > either * ALIKE_PERCENT {
                faults.push(format!("{}, {}: \"{}\" \"{}\"", one.id(), other.id(), one.prompt(), other.prompt()));
            }
        }
    }
    no_faults(faults);
}

#[test]
fn prompts_and_statements_begin_in_many_ways() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for item in shipped.items() {
            *first.entry(plain(item.prompt())[0].clone()).or_default() += 1;
        }
        let count = shipped.items().count();
        let mut faults: Vec<String> = first
            .iter()
            .filter(|(_, n)| **n * 3 > count)
            .map(|(word, n)| format!("{}: {n} of {count} prompts begin with \"{word}\"", shipped.id()))
            .collect();
        for voice in shipped.pack.perspectives.iter().map(|p| p.id.as_str()) {
            let cards: Vec<String> =
                shipped.pack.cards.iter().filter(|c| c.voice == voice).map(|c| plain(&c.text)[0].clone()).collect();
            let mine = cards.iter().filter(|word| *word == "i" || word.starts_with("i'")).count();
            if mine * 4 > cards.len() {
                faults.push(format!("{}: {mine} of {} cards of {voice} begin with \"I\"", shipped.id(), cards.len()));
            }
        }
        faults
    }));
}
