//! Telling others that a turn has come to another seat: by a command, or over the web. A number and a number; nothing
//! that anybody typed. It happens in a thread of its own, one after the other, and what comes too fast is left out.

use std::process::{Command, Stdio};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use tracing::{info, warn};

use crate::config::Config;
use crate::problem::Problem;

/// Turns that wait to be told at most.
const WAITING_MAX: usize = 64;

/// How long telling one may take.
const WITHIN: Duration = Duration::from_secs(10);

/// Tells turns.
#[derive(Debug)]
pub(crate) struct Hook {
    turns: SyncSender<(i64, usize)>,
}

impl Hook {
    /// Starts it, where anything is to be told.
    pub(crate) fn start(config: &Config) -> Result<Option<Self>, Problem> {
        let (command, webhook) = (config.on_turn_command.clone(), config.on_turn_webhook.clone());
        if command.is_none() && webhook.is_none() {
            return Ok(None);
        }
        let (turns, told) = sync_channel(WAITING_MAX);
        let tell = move || {
            let agent = ureq::Agent::new_with_config(
                ureq::Agent::config_builder().timeout_global(Some(WITHIN)).http_status_as_error(true).build(),
            );
            for (table, seat) in told {
                if let Some(command) = &command {
                    run(command, table, seat);
                }
                if let Some(url) = &webhook {
                    post(&agent, url, table, seat);
                }
            }
        };
        std::thread::Builder::new().name("turns".into()).spawn(tell).map_err(|e| {
            Problem::Machine(format!(
                "This computer has no thread to give ({e}): close other programs and start again."
            ))
        })?;
        Ok(Some(Self { turns }))
    }

    /// A turn has come to a seat, 1 to 4.
    pub(crate) fn turn(&self, table: i64, seat: usize) {
        if let Err(TrySendError::Full(_)) = self.turns.try_send((table, seat)) {
            warn!(table, seat, "a turn was not told: those before it take too long");
        }
    }
}

fn run(command: &str, table: i64, seat: usize) {
    let mut shell = shell(command);
    // What the server was told is not the command's: its pass may be there.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("INSTEP_") {
            shell.env_remove(name);
        }
    }
    shell.env("INSTEP_TABLE", table.to_string()).env("INSTEP_SEAT", seat.to_string());
    shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = match shell.spawn() {
        Ok(child) => child,
        Err(error) => return warn!(table, %error, "the command of on-turn-command can't be run"),
    };
    let since = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return,
            Ok(Some(status)) => {
                return info!(table, code = status.code(), "the command of on-turn-command ended with an error");
            }
            Ok(None) if since.elapsed() < WITHIN => std::thread::sleep(Duration::from_millis(20)),
            _ => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    warn!(table, "the command of on-turn-command took longer than 10 seconds and was ended");
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.args(["/C", command]);
    shell
}

fn post(agent: &ureq::Agent, url: &str, table: i64, seat: usize) {
    let body = format!("{{\"table\":{table},\"seat\":{seat}}}");
    if let Err(error) = agent.post(url).header("content-type", "application/json").send(body) {
        // The address may hold a secret: what the error says of it is left out.
        let why = match error {
            ureq::Error::StatusCode(code) => format!("it answered {code}"),
            ureq::Error::Timeout(_) => "it took too long".to_owned(),
            ureq::Error::HostNotFound => "its name is not known".to_owned(),
            ureq::Error::ConnectionFailed | ureq::Error::Io(_) => "no connection could be made".to_owned(),
            _ => "it can't be reached like this".to_owned(),
        };
        warn!(table, why, "the address of on-turn-webhook was not told");
    }
}
