//! Tables to make records of: small and large, every ruleset, quiet games and wild ones.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use std::sync::Arc;

use instep_record::{Header, Names, PackRef, Record, salt_for, seed_from_text};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{
    Action, BlockedPlace, CardRules, Command, Deck, EmptySeats, Event, FinishedBlocks, Game, Instruction, Outcome,
    OutcomeSet, Passing, Perspective, Removal, Ruleset, Salt, Seed, Setting, Setup, SetupParts, Space, Stream,
    TeamActs, Tile, TileSet, Walking, Who, commitment, decide,
};

pub const PERSPECTIVES: [&str; 4] = ["users", "providers", "staff", "managers"];
pub const OUTCOMES: [&str; 7] = ["choice", "health", "dignity", "life", "freedom", "money", "giving"];

/// How large a table's pack is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub spaces: usize,
    pub cards_a_deck: usize,
    pub outcomes: usize,
    pub in_play: usize,
}

pub const SMALL: Size = Size { spaces: 12, cards_a_deck: 2, outcomes: 3, in_play: 2 };
pub const BASE: Size = Size { spaces: 40, cards_a_deck: 18, outcomes: 7, in_play: 7 };
/// More than 64 cards in a deck.
pub const LARGE: Size = Size { spaces: 80, cards_a_deck: 70, outcomes: 7, in_play: 5 };

pub fn parts(size: Size, ruleset: Ruleset) -> SetupParts {
    let board = (0..size.spaces)
        .map(|n| if n % 4 == 0 { Space::PoetsCorner } else { Space::Footprint(Perspective::from_index(n + n / 4)) });
    let mut cards = Vec::new();
    for deck in Deck::ALL {
        for n in 0..size.cards_a_deck {
            let colour = Perspective::from_index(n + deck.index());
            let choices = [Action::Place(colour), Action::RemoveAny, Action::TalkOnly];
            let instruction = match (deck, n % 7) {
                (Deck::Poems, 0) => Instruction::Do(Action::PlaceAny),
                (Deck::Poems, _) => Instruction::Choose(choices[..2].iter().copied().collect()),
                (_, 0 | 2) => Instruction::Do(Action::Place(colour)),
                (_, 1) => Instruction::Do(Action::Remove(colour)),
                (_, 3) => Instruction::Do(Action::RemoveAny),
                (_, 4) => Instruction::Do(Action::TalkOnly),
                (_, 5) => Instruction::Do(Action::PlaceAny),
                _ => Instruction::Choose(choices.into_iter().collect()),
            };
            cards.push(CardRules { deck, instruction });
        }
    }
    SetupParts {
        board: board.collect(),
        cards,
        outcomes: size.outcomes as u8,
        in_play: OutcomeSet::first(size.in_play),
        ruleset,
        begun: TileSet::NONE,
    }
}

pub fn names(setup: &Setup) -> Names {
    let card = |n: usize| {
        let deck = setup.cards()[n].deck;
        let id = match deck {
            Deck::Of(p) => PERSPECTIVES[p.index()],
            Deck::Poems => "poem",
        };
        format!("{id}-{}", n - setup.deck(deck).start + 1)
    };
    Names {
        perspectives: PERSPECTIVES.map(String::from),
        outcomes: OUTCOMES[..setup.outcomes() as usize].iter().map(|id| (*id).to_owned()).collect(),
        cards: (0..setup.cards().len()).map(card).collect(),
    }
}

pub fn header(parts: SetupParts, ruleset_name: &str) -> (Header, Arc<Setup>) {
    let setup = Setup::new(parts).unwrap();
    let pack = PackRef { id: "test".into(), version: "1.0.0".into(), hash: "ab".repeat(32) };
    let header = Header::new(vec![pack], names(&setup), &setup, ruleset_name).unwrap();
    (header, Arc::new(setup))
}

/// Both named rulesets and the far ends of every setting.
pub fn rulesets() -> Vec<(&'static str, Ruleset)> {
    let wild = Ruleset {
        die_faces: 12,
        finished_blocks: FinishedBlocks::MayBreak,
        passing: Passing::FacilitatorConfirms,
        empty_seats: EmptySeats::Voiced,
        team_acts: TeamActs::ShowOfHands,
        talk_timer_s: 90,
        opening_tiles: 3,
        ..Ruleset::guided()
    };
    let skipping = Ruleset { empty_seats: EmptySeats::Skipped, opening_tiles: 0, die_faces: 4, ..Ruleset::guided() };
    let real = Ruleset { real_die: true, blocked_place: BlockedPlace::NoEffect, ..wild };
    let breaking = Ruleset { finished_blocks: FinishedBlocks::MayBreak, ..Ruleset::classic() };
    vec![
        ("classic", Ruleset::classic()),
        ("guided", Ruleset::guided()),
        ("wild", wild),
        ("skipping", skipping),
        ("real", real),
        ("breaking", breaking),
    ]
}

pub fn secrets(number: u64) -> (Seed, Salt) {
    let seed = seed_from_text(&number.to_string()).unwrap();
    (seed, salt_for(&seed))
}

/// A table in play.
pub struct Table {
    pub header: Header,
    pub game: Game,
    pub secrets: (Seed, Salt),
    /// The number of events of each command.
    pub commands: Vec<usize>,
    dice: Dice,
}

