//! Questions about the machine: what it has, and who we are on it.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::workspace::Workspace;

/// What the needs are looked for in: this machine, or one that a test made up.
pub(crate) trait System {
    /// As `std::env::consts::OS` says it.
    fn os(&self) -> &str;
    fn has_program(&self, name: &str) -> bool;
    fn has_library(&self, name: &str) -> bool;
    fn has_shared(&self, name: &str) -> bool;
    fn has_file(&self, path: &str) -> bool;
    /// Whether a file in the folder has a name that begins so.
    fn has_file_in(&self, folder: &str, start: &str) -> bool;
    fn has_module(&self, name: &str) -> bool;
    fn has_subcommand(&self, name: &str) -> bool;
}

/// This machine.
pub(crate) struct Machine<'a> {
    workspace: &'a Workspace,
    path: OsString,
}

impl<'a> Machine<'a> {
    pub(crate) fn new(workspace: &'a Workspace) -> Self {
        Self { workspace, path: std::env::var_os("PATH").unwrap_or_default() }
    }

    /// Whether we may install without asking anyone.
    pub(crate) fn is_root(&self) -> bool {
        let id = Command::new("id").arg("-u").stderr(Stdio::null()).output();
        id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
    }

    /// Whether apt has lists of packages; a fresh container has none.
    pub(crate) fn has_apt_lists(&self) -> bool {
        let Ok(lists) = std::fs::read_dir("/var/lib/apt/lists") else { return false };
        lists.flatten().any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
    }

    /// Whether somebody is there to type a password.
    pub(crate) fn has_person(&self) -> bool {
        std::io::stdin().is_terminal()
    }
}

impl System for Machine<'_> {
    fn os(&self) -> &str {
        std::env::consts::OS
    }

    fn has_program(&self, name: &str) -> bool {
        find_program(name, &self.path).is_some()
    }

    fn has_library(&self, name: &str) -> bool {
        succeeds(Command::new("pkg-config").args(["--exists", name]))
    }

    fn has_shared(&self, name: &str) -> bool {
        library_folders(Path::new("/usr")).iter().any(|folder| folder.join(name).is_file())
    }

    fn has_file(&self, path: &str) -> bool {
        Path::new(path).is_file()
    }

    fn has_file_in(&self, folder: &str, start: &str) -> bool {
        let Ok(entries) = std::fs::read_dir(folder) else { return false };
        let fits = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with(start);
        entries.flatten().any(|entry| fits(&entry) && entry.path().is_file())
    }

    fn has_module(&self, name: &str) -> bool {
        // The system's own by its path: another on PATH would not see what a package brings.
        succeeds(Command::new("/usr/bin/python3").args(["-c", &format!("import {name}")]))
    }

    fn has_subcommand(&self, name: &str) -> bool {
        succeeds(self.workspace.cargo_at_root().args([name, "--version"]))
    }
}

/// Whether a program that says nothing to anyone ends well.
fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Where the system's shared libraries are: Debian has a folder for each kind of processor, others have `lib64`.
fn library_folders(prefix: &Path) -> Vec<PathBuf> {
    let lib = prefix.join("lib");
    let mut folders = vec![prefix.join("lib64"), prefix.join("local/lib"), lib.clone()];
    let kinds = std::fs::read_dir(&lib).into_iter().flatten().flatten().map(|entry| entry.path());
    folders.extend(kinds.filter(|path| path.to_string_lossy().contains(&format!("{}-linux-", std::env::consts::ARCH))));
    folders
}

/// The first executable of that name in the folders of a PATH.
fn find_program(name: &str, path: &OsStr) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    // An empty entry would mean the current folder: whatever lies there is no part of the system.
    let folders = std::env::split_paths(path).filter(|folder| !folder.as_os_str().is_empty());
    folders.map(|folder| folder.join(&file)).find(|program| is_executable(program))
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    program.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(program: &Path) -> bool {
    program.is_file()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A machine that has what it is given.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Pretend {
        pub(crate) os: &'static str,
        pub(crate) programs: &'static [&'static str],
        pub(crate) libraries: &'static [&'static str],
        pub(crate) shared: &'static [&'static str],
        pub(crate) files: &'static [&'static str],
        pub(crate) modules: &'static [&'static str],
        pub(crate) subcommands: &'static [&'static str],
    }

    impl System for Pretend {
        fn os(&self) -> &str {
            self.os
        }
        fn has_program(&self, name: &str) -> bool {
            self.programs.contains(&name)
        }
        fn has_library(&self, name: &str) -> bool {
            self.libraries.contains(&name)
        }
        fn has_shared(&self, name: &str) -> bool {
            self.shared.contains(&name)
        }
        fn has_file(&self, path: &str) -> bool {
            self.files.contains(&path)
        }
        fn has_file_in(&self, folder: &str, start: &str) -> bool {
            let name = |path: &'static str| path.strip_prefix(folder)?.strip_prefix('/');
            self.files.iter().filter_map(|path| name(path)).any(|name| name.starts_with(start) && !name.contains('/'))
        }
        fn has_module(&self, name: &str) -> bool {
            self.modules.contains(&name)
        }
        fn has_subcommand(&self, name: &str) -> bool {
            self.subcommands.contains(&name)
        }
    }

    /// A folder of its own that goes when the test ends.
    pub(crate) struct Folder(pub(crate) PathBuf);

    impl Folder {
        pub(crate) fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("instep-xtask-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn add(&self, name: &str, executable: bool) -> PathBuf {
            let file = self.0.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            std::fs::write(&file, "").unwrap();
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = if executable { 0o755 } else { 0o644 };
                std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            }
            let _ = executable;
            file
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_program_is_found_in_the_first_folder_that_has_it() {
        let (first, second) = (Folder::new("first"), Folder::new("second"));
        let expected = second.add("tool", true);
        let path = std::env::join_paths([&first.0, &second.0]).unwrap();
        assert_eq!(find_program("tool", &path), Some(expected));
        assert_eq!(find_program("other", &path), None);
        assert_eq!(find_program("tool", OsStr::new("")), None);
    }

    #[test]
    fn libraries_are_looked_for_where_debian_and_others_have_them() {
        let usr = Folder::new("usr");
        let kind = usr.0.join("lib").join(format!("{}-linux-gnu", std::env::consts::ARCH));
        std::fs::create_dir_all(&kind).unwrap();
        std::fs::create_dir_all(usr.0.join("lib/python3")).unwrap();
        let expected = [usr.0.join("lib64"), usr.0.join("local/lib"), usr.0.join("lib"), kind];
        assert_eq!(library_folders(&usr.0), expected);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_run_is_no_program() {
        let folder = Folder::new("plain");
        folder.add("tool", false);
        assert_eq!(find_program("tool", folder.0.as_os_str()), None);
    }
}
