//! A lively table: players who play on, and people who press what they please.

use std::sync::Arc;

use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{
    BlockedPlace, Chance, Command, Direction, Draw, EmptySeats, Event, Events, FinishedBlocks, Game, Passing,
    Perspective, Refusal, Removal, Salt, Seed, Setting, Setup, Stream, TeamActs, Walking, Who, commitment, decide_into,
};

use crate::shape::{Shape, any_tile};

/// The table's stream, which also counts how often it was asked.
pub(crate) struct Asked {
    stream: Stream,
    pub(crate) times: u32,
    words: u64,
}

impl Chance for Asked {
    fn below(&mut self, n: u32) -> Draw {
        assert!(n > 0, "chance was asked for one of nothing");
        let draw = self.stream.below(n);
        self.times += 1;
        self.words += u64::from(draw.words);
        draw
    }
}

pub(crate) struct Live {
    pub(crate) setup: Arc<Setup>,
    pub(crate) game: Game,
    pub(crate) seed: Seed,
    pub(crate) salt: Salt,
    pub(crate) chance: Asked,
    pub(crate) dice: Dice,
    /// The events of each accepted command.
    pub(crate) commands: Vec<Events>,
}

impl Live {
    pub(crate) fn new(shape: &Shape) -> Self {
        let setup = Arc::new(shape.setup());
        let mut dice = Dice::new(!shape.seed);
        let mut bytes = || std::array::from_fn(|_| dice.next() as u8);
        let (seed, salt) = (Seed(bytes()), Salt(bytes()));
        let opening = setup.opening(commitment(&seed, &salt));
        let mut game = Game::new(setup.clone());
        game.apply(&opening);
        let chance = Asked { stream: Stream::new(&seed, 0), times: 0, words: 0 };
        Self { setup, game, seed, salt, chance, dice, commands: vec![opening] }
    }

    /// Decides a command and applies it, and holds both against what must always be so.
    pub(crate) fn ask(&mut self, who: Who, command: Command) -> Result<(), Refusal> {
        let (before, log, asked) = (self.game.state().clone(), self.game.log().len(), self.chance.times);
        // What was in the buffer must not matter.
        let mut events = Events::from([Event::GameClosed; 4]);
        match decide_into(&self.setup, self.game.state(), who, command, &mut self.chance, &mut events) {
            Ok(()) => {}
            Err(refusal) => {
                assert!(events.is_empty(), "{command:?} was refused and brought {events:?}");
                assert_eq!(self.game.state(), &before, "{command:?} was refused and changed the state");
                assert_eq!(self.game.log().len(), log, "{command:?} was refused and changed the log");
                assert_eq!(self.chance.times, asked, "{command:?} was refused and asked chance");
                return Err(refusal);
            }
        }
        assert!(!events.is_empty(), "{command:?} brought nothing");
        self.game.apply(&events);
        self.commands.push(events);
        self.check();
        Ok(())
    }

    fn check(&self) {
        let state = self.game.state();
        assert_eq!(state.words(), self.chance.words, "chance words");
        for seat in Perspective::ALL {
            assert!((state.counter(seat) as usize) < self.setup.board().len(), "a counter left the board");
        }
        if let Some(card) = state.phase().card() {
            assert!(!state.decks().holds(&self.setup, card), "the card in play is in its deck");
        }
        let last = self.game.log().last().map(|e| e.seq);
        assert_eq!(last, Some(self.game.log().len() as u32), "numbers without gaps");
    }

    /// What the players do next.
    pub(crate) fn play_on(&mut self, habit: Habit) -> bool {
        let Some((who, command)) = next_command(&self.game, &mut self.dice, habit) else { return false };
        let asked = self.ask(who, command);
        assert_eq!(asked, Ok(()), "{who:?} {command:?} is a player's choice");
        true
    }

    /// So many commands, of which every third is whatever somebody pressed.
    pub(crate) fn play_lively(&mut self, commands: usize) {
        for _ in 0..commands {
            if self.dice.below(3) > 0 {
                self.play_on(Habit::Uniform);
            } else {
                let (who, command) = (any_who(&mut self.dice), self.any_command());
                // A closed table is quiet: let one in some hundred close.
                if command != Command::Close || self.dice.below(25) == 0 {
                    let _ = self.ask(who, command);
                }
            }
        }
    }

    /// Any command at all, with numbers from all over.
    fn any_command(&mut self) -> Command {
        let dice = &mut self.dice;
        let tile = any_tile(dice);
        let steps = self.game.state().steps_in_effect();
        match dice.below(17) {
            0 => Command::Roll,
            1 => Command::RollTyped(dice.below(15) as u8),
            2 => Command::Walk(if dice.below(2) == 0 { Direction::Forward } else { Direction::Back }),
            3 => Command::EndTalk,
            4 => Command::Choose(if dice.below(9) == 0 { 255 } else { dice.below(4) as u8 }),
            5 => Command::Place(tile.colour, tile.outcome),
            6 => Command::Remove(tile.colour, tile.outcome),
            7 => Command::Mend(dice.next() as u32),
            8 => Command::LetGo,
            9 => Command::Pass,
            10 => Command::DeclinePass,
            11 => Command::Redraw,
            12 => Command::Undo(match dice.below(6) {
                0 => dice.below(steps + 2),
                1 => u32::MAX,
                n => n,
            }),
            13 => Command::Set(any_setting(dice)),
            14 => Command::Close,
            15 => Command::TakeSeat(tile.colour),
            _ => Command::LeaveSeat(tile.colour),
        }
    }

    /// The whole log, without its numbers.
    pub(crate) fn log(&self) -> Vec<Event> {
        self.game.log().iter().map(|e| e.event).collect()
    }
}

fn any_who(dice: &mut Dice) -> Who {
    let seat = dice.below(6) as usize;
    Who { seat: (seat < 4).then(|| Perspective::from_index(seat)), facilitator: dice.below(2) == 0 }
}

pub(crate) fn any_setting(dice: &mut Dice) -> Setting {
    fn one_of<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
        all[dice.below(all.len() as u32) as usize]
    }
    match dice.below(11) {
        0 => Setting::DieFaces(dice.below(16) as u8),
        1 => Setting::RealDie(dice.below(2) == 0),
        2 => Setting::Walking(one_of(dice, Walking::ALL)),
        3 => Setting::OpeningTiles(dice.below(6) as u8),
        4 => Setting::FinishedBlocks(one_of(dice, FinishedBlocks::ALL)),
        5 => Setting::BlockedPlace(one_of(dice, BlockedPlace::ALL)),
        6 => Setting::Removal(one_of(dice, Removal::ALL)),
        7 => Setting::Passing(one_of(dice, Passing::ALL)),
        8 => Setting::EmptySeats(one_of(dice, EmptySeats::ALL)),
        9 => Setting::TeamActs(one_of(dice, TeamActs::ALL)),
        _ => Setting::TalkTimer(dice.next() as u16),
    }
}
