//! What an event changes. One `apply` for live play, replay, undo, resume, simulation and the mirror.

use crate::state::{Board, first_phase};
use crate::{CardId, Deck, EmptySeats, Event, Perspective, Phase, Setting, Setup, State};

impl State {
    /// Applies an event other than [`Event::Undone`], which needs the log: see [`Game::apply`](crate::Game::apply).
    #[inline]
    pub fn apply(&mut self, setup: &Setup, event: &Event) {
        match *event {
            Event::SeatTaken { seat } => {
                self.held = self.held.with(seat);
                self.choose_first_seat();
            }
            Event::SeatLeft { seat } => {
                self.held = self.held.without(seat);
                self.choose_first_seat();
            }
            Event::SettingChanged { setting } => {
                self.ruleset = self.ruleset.with(setting).unwrap_or(self.ruleset);
                if matches!(setting, Setting::OpeningTiles(_)) {
                    self.game.phase = first_phase(setup, &self.ruleset);
                }
                self.choose_first_seat();
            }
            Event::GameClosed => self.closed = true,
            Event::TableOpened { .. } | Event::PathContinued { .. } | Event::Undone { .. } => {}
            Event::DieRolled { words, .. } | Event::CardDrawn { words, .. } => {
                self.words += u64::from(words);
                self.game.apply(setup, event);
            }
            _ => self.game.apply(setup, event),
        }
    }

    /// While nothing has happened yet, the first turn is the first seat's that takes turns.
    pub(crate) fn choose_first_seat(&mut self) {
        if self.game.begun || self.game.opening_laid {
            return;
        }
        let skips = self.ruleset.empty_seats == EmptySeats::Skipped;
        let first = Perspective::ALL.into_iter().find(|seat| skips && self.held.has(*seat));
        self.game.seat = first.unwrap_or(Perspective::First);
    }
}

impl Board {
    /// Applies an event that undo can take back.
    #[inline]
    pub(crate) fn apply(&mut self, setup: &Setup, event: &Event) {
        match *event {
            Event::DieRolled { face, .. } => {
                self.begun = true;
                // Where the ruleset is forward only, the walk follows in the same breath.
                self.phase = Phase::Walk { face };
            }
            Event::CounterMoved { to, .. } => self.counters[self.seat.index()] = to,
            Event::CardDrawn { card, refilled, .. } => {
                let span = setup.span(deck_of(setup, card));
                self.decks.draw(span, card, refilled, self.phase.card());
                self.phase = Phase::Talk { card };
            }
            Event::TalkEnded => {
                if let Phase::Talk { card } = self.phase {
                    self.phase = Phase::Resolve { card, chosen: None };
                }
            }
            Event::ChoiceMade { option } => {
                if let Phase::Resolve { card, .. } = self.phase {
                    self.phase = Phase::Resolve { card, chosen: Some(option) };
                }
            }
            Event::TilePlaced { tile, .. } => self.path = self.path.with(tile),
            Event::TileCracked { tile } => {
                if let Phase::Resolve { card, .. } = self.phase {
                    self.phase = Phase::Mend { card, tile };
                }
                // The card is resolved: there is nothing left to pass over.
                self.pass_asked = false;
            }
            Event::TileLifted { tile } => self.path = self.path.without(tile),
            Event::OpeningMovedOn { next, round } => {
                self.seat = next;
                self.opening_laid = true;
                self.phase = Phase::Opening { round };
            }
            Event::OpeningEnded { next } => {
                self.seat = next;
                self.opening_laid = true;
                self.phase = Phase::Roll;
            }
            Event::PassAsked => self.pass_asked = true,
            Event::PassDeclined => self.pass_asked = false,
            Event::CardRedrawn => {
                self.pass_asked = false;
                if let Some(card) = self.phase.card() {
                    self.decks.put_aside(setup.span(deck_of(setup, card)), card);
                }
            }
            Event::TurnEnded { next } => {
                self.seat = next;
                self.turns += 1;
                self.phase = Phase::Roll;
                self.pass_asked = false;
                self.decks.end_turn();
            }
            // These say what follows from others: for people, the log and the board's pictures.
            Event::TileMended { .. }
            | Event::OutcomeMet { .. }
            | Event::OutcomeUnmet { .. }
            | Event::PathCompleted
            | Event::InstructionHadNoEffect { .. }
            | Event::CardPassed => {}
            // Not of the game that undo takes back: `State::apply` has them.
            Event::TableOpened { .. }
            | Event::PathContinued { .. }
            | Event::SeatTaken { .. }
            | Event::SeatLeft { .. }
            | Event::SettingChanged { .. }
            | Event::Undone { .. }
            | Event::GameClosed => {}
        }
    }
}

/// The deck of a card; for one that the setup lacks (a mirror fed with nonsense), the first.
#[inline]
fn deck_of(setup: &Setup, card: CardId) -> Deck {
    setup.cards().get(card.index()).map_or(Deck::ALL[0], |c| c.deck)
}
