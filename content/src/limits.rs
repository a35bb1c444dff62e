//! How much of everything a pack may have. All are checked before anything is built from what was read.

use std::ops::RangeInclusive;

/// The version of the format that this program reads.
pub const FORMAT: i64 = 1;

/// Files of a pack.
pub const FILES_MAX: usize = 2_000;
/// Bytes of all RON files of a pack together.
pub const RON_BYTES_MAX: u64 = 8 << 20;
/// Bytes of a whole pack with its pictures.
pub const PACK_BYTES_MAX: u64 = 64 << 20;
/// Bytes of the guide.
pub const GUIDE_BYTES_MAX: usize = 256 << 10;
/// Bytes of a drawing (SVG).
pub const SVG_BYTES_MAX: usize = 256 << 10;
/// Bytes of a photograph or painting (PNG).
pub const PNG_BYTES_MAX: usize = 4 << 20;
/// Width and height of a PNG.
pub const PNG_SIDE_MAX: u32 = 4_096;
/// Folders in folders.
pub const FOLDERS_MAX: usize = 4;

/// Letters of an id.
pub const ID: usize = 48;
/// Letters of a name.
pub const NAME: usize = 80;
/// Letters of a sentence or two: a meaning, a description of a picture.
pub const SENTENCE: usize = 300;
/// Letters of a card's text or of a longer text.
pub const TEXT: usize = 600;
/// Letters of a card's question.
pub const PROMPT: usize = 200;
/// Letters of a poem's line.
pub const LINE: usize = 120;

/// Spaces of a board.
pub const SPACES: RangeInclusive<usize> = 12..=80;
/// Outcomes of a pack.
pub const OUTCOMES: RangeInclusive<usize> = 1..=12;
/// Lines of a poem.
pub const LINES: RangeInclusive<usize> = 1..=40;
/// Themes of a card.
pub const CARD_THEMES: RangeInclusive<usize> = 1..=6;
/// Options of a choice.
pub const OPTIONS: RangeInclusive<usize> = 2..=3;
/// Cards and poems of a pack.
pub const CARDS_MAX: usize = 20_000;
/// Cards and poems of all packs of a table.
pub const CARDS_TOGETHER_MAX: usize = 65_535;
/// Faults kept of one pack; a thousand are enough to see that something is very wrong.
pub const FAULTS_MAX: usize = 1_000;
