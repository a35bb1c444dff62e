//! What happens is said, in words, without being asked for; and the table in words says all that the picture shows.

use egui::Vec2;
use instep_protocol::{Ask, Moment, News, PersonId};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Direction, Event, Outcome, OutcomeSet, Perspective, Phase, Tile, TileSet, Who};
use instep_ui::{Intent, Overlay};
use instep_words::say;

use crate::elsewhere::at_as;
use crate::fixture::{At, PACKS, Played, Shown, Window, harness, settle, show_instead};
use crate::hands::key;
use crate::moments::table;
use crate::nodes::{announced, read_out};

fn window(shown: Shown) -> Window {
    harness(shown, Vec2::new(1366.0, 768.0))
}

/// Asks the table for a turn's command, and lets the screen take it in.
fn act(window: &mut Window, command: Command) {
    let played = window.state().played.as_ref().unwrap();
    let turn = !matches!(command, Command::Undo(_) | Command::Pass | Command::Redraw | Command::Close);
    let seat = turn.then(|| played.game.state().seat());
    window.state_mut().wanted.push(Intent::Ask(Ask::Act { seat, command }));
    window.state_mut().obey();
    settle(window);
}

fn says(window: &Window, words: &[&str]) {
    let said = announced(window);
    for word in words {
        assert!(said.to_lowercase().contains(&word.to_lowercase()), "\"{word}\" is not in what is said: {said}");
    }
}

fn stone(outcome: Outcome) -> &'static str {
    &PACKS.outcomes()[outcome.index()].short
}

fn seat(perspective: Perspective) -> &'static str {
    &PACKS.perspectives()[perspective.index()].short
}

#[test]
fn a_table_that_opens_says_whose_turn_it_is_and_what_to_do() {
    let shown = table(At::Roll);
    let acting = shown.played.as_ref().unwrap().game.state().seat();
    says(&window(shown), &[seat(acting), "turn", "roll the die"]);
}

#[test]
fn the_die_and_the_walk_and_the_card_are_said() {
    let mut window = window(table(At::Roll));
    act(&mut window, Command::Roll);
    let Phase::Walk { face } = window.state().played.as_ref().unwrap().game.state().phase() else {
        panic!("a roll is followed by a walk")
    };
    says(&window, &["rolled", &face.to_string(), "which way to walk"]);
    act(&mut window, Command::Walk(Direction::Forward));
    let played = window.state().played.as_ref().unwrap();
    let card = played.game.state().phase().card().unwrap();
    let item = PACKS.item(played.table.card(card).unwrap()).unwrap();
    says(&window, &["walked", "drew", &item.text(), item.prompt(), "talk"]);
    act(&mut window, Command::EndTalk);
    says(&window, &["the talk has ended"]);
}

fn legal_tiles(window: &Window) -> (TileSet, TileSet) {
    let legal = window.state().legal();
    (legal.place, legal.remove)
}

#[test]
fn a_tile_that_is_laid_is_said_and_what_is_next() {
    let mut window = window(table(At::Place));
    let tile = legal_tiles(&window).0.iter().next().unwrap();
    act(&mut window, Command::Place(tile.colour, tile.outcome));
    says(&window, &["laid", seat(tile.colour), stone(tile.outcome), "turn", "roll the die"]);
}

#[test]
fn a_tile_that_cracks_and_is_mended_or_lifted_is_said() {
    let mut window = window(table(At::Lift));
    let tile = legal_tiles(&window).1.iter().next().unwrap();
    act(&mut window, Command::Remove(tile.colour, tile.outcome));
    says(&window, &["cracked", seat(tile.colour), stone(tile.outcome), "real step", "let it go"]);
    act(&mut window, Command::LetGo);
    says(&window, &["lifted", stone(tile.outcome), "turn"]);

    show_instead(&mut window, table(At::Mend));
    let acting = window.state().played.as_ref().unwrap().game.state().seat();
    let step = "Jo rings the shop by Friday".to_owned();
    window.state_mut().wanted.push(Intent::Ask(Ask::Mend { seat: acting, step: step.clone() }));
    window.state_mut().obey();
    settle(&mut window);
    says(&window, &["kept", "real step", &step, "turn"]);
}

