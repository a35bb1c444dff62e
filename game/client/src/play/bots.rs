//! Four scripted players, for a game that nobody sits at: they choose by chance among what is legal.

use instep_protocol::{Answer, Ask, Denied, Role};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Event, Game};
use instep_words::say;

use super::session::{By, Session};
use super::{refused, terminal};
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
            let Some(ask) = next_ask(game) else { break };
            act(session, ask)?;
        }
        shown = session.tell(shown)?;
    }
    for line in say::ending(&session.view()) {
        out::line(line)?;
    }
    Ok(())
}

/// Plays the seats that this person holds, at a table with others, until the game is closed. Whoever facilitates closes
/// it once the path is complete.
pub(crate) fn play_own(session: &mut Session) -> Result<(), Problem> {
    for line in &session.greeting {
        out::line(line)?;
    }
    let mut shown = session.mirror().game().log().len();
    // What was last voted for: a vote is not given twice.
    let mut voted = None;
    loop {
        let mirror = session.mirror();
        let (game, people) = (mirror.game(), mirror.people());
        let (setup, state) = (game.setup(), game.state());
        if state.closed() {
            break;
        }
        let me = mirror.me();
        let facilitates = me.is_some_and(|me| me.role == Role::Facilitator);
        let own_turn = me.is_some_and(|me| me.seats.has(state.seat()));
        let last = mirror.last();
        let ask = if people.paused {
            None
        } else if state.path_complete(setup) {
            facilitates.then_some(Ask::Act { seat: None, command: Command::Close })
        } else if own_turn && voted != Some(last) {
            next_ask(game)
        } else {
            None
        };
        match ask.map(|ask| session.ask(By::Room, ask)).transpose()? {
            None => session.wait()?,
            Some(Answer::Done { .. }) => {}
            Some(Answer::Counted { .. }) => voted = Some(last),
            // What others did meanwhile is on its way: it is looked at again.
            Some(Answer::Denied(
                Denied::MovedOn | Denied::Paused | Denied::NotYourSeat { .. } | Denied::OnlyTheSpeaker { .. },
            )) if session.mirror().last() == last => session.wait()?,
            Some(Answer::Denied(
                Denied::MovedOn | Denied::Paused | Denied::NotYourSeat { .. } | Denied::OnlyTheSpeaker { .. },
            )) => {}
            Some(Answer::Denied(denied)) => return Err(refusal(session, denied)),
        }
        // Nobody reads what others say; but whoever looks at this later sees who came in vain.
        for name in terminal::knocks(session) {
            out::folded(&session.language().with("online-knocks-in-vain", &[("name", (&name).into())]))?;
        }
        shown = session.tell(shown)?;
    }
    for line in say::ending(&session.view()) {
        out::line(line)?;
    }
    Ok(())
}

/// What the acting seat does next.
fn next_ask(game: &Game) -> Option<Ask> {
    // The players' chance comes from where the game stands, so that a game that was cut off goes on just as it would
    // have gone.
    let mut dice = Dice::new(salt(game.log().first().map(|e| e.event)) ^ u64::from(game.state().steps()));
    let (who, command) = next_command(game, &mut dice, Habit::Uniform)?;
    Some(match (command, who.seat) {
        (Command::Mend(_), Some(seat)) => Ask::Mend { seat, step: STEP.into() },
        (command, seat) => Ask::Act { seat, command },
    })
}

fn refusal(session: &Session, denied: Denied) -> Problem {
    Problem::Wrong(format!("A scripted player was refused: {}", refused::denied(&session.view(), denied)))
}

fn act(session: &mut Session, ask: Ask) -> Result<(), Problem> {
    match session.ask(By::Room, ask)? {
        Answer::Denied(denied) => Err(refusal(session, denied)),
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
