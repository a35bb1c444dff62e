//! Many tables over one disk.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use instep_protocol::{Denied, FromTable, PersonId, Role, TableSetup};
use instep_record::{Chain, Header, Ids};
use instep_rules::{Salt, Seed, Setup, commitment};

use crate::disk::{Database, Disk};
use crate::door::DoorRow;
use crate::journal::{Batch, Commits};
use crate::people::Everyone;
use crate::stored::{Stored, StoredTable};
use crate::table::{Effect, Input, Parts, Table, To};
use crate::{DataFolder, DataTrouble, TableId};

/// What a new table is made from.
#[derive(Clone, Debug)]
pub struct NewTable {
    /// The record's header: packs, cards, ruleset, by ids.
    pub header: Header,
    /// The same for clients, who have the packs.
    pub about: TableSetup,
    /// The seed of its chance.
    pub seed: Seed,
    /// The salt of its commitment.
    pub salt: Salt,
}

/// What tables of one header share.
#[derive(Debug)]
struct Shared {
    setup: Arc<Setup>,
    ids: Arc<Ids>,
}

/// Tables, and the disk under them.
#[derive(Debug)]
pub struct Hall<D = Database> {
    tables: HashMap<TableId, Table>,
    shared: HashMap<[u8; 32], Shared>,
    effects: Vec<Effect>,
    /// What tables want done, in order; never [`Effect::Keep`].
    out: Vec<(TableId, Effect)>,
    trouble: Option<DataTrouble>,
    /// Batches handed over whose commit has not been heard of, by table.
    waiting: HashMap<TableId, usize>,
    next: i64,
    disk: D,
}

impl Hall {
    /// Opens the hall of a data folder.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn open(folder: DataFolder) -> Result<Self, DataTrouble> {
        Self::on(Database::open(folder)?)
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &DataFolder {
        self.disk.folder()
    }

    /// What is stored.
    #[must_use]
    pub fn stored(&self) -> &Stored {
        self.disk.stored()
    }
}

