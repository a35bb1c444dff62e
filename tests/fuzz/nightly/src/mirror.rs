//! The fuzzer on the target `mirror`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("mirror"), |bytes: &[u8]| fuzz("mirror", bytes));
