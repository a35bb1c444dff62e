//! This computer's own data folder, opened to others: a server of its own in this very program.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use instep_content::Library;
use instep_net::Trust;
use instep_protocol::{Address, Door, Invite, InviteKey, PORT, PersonId, Role};
use instep_record::to_hex;
use instep_server::make::PackShelf;
use instep_server::{Caps, Certificate, DataFolder, DataTrouble, Listener, Service, TableId, Ways};
use instep_words::{Language, capital};
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

use super::addresses::reached_at;
use super::lan::Announced;
use super::{Far, FarNews, lan, moves};
use crate::problem::Problem;

/// How long a folder that has just been put down is waited for.
const HELD_MAX: Duration = Duration::from_secs(4);

/// The file that says at which port it listened the last time.
const LAST_PORT: &str = "last-port";

/// A data folder that is open to others.
pub(crate) struct Open {
    data: PathBuf,
    // Dropped first: nobody comes in any more.
    listener: Listener,
    service: Service,
    fingerprint: [u8; 32],
    announced: Option<Announced>,
}

impl Open {
    /// Opens it: where it was asked for, else on Instep's port, else on any that is free.
    pub(crate) fn start(data: &Path, listen: Option<SocketAddr>) -> Result<Self, Problem> {
        // What can't be had is said before anybody is let in.
        let mut bytes = [0; 32];
        SysRng
            .try_fill_bytes(&mut bytes)
            .map_err(|e| Problem::Machine(format!("This computer gave no random numbers ({e}): start again.")))?;
        let folder = hold(data)?;
        let own = Certificate::own(&folder).map_err(|e| Problem::Machine(capital(&format!("{e}."))))?;
        let fingerprint = own.fingerprint.unwrap_or_default();
        // The same after a restart, so that those who were there see at once that they have to come back.
        let key = std::fs::read(data.join("server-key.der")).unwrap_or_else(|_| bytes.to_vec());
        let reset_key: [u8; 32] = Sha256::new().chain_update("reset").chain_update(key).finalize().into();
        let ways = Ways {
            maker: PackShelf::new(folder.packs(), Library::new(Some(data))),
            random: Box::new(|bytes| {
                // It gave some a moment ago; anything else would be no secret.
                while SysRng.try_fill_bytes(bytes).is_err() {
                    std::thread::sleep(Duration::from_millis(10));
                }
            }),
            caps: Caps::default(),
            // What is on somebody's own computer is theirs to delete.
            retention_days: 0,
            // Tables are made here by whoever sits here, and by nobody over the network.
            pass: to_hex(&bytes),
        };
        let service = Service::start(folder, ways, |_| {})?;
        // A game that has moved goes on elsewhere: its old invites and places lead nowhere, and not to the copy.
        let moved: Vec<TableId> = moves::list(data).into_iter().map(|moved| TableId(moved.table)).collect();
        service.runtime().block_on(service.with(move |lobby| lobby.shut(moved)));
        let at = listen.unwrap_or_else(|| free(data));
        let listener = Listener::open(&service, at, own, &reset_key);
        let listener = listener.map_err(|e| Problem::Machine(format!("{e}.")))?;
        if listen.is_none() {
            // Only so that the invites that people have still lead here the next time.
            let _ = std::fs::write(data.join(LAST_PORT), listener.address().port().to_string());
        }
        Ok(Self { data: data.to_owned(), listener, service, fingerprint, announced: None })
    }

    /// Somebody's end of a table of it, through memory.
    pub(crate) fn far(
        &self,
        table: TableId,
        person: PersonId,
        language: Language,
        tell: impl FnMut(FarNews) + Send + 'static,
    ) -> Result<Far, Problem> {
        Far::local(&self.service, table, person, &self.data, language, tell)
    }

    /// Somebody new at a table of it: a screen that the room sees.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "a terminal is no room's screen"))]
    pub(crate) fn add_screen(&self, table: TableId) -> Option<PersonId> {
        let add = self.service.with(move |lobby| lobby.hall_mut().add_person(table, Role::SharedScreen));
        self.service.runtime().block_on(add).flatten()
    }

    /// Where others reach it.
    pub(crate) fn addresses(&self) -> Vec<Address> {
        reached_at(self.listener.address())
    }

    /// Whom they trust there.
    pub(crate) fn trust(&self) -> Trust {
        Trust::Fingerprint(self.fingerprint)
    }

    /// Lets others on this network find a table: its name, where it is, and its number, which leads to the waiting room
    /// once the table is in the list (`Ask::Public`).
    pub(crate) fn announce(&mut self, table: TableId, called: &str) -> Result<(), Problem> {
        let address = self.listener.address();
        let port = address.port();
        let announced = lan::announce(table.0.unsigned_abs(), called, port, self.fingerprint, &self.addresses());
        self.announced = Some(announced?);
        Ok(())
    }

    /// Nobody finds a table of it any more.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "a terminal says once whether it is found"))]
    pub(crate) fn hush(&mut self) {
        self.announced = None;
    }

    /// Whether people on this network can find a table of it.
    pub(crate) fn is_announced(&self) -> bool {
        self.announced.is_some()
    }

    /// Waits until everyone else has gone, or for so long.
    pub(crate) fn wait_for_others(&self, longest: Duration) {
        let until = Instant::now() + longest;
        while self.listener.connections() > 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Closes it to others: they are told, and everything is kept.
    pub(crate) fn stop(mut self) {
        self.announced = None;
        self.listener.stop_taking();
        self.service.runtime().block_on(async {
            self.service.stop().await;
            self.listener.close().await;
        });
    }
}

/// Where it listens, where nobody said: where it did the last time, else at Instep's port, else at any that is free. A
/// port that is taken is another's, and any other is as good: the invite names it.
fn free(data: &Path) -> SocketAddr {
    let last = std::fs::read_to_string(data.join(LAST_PORT)).ok().and_then(|port| port.trim().parse().ok());
    let last = last.filter(|port| *port != 0).unwrap_or(PORT);
    let can = |address: &SocketAddr| UdpSocket::bind(address).is_ok();
    let at = |ip: IpAddr, port| SocketAddr::new(ip, port);
    let (v4, v6) = (Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into());
    [at(v4, last), at(v4, PORT), at(v4, 0), at(v6, PORT)].into_iter().find(can).unwrap_or_else(|| at(v6, 0))
}

/// Holds the folder, also where it has been put down just now.
fn hold(data: &Path) -> Result<DataFolder, DataTrouble> {
    let until = Instant::now() + HELD_MAX;
    loop {
        match DataFolder::hold(data) {
            Err(DataTrouble::Held { .. }) if Instant::now() < until => std::thread::sleep(Duration::from_millis(100)),
            held => return held,
        }
    }
}

/// What opens a table to whoever is given it.
pub(crate) fn invite(addresses: &[Address], trust: Trust, door: &Door) -> Invite {
    let fingerprint = match trust {
        Trust::Fingerprint(fingerprint) => Some(fingerprint),
        Trust::Authorities => None,
    };
    Invite::Whole { addresses: addresses.to_vec(), key: InviteKey { key: door.key, fingerprint } }
}
