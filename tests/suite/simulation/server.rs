//! The server's process: the lobby, what `service.rs` does around it, and its ends.

use std::sync::Arc;

use instep_protocol::{Ask, FromClient, encode};
use instep_server::{Caps, Commits, ConnId, Lobby, LobbyEffect, LobbyInput, Ways};

use crate::disk::SimDisk;
use crate::plan::Luck;
use crate::typed::{self, Mark};
use crate::world::{Next, World};

const TICK_MS: u64 = 500;

/// Connections at once at most.
pub(crate) const CONNECTIONS_MAX: usize = 90;

impl World {
    pub(crate) fn start(&mut self) {
        if self.lobby.is_some() {
            return;
        }
        self.life += 1;
        self.closing = false;
        self.trace.say(self.now, || format!("the server starts, life {}", self.life));
        let (mut luck, drawn) = (Luck::new(self.luck.dice().next()), Arc::clone(&self.drawn));
        let ways = Ways {
            maker: self.maker.clone(),
            random: Box::new(move |bytes: &mut [u8]| {
                luck.fill(bytes);
                if bytes.len() >= 10 {
                    bytes[..4].copy_from_slice(&typed::SECRET);
                }
                if let (Ok(whole), Ok(mut drawn)) = (<[u8; 32]>::try_from(&*bytes), drawn.lock()) {
                    drawn.push(whole);
                }
            }),
            caps: Caps { connections: CONNECTIONS_MAX, wrong_a_minute: 20, ..Caps::default() },
            retention_days: self.plan.retention_days,
            pass: String::new(),
        };
        match Lobby::open(SimDisk(self.platter.clone()), ways) {
            Ok(lobby) => self.lobby = Some(lobby),
            Err(trouble) => self.fail("a server starts over whatever a crash left", trouble),
        }
        self.soon(TICK_MS, Next::Tick(self.life));
    }

    pub(crate) fn tick(&mut self, life: u32) {
        if life != self.life || self.lobby.is_none() {
            return;
        }
        self.hand(LobbyInput::Tick);
        let long = self.lull_until.saturating_sub(self.now.ms) > 1_000_000;
        self.soon(if long { 3_600_000 } else { TICK_MS }, Next::Tick(life));
        if self.closing {
            let Some(hall) = self.lobby.as_ref().map(|l| l.hall()) else { return };
            let troubled = hall.trouble().is_some();
            if (hall.waiting() == 0 || troubled) && self.wires.values().all(|w| w.closed) {
                self.hold(
                    troubled || !self.platter.borrow().writes(),
                    "a server that stops has kept everything",
                    || "something was being written still".into(),
                );
                self.crash();
            }
        }
    }

    /// The process ends, whatever it was doing.
    pub(crate) fn crash(&mut self) {
        if self.lobby.take().is_none() {
            return;
        }
        self.trace.say(self.now, || "the server is gone".into());
        self.life += 1;
        let len = self.platter.borrow().group_len();
        let only = match self.luck.below(3) {
            0 => 0,
            1 => len,
            _ => self.luck.below(len + 1),
        };
        self.platter.borrow_mut().power_off(only);
        self.ledger.commit_is_checked(&self.platter.borrow(), self.seed);
        self.remember_when();
        for conn in self.wires.keys().copied().collect::<Vec<_>>() {
            self.cut(conn, true);
        }
        let after = if self.lively { self.luck.between(5, 1_500) } else { 20 };
        self.soon(after, Next::Start);
    }

    /// Hands something to the lobby, and does what it wants done.
    pub(crate) fn hand(&mut self, input: LobbyInput) {
        let mut input = Some(input);
        let mut behind: Vec<ConnId> = Vec::new();
        while let Some(next) = input.take().or_else(|| behind.pop().map(LobbyInput::Behind)) {
            self.hear(&next);
            let Some(lobby) = &mut self.lobby else { return };
            let mut effects = Vec::new();
            lobby.handle(self.now, next, &mut effects);
            self.ledger.learn(&self.drawn, &self.maker);
            for effect in effects {
                self.effect(effect, &mut behind);
            }
        }
        if self.platter.borrow_mut().begin() {
            let after = self.luck.between(1, self.plan.sync_ms);
            self.soon(after, Next::Written(self.life));
        }
    }

