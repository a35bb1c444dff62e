//! Brings a table to the moment that a picture is to show: scripted players play until it has come.

use std::time::{Duration, Instant};

use instep_protocol::{Ask, Audience, WordKind};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Event, Game, Perspective};
use instep_ui::{Screen, UiState};
use instep_words::View;

use crate::PlayCall;
use crate::calls::GameCall;
use crate::problem::Problem;
use crate::window::act::with_nonce;
use crate::window::host::Order;
use crate::window::shell::Shell;

/// Longer than anything here takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A moment that is not met with in so many games is in no game.
const GAMES_MAX: u64 = 24;

/// What a scripted player would do to keep a cracked tile.
pub(super) const STEP: &str = "Ring Mrs Okafor on Tuesday and ask what she would change. Amina, by Friday.";

/// Players with their chance, which has nothing to do with the table's.
pub(super) struct Director {
    dice: Dice,
    seed: u64,
}

impl Default for Director {
    fn default() -> Self {
        Self { dice: Dice::new(4), seed: 0 }
    }
}

impl Director {
    /// Begins a game, always the same one for the same number of games before it.
    pub(super) fn begin(&mut self, shell: &mut Shell) -> Result<(), Problem> {
        self.seed += 1;
        shell.left();
        let call = PlayCall {
            game: GameCall { new: true, outcomes: Some(7), ..GameCall::default() },
            seed: Some(self.seed.to_string()),
            data: Some(shell.data.clone()),
            ..PlayCall::default()
        };
        shell.host.order(Order::Call(Box::new(call)));
        wait(shell, "the table", |shell| shell.state.screen == Screen::Table)?;
        shell.known.notices.clear();
        for (seat, name) in Perspective::ALL.into_iter().zip(["Robins", "Harbour", "Night shift", "Third floor"]) {
            let (kind, audience) = (WordKind::TeamName, Audience::Everyone);
            let ask = Ask::Note { seat: Some(seat), kind, audience, text: name.into(), nonce: [0; 16] };
            self.ask(shell, with_nonce(ask))?;
        }
        Ok(())
    }

    /// Leaves for Home.
    pub(super) fn home(&mut self, shell: &mut Shell) -> Result<(), Problem> {
        shell.left();
        wait(shell, "Home", |shell| !shell.known.packs.is_empty())
    }

    /// Asks the table, and waits for what comes of it.
    pub(super) fn ask(&mut self, shell: &mut Shell, ask: Ask) -> Result<(), Problem> {
        let before = answered(shell);
        shell.ask(ask);
        wait(shell, "an answer", |shell| answered(shell) > before)
    }

    /// Plays on until `here`, in this game or in the next in which it happens. What a moment is, is asked with the
    /// game and with how long its log was before the last command.
    pub(super) fn until(
        &mut self,
        shell: &mut Shell,
        what: &str,
        here: impl Fn(&View<'_>, usize) -> bool,
    ) -> Result<(), Problem> {
        for _ in 0..GAMES_MAX {
            if shell.known.table.is_none() || game(shell).is_some_and(|game| game.state().closed()) {
                self.begin(shell)?;
            }
            let mut from = game(shell).map_or(0, |game| game.log().len());
            loop {
                if view(shell, |view| here(view, from)) {
                    return Ok(());
                }
                from = game(shell).map_or(0, |game| game.log().len());
                if !self.step(shell)? {
                    break;
                }
            }
            shell.left();
        }
        Err(Problem::Machine(format!("No game came to this moment: {what}.")))
    }

    /// One command of the scripted players; false where the game is over for them.
    pub(super) fn step(&mut self, shell: &mut Shell) -> Result<bool, Problem> {
        let Some(game) = game(shell) else { return Ok(false) };
        if game.state().path_complete(game.setup()) {
            return Ok(false);
        }
        let Some((who, command)) = next_command(game, &mut self.dice, Habit::Finisher) else { return Ok(false) };
        let ask = match (command, who.seat) {
            (Command::Mend(_), Some(seat)) => Ask::Mend { seat, step: STEP.into() },
            (command, seat) => Ask::Act { seat, command },
        };
        // Only what comes of the last command is seen to happen.
        shell.state.finish();
        self.ask(shell, ask)?;
        Ok(true)
    }
}

fn game(shell: &Shell) -> Option<&Game> {
    shell.known.table.as_ref().map(|table| table.mirror.game())
}

fn view(shell: &Shell, f: impl FnOnce(&View<'_>) -> bool) -> bool {
    shell.known.table.as_ref().is_some_and(|table| f(&table.view(&shell.known.language)))
}

/// The number of requests that were answered, by what the mirror knows.
fn answered(shell: &Shell) -> u32 {
    shell.answered
}

/// Waits until what was asked for has come.
pub(super) fn wait(shell: &mut Shell, what: &str, here: impl Fn(&Shell) -> bool) -> Result<(), Problem> {
    let begun = Instant::now();
    while !here(shell) {
        if begun.elapsed() > PATIENCE {
            let said = shell.known.notices.join(" ");
            return Err(Problem::Machine(format!("Waited for {what} in vain. {said}")));
        }
        std::thread::sleep(Duration::from_millis(1));
        shell.hear();
    }
    Ok(())
}

/// Whether an event that fits came with the last command.
pub(super) fn just(view: &View<'_>, from: usize, fits: impl Fn(&Event) -> bool) -> bool {
    view.game.log().get(from..).is_some_and(|new| new.iter().any(|entry| fits(&entry.event)))
}

/// Puts everything away that lies over the screen.
pub(super) fn clear(state: &mut UiState) {
    state.overlays.clear();
}
