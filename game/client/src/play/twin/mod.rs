//! The text twin of the board: all that the picture will show, in words.

#[cfg(test)]
mod tests;

use instep_protocol::WordKind;
use instep_rules::{Action, Deck, Event, Instruction, Outcome, Perspective, Phase, Space, Tile};

use super::say;
use super::view::View;

/// All of it.
pub(crate) fn whole(view: &View<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for part in [path(view), turn(view), board(view), decks(view), notes(view), card(view)] {
        if !part.is_empty() {
            lines.push(String::new());
            lines.extend(part);
        }
    }
    lines
}

/// The path: a line a stone, with its four places.
pub(crate) fn path(view: &View<'_>) -> Vec<String> {
    let packs = view.packs;
    let (setup, state) = (view.setup(), view.state());
    let laid = state.path().and(setup.places()).len();
    let mut lines = vec![format!("THE PATH: {laid} of {} tiles", setup.places().len())];
    let width = packs.outcomes().iter().map(|o| o.short.chars().count()).max().unwrap_or(0).min(30);
    for (n, outcome) in packs.outcomes().iter().enumerate() {
        let at = Outcome(n as u8);
        if !setup.in_play().has(at) {
            lines.push(format!("  {} {:width$}  for another day", n + 1, outcome.short));
            continue;
        }
        let place = |p: Perspective| {
            let tile = Tile::new(p, at);
            match state.phase() {
                Phase::Mend { tile: cracked, .. } if cracked == tile => format!("({})", letter(view, p)),
                _ if state.path().has(tile) => letter(view, p).to_owned(),
                _ => "·".to_owned(),
            }
        };
        let places: Vec<String> = Perspective::ALL.into_iter().map(place).collect();
        let met = if state.met(setup).has(at) { "  ★ met" } else { "" };
        lines.push(format!("  {} {:width$}  {}{met}", n + 1, outcome.short, places.join(" ")));
    }
    if matches!(state.phase(), Phase::Mend { .. }) {
        lines.push("  A letter in brackets is a cracked tile.".to_owned());
    }
    lines
}

fn letter<'a>(view: &View<'a>, p: Perspective) -> &'a str {
    &view.packs.perspectives()[p.index()].letter
}

