//! Whose answer an answer is: a number alone does not tell.

use std::hash::{DefaultHasher, Hasher};

use super::*;

/// One person's answers, oldest first, and the greatest number that one was given to.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) list: VecDeque<(u32, Answer, AnswerOf)>,
    pub(super) last: u32,
}

/// What a remembered answer was the answer of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AnswerOf {
    /// Of a request with this fingerprint.
    Request(u64),
    /// Of the request that made this event; the journal holds no more of it.
    Event(Event),
    /// The same, but a show of hands may have decided otherwise than whoever asked last.
    Voted(Event),
}

impl AnswerOf {
    pub(super) fn request(ask: &Ask) -> Self {
        let mut hasher = DefaultHasher::new();
        // Plain data in memory: postcard has no reason to fail.
        hasher.write(&postcard::to_stdvec(ask).unwrap_or_default());
        Self::Request(hasher.finish())
    }

    /// Whether it may be the answer to this request.
    pub(super) fn may_be(&self, ask: &Ask) -> bool {
        let (event, voted) = match self {
            Self::Request(_) => return *self == Self::request(ask),
            Self::Event(event) => (*event, false),
            Self::Voted(event) => (*event, true),
        };
        match (ask, event) {
            (Ask::TakeSeat(seat), Event::SeatTaken { seat: taken }) => *seat == taken,
            (Ask::LeaveSeat(seat), Event::SeatLeft { seat: left }) => *seat == left,
            (Ask::Mend { .. }, Event::TileMended { .. }) => true,
            (Ask::Mend { .. }, Event::TileLifted { .. }) => voted,
            (Ask::Act { command, .. }, event) => may_have_made(*command, event, voted),
            _ => false,
        }
    }
}

/// Whether a command's first event may be this one.
fn may_have_made(command: Command, event: Event, voted: bool) -> bool {
    match (command, event) {
        (Command::Roll, Event::DieRolled { typed, .. }) => !typed,
        (Command::RollTyped(n), Event::DieRolled { face, typed, .. }) => typed && (voted || n == face),
        (Command::Walk(way), Event::CounterMoved { direction, .. }) => voted || way == direction,
        (Command::Choose(n), Event::ChoiceMade { option }) => voted || n == option,
        (Command::Place(colour, outcome), Event::TilePlaced { tile, .. })
        | (Command::Remove(colour, outcome), Event::TileCracked { tile } | Event::TileLifted { tile }) => {
            voted || (tile.colour, tile.outcome) == (colour, outcome)
        }
        (Command::LetGo, Event::TileMended { .. }) => voted,
        (Command::Undo(n), Event::Undone { steps }) => n == steps,
        (Command::Set(to), Event::SettingChanged { setting }) => to == setting,
        (Command::EndTalk, Event::TalkEnded)
        | (Command::LetGo, Event::TileLifted { .. })
        | (Command::DeclinePass, Event::PassDeclined)
        | (Command::Redraw, Event::CardRedrawn)
        | (Command::Close, Event::GameClosed) => true,
        _ => false,
    }
}
