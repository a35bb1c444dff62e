//! The rules as tables: each script reads like a paragraph of rules.md, refusals spelled out.

#[path = "../support/notation.rs"]
mod notation;
#[path = "../support/table.rs"]
mod table;

mod cards;
mod coverage;
mod opening;
mod passing;
mod redraw;
mod script;
mod seats;
mod settings;
mod setup;
mod stones;
mod undo;
mod walking;
