//! Where the checkout is, and where what it builds goes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout, and the target folder of every cargo that we start.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// `None`: cargo decides by itself.
    target: Option<PathBuf>,
}

impl Workspace {
    pub(crate) fn find() -> Self {
        // Cargo's word at run time: two checkouts may share a target folder, and then the program too.
        let package =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = package.ancestors().nth(2).unwrap_or(&package).to_owned();
        let target = target_folder(std::env::consts::OS, |name| std::env::var_os(name)).and_then(usable);
        Self { root, target }
    }

    /// The target folder, where it is not cargo that decides.
    pub(crate) fn target(&self) -> Option<&Path> {
        self.target.as_deref()
    }

    /// Where what we make ourselves of what was built can go.
    pub(crate) fn builds(&self) -> PathBuf {
        self.target.clone().unwrap_or_else(|| self.root.join("target"))
    }

    /// A cargo of the same toolchain that runs in the user's own folder.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        if let Some(target) = &self.target {
            cargo.env("CARGO_TARGET_DIR", target);
        }
        cargo
    }

    /// The same, that runs at the root of the checkout.
    pub(crate) fn cargo_at_root(&self) -> Command {
        let mut cargo = self.cargo();
        cargo.current_dir(&self.root);
        cargo
    }
}

/// An absolute folder that exists; `None` if it cannot be made, and then the checkout has its own.
fn usable(folder: PathBuf) -> Option<PathBuf> {
    let made = std::path::absolute(&folder).and_then(|folder| std::fs::create_dir_all(&folder).map(|()| folder));
    match made {
        Ok(folder) => Some(folder),
        Err(error) => {
            eprintln!("xtask: cannot build in {} ({error}); building in the checkout.", folder.display());
            None
        }
    }
}

/// The target folder: what the environment says, else `instep/target` in the user's cache folder, so that a fresh
/// clone finds again what the last one built. `None` where cargo is told by its own variable, or there is no home.
fn target_folder(os: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(target) = set("CARGO_TARGET_DIR") {
        return Some(target);
    }
    if set("CARGO_BUILD_TARGET_DIR").is_some() {
        return None;
    }
    let home = || set("HOME");
    let cache = match os {
        "windows" => set("LOCALAPPDATA"),
        "macos" => home().map(|home| home.join("Library/Caches")),
        // The XDG specification has a relative path ignored.
        _ => set("XDG_CACHE_HOME").filter(|path| path.has_root()).or_else(|| home().map(|home| home.join(".cache"))),
    };
    cache.map(|cache| cache.join(Path::new("instep").join("target")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(os: &str, variables: &[(&str, &str)]) -> Option<PathBuf> {
        target_folder(os, |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_environment_has_the_first_word() {
        let home = ("HOME", "/h");
        assert_eq!(target("linux", &[home, ("CARGO_TARGET_DIR", "out")]), Some("out".into()));
        assert_eq!(target("linux", &[home, ("CARGO_TARGET_DIR", "")]), Some("/h/.cache/instep/target".into()));
        assert_eq!(target("linux", &[home, ("CARGO_BUILD_TARGET_DIR", "out")]), None);
    }

    #[test]
    fn else_it_is_the_platforms_cache_folder() {
        let home = ("HOME", "/h");
        assert_eq!(target("linux", &[home]), Some("/h/.cache/instep/target".into()));
        assert_eq!(target("linux", &[home, ("XDG_CACHE_HOME", "/c")]), Some("/c/instep/target".into()));
        assert_eq!(target("linux", &[home, ("XDG_CACHE_HOME", "c")]), Some("/h/.cache/instep/target".into()));
        assert_eq!(target("macos", &[home]), Some("/h/Library/Caches/instep/target".into()));
        let local = Path::new("L").join("instep").join("target");
        assert_eq!(target("windows", &[("LOCALAPPDATA", "L")]), Some(local));
        assert_eq!(target("linux", &[]), None);
    }

    #[test]
    fn the_checkout_is_found() {
        assert!(Workspace::find().root.join("tests/xtask/Cargo.toml").is_file());
    }
}
