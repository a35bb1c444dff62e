//! People play in a terminal: the text twin of the board, and one line at a time to answer it.

mod keyboard;
mod online;
mod others;
mod prompt;
mod read;

use std::path::Path;

use instep_protocol::{Answer, Ask, WordKind};
use instep_rules::{Event, Perspective};
use instep_words::{say, twin};

use super::session::{By, Session};
use super::{refused, words};
use crate::out::folded as show;
use crate::problem::Problem;
use keyboard::{Keyboard, Stir, Typed};
pub(crate) use online::invite;
pub(crate) use others::knocks;
use read::{Page, Said};

/// Plays until the people leave.
pub(crate) fn play(session: &mut Session) -> Result<(), Problem> {
    let mut keyboard = Keyboard::new(session.waker().as_ref())?;
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
    // Leaving was asked for, and was said to close the table for others.
    let mut told = false;
    for part in [twin::path(&session.view()), twin::card(&session.view())] {
        if !part.is_empty() {
            show("")?;
        }
        show_all(&part)?;
    }
    loop {
        show_all(&keyboard.take_held())?;
        let happened = session.take_happened();
        show_all(&others::lines(session, &happened))?;
        if shown != session.mirror().game().log().len() {
            show_all(&news(session, shown))?;
            shown = session.mirror().game().log().len();
        }
        show("")?;
        show_all(&prompt::lines(session))?;
        let line = match line(session, &mut keyboard, &mut shown)? {
            Typed::Line(line) => line,
            Typed::PutAside => {
                show("That line was put aside: the up arrow brings it back. q leaves.")?;
                continue;
            }
            Typed::Leave => {
                if leaves(session, &mut told)? {
                    break;
                }
                continue;
            }
        };
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        keyboard.remember(line);
        let said = read::read(session, line);
        told &= matches!(said, Said::Leave);
        match said {
            Said::Unknown(help) => {
                show(&help)?;
                again(&mut keyboard, line)?;
            }
            Said::Show(what) => page(session, what)?,
            Said::Export(dir) => match session.record(Path::new(&dir)) {
                Ok(()) => show(&format!("The record is in {dir}."))?,
                Err(problem) => {
                    show(&problem.to_string())?;
                    again(&mut keyboard, line)?;
                }
            },
            Said::Leave if leaves(session, &mut told)? => break,
            Said::Leave => {}
            Said::Ask { by, ask, reason } => {
                asked(session, &mut keyboard, &mut shown, line, by, ask, reason)?;
            }
            Said::AskAll(asks) => {
                for ask in asks {
                    if !asked(session, &mut keyboard, &mut shown, line, By::Room, ask, None)? {
                        break;
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

/// Whether to leave now. Where that closes the table for others, it is said first: the second time in a row leaves.
fn leaves(session: &Session, told: &mut bool) -> Result<bool, Problem> {
    match others::left_behind(session) {
        Some(what) if !std::mem::replace(told, true) => show(&what).map(|()| false),
        _ => Ok(true),
    }
}

/// Waits for a line, and shows meanwhile what others do.
fn line(session: &mut Session, keyboard: &mut Keyboard, shown: &mut usize) -> Result<Typed, Problem> {
    keyboard.read();
    loop {
        match keyboard.next() {
            Stir::Typed(typed) => return typed,
            Stir::News => {
                let before = prompt::lines(session);
                if let Err(problem) = session.hear() {
                    return over(session, keyboard, problem);
                }
                let happened = session.take_happened();
                let mut lines = others::lines(session, &happened);
                if *shown != session.mirror().game().log().len() {
                    lines.extend(news(session, *shown));
                    *shown = session.mirror().game().log().len();
                }
                let now = prompt::lines(session);
                if now != before {
                    lines.push(String::new());
                    lines.extend(now);
                }
                if !lines.is_empty() {
                    keyboard.show(&lines);
                }
            }
        }
    }
}

/// The table is gone while somebody types: what they typed is told, and the terminal is left as it was found.
fn over(session: &Session, keyboard: &mut Keyboard, problem: Problem) -> Result<Typed, Problem> {
    keyboard.show(&[problem.to_string(), session.language().text("terminal-enter-leaves")]);
    loop {
        match keyboard.next() {
            Stir::News => {}
            Stir::Typed(Ok(Typed::Line(line))) if !line.trim().is_empty() => return Err(problem.and(&unkept(&line))),
            Stir::Typed(_) => return Err(problem),
        }
    }
}

fn unkept(line: &str) -> String {
    format!("This was not kept: {line}")
}

/// Asks the table for what a line means. Whether it was not refused.
fn asked(
    session: &mut Session,
    keyboard: &mut Keyboard,
    shown: &mut usize,
    line: &str,
    by: By,
    ask: Ask,
    reason: Option<String>,
) -> Result<bool, Problem> {
    let seat = session.mirror().game().state().seat();
    let names = matches!(ask, Ask::Note { kind: WordKind::TeamName, .. });
    let chats = matches!(ask, Ask::Chat { .. });
    // A table that stops takes nothing with it that was typed.
    let unkept = |trouble: Problem| trouble.and(&unkept(line));
    match session.ask(by, ask).map_err(unkept)? {
        Answer::Denied(denied) => {
            show(&refused::denied(&session.view(), denied))?;
            again(keyboard, line)?;
            return Ok(false);
        }
        Answer::Counted { votes, of } => show(&format!("{votes} of {of} have voted."))?,
        Answer::Done { word, .. } => {
            session.knows_own(word);
            if let Some(reason) = reason {
                keep_reason(session, seat, &reason).map_err(unkept)?;
            }
            if *shown == session.mirror().game().log().len() {
                show(match word {
                    Some(_) if names => "The team's name is kept.",
                    Some(_) if chats => "Said.",
                    Some(_) => "Your note is kept.",
                    None => "Done.",
                })?;
            } else {
                show_all(&news(session, *shown))?;
                *shown = session.mirror().game().log().len();
            }
        }
    }
    Ok(true)
}

/// From so many words on, a line that was refused comes back.
const WORDS_BACK_MIN: usize = 4;

/// A line of some words comes back to be changed. A short one is as soon typed anew, and would be in the way of the
/// next key; the up arrow has it.
fn again(keyboard: &mut Keyboard, line: &str) -> Result<(), Problem> {
    if line.split_whitespace().count() < WORDS_BACK_MIN {
        return Ok(());
    }
    keyboard.begin_with(line);
    show("(What you typed is back, to be changed; Ctrl+C puts it aside.)")
}

// The screen

fn show_all(lines: &[String]) -> Result<(), Problem> {
    lines.iter().try_for_each(|line| show(line))
}

/// What just happened, the path where it changed, and a card that is new: what people look at next.
fn news(session: &Session, shown: usize) -> Vec<String> {
    let view = session.view();
    let log = view.game.log();
    let fresh = &log[shown.min(log.len())..];
    let mut lines = vec![String::new()];
    lines.extend(fresh.iter().filter_map(|entry| say::entry(&view, entry)));
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
        lines.push(String::new());
        lines.extend(twin::path(&view));
    }
    let turn = |e: &Event| matches!(e, Event::TurnEnded { .. } | Event::OpeningEnded { .. });
    if fresh.iter().any(|e| turn(&e.event)) && !view.state().closed() {
        lines.push(String::new());
        // The die is nobody's yet in a turn that begins.
        lines.extend(twin::turn(&view).into_iter().take(1));
    }
    if fresh.iter().any(|e| card(&e.event)) {
        let card = twin::card(&view);
        if !card.is_empty() {
            lines.push(String::new());
        }
        lines.extend(card);
    }
    lines
}

fn page(session: &Session, what: Page) -> Result<(), Problem> {
    let view = session.view();
    let lines = match what {
        Page::Help => prompt::help(session),
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
        Page::Seats => online::seats(session),
        Page::Waiting => online::waiting(session),
        Page::Invite => online::invite(session),
        Page::Chat => others::chat(session),
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
