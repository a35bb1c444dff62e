//! Undo is the replay of the shorter log.

use std::collections::HashSet;

use instep_rules::{Command, Event, Game, Perspective, Who};
use proptest::prelude::*;

use crate::play::Live;
use crate::shape::any_shape;

proptest! {
    #![proptest_config(crate::cases())]

    #[test]
    fn undo_is_the_replay_of_the_shorter_log(shape in any_shape()) {
        let mut live = Live::new(&shape);
        for _ in 0..12 {
            live.play_lively(15);
            let most = live.game.state().steps_in_effect();
            if live.game.state().closed() || most == 0 {
                break;
            }
            let before = live.game.state().clone();
            let steps = 1 + live.dice.below(most.min(20));
            prop_assert_eq!(live.ask(Who::FACILITATOR, Command::Undo(steps)), Ok(()));

            let (setup, undone, shorter) = (&live.setup, &live.game, shorter(&live));
            prop_assert_eq!(undone.state().hash(setup), shorter.state().hash(setup));
            prop_assert_eq!(undone.state().path(), shorter.state().path());
            prop_assert_eq!(undone.state().phase(), shorter.state().phase());
            prop_assert_eq!(undone.state().seat(), shorter.state().seat());
            prop_assert_eq!(undone.state().decks(), shorter.state().decks());
            for seat in Perspective::ALL {
                prop_assert_eq!(undone.state().counter(seat), shorter.state().counter(seat));
            }
            // What undo leaves alone.
            prop_assert_eq!(undone.state().words(), before.words());
            prop_assert_eq!(undone.state().held(), before.held());
            prop_assert_eq!(undone.state().ruleset(), before.ruleset());
            prop_assert_eq!(undone.state().steps_in_effect(), most - steps);
        }
    }
}

/// The log as it would be if what was undone had never been: the people and the settings, and the game's
/// events that still count.
fn shorter(live: &Live) -> Game {
    let in_effect: HashSet<_> = live.game.in_effect().map(|e| e.seq).collect();
    let mut shorter = Game::new(live.setup.clone());
    for entry in live.game.log() {
        let people = !entry.event.can_be_undone() && !matches!(entry.event, Event::Undone { .. });
        if people || in_effect.contains(&entry.seq) {
            shorter.apply(&[entry.event]);
        }
    }
    shorter
}
