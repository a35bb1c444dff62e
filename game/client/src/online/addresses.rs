//! The addresses under which others on the network reach this computer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use if_addrs::{IfOperStatus, Interface};
use instep_protocol::Address;

/// So many are named in an invite: more would only make its QR code larger.
const ADDRESSES_MAX: usize = 4;

/// Where somebody who listens there is reached, the likeliest first.
pub(super) fn reached_at(listens: SocketAddr) -> Vec<Address> {
    let at = |ip: IpAddr| Address { host: ip.to_string(), port: listens.port() };
    if !listens.ip().is_unspecified() {
        return vec![at(listens.ip())];
    }
    let own = if_addrs::get_if_addrs().unwrap_or_default();
    // A socket for both takes IPv4 too, except where the system keeps them apart.
    let reaches = |ip: &IpAddr| if listens.is_ipv4() { ip.is_ipv4() } else { ip.is_ipv6() || cfg!(unix) };
    let mut found: Vec<(u8, IpAddr)> = own.iter().filter_map(|i| Some((rank(i)?, i.ip()))).collect();
    found.retain(|(_, ip)| reaches(ip));
    found.sort_by_key(|(rank, _)| *rank);
    found.dedup_by_key(|(_, ip)| *ip);
    let best: Vec<Address> = found.iter().filter(|(rank, _)| *rank < ONLY_ELSE).map(|(_, ip)| at(*ip)).collect();
    match (best.is_empty(), found.first()) {
        (false, _) => best.into_iter().take(ADDRESSES_MAX).collect(),
        (true, Some((_, ip))) => vec![at(*ip)],
        (true, None) => vec![at(Ipv4Addr::LOCALHOST.into())],
    }
}

/// From this rank on, an address is taken only where there is no other.
const ONLY_ELSE: u8 = 10;

/// How likely others reach this computer there: the lower the likelier.
fn rank(interface: &Interface) -> Option<u8> {
    // Networks of this computer's own, between programs that run on it.
    const WITHIN: [&str; 6] = ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet"];
    let within = WITHIN.iter().any(|name| interface.name.to_lowercase().starts_with(name));
    if matches!(interface.oper_status, IfOperStatus::Down | IfOperStatus::NotPresent) {
        return None;
    }
    Some(match interface.ip() {
        ip if ip.is_loopback() => 20,
        IpAddr::V4(ip) if ip.is_link_local() => 15,
        // Without the name of an interface, which is another on each computer, nobody reaches it.
        IpAddr::V6(ip) if ip.is_unicast_link_local() => return None,
        _ if within => 12,
        IpAddr::V4(ip) if ip.is_private() => 0,
        IpAddr::V4(_) => 1,
        IpAddr::V6(ip) if ip.is_unique_local() => 3,
        IpAddr::V6(_) => 2,
    })
}

#[test]
fn an_address_that_was_chosen_is_the_only_one_and_there_is_always_one() {
    let chosen: SocketAddr = "127.0.0.1:5000".parse().unwrap();
    assert_eq!(reached_at(chosen), [Address { host: "127.0.0.1".into(), port: 5000 }]);
    let found = reached_at("0.0.0.0:5000".parse().unwrap());
    assert!((1..=ADDRESSES_MAX).contains(&found.len()), "{found:?}");
    assert!(found.iter().all(|a| a.port == 5000 && a.host.parse::<Ipv4Addr>().is_ok()), "{found:?}");
}
