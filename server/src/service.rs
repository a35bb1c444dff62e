//! A lobby that runs: its task, and the doors through which connections reach it.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::disk::Database;
use crate::journal::Commits;
use crate::lobby::{ConnId, Lobby, LobbyEffect, LobbyInput, Now, Ways};
use crate::make::PackShelf;
use crate::metrics::{CommitTimes, Metrics};
use crate::{DataFolder, DataTrouble, TableId};

/// Frames that wait for one connection at most; then everything is sent again instead.
const OUTBOX_MAX: usize = 256;

/// Inputs that wait for the lobby at most; then whoever brings more waits too.
const INBOX_MAX: usize = 4_096;

const TICK: Duration = Duration::from_millis(500);

/// A lobby of this program's kind.
pub type OwnLobby = Lobby<Database, PackShelf>;

/// What waits to be sent over one connection.
#[derive(Debug, Default)]
pub struct Outbox {
    queue: Mutex<Queue>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    /// Nothing follows after these.
    ends: bool,
    /// Nobody takes anything any more.
    closed: bool,
    /// Some were dropped, and what stands in their place has not all been taken yet.
    behind: bool,
}

impl Outbox {
    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        // Nothing that holds it can leave it half done.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a frame in. Whoever sends is not woken: see [`Self::rouse`].
    fn put(&self, frame: Bytes) -> Put {
        let mut queue = self.queue();
        if queue.closed {
            return Put::More;
        }
        if queue.frames.len() >= OUTBOX_MAX {
            queue.frames.clear();
            queue.behind = true;
            return Put::NoRoom;
        }
        queue.frames.push_back(frame);
        if queue.frames.len() == 1 { Put::First } else { Put::More }
    }

    /// Wakes whoever sends.
    fn rouse(&self) {
        self.wake.notify_one();
    }

    fn end(&self) {
        self.queue().ends = true;
        self.wake.notify_one();
    }

    /// Takes nothing from now on.
    pub fn close(&self) {
        let mut queue = self.queue();
        queue.closed = true;
        queue.frames.clear();
    }

    /// Waits until there is something to take.
    pub async fn wake(&self) {
        self.wake.notified().await;
    }

    /// Takes what there is; whether nothing follows.
    pub fn take(&self, into: &mut Vec<Bytes>) -> bool {
        let mut queue = self.queue();
        into.extend(queue.frames.drain(..));
        queue.ends
    }

    /// Whether all that stands in the place of what was dropped has been taken just now.
    pub fn caught_up(&self) -> bool {
        let mut queue = self.queue();
        let caught_up = queue.behind && queue.frames.is_empty();
        queue.behind &= !caught_up;
        caught_up
    }
}

type Act = Box<dyn FnOnce(&mut OwnLobby, Now) + Send>;

/// What became of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Put {
    /// It is the first that waits: whoever sends has to be woken.
    First,
    /// Others wait before it.
    More,
    /// There was no room, and those that waited are dropped.
    NoRoom,
}

/// What is told to the lobby's task.
enum ToLobby {
    Come(ConnId, Option<IpAddr>, Arc<Outbox>),
    Input(LobbyInput),
    With(Act),
    Stop(oneshot::Sender<()>),
}

/// Where connections come in.
#[derive(Clone, Debug)]
pub struct Door {
    inbox: mpsc::Sender<ToLobby>,
    next: Arc<AtomicU64>,
    packs: Arc<Path>,
}

impl Door {
    /// A new connection.
    pub async fn come(&self, from: Option<IpAddr>) -> (ConnId, Arc<Outbox>) {
        let id = ConnId(self.next.fetch_add(1, Ordering::Relaxed));
        let outbox = Arc::new(Outbox::default());
        // A lobby that is gone says nothing: the connection ends by itself then.
        let _ = self.inbox.send(ToLobby::Come(id, from, Arc::clone(&outbox))).await;
        (id, outbox)
    }

    /// Tells the lobby something; waits where it has much to do.
    pub async fn tell(&self, input: LobbyInput) {
        let _ = self.inbox.send(ToLobby::Input(input)).await;
    }

