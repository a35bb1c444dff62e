//! Each table's own desk: what is being typed there, what was seen there. Somebody may take part in several tables over
//! days, and nothing of one is lost for another.
//!
//! A desk is `desks/game-N.ron` for a game of this folder, and `desks/place-KEY.ron` for a place elsewhere. It goes when
//! its game is there no more or somebody lets go of its place, and a while after the list of places has lost it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use instep_ui::Desk;
use serde::Deserialize;

use crate::online::{Place, Places};

const FOLDER: &str = "desks";

/// The list of places may have been damaged, or be too long by one: whoever comes back to a place within this time finds
/// what they had typed there.
const WITHOUT_PLACE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where earlier Insteps kept the one desk that they had.
const ONE: &str = "desk.ron";

/// Whose desk it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum DeskOf {
    /// A game of this folder, by its number.
    Game(i64),
    /// A place elsewhere, by its key ([`Place::key`]).
    Place(String),
}

impl DeskOf {
    pub(super) fn place(place: &Place) -> Self {
        Self::Place(place.key())
    }

    /// The game's number; 0 where it is no game of this folder.
    pub(super) fn table(&self) -> i64 {
        match self {
            Self::Game(id) => *id,
            Self::Place(_) => 0,
        }
    }

    /// Its file, seen from the data folder.
    pub(super) fn file(&self) -> PathBuf {
        let name = match self {
            Self::Game(id) => format!("game-{id}.ron"),
            Self::Place(key) => format!("place-{key}.ron"),
        };
        Path::new(FOLDER).join(name)
    }
}

/// The desks of a data folder, as they were kept last.
#[derive(Debug)]
pub(super) struct Desks {
    data: PathBuf,
    /// What was found or kept last, for seeing what is new. Another Instep may have written since.
    kept: BTreeMap<DeskOf, Desk>,
}

impl Desks {
    /// Those of this folder. The one desk that earlier Insteps had goes to where it belongs.
    pub(super) fn of(data: &Path) -> Self {
        one_to_its_place(data);
        Self { data: data.to_owned(), kept: BTreeMap::new() }
    }

    /// What was kept of a table's desk: what is still waiting to be written
    /// ([`Keeper::waiting`](super::keep::Keeper::waiting)), else what is on the disk.
    pub(super) fn find(&mut self, of: &DeskOf, waiting: Option<Desk>) -> Option<Desk> {
        let found = waiting.or_else(|| read(&self.data.join(of.file())));
        match &found {
            Some(desk) => self.kept.insert(of.clone(), desk.clone()),
            None => self.kept.remove(of),
        };
        found
    }

    /// Whether this desk is another than what was kept of it last; it counts as kept from now on.
    pub(super) fn keep(&mut self, of: &DeskOf, desk: &Desk) -> bool {
        let other = self.kept.get(of) != Some(desk);
        if other {
            self.kept.insert(of.clone(), desk.clone());
        }
        other
    }
}

fn read(path: &Path) -> Option<Desk> {
    // A desk that can't be read is one that can be laid anew: the table itself has all that counts.
    ron::from_str(&fs::read_to_string(path).ok()?).ok()
}

fn one_to_its_place(data: &Path) {
    #[derive(Deserialize)]
    struct One {
        table: i64,
    }
    let path = data.join(ONE);
    let Some(one) = fs::read_to_string(&path).ok().and_then(|text| ron::from_str::<One>(&text).ok()) else { return };
    let of = match one.table {
        id @ 1.. => Some(DeskOf::Game(id)),
        // It did not say which place was meant. It was the one of the last table, and so is the newest place.
        _ => Places::of(data).list().ok().and_then(|listed| listed.places.first().map(DeskOf::place)),
    };
    let Some(to) = of.map(|of| data.join(of.file())).filter(|to| !to.exists()) else { return };
    // Where it can't be moved it stays, and is tried again the next time.
    let _ = fs::create_dir_all(data.join(FOLDER)).and_then(|()| fs::rename(&path, to));
}

/// The desks that there are. To be asked for before the games and places that they may belong to.
pub(super) fn there(data: &Path) -> Vec<PathBuf> {
    let Ok(folder) = fs::read_dir(data.join(FOLDER)) else { return Vec::new() };
    folder.filter_map(|entry| Some(Path::new(FOLDER).join(entry.ok()?.file_name()))).collect()
}

/// Of these desks, those whose game is gone go too, and those whose place has been gone for some time.
pub(super) fn tidy(data: &Path, desks: &[PathBuf], games: impl Iterator<Item = i64>, places: &[Place]) {
    let games = games.map(|id| DeskOf::Game(id).file());
    let used: BTreeSet<PathBuf> = games.chain(places.iter().map(|place| DeskOf::place(place).file())).collect();
    let young = |desk: &Path| {
        let written = fs::metadata(data.join(desk)).and_then(|about| about.modified());
        // A time that is yet to come is that of a clock that was wrong.
        written.is_ok_and(|at| at.elapsed().is_ok_and(|since| since < WITHOUT_PLACE))
    };
    let of_place = |desk: &Path| desk.file_name().is_some_and(|name| name.to_string_lossy().starts_with("place-"));
    let kept = |desk: &Path| of_place(desk) && (places.is_empty() || young(desk));
    let whole = |desk: &Path| desk.extension().is_some_and(|ending| ending == "ron");
    for desk in desks.iter().filter(|desk| whole(desk) && !used.contains(*desk) && !kept(desk)) {
        // One that stays is in nobody's way.
        let _ = fs::remove_file(data.join(desk));
    }
}

/// The desk of a place that somebody lets go of.
pub(super) fn let_go(data: &Path, place: &Place) {
    let _ = fs::remove_file(data.join(DeskOf::place(place).file()));
}

