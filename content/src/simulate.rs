//! Many games by chance players, to see how long a pack takes and where it drags.
//!
//! Every game has a seed of its own, made from the simulation's seed and the game's number, and everything
//! counted is added up: so the result is the same however many threads share the work.

use std::sync::Arc;

use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Action, Deck, Event, Game, How, Instruction, Perspective, Seed, Setup, Stream, TileSet, decide};
use rayon::prelude::*;

/// A game that is not over by then is counted as never ending.
pub const TURNS_MAX: u32 = 2_000;

/// Games that one thread plays in one go.
const CHUNK: u64 = 256;

/// How many games took how many turns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Turns {
    /// By number of turns.
    pub games_by_turns: Vec<u64>,
    /// Games that did not end.
    pub endless: u64,
}

impl Turns {
    fn add(&mut self, turns: Option<u32>) {
        match turns {
            Some(turns) => {
                let at = turns as usize;
                if self.games_by_turns.len() <= at {
                    self.games_by_turns.resize(at + 1, 0);
                }
                self.games_by_turns[at] += 1;
            }
            None => self.endless += 1,
        }
    }

    fn merge(&mut self, other: &Self) {
        add_all(&mut self.games_by_turns, &other.games_by_turns);
        self.endless += other.endless;
    }

    /// How many games there were.
    #[must_use]
    pub fn games(&self) -> u64 {
        self.games_by_turns.iter().sum::<u64>() + self.endless
    }

    /// The fewest turns in which at least `percent` of the games are over; [`TURNS_MAX`] where they never are.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> u32 {
        let wanted = (self.games() * percent).div_ceil(100).max(1);
        let mut over = 0;
        for (turns, games) in self.games_by_turns.iter().enumerate() {
            over += games;
            if over >= wanted {
                return turns as u32;
            }
        }
        TURNS_MAX
    }
}

/// What was counted of one colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Colour {
    /// Tiles of it laid, opening tiles not among them.
    pub laid: u64,
    /// Tiles of it lifted.
    pub lifted: u64,
    /// Cards that would have laid one when every stone had it: the pack lays it too often.
    pub blocked: u64,
    /// Games whose last tile it was: the pack lays it too seldom.
    pub last: u64,
    /// Cards heard in its voice.
    pub heard: u64,
    /// The longest that its seat waited for a tile of its colour to be laid, in turns: added up over games.
    pub wait: u64,
    /// The same, of the game in which it was longest.
    pub wait_max: u32,
}

impl Colour {
    fn merge(&mut self, other: &Self) {
        self.laid += other.laid;
        self.lifted += other.lifted;
        self.blocked += other.blocked;
        self.last += other.last;
        self.heard += other.heard;
        self.wait += other.wait;
        self.wait_max = self.wait_max.max(other.wait_max);
    }
}

/// What kind of instruction a card has, for counting.
pub const KINDS: [&str; 6] = ["place", "remove", "place any", "remove any", "talk only", "choose"];

fn kind(instruction: &Instruction) -> usize {
    match instruction {
        Instruction::Do(Action::Place(_)) => 0,
        Instruction::Do(Action::Remove(_)) => 1,
        Instruction::Do(Action::PlaceAny) => 2,
        Instruction::Do(Action::RemoveAny) => 3,
        Instruction::Do(Action::TalkOnly) => 4,
        Instruction::Choose(_) => 5,
    }
}

/// Everything counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stats {
    /// How long games took.
    pub turns: Turns,
    /// How often each card of the setup was drawn.
    pub drawn: Vec<u64>,
    /// How often an instruction of each of [`KINDS`] was in play.
    pub kinds: [u64; 6],
    /// Of those, how often it moved nothing though it would have moved something.
    pub without_effect: [u64; 6],
    /// Turns.
    pub all_turns: u64,
    /// Turns with at most a quarter of the tiles still missing.
    pub late_turns: u64,
    /// Of those, the ones whose card moved nothing though it would have moved something.
    pub late_without_effect: u64,
    /// Poems heard.
    pub poems: u64,
    /// Tiles that cracked, and were mended.
    pub mended: u64,
    /// By colour, in turn order.
    pub colours: [Colour; 4],
}

impl Stats {
    fn merge(mut self, other: &Self) -> Self {
        self.turns.merge(&other.turns);
        add_all(&mut self.drawn, &other.drawn);
        for i in 0..KINDS.len() {
            self.kinds[i] += other.kinds[i];
            self.without_effect[i] += other.without_effect[i];
        }
        self.all_turns += other.all_turns;
        self.late_turns += other.late_turns;
        self.late_without_effect += other.late_without_effect;
        self.poems += other.poems;
        self.mended += other.mended;
        for (colour, more) in self.colours.iter_mut().zip(&other.colours) {
            colour.merge(more);
        }
        self
    }
}

fn add_all(to: &mut Vec<u64>, from: &[u64]) {
    if to.len() < from.len() {
        to.resize(from.len(), 0);
    }
    to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
}

/// Watches games go by: [`Stats`], and what it needs to remember within one game.
///
/// A plain type with a switch, not a trait with two implementations: with one caller alone the compiler
/// makes the rules part of [`play`], which is worth a third of the time.
#[derive(Default)]
struct Watcher {
    /// Whether everything is counted, or only turns.
    everything: bool,
    stats: Stats,
    /// The turn in which each colour was last laid, and its longest wait so far.
    laid_at: [u32; 4],
    wait: [u32; 4],
    in_play: usize,
    last: Option<Perspective>,
}