    /// Does something with the lobby, and waits for what it gives; `None` where the lobby is gone.
    pub async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut OwnLobby, Now) -> T + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = oneshot::channel();
        let act = Box::new(move |lobby: &mut OwnLobby, now: Now| {
            let _ = sender.send(act(lobby, now));
        });
        self.inbox.send(ToLobby::With(act)).await.ok()?;
        receiver.await.ok()
    }

    /// Where copies of packs are kept.
    #[must_use]
    pub fn packs(&self) -> Arc<Path> {
        Arc::clone(&self.packs)
    }
}

/// Something that happened and that somebody may want to hear of. Nothing that anybody typed is in it, and no token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happened {
    /// A turn has come to a seat, 0 to 3 in turn order.
    Turn {
        /// The table.
        table: TableId,
        /// The seat.
        seat: usize,
    },
    /// A table will be deleted in so many days if nothing happens.
    Due {
        /// The table.
        table: TableId,
        /// Days.
        days: u32,
    },
    /// A facilitator did something, or the server itself.
    Act {
        /// The table.
        table: TableId,
        /// The person's number.
        person: Option<u32>,
        /// What.
        what: &'static str,
    },
    /// Nothing is kept any more.
    Trouble(DataTrouble),
}

/// A lobby that runs in this process.
#[derive(Debug)]
pub struct Service {
    /// Absent where somebody else's runtime is used.
    own: Option<Runtime>,
    handle: Handle,
    door: Door,
    healthy: Arc<AtomicBool>,
    metrics: Arc<Metrics>,
    commits: Arc<CommitTimes>,
}

impl Service {
    /// Starts a lobby over a data folder. `happened` is told what an operator may want to hear of.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn start(
        folder: DataFolder,
        ways: Ways<PackShelf>,
        happened: impl FnMut(Happened) + Send + 'static,
    ) -> Result<Self, DataTrouble> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8)))
            .thread_name("server")
            .enable_all()
            .build()
            .map_err(|e| DataTrouble::Machine { what: e.to_string() })?;
        let (inbox, inputs) = mpsc::channel(INBOX_MAX);
        let (committed, commits) = mpsc::unbounded_channel();
        let packs: PathBuf = folder.packs();
        let database = Database::telling(folder, move |commits| committed.send(commits).is_ok())?;
        let commit_times = database.commit_times();
        let lobby = Lobby::open(database, ways)?;
        let healthy = Arc::new(AtomicBool::new(true));
        let metrics = Arc::new(Metrics::default());
        let door = Door { inbox, next: Arc::new(AtomicU64::new(1)), packs: packs.into() };
        let task = Task {
            lobby,
            outboxes: HashMap::new(),
            since: Instant::now(),
            effects: Vec::new(),
            touched: Vec::new(),
            happened: Box::new(happened),
            healthy: Arc::clone(&healthy),
            metrics: Arc::clone(&metrics),
        };
        runtime.spawn(task.run(inputs, commits));
        let handle = runtime.handle().clone();
        Ok(Self { handle, own: Some(runtime), door, healthy, metrics, commits: commit_times })
    }

    /// Where its tasks run.
    #[must_use]
    pub fn runtime(&self) -> &Handle {
        &self.handle
    }

    /// Where connections come in.
    #[must_use]
    pub fn door(&self) -> Door {
        self.door.clone()
    }

    /// Whether what is decided is kept.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.healthy.load(Ordering::Relaxed)
    }

    /// What it counts.
    #[must_use]
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// How long commits took.
    #[must_use]
    pub fn commit_times(&self) -> &Arc<CommitTimes> {
        &self.commits
    }

    /// Does something with the lobby, and waits for what it gives; `None` where the lobby is gone.
    pub async fn with<T: Send + 'static>(&self, act: impl FnOnce(&mut OwnLobby) -> T + Send + 'static) -> Option<T> {
        self.door.with(|lobby, _| act(lobby)).await
    }

    /// Tells everyone that the server stops, and waits until everything is kept.
    pub async fn stop(&self) {
        let (sender, receiver) = oneshot::channel();
        if self.door.inbox.send(ToLobby::Stop(sender)).await.is_ok() {
            let _ = receiver.await;
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(runtime) = self.own.take() {
            runtime.shutdown_timeout(Duration::from_secs(2));
        }
    }
}

