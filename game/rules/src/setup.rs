//! What a game is played with: board, cards, outcomes in play, ruleset. Fixed when the table is made.

use crate::deck::Span;
use crate::{Action, CardId, Deck, Instruction, Outcome, OutcomeSet, Perspective, Ruleset, TileSet};

/// A space of the board.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Space {
    /// A footprint of one perspective.
    Footprint(Perspective),
    /// A Poet's Corner.
    PoetsCorner,
}

impl Space {
    /// The deck from which its card comes.
    #[inline]
    #[must_use]
    pub const fn deck(self) -> Deck {
        match self {
            Self::Footprint(perspective) => Deck::Of(perspective),
            Self::PoetsCorner => Deck::Poems,
        }
    }
}

/// What the rules need to know of a card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardRules {
    /// The deck that it belongs to.
    pub deck: Deck,
    /// What it asks for.
    pub instruction: Instruction,
}

/// What a [`Setup`] is made of.
#[derive(Clone, Debug)]
pub struct SetupParts {
    /// The loop, 12 to 80 spaces; counters begin on the first.
    pub board: Vec<Space>,
    /// The cards in order of deck (perspectives in turn order, then poems), at least one of each deck
    /// that the board has a space of.
    pub cards: Vec<CardRules>,
    /// How many outcomes the pack has: 1 to 12.
    pub outcomes: u8,
    /// Those in play: at least one.
    pub in_play: OutcomeSet,
    /// The settings.
    pub ruleset: Ruleset,
    /// The path of an earlier session, to go on from.
    pub begun: TileSet,
}

/// Why a setup is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetupFault {
    /// The board has fewer than 12 or more than 80 spaces.
    BoardLength(usize),
    /// The pack has no outcome or more than twelve.
    OutcomeCount(u8),
    /// No outcome is in play, or one that the pack lacks.
    OutcomesInPlay,
    /// More than 65,535 cards.
    TooManyCards(usize),
    /// The cards are not in order of deck.
    CardOrder,
    /// The board leads to this deck and it has no card.
    EmptyDeck(Deck),
    /// A choice has fewer than two or more than three options.
    ChoiceLength(CardId),
    /// A setting is out of its range.
    Ruleset,
    /// The path to go on from has a tile on a stone that the pack lacks.
    BegunPath,
}

/// A setup that the rules can play.
#[derive(Clone, Debug)]
pub struct Setup {
    parts: SetupParts,
    spans: [Span; Deck::COUNT],
    words: usize,
    /// All places of the stones in play.
    pub(crate) places: TileSet,
}

impl Setup {
    /// Checks the parts.
    ///
    /// # Errors
    /// The first [`SetupFault`] found.
    pub fn new(parts: SetupParts) -> Result<Self, SetupFault> {
        if !(12..=80).contains(&parts.board.len()) {
            return Err(SetupFault::BoardLength(parts.board.len()));
        }
        if !(1..=Outcome::MAX as u8).contains(&parts.outcomes) {
            return Err(SetupFault::OutcomeCount(parts.outcomes));
        }
        let known = OutcomeSet::first(parts.outcomes as usize);
        if parts.in_play.is_empty() || parts.in_play.bits() & !known.bits() != 0 {
            return Err(SetupFault::OutcomesInPlay);
        }
        if parts.cards.len() > u16::MAX as usize {
            return Err(SetupFault::TooManyCards(parts.cards.len()));
        }
        if !parts.cards.is_sorted_by_key(|c| c.deck.index()) {
            return Err(SetupFault::CardOrder);
        }
        let r = &parts.ruleset;
        if !(4..=12).contains(&r.die_faces) || r.opening_tiles > 3 {
            return Err(SetupFault::Ruleset);
        }
        if !TileSet::stones(known).covers(parts.begun) {
            return Err(SetupFault::BegunPath);
        }
        for (i, card) in parts.cards.iter().enumerate() {
            if matches!(&card.instruction, Instruction::Choose(c) if c.len() < 2) {
                return Err(SetupFault::ChoiceLength(CardId(i as u16)));
            }
        }
        let mut spans = [Span::default(); Deck::COUNT];
        let (mut first, mut word) = (0, 0);
        for deck in Deck::ALL {
            let len = parts.cards.iter().filter(|c| c.deck == deck).count() as u16;
            if len == 0 && parts.board.iter().any(|s| s.deck() == deck) {
                return Err(SetupFault::EmptyDeck(deck));
            }
            spans[deck.index()] = Span { first, len, word };
            first += len;
            word += len.div_ceil(64);
        }
        let places = TileSet::stones(parts.in_play);
        Ok(Self { parts, spans, words: word as usize, places })
    }

    /// The board.
    #[must_use]
    pub fn board(&self) -> &[Space] {
        &self.parts.board
    }

    /// The cards, in order of deck.
    #[must_use]
    pub fn cards(&self) -> &[CardRules] {
        &self.parts.cards
    }

    /// The card's instruction; one that is not of this setup only talks.
    #[inline]
    #[must_use]
    pub fn instruction(&self, card: CardId) -> &Instruction {
        const TALK: &Instruction = &Instruction::Do(Action::TalkOnly);
        self.parts.cards.get(card.index()).map_or(TALK, |c| &c.instruction)
    }

    /// The cards of one deck, as places in [`Setup::cards`].
    #[must_use]
    pub fn deck(&self, deck: Deck) -> std::ops::Range<usize> {
        let span = self.span(deck);
        span.first as usize..span.first as usize + span.len as usize
    }

    /// How many outcomes the pack has.
    #[must_use]
    pub fn outcomes(&self) -> u8 {
        self.parts.outcomes
    }

    /// Those in play.
    #[must_use]
    pub fn in_play(&self) -> OutcomeSet {
        self.parts.in_play
    }

    /// The places of all stones in play.
    #[must_use]
    pub fn places(&self) -> TileSet {
        self.places
    }

    /// The settings that the game begins with.
    #[must_use]
    pub fn ruleset(&self) -> &Ruleset {
        &self.parts.ruleset
    }

    /// The path of an earlier session.
    #[must_use]
    pub fn begun(&self) -> TileSet {
        self.parts.begun
    }

    #[inline]
    pub(crate) fn span(&self, deck: Deck) -> Span {
        self.spans[deck.index()]
    }

    pub(crate) fn deck_words(&self) -> usize {
        self.words
    }
}
