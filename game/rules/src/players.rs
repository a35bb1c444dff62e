//! Players who choose by chance among what is legal: for headless games, simulations and tests.

use crate::{Action, Command, Direction, Game, Instruction, Phase, State, Who, legal};

/// A small generator for what *players* choose. It has nothing to do with the table's chance.
///
/// SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Begins from a number.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    #[inline]
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; `n` is small, so the bias of the multiplication is below 2⁻³⁰.
    #[inline]
    pub const fn below(&mut self, n: u32) -> u32 {
        (((self.next() >> 32) * n as u64) >> 32) as u32
    }
}

/// How a player picks a stone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Habit {
    /// Every legal tile is as likely as any other.
    #[default]
    Uniform,
    /// Among the legal tiles, one on a stone that has the most tiles already, as people do who like to
    /// finish what they began; a tile that must go is one on a stone that has the fewest.
    Finisher,
}

/// What the acting seat does next, by chance: mending half the time, never passing.
///
/// `None` when nothing is left to do: the game is closed.
#[inline]
#[must_use]
pub fn next_command(game: &Game, dice: &mut Dice, habit: Habit) -> Option<(Who, Command)> {
    let (setup, state) = (game.setup(), game.state());
    if state.closed() {
        return None;
    }
    let who = Who::seat(state.seat());
    let command = match state.phase() {
        Phase::Opening { .. } => {
            let tile = pick(state, legal::opening_places(setup, state, state.seat()), dice, habit, true)?;
            Command::Place(tile.colour, tile.outcome)
        }
        Phase::Roll if state.ruleset().real_die => {
            Command::RollTyped(dice.below(u32::from(state.ruleset().die_faces)) as u8 + 1)
        }
        Phase::Roll => Command::Roll,
        Phase::Walk { .. } => Command::Walk(if dice.below(2) == 0 { Direction::Forward } else { Direction::Back }),
        Phase::Talk { .. } => Command::EndTalk,
        Phase::Resolve { card, chosen } => {
            let instruction = setup.instruction(card);
            match legal::action(instruction, chosen) {
                Some(action) => {
                    let lays = matches!(action, Action::Place(_) | Action::PlaceAny);
                    let tile = pick(state, legal::targets(setup, state, action), dice, habit, lays)?;
                    if lays {
                        Command::Place(tile.colour, tile.outcome)
                    } else {
                        Command::Remove(tile.colour, tile.outcome)
                    }
                }
                None => Command::Choose(choose(setup, state, instruction, dice)?),
            }
        }
        Phase::Mend { .. } => {
            if dice.below(2) == 0 {
                Command::Mend(0)
            } else {
                Command::LetGo
            }
        }
    };
    Some((who, command))
}

fn choose(setup: &crate::Setup, state: &State, instruction: &Instruction, dice: &mut Dice) -> Option<u8> {
    let open = |n: &u8| {
        instruction.options().get(*n as usize).is_some_and(|action| legal::can_be_picked(setup, state, *action))
    };
    let count = (0..3).filter(open).count() as u32;
    (count > 0).then(|| dice.below(count)).and_then(|n| (0..3).filter(open).nth(n as usize))
}

#[inline]
fn pick(state: &State, tiles: crate::TileSet, dice: &mut Dice, habit: Habit, lays: bool) -> Option<crate::Tile> {
    let tiles = match habit {
        Habit::Uniform => tiles,
        Habit::Finisher => {
            let laid = |tile: crate::Tile| {
                let stone = crate::TileSet::stones(crate::OutcomeSet::NONE.with(tile.outcome));
                state.path().and(stone).len()
            };
            let best = if lays { tiles.iter().map(laid).max() } else { tiles.iter().map(laid).min() };
            tiles.iter().filter(|tile| Some(laid(*tile)) == best).collect()
        }
    };
    (!tiles.is_empty()).then(|| dice.below(tiles.len())).and_then(|n| tiles.nth(n))
}
