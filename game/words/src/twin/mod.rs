//! The text twin of the board: all that the picture shows, in words.

#[cfg(test)]
mod tests;

use instep_content::Packs;
use instep_protocol::WordKind;
use instep_rules::{Action, Deck, Event, Instruction, Outcome, Perspective, Phase, Space, Tile};

use crate::{View, say, tell};

/// All of it.
#[must_use]
pub fn whole(view: &View<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for part in [path(view), turn(view), board(view), decks(view), notes(view), card(view)] {
        if !part.is_empty() {
            lines.push(String::new());
            lines.extend(part);
        }
    }
    lines
}

/// Lines below a heading stand in by two blanks, which a message can't begin with.
fn below(line: &str) -> String {
    format!("  {line}")
}

/// The path: a line a stone, with its four places.
#[must_use]
pub fn path(view: &View<'_>) -> Vec<String> {
    let (language, packs) = (view.language, view.packs);
    let (setup, state) = (view.setup(), view.state());
    let laid = state.path().and(setup.places()).len();
    let mut lines = vec![tell!(language, "twin-path", laid = laid, all = setup.places().len())];
    let width = packs.outcomes().iter().map(|o| o.short.chars().count()).max().unwrap_or(0).min(30);
    for (n, outcome) in packs.outcomes().iter().enumerate() {
        let (at, number, stone) = (Outcome(n as u8), n + 1, format!("{:width$}", outcome.short));
        let place = |p: Perspective| {
            let tile = Tile::new(p, at);
            match state.phase() {
                Phase::Mend { tile: cracked, .. } if cracked == tile => format!("({})", letter(packs, p)),
                _ if state.path().has(tile) => letter(packs, p).to_owned(),
                _ => "·".to_owned(),
            }
        };
        let places = Perspective::ALL.map(place).join(" ");
        lines.push(below(&if !setup.in_play().has(at) {
            tell!(language, "twin-stone-another-day", number = number, stone = &stone)
        } else if state.met(setup).has(at) {
            tell!(language, "twin-stone-met", number = number, stone = &stone, places = &places)
        } else {
            tell!(language, "twin-stone", number = number, stone = &stone, places = &places)
        }));
    }
    if matches!(state.phase(), Phase::Mend { .. }) {
        lines.push(below(&tell!(language, "twin-cracked")));
    }
    lines
}

fn letter(packs: &Packs, p: Perspective) -> &str {
    &packs.perspectives()[p.index()].letter
}

/// Whose turn it is, where they stand, and what the die shows.
#[must_use]
pub fn turn(view: &View<'_>) -> Vec<String> {
    let (language, state) = (view.language, view.state());
    if state.closed() {
        return vec![tell!(language, "twin-closed", turns = state.turns())];
    }
    let about = &view.packs.perspectives()[state.seat().index()];
    let (name, letter) = (&about.name, &about.letter);
    let whose = match state.phase() {
        Phase::Opening { round } => {
            tell!(language, "twin-opening", round = round + 1, name = name, letter = letter)
        }
        _ => {
            let (turn, space) = (state.turns() + 1, state.counter(state.seat()));
            let there = say::space_at(view, usize::from(space));
            tell!(language, "twin-turn", turn = turn, name = name, letter = letter, space = space, there = &there)
        }
    };
    let mut lines = vec![whose];
    lines.extend(die(view).map(|face| below(&tell!(language, "twin-die", face = face))));
    lines
}

/// The face that lies on the table: that of the last roll that was not taken back.
fn die(view: &View<'_>) -> Option<u8> {
    let face = |event| match event {
        Event::DieRolled { face, .. } => Some(face),
        _ => None,
    };
    view.game.in_effect().filter_map(|entry| face(entry.event)).last()
}

