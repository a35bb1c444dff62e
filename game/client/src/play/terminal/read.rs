//! What a line at the prompt means.

use instep_protocol::{Ask, WordKind};
use instep_rules::{Command, Direction, Legal, Outcome, Perspective, Tile};

use super::online;
use crate::play::session::{By, Session};
use crate::play::{lookup, words};

/// What a line at the prompt means.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// Something to ask the table, and why, where that was typed with it.
    Ask {
        by: By,
        ask: Ask,
        reason: Option<String>,
    },
    /// One after the other, as long as none is refused.
    AskAll(Vec<Ask>),
    Show(Page),
    Export(String),
    Leave,
    /// Nothing that is known: what would help.
    Unknown(String),
}

/// What can be looked at at any time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Page {
    Help,
    Path,
    Board,
    Log,
    Words,
    Table,
    /// Who is where.
    Seats,
    /// Who waits to be let in.
    Waiting,
    Invite,
    Chat,
}

/// Text in pieces of at most 500 characters, parted between words.
pub(super) fn pieces(text: &str) -> Vec<String> {
    textwrap::wrap(text, textwrap::Options::new(500).break_words(true)).into_iter().map(|p| p.into_owned()).collect()
}

/// The first piece, and the others as one text, if there are any.
fn first_piece(text: &str) -> (String, Option<String>) {
    let mut parts = pieces(text).into_iter();
    let first = parts.next().unwrap_or_default();
    let rest: Vec<String> = parts.collect();
    (first, (!rest.is_empty()).then(|| rest.join(" ")))
}

/// What a line means here and now.
pub(super) fn read(session: &Session, line: &str) -> Said {
    let (key, rest) = words::split(line);
    let seat = session.mirror().game().state().seat();
    let act = |command| Said::ask(By::Room, Ask::Act { seat: Some(seat), command });
    // Anything typed after a key is why, and is kept.
    let with_why = |command| Said::Ask {
        by: By::Room,
        ask: Ask::Act { seat: Some(seat), command },
        reason: (!rest.is_empty()).then(|| rest.to_owned()),
    };
    let note = |text: &str| {
        let (first, reason) = first_piece(text);
        Said::Ask { by: By::Room, ask: words::note(None, WordKind::Note, &first), reason }
    };
    if let Ok(n) = key.parse::<u8>() {
        return number(session, session.mirror().legal(), n, rest);
    }
    let key = key.to_lowercase();
    if let Some(said) = online::read(session, &key, rest) {
        return said;
    }
    // What follows a key that takes no words is not dropped: it may be the beginning of a sentence.
    let alone = |said| match (rest, key.as_str()) {
        ("", _) => said,
        (_, "x") => Said::Unknown("x stands alone: nobody gives a reason. n WORDS keeps a note.".into()),
        (_, key) => Said::Unknown(format!("{key} stands alone. n WORDS keeps a note.")),
    };
    match key.as_str() {
        "?" | "help" => alone(Said::Show(Page::Help)),
        "p" | "path" => alone(Said::Show(Page::Path)),
        "w" | "where" => alone(Said::Show(Page::Board)),
        "g" | "log" => alone(Said::Show(Page::Log)),
        "notes" => alone(Said::Show(Page::Words)),
        "again" => alone(Said::Show(Page::Table)),
        "q" | "quit" | "exit" => alone(Said::Leave),
        "export" if rest.is_empty() => Said::Unknown("Name a folder after export.".into()),
        "export" => Said::Export(rest.to_owned()),
        "r" if rest.is_empty() => act(Command::Roll),
        "r" => match rest.parse() {
            Ok(face) => act(Command::RollTyped(face)),
            Err(_) => Said::Unknown("After r stands the face of a real die, or nothing.".into()),
        },
        "f" => with_why(Command::Walk(Direction::Forward)),
        "b" => with_why(Command::Walk(Direction::Back)),
        "t" => with_why(Command::EndTalk),
        "l" => with_why(Command::LetGo),
        "x" => alone(act(Command::Pass)),
        "d" => alone(act(Command::Redraw)),
        "m" | "mend" if rest.is_empty() => Said::Unknown("After m stands a real step, and who takes it.".into()),
        // The step itself has its first 500 characters; what is over is kept as notes.
        "m" | "mend" => {
            let (step, reason) = first_piece(rest);
            Said::Ask { by: By::Room, ask: Ask::Mend { seat, step }, reason }
        }
        "n" | "note" if rest.is_empty() => Said::Unknown("After n stands your note.".into()),
        "n" | "note" => note(rest),
        "h" => match rest.to_lowercase().as_str() {
            "" | "up" => Said::ask(By::Room, Ask::Hand(true)),
            "down" => Said::ask(By::Room, Ask::Hand(false)),
            _ => Said::Unknown("After h stands up or down, or nothing. n WORDS keeps a note.".into()),
        },
        "u" if rest.is_empty() => act(Command::Undo(1)),
        "u" => match rest.parse() {
            Ok(steps @ 1..) => act(Command::Undo(steps)),
            _ => Said::Unknown("After u stands how many steps, or nothing.".into()),
        },
        key => in_words(session, line, key, seat),
    }
}

