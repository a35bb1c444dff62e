//! Memory of the server, by connected people and by tables that everyone has left.

use std::time::Duration;

use serde::Serialize;
use tokio::time::sleep;

use super::{Stage, missing, none_missing, seconds, tables};
use crate::bare;
use crate::call::Memory;
use crate::drive::{self, Pace, Window};
use crate::fault::Fault;
use crate::proc;
use crate::program::{Kind, Program};
use crate::report::{Rows, kib, title};
use crate::table::Game;

/// What is asked of it (docs/performance.md).
const A_PERSON: f64 = 60_000.0;
const A_TABLE: f64 = 64_000.0;

/// No game takes longer to be played to its end.
const PLAYED_WITHIN: Duration = Duration::from_secs(600);

#[derive(Clone, Copy, Debug, Serialize)]
struct Level {
    tables: usize,
    people: usize,
    resident_bytes: u64,
    quinn_resident_bytes: u64,
}

#[derive(Debug, Serialize)]
struct Figures {
    levels: Vec<Level>,
    a_person_bytes: f64,
    a_quinn_connection_bytes: f64,
    finished_tables: usize,
    /// While the tables are still open, as they are for two minutes after everyone has left.
    a_finished_table_bytes: f64,
    /// When they are put away.
    a_finished_table_put_away_bytes: Option<f64>,
    lost: u64,
}

pub(crate) async fn run(stage: &mut Stage, memory: &Memory) -> Result<(), Fault> {
    title("memory: of the server's process");
    let levels = at_rest(stage, memory).await?;
    let mut rows = Rows::default();
    for level in &levels {
        rows.row(&[
            ("tables", level.tables.to_string()),
            ("people", level.people.to_string()),
            ("resident         ", kib(level.resident_bytes as f64)),
            ("QUIC alone       ", kib(level.quinn_resident_bytes as f64)),
        ]);
    }
    let a_person_bytes = slope(&levels, |l| l.resident_bytes);
    let a_quinn_connection_bytes = slope(&levels, |l| l.quinn_resident_bytes);
    let (a_finished_table_bytes, put_away, lost) = finished(stage, memory).await?;
    println!(
        "a connected person at rest: {}, of which QUIC alone {}",
        kib(a_person_bytes),
        kib(a_quinn_connection_bytes)
    );
    println!(
        "a table with a finished game, nobody connected: {}{}",
        kib(a_finished_table_bytes),
        put_away.map_or_else(String::new, |b| format!("; put away: {}", kib(b)))
    );
    stage.report.aim(&format!("≤ {:.0} KB a connected person at rest", A_PERSON / 1000.0), a_person_bytes <= A_PERSON);
    stage
        .report
        .aim(&format!("≤ {:.0} KB a table with a finished game", A_TABLE / 1000.0), a_finished_table_bytes <= A_TABLE);
    let figures = Figures {
        levels,
        a_person_bytes,
        a_quinn_connection_bytes,
        finished_tables: memory.finished * 2,
        a_finished_table_bytes,
        a_finished_table_put_away_bytes: put_away,
        lost,
    };
    stage.report.keep("memory", &figures)?;
    none_missing(lost)
}

fn resident(program: &Program) -> Result<u64, Fault> {
    proc::resident(program.pid()).ok_or_else(|| Fault::machine("this system does not tell a process's memory"))
}

async fn at_rest(stage: &Stage, memory: &Memory) -> Result<Vec<Level>, Fault> {
    let game = Game::new(true)?;
    let mut counts = memory.levels.clone();
    counts.sort_unstable();
    counts.dedup();
    let most = counts.last().copied().unwrap_or(1) * 4;
    let mut levels = Vec::new();
    {
        let program = Program::start(Kind::Instep, &stage.at("memory"), 0)?;
        let net = program.net(most)?;
        let mut here = Vec::new();
        for count in &counts {
            here.extend(tables(&net, &game, false, here.len()..*count).await?);
            sleep(seconds(memory.settle)).await;
            let resident_bytes = resident(&program)?;
            levels.push(Level { tables: *count, people: count * 4, resident_bytes, quinn_resident_bytes: 0 });
        }
    }
    let program = Program::start(Kind::Bare, &stage.at("memory-quinn"), 0)?;
    let net = program.net(most)?;
    let mut here = Vec::new();
    for level in &mut levels {
        here.extend(bare::idle(&net, level.people - here.len()).await?);
        sleep(seconds(memory.settle)).await;
        level.quinn_resident_bytes = resident(&program)?;
    }
    Ok(levels)
}

/// Bytes a person more, from the first level to the last.
fn slope(levels: &[Level], of: impl Fn(&Level) -> u64) -> f64 {
    match (levels.first(), levels.last()) {
        (Some(first), Some(last)) if last.people > first.people => {
            (of(last) as f64 - of(first) as f64) / (last.people - first.people) as f64
        }
        _ => f64::NAN,
    }
}

/// Bytes a table whose game is over and which everyone has left: while it is open, and put away. And what was lost.
async fn finished(stage: &Stage, memory: &Memory) -> Result<(f64, Option<f64>, u64), Fault> {
    let game = Game::new(false)?;
    let program = Program::start(Kind::Instep, &stage.at("memory-finished"), 0)?;
    let net = program.net(memory.finished * 4)?;
    let (mut resident_at, mut lost) = (Vec::new(), 0);
    // The first half makes room for connections, which the second half uses again: what it adds is its tables'.
    for half in 0..2 {
        let numbers = half * memory.finished..(half + 1) * memory.finished;
        let parties = tables(&net, &game, true, numbers).await?;
        let window = Window::of(Duration::ZERO, PLAYED_WITHIN);
        let (parties, outcome) = drive::run(parties, Pace::Closed, window, 1).await;
        lost += missing(&outcome, &parties);
        if parties.iter().any(|party| !party.script.closed()) {
            return Err(Fault::wrong("a game did not come to its end"));
        }
        drop(parties);
        sleep(seconds(memory.settle)).await;
        resident_at.push(resident(&program)? as f64);
    }
    let (first, second) = (resident_at[0], resident_at[1]);
    let a_table = |now: f64| (now - first) / memory.finished as f64;
    let put_away = if memory.away > 0.0 {
        println!("… {:.0} s until tables that everyone has left are put away", memory.away);
        sleep(seconds(memory.away)).await;
        Some(a_table(resident(&program)? as f64))
    } else {
        None
    };
    Ok((a_table(second), put_away, lost))
}