/// The loop of spaces, and where everyone's shoes stand.
#[must_use]
pub fn board(view: &View<'_>) -> Vec<String> {
    let (language, packs) = (view.language, view.packs);
    let board = view.setup().board();
    let about = packs.first().board.description.as_str();
    let corner = say::space(language, packs, Space::PoetsCorner);
    let mut lines = vec![
        tell!(language, "twin-board", spaces = board.len(), about = about),
        below(&tell!(language, "twin-board-signs", corner = &corner)),
    ];
    for (n, ten) in board.chunks(10).enumerate() {
        let sign = |space: &Space| match space {
            Space::Footprint(p) => letter(packs, *p),
            Space::PoetsCorner => "*",
        };
        let signs = ten.iter().map(sign).collect::<Vec<_>>().join(" ");
        let from = format!("{:2}", n * 10);
        lines.push(below(&tell!(language, "twin-board-row", space = &from, signs = &signs)));
    }
    for p in Perspective::ALL {
        let about = &packs.perspectives()[p.index()];
        let space = view.state().counter(p);
        lines.push(below(&tell!(
            language,
            "twin-shoes",
            letter = &about.letter,
            name = &about.name,
            shoes = &about.shoes,
            space = space,
            there = &say::space_at(view, usize::from(space)),
        )));
    }
    lines
}

/// How many cards each deck has left.
#[must_use]
pub fn decks(view: &View<'_>) -> Vec<String> {
    let (language, setup, state) = (view.language, view.setup(), view.state());
    let mut lines = vec![tell!(language, "twin-decks")];
    for deck in Deck::ALL {
        let (all, left) = (setup.deck(deck).len(), state.decks().left(setup, deck));
        let deck = view.packs.deck_name(deck);
        lines.push(below(&if left == 0 && all > 0 {
            tell!(language, "twin-deck-empty", deck = deck, left = left, all = all)
        } else {
            tell!(language, "twin-deck", deck = deck, left = left, all = all)
        }));
    }
    lines
}

/// How much was typed, and whose hands are up.
#[must_use]
pub fn notes(view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let count = |kind| view.notes().filter(|w| w.kind == kind).count();
    let (notes, reasons, steps) = (count(WordKind::Note), count(WordKind::Reason), count(WordKind::Step));
    let mut lines = vec![tell!(language, "twin-notes", notes = notes, reasons = reasons, steps = steps)];
    let hands = view.people.people.iter().filter(|p| p.hand).count();
    if hands > 0 {
        lines.push(below(&tell!(language, "twin-hands", hands = hands)));
    }
    if view.people.paused {
        lines.push(below(&tell!(language, "twin-paused")));
    }
    lines
}

/// The card in play, to be read aloud.
#[must_use]
pub fn card(view: &View<'_>) -> Vec<String> {
    let (language, packs) = (view.language, view.packs);
    let Some(card) = view.state().phase().card() else { return Vec::new() };
    let Some(item) = view.item(card) else { return Vec::new() };
    let mut lines = Vec::new();
    let voice = item.voice().and_then(|voice| packs.perspectives().iter().find(|p| p.id == voice));
    let speaker = voice.zip(item.speaker()).and_then(|(v, id)| v.speakers.iter().find(|s| s.id == id));
    lines.push(match (item.title(), voice, speaker) {
        (Some(title), ..) => tell!(language, "twin-poem", title = title),
        (None, Some(voice), Some(speaker)) => {
            tell!(language, "twin-card-speaker", name = &voice.name, speaker = &speaker.name)
        }
        (None, Some(voice), None) => tell!(language, "twin-card-voice", name = &voice.name),
        (None, None, _) => tell!(language, "twin-card"),
    });
    lines.extend(item.note().map(|note| below(&tell!(language, "twin-note", note = note))));
    lines.extend(item.text().lines().map(below));
    lines.push(tell!(language, "twin-prompt", prompt = item.prompt()));
    let instruction = view.setup().instruction(card);
    lines.push(tell!(language, "twin-asks", action = &say::instruction(view, instruction)));
    if let Phase::Resolve { chosen: Some(option), .. } = view.state().phase() {
        lines.push(tell!(language, "twin-chosen", option = option + 1));
    }
    if view.state().pass_asked() {
        lines.push(tell!(language, "twin-pass-asked"));
    }
    // A hint that binds nobody; stones for another day would only mislead.
    let in_play = |id: &String| packs.outcome(id).filter(|o| view.setup().in_play().has(*o));
    let hints: Vec<&str> = item.outcomes().iter().filter_map(in_play).map(|o| say::stone(packs, o)).collect();
    let moves_a_tile = !matches!(instruction, Instruction::Do(Action::TalkOnly));
    if !hints.is_empty() && moves_a_tile {
        let stones = hints.join(&tell!(language, "list-comma"));
        lines.push(tell!(language, "twin-hint", stones = &stones));
    }
    lines
}