/// Plays on until an event of this kind is in what happened last; what was said then.
fn said_at(is: fn(&Event) -> bool) -> (String, Event) {
    let mut window = window(Shown::new(Some(Played::new(2, 1))));
    let mut dice = Dice::new(5);
    for _ in 0..800 {
        let played = window.state().played.as_ref().unwrap();
        let from = played.game.log().len();
        let Some((_, command)) = next_command(&played.game, &mut dice, Habit::Finisher) else { break };
        let command = if matches!(command, Command::Mend(_)) { Command::LetGo } else { command };
        act(&mut window, command);
        let new = &window.state().played.as_ref().unwrap().game.log()[from..];
        if let Some(entry) = new.iter().find(|entry| is(&entry.event)) {
            return (announced(&window), entry.event);
        }
    }
    panic!("it did not come to that");
}

#[test]
fn an_outcome_that_is_met_is_said() {
    let (said, event) = said_at(|e| matches!(e, Event::OutcomeMet { .. }));
    let Event::OutcomeMet { outcome } = event else { unreachable!() };
    assert!(said.contains(stone(outcome)) && said.contains("is met"), "{said}");
}

#[test]
fn a_path_that_is_complete_is_said() {
    let (said, _) = said_at(|e| matches!(e, Event::PathCompleted));
    assert!(said.contains("path is complete"), "{said}");
}

#[test]
fn passing_and_taking_back_are_said() {
    let mut window = window(table(At::Talk));
    act(&mut window, Command::Pass);
    says(&window, &["passed over", "turn"]);
    act(&mut window, Command::Undo(1));
    says(&window, &["took one step back", "talk"]);
}

#[test]
fn a_refusal_is_said_with_what_to_do_and_said_again_when_it_comes_again() {
    let mut window = window(table(At::Talk));
    act(&mut window, Command::Roll);
    let first = announced(&window);
    assert!(first.contains("Not now") && first.contains("end the talk"), "{first}");
    act(&mut window, Command::Roll);
    let second = announced(&window);
    assert_eq!(first.trim(), second.trim_end_matches('\u{a0}').trim());
    assert_ne!(first, second, "a reader says only what has changed");
}

#[test]
fn a_pause_and_its_end_are_said() {
    let mut window = window(table(At::Talk));
    for (paused, word) in [(true, "paused"), (false, "talk")] {
        window.state_mut().wanted.push(Intent::Ask(Ask::Pause(paused)));
        window.state_mut().obey();
        settle(&mut window);
        says(&window, &[word]);
    }
    assert!(!announced(&window).contains("paused"));
}

#[test]
fn who_points_is_said_and_pushes_nothing_aside_that_nobody_has_heard() {
    let mut window = window(table(At::Roll));
    window.state_mut().wanted.push(Intent::Ask(Ask::Act { seat: None, command: Command::Undo(1) }));
    window.state_mut().obey();
    let outcome = Outcome(2);
    window.state_mut().hear(&News::Moment(Moment::Pointed { person: PersonId(1), outcome }));
    window.step();
    says(&window, &["took one step back", "points at", stone(outcome)]);
}

/// What the table in words says, read by somebody who knows only its lines.
#[derive(Debug, PartialEq, Default)]
struct Read {
    path: TileSet,
    cracked: Option<Tile>,
    in_play: OutcomeSet,
    met: OutcomeSet,
    spaces: [u8; 4],
    seat: Option<Perspective>,
    turn: Option<u32>,
    opening: bool,
    die: Option<u8>,
    closed: bool,
    card: Option<String>,
    paused: bool,
}

fn by_letter(letter: &str) -> Perspective {
    let at = PACKS.perspectives().iter().position(|p| p.letter == letter);
    Perspective::from_index(at.unwrap_or_else(|| panic!("nobody has the letter {letter}")))
}

fn number(line: &str, after: &str) -> u32 {
    let rest = &line[line.find(after).expect(line) + after.len()..];
    rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().expect(line)
}

/// What stands in the brackets that come last in a line's part.
fn bracketed(line: &str) -> &str {
    line.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).expect(line).0
}

