//! Every target bears its seeds, and what is made of them. The fuzzer goes on from here: `cargo xtask fuzz`.
#![allow(missing_docs)]

use instep_fuzz::mutate::{Luck, mutated};
use instep_fuzz::{TARGETS, Target, target};

/// Says which bytes they were, whatever it was that failed.
struct Named<'a>(&'a str, &'a [u8]);

impl Drop for Named<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let hex: String = self.1.iter().map(|byte| format!("{byte:02x}")).collect();
            eprintln!("the target {} failed on these {} bytes: {hex}", self.0, self.1.len());
        }
    }
}

fn bears(target: &Target, bytes: &[u8]) {
    let named = Named(target.name, bytes);
    let memory = allocation_counter::measure(|| (target.run)(bytes));
    let most = u64::try_from(target.memory_max).unwrap_or(u64::MAX);
    assert!(memory.bytes_max <= most, "it took {} bytes of memory, and {most} are enough", memory.bytes_max);
    drop(named);
}

fn bears_what_is_made_of_its_seeds(name: &str) {
    let target = target(name).expect("there is such a target");
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty(), "{name} has seeds");
    for seed in &seeds {
        assert!(seed.len() <= target.bytes_max, "{name} has a seed of {} bytes", seed.len());
        bears(target, seed);
    }
    bears(target, &[]);
    let mut luck = Luck(0x0157_E500);
    for _ in 0..target.tries {
        bears(target, &mutated(&mut luck, &seeds, target.words, target.bytes_max));
    }
}

#[test]
fn addresses() {
    bears_what_is_made_of_its_seeds("addresses");
}

#[test]
fn frames() {
    bears_what_is_made_of_its_seeds("frames");
}

#[test]
fn lobby() {
    bears_what_is_made_of_its_seeds("lobby");
}

#[test]
fn mirror() {
    bears_what_is_made_of_its_seeds("mirror");
}

#[test]
fn moved() {
    bears_what_is_made_of_its_seeds("moved");
}

#[test]
fn packs() {
    bears_what_is_made_of_its_seeds("packs");
}

#[test]
fn record() {
    bears_what_is_made_of_its_seeds("record");
}

#[test]
fn every_target_is_tried_here_and_has_its_program() {
    let tried = include_str!("replay.rs");
    let programs = include_str!("../nightly/Cargo.toml");
    for Target { name, .. } in TARGETS {
        assert!(tried.contains(&format!("fn {name}() {{")), "{name} is not tried here");
        assert!(programs.contains(&format!("name = \"{name}\"\npath = \"src/{name}.rs\"")), "{name} has no program");
    }
}
