//! Decks have no order: a deck is the set of its cards that are not yet drawn.

use serde::{Deserialize, Serialize};

use crate::bits::nth_bit;
use crate::{Perspective, Setup};

/// A card, by its place in the setup's list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct CardId(pub u16);

impl CardId {
    /// Its place in the setup's list.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One of the five decks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Deck {
    /// The cards of one perspective's voice.
    Of(Perspective),
    /// Poet's Corner.
    Poems,
}

impl Deck {
    /// How many there are.
    pub const COUNT: usize = 5;

    /// All five: the perspectives in turn order, then the poems.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Of(Perspective::First),
        Self::Of(Perspective::Second),
        Self::Of(Perspective::Third),
        Self::Of(Perspective::Fourth),
        Self::Poems,
    ];

    /// 0 to 4.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Of(perspective) => perspective.index(),
            Self::Poems => 4,
        }
    }
}

/// Where one deck's cards stand in the setup's list, and in the bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first card's place in the list.
    pub(crate) first: u16,
    /// How many cards.
    pub(crate) len: u16,
    /// The first word of its bits; each deck begins a word of its own.
    pub(crate) word: u16,
}

impl Span {
    pub(crate) fn words(self) -> std::ops::Range<usize> {
        let first = self.word as usize;
        first..first + (self.len as usize).div_ceil(64)
    }

    /// The bits of the `n`th word of this deck when all its cards are in it.
    fn full_word(self, n: usize) -> u64 {
        let left = (self.len as usize) - n * 64;
        if left >= 64 { u64::MAX } else { (1 << left) - 1 }
    }
}

/// Which cards are not yet drawn, and which were put aside in this turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decks {
    /// One bit a card: set while it is in its deck.
    undrawn: Box<[u64]>,
    /// One bit a card: set from being redrawn to the end of the turn.
    aside: Box<[u64]>,
    any_aside: bool,
}

/// What a draw would be made from.
pub(crate) struct Candidates {
    /// Whether the used cards become the deck again first.
    pub(crate) refilled: bool,
    /// How many cards there are to draw from.
    pub(crate) count: u32,
}

impl Decks {
    pub(crate) fn full(setup: &Setup) -> Self {
        let words = setup.deck_words();
        let mut undrawn = vec![0; words].into_boxed_slice();
        for deck in Deck::ALL {
            let span = setup.span(deck);
            for (n, at) in span.words().enumerate() {
                undrawn[at] = span.full_word(n);
            }
        }
        Self { undrawn, aside: vec![0; words].into_boxed_slice(), any_aside: false }
    }

    /// The words of `span` as a draw sees them: undrawn, or after a refill every card but those `but`
    /// and those put aside in this turn.
    #[inline]
    fn word(&self, span: Span, n: usize, refilled: bool, but: Option<CardId>) -> u64 {
        let at = span.word as usize + n;
        if !refilled {
            return self.undrawn[at];
        }
        let mut bits = span.full_word(n) & !self.aside[at];
        if let Some(card) = but
            && let Some(place) = card.0.checked_sub(span.first)
            && place as usize / 64 == n
        {
            bits &= !(1 << (place % 64));
        }
        bits
    }

    /// What the next card of `span` would be drawn from; `in_play` is not among them.
    #[inline]
    pub(crate) fn candidates(&self, span: Span, in_play: Option<CardId>) -> Candidates {
        let count = |refilled| -> u32 {
            (0..span.words().len()).map(|n| self.word(span, n, refilled, in_play).count_ones()).sum()
        };
        match count(false) {
            0 => Candidates { refilled: true, count: count(true) },
            count => Candidates { refilled: false, count },
        }
    }

    /// The `k`th candidate, in the setup's order.
    #[inline]
    pub(crate) fn nth(&self, span: Span, refilled: bool, in_play: Option<CardId>, mut k: u32) -> Option<CardId> {
        for n in 0..span.words().len() {
            let bits = self.word(span, n, refilled, in_play);
            if let Some(at) = nth_bit(bits, k) {
                return Some(CardId(span.first + n as u16 * 64 + at as u16));
            }
            k -= bits.count_ones();
        }
        None
    }

    /// The place of `card` among the candidates, the inverse of [`Decks::nth`].
    pub(crate) fn rank(&self, span: Span, refilled: bool, in_play: Option<CardId>, card: CardId) -> Option<u32> {
        (0..u32::from(span.len)).find(|k| self.nth(span, refilled, in_play, *k) == Some(card))
    }

    /// A card left its deck.
    #[inline]
    pub(crate) fn draw(&mut self, span: Span, card: CardId, refilled: bool, in_play: Option<CardId>) {
        if refilled {
            for n in 0..span.words().len() {
                self.undrawn[span.word as usize + n] = self.word(span, n, true, in_play);
            }
        }
        if let Some((at, bit)) = place(span, card) {
            self.undrawn[at] &= !bit;
        }
    }

    /// A card can't return in this turn.
    pub(crate) fn put_aside(&mut self, span: Span, card: CardId) {
        if let Some((at, bit)) = place(span, card) {
            self.aside[at] |= bit;
            self.any_aside = true;
        }
    }

    /// The turn ended: what was put aside counts as used like any other card.
    #[inline]
    pub(crate) fn end_turn(&mut self) {
        if self.any_aside {
            self.aside.fill(0);
            self.any_aside = false;
        }
    }

    /// Whether `card` is in its deck.
    #[must_use]
    pub fn holds(&self, setup: &Setup, card: CardId) -> bool {
        setup
            .cards()
            .get(card.index())
            .and_then(|c| place(setup.span(c.deck), card))
            .is_some_and(|(at, bit)| self.undrawn[at] & bit != 0)
    }

    /// How many cards of `deck` are not yet drawn.
    #[must_use]
    pub fn left(&self, setup: &Setup, deck: Deck) -> u32 {
        setup.span(deck).words().map(|at| self.undrawn[at].count_ones()).sum()
    }

    pub(crate) fn bits(&self) -> impl Iterator<Item = u64> {
        self.undrawn.iter().chain(self.aside.iter()).copied()
    }

    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.undrawn.copy_from_slice(&other.undrawn);
        self.aside.copy_from_slice(&other.aside);
        self.any_aside = other.any_aside;
    }
}

#[inline]
fn place(span: Span, card: CardId) -> Option<(usize, u64)> {
    let place = card.0.checked_sub(span.first).filter(|p| *p < span.len)?;
    Some((span.word as usize + place as usize / 64, 1 << (place % 64)))
}
