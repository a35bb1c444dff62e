//! One table in this process, with links through memory that carry the frames of the network.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

use instep_protocol::{Frames, FromClient, FromTable, PersonId, Role, encode_into};

use crate::{DataTrouble, Effect, Hall, Input, NewTable, TableId, To};

type Outbox = Rc<RefCell<Vec<u8>>>;

/// A table, its hall, and whoever is connected through memory.
#[derive(Debug)]
pub struct Room {
    hall: Hall,
    table: TableId,
    creator: PersonId,
    links: HashMap<PersonId, Outbox>,
    since: Instant,
}

/// One person's end of a connection through memory.
#[derive(Debug)]
pub struct Link {
    person: PersonId,
    inbox: Outbox,
    frames: Frames,
}

impl Link {
    /// Who it belongs to.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The next message, if there is one.
    pub fn take(&mut self) -> Option<FromTable> {
        let bytes = std::mem::take(&mut *self.inbox.borrow_mut());
        self.frames.push(&bytes);
        // Both ends are this program: a frame that can't be read can't be written either.
        self.frames.take().ok().flatten()
    }
}

impl Room {
    /// Makes a new table and opens it.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn create(mut hall: Hall, new: NewTable) -> Result<Self, DataTrouble> {
        let (table, creator) = hall.create(new)?;
        Ok(Self { hall, table, creator, links: HashMap::new(), since: Instant::now() })
    }

    /// Opens a stored table where it was left.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn reopen(mut hall: Hall, table: TableId) -> Result<Self, DataTrouble> {
        let creator = hall.reopen(table)?;
        Ok(Self { hall, table, creator, links: HashMap::new(), since: Instant::now() })
    }

    /// The hall.
    #[must_use]
    pub fn hall(&self) -> &Hall {
        &self.hall
    }

    /// The table's number.
    #[must_use]
    pub fn table(&self) -> TableId {
        self.table
    }

    /// The table's facilitator: whoever made it.
    #[must_use]
    pub fn creator(&self) -> PersonId {
        self.creator
    }

    /// Somebody new at the table.
    pub fn add_person(&mut self, role: Role) -> Option<PersonId> {
        let person = self.hall.add_person(self.table, role);
        self.post();
        person
    }

    /// Connects somebody. Their earlier link hears nothing more.
    pub fn connect(&mut self, person: PersonId) -> Link {
        let inbox = Outbox::default();
        self.links.insert(person, Rc::clone(&inbox));
        self.hand(Input::Come(person));
        Link { person, inbox, frames: Frames::default() }
    }

    /// Somebody's connection ends.
    pub fn disconnect(&mut self, person: PersonId) {
        self.links.remove(&person);
        self.hand(Input::Go(person));
    }

    /// Sends a message through its frame, and waits until what it brings about is on disk.
    ///
    /// # Errors
    /// [`DataTrouble`], if it could not be kept; the table has stopped then, and said so to everyone.
    pub fn send(&mut self, person: PersonId, message: &FromClient) -> Result<(), DataTrouble> {
        let mut frame = Vec::new();
        let mut frames = Frames::default();
        // Too long for a frame: nothing that a client of ours makes is.
        if encode_into(message, &mut frame).is_ok() {
            frames.push(&frame);
        }
        if let Ok(Some(message)) = frames.take() {
            self.hand(Input::Said(person, message));
        }
        let kept = self.hall.settle();
        self.post();
        kept
    }

    fn hand(&mut self, input: Input) {
        let now_ms = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.hall.handle(self.table, now_ms, input);
        self.post();
    }

    /// Puts messages into the links' inboxes as frames; one frame for everyone is encoded once.
    fn post(&mut self) {
        for (_, effect) in self.hall.take_effects() {
            let Effect::Send(to, message) = effect else { continue };
            let mut frame = Vec::new();
            if encode_into(&message, &mut frame).is_err() {
                continue;
            }
            match to {
                To::Everyone => self.links.values().for_each(|inbox| inbox.borrow_mut().extend_from_slice(&frame)),
                To::One(person) => {
                    if let Some(inbox) = self.links.get(&person) {
                        inbox.borrow_mut().extend_from_slice(&frame);
                    }
                }
            }
        }
    }
}
