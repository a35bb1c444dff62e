//! The rules of Instep.
//!
//! Pure and deterministic: no clock, no float, no thread, no text, no map whose order varies. A caller
//! asks [`decide`] what a command does; the answer is a short list of [`Event`]s, or a [`Refusal`] that
//! leaves everything as it was. [`Game::apply`] is the only way in which anything changes, live, replayed
//! or mirrored.
//!
//! ```text
//! (Setup, State, Who, Command, Chance) → decide → Events | Refusal
//! (Game, Event)                        → apply  → Game
//! ```
//!
//! Words are those of the game: a *stone* is an [`Outcome`]'s block of four places, a *seat* plays a
//! [`Perspective`], *lay* and *lift* is what happens to tiles.

mod apply;
mod bits;
mod chance;
mod command;
mod decide;
mod deck;
mod event;
mod game;
mod hash;
mod instruction;
mod legal;
mod path;
mod perspective;
pub mod players;
mod refusal;
mod ruleset;
mod setup;
mod state;
mod verify;

pub use chance::{Chance, Commitment, Draw, Salt, Seed, Stream, Told, commitment};
pub use command::{Command, Direction, Who};
pub use decide::{decide, decide_into, would_meet};
pub use deck::{CardId, Deck, Decks};
pub use event::{Event, Events, How, NoEffect};
pub use game::{Entry, Game};
pub use hash::StateHash;
pub use instruction::{Action, Choices, Instruction};
pub use legal::{Legal, legal};
pub use path::{Outcome, OutcomeSet, Tile, TileSet};
pub use perspective::{Perspective, SeatSet};
pub use refusal::{Refusal, Wanted};
pub use ruleset::{BlockedPlace, EmptySeats, FinishedBlocks, Passing, Removal, Ruleset, Setting, TeamActs, Walking};
pub use setup::{CardRules, Setup, SetupFault, SetupParts, Space};
pub use state::{Phase, State};
pub use verify::{Chain, Fault, Verifier};
