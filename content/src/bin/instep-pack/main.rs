//! `instep-pack`: begin a pack, check it, try it out.

mod check;
mod new;
mod simulate;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use instep_content::Library;

/// Write and check scenario packs for Instep.
#[derive(Parser)]
#[command(name = "instep-pack", version, about, after_help = AFTER_HELP)]
struct Cli {
    /// The data folder, where installed packs are (else INSTEP_DATA, else the usual place)
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    task: Task,
}

const AFTER_HELP: &str = "A PATH is a folder with a pack.ron in it, or the name of an installed pack.\n\
Exit codes: 0 done, 1 something is wrong with a pack, 2 the call is wrong, 3 the machine failed.";

#[derive(Subcommand)]
enum Task {
    /// Make a folder with a small pack that works, to change into your own
    New {
        /// The folder to make; its last part becomes the pack's id
        name: String,
    },
    /// Look for everything that is wrong with packs, and list their content notes
    Check {
        /// Packs that are to be played together; the first gives the board
        #[arg(required = true)]
        paths: Vec<String>,
        /// Tell it in JSON
        #[arg(long)]
        json: bool,
    },
    /// Play many games by chance, to see how long a pack takes and where it drags
    Simulate(Simulate),
}

#[derive(Args)]
struct Simulate {
    /// Packs that are played together; the first gives the board
    #[arg(required = true)]
    paths: Vec<String>,
    /// How many games
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    games: u64,
    /// The same seed gives the same games
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The ruleset (else the first pack's own)
    #[arg(long)]
    ruleset: Option<String>,
    /// How much of the path: quick, hour, half or full
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(instep_content::Length::PRESETS), group = "long")]
    length: Option<String>,
    /// As many outcomes as fit into so many minutes
    #[arg(long, group = "long", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    minutes: Option<u32>,
    /// So many outcomes
    #[arg(long, group = "long")]
    outcomes: Option<u8>,
    /// Seconds that a turn takes, talk and all
    #[arg(long, value_name = "SECONDS", default_value_t = instep_content::TURN_S, value_parser = clap::value_parser!(u32).range(1..=7_200))]
    talk: u32,
    /// How players pick a stone: any that is legal, or rather one that is nearly whole
    #[arg(long, value_enum, default_value_t = Players::Chance)]
    players: Players,
    /// Tell it in JSON
    #[arg(long)]
    json: bool,
}

/// How players pick a stone.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Players {
    /// Every legal tile is as likely as any other
    Chance,
    /// As people do who like to finish what they began
    Finishers,
}

/// How a task ended: what to print, and the exit code.
struct Done {
    out: String,
    err: String,
    code: u8,
}

impl Done {
    fn ok(out: String) -> Self {
        Self { out, err: String::new(), code: 0 }
    }

    fn failed(code: u8, err: impl Into<String>) -> Self {
        Self { out: String::new(), err: err.into(), code }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let data = instep_content::data_folder(cli.data.as_deref());
    let library = Library::new(data.as_deref());
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let done = match cli.task {
        Task::New { name } => new::new(&name),
        Task::Check { paths, json } => check::check(&library, &paths, json, colour),
        Task::Simulate(task) => simulate::simulate(&library, &task, colour),
    };
    // Whoever closes the pipe early (`| head`) has seen enough: that is no failure.
    let told = std::io::stdout().write_all(done.out.as_bytes()).and_then(|()| std::io::stdout().flush());
    let failed = told.is_err_and(|e| e.kind() != std::io::ErrorKind::BrokenPipe);
    let _ = std::io::stderr().write_all(done.err.as_bytes());
    ExitCode::from(if failed { 3 } else { done.code })
}
