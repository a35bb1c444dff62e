//! What every shipped pack is held to: how many cards there are and of whom, how they read, what they never say, and
//! how a game with them goes. Each test names every fault it finds, by the card's id.
//!
//! What is asked of each pack stands in one table, `demands.rs`. How reading age is reckoned, and which library reads
//! the dictionary, is told in docs/decisions/0006-reading-age.md.

mod avoid;
mod balance;
mod cards;
mod counts;
mod demands;
mod guide;
mod notes;
mod reading;
mod repeats;
mod shipped;
mod spelling;
mod words;
