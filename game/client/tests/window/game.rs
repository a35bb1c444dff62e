//! Whole games through the real window, by keyboard alone.

use std::time::Duration;

use instep_rules::{Game, Phase, Who, legal};

use crate::support::{Display, Window, folder, wait};

/// The digit of a stone or an option.
fn digit(n: usize) -> String {
    (n + 1).to_string()
}

/// Plays one command of whoever's turn it is, by its key.
fn turn(window: &Window<'_>, game: &Game) -> Game {
    let (setup, state) = (game.setup(), game.state());
    let can = legal(setup, state, Who { seat: Some(state.seat()), facilitator: true });
    match state.phase() {
        Phase::Roll => window.play(&["r"]),
        Phase::Walk { .. } => window.play(&[if state.turns() % 2 == 0 { "f" } else { "b" }]),
        Phase::Talk { .. } => window.play(&["t"]),
        Phase::Resolve { chosen: None, .. } if can.choose != 0 => {
            window.play(&[&digit(can.choose.trailing_zeros() as usize)])
        }
        Phase::Opening { .. } | Phase::Resolve { .. } => {
            let tiles: Vec<_> = can.place.iter().chain(can.remove.iter()).collect();
            let stone = digit(tiles[0].outcome.index());
            let on_it = tiles.iter().filter(|t| t.outcome == tiles[0].outcome).count();
            // Where a stone has several places, its number leads to the first and Enter chooses it.
            if on_it == 1 { window.play(&[&stone]) } else { window.play(&[&stone, "Return"]) }
        }
        Phase::Mend { .. } if state.turns() % 2 == 0 => {
            window.write("Ring on Tuesday");
            window.play(&["Return"])
        }
        // From the field on to the button that keeps, which needs words, and to the one that lets go.
        Phase::Mend { .. } => window.play(&["Tab", "Return"]),
    }
}

/// Home, then set-up: Enter, Enter. What fits is worked out first; until then Enter does nothing there.
fn begun(window: &Window<'_>) -> Game {
    window.press(&["Return"]);
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(1500));
        if let Some(game) = window.game() {
            return game;
        }
        window.press(&["Return"]);
    }
    wait("a table", || window.game())
}

#[test]
fn a_whole_game_is_played_by_keyboard_alone() {
    let (display, data) = (Display::new(1280, 800), folder());
    let mut window = Window::open(&display, data.path());
    let mut game = begun(&window);
    for _ in 0..400 {
        if game.state().path_complete(game.setup()) {
            break;
        }
        game = turn(&window, &game);
    }
    assert!(game.state().path_complete(game.setup()), "the path is complete");
    // A moment, not a stop: play on is offered first, closing is next to it.
    std::thread::sleep(Duration::from_secs(1));
    window.press(&["Tab", "Return"]);
    wait("the close", || window.game().filter(|game| game.state().closed()));
    assert!(window.runs());
}

#[test]
fn what_was_being_typed_is_there_after_a_kill_and_so_is_the_card() {
    let (display, data) = (Display::new(1280, 800), folder());
    let window = Window::open(&display, data.path());
    let mut game = begun(&window);
    while !matches!(game.state().phase(), Phase::Talk { .. }) {
        game = turn(&window, &game);
    }
    window.press(&["n"]);
    window.write("half a thought about");
    wait("the draft on disk", || window.desk().contains("half a thought about").then_some(()));
    window.kill();

    let window = Window::open(&display, data.path());
    // Home offers to go on first.
    window.press(&["Return"]);
    std::thread::sleep(Duration::from_secs(2));
    let again = window.game().unwrap();
    assert_eq!(again.state(), game.state(), "the same card, the same talk");
    assert!(window.desk().contains("half a thought about"), "{}", window.desk());
    // The note is opened again, and ended: nobody has to say it twice.
    window.press(&["n", "End"]);
    window.write(" Tuesdays");
    window.press(&["ctrl+Return"]);
    let said = wait("the note", || {
        let words = window.table()?.words;
        words.iter().find_map(|word| word.text.clone().filter(|text| text.contains("thought")))
    });
    assert_eq!(said, "half a thought about Tuesdays");
}

#[test]
fn what_was_being_typed_at_two_tables_is_there_after_a_kill() {
    let (display, data) = (Display::new(1280, 800), folder());
    let window = Window::open(&display, data.path());
    begun(&window);
    // It is on the disk a moment before it is on the screen.
    std::thread::sleep(Duration::from_secs(2));
    window.press(&["n"]);
    window.write("at the first table");
    wait("the first draft", || window.desk_of(1).contains("at the first table").then_some(()));
    // The note is put away, then the table; Home offers another game after this one.
    window.press(&["Escape", "Escape"]);
    std::thread::sleep(Duration::from_secs(1));
    window.press(&["Tab", "Return"]);
    wait("another table", || {
        std::thread::sleep(Duration::from_millis(1500));
        let second = window.table().filter(|table| table.id.0 == 2);
        if second.is_none() {
            window.press(&["Return"]);
        }
        second
    });
    std::thread::sleep(Duration::from_secs(2));
    window.press(&["n"]);
    window.write("at the second table");
    wait("the second draft", || window.desk_of(2).contains("at the second table").then_some(()));
    window.kill();

    let window = Window::open(&display, data.path());
    window.press(&["Return"]);
    std::thread::sleep(Duration::from_secs(2));
    window.press(&["n", "End"]);
    window.write(" and more");
    wait("the second draft, with more", || window.desk_of(2).contains("at the second table and more").then_some(()));
    assert!(window.desk_of(1).contains("at the first table"), "{}", window.desk_of(1));
}
