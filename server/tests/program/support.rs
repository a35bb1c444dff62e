//! The program as a process, and people at it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use instep_protocol::{Ask, Audience, WordKind};
use instep_rules::players::Dice;
use tokio::runtime::Runtime;

use crate::people::{Person, Place, create, done};

/// The program, which nothing in this test's environment tells anything.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_instep-server"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("INSTEP_")) {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs it to its end; exit code, standard output, standard error.
pub(crate) fn runs(arguments: &[&str]) -> (i32, String, String) {
    ended(program().args(arguments).output().expect("it starts"))
}

/// An operator's command about a data folder.
pub(crate) fn operates(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    ended(program().args(arguments).arg("--data").arg(folder).output().expect("it starts"))
}

pub(crate) fn ended(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// A server that runs.
pub(crate) struct Running {
    child: Child,
    /// What it said at its start.
    pub(crate) line: String,
    folder: std::path::PathBuf,
}

impl Running {
    /// Starts over this folder, on a free port.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = program();
        command.args(["--listen", "127.0.0.1:0"]).args(arguments);
        Self::of(command.arg("--data").arg(folder), folder)
    }

    pub(crate) fn of(command: &mut Command, folder: &Path) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("a line");
        if line.is_empty() {
            panic!("it did not start: {:?}", ended(child.wait_with_output().expect("a child of ours")));
        }
        Self { child, line, folder: folder.to_owned() }
    }

    pub(crate) fn place(&self) -> Place {
        let cert = std::fs::read(self.folder.join("server-cert.der")).expect("its certificate");
        Place { port: self.port("127.0.0.1:"), fingerprint: instep_server::quic::fingerprint(&cert) }
    }

    /// The port behind these words in its first line.
    pub(crate) fn port(&self, behind: &str) -> u16 {
        let (_, rest) = self.line.split_once(behind).expect("it says where");
        rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok()).expect("a port")
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("there is a kill").success());
    }

    /// Ends it as an operator does: exit code, what it still said, its log.
    pub(crate) fn stop(mut self, signal: &str) -> (i32, String, String) {
        self.signal(signal);
        let since = Instant::now();
        // What it says is read while it ends, so that it never waits for us.
        let mut out = self.child.stdout.take().expect("piped");
        let mut err = self.child.stderr.take().expect("piped");
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            err.read_to_string(&mut text).map(|_| text)
        });
        let mut said = String::new();
        out.read_to_string(&mut said).expect("text");
        let status = self.child.wait().expect("a child of ours");
        assert!(since.elapsed() < Duration::from_secs(5), "it left after {:?}", since.elapsed());
        (status.code().unwrap_or(-1), said, reader.join().expect("read").expect("text"))
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a child of ours");
        self.child.wait().expect("a child of ours");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A note for everyone.
pub(crate) fn note(text: &str, nonce: u8) -> Ask {
    Ask::Note { seat: None, kind: WordKind::Note, audience: Audience::Everyone, text: text.into(), nonce: [nonce; 16] }
}

/// Somebody who makes a table, plays a little there for everyone, and says this.
pub(crate) fn plays(runtime: &Runtime, place: Place, moves: usize, says: &[&str]) -> Person {
    let mut host = Person::comes(runtime, place.call(create(3)));
    for (n, text) in says.iter().enumerate() {
        assert!(done(host.asks(note(text, n as u8))));
    }
    let mut dice = Dice::new(3);
    for _ in 0..moves {
        let Some(ask) = host.next_ask(&mut dice) else { break };
        assert!(done(host.asks(ask)));
    }
    host
}

/// Whether any file in a folder, however deep, holds these bytes.
pub(crate) fn holds(folder: &Path, canary: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                let bytes = std::fs::read(&path).expect("a file");
                if bytes.windows(canary.len()).any(|w| w == canary.as_bytes()) {
                    found.push(path);
                }
            }
        }
    }
    found
}
