//! Outcomes, tiles, and the path that they make.
//!
//! A tile's place is one bit: outcome × 4 + colour. Twelve outcomes need 48 bits, so a set of tiles is one
//! `u64`, a stone is four neighbouring bits, and a colour is every fourth bit.

use serde::{Deserialize, Serialize};

use crate::Perspective;
use crate::bits::nth_bit;

/// An outcome, by its place in the pack's order: a stone of the path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Outcome(pub u8);

impl Outcome {
    /// A pack has at most twelve.
    pub const MAX: usize = 12;

    /// 0 to 11.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// As a bit of an [`OutcomeSet`]; none for one that no pack can have.
    #[inline]
    const fn bit(self) -> u16 {
        if self.0 < Self::MAX as u8 { 1 << self.0 } else { 0 }
    }
}

/// A set of outcomes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct OutcomeSet(u16);

impl OutcomeSet {
    /// No outcome.
    pub const NONE: Self = Self(0);

    /// The first `count` outcomes in pack order.
    #[must_use]
    pub fn first(count: usize) -> Self {
        (0..count.min(Outcome::MAX)).map(|i| Outcome(i as u8)).collect()
    }

    /// Whether `outcome` is in the set.
    #[inline]
    #[must_use]
    pub const fn has(self, outcome: Outcome) -> bool {
        self.0 & outcome.bit() != 0
    }

    /// The set with `outcome`.
    #[must_use]
    pub const fn with(self, outcome: Outcome) -> Self {
        Self(self.0 | outcome.bit())
    }

    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The outcomes, in pack order.
    pub fn iter(self) -> impl Iterator<Item = Outcome> {
        (0..16u8).map(Outcome).filter(move |o| self.has(*o))
    }

    /// The set as bits, first outcome lowest.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }
}

impl FromIterator<Outcome> for OutcomeSet {
    fn from_iter<I: IntoIterator<Item = Outcome>>(iter: I) -> Self {
        iter.into_iter().fold(Self::NONE, Self::with)
    }
}

/// One tile: a perspective's colour on one stone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Tile {
    /// Whose tile it is.
    pub colour: Perspective,
    /// The stone that it lies on.
    pub outcome: Outcome,
}

impl Tile {
    /// The tile of `colour` on `outcome`.
    #[inline]
    #[must_use]
    pub const fn new(colour: Perspective, outcome: Outcome) -> Self {
        Self { colour, outcome }
    }

    /// Its place as a bit; none for a stone that no pack can have, which may come over the wire.
    #[inline]
    const fn bit(self) -> u64 {
        if self.outcome.0 < Outcome::MAX as u8 { 1 << (self.outcome.0 as u32 * 4 + self.colour as u32) } else { 0 }
    }
}

/// Every first colour's place: one bit of each stone.
const ONE_COLOUR: u64 = 0x1111_1111_1111;

/// A set of tiles, or of places for tiles.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct TileSet(u64);

impl TileSet {
    /// No tile.
    pub const NONE: Self = Self(0);

    /// All four places of each of these stones.
    #[must_use]
    pub fn stones(outcomes: OutcomeSet) -> Self {
        Self(outcomes.iter().fold(0, |bits, o| bits | 0xF << (o.0 as u32 * 4)))
    }

    /// The tiles of one colour, on every stone.
    #[inline]
    #[must_use]
    pub const fn of_colour(colour: Perspective) -> Self {
        Self(ONE_COLOUR << colour as u32)
    }

    /// The stones that have all four tiles, whole.
    #[inline]
    #[must_use]
    pub const fn complete_stones(self) -> Self {
        let t = self.0;
        Self((t & t >> 1 & t >> 2 & t >> 3 & ONE_COLOUR) * 0xF)
    }

    /// Whether `tile` is in the set.
    #[inline]
    #[must_use]
    pub const fn has(self, tile: Tile) -> bool {
        self.0 & tile.bit() != 0
    }

    /// The set with `tile`.
    #[inline]
    #[must_use]
    pub const fn with(self, tile: Tile) -> Self {
        Self(self.0 | tile.bit())
    }

    /// The set without `tile`.
    #[inline]
    #[must_use]
    pub const fn without(self, tile: Tile) -> Self {
        Self(self.0 & !tile.bit())
    }

    /// What both have.
    #[inline]
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What this has and `other` lacks.
    #[inline]
    #[must_use]
    pub const fn but_not(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every tile of `other` is in the set.
    #[inline]
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether the set is empty.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many tiles there are.
    #[inline]
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The `n`th tile, counted from 0 by stone and then by colour.
    #[inline]
    #[must_use]
    pub fn nth(self, n: u32) -> Option<Tile> {
        let at = nth_bit(self.0, n)?;
        Some(Tile::new(Perspective::from_index(at as usize & 3), Outcome((at >> 2) as u8)))
    }

    /// The tiles, by stone and then by colour.
    pub fn iter(self) -> impl Iterator<Item = Tile> {
        (0..self.len()).filter_map(move |n| self.nth(n))
    }

    /// The stones that have at least one tile of the set.
    #[must_use]
    pub fn outcomes(self) -> OutcomeSet {
        self.iter().map(|t| t.outcome).collect()
    }

    /// The set as bits: outcome × 4 + colour.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }
}

impl FromIterator<Tile> for TileSet {
    fn from_iter<I: IntoIterator<Item = Tile>>(iter: I) -> Self {
        iter.into_iter().fold(Self::NONE, Self::with)
    }
}
