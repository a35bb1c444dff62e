//! The packs of a table elsewhere: those that are here already, and those that come over the network.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use instep_content::{Library, Pack, PackHash, Packs};
use instep_protocol::{PackPin, TableSetup};
use instep_server::{make, pinned};
use instep_words::Language;

use super::far::FarTable;

/// A table is played with so many packs at most; who names more is no server of ours.
const PACKS_MAX: usize = 32;

/// The packs of one table, as far as they are here.
pub(super) struct Gathering {
    about: TableSetup,
    found: HashMap<[u8; 32], Arc<Pack>>,
    /// The folder of pinned copies.
    copies: PathBuf,
    language: Language,
}

impl Gathering {
    /// Looks for what is here.
    pub(super) fn begin(
        about: TableSetup,
        library: &Library,
        copies: PathBuf,
        language: Language,
    ) -> Result<Self, String> {
        if about.packs.is_empty() || about.packs.len() > PACKS_MAX || !about.packs.iter().all(|pin| is_id(&pin.id)) {
            return Err(language.text("online-other-setup"));
        }
        let mut gathering = Self { about, found: HashMap::new(), copies, language };
        for pin in gathering.about.packs.clone() {
            if let Some(pack) = gathering.at_hand(&pin, library) {
                gathering.found.insert(pin.hash, Arc::new(pack));
            }
        }
        Ok(gathering)
    }

    /// A pack that is installed here, or of which there is a copy.
    fn at_hand(&self, pin: &PackPin, library: &Library) -> Option<Pack> {
        let hash = PackHash(pin.hash);
        let copy = std::fs::read(pinned::path(&self.copies, hash)).ok();
        let copy = copy.and_then(|bytes| Pack::from_pinned(&pin.id, &bytes).ok()).filter(|pack| pack.hash == hash);
        copy.or_else(|| {
            // Its files alone say whether it is the one: most often it is another version, and is not read.
            let files = library.files(&pin.id).ok().filter(|files| files.hash() == hash)?;
            Pack::read(files).ok().map(|(pack, _)| pack)
        })
    }

    /// What is not here.
    pub(super) fn missing(&self) -> Vec<PackPin> {
        self.about.packs.iter().filter(|pin| !self.found.contains_key(&pin.hash)).cloned().collect()
    }

    /// A pack has come, or can't be had. It is checked, and its copy kept.
    pub(super) fn take(&mut self, hash: [u8; 32], bytes: Option<Vec<u8>>) -> Result<(), String> {
        let Some(pin) = self.about.packs.iter().find(|pin| pin.hash == hash).cloned() else { return Ok(()) };
        let with = |id: &str| self.language.with(id, &[("pack", (&pin.id).into())]);
        let bytes = bytes.ok_or_else(|| with("online-no-pack"))?;
        // The hash was checked over the bytes; the pack in them is checked as any other.
        let pack = Pack::from_pinned(&pin.id, &bytes).ok().filter(|pack| pack.hash.0 == hash);
        let pack = pack.ok_or_else(|| with("online-bad-pack"))?;
        // Without a copy it is fetched again the next time.
        let _ = pinned::keep_bytes(&self.copies, pack.hash, &bytes);
        self.found.insert(hash, Arc::new(pack));
        Ok(())
    }

    /// What the table was set up with.
    pub(super) fn about(&self) -> &TableSetup {
        &self.about
    }

    /// The table, once all packs are here.
    pub(super) fn table(&self) -> Result<FarTable, String> {
        let other = || self.language.text("online-other-setup");
        let packs = self.about.packs.iter().map(|pin| self.found.get(&pin.hash).cloned());
        let packs = Packs::combine(packs.collect::<Option<Vec<_>>>().ok_or_else(other)?).map_err(|_| other())?;
        let table = make::table_of(&packs, &self.about).map_err(|_| other())?;
        Ok(FarTable { packs, table, about: self.about.clone() })
    }
}

/// Whether a server's word for a pack is a name and nothing else: it may not lead to any folder of this computer.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[test]
fn a_servers_name_for_a_pack_leads_to_no_folder() {
    for id in ["path-to-personalisation", "our_pack2"] {
        assert!(is_id(id), "{id}");
    }
    for id in ["", "..", "/etc", "a/b", "a\\b", "C:", "a.b", &"x".repeat(65)] {
        assert!(!is_id(id), "{id}");
    }
}
