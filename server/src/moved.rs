//! A table that moves from one server to another, with its history: a room's computer hands it to a lobby server.

use instep_content::{Pack, PackHash};
use instep_protocol::{PersonId, Refused, TableSetup};
use instep_rules::{Event, Salt, Seed};
use serde::{Deserialize, Serialize};

use crate::door::{DoorRow, PEOPLE_MAX};
use crate::roster::Roster;
use crate::stored::{StoredCommand, StoredTable};
use crate::table::EVENTS_MAX;
use crate::words::{KeptWord, Size, checked_name};
use crate::{DataTrouble, TableId, pinned};

/// What a moved table's bytes begin with; another number is of another form.
const FORMAT: u16 = 2;

/// A moved table has at most so many bytes, with its packs.
pub const MOVED_BYTES_MAX: u64 = 72 * 1024 * 1024;

/// Bytes of each part at most. A byte that came can become forty in memory, so each part is measured before it is read.
const HEAD_BYTES_MAX: usize = 512 * 1024;
const COMMANDS_BYTES_MAX: usize = 8 * 1024 * 1024;
const COMMAND_BYTES_MAX: usize = 64 * 1024;
const WORDS_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A table on its way, as postcard. Both ends keep the seed from whoever plays.
#[derive(Serialize)]
pub struct Moved {
    format: u16,
    /// A [`Head`].
    head: Vec<u8>,
    /// The commands, each a [`Command`] as a string of bytes.
    commands: Vec<u8>,
    /// The list of words.
    words: Vec<u8>,
    /// Ids and pinned copies of the packs.
    packs: Vec<(String, Vec<u8>)>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    about: TableSetup,
    header: String,
    seed: [u8; 32],
    salt: [u8; 32],
    names: Vec<(PersonId, String)>,
    called: String,
    people: Roster,
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
        f.debug_struct("Moved").field("packs", &self.packs.len()).finish_non_exhaustive()
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
        let mut commands = Vec::new();
        for c in table.commands {
            let (first, events) = (c.first, c.events.unwrap_or_default());
            let command = Command { first, events, hash: c.hash, asked: c.asked };
            commands.extend(plain(&plain(&command)));
        }
        let head = Head {
            about: table.about,
            header: table.header,
            seed: table.seed.0,
            salt: table.salt.0,
            names: table.names,
            called: table.door.called,
            people: table.people,
        };
        Ok(Self { format: FORMAT, head: plain(&head), commands, words: plain(&table.words), packs: copies })
    }

    /// As it is sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        plain(self)
    }

    /// Reads and checks it: the chain, every event under the rules, every roll and draw, and each pack. The packs'
    /// copies are kept in the folder `packs`; nothing else is.
    ///
    /// # Errors
    /// [`Refused::BadSetup`] for what is not whole, [`Refused::Stopped`] where nothing can be kept.
    pub fn checked(bytes: &[u8], packs: &std::path::Path) -> Result<StoredTable, Refused> {
        let mut rest = bytes;
        if next::<u16>(&mut rest)? != FORMAT {
            return Err(Refused::BadSetup);
        }
        let head: Head = whole(part(&mut rest, HEAD_BYTES_MAX)?)?;
        let commands = commands(part(&mut rest, COMMANDS_BYTES_MAX)?)?;
        let words: Vec<KeptWord> = whole(part(&mut rest, WORDS_BYTES_MAX)?)?;
        if next::<u32>(&mut rest)? as usize != head.about.packs.len() {
            return Err(Refused::BadSetup);
        }
        let mut copies = Vec::new();
        for pin in &head.about.packs {
            let (id, copy) = next::<(&str, &[u8])>(&mut rest)?;
            let good = Pack::from_pinned(id, copy).is_ok_and(|pack| pack.hash.0 == pin.hash && pack.id() == pin.id);
            if !good {
                return Err(Refused::NoSuchPack { hash: pin.hash });
            }
            copies.push((PackHash(pin.hash), copy));
        }
        if !rest.is_empty() {
            return Err(Refused::BadSetup);
        }
        let header_hash = sha2::Digest::finalize(sha2::Digest::chain_update(
            <sha2::Sha256 as sha2::Digest>::new(),
            head.header.as_bytes(),
        ))
        .into();
        let table = StoredTable {
            id: TableId(0),
            header_hash,
            header: head.header,
            about: head.about,
            seed: Seed(head.seed),
            salt: Salt(head.salt),
            closed: commands.iter().any(|c| c.events.iter().flatten().any(|event| *event == Event::GameClosed)),
            commands,
            words,
            names: head.names,
            door: DoorRow { called: head.called, ..DoorRow::default() },
            people: head.people.without_tokens(),
        };
        if !table.names.iter().all(|(_, name)| could_be_typed(name)) || table.names.len() > PEOPLE_MAX {
            return Err(Refused::BadSetup);
        }
        if !(table.door.called.is_empty() || could_be_typed(&table.door.called)) {
            return Err(Refused::BadSetup);
        }
        let header = table.header().map_err(|_| Refused::BadSetup)?;
        let verified = table.verify().map_err(|_| Refused::BadSetup)?;
        let same = header.packs.len() == table.about.packs.len()
            && header.packs.iter().zip(&table.about.packs).all(|(r, pin)| r.hash == instep_record::to_hex(&pin.hash))
            && verified.game.setup().in_play() == table.about.in_play
            && table.words.iter().zip(1..).all(|(word, id)| word.id == id && word.is_in_limits());
        if !same || table.people.is_out_of_limits() || !Size::of(&table.words).is_in_limits() {
            return Err(Refused::BadSetup);
        }
        for (hash, copy) in copies {
            pinned::keep_bytes(packs, hash, copy).map_err(|_| Refused::Stopped)?;
        }
        Ok(table)
    }
}

/// Plain data in memory: postcard has no reason to fail.
fn plain(of: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(of).unwrap_or_default()
}

/// The next thing of what is left.
fn next<'b, T: Deserialize<'b>>(rest: &mut &'b [u8]) -> Result<T, Refused> {
    let (found, left) = postcard::take_from_bytes(rest).map_err(|_| Refused::BadSetup)?;
    *rest = left;
    Ok(found)
}

/// The next string of bytes, which has at most so many.
fn part<'b>(rest: &mut &'b [u8], most: usize) -> Result<&'b [u8], Refused> {
    next::<&[u8]>(rest).and_then(|part| if part.len() <= most { Ok(part) } else { Err(Refused::BadSetup) })
}

/// What fills its bytes to the last.
fn whole<'b, T: Deserialize<'b>>(mut bytes: &'b [u8]) -> Result<T, Refused> {
    next(&mut bytes).and_then(|found| if bytes.is_empty() { Ok(found) } else { Err(Refused::BadSetup) })
}

/// The commands, as long as no table here would have been full.
fn commands(mut bytes: &[u8]) -> Result<Vec<StoredCommand>, Refused> {
    let (mut commands, mut events) = (Vec::new(), 0);
    while !bytes.is_empty() {
        let c: Command = whole(part(&mut bytes, COMMAND_BYTES_MAX)?)?;
        events += c.events.len();
        // Seats are left and games closed where nothing else fits any more.
        if events > EVENTS_MAX as usize + 1_000 {
            return Err(Refused::BadSetup);
        }
        commands.push(StoredCommand { first: c.first, events: Some(c.events), hash: c.hash, asked: c.asked });
    }
    Ok(commands)
}

/// What people and tables are called is shown to others, in lists of many: nothing comes in here that would not be taken
/// where it is typed.
fn could_be_typed(name: &str) -> bool {
    checked_name(name).is_ok_and(|plain| plain == name)
}
