//! What a view offers is what the rules accept, for every command that there is.

use instep_rules::{Command, Direction, Legal, Outcome, Perspective, Refusal, Tile, Told, Who, decide, legal};
use proptest::prelude::*;

use crate::play::Live;
use crate::shape::any_shape;

proptest! {
    #![proptest_config(crate::cases())]

    #[test]
    fn legal_agrees_with_decide(shape in any_shape()) {
        let mut live = Live::new(&shape);
        for _ in 0..60 {
            compare(&live)?;
            live.play_lively(4);
        }
    }
}

fn compare(live: &Live) -> Result<(), TestCaseError> {
    let (setup, state) = (&live.setup, live.game.state());
    for who in everyone() {
        let legal = legal(setup, state, who);
        for command in every_command(state.steps_in_effect()) {
            let decided = decide(setup, state, who, command, &mut Told::default());
            let offered = offers(&legal, command, state.ruleset().die_faces);
            prop_assert_eq!(offered, decided.is_ok(), "{:?} {:?} {:?} {:?}", who, command, decided, state);
            prop_assert!(!(state.closed() && decided != Err(Refusal::GameClosed)));
        }
    }
    Ok(())
}

fn everyone() -> impl Iterator<Item = Who> {
    let seats = Perspective::ALL.into_iter().map(Some).chain([None]);
    seats.flat_map(|seat| [false, true].map(|facilitator| Who { seat, facilitator }))
}

fn every_command(steps: u32) -> impl Iterator<Item = Command> {
    let tiles = (0..14).map(Outcome).chain([Outcome(255)]);
    let tiles = tiles.flat_map(|outcome| Perspective::ALL.map(|colour| Tile::new(colour, outcome)));
    let moved = tiles.flat_map(|t| [Command::Place(t.colour, t.outcome), Command::Remove(t.colour, t.outcome)]);
    let plain = [
        Command::Roll,
        Command::Walk(Direction::Forward),
        Command::Walk(Direction::Back),
        Command::EndTalk,
        Command::Mend(3),
        Command::LetGo,
        Command::Pass,
        Command::DeclinePass,
        Command::Redraw,
        Command::Close,
    ];
    moved
        .chain(plain)
        .chain((0..=13).chain([255]).map(Command::RollTyped))
        .chain((0..5).chain([255]).map(Command::Choose))
        .chain([0, 1, steps, steps + 1, u32::MAX].map(Command::Undo))
}

/// Whether a view that shows `legal` has a button for `command`.
fn offers(legal: &Legal, command: Command, faces: u8) -> bool {
    match command {
        Command::Roll => legal.roll,
        Command::RollTyped(face) => legal.roll_typed && (1..=faces).contains(&face),
        Command::Walk(_) => legal.walk,
        Command::EndTalk => legal.end_talk,
        Command::Choose(option) => option < 8 && legal.choose & 1 << option != 0,
        Command::Place(colour, outcome) => legal.place.has(Tile::new(colour, outcome)),
        Command::Remove(colour, outcome) => legal.remove.has(Tile::new(colour, outcome)),
        Command::Mend(_) => legal.mend,
        Command::LetGo => legal.let_go,
        Command::Pass => legal.pass,
        Command::DeclinePass => legal.decline_pass,
        Command::Redraw => legal.redraw,
        Command::Undo(steps) => (1..=legal.undo).contains(&steps),
        Command::Close => legal.close,
        // These are no buttons of the game's: the lobby and the settings page have them.
        Command::Set(_) | Command::TakeSeat(_) | Command::LeaveSeat(_) => false,
    }
}
