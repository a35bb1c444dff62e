//! `cargo xtask play`: build the game and start it.

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

use crate::Fault;
use crate::claim::claim;
use crate::workspace::Workspace;

/// Builds `instep` in release and becomes it.
pub(crate) fn play(workspace: &Workspace, given: &[OsString]) -> Result<ExitCode, Fault> {
    // By its manifest, so that no other crate's features are mixed in.
    let client = workspace.root.join("game/client/Cargo.toml");
    let cargo = |subcommand: &str| {
        let mut cargo = workspace.cargo();
        cargo.args([subcommand, "--release", "--bin", "instep", "--manifest-path"]).arg(&client);
        cargo
    };
    println!("Building Instep. The first time takes a few minutes.");
    let claim = claim(workspace)?;
    let built = cargo("build").status().map_err(no_cargo)?;
    // A game may last an evening: others may build meanwhile.
    drop(claim);
    if !built.success() {
        return Err(Fault::Wrong("Instep does not build; the compiler says why above.".into()));
    }
    let display = has_display(std::env::consts::OS, |name| std::env::var_os(name));
    println!("{}", about_display(display));
    let mut game = cargo("run");
    game.args(["--quiet", "--", "play"]).args(arguments(given));
    become_it(game)
}

/// What `instep play` is given: the terminal, until there is a window, and what was asked for.
fn arguments(given: &[OsString]) -> Vec<OsString> {
    let headless = OsStr::new("--headless");
    let mut arguments = given.to_vec();
    if !given.iter().any(|argument| argument == headless) {
        arguments.insert(0, headless.to_owned());
    }
    arguments
}

fn about_display(display: bool) -> &'static str {
    if display {
        "Instep has no window yet, so the game is played in this terminal."
    } else {
        "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so the game is played in this terminal."
    }
}

/// Whether a window could be shown. Windows and macOS always have a display, as far as we can ask.
fn has_display(os: &str, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    matches!(os, "windows" | "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn no_cargo(error: std::io::Error) -> Fault {
    Fault::Machine(format!("cargo cannot be started: {error}."))
}

/// The game takes this process's place, so that Ctrl+C, the terminal and the exit code are its own.
#[cfg(unix)]
fn become_it(mut game: Command) -> Result<ExitCode, Fault> {
    use std::os::unix::process::CommandExt;
    Err(no_cargo(game.exec()))
}

#[cfg(not(unix))]
fn become_it(mut game: Command) -> Result<ExitCode, Fault> {
    let status = game.status().map_err(no_cargo)?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn until_there_is_a_window_the_game_is_told_headless_once() {
        assert_eq!(arguments(&[]), words("--headless"));
        assert_eq!(arguments(&words("--seed 7 pack")), words("--headless --seed 7 pack"));
        assert_eq!(arguments(&words("--seed 7 --headless")), words("--seed 7 --headless"));
    }

    #[test]
    fn a_display_is_what_the_environment_says() {
        let with = |name: &'static str, value: &'static str| {
            has_display("linux", move |asked| (asked == name).then(|| value.into()))
        };
        assert!(with("DISPLAY", ":0"));
        assert!(with("WAYLAND_DISPLAY", "wayland-0"));
        assert!(!with("DISPLAY", ""));
        assert!(!with("TERM", "xterm"));
        assert!(has_display("windows", |_| None) && has_display("macos", |_| None));
    }

    #[test]
    fn both_answers_say_where_the_game_is_played() {
        for display in [true, false] {
            assert!(about_display(display).ends_with("played in this terminal."));
        }
    }
}
