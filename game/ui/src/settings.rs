//! What somebody likes their Instep to be, kept between runs.

use serde::{Deserialize, Serialize};

use crate::keys::Keys;

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Theme {
    /// Paper.
    #[default]
    Light,
    /// Dusk.
    Dark,
}

/// How much moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Motion {
    /// Everything.
    #[default]
    Full,
    /// Cross-fades of 120 ms (look.md).
    Reduced,
}

/// Every sound there is; each is the file of the same name in `assets/sounds`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is named after what makes it")]
pub enum Sound {
    Die,
    Step,
    Card,
    TileDown,
    TileUp,
    Crack,
    Mend,
    Outcome,
    End,
    Cue,
}

impl Sound {
    /// Every sound.
    pub const ALL: [Self; 10] = [
        Self::Die,
        Self::Step,
        Self::Card,
        Self::TileDown,
        Self::TileUp,
        Self::Crack,
        Self::Mend,
        Self::Outcome,
        Self::End,
        Self::Cue,
    ];

    /// The name of its file, without the ending.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Die => "die",
            Self::Step => "step",
            Self::Card => "card",
            Self::TileDown => "tile-down",
            Self::TileUp => "tile-up",
            Self::Crack => "crack",
            Self::Mend => "mend",
            Self::Outcome => "outcome",
            Self::End => "end",
            Self::Cue => "cue",
        }
    }

    /// Which of the volumes it follows.
    #[must_use]
    pub const fn kind(self) -> SoundKind {
        match self {
            Self::Die => SoundKind::Die,
            Self::Step | Self::Card => SoundKind::Steps,
            Self::TileDown | Self::TileUp | Self::Crack | Self::Mend => SoundKind::Tiles,
            Self::Outcome | Self::End | Self::Cue => SoundKind::Bells,
        }
    }
}

/// Sounds that share a volume.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum SoundKind {
    /// The die.
    Die,
    /// Steps and cards.
    Steps,
    /// Tiles.
    Tiles,
    /// Outcomes, the end, the cue.
    Bells,
}

impl SoundKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Die, Self::Steps, Self::Tiles, Self::Bells];
}

/// Volumes, 0 to 100; and off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Volumes {
    /// Whether there is any sound.
    pub on: bool,
    /// Each kind's volume, in the order of [`SoundKind::ALL`].
    pub of: [u8; 4],
}

impl Default for Volumes {
    fn default() -> Self {
        Self { on: true, of: [70, 50, 70, 60] }
    }
}

impl Volumes {
    /// How loud a sound is, 0 to 1.
    #[must_use]
    pub fn of(&self, kind: SoundKind) -> f32 {
        if self.on { f32::from(self.of[kind as usize].min(100)) / 100.0 } else { 0.0 }
    }
}

/// The settings.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Text size in per cent: 100 to 200.
    pub text: u16,
    /// How much moves.
    pub motion: Motion,
    /// Volumes.
    pub volumes: Volumes,
    /// The room's layout: the card may be read from five metres.
    pub projector: bool,
    /// Whether targets are as large as fingers.
    pub touch: bool,
    /// Whether keys without Ctrl do anything beside moving and pressing.
    pub single_keys: bool,
    /// The keys.
    pub keys: Keys,
    /// Whether cards are read aloud as they are drawn.
    pub read_aloud: bool,
    /// How fast the computer reads, in per cent of its usual speed: 50 to 200.
    pub reading_speed: u16,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// The window's width and height, in logical pixels, while it does not; `None` for the usual size.
    pub window: Option<(u16, u16)>,
}

/// The least and the largest that a window can be, in logical pixels.
const WINDOW: ((u16, u16), (u16, u16)) = ((800, 600), (7680, 7680));

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            text: 100,
            motion: Motion::Full,
            volumes: Volumes::default(),
            projector: false,
            touch: false,
            single_keys: true,
            keys: Keys::default(),
            read_aloud: false,
            reading_speed: 100,
            full_screen: false,
            window: None,
        }
    }
}

impl Settings {
    /// The settings with every value in its range: a file may have been edited by hand.
    #[must_use]
    pub fn in_range(mut self) -> Self {
        self.text = self.text.clamp(100, 200);
        self.reading_speed = self.reading_speed.clamp(50, 200);
        for volume in &mut self.volumes.of {
            *volume = (*volume).min(100);
        }
        let ((least_w, least_h), (most_w, most_h)) = WINDOW;
        self.window = self.window.map(|(w, h)| (w.clamp(least_w, most_w), h.clamp(least_h, most_h)));
        self.keys = self.keys.in_range();
        self
    }

    /// The text's factor: 1 to 2.
    #[must_use]
    pub fn text_factor(&self) -> f32 {
        f32::from(self.text.clamp(100, 200)) / 100.0
    }
}