/// Whose turn it is, where they stand, and what the die shows.
pub(crate) fn turn(view: &View<'_>) -> Vec<String> {
    let (setup, state) = (view.setup(), view.state());
    if state.closed() {
        return vec![format!("THE GAME IS CLOSED, turns played: {}", state.turns())];
    }
    let about = &view.packs.perspectives()[state.seat().index()];
    let whose = match state.phase() {
        Phase::Opening { round } => {
            format!("OPENING TILES, round {}: {} ({})", round + 1, about.name, about.letter)
        }
        _ => {
            let at = state.counter(state.seat());
            let there = setup.board().get(usize::from(at)).map_or_else(String::new, |s| say::space(view.packs, *s));
            format!("TURN {}: {} ({}), on space {at}, {there}", state.turns() + 1, about.name, about.letter)
        }
    };
    let mut lines = vec![whose];
    lines.extend(die(view).map(|face| format!("  The die shows {face}.")));
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
pub(crate) fn board(view: &View<'_>) -> Vec<String> {
    let packs = view.packs;
    let board = view.setup().board();
    let mut lines = vec![
        format!("THE BOARD: a loop of {} spaces, counted from 0. {}", board.len(), packs.first().board.description),
        format!("  A letter is a footprint; * is {}.", say::space(packs, Space::PoetsCorner)),
    ];
    for (n, ten) in board.chunks(10).enumerate() {
        let sign = |space: &Space| match space {
            Space::Footprint(p) => letter(view, *p),
            Space::PoetsCorner => "*",
        };
        let signs: Vec<&str> = ten.iter().map(sign).collect();
        lines.push(format!("  from {:2}: {}", n * 10, signs.join(" ")));
    }
    for p in Perspective::ALL {
        let about = &packs.perspectives()[p.index()];
        let at = view.state().counter(p);
        let there = board.get(usize::from(at)).map_or_else(String::new, |s| say::space(packs, *s));
        lines.push(format!("  {} {} ({}): on space {at}, {there}", about.letter, about.name, about.shoes));
    }
    lines
}

/// How many cards each deck has left.
pub(crate) fn decks(view: &View<'_>) -> Vec<String> {
    let (setup, state) = (view.setup(), view.state());
    let mut lines = vec!["THE DECKS: cards not yet drawn".to_owned()];
    for deck in Deck::ALL {
        let all = setup.deck(deck).len();
        let left = state.decks().left(setup, deck);
        let refill = if left == 0 && all > 0 { "; the used cards are next" } else { "" };
        lines.push(format!("  {}: {left} of {all}{refill}", view.packs.deck_name(deck)));
    }
    lines
}

/// How much was typed, and whose hands are up.
pub(crate) fn notes(view: &View<'_>) -> Vec<String> {
    let count = |kind| view.words.iter().filter(|w| w.kind == kind).count();
    let of = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let mut lines = vec![format!(
        "NOTES: {}, {}, {}",
        of(count(WordKind::Note), "note"),
        of(count(WordKind::Reason), "reason"),
        of(count(WordKind::Step), "real step")
    )];
    match view.people.people.iter().filter(|p| p.hand).count() {
        0 => {}
        1 => lines.push("  1 hand is up.".to_owned()),
        n => lines.push(format!("  {n} hands are up.")),
    }
    if view.people.paused {
        lines.push("  The table is paused: go-on goes on.".to_owned());
    }
    lines
}

/// The card in play, to be read aloud.
pub(crate) fn card(view: &View<'_>) -> Vec<String> {
    let packs = view.packs;
    let Some(card) = view.state().phase().card() else { return Vec::new() };
    let Some(item) = view.item(card) else { return Vec::new() };
    let mut lines = Vec::new();
    let speaker = item.voice().and_then(|voice| {
        let about = packs.perspectives().iter().find(|p| p.id == voice)?;
        let name = item.speaker().and_then(|id| about.speakers.iter().find(|s| s.id == id));
        Some(match name {
            Some(speaker) => format!("{}: {} says", about.name, speaker.name),
            None => about.name.clone(),
        })
    });
    match (item.title(), speaker) {
        (Some(title), _) => lines.push(format!("POET'S CORNER: {title}")),
        (None, Some(speaker)) => lines.push(format!("THE CARD. {speaker}:")),
        (None, None) => lines.push("THE CARD".to_owned()),
    }
    if let Some(note) = item.note() {
        lines.push(format!("  To know beforehand: {note}"));
    }
    lines.extend(item.text().lines().map(|line| format!("  {line}")));
    lines.push(format!("To talk about: {}", item.prompt()));
    lines.push(format!("It asks: {}.", say::instruction(packs, view.setup().instruction(card))));
    if let Phase::Resolve { chosen: Some(option), .. } = view.state().phase() {
        lines.push(format!("Chosen: option {}.", option + 1));
    }
    if view.state().pass_asked() {
        lines.push("Somebody asked to pass over it.".to_owned());
    }
    // A hint that binds nobody; stones for another day would only mislead.
    let in_play = |id: &String| packs.outcome(id).filter(|o| view.setup().in_play().has(*o));
    let hints: Vec<&str> = item.outcomes().iter().filter_map(in_play).map(|o| say::stone(packs, o)).collect();
    let moves_a_tile = !matches!(view.setup().instruction(card), Instruction::Do(Action::TalkOnly));
    if !hints.is_empty() && moves_a_tile {
        lines.push(format!("A hint: it may be about {}. Any stone that is offered may be chosen.", hints.join(", ")));
    }
    lines
}
