//! The text twin of the board: all that the picture will show, in words.

use instep_rules::{Outcome, Perspective, Phase, Tile};

use super::say;
use super::session::Session;

/// The path: a line a stone, with its four places.
pub(crate) fn path(session: &Session) -> Vec<String> {
    let packs = session.packs();
    let game = session.mirror().game();
    let (setup, state) = (game.setup(), game.state());
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
                Phase::Mend { tile: cracked, .. } if cracked == tile => {
                    format!("({})", packs.perspectives()[p.index()].letter)
                }
                _ if state.path().has(tile) => packs.perspectives()[p.index()].letter.clone(),
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

/// What the letters are, and where everyone's shoes stand.
pub(crate) fn board(session: &Session) -> Vec<String> {
    let packs = session.packs();
    let game = session.mirror().game();
    let mut lines = vec![format!(
        "THE BOARD: a loop of {} spaces, counted from 0. {}",
        game.setup().board().len(),
        packs.first().board.description
    )];
    for p in Perspective::ALL {
        let about = &packs.perspectives()[p.index()];
        let at = game.state().counter(p);
        let there = game.setup().board().get(usize::from(at)).map_or_else(String::new, |s| say::space(packs, *s));
        lines.push(format!("  {} {} ({}): on space {at}, {there}", about.letter, about.name, about.shoes));
    }
    lines
}

/// The card in play, to be read aloud.
pub(crate) fn card(session: &Session) -> Vec<String> {
    let packs = session.packs();
    let game = session.mirror().game();
    let Some(card) = game.state().phase().card() else { return Vec::new() };
    let Some(item) = session.item(card) else { return Vec::new() };
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
    lines.push(format!("It asks: {}.", say::instruction(packs, game.setup().instruction(card))));
    let hints: Vec<&str> = item
        .outcomes()
        .iter()
        .filter_map(|id| packs.outcomes().iter().find(|o| &o.id == id))
        .map(|o| o.short.as_str())
        .collect();
    if !hints.is_empty() {
        lines.push(format!("It may be about: {}. You choose.", hints.join(", ")));
    }
    lines
}
