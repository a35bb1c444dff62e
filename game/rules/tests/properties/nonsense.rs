//! A mirror applies what a server sends. Nonsense makes a wrong picture, but never a panic.

use instep_rules::players::Dice;
use instep_rules::{CardId, Direction, Event, Game, How, Perspective, Who, legal};
use proptest::prelude::*;

use crate::play::any_setting;
use crate::shape::{any_shape, any_tile};

proptest! {
    #![proptest_config(crate::cases())]

    #[test]
    fn nonsense_is_applied_without_a_panic(shape in any_shape()) {
        let setup = std::sync::Arc::new(shape.setup());
        let mut game = Game::new(setup.clone());
        let mut dice = Dice::new(shape.seed);
        for _ in 0..200 {
            game.apply(&[any_event(&mut dice), any_event(&mut dice)]);
            for who in [Who::FACILITATOR, Who::seat(Perspective::First)] {
                let legal = legal(&setup, game.state(), who);
                prop_assert!(setup.places().covers(legal.place) && setup.places().covers(legal.remove));
            }
        }
        let _ = game.state().hash(&setup);
        let _ = game.undoable().map(Iterator::count).sum::<usize>();
    }
}

fn any_event(dice: &mut Dice) -> Event {
    let tile = any_tile(dice);
    let (seat, outcome, number) = (tile.colour, tile.outcome, dice.next());
    match dice.below(22) {
        0 => Event::SeatTaken { seat },
        1 => Event::SeatLeft { seat },
        2 => Event::SettingChanged { setting: any_setting(dice) },
        3 => Event::OpeningMovedOn { next: seat, round: number as u8 },
        4 => Event::OpeningEnded { next: seat },
        5 => Event::DieRolled { face: number as u8, typed: false, words: number as u32 },
        6 => Event::CounterMoved { from: 0, to: number as u8, direction: Direction::Back },
        7 | 8 => {
            let card = CardId(if number & 1 == 0 { dice.below(100) as u16 } else { (number >> 8) as u16 });
            Event::CardDrawn { card, refilled: number & 2 == 0, words: 1 }
        }
        9 => Event::TalkEnded,
        10 => Event::ChoiceMade { option: number as u8 },
        11 => Event::TilePlaced { tile, how: How::Any },
        12 => Event::TileCracked { tile },
        13 => Event::TileMended { tile, note: 0 },
        14 => Event::TileLifted { tile },
        15 => Event::OutcomeMet { outcome },
        16 => Event::OutcomeUnmet { outcome },
        17 => Event::PassAsked,
        18 => Event::CardPassed,
        19 => Event::CardRedrawn,
        20 => Event::TurnEnded { next: seat },
        _ => Event::Undone { steps: if number & 1 == 0 { dice.below(9) } else { number as u32 } },
    }
}

#[test]
fn what_no_pack_can_have_is_in_no_set() {
    use instep_rules::{Outcome, OutcomeSet, Tile, TileSet};
    for number in [12, 15, 16, 255] {
        let tile = Tile::new(Perspective::Fourth, Outcome(number));
        assert!(TileSet::NONE.with(tile).is_empty());
        assert!(!TileSet::stones(OutcomeSet::first(12)).has(tile));
        assert!(OutcomeSet::NONE.with(Outcome(number)).is_empty());
        assert!(!OutcomeSet::first(12).has(Outcome(number)));
    }
}
