//! Places: what lets somebody come back to a table elsewhere without typing anything again.
//!
//! They are `places.ron` in the data folder. Whoever has that file can come in as its owner, so nobody else may read it.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use instep_net::{Call, Trust};
use instep_protocol::{Address, PersonId, Token, Way};
use instep_record::{from_hex, to_hex};
use serde::{Deserialize, Serialize};
#[cfg(feature = "window")]
use sha2::{Digest, Sha256};

use super::last::{Turn, today};
use super::places_file as file;

/// So many are kept; the oldest goes for a new one.
const PLACES_MAX: usize = 50;

/// A place at a table elsewhere.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Its number in this list: of no server. A number is not used again while the list has a later one.
    #[serde(default)]
    pub(crate) id: u64,
    /// Where the server may be: `host:port`.
    pub(crate) addresses: Vec<String>,
    /// SHA-256 of the server's certificate as hexadecimal digits; `None` where an authority vouches for it.
    #[serde(default)]
    pub(crate) fingerprint: Option<String>,
    /// The table's number at the server.
    pub(crate) table: u64,
    /// Who one is there.
    pub(crate) person: u32,
    /// The newest token's secret.
    pub(crate) secret: String,
    /// The one before, which is good until the newest was used.
    #[serde(default)]
    pub(crate) before: Option<String>,
    /// What the table is called; may be empty.
    #[serde(default)]
    pub(crate) called: String,
    /// What one is called there.
    #[serde(default)]
    pub(crate) name: String,
    /// The last day one was there, counted from 1970-01-01.
    #[serde(default)]
    pub(crate) day: u32,
    /// The table's number in this data folder, where it was begun here and moved there.
    #[serde(default)]
    pub(crate) moved_from: Option<i64>,
    /// Whose turn it was when one was there last; `None` where that is not known.
    #[serde(default)]
    pub(crate) turn: Option<Turn>,
}

/// A secret is never written out by accident.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").field("id", &self.id).field("table", &self.table).finish_non_exhaustive()
    }
}

impl Place {
    /// A place that a token opens.
    pub(crate) fn new(addresses: &[Address], trust: Trust, token: &Token) -> Self {
        Self {
            id: 0,
            addresses: addresses.iter().map(ToString::to_string).collect(),
            fingerprint: match trust {
                Trust::Fingerprint(fingerprint) => Some(to_hex(&fingerprint)),
                Trust::Authorities => None,
            },
            table: token.table,
            person: token.person.0,
            secret: to_hex(&token.secret),
            before: None,
            called: String::new(),
            name: String::new(),
            day: today(),
            moved_from: None,
            turn: None,
        }
    }

    fn token(&self, secret: &str) -> Option<Token> {
        Some(Token { table: self.table, person: PersonId(self.person), secret: from_hex(secret)? })
    }

    /// How to come back; `None` where what was kept makes no sense.
    pub(crate) fn call(&self) -> Option<Call> {
        let addresses: Vec<Address> = self.addresses.iter().filter_map(|a| a.parse().ok()).collect();
        let trust = match &self.fingerprint {
            Some(text) => Trust::Fingerprint(from_hex(text)?),
            None => Trust::Authorities,
        };
        let token = self.token(&self.secret)?;
        let before = self.before.as_ref().and_then(|secret| self.token(secret));
        (!addresses.is_empty()).then_some(Call { addresses, trust, way: Way::Resume { token, have: 0 }, before })
    }

    /// What the table is called, else where it is.
    pub(crate) fn title(&self) -> &str {
        match self.called.trim() {
            "" => self.addresses.first().map_or("", String::as_str),
            called => called,
        }
    }

    /// A name for what is kept of this place in files: the same for as long as the place is, and no other place's.
    #[cfg(feature = "window")]
    pub(crate) fn key(&self) -> String {
        let server = self.fingerprint.as_ref().or(self.addresses.first()).map_or("", String::as_str);
        let hash = Sha256::digest(format!("{server} {} {}", self.table, self.person));
        to_hex(&hash[..8])
    }

    /// Whether it is at the server that these addresses and this certificate lead to.
    pub(crate) fn is_at(&self, addresses: &[Address], trust: Trust) -> bool {
        match (trust, &self.fingerprint) {
            (Trust::Fingerprint(theirs), Some(own)) => *own == to_hex(&theirs),
            (Trust::Authorities, None) => addresses.iter().any(|a| self.addresses.contains(&a.to_string())),
            _ => false,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let server = match (&self.fingerprint, &other.fingerprint) {
            (Some(own), Some(theirs)) => own == theirs,
            (None, None) => self.addresses.iter().any(|a| other.addresses.contains(a)),
            _ => false,
        };
        server && (self.table, self.person) == (other.table, other.person)
    }
}

/// What is wrong with keeping places.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub(crate) enum PlacesTrouble {
    /// The file can't be read or written.
    #[error("{file} can't be read or written ({why})")]
    Disk {
        /// Which.
        file: String,
        /// What the system says.
        why: String,
    },
    /// A newer Instep wrote it.
    #[error("{file} was written by a newer Instep: use that one")]
    Newer {
        /// Which.
        file: String,
    },
}

/// The places of a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    folder: PathBuf,
}

