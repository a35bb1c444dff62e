//! Where tables are kept: what a hall needs of it, and the database that it usually is.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use crate::door::DoorRow;
use crate::journal::{Batch, Commits, Journal};
use crate::metrics::CommitTimes;
use crate::stored::{Stored, StoredTable};
use crate::{DataFolder, DataTrouble, TableId};

/// Keeps what tables decide, and gives it back.
pub trait Disk {
    /// Takes a batch to be kept. What becomes of it is told later, in the order of the batches.
    fn keep(&mut self, batch: Box<Batch>);

    /// What became of some batches, if it is known; with `wait`, waits until it is.
    fn commits(&mut self, wait: bool) -> Option<Commits>;

    /// A table as it is kept.
    ///
    /// # Errors
    /// [`DataTrouble`].
    fn table(&self, id: TableId) -> Result<StoredTable, DataTrouble>;

    /// All tables, whether they are closed, and their doors.
    ///
    /// # Errors
    /// [`DataTrouble`].
    fn doors(&self) -> Result<Vec<(TableId, bool, DoorRow)>, DataTrouble>;

    /// The greatest number that a table here ever had, 0 for none: it is never used again.
    ///
    /// # Errors
    /// [`DataTrouble`].
    fn last_table(&self) -> Result<i64, DataTrouble> {
        Ok(self.doors()?.iter().map(|(id, ..)| id.0).max().unwrap_or(0))
    }
}

/// The database of a data folder, and its writer's thread.
#[derive(Debug)]
pub struct Database {
    journal: Journal,
    /// Absent where somebody else is told of commits.
    commits: Option<Receiver<Commits>>,
    reader: Stored,
    // Dropped last: the folder is held until the journal has written what it was given.
    folder: DataFolder,
}

impl Database {
    /// Opens the database of a folder.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn open(folder: DataFolder) -> Result<Self, DataTrouble> {
        let (done, commits) = channel();
        let database = Self::telling(folder, move |commits| done.send(commits).is_ok())?;
        Ok(Self { commits: Some(commits), ..database })
    }

    /// Opens it, and has somebody told of commits, on the writer's thread.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn telling(
        folder: DataFolder,
        done: impl FnMut(Commits) -> bool + Send + 'static,
    ) -> Result<Self, DataTrouble> {
        let journal = Journal::start(folder.open()?, done)?;
        let reader = Stored::on(folder.open()?);
        Ok(Self { journal, commits: None, reader, folder })
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

    /// How long its commits took.
    #[must_use]
    pub fn commit_times(&self) -> Arc<CommitTimes> {
        self.journal.times()
    }
}

impl Disk for Database {
    fn keep(&mut self, batch: Box<Batch>) {
        self.journal.keep(batch);
    }

    fn commits(&mut self, wait: bool) -> Option<Commits> {
        let commits = self.commits.as_ref()?;
        if wait { commits.recv().ok() } else { commits.try_recv().ok() }
    }

    fn table(&self, id: TableId) -> Result<StoredTable, DataTrouble> {
        self.reader.table(id)
    }

    fn doors(&self) -> Result<Vec<(TableId, bool, DoorRow)>, DataTrouble> {
        self.reader.doors()
    }

    fn last_table(&self) -> Result<i64, DataTrouble> {
        self.reader.last_table()
    }
}
