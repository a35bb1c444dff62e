//! Keys that do something by themselves: what they do, when they do nothing, and how they are changed.

use egui::{Key, Modifiers, Vec2};
use instep_protocol::Ask;
use instep_rules::{Command, Direction, Phase};
use instep_ui::{Deed, Intent, Overlay, Press, Settings};

use crate::fixture::{At, Shown, Window, harness, show_instead};
use crate::hands::{choose, has_focus, hold, key, letter, log_len, order, phase, state, with, words};
use crate::moments::{MOMENTS, over, table};
use crate::nodes::pressable;

fn window(shown: Shown) -> Window {
    harness(shown, Vec2::new(1366.0, 768.0))
}

/// Hands that shake must not end a talk that they have just begun.
#[test]
fn a_held_key_presses_once() {
    for held in [Key::Enter, Key::Space] {
        let mut window = window(table(At::Roll));
        hold(&mut window, held, 30);
        assert!(matches!(phase(&window), Phase::Walk { .. }), "{held:?}: {:?}", phase(&window));
        has_focus(&window, "held");
    }
    let mut window = window(table(At::Roll));
    hold(&mut window, Key::R, 30);
    assert!(matches!(phase(&window), Phase::Walk { .. }));
    assert_eq!(state(&window).refusal, None, "a held letter asks once");
}

#[test]
fn letters_that_are_typed_do_nothing_else() {
    let mut window = window(over(table(At::Talk), Overlay::Note));
    let before = log_len(&window);
    words(&mut window, "next: talk, room 17");
    let (draft, overlays) = (state(&window).desk.drafts.note.clone(), state(&window).overlays.clone());
    assert_eq!((draft.as_str(), overlays), ("next: talk, room 17", vec![Overlay::Note]));
    assert_eq!(log_len(&window), before);
    show_instead(&mut window, table(At::Mend));
    let before = log_len(&window);
    words(&mut window, "rtxnhfbcal 123");
    assert_eq!(state(&window).desk.drafts.step, "rtxnhfbcal 123");
    assert!(log_len(&window) == before && state(&window).overlays.is_empty() && state(&window).refusal.is_none());
}

#[test]
fn a_field_that_is_left_empty_keeps_or_gives_on_focus() {
    let mut window = window(table(At::Mend));
    key(&mut window, Key::Enter);
    assert!(matches!(phase(&window), Phase::Mend { .. }));
    has_focus(&window, "an empty step");
}

#[test]
fn single_keys_that_are_off_do_nothing() {
    let moments = [At::Roll, At::Walk, At::Talk, At::Choose, At::Place];
    let mut window = window(Shown::new(None));
    for at in moments {
        let mut shown = table(at);
        shown.settings.single_keys = false;
        show_instead(&mut window, shown);
        let before = (log_len(&window), format!("{:?}", phase(&window)));
        for c in "rfbtnhxcal1234567".chars() {
            letter(&mut window, c);
        }
        assert_eq!((log_len(&window), format!("{:?}", phase(&window))), before, "{at:?}");
        assert!(state(&window).overlays.is_empty() && state(&window).refusal.is_none(), "{at:?}");
        let others: Vec<_> = window.state().wanted.iter().filter(|w| !matches!(w, Intent::Sound(_))).collect();
        assert!(others.is_empty(), "{at:?}: {others:?}");
    }
    // Ctrl+Z is no single key.
    with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(state(&window).overlays, [Overlay::Undo]);
}

/// Finds a deed's line in the list of keys, and opens it for a new key.
fn change(window: &mut Window, deed: &str) {
    choose(window, &format!("{deed}: "));
    assert!(state(window).choosing_key.is_some());
}

#[test]
fn a_key_that_was_changed_works_and_the_old_one_does_not() {
    let mut window = window(over(table(At::Roll), Overlay::Keys));
    change(&mut window, "Roll the die");
    letter(&mut window, 'w');
    assert_eq!(window.state().settings.keys.of(Deed::Roll), Some(Press { ctrl: false, key: Key::W }));
    has_focus(&window, "after a key was chosen");
    key(&mut window, Key::Escape);
    assert!(state(&window).overlays.is_empty());
    letter(&mut window, 'r');
    assert_eq!(phase(&window), Phase::Roll, "the old key still rolls");
    letter(&mut window, 'w');
    assert!(matches!(phase(&window), Phase::Walk { .. }), "the new key does not roll");
}

#[test]
fn keys_that_press_and_move_can_not_be_chosen() {
    for refused in
        [Key::Space, Key::Enter, Key::Tab, Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight, Key::Escape]
    {
        let mut window = window(over(table(At::Roll), Overlay::Keys));
        change(&mut window, "Roll the die");
        let before = window.state().settings.keys.clone();
        key(&mut window, refused);
        assert_eq!(window.state().settings.keys, before, "{refused:?} was taken");
        has_focus(&window, &format!("{refused:?}"));
        assert_eq!(state(&window).overlays, [Overlay::Keys], "{refused:?}");
    }
}

