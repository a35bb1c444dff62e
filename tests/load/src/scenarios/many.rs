//! More and more tables, until something gives.

use std::time::Duration;

use serde::Serialize;

use super::{Measured, Stage, drops, measure, missing, none_missing, seconds, tables};
use crate::call::Many;
use crate::drive::{Pace, Window};
use crate::fault::Fault;
use crate::line::Net;
use crate::program::{Kind, Program};
use crate::report::{Latency, Rows, cores, ms, title};
use crate::table::Game;

/// What is asked of it (docs/performance.md).
const TABLES: usize = 1_500;
const P99_MS: f64 = 100.0;

/// The journal's largest group: what waits beyond that waits for more than one commit.
const GROUP: usize = 256;

#[derive(Clone, Debug, Serialize)]
struct Step {
    tables: usize,
    people: usize,
    actions: Latency,
    lost: u64,
    server_cores: f64,
    generator_cores: f64,
    generator_late: Latency,
    /// Batches that waited for their commit, at most, of those moments at which it was looked.
    journal_waiting: usize,
    server_drops: u64,
    generator_drops: u64,
}

#[derive(Debug, Serialize)]
struct Figures {
    period_s: f64,
    seconds: f64,
    steps: Vec<Step>,
    /// Tables at the last step that held.
    held: usize,
    gave: String,
}

pub(crate) async fn run(stage: &mut Stage, many: &Many) -> Result<(), Fault> {
    title(&format!("many: tables of four, one action each {} s, {} more at each step", many.period, many.step));
    let (period, time, game) = (seconds(many.period), seconds(many.seconds), Game::new(true)?);
    let program = Program::start(Kind::Instep, &stage.at("many"), 0)?;
    let net = program.net(many.most * 4)?;
    let (mut parties, mut steps, mut rows) = (Vec::new(), Vec::new(), Rows::default());
    let mut count = many.tables.min(many.most);
    let gave = loop {
        parties.extend(tables(&net, &game, false, parties.len()..count).await?);
        let drops = drops(&program, &net);
        let window = Window::of(period, time);
        let run = measure(&program, parties, Pace::Open { period }, window);
        let ((back, measured), waiting) = tokio::join!(run, most_waiting(&program, window));
        parties = back;
        let step =
            step(count, &measured, missing(&measured.outcome, &parties), time, waiting, since(drops, &program, &net));
        print(&mut rows, &step);
        let gave = gave(&step, &measured);
        steps.push(step);
        match gave {
            Some(gave) => break gave,
            None if count >= many.most => break "nothing: no more tables were asked for".to_owned(),
            None => count = (count + many.step).min(many.most),
        }
    };
    let held = steps.iter().filter(|s| s.lost == 0 && s.actions.p99_ms <= P99_MS).map(|s| s.tables).max().unwrap_or(0);
    println!("held with {held} tables; what gave first: {gave}");
    stage.report.aim(
        &format!("≥ {TABLES} tables of four with one action each 5 s, p99 ≤ {P99_MS} ms, none lost"),
        held >= TABLES,
    );
    let lost = steps.iter().map(|s| s.lost).sum();
    stage.report.keep("many", &Figures { period_s: many.period, seconds: many.seconds, steps, held, gave })?;
    none_missing(lost)
}

fn step(
    tables: usize,
    measured: &Measured,
    lost: u64,
    time: Duration,
    journal_waiting: usize,
    (server_drops, generator_drops): (u64, u64),
) -> Step {
    let Measured { outcome, used, .. } = measured;
    Step {
        tables,
        people: tables * 4,
        actions: Latency::of(&outcome.latency),
        lost,
        server_cores: cores(used.server, time),
        generator_cores: cores(used.generator, time),
        generator_late: Latency::of(&outcome.late),
        journal_waiting,
        server_drops,
        generator_drops,
    }
}

fn print(rows: &mut Rows, step: &Step) {
    rows.row(&[
        ("tables", step.tables.to_string()),
        ("people", step.people.to_string()),
        ("actions", step.actions.count.to_string()),
        ("lost", step.lost.to_string()),
        ("p50       ", ms(step.actions.p50_ms)),
        ("p99       ", ms(step.actions.p99_ms)),
        ("p99.9     ", ms(step.actions.p999_ms)),
        ("max       ", ms(step.actions.max_ms)),
        ("server cores", format!("{:.2}", step.server_cores)),
        ("generator cores", format!("{:.2}", step.generator_cores)),
        ("generator p99", ms(step.generator_late.p99_ms)),
        ("journal waits", step.journal_waiting.to_string()),
        ("drops", format!("{}+{}", step.server_drops, step.generator_drops)),
    ]);
}

/// What gave, if something did.
fn gave(step: &Step, measured: &Measured) -> Option<String> {
    if step.lost > 0 {
        let first = measured.outcome.faults.first().map_or_else(String::new, |fault| format!(" ({fault})"));
        return Some(format!("{} actions were lost{first}", step.lost));
    }
    if step.actions.p99_ms <= P99_MS {
        return None;
    }
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as f64;
    let busy = step.server_cores + step.generator_cores;
    Some(if busy >= 0.9 * all {
        format!(
            "the processor: of {all} cores the server had {:.2} and the generator {:.2}",
            step.server_cores, step.generator_cores
        )
    } else if step.journal_waiting > GROUP {
        format!("the journal: {} batches waited for their commit", step.journal_waiting)
    } else if step.server_drops + step.generator_drops > 0 {
        format!(
            "sockets' buffers: {} datagrams found no room at the server and {} at the generator",
            step.server_drops, step.generator_drops
        )
    } else {
        "neither processor nor journal nor buffers: perhaps other programs, or the disk".to_owned()
    })
}

/// Batches that waited at most, of some moments in the window.
async fn most_waiting(program: &Program, window: Window) -> usize {
    tokio::time::sleep_until(window.from.into()).await;
    let mut most = 0;
    while std::time::Instant::now() < window.end {
        if let Some(stats) = program.stats().await {
            most = most.max(stats.waiting);
        }
        tokio::time::sleep(window.measured() / 10).await;
    }
    most
}

fn since(before: (u64, u64), program: &Program, net: &Net) -> (u64, u64) {
    let now = drops(program, net);
    (now.0.saturating_sub(before.0), now.1.saturating_sub(before.1))
}
