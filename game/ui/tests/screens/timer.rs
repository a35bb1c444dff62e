//! The talk timer and the planned end; and how often a window shows itself anew because of them.

use std::time::Duration;

use egui::Vec2;
use instep_ui::{Motion, Planned, Screen, Timer};

use crate::fixture::{At, Shown, Window, harness, harness_of_frames, settle, show_instead, wait};
use crate::moments::{MOMENTS, table};

const NOW: u64 = 1_700_000_000_000;

fn after(seconds: u64) -> u64 {
    NOW + seconds * 1000
}

#[test]
fn a_timer_runs_down_to_nothing_and_stays_there() {
    let timer = Timer::start(4, 180, NOW);
    assert!(timer.is_on() && timer.runs());
    let left = [0, 1, 60, 179, 180, 181, 100_000].map(|s| timer.left_s(after(s)));
    assert_eq!(left, [180, 179, 120, 1, 0, 0, 0].map(Some));
    assert!(timer.is_on(), "a timer that is over is still there, to be extended");
}

#[test]
fn a_paused_timer_stands_and_goes_on_from_there() {
    let mut timer = Timer::start(4, 180, NOW);
    timer.pause(after(30));
    assert!(timer.is_on() && !timer.runs());
    assert_eq!(timer.left_s(after(500)), Some(150));
    timer.pause(after(500));
    assert!(timer.runs());
    assert_eq!(timer.left_s(after(510)), Some(140));
}

#[test]
fn a_timer_can_be_extended_even_when_it_is_over() {
    let mut timer = Timer::start(4, 60, NOW);
    timer.extend(60);
    assert_eq!(timer.left_s(after(10)), Some(110));
    assert_eq!(timer.left_s(after(120)), Some(0));
    timer.extend(60);
    assert_eq!(timer.left_s(after(120)), Some(60));
    timer.extend(u32::MAX);
    assert!(timer.left_s(after(0)).is_some());
}

#[test]
fn a_clock_that_jumps_back_makes_no_time_and_takes_none() {
    let mut timer = Timer::start(4, 180, NOW);
    assert_eq!(timer.left_s(NOW - 3_600_000), Some(180));
    timer.pause(NOW - 3_600_000);
    assert_eq!(timer.left_s(after(60)), Some(180));
    let planned = Planned { began_ms: NOW, minutes: 60, turns: 20 };
    assert!(planned.minutes_left(NOW - 1) >= 60);
}

#[test]
fn a_timer_that_is_off_is_none() {
    let timer = Timer::start(4, 0, NOW);
    assert!(!timer.is_on() && !timer.runs());
    assert_eq!(timer.left_s(after(5)), None);
    assert_eq!(Timer::default().left_s(NOW), None);
}

#[test]
fn a_planned_end_counts_down_and_stays_at_nothing() {
    let planned = Planned { began_ms: NOW, minutes: 60, turns: 20 };
    let left = [0, 1, 60, 61, 3_599, 3_600, 3_601, 1_000_000].map(|s| planned.minutes_left(after(s)));
    assert_eq!(left, [60, 60, 59, 59, 1, 0, 0, 0]);
    assert_eq!(planned.end_ms(), after(3_600));
}

fn window(shown: Shown) -> Window {
    harness_of_frames(shown, Vec2::new(1280.0, 720.0), 1.0 / 60.0)
}

fn with_timer(timer: Timer) -> Shown {
    let mut shown = table(At::Talk);
    shown.state.desk.timer = timer;
    shown
}

/// Lets everything that moves for a moment come to rest.
fn rest(harness: &mut Window) {
    for _ in 0..300 {
        harness.step();
    }
    settle(harness);
}

#[test]
fn a_running_timer_wants_a_frame_a_second_and_no_more() {
    let mut harness = window(with_timer(Timer::start(1, 180, NOW)));
    rest(&mut harness);
    let wait = wait(&harness);
    // egui takes off the time that it takes to paint a frame.
    assert!((Duration::from_millis(900)..=Duration::from_millis(1000)).contains(&wait), "{wait:?}");
}

#[test]
fn a_paused_timer_wants_no_frames() {
    let mut timer = Timer::start(1, 180, NOW);
    timer.pause(NOW);
    let mut harness = window(with_timer(timer));
    rest(&mut harness);
    assert!(wait(&harness) > Duration::from_secs(30), "{:?}", wait(&harness));
}

#[test]
fn nothing_happens_when_a_timer_ends() {
    let mut harness = window(with_timer(Timer::start(1, 60, NOW)));
    rest(&mut harness);
    let before = harness.state().played.as_ref().unwrap().game.log().len();
    harness.state_mut().now_ms = after(61);
    harness.step();
    assert!(harness.state().wanted.is_empty(), "{:?}", harness.state().wanted);
    rest(&mut harness);
    let shown = harness.state();
    assert_eq!(shown.played.as_ref().unwrap().game.log().len(), before);
    assert!(shown.state.overlays.is_empty() && shown.state.screen == Screen::Table);
}

/// At rest nothing is drawn again: of every screen, with the timer off. What glows may turn for a moment before.
#[test]
fn a_screen_at_rest_wants_no_frames() {
    let mut harness = harness(Shown::new(None), Vec2::new(1280.0, 720.0));
    for (name, make) in MOMENTS {
        for motion in [Motion::Full, Motion::Reduced] {
            let mut shown = make();
            shown.settings.motion = motion;
            show_instead(&mut harness, shown);
            // Where seconds are counted, once a second.
            let counts = name.contains("reconnecting") || name.contains("without a facilitator");
            let least = if counts { Duration::from_millis(400) } else { Duration::from_secs(30) };
            assert!(wait(&harness) > least, "{name}: {:?}", wait(&harness));
        }
    }
}
