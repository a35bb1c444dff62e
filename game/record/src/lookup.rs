//! Events from text: ids back into numbers.

use std::collections::HashMap;

use instep_rules::{
    BlockedPlace, CardId, Commitment, Direction, EmptySeats, Entry, Event, FinishedBlocks, Outcome, Passing,
    Perspective, Removal, Setting, TeamActs, Tile, TileSet, Walking,
};
use serde::Deserialize;
use serde_json::Value;

use crate::ids::{HOWS, NO_EFFECTS, how_id};
use crate::{Hash, Header, Stored, TileId, from_hex};

/// The numbers of a header's ids.
pub(crate) struct Lookup<'a> {
    perspectives: &'a [String; 4],
    outcomes: &'a [String],
    cards: HashMap<&'a str, CardId>,
}

/// An event's line: every field that any event has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: u32,
    step: u32,
    seat: Option<String>,
    #[serde(rename = "type")]
    name: String,
    commitment: Option<String>,
    tiles: Option<Vec<TileId>>,
    setting: Option<String>,
    value: Option<Value>,
    next: Option<String>,
    round: Option<u8>,
    face: Option<u8>,
    typed: Option<bool>,
    words: Option<u32>,
    from: Option<u8>,
    to: Option<u8>,
    direction: Option<String>,
    card: Option<String>,
    deck: Option<String>,
    refilled: Option<bool>,
    option: Option<u8>,
    colour: Option<String>,
    outcome: Option<String>,
    how: Option<String>,
    note: Option<u32>,
    reason: Option<String>,
    steps: Option<u32>,
    prev: String,
    hash: String,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(header: &'a Header) -> Self {
        let cards = header.cards.iter().zip(0..).map(|(card, n)| (card.id.as_str(), CardId(n))).collect();
        Self { perspectives: &header.perspectives, outcomes: &header.outcomes, cards }
    }

    /// The event of a line; in words, what is wrong with it.
    ///
    /// Fields that don't belong to the event are not looked for here: whoever calls writes the line anew
    /// and compares.
    pub(crate) fn line(&self, text: &str) -> Result<Stored, String> {
        let line: Line = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let seat = line.seat.as_deref().map(|id| self.perspective(id)).transpose()?;
        let event = self.event(&line, seat)?;
        let entry = Entry { seq: line.seq, step: line.step, seat, event };
        Ok(Stored { entry, prev: hash("prev", &line.prev)?, hash: hash("hash", &line.hash)? })
    }

    fn event(&self, line: &Line, seat: Option<Perspective>) -> Result<Event, String> {
        let next = || self.perspective(need("next", line.next.as_deref())?);
        let outcome = || self.outcome(need("outcome", line.outcome.as_deref())?);
        let tile =
            || Ok::<_, String>(Tile::new(self.perspective(need("colour", line.colour.as_deref())?)?, outcome()?));
        let words = || need("words", line.words);
        let seated = || need("seat", seat);
        Ok(match line.name.as_str() {
            "TableOpened" => {
                let bytes = hash("commitment", need("commitment", line.commitment.as_deref())?)?;
                Event::TableOpened { commitment: Commitment(bytes) }
            }
            "PathContinued" => {
                let mut tiles = TileSet::NONE;
                for id in need("tiles", line.tiles.as_ref())? {
                    tiles = tiles.with(Tile::new(self.perspective(&id.colour)?, self.outcome(&id.outcome)?));
                }
                Event::PathContinued { tiles }
            }
            "SeatTaken" => Event::SeatTaken { seat: seated()? },
            "SeatLeft" => Event::SeatLeft { seat: seated()? },
            "SettingChanged" => {
                let name = need("setting", line.setting.as_deref())?;
                let value = need("value", line.value.as_ref())?;
                let setting = setting(name, value).ok_or_else(|| format!("no setting {name:?} can be {value}"))?;
                Event::SettingChanged { setting }
            }
            "OpeningMovedOn" => Event::OpeningMovedOn { next: next()?, round: need("round", line.round)? },
            "OpeningEnded" => Event::OpeningEnded { next: next()? },
            "DieRolled" => {
                Event::DieRolled { face: need("face", line.face)?, typed: need("typed", line.typed)?, words: words()? }
            }
            "CounterMoved" => Event::CounterMoved {
                from: need("from", line.from)?,
                to: need("to", line.to)?,
                direction: match need("direction", line.direction.as_deref())? {
                    "forward" => Direction::Forward,
                    "back" => Direction::Back,
                    other => return Err(format!("no direction is {other:?}")),
                },
            },
            "CardDrawn" => {
                let id = need("card", line.card.as_deref())?;
                // Which deck it is follows from the card; but a line must say it.
                need("deck", line.deck.as_ref())?;
                Event::CardDrawn {
                    card: *self.cards.get(id).ok_or_else(|| format!("no card is {id:?}"))?,
                    refilled: need("refilled", line.refilled)?,
                    words: words()?,
                }
            }
            "TalkEnded" => Event::TalkEnded,
            "ChoiceMade" => Event::ChoiceMade { option: need("option", line.option)? },
            "TilePlaced" => {
                let id = need("how", line.how.as_deref())?;
                let how = HOWS.into_iter().find(|how| how_id(*how) == id);
                Event::TilePlaced { tile: tile()?, how: how.ok_or_else(|| format!("`how` can't be {id:?}"))? }
            }
            "TileCracked" => Event::TileCracked { tile: tile()? },
            "TileMended" => Event::TileMended { tile: tile()?, note: need("note", line.note)? },
            "TileLifted" => Event::TileLifted { tile: tile()? },
            "OutcomeMet" => Event::OutcomeMet { outcome: outcome()? },
            "OutcomeUnmet" => Event::OutcomeUnmet { outcome: outcome()? },
            "PathCompleted" => Event::PathCompleted,
            "InstructionHadNoEffect" => {
                let id = need("reason", line.reason.as_deref())?;
                let reason = NO_EFFECTS.into_iter().find(|reason| reason.id() == id);
                Event::InstructionHadNoEffect { reason: reason.ok_or_else(|| format!("no reason is {id:?}"))? }
            }
            "PassAsked" => Event::PassAsked,
            "PassDeclined" => Event::PassDeclined,
            "CardPassed" => Event::CardPassed,
            "CardRedrawn" => Event::CardRedrawn,
            "TurnEnded" => Event::TurnEnded { next: next()? },
            "Undone" => Event::Undone { steps: need("steps", line.steps)? },
            "GameClosed" => Event::GameClosed,
            other => return Err(format!("no event has the type {other:?}")),
        })
    }

    fn perspective(&self, id: &str) -> Result<Perspective, String> {
        let index = self.perspectives.iter().position(|p| p == id);
        index.map(Perspective::from_index).ok_or_else(|| format!("no perspective is {id:?}"))
    }

    fn outcome(&self, id: &str) -> Result<Outcome, String> {
        let index = self.outcomes.iter().position(|o| o == id);
        index.map(|n| Outcome(n as u8)).ok_or_else(|| format!("no outcome is {id:?}"))
    }
}

