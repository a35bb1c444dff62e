//! A host and those who join it, each a process of its own with a data folder of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::*;

/// Much longer than anything takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A program that runs beside the test, with nobody at its keyboard.
pub(crate) struct Running {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

impl Running {
    pub(crate) fn start(place: &Place, args: &[&str]) -> Self {
        let mut command = place.command();
        let mut child = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let (out, err) = (Arc::<Mutex<String>>::default(), Arc::<Mutex<String>>::default());
        collect(child.stdout.take().expect("piped"), &out);
        collect(child.stderr.take().expect("piped"), &err);
        Self { child, out, err }
    }

    pub(crate) fn out(&self) -> String {
        self.out.lock().expect("no panic").clone()
    }

    /// Waits until a line has this in it, and gives that line.
    #[track_caller]
    pub(crate) fn sees(&self, part: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let out = self.out();
            if let Some(line) = out.lines().find(|line| line.contains(part)) {
                return line.to_owned();
            }
            let err = self.err.lock().expect("no panic").clone();
            assert!(Instant::now() < until && err.is_empty(), "{part:?} is not shown in\n{out}\n{err}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until it ends.
    #[track_caller]
    pub(crate) fn ends(mut self) -> Ran {
        let until = Instant::now() + PATIENCE;
        let code = loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                break status.code().unwrap_or(-1);
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.out());
            std::thread::sleep(Duration::from_millis(10));
        };
        // The last words may still be on their way.
        std::thread::sleep(Duration::from_millis(50));
        let err = self.err.lock().expect("no panic").clone();
        Ran { code, out: self.out(), err }
    }

    /// As a power cut ends it.
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

fn collect(from: impl std::io::Read + Send + 'static, into: &Arc<Mutex<String>>) {
    let into = Arc::clone(into);
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            into.lock().expect("no panic").push_str(&(line + "\n"));
        }
    });
}

/// A table that is open on loopback.
pub(crate) struct Hosted {
    pub(crate) host: Running,
    pub(crate) invite: String,
    pub(crate) place: Place,
}

impl Hosted {
    /// Opens one with the base pack; at any free port, unless the arguments name one.
    pub(crate) fn open(args: &[&str]) -> Self {
        Self::open_in(Place::new(), args)
    }

    pub(crate) fn open_in(place: Place, args: &[&str]) -> Self {
        let mut all = vec!["host", "--headless", "--name", "Ann"];
        if !args.contains(&"--listen") {
            all.extend(["--listen", "127.0.0.1:0"]);
        }
        all.extend(args);
        let host = Running::start(&place, &all);
        let invite = host.sees("INSTEP://");
        // What follows the invite is there too.
        host.sees("You are at the table as Ann.");
        Self { host, invite, place }
    }

    /// The port in the invite.
    pub(crate) fn port(&self) -> u16 {
        let rest = self.invite.strip_prefix("INSTEP://127.0.0.1:").expect("on loopback");
        rest.split('/').next().and_then(|port| port.parse().ok()).expect("a port")
    }
}
