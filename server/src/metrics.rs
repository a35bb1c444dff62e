//! What a running service counts, for whoever watches over it. Only numbers: nothing tells who or what.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// How long commits took, by upper bounds in seconds; one more count is of those that took longer.
pub const COMMIT_BOUNDS_S: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Counts of one service; each only grows.
#[derive(Debug, Default)]
pub struct Metrics {
    came: AtomicU64,
    frames: AtomicU64,
    bytes: AtomicU64,
    behind: AtomicU64,
}

/// What was counted up to a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// Connections that came.
    pub came: u64,
    /// Frames handed over to connections.
    pub frames: u64,
    /// The bytes of those.
    pub bytes: u64,
    /// How often somebody was sent everything again because they did not keep up.
    pub behind: u64,
}

// Each count stands alone, so no order between them is needed.
const ORDER: Ordering = Ordering::Relaxed;

impl Metrics {
    /// What was counted until now.
    #[must_use]
    pub fn counted(&self) -> Counted {
        Counted {
            came: self.came.load(ORDER),
            frames: self.frames.load(ORDER),
            bytes: self.bytes.load(ORDER),
            behind: self.behind.load(ORDER),
        }
    }

    pub(crate) fn come(&self) {
        self.came.fetch_add(1, ORDER);
    }

    pub(crate) fn sent(&self, bytes: usize) {
        self.frames.fetch_add(1, ORDER);
        self.bytes.fetch_add(bytes as u64, ORDER);
    }

    pub(crate) fn behind(&self) {
        self.behind.fetch_add(1, ORDER);
    }
}

/// How long commits took, and whether what was erased is gone.
#[derive(Debug, Default)]
pub struct CommitTimes {
    /// Of those within each bound and none before it; the last of those beyond all.
    counts: [AtomicU64; COMMIT_BOUNDS_S.len() + 1],
    micros: AtomicU64,
    unswept: AtomicBool,
}

impl CommitTimes {
    pub(crate) fn took(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let at = COMMIT_BOUNDS_S.iter().position(|bound| seconds <= *bound).unwrap_or(COMMIT_BOUNDS_S.len());
        self.counts[at].fetch_add(1, ORDER);
        self.micros.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), ORDER);
    }

    pub(crate) fn swept(&self, done: bool) {
        self.unswept.store(!done, ORDER);
    }

    /// Whether bytes of something that was erased may still lie in the database's file: it could not be written anew, for
    /// lack of room, say. The next erasing tries again.
    #[must_use]
    pub fn is_unswept(&self) -> bool {
        self.unswept.load(ORDER)
    }

    /// How many took at most so long as each of [`COMMIT_BOUNDS_S`], and how many there were at all.
    #[must_use]
    pub fn cumulated(&self) -> [u64; COMMIT_BOUNDS_S.len() + 1] {
        let mut sum = 0;
        std::array::from_fn(|at| {
            sum += self.counts[at].load(ORDER);
            sum
        })
    }

    /// How long all of them took, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.micros.load(ORDER) as f64 / 1e6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_counted_by_how_long_they_took() {
        let times = CommitTimes::default();
        for ms in [1, 3, 3, 9_000] {
            times.took(Duration::from_millis(ms));
        }
        assert_eq!(times.cumulated(), [1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
        assert!((times.seconds() - 9.007).abs() < 1e-9);
    }
}
