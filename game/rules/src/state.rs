//! Where a game stands.

use crate::{CardId, Decks, OutcomeSet, Perspective, Ruleset, SeatSet, Setup, Tile, TileSet};

/// What the game waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// The seat lays an opening tile, in this round (from 0).
    Opening {
        /// The round.
        round: u8,
    },
    /// The seat rolls.
    Roll,
    /// The seat picks the direction.
    Walk {
        /// What the die showed.
        face: u8,
    },
    /// The table talks about the card.
    Talk {
        /// Which.
        card: CardId,
    },
    /// The seat does what the card asks.
    Resolve {
        /// Which.
        card: CardId,
        /// The option chosen, counted from 0, where there was a choice.
        chosen: Option<u8>,
    },
    /// The table keeps a cracked tile or lets it go.
    Mend {
        /// The card that cracked it.
        card: CardId,
        /// The tile.
        tile: Tile,
    },
}

impl Phase {
    /// The card in play, if there is one.
    #[must_use]
    pub const fn card(self) -> Option<CardId> {
        match self {
            Self::Talk { card } | Self::Resolve { card, .. } | Self::Mend { card, .. } => Some(card),
            Self::Opening { .. } | Self::Roll | Self::Walk { .. } => None,
        }
    }
}

/// The state of a game: what `decide` looks at and `apply` changes.
///
/// All of it is public to everyone at the table: nothing here is a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    pub(crate) game: Board,
    /// The settings as they are now.
    pub(crate) ruleset: Ruleset,
    /// Seats that somebody holds.
    pub(crate) held: SeatSet,
    /// Steps accepted so far, the undone ones included.
    pub(crate) steps: u32,
    /// Steps that undo can take back.
    pub(crate) steps_in_effect: u32,
    /// Chance words taken so far. Chance never rewinds, so undo leaves it.
    pub(crate) words: u64,
    /// Whether the game is closed.
    pub(crate) closed: bool,
}

/// The part of the state that undo takes back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Board {
    pub(crate) path: TileSet,
    pub(crate) counters: [u8; Perspective::COUNT],
    pub(crate) seat: Perspective,
    pub(crate) phase: Phase,
    /// Turns ended.
    pub(crate) turns: u32,
    /// Whether a die was ever rolled: from then on most settings are fixed.
    pub(crate) begun: bool,
    pub(crate) opening_laid: bool,
    pub(crate) pass_asked: bool,
    pub(crate) decks: Decks,
}

impl Board {
    pub(crate) fn new(setup: &Setup, ruleset: &Ruleset) -> Self {
        let mut board = Self {
            path: setup.begun(),
            counters: [0; 4],
            seat: Perspective::First,
            phase: Phase::Roll,
            turns: 0,
            begun: false,
            opening_laid: false,
            pass_asked: false,
            decks: Decks::full(setup),
        };
        board.phase = first_phase(setup, ruleset);
        board
    }

    /// Like [`Board::new`], in the memory that is there.
    pub(crate) fn reset(&mut self, fresh: &Self) {
        let Self { path, counters, seat, phase, turns, begun, opening_laid, pass_asked, decks } = fresh;
        self.decks.copy_from(decks);
        self.path = *path;
        self.counters = *counters;
        self.seat = *seat;
        self.phase = *phase;
        self.turns = *turns;
        self.begun = *begun;
        self.opening_laid = *opening_laid;
        self.pass_asked = *pass_asked;
    }
}

/// How many rounds of opening tiles there are: no more than there are outcomes in play less one, and none
/// on a path that is begun already.
pub(crate) fn opening_rounds(setup: &Setup, ruleset: &Ruleset) -> u8 {
    if !setup.begun().is_empty() {
        return 0;
    }
    ruleset.opening_tiles.min(setup.in_play().len() as u8 - 1)
}

pub(crate) fn first_phase(setup: &Setup, ruleset: &Ruleset) -> Phase {
    if opening_rounds(setup, ruleset) > 0 { Phase::Opening { round: 0 } } else { Phase::Roll }
}

impl State {
    /// The state before the first event.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        Self {
            game: Board::new(setup, setup.ruleset()),
            ruleset: *setup.ruleset(),
            held: SeatSet::NONE,
            steps: 0,
            steps_in_effect: 0,
            words: 0,
            closed: false,
        }
    }

    /// Like [`State::new`], in the memory that is there.
    pub(crate) fn restart(&mut self, setup: &Setup, fresh: &Board) {
        let Self { game, ruleset, held, steps, steps_in_effect, words, closed } = self;
        game.reset(fresh);
        *ruleset = *setup.ruleset();
        *held = SeatSet::NONE;
        (*steps, *steps_in_effect, *words, *closed) = (0, 0, 0, false);
    }

    /// The tiles that lie on the path; a cracked one lies there until it is let go.
    #[inline]
    #[must_use]
    pub fn path(&self) -> TileSet {
        self.game.path
    }

    /// The space on which `seat`'s counter stands.
    #[must_use]
    pub fn counter(&self, seat: Perspective) -> u8 {
        self.game.counters[seat.index()]
    }

    /// Whose turn it is.
    #[inline]
    #[must_use]
    pub fn seat(&self) -> Perspective {
        self.game.seat
    }

    /// What the game waits for.
    #[inline]
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.game.phase
    }

    /// How many turns have ended.
    #[inline]
    #[must_use]
    pub fn turns(&self) -> u32 {
        self.game.turns
    }

    /// Whether the first roll is done, after which most settings are fixed.
    #[must_use]
    pub fn begun(&self) -> bool {
        self.game.begun
    }

    /// Whether somebody has asked to pass over the card in play.
    #[must_use]
    pub fn pass_asked(&self) -> bool {
        self.game.pass_asked
    }

    /// The cards not yet drawn.
    #[must_use]
    pub fn decks(&self) -> &Decks {
        &self.game.decks
    }

    /// The settings as they are now.
    #[inline]
    #[must_use]
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// The seats that somebody holds.
    #[must_use]
    pub fn held(&self) -> SeatSet {
        self.held
    }

    /// Steps accepted so far, the undone ones included.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// Steps that undo can take back.
    #[must_use]
    pub fn steps_in_effect(&self) -> u32 {
        self.steps_in_effect
    }

    /// Chance words taken so far.
    #[must_use]
    pub fn words(&self) -> u64 {
        self.words
    }

    /// Whether the game is closed.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.closed
    }

    /// The outcomes in play that are met.
    #[must_use]
    pub fn met(&self, setup: &Setup) -> OutcomeSet {
        self.game.path.and(setup.places()).complete_stones().outcomes()
    }

    /// Whether every outcome in play is met.
    #[inline]
    #[must_use]
    pub fn path_complete(&self, setup: &Setup) -> bool {
        self.game.path.covers(setup.places())
    }
}