impl Watcher {
    #[inline]
    fn event(&mut self, game: &Game, event: &Event) {
        let stats = &mut self.stats;
        match *event {
            Event::CardDrawn { card, .. } => {
                let cards = game.setup().cards();
                if stats.drawn.len() < cards.len() {
                    stats.drawn.resize(cards.len(), 0);
                }
                stats.drawn[card.index()] += 1;
                let card = &cards[card.index()];
                self.in_play = kind(&card.instruction);
                stats.kinds[self.in_play] += 1;
                match card.deck {
                    Deck::Of(voice) => stats.colours[voice.index()].heard += 1,
                    Deck::Poems => stats.poems += 1,
                }
            }
            Event::TilePlaced { tile, how } => {
                let colour = tile.colour.index();
                self.last = Some(tile.colour);
                let now = game.state().turns();
                self.wait[colour] = self.wait[colour].max(now - self.laid_at[colour]);
                self.laid_at[colour] = now;
                if how != How::Opening {
                    stats.colours[colour].laid += 1;
                }
                if how == How::Instead
                    && let Some(named) = named(game)
                {
                    stats.colours[named.index()].blocked += 1;
                }
            }
            Event::TileLifted { tile } => stats.colours[tile.colour.index()].lifted += 1,
            Event::TileMended { .. } => stats.mended += 1,
            Event::InstructionHadNoEffect { .. } => {
                stats.without_effect[self.in_play] += 1;
                stats.late_without_effect += u64::from(late(game));
                if let Some(named) = named(game) {
                    stats.colours[named.index()].blocked += 1;
                }
            }
            Event::TurnEnded { .. } => {
                stats.all_turns += 1;
                stats.late_turns += u64::from(late(game));
            }
            _ => {}
        }
    }

    fn ended(&mut self, game: &Game, turns: Option<u32>) {
        self.stats.turns.add(turns);
        if !self.everything {
            return;
        }
        let now = game.state().turns();
        for i in 0..4 {
            let colour = &mut self.stats.colours[i];
            // A colour of which nothing is missing has nothing to wait for.
            let waits = missing(game).and(TileSet::of_colour(Perspective::from_index(i)));
            let wait = if waits.is_empty() { self.wait[i] } else { self.wait[i].max(now - self.laid_at[i]) };
            colour.wait += u64::from(wait);
            colour.wait_max = colour.wait_max.max(wait);
        }
        if let Some(last) = self.last.filter(|_| turns.is_some()) {
            self.stats.colours[last.index()].last += 1;
        }
        self.laid_at = [0; 4];
        self.wait = [0; 4];
        self.last = None;
    }
}

/// The colour that the card in play would lay, if it names one.
fn named(game: &Game) -> Option<Perspective> {
    match game.state().phase().card().map(|card| game.setup().instruction(card)) {
        Some(Instruction::Do(Action::Place(colour))) => Some(*colour),
        _ => None,
    }
}

#[inline]
fn missing(game: &Game) -> TileSet {
    game.setup().places().but_not(game.state().path())
}

#[inline]
fn late(game: &Game) -> bool {
    missing(game).len() * 4 <= game.setup().places().len()
}

/// Plays one game to the end of its path, and tells how many turns it took.
fn play(game: &mut Game, seed: u64, number: u64, habit: Habit, watch: &mut Watcher) {
    let mut key = Seed([0x1e; 32]);
    key.0[..8].copy_from_slice(&seed.to_le_bytes());
    key.0[8..16].copy_from_slice(&number.to_le_bytes());
    let mut chance = Stream::new(&key, 0);
    // The players' dice are mixed once, so that neighbouring games don't begin alike.
    let mut dice = Dice::new(Dice::new(seed ^ number.rotate_left(32)).next());
    game.restart();
    while !game.state().path_complete(game.setup()) {
        if game.state().turns() >= TURNS_MAX {
            return watch.ended(game, None);
        }
        // Chance players only ask for what is legal; were they refused, the game would stand still.
        let Some((who, command)) = next_command(game, &mut dice, habit) else { break };
        // Looked at where it stands: moving the buffer of events costs as much as deciding.
        let decided = decide(game.setup(), game.state(), who, command, &mut chance);
        let Ok(events) = &decided else { break };
        if watch.everything {
            for event in events {
                watch.event(game, event);
            }
        }
        game.apply(events);
    }
    let turns = game.state().path_complete(game.setup()).then(|| game.state().turns());
    watch.ended(game, turns);
}

fn run(setup: &Arc<Setup>, games: u64, seed: u64, habit: Habit, everything: bool) -> Stats {
    let game = || {
        let mut game = Game::new(setup.clone());
        game.reserve(4_096);
        game
    };
    (0..games.div_ceil(CHUNK))
        .into_par_iter()
        .map_init(game, |game, chunk| {
            let mut watch = Watcher { everything, ..Watcher::default() };
            for number in chunk * CHUNK..games.min((chunk + 1) * CHUNK) {
                play(game, seed, number, habit, &mut watch);
            }
            watch.stats
        })
        .reduce(Stats::default, |a, b| a.merge(&b))
}

/// Plays `games` games on all cores, by players who choose any legal tile, and counts everything.
#[must_use]
pub fn simulate(setup: &Arc<Setup>, games: u64, seed: u64) -> Stats {
    simulate_as(setup, games, seed, Habit::Uniform)
}

/// The same by players of that habit.
#[must_use]
pub fn simulate_as(setup: &Arc<Setup>, games: u64, seed: u64, habit: Habit) -> Stats {
    run(setup, games, seed, habit, true)
}

/// Plays `games` games on all cores and counts only their turns.
#[must_use]
pub fn turns(setup: &Arc<Setup>, games: u64, seed: u64) -> Turns {
    run(setup, games, seed, Habit::Uniform, false).turns
}
