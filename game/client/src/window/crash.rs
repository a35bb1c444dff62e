//! What happens where the program can't go on: one sentence, and the rest in a file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::problem::Problem;

/// Whether a frame was shown: before, it is the display or the graphics that are missing.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Why the window ended itself.
static ENDED: OnceLock<String> = OnceLock::new();

/// What the first panic said.
static SAID: OnceLock<String> = OnceLock::new();

/// A frame was shown.
pub(super) fn shown() {
    SHOWN.store(true, Ordering::Relaxed);
}

/// The window ends itself, for this reason.
pub(super) fn end(why: String) {
    let _ = ENDED.set(why);
}

/// Runs the window, and tells what ended it.
pub(super) fn watch(data: &Path, run: impl FnOnce() -> Result<(), Problem>) -> Result<(), Problem> {
    let file = data.join("crash.txt");
    hook(file.clone());
    let ran = catch_unwind(AssertUnwindSafe(run));
    let _ = std::panic::take_hook();
    match (ran, ENDED.get()) {
        (_, Some(why)) => Err(Problem::Machine(why.clone())),
        (Ok(done), None) => done,
        (Err(_), None) => {
            let said = SAID.get().map_or("", String::as_str);
            let told = sentence(said, SHOWN.load(Ordering::Relaxed), &file);
            if !told.contains("crash.txt") {
                // What is missing is known: there is nothing to look into.
                let _ = std::fs::remove_file(&file);
            }
            Err(Problem::Machine(told))
        }
    }
}

/// Panics are written down and not shouted.
fn hook(file: PathBuf) {
    std::panic::set_hook(Box::new(move |info| {
        let said = info.payload_as_str().unwrap_or("no reason").to_owned();
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        if SAID.set(said.clone()).is_ok() {
            let trace = std::backtrace::Backtrace::force_capture();
            let version = env!("CARGO_PKG_VERSION");
            // Where this can't be written either, the sentence is all there is.
            let _ = std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")));
            let _ = std::fs::write(&file, format!("Instep {version}, {place}\n{said}\n\n{trace}\n"));
        }
    }));
}

/// The sentence that somebody reads.
fn sentence(said: &str, shown: bool, file: &Path) -> String {
    if shown {
        return format!(
            "Instep had to stop; everything up to the last thing that was shown is kept: start it again to go on. What went wrong is written in {}.",
            file.display()
        );
    }
    if said.contains("event loop") {
        return no_display();
    }
    if said.contains("GPU") || said.contains("adapter") || said.contains("surface") {
        return NO_GRAPHICS.into();
    }
    format!(
        "The window could not be opened, and what went wrong is written in {}: `instep play --headless` plays in the terminal meanwhile.",
        file.display()
    )
}

/// Where there is nothing to draw with.
pub(super) const NO_GRAPHICS: &str = "This computer has no graphics that Instep can draw with, so no window can be opened: install a graphics driver (on Linux, the package mesa-vulkan-drivers draws without any graphics card), or play in the terminal with `instep play --headless`.";

/// Where there is no screen.
pub(super) fn no_display() -> String {
    let place = match (std::env::var("WAYLAND_DISPLAY"), std::env::var("DISPLAY")) {
        (Ok(name), _) | (_, Ok(name)) if !name.is_empty() => format!(" (the screen {name} can't be reached)"),
        _ => String::new(),
    };
    format!(
        "This computer has no screen here that Instep can open a window on{place}: start it where there is one, or play in the terminal with `instep play --headless`."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_has_its_own_sentence() {
        let file = Path::new("crash.txt");
        let told = |said, shown| sentence(said, shown, file);
        assert!(told("Failed to build event loop: Os(...)", false).contains("no screen"));
        assert!(told("Unable to find a GPU! Make sure", false).contains("graphics driver"));
        assert!(told("index out of bounds", false).contains("crash.txt"));
        assert!(told("Unable to find a GPU! Make sure", true).contains("everything up to the last thing"));
        for said in ["event loop", "GPU", "else"] {
            assert!(told(said, false).contains("--headless"), "{said}");
        }
    }
}