    fn hear(&mut self, input: &LobbyInput) {
        self.counts.inputs += 1;
        let (what, who, bytes) = match input {
            LobbyInput::Come(conn, _) => ("come", conn.0, Vec::new()),
            LobbyInput::Said(conn, message) => ("said", conn.0, encode(message).unwrap_or_default()),
            LobbyInput::NotUnderstood(conn, number) => ("unknown", conn.0, number.unwrap_or(0).to_le_bytes().to_vec()),
            LobbyInput::Gone(conn) => ("gone", conn.0, Vec::new()),
            LobbyInput::Behind(conn) => ("behind", conn.0, Vec::new()),
            LobbyInput::Drained(conn) => ("drained", conn.0, Vec::new()),
            LobbyInput::Committed(Commits::Done(tables)) => ("kept", tables.len() as u64, Vec::new()),
            LobbyInput::Committed(Commits::Failed(tables, _)) => ("not kept", tables.len() as u64, Vec::new()),
            LobbyInput::Tick => ("tick", 0, Vec::new()),
            LobbyInput::Close => ("close", 0, Vec::new()),
            LobbyInput::Erase(id) => ("erase", id.0 as u64, Vec::new()),
        };
        self.trace.add(self.now, what, who, &bytes);
        if !matches!(input, LobbyInput::Tick) {
            self.trace.say(self.now, || format!("→ {input:?}"));
        }
        // Whoever types again what was erased is heard.
        if let LobbyInput::Said(_, FromClient::Enter(_) | FromClient::Ask { ask: Ask::Name(_) | Ask::Call(_), .. }) =
            input
        {
            for mark in typed::marks(&bytes) {
                if let Mark::Typed(number) = mark {
                    self.ledger.typed.buried.remove(&number);
                    self.platter.borrow_mut().erased.retain(|erased| *erased != number);
                }
            }
        }
    }

    fn effect(&mut self, effect: LobbyEffect, behind: &mut Vec<ConnId>) {
        match effect {
            LobbyEffect::Send(conn, frame) => {
                self.trace.add(self.now, "send", conn.0, &frame);
                self.leaves(conn, &frame);
                if !self.put(conn, frame) && !behind.contains(&conn) {
                    self.counts.behind += 1;
                    behind.push(conn);
                }
            }
            LobbyEffect::End(conn) => {
                self.trace.add(self.now, "end", conn.0, &[]);
                self.ends(conn);
            }
            LobbyEffect::Turn(table, seat) => self.trace.add(self.now, "turn", table.0 as u64, &[seat as u8]),
            LobbyEffect::Due(table, days) => self.trace.add(self.now, "due", table.0 as u64, &days.to_le_bytes()),
            LobbyEffect::Log(table, person, what) => {
                self.trace.add(self.now, what, table.0 as u64, &person.map_or(0, |p| p.0).to_le_bytes());
                self.trace.say(self.now, || format!("  log: table {} {person:?} {what}", table.0));
            }
        }
    }

    pub(crate) fn written(&mut self, life: u32) {
        if life != self.life {
            return;
        }
        let fails = std::mem::take(&mut self.ledger.disk_fails) && !self.platter.borrow().is_broken();
        let only = fails.then(|| self.luck.below(self.platter.borrow().group_len()));
        if fails {
            self.counts.broken_disks += 1;
            self.ledger.broken_in = Some(self.life);
        }
        let commits = self.platter.borrow_mut().end(only);
        self.ledger.commit_is_checked(&self.platter.borrow(), self.seed);
        self.remember_when();
        let told = self.luck.between(0, 4);
        self.soon(told, Next::Told(life, Box::new(commits)));
        if self.platter.borrow_mut().begin() {
            let after = self.luck.between(1, self.plan.sync_ms);
            self.soon(after, Next::Written(life));
        }
    }

    pub(crate) fn told(&mut self, life: u32, commits: Commits) {
        if life != self.life {
            return;
        }
        let failed = match &commits {
            Commits::Failed(tables, _) => tables.clone(),
            Commits::Done(_) => Vec::new(),
        };
        self.hand(LobbyInput::Committed(commits));
        if !failed.is_empty() {
            let hall = self.lobby.as_ref().map(|l| l.hall());
            let goes_on = failed.iter().find(|id| hall.and_then(|h| h.table(**id)).is_some_and(|t| !t.stopped()));
            self.hold(goes_on.is_none(), "a table stops where something could not be kept", || format!("{goes_on:?}"));
            let stopped = |slot: &crate::world::Slot| {
                slot.id.is_some_and(|id| hall.and_then(|h| h.table(id)).is_some_and(|t| t.stopped()))
            };
            let waits = self
                .wires
                .iter()
                .find(|(_, w)| w.waits && !w.closed && !w.ends && stopped(&self.slots[self.devices[w.device].slot]));
            self.hold(waits.is_none(), "nobody waits at a table that has stopped", || {
                format!("{:?}", waits.map(|w| w.0))
            });
        }
        // Once the lobby has heard of every commit, what was erased in them must not leave it any more.
        if self.lobby.as_ref().is_some_and(|l| l.hall().waiting() == 0) {
            let erased = std::mem::take(&mut self.platter.borrow_mut().erased);
            self.ledger.typed.buried.extend(erased);
        }
    }
}
