//! Games come to their end.

use instep_rules::Event;
use instep_rules::players::Habit;
use proptest::prelude::*;

use crate::play::Live;
use crate::shape::{any_shape, completable_shape};

proptest! {
    #![proptest_config(crate::cases())]

    /// Where placements outnumber removals, the path is completed: 48 tiles at most, of which a turn lays
    /// about a third of a tile more than it lifts, so that 5,000 turns are far more than enough.
    #[test]
    fn random_players_finish_the_path(shape in completable_shape(), finisher: bool) {
        let mut live = Live::new(&shape);
        let habit = if finisher { Habit::Finisher } else { Habit::Uniform };
        while !live.game.state().path_complete(&live.setup) {
            prop_assert!(live.game.state().turns() < 5_000, "still playing");
            prop_assert!(live.play_on(habit));
        }
        let state = live.game.state();
        prop_assert_eq!(state.met(&live.setup), live.setup.in_play());
        // Said once, and with the tile that did it; a path that was complete at the start says nothing.
        let begun = live.setup.begun().covers(live.setup.places());
        let said = live.game.log().iter().filter(|e| e.event == Event::PathCompleted).count();
        prop_assert_eq!(said, usize::from(!begun));
    }

    /// Whatever the cards ask, there is always something to do, and the game can be played on for ever.
    #[test]
    fn there_is_always_something_to_do(shape in any_shape()) {
        let mut live = Live::new(&shape);
        for _ in 0..400 {
            prop_assert!(live.play_on(Habit::Uniform));
        }
    }

    /// Arbitrary commands of arbitrary people: refused ones change nothing, and nothing panics
    /// (`Live::ask` compares).
    #[test]
    fn refused_commands_change_nothing(shape in any_shape()) {
        let mut live = Live::new(&shape);
        live.play_lively(400);
    }
}
