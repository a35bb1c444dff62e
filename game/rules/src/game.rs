//! A game with its log: the one place where events are applied.

use std::sync::Arc;

use crate::state::{Board, first_phase};
use crate::{Event, Perspective, Setup, State};

/// An event with its place in the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: u32,
    /// The accepted turn command that it belongs to, from 1; 0 before the first. An event that is no part
    /// of a turn command has the number of the one that it followed.
    pub step: u32,
    /// The seat whose doing it is; `None` for what is nobody's (a pass, the facilitator's acts).
    pub seat: Option<Perspective>,
    /// What happened.
    pub event: Event,
}

/// A setup, the state, and the log that led to it.
#[derive(Clone, Debug)]
pub struct Game {
    setup: Arc<Setup>,
    state: State,
    /// The board before the first step, to replay from.
    fresh: Board,
    log: Vec<Entry>,
    /// Places in the log of the events that undo could take back and that still count.
    in_effect: Vec<u32>,
    /// For each step in effect, where its events begin in `in_effect`.
    steps: Vec<u32>,
}

impl Game {
    /// A game before its first event.
    #[must_use]
    pub fn new(setup: Arc<Setup>) -> Self {
        let state = State::new(&setup);
        let fresh = state.game.clone();
        Self { setup, state, fresh, log: Vec::new(), in_effect: Vec::new(), steps: Vec::new() }
    }

    /// A game replayed from a list of commands' events.
    #[must_use]
    pub fn replay<'a>(setup: Arc<Setup>, commands: impl IntoIterator<Item = &'a [Event]>) -> Self {
        let mut game = Self::new(setup);
        for events in commands {
            game.apply(events);
        }
        game
    }

    /// Begins again from before the first event, in the memory that is there: for simulations.
    pub fn restart(&mut self) {
        self.state.restart(&self.setup, &self.fresh);
        self.log.clear();
        self.in_effect.clear();
        self.steps.clear();
    }

    /// What it is played with.
    #[must_use]
    pub fn setup(&self) -> &Arc<Setup> {
        &self.setup
    }

    /// Where it stands.
    #[inline]
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Everything that happened.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// Room for so many more events, so that a turn allocates nothing.
    pub fn reserve(&mut self, events: usize) {
        self.log.reserve(events);
        self.in_effect.reserve(events);
        self.steps.reserve(events);
    }

    /// Applies the events of one accepted command, together.
    #[inline]
    pub fn apply(&mut self, events: &[Event]) {
        let Some(first) = events.first() else { return };
        if first.can_begin_step() {
            self.state.steps += 1;
            self.steps.push(self.in_effect.len() as u32);
        }
        for event in events {
            self.apply_one(event);
        }
        self.state.steps_in_effect = self.steps.len() as u32;
    }

    #[inline]
    fn apply_one(&mut self, event: &Event) {
        let seat = self.seat_of(event);
        let seq = self.log.len() as u32 + 1;
        self.log.push(Entry { seq, step: self.state.steps, seat, event: *event });
        if event.can_be_undone() {
            self.in_effect.push(seq - 1);
        }
        match *event {
            Event::Undone { steps } => self.take_back(steps),
            _ => self.state.apply(&self.setup, event),
        }
    }

    /// Whose doing an event is. A pass is nobody's: the log holds neither person nor device.
    #[inline]
    fn seat_of(&self, event: &Event) -> Option<Perspective> {
        match *event {
            Event::TableOpened { .. }
            | Event::PathContinued { .. }
            | Event::SettingChanged { .. }
            | Event::PassAsked
            | Event::PassDeclined
            | Event::CardPassed
            | Event::CardRedrawn
            | Event::Undone { .. }
            | Event::GameClosed => None,
            Event::SeatTaken { seat } | Event::SeatLeft { seat } => Some(seat),
            _ => Some(self.state.game.seat),
        }
    }

    /// Undo is the replay of the shorter log. What people typed, who sits where, the settings and the
    /// chance that was used stay as they are.
    fn take_back(&mut self, steps: u32) {
        let keep = self.steps.len().saturating_sub(steps as usize);
        let end = self.steps.get(keep).map_or(self.in_effect.len(), |at| *at as usize);
        self.steps.truncate(keep);
        self.in_effect.truncate(end);
        self.state.game.reset(&self.fresh);
        self.state.game.phase = first_phase(&self.setup, &self.state.ruleset);
        match self.in_effect.first() {
            // Who was first depended on who was there then, and is no event: the log has it.
            Some(at) => self.state.game.seat = self.log[*at as usize].seat.unwrap_or(Perspective::First),
            None => self.state.choose_first_seat(),
        }
        for at in &self.in_effect {
            self.state.game.apply(&self.setup, &self.log[*at as usize].event);
        }
    }

    /// The steps that undo would take back, last first: each the entries of one accepted turn command.
    pub fn undoable(&self) -> impl Iterator<Item = impl Iterator<Item = &Entry>> {
        (0..self.steps.len()).rev().map(|n| {
            let from = self.steps[n] as usize;
            let to = self.steps.get(n + 1).map_or(self.in_effect.len(), |at| *at as usize);
            self.in_effect[from..to].iter().map(|at| &self.log[*at as usize])
        })
    }

    /// The events that still count, in order: the game as it would be told without what was undone.
    pub fn in_effect(&self) -> impl Iterator<Item = &Entry> {
        self.in_effect.iter().map(|at| &self.log[*at as usize])
    }
}
