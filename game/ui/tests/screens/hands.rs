//! Somebody who has a keyboard and nothing else.

use egui::{Event, Key, Modifiers};

use instep_rules::Phase;
use instep_ui::UiState;

use crate::fixture::{Window, settle};
use crate::nodes::{Seen, focused, nodes};

/// Presses a key and lets it go.
pub(crate) fn key(window: &mut Window, key: Key) {
    with(window, Modifiers::NONE, key);
}

/// Presses a key with others held.
pub(crate) fn with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// Types a letter or digit, as a keyboard does: the key, and the text that it makes.
pub(crate) fn letter(window: &mut Window, c: char) {
    let key = Key::from_name(&c.to_uppercase().to_string());
    if let Some(key) = key {
        window.key_down(key);
    }
    window.event(Event::Text(c.to_string()));
    if let Some(key) = key {
        window.key_up(key);
    }
    settle(window);
}

/// Types words.
pub(crate) fn words(window: &mut Window, words: &str) {
    words.chars().for_each(|c| letter(window, c));
}

/// Holds a key until it repeats itself so many times, and lets go.
pub(crate) fn hold(window: &mut Window, key: Key, times: usize) {
    for n in 0..=times {
        let pressed = Event::Key { key, physical_key: None, pressed: true, repeat: n > 0, modifiers: Modifiers::NONE };
        window.event(pressed);
        window.step();
        window.state_mut().obey();
    }
    window.key_up(key);
    settle(window);
}

/// Goes on with Tab until the control of that name has focus, and presses it.
pub(crate) fn choose(window: &mut Window, name: &str) {
    for _ in 0..120 {
        if focused(window).is_some_and(|node| node.name.starts_with(name)) {
            return key(window, Key::Enter);
        }
        key(window, Key::Tab);
    }
    panic!("Tab does not come to \"{name}\": {:#?}", order(window));
}

/// What Tab comes to, once round, beginning with what has focus.
pub(crate) fn round(window: &mut Window) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    for _ in 0..200 {
        if let Some(node) = focused(window) {
            if all.first().is_some_and(|first| same(first, &node)) {
                return all;
            }
            all.push(node);
        }
        window.key_press(Key::Tab);
        window.step();
        window.step();
        window.state_mut().obey();
    }
    panic!("Tab does not come round: {:#?}", all.iter().map(|n| &n.name).collect::<Vec<_>>());
}

/// Whether two are the same control; what scrolls has moved meanwhile.
pub(crate) fn same(one: &Seen, other: &Seen) -> bool {
    (one.id == other.id) && one.name == other.name
}

/// What can be pressed or typed in, in the order of the tree.
pub(crate) fn order(window: &Window) -> Vec<String> {
    nodes(window).into_iter().filter(|n| n.takes_focus && n.enabled).map(|n| n.name).collect()
}

/// What is going on at the screen.
pub(crate) fn state(window: &Window) -> &UiState {
    &window.state().state
}

/// What the game waits for.
pub(crate) fn phase(window: &Window) -> Phase {
    window.state().played.as_ref().expect("a table is open").game.state().phase()
}

/// How much has happened.
pub(crate) fn log_len(window: &Window) -> usize {
    window.state().played.as_ref().unwrap().game.log().len()
}

/// Something has focus.
pub(crate) fn has_focus(window: &Window, when: &str) {
    assert!(focused(window).is_some(), "{when}: nothing has focus");
}
