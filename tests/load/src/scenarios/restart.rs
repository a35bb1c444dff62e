//! The server is killed and started again, and everyone comes back at once.

use std::future::Future;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::task::JoinSet;

use super::{Stage, drops, missing, none_missing, seconds, tables};
use crate::bare;
use crate::call::Restart;
use crate::drive::{self, Pace, Window};
use crate::fault::Fault;
use crate::program::{Kind, Program, Used};
use crate::report::{Rows, title};
use crate::table::{Game, bring_back};

/// What is asked of it (docs/performance.md).
const FIRST_S: f64 = 1.0;
const ALL_S: f64 = 5.0;

/// Of the frame that is sent to four in the comparison: about what an action's is.
const FRAME_BYTES: usize = 48;

#[derive(Debug, Serialize)]
struct Figures {
    tables: usize,
    people: usize,
    /// Until the new process listens.
    listens_s: f64,
    /// Until an action has come to all four of the first table.
    first_s: f64,
    half_s: f64,
    all_s: f64,
    /// How often somebody had to call once more.
    called_again: usize,
    server_drops: u64,
    generator_drops: u64,
    /// Until everyone is back.
    server_cpu_s: f64,
    generator_cpu_s: f64,
    /// The same crowd before QUIC alone: handshakes, and one frame from one to four.
    quinn_first_s: f64,
    quinn_half_s: f64,
    quinn_all_s: f64,
    quinn_cpu_s: f64,
    lost: u64,
}

/// When the first, the second, … was ready, in seconds.
struct Times(Vec<f64>);

impl Times {
    fn at(&self, n: usize) -> f64 {
        self.0.get(n).copied().unwrap_or(f64::NAN)
    }

    fn first(&self) -> f64 {
        self.at(0)
    }

    fn half(&self) -> f64 {
        self.at(self.0.len() / 2)
    }

    fn all(&self) -> f64 {
        self.at(self.0.len().saturating_sub(1))
    }
}

/// Has everyone come at once; when each was ready, and what it cost. All are still there when the last has come.
async fn everyone<T, P: Send + 'static, F>(
    program: &Program,
    start: Instant,
    each: impl IntoIterator<Item = T>,
    comes: impl Fn(T) -> F,
) -> Result<(Times, Used), Fault>
where
    F: Future<Output = Result<P, Fault>> + Send + 'static,
{
    let before = program.used();
    let mut tasks = JoinSet::new();
    for one in each {
        let comes = comes(one);
        tasks.spawn(async move {
            let here = comes.await?;
            Ok::<_, Fault>((start.elapsed(), here))
        });
    }
    let (mut times, mut here) = (Vec::new(), Vec::new());
    while let Some(done) = tasks.join_next().await {
        let (time, one) = done.map_err(Fault::wrong)??;
        times.push(time.as_secs_f64());
        here.push(one);
    }
    times.sort_by(f64::total_cmp);
    Ok((Times(times), program.used().since(before)))
}

pub(crate) async fn run(stage: &mut Stage, restart: &Restart) -> Result<(), Fault> {
    title(&format!("restart: {} tables of four, killed and started again", restart.tables));
    let at = stage.at("restart");
    let mut program = Program::start(Kind::Instep, &at, 0)?;
    let net = program.net(restart.tables * 4)?;
    let parties = tables(&net, &Game::new(true)?, false, 0..restart.tables).await?;
    let (parties, outcome) =
        drive::run(parties, Pace::Closed, Window::of(Duration::ZERO, seconds(restart.played)), 1).await;
    let lost = missing(&outcome, &parties);
    let (port, again_before, (_, drops_before)) = (program.address.port(), net.called_again(), drops(&program, &net));
    program.kill();
    let scripts: Vec<_> = parties.into_iter().map(|party| party.script).collect();

    let start = Instant::now();
    let program = Program::start(Kind::Instep, &at, port)?;
    let listens = start.elapsed();
    let (back, used) = everyone(&program, start, scripts, |script| {
        let net = net.clone();
        async move {
            let mut party = bring_back(&net, script).await?;
            party.act(&mut Vec::new()).await?;
            Ok(party)
        }
    })
    .await?;
    let (server_drops, generator_drops) = drops(&program, &net);
    let called_again = net.called_again() - again_before;
    drop((program, net));

    // The same crowd before a server that knows nobody and keeps nothing.
    let start = Instant::now();
    let program = Program::start(Kind::Bare, &stage.at("restart-quinn"), 0)?;
    let net = program.net(restart.tables * 4)?;
    let (quinn, quinn_used) = everyone(&program, start, 0..restart.tables as u64, |n| {
        let net = net.clone();
        async move { bare::group_at_once(&net, n, FRAME_BYTES).await }
    })
    .await?;
    let figures = Figures {
        tables: restart.tables,
        people: restart.tables * 4,
        listens_s: listens.as_secs_f64(),
        first_s: back.first(),
        half_s: back.half(),
        all_s: back.all(),
        called_again,
        server_drops,
        generator_drops: generator_drops - drops_before,
        server_cpu_s: used.server.as_secs_f64(),
        generator_cpu_s: used.generator.as_secs_f64(),
        quinn_first_s: quinn.first(),
        quinn_half_s: quinn.half(),
        quinn_all_s: quinn.all(),
        quinn_cpu_s: quinn_used.server.as_secs_f64(),
        lost,
    };
    let mut rows = Rows::default();
    let mut row = |what: &str, times: &Times, again: usize, drops: (u64, u64), used: Used| {
        let shown = |s: f64| format!("{s:.2} s");
        rows.row(&[
            ("what             ", what.to_owned()),
            ("first table", shown(times.first())),
            ("half", shown(times.half())),
            ("all", shown(times.all())),
            ("called again", again.to_string()),
            ("drops", format!("{}+{}", drops.0, drops.1)),
            ("server CPU", shown(used.server.as_secs_f64())),
            ("generator CPU", shown(used.generator.as_secs_f64())),
        ]);
    };
    row("Instep", &back, called_again, (server_drops, figures.generator_drops), used);
    row("QUIC alone", &quinn, net.called_again(), drops(&program, &net), quinn_used);
    println!(
        "{} people at {} tables; it listens after {:.2} s; lost: {lost}",
        figures.people, figures.tables, figures.listens_s
    );
    stage.report.aim(&format!("the first table is playable after ≤ {FIRST_S} s"), figures.first_s <= FIRST_S);
    stage.report.aim(&format!("all are after ≤ {ALL_S} s"), figures.all_s <= ALL_S);
    stage.report.keep("restart", &figures)?;
    none_missing(lost)
}
