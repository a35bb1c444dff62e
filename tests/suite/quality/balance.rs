//! How games with a pack go, by simulation: always the same games, so that a test never fails by chance.

use instep_content::simulate::{Stats, simulate_as};
use instep_content::{Options, Packs, Table};
use instep_rules::players::Habit;
use instep_rules::{Action, CardId, Deck, Instruction, OutcomeSet, Perspective};

use crate::demands::{Demands, Game};
use crate::shipped::{combined, no_faults, shipped};

/// A share is then known to a third of a percentage point, and a median to a turn.
const GAMES: u64 = 20_000;
const SEED: u64 = 1;

/// Of a hundred cards in play: what they ask for, and how far off a pack may be.
const SHARES: [(&str, f64); 4] = [
    ("lay a named colour", 58.0),
    ("leave the colour or the choice to the table", 14.0),
    ("lift a named colour", 21.0),
    ("are talk only", 6.0),
];
const SHARE_TOLERANCE: f64 = 3.0;

/// Guided is for tables that should rarely see a card come to nothing.
const WITHOUT_EFFECT_PERCENT_MAX: f64 = 7.0;

/// Players who finish one stone after the other leave few tiles that may be lifted, since a finished stone is safe:
/// a card that would lift one finds none. That is good luck rather than a wasted turn, but it shall not be common.
const FINISHERS_WITHOUT_EFFECT_PERCENT_MAX: f64 = 15.0;

/// How much less than its fair share of tiles a colour may get.
const SHORT_PERCENT_MAX: f64 = 20.0;

/// How far the median may be off for players who finish what they began: a tenth, but at least a turn. The rules'
/// table was reckoned without poems, walking or any one pack; ten turns more or less in a hundred are not felt at a
/// table, where one game in ten is a third longer than the median by chance alone.
const TURNS_TOLERANCE_PERCENT: u32 = 10;

/// Players who lay tiles anywhere leave all stones open to be lifted from: that may take a quarter longer.
const CHANCE_SLOWER_PERCENT_MAX: u32 = 25;

/// Each pack alone, and mixed into those it is made for; the first pack's demands hold.
fn tables() -> Vec<(Packs, &'static Demands)> {
    let mut tables = Vec::new();
    for pack in shipped() {
        tables.push((combined(&[pack.id()]), pack.demands));
        for first in pack.demands.mixes_into {
            let demands = shipped().iter().find(|s| s.id() == *first).unwrap().demands;
            tables.push((combined(&[first, pack.id()]), demands));
        }
    }
    tables
}

fn name(packs: &Packs) -> String {
    packs.packs().iter().map(|pack| pack.id()).collect::<Vec<_>>().join(" + ")
}

fn play(packs: &Packs, game: &Game, habit: Habit) -> (Table, Stats) {
    let outcomes = Some(OutcomeSet::first(game.outcomes.into()));
    let options = Options { ruleset: Some(game.ruleset.to_owned()), outcomes, ..Options::default() };
    let table = packs.setup(&options).unwrap_or_else(|refusal| panic!("{refusal}"));
    let stats = simulate_as(&table.setup, GAMES, SEED, habit);
    (table, stats)
}

/// The longest guided game, and the longest classic one.
fn longest(demands: &'static Demands) -> impl Iterator<Item = &'static Game> {
    ["guided", "classic"].into_iter().filter_map(|ruleset| {
        demands.games.iter().filter(|game| game.ruleset == ruleset).max_by_key(|game| game.outcomes)
    })
}

/// Every card that is no poem, with what it asks for and how often it was drawn.
fn cards<'a>(table: &'a Table, stats: &'a Stats) -> impl Iterator<Item = (CardId, Deck, &'a Instruction, u64)> {
    let all = table.setup.cards().iter().enumerate();
    all.filter(|(_, card)| card.deck != Deck::Poems)
        .map(|(n, card)| (CardId(n as u16), card.deck, &card.instruction, stats.drawn.get(n).copied().unwrap_or(0)))
}

