//! `cargo xtask play`: build the game and start it.

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

use crate::Fault;
use crate::built;
use crate::claim::claim;
use crate::workspace::Workspace;

const HEADLESS: &str = "--headless";

/// Builds `instep` and becomes it.
pub(crate) fn play(workspace: &Workspace, given: &[OsString]) -> Result<ExitCode, Fault> {
    println!("Building Instep. The first time takes many minutes.");
    let claim = claim(workspace)?;
    let programs = built::build(workspace.cargo_at_root().args(BUILD))?;
    // A game may last an evening: others may build meanwhile.
    drop(claim);
    let display = has_display();
    if !display && !asks_for_the_terminal(given) {
        println!("{NO_DISPLAY}");
    }
    // In the user's own folder, from which they name their packs.
    let mut game = Command::new(built::named(&programs, "instep")?);
    game.args(arguments(given, display));
    become_it(game)
}

/// As the tests are built: the same profile, and the whole workspace, so that each dependency has the same features.
/// Then the game and its tests share one build of the large ones.
///
/// To ask for the examples has cargo count the tests' own dependencies in, without building them: else a feature that only
/// these ask for would have Bevy built twice.
const BUILD: [&str; 4] = ["build", "--workspace", "--bins", "--examples"];

const NO_DISPLAY: &str =
    "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so the game is played in this terminal.";

/// Whether the game that is asked for will open a window.
pub(crate) fn opens_a_window(given: &[OsString]) -> bool {
    !asks_for_the_terminal(given) && has_display()
}

fn asks_for_the_terminal(given: &[OsString]) -> bool {
    given.iter().any(|argument| argument == HEADLESS)
}

/// What `instep` is given. Nothing was asked for: its Home, where all of it can be chosen. Else `instep play` with what was
/// asked for, and with the terminal where no window could be shown.
fn arguments(given: &[OsString], display: bool) -> Vec<OsString> {
    if given.is_empty() && display {
        return Vec::new();
    }
    let play = OsStr::new("play").to_owned();
    let headless = (!display && !asks_for_the_terminal(given)).then(|| OsStr::new(HEADLESS).to_owned());
    std::iter::once(play).chain(headless).chain(given.iter().cloned()).collect()
}

fn has_display() -> bool {
    display(std::env::consts::OS, |name| std::env::var_os(name))
}

/// Whether a window could be shown. Windows and macOS always have a display, as far as we can ask.
fn display(os: &str, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    matches!(os, "windows" | "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The game takes this process's place, so that Ctrl+C, the terminal and the exit code are its own.
#[cfg(unix)]
fn become_it(mut game: Command) -> Result<ExitCode, Fault> {
    use std::os::unix::process::CommandExt;
    Err(no_game(&game.exec()))
}

#[cfg(not(unix))]
fn become_it(mut game: Command) -> Result<ExitCode, Fault> {
    let status = game.status().map_err(|error| no_game(&error))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(3)))
}

fn no_game(error: &std::io::Error) -> Fault {
    Fault::Machine(format!("the game cannot be started: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn with_a_display_the_game_gets_what_was_asked_for() {
        assert!(arguments(&[], true).is_empty(), "Home");
        for line in ["--seed 7 pack", "--seed 7 --headless"] {
            assert_eq!(arguments(&words(line), true), words(&format!("play {line}")));
        }
    }

    #[test]
    fn without_a_display_the_game_is_told_headless_once() {
        assert_eq!(arguments(&[], false), words("play --headless"));
        assert_eq!(arguments(&words("--seed 7 pack"), false), words("play --headless --seed 7 pack"));
        assert_eq!(arguments(&words("--seed 7 --headless"), false), words("play --seed 7 --headless"));
    }

    #[test]
    fn who_asks_for_the_terminal_needs_nothing_of_the_window() {
        assert!(!opens_a_window(&words("--new --headless")));
        assert_eq!(opens_a_window(&words("--new")), has_display());
    }

    #[test]
    fn a_display_is_what_the_environment_says() {
        let with = |name: &'static str, value: &'static str| {
            display("linux", move |asked| (asked == name).then(|| value.into()))
        };
        assert!(with("DISPLAY", ":0"));
        assert!(with("WAYLAND_DISPLAY", "wayland-0"));
        assert!(!with("DISPLAY", ""));
        assert!(!with("TERM", "xterm"));
        assert!(display("windows", |_| None) && display("macos", |_| None));
    }

    #[test]
    fn it_is_built_as_the_tests_are() {
        assert!(BUILD.contains(&"--workspace") && BUILD.contains(&"--examples"));
        assert!(BUILD.iter().all(|argument| !argument.contains("release") && !argument.contains("profile")));
    }
}
