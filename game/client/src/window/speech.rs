//! Reading aloud, through whatever voice the computer has. The text is never part of a command line that anything
//! interprets.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::alarm::Waker;

/// Words a minute that voices speak at their usual speed.
const USUAL_WPM: u32 = 175;

/// Something that speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Voice {
    /// Speech Dispatcher: Linux's own, which also speaks for screen readers.
    SpdSay(PathBuf),
    /// eSpeak by itself.
    Espeak(PathBuf),
    /// macOS.
    Say(PathBuf),
    /// Windows.
    PowerShell(PathBuf),
}

/// Speaks one text at a time.
pub(super) struct Speaker {
    voice: Option<Voice>,
    child: Arc<Mutex<Option<Child>>>,
    waker: Waker,
}

impl Speaker {
    /// With the voice that this computer has.
    pub(super) fn new(waker: Waker) -> Self {
        let folders: Vec<PathBuf> =
            std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
        Self { voice: find(&folders), child: Arc::default(), waker }
    }

    /// Which never says anything.
    pub(super) fn mute() -> Self {
        Self { voice: None, child: Arc::default(), waker: Waker::default() }
    }

    pub(super) fn can_speak(&self) -> bool {
        self.voice.is_some()
    }

    /// Whether it speaks now.
    pub(super) fn speaks(&self) -> bool {
        let Ok(mut child) = self.child.lock() else { return false };
        let speaks = child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)));
        if !speaks {
            *child = None;
        }
        speaks
    }

    /// Says `text`, in place of what it says now. `speed` is in per cent of the usual.
    pub(super) fn say(&mut self, text: &str, speed: u16) {
        self.hush();
        let Some(voice) = &self.voice else { return };
        let (mut command, input) = command(voice, text, speed);
        let Ok(mut child) = command.spawn() else {
            // What is there and does not start will not start the next time either.
            self.voice = None;
            return;
        };
        if let (Some(text), Some(mut stdin)) = (input, child.stdin.take()) {
            let _ = std::thread::Builder::new().name("voice".into()).spawn(move || {
                // A voice that stops listening has been hushed.
                let _ = stdin.write_all(text.as_bytes());
            });
        }
        if let Ok(mut speaking) = self.child.lock() {
            *speaking = Some(child);
        }
        let (speaking, waker) = (Arc::clone(&self.child), self.waker.clone());
        let _ = std::thread::Builder::new().name("listener".into()).spawn(move || {
            loop {
                std::thread::sleep(Duration::from_millis(100));
                let Ok(mut child) = speaking.lock() else { return };
                match child.as_mut().map(Child::try_wait) {
                    Some(Ok(None)) => {}
                    _ => break,
                }
            }
            waker.wake();
        });
    }

    /// Stops at once.
    pub(super) fn hush(&mut self) {
        let Some(mut child) = self.child.lock().ok().and_then(|mut child| child.take()) else { return };
        let _ = child.kill();
        let _ = child.wait();
        if let Some(Voice::SpdSay(program)) = &self.voice {
            // It only asked another program to speak: that one has to be told.
            let told = quiet(Command::new(program)).arg("--cancel").spawn();
            if let Ok(mut told) = told {
                let _ = std::thread::Builder::new().spawn(move || told.wait());
            }
        }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.hush();
    }
}

