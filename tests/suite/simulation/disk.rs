//! A disk that commits in groups, after a while, and forgets what it had not written when the power goes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use instep_protocol::{People, PersonId, Role, WordKind};
use instep_rules::{Event, SeatSet};
use instep_server::{Batch, Commits, DataTrouble, Disk, DoorRow, KeptWord, StoredCommand, StoredTable, TableId};

use serde::Deserialize;

use crate::typed::number_of;

/// Batches in one commit at most.
const GROUP_MAX: usize = 256;

/// Whose request a command was, its number, and the words kept with it.
type Asked = Option<(PersonId, u32, Option<u32>)>;

/// What is kept of a person, as `server/src/roster.rs` writes it.
#[derive(Deserialize)]
struct Person {
    id: PersonId,
    role: Role,
    seats: SeatSet,
    muted: bool,
    _token: Option<[u8; 32]>,
    _token_before: Option<[u8; 32]>,
    _unproven: bool,
    _numbers_to: u32,
}

#[derive(Deserialize)]
struct Roster {
    people: Vec<Person>,
    _speakers: [Option<PersonId>; 4],
    _next: u32,
    chat: bool,
}

/// Who sits where, and what else of people is kept and shown.
pub(crate) type Seating = (bool, Vec<(PersonId, Role, SeatSet, bool)>);

/// The same of what is shown.
pub(crate) fn seating(people: &People) -> Seating {
    (people.chat, people.people.iter().map(|p| (p.id, p.role, p.seats, p.muted)).collect())
}

/// What is kept of a table, and all that ever was.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) stored: StoredTable,
    pub(crate) log: Vec<Event>,
    /// For each command the number of its last event, and whose request it was.
    pub(crate) asked: Vec<(u32, Asked)>,
    /// Who sat where, at each time.
    pub(crate) people: Vec<Vec<u8>>,
    pub(crate) seatings: Vec<Seating>,
    /// Whoever was a facilitator, ever.
    pub(crate) facilitators: BTreeSet<PersonId>,
    pub(crate) names: BTreeSet<(PersonId, String)>,
    pub(crate) doors: Vec<DoorRow>,
    /// The text of words, at each time.
    pub(crate) texts: BTreeMap<u32, String>,
}

/// The disk itself: it outlives the server.
#[derive(Debug, Default)]
pub(crate) struct Platter {
    pub(crate) tables: BTreeMap<TableId, Kept>,
    /// Tables that were deleted.
    pub(crate) deleted: BTreeSet<TableId>,
    /// Those of which nobody has looked whether they were to be.
    pub(crate) deleted_now: Vec<TableId>,
    /// Handed over and not begun with.
    queue: VecDeque<Box<Batch>>,
    /// What is being written.
    group: Vec<Batch>,
    /// Nothing is written any more.
    broken: bool,
    /// How many batches were handed over that hold more than a door.
    pub(crate) handed_over: u64,
    /// Words that were erased and of which the lobby has not been told.
    pub(crate) erased: Vec<usize>,
    /// Rules that a commit broke.
    pub(crate) faults: Vec<String>,
}

impl Platter {
    /// Begins to write what there is; whether there is anything.
    pub(crate) fn begin(&mut self) -> bool {
        if self.group.is_empty() {
            let count = self.queue.len().min(GROUP_MAX);
            self.group.extend(self.queue.drain(..count).map(|batch| *batch));
            return !self.group.is_empty();
        }
        false
    }

    /// What was begun is written, or, where only so many batches are, is not. What the lobby is to be told.
    pub(crate) fn end(&mut self, only: Option<usize>) -> Commits {
        let tables = self.group.iter().map(|b| b.table).collect();
        let count = if self.broken { 0 } else { only.unwrap_or(self.group.len()).min(self.group.len()) };
        for batch in std::mem::take(&mut self.group).into_iter().take(count) {
            self.write(batch);
        }
        self.broken |= only.is_some();
        match self.broken {
            true => Commits::Failed(tables, DataTrouble::Machine { what: "the disk is full".into() }),
            false => Commits::Done(tables),
        }
    }

    /// The power goes: of what was being written some may be there.
    pub(crate) fn power_off(&mut self, only: usize) {
        self.end(Some(only));
        self.queue.clear();
        self.broken = false;
        self.erased.clear();
    }