/// The words of a script are taken too, with the seat or without.
fn in_words(session: &Session, line: &str, first: &str, seat: Perspective) -> Said {
    let packs = session.packs();
    if words::is_verb(first) {
        return match words::what(packs, Some(seat), line) {
            Ok(ask) => Said::ask(By::Room, ask),
            Err(why) => Said::Unknown(why),
        };
    }
    let second = words::split(words::split(line).1).0;
    match words::parse(packs, line) {
        Ok((by, ask)) => Said::ask(by, ask),
        // Somebody who names a command means one.
        Err(why) if words::is_verb(second) => Said::Unknown(why),
        Err(_) => Said::Unknown(format!("\"{line}\" is not known here: ? lists the keys; n WORDS keeps a note.")),
    }
}

/// A number is a stone, or an option of the card.
fn number(session: &Session, legal: Legal, n: u8, rest: &str) -> Said {
    let packs = session.packs();
    let seat = Some(session.mirror().game().state().seat());
    let Some(index) = n.checked_sub(1) else { return Said::Unknown("Stones are counted from 1.".into()) };
    let ask = |command, why: &str| Said::Ask {
        by: By::Room,
        ask: Ask::Act { seat, command },
        reason: (!why.is_empty()).then(|| why.to_owned()),
    };
    if legal.choose != 0 {
        return ask(Command::Choose(index), rest);
    }
    let lays = !legal.place.is_empty();
    let tiles = if lays { legal.place } else { legal.remove };
    let command = |tile: Tile| {
        if lays { Command::Place(tile.colour, tile.outcome) } else { Command::Remove(tile.colour, tile.outcome) }
    };
    if tiles.is_empty() {
        return Said::Unknown("No stone is asked for now.".into());
    }
    if usize::from(index) >= packs.outcomes().len() {
        return Said::Unknown(format!("There is no stone {n}: they are counted from 1 to {}.", packs.outcomes().len()));
    }
    let outcome = Outcome(index);
    let (first, why) = words::split(rest);
    let here: Vec<Tile> = tiles.iter().filter(|t| t.outcome == outcome).collect();
    // A single letter is a colour; a longer word may be the beginning of a reason.
    let several = here.len() > 1;
    let named = lookup::perspective(packs, first).filter(|_| several || first.chars().count() == 1);
    match (here.as_slice(), named) {
        (_, Some(colour)) => ask(command(Tile::new(colour, outcome)), why),
        ([tile], None) => ask(command(*tile), rest),
        ([], None) => {
            // The rules say why that stone can't be chosen.
            let colour = tiles.iter().next().map_or(Perspective::First, |t| t.colour);
            ask(command(Tile::new(colour, outcome)), rest)
        }
        (several, None) => {
            let colours: Vec<String> =
                several.iter().map(|t| format!("{n} {}", packs.perspectives()[t.colour.index()].letter)).collect();
            Said::Unknown(format!("Which colour? Type {}.", colours.join(" or ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_parted_and_none_is_lost() {
        let text = "word ".repeat(400) + &"x".repeat(1_200);
        let parts = pieces(&text);
        assert!(parts.iter().all(|p| p.chars().count() <= 500));
        assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
    }
}
