//! Checking stored tables against the rules and the chain.

use instep_record::{Header, StoredCommand as Part, Verified, verify_parts};

use crate::DataTrouble;
use crate::stored::StoredTable;

/// What is wrong with a stored table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredFault {
    /// How many of its commands are good: all before the fault.
    pub good: usize,
    /// The event at which it goes wrong, if it is an event.
    pub seq: Option<u32>,
    /// In one sentence: what was expected, what is there.
    pub what: String,
}

impl StoredTable {
    /// The header that the table's chain begins with.
    ///
    /// # Errors
    /// [`DataTrouble::Damaged`], where it can't be read or was changed.
    pub fn header(&self) -> Result<Header, DataTrouble> {
        let damaged = |what: String| DataTrouble::Damaged { what };
        let header: Header = serde_json::from_str(&self.header)
            .map_err(|e| damaged(format!("table {}: what it is played with can't be read: {e}", self.id.0)))?;
        if *instep_record::Chain::start(&header).last() != self.header_hash {
            return Err(damaged(format!("table {}: what it is played with was changed", self.id.0)));
        }
        Ok(header)
    }

    /// Re-derives everything: chain, order, each event under the rules, every roll and draw.
    ///
    /// # Errors
    /// The first [`StoredFault`].
    pub fn verify(&self) -> Result<Verified, StoredFault> {
        let whole = |good, seq, what| StoredFault { good, seq, what };
        let header = self.header().map_err(|e| whole(0, None, e.to_string()))?;
        let readable = self.commands.iter().take_while(|c| c.events.is_some()).count();
        let checked = self.verify_first(&header, readable);
        match checked {
            Ok(verified) if readable < self.commands.len() => {
                let seq = verified.events + 1;
                Err(whole(readable, Some(seq), format!("event {seq}: its bytes can't be read")))
            }
            Ok(verified) if verified.state.closed != self.closed => {
                let what = "the table's list says open where the log says closed, or the other way round";
                Err(whole(readable, None, what.into()))
            }
            checked => checked,
        }
    }

    fn verify_first(&self, header: &Header, count: usize) -> Result<Verified, StoredFault> {
        // A gap between commands shows as a wrong first number.
        let mut next = 1;
        for (n, command) in self.commands[..count].iter().enumerate() {
            if command.first != next {
                let what = format!("event {next} is missing: event {} comes instead", command.first);
                let before = self.verify_first(header, n);
                return Err(before.err().unwrap_or(StoredFault { good: n, seq: Some(next), what }));
            }
            next += command.events.as_ref().map_or(0, Vec::len) as u32;
        }
        let parts = self.commands[..count]
            .iter()
            .map(|c| Part { events: c.events.as_deref().unwrap_or_default(), hash: c.hash });
        verify_parts(header, parts, Some((self.seed, self.salt))).map_err(|fault| {
            let good = fault.seq.map_or(0, |seq| {
                let end = |c: &crate::stored::StoredCommand| c.first + c.events.as_ref().map_or(0, Vec::len) as u32 - 1;
                self.commands[..count].iter().take_while(|c| end(c) < seq).count()
            });
            StoredFault { good, seq: fault.seq, what: fault.to_string() }
        })
    }

    /// How many commands are good, and why not all of them, where that is so.
    pub(crate) fn good_commands(&self) -> (usize, Option<String>) {
        match self.verify() {
            Ok(_) => (self.commands.len(), None),
            Err(fault) => (fault.good.min(self.commands.len()), Some(fault.what)),
        }
    }
}
