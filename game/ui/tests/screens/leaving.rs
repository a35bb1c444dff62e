//! Whoever keeps a table is asked before they close it for others, and is reminded of them later.

use egui::Key;
use instep_ui::{Intent, Line, Overlay, Screen, Wish};

use crate::elsewhere::{at_as, lobby, online};
use crate::fixture::{At, Shown, Window, settle, show_instead};
use crate::hands::{choose, has_focus, key, state};
use crate::moments::{Make, table};
use crate::nodes::{focused, press, read_out};
use crate::online::{window, wishes};

/// Presses something, and tells whether the table was left by it.
fn leaves(window: &mut Window, by: impl FnOnce(&mut Window)) -> bool {
    by(window);
    // The fixture does what is wanted: then there is no table any more.
    window.state().played.is_none() || window.state().wanted.contains(&Intent::Leave)
}

fn asked(window: &Window) -> bool {
    state(window).overlays.last() == Some(&Overlay::Leave(false))
}

/// So that one of three is there.
fn alone(mut shown: Shown) -> Shown {
    let me = shown.elsewhere.as_ref().unwrap().here.as_ref().unwrap().you;
    let people = &mut shown.played.as_mut().unwrap().people.people;
    // The screen for the room may be there: nobody is sent away by its going.
    for person in people.iter_mut().filter(|p| p.id.0 != me && p.id.0 != 7) {
        person.here = false;
    }
    shown
}

#[test]
fn whoever_keeps_the_table_is_asked_before_it_closes_for_others() {
    let mut window = window(Shown::new(None));
    type Go = fn(&mut Window);
    let ways: [(Make, Go); 3] = [
        (|| at_as(At::Talk, 1), |window| key(window, Key::Escape)),
        (|| at_as(At::Talk, 1), |window| choose(window, "To the beginning")),
        (|| lobby(1), |window| choose(window, "Leave for now")),
    ];
    for (n, (shown, by)) in ways.into_iter().enumerate() {
        show_instead(&mut window, shown());
        let screen = state(&window).screen;
        assert!(!leaves(&mut window, by) && asked(&window), "{n}");
        has_focus(&window, "the question");
        assert!(focused(&window).is_some_and(|node| node.name == "Stay"), "{n}");
        let read = read_out(&window).join("\n");
        let what = "Jo, Sam from the night shift and Olu are at this table. If you leave, it closes for them until you";
        assert!(read.contains(what), "{n}: {read}");
        // Once more is no answer, and neither is the key that is at hand.
        assert!(!leaves(&mut window, |window| key(window, Key::Escape)) && !asked(&window), "{n}");
        assert!(!leaves(&mut window, by) && asked(&window), "{n}");
        assert!(!leaves(&mut window, |window| key(window, Key::Enter)) && !asked(&window), "{n}");
        assert_eq!(state(&window).screen, screen, "{n}");
        assert!(!leaves(&mut window, by) && asked(&window), "{n}");
        assert!(leaves(&mut window, |window| press(window, "Leave, and close it", 0)), "{n}");
    }
}

#[test]
fn one_who_is_there_is_one() {
    let mut shown = alone(at_as(At::Talk, 1));
    shown.played.as_mut().unwrap().people.people[1].here = true;
    let mut window = window(shown);
    key(&mut window, Key::Escape);
    assert!(read_out(&window).join("\n").contains("Jo is at this table."));
    // They go while it is asked.
    window.state_mut().played.as_mut().unwrap().people.people[1].here = false;
    settle(&mut window);
    assert!(read_out(&window).join("\n").contains("Nobody else is at this table any more."));
    assert!(leaves(&mut window, |window| press(window, "Leave, and close it", 0)));
}

#[test]
fn nobody_is_asked_who_closes_nothing_for_others() {
    let elsewhere = |mut shown: Shown| {
        shown.elsewhere.as_mut().unwrap().here.as_mut().unwrap().on_this_computer = false;
        shown
    };
    let gone = |mut shown: Shown| {
        shown.elsewhere.as_mut().unwrap().here.as_mut().unwrap().line = Line::Ended(instep_protocol::Denied::Closing);
        shown
    };
    let mut window = window(Shown::new(None));
    for (n, shown) in [
        table(At::Talk),
        online(table(At::Talk)),
        alone(at_as(At::Talk, 1)),
        at_as(At::Talk, 2),
        elsewhere(at_as(At::Talk, 1)),
        gone(at_as(At::Talk, 1)),
    ]
    .into_iter()
    .enumerate()
    {
        show_instead(&mut window, shown);
        assert!(leaves(&mut window, |window| key(window, Key::Escape)), "{n}");
    }
}

#[test]
fn a_window_that_is_to_close_closes_once_that_is_answered() {
    let mut window = window(at_as(At::Talk, 1));
    window.state_mut().state.overlays.push(Overlay::Leave(true));
    settle(&mut window);
    assert!(leaves(&mut window, |window| press(window, "Leave, and close it", 0)));
    assert!(window.state().wanted.contains(&Intent::Quit));
}

/// A game of this computer at which Sam and Mo were.
pub(crate) fn without_them() -> Shown {
    let mut shown = online(table(At::Talk));
    shown.state.were_here = vec!["Sam".into(), "Mo".into()];
    shown.state.hosting.called = "Tuesday group".into();
    shown.state.overlays.push(Overlay::OpenAgain);
    shown
}

#[test]
fn whoever_goes_on_with_a_game_is_reminded_of_those_who_wait() {
    let mut window = window(without_them());
    assert!(read_out(&window).join("\n").contains("Sam and Mo were at this table. Open it to them again?"));
    press(&mut window, "Not now", 0);
    assert!(state(&window).overlays.is_empty() && state(&window).screen == Screen::Table);
    show_instead(&mut window, without_them());
    assert!(focused(&window).is_some_and(|node| node.name == "Open it again"));
    key(&mut window, Key::Enter);
    let wishes = wishes(&mut window);
    let [Wish::OpenUp(host)] = &wishes[..] else { panic!("{wishes:?}") };
    assert_eq!((host.name.as_str(), host.called.as_str()), ("Fran", "Tuesday group"));
    assert_eq!(host.at, instep_ui::HostAt::ThisComputer);
}

#[test]
fn where_no_name_is_known_it_is_asked_for() {
    let mut shown = without_them();
    shown.elsewhere.as_mut().unwrap().name.clear();
    let mut window = window(shown);
    press(&mut window, "Open it again", 0);
    assert!(wishes(&mut window).is_empty());
    assert_eq!(state(&window).screen, Screen::Host);
    assert!(state(&window).overlays.is_empty());
}
