//! People play in a terminal: the text twin of the board, and one line at a time to answer it.

mod prompt;
mod read;

use std::path::Path;
use std::sync::{Arc, Mutex};

use instep_protocol::{Answer, Ask, WordKind};
use instep_rules::{Event, Perspective};
use instep_words::{say, twin};
use rustyline::error::ReadlineError;
use rustyline::{Cmd, ConditionalEventHandler, DefaultEditor, EventContext, EventHandler, KeyEvent, RepeatCount};

use super::session::{By, Session};
use super::{refused, words};
use crate::out;
use crate::problem::Problem;
use read::{Page, Said};

/// Plays until the people leave.
pub(crate) fn play(session: &mut Session) -> Result<(), Problem> {
    let mut keyboard = Keyboard::new()?;
    for line in session.greeting.clone() {
        show(&line)?;
    }
    if let Some(text) = session.packs().first().strings.get("opening_words").cloned() {
        show("")?;
        show(&text)?;
    }
    show("")?;
    show("Everything is kept as you go. Type a key and press Enter; ? lists all keys, q leaves.")?;
    let mut shown = session.mirror().game().log().len();
    for part in [twin::path(&session.view()), twin::card(&session.view())] {
        if !part.is_empty() {
            show("")?;
        }
        show_all(&part)?;
    }
    loop {
        prompt::show(session)?;
        let line = match keyboard.line()? {
            Typed::Line(line) => line,
            Typed::PutAside => {
                show("That line was put aside: the up arrow brings it back. q leaves.")?;
                continue;
            }
            Typed::Leave => break,
        };
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        keyboard.remember(line);
        match read::read(session, line) {
            Said::Unknown(help) => {
                show(&help)?;
                keyboard.again(line)?;
            }
            Said::Show(what) => page(session, what)?,
            Said::Export(dir) => match crate::export::write(&session.stored()?, Path::new(&dir)) {
                Ok(()) => show(&format!("The record is in {dir}."))?,
                Err(problem) => {
                    show(&problem.to_string())?;
                    keyboard.again(line)?;
                }
            },
            Said::Leave => break,
            Said::Ask { by, ask, reason } => {
                let seat = session.mirror().game().state().seat();
                let names = matches!(ask, Ask::Note { kind: WordKind::TeamName, .. });
                // A table that stops takes nothing with it that was typed.
                let unkept = |trouble: Problem| trouble.and(&format!("This was not kept: {line}"));
                let answer = session.ask(by, ask).map_err(unkept)?;
                match answer {
                    Answer::Denied(denied) => {
                        show(&refused::denied(&session.view(), denied))?;
                        keyboard.again(line)?;
                    }
                    Answer::Counted { votes, of } => show(&format!("{votes} of {of} have voted."))?,
                    Answer::Done { word, .. } => {
                        if let Some(reason) = reason {
                            keep_reason(session, seat, &reason).map_err(unkept)?;
                        }
                        if shown == session.mirror().game().log().len() {
                            show(match word {
                                Some(_) if names => "The team's name is kept.",
                                Some(_) => "Your note is kept.",
                                None => "Done.",
                            })?;
                        } else {
                            news(session, shown)?;
                            shown = session.mirror().game().log().len();
                        }
                    }
                }
            }
        }
    }
    show("")?;
    show_all(&say::ending(&session.view()))?;
    if !session.mirror().game().state().closed() {
        show("To go on where you left: the same command again.")?;
    }
    Ok(())
}

// The keyboard

/// From so many words on, a line that was refused comes back.
const WORDS_BACK_MIN: usize = 4;

/// What came from the keyboard.
enum Typed {
    Line(String),
    /// Ctrl+C in the midst of a line.
    PutAside,
    Leave,
}

struct Keyboard {
    editor: DefaultEditor,
    /// What stood in the line when Ctrl+C was pressed: nothing typed is lost.
    cut_off: Arc<Mutex<String>>,
    /// What was refused comes back to be changed.
    again: String,
}

/// Notes what stands in the line; Ctrl+C then does what it always does.
struct NoteLine(Arc<Mutex<String>>);

impl ConditionalEventHandler for NoteLine {
    fn handle(&self, _: &rustyline::Event, _: RepeatCount, _: bool, line: &EventContext<'_>) -> Option<Cmd> {
        if let Ok(mut cut_off) = self.0.lock() {
            line.line().clone_into(&mut cut_off);
        }
        None
    }
}

impl Keyboard {
    fn new() -> Result<Self, Problem> {
        let mut editor = DefaultEditor::new()
            .map_err(|e| Problem::Machine(format!("This terminal can't be read from ({e}): try another one.")))?;
        let cut_off = Arc::<Mutex<String>>::default();
        let note = EventHandler::Conditional(Box::new(NoteLine(Arc::clone(&cut_off))));
        editor.bind_sequence(KeyEvent::ctrl('C'), note);
        Ok(Self { editor, cut_off, again: String::new() })
    }

