//! The packs in content/packs, read as the game reads them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use instep_content::{Item, Library, Pack, Packs};

use crate::demands::{DEMANDS, Demands};

/// A pack of this repository, and what is asked of it.
pub(crate) struct Shipped {
    pub(crate) pack: Arc<Pack>,
    pub(crate) demands: &'static Demands,
}

impl Shipped {
    pub(crate) fn id(&self) -> &str {
        self.pack.id()
    }

    /// Its cards, then its poems.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.pack.cards.iter().map(Item::Card).chain(self.pack.poems.iter().map(Item::Poem))
    }
}

/// The folder of packs.
pub(crate) fn folder() -> PathBuf {
    // Asked when the test runs: checkouts that share a target folder may share this program.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).parent().unwrap().join("content/packs")
}

/// Every folder in content/packs.
pub(crate) fn shipped() -> &'static [Shipped] {
    static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        folders.iter().map(|path| read(path)).collect()
    });
    &SHIPPED
}

fn read(path: &Path) -> Shipped {
    let (pack, report) = Library::default().pack(path.to_str().unwrap()).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(report.warnings().count(), 0, "a shipped pack has no remarks:\n{report}");
    let demands = DEMANDS.iter().find(|demands| demands.pack == pack.id());
    let demands = demands.unwrap_or_else(|| panic!("what is asked of {} is missing in demands.rs", pack.id()));
    Shipped { pack: Arc::new(pack), demands }
}

/// Every card and poem of every pack.
pub(crate) fn all() -> impl Iterator<Item = Item<'static>> {
    shipped().iter().flat_map(Shipped::items)
}

pub(crate) fn combined(ids: &[&str]) -> Packs {
    let pack = |id: &&str| shipped().iter().find(|s| s.id() == *id).unwrap().pack.clone();
    Packs::combine(ids.iter().map(pack).collect()).unwrap_or_else(|report| panic!("{report}"))
}

/// Fails with the whole list, not with the first one.
pub(crate) fn no_faults(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_pack_that_something_is_asked_of_is_there() {
    let there: Vec<&str> = shipped().iter().map(Shipped::id).collect();
    no_faults(DEMANDS.iter().filter(|d| !there.contains(&d.pack)).map(|d| format!("{}: is not there", d.pack)));
}
