//! The server in a process of its own: what the program `instep-server` runs, with room for many tables from one
//! address.

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::Path;

use instep_content::Library;
use instep_server::make::PackShelf;
use instep_server::{Caps, Certificate, DataFolder, Listener, Service, Ways};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// What lost connections are told by; the same after a restart.
const RESET_KEY: [u8; 32] = [7; 32];

/// What the server says of itself when it is asked.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stats {
    /// Batches that wait for their commit.
    pub(crate) waiting: usize,
    /// Connections.
    pub(crate) connections: usize,
    /// Tables that are open.
    pub(crate) tables: usize,
}

/// Caps that nothing here reaches: everybody comes from one address.
pub(crate) fn caps() -> Caps {
    Caps { connections: 1_000_000, tables: 1_000_000, tables_an_hour: u32::MAX, ..Caps::default() }
}

/// Ways in over packs that are kept in this folder.
pub(crate) fn ways(packs: std::path::PathBuf) -> Ways<PackShelf> {
    Ways {
        maker: PackShelf::new(packs, Library::new(None)),
        random: Box::new(|bytes| rand::Rng::fill_bytes(&mut rand::rng(), bytes)),
        caps: caps(),
        retention_days: 30,
        pass: String::new(),
    }
}

/// Serves until nobody holds the other end of standard input any more.
pub(crate) fn serve(data: &Path, listen: SocketAddr) -> Result<(), Fault> {
    let folder = DataFolder::hold(data)?;
    let certificate = Certificate::own(&folder).map_err(Fault::machine)?;
    let ways = ways(folder.packs());
    let service = Service::start(folder, ways, |_| {})?;
    let listener = Listener::open(&service, listen, certificate, &RESET_KEY).map_err(Fault::machine)?;
    say(&listener.address().to_string())?;
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        if line == "stats" {
            let stats = service.runtime().block_on(service.with(|lobby| Stats {
                waiting: lobby.hall().waiting(),
                connections: lobby.connections(),
                tables: lobby.tables(),
            }));
            say(&serde_json::to_string(&stats.unwrap_or_default()).map_err(Fault::machine)?)?;
        }
    }
    Ok(())
}

/// Tells whoever started us, one line.
pub(crate) fn say(line: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(Fault::machine)
}
