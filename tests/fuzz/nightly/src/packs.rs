//! The fuzzer on the target `packs`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("packs"), |bytes: &[u8]| fuzz("packs", bytes));
