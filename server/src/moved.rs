//! A table that moves from one server to another, with its history: a room's computer hands it to a lobby server.

use instep_content::{Pack, PackHash};
use instep_protocol::{PersonId, Refused, TableSetup};
use instep_rules::{Event, Salt, Seed};
use serde::{Deserialize, Serialize};

use crate::door::DoorRow;
use crate::roster::Roster;
use crate::stored::{StoredCommand, StoredTable};
use crate::words::{KeptWord, Size};
use crate::{DataTrouble, TableId, pinned};

/// What a moved table's bytes begin with; another number is of another form.
const FORMAT: u16 = 2;

/// A moved table has at most so many bytes, with its packs.
pub const MOVED_BYTES_MAX: u64 = 72 * 1024 * 1024;

/// A table on its way, as postcard. Both ends keep the seed from whoever plays.
#[derive(Serialize, Deserialize)]
pub struct Moved {
    format: u16,
    about: TableSetup,
    header: String,
    seed: [u8; 32],
    salt: [u8; 32],
    commands: Vec<Command>,
    words: Vec<KeptWord>,
    names: Vec<(PersonId, String)>,
    called: String,
    people: Roster,
    /// Ids and pinned copies of the packs.
    packs: Vec<(String, Vec<u8>)>,
}

#[derive(Serialize, Deserialize)]
struct Command {
    first: u32,
    events: Vec<Event>,
    hash: [u8; 32],
    asked: Option<(PersonId, u32, Option<u32>)>,
}

impl std::fmt::Debug for Moved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Moved").field("commands", &self.commands.len()).finish_non_exhaustive()
    }
}

impl Moved {
    /// A stored table with its packs' copies out of `packs`, a folder of copies.
    ///
    /// # Errors
    /// [`DataTrouble`], where a copy is not there or the table is not whole.
    pub fn of(table: StoredTable, packs: &std::path::Path) -> Result<Self, DataTrouble> {
        let damaged = |what: String| DataTrouble::Damaged { what };
        table.verify().map_err(|fault| damaged(fault.what))?;
        let copies = table
            .about
            .packs
            .iter()
            .map(|pin| match std::fs::read(pinned::path(packs, PackHash(pin.hash))) {
                Ok(bytes) => Ok((pin.id.clone(), bytes)),
                Err(_) => Err(damaged(format!("the table's own copy of the pack {} is gone", pin.id))),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            format: FORMAT,
            about: table.about,
            header: table.header,
            seed: table.seed.0,
            salt: table.salt.0,
            commands: table
                .commands
                .into_iter()
                .map(|c| Command { first: c.first, events: c.events.unwrap_or_default(), hash: c.hash, asked: c.asked })
                .collect(),
            words: table.words,
            names: table.names,
            called: table.door.called,
            people: table.people,
            packs: copies,
        })
    }

    /// As it is sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain data in memory: postcard has no reason to fail.
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Reads and checks it: the chain, every event under the rules, every roll and draw, and each pack. The packs'
    /// copies are kept in the folder `packs`; nothing else is.
    ///
    /// # Errors
    /// [`Refused::BadSetup`] for what is not whole, [`Refused::Stopped`] where nothing can be kept.
    pub fn checked(bytes: &[u8], packs: &std::path::Path) -> Result<StoredTable, Refused> {
        let (moved, rest) = postcard::take_from_bytes::<Self>(bytes).map_err(|_| Refused::BadSetup)?;
        if moved.format != FORMAT || !rest.is_empty() || moved.packs.len() != moved.about.packs.len() {
            return Err(Refused::BadSetup);
        }
        for (pin, (id, copy)) in moved.about.packs.iter().zip(&moved.packs) {
            let good = Pack::from_pinned(id, copy).is_ok_and(|pack| pack.hash.0 == pin.hash && pack.id() == pin.id);
            if !good {
                return Err(Refused::NoSuchPack { hash: pin.hash });
            }
        }
        let header_hash = sha2::Digest::finalize(sha2::Digest::chain_update(
            <sha2::Sha256 as sha2::Digest>::new(),
            moved.header.as_bytes(),
        ))
        .into();
        let table = StoredTable {
            id: TableId(0),
            header_hash,
            header: moved.header,
            about: moved.about,
            seed: Seed(moved.seed),
            salt: Salt(moved.salt),
            closed: moved.commands.iter().any(|c| c.events.contains(&Event::GameClosed)),
            commands: moved
                .commands
                .into_iter()
                .map(|c| StoredCommand { first: c.first, events: Some(c.events), hash: c.hash, asked: c.asked })
                .collect(),
            words: moved.words,
            names: moved.names,
            door: DoorRow { called: moved.called, ..DoorRow::default() },
            people: moved.people.without_tokens(),
        };
        let header = table.header().map_err(|_| Refused::BadSetup)?;
        let verified = table.verify().map_err(|_| Refused::BadSetup)?;
        let same = header.packs.len() == table.about.packs.len()
            && header.packs.iter().zip(&table.about.packs).all(|(r, pin)| r.hash == instep_record::to_hex(&pin.hash))
            && verified.game.setup().in_play() == table.about.in_play
            && table.words.iter().zip(1..).all(|(word, id)| word.id == id && word.is_in_limits());
        if !same || table.people.is_out_of_limits() || !Size::of(&table.words).is_in_limits() {
            return Err(Refused::BadSetup);
        }
        for (pin, (_, copy)) in table.about.packs.iter().zip(&moved.packs) {
            pinned::keep_bytes(packs, PackHash(pin.hash), copy).map_err(|_| Refused::Stopped)?;
        }
        Ok(table)
    }
}
