//! Notices a machine that draws slowly, so that there is less to animate on it.

use std::time::{Duration, Instant};

use bevy::prelude::Resource;

/// Slower than this on the mean, and moving things hinder more than they show.
const SLOW: Duration = Duration::from_millis(120);

/// A frame that took longer was not drawn slowly: nobody could see it.
const HIDDEN: Duration = Duration::from_secs(2);

/// Over so many frames.
const FRAMES: u32 = 10;

/// The time that frames take while something moves.
#[derive(Resource, Default)]
pub(super) struct Pace {
    last: Option<Instant>,
    frames: u32,
    took: Duration,
}

impl Pace {
    /// A frame begins. Whether frames have become slow.
    pub(super) fn frame(&mut self, now: Instant, moves: bool) -> bool {
        // Between two frames of rest passes any time at all, and a window that is hidden draws none.
        let last = std::mem::replace(&mut self.last, moves.then_some(now));
        let took = last.filter(|_| moves).map(|last| now.saturating_duration_since(last));
        let Some(took) = took.filter(|took| *took < HIDDEN) else { return false };
        // For whoever measures (`RUST_LOG=instep=debug`).
        bevy::log::debug!("frame after {} us", took.as_micros());
        self.frames += 1;
        self.took += took;
        if self.frames < FRAMES {
            return false;
        }
        let slow = self.took > SLOW * FRAMES;
        (self.frames, self.took) = (0, Duration::ZERO);
        slow
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(step: Duration, moves: impl Fn(u32) -> bool) -> bool {
        let begun = Instant::now();
        let mut pace = Pace::default();
        (0..40).any(|n| pace.frame(begun + step * n, moves(n)))
    }

    #[test]
    fn ten_slow_frames_are_slow_and_rest_is_not() {
        assert!(slow(Duration::from_millis(130), |_| true));
        assert!(!slow(Duration::from_millis(70), |_| true));
        assert!(!slow(Duration::from_secs(60), |_| false));
        assert!(!slow(Duration::from_secs(60), |n| n % 2 == 0), "one frame of movement says nothing");
    }
}
