//! Who is at a table: roles, seats, speakers. What of it lasts is kept beside the journal.

use std::collections::HashMap;

use instep_protocol::{Denied, People, Person, PersonId, Role};
use instep_rules::{Perspective, SeatSet};

use crate::roster::{Kept, Roster, TokenHash};

/// How long after the last facilitator left any seat may claim the role (rules.md, "At any time").
const CLAIM_AFTER_MS: u64 = 120_000;

/// How long a whole team has to be away before the table voices its seat.
const VOICED_AFTER_MS: u64 = 60_000;

/// Whoever has shown nothing of having their token, and is away, is forgotten after so long.
const FORGOTTEN_AFTER_MS: u64 = 300_000;

/// Whoever still speaks so long after they came in has been sent their token: by then a connection that brings
/// nothing any more has ended, at either end (`docs/protocol.md`, "The connection").
const PROVEN_AFTER_MS: u64 = 60_000;

/// So many numbers are for the requests of each device that comes in.
const NUMBERS_A_DEVICE: u32 = 2_048;

/// So many of them at least are left, however many it uses: more requests without an answer are of no person's making.
const NUMBERS_AHEAD: u32 = 1_024;

/// Everyone at a table.
#[derive(Debug, Default)]
pub(crate) struct Everyone {
    roster: Roster,
    names: HashMap<PersonId, String>,
    here: Vec<PersonId>,
    hands: Vec<PersonId>,
    /// When each who is not here was last here; whoever is not named was not here since the table was opened.
    left_ms: HashMap<PersonId, u64>,
    /// When each who is here came.
    came_ms: HashMap<PersonId, u64>,
    opened_ms: u64,
    voiced: SeatSet,
    no_facilitator_since_ms: Option<u64>,
    /// A facilitator has been here since the table was opened.
    facilitated: bool,
}

impl Everyone {
    /// A new table's: its creator facilitates.
    pub(crate) fn with_creator() -> (Self, PersonId) {
        let mut everyone = Self::default();
        let creator = everyone.add(Role::Facilitator);
        (everyone, creator)
    }

    pub(crate) fn of(roster: Roster, names: HashMap<PersonId, String>) -> Self {
        Self { roster, names, ..Self::default() }
    }

    /// The table was opened at this moment: whoever is not here is away since then.
    pub(crate) fn opened(&mut self, now_ms: u64) {
        self.opened_ms = now_ms;
    }

    pub(crate) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Somebody new.
    pub(crate) fn add(&mut self, role: Role) -> PersonId {
        self.roster.next += 1;
        let id = PersonId(self.roster.next);
        self.roster.people.push(Kept::new(id, role));
        id
    }

    /// Somebody new, of whom nobody knows yet whether they will have their token.
    pub(crate) fn add_guest(&mut self, role: Role) -> PersonId {
        let id = self.add(role);
        if let Some(person) = self.find_mut(id) {
            person.unproven = true;
        }
        id
    }

    /// Somebody said something. It may show that they have their token: whether it does, and did not before.
    pub(crate) fn speaks(&mut self, id: PersonId, now_ms: u64, of_the_table: bool) -> bool {
        let long = self.came_ms.get(&id).is_some_and(|came| now_ms.saturating_sub(*came) >= PROVEN_AFTER_MS);
        match self.find_mut(id).filter(|p| p.unproven && (of_the_table || long)) {
            Some(person) => {
                person.unproven = false;
                true
            }
            None => false,
        }
    }

    /// Takes out whoever can't come back: cut off before they had their token, and away for a while. They hold no seat
    /// and have said nothing.
    pub(crate) fn forget_lost(&mut self, now_ms: u64) -> Vec<PersonId> {
        let lost = |p: &&Kept| {
            p.unproven
                && p.seats.is_empty()
                && p.role != Role::Facilitator
                && self.away_ms(p.id, now_ms) >= FORGOTTEN_AFTER_MS
        };
        let lost: Vec<_> = self.roster.people.iter().filter(lost).map(|p| p.id).collect();
        lost.iter().for_each(|id| self.take_out(*id));
        lost
    }

    fn take_out(&mut self, id: PersonId) {
        self.roster.people.retain(|p| p.id != id);
        self.names.remove(&id);
        self.left_ms.remove(&id);
    }

    /// For how long somebody has been away; 0 where they are here.
    fn away_ms(&self, id: PersonId, now_ms: u64) -> u64 {
        let since = self.left_ms.get(&id).copied().unwrap_or(self.opened_ms);
        if self.is_here(id) { 0 } else { now_ms.saturating_sub(since) }
    }

    /// Whoever comes in now uses numbers that no device of theirs has used. `last` is the greatest that is known of.
    pub(crate) fn begin_numbers(&mut self, id: PersonId, last: u32) {
        if let Some(person) = self.find_mut(id) {
            let first = person.numbers_to.max(last.saturating_add(1));
            // Where there are none left, they are shared as they were once.
            person.numbers_to = first.checked_add(NUMBERS_A_DEVICE).unwrap_or(person.numbers_to);
        }
    }

