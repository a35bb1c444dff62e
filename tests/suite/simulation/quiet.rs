//! The end of a world: all faults cease, everyone comes back, and everything has to be right.

use std::collections::BTreeMap;

use instep_protocol::{Answer, Ask, Audience, FromClient, Mirror, People, PersonId, Role, WordText};
use instep_rules::Command;
use instep_server::TableId;

use crate::world::{Next, World};

/// So long may it take until everything rests; whoever guessed too often waits for a minute.
const RESTS_WITHIN_MS: u64 = 150_000;

impl World {
    /// Faults cease, and everything is looked at; then once more after a last restart.
    pub(crate) fn quiet(&mut self) {
        self.lively = false;
        self.ledger.disk_fails = false;
        self.trace.say(self.now, || "quiet".into());
        if self.luck.percent(50) || self.closing || self.platter.borrow().is_broken() {
            self.crash();
        }
        self.soon(0, Next::Start);
        let leads = self.leads();
        for device in 0..self.devices.len() {
            let d = &mut self.devices[device];
            (d.stalled_until, d.off_until) = (0, 0);
            d.gone |= !leads.contains(&device);
            let (gone, inside, conn) = (d.gone, d.inside, d.conn);
            if let Some(conn) = conn.filter(|_| gone || !inside) {
                self.hangs_up(conn);
                self.lost(device, conn);
            }
        }
        for conn in self.wires.keys().copied().collect::<Vec<_>>() {
            self.soon(0, Next::Down(conn));
            if self.wires[&conn].cut {
                self.soon(1, Next::DeviceHearsEnd(conn));
            }
        }
        self.come_to_rest(&leads);
        let before = self.everything_is_right(&leads);

        // A last restart changes nothing of what was shown; some come back without a memory.
        self.crash();
        for device in &leads {
            if self.luck.percent(40) {
                self.devices[*device].forget_all_but_tokens();
            }
        }
        self.come_to_rest(&leads);
        let after = self.everything_is_right(&leads);
        for (table, people) in &before {
            let same = after.get(table).is_some_and(|now| now == people);
            self.hold(same, "a restart changes nothing that was shown", || {
                format!("table {}: {people:?} became {:?}", table.0, after.get(table))
            });
        }
        self.say_it_again(&leads);
        self.what_is_kept_verifies();
    }

    /// For each person the device with the newest token.
    fn leads(&self) -> Vec<usize> {
        let mut leads: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
        for (n, device) in self.devices.iter().enumerate() {
            if let (Some(newest), false) = (device.newest(), device.liar) {
                let lead = leads.entry(device.human).or_insert((newest, n));
                *lead = (*lead).max((newest, n));
            }
        }
        leads.into_values().map(|(_, device)| device).collect()
    }

    fn come_to_rest(&mut self, leads: &[usize]) {
        for device in leads {
            self.soon(25, Next::Dial(*device));
        }
        let end = self.now.ms + RESTS_WITHIN_MS;
        let mut at_rest_since = None;
        // Whatever is on its way arrives within two seconds.
        while at_rest_since.is_none_or(|since| self.now.ms - since < 2_200) {
            match self.restless(leads) {
                None => at_rest_since = at_rest_since.or(Some(self.now.ms)),
                Some(why) => {
                    at_rest_since = None;
                    self.hold(self.now.ms < end, "once the faults have ended everything comes to rest", || why);
                }
            }
            self.until(self.now.ms + 200);
        }
    }

    /// What is not at rest yet.
    fn restless(&self, leads: &[usize]) -> Option<String> {
        let Some(lobby) = &self.lobby else { return Some("there is no server".into()) };
        if lobby.hall().waiting() > 0 {
            return Some(format!("{} batches wait for the disk", lobby.hall().waiting()));
        }
        let there = leads.iter().filter(|n| !self.devices[**n].gone);
        for n in there.clone() {
            let device = &self.devices[*n];
            let Some(mirror) = device.mirror.as_ref().filter(|_| device.inside) else {
                return Some(format!("device {n} is not in: {device:?}"));
            };
            if let Some(message) = mirror.unanswered().next() {
                return Some(format!("device {n} has no answer to {message:?}"));
            }
        }
        let (wires, open) = (self.wires.len(), there.count());
        if wires != open || lobby.connections() != open {
            return Some(format!("{wires} connections, {} in the lobby, {open} people", lobby.connections()));
        }
        None
    }

    /// Everyone at a table has what the table has. What everyone may see of everyone, by table.
    fn everything_is_right(&mut self, leads: &[usize]) -> BTreeMap<TableId, People> {
        let mut shown: BTreeMap<TableId, People> = BTreeMap::new();
        let mut here: BTreeMap<TableId, Vec<PersonId>> = BTreeMap::new();
        for n in leads {
            let device = &self.devices[*n];
            let (Some((table, person)), Some(mirror), true) = (device.at, &device.mirror, device.inside) else {
                continue;
            };
            self.counts.at_rest += 1;
            here.entry(table).or_default().push(person);
            self.is_the_tables_own(*n, table, mirror);
            let mut people = mirror.people().clone();
            people.not_heard = None;
            let first = shown.entry(table).or_insert_with(|| people.clone());
            self.hold(*first == people, "everyone is shown the same people", || {
                format!("device {n} is shown {people:?}, another {first:?}")
            });
        }
        for (table, people) in &mut shown {
            for person in &mut people.people {
                let there = here[table].contains(&person.id);
                self.hold(person.here == there, "whoever is here is shown to be", || format!("{person:?}"));
                // What is kept nowhere is not to be compared after a restart.
                (person.here, person.hand) = (false, false);
            }
            (people.paused, people.votes, people.voiced) = (false, None, instep_rules::SeatSet::NONE);
        }
        shown
    }

