//! `instep`: plays Instep, and checks, mends and writes out what was played.

mod export;
mod play;
mod problem;
mod recover;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Instep: four teams step into each other's shoes and lay a path together.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Call {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Play: goes on with the unfinished game, or begins a new one
    Play(PlayCall),
    /// Check a record folder, or all tables of a data folder, against the rules
    Verify {
        /// A folder with events.json, or a data folder
        path: PathBuf,
    },
    /// Copy what is whole of a damaged data folder into a new one
    Recover {
        /// The damaged data folder; it is only read. Without it, the usual one
        from: Option<PathBuf>,
        /// The new folder; without it, one beside the damaged one
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Write a game's record (events.json and words.json) into a folder
    Export {
        /// The folder to write
        dir: PathBuf,
        /// Which table; without it, the newest
        #[arg(long, value_name = "N")]
        table: Option<i64>,
        /// Where saved games are kept
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
}

/// What `instep play` takes.
#[derive(Debug, Default, clap::Args)]
struct PlayCall {
    /// Packs by installed name or path; the first gives board and stones. None means the base pack
    packs: Vec<String>,
    /// Play in the terminal
    #[arg(long)]
    headless: bool,
    /// The ruleset: guided, classic, or another of the pack's
    #[arg(long, value_name = "NAME")]
    ruleset: Option<String>,
    /// How long it is to be [default: full]
    #[arg(long, conflicts_with_all = ["minutes", "outcomes"])]
    length: Option<Length>,
    /// How many minutes you have: as many stones as will fit
    #[arg(long, value_name = "N", conflicts_with = "outcomes", value_parser = clap::value_parser!(u32).range(1..=6000))]
    minutes: Option<u32>,
    /// How many stones are in play
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=12))]
    outcomes: Option<u8>,
    /// Where chance begins: 64 hexadecimal digits, or a number
    #[arg(long, value_name = "HEX|N")]
    seed: Option<String>,
    /// Where saved games are kept
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Begin a new game, whatever is unfinished (it stays where it is)
    #[arg(long)]
    new: bool,
    /// Go on from the path of this record
    #[arg(long, value_name = "RECORD")]
    path_from: Option<PathBuf>,
    /// Write the game's record into this folder at the end
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
    /// Play these commands, one a line, seat first
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
}

/// The lengths that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Length {
    /// Two stones: about half an hour
    Quick,
    /// Three stones: about an hour
    Hour,
    /// Five stones: half a day
    Half,
    /// All of them
    Full,
}

fn main() -> ExitCode {
    let call = Call::parse();
    let done = match call.what {
        None => play::play(&PlayCall::default()),
        Some(What::Play(call)) => play::play(&call),
        Some(What::Verify { path }) => verify::verify(&path),
        Some(What::Recover { from, to }) => recover::recover(from.as_deref(), to.as_deref()),
        Some(What::Export { dir, table, data }) => export::export(&dir, table, data.as_deref()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(problem.code())
        }
    }
}
