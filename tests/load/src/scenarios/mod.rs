//! The scenarios, and what they have in common.

mod closed;
mod many;
mod memory;
mod open;
mod restart;

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::call::{Call, Closed, Many, Memory, Open, Restart, What};
use crate::drive::{self, Outcome, Pace, Party, Script, Window};
use crate::fault::Fault;
use crate::line::Net;
use crate::program::{Kind, Program, Used};
use crate::report::Report;
use crate::table::{Game, Table, seat_four};
use crate::{AT_ONCE, bare, proc};

/// Runs what was asked for.
pub(crate) async fn run(call: &Call) -> Result<(), Fault> {
    let parent = parent(call.folder.as_deref())?;
    let folder = tempfile::Builder::new().prefix("instep-load-").tempdir_in(&parent).map_err(|e| {
        Fault::Machine(format!("{} can't be written to ({e}): choose another folder with --folder", parent.display()))
    })?;
    let mut stage = Stage { folder, report: Report::new(call.smoke) };
    for what in asked(call) {
        match what {
            What::Open(open) => open::run(&mut stage, &open).await?,
            What::Many(many) => many::run(&mut stage, &many).await?,
            What::Closed(closed) => closed::run(&mut stage, &closed).await?,
            What::Memory(memory) => memory::run(&mut stage, &memory).await?,
            What::Restart(restart) => restart::run(&mut stage, &restart).await?,
            What::Serve(_) | What::Bare(_) => {}
        }
    }
    match &call.json {
        Some(file) => stage.report.write(file),
        None => Ok(()),
    }
}

fn asked(call: &Call) -> Vec<What> {
    match &call.what {
        _ if call.smoke => vec![
            What::Open(Open { tables: 3, period: 0.2, seconds: 0.8 }),
            What::Many(Many { tables: 2, step: 2, most: 4, period: 0.4, seconds: 0.6 }),
            What::Closed(Closed { tables: 4, seconds: 0.4, profile: true }),
            What::Memory(Memory { levels: vec![2, 4], finished: 1, settle: 0.1, away: 0.0 }),
            What::Restart(Restart { tables: 3, played: 0.3 }),
        ],
        None => vec![
            What::Open(defaults("open")),
            What::Many(defaults("many")),
            What::Closed(defaults("closed")),
            What::Memory(defaults("memory")),
            What::Restart(defaults("restart")),
        ],
        Some(What::Open(open)) => vec![What::Open(open.clone())],
        Some(What::Many(many)) => vec![What::Many(many.clone())],
        Some(What::Closed(closed)) => vec![What::Closed(closed.clone())],
        Some(What::Memory(memory)) => vec![What::Memory(memory.clone())],
        Some(What::Restart(restart)) => vec![What::Restart(restart.clone())],
        Some(What::Serve(_) | What::Bare(_)) => Vec::new(),
    }
}

/// A scenario's options where none is given.
fn defaults<A: clap::Args>(scenario: &'static str) -> A {
    let command = A::augment_args(clap::Command::new(scenario));
    let matches = command.get_matches_from([scenario]);
    // All of them have defaults.
    A::from_arg_matches(&matches).unwrap_or_else(|e| e.exit())
}

/// Where data folders are made. What is kept in memory is durable in no time, and would say nothing.
fn parent(given: Option<&Path>) -> Result<PathBuf, Fault> {
    let on_disk = |folder: &PathBuf| !proc::in_memory(folder);
    match given {
        Some(folder) => Some(folder.to_owned()).filter(on_disk).ok_or_else(|| {
            Fault::Call(format!("{} is kept in memory: name a folder on a disk with --folder", folder.display()))
        }),
        None => [std::env::temp_dir(), PathBuf::from("/var/tmp")]
            .into_iter()
            .filter(|folder| folder.is_dir())
            .find(on_disk)
            .ok_or_else(|| Fault::Call("no folder for temporary files is on a disk: name one with --folder".into())),
    }
}

/// Where a run takes place.
pub(crate) struct Stage {
    folder: TempDir,
    pub(crate) report: Report,
}

