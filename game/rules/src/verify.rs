//! Checking a log against the rules: every event legal, every roll and draw from the seed.

use std::sync::Arc;

use crate::{
    Command, Draw, Event, Events, Game, NoEffect, Phase, Refusal, Salt, Seed, Setup, Stream, Told, Who, decide,
};

/// What is wrong with a log, at its first fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The event's number.
    pub seq: u32,
    /// What the rules and the chance say should be there; `None` where nothing may be. A roll or
    /// draw whose seed is not published is only one that could be there.
    pub expected: Option<Event>,
    /// What is there; `None` where the log ends in the middle of a command.
    pub found: Option<Event>,
    /// Why the command behind it would have been refused, where it would.
    pub refusal: Option<Refusal>,
}

/// Where the checked log's rolls and draws should come from.
#[derive(Clone, Copy, Debug)]
pub enum Chain<'a> {
    /// Seed and salt are published: every roll and draw is re-made, and the commitment too.
    Published(&'a Seed, &'a Salt),
    /// Only the seed is known: every roll and draw is re-made, and the commitment is taken as told.
    Seed(&'a Seed),
    /// It is not: rolls and draws are taken as told, and only checked to be possible.
    NotPublished,
}

/// Replays a log, event by event, against the rules.
#[derive(Debug)]
pub struct Verifier {
    game: Game,
}

impl Verifier {
    /// Checks from the beginning.
    #[must_use]
    pub fn new(setup: Arc<Setup>) -> Self {
        Self { game: Game::new(setup) }
    }

    /// The game as far as it was checked.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// Checks the whole log. The game is then where the log ends.
    ///
    /// # Errors
    /// The first [`Fault`]; the game is where the last good command left it.
    pub fn check(&mut self, log: &[Event], chain: Chain<'_>) -> Result<(), Fault> {
        let mut at = 0;
        while at < log.len() {
            at += self.check_command(&log[at..], chain)?;
        }
        Ok(())
    }

    /// Checks the events of the next command and applies them; the number of events that it had.
    ///
    /// # Errors
    /// The [`Fault`], with nothing applied.
    pub fn check_command(&mut self, rest: &[Event], chain: Chain<'_>) -> Result<usize, Fault> {
        let seq = self.game.log().len() as u32 + 1;
        let Some(first) = rest.first() else { return Ok(0) };
        let fault =
            |n: usize, expected, refusal| Fault { seq: seq + n as u32, expected, found: rest.get(n).copied(), refusal };
        if seq == 1 {
            return self.check_opening(rest, chain, fault);
        }
        let Some((who, command)) = self.command_of(first) else {
            return Err(fault(0, None, None));
        };
        let decided = match chain {
            Chain::Published(seed, _) | Chain::Seed(seed) => {
                let mut stream = Stream::new(seed, self.game.state().words());
                decide(self.game.setup(), self.game.state(), who, command, &mut stream)
            }
            Chain::NotPublished => {
                let mut told = self.told(rest);
                decide(self.game.setup(), self.game.state(), who, command, &mut told)
            }
        };
        let events = decided.map_err(|refusal| fault(0, None, Some(refusal)))?;
        for (n, event) in events.iter().enumerate() {
            if rest.get(n) != Some(event) {
                return Err(fault(n, Some(*event), None));
            }
        }
        self.game.apply(&events);
        Ok(events.len())
    }

    /// The first event says the commitment; a path that was begun earlier follows it.
    fn check_opening(
        &mut self,
        rest: &[Event],
        chain: Chain<'_>,
        fault: impl Fn(usize, Option<Event>, Option<Refusal>) -> Fault,
    ) -> Result<usize, Fault> {
        let Some(Event::TableOpened { commitment }) = rest.first() else {
            return Err(fault(0, None, None));
        };
        if let Chain::Published(seed, salt) = chain {
            let made = crate::commitment(seed, salt);
            if made != *commitment {
                return Err(fault(0, Some(Event::TableOpened { commitment: made }), None));
            }
        }
        let events = opening(self.game.setup(), *commitment);
        if let Some(begun) = events.get(1)
            && rest.get(1) != Some(begun)
        {
            return Err(fault(1, Some(*begun), None));
        }
        self.game.apply(&events);
        Ok(events.len())
    }

