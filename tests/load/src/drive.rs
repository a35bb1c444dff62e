//! Four connections at a time: an action is sent by one, and is done when the last of the four has what came of it.

use std::future::poll_fn;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::fault::Fault;
use crate::line::Line;
use crate::pace;

/// How long what was begun may still take after the end, before it counts as lost.
const GRACE: Duration = Duration::from_secs(10);

/// What four connections say, and what they make of what they hear.
pub(crate) trait Script: Send + 'static {
    /// Puts the next action's frame into `frame`, and says which of the four sends it; `None` at the end.
    fn next(&mut self, frame: &mut Vec<u8>) -> Result<Option<usize>, Fault>;

    /// One of the four has heard a message. Whether it is what came of the action.
    fn hear(&mut self, seat: usize, message: &[u8]) -> Result<bool, Fault>;
}

/// Four connections and their script.
pub(crate) struct Party<S> {
    pub(crate) lines: Vec<Line>,
    pub(crate) script: S,
}

impl<S: Script> Party<S> {
    /// Waits until some of the four hear something; whoever has seen the action's outcome is taken out of `missing`.
    async fn hear(&mut self, missing: &mut u8) -> Result<(), Fault> {
        let Self { lines, script } = self;
        poll_fn(|context| {
            let mut some = false;
            for (seat, line) in lines.iter_mut().enumerate() {
                let mut each = |message: &[u8]| {
                    if script.hear(seat, message)? {
                        *missing &= !(1 << seat);
                    }
                    Ok(())
                };
                match line.poll(context, &mut each) {
                    Poll::Pending => {}
                    Poll::Ready(Ok(())) => some = true,
                    Poll::Ready(Err(fault)) => return Poll::Ready(Err(fault)),
                }
            }
            if some { Poll::Ready(Ok(())) } else { Poll::Pending }
        })
        .await
    }

    /// One action, from its sending until the last of the four has what came of it. `None`: there is none left.
    pub(crate) async fn act(&mut self, frame: &mut Vec<u8>) -> Result<Option<Instant>, Fault> {
        frame.clear();
        let Some(seat) = self.script.next(frame)? else { return Ok(None) };
        let sent = Instant::now();
        let mut missing = (1_u8 << self.lines.len()) - 1;
        self.lines[seat].write(frame).await?;
        while missing != 0 {
            self.hear(&mut missing).await?;
        }
        Ok(Some(sent))
    }
}

/// When actions begin.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    /// One each period at every table, at moments that were chosen before, whatever the answers do.
    Open {
        /// The period.
        period: Duration,
    },
    /// The next when the last is done.
    Closed,
}

/// When to measure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) start: Instant,
    /// What begins before this is not looked at.
    pub(crate) from: Instant,
    pub(crate) end: Instant,
}

impl Window {
    /// Begins in a moment.
    pub(crate) fn of(warm: Duration, measured: Duration) -> Self {
        let start = Instant::now() + Duration::from_millis(100);
        Self { start, from: start + warm, end: start + warm + measured }
    }

    pub(crate) fn measured(&self) -> Duration {
        self.end - self.from
    }
}

/// What was measured.
pub(crate) struct Meter {
    window: Window,
    /// Microseconds from the moment at which an action was due.
    latency: Mutex<Histogram<u64>>,
    /// Microseconds by which we ourselves were late.
    late: Mutex<Histogram<u64>>,
    in_window: AtomicU64,
    sent: AtomicU64,
    done: AtomicU64,
    faults: Mutex<Vec<Fault>>,
}

/// A histogram of microseconds, to three digits, up to ten minutes.
pub(crate) fn histogram() -> Histogram<u64> {
    // The bounds are good ones: it can't fail.
    Histogram::new_with_bounds(1, 600_000_000, 3).unwrap_or_else(|_| unreachable!("good bounds"))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that holds it can leave it half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1)
}

impl Meter {
    fn new(window: Window) -> Self {
        Self {
            window,
            latency: Mutex::new(histogram()),
            late: Mutex::new(histogram()),
            in_window: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            done: AtomicU64::new(0),
            faults: Mutex::default(),
        }
    }

    fn begun(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
    }

    fn done(&self, due: Instant, now: Instant) {
        self.done.fetch_add(1, Ordering::Relaxed);
        if now >= self.window.from && now < self.window.end {
            self.in_window.fetch_add(1, Ordering::Relaxed);
        }
        if due >= self.window.from {
            locked(&self.latency).saturating_record(micros(now - due));
        }
    }

