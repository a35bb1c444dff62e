//! Installing what is missing, or saying how.

use std::process::Command;

use crate::Fault;
use crate::needs::{self, NEEDS, Need, Source, Task};
use crate::system::{Machine, System};
use crate::workspace::Workspace;

/// Sees to it that the machine has what the tasks need. Says what it installs before it does.
///
/// Fails only where one of the tasks cannot go on without.
pub(crate) fn prepare(tasks: &[Task], workspace: &Workspace) -> Result<(), Fault> {
    let machine = Machine::new(workspace);
    let missing = needs::missing(NEEDS, tasks, &machine);
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("Missing: {}, needed for {}.", need.what, need.why);
    }
    let packages = packages_of(&missing);
    if !packages.is_empty() {
        install_packages(&packages, &Means::of(&machine));
    }
    let components = components_of(&missing);
    if !components.is_empty() {
        install_components(&components, machine.has_program("rustup"));
    }
    for name in crates_of(&missing) {
        install_crate(name, workspace);
    }
    judge(&needs::missing(NEEDS, tasks, &machine), tasks)
}

/// Whether the tasks can go on without what is still missing.
fn judge(missing: &[&Need], tasks: &[Task]) -> Result<(), Fault> {
    let (musts, wishes): (Vec<&Need>, Vec<&Need>) =
        missing.iter().partition(|need| need.must.iter().any(|task| tasks.contains(task)));
    for need in wishes {
        println!("Going on without {}: {} will not run.", need.what, need.why);
    }
    let musts: Vec<&str> = musts.into_iter().map(|need| need.what).collect();
    if musts.is_empty() {
        return Ok(());
    }
    Err(Fault::Machine(format!("this cannot go on without {}.", musts.join(" and "))))
}

fn packages_of(missing: &[&Need]) -> Vec<&'static str> {
    let packages = |need: &&Need| match need.source {
        Source::Apt(packages) => packages,
        Source::Rustup(_) | Source::Crate(_) => &[],
    };
    let mut all: Vec<&str> = Vec::new();
    for package in missing.iter().flat_map(packages) {
        if !all.contains(package) {
            all.push(package);
        }
    }
    all
}

fn components_of(missing: &[&Need]) -> Vec<&'static str> {
    let component = |need: &&Need| match need.source {
        Source::Apt(_) | Source::Crate(_) => None,
        Source::Rustup(component) => Some(component),
    };
    missing.iter().filter_map(component).collect()
}

fn crates_of<'a>(missing: &'a [&Need]) -> impl Iterator<Item = &'static str> + 'a {
    missing.iter().filter_map(|need| match need.source {
        Source::Crate(name) => Some(name),
        Source::Apt(_) | Source::Rustup(_) => None,
    })
}

/// By what means packages could be installed here.
#[derive(Debug, Clone, Copy)]
struct Means {
    apt: bool,
    apt_lists: bool,
    root: bool,
    sudo: bool,
    /// Somebody is there to type a password.
    person: bool,
}

impl Means {
    fn of(machine: &Machine<'_>) -> Self {
        Self {
            apt: machine.has_program("apt-get"),
            apt_lists: machine.has_apt_lists(),
            root: machine.is_root(),
            sudo: machine.has_program("sudo"),
            person: machine.has_person(),
        }
    }
}

/// What to do about missing packages.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    /// Run these, one after the other; if the last one fails, the lists may be old, so `update` comes before another try.
    Run { commands: Vec<Vec<String>>, update: Option<Vec<String>> },
    /// We may not: the one command to run.
    Ask(String),
    /// There is no apt: the packages by the names that Debian gives them.
    Name(String),
}

fn plan(packages: &[&str], means: Means) -> Plan {
    let names = packages.join(" ");
    if !means.apt {
        return Plan::Name(names);
    }
    if !means.root && !means.sudo {
        let update = if means.apt_lists { "" } else { "apt-get update && " };
        return Plan::Ask(format!("su -c '{update}apt-get install --yes --no-install-recommends {names}'"));
    }
    let sudo: &[&str] = match (means.root, means.person) {
        (true, _) => &[],
        (false, true) => &["sudo"],
        // Nobody could answer: fail at once rather than wait for a password.
        (false, false) => &["sudo", "--non-interactive"],
    };
    let apt = |arguments: &[&str]| -> Vec<String> {
        // `env`, because a sudoers file may forbid to pass variables by themselves. The lock: another apt may be at work.
        let get = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--option", "DPkg::Lock::Timeout=120"];
        sudo.iter().chain(&get).chain(arguments).map(|word| (*word).to_owned()).collect()
    };
    let update = apt(&["update"]);
    let mut install = apt(&["install", "--yes", "--no-install-recommends"]);
    install.extend(packages.iter().map(|name| (*name).to_owned()));
    if means.apt_lists {
        Plan::Run { commands: vec![install], update: Some(update) }
    } else {
        Plan::Run { commands: vec![update, install], update: None }
    }
}

fn install_packages(packages: &[&str], means: &Means) {
    match plan(packages, *means) {
        Plan::Name(names) => {
            println!(
                "There is no apt-get here. Debian calls the packages: {names}. Install what your system calls them."
            );
        }
        Plan::Ask(command) => println!("Neither root nor sudo here. Run this, then come back:\n\n    {command}\n"),
        Plan::Run { commands, update } => {
            println!("Installing with apt-get: {}.", packages.join(" "));
            let done = commands.iter().all(|command| runs(command));
            if let (false, Some(update), Some(install)) = (done, update, commands.last()) {
                println!("That failed; once more with fresh package lists.");
                let _ = runs(&update) && runs(install);
            }
        }
    }
}

