//! Why something was not done, and what would help.

use instep_protocol::{Denied, Refused, VERSION};
use instep_rules::{Refusal, Wanted};

use super::{seat, stone};
use crate::{Language, View, tell};

/// Why something was not done, and what would help.
#[must_use]
pub fn denied(view: &View<'_>, denied: Denied) -> String {
    let (language, packs) = (view.language, view.packs);
    match denied {
        Denied::Rules(refusal) => refused(view, refusal),
        Denied::MovedOn => tell!(language, "denied-moved-on"),
        Denied::NotYourSeat { seat: s } => tell!(language, "denied-not-your-seat", seat = seat(packs, s)),
        Denied::OnlyTheSpeaker { seat: s } => tell!(language, "denied-only-the-speaker", seat = seat(packs, s)),
        Denied::LooksOn => tell!(language, "denied-looks-on"),
        Denied::OnlyFacilitator => tell!(language, "denied-only-facilitator"),
        Denied::LastFacilitator => tell!(language, "denied-last-facilitator"),
        Denied::NotYetClaimable { wait_s: 0 } => tell!(language, "denied-facilitator-here"),
        Denied::NotYetClaimable { wait_s } => tell!(language, "denied-not-yet", seconds = wait_s),
        Denied::NoSuchPerson => tell!(language, "denied-no-such-person"),
        Denied::NotOfTheTeam => tell!(language, "denied-not-of-the-team"),
        Denied::WordsMissing => tell!(language, "denied-words-missing"),
        Denied::WordsTooLong { most } => tell!(language, "denied-words-too-long", most = most),
        Denied::NoSuchWords => tell!(language, "denied-no-such-words"),
        Denied::Paused => tell!(language, "denied-paused"),
        Denied::NumberOutOfOrder { .. } | Denied::NotTaken | Denied::Version { .. } => {
            tell!(language, "denied-not-taken")
        }
        Denied::TableStopped => tell!(language, "denied-table-stopped"),
        Denied::Elsewhere => tell!(language, "denied-elsewhere"),
        Denied::SentAway => tell!(language, "denied-sent-away"),
        Denied::Closing => tell!(language, "denied-closing"),
        Denied::TooSlow => tell!(language, "denied-too-slow"),
        Denied::Disorderly => tell!(language, "denied-disorderly"),
        Denied::NoChat => tell!(language, "denied-no-chat"),
        Denied::Muted => tell!(language, "denied-muted"),
        Denied::NobodyWaits => tell!(language, "denied-nobody-waits"),
        Denied::TableFull => tell!(language, "denied-table-full"),
        Denied::WordsTooFast { wait_s } => tell!(language, "denied-words-too-fast", seconds = wait_s),
        Denied::NoMoreWords => tell!(language, "denied-no-more-words"),
        Denied::NoMoreEvents => tell!(language, "denied-no-more-events"),
    }
}

/// Why somebody was not let in, and what to do.
#[must_use]
pub fn not_let_in(language: &Language, why: Refused) -> String {
    match why {
        Refused::Version { oldest, newest } => {
            tell!(language, "enter-version", oldest = oldest, newest = newest, ours = VERSION)
        }
        Refused::NoSuchTable => tell!(language, "enter-no-such-table"),
        Refused::NotGoodAnyMore => tell!(language, "enter-not-good-any-more"),
        Refused::TurnedAway => tell!(language, "enter-turned-away"),
        Refused::TableFull { most } => tell!(language, "enter-table-full", most = most),
        Refused::ServerFull => tell!(language, "enter-server-full"),
        Refused::TooManyTries { wait_s } => tell!(language, "enter-too-many-tries", seconds = wait_s),
        Refused::NoSuchPack { .. } => tell!(language, "enter-no-such-pack"),
        Refused::BadSetup => tell!(language, "enter-bad-setup"),
        Refused::PassNeeded => tell!(language, "enter-pass-needed"),
        Refused::Words => tell!(language, "enter-words"),
        Refused::Stopped => tell!(language, "enter-stopped"),
        Refused::Closing => tell!(language, "enter-closing"),
        Refused::Busy => tell!(language, "enter-busy"),
        Refused::NotHere => tell!(language, "enter-not-here"),
    }
}

