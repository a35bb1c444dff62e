//! The program on a pseudo-terminal.

use std::io::{Read, Write};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

use crate::support::*;

/// Much longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    heard: Arc<Mutex<Vec<u8>>>,
    /// How far what was shown has been looked at.
    at: usize,
}

impl Terminal {
    pub(crate) fn start(place: &Place, args: &[&str]) -> Self {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(24, 80)).expect("sized");
        let mut command = place.command();
        command.env("TERM", "xterm").args(args);
        let child = Command::from(command).spawn(pts).expect("it runs");
        let (pty, heard) = (Arc::new(pty), Arc::<Mutex<Vec<u8>>>::default());
        let (reader, sink) = (Arc::clone(&pty), Arc::clone(&heard));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // It ends with an error once nobody has the other end.
            while let Ok(n @ 1..) = (&*reader).read(&mut bytes) {
                sink.lock().expect("no panic").extend_from_slice(&bytes[..n]);
            }
        });
        Self { pty, child, heard, at: 0 }
    }

    pub(crate) fn resize(&self, size: Size) {
        self.pty.resize(size).expect("resized");
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What was shown, in one line, without what only moves the cursor.
    pub(crate) fn text(&self) -> String {
        let heard = self.heard.lock().expect("no panic");
        let raw = String::from_utf8_lossy(&heard);
        let mut text = String::new();
        let mut letters = raw.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\u{1b}' if letters.next_if_eq(&'[').is_some() => {
                    for end in letters.by_ref() {
                        if end.is_ascii_alphabetic() {
                            break;
                        }
                    }
                }
                '\u{1b}' => {}
                c if c.is_whitespace() => {
                    if !text.ends_with(' ') {
                        text.push(' ');
                    }
                }
                c => text.push(c),
            }
        }
        text
    }

    /// Waits until `part` is shown after what was looked at before.
    #[track_caller]
    pub(crate) fn sees(&mut self, part: &str) {
        let begun = Instant::now();
        loop {
            let text = self.text();
            let from = self.at.min(text.len());
            if let Some(found) = text.get(from..).and_then(|fresh| fresh.find(part)) {
                self.at = from + found + part.len();
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{part:?} is not shown after\n{}", text.get(from..).unwrap_or(&text));
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn types(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).expect("typed");
    }

    /// Types a line, and waits for the answer.
    #[track_caller]
    pub(crate) fn line(&mut self, keys: &str, answer: &str) {
        self.types(keys);
        self.types("\r");
        self.sees(answer);
    }

    #[track_caller]
    pub(crate) fn ends(self) -> String {
        self.ends_with(0)
    }

    /// Waits until it ends with this exit code.
    #[track_caller]
    pub(crate) fn ends_with(mut self, code: i32) -> String {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("waited") {
                assert_eq!(status.code(), Some(code), "{}", self.text());
                // The last words may still be on their way.
                std::thread::sleep(Duration::from_millis(20));
                return self.text();
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end: {}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) const CTRL_C: &str = "\u{3}";
pub(crate) const CTRL_D: &str = "\u{4}";
pub(crate) const UP: &str = "\u{1b}[A";
