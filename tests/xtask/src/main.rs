//! The developers' commands: `cargo xtask play`, `test`, `dist`, `bench`, `load`, `fuzz` and `needs`.
//!
//! `play` and `test` are all that a newcomer has to know: they find what the system lacks, install it, and do the
//! thing. Exit codes as everywhere in Instep: 0 done, 1 the thing asked about is wrong, 2 the call is wrong,
//! 3 the machine failed us.

mod bench;
mod built;
mod call;
mod claim;
mod dist;
mod fuzz;
mod install;
mod load;
mod machine;
mod needs;
mod play;
mod steps;
mod system;
mod test;
mod workspace;

use std::process::ExitCode;

use call::Call;
use needs::Task;
use workspace::Workspace;

/// Why a command ended without doing what was asked, in words for the person who asked.
#[derive(Debug)]
enum Fault {
    /// A step failed: the code is wrong, not the call.
    Wrong(String),
    /// The command line is wrong.
    Call(String),
    /// The machine lacks something that could not be had.
    Machine(String),
}

impl Fault {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Wrong(_) => 1,
            Self::Call(_) => 2,
            Self::Machine(_) => 3,
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::Wrong(words) | Self::Call(words) | Self::Machine(words) => words,
        }
    }
}

fn main() -> ExitCode {
    match call::parse(std::env::args_os().skip(1)).and_then(run) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("xtask: {}", fault.words());
            ExitCode::from(fault.exit_code())
        }
    }
}

fn run(call: Call) -> Result<ExitCode, Fault> {
    match call {
        Call::Help => {
            print!("{}", call::HELP);
            Ok(ExitCode::SUCCESS)
        }
        Call::Needs => {
            needs::list(&Workspace::find());
            Ok(ExitCode::SUCCESS)
        }
        Call::Play(arguments) => {
            let workspace = Workspace::find();
            let window = play::opens_a_window(&arguments).then_some(Task::Window);
            let tasks: Vec<Task> = [Task::Play].into_iter().chain(window).collect();
            install::prepare(&tasks, &workspace)?;
            play::play(&workspace, &arguments)
        }
        Call::Test => {
            let workspace = Workspace::find();
            install::prepare(&[Task::Test], &workspace)?;
            let _claim = claim::claim(&workspace)?;
            test::test(&workspace).map(|()| ExitCode::SUCCESS)
        }
        Call::Dist(out) => {
            let workspace = Workspace::find();
            install::prepare(&[Task::Dist], &workspace)?;
            dist::dist(&workspace, out.as_deref()).map(|()| ExitCode::SUCCESS)
        }
        Call::Bench(arguments) => {
            let workspace = Workspace::find();
            install::prepare(&[Task::Bench], &workspace)?;
            let _claim = claim::claim(&workspace)?;
            bench::bench(&workspace, &arguments).map(|()| ExitCode::SUCCESS)
        }
        Call::Fuzz(target, seconds) => {
            let workspace = Workspace::find();
            install::prepare(&[Task::Bench], &workspace)?;
            fuzz::fuzz(&workspace, target.as_deref(), seconds).map(|()| ExitCode::SUCCESS)
        }
        Call::Load(arguments) => {
            let workspace = Workspace::find();
            install::prepare(&[Task::Bench], &workspace)?;
            let _claim = claim::claim(&workspace)?;
            load::load(&workspace, &arguments)
        }
    }
}
