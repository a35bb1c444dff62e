//! Sentences for people: events here; refusals, settings and the end in files of their own.

mod ending;
mod refused;
mod setting;

use instep_content::Packs;
use instep_protocol::{WordKind, WordText};
use instep_rules::{
    Action, Deck, Direction, Entry, Event, How, Instruction, NoEffect, Outcome, Perspective, Space, Tile,
};

use super::view::View;
use crate::problem::capital;
pub(crate) use ending::ending;
pub(crate) use refused::denied;

/// A perspective's name in a sentence.
pub(crate) fn seat(packs: &Packs, seat: Perspective) -> &str {
    &packs.perspectives()[seat.index()].short
}

/// "managers'", "staff's".
pub(crate) fn seats(packs: &Packs, of: Perspective) -> String {
    let name = seat(packs, of);
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// A stone's name.
pub(crate) fn stone(packs: &Packs, outcome: Outcome) -> &str {
    packs.outcomes().get(outcome.index()).map_or("that stone", |o| &o.short)
}

/// "a staff tile on Dignity and respect".
fn tile(packs: &Packs, tile: Tile) -> String {
    format!("{} tile on {}", a(seat(packs, tile.colour)), stone(packs, tile.outcome))
}

fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// What a space is: "a staff footprint", "a Poet's Corner".
pub(crate) fn space(packs: &Packs, space: Space) -> String {
    match space {
        Space::Footprint(p) => format!("{} footprint", a(seat(packs, p))),
        Space::PoetsCorner => a(packs.deck_name(Deck::Poems)),
    }
}

/// An event as one line of the log; `None` for what another line says already.
pub(crate) fn entry(view: &View<'_>, entry: &Entry) -> Option<String> {
    let packs = view.packs;
    let setup = view.setup();
    let who = entry.seat.map_or("", |s| seat(packs, s));
    Some(capital(&match entry.event {
        Event::TableOpened { .. } => "the table is open".into(),
        Event::PathContinued { tiles } => match tiles.len() {
            1 => "the path goes on with 1 tile from an earlier session".into(),
            n => format!("the path goes on with {n} tiles from an earlier session"),
        },
        Event::SeatTaken { seat: s } => format!("somebody plays {}", seat(packs, s)),
        Event::SeatLeft { seat: s } => format!("nobody plays {} any more", seat(packs, s)),
        Event::SettingChanged { setting } => format!("the facilitator changed a setting: {}", setting::words(setting)),
        Event::OpeningMovedOn { .. } => return None,
        Event::OpeningEnded { next } => {
            format!("the opening tiles are laid, and the first turn is the {}", seats(packs, next))
        }
        Event::DieRolled { face, typed: false, .. } => format!("{who}: rolled {face}"),
        Event::DieRolled { face, typed: true, .. } => format!("{who}: rolled {face} on the real die"),
        Event::CounterMoved { to, direction, .. } => {
            let there = setup.board().get(usize::from(to)).map_or_else(String::new, |s| space(packs, *s));
            let way = match direction {
                Direction::Forward => "forward",
                Direction::Back => "back",
            };
            format!("{who}: walked {way} to space {to}, {there}")
        }
        Event::CardDrawn { card, .. } => {
            let title = view.item(card).and_then(|item| item.title());
            match (title, setup.cards().get(card.index()).map(|c| c.deck)) {
                (Some(title), _) => format!("{who}: drew a poem, {title}"),
                (None, Some(Deck::Of(p))) => format!("{who}: drew {} card", a(seat(packs, p))),
                (None, _) => format!("{who}: drew a card"),
            }
        }
        Event::TalkEnded => format!("{who}: the talk has ended"),
        Event::ChoiceMade { option } => format!("{who}: chose option {}", option + 1),
        Event::TilePlaced { tile: t, how } => {
            let why = match how {
                How::Opening => " as an opening tile",
                How::Named | How::Any => "",
                How::Instead => ", because every stone has the colour that the card named",
            };
            format!("{who}: laid {}{why}", tile(packs, t))
        }
        Event::TileCracked { tile: t } => format!("{who}: {} cracked", tile(packs, t)),
        Event::TileMended { tile: t, note } => {
            let step = view.words.iter().find(|w| w.id == note).and_then(|w| match &w.text {
                WordText::Said(text) => Some(format!(": {text}")),
                WordText::Hidden | WordText::Erased => None,
            });
            format!("{who}: kept {} by a real step{}", tile(packs, t), step.unwrap_or_default())
        }
        Event::TileLifted { tile: t } => format!("{who}: lifted {}", tile(packs, t)),
        Event::OutcomeMet { outcome } => format!("★ {} is met", stone(packs, outcome)),
        Event::OutcomeUnmet { outcome } => format!("{} is unmet again", stone(packs, outcome)),
        Event::PathCompleted => "★★ The path is complete".into(),
        Event::InstructionHadNoEffect { reason } => format!("no tile moved: {}", no_effect(reason)),
        Event::PassAsked => "somebody asked to pass over this card".into(),
        Event::PassDeclined => "the facilitator goes on with the card".into(),
        Event::CardPassed => "the card was passed over; no reason is needed".into(),
        Event::CardRedrawn => "the facilitator put the card aside for another".into(),
        Event::TurnEnded { .. } => return None,
        Event::Undone { steps: 1 } => "the facilitator took one step back".into(),
        Event::Undone { steps } => format!("the facilitator took {steps} steps back"),
        Event::GameClosed => "the game is closed".into(),
    }))
}

fn no_effect(reason: NoEffect) -> &'static str {
    match reason {
        NoEffect::NothingToLay => "every stone has the tile that the card would lay",
        NoEffect::NothingToLift => {
            "no stone has a tile that the card could lift; finished stones are safe unless it is set otherwise"
        }
        NoEffect::NoOption => "none of the card's options would change anything",
    }
}

/// What a card asks for.
pub(crate) fn instruction(packs: &Packs, instruction: &Instruction) -> String {
    match instruction {
        Instruction::Do(action) => action_words(packs, *action),
        Instruction::Choose(choices) => {
            let options: Vec<String> =
                choices.iter().enumerate().map(|(n, c)| format!("({}) {}", n + 1, action_words(packs, *c))).collect();
            format!("choose: {}", options.join(", or "))
        }
    }
}

fn action_words(packs: &Packs, action: Action) -> String {
    match action {
        Action::Place(p) => format!("lay {} tile", a(seat(packs, p))),
        Action::Remove(p) => format!("lift {} tile", a(seat(packs, p))),
        Action::PlaceAny => "lay any one tile".into(),
        Action::RemoveAny => "lift any one tile".into(),
        Action::TalkOnly => "talk; no tile moves".into(),
    }
}

/// What was typed, a line each.
pub(crate) fn words(view: &View<'_>) -> Vec<String> {
    let packs = view.packs;
    let line = |w: &instep_protocol::Word| {
        let kind = match w.kind {
            WordKind::Step => "step",
            WordKind::Note => "note",
            WordKind::Reason => "reason",
        };
        let by = w.seat.map_or_else(|| "unsigned".to_owned(), |s| seat(packs, s).to_owned());
        let text = match &w.text {
            WordText::Said(text) => text.as_str(),
            WordText::Hidden => "(hidden)",
            WordText::Erased => "(erased)",
        };
        format!("{}. {kind}, {by}: {text}", w.id)
    };
    view.words.iter().map(line).collect()
}
