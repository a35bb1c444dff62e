//! What goes wrong, and when.

use instep_server::{ConnId, LobbyInput};

use crate::device::{Come, Device};
use crate::plan::Fault;
use crate::world::{Next, World};

const HOUR_MS: u64 = 3_600_000;

impl World {
    pub(crate) fn fault(&mut self) {
        if !self.lively {
            return;
        }
        if self.lull_until > self.now.ms {
            return self.while_nobody_is_there();
        }
        let after = self.luck.between(self.plan.chaos_ms / 4, self.plan.chaos_ms * 2);
        self.soon(after, Next::Fault);
        let faults = std::mem::take(&mut self.plan.faults);
        let fault = self.luck.of(&faults);
        self.plan.faults = faults;
        let Some(fault) = fault else { return };
        self.trace.say(self.now, || format!("fault: {fault:?}"));
        match fault {
            Fault::Cut => {
                if let Some(conn) = self.some_conn() {
                    self.counts.cuts += 1;
                    self.cut(conn, false);
                }
            }
            Fault::Stall => {
                let device = self.luck.below(self.devices.len());
                self.devices[device].stalled_until = self.now.ms + self.luck.between(200, 8_000);
            }
            Fault::Crash => {
                self.counts.crashes += u64::from(self.lobby.is_some());
                self.crash();
            }
            Fault::Close => {
                if self.lobby.is_some() && !self.closing {
                    self.counts.closes += 1;
                    self.closing = true;
                    self.hand(LobbyInput::Close);
                }
            }
            Fault::Disk => {
                self.ledger.disk_fails = true;
                // Whoever looks after the server starts it again.
                let restart = self.luck.percent(50);
                if restart && self.platter.borrow().is_broken() {
                    self.crash();
                }
            }
            Fault::Day => {
                let days = self.luck.of(&[1, 1, 2, 40]).unwrap_or(1);
                let back = self.luck.percent(25);
                self.now.day = if back { self.now.day - days } else { self.now.day + days };
            }
            Fault::Lull => self.lull(200_000),
            Fault::LongLull => self.lull(90 * HOUR_MS),
            Fault::Copy => self.copy(),
            Fault::Restart => {
                let device = self.luck.below(self.devices.len());
                if let Some(conn) = self.devices[device].conn {
                    self.hangs_up(conn);
                    self.devices[device].forget_all_but_tokens();
                    self.lost(device, conn);
                }
            }
            Fault::Erase => self.erase(),
            Fault::Knocks => self.knocks(),
            Fault::Away => {
                // Each makes the world longer by two minutes.
                if let Some(at) = self.plan.faults.iter().position(|fault| *fault == Fault::Away) {
                    self.plan.faults.remove(at);
                }
                let human = self.luck.below(self.devices.len());
                let human = self.devices[human].human;
                for device in 0..self.devices.len() {
                    if self.devices[device].human == human {
                        self.leaves_for(device, self.now.ms + 128_000);
                    }
                }
                self.soon(1_200, Next::Leap(124_000));
            }
            Fault::Thief => {
                if let Some(token) = self.old_token().filter(|_| self.devices.len() < 20) {
                    let slot = self.luck.below(self.slots.len());
                    let mut thief = Device::new(90, slot, Come::Invite, true);
                    thief.tokens = vec![(token, 0)];
                    self.devices.push(thief);
                    self.soon(1, Next::Dial(self.devices.len() - 1));
                }
            }
        }
    }

    fn some_conn(&mut self) -> Option<ConnId> {
        let conns: Vec<ConnId> = self.wires.iter().filter(|(_, w)| !w.left).map(|(conn, _)| *conn).collect();
        self.luck.of(&conns)
    }

    /// Everyone is away for so long.
    fn lull(&mut self, ms: u64) {
        self.lull_until = self.now.ms + ms;
        self.end_ms += ms;
        // One of each kind is enough.
        self.plan.faults.retain(|fault| *fault != if ms > HOUR_MS { Fault::LongLull } else { Fault::Lull });
        for device in 0..self.devices.len() {
            let back = self.lull_until + self.luck.between(0, 2_000);
            self.leaves_for(device, back);
        }
    }

    fn leaves_for(&mut self, device: usize, until: u64) {
        self.devices[device].off_until = until;
        if let Some(conn) = self.devices[device].conn {
            self.hangs_up(conn);
            self.lost(device, conn);
        }
    }

    /// Days go by, or somebody erases what was typed, though nobody is there.
    fn while_nobody_is_there(&mut self) {
        let left = self.lull_until - self.now.ms;
        if left > 21 * HOUR_MS {
            self.now.day += 1;
            self.soon(21 * HOUR_MS, Next::Fault);
        } else if left > 20_000 {
            // Tables are put away by then.
            self.soon(left - 10_000, Next::Fault);
        } else {
            if self.luck.percent(50) {
                self.erase();
            }
            self.soon(left + 1, Next::Fault);
        }
    }

    fn erase(&mut self) {
        let slot = self.luck.below(self.slots.len());
        if let (Some(id), true) = (self.slots[slot].id, self.lobby.is_some()) {
            self.counts.erased += 1;
            self.hand(LobbyInput::Erase(id));
        }
    }

    /// A person goes on with another device, to which they took their tokens.
    fn copy(&mut self) {
        let device = self.luck.below(self.devices.len());
        let (d, many) = (&self.devices[device], self.devices.len() >= 12);
        if d.tokens.is_empty() || d.gone || d.liar || many {
            return;
        }
        let mut other = Device::new(d.human, d.slot, d.way, false);
        (other.tokens, other.at) = (d.tokens.clone(), d.at);
        self.devices.push(other);
        let (n, soon) = (self.devices.len() - 1, self.luck.between(1, 1_500));
        self.soon(soon, Next::Dial(n));
        self.soon(soon, Next::Think(n));
    }

    /// Many want in at once, from many addresses, and go again.
    fn knocks(&mut self) {
        let slot = self.luck.below(self.slots.len());
        if self.devices.len() > 20 || self.slots[slot].code.is_none() {
            return;
        }
        for n in 0..70 {
            let mut device = Device::new(100 + n, slot, Come::Code, true);
            device.off_until = 0;
            self.devices.push(device);
            let (at, soon) = (self.devices.len() - 1, self.luck.between(1, 900));
            self.soon(soon, Next::Dial(at));
        }
    }
}
