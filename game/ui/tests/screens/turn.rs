//! At a table with people elsewhere: whose turn it is for each of them, one's own seats, and a copy that is only read.

use egui::Vec2;
use instep_rules::{Perspective, SeatSet, Who};
use instep_ui::{Drawer, Intent};
use instep_words::Language;

use crate::elsewhere::at_as;
use crate::fixture::{At, Shown, Window, harness};
use crate::hands::letter;
use crate::moments::table;
use crate::nodes::{nodes, pressable, read_out};

fn low(shown: Shown) -> Window {
    harness(shown, Vec2::new(1024.0, 768.0))
}

fn read(window: &Window) -> String {
    read_out(window).join("\n")
}

/// A table where this person alone holds the seat whose turn it is.
fn acting(at: At, you: u32, holder: usize) -> Shown {
    let mut shown = at_as(at, you);
    let played = shown.played.as_mut().unwrap();
    let seat = played.game.state().seat();
    if !played.game.state().held().has(seat) {
        played.act(Who::FACILITATOR, instep_rules::Command::TakeSeat(seat));
    }
    played.people.voiced = SeatSet::NONE;
    for person in &mut played.people.people {
        person.seats = person.seats.without(seat);
    }
    played.people.people[holder].seats = SeatSet::NONE.with(seat);
    shown
}

#[test]
fn one_s_own_turn_is_called_so_and_others_hear_who_rolled() {
    let own = low(acting(At::Walk, 2, 1));
    assert!(read(&own).contains("It's your turn") && read(&own).contains("You rolled"), "{}", read(&own));
    for other in [3, 6, 7] {
        let window = low(acting(At::Walk, other, 1));
        let read = read(&window);
        assert!(!read.contains("It's your turn") && !read.contains("You rolled"), "{other}: {read}");
        assert!(read.contains("They choose which way."), "{other}: {read}");
    }
    let room = low(table(At::Walk));
    assert!(read(&room).contains("You rolled") && !read(&room).contains("(you)"));
}

#[test]
fn both_ways_are_in_sight_in_a_low_window() {
    let window = low(acting(At::Walk, 2, 1));
    for way in ["Forward to", "Back to"] {
        let all = nodes(&window);
        let button = all.iter().find(|n| n.clicks && n.name.starts_with(way) && n.rect.width() > 150.0).unwrap();
        let chips = all.iter().filter(|n| n.name.contains("(you)") || n.text.contains("(you)"));
        let top = chips.map(|n| n.rect.top()).fold(f32::INFINITY, f32::min);
        assert!(button.rect.bottom() < top, "{way}: {:?} {top}", button.rect);
    }
}

#[test]
fn one_s_own_seat_is_marked_and_every_seat_is_told_whole() {
    let mut shown = at_as(At::Talk, 2);
    let played = shown.played.as_mut().unwrap();
    played.people.not_heard = Some(SeatSet::NONE.with(Perspective::First));
    let names: Vec<String> = { Perspective::ALL.iter().map(|p| played.view(&Language::english()).who(*p)).collect() };
    let window = low(shown);
    let read = read(&window);
    for name in names {
        assert!(read.to_lowercase().contains(&name.to_lowercase()), "{name}: {read}");
    }
    assert_eq!(read.matches("(you)").count(), 1, "{read}");
    assert!(read.contains("Not yet heard") && read.contains("Had a say"), "{read}");
}

#[test]
fn an_empty_seat_is_called_so() {
    let mut shown = at_as(At::Roll, 2);
    let seat = shown.played.as_ref().unwrap().game.state().seat();
    for person in &mut shown.played.as_mut().unwrap().people.people {
        person.seats = person.seats.without(seat);
    }
    let window = low(shown);
    assert!(read(&window).contains("Nobody plays this seat: anyone may act for it."), "{}", read(&window));
}

#[test]
fn a_copy_is_read_and_nothing_is_done_or_written_there() {
    for at in [At::Roll, At::Walk, At::Talk, At::Place, At::Mend] {
        let mut shown = table(at);
        shown.stopped = Some("A copy, to be read: this game moved.".into());
        let mut window = low(shown);
        letter(&mut window, 'n');
        letter(&mut window, 'r');
        assert!(read(&window).contains("A copy, to be read"), "{at:?}");
        assert!(!nodes(&window).iter().any(|n| n.is_field()), "{at:?}: there is a field");
        assert!(window.state().state.overlays.is_empty(), "{at:?}");
        let live = pressable(&window).join("\n");
        for dead in ["Write a note", "Roll the die", "Forward", "End the talk", "Undo", "Pass", "Pause"] {
            assert!(!live.contains(dead), "{at:?}: {live}");
        }
        let asked = window.state().wanted.iter().any(|i| matches!(i, Intent::Ask(_)));
        assert!(!asked && window.state().state.drawer == Drawer::Notes, "{at:?}");
    }
}
