//! One action in flight at each table: how many a second, beside what journal and QUIC do alone.

use std::time::Duration;

use serde::Serialize;

use super::{Measured, Stage, fan_out, frame_bytes, measure, missing, none_missing, seconds, tables};
use crate::call::Closed;
use crate::disk;
use crate::drive::{Pace, Window};
use crate::fault::Fault;
use crate::profile::{self, Profile};
use crate::program::{Kind, Program};
use crate::report::{Latency, Rows, cores, title};
use crate::table::Game;

/// What is asked of it (docs/performance.md).
const OF_THE_LOWER: f64 = 0.6;

#[derive(Debug, Serialize)]
struct Figures {
    tables: usize,
    seconds: f64,
    actions_per_s: f64,
    round_trip: Latency,
    lost: u64,
    journal_per_s: f64,
    quinn_per_s: f64,
    frame_bytes: usize,
    of_the_lower: f64,
    server_cpu_s_per_1000: f64,
    generator_cpu_s_per_1000: f64,
    quinn_cpu_s_per_1000: f64,
    server_cores: f64,
    generator_cores: f64,
    profile: Option<Profile>,
}

pub(crate) async fn run(stage: &mut Stage, closed: &Closed) -> Result<(), Fault> {
    title(&format!("closed: {} tables of four, one action in flight at each", closed.tables));
    let time = seconds(closed.seconds);
    let warm = Duration::from_secs(2).min(time);
    let game = Game::new(true)?;
    let program = Program::start(Kind::Instep, &stage.at("closed"), 0)?;
    let net = program.net(closed.tables * 4)?;
    let parties = tables(&net, &game, false, 0..closed.tables).await?;
    let (parties, measured) = measure(&program, parties, Pace::Closed, Window::of(warm, time)).await;
    let Measured { outcome, used, threads } = measured;
    let (lost, bytes) = (missing(&outcome, &parties), frame_bytes(&parties));
    drop((parties, program));

    let (journal_at, count) = (stage.at("closed-journal"), closed.tables);
    let journal = tokio::task::spawn_blocking(move || disk::journal(&journal_at, count, time));
    let journal_per_s = journal.await.map_err(Fault::wrong)??;
    let quinn = fan_out(&stage.at("closed-quinn"), closed.tables, bytes, Pace::Closed, warm, time).await?;

    let per_s = |n: u64| n as f64 / time.as_secs_f64();
    let per_1000 = |cpu: Duration, n: u64| cpu.as_secs_f64() * 1000.0 / (n as f64).max(1.0);
    let (actions_per_s, quinn_per_s) = (per_s(outcome.in_window), per_s(quinn.outcome.in_window));
    let profile = closed.profile.then(|| profile::of(&game, &stage.at("profile"), &threads, outcome.in_window));
    let figures = Figures {
        tables: closed.tables,
        seconds: closed.seconds,
        actions_per_s,
        round_trip: Latency::of(&outcome.latency),
        lost,
        journal_per_s,
        quinn_per_s,
        frame_bytes: bytes,
        of_the_lower: actions_per_s / journal_per_s.min(quinn_per_s),
        server_cpu_s_per_1000: per_1000(used.server, outcome.in_window),
        generator_cpu_s_per_1000: per_1000(used.generator, outcome.in_window),
        quinn_cpu_s_per_1000: per_1000(quinn.used.server, quinn.outcome.in_window),
        server_cores: cores(used.server, time),
        generator_cores: cores(used.generator, time),
        profile: profile.transpose()?,
    };
    let mut rows = Rows::default();
    let mut row = |what: &str, a_second: f64, cpu: f64| {
        let cpu = if cpu > 0.0 { format!("{cpu:.3}") } else { String::new() };
        rows.row(&[
            ("what                           ", what.to_owned()),
            ("actions/s", format!("{a_second:.0}")),
            ("CPU-s a thousand", cpu),
        ]);
    };
    row("Instep: durable, seen by all four", figures.actions_per_s, figures.server_cpu_s_per_1000);
    row("journal alone", figures.journal_per_s, 0.0);
    row("QUIC alone, one to four", figures.quinn_per_s, figures.quinn_cpu_s_per_1000);
    println!(
        "{:.0} % of the lower of the two; lost: {lost}; cores: server {:.2}, generator {:.2}; frames of {bytes} bytes",
        100.0 * figures.of_the_lower,
        figures.server_cores,
        figures.generator_cores
    );
    if let Some(profile) = &figures.profile {
        profile.print();
    }
    stage
        .report
        .aim(&format!("≥ {:.0} % of the lower of the two", 100.0 * OF_THE_LOWER), figures.of_the_lower >= OF_THE_LOWER);
    stage.report.keep("closed", &figures)?;
    none_missing(lost)
}