/// What there is, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Listed {
    pub(crate) places: Vec<Place>,
    /// Where a damaged file was put aside just now.
    pub(crate) aside: Option<PathBuf>,
}

impl Places {
    /// The places of this data folder.
    pub(crate) fn of(data: &Path) -> Self {
        Self { folder: data.to_owned() }
    }

    /// All of them. A damaged file is put aside, and there are none then.
    pub(crate) fn list(&self) -> Result<Listed, PlacesTrouble> {
        if !file::is_there(&self.folder) {
            return Ok(Listed::default());
        }
        let _hold = self.hold()?;
        file::read(&self.folder)
    }

    /// Keeps a place as the newest, and gives its number. It is on disk when this returns.
    pub(crate) fn keep(&self, place: &Place) -> Result<u64, PlacesTrouble> {
        self.change(|places| {
            let old = places.iter().position(|p| p.is_same(place)).map(|at| places.remove(at));
            let id = old.as_ref().map_or_else(|| places.iter().map(|p| p.id).max().unwrap_or(0) + 1, |old| old.id);
            // What was known stays until something newer is.
            let turn = place.turn.clone().or(old.and_then(|old| old.turn));
            places.insert(0, Place { id, turn, ..place.clone() });
            places.truncate(PLACES_MAX);
            id
        })
    }

    /// Notes whose turn it is at a place where one is now, or was until now.
    pub(crate) fn note(&self, id: u64, turn: &Turn) -> Result<(), PlacesTrouble> {
        self.change(|places| {
            if let Some(place) = places.iter_mut().find(|place| place.id == id) {
                (place.turn, place.day) = (Some(turn.clone()), today());
            }
        })
    }

    /// Forgets a place.
    pub(crate) fn forget(&self, place: &Place) -> Result<(), PlacesTrouble> {
        self.change(|places| places.retain(|p| !p.is_same(place)))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Vec<Place>) -> T) -> Result<T, PlacesTrouble> {
        std::fs::create_dir_all(&self.folder).map_err(|e| file::disk(&self.folder, &e))?;
        let _hold = self.hold()?;
        let mut listed = file::read(&self.folder)?;
        let done = change(&mut listed.places);
        file::write(&self.folder, &listed.places)?;
        Ok(done)
    }

    /// Several Insteps may use one folder's places and moves: each has them for itself while it changes them.
    pub(super) fn hold(&self) -> Result<File, PlacesTrouble> {
        let path = self.folder.join("places.lock");
        let hold = File::options().write(true).create(true).truncate(false).open(&path);
        hold.and_then(|hold| hold.lock().map(|()| hold)).map_err(|e| file::disk(&path, &e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(table: u64, secret: u8) -> Place {
        let token = Token { table, person: PersonId(3), secret: [secret; 32] };
        let address = Address { host: "192.0.2.7".into(), port: 4433 };
        Place { name: "Sam".into(), ..Place::new(&[address], Trust::Fingerprint([9; 32]), &token) }
    }

    fn tables(places: &Places) -> Vec<u64> {
        places.list().unwrap().places.iter().map(|p| p.table).collect()
    }

    #[test]
    fn what_was_kept_leads_back_and_the_newest_is_first() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::of(dir.path());
        assert!(tables(&places).is_empty());
        let first = places.keep(&place(1, 1)).unwrap();
        let second = places.keep(&place(2, 1)).unwrap();
        assert_ne!(first, second);
        let again = Place { before: Some(to_hex(&[1; 32])), ..place(1, 2) };
        assert_eq!(places.keep(&again), Ok(first), "the same place keeps its number");
        assert_eq!(tables(&places), [1, 2]);
        let call = places.list().unwrap().places[0].call().unwrap();
        assert_eq!(call.trust, Trust::Fingerprint([9; 32]));
        let Way::Resume { token, have: 0 } = call.way else { panic!("{:?}", call.way) };
        assert_eq!((token.table, token.secret, call.before.unwrap().secret), (1, [2; 32], [1; 32]));
        places.forget(&place(1, 7)).unwrap();
        assert_eq!(tables(&places), [2]);
    }

    #[test]
    fn whose_turn_it_was_is_known_until_something_newer_is() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::of(dir.path());
        let id = places.keep(&place(1, 1)).unwrap();
        let turn = || places.list().unwrap().places[0].turn.clone();
        assert_eq!(turn(), None);
        places.note(id, &Turn::Of("staff".into())).unwrap();
        // A new token changes nothing of it.
        places.keep(&place(1, 2)).unwrap();
        assert_eq!(turn(), Some(Turn::Of("staff".into())));
        places.note(id, &Turn::Yours).unwrap();
        assert_eq!(turn(), Some(Turn::Yours));
        // Of a place that was let go of meanwhile nothing is kept.
        places.forget(&place(1, 2)).unwrap();
        places.note(id, &Turn::Closed).unwrap();
        assert!(tables(&places).is_empty());
    }

    #[test]
    fn there_are_fifty_at_most() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::of(dir.path());
        for n in 0..60 {
            places.keep(&place(n, 1)).unwrap();
        }
        let tables = tables(&places);
        assert_eq!((tables.len(), tables[0], tables[49]), (50, 59, 10));
    }

    #[test]
    fn a_secret_is_not_written_out() {
        assert!(!format!("{:?}", place(1, 0xAB)).contains("abab"));
    }
}
