//! What is kept of who is at a table, and how earlier formats of the database had it.

use instep_protocol::{PersonId, Role};
use instep_rules::SeatSet;
use serde::{Deserialize, Serialize};

/// The SHA-256 of a token's secret.
pub(crate) type TokenHash = [u8; 32];

/// What of a person is kept. Whoever was asked to leave is not: no token of theirs is good.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: PersonId,
    pub(crate) role: Role,
    pub(crate) seats: SeatSet,
    pub(crate) muted: bool,
    /// The newest token, and the one before, which is good until the newest is first used.
    pub(crate) token: Option<TokenHash>,
    pub(crate) token_before: Option<TokenHash>,
    /// Nothing has shown yet that anybody has this person's token.
    pub(crate) unproven: bool,
    /// The devices of this person have used no number from here on; 0 where none ever came over a network.
    pub(crate) numbers_to: u32,
}

/// What is kept of everyone at a table. What they are called is kept apart.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Roster {
    pub(crate) people: Vec<Kept>,
    pub(crate) speakers: [Option<PersonId>; 4],
    pub(crate) next: u32,
    pub(crate) chat: bool,
}

/// [`Roster`] as the first format of the database had it.
#[derive(Deserialize)]
struct FirstRoster {
    people: Vec<(PersonId, Role, SeatSet)>,
    speakers: [Option<PersonId>; 4],
    next: u32,
}

/// And as the second had it.
#[derive(Deserialize)]
struct SecondRoster {
    people: Vec<SecondKept>,
    speakers: [Option<PersonId>; 4],
    next: u32,
    chat: bool,
}

#[derive(Deserialize)]
struct SecondKept {
    id: PersonId,
    role: Role,
    seats: SeatSet,
    muted: bool,
    sent_away: bool,
    token: Option<TokenHash>,
    token_before: Option<TokenHash>,
}

impl Roster {
    /// From the bytes of a database of that format.
    pub(crate) fn read(bytes: &[u8], format: i64) -> Option<Self> {
        match format {
            1 => {
                let FirstRoster { people, speakers, next } = postcard::from_bytes(bytes).ok()?;
                let people =
                    people.into_iter().map(|(id, role, seats)| Kept { seats, ..Kept::new(id, role) }).collect();
                Some(Self { people, speakers, next, chat: false })
            }
            2 => {
                let SecondRoster { people, speakers, next, chat } = postcard::from_bytes(bytes).ok()?;
                let people = people.into_iter().filter(|p| !p.sent_away).map(Kept::from).collect();
                Some(Self { people, speakers, next, chat })
            }
            _ => postcard::from_bytes(bytes).ok(),
        }
    }

    /// As it is kept.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        // Plain data in memory: postcard has no reason to fail.
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The same people; nobody comes back with a token of another server.
    pub(crate) fn without_tokens(mut self) -> Self {
        for person in &mut self.people {
            (person.token, person.token_before) = (None, None);
        }
        self
    }

    /// Whether there are more people than a table takes, or nobody who facilitates, or numbers that don't follow.
    pub(crate) fn is_out_of_limits(&self) -> bool {
        self.count() > crate::door::PEOPLE_MAX
            || self.first_facilitator().is_none()
            || self.people.windows(2).any(|two| two[0].id >= two[1].id)
            || self.people.last().is_some_and(|p| p.id.0 > self.next)
    }

    /// How many have a place.
    pub(crate) fn count(&self) -> usize {
        self.people.len()
    }

    /// The facilitator who has been there longest.
    pub(crate) fn first_facilitator(&self) -> Option<PersonId> {
        self.people.iter().find(|p| p.role == Role::Facilitator).map(|p| p.id)
    }

    /// Gives somebody their first token.
    pub(crate) fn give_token(&mut self, id: PersonId, hash: TokenHash) {
        if let Some(person) = self.people.iter_mut().find(|p| p.id == id) {
            person.token = Some(hash);
        }
    }
}

impl Kept {
    pub(crate) fn new(id: PersonId, role: Role) -> Self {
        Self {
            id,
            role,
            seats: SeatSet::NONE,
            muted: false,
            token: None,
            token_before: None,
            unproven: false,
            numbers_to: 0,
        }
    }
}

impl From<SecondKept> for Kept {
    fn from(p: SecondKept) -> Self {
        let (token, token_before) = (p.token, p.token_before);
        Self { seats: p.seats, muted: p.muted, token, token_before, ..Self::new(p.id, p.role) }
    }
}
