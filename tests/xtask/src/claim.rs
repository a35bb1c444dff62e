//! One target folder for several checkouts, without one running what another built.
//!
//! Cargo knows a crate of a workspace by its path *within* the workspace, and takes it for built if none of its files
//! is newer than what lies in the target folder. Of two checkouts that share the folder, the one whose files are older
//! would run the other's code. So the folder remembers which checkout built there last; another one first throws out
//! what was built from our own crates. Dependencies, which take the time, stay.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::Fault;
use crate::workspace::Workspace;

/// In the target folder; holds the path of the checkout that built there last, and is locked while one builds.
const FILE: &str = ".instep-checkout";

/// The right to build; ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    _lock: Option<File>,
}

/// Waits until nobody else builds there, and sees to it that nothing is left of another checkout.
pub(crate) fn claim(workspace: &Workspace) -> Result<Claim, Fault> {
    let Some(target) = workspace.target() else { return Ok(Claim { _lock: None }) };
    let lock = claim_folder(target, &workspace.root, || clean(workspace));
    lock.map(|lock| Claim { _lock: Some(lock) }).map_err(|error| {
        Fault::Machine(format!("cannot build in {}: {error}. Free or delete that folder.", target.display()))
    })
}

fn claim_folder(target: &Path, root: &Path, clean: impl FnOnce() -> std::io::Result<()>) -> std::io::Result<File> {
    let built_before = target.join("debug").exists() || target.join("release").exists();
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(target.join(FILE))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("Another `cargo xtask` builds in {}; waiting for it.", target.display());
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let mut last = Vec::new();
    file.read_to_end(&mut last)?;
    let here = root.as_os_str().as_encoded_bytes();
    if last != here {
        if built_before {
            clean()?;
        }
        // Only now: if the cleaning failed, the next one tries again.
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(here)?;
    }
    Ok(file)
}

fn clean(workspace: &Workspace) -> std::io::Result<()> {
    println!("Another checkout built here last: throwing out its crates, keeping the dependencies.");
    for profile in ["dev", "release"] {
        let status =
            workspace.cargo_at_root().args(["clean", "--quiet", "--workspace", "--profile", profile]).status()?;
        if !status.success() {
            return Err(std::io::Error::other("cargo clean failed"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::tests::Folder;

    /// Whether a claim by the checkout at `root` cleans; it ends at once.
    fn cleans(target: &Folder, root: &str) -> bool {
        let mut cleaned = false;
        let clean = || {
            cleaned = true;
            Ok(())
        };
        claim_folder(&target.0, Path::new(root), clean).unwrap();
        cleaned
    }

    #[test]
    fn another_checkout_cleans_once() {
        let target = Folder::new("claim");
        assert!(!cleans(&target, "a"), "nothing is built yet");
        std::fs::create_dir(target.0.join("debug")).unwrap();
        assert!(!cleans(&target, "a"));
        assert!(cleans(&target, "longer/b"));
        assert!(!cleans(&target, "longer/b"));
        assert!(cleans(&target, "a"));
        assert!(!cleans(&target, "a"));
    }

    #[test]
    fn what_was_built_by_nobody_we_know_is_cleaned() {
        let target = Folder::new("unknown");
        std::fs::create_dir(target.0.join("release")).unwrap();
        assert!(cleans(&target, "a"));
    }

    #[test]
    fn a_failed_cleaning_is_tried_again() {
        let target = Folder::new("failed");
        std::fs::create_dir(target.0.join("debug")).unwrap();
        let fails = || Err(std::io::Error::other("no"));
        assert!(claim_folder(&target.0, Path::new("a"), fails).is_err());
        assert!(cleans(&target, "a"));
    }

    #[test]
    fn a_claim_holds_until_it_is_dropped() {
        let target = Folder::new("held");
        let held = claim_folder(&target.0, Path::new("a"), || Ok(())).unwrap();
        let other = File::open(target.0.join(FILE)).unwrap();
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        drop(held);
        assert!(other.try_lock().is_ok());
    }
}
