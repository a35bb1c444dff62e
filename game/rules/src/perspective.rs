//! The four perspectives, which are also the four seats and the four colours.

use serde::{Deserialize, Serialize};

/// One of the four perspectives, in turn order. It is a seat when somebody plays it, and a colour when
/// it is a tile, a card's deck or a footprint.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[repr(u8)]
pub enum Perspective {
    /// Service users and carers, in the base pack.
    First,
    /// Providers and commissioners, in the base pack.
    Second,
    /// Staff, in the base pack.
    Third,
    /// Managers, in the base pack.
    Fourth,
}

impl Perspective {
    /// How many there are; a pack may rename its four, but there are always four.
    pub const COUNT: usize = 4;

    /// All four, in turn order.
    pub const ALL: [Self; Self::COUNT] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    /// 0 to 3, in turn order.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The perspective at `index`, counted from 0 and round and round.
    #[inline]
    #[must_use]
    pub const fn from_index(index: usize) -> Self {
        Self::ALL[index & 3]
    }

    /// The next seat in turn order.
    #[inline]
    #[must_use]
    pub const fn next(self) -> Self {
        Self::from_index(self.index() + 1)
    }
}

/// A set of seats.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct SeatSet(u8);

impl SeatSet {
    /// No seat.
    pub const NONE: Self = Self(0);

    /// Whether `seat` is in the set.
    #[inline]
    #[must_use]
    pub const fn has(self, seat: Perspective) -> bool {
        self.0 & (1 << seat.index()) != 0
    }

    /// The set with `seat`.
    #[must_use]
    pub const fn with(self, seat: Perspective) -> Self {
        Self(self.0 | 1 << seat.index())
    }

    /// The set without `seat`.
    #[must_use]
    pub const fn without(self, seat: Perspective) -> Self {
        Self(self.0 & !(1 << seat.index()))
    }

    /// Whether no seat is in the set.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set as four bits, first perspective lowest.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }
}
