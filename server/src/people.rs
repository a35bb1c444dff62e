//! Who is at a table: roles, seats, speakers. What of it lasts is kept beside the journal.

use std::collections::HashMap;

use instep_protocol::{Denied, People, Person, PersonId, Role};
use instep_rules::{Perspective, SeatSet};
use serde::{Deserialize, Serialize};

/// How long after the last facilitator left any seat may claim the role (rules.md, "At any time").
const CLAIM_AFTER_MS: u64 = 120_000;

/// How long a whole team has to be away before the table voices its seat.
const VOICED_AFTER_MS: u64 = 60_000;

/// The SHA-256 of a token's secret.
pub(crate) type TokenHash = [u8; 32];

/// What of a person is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Kept {
    id: PersonId,
    role: Role,
    seats: SeatSet,
    muted: bool,
    /// Asked to leave: no token of theirs is good.
    sent_away: bool,
    /// The newest token, and the one before, which is good until the newest is first used.
    token: Option<TokenHash>,
    token_before: Option<TokenHash>,
}

/// What is kept of everyone at a table. What they are called is kept apart.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Roster {
    people: Vec<Kept>,
    speakers: [Option<PersonId>; 4],
    next: u32,
    chat: bool,
}

/// [`Roster`] as the first format of the database had it.
#[derive(Deserialize)]
struct FirstRoster {
    people: Vec<(PersonId, Role, SeatSet)>,
    speakers: [Option<PersonId>; 4],
    next: u32,
}

impl Roster {
    /// From the bytes of the first format.
    pub(crate) fn from_first(bytes: &[u8]) -> Option<Self> {
        let FirstRoster { people, speakers, next } = postcard::from_bytes(bytes).ok()?;
        let people = people.into_iter().map(|(id, role, seats)| Kept::new(id, role, seats)).collect();
        Some(Self { people, speakers, next, chat: false })
    }
}

impl Roster {
    /// The same people; nobody comes back with a token of another server.
    pub(crate) fn without_tokens(mut self) -> Self {
        for person in &mut self.people {
            (person.token, person.token_before) = (None, None);
        }
        self
    }

    /// Whether there are more people than a table takes, or nobody who facilitates, or numbers that don't follow.
    pub(crate) fn is_out_of_limits(&self) -> bool {
        self.people.len() > crate::door::PEOPLE_MAX
            || self.first_facilitator().is_none()
            || self.people.windows(2).any(|two| two[0].id >= two[1].id)
            || self.people.last().is_some_and(|p| p.id.0 > self.next)
    }

    /// How many have a place, those who were asked to leave apart.
    pub(crate) fn count(&self) -> usize {
        self.people.iter().filter(|p| !p.sent_away).count()
    }

    /// The facilitator who has been there longest.
    pub(crate) fn first_facilitator(&self) -> Option<PersonId> {
        self.people.iter().find(|p| p.role == Role::Facilitator && !p.sent_away).map(|p| p.id)
    }

    /// Gives somebody their first token.
    pub(crate) fn give_token(&mut self, id: PersonId, hash: TokenHash) {
        if let Some(person) = self.people.iter_mut().find(|p| p.id == id) {
            person.token = Some(hash);
        }
    }
}

impl Kept {
    fn new(id: PersonId, role: Role, seats: SeatSet) -> Self {
        Self { id, role, seats, muted: false, sent_away: false, token: None, token_before: None }
    }
}

/// Everyone at a table.
#[derive(Debug, Default)]
pub(crate) struct Everyone {
    roster: Roster,
    names: HashMap<PersonId, String>,
    here: Vec<PersonId>,
    hands: Vec<PersonId>,
    /// When each who is not here was last here; whoever is not named was not here since the table was opened.
    left_ms: HashMap<PersonId, u64>,
    opened_ms: u64,
    voiced: SeatSet,
    no_facilitator_since_ms: Option<u64>,
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
        self.roster.people.push(Kept::new(id, role, SeatSet::NONE));
        id
    }

    pub(crate) fn erase_names(&mut self) {
        self.names.clear();
    }

    pub(crate) fn set_name(&mut self, id: PersonId, name: String) {
        self.names.insert(id, name);
    }

    /// Whether this token lets its owner in again. A token that is the newest puts out the one before.
    pub(crate) fn takes_token(&mut self, id: PersonId, hash: TokenHash) -> bool {
        let Some(person) = self.find_mut(id).filter(|p| !p.sent_away) else { return false };
        if person.token == Some(hash) {
            person.token_before = Some(hash);
            person.token = None;
            true
        } else {
            person.token_before == Some(hash)
        }
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
        let person = self.find_mut(id).ok_or(Denied::NoSuchPerson)?;
        (person.sent_away, person.token, person.token_before) = (true, None, None);
        person.role = Role::Observer;
        Ok(())
    }

    pub(crate) fn chat(&self) -> bool {
        self.roster.chat
    }

    pub(crate) fn let_chat(&mut self, chat: bool) {
        self.roster.chat = chat;
    }

    /// Everyone who was not asked to leave.
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
        let away = |p: &Kept| {
            let since = self.left_ms.get(&p.id).copied().unwrap_or(self.opened_ms);
            !self.is_here(p.id) && now_ms.saturating_sub(since) >= VOICED_AFTER_MS
        };
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

    pub(crate) fn come(&mut self, id: PersonId) {
        if !self.is_here(id) {
            self.here.push(id);
        }
        self.left_ms.remove(&id);
        let seats = self.seats_of(id);
        self.voiced = Perspective::ALL.into_iter().filter(|s| seats.has(*s)).fold(self.voiced, SeatSet::without);
        if self.is_facilitator(id) {
            self.no_facilitator_since_ms = None;
        }
    }

    pub(crate) fn go(&mut self, id: PersonId, now_ms: u64) {
        self.here.retain(|p| *p != id);
        self.hands.retain(|p| *p != id);
        self.left_ms.insert(id, now_ms);
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
        let wait_ms = match self.no_facilitator_since_ms {
            _ if self.facilitator_here() => return Err(Denied::NotYetClaimable { wait_s: 0 }),
            // The table was opened again and no facilitator has come yet: it counts from now.
            None => {
                self.no_facilitator_since_ms = Some(now_ms);
                CLAIM_AFTER_MS
            }
            Some(since) => CLAIM_AFTER_MS.saturating_sub(now_ms.saturating_sub(since)),
        };
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
            people: self.roster.people.iter().filter(|p| !p.sent_away).map(person).collect(),
            voiced: self.voiced,
            chat: self.roster.chat,
            speakers: Perspective::ALL.map(|seat| self.speaker(seat)),
            ..People::default()
        }
    }
}