fn find(folders: &[PathBuf]) -> Option<Voice> {
    let on_path = |name: &str| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    if cfg!(target_os = "macos") {
        on_path("say").map(Voice::Say)
    } else if cfg!(windows) {
        on_path("powershell.exe").map(Voice::PowerShell)
    } else {
        let espeak = || on_path("espeak-ng").or_else(|| on_path("espeak")).map(Voice::Espeak);
        on_path("spd-say").map(Voice::SpdSay).or_else(espeak)
    }
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The command that says `text`, and what goes into its standard input.
fn command(voice: &Voice, text: &str, speed: u16) -> (Command, Option<String>) {
    let speed = u32::from(speed.clamp(50, 200));
    let wpm = (USUAL_WPM * speed / 100).to_string();
    let new = |program: &Path| quiet(Command::new(program));
    let (mut command, by_input) = match voice {
        Voice::SpdSay(program) => {
            let mut command = new(program);
            // From -100 to 100, where half speed is -50 and double speed 100.
            let rate = i64::from(speed) - 100;
            command.args(["--wait", "--rate", &rate.to_string(), "--"]).arg(text);
            (command, false)
        }
        Voice::Espeak(program) => {
            let mut command = new(program);
            command.args(["-s", &wpm, "--stdin"]);
            (command, true)
        }
        Voice::Say(program) => {
            let mut command = new(program);
            command.args(["-r", &wpm, "-f", "-"]);
            (command, true)
        }
        Voice::PowerShell(program) => {
            let mut command = new(program);
            // From -10 to 10, which is a third to three times the speed.
            let rate = (i64::from(speed) - 100) / 10;
            let script = format!(
                "[Console]::InputEncoding = [Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; \
                 $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; $voice.Rate = {rate}; \
                 $voice.Speak([Console]::In.ReadToEnd())"
            );
            command.args(["-NoProfile", "-NonInteractive", "-Command"]).arg(script);
            (command, true)
        }
    };
    if by_input {
        command.stdin(Stdio::piped());
    }
    (command, by_input.then(|| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(voice: Voice, text: &str, speed: u16) -> (Vec<String>, Option<String>) {
        let (command, input) = command(&voice, text, speed);
        (command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect(), input)
    }

    #[test]
    fn no_words_are_taken_for_an_option_or_a_command() {
        let text = "--help; rm -rf ~ $(id) \"' `x`\n-f";
        for voice in [
            Voice::SpdSay("spd-say".into()),
            Voice::Espeak("espeak-ng".into()),
            Voice::Say("say".into()),
            Voice::PowerShell("powershell.exe".into()),
        ] {
            let (args, input) = said(voice.clone(), text, 100);
            if matches!(voice, Voice::SpdSay(_)) {
                assert_eq!(args[args.len() - 2..], ["--", text]);
                assert_eq!(input, None);
            } else {
                assert!(args.iter().all(|arg| !arg.contains("rm -rf")), "{args:?}");
                assert_eq!(input.as_deref(), Some(text));
            }
        }
    }

    #[test]
    fn the_speed_is_each_voices_own() {
        assert!(said(Voice::SpdSay("x".into()), "", 50).0.contains(&"-50".to_owned()));
        assert!(said(Voice::Espeak("x".into()), "", 200).0.contains(&"350".to_owned()));
        assert!(said(Voice::Say("x".into()), "", 100).0.contains(&"175".to_owned()));
        assert!(said(Voice::PowerShell("x".into()), "", 9000).0.iter().any(|arg| arg.contains(".Rate = 10;")));
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn speech_dispatcher_comes_before_espeak() {
        let dir = tempfile::tempdir().expect("a folder");
        let folders = [dir.path().to_owned()];
        assert_eq!(find(&folders), None);
        std::fs::write(dir.path().join("espeak"), "").expect("written");
        assert_eq!(find(&folders), Some(Voice::Espeak(dir.path().join("espeak"))));
        std::fs::write(dir.path().join("spd-say"), "").expect("written");
        assert_eq!(find(&folders), Some(Voice::SpdSay(dir.path().join("spd-say"))));
    }

    #[test]
    #[cfg(unix)]
    fn what_is_said_can_be_hushed() {
        let dir = tempfile::tempdir().expect("a folder");
        let program = dir.path().join("espeak");
        std::fs::write(&program, "#!/bin/sh\nexec sleep 60\n").expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&program, mode).expect("set");
        let voice = Some(Voice::Espeak(program));
        let mut speaker = Speaker { voice, child: Arc::default(), waker: Waker::default() };
        assert!(!speaker.speaks());
        speaker.say("Good morning.", 100);
        assert!(speaker.speaks());
        speaker.hush();
        assert!(!speaker.speaks());
    }
}
