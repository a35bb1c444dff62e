//! What the choices of the set-up screen come to.

use std::collections::BTreeMap;
use std::sync::Arc;

use instep_content::{CardRef, Length, Library, Options, Packs, TURN_S, ThemeFilter};
use instep_rules::{OutcomeSet, Ruleset, Setting, TileSet};
use instep_words::{Language, capital, say};

use crate::choices::{Choices, HowLong};
use crate::model::{FitInfo, PackInfo, RulesetInfo, SensitiveCard, ThemeInfo, WorkedOut};

/// What a set-up is asked for with these choices; its outcomes are what fits.
#[must_use]
pub fn options(choices: &Choices, packs: &Packs, begun: TileSet) -> Options {
    let ruleset =
        if choices.ruleset.is_empty() { packs.first().manifest.ruleset.clone() } else { choices.ruleset.clone() };
    Options {
        ruleset: Some(ruleset),
        settings: vec![Setting::RealDie(choices.real_die), Setting::TalkTimer(choices.talk_timer_s)],
        outcomes: None,
        themes: ThemeFilter { without: choices.without.iter().cloned().collect(), ..ThemeFilter::default() },
        begun,
    }
}

/// The length that the choices name, as the packs know lengths.
#[must_use]
pub fn length(choices: &Choices) -> Length {
    match choices.how_long {
        HowLong::Minutes(minutes) => Length::Minutes(minutes),
        HowLong::Stones(stones) => Length::Outcomes(stones),
    }
}

/// A pack for the list, whether or not it can be played.
#[must_use]
pub fn pack_info(library: &Library, id: &str) -> PackInfo {
    match library.pack(id) {
        Ok((pack, _)) => PackInfo {
            id: id.to_owned(),
            name: pack.manifest.name.clone(),
            description: pack.manifest.description.clone(),
            cards: pack.cards.len(),
            poems: pack.poems.len(),
            fault: None,
        },
        Err(report) => PackInfo {
            id: id.to_owned(),
            name: id.to_owned(),
            description: String::new(),
            cards: 0,
            poems: 0,
            fault: report.errors().next().map(|fault| format!("{}: {}", fault.place.file, fault.message)),
        },
    }
}

/// What the choices come to. Takes a moment (it simulates games): not for the thread that draws.
///
/// # Errors
/// Why a pack can't be read or does not go with the others, in one sentence.
pub fn work_out(library: &Library, language: &Language, choices: &Choices) -> Result<WorkedOut, String> {
    let packs = library.load(&choices.packs).map_err(|report| {
        let first = report.errors().next();
        first.map_or_else(String::new, |fault| format!("{} ({})", fault.message, fault.place.file))
    })?;
    let packs = Arc::new(packs);
    let options = options(choices, &packs, TileSet::NONE);
    let played = |card: CardRef| packs.item(card).is_some_and(|item| options.themes.lets(item.themes()));
    let count = |poem: bool, all: bool| packs.cards().filter(|c| c.poem == poem && (all || played(*c))).count();
    let fit = packs
        .setup(&options)
        .map_err(|refusal| refusal.to_string())
        .and_then(|_| packs.fit(&options, length(choices), TURN_S).map_err(|refusal| refusal.to_string()));
    let (fit, refusal) = match fit {
        Ok(mut fit) => {
            let stones: OutcomeSet = choices.stones.iter().filter_map(|id| packs.outcome(id)).collect();
            if !stones.is_empty() {
                fit.outcomes = stones;
            }
            let minutes = match choices.how_long {
                HowLong::Minutes(minutes) if stones.is_empty() => minutes,
                // As long as 85 of 100 games of so many stones take.
                HowLong::Minutes(_) | HowLong::Stones(_) => {
                    let needed = packs
                        .setup(&Options { outcomes: Some(fit.outcomes), ..options.clone() })
                        .map(|table| instep_content::simulate::turns(&table.setup, 1_000, 1).percentile(85));
                    (needed.unwrap_or(0) * TURN_S).div_ceil(60)
                }
            };
            let turns = fit.turns.filter(|_| stones.is_empty());
            (Some(FitInfo { outcomes: fit.outcomes, turns, fits: fit.fits, minutes }), None)
        }
        Err(refusal) => (None, Some(refusal)),
    };
    Ok(WorkedOut {
        cards: (count(false, false), count(false, true)),
        poems: (count(true, false), count(true, true)),
        themes: themes(&packs),
        rulesets: rulesets(language, &packs),
        sensitive: sensitive(&packs),
        fit,
        refusal,
        left_out: packs.left_out().to_vec(),
        packs,
    })
}

fn themes(packs: &Packs) -> Vec<ThemeInfo> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for item in packs.cards().filter_map(|card| packs.item(card)) {
        for theme in item.themes() {
            *counts.entry(theme).or_default() += 1;
        }
    }
    let mut themes: Vec<ThemeInfo> = Vec::new();
    for pack in packs.packs() {
        for theme in &pack.themes.themes {
            if themes.iter().any(|t| t.id == theme.id) {
                continue;
            }
            let area = pack.themes.areas.iter().find(|a| a.id == theme.area).map_or(theme.area.as_str(), |a| &a.name);
            let cards = counts.get(theme.id.as_str()).copied().unwrap_or_default();
            themes.push(ThemeInfo { id: theme.id.clone(), name: theme.name.clone(), area: area.to_owned(), cards });
        }
    }
    // Areas as they come first; their themes together.
    let mut order: Vec<String> = Vec::new();
    for theme in &themes {
        if !order.contains(&theme.area) {
            order.push(theme.area.clone());
        }
    }
    themes.sort_by_key(|theme| order.iter().position(|area| *area == theme.area));
    themes
}

fn rulesets(language: &Language, packs: &Packs) -> Vec<RulesetInfo> {
    let told = |rules: &Ruleset| {
        [
            Setting::OpeningTiles(rules.opening_tiles),
            Setting::Walking(rules.walking),
            Setting::BlockedPlace(rules.blocked_place),
            Setting::Removal(rules.removal),
            Setting::FinishedBlocks(rules.finished_blocks),
            Setting::Passing(rules.passing),
        ]
        .map(|setting| format!("{}.", capital(&say::setting(language, setting))))
        .to_vec()
    };
    packs
        .rulesets()
        .iter()
        .map(|text| RulesetInfo {
            id: text.id.clone(),
            name: text.name.clone(),
            description: text.description.clone(),
            settings: told(&text.rules()),
        })
        .collect()
}

fn sensitive(packs: &Packs) -> Vec<SensitiveCard> {
    let names: BTreeMap<&str, &str> = packs.themes().into_iter().collect();
    packs
        .cards()
        .filter_map(|card| packs.item(card))
        .filter_map(|item| {
            let name = |id: &String| names.get(id.as_str()).map_or(id.clone(), |n| (*n).to_owned());
            Some(SensitiveCard {
                note: item.note()?.to_owned(),
                text: item.text(),
                themes: item.themes().iter().map(name).collect(),
            })
        })
        .collect()
}
