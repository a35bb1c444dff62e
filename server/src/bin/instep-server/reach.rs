//! By which addresses people reach this server: what invites say.

use std::net::{IpAddr, SocketAddr, UdpSocket};

use instep_protocol::Address;

/// Addresses in an invite at most.
const ADDRESSES_MAX: usize = 8;

/// Those that were named; else those on which it listens, with this computer's own where that is all of them.
pub(crate) fn addresses(named: &[Address], listens: &[SocketAddr]) -> Vec<Address> {
    if !named.is_empty() {
        return named.to_vec();
    }
    let mut found: Vec<Address> = Vec::new();
    for socket in listens {
        let own = match socket.ip() {
            ip if !ip.is_unspecified() => vec![ip],
            IpAddr::V4(_) => towards("192.0.2.1:9").into_iter().collect(),
            IpAddr::V6(_) => ["192.0.2.1:9", "[2001:db8::1]:9"].into_iter().filter_map(towards).collect(),
        };
        for ip in own {
            let address = Address { host: ip.to_canonical().to_string(), port: socket.port() };
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found.truncate(ADDRESSES_MAX);
    found
}

/// This computer's address on the way to another. Nothing is sent: the addresses asked about are of documentation.
fn towards(there: &str) -> Option<IpAddr> {
    let here = if there.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" };
    let socket = UdpSocket::bind(here).ok()?;
    socket.connect(there).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_named_comes_before_what_is_listened_on() {
        let listens: Vec<SocketAddr> =
            ["127.0.0.1:5000", "[::1]:5000"].iter().map(|a| a.parse().expect("an address")).collect();
        let text = |named: &[Address]| addresses(named, &listens).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(text(&[]), ["127.0.0.1:5000", "[::1]:5000"]);
        assert_eq!(text(&["instep.example.org".parse().expect("an address")]), ["instep.example.org:4433"]);
    }
}
