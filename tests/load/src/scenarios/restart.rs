//! The server is killed and started again, and everyone comes back at once.

use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::task::JoinSet;

use super::{Stage, drops, missing, none_missing, seconds, tables};
use crate::call::Restart;
use crate::drive::{self, Pace, Window};
use crate::fault::Fault;
use crate::program::{Kind, Program};
use crate::report::{Rows, title};
use crate::table::{Game, bring_back};

/// What is asked of it (docs/performance.md).
const FIRST_S: f64 = 1.0;
const ALL_S: f64 = 5.0;

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
    lost: u64,
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
    let mut tasks = JoinSet::new();
    for script in scripts {
        let net = net.clone();
        tasks.spawn(async move {
            let mut party = bring_back(&net, script).await?;
            party.act(&mut Vec::new()).await?;
            Ok::<_, Fault>((start.elapsed(), party))
        });
    }
    let (mut times, mut back) = (Vec::new(), Vec::new());
    while let Some(done) = tasks.join_next().await {
        let (time, party) = done.map_err(Fault::wrong)??;
        times.push(time.as_secs_f64());
        back.push(party);
    }
    let (server_drops, generator_drops) = drops(&program, &net);
    times.sort_by(f64::total_cmp);
    let at = |n: usize| times.get(n).copied().unwrap_or(f64::NAN);
    let figures = Figures {
        tables: restart.tables,
        people: restart.tables * 4,
        listens_s: listens.as_secs_f64(),
        first_s: at(0),
        half_s: at(times.len() / 2),
        all_s: at(times.len().saturating_sub(1)),
        called_again: net.called_again() - again_before,
        server_drops,
        generator_drops: generator_drops - drops_before,
        lost,
    };
    drop((back, program));
    let shown = |s: f64| format!("{s:.2} s");
    Rows::default().row(&[
        ("tables", figures.tables.to_string()),
        ("people", figures.people.to_string()),
        ("lost", lost.to_string()),
        ("listens", shown(figures.listens_s)),
        ("first table", shown(figures.first_s)),
        ("half", shown(figures.half_s)),
        ("all", shown(figures.all_s)),
        ("called again", figures.called_again.to_string()),
        ("drops", format!("{server_drops}+{}", figures.generator_drops)),
    ]);
    stage.report.aim(&format!("the first table is playable after ≤ {FIRST_S} s"), figures.first_s <= FIRST_S);
    stage.report.aim(&format!("all are after ≤ {ALL_S} s"), figures.all_s <= ALL_S);
    stage.report.keep("restart", &figures)?;
    none_missing(lost)
}
