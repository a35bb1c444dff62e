//! What goes into a portable folder, and how it becomes an archive: decided here, without touching anything.

use std::path::{Path, PathBuf};

/// A program that is given to people who build nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    /// The package's folder, from the root.
    pub(crate) folder: &'static str,
}

/// All of them. One whose package has no such program yet is left out.
pub(crate) const PROGRAMS: [Program; 3] = [
    Program { name: "instep", package: "instep", folder: "game/client" },
    Program { name: "instep-pack", package: "instep-content", folder: "content" },
    Program { name: "instep-server", package: "instep-server", folder: "server" },
];

/// Whether a package has a program of that name: one that its manifest names, or the one that cargo finds by itself.
pub(crate) fn has_program(program: Program, manifest: &str, main_exists: bool) -> bool {
    let named = manifest.split("[[bin]]").skip(1).any(|section| {
        let own = section.split("\n[").next().unwrap_or_default();
        own.lines().any(|line| {
            line.split_once('=')
                .is_some_and(|(key, value)| key.trim() == "name" && value.trim().trim_matches('"') == program.name)
        })
    });
    named || (main_exists && program.package == program.name && !manifest.contains("[[bin]]"))
}

/// The arguments of the one `cargo build`.
pub(crate) fn build_arguments(programs: &[Program]) -> Vec<&'static str> {
    let chosen = programs.iter().flat_map(|program| ["--package", program.package, "--bin", program.name]);
    ["build", "--release", "--locked"].into_iter().chain(chosen).collect()
}

/// The arguments of the `cargo tree` that lists what others wrote.
pub(crate) fn tree_arguments(programs: &[Program]) -> Vec<&'static str> {
    let chosen = programs.iter().flat_map(|program| ["--package", program.package]);
    ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}\t{l}\t{r}"]
        .into_iter()
        .chain(chosen)
        .collect()
}

/// `THIRD-PARTY.txt` from what `cargo tree` printed: each crate once, and none of ours.
pub(crate) fn third_party(tree: &str) -> String {
    let mut crates: Vec<String> = tree.lines().filter_map(third_party_crate).collect();
    crates.sort();
    crates.dedup();
    let head = "What others wrote that is built into the program: name, version, licence, and where it is from.\n\n";
    format!("{head}{}\n", crates.join("\n"))
}

fn third_party_crate(line: &str) -> Option<String> {
    let mut parts = line.trim_end_matches(" (*)").split('\t');
    let (package, licence, repository) = (parts.next()?, parts.next()?, parts.next().unwrap_or_default());
    // Ours are followed by their folder; a macro runs in the compiler and is followed by `(proc-macro)`.
    (!package.is_empty() && !package.contains('(')).then(|| format!("{package}  {licence}  {repository}").trim().into())
}

/// Where a file of the folder comes from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum From {
    Copy(PathBuf),
    Text(String),
}

/// One file of the folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) from: From,
    /// Whether it is to be run.
    pub(crate) runs: bool,
}

/// For which system, and which version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Build<'a> {
    pub(crate) version: &'a str,
    /// As `std::env::consts` says them.
    pub(crate) os: &'a str,
    pub(crate) arch: &'a str,
}

