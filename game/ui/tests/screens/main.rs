//! The screens, by label, by keyboard and by rectangle; without a window.

mod fixture;
mod hands;
mod keyboard;
mod keys;
mod labels;
mod moments;
mod nodes;
mod palette;
mod settings;
mod text;
mod timer;
mod told;
mod words;
