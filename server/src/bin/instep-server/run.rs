//! The server, from its start to its end.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use instep_content::{Library, Pack};
use instep_record::to_hex;
use instep_server::make::PackShelf;
use instep_server::{DataFolder, Listener, Random, Service, Ways, pinned};
use ring::rand::{SecureRandom, SystemRandom};
use tracing::info;

use crate::certificate::certificate;
use crate::config::Config;
use crate::control::{self, About, Control};
use crate::hook::Hook;
use crate::http::{self, Watch};
use crate::problem::{Problem, capital, count};
use crate::{log, out, reach, told};

/// What names the server to connections that it lost.
const RESET_KEY: &str = "reset-key";

/// It leaves within 5 seconds: what is not on disk then has been seen by nobody.
const LEAVES_WITHIN: Duration = Duration::from_millis(4_700);

/// How often who is there is logged, where that has changed.
const COUNTED_EVERY: Duration = Duration::from_secs(60);

/// Serves until it is told to stop.
pub(crate) fn run(config: Config) -> Result<(), Problem> {
    log::start(&config);
    let folder = DataFolder::hold(&config.data)?;
    let data = folder.path().to_owned();
    let more = install(&config.packs, &folder)?;
    let mut random = random()?;
    let reset_key = folder.own_key(RESET_KEY, &mut random)?;
    let mut certificates = Vec::new();
    for _ in &config.listen {
        certificates.push(certificate(&config, &folder)?);
    }
    let fingerprint = certificates.first().and_then(|certificate| certificate.fingerprint);
    let ways = Ways {
        maker: PackShelf::new(folder.packs(), Library::new(Some(folder.path()))),
        random,
        caps: config.caps,
        retention_days: config.retention_days,
        pass: config.pass.clone(),
    };
    let service = Service::start(folder, ways, told::teller(data.clone(), Hook::start(&config)?)?)?;
    let mut listeners = Vec::new();
    for (address, certificate) in config.listen.iter().zip(certificates) {
        listeners.push(Listener::open(&service, *address, certificate, &reset_key)?);
    }
    let listens: Vec<SocketAddr> = listeners.iter().map(Listener::address).collect();
    let runtime = service.runtime().clone();
    let watch = Watch::of(&service);
    let metrics = match config.metrics {
        Some(address) => {
            let (listener, address) = runtime.block_on(http::listen(address))?;
            runtime.spawn(http::serve(listener, Arc::clone(&watch)));
            Some(address)
        }
        None => None,
    };
    let about = About {
        addresses: reach::addresses(&config.public_addresses, &listens).iter().map(ToString::to_string).collect(),
        fingerprint,
        retention_days: config.retention_days,
    };
    Control { door: service.door(), commits: Arc::clone(service.commit_times()), folder: data.clone(), about }
        .start(&runtime);
    runtime.spawn(counted(Arc::clone(&watch)));
    let stops = runtime.block_on(async { Stops::listen() })?;
    out::line(started(&config, &listens, metrics, fingerprint, &data))?;
    info!(version = env!("CARGO_PKG_VERSION"), sockets = listens.len(), packs = more, "started");

    let why = runtime.block_on(stops.one());
    info!(signal = why, "stopping: everyone is told");
    leave_in_time();
    watch.close();
    for listener in &listeners {
        listener.stop_taking();
    }
    runtime.block_on(async {
        service.stop().await;
        for listener in &listeners {
            listener.close().await;
        }
    });
    // What was decided is written before this is over.
    drop(service);
    control::put_away(&data);
    info!("stopped: everything is kept");
    Ok(())
}

/// One calm line.
fn started(
    config: &Config,
    listens: &[SocketAddr],
    metrics: Option<SocketAddr>,
    fingerprint: Option<[u8; 32]>,
    data: &Path,
) -> String {
    let listens: Vec<String> = listens.iter().map(ToString::to_string).collect();
    let certificate = match (fingerprint, &config.certificate) {
        (Some(fingerprint), _) => format!("its own certificate has the fingerprint {}", to_hex(&fingerprint)),
        (None, Some((cert, _))) => format!("an authority vouches for its certificate, {}", cert.display()),
        (None, None) => "it has no certificate".to_owned(),
    };
    let metrics = metrics.map_or_else(String::new, |address| format!("; health and metrics are at http://{address}"));
    format!(
        "Instep listens on UDP {}; {certificate}; tables are kept in {}{metrics}.",
        listens.join(" and "),
        data.display()
    )
}

