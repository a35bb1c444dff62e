//! A whole world in one thread: the very lobby that runs in a server, over a simulated clock, calendar, disk and
//! network, and people who play, type, drop out, come back and lie. Everything that happens follows from one seed.
//!
//! To see one world again, with all that was said in it:
//!
//! ```text
//! INSTEP_SEED=123 cargo test -p instep-tests --test simulation one_seed -- --nocapture
//! ```
//!
//! `INSTEP_SEEDS=20000` runs so many in place of a thousand.
//!
//! What is checked stands in `ledger.rs` (at each frame that leaves), `answers.rs` (at each answer that arrives),
//! `disk.rs` (at each commit) and `quiet.rs` (once all faults have ended). A check that fails names itself and its seed.

mod acts;
mod answers;
mod device;
mod disk;
mod faults;
mod ledger;
mod liars;
mod net;
mod packs;
mod plan;
mod quiet;
mod server;
mod trace;
mod typed;
mod world;

use std::ops::Range;

use world::World;

/// Seeds that `a_thousand_seeds_hold` shares out among its parts.
const SEEDS: u64 = 1_000;
const PARTS: u64 = 8;

/// Says which seed it was, whatever it was that failed.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.0;
            eprintln!(
                "seed {seed} failed; to see it again: \
                 INSTEP_SEED={seed} cargo test -p instep-tests --test simulation one_seed -- --nocapture"
            );
        }
    }
}

/// One world, from its beginning to its end; what it left behind.
fn run(seed: u64, loud: bool) -> world::Left {
    let _named = Named(seed);
    World::new(seed, loud).live()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

fn part(n: u64) -> Range<u64> {
    let each = number("INSTEP_SEEDS").unwrap_or(SEEDS).div_ceil(PARTS);
    n * each..(n + 1) * each
}

fn holds(n: u64) {
    let mut all = world::Counts::default();
    for seed in part(n) {
        all.add(&run(seed, false).counts);
    }
    println!("{all:?}");
    // Worlds in which nothing happens hold whatever is broken.
    let enough = all.events > 5_000 && all.closed > 3 && all.words > 1_000 && all.let_in > 300 && all.lies > 500;
    let faults = all.crashes > 150 && all.closes > 20 && all.broken_disks > 10 && all.cuts > 500 && all.erased > 20;
    let returns = all.resumed > 1_500 && all.older_token > 5 && all.behind > 20 && all.repeated > 2_000;
    assert!(part(n).count() < 125 || enough && faults && returns, "too little happens: {all:?}");
}

mod a_thousand_seeds_hold {
    use super::holds;

    #[test]
    fn part_1() {
        holds(0);
    }

    #[test]
    fn part_2() {
        holds(1);
    }

    #[test]
    fn part_3() {
        holds(2);
    }

    #[test]
    fn part_4() {
        holds(3);
    }

    #[test]
    fn part_5() {
        holds(4);
    }

    #[test]
    fn part_6() {
        holds(5);
    }

    #[test]
    fn part_7() {
        holds(6);
    }

    #[test]
    fn part_8() {
        holds(7);
    }
}

#[test]
fn the_same_seed_leaves_the_same_trace() {
    let mut traces = Vec::new();
    for seed in (0..SEEDS).step_by(13) {
        let (first, second) = (run(seed, false), run(seed, false));
        assert_eq!(first.trace, second.trace, "seed {seed} went two ways");
        println!("seed {seed}: trace {:016x}, {} inputs", first.trace, first.counts.inputs);
        traces.push(first.trace);
    }
    traces.sort_unstable();
    traces.dedup();
    assert_eq!(traces.len(), (0..SEEDS).step_by(13).count(), "two seeds made one world");
}

#[test]
fn one_seed() {
    // Without a seed there is nothing to look at: any will do.
    let asked = number("INSTEP_SEED");
    let left = run(asked.unwrap_or(1), asked.is_some());
    println!("trace {:016x}\n{:?}", left.trace, left.counts);
}
