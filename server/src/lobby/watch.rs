//! What whoever looks after a server sees of its lobby, and does there.

use super::*;

/// Requests that were answered. One that is sent again counts again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answered {
    /// Those that were done.
    pub done: u64,
    /// Those that were refused.
    pub denied: u64,
}

impl<D: Disk, M: Maker> Lobby<D, M> {
    /// How many people are at tables.
    #[must_use]
    pub fn people(&self) -> usize {
        self.at.values().map(Vec::len).sum()
    }

    /// How many requests were answered.
    #[must_use]
    pub fn answered(&self) -> Answered {
        self.answered
    }

    /// Another invite and another code for a table, whether it is open or not; those before open nothing any more.
    ///
    /// # Errors
    /// [`DataTrouble`].
    pub fn new_invite(&mut self, id: TableId) -> Result<(), DataTrouble> {
        let doors = self.hall.disk().doors()?;
        let stored = doors.into_iter().find(|(table, ..)| *table == id).map(|(.., door)| door);
        let open = self.hall.table(id).map(|table| table.door().clone());
        let mut door = open.or(stored).ok_or(DataTrouble::NoSuchTable { id: id.0 })?;
        self.renew(&mut door);
        self.see_door(id, &door);
        if self.hall.table(id).is_some() {
            // Its facilitators are told.
            self.hall.with(id, |table, effects| table.change_door(|d| *d = door, effects));
        } else {
            self.hall.keep_door(id, door);
        }
        Ok(())
    }
}