    /// The first number of whoever came in last.
    pub(crate) fn first_number(&self, id: PersonId) -> u32 {
        self.find(id).map_or(1, |p| p.numbers_to.saturating_sub(NUMBERS_A_DEVICE).max(1))
    }

    /// Somebody has used this number: there are always some left that nobody else will use. Whether more were needed.
    pub(crate) fn uses_number(&mut self, id: PersonId, number: u32) -> bool {
        let short = |p: &&mut Kept| p.numbers_to > 0 && number.saturating_add(NUMBERS_AHEAD) >= p.numbers_to;
        match (self.find_mut(id).filter(short), number.checked_add(NUMBERS_A_DEVICE)) {
            (Some(person), Some(to)) => {
                person.numbers_to = to;
                true
            }
            _ => false,
        }
    }

    pub(crate) fn erase_names(&mut self) {
        self.names.clear();
    }

    pub(crate) fn set_name(&mut self, id: PersonId, name: String) {
        self.names.insert(id, name);
    }

    /// Whether this token lets its owner in again. A token that is the newest puts out the one before.
    pub(crate) fn takes_token(&mut self, id: PersonId, hash: TokenHash) -> bool {
        let Some(person) = self.find_mut(id) else { return false };
        if person.token == Some(hash) {
            person.token_before = Some(hash);
            person.token = None;
        } else if person.token_before != Some(hash) {
            return false;
        }
        person.unproven = false;
        true
    }

    /// The token that replaces the one that was taken.
    pub(crate) fn give_token(&mut self, id: PersonId, hash: TokenHash) {
        if let Some(person) = self.find_mut(id) {
            person.token = Some(hash);
        }
    }

    pub(crate) fn is_muted(&self, id: PersonId) -> bool {
        self.find(id).is_some_and(|p| p.muted)
    }

    pub(crate) fn mute(&mut self, id: PersonId, muted: bool) -> Result<(), Denied> {
        self.find_mut(id).ok_or(Denied::NoSuchPerson)?.muted = muted;
        Ok(())
    }

    /// Somebody is asked to leave: their tokens are good no more. Their seats are left by the caller.
    pub(crate) fn send_away(&mut self, id: PersonId) -> Result<(), Denied> {
        self.find(id).ok_or(Denied::NoSuchPerson)?;
        self.take_out(id);
        Ok(())
    }

    pub(crate) fn chat(&self) -> bool {
        self.roster.chat
    }

    pub(crate) fn let_chat(&mut self, chat: bool) {
        self.roster.chat = chat;
    }

    /// How many have a place.
    pub(crate) fn count(&self) -> usize {
        self.roster.count()
    }

    pub(crate) fn here_count(&self) -> usize {
        self.here.len()
    }

    pub(crate) fn seats_of(&self, id: PersonId) -> SeatSet {
        self.find(id).map_or(SeatSet::NONE, |p| p.seats)
    }

    /// Looks anew which held seats are voiced by the table; whether that has changed.
    pub(crate) fn look_who_is_away(&mut self, now_ms: u64) -> bool {
        let away = |p: &Kept| self.away_ms(p.id, now_ms) >= VOICED_AFTER_MS;
        let voiced = Perspective::ALL
            .into_iter()
            .filter(|seat| {
                let mut team = self.roster.people.iter().filter(|p| p.seats.has(*seat)).peekable();
                team.peek().is_some() && team.all(away)
            })
            .fold(SeatSet::NONE, SeatSet::with);
        std::mem::replace(&mut self.voiced, voiced) != voiced
    }