fn stones_of(lines: &[String], read: &mut Read) {
    for (n, about) in PACKS.outcomes().iter().enumerate() {
        let begins = format!("{} {}", n + 1, about.short);
        let mut its = lines.iter().filter(|l| l.trim_start().starts_with(&begins));
        let line = its.next().unwrap_or_else(|| panic!("nothing is said of {}", about.short));
        assert!(its.next().is_none(), "{} is told twice", about.short);
        let rest = line.trim_start()[begins.len()..].trim();
        if rest.contains("another day") {
            continue;
        }
        let outcome = Outcome(n as u8);
        read.in_play = read.in_play.with(outcome);
        if rest.contains("met") {
            read.met = read.met.with(outcome);
        }
        let places: Vec<&str> = rest.split_whitespace().take(4).collect();
        assert_eq!(places.len(), 4, "{line}");
        for (place, colour) in places.iter().zip(Perspective::ALL) {
            let letter = place.trim_matches(['(', ')']);
            if letter == "\u{b7}" {
                continue;
            }
            assert_eq!(by_letter(letter), colour, "{line}: a tile lies on the wrong place");
            let tile = Tile::new(colour, outcome);
            read.path = read.path.with(tile);
            if letter != *place {
                assert_eq!(read.cracked.replace(tile), None, "two tiles are cracked");
            }
        }
    }
}

fn read(lines: &[String]) -> Read {
    let mut read = Read::default();
    stones_of(lines, &mut read);
    for line in lines.iter().map(|l| l.trim()) {
        if line.starts_with("OPENING TILES, round") {
            (read.opening, read.seat) = (true, Some(by_letter(bracketed(line))));
        } else if line.starts_with("TURN ") {
            read.turn = Some(number(line, "TURN "));
            let of = line.split("), on space").next().unwrap();
            read.seat = Some(by_letter(of.rsplit_once('(').unwrap().1));
        } else if line.starts_with("The die shows ") {
            assert_eq!(read.die.replace(number(line, "shows ") as u8), None, "two dice");
        } else if line.starts_with("THE GAME IS CLOSED") {
            read.closed = true;
        } else if line == "The table is paused." {
            read.paused = true;
        } else if let Some(prompt) = line.strip_prefix("To talk about: ") {
            assert_eq!(read.card.replace(prompt.to_owned()), None, "two cards");
        } else if line.contains("): on space ") {
            let seat = by_letter(line.split(' ').next().unwrap());
            read.spaces[seat.index()] = number(line, "): on space ") as u8;
        }
    }
    read
}

/// What the state is.
fn is(played: &Played) -> Read {
    let (setup, state) = (played.game.setup(), played.game.state());
    let faces = played.game.in_effect().filter_map(|entry| match entry.event {
        Event::DieRolled { face, .. } => Some(face),
        _ => None,
    });
    let open = !state.closed();
    let opening = matches!(state.phase(), Phase::Opening { .. });
    let item = |card| PACKS.item(played.table.card(card).unwrap()).unwrap().prompt().to_owned();
    Read {
        path: state.path(),
        cracked: match state.phase() {
            Phase::Mend { tile, .. } => Some(tile),
            _ => None,
        },
        in_play: setup.in_play(),
        met: state.met(setup),
        spaces: Perspective::ALL.map(|p| state.counter(p)),
        seat: open.then_some(state.seat()),
        turn: (open && !opening).then_some(state.turns() + 1),
        opening: open && opening,
        die: faces.last().filter(|_| open),
        closed: state.closed(),
        card: state.phase().card().map(item),
        paused: played.people.paused,
    }
}

/// A table at some moment of some game, with now and then a step taken back, a pause, or the end.
fn some_table(n: u32, dice: &mut Dice) -> Shown {
    let stones = [1, 2, 3, 5, 7][n as usize % 5];
    let steps = dice.below(160) as usize;
    let (mut played, _) = Played::after(stones, dice.below(200) as u8, steps, |_| false);
    let facilitator = Who { seat: None, facilitator: true };
    match n % 10 {
        3 if played.game.state().steps_in_effect() > 2 => drop(played.act(facilitator, Command::Undo(2))),
        6 => played.people.paused = true,
        9 if !played.game.state().closed() => drop(played.act(facilitator, Command::Close)),
        _ => {}
    }
    let mut shown = Shown::new(Some(played));
    shown.state.overlays = vec![Overlay::InWords];
    shown
}

