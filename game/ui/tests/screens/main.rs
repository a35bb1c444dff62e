//! The screens, by label, by keyboard and by rectangle; without a window.

mod elsewhere;
mod fixture;
mod hands;
mod keyboard;
mod keys;
mod labels;
mod leaving;
mod lobby;
mod moments;
mod nodes;
mod online;
mod palette;
mod settings;
mod text;
mod timer;
mod told;
mod turn;
mod words;
