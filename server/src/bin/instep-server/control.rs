//! How operators' commands reach the running server: a socket in the data folder that only its owner may use, or on
//! Windows a named pipe. One line of JSON there, and one back.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use instep_server::metrics::CommitTimes;
use instep_server::service::Door;
use instep_server::{DataTrouble, LobbyInput, Stored, TableId};
use interprocess::local_socket::prelude::*;
use interprocess::local_socket::tokio::{Listener, Stream as Incoming};
use interprocess::local_socket::traits::tokio::Listener as _;
use interprocess::local_socket::{GenericFilePath, ListenerOptions, Name, Stream};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use tracing::{info, warn};

use crate::problem::Problem;

/// The socket's name in the data folder.
#[cfg(unix)]
const SOCKET: &str = "control";

/// A question has at most so many bytes, and an answer.
const LINE_MAX: u64 = 1024 * 1024;

/// How long what is erased may take to be on disk.
const ERASED_WITHIN: Duration = Duration::from_secs(60);

/// What is asked of the running server.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// What invites say.
    About,
    /// Erase what was typed at one table, or at all; not from backups, which may lie where the server may not write.
    Erase(Option<i64>),
    /// Make another invite.
    Renew(i64),
}

/// What it answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    About(About),
    /// So many texts.
    Erased(usize),
    Renewed,
    Refused(Problem),
}

/// By what people reach it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) addresses: Vec<String>,
    pub(crate) fingerprint: Option<[u8; 32]>,
    pub(crate) retention_days: u32,
}

#[cfg(unix)]
fn name(folder: &Path) -> std::io::Result<Name<'static>> {
    folder.join(SOCKET).to_fs_name::<GenericFilePath>().map(Name::into_owned)
}

#[cfg(windows)]
fn name(folder: &Path) -> std::io::Result<Name<'static>> {
    use sha2::Digest;
    // Pipes have one name for the whole computer.
    let folder = std::fs::canonicalize(folder)?;
    let hash: [u8; 32] = sha2::Sha256::digest(folder.to_string_lossy().to_lowercase().as_bytes()).into();
    format!(r"\\.\pipe\instep-{}", instep_record::to_hex(&hash[..16]))
        .to_fs_name::<GenericFilePath>()
        .map(Name::into_owned)
}

/// Opens the socket; who holds the folder may.
fn open(folder: &Path) -> std::io::Result<Listener> {
    #[cfg(unix)]
    {
        use interprocess::os::unix::local_socket::ListenerOptionsExt;
        // Left behind by a server that was ended without a word.
        let path = folder.join(SOCKET);
        let _ = std::fs::remove_file(&path);
        match ListenerOptions::new().name(name(folder)?).mode(0o600).create_tokio() {
            Err(e) if e.kind() == ErrorKind::Unsupported => {
                let listener = ListenerOptions::new().name(name(folder)?).create_tokio()?;
                std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
                Ok(listener)
            }
            done => done,
        }
    }
    #[cfg(windows)]
    ListenerOptions::new().name(name(folder)?).create_tokio()
}

/// What the running server answers with.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    pub(crate) door: Door,
    pub(crate) commits: Arc<CommitTimes>,
    pub(crate) folder: PathBuf,
    pub(crate) about: About,
}

impl Control {
    /// Opens the socket and answers there, for good. Without it the server serves all the same.
    pub(crate) fn start(self, runtime: &tokio::runtime::Handle) {
        let _inside = runtime.enter();
        match open(&self.folder) {
            Ok(listener) => drop(runtime.spawn(self.serve(listener))),
            Err(error) => {
                warn!(%error, "`instep-server erase` and `invite --renew` can't reach this server: stop it before them");
            }
        }
    }

