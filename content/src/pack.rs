//! A pack that was read and checked.

use std::sync::Arc;

use crate::fault::{Place, Report};
use crate::files::{Files, PackHash};
use crate::schema::{Board, Card, Manifest, OutcomeText, PerspectiveText, Poem, RulesetText, Strings, Themes};

/// A file of `plans/`, as it stands.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its path in the pack.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
}

/// One pack. There is none with a fault.
#[derive(Clone, Debug)]
pub struct Pack {
    /// `pack.ron`.
    pub manifest: Manifest,
    /// `board.ron`.
    pub board: Board,
    /// `perspectives.ron`: four, in turn order.
    pub perspectives: Vec<PerspectiveText>,
    /// `outcomes.ron`, in the order of the path.
    pub outcomes: Vec<OutcomeText>,
    /// `themes.ron`.
    pub themes: Themes,
    /// `rulesets.ron`.
    pub rulesets: Vec<RulesetText>,
    /// `strings.ron`.
    pub strings: Strings,
    /// The cards, in the order of files and of places in them.
    pub cards: Vec<Card>,
    /// The poems, likewise.
    pub poems: Vec<Poem>,
    /// The plans, not looked into here.
    pub plans: Vec<Plan>,
    /// The facilitator's guide, in Markdown.
    pub guide: Option<Arc<str>>,
    /// What tells this pack from every other, and from itself with one comma changed.
    pub hash: PackHash,
    pub(crate) files: Files,
    pub(crate) card_places: Vec<Place>,
    pub(crate) poem_places: Vec<Place>,
}

impl Pack {
    /// Reads a pack from its files, with the remarks that don't keep it from being played.
    ///
    /// # Errors
    /// Every fault, and the remarks.
    pub fn read(files: Files) -> Result<(Self, Report), Report> {
        match crate::read::read(files) {
            (Some(pack), report) => Ok((pack, report)),
            (None, report) => Err(report),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.manifest.id
    }

    /// The pack as one run of bytes; see [`Files::pin`].
    #[must_use]
    pub fn pin(&self) -> Vec<u8> {
        self.files.pin()
    }

    /// Reads a pinned copy again.
    ///
    /// # Errors
    /// The bytes are no pinned copy, or the pack in it has faults.
    pub fn from_pinned(label: &str, bytes: &[u8]) -> Result<Self, Report> {
        Self::read(Files::from_pinned(label, bytes)?).map(|(pack, _)| pack)
    }

    /// The bytes of a picture.
    #[must_use]
    pub fn picture(&self, file: &str) -> Option<&Arc<[u8]>> {
        self.files.get(file)
    }
}
