//! The fuzzer on the target `frames`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("frames"), |bytes: &[u8]| fuzz("frames", bytes));
