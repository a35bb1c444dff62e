//! How much a lobby takes on, and how often somebody may guess.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

/// How much a lobby takes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caps {
    /// Connections at once.
    pub connections: usize,
    /// Tables that are not closed.
    pub tables: usize,
    /// Tables made from one address in an hour.
    pub tables_an_hour: u32,
    /// Wrong invites, codes and tokens from one address in a minute.
    pub wrong_a_minute: u32,
    /// Wrong codes in a minute from everywhere: codes are short, so they close for a while; invites go on.
    pub wrong_codes_a_minute: u32,
}

impl Default for Caps {
    fn default() -> Self {
        Self { connections: 20_000, tables: 20_000, tables_an_hour: 120, wrong_a_minute: 20, wrong_codes_a_minute: 600 }
    }
}

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 3_600_000;

/// Addresses that are remembered at once. Whoever has more of them than that is held by the limits in all.
const ADDRESSES_MAX: usize = 20_000;

/// Something that is counted from the first time on, and forgotten after a while.
#[derive(Clone, Copy, Debug)]
struct Count {
    since_ms: u64,
    n: u32,
}

impl Count {
    fn now(&self, now_ms: u64, span_ms: u64) -> u32 {
        if now_ms.saturating_sub(self.since_ms) < span_ms { self.n } else { 0 }
    }

    fn add(&mut self, now_ms: u64, span_ms: u64) {
        if self.now(now_ms, span_ms) == 0 {
            *self = Self { since_ms: now_ms, n: 1 };
        } else {
            self.n = self.n.saturating_add(1);
        }
    }
}

/// What is counted.
#[derive(Debug)]
pub(super) struct Limits {
    caps: Caps,
    wrong: HashMap<IpAddr, Count>,
    made: HashMap<IpAddr, Count>,
    codes: Count,
}

impl Limits {
    pub(super) fn new(caps: Caps) -> Self {
        Self { caps, wrong: HashMap::new(), made: HashMap::new(), codes: Count { since_ms: 0, n: 0 } }
    }

    pub(super) fn caps(&self) -> &Caps {
        &self.caps
    }

    /// For how many seconds nothing is tried for this address; 0 where it may try.
    pub(super) fn wait_s(&self, now_ms: u64, from: Option<IpAddr>, code: bool) -> u16 {
        let left = |count: &Count, most: u32| match count.now(now_ms, MINUTE_MS) >= most {
            true => (count.since_ms + MINUTE_MS).saturating_sub(now_ms).div_ceil(1000) as u16,
            false => 0,
        };
        let own = from.and_then(|from| self.wrong.get(&network(from)));
        let own = own.map_or(0, |count| left(count, self.caps.wrong_a_minute));
        let all = if code { left(&self.codes, self.caps.wrong_codes_a_minute) } else { 0 };
        own.max(all)
    }

    /// Somebody tried something that opens nothing.
    pub(super) fn wrong(&mut self, now_ms: u64, from: Option<IpAddr>, code: bool) {
        if let Some(from) = from {
            count(&mut self.wrong, network(from), now_ms, MINUTE_MS);
        }
        if code {
            self.codes.add(now_ms, MINUTE_MS);
        }
    }

    /// Whether one more table may be made from this address; counts it if so.
    pub(super) fn may_make(&mut self, now_ms: u64, from: Option<IpAddr>) -> bool {
        let Some(from) = from.map(network) else { return true };
        if self.made.get(&from).is_some_and(|c| c.now(now_ms, HOUR_MS) >= self.caps.tables_an_hour) {
            return false;
        }
        count(&mut self.made, from, now_ms, HOUR_MS);
        true
    }

    pub(super) fn tick(&mut self, now_ms: u64) {
        self.wrong.retain(|_, count| count.now(now_ms, MINUTE_MS) > 0);
        self.made.retain(|_, count| count.now(now_ms, HOUR_MS) > 0);
    }
}

fn count(counts: &mut HashMap<IpAddr, Count>, from: IpAddr, now_ms: u64, span_ms: u64) {
    if counts.len() < ADDRESSES_MAX || counts.contains_key(&from) {
        counts.entry(from).or_insert(Count { since_ms: now_ms, n: 0 }).add(now_ms, span_ms);
    }
}

/// An address, or of IPv6 its network, of which one household has billions of addresses.
fn network(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)))
        }
        other => other.to_canonical(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)));
    const ELSEWHERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 7)));

    #[test]
    fn whoever_guesses_waits_and_nobody_else_does() {
        let mut limits = Limits::new(Caps { wrong_a_minute: 3, ..Caps::default() });
        for ms in [0, 10, 20] {
            assert_eq!(limits.wait_s(ms, HOME, false), 0);
            limits.wrong(ms, HOME, false);
        }
        assert_eq!(limits.wait_s(21, HOME, false), 60);
        assert_eq!(limits.wait_s(59_000, HOME, false), 1);
        assert_eq!(limits.wait_s(60_000, HOME, false), 0);
        assert_eq!(limits.wait_s(21, ELSEWHERE, false), 0);
    }

    #[test]
    fn many_addresses_close_the_codes_and_not_the_invites() {
        let mut limits = Limits::new(Caps { wrong_codes_a_minute: 5, ..Caps::default() });
        for n in 0..5 {
            limits.wrong(n, Some(IpAddr::V4(std::net::Ipv4Addr::from_bits(n as u32))), true);
        }
        assert_eq!(limits.wait_s(5, ELSEWHERE, true), 60);
        assert_eq!(limits.wait_s(5, ELSEWHERE, false), 0);
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let address = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:2"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:192.0.2.7"), address("192.0.2.7"));
    }
}