    async fn serve(self, listener: Listener) {
        loop {
            match listener.accept().await {
                Ok(stream) => {
                    let own = self.clone();
                    tokio::spawn(async move { own.one(stream).await });
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    async fn one(self, stream: Incoming) {
        let mut line = String::new();
        let mut reader = tokio::io::BufReader::new((&stream).take(LINE_MAX));
        let read = timeout(Duration::from_secs(5), reader.read_line(&mut line)).await;
        if !matches!(read, Ok(Ok(_))) {
            return;
        }
        let answer = match serde_json::from_str(&line) {
            Ok(order) => self.answer(order).await.unwrap_or_else(Answer::Refused),
            Err(_) => Answer::Refused(Problem::Wrong(
                "The server that runs is of another version, and did not understand: start it again first.".into(),
            )),
        };
        if let Ok(mut text) = serde_json::to_vec(&answer) {
            text.push(b'\n');
            let _ = (&stream).write_all(&text).await;
            let _ = (&stream).flush().await;
        }
    }

    async fn answer(&self, order: Order) -> Result<Answer, Problem> {
        match order {
            Order::About => Ok(Answer::About(self.about.clone())),
            Order::Renew(table) => {
                let done = self.door.with(move |lobby, _| lobby.new_invite(TableId(table))).await;
                done.ok_or_else(closing)??;
                self.kept(&[TableId(table)]).await?;
                info!(table, "an operator made a new invite");
                Ok(Answer::Renewed)
            }
            Order::Erase(table) => self.erase(table.map(TableId)).await.map(Answer::Erased),
        }
    }

    async fn erase(&self, table: Option<TableId>) -> Result<usize, Problem> {
        let folder = self.folder.clone();
        let (words, tables) = blocking(move || {
            let stored = Stored::open(&folder)?;
            let ids: Vec<TableId> = stored.tables()?.into_iter().map(|t| t.id).collect();
            match table {
                Some(id) if !ids.contains(&id) => Err(DataTrouble::NoSuchTable { id: id.0 }),
                Some(id) => Ok((stored.words_kept(Some(id))?, vec![id])),
                None => Ok((stored.words_kept(None)?, ids)),
            }
        })
        .await?;
        for id in &tables {
            self.door.tell(LobbyInput::Erase(*id)).await;
        }
        self.kept(&tables).await?;
        if self.commits.is_unswept() {
            return Err(Problem::Machine(
                "What was typed is erased, but its bytes may still lie in the database's file, which could not be written anew: make room for it twice over, and ask again."
                    .into(),
            ));
        }
        let folder = self.folder.clone();
        blocking(move || instep_server::empty_log(&folder)).await?;
        info!(tables = tables.len(), words, "an operator erased what was typed");
        Ok(words)
    }

    /// Waits until everything of these tables is on disk.
    async fn kept(&self, tables: &[TableId]) -> Result<(), Problem> {
        let waits = async {
            loop {
                let ids = tables.to_vec();
                let asked = self.door.with(move |lobby, _| {
                    let hall = lobby.hall();
                    (ids.iter().any(|id| hall.waits(*id)), hall.trouble().cloned())
                });
                match asked.await.ok_or_else(closing)? {
                    (_, Some(trouble)) => return Err(trouble.into()),
                    (false, None) => return Ok(()),
                    (true, None) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        timeout(ERASED_WITHIN, waits).await.unwrap_or_else(|_| {
            Err(Problem::Machine(
                "The disk did not take it within a minute: see the server's log, and ask again.".into(),
            ))
        })
    }
}

async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, DataTrouble> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(act).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(closing()),
    }
}

fn closing() -> Problem {
    Problem::Machine(
        "The server is about to stop, so nothing was done: ask again when it has stopped or runs again.".into(),
    )
}

/// Takes the socket away.
pub(crate) fn put_away(folder: &Path) {
    #[cfg(unix)]
    let _ = std::fs::remove_file(folder.join(SOCKET));
    #[cfg(windows)]
    let _ = folder;
}

/// Asks the server that holds this folder; `None` where there is none.
pub(crate) fn ask(folder: &Path, order: &Order) -> Result<Option<Answer>, Problem> {
    let stream = match name(folder).and_then(Stream::connect) {
        Ok(stream) => stream,
        Err(e) if e.kind() == ErrorKind::PermissionDenied => {
            return Err(Problem::Machine(format!(
                "The server that holds {} does not let you ask it ({e}): ask as the user that it runs as, or as root.",
                folder.display()
            )));
        }
        Err(_) => return Ok(None),
    };
    let silent = |e: std::io::Error| {
        Problem::Machine(format!(
            "The server that holds {} did not answer ({e}): see its log, and ask again.",
            folder.display()
        ))
    };
    // Pipes of Windows have no such limit; there it waits for as long as the server is there.
    let _ = stream.set_recv_timeout(Some(ERASED_WITHIN * 2));
    let mut line = serde_json::to_string(order).unwrap_or_default();
    line.push('\n');
    (&stream).write_all(line.as_bytes()).map_err(silent)?;
    let mut answer = String::new();
    BufReader::new((&stream).take(LINE_MAX)).read_line(&mut answer).map_err(silent)?;
    match serde_json::from_str(&answer) {
        Ok(Answer::Refused(problem)) => Err(problem),
        Ok(answer) => Ok(Some(answer)),
        Err(e) => Err(silent(e.into())),
    }
}
