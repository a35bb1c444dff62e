//! What is asked of each pack, in one table.

use std::ops::RangeInclusive;

/// What is asked of one pack. Whatever is asked of all alike stands with its test.
pub(crate) struct Demands {
    pub(crate) pack: &'static str,
    pub(crate) cards_min: usize,
    /// In each of the four voices.
    pub(crate) voice_min: usize,
    pub(crate) poems_min: usize,
    pub(crate) speakers: &'static [SpeakerDemand],
    pub(crate) themes: usize,
    pub(crate) areas: usize,
    /// Cards about each theme.
    pub(crate) theme_min: usize,
    /// Packs that it is made to be mixed into.
    pub(crate) mixes_into: &'static [&'static str],
    pub(crate) games: &'static [Game],
}

/// How many cards of one voice are said by these speakers.
pub(crate) struct SpeakerDemand {
    pub(crate) voice: &'static str,
    pub(crate) speakers: &'static [&'static str],
    pub(crate) count: RangeInclusive<usize>,
}

/// How long games should take: the turns in which half of them are over.
pub(crate) struct Game {
    pub(crate) ruleset: &'static str,
    pub(crate) outcomes: u8,
    /// As reckoned when the rules were made, for players who finish what they began.
    pub(crate) median_turns: u32,
}

const fn game(ruleset: &'static str, outcomes: u8, median_turns: u32) -> Game {
    Game { ruleset, outcomes, median_turns }
}

pub(crate) const DEMANDS: &[Demands] = &[
    Demands {
        pack: "path-to-personalisation",
        cards_min: 240,
        voice_min: 55,
        poems_min: 24,
        speakers: &[
            SpeakerDemand { voice: "users", speakers: &["carer"], count: 16..=31 },
            // Half and half: 62 cards, give or take a tenth of each half. A councillor decides what is bought.
            SpeakerDemand { voice: "providers", speakers: &["provider"], count: 28..=34 },
            SpeakerDemand { voice: "providers", speakers: &["commissioner", "councillor"], count: 28..=34 },
        ],
        themes: 64,
        areas: 6,
        theme_min: 2,
        mixes_into: &[],
        games: &[
            game("guided", 2, 5),
            game("guided", 3, 11),
            game("guided", 5, 23),
            game("guided", 7, 35),
            // The table in the rules has classic for seven outcomes only; the others are what the first edition
            // of the pack came to, held so that nobody changes them unawares.
            game("classic", 2, 17),
            game("classic", 3, 25),
            game("classic", 5, 39),
            game("classic", 7, 50),
        ],
    },
    Demands {
        pack: "later-life",
        cards_min: 60,
        voice_min: 15,
        poems_min: 8,
        speakers: &[
            SpeakerDemand { voice: "users", speakers: &["carer"], count: 4..=8 },
            SpeakerDemand { voice: "providers", speakers: &["provider"], count: 7..=9 },
            SpeakerDemand { voice: "providers", speakers: &["commissioner", "councillor"], count: 7..=9 },
        ],
        themes: 8,
        areas: 3,
        theme_min: 6,
        mixes_into: &["path-to-personalisation"],
        games: &[
            // Four outcomes are this pack's own number; between three and five, so are the turns.
            game("guided", 2, 5),
            game("guided", 3, 11),
            game("guided", 4, 17),
            game("guided", 5, 23),
            game("guided", 7, 35),
            game("classic", 2, 15),
            game("classic", 3, 21),
            game("classic", 4, 28),
            game("classic", 5, 34),
            game("classic", 7, 50),
        ],
    },
];
