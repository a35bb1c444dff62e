//! A setting that was changed, in words.

use instep_rules::{BlockedPlace, EmptySeats, FinishedBlocks, Passing, Removal, Setting, TeamActs, Walking};

/// What holds from now on.
pub(super) fn words(setting: Setting) -> String {
    match setting {
        Setting::DieFaces(faces) => format!("the die has {faces} faces"),
        Setting::RealDie(true) => "a real die is rolled, and its face typed in".into(),
        Setting::RealDie(false) => "the die is rolled here, not by hand".into(),
        Setting::Walking(Walking::Forward) => "everyone walks forward only".into(),
        Setting::Walking(Walking::EitherWay) => "everyone may walk forward or back".into(),
        Setting::OpeningTiles(0) => "there are no opening tiles".into(),
        Setting::OpeningTiles(1) => "each seat lays one opening tile".into(),
        Setting::OpeningTiles(n) => format!("each seat lays {n} opening tiles"),
        Setting::FinishedBlocks(FinishedBlocks::Safe) => "finished stones are safe".into(),
        Setting::FinishedBlocks(FinishedBlocks::MayBreak) => "finished stones may lose a tile again".into(),
        Setting::BlockedPlace(BlockedPlace::AnyMissing) => {
            "where every stone has the card's colour, any missing tile may be laid instead".into()
        }
        Setting::BlockedPlace(BlockedPlace::NoEffect) => {
            "where every stone has the card's colour, no tile is laid".into()
        }
        Setting::Removal(Removal::Mend) => "a tile that would be lifted cracks, and a real step may keep it".into(),
        Setting::Removal(Removal::Lift) => "a tile that a card takes is lifted at once".into(),
        Setting::Passing(Passing::AtOnce) => "whoever asks to pass over a card is heard at once".into(),
        Setting::Passing(Passing::FacilitatorConfirms) => "the facilitator confirms a pass".into(),
        Setting::EmptySeats(EmptySeats::Voiced) => "anyone may act for a seat that nobody holds".into(),
        Setting::EmptySeats(EmptySeats::Skipped) => "seats that nobody holds have no turn".into(),
        Setting::TeamActs(TeamActs::Anyone) => "anyone of a team acts for it".into(),
        Setting::TeamActs(TeamActs::Speaker) => "a team's speaker acts for it".into(),
        Setting::TeamActs(TeamActs::ShowOfHands) => "a team acts by a show of hands".into(),
        Setting::TalkTimer(0) => "there is no talk timer".into(),
        Setting::TalkTimer(seconds) => format!("the talk timer is {}", time(seconds)),
    }
}

/// "3 minutes 30 seconds".
fn time(seconds: u16) -> String {
    let of = |n: u16, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    match (seconds / 60, seconds % 60) {
        (0, s) => of(s, "second"),
        (m, 0) => of(m, "minute"),
        (m, s) => format!("{} {}", of(m, "minute"), of(s, "second")),
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
        let said: std::collections::BTreeSet<String> = all.iter().map(|s| words(*s)).collect();
        assert_eq!(said.len(), all.len(), "no two sound alike: {said:#?}");
        assert!(said.iter().all(|s| !s.contains(['_', '(']) && !s.contains("block")), "{said:#?}");
        assert_eq!(words(Setting::TalkTimer(210)), "the talk timer is 3 minutes 30 seconds");
    }
}