impl Stage {
    /// A folder of that name.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Does the same so many times, a few at once, and gives what comes of it in no order.
pub(crate) async fn some_at_once<T: Send + 'static, F>(
    numbers: std::ops::Range<usize>,
    each: impl Fn(usize) -> F,
) -> Result<Vec<T>, Fault>
where
    F: Future<Output = Result<T, Fault>> + Send + 'static,
{
    let mut made = Vec::with_capacity(numbers.len());
    let mut tasks = JoinSet::new();
    for n in numbers {
        if tasks.len() >= AT_ONCE
            && let Some(done) = tasks.join_next().await
        {
            made.push(done.map_err(Fault::wrong)??);
        }
        tasks.spawn(each(n));
    }
    while let Some(done) = tasks.join_next().await {
        made.push(done.map_err(Fault::wrong)??);
    }
    Ok(made)
}

/// Tables with four people each.
pub(crate) async fn tables(
    net: &Net,
    game: &Game,
    ends: bool,
    numbers: std::ops::Range<usize>,
) -> Result<Vec<Party<Table>>, Fault> {
    some_at_once(numbers, |n| {
        let (net, game) = (net.clone(), game.clone());
        async move { seat_four(&net, &game, ends, n as u64).await }
    })
    .await
}

/// What a run gave, and what it cost while it was measured.
pub(crate) struct Measured {
    pub(crate) outcome: Outcome,
    pub(crate) used: Used,
    /// The server's time, by the names of its threads.
    pub(crate) threads: BTreeMap<String, Duration>,
}

/// Has parties act, and looks at what the processes need meanwhile.
pub(crate) async fn measure<S: Script>(
    program: &Program,
    parties: Vec<Party<S>>,
    pace: Pace,
    window: Window,
) -> (Vec<Party<S>>, Measured) {
    let costs = async {
        let threads = || proc::threads(program.pid()).unwrap_or_default();
        tokio::time::sleep_until(window.from.into()).await;
        let (used, threads_before) = (program.used(), threads());
        tokio::time::sleep_until(window.end.into()).await;
        let used = program.used().since(used);
        let mut threads = threads();
        for (name, time) in &mut threads {
            *time = time.saturating_sub(threads_before.get(name).copied().unwrap_or_default());
        }
        (used, threads)
    };
    let ((parties, outcome), (used, threads)) = tokio::join!(drive::run(parties, pace, window, 1), costs);
    (parties, Measured { outcome, used, threads })
}

/// What QUIC alone does with groups of four and frames of so many bytes.
pub(crate) async fn fan_out(
    folder: &Path,
    groups: usize,
    frame_bytes: usize,
    pace: Pace,
    warm: Duration,
    time: Duration,
) -> Result<Measured, Fault> {
    let program = Program::start(Kind::Bare, folder, 0)?;
    let net = program.net(groups * 4)?;
    let parties = some_at_once(0..groups, |n| {
        let net = net.clone();
        async move { bare::group(&net, n as u64, frame_bytes).await }
    })
    .await?;
    let (_, measured) = measure(&program, parties, pace, Window::of(warm, time)).await;
    match measured.outcome.faults.first() {
        Some(fault) => Err(fault.clone()),
        None => Ok(measured),
    }
}

/// Bytes of a frame of events, on average, as the first seats of these tables got them.
pub(crate) fn frame_bytes(parties: &[Party<Table>]) -> usize {
    let (bytes, messages) = parties.iter().fold((0, 0), |(b, m), p| (b + p.script.bytes, m + p.script.messages()));
    bytes.checked_div(messages).unwrap_or(48) as usize
}

/// What went missing: what the run says, and tables at which one seat was sent less than another.
pub(crate) fn missing(outcome: &Outcome, parties: &[Party<Table>]) -> u64 {
    for fault in outcome.faults.iter().take(3) {
        println!("  fault: {fault}");
    }
    let torn = parties.iter().filter(|party| !party.script.whole()).count() as u64;
    if torn > 0 {
        println!("  fault: at {torn} tables one seat was sent less than another");
    }
    outcome.missing() + torn
}

/// Nothing may go missing, however slow it is.
pub(crate) fn none_missing(missing: u64) -> Result<(), Fault> {
    match missing {
        0 => Ok(()),
        n => Err(Fault::Wrong(format!("{n} actions were lost: that must not be, however slow a machine is"))),
    }
}

/// Datagrams that found no room in sockets' buffers until now: at the server, and here.
pub(crate) fn drops(program: &Program, net: &Net) -> (u64, u64) {
    let of = |ports: &[u16]| proc::dropped(ports).unwrap_or(0);
    (of(&[program.address.port()]), of(&net.ports()))
}

pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}