#[test]
fn the_table_in_words_says_what_the_board_shows() {
    let mut dice = Dice::new(11);
    let mut window = window(Shown::new(None));
    let (mut cracked, mut closed, mut met) = (0, 0, 0);
    for n in 0..200 {
        show_instead(&mut window, some_table(n, &mut dice));
        let lines = read_out(&window);
        let is = is(window.state().played.as_ref().unwrap());
        assert_eq!(read(&lines), is, "table {n}:\n{}", lines.join("\n"));
        cracked += u32::from(is.cracked.is_some());
        closed += u32::from(is.closed);
        met += u32::from(!is.met.is_empty());
    }
    assert!(cracked > 2 && closed > 5 && met > 10, "the tables were too much alike: {cracked}, {closed}, {met}");
}

/// A table that one comes back to, with so many events not seen.
pub(crate) fn back(unseen: u32) -> Shown {
    let mut shown = table(At::Roll);
    let played = shown.played.as_ref().expect("a table");
    let last = played.game.log().len() as u32;
    let desk = instep_ui::Desk { seen: last - unseen, ..instep_ui::Desk::default() };
    shown.state.opened(&played.view(&shown.language), 9, Some(desk));
    shown
}

#[test]
fn whoever_comes_back_is_told_what_has_happened_meanwhile_and_whose_turn_it_is() {
    let shown = back(4);
    let played = shown.played.as_ref().expect("a table");
    let view = played.view(&shown.language);
    let new = &view.game.log()[view.game.log().len() - 4..];
    let lines: Vec<String> = new.iter().filter_map(|entry| say::entry(&view, entry)).collect();
    let sentence = format!(
        "Since you were here last, {} things have happened, and it's the {} turn.",
        lines.len(),
        say::seats(&shown.language, &PACKS, view.state().seat()),
    );
    let mut away = window(shown);
    settle(&mut away);
    says(&away, &[&sentence]);
    // It is seen too, with each thing in its order, whatever else is on the screen.
    let read = read_out(&away).join("\n");
    assert!(read.contains(&sentence), "{read}");
    let mut rest = read.as_str();
    for line in &lines {
        let (_, after) = rest.split_once(line.as_str()).unwrap_or_else(|| panic!("{line} is not in its place: {read}"));
        rest = after;
    }
    // One press leads on, and it does not come again.
    key(&mut away, egui::Key::Enter);
    assert!(away.state().state.overlays.is_empty());
}

#[test]
fn what_happens_before_the_first_frame_belongs_to_what_happened_meanwhile() {
    let mut shown = back(4);
    let who = shown.played.as_ref().expect("a table").game.state().seat();
    let played = shown.played.as_mut().expect("a table");
    let from = played.game.log().len();
    played.act(Who { seat: Some(who), facilitator: true }, Command::Roll);
    // In the same batch as what came first.
    shown.hear(&News::Events { from });
    let played = shown.played.as_ref().expect("a table");
    let view = played.view(&shown.language);
    let new = &view.game.log()[from - 4..];
    let lines = new.iter().filter_map(|entry| say::entry(&view, entry)).count();
    let log = view.game.log().len() as u32;
    let mut away = window(shown);
    settle(&mut away);
    says(&away, &[&format!("Since you were here last, {lines} things have happened")]);
    assert_eq!(away.state().state.overlays, [Overlay::Since]);
    assert_eq!(away.state().state.desk.seen, log);
}

#[test]
fn who_has_seen_everything_or_is_here_for_the_first_time_is_told_only_whose_turn_it_is() {
    for unseen in [0, back(0).played.expect("a table").game.log().len() as u32] {
        let mut there = window(back(unseen));
        settle(&mut there);
        says(&there, &["turn"]);
        assert!(there.state().state.overlays.is_empty());
        assert!(!announced(&there).contains("Since you were here last"));
    }
}

#[test]
fn whoever_comes_back_for_their_own_turn_is_told_so() {
    let mut shown = at_as(At::Roll, 3);
    let played = shown.played.as_ref().expect("a table");
    let (log, acting) = (played.game.log().len() as u32, played.game.state().seat());
    let desk = instep_ui::Desk { seen: log - 2, ..instep_ui::Desk::default() };
    shown.state.opened(&played.view(&shown.language), 0, Some(desk));
    let own = played.people.people.iter().any(|p| p.id == PersonId(3) && p.seats.has(acting));
    let mut away = window(shown);
    settle(&mut away);
    let whose = if own { "it's your turn." } else { "turn." };
    says(&away, &["Since you were here last", whose]);
}