impl Table {
    pub fn new(parts: SetupParts, ruleset_name: &str, seed: u64) -> Self {
        let (header, setup) = header(parts, ruleset_name);
        let secrets = secrets(seed);
        let mut game = Game::new(setup.clone());
        let opening = setup.opening(commitment(&secrets.0, &secrets.1));
        game.apply(&opening);
        Self { header, game, secrets, commands: vec![opening.len()], dice: Dice::new(seed) }
    }

    pub fn of(size: Size, ruleset: Ruleset, seed: u64) -> Self {
        Self::new(parts(size, ruleset), "test", seed)
    }

    /// Whether the command was accepted.
    pub fn ask(&mut self, who: Who, command: Command) -> bool {
        let mut stream = Stream::new(&self.secrets.0, self.game.state().words());
        match decide(self.game.setup(), self.game.state(), who, command, &mut stream) {
            Ok(events) => {
                self.game.apply(&events);
                self.commands.push(events.len());
                true
            }
            Err(_) => false,
        }
    }

    /// The acting seat does something.
    pub fn next(&mut self) {
        if let Some((who, command)) = next_command(&self.game, &mut self.dice, Habit::Uniform) {
            let command = if let Command::Mend(_) = command { Command::Mend(self.dice.below(99)) } else { command };
            self.ask(who, command);
        }
    }

    /// Plays on until the path is complete or so many commands were given, and closes.
    #[must_use]
    pub fn played(mut self, commands_max: usize) -> Self {
        while self.commands.len() < commands_max && !self.game.state().path_complete(self.game.setup()) {
            self.next();
        }
        self.closed()
    }

    #[must_use]
    pub fn closed(mut self) -> Self {
        assert!(self.ask(Who::FACILITATOR, Command::Close));
        self
    }

    /// A game in which everything happens that can.
    #[must_use]
    pub fn wild(mut self, commands: usize) -> Self {
        while self.commands.len() < commands {
            match self.dice.below(30) {
                0 => self.ask(Who::ANYONE, Command::Pass),
                1 => self.ask(Who::FACILITATOR, Command::Pass),
                2 => self.ask(Who::FACILITATOR, Command::DeclinePass),
                3 | 4 => self.ask(Who::FACILITATOR, Command::Redraw),
                5 => {
                    let steps = self.dice.below(4) + 1;
                    self.ask(Who::FACILITATOR, Command::Undo(steps))
                }
                6 => {
                    let all = self.game.state().steps_in_effect();
                    self.dice.below(6) == 0 && self.ask(Who::FACILITATOR, Command::Undo(all))
                }
                7 => {
                    let setting = self.setting();
                    self.ask(Who::FACILITATOR, Command::Set(setting))
                }
                8 | 9 => {
                    let seat = Perspective::from_index(self.dice.below(4) as usize);
                    self.ask(Who::ANYONE, Command::TakeSeat(seat)) || self.ask(Who::ANYONE, Command::LeaveSeat(seat))
                }
                _ => {
                    self.next();
                    true
                }
            };
        }
        self
    }

    fn setting(&mut self) -> Setting {
        let n = self.dice.below(12) as u8;
        let two = n as usize % 2;
        match self.dice.below(11) {
            0 => Setting::DieFaces(4 + n % 9),
            1 => Setting::RealDie(two == 0),
            2 => Setting::Walking(Walking::ALL[two]),
            3 => Setting::OpeningTiles(n % 4),
            4 => Setting::FinishedBlocks(FinishedBlocks::ALL[two]),
            5 => Setting::BlockedPlace(BlockedPlace::ALL[two]),
            6 => Setting::Removal(Removal::ALL[two]),
            7 => Setting::Passing(Passing::ALL[two]),
            8 => Setting::EmptySeats(EmptySeats::ALL[two]),
            9 => Setting::TeamActs(TeamActs::ALL[n as usize % 3]),
            _ => Setting::TalkTimer(u16::from(n) * 1000),
        }
    }

    pub fn record(&self) -> Record {
        Record::new(self.header.clone(), &self.game, Some(self.secrets)).unwrap()
    }

    /// The events, command by command.
    pub fn events(&self) -> Vec<Vec<Event>> {
        let mut entries = self.game.log().iter().map(|entry| entry.event);
        self.commands.iter().map(|n| entries.by_ref().take(*n).collect()).collect()
    }
}

/// A path that an earlier session left.
pub fn begun() -> TileSet {
    [(0, 0), (2, 0), (1, 1)].map(|(c, o)| Tile::new(Perspective::from_index(c), Outcome(o))).into_iter().collect()
}

/// A table whose pack has ids that JSON has to escape, and some that it must not.
pub fn with_odd_ids(seed: u64) -> Table {
    let mut table = Table::of(SMALL, Ruleset::guided(), seed);
    let mut names = names(table.game.setup());
    names.perspectives[0] = "a \"quoted\"\n\\ one\u{1}\u{1f}\u{8}\u{c}/".into();
    names.outcomes[1] = "naïve 道 \u{2028}\u{1F9E1}".into();
    names.cards[0] = "\u{7f}\t\r".into();
    table.header = Header::new(Vec::new(), names, table.game.setup(), "é").unwrap();
    table
}
