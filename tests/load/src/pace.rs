//! When actions are due. A thread of its own sleeps until then: the runtime's timers are only good to a millisecond or
//! two, which is as much as is to be measured.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use instep_rules::players::Dice;
use tokio::sync::Notify;

/// Where in the period a table's moment is, and what wakes it.
pub(crate) type Cue = (Duration, Arc<Notify>);

/// So many moments, drawn evenly over the period: tables know nothing of each other, so some of them coincide.
pub(crate) fn cues(count: usize, period: Duration, seed: u64) -> Vec<Cue> {
    let mut dice = Dice::new(seed);
    let phase = |dice: &mut Dice| period.mul_f64(f64::from(dice.below(1 << 20)) / f64::from(1 << 20));
    (0..count).map(|_| (phase(&mut dice), Arc::new(Notify::new()))).collect()
}

/// Wakes everyone at their moments of every period that begins before the end.
pub(crate) fn start(mut cues: Vec<Cue>, start: Instant, period: Duration, end: Instant) -> JoinHandle<()> {
    cues.sort_by_key(|(phase, _)| *phase);
    std::thread::spawn(move || {
        let mut begins = start;
        while begins < end {
            for (phase, cue) in &cues {
                let due = begins + *phase;
                if due >= end {
                    break;
                }
                if let Some(left) = due.checked_duration_since(Instant::now()) {
                    std::thread::sleep(left);
                }
                cue.notify_one();
            }
            begins += period;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_spread_over_the_period() {
        let period = Duration::from_secs(4);
        let cues = cues(4_000, period, 1);
        assert!(cues.iter().all(|(phase, _)| *phase < period));
        for quarter in 0..4 {
            let from = period * quarter / 4;
            let count = cues.iter().filter(|(phase, _)| *phase >= from && *phase < from + period / 4).count();
            assert!((800..1_200).contains(&count), "{count} in quarter {quarter}");
        }
    }
}
