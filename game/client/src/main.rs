//! `instep`: plays Instep, and checks, mends and writes out what was played.

mod calls;
mod export;
mod kept;
mod language;
mod online;
mod out;
mod play;
mod problem;
mod recover;
mod verify;
#[cfg(feature = "window")]
mod window;

#[cfg(feature = "window")]
use std::io::IsTerminal;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use calls::{GameCall, HostCall, JoinCall};
use clap::{Parser, Subcommand};

/// Instep: four teams step into each other's shoes and lay a path together.
#[derive(Debug, Parser)]
#[command(version, about = "Instep: four teams step into each other's shoes and lay a path together.")]
#[command(
    after_help = "Without a command it opens its window; where there is no screen it plays in the terminal, like `instep play`.\n`instep play --help` lists what can be chosen."
)]
struct Call {
    /// Where saved games are kept [default: $INSTEP_DATA, else this computer's usual place]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Speak another language: a translation, as docs/translating.md describes it
    #[arg(long, value_name = "FILE", global = true)]
    language: Option<PathBuf>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Play: go on with the unfinished game, or begin a new one
    Play(PlayCall),
    /// Join a table elsewhere, or come back to one
    Join(JoinCall),
    /// Open a table that others join from elsewhere
    Host(HostCall),
    /// Check a record folder, or all tables of a data folder, against the rules
    Verify {
        /// A folder with events.json, the file itself, or a data folder
        path: PathBuf,
    },
    /// Copy what is whole of a damaged data folder into a new one
    Recover {
        /// The damaged data folder; it is only read. Without it, the usual one
        from: Option<PathBuf>,
        /// The new folder; without it, one beside the damaged one
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Draw every screen and key moment into a folder, as pictures
    #[cfg(feature = "window")]
    Screens(ScreensCall),
    /// Write a game's record (events.json and words.json) into a folder
    Export {
        /// The folder to write
        dir: PathBuf,
        /// Which table; without it, the newest
        #[arg(long, value_name = "N")]
        table: Option<i64>,
        /// Where saved games are kept [default: $INSTEP_DATA, else this computer's usual place]
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
}

/// What `instep play` takes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Everything is kept as you go: the same command goes on with a game that was left.
It plays in a window where there is a screen and somebody at the keyboard, else in the terminal:
--headless, --script and --record, or no screen, keep it there. Where nobody sits at the keyboard
(standard input is no terminal) and no script is given, four scripted players play to the end.

Examples:
  instep play                                  go on, or begin a whole game
  instep play --new --minutes 60               a new one for an hour
  instep play path-to-personalisation ./ours   with your own cards added
  instep play --new --script game.txt --record out

Exit codes: 0 done, 1 a pack, script or saved game is wrong, 2 the call is wrong, 3 the machine failed.")]
struct PlayCall {
    #[command(flatten)]
    game: GameCall,
    /// Where chance begins: 64 hexadecimal digits, or a number [default: drawn anew]
    #[arg(long, value_name = "HEX|N", help_heading = "A new game")]
    seed: Option<String>,
    /// Where saved games are kept [default: $INSTEP_DATA, else this computer's usual place]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Write the game's record (events.json, words.json) into this folder at the end
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
    /// Play these commands, one a line, seat first: `staff roll`
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Play in the terminal, also where a window could be opened
    #[arg(long)]
    headless: bool,
}

/// What `instep screens` takes.
#[cfg(feature = "window")]
#[derive(Debug, clap::Args)]
#[command(after_help = "The same pictures come of the same call, on the same graphics.")]
struct ScreensCall {
    /// The folder to write
    dir: PathBuf,
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "1920x1080", value_parser = size)]
    size: (u32, u32),
    /// light or dark
    #[arg(long, value_name = "THEME", default_value = "light", value_parser = ["light", "dark"])]
    theme: String,
    /// The size of text in per cent, 100 to 200
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u16).range(100..=200))]
    text: u16,
}

