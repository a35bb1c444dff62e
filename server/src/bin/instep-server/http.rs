//! `/healthz`, `/readyz` and `/metrics`, over HTTP/1.1.
//!
//! Three short answers to GET, on an address that is opted into, each on a connection of its own: `httparse` reads the
//! request's head, and the rest is written here. A framework would bring more code than there is of ours.

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use instep_server::metrics::{COMMIT_BOUNDS_S, CommitTimes, Metrics};
use instep_server::service::Door;
use instep_server::{Answered, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::problem::Problem;

/// A request's head has at most so many bytes.
const HEAD_MAX: usize = 8 * 1024;

/// Connections that are answered at the same time.
const AT_ONCE: usize = 32;

/// How long a request may take to come, or an answer to be taken.
const WITHIN: Duration = Duration::from_secs(5);

/// How long the lobby may take to say how it is.
const SAYS_WITHIN: Duration = Duration::from_secs(2);

/// What is answered from.
pub(crate) struct Watch {
    door: Door,
    metrics: Arc<Metrics>,
    commits: Arc<CommitTimes>,
    since: Instant,
    closing: AtomicBool,
}

/// What the lobby says of itself.
struct Lobby {
    ready: bool,
    connections: usize,
    tables: usize,
    people: usize,
    waiting: usize,
    answered: Answered,
}

impl Watch {
    pub(crate) fn of(service: &Service) -> Arc<Self> {
        Arc::new(Self {
            door: service.door(),
            metrics: Arc::clone(service.metrics()),
            commits: Arc::clone(service.commit_times()),
            since: Instant::now(),
            closing: AtomicBool::new(false),
        })
    }

    /// From now on it is not ready: nobody new should be sent here.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// How many people are at tables, how many connections and open tables there are; `None` where nothing answers.
    pub(crate) async fn sizes(&self) -> Option<(usize, usize, usize)> {
        self.lobby().await.map(|lobby| (lobby.people, lobby.connections, lobby.tables))
    }

    async fn lobby(&self) -> Option<Lobby> {
        let says = self.door.with(|lobby, _| Lobby {
            ready: lobby.takes_people(),
            connections: lobby.connections(),
            tables: lobby.tables(),
            people: lobby.people(),
            waiting: lobby.hall().waiting(),
            answered: lobby.answered(),
        });
        timeout(SAYS_WITHIN, says).await.ok().flatten()
    }

    async fn answer(&self, path: &str) -> (&'static str, &'static str, String) {
        const TEXT: &str = "text/plain; charset=utf-8";
        match path {
            "/healthz" => ("200 OK", TEXT, "ok\n".into()),
            "/readyz" if self.closing.load(Ordering::Relaxed) => ("503 Service Unavailable", TEXT, "closing\n".into()),
            "/readyz" => match self.lobby().await {
                Some(lobby) if lobby.ready => ("200 OK", TEXT, "ready\n".into()),
                Some(_) => ("503 Service Unavailable", TEXT, "nothing is kept any more: see the log\n".into()),
                None => ("503 Service Unavailable", TEXT, "the lobby does not answer\n".into()),
            },
            "/metrics" => match self.lobby().await {
                Some(lobby) => ("200 OK", "text/plain; version=0.0.4; charset=utf-8", self.text(&lobby)),
                None => ("503 Service Unavailable", TEXT, "the lobby does not answer\n".into()),
            },
            _ => ("404 Not Found", TEXT, "/healthz, /readyz and /metrics are here\n".into()),
        }
    }

    /// In the form that Prometheus reads.
    fn text(&self, lobby: &Lobby) -> String {
        let mut text = String::with_capacity(4096);
        let mut line = |name: &str, kind: &str, help: &str, value: String| {
            // Writing to a string can't fail.
            let _ = writeln!(text, "# HELP instep_{name} {help}\n# TYPE instep_{name} {kind}\ninstep_{name} {value}");
        };
        let counted = self.metrics.counted();
        line(
            "up",
            "gauge",
            "Whether people are let in: the disk keeps what it is given.",
            u8::from(lobby.ready).to_string(),
        );
        line("uptime_seconds", "gauge", "Seconds since the start.", self.since.elapsed().as_secs().to_string());
        line("connections", "gauge", "Connections now.", lobby.connections.to_string());
        line("connections_total", "counter", "Connections that came.", counted.came.to_string());
        line("tables_open", "gauge", "Tables that are open in memory.", lobby.tables.to_string());
        line("people", "gauge", "People at tables now.", lobby.people.to_string());
        line("batches_waiting", "gauge", "Batches that are not known to be on disk yet.", lobby.waiting.to_string());
        line("requests_done_total", "counter", "Requests that were accepted.", lobby.answered.done.to_string());
        line("requests_refused_total", "counter", "Requests that were refused.", lobby.answered.denied.to_string());
        line("frames_sent_total", "counter", "Frames handed over to connections.", counted.frames.to_string());
        line("bytes_sent_total", "counter", "Bytes of those frames.", counted.bytes.to_string());
        line(
            "behind_total",
            "counter",
            "How often somebody did not keep up and was sent everything again.",
            counted.behind.to_string(),
        );
        let _ = writeln!(
            text,
            "# HELP instep_commit_seconds How long commits to the disk took.\n# TYPE instep_commit_seconds histogram"
        );
        let counts = self.commits.cumulated();
        for (bound, count) in COMMIT_BOUNDS_S.iter().zip(counts) {
            let _ = writeln!(text, "instep_commit_seconds_bucket{{le=\"{bound}\"}} {count}");
        }
        let all = counts[COMMIT_BOUNDS_S.len()];
        let _ = writeln!(text, "instep_commit_seconds_bucket{{le=\"+Inf\"}} {all}");
        let _ =
            writeln!(text, "instep_commit_seconds_sum {}\ninstep_commit_seconds_count {all}", self.commits.seconds());
        text
    }
}

/// Listens for whoever watches.
pub(crate) async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Problem> {
    let taken = |e: std::io::Error| {
        Problem::Machine(format!(
            "TCP port {} on {} can't be used for health and metrics ({e}): close the program that has it, or choose another with --metrics.",
            address.port(),
            address.ip()
        ))
    };
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    Ok((listener, address))
}

/// Answers, for good.
pub(crate) async fn serve(listener: TcpListener, watch: Arc<Watch>) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, say: it may be over in a moment.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let watch = Arc::clone(&watch);
        tokio::spawn(async move {
            let _place = place;
            // Whoever goes away before the end has had no use for it.
            let _ = timeout(WITHIN + SAYS_WITHIN, one(stream, &watch)).await;
        });
    }
}

async fn one(mut stream: TcpStream, watch: &Watch) -> std::io::Result<()> {
    let mut head = Vec::with_capacity(1024);
    let asked = loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Ok(httparse::Status::Complete(_)) => {
                let (method, target) = (request.method.unwrap_or_default(), request.path.unwrap_or_default());
                let path = target.split('?').next().unwrap_or_default();
                break Some((method.to_owned(), path.to_owned()));
            }
            Ok(httparse::Status::Partial) if head.len() < HEAD_MAX => {}
            _ => break None,
        }
        if stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    };
    const TEXT: &str = "text/plain; charset=utf-8";
    let (bare, (status, kind, body)) = match &asked {
        Some((method, path)) if method == "GET" || method == "HEAD" => (method == "HEAD", watch.answer(path).await),
        Some(_) => (false, ("405 Method Not Allowed", TEXT, "GET only\n".to_owned())),
        None => (false, ("400 Bad Request", TEXT, "this is no request\n".to_owned())),
    };
    let mut answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n",
        body.len()
    );
    if !bare {
        answer.push_str(&body);
    }
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}
