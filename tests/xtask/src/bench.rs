//! `cargo xtask bench`: figures, and what they were measured on.

use std::ffi::OsString;

use crate::Fault;
use crate::machine;
use crate::workspace::Workspace;

/// Runs every bench, after a description of the machine without which no figure means anything.
pub(crate) fn bench(workspace: &Workspace, arguments: &[OsString]) -> Result<(), Fault> {
    for line in machine::describe() {
        println!("{line}");
    }
    println!();
    let mut cargo = workspace.cargo_at_root();
    cargo.arg("bench").args(chosen(arguments));
    let status = cargo.args(arguments).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Fault::Wrong("a bench failed; cargo says which above.".into())),
        Err(error) => Err(Fault::Machine(format!("cargo cannot be started: {error}."))),
    }
}

/// What the arguments leave open: all packages, and all benches of them.
///
/// The benches are named, because cargo would run the unit tests' harness too, which knows no bench's options.
fn chosen(arguments: &[OsString]) -> Vec<&'static str> {
    let ours = arguments.iter().take_while(|argument| *argument != "--").filter_map(|argument| argument.to_str());
    let ours: Vec<&str> = ours.collect();
    let given = |names: &[&str]| {
        let is = |argument: &str, name: &str| argument == name || argument.starts_with(&format!("{name}="));
        ours.iter().any(|argument| names.iter().any(|name| is(argument, name)))
    };
    let mut chosen = Vec::new();
    if !given(&["-p", "--package", "--workspace"]) {
        chosen.push("--workspace");
    }
    if !given(&["--bench", "--benches", "--lib", "--bins", "--all-targets"]) {
        chosen.extend(["--bench", "*"]);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_benches_run_unless_some_are_chosen() {
        let chosen = |line: &str| chosen(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>()).join(" ");
        assert_eq!(chosen(""), "--workspace --bench *");
        assert_eq!(chosen("-- -p --bench"), "--workspace --bench *");
        assert_eq!(chosen("-p instep-rules"), "--bench *");
        assert_eq!(chosen("--package=instep-rules --bench games"), "");
        assert_eq!(chosen("--bench games -- --quick"), "--workspace");
    }
}
