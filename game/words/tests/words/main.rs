//! What is said, and whether the file of messages and the code that asks for them agree.

mod file;
mod moments;
mod names;
mod pseudo;
mod table;
