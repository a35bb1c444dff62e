//! Scripts: one command a line, seat first. The terminal takes the same words.

use std::path::Path;

use instep_content::Packs;
use instep_protocol::{Answer, Ask, Audience, WordKind};
use instep_rules::{
    BlockedPlace, Command, Direction, EmptySeats, FinishedBlocks, Passing, Perspective, Removal, Setting, TeamActs,
    Walking,
};

use super::lookup;
use super::say;
use super::session::{By, Session};
use crate::problem::Problem;

/// Scripts are small: a game of a thousand turns is 100 KB.
const BYTES_MAX: u64 = 8 << 20;

/// Reads a script.
pub(crate) fn read(path: &Path) -> Result<String, Problem> {
    let say = |why: String| Problem::Call(format!("{} can't be read ({why}): check the name.", path.display()));
    let size = std::fs::metadata(path).map_err(|e| say(e.to_string()))?.len();
    if size > BYTES_MAX {
        return Err(say(format!("{size} bytes are too many for a script")));
    }
    std::fs::read_to_string(path).map_err(|e| say(e.to_string()))
}

/// Plays a script to its end, or to the first line that is refused.
pub(crate) fn play(session: &mut Session, script: &str) -> Result<(), Problem> {
    let wrong = |n: usize, why: String| Problem::Wrong(format!("Line {}: {why}", n + 1));
    let mut shown = session.mirror().game().log().len();
    for (n, line) in script.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (by, ask) = parse(session.packs(), line).map_err(|why| wrong(n, why))?;
        let answer = session.ask(by, ask)?;
        for entry in &session.mirror().game().log()[shown..] {
            if let Some(text) = say::entry(session, entry) {
                println!("{text}");
            }
        }
        shown = session.mirror().game().log().len();
        if let Answer::Denied(denied) = answer {
            return Err(wrong(n, say::denied(session, denied)));
        }
    }
    println!("{}", say::ending(session));
    Ok(())
}