    /// The command whose first event this would be.
    fn command_of(&self, first: &Event) -> Option<(Who, Command)> {
        let state = self.game.state();
        let seat = Who::seat(state.seat());
        Some(match *first {
            Event::DieRolled { face, typed: true, .. } => (seat, Command::RollTyped(face)),
            Event::DieRolled { .. } => (seat, Command::Roll),
            Event::CounterMoved { direction, .. } => (seat, Command::Walk(direction)),
            Event::TalkEnded => (seat, Command::EndTalk),
            Event::ChoiceMade { option } => (seat, Command::Choose(option)),
            Event::TilePlaced { tile, .. } => (seat, Command::Place(tile.colour, tile.outcome)),
            Event::TileCracked { tile } => (seat, Command::Remove(tile.colour, tile.outcome)),
            Event::TileLifted { .. } if matches!(state.phase(), Phase::Mend { .. }) => (seat, Command::LetGo),
            Event::TileLifted { tile } => (seat, Command::Remove(tile.colour, tile.outcome)),
            Event::TileMended { note, .. } => (seat, Command::Mend(note)),
            Event::PassAsked => (Who::ANYONE, Command::Pass),
            Event::CardPassed => (Who::FACILITATOR, Command::Pass),
            Event::PassDeclined => (Who::FACILITATOR, Command::DeclinePass),
            Event::CardRedrawn => (Who::FACILITATOR, Command::Redraw),
            Event::SeatTaken { seat } => (Who::ANYONE, Command::TakeSeat(seat)),
            Event::SeatLeft { seat } => (Who::ANYONE, Command::LeaveSeat(seat)),
            Event::SettingChanged { setting } => (Who::FACILITATOR, Command::Set(setting)),
            Event::Undone { steps } => (Who::FACILITATOR, Command::Undo(steps)),
            Event::GameClosed => (Who::FACILITATOR, Command::Close),
            // These never stand first.
            Event::TableOpened { .. }
            | Event::PathContinued { .. }
            | Event::OpeningMovedOn { .. }
            | Event::OpeningEnded { .. }
            | Event::CardDrawn { .. }
            | Event::OutcomeMet { .. }
            | Event::OutcomeUnmet { .. }
            | Event::PathCompleted
            | Event::InstructionHadNoEffect { .. }
            | Event::TurnEnded { .. } => return None,
        })
    }

    /// The draws of the next command, taken from its own events.
    fn told(&self, rest: &[Event]) -> Told {
        let (setup, state) = (self.game.setup(), self.game.state());
        let mut told = Told::default();
        // A command has at most four events, and draws at most twice.
        for event in rest.iter().take(4) {
            match *event {
                Event::DieRolled { face, typed: false, words } => {
                    let _ = told.0.try_push(Draw { value: u32::from(face).wrapping_sub(1), words });
                }
                Event::CardDrawn { card, refilled, words } => {
                    let rank = setup
                        .cards()
                        .get(card.index())
                        .and_then(|c| state.decks().rank(setup.span(c.deck), refilled, state.phase().card(), card));
                    let _ = told.0.try_push(Draw { value: rank.unwrap_or(u32::MAX), words });
                    break;
                }
                Event::TurnEnded { .. } => break,
                _ => {}
            }
        }
        told
    }
}

/// The events with which every table begins.
#[must_use]
pub(crate) fn opening(setup: &Setup, commitment: crate::Commitment) -> Events {
    let mut events = Events::new();
    events.push(Event::TableOpened { commitment });
    if !setup.begun().is_empty() {
        events.push(Event::PathContinued { tiles: setup.begun() });
    }
    events
}

impl Setup {
    /// The events with which a table of this setup begins.
    #[must_use]
    pub fn opening(&self, commitment: crate::Commitment) -> Events {
        opening(self, commitment)
    }
}

impl NoEffect {
    /// The reason's name in records.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NothingToLay => "nothing_to_lay",
            Self::NothingToLift => "nothing_to_lift",
            Self::NoOption => "no_option",
        }
    }
}
