//! `cargo xtask load`: a server with many tables, the load on it, and what they were measured on.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::Fault;
use crate::built;
use crate::machine;
use crate::workspace::Workspace;

/// What is built: the generator, which has the server in it and starts it as a process of its own.
const BUILD: [&str; 4] = ["build", "--release", "-p", "instep-load"];

/// Builds in release, describes the machine, and runs the generator; its exit code is ours.
pub(crate) fn load(workspace: &Workspace, arguments: &[OsString]) -> Result<ExitCode, Fault> {
    let built = built::build(workspace.cargo_at_root().args(BUILD))?;
    for line in machine::describe() {
        println!("{line}");
    }
    let status = Command::new(built::named(&built, "instep-load")?).args(arguments).status();
    match status {
        // A signal ended it: the machine's doing, or the person's.
        Ok(status) => Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(3))),
        Err(error) => Err(Fault::Machine(format!("the generator cannot be started: {error}."))),
    }
}
