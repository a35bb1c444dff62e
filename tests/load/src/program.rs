//! A server in a process of its own, which ends with this one.

use std::io::{BufRead, BufReader, Lines, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::fault::Fault;
use crate::line::Net;
use crate::proc;
use crate::serve::Stats;

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Instep's.
    Instep,
    /// QUIC alone.
    Bare,
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) fingerprint: [u8; 32],
    /// What we say to it, and what it says.
    ends: Arc<Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>>,
}

impl Program {
    /// Starts one over a folder, at this port or at any, and waits until it listens.
    pub(crate) fn start(kind: Kind, data: &Path, port: u16) -> Result<Self, Fault> {
        std::fs::create_dir_all(data).map_err(Fault::machine)?;
        let own = std::env::current_exe().map_err(Fault::machine)?;
        let mut child = Command::new(own)
            .arg(if kind == Kind::Instep { "serve" } else { "bare" })
            .args(["--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| Fault::machine(format!("the server can't be started: {e}")))?;
        let (Some(says), Some(said)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Fault::machine("the server was started without pipes"));
        };
        let mut lines = BufReader::new(said).lines();
        let address = lines.next().and_then(Result::ok).and_then(|line| line.parse().ok());
        let Some(address) = address else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Fault::machine("the server did not start; what it says stands above"));
        };
        let cert = std::fs::read(data.join("server-cert.der")).map_err(Fault::machine)?;
        let fingerprint = instep_server::quic::fingerprint(&cert);
        Ok(Self { child, address, fingerprint, ends: Arc::new(Mutex::new((says, lines))) })
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sockets for so many connections to it.
    pub(crate) fn net(&self, connections: usize) -> Result<Net, Fault> {
        Net::open(self.address, self.fingerprint, connections)
    }

    /// What it says of itself; `None` where it does not answer in time.
    pub(crate) async fn stats(&self) -> Option<Stats> {
        let ends = Arc::clone(&self.ends);
        let asked = tokio::task::spawn_blocking(move || {
            let mut ends = ends.lock().unwrap_or_else(PoisonError::into_inner);
            writeln!(ends.0, "stats").ok()?;
            serde_json::from_str(&ends.1.next()?.ok()?).ok()
        });
        tokio::time::timeout(Duration::from_secs(10), asked).await.ok()?.ok()?
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The processor's time that it and we have had.
    pub(crate) fn used(&self) -> Used {
        let time = |pid| proc::cpu(pid).unwrap_or_default();
        Used { server: time(self.pid()), generator: time(std::process::id()) }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The processor's time that server and generator have had.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used {
    pub(crate) server: Duration,
    pub(crate) generator: Duration,
}

impl Used {
    pub(crate) fn since(self, before: Self) -> Self {
        Self { server: self.server - before.server, generator: self.generator - before.generator }
    }
}
