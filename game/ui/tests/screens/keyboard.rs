//! Everything by keyboard alone: a whole game, and where focus is, goes and comes back to.

use egui::{Key, Vec2};
use instep_protocol::PersonId;
use instep_rules::Phase;
use instep_ui::{Overlay, Screen};

use crate::elsewhere::{self, chatting, lobby};
use crate::fixture::{At, Shown, Window, harness, settle, show_instead};
use crate::hands::{choose, has_focus, key, letter, log_len, phase, round, same, state, words};
use crate::moments::{MOMENTS, over, table};
use crate::nodes::{focused, nodes};

fn window(shown: Shown) -> Window {
    harness(shown, Vec2::new(1366.0, 768.0))
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
        let (before, at) = (log_len(&window), phase(&window));
        mended += usize::from(matches!(phase(&window), Phase::Mend { .. }));
        step(&mut window, n);
        let now = state(&window);
        let why = (&now.refusal, &now.overlays, &now.screen, focused(&window).map(|f| f.name), &window.state().wanted);
        assert!(log_len(&window) > before, "step {n} did nothing at {at:?}: {why:?}");
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
    key(&mut window, Key::Escape);
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
        Overlay::Chat,
        Overlay::SendAway(PersonId(3)),
        Overlay::HandOver(PersonId(3)),
        Overlay::LetGo(1),
        Overlay::NewInvite,
        Overlay::Since,
        Overlay::Moved(4),
        Overlay::Leave(false),
        Overlay::OpenAgain,
    ] {
        let online =
            matches!(overlay, Overlay::Chat | Overlay::SendAway(_) | Overlay::HandOver(_) | Overlay::NewInvite);
        show_instead(&mut window, if online { chatting(At::Talk, 1) } else { table(At::Talk) });
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
    for (shown, screen) in [
        (elsewhere::join(), Screen::Home),
        (elsewhere::host(false), Screen::Home),
        (lobby(1), Screen::Table),
        (lobby(6), Screen::Table),
    ] {
        show_instead(&mut window, shown);
        key(&mut window, Key::Escape);
        assert_eq!(state(&window).screen, screen);
        has_focus(&window, "one screen back");
    }
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
