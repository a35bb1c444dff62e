//! Events as text: ids straight into a buffer, nothing allocated.

use std::fmt::Write as _;

use instep_rules::{CardId, Deck, Direction, Entry, Event, How, NoEffect, Outcome, Perspective, Setting, Setup, Tile};

use crate::header::POEMS;
use crate::hex::push_hex;
use crate::{Header, HeaderError};

/// The ids of a header, quoted and escaped, to write events with.
#[derive(Clone, Debug)]
pub struct Ids {
    perspectives: [Box<str>; 4],
    outcomes: Box<[Box<str>]>,
    /// Each card with its deck's place in `Deck::ALL`.
    cards: Box<[(Box<str>, u8)]>,
    poems: Box<str>,
}

/// A number that the setup lacks is written as this. Only a damaged journal has one.
const UNKNOWN: &str = "null";

impl Ids {
    /// The ids of `header`.
    ///
    /// # Errors
    /// [`HeaderError`] where the header makes no setup.
    pub fn new(header: &Header) -> Result<Self, HeaderError> {
        Ok(Self::with_setup(header, &header.setup()?))
    }

    /// The ids of `header`, whose setup is at hand.
    pub(crate) fn with_setup(header: &Header, setup: &Setup) -> Self {
        let cards = header.cards.iter().zip(setup.cards());
        Self {
            perspectives: header.perspectives.each_ref().map(|id| quoted(id)),
            outcomes: header.outcomes.iter().map(|id| quoted(id)).collect(),
            cards: cards.map(|(card, rules)| (quoted(&card.id), rules.deck.index() as u8)).collect(),
            poems: quoted(POEMS),
        }
    }

    fn colour(&self, perspective: Perspective) -> &str {
        &self.perspectives[perspective.index()]
    }

    fn outcome(&self, outcome: Outcome) -> &str {
        self.outcomes.get(outcome.index()).map_or(UNKNOWN, |id| id)
    }

    fn card(&self, card: CardId) -> (&str, &str) {
        match self.cards.get(card.index()) {
            Some((id, deck)) => match Deck::ALL[*deck as usize] {
                Deck::Of(perspective) => (id, self.colour(perspective)),
                Deck::Poems => (id, &self.poems),
            },
            None => (UNKNOWN, UNKNOWN),
        }
    }

    /// The event as one JSON object: its type and its fields.
    #[must_use]
    pub fn event_text(&self, event: &Event) -> String {
        let mut text = String::from("{");
        self.push_event(&mut text, event);
        text.push('}');
        text
    }

    /// The entry as one JSON object, without the chain's hashes.
    #[must_use]
    pub fn entry_text(&self, entry: &Entry) -> String {
        let mut text = String::new();
        self.push_entry(&mut text, entry);
        text.push('}');
        text
    }

    /// The line of an entry whose hashes are known.
    pub(crate) fn line(&self, entry: &Entry, prev: &[u8; 32], hash: &[u8; 32]) -> String {
        let mut text = String::with_capacity(320);
        self.push_entry(&mut text, entry);
        push_prev(&mut text, prev);
        push_hash(&mut text, hash);
        text
    }

    /// `{"seq":…` up to the event's last field; the object stays open.
    #[inline]
    pub(crate) fn push_entry(&self, text: &mut String, entry: &Entry) {
        text.push_str("{\"seq\":");
        push_number(text, entry.seq);
        text.push_str(",\"step\":");
        push_number(text, entry.step);
        text.push_str(",\"seat\":");
        text.push_str(entry.seat.map_or("null", |seat| self.colour(seat)));
        text.push(',');
        self.push_event(text, &entry.event);
    }