impl Build<'_> {
    /// The folder's name; the archive's too, but for its ending.
    pub(crate) fn name(&self) -> String {
        format!("instep-{}-{}-{}", self.version, self.os, self.arch)
    }

    fn windows(&self) -> bool {
        self.os == "windows"
    }

    /// The folder's files, by name.
    pub(crate) fn items(&self, root: &Path, programs: &[PathBuf], fonts: &[PathBuf], third_party: String) -> Vec<Item> {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let item = |name: String, from, runs| Item { name, from, runs };
        let mut items: Vec<Item> =
            programs.iter().map(|path| item(name(path), From::Copy(path.clone()), true)).collect();
        items.extend(
            ["LICENSE-APACHE", "LICENSE-CONTENT", "LICENSE-MIT"]
                .map(|licence| item(licence.into(), From::Copy(root.join(licence)), false)),
        );
        items.extend(fonts.iter().map(|licence| {
            let family = licence.parent().map(name).unwrap_or_default();
            item(format!("LICENSE-FONT-{family}.txt"), From::Copy(licence.clone()), false)
        }));
        let system = format!("{} ({})", self.os, self.arch);
        let readme = include_str!("README.txt").replace("{version}", self.version).replace("{system}", &system);
        items.push(item("README.txt".into(), self.text(&readme), false));
        items.push(item("THIRD-PARTY.txt".into(), self.text(&third_party), false));
        let (start, text) = if self.windows() {
            ("start.cmd", include_str!("start.cmd"))
        } else {
            ("start.sh", include_str!("start.sh"))
        };
        items.push(item(start.into(), self.text(text), true));
        items.sort_by(|a, b| a.name.cmp(&b.name));
        items
    }

    /// A text of ours as this system ends its lines.
    fn text(&self, text: &str) -> From {
        From::Text(if self.windows() { text.replace('\n', "\r\n") } else { text.into() })
    }

    /// The archive's name, and what `tar` is told to make it, in the folder that holds ours.
    ///
    /// Every file is named, in order: so the archive holds what was planned, and no game that somebody saved there.
    pub(crate) fn archive(&self, items: &[Item], gnu_tar: bool) -> (String, Vec<String>) {
        let folder = self.name();
        let (file, how): (_, &[&str]) = match (self.windows(), gnu_tar) {
            (true, _) => (format!("{folder}.zip"), &["-a", "-cf"]),
            (false, true) => (format!("{folder}.tar.gz"), &["--owner=0", "--group=0", "--numeric-owner", "-czf"]),
            (false, false) => (format!("{folder}.tar.gz"), &["-czf"]),
        };
        let mut arguments: Vec<String> = how.iter().map(|word| (*word).to_owned()).collect();
        arguments.push(file.clone());
        arguments.extend(items.iter().map(|item| format!("{folder}/{}", item.name)));
        (file, arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINUX: Build<'_> = Build { version: "1.2.3", os: "linux", arch: "x86_64" };
    const WINDOWS: Build<'_> = Build { os: "windows", ..LINUX };

    fn items(build: Build<'_>, programs: &[&str]) -> Vec<Item> {
        let programs: Vec<PathBuf> = programs.iter().map(PathBuf::from).collect();
        build.items(Path::new("/r"), &programs, &["/r/assets/fonts/a-face/OFL.txt".into()], "others\n".into())
    }

    fn names(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| item.name.as_str()).collect()
    }

    fn text<'a>(items: &'a [Item], name: &str) -> &'a str {
        match &items.iter().find(|item| item.name == name).unwrap().from {
            From::Text(text) => text,
            From::Copy(path) => panic!("{name} is a copy of {}", path.display()),
        }
    }

    #[test]
    fn the_folder_holds_programs_licences_and_a_way_to_start() {
        let items = items(LINUX, &["/t/release/instep", "/t/release/instep-pack"]);
        let expected = [
            "LICENSE-APACHE",
            "LICENSE-CONTENT",
            "LICENSE-FONT-a-face.txt",
            "LICENSE-MIT",
            "README.txt",
            "THIRD-PARTY.txt",
            "instep",
            "instep-pack",
            "start.sh",
        ];
        assert_eq!(names(&items), expected);
        let runs: Vec<&str> = items.iter().filter(|item| item.runs).map(|item| item.name.as_str()).collect();
        assert_eq!(runs, ["instep", "instep-pack", "start.sh"]);
        assert_eq!(items[2].from, From::Copy("/r/assets/fonts/a-face/OFL.txt".into()));
        assert!(text(&items, "README.txt").starts_with("Instep 1.2.3, for linux (x86_64)\n"));
        assert!(!text(&items, "README.txt").contains('{'));
    }

    #[test]
    fn windows_gets_its_own_start_and_its_own_ends_of_lines() {
        let items = items(WINDOWS, &["/t/release/instep.exe"]);
        assert!(names(&items).contains(&"start.cmd") && !names(&items).contains(&"start.sh"));
        for name in ["README.txt", "THIRD-PARTY.txt", "start.cmd"] {
            let text = text(&items, name);
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
        }
    }

    #[test]
    fn both_starts_keep_games_in_the_folder_and_else_start_all_the_same() {
        for start in [include_str!("start.sh"), include_str!("start.cmd")] {
            // Home, not `play`: what is double-clicked has no terminal, and `play` without one is for scripted players.
            assert_eq!(start.matches(" --data ").count(), 1);
            assert!(!start.contains(" play "));
        }
        assert!(include_str!("start.sh").starts_with("#!/bin/sh\n"));
    }

    #[test]
    fn an_archive_names_every_file_in_order() {
        let linux = items(LINUX, &["/t/instep"]);
        let (file, arguments) = LINUX.archive(&linux[..1], true);
        assert_eq!(file, "instep-1.2.3-linux-x86_64.tar.gz");
        let expected = "--owner=0 --group=0 --numeric-owner -czf instep-1.2.3-linux-x86_64.tar.gz \
                        instep-1.2.3-linux-x86_64/LICENSE-APACHE";
        assert_eq!(arguments.join(" "), expected);
        let (_, arguments) = LINUX.archive(&linux, false);
        assert_eq!(arguments[..2], ["-czf", "instep-1.2.3-linux-x86_64.tar.gz"]);
        assert_eq!(arguments.len(), 2 + linux.len());
        let (file, arguments) = WINDOWS.archive(&linux[..1], false);
        assert_eq!(file, "instep-1.2.3-windows-x86_64.zip");
        assert_eq!(arguments[..3], ["-a", "-cf", "instep-1.2.3-windows-x86_64.zip"]);
    }

    #[test]
    fn one_build_makes_what_there_is() {
        let arguments = build_arguments(&PROGRAMS[..2]).join(" ");
        assert_eq!(
            arguments,
            "build --release --locked --package instep --bin instep --package instep-content --bin instep-pack"
        );
    }

    #[test]
    fn a_program_is_there_if_the_manifest_or_cargo_says_so() {
        let [client, _, server] = PROGRAMS;
        let manifest =
            "[package]\nname = \"instep\"\n\n[[bin]]\nname = \"instep\"\npath = \"src/main.rs\"\n\n[lints]\n";
        assert!(has_program(client, manifest, true));
        let library = "[package]\nname = \"instep-server\"\n[[bench]]\nname = \"instep-server\"\n";
        assert!(!has_program(server, library, false));
        assert!(has_program(server, library, true), "cargo finds src/main.rs by itself");
        let other = "[[bin]]\nname = \"other\"\n[[bench]]\nname = \"instep-server\"\n";
        assert!(!has_program(server, other, true));
    }

    #[test]
    fn others_are_named_once_and_we_are_not() {
        let tree = "instep v0.1.0 (/r/game/client)\tMIT\t\nb v2.0.0\tMIT\thttps://b\na v1.0.0\tZlib\t\n\
                    m v1.0.0 (proc-macro)\tMIT\t\n\nb v2.0.0\tMIT\thttps://b (*)\n";
        let text = third_party(tree);
        let lines: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(lines, ["a v1.0.0  Zlib", "b v2.0.0  MIT  https://b"]);
    }
}
