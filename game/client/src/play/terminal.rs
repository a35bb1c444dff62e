//! People play in a terminal: the text twin of the board, and one line at a time to answer it.

use std::path::Path;

use instep_protocol::{Answer, Ask, WordKind};
use instep_rules::{Command, Direction, Event, Legal, Outcome, Perspective, Phase, Tile, TileSet};
use rustyline::error::ReadlineError;

use super::session::{By, Session};
use super::{lookup, say, script, twin};
use crate::problem::Problem;

/// What a line at the prompt means.
#[derive(Debug, PartialEq)]
enum Said {
    Ask(By, Ask, Option<String>),
    Show(Page),
    Export(String),
    Leave,
    /// Nothing that is known: what would help.
    Unknown(String),
}

/// What can be looked at at any time.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Page {
    Help,
    Path,
    Board,
    Log,
    Words,
    Table,
}

/// Plays until the people leave.
pub(crate) fn play(session: &mut Session) -> Result<(), Problem> {
    let mut editor = rustyline::DefaultEditor::new()
        .map_err(|e| Problem::Machine(format!("This terminal can't be read from ({e}): try another one.")))?;
    for line in session.greeting.clone() {
        show(&line);
    }
    if let Some(text) = session.packs().first().strings.get("opening_words").cloned() {
        show("");
        show(&text);
    }
    show("");
    show("Everything is kept as you go. Type a key and press Enter; ? lists all keys, q leaves.");
    let mut shown = session.mirror().game().log().len();
    page(session, Page::Table);
    // What was refused comes back to be changed: nothing typed is lost by a refusal.
    let mut again = String::new();
    loop {
        prompt(session);
        let line = match editor.readline_with_initial("> ", (&std::mem::take(&mut again), "")) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted | ReadlineError::Eof) => "q".into(),
            Err(e) => {
                return Err(Problem::Machine(format!(
                    "This terminal can't be read from any more ({e}); everything is kept: start again."
                )));
            }
        };
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let _ = editor.add_history_entry(line);
        match read(session, line) {
            Said::Unknown(help) => {
                show(&help);
                if line.contains(' ') {
                    line.clone_into(&mut again);
                }
            }
            Said::Show(what) => page(session, what),
            Said::Export(dir) => match crate::export::write(&session.stored()?, Path::new(&dir)) {
                Ok(()) => show(&format!("The record is in {dir}.")),
                Err(problem) => show(&problem.to_string()),
            },
            Said::Leave => break,
            Said::Ask(by, ask, reason) => {
                let seat = session.mirror().game().state().seat();
                let answer = session.ask(by, ask)?;
                match answer {
                    Answer::Denied(denied) => {
                        show(&say::denied(session, denied));
                        if line.contains(' ') {
                            line.clone_into(&mut again);
                        }
                    }
                    Answer::Counted { votes, of } => show(&format!("{votes} of {of} have voted.")),
                    Answer::Done { word, .. } => {
                        if let Some(reason) = reason {
                            keep_reason(session, seat, &reason)?;
                        }
                        let log = &session.mirror().game().log()[shown..];
                        let lines: Vec<String> = log.iter().filter_map(|e| say::entry(session, e)).collect();
                        if lines.is_empty() {
                            show(if word.is_some() { "Your note is kept." } else { "Done." });
                        } else {
                            show("");
                            lines.iter().for_each(|line| show(line));
                            news(session, shown);
                            shown = session.mirror().game().log().len();
                        }
                    }
                }
            }
        }
    }
    show("");
    for line in say::ending(session).lines() {
        show(line);
    }
    if !session.mirror().game().state().closed() {
        show("To go on where you left: the same command again.");
    }
    Ok(())
}

/// The path where it changed, and a card that is new: what people look at next, and no more.
fn news(session: &Session, shown: usize) {
    let fresh = &session.mirror().game().log()[shown..];
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
        show("");
        page(session, Page::Path);
    }
    if fresh.iter().any(|e| matches!(e.event, Event::TurnEnded { .. } | Event::OpeningEnded { .. })) {
        turn_begins(session);
    }
    if fresh.iter().any(|e| card(&e.event)) {
        let lines = twin::card(session);
        if !lines.is_empty() {
            show("");
        }
        lines.iter().for_each(|line| show(line));
    }
}

/// A line between turns, with whose turn begins and where they stand.
fn turn_begins(session: &Session) {
    let game = session.mirror().game();
    let (board, state) = (game.setup().board(), game.state());
    if state.closed() {
        return;
    }
    let about = &session.packs().perspectives()[state.seat().index()];
    let at = usize::from(state.counter(state.seat()));
    let there = board.get(at).map_or_else(String::new, |s| say::space(session.packs(), *s));
    show("");
    show(&format!("TURN {}: {} ({}), on space {at}, {there}", state.turns() + 1, about.name, about.letter));
}

/// Why somebody chose as they did is kept as a note, in pieces if it is long: nothing said is refused.
fn keep_reason(session: &mut Session, seat: Perspective, reason: &str) -> Result<(), Problem> {
    for piece in pieces(reason) {
        session.ask(By::Room, script::note(Some(seat), WordKind::Reason, &piece))?;
    }
    Ok(())
}

