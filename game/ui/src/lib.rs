//! Instep's screens: functions from what is known ([`Model`]) and what is going on at this screen ([`UiState`]) to what
//! somebody wants ([`Intent`]). They know egui, and neither a window, a clock, a disk nor a network.
//!
//! Everything that is seen is drawn here, the board too, so that one tree serves eye, pointer, keyboard and screen
//! reader (docs/decisions/0007).

mod art;
mod badges;
mod bars;
mod board;
mod card;
mod choices;
mod close;
mod desk;
mod drawer;
mod focus;
mod home;
mod intent;
mod keys;
mod look;
mod model;
mod online;
mod overlay;
mod page;
mod scene;
mod seats;
mod settings;
mod setup;
mod shell;
mod signs;
mod since;
mod stage;
mod state;
mod table;
pub mod theme;
mod timer;
mod widgets;
mod workout;

pub use art::{Art, picture_text};
pub use choices::{Choices, HowLong};
pub use desk::{Desk, Drafts, Kind, Planned, Sending, Timer};
pub use intent::Intent;
pub use keys::{Deed, Keys, Press};
pub use model::{FitInfo, Model, PackInfo, RulesetInfo, Saved, SensitiveCard, TableModel, ThemeInfo, WorkedOut};
pub use online::{
    Coming, Going, Here, Host, HostAt, Hosting, HostingWhat, Join, JoinBy, Joining, Line, Listed, Nearby, Online,
    Place, Qr, Setback, Wish,
};
pub use settings::{Motion, Settings, Sound, SoundKind, Theme, Volumes};
pub use shell::{install, show};
pub use state::{Drawer, Overlay, Screen, Side, Surface, UiState};
pub use workout::{length, options, pack_info, work_out};