    fn push_event(&self, text: &mut String, event: &Event) {
        text.push_str("\"type\":\"");
        text.push_str(event_name(event));
        text.push('"');
        let mut out = Fields { text, ids: self };
        match *event {
            Event::TableOpened { commitment } => {
                out.text.push_str(",\"commitment\":\"");
                push_hex(out.text, &commitment.0);
                out.text.push('"');
            }
            Event::PathContinued { tiles } => {
                out.raw("tiles", "[");
                for (n, tile) in tiles.iter().enumerate() {
                    out.text.push_str(if n == 0 { "{\"colour\":" } else { ",{\"colour\":" });
                    out.text.push_str(self.colour(tile.colour));
                    out.raw("outcome", self.outcome(tile.outcome));
                    out.text.push('}');
                }
                out.text.push(']');
            }
            // Whose seat it is, is what `seat` says.
            Event::SeatTaken { .. } | Event::SeatLeft { .. } => {}
            Event::SettingChanged { setting } => out.setting(setting),
            Event::OpeningMovedOn { next, round } => {
                out.raw("next", self.colour(next));
                out.number("round", u32::from(round));
            }
            Event::OpeningEnded { next } | Event::TurnEnded { next } => out.raw("next", self.colour(next)),
            Event::DieRolled { face, typed, words } => {
                out.number("face", u32::from(face));
                out.flag("typed", typed);
                out.number("words", words);
            }
            Event::CounterMoved { from, to, direction } => {
                out.number("from", u32::from(from));
                out.number("to", u32::from(to));
                out.word("direction", direction_id(direction));
            }
            Event::CardDrawn { card, refilled, words } => {
                let (card, deck) = self.card(card);
                out.raw("card", card);
                out.raw("deck", deck);
                out.flag("refilled", refilled);
                out.number("words", words);
            }
            Event::ChoiceMade { option } => out.number("option", u32::from(option)),
            Event::TilePlaced { tile, how } => {
                out.tile(tile);
                out.word("how", how_id(how));
            }
            Event::TileMended { tile, note } => {
                out.tile(tile);
                out.number("note", note);
            }
            Event::TileCracked { tile } | Event::TileLifted { tile } => out.tile(tile),
            Event::OutcomeMet { outcome } | Event::OutcomeUnmet { outcome } => {
                out.raw("outcome", self.outcome(outcome));
            }
            Event::InstructionHadNoEffect { reason } => out.word("reason", reason.id()),
            Event::Undone { steps } => out.number("steps", steps),
            Event::TalkEnded
            | Event::PathCompleted
            | Event::PassAsked
            | Event::PassDeclined
            | Event::CardPassed
            | Event::CardRedrawn
            | Event::GameClosed => {}
        }
    }
}

/// Fields on their way into an object that has one already.
struct Fields<'a> {
    text: &'a mut String,
    ids: &'a Ids,
}

impl Fields<'_> {
    #[inline]
    fn raw(&mut self, name: &str, value: &str) {
        self.text.push_str(",\"");
        self.text.push_str(name);
        self.text.push_str("\":");
        self.text.push_str(value);
    }

    fn word(&mut self, name: &str, value: &str) {
        self.raw(name, "\"");
        self.text.push_str(value);
        self.text.push('"');
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.raw(name, if value { "true" } else { "false" });
    }

    #[inline]
    fn number(&mut self, name: &str, value: u32) {
        self.raw(name, "");
        push_number(self.text, value);
    }

    fn tile(&mut self, tile: Tile) {
        let ids = self.ids;
        self.raw("colour", ids.colour(tile.colour));
        self.raw("outcome", ids.outcome(tile.outcome));
    }

    fn setting(&mut self, setting: Setting) {
        self.word("setting", setting_name(setting));
        match setting {
            Setting::DieFaces(n) | Setting::OpeningTiles(n) => self.number("value", u32::from(n)),
            Setting::TalkTimer(seconds) => self.number("value", u32::from(seconds)),
            Setting::RealDie(on) => self.flag("value", on),
            Setting::Walking(v) => self.word("value", v.id()),
            Setting::FinishedBlocks(v) => self.word("value", v.id()),
            Setting::BlockedPlace(v) => self.word("value", v.id()),
            Setting::Removal(v) => self.word("value", v.id()),
            Setting::Passing(v) => self.word("value", v.id()),
            Setting::EmptySeats(v) => self.word("value", v.id()),
            Setting::TeamActs(v) => self.word("value", v.id()),
        }
    }
}

