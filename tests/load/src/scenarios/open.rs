//! Actions that are due at fixed moments.

use hdrhistogram::Histogram;
use serde::Serialize;

use super::{Measured, Stage, fan_out, frame_bytes, measure, missing, none_missing, seconds, tables};
use crate::call::Open;
use crate::disk;
use crate::drive::{Pace, Window, histogram};
use crate::fault::Fault;
use crate::program::{Kind, Program};
use crate::report::{Latency, Rows, cores, ms, title};
use crate::table::Game;

/// What is asked of it (docs/performance.md).
const P50_BEYOND_MS: f64 = 2.0;
const P99_BEYOND_MS: f64 = 8.0;

#[derive(Debug, Serialize)]
struct Figures {
    tables: usize,
    period_s: f64,
    seconds: f64,
    actions: Latency,
    lost: u64,
    commit: Latency,
    quinn: Latency,
    beyond_commit_p50_ms: f64,
    beyond_commit_p99_ms: f64,
    generator_late: Latency,
    frame_bytes: usize,
    server_cores: f64,
    generator_cores: f64,
}

pub(crate) async fn run(stage: &mut Stage, open: &Open) -> Result<(), Fault> {
    title(&format!("open: {} tables of four, one action each {} s", open.tables, open.period));
    let (period, time) = (seconds(open.period), seconds(open.seconds));
    let every = period / open.tables as u32;
    let (commits_at, quinn_at) = (stage.at("open-commits"), stage.at("open-quinn"));

    // Half of the commits before and half after: a disk has better and worse minutes.
    let mut commits = bare_commits(&commits_at, every, time / 4, histogram()).await?;
    let (window_of, pace) = (|| Window::of(period, time), Pace::Open { period });
    let program = Program::start(Kind::Instep, &stage.at("open"), 0)?;
    let net = program.net(open.tables * 4)?;
    let parties = tables(&net, &Game::new(true)?, false, 0..open.tables).await?;
    let (parties, Measured { outcome, used, .. }) = measure(&program, parties, pace, window_of()).await;
    let (lost, bytes) = (missing(&outcome, &parties), frame_bytes(&parties));
    drop((parties, program));
    commits = bare_commits(&commits_at, every, time / 4, commits).await?;
    let quinn = fan_out(&quinn_at, open.tables, bytes, pace, period, time / 2).await?;

    let (actions, commit) = (Latency::of(&outcome.latency), Latency::of(&commits));
    let result = Figures {
        tables: open.tables,
        period_s: open.period,
        seconds: open.seconds,
        actions,
        lost,
        commit,
        quinn: Latency::of(&quinn.outcome.latency),
        beyond_commit_p50_ms: actions.p50_ms - commit.p50_ms,
        beyond_commit_p99_ms: actions.p99_ms - commit.p99_ms,
        generator_late: Latency::of(&outcome.late),
        frame_bytes: bytes,
        server_cores: cores(used.server, time),
        generator_cores: cores(used.generator, time),
    };
    let mut rows = Rows::default();
    let mut row = |what: &str, of: &Latency, lost: String| {
        rows.row(&[
            ("what                        ", what.to_owned()),
            ("count", of.count.to_string()),
            ("lost", lost),
            ("p50       ", ms(of.p50_ms)),
            ("p99       ", ms(of.p99_ms)),
            ("p99.9     ", ms(of.p999_ms)),
            ("max       ", ms(of.max_ms)),
        ]);
    };
    row("action to the last of four", &result.actions, result.lost.to_string());
    row("a bare durable commit", &result.commit, String::new());
    row("QUIC alone, one to four", &result.quinn, String::new());
    row("the generator's own delay", &result.generator_late, String::new());
    println!(
        "beyond a bare durable commit: p50 {}, p99 {}; cores: server {:.2}, generator {:.2}",
        ms(result.beyond_commit_p50_ms),
        ms(result.beyond_commit_p99_ms),
        result.server_cores,
        result.generator_cores
    );
    stage.report.aim(
        &format!("p50 ≤ {P50_BEYOND_MS} ms beyond a bare durable commit"),
        result.beyond_commit_p50_ms <= P50_BEYOND_MS,
    );
    stage.report.aim(
        &format!("p99 ≤ {P99_BEYOND_MS} ms beyond a bare durable commit"),
        result.beyond_commit_p99_ms <= P99_BEYOND_MS,
    );
    stage.report.keep("open", &result)?;
    none_missing(result.lost)
}

/// Commits of one row, on a thread that may wait.
async fn bare_commits(
    folder: &std::path::Path,
    every: std::time::Duration,
    time: std::time::Duration,
    mut into: Histogram<u64>,
) -> Result<Histogram<u64>, Fault> {
    let folder = folder.to_owned();
    let work = move || disk::commits(&folder, every, time, &mut into).map(|()| into);
    tokio::task::spawn_blocking(work).await.map_err(Fault::wrong)?
}
