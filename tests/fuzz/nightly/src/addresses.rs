//! The fuzzer on the target `addresses`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("addresses"), |bytes: &[u8]| fuzz("addresses", bytes));
