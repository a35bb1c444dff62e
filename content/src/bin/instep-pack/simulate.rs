//! `instep-pack simulate`.

use std::fmt::Write as _;
use std::time::Instant;

use instep_content::simulate::{KINDS, Stats, TURNS_MAX, simulate_as as play};
use instep_content::{Fit, Length, Library, Options, Packs, Table};
use instep_rules::players::Habit;
use instep_rules::{CardId, Perspective};
use serde_json::{Value, json};

use crate::{Done, Players, Simulate};

pub(crate) fn simulate(library: &Library, task: &Simulate, colour: bool) -> Done {
    let packs = match library.load(&task.paths) {
        Ok(packs) => packs,
        Err(report) => return Done::failed(report.exit_code(), report.drawn(colour)),
    };
    let mut options = Options { ruleset: task.ruleset.clone(), ..Options::default() };
    // An unknown ruleset is a wrong call, and should be told before any length is worked out.
    if let Err(refusal) = packs.ruleset(task.ruleset.as_deref()) {
        return Done::failed(2, format!("{refusal}\n"));
    }
    let length = match (&task.length, task.minutes, task.outcomes) {
        (Some(preset), ..) => Length::from_id(preset),
        (_, Some(minutes), _) => Some(Length::Minutes(minutes)),
        (.., Some(outcomes)) => Some(Length::Outcomes(outcomes)),
        _ => None,
    };
    let fit = match length.map(|length| packs.fit(&options, length, task.talk)).transpose() {
        Ok(fit) => fit,
        Err(refusal) => return Done::failed(2, format!("{refusal}\n")),
    };
    options.outcomes = fit.as_ref().map(|f| f.outcomes);
    let table = match packs.setup(&options) {
        Ok(table) => table,
        Err(refusal) => return Done::failed(1, format!("{refusal}\n")),
    };
    let start = Instant::now();
    let habit = match task.players {
        Players::Chance => Habit::Uniform,
        Players::Finishers => Habit::Finisher,
    };
    let stats = play(&table.setup, task.games, task.seed, habit);
    let speed = (task.games as f64 / start.elapsed().as_secs_f64().max(1e-9)) as u64;
    let told = Told { packs: &packs, table: &table, stats: &stats, fit: fit.as_ref(), task };
    let turns = |percent| stats.turns.percentile(percent);
    let last = format!(
        "{} games, {} turns median (5 % {}, 85 % {}, 95 % {}), {speed} games/s\n",
        task.games,
        turns(50),
        turns(5),
        turns(85),
        turns(95),
    );
    if task.json {
        // The last line goes where it cannot spoil the JSON.
        Done { out: told.in_json(speed), err: last, code: 0 }
    } else {
        Done::ok(told.in_words() + &last)
    }
}

struct Told<'a> {
    packs: &'a Packs,
    table: &'a Table,
    stats: &'a Stats,
    fit: Option<&'a Fit>,
    task: &'a Simulate,
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".into() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

