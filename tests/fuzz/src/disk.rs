//! A disk in memory, which writes when it is told to and can fail.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use instep_rules::Event;
use instep_server::{Batch, Commits, DataTrouble, Disk, DoorRow, StoredCommand, StoredTable, TableId};

/// What is on it, and what is on its way there.
#[derive(Debug, Default)]
pub(crate) struct Platter {
    pub(crate) tables: BTreeMap<TableId, StoredTable>,
    queue: VecDeque<Box<Batch>>,
    pub(crate) broken: bool,
}

impl Platter {
    /// The number of a table's last event.
    pub(crate) fn last(&self, id: TableId) -> u32 {
        let commands = self.tables.get(&id).map_or(&[][..], |table| &table.commands);
        commands.last().map_or(0, |c| c.first + c.events.as_ref().map_or(0, Vec::len) as u32 - 1)
    }

    /// Writes all there is; what the lobby is to be told, if anything.
    pub(crate) fn write(&mut self) -> Option<Commits> {
        let group = std::mem::take(&mut self.queue);
        if group.is_empty() {
            return None;
        }
        let tables = group.iter().map(|batch| batch.table).collect();
        if self.broken {
            return Some(Commits::Failed(tables, DataTrouble::Machine { what: "the disk is full".into() }));
        }
        group.into_iter().for_each(|batch| self.keep(*batch));
        Some(Commits::Done(tables))
    }

    /// The power goes.
    pub(crate) fn power_off(&mut self) {
        self.queue.clear();
        self.broken = false;
    }

    fn keep(&mut self, batch: Batch) {
        let id = batch.table;
        if batch.deletes {
            self.tables.remove(&id);
            return;
        }
        if let Some(new) = batch.new {
            assert!(self.tables.insert(id, *new).is_none(), "table {} was made twice", id.0);
        }
        let last = self.last(id);
        let Some(table) = self.tables.get_mut(&id) else { return };
        if batch.erases {
            table.words.iter_mut().for_each(|word| word.text = None);
            table.names.clear();
            table.door.called.clear();
        }
        if let Some(row) = batch.command {
            let events: Vec<Event> = postcard::from_bytes(&row.events).expect("events are read as they are written");
            assert!(!events.is_empty() && row.first == last + 1, "event {} comes after {last}", row.first);
            let (first, hash, asked) = (row.first, row.hash, row.asked);
            table.commands.push(StoredCommand { first, events: Some(events), hash, asked });
        }
        if let Some(word) = batch.word {
            match table.words.iter_mut().find(|w| w.id == word.id) {
                Some(old) => *old = word,
                None => table.words.push(word),
            }
        }
        if let Some(people) = batch.people {
            table.sit(&people).expect("who sits where is read as it is written");
        }
        if let Some((person, name)) = batch.name {
            table.names.retain(|(p, _)| *p != person);
            table.names.push((person, name));
        }
        if let Some(door) = batch.door {
            table.door = door;
        }
        table.closed |= batch.closes;
    }
}

/// What the lobby has of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryDisk(pub(crate) Rc<RefCell<Platter>>);

impl Disk for MemoryDisk {
    fn keep(&mut self, batch: Box<Batch>) {
        self.0.borrow_mut().queue.push_back(batch);
    }

    fn commits(&mut self, _wait: bool) -> Option<Commits> {
        None
    }

    fn table(&self, id: TableId) -> Result<StoredTable, DataTrouble> {
        self.0.borrow().tables.get(&id).cloned().ok_or(DataTrouble::NoSuchTable { id: id.0 })
    }

    fn doors(&self) -> Result<Vec<(TableId, bool, DoorRow)>, DataTrouble> {
        Ok(self.0.borrow().tables.iter().map(|(id, table)| (*id, table.closed, table.door.clone())).collect())
    }
}
