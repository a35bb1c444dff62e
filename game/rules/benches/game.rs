//! How fast a whole game is: seven outcomes, guided, from the first opening tile to the last outcome met,
//! every event produced and applied. The aim is at most 5 µs a game on one core.
//!
//! A plain program: a game takes microseconds and a run millions of games, so that there is nothing for a
//! statistics library to add but its own cost. `cargo bench -p instep-rules [-- SECONDS]`

#[path = "../tests/support/base.rs"]
mod base;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Events, Game, Ruleset, Seed, Stream, decide_into};

const RUNS: usize = 5;

fn main() {
    // `cargo bench` adds `--bench`; a number is the length of each run.
    let seconds = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(2.0);
    for (name, ruleset) in [("guided", Ruleset::guided()), ("classic", Ruleset::classic())] {
        let mut table = Table::new(ruleset);
        table.run(Duration::from_secs_f64(seconds / 4.0)); // caches, clock speed
        let mut runs: Vec<_> = (0..RUNS).map(|_| table.run(Duration::from_secs_f64(seconds))).collect();
        runs.sort_by(|a, b| a.us_a_game().total_cmp(&b.us_a_game()));
        let (best, median, worst) = (&runs[0], &runs[RUNS / 2], &runs[RUNS - 1]);
        println!(
            "{name}, 7 outcomes, one core: median of {RUNS} runs {:.2} µs a game ({:.2} to {:.2}), {:.0} games/s; \
             a game has {:.1} turns, {:.1} commands, {:.1} events; {:.1} ns a command",
            median.us_a_game(),
            best.us_a_game(),
            worst.us_a_game(),
            1e6 / median.us_a_game(),
            median.a_game(median.turns),
            median.a_game(median.commands),
            median.a_game(median.events),
            median.us_a_game() * 1e3 / median.a_game(median.commands),
        );
    }
}

struct Table {
    game: Game,
    played: u64,
}

#[derive(Default)]
struct Run {
    games: u64,
    turns: u64,
    commands: u64,
    events: u64,
    took: Duration,
}

impl Run {
    fn a_game(&self, count: u64) -> f64 {
        count as f64 / self.games as f64
    }

    fn us_a_game(&self) -> f64 {
        self.took.as_secs_f64() * 1e6 / self.games as f64
    }
}

impl Table {
    fn new(ruleset: Ruleset) -> Self {
        let mut game = Game::new(Arc::new(base::base_setup(7, ruleset)));
        game.reserve(4096);
        Self { game, played: 0 }
    }

    fn run(&mut self, length: Duration) -> Run {
        let mut run = Run::default();
        let start = Instant::now();
        while run.took < length {
            for _ in 0..256 {
                self.play(&mut run);
            }
            run.took = start.elapsed();
        }
        run
    }

    /// One game, as a simulation plays it: a seed of its own, and players who choose by chance.
    fn play(&mut self, run: &mut Run) {
        self.played += 1;
        let mut seed = Seed([0x5e; 32]);
        seed.0[..8].copy_from_slice(&self.played.to_le_bytes());
        let mut chance = Stream::new(&seed, 0);
        let mut dice = Dice::new(self.played);
        let game = &mut self.game;
        game.restart();
        let mut events = Events::new();
        while !game.state().path_complete(game.setup()) {
            let Some((who, command)) = next_command(game, &mut dice, Habit::Uniform) else { break };
            decide_into(game.setup(), game.state(), who, command, &mut chance, &mut events)
                .unwrap_or_else(|refusal| panic!("{who:?} {command:?} refused: {refusal:?}"));
            game.apply(&events);
            run.commands += 1;
        }
        run.games += 1;
        run.turns += u64::from(game.state().turns());
        run.events += game.log().len() as u64;
        black_box(game.state());
    }
}
