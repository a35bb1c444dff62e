//! The network: each connection is two streams in order, which may be slow, stall, or end at any byte; and the
//! server's task of each connection, as `quic/link.rs` and `service.rs` have it.

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use instep_protocol::{FrameFault, Frames, FromClient, PersonId, encode};
use instep_server::{ConnId, LobbyInput, TableId};

use crate::world::{Next, World};

/// How long somebody may take nothing of what they are sent.
const TAKES_WITHIN_MS: u64 = 15_000;

/// One connection, both its ends and what is on its way.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) device: usize,
    // The server's end.
    heard: Frames,
    outbox: VecDeque<Bytes>,
    pub(crate) ends: bool,
    behind: bool,
    /// The server knows that it has ended.
    pub(crate) closed: bool,
    writing_since: Option<u64>,
    /// Which token it came in with.
    pub(crate) token: Option<u64>,
    /// It was told that somebody waits here to be let in.
    pub(crate) waits: bool,
    /// It was told goodbye for good.
    pub(crate) put_out: bool,
    /// Something was said.
    pub(crate) begun: bool,
    /// Whose place it is, as far as the server has said or was asked for.
    pub(crate) at: Option<(TableId, PersonId)>,
    /// Which requests came, and whether the latest of that number changed something.
    pub(crate) asked: BTreeMap<u32, bool>,
    // What is on its way.
    up: VecDeque<(u64, Vec<u8>)>,
    down: VecDeque<(u64, Bytes)>,
    pub(crate) cut: bool,
    /// The last words are on their way.
    farewell: bool,
    // The device's end.
    pub(crate) said: Frames,
    pub(crate) left: bool,
}

impl World {
    /// A device makes a connection. It is there at once; the first bytes take their time.
    pub(crate) fn connect(&mut self, device: usize) -> Option<ConnId> {
        self.lobby.as_ref()?;
        let conn = ConnId(self.next_conn);
        self.next_conn += 1;
        let wire = Wire {
            device,
            heard: Frames::default(),
            outbox: VecDeque::new(),
            ends: false,
            behind: false,
            closed: false,
            writing_since: None,
            token: None,
            waits: false,
            put_out: false,
            begun: false,
            at: None,
            asked: BTreeMap::new(),
            up: VecDeque::new(),
            down: VecDeque::new(),
            cut: false,
            farewell: false,
            said: Frames::default(),
            left: false,
        };
        self.wires.insert(conn, wire);
        let from = IpAddr::V4(Ipv4Addr::new(198, 51, 100, self.devices[device].human as u8));
        self.hand(LobbyInput::Come(conn, Some(from)));
        Some(conn)
    }

    /// A device says something.
    pub(crate) fn send(&mut self, conn: ConnId, message: &FromClient) {
        let frame = encode(message).unwrap_or_default();
        self.send_bytes(conn, frame);
    }

