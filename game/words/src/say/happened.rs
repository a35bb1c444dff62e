//! What the last command did, in a sentence.

use instep_rules::{Entry, Event, Perspective, Tile};

use super::log::{Drawn, drawn, no_effect, way};
use super::{seat, setting, space_at, stone};
use crate::{View, capital, tell};

/// What the last command did; `None` where nothing has happened yet.
#[must_use]
pub fn happened(view: &View<'_>) -> Option<String> {
    let (before, entries) = last_command(view.game.log());
    let first = entries.first()?;
    let (language, packs) = (view.language, view.packs);
    let who = first.seat.map(|s| named(view, s)).unwrap_or_default();
    let who = &who;
    let has = |which: fn(&Event) -> bool| entries.iter().any(|e| which(&e.event));
    let text = match first.event {
        Event::TableOpened { .. } => return None,
        Event::PathContinued { tiles } => tell!(language, "happened-path-continued", tiles = tiles.len()),
        Event::SeatTaken { seat: s } => tell!(language, "happened-seat-taken", seat = seat(packs, s)),
        Event::SeatLeft { seat: s } => tell!(language, "happened-seat-left", seat = seat(packs, s)),
        Event::SettingChanged { setting: to } => {
            tell!(language, "happened-setting", setting = &setting(language, to))
        }
        Event::DieRolled { face, .. } => rolled(view, who, face, &entries[1..]),
        Event::CounterMoved { to, direction, .. } => {
            let (there, way) = (space_at(view, usize::from(to)), way(direction));
            match card(view, entries) {
                Some(Drawn::Card(deck)) => {
                    tell!(language, "happened-walked-card", who = who, way = way, there = &there, deck = deck)
                }
                Some(Drawn::Poem(title)) => {
                    tell!(language, "happened-walked-poem", who = who, way = way, there = &there, title = title)
                }
                _ => tell!(language, "happened-walked", who = who, way = way, there = &there),
            }
        }
        Event::TalkEnded => match entries.get(1).map(|e| e.event) {
            Some(Event::InstructionHadNoEffect { reason }) => {
                tell!(language, "happened-talk-no-effect", reason = &no_effect(view, reason))
            }
            _ => tell!(language, "happened-talk-ended"),
        },
        Event::ChoiceMade { option } => tell!(language, "happened-chose", who = who, option = option + 1),
        Event::TilePlaced { tile, .. } => {
            let (seat, stone) = (seat(packs, tile.colour), stone(packs, tile.outcome));
            if has(|e| matches!(e, Event::PathCompleted)) {
                tell!(language, "happened-laid-complete", who = who, seat = seat, stone = stone)
            } else if has(|e| matches!(e, Event::OutcomeMet { .. })) {
                tell!(language, "happened-laid-met", who = who, seat = seat, stone = stone)
            } else {
                tell!(language, "happened-laid", who = who, seat = seat, stone = stone)
            }
        }
        Event::TileCracked { tile } => {
            let (seat, stone) = (seat(packs, tile.colour), stone(packs, tile.outcome));
            tell!(language, "happened-cracked", seat = seat, stone = stone)
        }
        Event::TileMended { tile, .. } => {
            let (seat, stone) = (seat(packs, tile.colour), stone(packs, tile.outcome));
            tell!(language, "happened-mended", who = who, seat = seat, stone = stone)
        }
        Event::TileLifted { tile } => {
            lifted(view, who, tile, cracked(before) == Some(tile), has(|e| matches!(e, Event::OutcomeUnmet { .. })))
        }
        Event::PassAsked => tell!(language, "happened-pass-asked"),
        Event::PassDeclined => tell!(language, "happened-pass-declined"),
        Event::CardPassed => tell!(language, "happened-passed"),
        Event::CardRedrawn => tell!(language, "happened-redrawn"),
        Event::Undone { steps } => tell!(language, "happened-undone", steps = steps),
        Event::GameClosed => tell!(language, "happened-closed"),
        // These follow from others, and never begin.
        Event::OpeningMovedOn { .. }
        | Event::OpeningEnded { .. }
        | Event::CardDrawn { .. }
        | Event::OutcomeMet { .. }
        | Event::OutcomeUnmet { .. }
        | Event::PathCompleted
        | Event::InstructionHadNoEffect { .. }
        | Event::TurnEnded { .. } => return None,
    };
    Some(capital(&text))
}

/// The log before the last command, and the entries of it. The log does not mark where a command begins; an event
/// that is no part of a turn command comes alone.
fn last_command(log: &[Entry]) -> (&[Entry], &[Entry]) {
    let alone = |e: &Entry| !e.event.can_be_undone() || matches!(e.event, Event::PassAsked | Event::PassDeclined);
    let begins = match log.last() {
        Some(last) if alone(last) => log.len() - 1,
        Some(last) => log.iter().rposition(|e| e.step != last.step || alone(e)).map_or(0, |at| at + 1),
        None => 0,
    };
    log.split_at(begins)
}

/// "Night shift", or "the managers".
fn named(view: &View<'_>, who: Perspective) -> String {
    match view.team(who) {
        Some(team) => team.to_owned(),
        None => tell!(view.language, "who-seat", seat = seat(view.packs, who)),
    }
}

/// What was drawn with it.
fn card<'a>(view: &View<'a>, entries: &[Entry]) -> Option<Drawn<'a>> {
    entries.iter().find_map(|e| match e.event {
        Event::CardDrawn { card, .. } => Some(drawn(view, card)),
        _ => None,
    })
}

/// A roll, and what came with it where the way is given.
fn rolled(view: &View<'_>, who: &str, face: u8, then: &[Entry]) -> String {
    let language = view.language;
    let there = then.iter().find_map(|e| match e.event {
        Event::CounterMoved { to, .. } => Some(space_at(view, usize::from(to))),
        _ => None,
    });
    match (there, card(view, then)) {
        (Some(there), Some(Drawn::Card(deck))) => {
            tell!(language, "happened-rolled-walked-card", who = who, face = face, there = &there, deck = deck)
        }
        (Some(there), Some(Drawn::Poem(title))) => {
            tell!(language, "happened-rolled-walked-poem", who = who, face = face, there = &there, title = title)
        }
        (Some(there), _) => tell!(language, "happened-rolled-walked", who = who, face = face, there = &there),
        (None, _) => tell!(language, "happened-rolled", who = who, face = face),
    }
}

/// The tile that had cracked when a command came.
fn cracked(before: &[Entry]) -> Option<Tile> {
    let turn = before.iter().rev().find(|e| e.event.can_be_undone());
    match turn?.event {
        Event::TileCracked { tile } => Some(tile),
        _ => None,
    }
}

/// A tile that is gone: because a card took it, or because a cracked one was let go.
fn lifted(view: &View<'_>, who: &str, tile: Tile, let_go: bool, unmet: bool) -> String {
    let language = view.language;
    let (seat, stone) = (seat(view.packs, tile.colour), stone(view.packs, tile.outcome));
    match (let_go, unmet) {
        (false, false) => tell!(language, "happened-lifted", who = who, seat = seat, stone = stone),
        (false, true) => tell!(language, "happened-lifted-unmet", who = who, seat = seat, stone = stone),
        (true, false) => tell!(language, "happened-let-go", who = who, seat = seat, stone = stone),
        (true, true) => tell!(language, "happened-let-go-unmet", who = who, seat = seat, stone = stone),
    }
}
