//! Machines that lack something: one clear sentence, and never a panic.

use std::process::Stdio;

use crate::support::{Display, folder, instep};

/// Runs it to its end, and gives its exit code and what it said.
fn said(mut command: std::process::Command) -> (i32, String) {
    let out = command.stderr(Stdio::piped()).output().unwrap();
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stderr).trim().to_owned())
}

#[test]
fn a_display_that_is_not_there_is_told_in_one_sentence() {
    let data = folder();
    let mut command = instep(data.path());
    command.env("DISPLAY", ":4242");
    let (code, said) = said(command);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("--headless"), "it says what to do instead: {said}");
    assert!(!said.contains("panicked") && said.lines().count() <= 3, "{said}");
}

#[test]
fn a_machine_without_graphics_is_told_so() {
    let (display, data) = (Display::new(1024, 768), folder());
    let nowhere = data.path().join("nowhere");
    let mut command = instep(data.path());
    // No Vulkan driver, and no OpenGL one either.
    command
        .env("DISPLAY", &display.name)
        .env("VK_DRIVER_FILES", &nowhere)
        .env("VK_ICD_FILENAMES", &nowhere)
        .env("WGPU_BACKEND", "vulkan");
    let (code, said) = said(command);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("--headless") && !said.contains("panicked"), "{said}");
}
