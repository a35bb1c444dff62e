//! `instep-load`: load for Instep's server, and what its figures are measured beside (docs/performance.md).
//!
//! It starts the server in a process of its own over a data folder on disk, and drives it over QUIC on this machine,
//! with many connections in one process. Exit codes as everywhere in Instep: 0 done, 1 the server did something that it
//! must not, 2 the call is wrong, 3 the machine failed us.

mod bare;
mod call;
mod disk;
mod drive;
mod fault;
mod line;
mod pace;
mod proc;
mod profile;
mod program;
mod report;
mod scenarios;
mod serve;
mod table;

use std::process::ExitCode;

use call::{Call, What};
use clap::Parser;
use fault::Fault;
use tokio::runtime::{Builder, Runtime};

/// Tables that are made at the same time, or connections where there are no tables.
const AT_ONCE: usize = 32;

fn main() -> ExitCode {
    let call = Call::parse();
    let done = match call.what {
        Some(What::Serve(end)) => serve::serve(&end.data, end.listen),
        Some(What::Bare(end)) => bare::serve(&end.data, end.listen),
        _ => runtime("load").and_then(|runtime| runtime.block_on(scenarios::run(&call))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("instep-load: {fault}");
            ExitCode::from(fault.code())
        }
    }
}

/// A runtime with as many threads as the server's has.
fn runtime(name: &str) -> Result<Runtime, Fault> {
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8));
    Builder::new_multi_thread().worker_threads(threads).thread_name(name).enable_all().build().map_err(Fault::machine)
}
