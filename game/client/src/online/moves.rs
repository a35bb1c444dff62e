//! Games of this folder that moved to a server. Their copies stay, to be read and written out; they are not gone on with
//! here unless somebody says so, so that no game is played in two places by accident.
//!
//! They are `moved.ron` in the data folder, which says so also when the place at the server is forgotten.

use std::fs;
use std::io::Write;
use std::path::Path;

use instep_words::Language;
use serde::{Deserialize, Serialize};

use super::last::{day, today};
use super::{Place, Places};

const NAME: &str = "moved.ron";

/// A game that moved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Move {
    /// Its number in this folder.
    pub(crate) table: i64,
    /// The server's address.
    pub(crate) to: String,
    /// The day, counted from 1970-01-01.
    pub(crate) day: u32,
}

impl Move {
    /// A move of today.
    #[cfg(feature = "window")]
    pub(crate) fn now(table: i64, to: &instep_protocol::Address) -> Self {
        Self { table, to: to.to_string(), day: today() }
    }

    fn of(place: &Place) -> Option<Self> {
        let to = place.addresses.first().cloned().unwrap_or_default();
        place.moved_from.map(|table| Self { table, to, day: place.day })
    }

    /// "moved to instep.example.org:4433 on 12 November".
    pub(crate) fn in_words(&self, language: &Language) -> String {
        let day = day(language, self.day, today());
        language.with("moved-to", &[("address", (&self.to).into()), ("day", (&day).into())])
    }
}

/// All of them; those too that only a place tells of, as an earlier Instep left it.
pub(crate) fn list(data: &Path) -> Vec<Move> {
    let mut moves = read(data);
    let places = Places::of(data).list().map(|listed| listed.places).unwrap_or_default();
    let known = moves.len();
    for place in &places {
        if let Some(new) = Move::of(place).filter(|new| !moves.iter().any(|old| old.table == new.table)) {
            moves.push(new);
        }
    }
    if moves.len() > known {
        // A place may be forgotten; this stays. Where it can't be written, the place says so for now.
        let _ = write(data, &moves);
    }
    moves
}

/// Notes that a game moves. It is on disk when this returns.
#[cfg(feature = "window")]
pub(crate) fn note(data: &Path, new: &Move) -> std::io::Result<()> {
    let mut moves = read(data);
    moves.retain(|old| old.table != new.table);
    moves.push(new.clone());
    write(data, &moves)
}

/// The game is this folder's again: it did not come to moving, or somebody wants to go on with the copy.
#[cfg(feature = "window")]
pub(crate) fn take_back(data: &Path, table: i64) -> std::io::Result<()> {
    // A place would say that it has moved.
    if let Ok(listed) = Places::of(data).list() {
        for place in listed.places.iter().filter(|place| place.moved_from == Some(table)) {
            let _ = Places::of(data).stays(place.id);
        }
    }
    let mut moves = read(data);
    moves.retain(|old| old.table != table);
    write(data, &moves)
}

fn read(data: &Path) -> Vec<Move> {
    // One that can't be read says nothing that the places don't say too.
    fs::read_to_string(data.join(NAME)).ok().and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
}

fn write(data: &Path, moves: &[Move]) -> std::io::Result<()> {
    let text = ron::ser::to_string_pretty(moves, ron::ser::PrettyConfig::default()).map_err(std::io::Error::other)?;
    let (path, part) = (data.join(NAME), data.join("moved.part"));
    let mut file = fs::File::create(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_game_has_moved_also_when_its_place_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        assert!(list(dir.path()).is_empty());
        let to = "192.0.2.7:4433".to_owned();
        let place = Place { addresses: vec![to.clone()], moved_from: Some(3), day: 20_000, ..Place::default() };
        Places::of(dir.path()).keep(&place).unwrap();
        let moved = [Move { table: 3, to, day: 20_000 }];
        assert_eq!(list(dir.path()), moved);
        Places::of(dir.path()).forget(&place).unwrap();
        assert_eq!(list(dir.path()), moved);
    }

    #[cfg(feature = "window")]
    #[test]
    fn a_game_that_is_taken_back_is_here_again_for_good() {
        let dir = tempfile::tempdir().unwrap();
        let to = instep_protocol::Address { host: "192.0.2.7".into(), port: 4433 };
        for table in [3, 4] {
            note(dir.path(), &Move::now(table, &to)).unwrap();
        }
        let place = Place { addresses: vec![to.to_string()], moved_from: Some(3), ..Place::default() };
        Places::of(dir.path()).keep(&place).unwrap();
        take_back(dir.path(), 3).unwrap();
        assert_eq!(list(dir.path()), [Move::now(4, &to)]);
        assert_eq!(Places::of(dir.path()).list().unwrap().places.len(), 1, "the way to the server stays");
    }
}
