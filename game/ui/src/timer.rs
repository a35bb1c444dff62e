//! The talk timer: paused, extended, off. Nothing happens when it ends.

use egui::Ui;

use crate::desk::Timer;
use crate::keys::Deed;
use crate::look::{Look, text, words};
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

/// "2:10".
pub(crate) fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What the bar says of the timer.
pub(crate) fn in_bar(look: &Look<'_>, state: &UiState) -> Option<String> {
    let left = state.desk.timer.left_s(look.m.now_ms)?;
    Some(match (left, state.desk.timer.runs()) {
        (0, _) => words!(look, "ui-timer-over"),
        (_, true) => words!(look, "ui-timer", left = &clock(left)),
        (_, false) => words!(look, "ui-timer-paused", left = &clock(left)),
    })
}

/// The timer and what can be done with it, in a row with other things.
pub(crate) fn strip(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let now_ms = look.m.now_ms;
    if look.asked(Deed::Timer) && state.desk.timer.is_on() {
        state.desk.timer.pause(now_ms);
    }
    if !state.desk.timer.is_on() {
        let label = words!(look, "ui-timer-start");
        if Button::new(&label).icon("icon-clock").only_icon().show(ui, look).clicked() {
            let talk = state.desk.timer.talk;
            state.desk.timer = Timer::start(talk, 180, now_ms);
        }
        return;
    }
    let runs = state.desk.timer.runs();
    let (pause, more, off) = (
        if runs { words!(look, "ui-timer-pause") } else { words!(look, "ui-timer-go-on") },
        words!(look, "ui-timer-more"),
        words!(look, "ui-timer-off"),
    );
    let key = look.key(Deed::Timer);
    let icon = if runs { "icon-pause" } else { "icon-play" };
    // The buttons first: words that grow and shrink must not move what somebody presses.
    if Button::new(&pause).icon(icon).only_icon().key(key).kind(Kind::Quiet).show(ui, look).clicked() {
        state.desk.timer.pause(now_ms);
    }
    if Button::new(&more).icon("icon-plus").only_icon().kind(Kind::Quiet).show(ui, look).clicked() {
        state.desk.timer.extend(60);
    }
    if Button::new(&off).icon("icon-cross").only_icon().kind(Kind::Quiet).show(ui, look).clicked() {
        state.desk.timer.length_s = 0;
    }
    if let Some(label) = in_bar(look, state) {
        text(ui, &label, look.s.body, Cut::Bold, look.p.ink);
    }
}
