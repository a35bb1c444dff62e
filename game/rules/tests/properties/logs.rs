//! Logs: what is replayed is what was played, an honest log verifies, and an altered one does not.

use std::sync::Arc;

use instep_rules::players::Dice;
use instep_rules::{
    CardId, Chain, Event, Fault, Game, How, NoEffect, Outcome, Perspective, Phase, State, Tile, TileSet, Verifier,
    Walking,
};
use proptest::prelude::*;

use crate::play::{Live, any_setting};
use crate::shape::any_shape;

fn verify(live: &Live, log: &[Event], chain: Chain<'_>) -> Result<Game, Fault> {
    let mut verifier = Verifier::new(Arc::clone(&live.setup));
    verifier.check(log, chain).map(|()| verifier.game().clone())
}

proptest! {
    #![proptest_config(crate::cases())]

    #[test]
    fn what_is_replayed_is_what_was_played(shape in any_shape()) {
        let mut live = Live::new(&shape);
        live.play_lively(300);
        let replayed = Game::replay(live.setup.clone(), live.commands.iter().map(|c| &c[..]));
        prop_assert_eq!(replayed.state(), live.game.state());
        prop_assert_eq!(replayed.state().hash(&live.setup), live.game.state().hash(&live.setup));
        prop_assert_eq!(replayed.log(), live.game.log());
        // In the memory of another game, too.
        let mut again = replayed;
        again.restart();
        prop_assert_eq!(again.state(), &State::new(&live.setup));
        for events in &live.commands {
            again.apply(events);
        }
        prop_assert_eq!(again.state(), live.game.state());
        prop_assert_eq!(again.log(), live.game.log());
    }

    #[test]
    fn an_honest_log_verifies(shape in any_shape()) {
        let mut live = Live::new(&shape);
        live.play_lively(300);
        let log = live.log();
        for chain in [Chain::Published(&live.seed, &live.salt), Chain::Seed(&live.seed), Chain::NotPublished] {
            match verify(&live, &log, chain) {
                Ok(game) => prop_assert_eq!(game.state(), live.game.state()),
                Err(fault) => prop_assert!(false, "{:?}", fault),
            }
        }
    }

    /// A log that ends in the middle of a command was cut.
    #[test]
    fn a_log_cut_in_a_command_is_found(shape in any_shape()) {
        let mut live = Live::new(&shape);
        live.play_lively(60);
        let log = live.log();
        let mut at = 0;
        for events in &live.commands {
            for cut in at + 1..at + events.len() {
                let fault = |chain| verify(&live, &log[..cut], chain).err();
                let (seq, expected) = (cut as u32 + 1, Some(log[cut]));
                prop_assert_eq!(fault(Chain::Seed(&live.seed)), Some(Fault { seq, expected, found: None, refusal: None }));
                // Without the seed nobody can say which card is cut off.
                prop_assert_eq!(fault(Chain::NotPublished).map(|f| (f.seq, f.found)), Some((seq, None)));
            }
            at += events.len();
        }
    }

    #[test]
    fn an_altered_event_is_found(shape in any_shape()) {
        let mut live = Live::new(&shape);
        live.play_lively(120);
        let log = live.log();
        let commands = live.commands.clone();
        let mut at = 0;
        let mut before = Game::new(live.setup.clone());
        for events in &commands {
            for (n, event) in events.iter().enumerate() {
                let altered = alter(event, before.state(), &mut live.dice);
                // One alteration of most events is enough a case; there are many cases.
                if altered.is_empty() || live.dice.below(3) > 0 {
                    continue;
                }
                let (event, whose) = altered[live.dice.below(altered.len() as u32) as usize];
                let mut log = log.clone();
                log[at + n] = event;
                check_alteration(&live, &log, (at + n) as u32 + 1, whose)?;
            }
            at += events.len();
            before.apply(events);
        }
    }
}

