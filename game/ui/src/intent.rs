//! What somebody wants that the screens can't do by themselves.

use instep_protocol::Ask;

use crate::choices::Choices;
use crate::online::Wish;
use crate::settings::{Settings, Sound};

/// Something that somebody wants. Whoever runs the screens does it, and shows them anew.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// Open this saved game where it was left; the copy of one that moved, to be read.
    Continue(i64),
    /// Go on with the copy of a game that moved, as if it had not.
    TakeBack(i64),
    /// Begin a new game.
    Begin(Box<Choices>),
    /// Leave the table for Home; it stays as it is.
    Leave,
    /// End the program.
    Quit,
    /// Ask the table for something.
    Ask(Ask),
    /// Say this aloud.
    Speak(String),
    /// Stop speaking.
    Hush,
    /// Play a sound.
    Sound(Sound),
    /// Keep these settings from now on.
    Settings(Box<Settings>),
    /// Open or close the room's own window.
    Projector(bool),
    /// Write the list of keys as a page that can be printed, and open it.
    PrintKeys,
    /// Write the record into a folder, and say where.
    SaveRecord,
    /// Something of play over a network.
    Online(Wish),
}