/// Text in pieces of at most 500 characters, parted between words.
fn pieces(text: &str) -> Vec<String> {
    textwrap::wrap(text, textwrap::Options::new(500).break_words(true)).into_iter().map(|p| p.into_owned()).collect()
}

/// Shows a line, folded to the terminal's width.
fn show(line: &str) {
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(36, 100);
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let options = textwrap::Options::new(width).subsequent_indent(&indent);
    for folded in textwrap::wrap(line, options) {
        println!("{folded}");
    }
}

fn page(session: &Session, what: Page) {
    let lines = match what {
        Page::Help => help(),
        Page::Path => twin::path(session),
        Page::Board => twin::board(session),
        Page::Log => session.mirror().game().log().iter().filter_map(|e| say::entry(session, e)).collect(),
        Page::Words => say::words(session),
        Page::Table => {
            let mut lines = vec![String::new()];
            lines.extend(twin::path(session));
            let card = twin::card(session);
            if !card.is_empty() {
                lines.push(String::new());
                lines.extend(card);
            }
            lines
        }
    };
    if lines.is_empty() {
        show("Nothing yet.");
    }
    lines.iter().for_each(|line| show(line));
}

fn help() -> Vec<String> {
    [
        "KEYS",
        "  r            roll (with a real die: r 4)",
        "  f, b         walk forward, walk back",
        "  t            end the talk",
        "  1, 2, 3 …    the stone, or the card's option; add why if you like: 3 because of the bus",
        "  3 S          the stone and the colour, where any colour may be laid or lifted",
        "  m WORDS      keep a cracked tile: a real step, and who takes it",
        "  l            let a cracked tile go",
        "  x            pass over the card; nobody gives a reason",
        "  n WORDS      keep a note, unsigned",
        "  h            raise a hand",
        "LOOK",
        "  p path · w where the shoes stand · g log · notes · again the table",
        "FACILITATOR",
        "  u, u 3       take back a step, or three",
        "  d            another card from the same deck",
        "  close        close the game",
        "  set NAME VALUE, for example: set real_die on",
        "ANY TIME",
        "  export DIR   write the record into a folder",
        "  q            leave; everything is kept",
    ]
    .map(str::to_owned)
    .into()
}

