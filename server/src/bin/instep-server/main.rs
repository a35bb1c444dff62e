//! `instep-server`: keeps tables for many, and lets whoever looks after it see to them.

mod certificate;
mod config;
mod control;
mod hook;
mod http;
mod log;
mod operate;
mod out;
mod problem;
mod reach;
mod run;
mod told;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use config::{Config, Layers};
use problem::Problem;

/// A server for tables of Instep.
#[derive(Debug, Parser)]
#[command(version, about = "A server for tables of Instep: many at a time, each with the people who have its invite.")]
#[command(after_help = "\
Without a command it serves, until it is told to stop (SIGTERM, or Ctrl-C).
Every setting may be a flag, a variable in the environment, or a line of the file that --config names; in this order.
docs/hosting.md is for whoever looks after a server.

Exit codes: 0 done, 1 the thing asked about is wrong, 2 the call is wrong, 3 the machine failed (disk, port).")]
struct Call {
    /// A file with settings, as --print-config writes it
    #[arg(long, value_name = "FILE", env = "INSTEP_CONFIG", hide_env_values = true, global = true)]
    config: Option<PathBuf>,
    /// Show all settings as they are in force, as a file that --config takes, and do nothing else
    #[arg(long)]
    print_config: bool,
    #[command(flatten)]
    layers: Layers,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the tables: what they are called, who is there, and when they will be deleted
    Tables {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Write a table's record (events.json and words.json) into a folder
    Export {
        /// The table's number
        table: i64,
        /// The folder to write
        dir: PathBuf,
    },
    /// Erase what people typed at a table, also from backups; its game stays
    Erase {
        /// The table's number
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        table: Option<i64>,
        /// At all tables
        #[arg(long)]
        all: bool,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
    /// Check all tables against the rules: every event, roll and draw
    Verify,
    /// Copy the database into a new file, also while the server runs
    Backup {
        /// The new file, or a folder for it [default: the data folder's backups]
        to: Option<PathBuf>,
    },
    /// Show a table's invite and its code
    Invite {
        /// The table's number
        table: i64,
        /// Make others first: those before open nothing any more
        #[arg(long)]
        renew: bool,
    },
}

fn main() -> ExitCode {
    let Err(problem) = go(Call::parse()) else { return ExitCode::SUCCESS };
    let text = problem.to_string();
    if !text.is_empty() {
        // Nobody is left to be told that this can't be told.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
    ExitCode::from(problem.code())
}

fn go(call: Call) -> Result<(), Problem> {
    let layers = config::with_file(call.layers, call.config.as_deref())?;
    // Whatever is asked: a setting that is wrong is told.
    let config = Config::of(&layers)?;
    if call.print_config {
        return out::line(config::show(&layers).trim_end());
    }
    match call.what {
        None => run::run(config),
        Some(What::Tables { json }) => operate::tables(&config, json),
        Some(What::Export { table, dir }) => operate::export(&config, table, &dir),
        Some(What::Erase { table, yes, .. }) => operate::erase(&config, table, yes),
        Some(What::Verify) => operate::verify(&config),
        Some(What::Backup { to }) => operate::backup(&config, to.as_deref()),
        Some(What::Invite { table, renew }) => operate::invite(&config, table, renew),
    }
}