    fn fault(&self, fault: Fault) {
        locked(&self.faults).push(fault);
    }
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Microseconds from the moment at which an action was due until the last of the four had what came of it.
    pub(crate) latency: Histogram<u64>,
    /// Microseconds by which the generator itself was late.
    pub(crate) late: Histogram<u64>,
    /// Actions done while it was measured.
    pub(crate) in_window: u64,
    /// Actions that were sent, and not seen by all four.
    pub(crate) lost: u64,
    /// Actions that were due and could not even be sent.
    pub(crate) unsent: u64,
    /// What went wrong at tables.
    pub(crate) faults: Vec<Fault>,
}

impl Outcome {
    /// What went missing in one way or another.
    pub(crate) fn missing(&self) -> u64 {
        self.lost + self.unsent
    }
}

/// Has all parties act, and gives those back that came through.
pub(crate) async fn run<S: Script>(
    parties: Vec<Party<S>>,
    pace: Pace,
    window: Window,
    seed: u64,
) -> (Vec<Party<S>>, Outcome) {
    let meter = Arc::new(Meter::new(window));
    let count = parties.len();
    let mut expected = 0;
    let mut tasks = JoinSet::new();
    let pacer = match pace {
        Pace::Closed => {
            for party in parties {
                tasks.spawn(closed(party, Arc::clone(&meter)));
            }
            None
        }
        Pace::Open { period } => {
            let cues = pace::cues(count, period, seed);
            for (party, (phase, cue)) in parties.into_iter().zip(&cues) {
                let first = window.start + *phase;
                expected += (window.end.saturating_duration_since(first).as_nanos()).div_ceil(period.as_nanos()) as u64;
                tasks.spawn(open(party, Arc::clone(&meter), first, period, Arc::clone(cue)));
            }
            Some(pace::start(cues, window.start, period, window.end))
        }
    };
    let mut parties = Vec::with_capacity(count);
    let late = tokio::time::sleep_until((window.end + GRACE).into());
    tokio::pin!(late);
    loop {
        tokio::select! {
            done = tasks.join_next() => match done {
                Some(Ok(Some(party))) => parties.push(party),
                Some(Ok(None)) => {}
                Some(Err(e)) => meter.fault(Fault::wrong(e)),
                None => break,
            },
            () = &mut late => break,
        }
    }
    // Whoever still waits has lost something; their connections end.
    tasks.shutdown().await;
    if let Some(pacer) = pacer {
        let _ = tokio::task::spawn_blocking(move || pacer.join()).await;
    }
    let (sent, done) = (meter.sent.load(Ordering::Relaxed), meter.done.load(Ordering::Relaxed));
    let outcome = Outcome {
        latency: locked(&meter.latency).clone(),
        late: locked(&meter.late).clone(),
        in_window: meter.in_window.load(Ordering::Relaxed),
        lost: sent - done,
        unsent: expected.saturating_sub(sent),
        faults: std::mem::take(&mut *locked(&meter.faults)),
    };
    (parties, outcome)
}

async fn closed<S: Script>(mut party: Party<S>, meter: Arc<Meter>) -> Option<Party<S>> {
    let mut frame = Vec::new();
    tokio::time::sleep_until(meter.window.start.into()).await;
    while Instant::now() < meter.window.end {
        meter.begun();
        match party.act(&mut frame).await {
            Ok(Some(sent)) => meter.done(sent, Instant::now()),
            Ok(None) => {
                meter.sent.fetch_sub(1, Ordering::Relaxed);
                break;
            }
            Err(fault) => {
                meter.fault(fault);
                return None;
            }
        }
    }
    Some(party)
}

async fn open<S: Script>(
    mut party: Party<S>,
    meter: Arc<Meter>,
    first: Instant,
    period: Duration,
    cue: Arc<Notify>,
) -> Option<Party<S>> {
    let mut frame = Vec::new();
    let mut due = first;
    while due < meter.window.end {
        let waits = Instant::now() < due;
        while Instant::now() < due {
            let mut nobody = 0;
            tokio::select! {
                // Somebody else's news, such as that a person came in.
                heard = party.hear(&mut nobody) => if let Err(fault) = heard {
                    meter.fault(fault);
                    return None;
                },
                () = cue.notified() => {}
            }
        }
        meter.begun();
        match party.act(&mut frame).await {
            Ok(Some(sent)) => {
                meter.done(due, Instant::now());
                if waits && due >= meter.window.from {
                    locked(&meter.late).saturating_record(micros(sent - due));
                }
            }
            Ok(None) => {
                meter.fault(Fault::wrong("a game that was to go on came to its end"));
                return None;
            }
            Err(fault) => {
                meter.fault(fault);
                return None;
            }
        }
        due += period;
    }
    Some(party)
}
