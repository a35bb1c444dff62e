//! The repository's files, as a fresh clone would have them.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ignore::WalkBuilder;

/// A text file.
#[derive(Debug)]
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The faults that `look` finds, each with its place.
    pub(crate) fn lines<'a>(&'a self, look: impl Fn(&str) -> Option<String> + 'a) -> impl Iterator<Item = String> + 'a {
        let numbered = self.text.lines().zip(1..);
        numbered.filter_map(move |(line, number)| Some(format!("{}:{number}: {}", self.path, look(line)?)))
    }
}

/// All text files.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // Asked when the test runs: checkouts that share a target folder may share this program.
        let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        PathBuf::from(package).parent().unwrap().to_owned()
    });
    &ROOT
}

/// Every file that is not ignored, hidden ones too; works in a checkout and in a bare copy of one.
fn walk() -> impl Iterator<Item = PathBuf> {
    let mut walk = WalkBuilder::new(root());
    walk.hidden(false).parents(false).git_global(false).git_exclude(false).require_git(false);
    walk.filter_entry(|entry| entry.file_name() != ".git").sort_by_file_path(Path::cmp);
    let entries = walk.build().map(|entry| entry.unwrap());
    entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file())).map(ignore::DirEntry::into_path)
}

fn name(path: &Path) -> String {
    let parts = path.strip_prefix(root()).unwrap().iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

impl Tree {
    pub(crate) fn read() -> Self {
        let text = |path: PathBuf| {
            let text = String::from_utf8(std::fs::read(&path).ok()?).ok()?;
            (!text.contains('\0')).then(|| File { path: name(&path), text })
        };
        Self { files: walk().filter_map(text).collect() }
    }

    /// Every file, text or not, and its length in bytes.
    pub(crate) fn sizes() -> Vec<(String, u64)> {
        walk().filter_map(|path| Some((name(&path), path.metadata().ok()?.len()))).collect()
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }

    pub(crate) fn pages(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.ends_with(".md"))
    }

    pub(crate) fn file(&self, path: &str) -> &File {
        self.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is not there"))
    }

    pub(crate) fn toml(&self, path: &str) -> toml::Table {
        self.file(path).text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// Fails with the whole list, not with the first one.
pub(crate) fn no_faults(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// A path in somebody's own folders, if the line has one.
pub(crate) fn machine_path(line: &str) -> Option<&str> {
    // Put together here, so that this file is not a fault itself.
    let own = ["root", "work"].map(|name| (format!("/{name}/"), false));
    let homes = [("home", '/'), ("Users", '/'), ("Users", '\\')];
    let homes = homes.map(|(name, slash)| (format!("{slash}{name}{slash}"), true));
    own.iter().chain(&homes).find_map(|(start, then_a_name)| {
        line.match_indices(start.as_str()).find_map(|(at, _)| {
            // `https://example.org/…/` is an address, `$HOME/…/` is anybody's; a drive's letter is a machine's.
            let before = line[..at].chars().next_back();
            let goes_on = before.is_some_and(|c| c.is_alphanumeric() || "._-~})>".contains(c));
            let after = line[at + start.len()..].chars().next();
            let named = !then_a_name || after.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let end =
                line[at..].find(|c: char| c.is_whitespace() || "\"'`,)".contains(c)).map_or(line.len(), |end| at + end);
            (!goes_on && named).then(|| &line[at..end])
        })
    })
}

#[test]
fn a_folder_of_one_machine_is_told_from_what_looks_like_one() {
    let path = |parts: &[&str]| parts.join("/");
    for (line, found) in [
        (path(&["", "root", "x"]), true),
        (format!("see `{}`", path(&["", "work", "main"])), true),
        (format!("\"{}\"", path(&["", "home", "ann", "x"])), true),
        (format!("file://{}", path(&["", "Users", "ann"])), true),
        (path(&["", "home", "<name>", "x"]), false),
        (path(&["https://example.org", "work", "x"]), false),
        (path(&["$HOME", "work", "x"]), false),
        (path(&["home", "work", "play"]), false),
        (path(&["", "usr", "share"]), false),
    ] {
        assert_eq!(machine_path(&line).is_some(), found, "{line}");
    }
}

#[test]
fn the_walk_sees_hidden_files_but_nothing_that_is_ignored() {
    let paths: Vec<String> = walk().map(|path| name(&path)).collect();
    assert!(paths.iter().any(|path| path == ".ci/run"));
    assert!(paths.iter().any(|path| path == "tests/suite/tidy.rs"));
    assert!(!paths.iter().any(|path| path.starts_with("target/") || path.starts_with(".git/")));
}
