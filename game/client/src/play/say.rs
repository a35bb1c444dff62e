//! Sentences for people: events, refusals, the end.

use instep_content::Packs;
use instep_protocol::{Denied, WordKind, WordText};
use instep_rules::{
    Action, Deck, Direction, Entry, Event, How, Instruction, NoEffect, Outcome, Perspective, Refusal, Space, Tile,
    Wanted,
};

use super::session::Session;
use super::twin;

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
pub(crate) fn entry(session: &Session, entry: &Entry) -> Option<String> {
    let packs = session.packs();
    let setup = session.mirror().game().setup();
    let who = entry.seat.map_or("", |s| seat(packs, s));
    let capital = |text: String| {
        let mut letters = text.chars();
        letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    Some(capital(match entry.event {
        Event::TableOpened { .. } => "the table is open".into(),
        Event::PathContinued { tiles } => {
            format!("the path goes on with {} tiles from an earlier session", tiles.len())
        }
        Event::SeatTaken { seat: s } => format!("somebody plays {}", seat(packs, s)),
        Event::SeatLeft { seat: s } => format!("nobody plays {} any more", seat(packs, s)),
        Event::SettingChanged { setting } => format!("a setting was changed: {setting:?}"),
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
            let title = session.item(card).and_then(|item| item.title());
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
            let step = session.mirror().words().iter().find(|w| w.id == note).and_then(|w| match &w.text {
                WordText::Said(text) => Some(format!(": {text}")),
                WordText::Hidden | WordText::Erased => None,
            });
            format!("{who}: kept {} by a real step{}", tile(packs, t), step.unwrap_or_default())
        }
        Event::TileLifted { tile: t } => format!("{who}: lifted {}", tile(packs, t)),
        Event::OutcomeMet { outcome } => format!("★ {} is met", stone(packs, outcome)),
        Event::OutcomeUnmet { outcome } => format!("{} is unmet again", stone(packs, outcome)),
        Event::PathCompleted => "★★ the path is complete".into(),
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
        NoEffect::NothingToLift => "no stone has a tile that the card could lift",
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

/// Why something was not done, and what would help.
pub(crate) fn denied(session: &Session, denied: Denied) -> String {
    let packs = session.packs();
    match denied {
        Denied::Rules(refusal) => refused(session, refusal),
        Denied::MovedOn => "The table has moved on since you pressed: look at it again.".into(),
        Denied::NotYourSeat { seat: s } => format!("Somebody else plays {}.", seat(packs, s)),
        Denied::OnlyTheSpeaker { seat: s } => format!("The speaker of the {} team acts for it.", seat(packs, s)),
        Denied::LooksOn => "You look on at this table: take a seat to play.".into(),
        Denied::OnlyFacilitator => "Only the facilitator can do that.".into(),
        Denied::LastFacilitator => "The table needs a facilitator: make somebody else one first.".into(),
        Denied::NotYetClaimable { wait_s: 0 } => "A facilitator is here.".into(),
        Denied::NotYetClaimable { wait_s } => {
            format!("The facilitator may come back: in {wait_s} seconds you can take over.")
        }
        Denied::NoSuchPerson => "Nobody of that number is at the table.".into(),
        Denied::NotOfTheTeam => "That person does not play for that seat.".into(),
        Denied::WordsMissing => "Some words are needed: a real step, and who takes it.".into(),
        Denied::WordsTooLong { most } => format!("That is too long: at most {most} characters."),
        Denied::NoSuchWords => "There is no note of that number.".into(),
        Denied::Paused => "The table is paused: go on first.".into(),
        Denied::NumberOutOfOrder { .. } | Denied::NotTaken | Denied::Version { .. } => {
            "The table could not take that: try once more.".into()
        }
        Denied::TableStopped => "The table has stopped; nothing that was shown is lost: start again.".into(),
    }
}

fn refused(session: &Session, refusal: Refusal) -> String {
    let packs = session.packs();
    match refusal {
        Refusal::NotYourTurn { seat: s } | Refusal::NoSeat { seat: s } => {
            format!("It is the {} turn.", seats(packs, s))
        }
        Refusal::OnlyFacilitator => "Only the facilitator can do that.".into(),
        Refusal::NotNow { wanted } => format!("Not now: {}.", wanted_words(wanted)),
        Refusal::TypeTheFace { faces } => format!("A real die is in use: type its face, 1 to {faces}, after roll."),
        Refusal::NoRealDie => "No real die is in use: roll without a number.".into(),
        Refusal::NoSuchFace { faces } => format!("The die has the faces 1 to {faces}."),
        Refusal::NotInPlay { outcome } => {
            format!("{} is for another day: choose a stone in play.", stone(packs, outcome))
        }
        Refusal::AlreadyLaid { tile: t } => {
            format!("{} already has {} tile: choose another stone.", stone(packs, t.outcome), a(seat(packs, t.colour)))
        }
        Refusal::NotThere { tile: t } => {
            format!("{} has no {} tile: choose a stone that has one.", stone(packs, t.outcome), seat(packs, t.colour))
        }
        Refusal::FinishedStone { outcome } => {
            format!("{} is met, and finished stones are safe: choose another stone.", stone(packs, outcome))
        }
        Refusal::WrongColour { colour } => format!("It is {} tile that is asked for.", a(seat(packs, colour))),
        Refusal::NoSuchOption { options } => format!("The card has {options} options."),
        Refusal::OptionWithoutEffect { option } => {
            format!("Option {} would change nothing now: choose another.", option + 1)
        }
        Refusal::NoCard => "No card is in play.".into(),
        Refusal::AlreadyResolved => "The card is done with: it can't be passed over now.".into(),
        Refusal::PassAlreadyAsked => "Somebody has asked to pass already.".into(),
        Refusal::NoPassAsked => "Nobody has asked to pass.".into(),
        Refusal::NoOtherCard => "This deck has no other card.".into(),
        Refusal::NotSoManySteps { steps: 0 } => "There is nothing to take back.".into(),
        Refusal::NotSoManySteps { steps } => format!("Only {steps} steps can be taken back: ask for 1 to {steps}."),
        Refusal::FixedAtFirstRoll => "That setting is fixed since the first roll.".into(),
        Refusal::FixedAtFirstTile => "The number of opening tiles is fixed since the first one was laid.".into(),
        Refusal::SettingOutOfRange => "That setting has no such value.".into(),
        Refusal::SeatAsBefore { seat: s } => format!("Nothing changes for {}.", seat(packs, s)),
        Refusal::GameClosed => "The game is closed: begin another.".into(),
    }
}

fn wanted_words(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::OpeningTile => "first an opening tile is laid (place COLOUR STONE)",
        Wanted::Roll => "first the die is rolled",
        Wanted::Walk => "first choose a way to walk, forward or back",
        Wanted::EndTalk => "the table is talking about the card; end the talk first (end-talk)",
        Wanted::Choose => "first choose one of the card's options",
        Wanted::Place => "the card wants a tile laid on a stone",
        Wanted::Remove => "the card wants a tile picked to be lifted",
        Wanted::Mend => "a tile is cracked: keep it by a real step (mend WORDS), or let it go",
    }
}

/// How it stands at the end, or where it was left.
pub(crate) fn ending(session: &Session) -> String {
    let game = session.mirror().game();
    let (setup, state) = (game.setup(), game.state());
    let met = state.met(setup).len();
    let all = setup.in_play().len();
    let turns = match state.turns() {
        1 => "1 turn".to_owned(),
        n => format!("{n} turns"),
    };
    let mut lines = twin::path(session);
    lines.push(match (state.path_complete(setup), state.closed()) {
        (true, _) => format!("The path is complete: all {all} outcomes are met, after {turns}."),
        (false, true) => format!("{met} of {all} outcomes are met, after {turns}. A planned stop is no failure."),
        (false, false) => format!("{met} of {all} outcomes are met, after {turns}. The game is kept as it is."),
    });
    let count = |laid: fn(&Event) -> bool| game.in_effect().filter(|e| laid(&e.event)).count();
    let built = count(|e| matches!(e, Event::TilePlaced { .. }));
    let lifted = count(|e| matches!(e, Event::TileLifted { .. }));
    let mended = count(|e| matches!(e, Event::TileMended { .. }));
    lines.push(format!("Tiles laid: {built}. Kept by a real step: {mended}. Lifted: {lifted}."));
    lines.join("\n")
}

/// What was typed, a line each.
pub(crate) fn words(session: &Session) -> Vec<String> {
    let packs = session.packs();
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
    session.mirror().words().iter().map(line).collect()
}
