//! What a screen reader finds: names, roles, sizes; and that pressing by it does what pressing does.

use egui::Vec2;
use egui::accesskit::Role;
use instep_protocol::Ask;
use instep_rules::{Command, Direction, Outcome, Perspective, Tile};
use instep_ui::{Intent, Settings};

use crate::fixture::{At, Shown, Window, harness, show_instead, window};
use crate::moments::{MOMENTS, Make, table};
use crate::nodes::{Seen, nodes, press, pressable, read_out};

const SIZE: (f32, f32) = (1280.0, 720.0);

/// Looks at every moment in a window of this size.
fn each(size: (f32, f32), settings: &Settings, mut look: impl FnMut(&str, Make, &mut Window)) {
    let mut harness = harness(Shown::new(None), window(size).0);
    for (name, make) in MOMENTS {
        let mut shown = make();
        shown.settings = settings.clone();
        show_instead(&mut harness, shown);
        look(name, make, &mut harness);
    }
}

#[test]
fn whatever_can_be_pressed_has_a_name_and_a_role() {
    let mut faults = Vec::new();
    each(SIZE, &Settings::default(), |moment, _, window| {
        let mut count = 0;
        for node in nodes(window).iter().filter(|n| (n.clicks || n.takes_focus) && n.role != Role::ScrollBar) {
            count += 1;
            let fits = match node.role {
                Role::Button => node.chosen.is_none(),
                Role::CheckBox | Role::RadioButton => node.chosen.is_some(),
                Role::TextInput | Role::MultilineTextInput => true,
                _ => false,
            };
            if !fits || node.name.trim().is_empty() {
                faults.push(format!("{moment}: {:?} \"{}\" at {:?}", node.role, node.name, node.rect));
            }
        }
        let room = moment.starts_with("room");
        assert_eq!(count == 0, room, "{moment}: {count} controls");
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn fields_are_called_what_stands_above_them() {
    let mut found = 0;
    each(SIZE, &Settings::default(), |moment, _, window| {
        let all = nodes(window);
        for field in all.iter().filter(|n| n.is_field()) {
            let label = all.iter().find(|n| n.role == Role::Label && n.text == field.name);
            assert!(label.is_some_and(|l| l.rect.bottom() <= field.rect.top() + 1.0), "{moment}: {field:?}");
            found += 1;
        }
    });
    assert!(found >= 7, "{found}");
}

/// What pressing does, as far as it can be told: what is wanted, and where one is then.
fn effect(window: &mut Window, make: Make, name: &str, nth: usize) -> String {
    show_instead(window, make());
    press(window, name, nth);
    window.step();
    let shown = window.state();
    let wanted: Vec<&Intent> = shown.wanted.iter().filter(|w| !matches!(w, Intent::Sound(_))).collect();
    let state = &shown.state;
    format!("{wanted:?} {:?} {:?} {:?} {:?}", state.screen, state.overlays, state.choices, state.desk)
}

#[test]
fn what_has_the_same_name_does_the_same() {
    let mut shared = Vec::new();
    each(SIZE, &Settings::default(), |moment, make, window| {
        let mut names = pressable(window);
        names.sort();
        let double: Vec<String> = names.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0].clone()).collect();
        shared.extend(double.into_iter().map(|name| (moment.to_owned(), make, name)));
    });
    let mut window = harness(Shown::new(None), window(SIZE).0);
    for (moment, make, name) in shared {
        let (one, two) = (effect(&mut window, make, &name, 0), effect(&mut window, make, &name, 1));
        assert_eq!(one, two, "{moment}: two are called \"{name}\"");
    }
}

fn targets(size: (f32, f32), settings: &Settings, least: f32) {
    let mut faults = Vec::new();
    each(size, settings, |moment, _, window| {
        // What scrolls is scrolled by wheel, finger and keys too.
        let all: Vec<Seen> = nodes(window)
            .into_iter()
            .filter(|n| (n.pressable() && n.role != Role::ScrollBar) || n.is_field())
            .collect();
        let large = |node: &Seen| node.rect.width() >= least - 0.1 && node.rect.height() >= least - 0.1;
        for node in all.iter().filter(|node| !large(node)) {
            // A small place on the board may be pressed in the list beside it.
            let elsewhere = all.iter().any(|other| large(other) && node.name.starts_with(&other.name));
            if !elsewhere {
                faults.push(format!(
                    "{moment}: \"{}\" is {:.0} x {:.0}",
                    node.name,
                    node.rect.width(),
                    node.rect.height()
                ));
            }
        }
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn targets_are_large_enough_for_a_pointer() {
    targets((1024.0, 768.0), &Settings::default(), 24.0);
}

#[test]
fn targets_are_large_enough_for_a_pointer_with_large_text() {
    targets((1280.0, 720.0), &Settings { text: 200, ..Settings::default() }, 24.0);
}

#[test]
fn targets_are_large_enough_for_fingers() {
    targets((1280.0, 720.0), &Settings { touch: true, ..Settings::default() }, 44.0);
}

#[test]
fn targets_are_large_enough_for_fingers_on_a_tall_tablet() {
    targets((1200.0, 1920.0), &Settings { touch: true, ..Settings::default() }, 44.0);
}

/// What the table was asked for by pressing what has this name.
fn asked(window: &mut Window, at: At, name: &str, nth: usize) -> Vec<Ask> {
    show_instead(window, table(at));
    press(window, name, nth);
    let asks = window.state_mut().wanted.drain(..).filter_map(|wanted| match wanted {
        Intent::Ask(ask) => Some(ask),
        _ => None,
    });
    asks.collect()
}

/// Who acts, and what a seat and a stone are called.
fn about(shown: &Shown) -> (Perspective, impl Fn(Tile) -> [String; 2] + use<>) {
    let played = shown.played.as_ref().unwrap();
    let packs = crate::fixture::PACKS.clone();
    let names = move |tile: Tile| {
        let seat = &packs.perspectives()[tile.colour.index()].short;
        [seat.clone(), packs.outcomes()[tile.outcome.index()].short.clone()]
    };
    (played.game.state().seat(), names)
}

/// The tiles that may be laid or lifted are buttons that say which and where, and pressing each asks for it.
fn every_tile(at: At, verb: &str, command: fn(Perspective, Outcome) -> Command) {
    let shown = table(at);
    let (seat, names) = about(&shown);
    let legal = shown.legal();
    let tiles: Vec<Tile> = legal.place.iter().chain(legal.remove.iter()).collect();
    assert!(tiles.len() > 1);
    let mut window = harness(shown, window((1366.0, 768.0)).0);
    for tile in tiles {
        let [colour, stone] = names(tile);
        let name = pressable(&window).into_iter().find(|name| {
            let first = name.split('.').next().unwrap_or_default().split(':').next().unwrap_or_default();
            first.starts_with(verb) && first.contains(&colour) && first.contains(&stone)
        });
        let name = name.unwrap_or_else(|| panic!("{verb} {colour}, {stone}: {:#?}", pressable(&window)));
        let wanted = Ask::Act { seat: Some(seat), command: command(tile.colour, tile.outcome) };
        assert_eq!(asked(&mut window, at, &name, 0), [wanted], "{name}");
    }
}

#[test]
fn laying_an_opening_tile_is_a_button() {
    every_tile(At::Opening, "Lay", Command::Place);
}

#[test]
fn laying_a_tile_is_a_button() {
    every_tile(At::Place, "Lay", Command::Place);
}

#[test]
fn laying_any_tile_is_a_button() {
    every_tile(At::PlaceAny, "Lay", Command::Place);
}

#[test]
fn lifting_a_tile_is_a_button() {
    every_tile(At::Lift, "Pick", Command::Remove);
}

#[test]
fn every_stone_says_what_it_holds_and_can_be_pointed_at() {
    let shown = table(At::Talk);
    let outcomes = crate::fixture::PACKS.outcomes().len();
    let mut window = harness(shown, window((1366.0, 768.0)).0);
    for n in 0..outcomes {
        let stone = crate::fixture::PACKS.outcomes()[n].short.clone();
        let name = pressable(&window).into_iter().find(|name| name.starts_with(&stone));
        let name = name.unwrap_or_else(|| panic!("{stone}: {:#?}", pressable(&window)));
        assert!(name.contains("tile"), "{name} does not say what it holds");
        assert_eq!(asked(&mut window, At::Talk, &name, 0), [Ask::Point(Outcome(n as u8))], "{name}");
    }
}

#[test]
fn both_ways_to_walk_are_buttons_on_the_board_and_beside_it() {
    let shown = table(At::Walk);
    let (seat, _) = about(&shown);
    let mut window = harness(shown, window((1366.0, 768.0)).0);
    for (verb, direction) in [("Forward to space ", Direction::Forward), ("Back to space ", Direction::Back)] {
        let names: Vec<String> = pressable(&window).into_iter().filter(|name| name.starts_with(verb)).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        for (nth, name) in names.iter().enumerate() {
            let wanted = Ask::Act { seat: Some(seat), command: Command::Walk(direction) };
            assert_eq!(asked(&mut window, At::Walk, name, nth), [wanted]);
        }
    }
}

#[test]
fn the_next_thing_to_do_and_the_facilitator_s_hand_are_buttons() {
    let mut window = harness(Shown::new(None), window((1366.0, 768.0)).0);
    let (talk, roll, mend) = (about(&table(At::Talk)).0, about(&table(At::Roll)).0, about(&table(At::Mend)).0);
    let act = |seat, command| Ask::Act { seat, command };
    for (at, name, wanted) in [
        (At::Roll, "Roll the die", act(Some(roll), Command::Roll)),
        (At::Talk, "End the talk", act(Some(talk), Command::EndTalk)),
        (At::Talk, "Pass", act(None, Command::Pass)),
        (At::Talk, "Pause", Ask::Pause(true)),
        (At::Mend, "Let it go", act(Some(mend), Command::LetGo)),
    ] {
        assert_eq!(asked(&mut window, at, name, 0), [wanted], "{name}");
    }
}

#[test]
fn the_options_of_a_card_are_buttons_with_what_each_does() {
    let shown = table(At::Choose);
    let (seat, _) = about(&shown);
    let choose = shown.legal().choose;
    let mut window = harness(shown, window((1366.0, 768.0)).0);
    let names: Vec<String> =
        pressable(&window).into_iter().filter(|n| n.starts_with("Lay ") || n.starts_with("Lift ")).collect();
    assert_eq!(names.len() as u32, choose.count_ones(), "{names:?}");
    for (name, option) in names.iter().zip((0..8).filter(|n| choose & (1 << n) != 0)) {
        let wanted = Ask::Act { seat: Some(seat), command: Command::Choose(option) };
        assert_eq!(asked(&mut window, At::Choose, name, 0), [wanted], "{name}");
    }
}

/// The room sees the table and nothing of the desk's: nothing to press, who was not heard, the time left, drafts.
#[test]
fn the_room_sees_only_what_is_meant_for_it() {
    let mut seen = 0;
    each((1920.0, 1080.0), &Settings::default(), |moment, _, window| {
        if !moment.starts_with("room") {
            return;
        }
        seen += 1;
        let all: Vec<Seen> = nodes(window);
        assert!(
            !all.iter().any(|n| (n.clicks && n.role != Role::ScrollBar) || n.takes_focus),
            "{moment}: {:?}",
            pressable(window)
        );
        let text = read_out(window).join("\n").to_lowercase();
        for secret in ["not yet heard", "had a say", "minutes left", "planned time", "draft"] {
            assert!(!text.contains(secret), "{moment}: the room reads \"{secret}\":\n{text}");
        }
        assert!(text.contains("turn"), "{moment}: {text}");
    });
    assert_eq!(seen, 2);
}

/// An open sheet has the window to itself for a screen reader too, and says what it is.
#[test]
fn what_lies_over_the_screen_is_a_dialog_and_hides_what_is_behind() {
    each(SIZE, &Settings::default(), |moment, _, window| {
        let overlay = !window.state().state.overlays.is_empty();
        let all = nodes(window);
        let dialogs: Vec<&Seen> = all.iter().filter(|n| n.role == Role::Dialog).collect();
        assert_eq!(dialogs.len(), usize::from(overlay), "{moment}");
        assert!(dialogs.iter().all(|d| !d.name.is_empty()), "{moment}");
        if overlay {
            let behind = ["Roll the die", "End the talk", "New game", "Pause"];
            assert!(pressable(window).iter().all(|name| !behind.contains(&name.as_str())), "{moment}");
        }
    });
}

#[test]
fn nothing_of_the_tree_is_left_over_when_a_window_grows() {
    let mut window = harness(table(At::Place), Vec2::new(1024.0, 768.0));
    let before = pressable(&window).len();
    window.set_size(Vec2::new(1920.0, 1080.0));
    crate::fixture::settle(&mut window);
    assert!(pressable(&window).len().abs_diff(before) <= 2);
}

/// What the table's bars hold is on the screen, whole, at every size and with text at its largest: a button beyond the
/// edge is none.
#[test]
fn no_button_of_a_bar_is_beyond_the_edge() {
    let mut faults = Vec::new();
    for size in crate::fixture::SIZES {
        let screen = window(size).1;
        for text in [100, 150, 200] {
            let settings = Settings { text, ..Settings::default() };
            each(size, &settings, |moment, _, window| {
                let bar = [
                    "Undo",
                    "Pass",
                    "Pause",
                    "More",
                    "Go on",
                    "Roll the die",
                    "End the talk",
                    "Settings",
                    "How to play",
                ];
                for node in nodes(window).iter().filter(|n| bar.contains(&n.name.as_str())) {
                    if node.rect.left() < screen.left() - 1.0 || node.rect.right() > screen.right() + 1.0 {
                        faults.push(format!("{moment}, {size:?}, {text} %: \"{}\" at {:?}", node.name, node.rect));
                    }
                }
            });
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