    fn is_the_tables_own(&self, n: usize, table: TableId, mirror: &Mirror) {
        const CHECK: &str = "everyone comes to the same table";
        let platter = self.platter.borrow();
        let (Some(kept), Some(lobby)) = (platter.tables.get(&table), &self.lobby) else {
            self.fail(CHECK, format!("device {n} is at a table that is not there"));
        };
        let log = mirror.game().log().iter().map(|entry| entry.event);
        self.hold(log.eq(kept.log.iter().copied()), CHECK, || format!("the log of device {n}"));
        if let Some(there) = lobby.hall().table(table) {
            let hash = |game: &instep_rules::Game| game.state().hash(game.setup());
            self.hold(hash(there.game()) == hash(mirror.game()), CHECK, || format!("the state of device {n}"));
            self.hold(!there.waits() && !there.stopped(), CHECK, || format!("table {} waits", table.0));
        }
        let Some(me) = mirror.me() else {
            self.fail("everyone gets their place back", format!("device {n} is nobody"));
        };
        let leads = me.role == Role::Facilitator;
        let was_lead = !leads && self.was_facilitator(Some((table, me.id)));
        for word in &kept.stored.words {
            let seen = mirror.words().iter().find(|w| w.id == word.id);
            if word.audience == Audience::Facilitators && !leads {
                self.hold(seen.is_none() || was_lead, CHECK, || format!("device {n} has private words {}", word.id));
                continue;
            }
            let text = match &word.text {
                None => WordText::Erased,
                Some(_) if word.hidden && !leads => WordText::Hidden,
                Some(text) => WordText::Said(text.clone()),
            };
            let told = (word.reported && leads, word.hidden && leads);
            let same = was_lead || seen.is_some_and(|w| w.text == text && (w.reported, w.hidden) == told);
            self.hold(same, CHECK, || format!("device {n} has {seen:?} of {word:?}"));
        }
        let waiting = mirror.door().map_or(0, |door| door.waiting.len());
        self.hold(waiting == 0, "whoever has gone does not wait any more", || {
            format!("device {n}: {:?}", mirror.door())
        });
        let open = mirror.secrets();
        let (seed, salt) = (kept.stored.seed.0, kept.stored.salt.0);
        self.hold(open == kept.stored.closed.then_some((seed, salt)), CHECK, || {
            format!("device {n} has the seed: {}, closed: {}", open.is_some(), kept.stored.closed)
        });
        let names = kept.stored.names.iter().find(|(p, _)| *p == me.id).map_or("", |(_, name)| name.as_str());
        self.hold(me.name == names, CHECK, || format!("device {n} is {:?} and is kept as {names:?}", me.name));
    }

    /// All that was done is said once more: nothing comes of it.
    fn say_it_again(&mut self, leads: &[usize]) {
        let sizes = |world: &Self| -> Vec<(usize, usize)> {
            world.platter.borrow().tables.values().map(|k| (k.log.len(), k.stored.words.len())).collect()
        };
        let before = sizes(self);
        for n in leads {
            let device = &self.devices[*n];
            let (Some(conn), true) = (device.conn, device.inside) else { continue };
            let done = device.asked.iter().filter(|(_, asked)| matches!(asked.answer, Some(Answer::Done { .. })));
            let again = done.filter(|(_, asked)| match asked.ask {
                Ask::Act { command, .. } => command != Command::Pass,
                Ask::Mend { .. } | Ask::Note { .. } | Ask::Chat { .. } => true,
                _ => false,
            });
            let again: Vec<_> =
                again.map(|(n, a)| FromClient::Ask { number: *n, seen: 0, ask: a.ask.clone() }).collect();
            self.counts.repeated += again.len() as u64;
            again.iter().for_each(|message| self.send(conn, message));
        }
        self.come_to_rest(leads);
        let after = sizes(self);
        self.hold(before == after, "what is said again is not done again", || format!("{before:?} became {after:?}"));
        self.everything_is_right(leads);
    }

    fn what_is_kept_verifies(&self) {
        for (id, kept) in &self.platter.borrow().tables {
            match kept.stored.verify() {
                Ok(verified) => self.hold(verified.events as usize == kept.log.len(), "what is kept verifies", || {
                    format!("table {}: {} events of {}", id.0, verified.events, kept.log.len())
                }),
                Err(fault) => self.fail("what is kept verifies", format!("table {}: {fault:?}", id.0)),
            }
            let buried = kept.typed().into_iter().find(|n| self.ledger.typed.buried.contains(n));
            self.hold(buried.is_none(), "what was erased is gone", || format!("words {buried:?} are kept"));
        }
    }
}
