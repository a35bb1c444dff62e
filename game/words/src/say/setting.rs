//! A setting that was changed, in words.

use instep_rules::{BlockedPlace, EmptySeats, FinishedBlocks, Passing, Removal, Setting, TeamActs, Walking};

use crate::{Language, tell};

/// What holds from now on, to go on with in a sentence.
#[must_use]
pub fn setting(language: &Language, setting: Setting) -> String {
    match setting {
        Setting::DieFaces(faces) => tell!(language, "setting-die-faces", faces = faces),
        Setting::RealDie(true) => tell!(language, "setting-real-die-on"),
        Setting::RealDie(false) => tell!(language, "setting-real-die-off"),
        Setting::Walking(Walking::Forward) => tell!(language, "setting-walking-forward"),
        Setting::Walking(Walking::EitherWay) => tell!(language, "setting-walking-either-way"),
        Setting::OpeningTiles(0) => tell!(language, "setting-opening-tiles-none"),
        Setting::OpeningTiles(n) => tell!(language, "setting-opening-tiles", tiles = n),
        Setting::FinishedBlocks(FinishedBlocks::Safe) => tell!(language, "setting-finished-safe"),
        Setting::FinishedBlocks(FinishedBlocks::MayBreak) => tell!(language, "setting-finished-may-break"),
        Setting::BlockedPlace(BlockedPlace::AnyMissing) => tell!(language, "setting-blocked-any-missing"),
        Setting::BlockedPlace(BlockedPlace::NoEffect) => tell!(language, "setting-blocked-no-effect"),
        Setting::Removal(Removal::Mend) => tell!(language, "setting-removal-mend"),
        Setting::Removal(Removal::Lift) => tell!(language, "setting-removal-lift"),
        Setting::Passing(Passing::AtOnce) => tell!(language, "setting-passing-at-once"),
        Setting::Passing(Passing::FacilitatorConfirms) => tell!(language, "setting-passing-facilitator"),
        Setting::EmptySeats(EmptySeats::Voiced) => tell!(language, "setting-empty-voiced"),
        Setting::EmptySeats(EmptySeats::Skipped) => tell!(language, "setting-empty-skipped"),
        Setting::TeamActs(TeamActs::Anyone) => tell!(language, "setting-team-anyone"),
        Setting::TeamActs(TeamActs::Speaker) => tell!(language, "setting-team-speaker"),
        Setting::TeamActs(TeamActs::ShowOfHands) => tell!(language, "setting-team-hands"),
        Setting::TalkTimer(0) => tell!(language, "setting-timer-off"),
        Setting::TalkTimer(seconds) => tell!(language, "setting-timer", time = &time(language, seconds)),
    }
}

/// "3 minutes 30 seconds".
fn time(language: &Language, seconds: u16) -> String {
    match (seconds / 60, seconds % 60) {
        (0, s) => tell!(language, "time-seconds", seconds = s),
        (m, 0) => tell!(language, "time-minutes", minutes = m),
        (m, s) => tell!(language, "time-minutes-seconds", minutes = m, seconds = s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_said_in_words() {
        let mut all = vec![
            Setting::DieFaces(8),
            Setting::RealDie(true),
            Setting::RealDie(false),
            Setting::TalkTimer(0),
            Setting::TalkTimer(210),
        ];
        all.extend((0..=3).map(Setting::OpeningTiles));
        all.extend(Walking::ALL.iter().copied().map(Setting::Walking));
        all.extend(FinishedBlocks::ALL.iter().copied().map(Setting::FinishedBlocks));
        all.extend(BlockedPlace::ALL.iter().copied().map(Setting::BlockedPlace));
        all.extend(Removal::ALL.iter().copied().map(Setting::Removal));
        all.extend(Passing::ALL.iter().copied().map(Setting::Passing));
        all.extend(EmptySeats::ALL.iter().copied().map(Setting::EmptySeats));
        all.extend(TeamActs::ALL.iter().copied().map(Setting::TeamActs));
        let english = Language::english();
        let words = |s| setting(&english, s);
        let said: std::collections::BTreeSet<String> = all.iter().map(|s| words(*s)).collect();
        assert_eq!(said.len(), all.len(), "no two sound alike: {said:#?}");
        assert!(said.iter().all(|s| !s.contains(['_', '(']) && !s.contains("block")), "{said:#?}");
        assert_eq!(words(Setting::TalkTimer(210)), "the talk timer is 3 minutes 30 seconds");
        assert_eq!(words(Setting::TalkTimer(61)), "the talk timer is 1 minute 1 second");
        assert_eq!(words(Setting::TalkTimer(120)), "the talk timer is 2 minutes");
        assert_eq!(words(Setting::TalkTimer(45)), "the talk timer is 45 seconds");
    }
}