/// Chance, from the system.
pub(crate) fn random() -> Result<Random, Problem> {
    let system = SystemRandom::new();
    system.fill(&mut [0; 32]).map_err(|_| {
        Problem::Machine(
            "This computer gives no random numbers, so no table could be opened: start it again.".to_owned(),
        )
    })?;
    // It gave some before, and a table without chance must not begin.
    Ok(Box::new(move |bytes| while system.fill(bytes).is_err() {}))
}

/// Keeps copies of more packs, so that tables can be made of them; how many.
fn install(named: &[PathBuf], folder: &DataFolder) -> Result<usize, Problem> {
    let library = Library::new(None);
    let mut installed = 0;
    for path in named {
        let packs = packs_in(path)?;
        for path in packs {
            let pack =
                library.pack(&path.to_string_lossy()).map_err(|report| faulty(&path, report.errors().count()))?.0;
            keep(&pack, folder)?;
            installed += 1;
        }
    }
    Ok(installed)
}

fn keep(pack: &Pack, folder: &DataFolder) -> Result<(), Problem> {
    Ok(pinned::keep_bytes(&folder.packs(), pack.hash, &pack.pin())?)
}

/// The folder itself where it is a pack, else the packs in it.
fn packs_in(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let is_pack = |path: &Path| path.join("pack.ron").is_file();
    // A path is never taken for an installed name.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if is_pack(&path) {
        return Ok(vec![path]);
    }
    let entries = std::fs::read_dir(&path).map_err(|e| {
        Problem::Wrong(format!("{} can't be read ({e}): check the folder that --packs names.", path.display()))
    })?;
    let mut packs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| is_pack(path)).collect();
    packs.sort();
    if packs.is_empty() {
        return Err(Problem::Wrong(format!(
            "{} holds no pack (a folder with a pack.ron): check the folder that --packs names.",
            path.display()
        )));
    }
    Ok(packs)
}

fn faulty(path: &Path, faults: usize) -> Problem {
    Problem::Wrong(format!(
        "The pack in {} has {}, so the server did not start: `instep-pack check {}` names them all.",
        path.display(),
        count(faults, "fault"),
        path.display()
    ))
}

/// Logs how many are there, where that has changed.
async fn counted(watch: Arc<Watch>) {
    let mut before = (0, 0, 0);
    loop {
        tokio::time::sleep(COUNTED_EVERY).await;
        let Some(now) = watch.sizes().await else { continue };
        if std::mem::replace(&mut before, now) != now {
            let (people, connections, tables) = now;
            info!(people, connections, tables, "who is here");
        }
    }
}

/// Whatever keeps it, it goes.
fn leave_in_time() {
    let late = || {
        std::thread::sleep(LEAVES_WITHIN);
        eprintln!("The disk did not take everything in time, so this was cut short; nothing that anybody saw is lost.");
        std::process::exit(3);
    };
    // Without a thread it takes as long as it takes.
    let _ = std::thread::Builder::new().name("late".into()).spawn(late);
}

/// What asks it to stop.
struct Stops {
    #[cfg(unix)]
    signals: [(&'static str, tokio::signal::unix::Signal); 3],
    #[cfg(windows)]
    signals: (
        tokio::signal::windows::CtrlC,
        tokio::signal::windows::CtrlBreak,
        tokio::signal::windows::CtrlClose,
        tokio::signal::windows::CtrlShutdown,
    ),
}

impl Stops {
    fn listen() -> Result<Self, Problem> {
        Self::signals().map_err(|e| {
            Problem::Machine(format!(
                "{}: start it again.",
                capital(&format!("this computer can't tell it to stop ({e})"))
            ))
        })
    }

    #[cfg(unix)]
    fn signals() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            signals: [
                ("SIGTERM", signal(SignalKind::terminate())?),
                ("SIGINT", signal(SignalKind::interrupt())?),
                ("SIGHUP", signal(SignalKind::hangup())?),
            ],
        })
    }

    #[cfg(unix)]
    async fn one(self) -> &'static str {
        let [mut term, mut int, mut hup] = self.signals;
        tokio::select! {
            _ = term.1.recv() => term.0,
            _ = int.1.recv() => int.0,
            _ = hup.1.recv() => hup.0,
        }
    }

    #[cfg(windows)]
    fn signals() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};
        Ok(Self { signals: (ctrl_c()?, ctrl_break()?, ctrl_close()?, ctrl_shutdown()?) })
    }

    #[cfg(windows)]
    async fn one(self) -> &'static str {
        let (mut c, mut pause, mut close, mut shutdown) = self.signals;
        tokio::select! {
            _ = c.recv() => "Ctrl-C",
            _ = pause.recv() => "Ctrl-Break",
            _ = close.recv() => "close",
            _ = shutdown.recv() => "shutdown",
        }
    }
}