#[inline]
pub(crate) fn push_prev(text: &mut String, prev: &[u8; 32]) {
    text.push_str(",\"prev\":\"");
    push_hex(text, prev);
    text.push('"');
}

#[inline]
pub(crate) fn push_hash(text: &mut String, hash: &[u8; 32]) {
    text.push_str(",\"hash\":\"");
    push_hex(text, hash);
    text.push_str("\"}");
}

fn push_number(text: &mut String, number: u32) {
    if number < 10 {
        text.push((b'0' + number as u8) as char);
    } else {
        // Writing to a string never fails.
        let _ = write!(text, "{number}");
    }
}

fn quoted(id: &str) -> Box<str> {
    serde_json::to_string(id).expect("a string is always JSON").into()
}

/// The event's name in records: that of its variant.
#[must_use]
pub const fn event_name(event: &Event) -> &'static str {
    match event {
        Event::TableOpened { .. } => "TableOpened",
        Event::PathContinued { .. } => "PathContinued",
        Event::SeatTaken { .. } => "SeatTaken",
        Event::SeatLeft { .. } => "SeatLeft",
        Event::SettingChanged { .. } => "SettingChanged",
        Event::OpeningMovedOn { .. } => "OpeningMovedOn",
        Event::OpeningEnded { .. } => "OpeningEnded",
        Event::DieRolled { .. } => "DieRolled",
        Event::CounterMoved { .. } => "CounterMoved",
        Event::CardDrawn { .. } => "CardDrawn",
        Event::TalkEnded => "TalkEnded",
        Event::ChoiceMade { .. } => "ChoiceMade",
        Event::TilePlaced { .. } => "TilePlaced",
        Event::TileCracked { .. } => "TileCracked",
        Event::TileMended { .. } => "TileMended",
        Event::TileLifted { .. } => "TileLifted",
        Event::OutcomeMet { .. } => "OutcomeMet",
        Event::OutcomeUnmet { .. } => "OutcomeUnmet",
        Event::PathCompleted => "PathCompleted",
        Event::InstructionHadNoEffect { .. } => "InstructionHadNoEffect",
        Event::PassAsked => "PassAsked",
        Event::PassDeclined => "PassDeclined",
        Event::CardPassed => "CardPassed",
        Event::CardRedrawn => "CardRedrawn",
        Event::TurnEnded { .. } => "TurnEnded",
        Event::Undone { .. } => "Undone",
        Event::GameClosed => "GameClosed",
    }
}

pub(crate) const fn direction_id(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "forward",
        Direction::Back => "back",
    }
}

pub(crate) const fn how_id(how: How) -> &'static str {
    match how {
        How::Opening => "opening",
        How::Named => "named",
        How::Any => "any",
        How::Instead => "instead",
    }
}

pub(crate) const HOWS: [How; 4] = [How::Opening, How::Named, How::Any, How::Instead];
pub(crate) const NO_EFFECTS: [NoEffect; 3] = [NoEffect::NothingToLay, NoEffect::NothingToLift, NoEffect::NoOption];

/// A setting's name in records: that of the ruleset's field.
const fn setting_name(setting: Setting) -> &'static str {
    match setting {
        Setting::DieFaces(_) => "die_faces",
        Setting::RealDie(_) => "real_die",
        Setting::Walking(_) => "walking",
        Setting::OpeningTiles(_) => "opening_tiles",
        Setting::FinishedBlocks(_) => "finished_blocks",
        Setting::BlockedPlace(_) => "blocked_place",
        Setting::Removal(_) => "removal",
        Setting::Passing(_) => "passing",
        Setting::EmptySeats(_) => "empty_seats",
        Setting::TeamActs(_) => "team_acts",
        Setting::TalkTimer(_) => "talk_timer_s",
    }
}
