//! Waking the window: it sleeps until something is to be shown, and threads and times have to be able to rouse it.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

type Rouse = Box<dyn Fn() + Send + Sync>;

/// Wakes the window from any thread. Before there is a window it does nothing: a window begins awake.
#[derive(Clone, Default)]
pub(super) struct Waker(Arc<OnceLock<Rouse>>);

impl Waker {
    /// What wakes it, from now on.
    pub(super) fn set(&self, rouse: impl Fn() + Send + Sync + 'static) {
        // Only ever set once: there is one event loop a process.
        let _ = self.0.set(Box::new(rouse));
    }

    pub(super) fn wake(&self) {
        if let Some(rouse) = self.0.get() {
            rouse();
        }
    }
}

/// Wakes the window at a time. The window's own waiting can't: to change how long it waits makes Bevy draw.
pub(super) struct Alarm(Sender<Instant>);

impl Alarm {
    pub(super) fn start(waker: Waker) -> Self {
        let (sender, times) = channel();
        // Without it nothing moves by itself, but everything can still be played.
        let _ = std::thread::Builder::new().name("alarm".into()).spawn(move || ring(&times, &waker));
        Self(sender)
    }

    /// Wakes at `time`, or before.
    pub(super) fn at(&self, time: Instant) {
        let _ = self.0.send(time);
    }
}

fn ring(times: &Receiver<Instant>, waker: &Waker) {
    let mut next: Option<Instant> = None;
    loop {
        let heard = match next {
            None => times.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => times.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match heard {
            Ok(time) => next = Some(next.map_or(time, |at| at.min(time))),
            Err(RecvTimeoutError::Timeout) => {
                next = None;
                waker.wake();
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_earliest_time_wakes_once() {
        let (sender, woken) = channel();
        let waker = Waker::default();
        waker.set(move || sender.send(Instant::now()).expect("heard"));
        let alarm = Alarm::start(waker);
        let begun = Instant::now();
        alarm.at(begun + Duration::from_secs(60));
        alarm.at(begun + Duration::from_millis(30));
        let woke = woken.recv_timeout(Duration::from_secs(20)).expect("it wakes");
        assert!(woke - begun >= Duration::from_millis(30));
        assert!(woken.recv_timeout(Duration::from_millis(60)).is_err(), "once");
    }
}
