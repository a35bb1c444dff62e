//! The screens, by label, by keyboard and by rectangle; without a window.

mod fixture;
mod labels;
mod moments;
mod nodes;
mod palette;
mod settings;
mod text;
mod timer;
mod words;
