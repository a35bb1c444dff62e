//! `cargo xtask fuzz`: bytes of every kind, thrown at what reads bytes that nobody vouches for.
//!
//! It does what `cargo fuzz` does, without asking anybody to install that. Nor may we set its `--cfg fuzzing`, by which
//! some of our dependencies understand that they themselves are to be looked at, and do not build.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Fault;
use crate::built;
use crate::workspace::Workspace;

/// From the root.
const FOLDER: &str = "tests/fuzz/nightly";

/// What the compiler is told, so that the fuzzer sees which ways the code takes, and memory is watched over.
const FLAGS: &[&str] = &[
    // These stand in place of what .cargo/config.toml says.
    #[cfg(target_arch = "x86_64")]
    "-Ctarget-cpu=x86-64-v2",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "-Zsanitizer=address",
    "-Ccodegen-units=1",
];

/// Builds the targets with the nightly toolchain, and runs one or each; stops at the first that fails.
pub(crate) fn fuzz(workspace: &Workspace, target: Option<&str>, seconds: u32) -> Result<(), Fault> {
    let folder = workspace.root.join(FOLDER);
    let known = targets(&folder.join("src"));
    let chosen = chosen(&known, target)?;
    let host = nightly_host()?;
    let ours = workspace.builds().join("fuzz");
    // The very versions that everything else is built with; cargo adds to the copy what only the fuzzer needs.
    fs::copy(workspace.root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(cannot_write)?;
    let mut cargo = Command::new("rustup");
    cargo.args(["run", "nightly", "cargo", "build", "--release", "--target", &host]).current_dir(&folder);
    cargo.args(chosen.iter().flat_map(|name| ["--bin", name]));
    cargo.env("CARGO_TARGET_DIR", &ours).env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    let programs = built::build(&mut cargo)?;
    for name in chosen {
        println!("\n── {name}, for {seconds} seconds");
        run(built::named(&programs, name)?, name, seconds, &ours)?;
    }
    Ok(())
}

/// The targets, by their programs' sources, in order.
fn targets(sources: &Path) -> Vec<String> {
    let names = fs::read_dir(sources).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        names.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned())).collect();
    names.sort();
    names
}

fn chosen<'a>(known: &'a [String], target: Option<&str>) -> Result<Vec<&'a str>, Fault> {
    let chosen = known.iter().map(String::as_str).filter(|name| target.is_none_or(|target| target == *name));
    let chosen: Vec<&str> = chosen.collect();
    match (chosen.is_empty(), target) {
        (false, _) => Ok(chosen),
        (true, Some(target)) => {
            Err(Fault::Call(format!("there is no target `{target}`. There are: {}.", known.join(", "))))
        }
        (true, None) => Err(Fault::Wrong(format!("there is no target in {FOLDER}."))),
    }
}

/// The kind of machine that the nightly toolchain is for, if there is such a toolchain.
fn nightly_host() -> Result<String, Fault> {
    let missing = || {
        Fault::Machine(
            "the fuzzer needs Rust's nightly toolchain: `rustup toolchain install nightly` brings it. \
             `cargo xtask test` runs the same targets without it, over inputs of its own."
                .into(),
        )
    };
    let about = Command::new("rustup").args(["run", "nightly", "rustc", "-vV"]).stderr(Stdio::null()).output();
    let about = about.ok().filter(|about| about.status.success()).ok_or_else(missing)?;
    host(&String::from_utf8_lossy(&about.stdout)).ok_or_else(missing)
}

fn host(about: &str) -> Option<String> {
    about.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

fn run(program: &Path, name: &str, seconds: u32, ours: &Path) -> Result<(), Fault> {
    // What led to something new is kept there, and the next run goes on from it.
    let [corpus, seeds, found] = ["corpus", "seeds", "found"].map(|folder| ours.join(folder).join(name));
    for folder in [&corpus, &seeds, &found] {
        fs::create_dir_all(folder).map_err(cannot_write)?;
    }
    let mut fuzzer = Command::new(program);
    fuzzer.args(arguments(seconds)).arg(format!("-dict={}", seeds.join("words.dict").display()));
    // It takes what is put behind this as the beginning of files' names.
    fuzzer.arg(format!("-artifact_prefix={}/", found.display())).arg(&corpus).arg(seeds.join("inputs"));
    // The target writes its seeds and words there before it begins.
    let status = fuzzer.env("INSTEP_FUZZ_SEEDS", &seeds).stdin(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Fault::Wrong(format!(
            "{name}: the fuzzer found something; the bytes are in {}. Put them among the target's seeds in tests/fuzz/src, so \
             that they stay a test.",
            found.display()
        ))),
        Err(error) => Err(Fault::Machine(format!("{name} cannot be started: {error}."))),
    }
}

/// What libFuzzer is told.
fn arguments(seconds: u32) -> Vec<String> {
    let own = ["-max_len=65536", "-timeout=10", "-rss_limit_mb=2048", "-malloc_limit_mb=128", "-detect_leaks=0"];
    let quiet = ["-print_final_stats=1", "-verbosity=1"];
    let time = format!("-max_total_time={seconds}");
    own.into_iter().chain(quiet).map(str::to_owned).chain([time]).collect()
}

fn cannot_write(error: std::io::Error) -> Fault {
    Fault::Machine(format!("the fuzzer's files cannot be written: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_target_or_all_are_chosen() {
        let known = ["frames", "packs"].map(str::to_owned);
        assert_eq!(chosen(&known, None).unwrap(), ["frames", "packs"]);
        assert_eq!(chosen(&known, Some("packs")).unwrap(), ["packs"]);
        let fault = chosen(&known, Some("pack")).unwrap_err();
        assert_eq!(fault.exit_code(), 2);
        assert!(fault.words().ends_with("There are: frames, packs."), "{}", fault.words());
        assert_eq!(chosen(&[], None).unwrap_err().exit_code(), 1);
    }

    #[test]
    fn the_targets_are_found() {
        let targets = targets(&Workspace::find().root.join(FOLDER).join("src"));
        assert!(targets.iter().any(|name| name == "frames"), "{targets:?}");
    }

    #[test]
    fn the_compiler_says_which_machine_it_is_for() {
        let about = "rustc 1.97.0-nightly\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nrelease: 1.97.0-nightly\n";
        assert_eq!(host(about).as_deref(), Some("x86_64-unknown-linux-gnu"));
        assert_eq!(host(""), None);
    }
}
