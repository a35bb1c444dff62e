//! Everything by keyboard alone: a whole game, focus, and the keys that are somebody's own.

use egui::{Key, Modifiers, Vec2};
use instep_protocol::Ask;
use instep_rules::{Command, Direction, Phase};
use instep_ui::{Deed, Intent, Overlay, Press, Screen, Settings, UiState};

use crate::fixture::{At, Shown, Window, harness, settle, show_instead};
use crate::hands::{choose, hold, key, letter, order, round, same, with, words};
use crate::moments::{MOMENTS, over, table};
use crate::nodes::{focused, nodes};

fn window(shown: Shown) -> Window {
    harness(shown, Vec2::new(1366.0, 768.0))
}

fn state(window: &Window) -> &UiState {
    &window.state().state
}

fn phase(window: &Window) -> Phase {
    window.state().played.as_ref().expect("a table is open").game.state().phase()
}

fn log_len(window: &Window) -> usize {
    window.state().played.as_ref().unwrap().game.log().len()
}

fn has_focus(window: &Window, when: &str) {
    assert!(focused(window).is_some(), "{when}: nothing has focus");
}

const DIGITS: [Key; 7] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];

/// One step of the game, by the keys that a hurried facilitator would use.
fn step(window: &mut Window, n: usize) {
    let legal = window.state().legal();
    match phase(window) {
        Phase::Roll => letter(window, 'r'),
        Phase::Walk { .. } => letter(window, if n.is_multiple_of(2) { 'f' } else { 'b' }),
        Phase::Talk { .. } => letter(window, 't'),
        Phase::Resolve { .. } if legal.choose != 0 => key(window, DIGITS[legal.choose.trailing_zeros() as usize]),
        Phase::Opening { .. } | Phase::Resolve { .. } => {
            let all: Vec<_> = legal.place.iter().chain(legal.remove.iter()).collect();
            let stone = all.first().expect("something can be chosen").outcome;
            key(window, DIGITS[stone.index()]);
            if all.iter().filter(|tile| tile.outcome == stone).count() > 1 {
                has_focus(window, "the places of a stone");
                key(window, Key::Enter);
            }
        }
        Phase::Mend { .. } => {
            has_focus(window, "mend");
            words(window, "Jo rings by Friday");
            key(window, Key::Enter);
        }
    }
}

#[test]
fn a_whole_game_from_home_to_the_close_by_keyboard_alone() {
    let mut window = window(Shown::new(None));
    has_focus(&window, "home");
    key(&mut window, Key::Enter);
    assert_eq!(state(&window).screen, Screen::SetUp);
    has_focus(&window, "set-up");
    key(&mut window, Key::Enter);
    assert_eq!(state(&window).screen, Screen::Table);
    let mut mended = 0;
    for n in 0..700 {
        has_focus(&window, &format!("step {n}, {:?}", phase(&window)));
        if state(&window).overlays == [Overlay::Complete] {
            break;
        }
        let before = log_len(&window);
        mended += usize::from(matches!(phase(&window), Phase::Mend { .. }));
        step(&mut window, n);
        assert!(log_len(&window) > before, "step {n} did nothing: {:?} {:?}", phase(&window), focused(&window));
    }
    assert_eq!(state(&window).overlays, [Overlay::Complete], "the path was not completed");
    assert!(mended > 0, "nothing was mended");
    // Once more before the end: play on, and close by way of the list of commands.
    key(&mut window, Key::Enter);
    assert!(state(&window).overlays.is_empty());
    has_focus(&window, "after the path was completed");
    choose(&mut window, "More");
    has_focus(&window, "more");
    choose(&mut window, "Close the game");
    choose(&mut window, "Close the game");
    assert_eq!(state(&window).screen, Screen::Close);
    has_focus(&window, "close");
    key(&mut window, Key::Enter);
    assert_eq!(state(&window).screen, Screen::Home);
    has_focus(&window, "home again");
}

/// The same with nothing but Tab, Enter and what one types: single keys are off.
#[test]
fn a_turn_by_tab_and_enter_alone() {
    let mut shown = table(At::Roll);
    shown.settings.single_keys = false;
    let mut window = window(shown);
    choose(&mut window, "Roll the die");
    assert!(matches!(phase(&window), Phase::Walk { .. }));
    choose(&mut window, "Back to space");
    assert!(matches!(phase(&window), Phase::Talk { .. }));
    choose(&mut window, "End the talk");
    assert!(!matches!(phase(&window), Phase::Talk { .. }));
    has_focus(&window, "after the talk");
}