/// A line: who, and what.
pub(crate) fn parse(packs: &Packs, line: &str) -> Result<(By, Ask), String> {
    let (who, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (by, seat) = match who.to_lowercase().as_str() {
        "facilitator" => (By::Room, None),
        "anyone" => (By::Anyone, None),
        other => match lookup::perspective(packs, other) {
            Some(seat) => (By::Room, Some(seat)),
            None => {
                let seats: Vec<&str> = packs.perspectives().iter().map(|p| p.id.as_str()).collect();
                return Err(format!("\"{who}\" is no seat: begin with {}, anyone or facilitator.", seats.join(", ")));
            }
        },
    };
    what(packs, seat, rest.trim()).map(|ask| (by, ask))
}

/// What is asked for, in the words of a script.
pub(crate) fn what(packs: &Packs, seat: Option<Perspective>, text: &str) -> Result<Ask, String> {
    let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    let act = |command| Ok(Ask::Act { seat, command });
    let number =
        |what: &str| rest.parse::<u32>().map_err(|_| format!("\"{verb}\" wants {what}: a number, not \"{rest}\"."));
    let none = |ask: Result<Ask, String>| {
        if rest.is_empty() { ask } else { Err(format!("\"{verb}\" stands alone: leave out \"{rest}\".")) }
    };
    match verb {
        "roll" if rest.is_empty() => act(Command::Roll),
        "roll" => act(Command::RollTyped(number("the die's face")?.try_into().unwrap_or(u8::MAX))),
        "walk" => match rest {
            "forward" => act(Command::Walk(Direction::Forward)),
            "back" => act(Command::Walk(Direction::Back)),
            _ => Err("\"walk\" wants forward or back.".into()),
        },
        "end-talk" => none(act(Command::EndTalk)),
        "choose" => {
            let n = number("the option")?;
            let option = n.checked_sub(1).ok_or("Options are counted from 1.")?;
            act(Command::Choose(option.try_into().unwrap_or(u8::MAX)))
        }
        "place" | "lay" | "remove" | "lift" => {
            let (colour, stone) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let colour = lookup::perspective(packs, colour)
                .ok_or_else(|| format!("\"{colour}\" is no colour: {} are.", ids_of_perspectives(packs)))?;
            let stone = stone.trim();
            let outcome = lookup::outcome(packs, stone)
                .ok_or_else(|| format!("\"{stone}\" is no stone: {} are.", ids_of_outcomes(packs)))?;
            act(if matches!(verb, "place" | "lay") {
                Command::Place(colour, outcome)
            } else {
                Command::Remove(colour, outcome)
            })
        }
        "mend" => match seat {
            Some(seat) => Ok(Ask::Mend { seat, step: rest.to_owned() }),
            None => Err("\"mend\" is a seat's: begin the line with its name.".into()),
        },
        "let-go" => none(act(Command::LetGo)),
        "pass" => none(act(Command::Pass)),
        "decline-pass" => none(act(Command::DeclinePass)),
        "redraw" => none(act(Command::Redraw)),
        "undo" if rest.is_empty() => act(Command::Undo(1)),
        "undo" => act(Command::Undo(number("how many steps")?)),
        "close" => none(act(Command::Close)),
        "point" => {
            let outcome = lookup::outcome(packs, rest)
                .ok_or_else(|| format!("\"{rest}\" is no stone: {} are.", ids_of_outcomes(packs)))?;
            Ok(Ask::Point(outcome))
        }
        "note" => Ok(note(seat, WordKind::Note, rest)),
        "hand" => match rest {
            "" | "up" => Ok(Ask::Hand(true)),
            "down" => Ok(Ask::Hand(false)),
            _ => Err("\"hand\" wants up or down.".into()),
        },
        "pause" => none(Ok(Ask::Pause(true))),
        "go-on" => none(Ok(Ask::Pause(false))),
        "set" => {
            let (name, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            act(Command::Set(setting(name, value.trim())?))
        }
        "" => Err("Something is missing after the seat: roll, walk, end-talk, place and so on.".into()),
        _ => Err(format!(
            "\"{verb}\" is no command: roll, walk, end-talk, choose, place, remove, mend, let-go, pass, point, note, hand, redraw, undo, set and close are."
        )),
    }
}

/// A note, with a number that tells it from every other.
pub(crate) fn note(seat: Option<Perspective>, kind: WordKind, text: &str) -> Ask {
    let mut nonce = [0; 16];
    // Without randomness two notes could be taken for one: then the text tells them apart.
    if rand::TryRng::try_fill_bytes(&mut rand::rngs::SysRng, &mut nonce).is_err() {
        for (n, byte) in text.bytes().enumerate() {
            nonce[n % 16] = nonce[n % 16].rotate_left(3) ^ byte;
        }
    }
    Ask::Note { seat, kind, audience: Audience::Everyone, text: text.to_owned(), nonce }
}

fn ids_of_perspectives(packs: &Packs) -> String {
    packs.perspectives().iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn ids_of_outcomes(packs: &Packs) -> String {
    packs.outcomes().iter().map(|o| o.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// A setting by its name in records.
fn setting(name: &str, value: &str) -> Result<Setting, String> {
    fn one_of<T: Copy>(name: &str, value: &str, found: Option<T>, ids: &[&str]) -> Result<T, String> {
        found.ok_or_else(|| format!("\"{name}\" can be {}, not \"{value}\".", ids.join(" or ")))
    }
    macro_rules! choice {
        ($type:ident) => {{
            let ids: Vec<&str> = $type::ALL.iter().map(|v| v.id()).collect();
            one_of(name, value, $type::from_id(value), &ids).map(Setting::$type)
        }};
    }
    let number = || value.parse::<u16>().map_err(|_| format!("\"{name}\" wants a number, not \"{value}\"."));
    let small = || number().map(|n| u8::try_from(n).unwrap_or(u8::MAX));
    match name {
        "die_faces" => small().map(Setting::DieFaces),
        "opening_tiles" => small().map(Setting::OpeningTiles),
        "talk_timer_s" => number().map(Setting::TalkTimer),
        "real_die" => match value {
            "true" | "on" | "yes" => Ok(Setting::RealDie(true)),
            "false" | "off" | "no" => Ok(Setting::RealDie(false)),
            _ => Err("\"real_die\" can be on or off.".into()),
        },
        "walking" => choice!(Walking),
        "finished_blocks" => choice!(FinishedBlocks),
        "blocked_place" => choice!(BlockedPlace),
        "removal" => choice!(Removal),
        "passing" => choice!(Passing),
        "empty_seats" => choice!(EmptySeats),
        "team_acts" => choice!(TeamActs),
        _ => Err(format!(
            "\"{name}\" is no setting: die_faces, real_die, walking, opening_tiles, finished_blocks, blocked_place, removal, passing, empty_seats, team_acts and talk_timer_s are."
        )),
    }
}
