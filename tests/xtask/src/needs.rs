//! What Instep needs of a system beyond Rust: one table, from which `needs` lists and `play`, `test` and `bench`
//! install.

mod table;

use crate::system::{Machine, System};
use crate::workspace::Workspace;

pub(crate) use table::NEEDS;

/// For what something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Building the game.
    Play,
    /// Showing it in a window.
    Window,
    Test,
    Bench,
    Dist,
}

/// How to see whether it is there.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Probe {
    /// A program on PATH.
    Program(&'static str),
    /// A library to build with, by its name in pkg-config.
    PkgConfig(&'static str),
    /// A library that is loaded when the program runs, by its file's name.
    Shared(&'static str),
    /// A file, by its absolute path.
    File(&'static str),
    /// A file whose name begins so, in any of the folders.
    AnyFile { folders: &'static [&'static str], start: &'static str },
    /// A module of the system's own Python.
    Python(&'static str),
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
    /// A program of its own, with its version: built here from its source.
    Crate(&'static str),
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
    /// Those of its tasks that cannot go on without it.
    pub(crate) must: &'static [Task],
}

impl Need {
    /// Whether a system of this kind needs it at all.
    fn concerns(&self, os: &str) -> bool {
        match self.source {
            Source::Apt(_) => os == "linux",
            Source::Rustup(_) | Source::Crate(_) => true,
        }
    }

    /// Whether it is there.
    pub(crate) fn present(&self, system: &impl System) -> bool {
        match self.probe {
            Probe::Program(name) => system.has_program(name),
            Probe::PkgConfig(name) => system.has_library(name),
            Probe::Shared(name) => system.has_shared(name),
            Probe::File(path) => system.has_file(path),
            Probe::AnyFile { folders, start } => folders.iter().any(|folder| system.has_file_in(folder, start)),
            Probe::Python(module) => system.has_module(module),
            Probe::Cargo(name) => system.has_subcommand(name),
        }
    }

    fn package(&self) -> String {
        match self.source {
            Source::Apt(packages) => packages.join(" "),
            Source::Rustup(component) => format!("rustup component {component}"),
            Source::Crate(name) => format!("crate {name}"),
        }
    }
}

/// What the tasks need and `system` lacks, in the table's order.
pub(crate) fn missing<'a>(needs: &'a [Need], tasks: &[Task], system: &impl System) -> Vec<&'a Need> {
    let asked = |need: &&Need| need.tasks.iter().any(|task| tasks.contains(task)) && need.concerns(system.os());
    needs.iter().filter(asked).filter(|need| !need.present(system)).collect()
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
        programs: &["cc", "pkg-config", "Xvfb", "xdotool", "dbus-run-session"],
        libraries: &["alsa"],
        shared: &["libxkbcommon-x11.so.0", "libXcursor.so.1", "libXi.so.6", "libXrandr.so.2"],
        files: &[
            "/usr/share/hunspell/en_GB.dic",
            "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json",
            "/usr/libexec/at-spi-bus-launcher",
        ],
        modules: &["pyatspi"],
        subcommands: &["fmt", "clippy", "deny"],
    };

    const BARE: Pretend =
        Pretend { programs: &[], libraries: &[], shared: &[], files: &[], modules: &[], subcommands: &[], ..FULL };

    const TASKS: [Task; 5] = [Task::Play, Task::Window, Task::Test, Task::Bench, Task::Dist];

    fn lacks(task: Task, system: &Pretend) -> Vec<&'static str> {
        missing(NEEDS, &[task], system).iter().map(|need| need.what).collect()
    }

    #[test]
    fn a_full_system_lacks_nothing() {
        for task in TASKS {
            assert_eq!(lacks(task, &FULL), [""; 0]);
        }
    }

    #[test]
    fn a_task_asks_only_for_what_it_needs() {
        for task in [Task::Play, Task::Bench, Task::Dist] {
            assert_eq!(lacks(task, &BARE), ["a C compiler", "pkg-config", "ALSA's headers"]);
        }
        let window = [
            "a Vulkan driver",
            "the keyboard's layout under X11",
            "the pointer under X11",
            "keys and clicks under X11",
            "the screens under X11",
        ];
        assert_eq!(lacks(Task::Window, &BARE), window);
        let test = lacks(Task::Test, &BARE);
        assert_eq!(test.len(), NEEDS.len() - 1, "everything, and its own Vulkan driver: {test:?}");
    }

    #[test]
    fn several_tasks_ask_once() {
        let both = missing(NEEDS, &[Task::Play, Task::Window], &BARE).len();
        assert_eq!(both, lacks(Task::Play, &BARE).len() + lacks(Task::Window, &BARE).len());
        assert_eq!(missing(NEEDS, &TASKS, &BARE).len(), NEEDS.len());
    }

    #[test]
    fn a_must_is_one_of_its_tasks_and_the_window_is_no_must() {
        for need in NEEDS {
            assert!(need.must.iter().all(|task| need.tasks.contains(task)), "{}", need.what);
            // There is still the terminal.
            assert!(!need.must.contains(&Task::Window), "{}", need.what);
        }
    }

    #[test]
    fn other_systems_are_not_asked_for_debians_packages() {
        for os in ["macos", "windows"] {
            assert_eq!(lacks(Task::Test, &Pretend { os, ..BARE }), ["rustfmt", "clippy", "cargo-deny"]);
            assert_eq!(lacks(Task::Window, &Pretend { os, ..BARE }), [""; 0]);
        }
    }

    #[test]
    fn any_card_draws_the_window_but_not_the_tests() {
        let card = Pretend { files: &["/usr/share/vulkan/icd.d/nvidia_icd.json"], ..FULL };
        assert_eq!(lacks(Task::Window, &card), [""; 0]);
        assert!(lacks(Task::Test, &card).contains(&"a Vulkan driver for no graphics card"));
    }

    #[test]
    fn every_kind_of_probe_asks_its_own_question() {
        let need = |probe| Need { what: "", probe, source: Source::Rustup(""), why: "", tasks: &[], must: &[] };
        let icd = |folders, start| Probe::AnyFile { folders, start };
        for (probe, there) in [
            (Probe::Program("cc"), true),
            (Probe::Program("alsa"), false),
            (Probe::PkgConfig("alsa"), true),
            (Probe::PkgConfig("libXi.so.6"), false),
            (Probe::Shared("libXi.so.6"), true),
            (Probe::Shared("alsa"), false),
            (Probe::File("/usr/share/hunspell/en_GB.dic"), true),
            (Probe::File("cc"), false),
            (icd(&["/nowhere", "/usr/share/vulkan/icd.d"], "lvp"), true),
            (icd(&["/usr/share/vulkan/icd.d"], "radeon"), false),
            (icd(&["/usr/share/vulkan"], ""), false),
            (Probe::Python("pyatspi"), true),
            (Probe::Python("cc"), false),
            (Probe::Cargo("fmt"), true),
            (Probe::Cargo("cc"), false),
        ] {
            assert_eq!(need(probe).present(&FULL), there, "{probe:?}");
        }
    }

    #[test]
    fn the_table_says_what_is_missing_and_how_it_is_called() {
        let lines = table(NEEDS, &Pretend { programs: &[], ..FULL });
        assert_eq!(lines.len(), NEEDS.len() + 1);
        let row = |what: &str| lines.iter().find(|line| line.starts_with(what)).unwrap();
        assert!(row("a C compiler ").contains(" missing  gcc libc6-dev "));
        assert!(row("rustfmt ").contains(" present  rustup component rustfmt "));
        let elsewhere = table(NEEDS, &Pretend { os: "windows", ..FULL });
        assert!(elsewhere[1].contains("not needed here"), "{}", elsewhere[1]);
    }
}