/// A size such as 1920x1080: from what holds a screen to what graphics can hold.
#[cfg(feature = "window")]
fn size(text: &str) -> Result<(u32, u32), String> {
    let wanted = "width and height in pixels from 320x240 to 7680x7680, such as 1920x1080";
    let (width, height) = text.split_once(['x', 'X']).ok_or(wanted)?;
    let side = |text: &str, least: u32| text.parse().ok().filter(|n| (least..=7680).contains(n)).ok_or(wanted);
    Ok((side(width, 320)?, side(height, 240)?))
}

fn main() -> ExitCode {
    let call = Call::parse();
    let spoken = call.language.as_deref().map_or(Ok(()), language::choose);
    let done = spoken.and_then(|()| run(call));
    let Err(problem) = done else { return ExitCode::SUCCESS };
    let text = problem.to_string();
    if !text.is_empty() {
        // Nobody is left to be told that this can't be told.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
    ExitCode::from(problem.code())
}

fn run(call: Call) -> Result<(), problem::Problem> {
    match call.what {
        None => begin(call.data),
        Some(What::Play(mut play)) => {
            play.data = play.data.or(call.data);
            play_where(play)
        }
        Some(What::Join(mut join)) => {
            join.data = join.data.or(call.data);
            with_others(Online::Join(join))
        }
        Some(What::Host(mut host)) => {
            host.data = host.data.or(call.data);
            with_others(Online::Host(host))
        }
        Some(What::Verify { path }) => verify::verify(&path),
        Some(What::Recover { from, to }) => recover::recover(from.as_deref(), to.as_deref()),
        #[cfg(feature = "window")]
        Some(What::Screens(screens)) => draw(screens),
        Some(What::Export { dir, table, data }) => export::export(&dir, table, data.or(call.data).as_deref()),
    }
}

/// `instep` alone: Home, in the window.
fn begin(data: Option<PathBuf>) -> Result<(), problem::Problem> {
    #[cfg(feature = "window")]
    {
        if window::there_is_a_screen() {
            return window::open(play::data_folder(data.as_deref())?, window::First::Home);
        }
        if std::io::stdin().is_terminal() {
            out::line("There is no screen here that a window could be opened on, so this plays in the terminal.")?;
        }
    }
    out::line("`instep --help` says what else there is.")?;
    play::play(&PlayCall { data, ..PlayCall::default() })
}

/// `instep play`: at the table, in the window where there is a screen and somebody at the keyboard.
fn play_where(call: PlayCall) -> Result<(), problem::Problem> {
    #[cfg(feature = "window")]
    {
        let in_terminal = call.headless || call.script.is_some() || call.record.is_some();
        if !in_terminal && std::io::stdin().is_terminal() && window::there_is_a_screen() {
            let data = play::data_folder(call.data.as_deref())?;
            return window::open(data, window::First::Play(Box::new(call)));
        }
    }
    play::play(&call)
}

/// A table with others.
enum Online {
    Join(JoinCall),
    Host(HostCall),
}

/// `instep join` and `instep host`: in the terminal. Here the window takes them over where there is a screen and somebody
/// at the keyboard, as it does in [`play_where`].
fn with_others(call: Online) -> Result<(), problem::Problem> {
    #[cfg(feature = "window")]
    {
        if std::io::stdin().is_terminal() && window::there_is_a_screen() {
            match &call {
                Online::Join(call) if call.fits_the_window() => {
                    let data = play::data_folder(call.data.as_deref())?;
                    return window::open(data, window::First::Join(call.clone()));
                }
                Online::Host(call) if call.fits_the_window() => {
                    let data = play::data_folder(call.data.as_deref())?;
                    return window::open(data, window::First::Host(Box::new(call.clone())));
                }
                _ => {}
            }
        }
    }
    match call {
        Online::Join(call) => play::join(&call),
        Online::Host(call) => play::host(&call),
    }
}

#[cfg(feature = "window")]
fn draw(call: ScreensCall) -> Result<(), problem::Problem> {
    let (width, height) = call.size;
    window::screens::draw(&window::screens::Pictures {
        dir: call.dir,
        width,
        height,
        dark: call.theme == "dark",
        text: call.text,
    })
}
