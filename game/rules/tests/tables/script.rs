//! The one helper of the tables: [`check`] plays a script and compares every line.
//!
//! ```text
//! managers Roll -> DieRolled(4) CounterMoved(4) CardDrawn(managers-1)   # what happens, in full
//! staff Roll -> !NotYourTurn(managers)                                  # a refusal: nothing changes
//! managers draws staff-2                                                # whatever gets that card drawn
//! managers lays staff choice                                            # a whole turn, by way of a poem
//! = path staff choice                                                   # how it stands
//! ```
//!
//! Chance is told by the script: the die shows what the line says, and the card is the one it names, if the
//! rules can draw it at all. `CardDrawn(staff-2, of 3)` also says how many cards it was drawn from.

use std::sync::Arc;

use instep_rules::{
    Chain, Chance, Command, Commitment, Direction, Draw, Event, Events, Game, Phase, Refusal, Setup, Verifier, Walking,
    Who, decide,
};

use crate::notation as n;
use crate::table::Table;

/// A chance that is told what to draw, and remembers what it was asked.
#[derive(Default)]
struct Given {
    values: Vec<u32>,
    asked: Vec<u32>,
}

impl Chance for Given {
    fn below(&mut self, n: u32) -> Draw {
        let value = self.values.get(self.asked.len()).copied().unwrap_or(0).min(n - 1);
        self.asked.push(n);
        Draw { value, words: 1 }
    }
}

/// Plays `script` at `table`.
#[track_caller]
pub(crate) fn check(table: Table, script: &str) {
    let mut play = Play::new(table.setup());
    for (number, line) in script.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if !line.is_empty()
            && let Err(why) = play.line(line)
        {
            panic!("line {} `{line}`:\n{why}\nafter:\n{}", number + 1, play.told());
        }
    }
    play.check_log();
}

struct Play {
    setup: Arc<Setup>,
    game: Game,
    /// The events of each accepted command.
    commands: Vec<Events>,
}

impl Play {
    fn new(setup: Setup) -> Self {
        let setup = Arc::new(setup);
        let opening = setup.opening(Commitment([0; 32]));
        let mut game = Game::new(setup.clone());
        game.apply(&opening);
        Self { setup, game, commands: vec![opening] }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(stands) = line.strip_prefix("= ") {
            return self.stands(stands);
        }
        if let Some((asked, expected)) = line.split_once(" -> ") {
            let (who, command) = asked.trim().split_once(' ').ok_or("who does what?")?;
            return self.expect(n::who(who), n::command(command), expected.trim());
        }
        let (who, rest) = line.split_once(' ').ok_or("who does what?")?;
        match rest.split_once(' ') {
            Some(("draws", card)) => self.draws(n::who(who), card),
            Some(("lays", tile)) => {
                let tile = n::tile(tile);
                self.draws(n::who(who), "poem-1")?;
                self.must(n::who(who), Command::EndTalk)?;
                self.must(n::who(who), Command::Place(tile.colour, tile.outcome))
            }
            _ => Err("a command wants `->` and what it brings".into()),
        }
    }

    /// `decide`, with a chance of which the die and the card are known beforehand.
    fn decide(&self, who: Who, command: Command, face: u32, card: Option<&str>) -> (Result<Events, Refusal>, Vec<u32>) {
        let rolls = command == Command::Roll;
        let mut first = None;
        // The card's number among those that can be drawn is the rules' affair: look through all of them.
        for k in 0.. {
            let values = if rolls { vec![face.wrapping_sub(1), k] } else { vec![k] };
            let mut chance = Given { values, asked: Vec::new() };
            let decided = decide(&self.setup, self.game.state(), who, command, &mut chance);
            let drawn = decided.as_ref().ok().and_then(|events| {
                events.iter().find_map(|e| if let Event::CardDrawn { card, .. } = e { Some(*card) } else { None })
            });
            let as_wanted = drawn.is_none_or(|id| card.is_none_or(|name| n::card(&self.setup, name) == id));
            let left = chance.asked.last().is_some_and(|n| k + 1 < *n);
            let answer = (decided, chance.asked);
            if as_wanted {
                return answer;
            }
            let first = first.get_or_insert(answer);
            if !left {
                return first.clone();
            }
        }
        unreachable!("every deck comes to its end")
    }