fn need<T>(name: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("the field `{name}` is missing"))
}

fn hash(name: &str, text: &str) -> Result<Hash, String> {
    from_hex(text).ok_or_else(|| format!("`{name}` is not 64 hexadecimal digits"))
}

fn setting(name: &str, value: &Value) -> Option<Setting> {
    let byte = || value.as_u64().and_then(|n| u8::try_from(n).ok());
    let id = value.as_str();
    Some(match name {
        "die_faces" => Setting::DieFaces(byte()?),
        "real_die" => Setting::RealDie(value.as_bool()?),
        "walking" => Setting::Walking(Walking::from_id(id?)?),
        "opening_tiles" => Setting::OpeningTiles(byte()?),
        "finished_blocks" => Setting::FinishedBlocks(FinishedBlocks::from_id(id?)?),
        "blocked_place" => Setting::BlockedPlace(BlockedPlace::from_id(id?)?),
        "removal" => Setting::Removal(Removal::from_id(id?)?),
        "passing" => Setting::Passing(Passing::from_id(id?)?),
        "empty_seats" => Setting::EmptySeats(EmptySeats::from_id(id?)?),
        "team_acts" => Setting::TeamActs(TeamActs::from_id(id?)?),
        "talk_timer_s" => Setting::TalkTimer(value.as_u64().and_then(|n| u16::try_from(n).ok())?),
        _ => return None,
    })
}
