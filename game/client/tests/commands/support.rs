//! A folder for one test, with everything that it runs and keeps in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Demands an exit code, and gives what was said on standard error.
    #[track_caller]
    pub(crate) fn is(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        assert_eq!(code == 0, self.err.is_empty(), "only trouble is told as trouble:\n{}", self.err);
        self.err
    }

    /// Demands exit 0, and gives what was shown.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}\n{}", self.out, self.err);
        self.out
    }
}

/// A folder that goes away with the test. Commands run in it, and keep their games in its `data`.
pub(crate) struct Place {
    dir: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.dir.path().join(inside)
    }

    pub(crate) fn write(&self, inside: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().expect("inside")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    pub(crate) fn text(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).expect(inside)
    }

    /// The program, with nobody at its keyboard.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("instep"));
        command
            .current_dir(self.dir.path())
            .env("INSTEP_DATA", self.path("data"))
            .env("HOME", self.path("home"))
            .env("XDG_DATA_HOME", self.path("home/share"))
            .env("RUST_BACKTRACE", "0")
            // These are tests of the terminal: no window is opened on the screen of whoever runs them.
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(&self.command().args(args).output().expect("it runs"))
    }

    /// Plays lines of a script.
    pub(crate) fn script(&self, args: &[&str], lines: &str) -> Ran {
        self.write("script.txt", lines);
        let mut all = vec!["play", "--script", "script.txt"];
        all.extend(args);
        self.run(&all)
    }
}

pub(crate) fn ran(output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let ran = Ran { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

#[track_caller]
pub(crate) fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

/// A script that leaves a game open after its first opening tile.
pub(crate) const BEGIN: &str = "users place users dignity\n";

/// What a pack is made of beside its cards: the template that authors begin from.
fn template() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/template")
}

/// The loop of the little pack: a face of 1 to 4 leads from the beginning to each of the four decks.
const BOARD: &str = r#"Board(description: "A loop for tests.", spaces: [
    "poem", "users", "providers", "staff", "managers", "users",
    "providers", "staff", "managers", "users", "providers", "staff",
])"#;

const POEMS: &str = r#"[Poem(id: "a-poem", title: "A poem", lines: ["One line."], prompt: "What do you hear?",
    themes: ["first-day"], outcomes: [])]"#;

/// Both cards of a deck ask the same, so that a script need not know which is drawn.
fn cards() -> String {
    let mut text = "[\n".to_owned();
    for (voice, speaker, instruction) in [
        ("users", "user", r#"Place("staff")"#),
        ("providers", "provider", r#"Remove("users")"#),
        ("staff", "worker", r#"Choose([PlaceAny, TalkOnly])"#),
        ("managers", "team-manager", r#"Place("managers")"#),
    ] {
        for n in [1, 2] {
            text += &format!(
                "Card(id: \"{voice}-{n}\", voice: \"{voice}\", speaker: \"{speaker}\", text: \"They waited.\",\n\
                 prompt: \"What did they wait for?\", instruction: {instruction}, themes: [\"first-day\"], outcomes: []),\n"
            );
        }
    }
    text + "]\n"
}

/// A little pack of three stones whose decks each ask one thing.
pub(crate) fn little_pack(place: &Place, folder: &str, id: &str) {
    for file in ["perspectives.ron", "outcomes.ron", "rulesets.ron", "themes.ron", "strings.ron", "guide.md"] {
        place.write(&format!("{folder}/{file}"), fs::read(template().join(file)).expect(file));
    }
    let pack = fs::read_to_string(template().join("pack.ron")).expect("pack.ron");
    place.write(&format!("{folder}/pack.ron"), pack.replace("my-pack", id));
    place.write(&format!("{folder}/board.ron"), BOARD);
    place.write(&format!("{folder}/cards/cards.ron"), cards());
    place.write(&format!("{folder}/poems/poems.ron"), POEMS);
}

/// A number from a seed: the same on every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}
