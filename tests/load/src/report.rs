//! What was measured, for people in rows and for programs in JSON.

use std::path::Path;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::proc;

/// Everything of one run.
#[derive(Debug)]
pub(crate) struct Report {
    values: Map<String, Value>,
    smoke: bool,
}

impl Report {
    /// A new one. It says on what kind of a machine, and how busy that was before.
    pub(crate) fn new(smoke: bool) -> Self {
        let mut values = Map::new();
        let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        let load = proc::load();
        let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
        values.insert(
            "machine".into(),
            json!({ "cores": cores, "load_before": load, "profile": profile, "smoke": smoke,
                    "version": env!("CARGO_PKG_VERSION") }),
        );
        println!("{cores} cores, load before {}, {profile} profile", load.map_or("unknown".into(), |l| l.to_string()));
        if load.is_some_and(|load| load > 0.5) {
            println!("Other programs run here: figures of this run say little.");
        }
        Self { values, smoke }
    }

    /// Says whether an aim was met, which is printed and never tested. A handful of tables has none.
    pub(crate) fn aim(&self, what: &str, met: bool) {
        if !self.smoke {
            println!("  {}  {what}", if met { "met   " } else { "MISSED" });
        }
    }

    /// Keeps a scenario's result.
    pub(crate) fn keep(&mut self, scenario: &str, result: &impl Serialize) -> Result<(), Fault> {
        let value = serde_json::to_value(result).map_err(Fault::machine)?;
        self.values.insert(scenario.to_owned(), value);
        Ok(())
    }

    /// Writes it.
    pub(crate) fn write(&self, file: &Path) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(&self.values).map_err(Fault::machine)?;
        std::fs::write(file, text + "\n")
            .map_err(|e| Fault::machine(format!("{} can't be written ({e}): name another file", file.display())))
    }
}

/// Milliseconds at some points of a distribution.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Latency {
    pub(crate) count: u64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) p999_ms: f64,
    pub(crate) max_ms: f64,
}

impl Latency {
    /// Of a histogram of microseconds.
    pub(crate) fn of(histogram: &Histogram<u64>) -> Self {
        let at = |q: f64| histogram.value_at_quantile(q) as f64 / 1000.0;
        Self {
            count: histogram.len(),
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: histogram.max() as f64 / 1000.0,
        }
    }
}

/// Rows under one head.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    widths: Vec<usize>,
}

impl Rows {
    /// Prints a row: names and what they are here. Every row has the same names.
    pub(crate) fn row(&mut self, cells: &[(&str, String)]) {
        if self.widths.is_empty() {
            self.widths =
                cells.iter().map(|(name, value)| name.chars().count().max(value.chars().count() + 2)).collect();
            println!("{}", self.line(cells.iter().map(|(name, _)| *name)));
        }
        println!("{}", self.line(cells.iter().map(|(_, value)| value.as_str())));
    }

    fn line<'a>(&self, cells: impl Iterator<Item = &'a str>) -> String {
        let cells = cells.zip(&self.widths).enumerate().map(|(n, (cell, width))| match n {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ")
    }
}

/// A title above rows.
pub(crate) fn title(text: &str) {
    println!("\n{text}");
}

/// Milliseconds for people.
pub(crate) fn ms(value: f64) -> String {
    if value.abs() < 100.0 { format!("{value:.2} ms") } else { format!("{value:.0} ms") }
}

/// Cores that were busy, over a time.
pub(crate) fn cores(cpu: Duration, time: Duration) -> f64 {
    cpu.as_secs_f64() / time.as_secs_f64().max(1e-9)
}

/// Bytes as KiB, for people.
pub(crate) fn kib(bytes: f64) -> String {
    format!("{:.1} KiB", bytes / 1024.0)
}
