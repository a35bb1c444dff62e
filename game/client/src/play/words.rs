//! What can be asked for, in words: a line of a script, or of somebody at the terminal who likes words.

use instep_content::Packs;
use instep_protocol::{Ask, Audience, WordKind};
use instep_rules::{
    BlockedPlace, Command, Direction, EmptySeats, FinishedBlocks, Passing, Perspective, Removal, Setting, TeamActs,
    Walking,
};

use super::lookup;
use super::session::By;

/// The words that commands begin with; `lay` and `lift` are taken for `place` and `remove`.
const VERBS: [&str; 20] = [
    "roll",
    "walk",
    "end-talk",
    "choose",
    "place",
    "remove",
    "mend",
    "let-go",
    "pass",
    "decline-pass",
    "point",
    "note",
    "name",
    "hand",
    "pause",
    "go-on",
    "redraw",
    "undo",
    "set",
    "close",
];

/// Whether `word` begins a command.
pub(crate) fn is_verb(word: &str) -> bool {
    let word = word.to_lowercase();
    VERBS.contains(&word.as_str()) || matches!(word.as_str(), "lay" | "lift")
}

/// The first word, and what follows it.
pub(crate) fn split(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim())
}

/// The line without its comment. What follows `note`, `name` and `mend` is somebody's own words, `#` and all.
pub(crate) fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    let verb = split(split(line).1).0.to_lowercase();
    match line.find('#') {
        Some(at) if !matches!(verb.as_str(), "note" | "name" | "mend") => line[..at].trim_end(),
        _ => line,
    }
}

/// A line: who, and what.
pub(crate) fn parse(packs: &Packs, line: &str) -> Result<(By, Ask), String> {
    let (who, rest) = split(line);
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
    what(packs, seat, rest).map(|ask| (by, ask))
}

/// What is asked for, in the words of a script.
pub(crate) fn what(packs: &Packs, seat: Option<Perspective>, text: &str) -> Result<Ask, String> {
    let (verb, rest) = split(text);
    let verb = verb.to_lowercase();
    let verb = verb.as_str();
    let act = |command| Ok(Ask::Act { seat, command });
    let number =
        |what: &str| rest.parse::<u32>().map_err(|_| format!("\"{verb}\" wants {what}: a number, not \"{rest}\"."));
    let none = |ask: Result<Ask, String>| {
        if rest.is_empty() { ask } else { Err(format!("\"{verb}\" stands alone: leave out \"{rest}\".")) }
    };
    match verb {
        "roll" if rest.is_empty() => act(Command::Roll),
        "roll" => act(Command::RollTyped(number("the die's face")?.try_into().unwrap_or(u8::MAX))),
        "walk" => match rest.to_lowercase().as_str() {
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
            let (colour, stone) = split(rest);
            let colour = lookup::perspective(packs, colour)
                .ok_or_else(|| format!("\"{colour}\" is no colour: {} are.", ids_of_perspectives(packs)))?;
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
        "undo" => match number("how many steps")? {
            0 => Err("\"undo\" takes back 1 step or more.".into()),
            steps => act(Command::Undo(steps)),
        },
        "close" => none(act(Command::Close)),
        "point" => {
            let outcome = lookup::outcome(packs, rest)
                .ok_or_else(|| format!("\"{rest}\" is no stone: {} are.", ids_of_outcomes(packs)))?;
            Ok(Ask::Point(outcome))
        }
        "note" if rest.is_empty() => Err("After \"note\" stands what it says.".into()),
        "note" => Ok(note(seat, WordKind::Note, rest)),
        "name" if rest.is_empty() => Err("After \"name\" stands what the team is called.".into()),
        "name" => match seat {
            Some(seat) => Ok(note(Some(seat), WordKind::TeamName, rest)),
            None => Err("\"name\" is a seat's: begin the line with its name.".into()),
        },
        "hand" => match rest.to_lowercase().as_str() {
            "" | "up" => Ok(Ask::Hand(true)),
            "down" => Ok(Ask::Hand(false)),
            _ => Err("\"hand\" wants up or down.".into()),
        },
        "pause" => none(Ok(Ask::Pause(true))),
        "go-on" => none(Ok(Ask::Pause(false))),
        "set" => {
            let (name, value) = split(rest);
            act(Command::Set(setting(name, value)?))
        }
        "" => Err("Something is missing after the seat: roll, walk, end-talk, place and so on.".into()),
        _ => Err(format!(
            "\"{verb}\" is no command: {} and {} are.",
            VERBS[..VERBS.len() - 1].join(", "),
            VERBS[VERBS.len() - 1]
        )),
    }
}

/// A note, with a number that tells it from every other.
pub(crate) fn note(seat: Option<Perspective>, kind: WordKind, text: &str) -> Ask {
    Ask::Note { seat, kind, audience: Audience::Everyone, text: text.to_owned(), nonce: nonce(text) }
}

/// A number that tells words from all others.
pub(crate) fn nonce(text: &str) -> [u8; 16] {
    let mut nonce = [0; 16];
    // Without randomness two notes could be taken for one: then the text tells them apart.
    if rand::TryRng::try_fill_bytes(&mut rand::rngs::SysRng, &mut nonce).is_err() {
        for (n, byte) in text.bytes().enumerate() {
            nonce[n % 16] = nonce[n % 16].rotate_left(3) ^ byte;
        }
    }
    nonce
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_commands_and_never_words() {
        for (line, left) in [
            ("# all of it", ""),
            ("  # all of it", ""),
            ("staff roll # and see", "staff roll"),
            ("staff mend Ask at desk #3", "staff mend Ask at desk #3"),
            ("anyone note #1 is cold", "anyone note #1 is cold"),
            ("staff name Team #1", "staff name Team #1"),
            ("  staff roll\t", "staff roll"),
            ("", ""),
        ] {
            assert_eq!(without_comment(line), left);
        }
    }
}
