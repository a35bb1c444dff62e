//! A turn's command allocates nothing once the log has room (its own binary: the counter is its allocator).

#[path = "support/base.rs"]
mod base;

use std::sync::Arc;

use allocation_counter::measure;
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{
    Command, Commitment, Game, Passing, Perspective, Refusal, Ruleset, Seed, Setting, Stream, Who, decide, legal,
};

fn ask(game: &mut Game, chance: &mut Stream, who: Who, command: Command) -> Result<(), Refusal> {
    let events = decide(game.setup(), game.state(), who, command, chance)?;
    game.apply(&events);
    Ok(())
}

/// Whole games, and all that a facilitator does in between.
fn play(game: &mut Game, chance: &mut Stream, dice: &mut Dice) -> u32 {
    let mut commands = 0;
    game.restart();
    game.apply(&game.setup().opening(Commitment([0; 32])));
    while !game.state().path_complete(game.setup()) {
        for command in [Command::Pass, Command::Redraw, Command::Undo(2), Command::TakeSeat(Perspective::Third)] {
            if dice.below(40) == 0 {
                let _ = ask(game, chance, Who::FACILITATOR, command);
            }
        }
        std::hint::black_box(legal(game.setup(), game.state(), Who::FACILITATOR));
        let Some((who, command)) = next_command(game, dice, Habit::Uniform) else { break };
        assert_eq!(ask(game, chance, who, command), Ok(()));
        commands += 1;
    }
    let confirm = Command::Set(Setting::Passing(Passing::FacilitatorConfirms));
    assert_eq!(ask(game, chance, Who::FACILITATOR, confirm), Ok(()));
    assert_eq!(ask(game, chance, Who::FACILITATOR, Command::Close), Ok(()));
    assert_eq!(ask(game, chance, Who::FACILITATOR, Command::Close), Err(Refusal::GameClosed));
    commands
}

#[test]
fn whole_games_allocate_nothing() {
    for ruleset in [Ruleset::guided(), Ruleset::classic()] {
        let mut game = Game::new(Arc::new(base::base_setup(7, ruleset)));
        game.reserve(8192);
        let (mut chance, mut dice) = (Stream::new(&Seed([9; 32]), 0), Dice::new(9));
        let mut commands = 0;
        let allocated = measure(|| {
            for _ in 0..20 {
                commands += play(&mut game, &mut chance, &mut dice);
            }
        });
        assert!(commands > 2_000, "{commands} commands are hardly twenty games");
        assert_eq!(allocated.count_total, 0, "{allocated:?}");
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(std::hint::black_box(Box::new(1)))).count_total, 1);
}