struct Task {
    lobby: OwnLobby,
    outboxes: HashMap<ConnId, Arc<Outbox>>,
    since: Instant,
    effects: Vec<LobbyEffect>,
    /// Whoever has something to send and was not woken yet.
    touched: Vec<Arc<Outbox>>,
    happened: Box<dyn FnMut(Happened) + Send>,
    healthy: Arc<AtomicBool>,
    metrics: Arc<Metrics>,
}

impl Task {
    async fn run(mut self, mut inputs: mpsc::Receiver<ToLobby>, mut commits: mpsc::UnboundedReceiver<Commits>) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut stops: Option<(Instant, oneshot::Sender<()>)> = None;
        loop {
            tokio::select! {
                // What is on disk is told first: somebody waits for it.
                biased;
                Some(done) = commits.recv() => {
                    if let Commits::Failed(_, trouble) = &done
                        && self.healthy.swap(false, Ordering::Relaxed)
                    {
                        (self.happened)(Happened::Trouble(trouble.clone()));
                    }
                    self.handle(LobbyInput::Committed(done));
                }
                input = inputs.recv() => match input {
                    None => return,
                    Some(ToLobby::Come(id, from, outbox)) => {
                        self.metrics.come();
                        self.outboxes.insert(id, outbox);
                        self.handle(LobbyInput::Come(id, from));
                    }
                    Some(ToLobby::Input(input)) => {
                        if let LobbyInput::Gone(id) = input {
                            self.outboxes.remove(&id);
                        }
                        self.handle(input);
                    }
                    Some(ToLobby::With(act)) => {
                        let now = self.now();
                        act(&mut self.lobby, now);
                        // What it brought about goes its way.
                        self.handle(LobbyInput::Tick);
                    }
                    Some(ToLobby::Stop(done)) => {
                        self.handle(LobbyInput::Close);
                        stops = Some((Instant::now(), done));
                    }
                },
                _ = tick.tick() => self.handle(LobbyInput::Tick),
            }
            let settled = self.lobby.hall().waiting() == 0 || self.lobby.hall().trouble().is_some();
            if let Some((since, _)) = &stops
                && (settled && self.outboxes.is_empty() || since.elapsed() > Duration::from_secs(3))
            {
                if let Some((_, done)) = stops.take() {
                    let _ = done.send(());
                }
                return;
            }
        }
    }

    fn now(&self) -> Now {
        let ms = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        let day = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| (d.as_secs() / 86_400) as u32);
        Now { ms, day }
    }

    fn handle(&mut self, input: LobbyInput) {
        let mut input = Some(input);
        let mut behind = Vec::new();
        while let Some(next) = input.take().or_else(|| behind.pop().map(LobbyInput::Behind)) {
            let now = self.now();
            let mut effects = std::mem::take(&mut self.effects);
            self.lobby.handle(now, next, &mut effects);
            for effect in effects.drain(..) {
                self.effect(effect, &mut behind);
            }
            self.effects = effects;
        }
        // Once for all that came of it: what belongs together leaves in one packet.
        self.touched.drain(..).for_each(|outbox| outbox.rouse());
    }

    fn effect(&mut self, effect: LobbyEffect, behind: &mut Vec<ConnId>) {
        match effect {
            LobbyEffect::Send(conn, frame) => {
                let Some(outbox) = self.outboxes.get(&conn) else { return };
                let bytes = frame.len();
                match outbox.put(frame) {
                    Put::NoRoom if !behind.contains(&conn) => {
                        self.metrics.behind();
                        behind.push(conn);
                    }
                    Put::NoRoom => {}
                    put => {
                        self.metrics.sent(bytes);
                        if put == Put::First {
                            self.touched.push(Arc::clone(outbox));
                        }
                    }
                }
            }
            LobbyEffect::End(conn) => {
                if let Some(outbox) = self.outboxes.get(&conn) {
                    outbox.end();
                }
            }
            LobbyEffect::Turn(table, seat) => (self.happened)(Happened::Turn { table, seat: seat.index() }),
            LobbyEffect::Due(table, days) => (self.happened)(Happened::Due { table, days }),
            LobbyEffect::Log(table, person, what) => {
                (self.happened)(Happened::Act { table, person: person.map(|p| p.0), what });
            }
        }
    }
}
