//! Tables on the local network, found without typing an address (multicast DNS, `_instep._udp.local.`).
//!
//! What is found there can be said by anybody on that network, so it only leads to a table's waiting room. A table is
//! announced only where its host chose so.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use instep_net::Trust;
use instep_protocol::Address;
use instep_record::{from_hex, to_hex};
use mdns_sd::{Receiver, ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};

use crate::problem::Problem;

const SERVICE: &str = "_instep._udp.local.";

/// So many tables of one network are listed at most.
const TABLES_MAX: usize = 64;

/// How long a table is looked for.
pub(crate) const LOOK_FOR: Duration = Duration::from_millis(2_500);

/// A name is at most so long.
const CALLED_MAX: usize = 40;

/// A table that was found on this network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Nearby {
    /// What it is called; may be empty.
    pub(crate) called: String,
    /// Where it is.
    pub(crate) addresses: Vec<Address>,
    /// The certificate that it says it has.
    pub(crate) fingerprint: [u8; 32],
    /// The table's number there.
    pub(crate) table: u64,
}

impl Nearby {
    /// Whom to trust there: whoever was found, and nobody else.
    pub(crate) fn trust(&self) -> Trust {
        Trust::Fingerprint(self.fingerprint)
    }
}

fn trouble(error: &mdns_sd::Error) -> Problem {
    Problem::Machine(format!(
        "This computer does not let Instep look around on the network ({error}): join by an invite or a code instead."
    ))
}

/// A table that can be found. It can't any more when this is dropped.
pub(crate) struct Announced {
    daemon: ServiceDaemon,
    name: String,
}

impl Drop for Announced {
    fn drop(&mut self) {
        // Others are told that it goes, where that can be done quickly.
        if let Ok(done) = self.daemon.unregister(&self.name) {
            let _ = done.recv_timeout(Duration::from_millis(500));
        }
        let _ = self.daemon.shutdown();
    }
}

/// Lets others on this network find a table.
pub(super) fn announce(
    table: u64,
    called: &str,
    port: u16,
    fingerprint: [u8; 32],
    addresses: &[Address],
) -> Result<Announced, Problem> {
    let daemon = ServiceDaemon::new().map_err(|e| trouble(&e))?;
    let fingerprint = to_hex(&fingerprint);
    // Of this computer and this port there is one.
    let name = format!("instep-{}-{port}", &fingerprint[..12]);
    let (host, table) = (format!("{name}.local."), table.to_string());
    let ips = addresses.iter().map(|a| a.host.as_str()).collect::<Vec<_>>().join(",");
    let about = [("v", "1"), ("table", &table), ("fingerprint", &fingerprint), ("called", called)];
    let info = ServiceInfo::new(SERVICE, &name, &host, ips, port, &about[..]).map_err(|e| trouble(&e))?;
    let name = info.get_fullname().to_owned();
    daemon.register(info).map_err(|e| trouble(&e))?;
    Ok(Announced { daemon, name })
}

/// Looks for tables on this network until it is dropped.
pub(crate) struct Look {
    daemon: ServiceDaemon,
    events: Receiver<ServiceEvent>,
    found: BTreeMap<String, Nearby>,
}

impl Drop for Look {
    fn drop(&mut self) {
        let _ = self.daemon.shutdown();
    }
}

impl Look {
    /// Begins to look.
    pub(crate) fn start() -> Result<Self, Problem> {
        let daemon = ServiceDaemon::new().map_err(|e| trouble(&e))?;
        let events = daemon.browse(SERVICE).map_err(|e| trouble(&e))?;
        Ok(Self { daemon, events, found: BTreeMap::new() })
    }

    /// What has been found so far, and is still there.
    pub(crate) fn found(&mut self) -> Vec<Nearby> {
        while let Ok(event) = self.events.try_recv() {
            match event {
                ServiceEvent::ServiceResolved(service) if self.found.len() < TABLES_MAX => {
                    if let Some(nearby) = nearby(&service) {
                        self.found.insert(service.fullname.clone(), nearby);
                    }
                }
                ServiceEvent::ServiceRemoved(_, name) => {
                    self.found.remove(&name);
                }
                _ => {}
            }
        }
        self.found.values().cloned().collect()
    }
}

/// Whom to trust at an address of this network, as those who can be found there say.
pub(crate) fn trust_at(address: &Address) -> Option<Trust> {
    address.host.parse::<std::net::IpAddr>().ok()?;
    let mut look = Look::start().ok()?;
    let until = Instant::now() + LOOK_FOR;
    loop {
        let found = look.found().into_iter().find(|nearby| nearby.addresses.contains(address));
        if found.is_some() || Instant::now() > until {
            return found.map(|nearby| nearby.trust());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What somebody on the network says of a table, as far as it makes sense.
fn nearby(service: &ResolvedService) -> Option<Nearby> {
    let text = |key: &str| service.get_property_val_str(key);
    let called = text("called").unwrap_or_default().chars().filter(|c| !c.is_control()).take(CALLED_MAX).collect();
    let mut ips: Vec<_> = service.addresses.iter().map(|ip| ip.to_ip_addr()).collect();
    // An address of IPv6 that belongs to one interface can't be called without naming that.
    ips.retain(|ip| !matches!(ip, std::net::IpAddr::V6(ip) if ip.is_unicast_link_local()));
    ips.sort();
    let addresses: Vec<_> = ips.iter().take(4).map(|ip| Address { host: ip.to_string(), port: service.port }).collect();
    (!addresses.is_empty() && service.port != 0).then_some(())?;
    Some(Nearby {
        called,
        addresses,
        fingerprint: from_hex(text("fingerprint")?)?,
        table: text("table")?.parse().ok()?,
    })
}