#[cfg(test)]
mod tests {
    use instep_net::Trust;
    use instep_protocol::{Address, PersonId, Token};
    use instep_ui::Drafts;

    use super::super::keep::Keeper;
    use super::*;

    fn typed(note: &str) -> Desk {
        Desk { drafts: Drafts { note: note.into(), ..Drafts::default() }, ..Desk::default() }
    }

    fn place(table: u64) -> Place {
        let token = Token { table, person: PersonId(3), secret: [1; 32] };
        Place::new(&[Address { host: "192.0.2.7".into(), port: 4433 }], Trust::Fingerprint([9; 32]), &token)
    }

    fn keep(data: &Path, desks: &[(DeskOf, Desk)]) {
        let keeper = Keeper::start(data.to_owned(), |why| panic!("{why}"));
        desks.iter().for_each(|(of, desk)| keeper.desk(of.clone(), desk.clone()));
    }

    #[test]
    fn each_table_has_its_own_desk() {
        let dir = tempfile::tempdir().unwrap();
        let all = [
            (DeskOf::Game(3), typed("here")),
            (DeskOf::Game(4), typed("here too")),
            (DeskOf::place(&place(3)), typed("elsewhere")),
            (DeskOf::place(&place(4)), typed("elsewhere too")),
        ];
        keep(dir.path(), &all);
        let mut desks = Desks::of(dir.path());
        for (of, desk) in &all {
            assert_eq!(desks.find(of, None).as_ref(), Some(desk), "{of:?}");
        }
        assert_eq!(desks.find(&DeskOf::Game(5), None), None);
    }

    #[test]
    fn whoever_goes_back_at_once_finds_what_the_disk_has_not_yet() {
        let dir = tempfile::tempdir().unwrap();
        let mut desks = Desks::of(dir.path());
        let of = DeskOf::Game(1);
        assert!(desks.keep(&of, &typed("half")));
        assert!(!desks.keep(&of, &typed("half")), "nothing new");
        assert!(desks.keep(&of, &typed("half a")));
        assert_eq!(desks.find(&of, Some(typed("half a"))), Some(typed("half a")));
    }

    #[test]
    fn what_another_instep_wrote_meanwhile_is_not_pushed_aside() {
        let dir = tempfile::tempdir().unwrap();
        let of = DeskOf::place(&place(1));
        let keeper = Keeper::start(dir.path().to_owned(), |why| panic!("{why}"));
        let mut desks = Desks::of(dir.path());
        assert!(desks.keep(&of, &typed("stale")));
        keeper.desk(of.clone(), typed("stale"));
        drop(keeper);
        keep(dir.path(), &[(of.clone(), typed("newer"))]);
        assert_eq!(desks.find(&of, None), Some(typed("newer")));
        assert!(!desks.keep(&of, &typed("newer")), "nothing new");
        assert!(desks.keep(&of, &typed("stale")), "typed once more, it is new");
    }

    #[test]
    fn a_desk_goes_with_its_game_or_place() {
        let dir = tempfile::tempdir().unwrap();
        let all = [DeskOf::Game(1), DeskOf::Game(2), DeskOf::place(&place(1)), DeskOf::place(&place(2))];
        keep(dir.path(), &all.clone().map(|of| (of, typed("a draft"))));
        let are_there = || all.clone().map(|of| Desks::of(dir.path()).find(&of, None).is_some());
        tidy(dir.path(), &there(dir.path()), [2].into_iter(), &[place(1)]);
        assert_eq!(are_there(), [false, true, true, true], "what is young stays");
        let long_ago = std::time::SystemTime::now() - WITHOUT_PLACE - Duration::from_secs(60);
        for desk in there(dir.path()) {
            let file = fs::File::options().write(true).open(dir.path().join(desk)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        tidy(dir.path(), &there(dir.path()), [2].into_iter(), &[]);
        assert_eq!(are_there(), [false, true, true, true], "the list may be damaged");
        tidy(dir.path(), &there(dir.path()), [].into_iter(), &[place(1)]);
        assert_eq!(are_there(), [false, false, true, false]);
        let_go(dir.path(), &place(1));
        assert_eq!(are_there(), [false; 4]);
    }

    #[test]
    fn the_one_desk_of_an_earlier_instep_goes_to_its_table() {
        for (table, of) in [(7, DeskOf::Game(7)), (-123_456, DeskOf::place(&place(2)))] {
            let dir = tempfile::tempdir().unwrap();
            for n in [1, 2] {
                Places::of(dir.path()).keep(&place(n)).unwrap();
            }
            let one = format!("(table: {table}, drafts: (note: \"half a thought\"), seen: 12)");
            fs::write(dir.path().join(ONE), one).unwrap();
            for _ in 0..2 {
                let desk = Desks::of(dir.path()).find(&of, None).expect("it is there");
                assert_eq!((desk.drafts.note.as_str(), desk.seen), ("half a thought", 12));
                assert!(!dir.path().join(ONE).exists());
            }
        }
    }

    #[test]
    fn what_an_earlier_instep_left_pushes_nothing_aside() {
        let dir = tempfile::tempdir().unwrap();
        keep(dir.path(), &[(DeskOf::Game(7), typed("newer"))]);
        fs::write(dir.path().join(ONE), "(table: 7, drafts: (note: \"older\"))").unwrap();
        assert_eq!(Desks::of(dir.path()).find(&DeskOf::Game(7), None), Some(typed("newer")));
        fs::write(dir.path().join(ONE), "no desk").unwrap();
        assert_eq!(Desks::of(dir.path()).find(&DeskOf::Game(7), None), Some(typed("newer")));
    }
}
