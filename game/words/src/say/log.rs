//! The log: what happened, a line an event.

use instep_protocol::WordText;
use instep_rules::{Deck, Direction, Entry, Event, How, NoEffect};

use super::{seat, setting, space_at, stone};
use crate::{View, capital, tell};

/// An event as one line of the log; `None` for what another line says already.
#[must_use]
pub fn entry(view: &View<'_>, entry: &Entry) -> Option<String> {
    let (language, packs) = (view.language, view.packs);
    let who = entry.seat.map(|s| view.who(s)).unwrap_or_default();
    let who = &who;
    let of = |tile: instep_rules::Tile| (seat(packs, tile.colour), stone(packs, tile.outcome));
    let line = match entry.event {
        Event::OpeningMovedOn { .. } | Event::TurnEnded { .. } => return None,
        Event::TableOpened { .. } => tell!(language, "log-opened"),
        Event::PathContinued { tiles } => tell!(language, "log-path-continued", tiles = tiles.len()),
        Event::SeatTaken { seat: s } => tell!(language, "log-seat-taken", seat = seat(packs, s)),
        Event::SeatLeft { seat: s } => tell!(language, "log-seat-left", seat = seat(packs, s)),
        Event::SettingChanged { setting: to } => tell!(language, "log-setting", setting = &setting(language, to)),
        Event::OpeningEnded { next } => tell!(language, "log-opening-ended", seat = seat(packs, next)),
        Event::DieRolled { face, typed: false, .. } => tell!(language, "log-rolled", who = who, face = face),
        Event::DieRolled { face, typed: true, .. } => tell!(language, "log-rolled-typed", who = who, face = face),
        Event::CounterMoved { to, direction, .. } => {
            let there = space_at(view, usize::from(to));
            tell!(language, "log-walked", who = who, way = way(direction), space = to, there = &there)
        }
        Event::CardDrawn { card, .. } => match drawn(view, card) {
            Drawn::Poem(title) => tell!(language, "log-drew-poem", who = who, title = title),
            Drawn::Card(deck) => tell!(language, "log-drew-card", who = who, deck = deck),
            Drawn::Unknown => tell!(language, "log-drew", who = who),
        },
        Event::TalkEnded => tell!(language, "log-talk-ended", who = who),
        Event::ChoiceMade { option } => tell!(language, "log-chose", who = who, option = option + 1),
        Event::TilePlaced { tile, how } => {
            let (seat, stone) = of(tile);
            match how {
                How::Opening => tell!(language, "log-laid-opening", who = who, seat = seat, stone = stone),
                How::Named | How::Any => tell!(language, "log-laid", who = who, seat = seat, stone = stone),
                How::Instead => tell!(language, "log-laid-instead", who = who, seat = seat, stone = stone),
            }
        }
        Event::TileCracked { tile } => {
            let (seat, stone) = of(tile);
            tell!(language, "log-cracked", who = who, seat = seat, stone = stone)
        }
        Event::TileMended { tile, note } => {
            let (seat, stone) = of(tile);
            let step = view.words.iter().find(|w| w.id == note).map(|w| &w.text);
            match step {
                Some(WordText::Said(step)) => {
                    tell!(language, "log-mended-step", who = who, seat = seat, stone = stone, step = step)
                }
                _ => tell!(language, "log-mended", who = who, seat = seat, stone = stone),
            }
        }
        Event::TileLifted { tile } => {
            let (seat, stone) = of(tile);
            tell!(language, "log-lifted", who = who, seat = seat, stone = stone)
        }
        Event::OutcomeMet { outcome } => tell!(language, "log-met", stone = stone(packs, outcome)),
        Event::OutcomeUnmet { outcome } => tell!(language, "log-unmet", stone = stone(packs, outcome)),
        Event::PathCompleted => tell!(language, "log-complete"),
        Event::InstructionHadNoEffect { reason } => {
            tell!(language, "log-no-effect", reason = &no_effect(view, reason))
        }
        Event::PassAsked => tell!(language, "log-pass-asked"),
        Event::PassDeclined => tell!(language, "log-pass-declined"),
        Event::CardPassed => tell!(language, "log-passed"),
        Event::CardRedrawn => tell!(language, "log-redrawn"),
        Event::Undone { steps } => tell!(language, "log-undone", steps = steps),
        Event::GameClosed => tell!(language, "log-closed"),
    };
    Some(capital(&line))
}

/// What was drawn, as a sentence names it.
pub(super) enum Drawn<'a> {
    /// A poem of this title.
    Poem(&'a str),
    /// A card of this seat's deck.
    Card(&'a str),
    /// The pack does not know it.
    Unknown,
}

pub(super) fn drawn<'a>(view: &View<'a>, card: instep_rules::CardId) -> Drawn<'a> {
    let title = view.item(card).and_then(|item| item.title());
    match (title, view.setup().cards().get(card.index()).map(|c| c.deck)) {
        (Some(title), _) => Drawn::Poem(title),
        (None, Some(Deck::Of(p))) => Drawn::Card(seat(view.packs, p)),
        (None, _) => Drawn::Unknown,
    }
}

/// The direction, as messages select by it.
pub(super) fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "forward",
        Direction::Back => "back",
    }
}

/// Why no tile moved, to go on with in a sentence.
pub(super) fn no_effect(view: &View<'_>, reason: NoEffect) -> String {
    match reason {
        NoEffect::NothingToLay => tell!(view.language, "no-effect-lay"),
        NoEffect::NothingToLift => tell!(view.language, "no-effect-lift"),
        NoEffect::NoOption => tell!(view.language, "no-effect-option"),
    }
}
