//! Who is at a table: roles, seats, speakers. What of it lasts is kept beside the journal.

use instep_protocol::{Denied, People, Person, PersonId, Role};
use instep_rules::{Perspective, SeatSet};
use serde::{Deserialize, Serialize};

/// How long after the last facilitator left any seat may claim the role (rules.md, "At any time").
const CLAIM_AFTER_MS: u64 = 120_000;

/// What of a person is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Kept {
    id: PersonId,
    role: Role,
    seats: SeatSet,
}

/// What is kept of everyone at a table.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Roster {
    people: Vec<Kept>,
    speakers: [Option<PersonId>; 4],
    next: u32,
}

/// Everyone at a table.
#[derive(Debug, Default)]
pub(crate) struct Everyone {
    roster: Roster,
    here: Vec<PersonId>,
    hands: Vec<PersonId>,
    no_facilitator_since_ms: Option<u64>,
}

impl Everyone {
    /// A new table's: its creator facilitates.
    pub(crate) fn with_creator() -> (Self, PersonId) {
        let mut everyone = Self::default();
        let creator = everyone.add(Role::Facilitator);
        (everyone, creator)
    }

    pub(crate) fn of(roster: Roster) -> Self {
        Self { roster, ..Self::default() }
    }

    pub(crate) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Somebody new.
    pub(crate) fn add(&mut self, role: Role) -> PersonId {
        self.roster.next += 1;
        let id = PersonId(self.roster.next);
        self.roster.people.push(Kept { id, role, seats: SeatSet::NONE });
        id
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

    pub(crate) fn is_here(&self, id: PersonId) -> bool {
        self.here.contains(&id)
    }

    pub(crate) fn come(&mut self, id: PersonId) {
        if !self.is_here(id) {
            self.here.push(id);
        }
        if self.is_facilitator(id) {
            self.no_facilitator_since_ms = None;
        }
    }

    pub(crate) fn go(&mut self, id: PersonId, now_ms: u64) {
        self.here.retain(|p| *p != id);
        self.hands.retain(|p| *p != id);
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
        let facilitators = self.roster.people.iter().filter(|p| p.role == Role::Facilitator).count();
        let person = self.find_mut(id).ok_or(Denied::NoSuchPerson)?;
        if person.role == Role::Facilitator && role != Role::Facilitator && facilitators == 1 {
            return Err(Denied::LastFacilitator);
        }
        person.role = role;
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
        };
        People {
            people: self.roster.people.iter().map(person).collect(),
            speakers: Perspective::ALL.map(|seat| self.speaker(seat)),
            ..People::default()
        }
    }
}