#[test]
fn what_the_facilitator_needs_has_a_key() {
    let mut window = window(table(At::Talk));
    with(&mut window, Modifiers::COMMAND, Key::P);
    assert!(window.state().played.as_ref().unwrap().people.paused);
    has_focus(&window, "paused");
    with(&mut window, Modifiers::COMMAND, Key::P);
    assert!(!window.state().played.as_ref().unwrap().people.paused);
    with(&mut window, Modifiers::COMMAND, Key::Z);
    has_focus(&window, "undo");
    let before = log_len(&window);
    key(&mut window, Key::Enter);
    assert!(log_len(&window) > before && state(&window).overlays.is_empty());
    has_focus(&window, "after a step was taken back");
    show_instead(&mut window, table(At::Talk));
    letter(&mut window, 'x');
    assert!(!matches!(phase(&window), Phase::Talk { .. }), "X passes");
    key(&mut window, Key::F11);
    assert!(window.state().settings.full_screen);
    with(&mut window, Modifiers::COMMAND, Key::Plus);
    assert_eq!(window.state().settings.text, Settings::default().text + 10);
}

#[test]
fn a_real_die_is_typed_by_its_number() {
    let shown = MOMENTS.iter().find(|(name, _)| *name == "roll of a real die").unwrap().1();
    let mut window = window(shown);
    key(&mut window, Key::Num4);
    assert_eq!(phase(&window), Phase::Walk { face: 4 });
}

#[test]
fn an_option_is_chosen_by_its_number() {
    const DIGITS: [Key; 3] = [Key::Num1, Key::Num2, Key::Num3];
    let choose = table(At::Choose).legal().choose;
    let mut window = window(Shown::new(None));
    for (n, digit) in DIGITS.into_iter().enumerate().filter(|(n, _)| choose & (1 << n) != 0) {
        show_instead(&mut window, table(At::Choose));
        key(&mut window, digit);
        let chosen = |entry: &instep_rules::Entry| entry.event == instep_rules::Event::ChoiceMade { option: n as u8 };
        assert!(window.state().played.as_ref().unwrap().game.log().iter().rev().take(6).any(chosen), "{digit:?}");
        has_focus(&window, "after an option was chosen");
    }
}

#[test]
fn a_digit_points_where_no_stone_is_to_be_chosen() {
    let mut window = window(table(At::Talk));
    window.key_press(Key::Num2);
    window.step();
    window.step();
    let asks: Vec<&Intent> = window.state().wanted.iter().filter(|w| matches!(w, Intent::Ask(_))).collect();
    assert_eq!(asks, [&Intent::Ask(Ask::Point(instep_rules::Outcome(1)))], "{:?}", order(&window));
}

#[test]
fn a_way_is_walked_by_its_letter() {
    for (c, direction) in [('f', Direction::Forward), ('b', Direction::Back)] {
        let mut window = window(table(At::Walk));
        let key = Key::from_name(&c.to_uppercase().to_string()).unwrap();
        window.key_press(key);
        window.step();
        window.step();
        let walked =
            |w: &Intent| matches!(w, Intent::Ask(Ask::Act { command: Command::Walk(d), .. }) if *d == direction);
        assert!(window.state().wanted.iter().any(walked), "{c}: {:?}", window.state().wanted);
    }
}

/// What moves can be passed over: whoever presses something has seen enough, and the rules never waited for it.
#[test]
fn whoever_presses_something_has_seen_enough_of_what_moves() {
    let mut window = window(table(At::Roll));
    window.key_press(Key::R);
    window.step();
    window.state_mut().obey();
    window.step();
    assert!(window.state().state.moves(), "the die tumbles");
    window.key_press(Key::L);
    window.step();
    assert!(!window.state().state.moves(), "it lies there");
}

/// Any number of steps can be taken back, and each is seen before.
#[test]
fn every_step_that_undo_takes_back_can_be_seen_first() {
    let mut window = window(over(table(At::Complete), Overlay::Undo));
    let all = window.state().played.as_ref().unwrap().game.state().steps_in_effect() as usize;
    assert!(all > 24, "a long game");
    // A step is told by who did it: "Staff: rolled 4".
    let seen = |window: &Window| pressable(window).iter().filter(|name| name.contains(": ")).count();
    assert!(seen(&window) <= 12);
    while let Some(more) = pressable(&window).into_iter().find(|name| name.starts_with("Show ")) {
        choose(&mut window, &more);
    }
    assert_eq!(seen(&window), all);
}
