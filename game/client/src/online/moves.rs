//! Games of this folder that moved to a server. Their copies stay, to be read and written out; they are not gone on with
//! here unless somebody says so, so that no game is played in two places by accident.
//!
//! They are `moved.ron` in the data folder, which says so also when the place at the server is forgotten.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use instep_words::Language;
use serde::{Deserialize, Serialize};

use super::last::{day, today};
use super::{Place, Places, PlacesTrouble, places_file as file};

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
    if !data.join(NAME).exists() && !file::is_there(data) {
        return Vec::new();
    }
    // A folder that can't be written to is read all the same.
    let hold = Places::of(data).hold();
    let kept = read(data);
    let can_write = hold.is_ok() && kept.is_ok();
    let mut moves = kept.unwrap_or_default();
    let known = moves.len();
    for place in &file::peek(data) {
        if let Some(new) = Move::of(place).filter(|new| !moves.iter().any(|old| old.table == new.table)) {
            moves.push(new);
        }
    }
    if moves.len() > known && can_write {
        // A place may be forgotten; this stays. Where it can't be written, the place says so for now.
        let _ = write(data, &moves);
    }
    moves
}

/// Notes that a game moves. It is on disk when this returns.
#[cfg(feature = "window")]
pub(crate) fn note(data: &Path, new: &Move) -> Result<(), PlacesTrouble> {
    let _hold = Places::of(data).hold()?;
    let mut moves = read(data)?;
    moves.retain(|old| old.table != new.table);
    moves.push(new.clone());
    write(data, &moves)
}

/// The game is this folder's again: it did not come to moving, or somebody wants to go on with the copy.
#[cfg(feature = "window")]
pub(crate) fn take_back(data: &Path, table: i64) -> Result<(), PlacesTrouble> {
    let _hold = Places::of(data).hold()?;
    let mut moves = read(data)?;
    // A place would say that it has moved.
    let mut places = file::peek(data);
    let moved = places.iter_mut().filter(|place| place.moved_from == Some(table));
    if moved.map(|place| place.moved_from = None).count() > 0 {
        file::write(data, &places)?;
    }
    moves.retain(|old| old.table != table);
    write(data, &moves)
}

/// What the file holds. A damaged one is put aside: what it said of places that are still there, they say too.
fn read(data: &Path) -> Result<Vec<Move>, PlacesTrouble> {
    let path = data.join(NAME);
    let bytes = match fs::read(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(file::disk(&path, &e)),
        Ok(bytes) => bytes,
    };
    let moves = std::str::from_utf8(&bytes).ok().and_then(|text| ron::from_str(text).ok());
    if let Some(moves) = moves {
        return Ok(moves);
    }
    fs::rename(&path, file::aside(data, "moved")).map_err(|e| file::disk(&path, &e))?;
    Ok(Vec::new())
}

/// Writes the file; it is the old one or the new one whatever happens.
fn write(data: &Path, moves: &[Move]) -> Result<(), PlacesTrouble> {
    let (path, part) = (data.join(NAME), data.join("moved.part"));
    let written = || {
        let text = ron::ser::to_string_pretty(moves, ron::ser::PrettyConfig::default());
        let mut file = fs::File::create(&part)?;
        file.write_all(text.map_err(std::io::Error::other)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, &path)?;
        file::sync_folder(data)
    };
    written().map_err(|e| file::disk(&path, &e))
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

    #[test]
    fn a_damaged_list_is_put_aside_and_what_the_places_say_stays() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place { addresses: vec!["192.0.2.7:4433".into()], moved_from: Some(3), ..Place::default() };
        Places::of(dir.path()).keep(&place).unwrap();
        for (n, damaged) in ["", "[(table: 3, to", "\u{0}"].into_iter().enumerate() {
            fs::write(dir.path().join(NAME), damaged).unwrap();
            assert_eq!(list(dir.path()).iter().map(|moved| moved.table).collect::<Vec<_>>(), [3]);
            let aside = dir.path().join(format!("moved-damaged-{}.ron", n + 1));
            assert_eq!(fs::read_to_string(aside).unwrap(), damaged);
        }
    }

    #[test]
    fn a_damaged_list_of_places_is_left_to_whoever_tells_of_it() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("places.ron"), "(version: 1, places: [(").unwrap();
        assert!(list(dir.path()).is_empty());
        assert!(Places::of(dir.path()).list().unwrap().aside.is_some());
    }

    #[cfg(feature = "window")]
    #[test]
    fn several_insteps_note_moves_at_once_and_none_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        let to = instep_protocol::Address { host: "192.0.2.7".into(), port: 4433 };
        std::thread::scope(|scope| {
            for table in 0..8 {
                let (data, to) = (dir.path(), &to);
                scope.spawn(move || note(data, &Move::now(table, to)).unwrap());
            }
        });
        let mut tables: Vec<i64> = list(dir.path()).iter().map(|moved| moved.table).collect();
        tables.sort_unstable();
        assert_eq!(tables, (0..8).collect::<Vec<_>>());
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
        let places = Places::of(dir.path()).list().unwrap().places;
        assert_eq!(places.len(), 1, "the way to the server stays");
        assert_eq!(places[0].moved_from, None);
    }
}
