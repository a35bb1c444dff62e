//! What moves: little scenes that follow what the table told. Rules and controls never wait for them.

use std::collections::VecDeque;

use instep_rules::{Direction, Entry, Event, Outcome, Perspective, Tile};

use crate::settings::Sound;

/// Seconds a step takes, heel and toe (look.md).
const STEP_S: f64 = 0.18;
const DIE_S: f64 = 0.7;
const TILE_S: f64 = 0.25;
const CARD_S: f64 = 0.3;
const RING_S: f64 = 0.9;
const END_S: f64 = 2.4;
/// What everything takes where little moves.
const FADE_S: f64 = 0.12;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Act {
    Die,
    Walk { seat: Perspective, from: u8, steps: u8, direction: Direction },
    Card,
    Lay(Tile),
    Crack(Tile),
    Mend(Tile),
    Lift(Tile),
    Met(Outcome),
    Complete,
}

impl Act {
    fn sound(self) -> Sound {
        match self {
            Self::Die => Sound::Die,
            Self::Walk { .. } => Sound::Step,
            Self::Card => Sound::Card,
            Self::Lay(_) => Sound::TileDown,
            Self::Crack(_) => Sound::Crack,
            Self::Mend(_) => Sound::Mend,
            Self::Lift(_) => Sound::TileUp,
            Self::Met(_) => Sound::Outcome,
            Self::Complete => Sound::End,
        }
    }

    fn length_s(self, calm: bool) -> f64 {
        match self {
            _ if calm => FADE_S,
            Self::Die => DIE_S,
            Self::Walk { steps, .. } => f64::from(steps) * STEP_S,
            Self::Card => CARD_S,
            Self::Lay(_) | Self::Lift(_) => TILE_S,
            Self::Crack(_) | Self::Mend(_) => TILE_S * 1.6,
            Self::Met(_) => RING_S,
            Self::Complete => END_S,
        }
    }
}

/// Where a pair of shoes is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Walked {
    /// The place on the loop, in spaces, with what is done of a step.
    pub(crate) at: f32,
    /// How far into a step: 0 to 1, 0 where it stands.
    pub(crate) step: f32,
    /// Whether the left foot goes.
    pub(crate) left: bool,
}

/// What moves now, and what will.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    acts: VecDeque<Act>,
    /// When the first of them began.
    since: Option<f64>,
    now: f64,
    calm: bool,
    /// Steps of the walk that were heard.
    heard: u8,
}

impl Scene {
    /// What happened is to be shown.
    pub(crate) fn follow(&mut self, entries: &[Entry], board: usize) {
        // Whoever comes back after much has happened sees where things are, not all of it again.
        if entries.len() > 24 || entries.iter().any(|e| matches!(e.event, Event::Undone { .. })) {
            self.finish();
            return;
        }
        for entry in entries {
            let act = match entry.event {
                Event::DieRolled { .. } => Act::Die,
                Event::CounterMoved { from, to, direction } => {
                    let Some(seat) = entry.seat else { continue };
                    let board = board.max(1) as i32;
                    let way = match direction {
                        Direction::Forward => i32::from(to) - i32::from(from),
                        Direction::Back => i32::from(from) - i32::from(to),
                    };
                    Act::Walk { seat, from, steps: way.rem_euclid(board) as u8, direction }
                }
                Event::CardDrawn { .. } => Act::Card,
                Event::TilePlaced { tile, .. } => Act::Lay(tile),
                Event::TileCracked { tile } => Act::Crack(tile),
                Event::TileMended { tile, .. } => Act::Mend(tile),
                Event::TileLifted { tile } => Act::Lift(tile),
                Event::OutcomeMet { outcome } => Act::Met(outcome),
                Event::PathCompleted => Act::Complete,
                _ => continue,
            };
            self.acts.push_back(act);
        }
    }

    /// Everything is where it belongs, at once.
    pub(crate) fn finish(&mut self) {
        self.acts.clear();
        self.since = None;
    }

    /// Whether anything moves.
    pub(crate) fn moves(&self) -> bool {
        !self.acts.is_empty()
    }

    /// Goes on to this time; the sounds of what began.
    pub(crate) fn advance(&mut self, now: f64, calm: bool) -> Vec<Sound> {
        (self.now, self.calm) = (now, calm);
        let mut sounds = Vec::new();
        while let Some(act) = self.acts.front().copied() {
            let since = match self.since {
                Some(since) => since,
                None => {
                    self.since = Some(now);
                    self.heard = 0;
                    if !matches!(act, Act::Walk { .. }) || calm {
                        sounds.push(act.sound());
                    }
                    now
                }
            };
            let done = now - since;
            if let (Act::Walk { steps, .. }, false) = (act, calm) {
                let steps_done = ((done / STEP_S) as u8 + 1).min(steps);
                if steps_done > self.heard {
                    self.heard = steps_done;
                    sounds.push(Sound::Step);
                }
            }
            let length = act.length_s(calm);
            if done < length {
                break;
            }
            self.acts.pop_front();
            // What was late is made up for: the next one began when this one was over.
            self.since = None;
        }
        sounds
    }