    pub(crate) fn is_voiced(&self, seat: Perspective) -> bool {
        self.voiced.has(seat)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = PersonId> {
        self.roster.people.iter().map(|p| p.id)
    }

    fn find(&self, id: PersonId) -> Option<&Kept> {
        self.roster.people.iter().find(|p| p.id == id)
    }

    fn find_mut(&mut self, id: PersonId) -> Option<&mut Kept> {
        self.roster.people.iter_mut().find(|p| p.id == id)
    }

    pub(crate) fn role(&self, id: PersonId) -> Option<Role> {
        self.find(id).map(|p| p.role)
    }

    pub(crate) fn is_facilitator(&self, id: PersonId) -> bool {
        self.role(id) == Some(Role::Facilitator)
    }

    /// Whether nobody else facilitates.
    pub(crate) fn is_last_facilitator(&self, id: PersonId) -> bool {
        let mut others = self.roster.people.iter().filter(|p| p.role == Role::Facilitator && p.id != id);
        self.is_facilitator(id) && others.next().is_none()
    }

    pub(crate) fn is_here(&self, id: PersonId) -> bool {
        self.here.contains(&id)
    }

    pub(crate) fn come(&mut self, id: PersonId, now_ms: u64) {
        if !self.is_here(id) {
            self.here.push(id);
        }
        self.left_ms.remove(&id);
        self.came_ms.insert(id, now_ms);
        let seats = self.seats_of(id);
        self.voiced = Perspective::ALL.into_iter().filter(|s| seats.has(*s)).fold(self.voiced, SeatSet::without);
        if self.is_facilitator(id) {
            self.no_facilitator_since_ms = None;
            self.facilitated = true;
        }
    }

    pub(crate) fn go(&mut self, id: PersonId, now_ms: u64) {
        self.here.retain(|p| *p != id);
        self.hands.retain(|p| *p != id);
        self.came_ms.remove(&id);
        if self.find(id).is_some() {
            self.left_ms.insert(id, now_ms);
        }
        if self.is_facilitator(id) && !self.facilitator_here() {
            self.no_facilitator_since_ms = Some(now_ms);
        }
    }

    pub(crate) fn facilitator_here(&self) -> bool {
        self.here.iter().any(|p| self.is_facilitator(*p))
    }

    pub(crate) fn raise_hand(&mut self, id: PersonId, up: bool) {
        self.hands.retain(|p| *p != id);
        if up {
            self.hands.push(id);
        }
    }

    /// Everyone who holds `seat`.
    pub(crate) fn team(&self, seat: Perspective) -> impl Iterator<Item = PersonId> {
        self.roster.people.iter().filter(move |p| p.seats.has(seat)).map(|p| p.id)
    }

    pub(crate) fn holds(&self, id: PersonId, seat: Perspective) -> bool {
        self.find(id).is_some_and(|p| p.seats.has(seat))
    }

    /// The seat's speaker: whoever was made it and is still of the team, else the first of the team.
    pub(crate) fn speaker(&self, seat: Perspective) -> Option<PersonId> {
        self.roster.speakers[seat.index()].filter(|p| self.holds(*p, seat)).or_else(|| self.team(seat).next())
    }

    pub(crate) fn take_seat(&mut self, id: PersonId, seat: Perspective) {
        if let Some(person) = self.find_mut(id) {
            person.seats = person.seats.with(seat);
        }
    }

    pub(crate) fn leave_seat(&mut self, id: PersonId, seat: Perspective) {
        if let Some(person) = self.find_mut(id) {
            person.seats = person.seats.without(seat);
        }
    }

    pub(crate) fn make_speaker(&mut self, seat: Perspective, id: PersonId) -> Result<(), Denied> {
        if !self.holds(id, seat) {
            return Err(Denied::NotOfTheTeam);
        }
        self.roster.speakers[seat.index()] = Some(id);
        Ok(())
    }

    pub(crate) fn give_role(&mut self, id: PersonId, role: Role) -> Result<(), Denied> {
        if role != Role::Facilitator && self.is_last_facilitator(id) {
            return Err(Denied::LastFacilitator);
        }
        self.find_mut(id).ok_or(Denied::NoSuchPerson)?.role = role;
        Ok(())
    }

    /// Two minutes after the last facilitator left, a seat may claim the role.
    pub(crate) fn claim_facilitator(&mut self, id: PersonId, now_ms: u64) -> Result<(), Denied> {
        if self.facilitator_here() {
            return Err(Denied::NotYetClaimable { wait_s: 0 });
        }
        // Where the table was opened again and no facilitator has come yet, the last one left then at the latest.
        let left_ms = if self.facilitated { now_ms } else { self.opened_ms };
        let since_ms = *self.no_facilitator_since_ms.get_or_insert(left_ms);
        let wait_ms = CLAIM_AFTER_MS.saturating_sub(now_ms.saturating_sub(since_ms));
        if wait_ms > 0 {
            return Err(Denied::NotYetClaimable { wait_s: wait_ms.div_ceil(1000) as u16 });
        }
        if self.find(id).is_none_or(|p| p.seats.is_empty()) {
            return Err(Denied::LooksOn);
        }
        self.no_facilitator_since_ms = None;
        self.give_role(id, Role::Facilitator)
    }

    /// What everyone may see of everyone.
    pub(crate) fn view(&self) -> People {
        let person = |p: &Kept| Person {
            id: p.id,
            role: p.role,
            seats: p.seats,
            here: self.is_here(p.id),
            hand: self.hands.contains(&p.id),
            name: self.names.get(&p.id).cloned().unwrap_or_default(),
            muted: p.muted,
        };
        People {
            people: self.roster.people.iter().map(person).collect(),
            voiced: self.voiced,
            chat: self.roster.chat,
            speakers: Perspective::ALL.map(|seat| self.speaker(seat)),
            ..People::default()
        }
    }
}