    pub(crate) fn writes(&self) -> bool {
        !self.group.is_empty()
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    pub(crate) fn group_len(&self) -> usize {
        self.group.len()
    }

    fn write(&mut self, batch: Batch) {
        let id = batch.table;
        if batch.deletes {
            self.tables.remove(&id);
            self.deleted.insert(id);
            self.deleted_now.push(id);
            return;
        }
        if let Some(new) = batch.new {
            let kept = Kept {
                doors: vec![new.door.clone()],
                stored: *new,
                log: Vec::new(),
                asked: Vec::new(),
                people: Vec::new(),
                seatings: Vec::new(),
                facilitators: BTreeSet::new(),
                names: BTreeSet::new(),
                texts: BTreeMap::new(),
            };
            if self.tables.insert(id, kept).is_some() || self.deleted.contains(&id) {
                self.faults.push(format!("table {} was made twice", id.0));
            }
        }
        let Some(kept) = self.tables.get_mut(&id) else {
            // The database takes it without a word: nothing has this number.
            return;
        };
        if batch.erases {
            self.erased.extend(kept.typed());
            kept.stored.words.iter_mut().for_each(|word| word.text = None);
            kept.stored.names.clear();
            kept.stored.door.called.clear();
        }
        if let Some(row) = batch.command {
            let events: Vec<Event> = postcard::from_bytes(&row.events).unwrap_or_default();
            if events.is_empty() || row.first != kept.log.len() as u32 + 1 {
                self.faults.push(format!("table {}: event {} comes after {}", id.0, row.first, kept.log.len()));
            }
            if let Some((person, number, _)) = row.asked {
                let twice = kept.asked.iter().any(|(_, a)| a.is_some_and(|(p, n, _)| (p, n) == (person, number)));
                if twice {
                    self.faults.push(format!("table {}: request {number} of {person:?} was done twice", id.0));
                }
            }
            kept.log.extend(&events);
            kept.asked.push((kept.log.len() as u32, row.asked));
            let (first, hash, asked) = (row.first, row.hash, row.asked);
            kept.stored.commands.push(StoredCommand { first, events: Some(events), hash, asked });
        }
        if let Some(word) = batch.word {
            // A step is sent again under its request's number.
            let noted = |w: &KeptWord| w.kind != WordKind::Step;
            let again = kept.stored.words.iter().filter(|w| noted(w) && noted(&word));
            let again = again.filter(|w| w.id != word.id).find(|w| w.nonce == word.nonce);
            if let Some(again) = again {
                self.faults.push(format!("table {}: words {} were kept again as {}", id.0, again.id, word.id));
            }
            if let Some(text) = &word.text {
                kept.texts.insert(word.id, text.clone());
            }
            match kept.stored.words.iter_mut().find(|w| w.id == word.id) {
                Some(old) => {
                    if old.text.is_none() && word.text.is_some() {
                        self.faults.push(format!("table {}: erased words {} are back", id.0, word.id));
                    }
                    *old = word;
                }
                None => kept.stored.words.push(word),
            }
        }
        if let Some(people) = batch.people {
            match (kept.stored.sit(&people), postcard::from_bytes::<Roster>(&people)) {
                (Ok(()), Ok(roster)) => {
                    let lead = roster.people.iter().filter(|p| p.role == Role::Facilitator);
                    kept.facilitators.extend(lead.map(|p| p.id));
                    let seating = roster.people.iter().map(|p| (p.id, p.role, p.seats, p.muted)).collect();
                    kept.seatings.push((roster.chat, seating));
                }
                _ => self.faults.push(format!("table {}: who sits where can't be read", id.0)),
            }
            kept.people.push(people);
        }
        if let Some((person, name)) = batch.name {
            kept.stored.names.retain(|(p, _)| *p != person);
            if !name.is_empty() {
                kept.names.insert((person, name.clone()));
                kept.stored.names.push((person, name));
            }
        }
        if let Some(door) = batch.door {
            kept.doors.push(door.clone());
            kept.stored.door = door;
        }
        kept.stored.closed |= batch.closes;
    }
}

impl Kept {
    /// The numbers of all that somebody typed and that is here still.
    pub(crate) fn typed(&self) -> Vec<usize> {
        let words = self.stored.words.iter().filter_map(|w| w.text.as_deref());
        let names = self.stored.names.iter().map(|(_, name)| name.as_str());
        words.chain(names).chain([self.stored.door.called.as_str()]).filter_map(number_of).collect()
    }
}

/// What the lobby has of it.
#[derive(Debug, Clone)]
pub(crate) struct SimDisk(pub(crate) Rc<RefCell<Platter>>);

impl Disk for SimDisk {
    fn keep(&mut self, batch: Box<Batch>) {
        let mut platter = self.0.borrow_mut();
        let more = batch.command.is_some() || batch.word.is_some() || batch.people.is_some() || batch.name.is_some();
        platter.handed_over += u64::from(more);
        platter.queue.push_back(batch);
    }

    fn commits(&mut self, _wait: bool) -> Option<Commits> {
        None
    }

    fn table(&self, id: TableId) -> Result<StoredTable, DataTrouble> {
        let platter = self.0.borrow();
        platter.tables.get(&id).map(|kept| kept.stored.clone()).ok_or(DataTrouble::NoSuchTable { id: id.0 })
    }

    fn doors(&self) -> Result<Vec<(TableId, bool, DoorRow)>, DataTrouble> {
        let platter = self.0.borrow();
        Ok(platter.tables.iter().map(|(id, kept)| (*id, kept.stored.closed, kept.stored.door.clone())).collect())
    }

    fn last_table(&self) -> Result<i64, DataTrouble> {
        let platter = self.0.borrow();
        let ever = platter.tables.keys().next_back().max(platter.deleted.last());
        Ok(ever.map_or(0, |id| id.0))
    }
}