fn refused(view: &View<'_>, refusal: Refusal) -> String {
    let (language, packs) = (view.language, view.packs);
    match refusal {
        Refusal::NotYourTurn { seat: s } | Refusal::NoSeat { seat: s } => {
            tell!(language, "refused-turn", seat = seat(packs, s))
        }
        Refusal::OnlyFacilitator => tell!(language, "denied-only-facilitator"),
        Refusal::NotNow { wanted } => tell!(language, "refused-not-now", wanted = &wanted_words(view, wanted)),
        Refusal::TypeTheFace { faces } => tell!(language, "refused-type-the-face", faces = faces),
        Refusal::NoRealDie => tell!(language, "refused-no-real-die"),
        Refusal::NoSuchFace { faces } => tell!(language, "refused-no-such-face", faces = faces),
        Refusal::NotInPlay { outcome } if outcome.index() >= packs.outcomes().len() => {
            tell!(language, "refused-no-such-stone", stones = packs.outcomes().len())
        }
        Refusal::NotInPlay { outcome } => tell!(language, "refused-another-day", stone = stone(packs, outcome)),
        Refusal::AlreadyLaid { tile: t } => {
            let (seat, stone) = (seat(packs, t.colour), stone(packs, t.outcome));
            tell!(language, "refused-already-laid", seat = seat, stone = stone)
        }
        Refusal::NotThere { tile: t } => {
            let (seat, stone) = (seat(packs, t.colour), stone(packs, t.outcome));
            tell!(language, "refused-not-there", seat = seat, stone = stone)
        }
        Refusal::FinishedStone { outcome } => tell!(language, "refused-finished", stone = stone(packs, outcome)),
        Refusal::WrongColour { colour } => tell!(language, "refused-wrong-colour", seat = seat(packs, colour)),
        Refusal::NoSuchOption { options } => tell!(language, "refused-no-such-option", options = options),
        Refusal::OptionWithoutEffect { option } => {
            tell!(language, "refused-option-without-effect", option = option + 1)
        }
        Refusal::NoCard => tell!(language, "refused-no-card"),
        Refusal::AlreadyResolved => tell!(language, "refused-already-resolved"),
        Refusal::PassAlreadyAsked => tell!(language, "refused-pass-already-asked"),
        Refusal::NoPassAsked => tell!(language, "refused-no-pass-asked"),
        Refusal::NoOtherCard => tell!(language, "refused-no-other-card"),
        Refusal::NotSoManySteps { steps: 0 } => tell!(language, "refused-nothing-to-take-back"),
        Refusal::NotSoManySteps { steps } => tell!(language, "refused-not-so-many-steps", steps = steps),
        Refusal::FixedAtFirstRoll => tell!(language, "refused-fixed-at-first-roll"),
        Refusal::FixedAtFirstTile => tell!(language, "refused-fixed-at-first-tile"),
        Refusal::SettingOutOfRange => tell!(language, "refused-setting-out-of-range"),
        Refusal::SeatAsBefore { seat: s } => tell!(language, "refused-seat-as-before", seat = seat(packs, s)),
        Refusal::GameClosed => tell!(language, "refused-closed"),
    }
}

fn wanted_words(view: &View<'_>, wanted: Wanted) -> String {
    let language = view.language;
    match wanted {
        Wanted::OpeningTile => tell!(language, "wanted-opening-tile"),
        Wanted::Roll => tell!(language, "wanted-roll"),
        Wanted::Walk => tell!(language, "wanted-walk"),
        Wanted::EndTalk => tell!(language, "wanted-end-talk"),
        Wanted::Choose => tell!(language, "wanted-choose"),
        Wanted::Place => tell!(language, "wanted-place"),
        Wanted::Remove => tell!(language, "wanted-remove"),
        Wanted::Mend => tell!(language, "wanted-mend"),
    }
}
