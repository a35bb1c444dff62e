//! The fuzzer on the target `moved`.
#![no_main]

use instep_fuzz::{begin, fuzz};

libfuzzer_sys::fuzz_target!(init: begin("moved"), |bytes: &[u8]| fuzz("moved", bytes));
