//! Scenario packs of Instep: their format, and how they are read, checked, combined and tried out.
//!
//! A pack is a folder of RON files; nothing in it runs. [`Library::load`] reads packs by name or path,
//! names every fault at file:line:column, and [`Packs::setup`] turns them into what the rules play with.
//! The format is told in this crate's `README.md`.

mod decode;
mod fault;
mod files;
mod item;
mod length;
mod lexer;
mod library;
pub mod limits;
mod pack;
mod packs;
mod parse;
mod read;
pub mod schema;
mod show;
pub mod simulate;
mod table;
mod tree;

pub use fault::{Code, Fault, Place, Report};
pub use files::{Files, PackHash};
pub use item::{CardRef, Item};
pub use length::{Fit, Length, LengthRefusal, TURN_S, TooManyOutcomes};
pub use library::{BASE_PACK, Library, data_folder};
pub use pack::{Pack, Plan};
pub use packs::{LeftOut, Packs};
pub use table::{Options, SetupRefusal, Table, ThemeFilter};
