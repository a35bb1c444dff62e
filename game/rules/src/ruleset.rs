//! The settings of a game. Everything that the sources leave open is one of these (rules.md).

use serde::{Deserialize, Serialize};

macro_rules! setting {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value's name in packs and records.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The value with this name in packs and records.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

setting! {
    /// Which way the counters walk.
    Walking {
        /// Only forward.
        Forward = "forward",
        /// The acting seat picks the direction.
        EitherWay = "either_way",
    }
}
setting! {
    /// Whether a stone with all four tiles can lose one.
    FinishedBlocks {
        /// It is safe.
        Safe = "safe",
        /// It may break, and its outcome is unmet then.
        MayBreak = "may_break",
    }
}
setting! {
    /// What happens where every stone has the colour that a card would lay.
    BlockedPlace {
        /// Any missing tile may be laid instead.
        AnyMissing = "any_missing",
        /// Nothing.
        NoEffect = "no_effect",
    }
}
setting! {
    /// What happens to a tile that would be lifted.
    Removal {
        /// It cracks; a real next step, named, keeps it.
        Mend = "mend",
        /// It is lifted.
        Lift = "lift",
    }
}
setting! {
    /// How a wish to pass over a card is honoured.
    Passing {
        /// At once.
        AtOnce = "at_once",
        /// When the facilitator confirms it.
        FacilitatorConfirms = "facilitator_confirms",
    }
}
setting! {
    /// What becomes of the turn of a seat that nobody holds.
    EmptySeats {
        /// Anyone may act for it.
        Voiced = "voiced",
        /// Its turn is left out.
        Skipped = "skipped",
    }
}
setting! {
    /// Who acts for a seat that is held by several people. The rules carry it; the table keeps it.
    TeamActs {
        /// Anyone of the team.
        Anyone = "anyone",
        /// Its speaker.
        Speaker = "speaker",
        /// One vote a person; the speaker breaks ties.
        ShowOfHands = "show_of_hands",
    }
}

/// All settings of a game.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Ruleset {
    /// Faces of the die: 4 to 12.
    pub die_faces: u8,
    /// Whether the face of a real die is typed in.
    pub real_die: bool,
    /// Which way counters walk.
    pub walking: Walking,
    /// Opening tiles a seat: 0 to 3.
    pub opening_tiles: u8,
    /// Whether finished stones are safe.
    pub finished_blocks: FinishedBlocks,
    /// What a blocked `Place` does.
    pub blocked_place: BlockedPlace,
    /// What a removal does.
    pub removal: Removal,
    /// How passes are honoured.
    pub passing: Passing,
    /// What becomes of empty seats' turns.
    pub empty_seats: EmptySeats,
    /// Who acts for a team.
    pub team_acts: TeamActs,
    /// Length of the talk timer in seconds; 0 is off. Nothing happens when it ends.
    pub talk_timer_s: u16,
}

impl Ruleset {
    /// *Classic*: what the sources say and no more.
    #[must_use]
    pub const fn classic() -> Self {
        Self {
            die_faces: 6,
            real_die: false,
            walking: Walking::Forward,
            opening_tiles: 0,
            finished_blocks: FinishedBlocks::Safe,
            blocked_place: BlockedPlace::NoEffect,
            removal: Removal::Lift,
            passing: Passing::AtOnce,
            empty_seats: EmptySeats::Voiced,
            team_acts: TeamActs::Anyone,
            talk_timer_s: 0,
        }
    }

    /// *Guided*, the default.
    #[must_use]
    pub const fn guided() -> Self {
        Self {
            walking: Walking::EitherWay,
            opening_tiles: 1,
            blocked_place: BlockedPlace::AnyMissing,
            removal: Removal::Mend,
            ..Self::classic()
        }
    }

    /// The ruleset with one setting changed; `None` where the value is out of its range.
    #[must_use]
    pub const fn with(mut self, setting: Setting) -> Option<Self> {
        match setting {
            Setting::DieFaces(n) if n >= 4 && n <= 12 => self.die_faces = n,
            Setting::OpeningTiles(n) if n <= 3 => self.opening_tiles = n,
            Setting::DieFaces(_) | Setting::OpeningTiles(_) => return None,
            Setting::RealDie(on) => self.real_die = on,
            Setting::Walking(v) => self.walking = v,
            Setting::FinishedBlocks(v) => self.finished_blocks = v,
            Setting::BlockedPlace(v) => self.blocked_place = v,
            Setting::Removal(v) => self.removal = v,
            Setting::Passing(v) => self.passing = v,
            Setting::EmptySeats(v) => self.empty_seats = v,
            Setting::TeamActs(v) => self.team_acts = v,
            Setting::TalkTimer(s) => self.talk_timer_s = s,
        }
        Some(self)
    }
}

impl Default for Ruleset {
    fn default() -> Self {
        Self::guided()
    }
}

/// One setting, with its new value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Setting {
    /// See [`Ruleset::die_faces`].
    DieFaces(u8),
    /// See [`Ruleset::real_die`].
    RealDie(bool),
    /// See [`Ruleset::walking`].
    Walking(Walking),
    /// See [`Ruleset::opening_tiles`].
    OpeningTiles(u8),
    /// See [`Ruleset::finished_blocks`].
    FinishedBlocks(FinishedBlocks),
    /// See [`Ruleset::blocked_place`].
    BlockedPlace(BlockedPlace),
    /// See [`Ruleset::removal`].
    Removal(Removal),
    /// See [`Ruleset::passing`].
    Passing(Passing),
    /// See [`Ruleset::empty_seats`].
    EmptySeats(EmptySeats),
    /// See [`Ruleset::team_acts`].
    TeamActs(TeamActs),
    /// See [`Ruleset::talk_timer_s`].
    TalkTimer(u16),
}

impl Setting {
    /// Whether it may still change after the first roll: timer, real die, pass and empty seats, and who
    /// acts for a team, which is the table's affair and not the game's.
    #[must_use]
    pub const fn may_change_later(self) -> bool {
        matches!(
            self,
            Self::TalkTimer(_) | Self::RealDie(_) | Self::Passing(_) | Self::EmptySeats(_) | Self::TeamActs(_)
        )
    }
}
