//! The fuzzer on the target `lobby`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("lobby"), |bytes: &[u8]| fuzz("lobby", bytes));