/// Whose doing the altered field is, and so who can tell that it was altered.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Whose {
    /// The rules': it follows from what came before, and is always found.
    Rules,
    /// Chance's: found with the seed. Without it, another face or card that could have come is as good as
    /// the one that came.
    Chance,
    /// The commitment, which only seed and salt can tell.
    Commitment,
    /// People's: they might as well have chosen that, and the altered log is the log of another game that
    /// keeps the rules, unless something later depended on the choice. Only the journal's hash chain,
    /// which is not the rules' affair, can tell.
    People,
}

fn check_alteration(live: &Live, log: &[Event], seq: u32, whose: Whose) -> Result<(), TestCaseError> {
    let found_at = |chain| verify(live, log, chain).err().map(|fault| fault.seq);
    let published = found_at(Chain::Published(&live.seed, &live.salt));
    let seed_only = found_at(Chain::Seed(&live.seed));
    let untold = found_at(Chain::NotPublished);
    let event = log[seq as usize - 1];
    let not_before = |at: Option<u32>| at.is_none_or(|at| at >= seq);
    match whose {
        Whose::Rules => prop_assert_eq!([published, seed_only, untold], [Some(seq); 3], "{:?}", event),
        Whose::Chance => {
            prop_assert_eq!([published, seed_only], [Some(seq); 2], "{:?}", event);
            prop_assert!(not_before(untold));
        }
        Whose::Commitment => prop_assert_eq!([published, seed_only, untold], [Some(seq), None, None]),
        Whose::People => {
            prop_assert!([published, seed_only, untold].into_iter().all(not_before), "{:?}", event);
        }
    }
    Ok(())
}

