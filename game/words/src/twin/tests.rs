//! The twin is parsed back, and compared with the state, in random games.

use instep_content::{BASE_PACK, Library, Options, Packs};
use instep_protocol::{Audience, People, Word, WordKind, WordText};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{
    Command, Deck, Event, Game, Outcome, OutcomeSet, Perspective, Phase, Salt, Seed, Stream, Tile, TileSet, Who,
    commitment, decide,
};

use super::*;
use crate::Language;

/// What the lines say, read by somebody who knows only the lines.
#[derive(Debug, PartialEq)]
struct Seen {
    path: TileSet,
    cracked: Option<Tile>,
    in_play: OutcomeSet,
    met: OutcomeSet,
    counters: [u8; 4],
    seat: Option<Perspective>,
    die: Option<u8>,
    left: [u32; 5],
    spaces: Vec<Space>,
    notes: usize,
}

fn colour(packs: &Packs, letter: &str) -> Perspective {
    Perspective::from_index(packs.perspectives().iter().position(|p| p.letter == letter).expect(letter))
}

/// The number after `before` in the line.
fn number(line: &str, before: &str) -> u32 {
    let rest = line.find(before).map(|at| &line[at + before.len()..]).expect(line);
    rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().expect(line)
}

fn read(packs: &Packs, lines: &[String]) -> Seen {
    let after = |title: &'static str| {
        let at = lines.iter().position(|l| l.starts_with(title));
        lines[at.expect(title) + 1..].iter().take_while(|l| l.starts_with("  ")).map(|l| l.trim())
    };
    let mut seen = Seen {
        path: TileSet::NONE,
        cracked: None,
        in_play: OutcomeSet::NONE,
        met: OutcomeSet::NONE,
        counters: [0; 4],
        seat: None,
        die: None,
        left: [0; 5],
        spaces: Vec::new(),
        notes: 0,
    };
    for (n, (line, about)) in after("THE PATH").zip(packs.outcomes()).enumerate() {
        let outcome = Outcome(n as u8);
        let (number, rest) = line.split_once(' ').unwrap();
        assert_eq!(number, (n + 1).to_string());
        let rest = rest.strip_prefix(&about.short).expect(line).trim();
        if rest == "for another day" {
            continue;
        }
        seen.in_play = seen.in_play.with(outcome);
        let (places, met) = rest.split_once("★ met").map_or((rest, false), |(p, _)| (p, true));
        if met {
            seen.met = seen.met.with(outcome);
        }
        let places: Vec<&str> = places.split_whitespace().collect();
        assert_eq!(places.len(), 4, "{line}");
        for (place, p) in places.into_iter().zip(Perspective::ALL) {
            if place == "·" {
                continue;
            }
            let letter = place.trim_matches(['(', ')']);
            assert_eq!(colour(packs, letter), p, "{line}");
            let tile = Tile::new(p, outcome);
            seen.path = seen.path.with(tile);
            if letter != place {
                assert_eq!(seen.cracked.replace(tile), None, "one tile cracks at a time");
            }
        }
    }
    for line in lines.iter().filter(|l| l.starts_with("TURN ") || l.starts_with("OPENING TILES")) {
        let letter = line.rsplit_once('(').unwrap().1.split(')').next().unwrap();
        seen.seat = Some(colour(packs, letter));
    }
    seen.die = lines.iter().find(|l| l.contains("The die shows")).map(|l| number(l, "shows ") as u8);
    for line in after("THE BOARD") {
        if let Some(rest) = line.strip_prefix("from ") {
            let (from, signs) = rest.split_once(": ").unwrap();
            assert_eq!(from.trim(), seen.spaces.len().to_string());
            let space = |sign| if sign == "*" { Space::PoetsCorner } else { Space::Footprint(colour(packs, sign)) };
            seen.spaces.extend(signs.split(' ').map(space));
        } else if line.contains("): on space ") {
            let p = colour(packs, line.split(' ').next().unwrap());
            seen.counters[p.index()] = number(line, "on space ") as u8;
        }
    }
    for (line, left) in after("THE DECKS").zip(&mut seen.left) {
        *left = number(line, ": ");
    }
    let notes = lines.iter().find_map(|l| l.strip_prefix("NOTES: ")).unwrap();
    seen.notes = notes.split(", ").map(|part| number(part, "") as usize).sum();
    seen
}