fn percent(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

#[test]
fn cards_ask_for_what_keeps_a_path_growing() {
    let mut faults = Vec::new();
    for (packs, demands) in tables() {
        for game in longest(demands) {
            let (table, stats) = play(&packs, game, Habit::Finisher);
            let mut drawn = [0; 4];
            for (_, _, instruction, count) in cards(&table, &stats) {
                let at = match instruction {
                    Instruction::Do(Action::Place(_)) => 0,
                    Instruction::Do(Action::Remove(_)) => 2,
                    Instruction::Do(Action::TalkOnly) => 3,
                    _ => 1,
                };
                drawn[at] += count;
            }
            for ((what, wanted), count) in SHARES.iter().zip(drawn) {
                let share = percent(count, drawn.iter().sum());
                if (share - wanted).abs() > SHARE_TOLERANCE {
                    faults.push(format!("{}, {}: {share:.1} % {what}, not {wanted:.0} %", name(&packs), game.ruleset));
                }
            }
        }
    }
    no_faults(faults);
}

#[test]
fn games_take_about_as_long_as_the_rules_say() {
    let mut faults = Vec::new();
    for (packs, demands) in tables() {
        for game in demands.games {
            let title = format!("{}, {}, {} outcomes", name(&packs), game.ruleset, game.outcomes);
            let [finishers, chance] = [Habit::Finisher, Habit::Uniform].map(|habit| play(&packs, game, habit).1.turns);
            let (median, slower) = (finishers.percentile(50), chance.percentile(50));
            println!("{title}: {median} turns, by chance players {slower}; {} expected", game.median_turns);
            let tolerance = (game.median_turns * TURNS_TOLERANCE_PERCENT / 100).max(1);
            if median.abs_diff(game.median_turns) > tolerance {
                faults.push(format!("{title}: a median of {median} turns, not {} ± {tolerance}", game.median_turns));
            }
            let most = (game.median_turns * (100 + CHANCE_SLOWER_PERCENT_MAX)).div_ceil(100);
            if !(median..=most).contains(&slower) {
                faults.push(format!("{title}: chance players take {slower} turns, not {median} to {most}"));
            }
            if finishers.endless + chance.endless > 0 {
                faults.push(format!("{title}: some games never end"));
            }
        }
    }
    no_faults(faults);
}

#[test]
fn in_guided_games_a_card_rarely_comes_to_nothing() {
    let mut faults = Vec::new();
    for (packs, demands) in tables() {
        for game in demands.games.iter().filter(|game| game.ruleset == "guided") {
            for (habit, most) in
                [(Habit::Uniform, WITHOUT_EFFECT_PERCENT_MAX), (Habit::Finisher, FINISHERS_WITHOUT_EFFECT_PERCENT_MAX)]
            {
                let (_, stats) = play(&packs, game, habit);
                let share = percent(stats.without_effect.iter().sum(), stats.all_turns);
                if share >= most {
                    let title = format!("{}, {} outcomes, {habit:?}", name(&packs), game.outcomes);
                    faults.push(format!("{title}: {share:.1} % of turns without effect"));
                }
            }
        }
    }
    no_faults(faults);
}

/// A colour's supply is how often cards in play lay it by name, less how often they lift it.
#[test]
fn no_colour_is_short() {
    let mut faults = Vec::new();
    for (packs, demands) in tables() {
        for game in longest(demands) {
            let (table, stats) = play(&packs, game, Habit::Finisher);
            let mut supply = [0.0; 4];
            for (_, _, instruction, count) in cards(&table, &stats) {
                let options = instruction.options();
                for action in options {
                    let weight = count as f64 / options.len() as f64;
                    match action {
                        Action::Place(colour) => supply[colour.index()] += weight,
                        Action::Remove(colour) => supply[colour.index()] -= weight,
                        _ => {}
                    }
                }
            }
            let fair = supply.iter().sum::<f64>() / 4.0;
            for colour in Perspective::ALL {
                let id = &packs.perspectives()[colour.index()].id;
                let short = 100.0 - supply[colour.index()] * 100.0 / fair;
                println!("{}, {}: {id} {:+.0} %", name(&packs), game.ruleset, -short);
                if short > SHORT_PERCENT_MAX {
                    faults.push(format!("{}, {}: {id} is short by {short:.0} %", name(&packs), game.ruleset));
                }
                let last = percent(stats.colours[colour.index()].last, GAMES);
                // Each colour's fair share of last tiles is a quarter.
                if last > 25.0 * (100.0 + SHORT_PERCENT_MAX) / 100.0 {
                    faults.push(format!("{}, {}: {last:.0} % of games wait for {id}", name(&packs), game.ruleset));
                }
            }
        }
    }
    no_faults(faults);
}

#[test]
fn no_card_is_dead() {
    let mut faults = Vec::new();
    for (packs, demands) in tables() {
        for game in longest(demands) {
            let (table, stats) = play(&packs, game, Habit::Finisher);
            for deck in Perspective::ALL.map(Deck::Of) {
                let drawn: Vec<(CardId, u64)> =
                    cards(&table, &stats).filter(|(_, of, ..)| *of == deck).map(|(id, .., n)| (id, n)).collect();
                let fair = drawn.iter().map(|(_, n)| n).sum::<u64>() / drawn.len() as u64;
                for (id, count) in drawn.into_iter().filter(|(_, n)| n * 2 < fair) {
                    let item = table.card(id).and_then(|card| packs.item(card)).unwrap();
                    faults.push(format!(
                        "{}, {}: {} came up {count} times, others {fair}",
                        name(&packs),
                        game.ruleset,
                        item.id()
                    ));
                }
            }
            let kinds = instep_content::simulate::KINDS.iter().zip(stats.kinds.iter().zip(&stats.without_effect));
            for (kind, (played, without)) in kinds {
                if *played == 0 || without * 2 > *played {
                    faults.push(format!(
                        "{}, {}: {kind}: {without} of {played} came to nothing",
                        name(&packs),
                        game.ruleset
                    ));
                }
            }
        }
    }
    no_faults(faults);
}
