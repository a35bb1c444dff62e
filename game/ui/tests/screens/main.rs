//! The screens, by label, by keyboard and by rectangle; without a window.

mod fixture;
mod moments;
mod palette;
mod settings;
mod text;
mod timer;
mod words;
