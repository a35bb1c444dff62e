//! What the window knows, and the model that its screens look at.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use instep_content::{Packs, Table};
use instep_protocol::{Mirror, Role};
use instep_server::TableSummary;
use instep_ui::{Art, Choices, Desk, Model, PackInfo, Saved, Settings, Surface, TableModel, UiState, WorkedOut};
use instep_words::{Language, View};

use super::alarm::Alarm;
use super::desks::{DeskOf, Desks};
use super::host::Host;
use super::keep::Keeper;
use super::others::Others;
use super::speech::Speaker;
use super::worker::Worker;
use crate::online::moves::Move;

/// So many notices are shown at once; older ones have been read or never will be.
const NOTICES_MAX: usize = 3;

/// Everything that the window knows, apart from what is being looked at.
pub(super) struct Known {
    pub(super) language: Language,
    pub(super) settings: Settings,
    pub(super) packs: Vec<PackInfo>,
    pub(super) saved: Vec<Saved>,
    pub(super) worked_out: Option<Box<WorkedOut>>,
    pub(super) table: Option<OpenTable>,
    /// The room's own end, while its window is open.
    pub(super) room: Option<Mirror>,
    pub(super) notices: Vec<String>,
    pub(super) clock: Clock,
    pub(super) can_speak: bool,
    pub(super) speaks: bool,
    pub(super) projector_open: bool,
    pub(super) slow: bool,
    /// What is known of tables elsewhere.
    pub(super) others: Others,
}

/// The table that is open.
pub(super) struct OpenTable {
    /// Whose desk this screen's is; `None` where nothing of it is kept.
    pub(super) desk: Option<DeskOf>,
    pub(super) packs: Packs,
    pub(super) table: Table,
    pub(super) mirror: Mirror,
    pub(super) stopped: Option<String>,
    /// Until everything has come, the last event that there is, and what is to be on the desk then.
    pub(super) arriving: Option<Arriving>,
}

/// A table that is on its way here.
#[derive(Default)]
pub(super) struct Arriving {
    pub(super) last: Option<u32>,
    pub(super) desk: Option<Desk>,
}

/// The window's whole knowledge and its helpers.
pub(super) struct Shell {
    pub(super) data: PathBuf,
    pub(super) known: Known,
    /// Where the facilitator is. The room's window shows the same, as far as it may.
    pub(super) state: UiState,
    /// Drawings are textures, and belong to a window: the desk's, the room's.
    pub(super) art: [Art; 2],
    pub(super) host: Host,
    /// Before the helpers: what they still have to say is told to it at the end.
    pub(super) keeper: Keeper,
    pub(super) failures: std::sync::mpsc::Receiver<String>,
    pub(super) worker: Worker,
    pub(super) speaker: Speaker,
    pub(super) alarm: Alarm,
    pub(super) summaries: Vec<TableSummary>,
    /// Those of them that moved.
    pub(super) moves: Vec<Move>,
    /// What was last asked of the worker.
    pub(super) asked: Option<Choices>,
    /// What is kept of each table's desk.
    pub(super) desks: Desks,
    /// How many requests were answered.
    pub(super) answered: u32,
    /// What a new game that is being made was chosen with.
    pub(super) beginning: Option<Box<Choices>>,
    /// How a table that is being opened to others is called, and whoever opens it.
    pub(super) hosting: Option<instep_ui::Host>,
}

/// What time it is; for pictures, always the same.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clock {
    Real,
    Still {
        now_ms: u64,
        /// egui's own time, in seconds.
        time: f64,
    },
}

impl Clock {
    pub(super) fn now_ms(self) -> u64 {
        match self {
            Self::Still { now_ms, .. } => now_ms,
            Self::Real => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX)),
        }
    }

    /// Minutes that local time is ahead of UTC.
    fn utc_offset_min(self) -> i32 {
        match self {
            Self::Still { .. } => 0,
            Self::Real => jiff::Zoned::now().offset().seconds() / 60,
        }
    }
}

impl OpenTable {
    pub(super) fn view<'a>(&'a self, language: &'a Language) -> View<'a> {
        view(language, self, &self.mirror)
    }
}

fn view<'a>(language: &'a Language, table: &'a OpenTable, mirror: &'a Mirror) -> View<'a> {
    View {
        language,
        packs: &table.packs,
        table: &table.table,
        game: mirror.game(),
        words: mirror.words(),
        people: mirror.people(),
    }
}

impl Known {
    pub(super) fn notice(&mut self, text: String) {
        if !self.notices.contains(&text) {
            self.notices.push(text);
        }
        let old = self.notices.len().saturating_sub(NOTICES_MAX);
        self.notices.drain(..old);
    }

    /// What the screens look at.
    pub(super) fn model(&self, surface: Surface) -> Model<'_> {
        let table = self.table.as_ref().filter(|table| table.arriving.is_none()).and_then(|table| {
            let mirror = match surface {
                Surface::Desk => &table.mirror,
                // Whoever is no facilitator sees no more than the room may.
                Surface::Room => match &self.room {
                    Some(mirror) => Some(mirror).filter(|mirror| mirror.me().is_some())?,
                    None => Some(&table.mirror)
                        .filter(|m| self.others.is_far() && m.me().is_some_and(|me| me.role != Role::Facilitator))?,
                },
            };
            Some(TableModel {
                view: view(&self.language, table, mirror),
                legal: mirror.legal(),
                waits: mirror.waits(),
                role: mirror.me().map_or(Role::Observer, |me| me.role),
                stopped: table.stopped.as_deref(),
            })
        });
        let desk = surface == Surface::Desk;
        Model {
            language: &self.language,
            settings: &self.settings,
            now_ms: self.clock.now_ms(),
            utc_offset_min: self.clock.utc_offset_min(),
            saved: if desk { &self.saved } else { &[] },
            packs: &self.packs,
            worked_out: self.worked_out.as_deref(),
            table,
            notices: if desk { &self.notices } else { &[] },
            can_speak: self.can_speak,
            speaks: self.speaks,
            projector_open: self.projector_open,
            slow: self.slow,
            online: desk
                .then(|| self.others.model(self.table.as_ref().map(|table| &table.mirror), self.clock.now_ms())),
        }
    }
}

impl Shell {
    /// Lists saved games anew: packs by their names, as far as they are installed here.
    pub(super) fn list_saved(&mut self) {
        let name = |id: &str| {
            let pack = self.known.packs.iter().find(|pack| pack.id == id);
            pack.map_or_else(|| id.to_owned(), |pack| pack.name.clone())
        };
        let language = &self.known.language;
        let moved = |id| self.moves.iter().find(|moved| moved.table == id).map(|moved| moved.in_words(language));
        let saved = self.summaries.iter().rev().map(|table| Saved {
            table: table.id.0,
            packs: table.about.packs.iter().map(|pin| name(&pin.id)).collect::<Vec<_>>().join(", "),
            stones: table.about.in_play.len(),
            closed: table.closed,
            moved: moved(table.id.0),
        });
        self.known.saved = saved.collect();
    }
}
