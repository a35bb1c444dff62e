//! A screen that nobody sees, and the program on it, used as a person would: by keys. What became of it is read from the
//! data folder.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use instep_rules::Game;
use instep_server::{Stored, StoredTable};
use tempfile::TempDir;

/// Longer than anything here takes on a slow machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A display of its own.
pub(crate) struct Display {
    server: Child,
    pub(crate) name: String,
}

impl Display {
    /// A display of this size, under the first number that is free.
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"])
            // Else it starts over whenever its last program has gone, and drops who comes meanwhile.
            .arg("-noreset")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is there: `cargo xtask needs` tells what the tests need");
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let name = format!(":{}", line.trim().parse::<u32>().expect("Xvfb tells its number"));
        Self { server, name }
    }

    fn xdotool(&self, args: &[&str]) -> String {
        let out = Command::new("xdotool").env("DISPLAY", &self.name).args(args).output().expect("xdotool is there");
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The program in its window.
pub(crate) struct Window<'d> {
    display: &'d Display,
    program: Child,
    data: PathBuf,
}

/// A folder for what is kept.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The program with surroundings of its own.
pub(crate) fn instep(data: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("instep"));
    command
        .arg("--data")
        .arg(data)
        .env("HOME", data)
        .env("XDG_RUNTIME_DIR", data)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("INSTEP_DATA")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

impl<'d> Window<'d> {
    /// Starts it, and waits until its window takes keys.
    pub(crate) fn open(display: &'d Display, data: &Path) -> Self {
        let program = instep(data).env("DISPLAY", &display.name).stderr(Stdio::inherit()).spawn().expect("it starts");
        let mut window = Self { display, program, data: data.to_owned() };
        let id = wait("the window", || {
            assert!(window.runs(), "the program has ended; it says why above");
            Some(display.xdotool(&["search", "--onlyvisible", "--name", "^Instep$"])).filter(|id| !id.is_empty())
        });
        let id = id.lines().next().unwrap();
        // Nobody manages windows here: it is told that it has focus.
        display.xdotool(&["windowfocus", "--sync", id]);
        // Keys that come before the first picture are nobody's: whoever presses them has seen nothing yet.
        std::thread::sleep(Duration::from_millis(2500));
        window
    }

    /// Presses keys, by X's names, one after the other.
    pub(crate) fn press(&self, keys: &[&str]) {
        for key in keys {
            self.display.xdotool(&["key", "--clearmodifiers", key]);
            std::thread::sleep(Duration::from_millis(150));
        }
    }

    /// Types a text.
    pub(crate) fn write(&self, text: &str) {
        self.display.xdotool(&["type", "--delay", "40", text]);
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.program.try_wait().unwrap().is_none()
    }

    /// The newest table as it is on disk, if there is one.
    pub(crate) fn table(&self) -> Option<StoredTable> {
        let stored = Stored::open(&self.data).ok()?;
        let newest = stored.tables().ok()?.last()?.id;
        stored.table(newest).ok()
    }

    /// The newest table's game, replayed and checked.
    pub(crate) fn game(&self) -> Option<Game> {
        self.table()?.verify().ok().map(|verified| verified.game)
    }

    /// Presses keys, and waits until the table has taken something more.
    pub(crate) fn play(&self, keys: &[&str]) -> Game {
        let before = self.game().map_or(0, |game| game.log().len());
        self.press(keys);
        wait(&format!("what {keys:?} does"), || self.game().filter(|game| game.log().len() > before))
    }

    /// What is kept of the newest table's desk.
    pub(crate) fn desk(&self) -> String {
        self.table().map_or_else(String::new, |table| self.desk_of(table.id.0))
    }

    /// What is kept of a table's desk.
    pub(crate) fn desk_of(&self, game: i64) -> String {
        fs::read_to_string(self.data.join(format!("desks/game-{game}.ron"))).unwrap_or_default()
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Waits until something is there.
#[track_caller]
pub(crate) fn wait<T>(what: &str, mut there: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(Instant::now() < until, "waited for {what} in vain");
        std::thread::sleep(Duration::from_millis(60));
    }
}
