//! What Instep needs of a system beyond Rust: one table, from which `needs` lists and `play`, `test` and `bench`
//! install.

use crate::system::{Machine, System};
use crate::workspace::Workspace;

/// For what something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    Play,
    Test,
    Bench,
}

/// How to see whether it is there.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Probe {
    /// A program on PATH.
    Program(&'static str),
    /// A library, by its name in pkg-config.
    #[cfg_attr(not(test), expect(dead_code, reason = "the window's libraries will be looked for by it"))]
    PkgConfig(&'static str),
    /// A file, by its absolute path.
    File(&'static str),
    /// A subcommand of cargo that says its version. Being on PATH is not enough: rustup puts a stand-in there for
    /// components that are not installed.
    Cargo(&'static str),
}

/// Where it can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// Debian's and Ubuntu's packages. Needed on Linux only.
    Apt(&'static [&'static str]),
    /// A component of the Rust toolchain.
    Rustup(&'static str),
}

/// One thing that a system must or should have.
#[derive(Debug)]
pub(crate) struct Need {
    pub(crate) what: &'static str,
    pub(crate) probe: Probe,
    pub(crate) source: Source,
    /// Completes "needed for …".
    pub(crate) why: &'static str,
    pub(crate) tasks: &'static [Task],
    /// Whether its tasks cannot go on without it.
    pub(crate) must: bool,
}

/// The table.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler",
        probe: Probe::Program("cc"),
        // Without its recommendations gcc comes without the C library's headers.
        source: Source::Apt(&["gcc", "libc6-dev"]),
        why: "SQLite, which is built into the program, and linking",
        tasks: &[Task::Play, Task::Test, Task::Bench],
        must: true,
    },
    Need {
        what: "rustfmt",
        probe: Probe::Cargo("fmt"),
        source: Source::Rustup("rustfmt"),
        why: "checking the formatting",
        tasks: &[Task::Test],
        must: true,
    },
    Need {
        what: "clippy",
        probe: Probe::Cargo("clippy"),
        source: Source::Rustup("clippy"),
        why: "the lints",
        tasks: &[Task::Test],
        must: true,
    },
    Need {
        what: "a British dictionary",
        probe: Probe::File("/usr/share/hunspell/en_GB.dic"),
        source: Source::Apt(&["hunspell-en-gb"]),
        why: "the spelling test of cards and pages",
        tasks: &[Task::Test],
        must: false,
    },
];

impl Need {
    /// Whether a system of this kind needs it at all.
    fn concerns(&self, os: &str) -> bool {
        match self.source {
            Source::Apt(_) => os == "linux",
            Source::Rustup(_) => true,
        }
    }

    /// Whether it is there.
    pub(crate) fn present(&self, system: &impl System) -> bool {
        match self.probe {
            Probe::Program(name) => system.has_program(name),
            Probe::PkgConfig(name) => system.has_library(name),
            Probe::File(path) => system.has_file(path),
            Probe::Cargo(name) => system.has_subcommand(name),
        }
    }

    fn package(&self) -> String {
        match self.source {
            Source::Apt(packages) => packages.join(" "),
            Source::Rustup(component) => format!("rustup component {component}"),
        }
    }
}

/// What `task` needs and `system` lacks, in the table's order.
pub(crate) fn missing<'a>(needs: &'a [Need], task: Task, system: &impl System) -> Vec<&'a Need> {
    needs
        .iter()
        .filter(|need| need.tasks.contains(&task) && need.concerns(system.os()) && !need.present(system))
        .collect()
}

/// `cargo xtask needs`.
pub(crate) fn list(workspace: &Workspace) {
    for line in table(NEEDS, &Machine::new(workspace)) {
        println!("{line}");
    }
}

fn table(needs: &[Need], system: &impl System) -> Vec<String> {
    let mut rows = vec![["need", "", "package", "for", "why"].map(str::to_owned)];
    rows.extend(needs.iter().map(|need| {
        let state = match (need.concerns(system.os()), need.present(system)) {
            (false, _) => "not needed here",
            (true, true) => "present",
            (true, false) => "missing",
        };
        let tasks: Vec<String> = need.tasks.iter().map(|task| format!("{task:?}").to_lowercase()).collect();
        [need.what.to_owned(), state.to_owned(), need.package(), tasks.join(", "), need.why.to_owned()]
    }));
    aligned(&rows)
}

/// Rows as lines, each column as wide as its widest cell.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::tests::Pretend;

    const FULL: Pretend = Pretend {
        os: "linux",
        programs: &["cc"],
        libraries: &[],
        files: &["/usr/share/hunspell/en_GB.dic"],
        subcommands: &["fmt", "clippy"],
    };

    fn lacks(task: Task, system: &Pretend) -> Vec<&'static str> {
        missing(NEEDS, task, system).iter().map(|need| need.what).collect()
    }

    #[test]
    fn a_full_system_lacks_nothing() {
        for task in [Task::Play, Task::Test, Task::Bench] {
            assert_eq!(lacks(task, &FULL), [""; 0]);
        }
    }

    #[test]
    fn a_task_asks_only_for_what_it_needs() {
        let bare = Pretend { programs: &[], files: &[], subcommands: &[], ..FULL };
        assert_eq!(lacks(Task::Play, &bare), ["a C compiler"]);
        assert_eq!(lacks(Task::Test, &bare), ["a C compiler", "rustfmt", "clippy", "a British dictionary"]);
    }

    #[test]
    fn other_systems_are_not_asked_for_debians_packages() {
        for os in ["macos", "windows"] {
            let bare = Pretend { os, programs: &[], files: &[], subcommands: &[], ..FULL };
            assert_eq!(lacks(Task::Test, &bare), ["rustfmt", "clippy"]);
        }
    }

    #[test]
    fn every_kind_of_probe_asks_its_own_question() {
        let system = Pretend { libraries: &["alsa"], ..FULL };
        let need = |probe| Need { what: "", probe, source: Source::Rustup(""), why: "", tasks: &[], must: true };
        for (probe, there) in [
            (Probe::Program("cc"), true),
            (Probe::Program("alsa"), false),
            (Probe::PkgConfig("alsa"), true),
            (Probe::PkgConfig("cc"), false),
            (Probe::File("/usr/share/hunspell/en_GB.dic"), true),
            (Probe::File("cc"), false),
            (Probe::Cargo("fmt"), true),
            (Probe::Cargo("cc"), false),
        ] {
            assert_eq!(need(probe).present(&system), there, "{probe:?}");
        }
    }

    #[test]
    fn the_table_says_what_is_missing_and_how_it_is_called() {
        let lines = table(NEEDS, &Pretend { programs: &[], ..FULL });
        assert_eq!(lines.len(), NEEDS.len() + 1);
        assert!(lines[1].starts_with("a C compiler          missing  gcc libc6-dev"), "{}", lines[1]);
        assert!(lines[2].contains("present") && lines[2].contains("rustup component rustfmt"), "{}", lines[2]);
        let elsewhere = table(NEEDS, &Pretend { os: "windows", ..FULL });
        assert!(elsewhere[1].contains("not needed here"), "{}", elsewhere[1]);
    }
}