impl<D: Disk> Hall<D> {
    /// A hall over a disk.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn on(disk: D) -> Result<Self, DataTrouble> {
        let next = disk.last_table()? + 1;
        Ok(Self {
            tables: HashMap::new(),
            shared: HashMap::new(),
            effects: Vec::new(),
            out: Vec::new(),
            trouble: None,
            waiting: HashMap::new(),
            next,
            disk,
        })
    }

    /// The disk.
    #[must_use]
    pub fn disk(&self) -> &D {
        &self.disk
    }

    /// A table that is open here.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(&id)
    }

    pub(crate) fn table_mut(&mut self, id: TableId) -> Option<&mut Table> {
        self.tables.get_mut(&id)
    }

    /// The tables that are open here.
    pub(crate) fn open_tables(&self) -> impl Iterator<Item = (TableId, &Table)> {
        self.tables.iter().map(|(id, table)| (*id, table))
    }

    /// Why nothing is kept any more, if so.
    #[must_use]
    pub fn trouble(&self) -> Option<&DataTrouble> {
        self.trouble.as_ref()
    }

    /// Whether something of this table is not known to be kept yet.
    #[must_use]
    pub fn waits(&self, id: TableId) -> bool {
        self.waiting.contains_key(&id)
    }

    /// How many batches are not known to be kept yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.values().sum()
    }

    /// What tables want done since this was last asked; never [`Effect::Keep`].
    pub fn take_effects(&mut self) -> Vec<(TableId, Effect)> {
        std::mem::take(&mut self.out)
    }

    fn shared(&mut self, hash: [u8; 32], header: &Header) -> Result<&Shared, DataTrouble> {
        Ok(match self.shared.entry(hash) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let bad = |e: instep_record::HeaderError| DataTrouble::Damaged { what: e.to_string() };
                let setup = Arc::new(header.setup().map_err(bad)?);
                let ids = Arc::new(Ids::new(header).map_err(bad)?);
                entry.insert(Shared { setup, ids })
            }
        })
    }

    /// Makes a table; its creator is its facilitator. It is on disk when this returns.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn create(&mut self, new: NewTable) -> Result<(TableId, PersonId), DataTrouble> {
        let made = self.begin(new, DoorRow::default())?;
        self.settle()?;
        self.out.clear();
        Ok(made)
    }

    /// Makes a table without waiting for the disk.
    ///
    /// # Errors
    /// [`DataTrouble`], where its header makes no game.
    pub fn begin(&mut self, new: NewTable, door: DoorRow) -> Result<(TableId, PersonId), DataTrouble> {
        let chain = Chain::start(&new.header);
        let shared = self.shared(*chain.last(), &new.header)?;
        let (setup, ids) = (Arc::clone(&shared.setup), Arc::clone(&shared.ids));
        let (everyone, creator) = Everyone::with_creator();
        let id = TableId(self.next);
        self.next += 1;
        let stored = StoredTable {
            id,
            header_hash: *chain.last(),
            header: new.header.text(),
            about: new.about,
            seed: new.seed,
            salt: new.salt,
            closed: false,
            commands: Vec::new(),
            words: Vec::new(),
            names: Vec::new(),
            door,
            people: everyone.roster().clone(),
        };
        let mut table = Table::new(Parts {
            id,
            setup,
            about: Arc::new(stored.about.clone()),
            ids,
            chain,
            seed: new.seed,
            salt: new.salt,
            roster: stored.people.clone(),
            words: Vec::new(),
            names: Vec::new(),
            door: stored.door.clone(),
        });
        table.open_first(commitment(&new.seed, &new.salt), Some(Box::new(stored)), &mut self.effects);
        self.tables.insert(id, table);
        self.work(id);
        Ok((id, creator))
    }

    /// Opens a stored table, exactly where it was, and waits until it is whole on disk.
    ///
    /// # Errors
    /// [`DataTrouble`]; a table whose journal can't be replayed is [`DataTrouble::Damaged`].
    pub fn reopen(&mut self, id: TableId) -> Result<PersonId, DataTrouble> {
        self.load(id, 0)?;
        let first = self.tables.get(&id).and_then(Table::first_facilitator);
        self.settle()?;
        self.out.clear();
        first.ok_or_else(|| DataTrouble::Damaged { what: format!("table {} has no facilitator", id.0) })
    }

    /// Opens a stored table, exactly where it was.
    ///
    /// # Errors
    /// [`DataTrouble`]; a table whose journal can't be replayed is [`DataTrouble::Damaged`].
    pub(crate) fn load(&mut self, id: TableId, now_ms: u64) -> Result<(), DataTrouble> {
        let stored = self.disk.table(id)?;
        let damaged = |what: String| DataTrouble::Damaged { what };
        let shared = match self.shared.get(&stored.header_hash) {
            // A header with this hash was read before: its text was checked then.
            Some(shared) => shared,
            None => {
                let header = stored.header()?;
                self.shared(stored.header_hash, &header)?
            }
        };
        let mut table = Table::new(Parts {
            id,
            setup: Arc::clone(&shared.setup),
            about: Arc::new(stored.about),
            ids: Arc::clone(&shared.ids),
            chain: Chain::resume(stored.header_hash),
            seed: stored.seed,
            salt: stored.salt,
            roster: stored.people,
            words: stored.words,
            names: stored.names,
            door: stored.door,
        });
        for command in stored.commands {
            let next = table.game().log().len() as u32 + 1;
            let events = command.events.filter(|events| !events.is_empty() && command.first == next);
            let Some(events) = events else {
                return Err(damaged(format!("table {} is not whole after event {}", id.0, next - 1)));
            };
            table.replay(&events, command.hash, command.asked);
        }
        if table.game().log().is_empty() {
            // Cut off between the table's making and its first event: it begins now.
            table.open_first(commitment(&stored.seed, &stored.salt), None, &mut self.effects);
        }
        table.replayed();
        table.opened(now_ms);
        self.tables.insert(id, table);
        self.work(id);
        Ok(())
    }

    /// Keeps a table that comes from elsewhere, with its history; it is not opened.
    pub(crate) fn adopt(&mut self, mut table: StoredTable) -> TableId {
        let id = TableId(self.next);
        self.next += 1;
        table.id = id;
        self.keep(Box::new(Batch { new: Some(Box::new(table)), ..Batch::of(id) }));
        id
    }

    /// Forgets what only tables shared that are not open any more.
    pub(crate) fn forget_unused(&mut self) {
        self.shared.retain(|_, shared| Arc::strong_count(&shared.setup) > 1);
    }

    /// How many kinds of tables there are in memory, by what they are played with.
    #[cfg(test)]
    pub(crate) fn kinds(&self) -> usize {
        self.shared.len()
    }

    /// Puts a table away. Only one of which nothing waits for the disk.
    pub(crate) fn put_away(&mut self, id: TableId) {
        if !self.waits(id) {
            self.tables.remove(&id);
        }
    }

    /// Deletes a table for good, with all that was typed at it.
    pub(crate) fn delete(&mut self, id: TableId) {
        self.tables.remove(&id);
        self.keep(Box::new(Batch { deletes: true, ..Batch::of(id) }));
    }

    /// Keeps a table's door, whether it is open or not; nobody is told.
    pub(crate) fn keep_door(&mut self, id: TableId, door: DoorRow) {
        if self.tables.contains_key(&id) {
            self.with(id, |table, effects| table.change_door_quietly(|d| *d = door, effects));
        } else {
            self.keep(Box::new(Batch { door: Some(door), ..Batch::of(id) }));
        }
    }

    /// Erases what was typed at a table, whether it is open or not.
    pub(crate) fn erase(&mut self, id: TableId) {
        if self.tables.contains_key(&id) {
            self.with(id, |table, effects| table.erase(effects));
        } else {
            self.keep(Box::new(Batch { erases: true, ..Batch::of(id) }));
        }
    }

    /// Lets somebody new in.
    pub fn add_person(&mut self, id: TableId, role: Role) -> Option<PersonId> {
        let person = self.tables.get_mut(&id)?.add_person(role, &mut self.effects);
        self.work(id);
        Some(person)
    }

    /// Hands something to a table.
    ///
    /// A fault of ours at one table must not hurt another: a table that panics is put out of use, with all that was
    /// kept of it on disk, and can be opened again.
    pub fn handle(&mut self, id: TableId, now_ms: u64, input: Input) {
        self.with(id, |table, effects| table.handle(now_ms, input, effects));
    }

    /// Does something with a table, and what comes of it.
    pub(crate) fn with(&mut self, id: TableId, act: impl FnOnce(&mut Table, &mut Vec<Effect>)) {
        let Some(table) = self.tables.get_mut(&id) else { return };
        let effects = &mut self.effects;
        if catch_unwind(AssertUnwindSafe(|| act(table, effects))).is_ok() {
            return self.work(id);
        }
        // What it had decided in this step is left undone: nobody has seen it, and nothing of it is kept.
        self.effects.clear();
        self.tables.remove(&id);
        self.out.push((id, Effect::Send(To::Everyone, FromTable::Goodbye(Denied::TableStopped))));
    }

    fn work(&mut self, id: TableId) {
        let mut effects = std::mem::take(&mut self.effects);
        for effect in effects.drain(..) {
            match effect {
                Effect::Keep(batch) => self.keep(batch),
                other => self.out.push((id, other)),
            }
        }
        self.effects = effects;
    }

    fn keep(&mut self, batch: Box<Batch>) {
        *self.waiting.entry(batch.table).or_default() += 1;
        self.disk.keep(batch);
    }

    /// Takes in what became of some batches.
    pub fn committed(&mut self, commits: Commits) {
        match commits {
            Commits::Done(tables) => {
                for id in tables {
                    self.heard_of(id);
                    self.handle(id, 0, Input::Committed);
                }
            }
            Commits::Failed(tables, trouble) => {
                self.trouble = Some(trouble);
                for id in tables {
                    self.heard_of(id);
                    if self.tables.get(&id).is_some_and(|t| !t.stopped()) {
                        self.handle(id, 0, Input::CommitFailed);
                    }
                }
            }
        }
    }

    fn heard_of(&mut self, id: TableId) {
        if let Entry::Occupied(mut entry) = self.waiting.entry(id) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }

    /// Takes in what became of some batches, if it is known; with `wait`, waits until it is. Whether there was any.
    pub fn commits(&mut self, wait: bool) -> bool {
        let commits = self.disk.commits(wait);
        let some = commits.is_some();
        commits.into_iter().for_each(|commits| self.committed(commits));
        some
    }

    /// Waits until nothing waits for its commit.
    ///
    /// # Errors
    /// [`DataTrouble`], if something could not be kept.
    pub fn settle(&mut self) -> Result<(), DataTrouble> {
        while !self.waiting.is_empty() && self.commits(true) {}
        self.trouble.clone().map_or(Ok(()), Err)
    }
}
