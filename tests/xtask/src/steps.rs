//! Running steps one after the other, and telling how each went.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::Fault;
use crate::needs::aligned;

/// One step.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// The command as a person would type it.
    pub(crate) shown: String,
    /// What its failure means, in one sentence.
    pub(crate) failure: &'static str,
    /// Whether its runner prints a summary that is worth repeating at the end.
    pub(crate) summary: bool,
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// Runs the steps until one fails, then prints the runners' summaries and a table of all steps.
pub(crate) fn run(steps: Vec<Step>) -> Result<(), Fault> {
    let mut outcomes = Vec::new();
    let mut summaries = Vec::new();
    let mut fault = None;
    for mut step in steps {
        if fault.is_some() {
            outcomes.push((step.name, Outcome::NotRun));
            continue;
        }
        println!("\n── {}: {}", step.name, step.shown);
        let begun = Instant::now();
        let result = if step.summary {
            watched(&mut step.command, &mut summaries)
        } else {
            step.command.stdin(Stdio::null()).status()
        };
        let time = begun.elapsed();
        match result {
            Ok(status) if status.success() => outcomes.push((step.name, Outcome::Passed(time))),
            Ok(_) => {
                fault = Some(Fault::Wrong(format!("{}: {}", step.name, step.failure)));
                outcomes.push((step.name, Outcome::Failed(time)));
            }
            Err(error) => {
                fault = Some(Fault::Machine(format!("{}: cargo cannot be started: {error}.", step.name)));
                outcomes.push((step.name, Outcome::Failed(time)));
            }
        }
    }
    println!();
    for line in summaries.iter().chain(&table(&outcomes)) {
        println!("{line}");
    }
    fault.map_or(Ok(()), Err)
}

fn table(outcomes: &[(&str, Outcome)]) -> Vec<String> {
    let mut rows = vec![["step", "result", "time"].map(str::to_owned)];
    let mut total = Duration::ZERO;
    for (name, outcome) in outcomes {
        let (result, time) = match outcome {
            Outcome::Passed(time) => ("passed", Some(time)),
            Outcome::Failed(time) => ("FAILED", Some(time)),
            Outcome::NotRun => ("not run", None),
        };
        total += time.copied().unwrap_or_default();
        rows.push([(*name).to_owned(), result.to_owned(), time.map_or_else(String::new, |time| in_words(*time))]);
    }
    rows.push(["all".to_owned(), String::new(), in_words(total)]);
    aligned(&rows)
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Runs a command whose output goes through to the person, and keeps the lines that sum it up.
fn watched(command: &mut Command, summaries: &mut Vec<String>) -> std::io::Result<ExitStatus> {
    if std::io::stderr().is_terminal() && std::env::var_os("CARGO_TERM_COLOR").is_none() {
        // The runner sees a pipe, but a person sees what comes through it.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (found, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        let found = found.clone();
        std::thread::spawn(move || pass_on(output, std::io::stdout(), &found));
    }
    if let Some(output) = child.stderr.take() {
        std::thread::spawn(move || pass_on(output, std::io::stderr(), &found));
    }
    let status = child.wait()?;
    // A process that a test left behind may hold the pipe for ever: what comes later than this is not waited for.
    let until = Instant::now() + Duration::from_secs(3);
    let mut found = Vec::new();
    while let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
        found.push(line);
    }
    summaries.extend(of_the_whole(found));
    Ok(status)
}

/// Nextest shows what a failed test printed, libtest's summary of that one test too; only its own is of the whole.
fn of_the_whole(mut found: Vec<String>) -> Vec<String> {
    if found.iter().any(|line| is_nextests(line)) {
        found.retain(|line| is_nextests(line));
    }
    found
}

fn is_nextests(line: &str) -> bool {
    line.starts_with("Summary [")
}

fn pass_on(from: impl Read, mut to: impl Write, found: &mpsc::Sender<String>) {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // Who reads us may have gone; the step is still to be run to its end.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        if let Some(summary) = summary(&String::from_utf8_lossy(&line)) {
            let _ = found.send(summary);
        }
        line.clear();
    }
}

/// The line as it is to be repeated, if it is the runner's summary of tests that ran.
fn summary(line: &str) -> Option<String> {
    let plain = without_colours(line);
    let plain = plain.trim();
    let libtest = plain.starts_with("test result: ") && !plain.contains(" 0 passed; 0 failed; 0 ignored;");
    (is_nextests(plain) || libtest).then(|| plain.to_owned())
}

/// Without the terminal's colour sequences (`ESC [ … m`).
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_what_passed_failed_and_was_not_run() {
        let outcomes = [
            ("formatting", Outcome::Passed(Duration::from_millis(1_240))),
            ("lints", Outcome::Failed(Duration::from_secs(63))),
            ("tests", Outcome::NotRun),
        ];
        let expected = [
            "step        result   time",
            "formatting  passed   1.2 s",
            "lints       FAILED   1 min 03 s",
            "tests       not run",
            "all                  1 min 04 s",
        ];
        assert_eq!(table(&outcomes), expected);
    }

    #[test]
    fn both_runners_summaries_are_known() {
        let nextest =
            "\u{1b}[32;1m     Summary\u{1b}[0m [   1.2s] \u{1b}[1m3\u{1b}[0m tests run: 3 passed, 0 skipped\n";
        assert_eq!(summary(nextest).unwrap(), "Summary [   1.2s] 3 tests run: 3 passed, 0 skipped");
        let libtest = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(summary(libtest).unwrap(), libtest.trim());
        assert_eq!(summary("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured"), None);
        assert_eq!(summary("test a::summary ... ok"), None);
    }

    #[test]
    fn nextests_summary_stands_for_its_tests() {
        let (one, all) = ("test result: FAILED. 0 passed; 1 failed".to_owned(), "Summary [ 1s] 9 tests run".to_owned());
        assert_eq!(of_the_whole(vec![one.clone(), all.clone()]), [all]);
        assert_eq!(of_the_whole(vec![one.clone(), one.clone()]), [one.clone(), one]);
    }

    #[test]
    fn output_goes_through_byte_for_byte() {
        let (found, lines) = mpsc::channel();
        let text = b"one\n\xff\ntest result: ok. 1 passed; 0 failed\nlast".as_slice();
        let mut through = Vec::new();
        pass_on(text, &mut through, &found);
        drop(found);
        assert_eq!(through, text);
        assert_eq!(lines.iter().collect::<Vec<_>>(), ["test result: ok. 1 passed; 0 failed"]);
    }

    #[test]
    fn nothing_runs_after_a_failure() {
        let step = |name, program: &str| Step {
            name,
            shown: program.into(),
            failure: "It failed.",
            summary: false,
            command: Command::new(program),
        };
        let fault = run(vec![step("first", "no-such-program-of-instep"), step("second", "neither")]).unwrap_err();
        assert!(fault.words().starts_with("first: "), "{}", fault.words());
        assert_eq!(fault.exit_code(), 3);
    }
}