    /// How far the first act is: 0 to 1.
    fn done(&self) -> f32 {
        match (self.acts.front(), self.since) {
            (Some(act), Some(since)) => (((self.now - since) / act.length_s(self.calm)) as f32).clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// Where the shoes of a seat are, if they are not where the table has them.
    pub(crate) fn shoes(&self, of: Perspective, board: usize) -> Option<Walked> {
        let at = self.acts.iter().position(|act| matches!(act, Act::Walk { seat, .. } if *seat == of))?;
        let Act::Walk { from, steps, direction, .. } = self.acts[at] else { return None };
        let done = if at == 0 && !self.calm { self.done() * f32::from(steps) } else { 0.0 };
        let way = match direction {
            Direction::Forward => done,
            Direction::Back => -done,
        };
        let place = (f32::from(from) + way).rem_euclid(board.max(1) as f32);
        Some(Walked { at: place, step: done.fract(), left: (done as u32).is_multiple_of(2) })
    }

    /// How far the die has rolled, 0 to 1.
    pub(crate) fn die(&self) -> Option<f32> {
        self.acts.iter().position(|a| *a == Act::Die).map(|at| if at == 0 { self.done() } else { 0.0 })
    }

    /// How far the card has come, 0 to 1.
    pub(crate) fn card(&self) -> f32 {
        match self.acts.iter().position(|a| *a == Act::Card) {
            Some(0) => self.done(),
            // The shoes walk while one begins to read.
            Some(_) | None => 1.0,
        }
    }

    /// How far a tile has dropped onto its stone, 0 to 1; 0 before it begins.
    pub(crate) fn laying(&self, tile: Tile) -> Option<f32> {
        self.first(Act::Lay(tile))
    }

    /// How far a tile has been lifted off.
    pub(crate) fn lifting(&self, tile: Tile) -> Option<f32> {
        self.first(Act::Lift(tile))
    }

    /// How far a tile shakes as it cracks.
    pub(crate) fn cracking(&self, tile: Tile) -> Option<f32> {
        self.first(Act::Crack(tile))
    }

    /// How far a tile glows as it is mended.
    pub(crate) fn mending(&self, tile: Tile) -> Option<f32> {
        self.first(Act::Mend(tile))
    }

    fn first(&self, act: Act) -> Option<f32> {
        self.acts.iter().position(|a| *a == act).map(|at| if at == 0 { self.done() } else { 0.0 })
    }

    /// The ring of light of an outcome that was met.
    pub(crate) fn ring(&self) -> Option<(Outcome, f32)> {
        match self.acts.front() {
            Some(Act::Met(outcome)) => Some((*outcome, self.done())),
            _ => None,
        }
    }

    /// Whether the path's completion is still to come, or how far it is.
    pub(crate) fn completing(&self) -> Option<f32> {
        self.first(Act::Complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seat: Perspective, event: Event) -> Entry {
        Entry { seq: 1, step: 1, seat: Some(seat), event }
    }

    fn walk(from: u8, to: u8, direction: Direction) -> Scene {
        let mut scene = Scene::default();
        scene.follow(&[entry(Perspective::Third, Event::CounterMoved { from, to, direction })], 40);
        scene
    }

    #[test]
    fn shoes_walk_the_way_that_was_chosen_and_arrive() {
        for (from, to, direction, middle) in [
            (38, 2, Direction::Forward, 0.0),
            (2, 38, Direction::Back, 0.0),
            (5, 9, Direction::Forward, 7.0),
            (9, 5, Direction::Back, 7.0),
        ] {
            let mut scene = walk(from, to, direction);
            scene.advance(10.0, false);
            scene.advance(10.0 + 2.0 * STEP_S, false);
            let at = scene.shoes(Perspective::Third, 40).unwrap().at;
            assert!((at - middle).abs() < 1e-3, "{from} to {to}: {at}");
            scene.advance(10.0 + 4.1 * STEP_S, false);
            assert_eq!(scene.shoes(Perspective::Third, 40), None);
            assert!(!scene.moves());
        }
    }

    #[test]
    fn every_step_is_heard_once() {
        let mut scene = walk(0, 6, Direction::Forward);
        let steps: usize = (0..200).map(|n| scene.advance(f64::from(n) * 0.01, false).len()).sum();
        assert_eq!(steps, 6);
    }

    #[test]
    fn where_little_moves_nothing_takes_longer_than_a_fade() {
        let mut scene = walk(0, 12, Direction::Forward);
        scene.advance(0.0, true);
        scene.advance(FADE_S, true);
        assert!(!scene.moves());
    }

    #[test]
    fn undo_shows_at_once_what_is() {
        let mut scene = walk(0, 6, Direction::Forward);
        scene.follow(&[entry(Perspective::Third, Event::Undone { steps: 1 })], 40);
        assert!(!scene.moves());
    }
}