/// Whose turn it is and what can be done, with its key.
fn prompt(session: &Session) {
    let packs = session.packs();
    let mirror = session.mirror();
    let state = mirror.game().state();
    show("");
    if state.closed() {
        return show("The game is closed. export DIR writes its record, notes lists what was typed, q leaves.");
    }
    let legal = mirror.legal();
    let turn = format!("It is the {} turn.", say::seats(packs, state.seat()));
    let what = match state.phase() {
        Phase::Opening { .. } => {
            format!("What works here already? {}.", stones(session, "Lay", "an opening tile", legal.place))
        }
        Phase::Roll if legal.roll_typed => format!("r and the face of your die, 1 to {}.", state.ruleset().die_faces),
        Phase::Roll => "r rolls the die.".into(),
        Phase::Walk { face } => walk(session, face),
        Phase::Talk { .. } => {
            "Read the card aloud, and talk. t ends the talk, n WORDS keeps a note, x passes over the card.".into()
        }
        Phase::Resolve { card, chosen: None } if legal.choose != 0 => {
            let options = mirror.game().setup().instruction(card);
            let open: Vec<String> =
                (0..3).filter(|n| legal.choose & 1 << n != 0).map(|n| (n + 1).to_string()).collect();
            format!("{} Type {}.", capital(&say::instruction(packs, options)), open.join(" or "))
        }
        Phase::Resolve { .. } if legal.place.is_empty() => {
            format!("{}.", stones(session, "Lift", "any tile", legal.remove))
        }
        Phase::Resolve { .. } => format!("{}.", stones(session, "Lay", "any tile", legal.place)),
        Phase::Mend { tile, .. } => format!(
            "The {} tile on {} is cracked. m WORDS keeps it by a real step and who takes it; l lets it go.",
            say::seat(packs, tile.colour),
            say::stone(packs, tile.outcome)
        ),
    };
    show(&format!("{turn} {what}"));
    if state.pass_asked() {
        show("Somebody asked to pass over this card: x confirms it, decline-pass goes on.");
    }
    if state.path_complete(mirror.game().setup()) {
        show("The path is complete. You may go on; close ends the game.");
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default() + "."
}

fn walk(session: &Session, face: u8) -> String {
    let game = session.mirror().game();
    let board = game.setup().board();
    let (from, len) = (usize::from(game.state().counter(game.state().seat())), board.len());
    let there = |at: usize| format!("space {at}, {}", say::space(session.packs(), board[at]));
    format!(
        "You rolled {face}. f walks forward to {}; b walks back to {}.",
        there((from + usize::from(face)) % len),
        there((from + len - usize::from(face) % len) % len)
    )
}

/// Tiles to choose from: stones by number, with the colours where there are several.
fn stones(session: &Session, verb: &str, any: &str, tiles: TileSet) -> String {
    let packs = session.packs();
    let of_one = |p: &Perspective| tiles.but_not(TileSet::of_colour(*p)).is_empty();
    let name = |o: Outcome| format!("{} {}", o.index() + 1, say::stone(packs, o));
    let stones: Vec<Outcome> = tiles.outcomes().iter().collect();
    if let Some(colour) = Perspective::ALL.into_iter().find(of_one) {
        let list: Vec<String> = stones.into_iter().map(name).collect();
        return format!("{verb} a {} tile; choose a stone: {}", say::seat(packs, colour), list.join(", "));
    }
    let letters = |o: Outcome| {
        let letters: Vec<&str> = tiles
            .iter()
            .filter(|t| t.outcome == o)
            .map(|t| packs.perspectives()[t.colour.index()].letter.as_str())
            .collect();
        format!("{} ({})", name(o), letters.join(" "))
    };
    let list: Vec<String> = stones.into_iter().map(letters).collect();
    format!("{verb} {any}; choose a stone and a letter, like 1 S: {}", list.join(", "))
}

/// What a line means here and now.
fn read(session: &Session, line: &str) -> Said {
    let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let mirror = session.mirror();
    let seat = Some(mirror.game().state().seat());
    let act = |command| Said::Ask(By::Room, Ask::Act { seat, command }, None);
    // Anything typed after a key that stands alone is why, and is kept.
    let with_why =
        |command| Said::Ask(By::Room, Ask::Act { seat, command }, (!rest.is_empty()).then(|| rest.to_owned()));
    if let Ok(n) = key.parse::<u8>() {
        return number(session, mirror.legal(), n, rest);
    }
    match key.to_lowercase().as_str() {
        "?" | "help" => Said::Show(Page::Help),
        "p" | "path" => Said::Show(Page::Path),
        "w" | "where" => Said::Show(Page::Board),
        "g" | "log" => Said::Show(Page::Log),
        "notes" => Said::Show(Page::Words),
        "again" => Said::Show(Page::Table),
        "q" | "quit" => Said::Leave,
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
        "x" => act(Command::Pass),
        "d" => act(Command::Redraw),
        "m" if rest.is_empty() => Said::Unknown("After m stands a real step, and who takes it.".into()),
        "m" => match seat {
            // The step itself has its first 500 characters; what is over is kept as notes.
            Some(seat) => {
                let mut parts = pieces(rest);
                let step = if parts.is_empty() { String::new() } else { parts.remove(0) };
                Said::Ask(By::Room, Ask::Mend { seat, step }, (!parts.is_empty()).then(|| parts.join(" ")))
            }
            None => Said::Unknown("It is nobody's turn.".into()),
        },
        "n" if rest.is_empty() => Said::Unknown("After n stands your note.".into()),
        "n" => {
            let mut parts = pieces(rest);
            let first = if parts.is_empty() { String::new() } else { parts.remove(0) };
            let more = (!parts.is_empty()).then(|| parts.join(" "));
            Said::Ask(By::Room, script::note(None, WordKind::Note, &first), more)
        }
        "h" => Said::Ask(By::Room, Ask::Hand(true), None),
        "u" if rest.is_empty() => act(Command::Undo(1)),
        "u" => match rest.parse() {
            Ok(steps) => act(Command::Undo(steps)),
            Err(_) => Said::Unknown("After u stands how many steps, or nothing.".into()),
        },
        _ => words(session, line, seat),
    }
}

/// The words of a script are taken too, with the seat or without.
fn words(session: &Session, line: &str, seat: Option<Perspective>) -> Said {
    let packs = session.packs();
    let asked = script::what(packs, seat, line).map(|ask| (By::Room, ask));
    match asked.or_else(|why| script::parse(packs, line).map_err(|_| why)) {
        Ok((by, ask)) => Said::Ask(by, ask, None),
        Err(_) => Said::Unknown(format!("\"{line}\" is not known here: ? lists the keys.")),
    }
}

/// A number is a stone, or an option of the card.
fn number(session: &Session, legal: Legal, n: u8, rest: &str) -> Said {
    let packs = session.packs();
    let seat = Some(session.mirror().game().state().seat());
    let Some(index) = n.checked_sub(1) else { return Said::Unknown("Stones are counted from 1.".into()) };
    let ask =
        |command, why: &str| Said::Ask(By::Room, Ask::Act { seat, command }, (!why.is_empty()).then(|| why.to_owned()));
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
    let outcome = Outcome(index);
    let (first, why) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let here: Vec<Tile> = tiles.iter().filter(|t| t.outcome == outcome).collect();
    // A single letter is a colour; a longer word may be the beginning of a reason.
    let several = here.len() > 1;
    let named = lookup::perspective(packs, first).filter(|_| several || first.chars().count() == 1);
    match (here.as_slice(), named) {
        (_, Some(colour)) => ask(command(Tile::new(colour, outcome)), why.trim()),
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
