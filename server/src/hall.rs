//! Many tables over one journal.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use instep_protocol::{FromTable, PersonId, Role, TableSetup};
use instep_record::{Chain, Header, Ids};
use instep_rules::{Salt, Seed, Setup, commitment};

use crate::journal::{Commits, Journal};
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

/// Tables, and the journal under them.
#[derive(Debug)]
pub struct Hall {
    journal: Journal,
    reader: Stored,
    writer: rusqlite::Connection,
    tables: HashMap<TableId, Table>,
    shared: HashMap<[u8; 32], Shared>,
    effects: Vec<Effect>,
    trouble: Option<DataTrouble>,
    /// Batches handed over whose commit has not been heard of.
    waiting: usize,
    // Dropped last: the folder is held until the journal has written what it was given.
    folder: DataFolder,
}

impl Hall {
    /// Opens the hall of a data folder.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn open(folder: DataFolder) -> Result<Self, DataTrouble> {
        let journal = Journal::start(folder.open()?)?;
        let reader = Stored::on(folder.open()?);
        let writer = folder.open()?;
        Ok(Self {
            journal,
            reader,
            writer,
            tables: HashMap::new(),
            shared: HashMap::new(),
            effects: Vec::new(),
            trouble: None,
            waiting: 0,
            folder,
        })
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &DataFolder {
        &self.folder
    }

    /// What is stored.
    #[must_use]
    pub fn stored(&self) -> &Stored {
        &self.reader
    }

    /// A table that is open here.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(&id)
    }

    /// Why nothing is kept any more, if so.
    #[must_use]
    pub fn trouble(&self) -> Option<&DataTrouble> {
        self.trouble.as_ref()
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
        let chain = Chain::start(&new.header);
        let shared = self.shared(*chain.last(), &new.header)?;
        let (setup, ids) = (Arc::clone(&shared.setup), Arc::clone(&shared.ids));
        let (everyone, creator) = Everyone::with_creator();
        let stored = StoredTable {
            id: TableId(0),
            header_hash: *chain.last(),
            header: new.header.text(),
            about: new.about,
            seed: new.seed,
            salt: new.salt,
            closed: false,
            commands: Vec::new(),
            words: Vec::new(),
            people: everyone.roster().clone(),
        };
        let id = Stored::create(&mut self.writer, &stored)?;
        let mut table = Table::new(Parts {
            id,
            setup,
            about: Arc::new(stored.about),
            ids,
            chain,
            seed: new.seed,
            salt: new.salt,
            roster: stored.people,
            words: Vec::new(),
        });
        table.open_first(commitment(&new.seed, &new.salt), &mut self.effects);
        self.tables.insert(id, table);
        let mut none = |_, _, _| {};
        self.work(id, &mut none);
        self.settle(&mut none)?;
        Ok((id, creator))
    }

    /// Opens a stored table, exactly where it was.
    ///
    /// # Errors
    /// [`DataTrouble`]; a table whose journal can't be replayed is [`DataTrouble::Damaged`].
    pub fn reopen(&mut self, id: TableId) -> Result<PersonId, DataTrouble> {
        let stored = self.reader.table(id)?;
        let damaged = |what: String| DataTrouble::Damaged { what };
        let header = stored.header()?;
        let shared = self.shared(stored.header_hash, &header)?;
        let mut table = Table::new(Parts {
            id,
            setup: Arc::clone(&shared.setup),
            about: Arc::new(stored.about),
            ids: Arc::clone(&shared.ids),
            chain: Chain::start(&header),
            seed: stored.seed,
            salt: stored.salt,
            roster: stored.people,
            words: stored.words,
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
            table.open_first(commitment(&stored.seed, &stored.salt), &mut self.effects);
        }
        table.replayed();
        let first = table.first_facilitator();
        self.tables.insert(id, table);
        let mut none = |_, _, _| {};
        self.work(id, &mut none);
        self.settle(&mut none)?;
        first.ok_or_else(|| damaged(format!("table {} has no facilitator", id.0)))
    }

    /// Lets somebody new in.
    pub fn add_person(
        &mut self,
        id: TableId,
        role: Role,
        out: &mut impl FnMut(TableId, To, FromTable),
    ) -> Option<PersonId> {
        let person = self.tables.get_mut(&id)?.add_person(role, &mut self.effects);
        self.work(id, out);
        Some(person)
    }

    /// Hands something to a table; what it sends at once goes to `out`.
    pub fn handle(&mut self, id: TableId, now_ms: u64, input: Input, out: &mut impl FnMut(TableId, To, FromTable)) {
        if let Some(table) = self.tables.get_mut(&id) {
            table.handle(now_ms, input, &mut self.effects);
            self.work(id, out);
        }
    }

    fn work(&mut self, id: TableId, out: &mut impl FnMut(TableId, To, FromTable)) {
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Keep(batch) => {
                    self.waiting += 1;
                    self.journal.keep(batch);
                }
                Effect::Send(to, message) => out(id, to, message),
            }
        }
    }

    /// Takes in a commit: what waited for it goes to `out`. With `wait`, waits for one. Whether there was one.
    pub fn commits(&mut self, wait: bool, out: &mut impl FnMut(TableId, To, FromTable)) -> bool {
        let commits = if wait { self.journal.wait() } else { self.journal.poll() };
        match commits {
            None => return false,
            Some(Commits::Done(tables)) => {
                self.waiting = self.waiting.saturating_sub(tables.len());
                for id in tables {
                    self.handle(id, 0, Input::Committed, out);
                }
            }
            Some(Commits::Failed(tables, trouble)) => {
                self.waiting = self.waiting.saturating_sub(tables.len());
                self.trouble = Some(trouble);
                for id in tables {
                    if self.tables.get(&id).is_some_and(|t| !t.stopped()) {
                        self.handle(id, 0, Input::CommitFailed, out);
                    }
                }
            }
        }
        true
    }

    /// Waits until nothing waits for its commit.
    ///
    /// # Errors
    /// [`DataTrouble`], if something could not be kept.
    pub fn settle(&mut self, out: &mut impl FnMut(TableId, To, FromTable)) -> Result<(), DataTrouble> {
        while self.waiting > 0 && self.commits(true, out) {}
        self.trouble.clone().map_or(Ok(()), Err)
    }
}
