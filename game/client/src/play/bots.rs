//! Four scripted players, for a game that nobody sits at: they choose by chance among what is legal.

use instep_protocol::{Answer, Ask};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Event};
use instep_words::say;

use super::refused;
use super::session::{By, Session};
use crate::out;
use crate::problem::Problem;

/// A path that is not complete after so many steps will not be: a pack whose cards lift more than they lay.
const STEPS_MAX: u32 = 200_000;

/// What a scripted player says to keep a cracked tile.
const STEP: &str = "The table names a next step, and who takes it.";

/// Plays until the path is complete; then the facilitator closes.
pub(crate) fn play(session: &mut Session) -> Result<(), Problem> {
    for line in &session.greeting {
        out::line(line)?;
    }
    let mut shown = session.mirror().game().log().len();
    loop {
        let game = session.mirror().game();
        let (setup, state) = (game.setup(), game.state());
        if state.closed() {
            break;
        }
        if state.path_complete(setup) {
            act(session, Ask::Act { seat: None, command: Command::Close })?;
        } else if state.steps() > STEPS_MAX {
            return Err(Problem::Wrong(format!(
                "The path is not complete after {STEPS_MAX} steps, so the players stopped: this pack may lift more tiles than it lays (`instep-pack simulate` shows it)."
            )));
        } else {
            // The players' chance comes from where the game stands, so that a game that was cut off goes
            // on just as it would have gone.
            let mut dice = Dice::new(salt(game.log().first().map(|e| e.event)) ^ u64::from(state.steps()));
            let Some((who, command)) = next_command(game, &mut dice, Habit::Uniform) else { break };
            let ask = match (command, who.seat) {
                (Command::Mend(_), Some(seat)) => Ask::Mend { seat, step: STEP.into() },
                (command, seat) => Ask::Act { seat, command },
            };
            act(session, ask)?;
        }
        shown = session.tell(shown)?;
    }
    for line in say::ending(&session.view()) {
        out::line(line)?;
    }
    Ok(())
}

fn act(session: &mut Session, ask: Ask) -> Result<(), Problem> {
    match session.ask(By::Room, ask)? {
        Answer::Denied(denied) => {
            Err(Problem::Wrong(format!("A scripted player was refused: {}", refused::denied(&session.view(), denied))))
        }
        Answer::Done { .. } | Answer::Counted { .. } => Ok(()),
    }
}

/// A number of this table's own, from the commitment that its first event tells.
fn salt(first: Option<Event>) -> u64 {
    match first {
        Some(Event::TableOpened { commitment }) => {
            commitment.0.iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
        }
        _ => 0,
    }
}