    fn expect(&mut self, who: Who, command: Command, expected: &str) -> Result<(), String> {
        let after = |word: &str| expected.split_once(word).map(|(_, rest)| rest);
        let face = after("DieRolled(").and_then(|rest| rest.split([',', ')']).next()?.parse().ok()).unwrap_or(1);
        let card = after("CardDrawn(").and_then(|rest| rest.split([',', ')']).next());
        let of = after(", of ").and_then(|rest| rest.split(')').next()?.parse::<u32>().ok());
        let (decided, asked) = self.decide(who, command, face, card);

        let plain = of.map_or(expected.to_string(), |of| expected.replace(&format!(", of {of}"), ""));
        let found = match &decided {
            Ok(events) => n::show_events(&self.setup, events),
            Err(refusal) => n::show_refusal(*refusal),
        };
        if found != plain {
            return Err(format!("expected {plain}\n   found {found}"));
        }
        if of.is_some() && of != asked.last().copied() {
            return Err(format!("drawn from {:?} cards", asked.last()));
        }
        match decided {
            Ok(events) => self.apply(events),
            Err(_) if asked.is_empty() => {}
            Err(_) => return Err("a refused command asked chance".into()),
        }
        Ok(())
    }

    fn must(&mut self, who: Who, command: Command) -> Result<(), String> {
        match self.decide(who, command, 1, None).0 {
            Ok(events) => self.apply(events),
            Err(refusal) => return Err(format!("{}: {}", n::show_command(command), n::show_refusal(refusal))),
        }
        Ok(())
    }

    /// Rolls what leads to that card's deck, walks forward where there is a way to pick, and draws it.
    fn draws(&mut self, who: Who, card: &str) -> Result<(), String> {
        let (board, state) = (self.setup.board(), self.game.state());
        let wanted = n::deck(card.split('-').next().unwrap_or_default());
        let from = state.counter(state.seat()) as usize;
        let face =
            (1..=5).find(|face| board[(from + face) % board.len()].deck() == wanted).ok_or("no face leads there")?;
        let roll = if state.ruleset().real_die { Command::RollTyped(face as u8) } else { Command::Roll };
        let either_way = state.ruleset().walking == Walking::EitherWay;
        for command in [Some(roll), either_way.then_some(Command::Walk(Direction::Forward))].into_iter().flatten() {
            match self.decide(who, command, face as u32, Some(card)).0 {
                Ok(events) => self.apply(events),
                Err(refusal) => return Err(n::show_refusal(refusal)),
            }
        }
        match self.game.state().phase() {
            Phase::Talk { card: drawn } if drawn == n::card(&self.setup, card) => Ok(()),
            phase => Err(format!("it came to {}", n::show_phase(&self.setup, phase))),
        }
    }

    fn apply(&mut self, events: Events) {
        self.game.apply(&events);
        self.commands.push(events);
    }

    fn stands(&self, claim: &str) -> Result<(), String> {
        let (what, expected) = claim.split_once(' ').ok_or("what stands how?")?;
        let (setup, state) = (&self.setup, self.game.state());
        let (first, rest) = expected.split_once(' ').unwrap_or((expected, ""));
        let (expected, found) = match what {
            "path" => (n::show_tiles(n::tiles(expected)), n::show_tiles(state.path())),
            "met" => {
                let met: Vec<_> = state.met(setup).iter().map(n::show_outcome).collect();
                (expected.replace("none", ""), met.join(", "))
            }
            "seat" => (expected.into(), n::show_seat(state.seat()).into()),
            "phase" => (expected.into(), n::show_phase(setup, state.phase())),
            "counter" => (rest.into(), state.counter(n::seat(first)).to_string()),
            "left" => (rest.into(), state.decks().left(setup, n::deck(first)).to_string()),
            "turns" => (expected.into(), state.turns().to_string()),
            "steps" => (expected.into(), state.steps_in_effect().to_string()),
            "words" => (expected.into(), state.words().to_string()),
            "held" => {
                let held: Vec<_> = instep_rules::Perspective::ALL
                    .into_iter()
                    .filter(|s| state.held().has(*s))
                    .map(n::show_seat)
                    .collect();
                (expected.replace("none", ""), held.join(" "))
            }
            "setting" => {
                let as_it_is = state.ruleset().with(n::setting(expected)) == Some(*state.ruleset());
                (expected.into(), if as_it_is { expected.into() } else { format!("{:?}", state.ruleset()) })
            }
            _ => return Err(format!("nothing is called {what}")),
        };
        if found == expected { Ok(()) } else { Err(format!("expected {what} {expected}\n   found {what} {found}")) }
    }

    /// What holds of every log, whatever was played: it replays to the same game, and it verifies.
    fn check_log(&self) {
        let replayed = Game::replay(self.setup.clone(), self.commands.iter().map(|c| &c[..]));
        assert_eq!(replayed.state(), self.game.state(), "replayed");
        assert_eq!(replayed.log(), self.game.log(), "replayed");
        let log: Vec<_> = self.game.log().iter().map(|e| e.event).collect();
        let mut verifier = Verifier::new(self.setup.clone());
        assert_eq!(verifier.check(&log, Chain::NotPublished), Ok(()), "{}", self.told());
        assert_eq!(verifier.game().state(), self.game.state(), "verified");
    }

    fn told(&self) -> String {
        self.commands.iter().map(|c| format!("    {}\n", n::show_events(&self.setup, c))).collect()
    }
}