fn install_components(components: &[&str], rustup: bool) {
    let command = format!("rustup component add {}", components.join(" "));
    if rustup {
        println!("Installing: {command}");
        runs(&command.split(' ').map(str::to_owned).collect::<Vec<_>>());
    } else {
        println!("There is no rustup here. Install for your toolchain: {}.", components.join(", "));
    }
}

/// What programs of others are built with: they run for seconds in a test run, and are waited for while they are built.
/// (cargo-deny: two minutes of one core to build and eight seconds to run; optimised, twice that and three.)
const QUICKLY_BUILT: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

fn install_crate(name: &str, workspace: &Workspace) {
    println!("Building {name}; this takes a few minutes, once.");
    let arguments = ["install", "--locked", name];
    println!("$ cargo {}", arguments.join(" "));
    // In a folder of its own, which goes afterwards: ours is for what is ours.
    let mut cargo = workspace.cargo_at_root();
    cargo.args(arguments).env_remove("CARGO_TARGET_DIR").envs(QUICKLY_BUILT);
    if let Err(error) = cargo.status() {
        println!("cargo: {error}");
    }
}

/// Runs a command for all to see; whether it ended well. What that changed is judged by looking again.
fn runs(command: &[String]) -> bool {
    let Some((program, arguments)) = command.split_first() else { return false };
    println!("$ {}", command.join(" "));
    match Command::new(program).args(arguments).status() {
        Ok(status) => status.success(),
        Err(error) => {
            println!("{program}: {error}");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::Probe;

    const ROOT: Means = Means { apt: true, apt_lists: true, root: true, sudo: false, person: false };

    fn lines(plan: Plan) -> Vec<String> {
        match plan {
            Plan::Run { commands, .. } => commands.iter().map(|command| command.join(" ")).collect(),
            Plan::Ask(line) | Plan::Name(line) => vec![line],
        }
    }

    const APT: &str = "env DEBIAN_FRONTEND=noninteractive apt-get --option DPkg::Lock::Timeout=120";

    #[test]
    fn root_installs_without_questions() {
        let install = format!("{APT} install --yes --no-install-recommends gcc x");
        assert_eq!(lines(plan(&["gcc", "x"], ROOT)), [install]);
    }

    #[test]
    fn missing_lists_are_fetched_first() {
        let got = lines(plan(&["x"], Means { apt_lists: false, ..ROOT }));
        assert_eq!(got, [format!("{APT} update"), format!("{APT} install --yes --no-install-recommends x")]);
    }

    #[test]
    fn others_use_sudo_which_never_waits_where_nobody_is() {
        let other = Means { root: false, sudo: true, ..ROOT };
        assert!(lines(plan(&["x"], other))[0].starts_with("sudo --non-interactive env DEBIAN_FRONTEND"));
        assert!(lines(plan(&["x"], Means { person: true, ..other }))[0].starts_with("sudo env DEBIAN_FRONTEND"));
    }

    #[test]
    fn without_sudo_one_command_is_told() {
        let nobody = Means { root: false, ..ROOT };
        let install = "apt-get install --yes --no-install-recommends x";
        assert_eq!(plan(&["x"], nobody), Plan::Ask(format!("su -c '{install}'")));
        let fresh = Means { apt_lists: false, ..nobody };
        assert_eq!(plan(&["x"], fresh), Plan::Ask(format!("su -c 'apt-get update && {install}'")));
    }

    #[test]
    fn without_apt_the_packages_are_named() {
        assert_eq!(plan(&["gcc", "x"], Means { apt: false, ..ROOT }), Plan::Name("gcc x".into()));
    }

    #[test]
    fn only_a_must_stops_the_task() {
        let need = |what, must| Need {
            what,
            probe: Probe::Program("p"),
            source: Source::Apt(&["p"]),
            why: "w",
            tasks: &[Task::Test, Task::Window],
            must,
        };
        let (wish, must, other) = (need("a wish", &[]), need("a must", &[Task::Test]), need("another", &[Task::Test]));
        let judge = |missing: &[&Need]| judge(missing, &[Task::Test]);
        assert!(judge(&[]).is_ok());
        assert!(judge(&[&wish]).is_ok());
        assert!(super::judge(&[&must], &[Task::Window]).is_ok(), "it is a must for the tests only");
        let fault = judge(&[&wish, &must, &other]).unwrap_err();
        assert_eq!(fault.words(), "this cannot go on without a must and another.");
        assert_eq!(fault.exit_code(), 3);
    }

    #[test]
    fn packages_and_components_are_told_apart() {
        let all: Vec<&Need> = NEEDS.iter().collect();
        let packages = packages_of(&all);
        assert_eq!(packages[..4], ["gcc", "libc6-dev", "pkg-config", "libasound2-dev"]);
        let vulkan = packages.iter().filter(|package| **package == "mesa-vulkan-drivers").count();
        assert_eq!(vulkan, 1, "two needs, one package");
        assert_eq!(components_of(&all), ["rustfmt", "clippy"]);
        let crates: Vec<&str> = crates_of(&all).collect();
        assert!(crates.iter().all(|name| name.contains('@')), "a version is named: {crates:?}");
        assert_eq!(crates.len(), 1);
    }
}
