//! The fuzzer on the target `record`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("record"), |bytes: &[u8]| fuzz("record", bytes));