/// Every event that differs from `event` in one field.
fn alter(event: &Event, before: &State, dice: &mut Dice) -> Vec<(Event, Whose)> {
    use Whose::{Chance, Commitment, People, Rules};
    let other_seat =
        |seat: Perspective, dice: &mut Dice| Perspective::from_index(seat.index() + 1 + dice.below(3) as usize);
    let other = |n: u8, dice: &mut Dice| n.wrapping_add(1 + dice.below(255) as u8);
    let other_tile = |tile: Tile, dice: &mut Dice| {
        let stone = Tile::new(tile.colour, Outcome((tile.outcome.0 + 1 + dice.below(11) as u8) % 12));
        if dice.below(2) == 0 { stone } else { Tile::new(other_seat(tile.colour, dice), tile.outcome) }
    };
    match *event {
        Event::TableOpened { mut commitment } => {
            commitment.0[dice.below(32) as usize] ^= 1 << dice.below(8);
            vec![(Event::TableOpened { commitment }, Commitment)]
        }
        Event::PathContinued { tiles } => {
            let tile = Tile::new(Perspective::First, Outcome(dice.below(12) as u8));
            let tiles: TileSet = if tiles.has(tile) { tiles.without(tile) } else { tiles.with(tile) };
            vec![(Event::PathContinued { tiles }, Rules)]
        }
        Event::SeatTaken { seat } => vec![(Event::SeatTaken { seat: other_seat(seat, dice) }, People)],
        Event::SeatLeft { seat } => vec![(Event::SeatLeft { seat: other_seat(seat, dice) }, People)],
        Event::SettingChanged { .. } => vec![(Event::SettingChanged { setting: any_setting(dice) }, People)],
        Event::OpeningMovedOn { next, round } => vec![
            (Event::OpeningMovedOn { next: other_seat(next, dice), round }, Rules),
            (Event::OpeningMovedOn { next, round: other(round, dice) }, Rules),
        ],
        Event::OpeningEnded { next } => vec![(Event::OpeningEnded { next: other_seat(next, dice) }, Rules)],
        Event::DieRolled { face, typed, words } => {
            let whose_face = if typed { People } else { Chance };
            // A typed face takes no word, and where every word is as good as another a draw takes just one.
            let fixed = typed || before.ruleset().die_faces.is_power_of_two();
            let whose_words = if fixed { Rules } else { Chance };
            let other_words = if typed { 1 } else { words + 1 + dice.below(3) };
            vec![
                (Event::DieRolled { face: other(face, dice), typed, words }, whose_face),
                (Event::DieRolled { face: face % 4 + 1, typed, words }, whose_face),
                (Event::DieRolled { face, typed: !typed, words }, Rules),
                (Event::DieRolled { face, typed, words: other_words }, whose_words),
                (Event::DieRolled { face, typed, words: u32::from(typed) }, Rules),
            ]
        }
        Event::CounterMoved { from, to, direction } => {
            use instep_rules::Direction::{Back, Forward};
            let turned = if direction == Forward { Back } else { Forward };
            let either_way = before.ruleset().walking == Walking::EitherWay;
            vec![
                (Event::CounterMoved { from: other(from, dice), to, direction }, Rules),
                (Event::CounterMoved { from, to: other(to, dice), direction }, Rules),
                // Where both ways lead to one space, only people know which they went.
                (Event::CounterMoved { from, to, direction: turned }, if either_way { People } else { Rules }),
            ]
        }
        Event::CardDrawn { card, refilled, words } => {
            let near = CardId(if card.0 == 0 { 1 } else { card.0 - 1 });
            let far = CardId(card.0 ^ (1 << dice.below(16)));
            vec![
                (Event::CardDrawn { card: near, refilled, words }, Chance),
                (Event::CardDrawn { card: far, refilled, words }, Chance),
                (Event::CardDrawn { card, refilled: !refilled, words }, Rules),
                (Event::CardDrawn { card, refilled, words: words + 1 + dice.below(3) }, Chance),
                (Event::CardDrawn { card, refilled, words: 0 }, Rules),
            ]
        }
        Event::ChoiceMade { option } => vec![(Event::ChoiceMade { option: other(option, dice) }, People)],
        Event::TilePlaced { tile, how } => {
            let others = [How::Opening, How::Named, How::Any, How::Instead].into_iter().filter(|h| *h != how);
            let mut altered: Vec<_> = others.map(|how| (Event::TilePlaced { tile, how }, Rules)).collect();
            altered.push((Event::TilePlaced { tile: other_tile(tile, dice), how }, People));
            altered
        }
        Event::TileCracked { tile } => vec![(Event::TileCracked { tile: other_tile(tile, dice) }, People)],
        Event::TileMended { tile, note } => vec![
            (Event::TileMended { tile: other_tile(tile, dice), note }, Rules),
            (Event::TileMended { tile, note: note.wrapping_add(1) }, People),
        ],
        Event::TileLifted { tile } => {
            let cracked = matches!(before.phase(), Phase::Mend { .. });
            vec![(Event::TileLifted { tile: other_tile(tile, dice) }, if cracked { Rules } else { People })]
        }
        Event::OutcomeMet { outcome } => vec![(Event::OutcomeMet { outcome: Outcome(other(outcome.0, dice)) }, Rules)],
        Event::OutcomeUnmet { outcome } => {
            vec![(Event::OutcomeUnmet { outcome: Outcome(other(outcome.0, dice)) }, Rules)]
        }
        Event::InstructionHadNoEffect { reason } => {
            let all = [NoEffect::NothingToLay, NoEffect::NothingToLift, NoEffect::NoOption];
            let others = all.into_iter().filter(|r| *r != reason);
            others.map(|reason| (Event::InstructionHadNoEffect { reason }, Rules)).collect()
        }
        Event::TurnEnded { next } => vec![(Event::TurnEnded { next: other_seat(next, dice) }, Rules)],
        Event::Undone { steps } => {
            vec![(Event::Undone { steps: steps + 1 }, People), (Event::Undone { steps: 0 }, Rules)]
        }
        Event::TalkEnded
        | Event::PathCompleted
        | Event::PassAsked
        | Event::PassDeclined
        | Event::CardPassed
        | Event::CardRedrawn
        | Event::GameClosed => Vec::new(),
    }
}
