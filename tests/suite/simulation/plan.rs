//! What a world is like. Each seed leaves some faults out, so that the others go on for longer between them.

use instep_protocol::TableSetup;
use instep_rules::players::Dice;
use instep_rules::{EmptySeats, Passing, Removal, Setting, TeamActs};

use crate::packs;

/// Chance, for all that is not the lobby's own.
#[derive(Clone, Debug)]
pub(crate) struct Luck(Dice);

impl Luck {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Dice::new(seed))
    }

    pub(crate) fn dice(&mut self) -> &mut Dice {
        &mut self.0
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0.below(n.max(1) as u32) as usize
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + u64::from(self.0.below((high - low) as u32 + 1))
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, n: u32) -> bool {
        self.0.below(100) < n
    }

    pub(crate) fn of<T: Copy>(&mut self, some: &[T]) -> Option<T> {
        (!some.is_empty()).then(|| some[self.below(some.len())])
    }

    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        for some in bytes.chunks_mut(8) {
            some.copy_from_slice(&self.0.next().to_le_bytes()[..some.len()]);
        }
    }
}

/// What may go wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// A connection is lost, with what was on its way.
    Cut,
    /// Somebody takes nothing for a while.
    Stall,
    /// The server is gone, at once.
    Crash,
    /// It is stopped and started again.
    Close,
    /// The disk fails.
    Disk,
    /// The calendar jumps.
    Day,
    /// Nobody is there for some minutes.
    Lull,
    /// Nobody is there for some days.
    LongLull,
    /// A person takes up a second device.
    Copy,
    /// A person's program ends and is started again.
    Restart,
    /// What was typed is erased.
    Erase,
    /// Many want in at once.
    Knocks,
    /// One person is away for two minutes.
    Away,
    /// Somebody found an old token.
    Thief,
}

const FAULTS: [Fault; 14] = [
    Fault::Cut,
    Fault::Stall,
    Fault::Crash,
    Fault::Close,
    Fault::Disk,
    Fault::Day,
    Fault::Lull,
    Fault::LongLull,
    Fault::Copy,
    Fault::Restart,
    Fault::Erase,
    Fault::Knocks,
    Fault::Away,
    Fault::Thief,
];

#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) tables: Vec<TableSetup>,
    /// How many join each table beside its maker.
    pub(crate) joiners: usize,
    pub(crate) liars: usize,
    pub(crate) length_ms: u64,
    pub(crate) think_ms: u64,
    pub(crate) latency_ms: u64,
    pub(crate) sync_ms: u64,
    /// Frames that wait for a connection at most, and frames that are on their way at once.
    pub(crate) outbox: usize,
    pub(crate) window: usize,
    pub(crate) chaos_ms: u64,
    pub(crate) faults: Vec<Fault>,
    pub(crate) retention_days: u32,
    /// How often in a hundred somebody does something else than play.
    pub(crate) aside: u32,
    /// Whether the game may be closed before the end.
    pub(crate) closes: bool,
}

impl Plan {
    pub(crate) fn new(luck: &mut Luck) -> Self {
        let tables = 1 + usize::from(luck.percent(25));
        let mut faults = Vec::new();
        for fault in FAULTS {
            let (often, weight) = match fault {
                Fault::Cut => (85, 6),
                Fault::Stall => (60, 4),
                Fault::Crash => (70, 2),
                Fault::Close => (40, 1),
                Fault::Disk => (25, 1),
                Fault::Day => (30, 1),
                Fault::Lull => (25, 1),
                Fault::LongLull => (8, 1),
                Fault::Copy => (45, 2),
                Fault::Restart => (45, 2),
                Fault::Erase => (25, 1),
                Fault::Knocks => (15, 1),
                Fault::Away => (30, 2),
                Fault::Thief => (50, 1),
            };
            if luck.percent(often) {
                faults.extend([fault; 6].into_iter().take(weight));
            }
        }
        Self {
            tables: (0..tables).map(|_| table(luck)).collect(),
            joiners: luck.between(1, 4) as usize,
            liars: usize::from(luck.percent(30)),
            length_ms: luck.between(8_000, 30_000),
            think_ms: luck.between(40, 200),
            latency_ms: luck.of(&[2, 15, 60, 250]).unwrap_or(2),
            sync_ms: luck.of(&[1, 8, 30, 300]).unwrap_or(1),
            outbox: luck.of(&[16, 24, 48, 256]).unwrap_or(256),
            window: luck.between(1, 12) as usize,
            chaos_ms: luck.of(&[250, 700, 1_800]).unwrap_or(700),
            faults,
            retention_days: luck.of(&[0, 2, 30]).unwrap_or(0),
            aside: luck.of(&[10, 25, 60]).unwrap_or(25),
            closes: luck.percent(40),
        }
    }
}

fn table(luck: &mut Luck) -> TableSetup {
    let mut settings = vec![Setting::OpeningTiles(luck.below(2) as u8)];
    settings.extend(luck.of(TeamActs::ALL).map(Setting::TeamActs));
    settings.extend(luck.of(Passing::ALL).map(Setting::Passing));
    settings.extend(luck.of(Removal::ALL).map(Setting::Removal));
    settings.extend(luck.of(EmptySeats::ALL).map(Setting::EmptySeats));
    packs::wish(luck.between(2, 3) as usize, &settings)
}
