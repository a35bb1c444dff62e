//! `cargo xtask test`: everything that must hold before a change goes in.

use std::process::Command;

use crate::Fault;
use crate::steps::{self, Step};
use crate::system::{Machine, System};
use crate::workspace::Workspace;

/// Runs every step, and stops at the first that fails.
pub(crate) fn test(workspace: &Workspace) -> Result<(), Fault> {
    let machine = Machine::new(workspace);
    let nextest = machine.has_subcommand("nextest");
    let deny = machine.has_subcommand("deny");
    if !deny {
        println!("cargo-deny is not here: the dependencies' licences and sources are not held against deny.toml.");
    }
    steps::run(plan(nextest, deny).into_iter().map(|line| line.step(workspace)).collect())
}

/// One step, before it is a process.
struct Line {
    name: &'static str,
    cargo: &'static str,
    failure: &'static str,
    /// Whether a runner prints a summary that is worth repeating at the end.
    summary: bool,
}

impl Line {
    fn step(&self, workspace: &Workspace) -> Step {
        let mut command: Command = workspace.cargo_at_root();
        command.args(self.cargo.split(' '));
        if self.name == "documentation" {
            command.env("RUSTDOCFLAGS", "-D warnings");
        }
        let shown = format!("cargo {}", self.cargo);
        Step { name: self.name, shown, failure: self.failure, summary: self.summary, command }
    }
}

/// The steps, the quick ones first. Every build is of the whole workspace in the profiles `dev` and `test`, so that a
/// large dependency is built once.
fn plan(nextest: bool, deny: bool) -> Vec<Line> {
    let line = |name, cargo, failure| Line { name, cargo, failure, summary: false };
    let mut plan =
        vec![line("formatting", "fmt --all --check", "The code is not formatted: `cargo fmt --all` does it.")];
    if deny {
        plan.push(line(
            "dependencies",
            // Advisories need a network, and change without us: `cargo deny check advisories` asks for them.
            "deny check bans licenses sources",
            "A dependency breaks the rules in deny.toml, as cargo-deny says above.",
        ));
    }
    plan.push(line(
        "lints",
        "clippy --workspace --all-targets -- -D warnings",
        "The compiler or clippy warns about the code, as it says above.",
    ));
    plan.push(line(
        "documentation",
        // `--examples` for the same features as the lints have: see `play::BUILD`. Programs by their names: `--bins` would
        // take the server's too, which has its library's name, and so its page.
        "doc --workspace --no-deps --lib --bin instep --bin instep-pack --bin instep-load --bin xtask --examples",
        "The documentation has faults, as rustdoc says above.",
    ));
    plan.push(line("build of the tests", "test --workspace --tests --no-run", "The tests do not build."));
    // Benches are timed by `cargo xtask bench`; here they must only build.
    plan.push(line("build of the benches", "test --workspace --benches --no-run", "The benches do not build."));
    let tests =
        if nextest { "nextest run --workspace --no-fail-fast" } else { "test --workspace --tests --no-fail-fast" };
    plan.push(Line { summary: true, ..line("tests", tests, "A test failed; the runner names it above.") });
    plan.push(Line {
        summary: true,
        ..line(
            "tests in the documentation",
            "test --workspace --doc --no-fail-fast",
            "An example in the documentation failed.",
        )
    });
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(nextest: bool, deny: bool) -> Vec<&'static str> {
        plan(nextest, deny).iter().map(|line| line.cargo).collect()
    }

    #[test]
    fn tests_run_with_nextest_where_there_is_one() {
        assert!(commands(true, false).contains(&"nextest run --workspace --no-fail-fast"));
        let without = commands(false, false);
        assert!(without.iter().all(|command| !command.contains("nextest")));
        assert!(without.contains(&"test --workspace --tests --no-fail-fast"));
    }

    #[test]
    fn warnings_are_faults_and_no_bench_is_timed() {
        let commands = commands(true, true);
        assert!(commands.contains(&"clippy --workspace --all-targets -- -D warnings"));
        assert!(commands.contains(&"deny check bans licenses sources"));
        assert!(commands.iter().all(|command| !command.starts_with("bench")));
    }

    #[test]
    fn every_failure_is_one_sentence() {
        for line in plan(true, true) {
            assert!(line.failure.ends_with('.') && !line.failure.contains(". "), "{}", line.failure);
        }
    }
}