impl Told<'_> {
    fn minutes(&self, turns: u32) -> u64 {
        (u64::from(turns) * u64::from(self.task.talk)).div_ceil(60)
    }

    fn id(&self, card: usize) -> &str {
        let card = self.table.card(CardId(card as u16)).and_then(|card| self.packs.item(card));
        card.map_or("?", |item| item.id())
    }

    /// The cards by how often they were drawn, seldom ones first.
    fn drawn(&self) -> Vec<(&str, u64)> {
        let count = |i| self.stats.drawn.get(i).copied().unwrap_or(0);
        let mut drawn: Vec<(&str, u64)> = (0..self.table.cards.len()).map(|i| (self.id(i), count(i))).collect();
        drawn.sort_by_key(|(_, n)| *n);
        drawn
    }

    fn in_words(&self) -> String {
        let (stats, games) = (self.stats, self.task.games);
        let mut out = String::new();
        let outcomes = self.table.setup.in_play().len();
        let _ = writeln!(
            out,
            "{outcomes} of {} outcomes in play, {} cards and poems.",
            self.packs.outcomes().len(),
            self.table.cards.len()
        );
        if let Some(fit) = self.fit
            && let Some(turns) = fit.turns
        {
            let _ = writeln!(
                out,
                "There is time for {turns} turns; turns needed by 85 % of games for 1, 2, … outcomes: {:?}.",
                fit.turns_needed
            );
            if !fit.fits {
                let _ =
                    writeln!(out, "That is not enough even for one outcome: plan to stop before the path is complete.");
            }
        }
        let turns = |p| stats.turns.percentile(p);
        let _ = writeln!(
            out,
            "At {} seconds a turn: {} minutes (5 % {}, 85 % {}, 95 % {}).",
            self.task.talk,
            self.minutes(turns(50)),
            self.minutes(turns(5)),
            self.minutes(turns(85)),
            self.minutes(turns(95)),
        );
        if stats.turns.endless > 0 {
            let _ = writeln!(out, "{} games had no end within {TURNS_MAX} turns.", stats.turns.endless);
        }
        let cards: u64 = stats.kinds.iter().sum();
        let _ = writeln!(out, "\nInstructions      in play   moved nothing");
        for (i, name) in KINDS.iter().enumerate() {
            let _ = writeln!(
                out,
                "  {name:<12} {:>10} {:>15}",
                percent(stats.kinds[i], cards),
                percent(stats.without_effect[i], stats.kinds[i])
            );
        }
        let without: u64 = stats.without_effect.iter().sum();
        let _ = writeln!(
            out,
            "Turns that moved nothing though they might have: {}; near the end: {}.",
            percent(without, stats.all_turns),
            percent(stats.late_without_effect, stats.late_turns),
        );
        let _ = writeln!(
            out,
            "\nPerspective                     heard   laid a game  lifted  blocked  last tile  longest wait (mean, most)"
        );
        for (perspective, colour) in self.packs.perspectives().iter().zip(&stats.colours) {
            let a_game = |n: u64| n as f64 / games as f64;
            let _ = writeln!(
                out,
                "  {:<28} {:>7} {:>11.2} {:>8.2} {:>8.2} {:>10} {:>12.1}, {}",
                perspective.short,
                percent(colour.heard, cards),
                a_game(colour.laid),
                a_game(colour.lifted),
                a_game(colour.blocked),
                percent(colour.last, games),
                a_game(colour.wait),
                colour.wait_max,
            );
        }
        let _ = writeln!(
            out,
            "  {:<28} {:>7}",
            self.packs.deck_name(instep_rules::Deck::Poems),
            percent(stats.poems, cards)
        );
        for (name, p, short) in self.uneven() {
            let _ = writeln!(
                out,
                "  {name} tiles are {}.",
                if short {
                    format!("short: {p} of the games wait for one at the end")
                } else {
                    format!("too many: {p} of the cards that lay one find no place")
                }
            );
        }
        let drawn = self.drawn();
        let show = |list: &mut dyn Iterator<Item = &(&str, u64)>| {
            list.take(5).map(|(id, n)| format!("{id} {n}")).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(out, "\nSeldom in play: {}.", show(&mut drawn.iter()));
        let _ = writeln!(out, "Often in play: {}.\n", show(&mut drawn.iter().rev()));
        out
    }

    /// Colours that hold the path up, or that the pack lays too often.
    fn uneven(&self) -> Vec<(&str, String, bool)> {
        let mut uneven = Vec::new();
        for perspective in Perspective::ALL {
            let colour = &self.stats.colours[perspective.index()];
            let name = self.packs.perspectives()[perspective.index()].name.as_str();
            // A quarter is each colour's fair share of last tiles.
            if colour.last * 10 > self.task.games * 4 {
                uneven.push((name, percent(colour.last, self.task.games), true));
            }
            if colour.blocked * 2 > colour.laid && colour.laid > 0 {
                uneven.push((name, percent(colour.blocked, colour.laid + colour.blocked), false));
            }
        }
        uneven
    }

    fn in_json(&self, speed: u64) -> String {
        let (stats, games) = (self.stats, self.task.games);
        let spread = |f: &dyn Fn(u32) -> u64| {
            let at = |p| f(stats.turns.percentile(p));
            json!({ "median": at(50), "p5": at(5), "p85": at(85), "p95": at(95) })
        };
        let kinds: Vec<Value> = KINDS
            .iter()
            .enumerate()
            .map(|(i, kind)| json!({ "kind": kind, "in_play": stats.kinds[i], "without_effect": stats.without_effect[i] }))
            .collect();
        let colours: Vec<Value> = self
            .packs
            .perspectives()
            .iter()
            .zip(&stats.colours)
            .map(|(p, c)| {
                json!({
                    "id": p.id, "heard": c.heard, "laid": c.laid, "lifted": c.lifted, "blocked": c.blocked, "last_tile": c.last,
                    "longest_wait_turns_mean": c.wait as f64 / games as f64, "longest_wait_turns_max": c.wait_max,
                })
            })
            .collect();
        let cards: Vec<Value> = self.drawn().into_iter().map(|(id, n)| json!({ "id": id, "in_play": n })).collect();
        let ids = self.packs.outcomes().iter().enumerate();
        let in_play: Vec<&str> = ids
            .filter(|(i, _)| self.table.setup.in_play().has(instep_rules::Outcome(*i as u8)))
            .map(|(_, o)| o.id.as_str())
            .collect();
        let whole = json!({
            "format": "instep-simulation/1",
            "packs": self.packs.hashes().map(|(id, hash)| json!({ "id": id, "hash": hash.to_string() })).collect::<Vec<_>>(),
            "games": games,
            "seed": self.task.seed,
            "players": if self.task.players == Players::Chance { "chance" } else { "finishers" },
            "outcomes": in_play,
            "time_for_turns": self.fit.and_then(|f| f.turns),
            "turns_needed": self.fit.map(|f| f.turns_needed.clone()),
            "turns": spread(&u64::from),
            "minutes": spread(&|turns| self.minutes(turns)),
            "turn_seconds": self.task.talk,
            "endless": stats.turns.endless,
            "turns_played": stats.all_turns,
            "turns_without_effect": stats.without_effect.iter().sum::<u64>(),
            "late_turns": stats.late_turns,
            "late_turns_without_effect": stats.late_without_effect,
            "mended": stats.mended,
            "instructions": kinds,
            "perspectives": colours,
            "poems_heard": stats.poems,
            "cards": cards,
            "games_a_second": speed,
        });
        format!("{whole:#}\n")
    }
}