fn is(game: &Game, words: &[Word]) -> Seen {
    let (setup, state) = (game.setup(), game.state());
    let mut die = None;
    for entry in game.in_effect() {
        if let Event::DieRolled { face, .. } = entry.event {
            die = Some(face);
        }
    }
    Seen {
        path: state.path(),
        cracked: match state.phase() {
            Phase::Mend { tile, .. } => Some(tile),
            _ => None,
        },
        in_play: setup.in_play(),
        met: state.met(setup),
        counters: Perspective::ALL.map(|p| state.counter(p)),
        seat: (!state.closed()).then_some(state.seat()),
        die: die.filter(|_| !state.closed()),
        left: Deck::ALL.map(|deck| state.decks().left(setup, deck)),
        spaces: setup.board().to_vec(),
        // What a team calls itself is no note.
        notes: words.iter().filter(|w| !matches!(w.kind, WordKind::TeamName | WordKind::Chat)).count(),
    }
}

/// What somebody at the table does next, by chance; now and then something of the facilitator's.
fn next(game: &Game, dice: &mut Dice) -> (Who, Command) {
    let state = game.state();
    let facilitator = Who { seat: Some(state.seat()), facilitator: true };
    match dice.below(16) {
        0 if state.steps_in_effect() > 0 => {
            (facilitator, Command::Undo(1 + dice.below(state.steps_in_effect().min(5))))
        }
        1 if matches!(state.phase(), Phase::Talk { .. }) => (facilitator, Command::Pass),
        2 if matches!(state.phase(), Phase::Talk { .. }) => (facilitator, Command::Redraw),
        _ if state.path_complete(game.setup()) => (facilitator, Command::Close),
        _ => next_command(game, dice, Habit::Uniform).unwrap(),
    }
}

#[test]
fn the_twin_tells_the_whole_state() {
    let packs = Library::default().load(&[BASE_PACK]).unwrap();
    let language = Language::english();
    let mut positions = 0;
    let (mut cracked, mut undone, mut another_day) = (0, 0, 0);
    for seed in 0..24u8 {
        let ruleset = if seed % 3 == 0 { "classic" } else { "guided" };
        let count = [1, 2, 3, 7][usize::from(seed % 4)];
        let options =
            Options { ruleset: Some(ruleset.into()), outcomes: Some(OutcomeSet::first(count)), ..Options::default() };
        let table = packs.setup(&options).unwrap();
        let mut game = Game::new(table.setup.clone());
        let (secret, mut dice) = (Seed([seed; 32]), Dice::new(u64::from(seed)));
        let mut chance = Stream::new(&secret, 0);
        game.apply(&table.setup.opening(commitment(&secret, &Salt([0; 32]))));
        let mut words = Vec::new();
        let people = People::default();
        while !game.state().closed() {
            let (who, command) = next(&game, &mut dice);
            if let Ok(events) = decide(&table.setup, game.state(), who, command, &mut chance) {
                game.apply(&events);
                undone += u32::from(matches!(command, Command::Undo(_)));
            }
            if dice.below(40) == 0 {
                words.push(Word {
                    id: words.len() as u32 + 1,
                    kind: [WordKind::Note, WordKind::Reason, WordKind::Step, WordKind::TeamName]
                        [dice.below(4) as usize],
                    seat: None,
                    card: None,
                    audience: Audience::Everyone,
                    text: WordText::Said("so".into()),
                    by: None,
                    reported: false,
                    hidden: false,
                });
            }
            let view =
                View { language: &language, packs: &packs, table: &table, game: &game, words: &words, people: &people };
            let lines = whole(&view);
            let expected = is(&game, &words);
            assert_eq!(read(&packs, &lines), expected, "game {seed}:\n{}", lines.join("\n"));
            if let Some(card) = game.state().phase().card() {
                let text = lines.join("\n");
                let item = view.item(card).unwrap();
                assert!(text.contains(item.prompt()), "{text}");
                assert!(item.text().lines().all(|line| text.contains(line)), "{text}");
            }
            positions += 1;
            cracked += u32::from(expected.cracked.is_some());
            another_day += u32::from(expected.in_play.len() < packs.outcomes().len());
        }
    }
    assert!(positions > 2_000 && cracked > 20 && undone > 50 && another_day > 500, "{positions} {cracked} {undone}");
}
