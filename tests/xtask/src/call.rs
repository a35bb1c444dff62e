//! What was asked for on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::Fault;

/// What `cargo xtask` alone says.
pub(crate) const HELP: &str = "\
The developers' commands of Instep.

  cargo xtask play [ARGS…]      install what is missing, build, and start a game; ARGS go to `instep play`
  cargo xtask play --headless   the same in the terminal
  cargo xtask test              install what is missing, then formatting, lints and every test
  cargo xtask dist [--out DIR]  build in release, and make a folder that plays from a USB stick, and its archive
  cargo xtask bench [ARGS…]     describe this machine, then run every bench; ARGS go to `cargo bench`
  cargo xtask load [ARGS…]      describe this machine, then load a server with many tables; ARGS go to `instep-load`
  cargo xtask fuzz [TARGET] [--seconds N]
                                throw bytes at one target or at each, for N seconds (60); needs Rust's nightly toolchain
  cargo xtask needs             what the system needs for these, and whether it is there

Whatever is built goes to the user's cache folder, unless CARGO_TARGET_DIR says otherwise.
";

/// One of our commands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Help,
    Needs,
    /// With what goes to `instep play`, untouched.
    Play(Vec<OsString>),
    Test,
    /// With where folder and archive are to be.
    Dist(Option<PathBuf>),
    /// With what goes to `cargo bench`, untouched.
    Bench(Vec<OsString>),
    /// With what goes to `instep-load`, untouched.
    Load(Vec<OsString>),
    /// One target or all, and for how many seconds each.
    Fuzz(Option<String>, u32),
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Call, Fault> {
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else { return Ok(Call::Help) };
    let rest: Vec<OsString> = arguments.collect();
    match first.to_str() {
        Some("play") => Ok(Call::Play(without_dashes(rest))),
        Some("bench") => Ok(Call::Bench(rest)),
        Some("load") => Ok(Call::Load(without_dashes(rest))),
        Some("fuzz") => fuzz(&rest),
        Some("dist") => out(&rest).map(Call::Dist),
        Some("test") => nothing_after("test", &rest).map(|()| Call::Test),
        Some("needs") => nothing_after("needs", &rest).map(|()| Call::Needs),
        Some("help" | "--help" | "-h") => Ok(Call::Help),
        _ => Err(Fault::Call(format!("there is no command `{}`.\n\n{HELP}", first.display()))),
    }
}

/// Whoever is used to `cargo run -- ARGS` writes `cargo xtask play -- ARGS`; the dashes are not for the program.
fn without_dashes(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.first().is_some_and(|first| first == "--") {
        arguments.remove(0);
    }
    arguments
}

/// `[TARGET] [--seconds N]`.
fn fuzz(rest: &[OsString]) -> Result<Call, Fault> {
    let wrong = || Fault::Call("`fuzz` takes the name of a target and `--seconds N`, or less.".into());
    let (mut target, mut seconds) = (None, None);
    let mut words = rest.iter().map(|word| word.to_str().unwrap_or_default());
    while let Some(word) = words.next() {
        match word {
            "--seconds" if seconds.is_none() => {
                seconds = Some(words.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0).ok_or_else(wrong)?);
            }
            name if target.is_none() && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) => {
                target = Some(name.to_owned());
            }
            _ => return Err(wrong()),
        }
    }
    Ok(Call::Fuzz(target, seconds.unwrap_or(60)))
}

/// `--out DIR`, or nothing.
fn out(rest: &[OsString]) -> Result<Option<PathBuf>, Fault> {
    match rest {
        [] => Ok(None),
        [out, dir] if out == "--out" && !dir.is_empty() => Ok(Some(dir.into())),
        _ => Err(Fault::Call("`dist` takes nothing but `--out DIR`.".into())),
    }
}

fn nothing_after(command: &str, rest: &[OsString]) -> Result<(), Fault> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => {
            Err(Fault::Call(format!("`{command}` takes no arguments, and was given `{}`.", extra.display())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Call, Fault> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn what_follows_play_goes_to_the_game_untouched() {
        let game = "--seed 7 --script a.txt --help my-pack";
        assert_eq!(parsed(&format!("play {game}")).unwrap(), Call::Play(words(game)));
        assert_eq!(parsed(&format!("play -- {game}")).unwrap(), Call::Play(words(game)));
        assert_eq!(parsed("play").unwrap(), Call::Play(Vec::new()));
        // Only the first pair of dashes was ours.
        assert_eq!(parsed("play -- --").unwrap(), Call::Play(words("--")));
    }

    #[test]
    fn what_follows_bench_goes_to_cargo_with_its_dashes() {
        assert_eq!(parsed("bench -p x -- --quick").unwrap(), Call::Bench(words("-p x -- --quick")));
    }

    #[test]
    fn what_follows_load_goes_to_the_generator_untouched() {
        assert_eq!(parsed("load").unwrap(), Call::Load(Vec::new()));
        assert_eq!(parsed("load open --tables 10").unwrap(), Call::Load(words("open --tables 10")));
        assert_eq!(parsed("load -- --help").unwrap(), Call::Load(words("--help")));
    }

    #[test]
    fn dist_takes_a_folder_or_nothing() {
        assert_eq!(parsed("dist").unwrap(), Call::Dist(None));
        assert_eq!(parsed("dist --out some/where").unwrap(), Call::Dist(Some("some/where".into())));
        for line in ["dist --out", "dist here", "dist --out a b"] {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn fuzz_takes_a_target_and_a_time_in_any_order() {
        let call = |target: Option<&str>, seconds| Call::Fuzz(target.map(str::to_owned), seconds);
        assert_eq!(parsed("fuzz").unwrap(), call(None, 60));
        assert_eq!(parsed("fuzz frames").unwrap(), call(Some("frames"), 60));
        assert_eq!(parsed("fuzz --seconds 5").unwrap(), call(None, 5));
        assert_eq!(parsed("fuzz --seconds 5 frames").unwrap(), parsed("fuzz frames --seconds 5").unwrap());
        for line in ["fuzz a b", "fuzz --seconds", "fuzz --seconds 0", "fuzz --seconds x", "fuzz ../a", "fuzz --jobs 2"]
        {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn nothing_asks_for_help() {
        for line in ["", "help", "--help", "-h"] {
            assert_eq!(parsed(line).unwrap(), Call::Help, "{line:?}");
        }
    }

    #[test]
    fn a_wrong_call_is_told_and_exits_with_2() {
        for (line, told) in [("paly", "there is no command `paly`"), ("test now", "`test` takes no arguments")] {
            let fault = parsed(line).unwrap_err();
            assert!(fault.words().contains(told), "{}", fault.words());
            assert_eq!(fault.exit_code(), 2);
        }
    }
}