    pub(crate) fn send_bytes(&mut self, conn: ConnId, bytes: Vec<u8>) {
        let late = self.luck.between(0, self.plan.latency_ms);
        let now = self.now.ms;
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.cut && !w.left) else { return };
        let at = wire.up.back().map_or(0, |(at, _)| *at).max(now + late);
        wire.up.push_back((at, bytes));
        self.soon(at - now, Next::Up(conn));
    }

    pub(crate) fn up_arrives(&mut self, conn: ConnId) {
        let now = self.now.ms;
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.closed) else { return };
        if wire.up.front().is_none_or(|(at, _)| *at > now) {
            return;
        }
        let Some((_, bytes)) = wire.up.pop_front() else { return };
        wire.heard.push(&bytes);
        loop {
            let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.closed) else { return };
            match wire.heard.take::<FromClient>() {
                Ok(None) => return,
                Ok(Some(message)) => self.said(conn, message),
                Err(FrameFault::Unreadable) => {
                    let number = wire.heard.number_of_last();
                    self.hand(LobbyInput::NotUnderstood(conn, number));
                }
                Err(FrameFault::TooLong { .. }) => return self.server_hears_end(conn),
            }
        }
    }

    /// Puts a frame into a connection's outbox; whether there was room.
    pub(crate) fn put(&mut self, conn: ConnId, frame: Bytes) -> bool {
        let most = self.plan.outbox;
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.closed) else { return true };
        let room = wire.outbox.len() < most;
        if room {
            wire.outbox.push_back(frame);
        } else {
            wire.outbox.clear();
            wire.behind = true;
        }
        self.wake(conn);
        room
    }

    pub(crate) fn ends(&mut self, conn: ConnId) {
        if let Some(wire) = self.wires.get_mut(&conn) {
            wire.ends = true;
            self.wake(conn);
        }
    }

    fn wake(&mut self, conn: ConnId) {
        let late = self.luck.between(0, 3);
        self.soon(late, Next::Say(conn));
    }

    /// The connection's task sends all there is, as far as the network takes it.
    pub(crate) fn say(&mut self, conn: ConnId) {
        let (now, latency, window) = (self.now.ms, self.plan.latency_ms, self.plan.window);
        let late = self.luck.between(0, latency);
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.closed && !w.farewell) else { return };
        if wire.writing_since.is_some() && wire.down.len() > window {
            return;
        }
        wire.writing_since = None;
        let batch = std::mem::take(&mut wire.outbox);
        if batch.is_empty() {
            if wire.ends {
                wire.farewell = true;
                let empty = wire.down.is_empty();
                if empty && !wire.cut {
                    self.soon(late, Next::DeviceHearsEnd(conn));
                }
                self.soon(if empty { 1 } else { 2_000 }, Next::ServerHearsEnd(conn));
            } else if std::mem::take(&mut wire.behind) {
                self.hand(LobbyInput::Drained(conn));
            }
            return;
        }
        if wire.cut {
            return;
        }
        let at = wire.down.back().map_or(0, |(at, _)| *at).max(now + late);
        wire.down.extend(batch.into_iter().map(|frame| (at, frame)));
        let full = wire.down.len() > window;
        wire.writing_since = full.then_some(now);
        self.soon(at - now, Next::Down(conn));
        // Whether there is more to take is seen once this is written.
        if full {
            self.soon(TAKES_WITHIN_MS, Next::Untaken(conn, now));
        } else {
            self.soon(0, Next::Say(conn));
        }
    }

    pub(crate) fn untaken(&mut self, conn: ConnId, since: u64) {
        if self.wires.get(&conn).is_some_and(|w| !w.closed && w.writing_since == Some(since)) {
            self.cut(conn, false);
            self.server_hears_end(conn);
        }
    }

    pub(crate) fn down_arrives(&mut self, conn: ConnId) {
        loop {
            let now = self.now.ms;
            let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.left) else { return };
            let Some((at, _)) = wire.down.front() else { break };
            let stalled = self.devices[wire.device].stalled_until;
            let at = (*at).max(stalled);
            if at > now {
                return self.soon(at - now, Next::Down(conn));
            }
            if let Some((_, frame)) = wire.down.pop_front() {
                self.arrives(conn, &frame);
            }
        }
        let Some(wire) = self.wires.get_mut(&conn) else { return };
        let (farewell, cut) = (wire.farewell, wire.cut);
        if farewell && !cut {
            self.soon(0, Next::DeviceHearsEnd(conn));
            self.soon(1, Next::ServerHearsEnd(conn));
        } else if !cut {
            self.soon(0, Next::Say(conn));
        }
    }

    /// A connection is lost. Of what was on its way the first few still arrive.
    pub(crate) fn cut(&mut self, conn: ConnId, server_gone: bool) {
        let (keep_up, keep_down) = (self.luck.below(4), self.luck.below(12));
        // Either end may take long to notice.
        let soon = |luck: &mut crate::plan::Luck, lively: bool| match luck.below(4) {
            0 if lively => luck.between(1_000, 30_000),
            1 => luck.between(100, 1_000),
            _ => luck.between(0, 60),
        };
        let (server_after, device_after) =
            (soon(&mut self.luck, self.lively), soon(&mut self.luck, false) + self.plan.latency_ms);
        let Some(wire) = self.wires.get_mut(&conn) else { return };
        if !wire.cut {
            wire.up.truncate(if server_gone { 0 } else { keep_up });
            wire.down.truncate(keep_down);
            wire.cut = true;
            if !wire.left {
                self.soon(device_after, Next::DeviceHearsEnd(conn));
            }
        }
        if server_gone {
            if let Some(wire) = self.wires.get_mut(&conn) {
                wire.closed = true;
                wire.outbox.clear();
            }
            self.forget(conn);
        } else {
            self.soon(server_after, Next::ServerHearsEnd(conn));
        }
    }

    pub(crate) fn server_hears_end(&mut self, conn: ConnId) {
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.closed) else { return };
        wire.closed = true;
        wire.outbox.clear();
        wire.up.clear();
        if !wire.cut {
            wire.cut = true;
            if !wire.left {
                self.soon(1, Next::DeviceHearsEnd(conn));
            }
        }
        self.hand(LobbyInput::Gone(conn));
        self.forget(conn);
    }

    pub(crate) fn device_hears_end(&mut self, conn: ConnId) {
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.left) else { return };
        // What arrived before the end is read before it.
        if !wire.down.is_empty() && wire.cut {
            let stalled = self.devices[wire.device].stalled_until;
            let at = wire.down.back().map_or(0, |(at, _)| *at).max(stalled).max(self.now.ms) + 1;
            let after = at - self.now.ms;
            self.soon(after - 1, Next::Down(conn));
            return self.soon(after, Next::DeviceHearsEnd(conn));
        }
        let device = wire.device;
        self.hangs_up(conn);
        self.lost(device, conn);
    }

    /// The device does not listen any more.
    pub(crate) fn hangs_up(&mut self, conn: ConnId) {
        let Some(wire) = self.wires.get_mut(&conn).filter(|w| !w.left) else { return };
        wire.left = true;
        wire.down.clear();
        if !wire.cut {
            self.cut(conn, false);
        }
        self.forget(conn);
    }

    fn forget(&mut self, conn: ConnId) {
        if self.wires.get(&conn).is_some_and(|w| w.closed && w.left) {
            self.wires.remove(&conn);
        }
    }
}
