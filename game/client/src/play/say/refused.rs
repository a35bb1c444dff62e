//! Why something was not done, and what would help.

use instep_protocol::Denied;
use instep_rules::{Refusal, Wanted};

use super::{a, seat, seats, stone};
use crate::play::view::View;

/// Why something was not done, and what would help.
pub(crate) fn denied(view: &View<'_>, denied: Denied) -> String {
    let packs = view.packs;
    match denied {
        Denied::Rules(refusal) => refused(view, refusal),
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

fn refused(view: &View<'_>, refusal: Refusal) -> String {
    let packs = view.packs;
    match refusal {
        Refusal::NotYourTurn { seat: s } | Refusal::NoSeat { seat: s } => {
            format!("It is the {} turn.", seats(packs, s))
        }
        Refusal::OnlyFacilitator => "Only the facilitator can do that.".into(),
        Refusal::NotNow { wanted } => format!("Not now: {}.", wanted_words(wanted)),
        Refusal::TypeTheFace { faces } => format!("A real die is in use: type its face, 1 to {faces}, after roll."),
        Refusal::NoRealDie => "No real die is in use: roll without a number.".into(),
        Refusal::NoSuchFace { faces } => format!("The die has the faces 1 to {faces}."),
        Refusal::NotInPlay { outcome } if outcome.index() >= packs.outcomes().len() => {
            format!("There are the stones 1 to {}: choose one of those in play.", packs.outcomes().len())
        }
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
