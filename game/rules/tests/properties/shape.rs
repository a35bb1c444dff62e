//! Random setups: boards of 12 to 80 spaces, 1 to 12 outcomes, all rulesets, decks small and large.

use instep_rules::players::Dice;
use instep_rules::{
    Action, BlockedPlace, CardRules, Choices, Deck, EmptySeats, FinishedBlocks, Instruction, Outcome, OutcomeSet,
    Passing, Perspective, Removal, Ruleset, Setup, SetupParts, Space, TeamActs, Tile, TileSet, Walking,
};
use proptest::prelude::*;

/// What a random setup is made from; small numbers make small setups, so that a failure shrinks.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    spaces: usize,
    outcomes: u8,
    in_play: u16,
    begun: Option<u64>,
    ruleset: Ruleset,
    deck_sizes: [usize; Deck::COUNT],
    mix: Mix,
    /// For what the numbers above leave open, for the players, and for the table's chance.
    pub(crate) seed: u64,
}

/// How often each kind of instruction comes.
#[derive(Clone, Debug)]
struct Mix {
    place: u32,
    place_any: u32,
    remove: u32,
    remove_any: u32,
    talk: u32,
    choose: u32,
}

/// Any setup.
pub(crate) fn any_shape() -> impl Strategy<Value = Shape> {
    let mix = (0..6u32, 0..4u32, 0..4u32, 0..3u32, 0..2u32, 0..4u32).prop_map(
        |(place, place_any, remove, remove_any, talk, choose)| Mix {
            place,
            place_any,
            remove,
            remove_any,
            talk,
            choose,
        },
    );
    shapes(mix.boxed())
}

/// A setup whose path can be finished: far more cards lay tiles than lift them, and some lay any.
pub(crate) fn completable_shape() -> impl Strategy<Value = Shape> {
    let mix = (3..6u32, 5..8u32, 0..2u32, 0..2u32, 0..2u32).prop_map(|(place, place_any, remove, talk, choose)| Mix {
        place,
        place_any,
        remove,
        remove_any: 0,
        talk,
        choose,
    });
    shapes(mix.boxed())
}

fn shapes(mix: BoxedStrategy<Mix>) -> impl Strategy<Value = Shape> {
    let size = prop_oneof![1..=3usize, 4..=30usize, 60..=140usize];
    let begun = prop_oneof![3 => Just(None), 1 => any::<u64>().prop_map(Some)];
    (12..=80usize, 1..=12u8, any::<u16>(), begun, any_ruleset(), prop::array::uniform5(size), mix, any::<u64>())
        .prop_map(|(spaces, outcomes, in_play, begun, ruleset, deck_sizes, mix, seed)| Shape {
            spaces,
            outcomes,
            in_play,
            begun,
            ruleset,
            deck_sizes,
            mix,
            seed,
        })
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn any_ruleset() -> impl Strategy<Value = Ruleset> {
    let die = (4..=12u8, any::<bool>(), one_of(Walking::ALL), 0..=3u8);
    let stones = (one_of(FinishedBlocks::ALL), one_of(BlockedPlace::ALL), one_of(Removal::ALL));
    let people = (one_of(Passing::ALL), one_of(EmptySeats::ALL), one_of(TeamActs::ALL), any::<u16>());
    (die, stones, people).prop_map(
        |(
            (die_faces, real_die, walking, opening_tiles),
            (finished_blocks, blocked_place, removal),
            (passing, empty_seats, team_acts, talk_timer_s),
        )| Ruleset {
            die_faces,
            real_die,
            walking,
            opening_tiles,
            finished_blocks,
            blocked_place,
            removal,
            passing,
            empty_seats,
            team_acts,
            talk_timer_s,
        },
    )
}

impl Shape {
    pub(crate) fn setup(&self) -> Setup {
        let mut dice = Dice::new(self.seed);
        let dice = &mut dice;
        let space = |dice: &mut Dice| match dice.below(9) {
            0 => Space::PoetsCorner,
            n => Space::Footprint(Perspective::from_index(n as usize)),
        };
        let board = (0..self.spaces).map(|_| space(dice)).collect();
        let cards = Deck::ALL.into_iter().zip(self.deck_sizes).flat_map(|(deck, size)| {
            let cards: Vec<_> = (0..size)
                .map(|n| CardRules { deck, instruction: if n == 0 { self.first() } else { self.instruction(dice) } })
                .collect();
            cards
        });
        let cards = cards.collect();
        let known = OutcomeSet::first(self.outcomes as usize);
        let chosen: OutcomeSet = known.iter().filter(|o| self.in_play & 1 << o.0 != 0).collect();
        let places = TileSet::stones(known);
        let begun = |bits: u64| places.iter().filter(|t| bits >> (t.outcome.0 * 4 + t.colour as u8) & 1 == 1).collect();
        let parts = SetupParts {
            board,
            cards,
            outcomes: self.outcomes,
            in_play: if chosen.is_empty() { known } else { chosen },
            ruleset: self.ruleset,
            begun: self.begun.map_or(TileSet::NONE, begun),
        };
        Setup::new(parts).unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    /// Where some cards lay any tile, the first of every deck does, so that no small deck lacks one.
    fn first(&self) -> Instruction {
        let any = self.mix.place_any >= 5;
        Instruction::Do(if any { Action::PlaceAny } else { Action::Place(Perspective::First) })
    }

    fn instruction(&self, dice: &mut Dice) -> Instruction {
        let m = &self.mix;
        let all = m.place + m.place_any + m.remove + m.remove_any + m.talk + m.choose;
        if all > 0 && dice.below(all) < m.choose {
            let count = 2 + dice.below(2);
            return Instruction::Choose((0..count).map(|_| self.action(dice)).collect::<Choices>());
        }
        Instruction::Do(self.action(dice))
    }

    fn action(&self, dice: &mut Dice) -> Action {
        let m = &self.mix;
        let colour = Perspective::from_index(dice.below(4) as usize);
        let kinds = [
            (m.place, Action::Place(colour)),
            (m.place_any, Action::PlaceAny),
            (m.remove, Action::Remove(colour)),
            (m.remove_any, Action::RemoveAny),
            (m.talk, Action::TalkOnly),
        ];
        let mut at = dice.below(kinds.iter().map(|k| k.0).sum::<u32>().max(1));
        for (weight, action) in kinds {
            if at < weight {
                return action;
            }
            at -= weight;
        }
        Action::TalkOnly
    }
}

/// A tile that need not exist.
pub(crate) fn any_tile(dice: &mut Dice) -> Tile {
    let outcome = if dice.below(20) == 0 { dice.below(256) } else { dice.below(13) };
    Tile::new(Perspective::from_index(dice.below(4) as usize), Outcome(outcome as u8))
}
