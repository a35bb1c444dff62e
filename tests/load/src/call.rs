//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Load for Instep's server, and what its figures are measured beside.
#[derive(Debug, Parser)]
#[command(name = "instep-load", version, about)]
pub(crate) struct Call {
    /// One scenario; without it all, one after the other.
    #[command(subcommand)]
    pub(crate) what: Option<What>,

    /// All scenarios with a handful of tables: whether they run, not how fast.
    #[arg(long, global = true)]
    pub(crate) smoke: bool,

    /// Write what was measured to this file too.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Where data folders are made, and removed at the end. It must be on a disk.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// The scenarios.
#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Actions that are due at fixed moments, and how long until all four have each.
    Open(Open),
    /// More and more tables, until something gives.
    Many(Many),
    /// One action in flight at each table: actions a second, beside journal and QUIC alone.
    Closed(Closed),
    /// Memory, by tables and people.
    Memory(Memory),
    /// The server is killed and started again, and everyone comes back at once.
    Restart(Restart),
    /// The server itself, in a process of its own.
    #[command(hide = true)]
    Serve(End),
    /// QUIC alone, in a process of its own.
    #[command(hide = true)]
    Bare(End),
}

/// A server's end.
#[derive(Debug, Args)]
pub(crate) struct End {
    #[arg(long)]
    pub(crate) data: PathBuf,
    #[arg(long)]
    pub(crate) listen: SocketAddr,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Open {
    /// Tables of four.
    #[arg(long, default_value_t = 100, value_parser = at_least_one)]
    pub(crate) tables: usize,
    /// Seconds between a table's actions.
    #[arg(long, default_value_t = 1.0, value_parser = seconds)]
    pub(crate) period: f64,
    /// Seconds that are measured, after one period to warm up.
    #[arg(long, default_value_t = 60.0, value_parser = seconds)]
    pub(crate) seconds: f64,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Many {
    /// Tables to begin with.
    #[arg(long, default_value_t = 500, value_parser = at_least_one)]
    pub(crate) tables: usize,
    /// Tables more at each step.
    #[arg(long, default_value_t = 250, value_parser = at_least_one)]
    pub(crate) step: usize,
    /// Tables at most.
    #[arg(long, default_value_t = 4_000, value_parser = at_least_one)]
    pub(crate) most: usize,
    /// Seconds between a table's actions.
    #[arg(long, default_value_t = 5.0, value_parser = seconds)]
    pub(crate) period: f64,
    /// Seconds that are measured at each step.
    #[arg(long, default_value_t = 20.0, value_parser = seconds)]
    pub(crate) seconds: f64,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Closed {
    /// Tables of four.
    #[arg(long, default_value_t = 500, value_parser = at_least_one)]
    pub(crate) tables: usize,
    /// Seconds that each of the three is measured.
    #[arg(long, default_value_t = 15.0, value_parser = seconds)]
    pub(crate) seconds: f64,
    /// Where the server's time goes, by part.
    #[arg(long)]
    pub(crate) profile: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Memory {
    /// Tables of four at which it is looked, growing.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 500, 1_000, 2_000], value_parser = at_least_one)]
    pub(crate) levels: Vec<usize>,
    /// Tables whose game is played to its end, in each of two halves.
    #[arg(long, default_value_t = 300, value_parser = at_least_one)]
    pub(crate) finished: usize,
    /// Seconds until it is looked.
    #[arg(long, default_value_t = 5.0, value_parser = seconds)]
    pub(crate) settle: f64,
    /// Seconds until tables that everyone has left are put away; then it is looked once more. 0: not at all.
    #[arg(long, default_value_t = 150.0)]
    pub(crate) away: f64,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Restart {
    /// Tables of four.
    #[arg(long, default_value_t = 1_000, value_parser = at_least_one)]
    pub(crate) tables: usize,
    /// Seconds that they are played before.
    #[arg(long, default_value_t = 5.0, value_parser = seconds)]
    pub(crate) played: f64,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (1..=100_000).contains(n)).ok_or_else(|| "a number from 1 to 100000".into())
}

fn seconds(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|s| (0.05..=86_400.0).contains(s)).ok_or_else(|| "seconds, 0.05 to 86400".into())
}
