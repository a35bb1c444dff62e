//! The pages `packs/*/BALANCE.md`: what they show of `instep-pack simulate` is what it says today.
//!
//! In a page, a line in a code block that begins with `$ instep-pack` is a command, and the lines up to the next such
//! line, or the end of the block, are its output, without games a second, which are the machine's. To bring a page up
//! to date after a change to a pack or the rules:
//!
//! ```text
//! INSTEP_WRITE=1 cargo test -p instep-content --test balance
//! ```

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of which a page shows the last line only ends with this.
const LAST_LINE: &str = " | tail -n 1";

/// Runs each command once, however often pages show it.
struct Runner {
    /// A data folder without packs, so that none of this machine's stands before ours.
    data: tempfile::TempDir,
    done: HashMap<String, String>,
}

impl Runner {
    fn run(&mut self, line: &str) -> String {
        let (command, last) = line.strip_suffix(LAST_LINE).map_or((line, false), |command| (command, true));
        let data = self.data.path();
        let whole = self.done.entry(command.to_owned()).or_insert_with(|| {
            let words = command.split(' ').skip(2);
            let mut run = Command::new(env!("CARGO_BIN_EXE_instep-pack"));
            let output = run.args(words).env("INSTEP_DATA", data).output().expect("instep-pack can be started");
            assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
            without_speed(&String::from_utf8(output.stdout).expect("it writes UTF-8"))
        });
        if last { whole.lines().last().unwrap_or_default().to_owned() } else { whole.trim_end().to_owned() }
    }

    /// The page as it should be.
    fn page(&mut self, page: &str) -> String {
        let mut out = Vec::new();
        let (mut code, mut output) = (false, false);
        for line in page.lines() {
            if line.starts_with("```") {
                (code, output) = (!code, false);
            }
            if code && line.starts_with("$ instep-pack ") {
                output = true;
                out.push(line.to_owned());
                out.push(self.run(line));
            } else if !output {
                out.push(line.to_owned());
            }
        }
        out.join("\n") + "\n"
    }
}

/// The output without what no two machines have in common.
fn without_speed(output: &str) -> String {
    let lines = output.lines().map(|line| match line.rsplit_once(", ") {
        Some((rest, speed)) if speed.ends_with(" games/s") => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn pages() -> Vec<PathBuf> {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let folders = std::fs::read_dir(packs).expect("there are packs").map(|entry| entry.expect("readable").path());
    let mut pages: Vec<PathBuf> = folders.filter(|path| path.is_dir()).map(|path| path.join("BALANCE.md")).collect();
    pages.sort();
    pages
}

#[test]
fn every_balance_page_is_current() {
    let mut runner = Runner { data: tempfile::tempdir().expect("a folder for nothing"), done: HashMap::new() };
    let mut stale = Vec::new();
    for path in pages() {
        let there = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let pack = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).expect("a pack's folder");
        for needed in ["--ruleset guided", "--ruleset classic", "--outcomes 2 ", "--outcomes 7 ", "--players finishers"]
        {
            let shown = there
                .lines()
                .any(|line| line.starts_with(&format!("$ instep-pack simulate {pack} ")) && line.contains(needed));
            assert!(shown, "{}: no command with {needed}", path.display());
        }
        let should = runner.page(&there);
        if should == there {
            continue;
        }
        if std::env::var_os("INSTEP_WRITE").is_some() {
            std::fs::write(&path, should).expect("the page can be written");
        } else {
            let pairs = there.lines().zip(should.lines());
            let first = pairs.zip(1..).find(|((is, should), _)| is != should);
            stale.push(format!("packs/{pack}/BALANCE.md: {first:?}"));
        }
    }
    assert!(
        stale.is_empty(),
        "Not what `instep-pack simulate` says today (first difference, line): {}\nRead what changed, mend the words \
         around it, and write the pages anew:\nINSTEP_WRITE=1 cargo test -p instep-content --test balance",
        stale.join("\n")
    );
}

#[test]
fn only_the_speed_is_left_out() {
    let output = "At 210 seconds, 3 minutes.\n\n5 games, 6 turns median (5 % 4, 85 % 9, 95 % 11), 1109 games/s\n";
    assert_eq!(without_speed(output), "At 210 seconds, 3 minutes.\n\n5 games, 6 turns median (5 % 4, 85 % 9, 95 % 11)");
}