/// Tab comes to every control that can be pressed, and round again: nowhere is a trap.
fn tab_reaches_all(size: Vec2, text: u16) {
    let mut window = harness(Shown::new(None), size);
    let mut faults = Vec::new();
    for (moment, make) in MOMENTS {
        let mut shown = make();
        shown.settings.text = text;
        if moment.starts_with("room") {
            continue;
        }
        show_instead(&mut window, shown);
        has_focus(&window, moment);
        let seen = round(&mut window);
        let wanted = nodes(&window).into_iter().filter(|n| n.takes_focus && n.enabled);
        let missed: Vec<String> = wanted.filter(|n| !seen.iter().any(|s| same(s, n))).map(|n| n.name).collect();
        if !missed.is_empty() {
            faults.push(format!("{moment}: Tab does not come to {missed:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn tab_comes_to_everything_and_round_again() {
    tab_reaches_all(Vec2::new(1366.0, 768.0), 100);
}

#[test]
fn tab_comes_to_everything_with_large_text() {
    tab_reaches_all(Vec2::new(1280.0, 720.0), 200);
}

#[test]
fn arrows_move_focus() {
    let mut window = window(Shown::new(None));
    let before = focused(&window).unwrap();
    key(&mut window, Key::ArrowDown);
    let below = focused(&window).unwrap();
    assert!(below.rect.top() > before.rect.top(), "{before:?} {below:?}");
    key(&mut window, Key::ArrowUp);
    assert!(same(&focused(&window).unwrap(), &before));
}

#[test]
fn escape_leads_back_from_everything_that_opens_and_focus_goes_back_too() {
    let mut window = window(Shown::new(None));
    for overlay in [
        Overlay::HowTo(2),
        Overlay::Settings,
        Overlay::Keys,
        Overlay::InWords,
        Overlay::Reading,
        Overlay::Note,
        Overlay::Undo,
        Overlay::Close,
        Overlay::More,
        Overlay::Complete,
        Overlay::Themes,
        Overlay::Sensitive,
        Overlay::About,
    ] {
        show_instead(&mut window, table(At::Talk));
        key(&mut window, Key::Tab);
        let before = focused(&window).unwrap();
        window.state_mut().state.overlays.push(overlay);
        settle(&mut window);
        has_focus(&window, &format!("{overlay:?}"));
        assert!(!same(&focused(&window).unwrap(), &before), "{overlay:?} opens without focus");
        key(&mut window, Key::Escape);
        assert!(state(&window).overlays.is_empty(), "{overlay:?} does not close");
        assert_eq!(state(&window).screen, Screen::Table);
        let after = focused(&window);
        assert!(
            after.as_ref().is_some_and(|a| same(a, &before)),
            "{overlay:?}: {:?}, then {:?}",
            before.name,
            after.map(|a| a.name)
        );
    }
}

#[test]
fn what_a_key_opens_has_focus_and_gives_it_back() {
    let mut window = window(table(At::Talk));
    let before = focused(&window).unwrap();
    for (opens, overlay) in [
        (Key::F1, Overlay::HowTo(0)),
        (Key::F2, Overlay::InWords),
        (Key::F3, Overlay::Keys),
        (Key::F4, Overlay::Settings),
        (Key::N, Overlay::Note),
        (Key::C, Overlay::Reading),
    ] {
        key(&mut window, opens);
        assert_eq!(state(&window).overlays, [overlay]);
        let inside = focused(&window).unwrap_or_else(|| panic!("{overlay:?} has no focus"));
        assert!(!same(&inside, &before), "{overlay:?}: what lies behind has focus");
        key(&mut window, Key::Escape);
        assert!(same(&focused(&window).unwrap(), &before), "{overlay:?}");
    }
}

#[test]
fn one_sheet_over_another_leads_back_step_by_step() {
    let mut window = window(table(At::Talk));
    let before = focused(&window).unwrap();
    key(&mut window, Key::F4);
    choose(&mut window, "Keys");
    assert_eq!(state(&window).overlays, [Overlay::Settings, Overlay::Keys]);
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).overlays, [Overlay::Settings]);
    assert_eq!(focused(&window).unwrap().name, "Keys");
    key(&mut window, Key::Escape);
    assert!(same(&focused(&window).unwrap(), &before));
}

#[test]
fn escape_leads_back_from_every_screen() {
    let mut window = window(Shown::new(None).screen(Screen::SetUp));
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).screen, Screen::Home);
    for shown in [table(At::Roll), table(At::Complete).screen(Screen::Close), table(At::Mend), table(At::Place)] {
        show_instead(&mut window, shown);
        // Out of a field first, where one is typed in.
        for _ in 0..2 {
            key(&mut window, Key::Escape);
        }
        assert_eq!(state(&window).screen, Screen::Home);
        has_focus(&window, "home");
    }
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).screen, Screen::Home);
    has_focus(&window, "home, where there is nowhere to go back to");
}

#[test]
fn escape_leaves_a_field_and_keeps_what_is_in_it() {
    let mut window = window(table(At::Mend));
    words(&mut window, "half a st");
    key(&mut window, Key::Escape);
    assert_eq!((state(&window).screen, state(&window).desk.drafts.step.as_str()), (Screen::Table, "half a st"));
    let now = focused(&window).expect("focus is somewhere else");
    assert!(!now.is_field(), "{now:?}");
    // A note is put away in one go, and is still there when it is opened again.
    show_instead(&mut window, over(table(At::Talk), Overlay::Note));
    words(&mut window, "half a no");
    key(&mut window, Key::Escape);
    assert!(state(&window).overlays.is_empty());
    assert_eq!(state(&window).desk.drafts.note, "half a no");
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

/// What is long is read to its end without a mouse.
#[test]
fn long_text_scrolls_by_key() {
    let mut window = window(over(table(At::Talk), Overlay::InWords));
    let last = |window: &Window| {
        nodes(window).into_iter().rev().find(|n| n.text.starts_with("It asks: ")).expect("the last of it")
    };
    let screen = 768.0;
    assert!(last(&window).rect.bottom() > screen, "it would fit without scrolling");
    for _ in 0..12 {
        key(&mut window, Key::PageDown);
    }
    assert!(last(&window).rect.bottom() < screen, "{:?}", last(&window).rect);
    has_focus(&window, "scrolled");
    for _ in 0..12 {
        key(&mut window, Key::PageUp);
    }
    assert!(last(&window).rect.bottom() > screen);
}

#[test]
fn a_real_die_is_typed_by_its_number() {
    let shown = MOMENTS.iter().find(|(name, _)| *name == "roll of a real die").unwrap().1();
    let mut window = window(shown);
    key(&mut window, Key::Num4);
    assert_eq!(phase(&window), Phase::Walk { face: 4 });
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
