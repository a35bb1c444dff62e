//! Reading age: see docs/decisions/0006-reading-age.md.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use instep_content::schema::Card;

use crate::shipped::{all, no_faults, shipped};
use crate::spelling::own;
use crate::words::{plain, sentences, syllables, words};

/// The age, in years, of readers whom a card is written for.
const AGES: RangeInclusive<f64> = 9.0..=11.0;

/// A word of this many syllables is hard, unless it is listed.
const HARD_SYLLABLES: usize = 4;

/// Hard words of the glossary, which a table is told: what the game is about.
const GLOSSARY: &[&str] = &[
    "commissioner",
    "commissioners",
    "eligibility",
    "micro-enterprise",
    "personalisation",
    "co-production",
    "reablement",
    "long-term condition",
    "capacity",
];

/// Long words that everybody says and hears daily.
const DAILY: &[&str] = &[
    "accordion",
    "activities",
    "anybody",
    "apologies",
    "available",
    "cemetery",
    "certificates",
    "communities",
    "community",
    "delivery",
    "directory",
    "disabilities",
    "disability",
    "electrician",
    "everybody",
    "everywhere",
    "executive",
    "february",
    "information",
    "interpreter",
    "investigator",
    "isolated",
    "january",
    "laminated",
    "mysterious",
    "occupational",
    "operation",
    "ordinary",
    "policemen",
    "redundancy",
    "security",
    "separately",
    "seriously",
    "solicitor",
    "supermarket",
    "television",
    "televisions",
    "temperature",
    "undertaker",
    "usually",
];

struct Ages {
    /// Powers, Sumner and Kearl: for primary-school texts.
    primary: f64,
    /// Flesch and Kincaid's grade, and five years: the stricter on long words.
    adult: f64,
}

fn ages(text: &str) -> Ages {
    let count = words(text).count() as f64;
    let sentence = count / sentences(text).len() as f64;
    let word = words(text).map(syllables).sum::<usize>() as f64 / count;
    Ages { primary: 0.0778 * sentence + 4.55 * word + 2.7971, adult: 0.39 * sentence + 11.8 * word - 15.59 + 5.0 }
}

fn mean(cards: &[Card], age: fn(Ages) -> f64) -> f64 {
    cards.iter().map(|card| age(ages(&card.text))).sum::<f64>() / cards.len() as f64
}

#[test]
fn a_pack_is_for_readers_of_nine_to_eleven() {
    no_faults(shipped().iter().filter_map(|shipped| {
        let cards = &shipped.pack.cards;
        let (primary, adult) = (mean(cards, |ages| ages.primary), mean(cards, |ages| ages.adult));
        println!("{}: reading age {primary:.1} (by the formula for adults' texts {adult:.1})", shipped.id());
        (!AGES.contains(&primary))
            .then(|| format!("{}: a mean reading age of {primary:.1}, not {AGES:?}", shipped.id()))
    }));
}

#[test]
fn no_card_is_for_older_readers() {
    let mut hardest: Vec<(f64, &str)> = Vec::new();
    for shipped in shipped() {
        for card in &shipped.pack.cards {
            let ages = ages(&card.text);
            hardest.push((ages.adult.max(ages.primary), &card.id));
        }
    }
    hardest.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (age, id) in &hardest[..10] {
        println!("{id}: {age:.1}");
    }
    let over = hardest.iter().filter(|(age, _)| age > AGES.end());
    no_faults(
        over.map(|(age, id)| {
            format!("{id}: reading age {age:.1}, over {}: shorter sentences, plainer words", AGES.end())
        }),
    );
}

#[test]
fn a_long_word_is_in_the_glossary_or_said_daily() {
    let names: BTreeSet<String> = own().iter().map(|word| word.to_lowercase()).collect();
    let mut faults = BTreeSet::new();
    for item in all() {
        for word in plain(&format!("{} {}", item.text(), item.prompt())) {
            let word = word.trim_end_matches("'s");
            if word.contains(|c: char| c.is_ascii_digit()) || names.contains(word) {
                continue;
            }
            let hard = word.split('-').any(|part| syllables(part) >= HARD_SYLLABLES);
            if hard && !GLOSSARY.contains(&word) && !DAILY.contains(&word) {
                faults.insert(format!("{word}: {}", item.id()));
            }
        }
    }
    no_faults(faults);
}

#[test]
fn no_long_word_is_listed_that_nobody_says() {
    let said: BTreeSet<String> = all()
        .flat_map(|item| plain(&format!("{} {}", item.text(), item.prompt())))
        .map(|w| w.trim_end_matches("'s").to_owned())
        .collect();
    no_faults(DAILY.iter().filter(|word| !said.contains(**word)).map(|word| format!("{word}: no card says it")));
}

/// The worked example of the decision page, reckoned by hand: 13 words, 2 sentences, 15 syllables.
#[test]
fn the_formulas_are_the_published_ones() {
    let ages = ages("Dad burnt the toast on a Tuesday. He blamed the cooker, and me.");
    let (sentence, word): (f64, f64) = (13.0 / 2.0, 15.0 / 13.0);
    assert!((ages.primary - (0.0778 * sentence + 4.55 * word + 2.7971)).abs() < 1e-9, "{}", ages.primary);
    assert!((ages.adult - (0.39 * sentence + 11.8 * word - 10.59)).abs() < 1e-9, "{}", ages.adult);
}