    fn line(&mut self) -> Result<Typed, Problem> {
        loop {
            let again = std::mem::take(&mut self.again);
            match self.editor.readline_with_initial("> ", (&again, "")) {
                Ok(line) => return Ok(Typed::Line(line)),
                Err(ReadlineError::Interrupted) => {
                    let line = self.cut_off.lock().map(|mut line| std::mem::take(&mut *line)).unwrap_or_default();
                    if line.trim().is_empty() {
                        return Ok(Typed::Leave);
                    }
                    self.remember(&line);
                    return Ok(Typed::PutAside);
                }
                Err(ReadlineError::Eof) => return Ok(Typed::Leave),
                // The window's size changed, or the like.
                Err(ReadlineError::Signal(_)) => {}
                Err(e) => {
                    return Err(Problem::Machine(format!(
                        "This terminal can't be read from any more ({e}); everything is kept: start again."
                    )));
                }
            }
        }
    }

    fn remember(&mut self, line: &str) {
        // Only for the up arrow.
        let _ = self.editor.add_history_entry(line);
    }

    /// A line of some words comes back to be changed. A short one is as soon typed anew, and would be in
    /// the way of the next key; the up arrow has it.
    fn again(&mut self, line: &str) -> Result<(), Problem> {
        if line.split_whitespace().count() < WORDS_BACK_MIN {
            return Ok(());
        }
        line.clone_into(&mut self.again);
        show("(What you typed is back, to be changed; Ctrl+C puts it aside.)")
    }
}

// The screen

/// Shows a line, folded to the terminal's width.
fn show(line: &str) -> Result<(), Problem> {
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(36, 100);
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let options = textwrap::Options::new(width).subsequent_indent(&indent);
    textwrap::wrap(line, options).into_iter().try_for_each(out::line)
}

fn show_all(lines: &[String]) -> Result<(), Problem> {
    lines.iter().try_for_each(|line| show(line))
}

/// What just happened, the path where it changed, and a card that is new: what people look at next.
fn news(session: &Session, shown: usize) -> Result<(), Problem> {
    let view = session.view();
    let fresh = &view.game.log()[shown..];
    show("")?;
    for line in fresh.iter().filter_map(|entry| say::entry(&view, entry)) {
        show(&line)?;
    }
    let path = |e: &Event| {
        matches!(
            e,
            Event::TilePlaced { .. }
                | Event::TileCracked { .. }
                | Event::TileMended { .. }
                | Event::TileLifted { .. }
                | Event::Undone { .. }
        )
    };
    let card = |e: &Event| matches!(e, Event::CardDrawn { .. } | Event::Undone { .. });
    if fresh.iter().any(|e| path(&e.event)) {
        show("")?;
        show_all(&twin::path(&view))?;
    }
    let turn = |e: &Event| matches!(e, Event::TurnEnded { .. } | Event::OpeningEnded { .. });
    if fresh.iter().any(|e| turn(&e.event)) && !view.state().closed() {
        show("")?;
        // The die is nobody's yet in a turn that begins.
        show_all(&twin::turn(&view)[..1])?;
    }
    if fresh.iter().any(|e| card(&e.event)) {
        let lines = twin::card(&view);
        if !lines.is_empty() {
            show("")?;
        }
        show_all(&lines)?;
    }
    Ok(())
}

fn page(session: &Session, what: Page) -> Result<(), Problem> {
    let view = session.view();
    let lines = match what {
        Page::Help => prompt::help(),
        Page::Path => twin::path(&view),
        Page::Board => {
            let mut lines = twin::turn(&view);
            lines.extend(twin::board(&view));
            lines.extend(twin::decks(&view));
            lines
        }
        Page::Log => view.game.log().iter().filter_map(|e| say::entry(&view, e)).collect(),
        Page::Words => say::words(&view),
        Page::Table => twin::whole(&view),
    };
    if lines.is_empty() {
        return show("Nothing yet.");
    }
    show_all(&lines)
}

/// Why somebody chose as they did is kept as a note, in pieces if it is long: nothing said is refused.
fn keep_reason(session: &mut Session, seat: Perspective, reason: &str) -> Result<(), Problem> {
    for piece in read::pieces(reason) {
        let note = words::note(Some(seat), WordKind::Reason, &piece);
        if let Answer::Denied(denied) = session.ask(By::Room, note)? {
            let why = refused::denied(&session.view(), denied);
            show(&format!("{why} This was not kept: {piece}"))?;
        }
    }
    Ok(())
}

impl Said {
    fn ask(by: By, ask: Ask) -> Self {
        Self::Ask { by, ask, reason: None }
    }
}
