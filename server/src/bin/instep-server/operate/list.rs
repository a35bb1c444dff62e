//! `instep-server tables`.

use instep_server::ListedTable;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{reading, stored};
use crate::config::Config;
use crate::control::{self, Answer, Order};
use crate::out;
use crate::problem::{Problem, count};

/// A table, for programs.
#[derive(Serialize)]
struct Line<'a> {
    table: i64,
    called: &'a str,
    people: usize,
    events: u32,
    open: bool,
    last_day: Option<String>,
    deleted_after: Option<String>,
}

/// Lists the tables.
pub(crate) fn tables(config: &Config, json: bool) -> Result<(), Problem> {
    let tables = stored(config)?.listed().map_err(|trouble| reading(trouble, &config.data))?;
    // The server that runs may have been told otherwise than this program was.
    let days = match control::ask(&config.data, &Order::About) {
        Ok(Some(Answer::About(about))) => about.retention_days,
        _ => config.retention_days,
    };
    let lines: Vec<Line<'_>> = tables.iter().map(|table| line(table, days)).collect();
    if json {
        return out::line(serde_json::to_string_pretty(&lines).unwrap_or_default());
    }
    for line in &lines {
        out::line(text(line))?;
    }
    if lines.is_empty() {
        out::line("There is no table yet.")?;
    }
    Ok(())
}

fn line(table: &ListedTable, retention_days: u32) -> Line<'_> {
    let day = |day: u32| Some(Date::constant(1970, 1, 1).checked_add(i64::from(day).days()).ok()?.to_string());
    let last = Some(table.day).filter(|day| *day != 0);
    Line {
        table: table.id.0,
        called: &table.called,
        people: table.people,
        events: table.events,
        open: !table.closed,
        last_day: last.and_then(day),
        deleted_after: last.filter(|_| retention_days > 0).and_then(|last| day(last.saturating_add(retention_days))),
    }
}

fn text(line: &Line<'_>) -> String {
    let state = if line.open { "open" } else { "closed" };
    // Somebody typed it: nothing of it moves the cursor.
    let called: String = line.called.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let called = if called.is_empty() { String::new() } else { format!(" \"{called}\"") };
    let people = if line.people == 1 { "1 person".to_owned() } else { format!("{} people", line.people) };
    let last = line.last_day.as_ref().map_or_else(String::new, |day| format!(", last used on {day}"));
    let deleted =
        line.deleted_after.as_ref().map_or_else(String::new, |day| format!(", deleted after {day} unless it is used"));
    format!(
        "Table {} ({state}){called}: {people}, {}{last}{deleted}.",
        line.table,
        count(line.events as usize, "event")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_one_line() {
        let mut table = ListedTable {
            id: instep_server::TableId(3),
            called: "Ward\u{1b} 5".into(),
            people: 4,
            events: 1,
            closed: false,
            day: 20_000,
        };
        assert_eq!(
            text(&line(&table, 30)),
            "Table 3 (open) \"Ward  5\": 4 people, 1 event, last used on 2024-10-04, deleted after 2024-11-03 unless it is used."
        );
        table = ListedTable { called: String::new(), day: 0, closed: true, people: 1, ..table };
        assert_eq!(text(&line(&table, 0)), "Table 3 (closed): 1 person, 1 event.");
    }
}
