//! The files of a pack, wherever they come from: a folder, this program, a pinned copy, memory.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::fault::{Code, Fault, Report};
use crate::limits;

/// A pack's SHA-256: that of its pinned copy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackHash(pub [u8; 32]);

impl std::fmt::Display for PackHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl std::fmt::Debug for PackHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// The first line of a pinned copy.
const MAGIC: &[u8] = b"instep-pack 1\n";

/// The files of a pack that the game uses, by their paths with `/`.
#[derive(Clone, Debug)]
pub struct Files {
    /// What the pack is called in reports: the path or name by which it was asked for.
    pub(crate) label: Arc<str>,
    pub(crate) files: BTreeMap<String, Arc<[u8]>>,
    /// Files that no part of the game reads though they look as if they should be.
    pub(crate) strays: Vec<String>,
}

/// What becomes of a path inside a pack.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The game reads it.
    Read,
    /// It looks as if the game should read it, and it doesn't.
    Stray,
    /// An author's own affair: notes, a licence, hidden files.
    Ignore,
}

fn usage(path: &str) -> Use {
    let parts: Vec<&str> = path.split('/').collect();
    let ron = path.ends_with(".ron");
    match parts.as_slice() {
        parts if parts.iter().any(|p| p.starts_with('.')) => Use::Ignore,
        [
            "pack.ron" | "board.ron" | "perspectives.ron" | "outcomes.ron" | "themes.ron" | "rulesets.ron"
            | "strings.ron",
        ] => Use::Read,
        ["cards" | "poems" | "plans", _] if ron => Use::Read,
        ["pictures", ..] if path.ends_with(".svg") || path.ends_with(".png") => Use::Read,
        [file] if file.ends_with(".md") => Use::Read,
        _ if ron => Use::Stray,
        _ => Use::Ignore,
    }
}

impl Files {
    fn new(label: impl Into<Arc<str>>) -> Self {
        Self { label: label.into(), files: BTreeMap::new(), strays: Vec::new() }
    }

    /// Files from memory.
    ///
    /// # Errors
    /// Too many files, or too much in them.
    pub fn from_memory<P, B>(label: &str, files: impl IntoIterator<Item = (P, B)>) -> Result<Self, Report>
    where
        P: Into<String>,
        B: Into<Arc<[u8]>>,
    {
        let mut own = Self::new(label);
        for (path, bytes) in files {
            let path = path.into();
            match usage(&path) {
                Use::Read => drop(own.files.insert(path, bytes.into())),
                Use::Stray => own.strays.push(path),
                Use::Ignore => {}
            }
        }
        own.capped()
    }

    /// The files of a folder. Links are refused: a pack cannot bring in what lies outside of it.
    ///
    /// # Errors
    /// Not a folder, a link, too many files, too much in them, or the disk fails.
    pub fn from_folder(label: &str, folder: &Path) -> Result<Self, Report> {
        let mut walk = Walk { own: Self::new(label), seen: 0, bytes: 0 };
        let kind = std::fs::metadata(folder).map_err(|e| walk.failed("", &e))?;
        if !kind.is_dir() {
            let fault = Fault::whole(Code::NoSuchPack, label, "This is a file, and a pack is a folder.");
            return Err(Report::of(fault.help("Give the folder that holds pack.ron.")));
        }
        walk.folder(folder, "", 0)?;
        walk.own.capped()
    }

    fn capped(self) -> Result<Self, Report> {
        let size = |ron: bool| -> u64 {
            let counted = self.files.iter().filter(|(p, _)| !ron || p.ends_with(".ron"));
            counted.map(|(_, b)| b.len() as u64).sum()
        };
        let fault = if self.files.len() > limits::FILES_MAX {
            format!("The pack has more than {} files.", limits::FILES_MAX)
        } else if size(true) > limits::RON_BYTES_MAX {
            format!("The pack's RON files hold more than {} MiB.", limits::RON_BYTES_MAX >> 20)
        } else if size(false) > limits::PACK_BYTES_MAX {
            format!("The pack holds more than {} MiB.", limits::PACK_BYTES_MAX >> 20)
        } else {
            return Ok(self);
        };
        Err(Report::of(
            Fault::whole(Code::TooLarge, self.label, fault)
                .help("Part it into two packs, or make its pictures smaller."),
        ))
    }

    /// One file's bytes.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// The pack as one run of bytes, for a table to keep: the line `instep-pack 1`, then for each file, in
    /// the order of its path's bytes, the length of the path (4 bytes, little-endian), the path, the
    /// length of the file (8 bytes, little-endian), the file.
    #[must_use]
    pub fn pin(&self) -> Vec<u8> {
        let mut out =
            Vec::with_capacity(MAGIC.len() + self.files.iter().map(|(p, b)| p.len() + b.len() + 12).sum::<usize>());
        self.pieces(|piece| out.extend_from_slice(piece));
        out
    }

    /// SHA-256 of [`Files::pin`].
    #[must_use]
    pub fn hash(&self) -> PackHash {
        let mut hash = Sha256::new();
        self.pieces(|piece| hash.update(piece));
        PackHash(hash.finalize().into())
    }

    fn pieces(&self, mut put: impl FnMut(&[u8])) {
        put(MAGIC);
        for (path, bytes) in &self.files {
            put(&(path.len() as u32).to_le_bytes());
            put(path.as_bytes());
            put(&(bytes.len() as u64).to_le_bytes());
            put(bytes);
        }
    }

    /// Files from a pinned copy.
    ///
    /// # Errors
    /// The bytes are not those of a pinned copy.
    pub fn from_pinned(label: &str, bytes: &[u8]) -> Result<Self, Report> {
        let broken = || {
            let fault = Fault::whole(Code::WrongKind, label, "This is not a pinned copy of a pack, or it is damaged.");
            Report::of(fault.help("Take the copy from a backup; its name is the hash that it should have."))
        };
        if bytes.len() as u64 > limits::PACK_BYTES_MAX + limits::RON_BYTES_MAX {
            return Err(broken());
        }
        let mut rest = bytes.strip_prefix(MAGIC).ok_or_else(broken)?;
        let mut own = Self::new(label);
        let mut last = String::new();
        while !rest.is_empty() {
            let (path, bytes, after) = entry(rest).ok_or_else(broken)?;
            // In order, and only what a pack may have: so there is one copy of a pack, and one hash.
            if path <= last.as_str() || usage(path) != Use::Read {
                return Err(broken());
            }
            path.clone_into(&mut last);
            own.files.insert(path.to_owned(), bytes.into());
            rest = after;
        }
        own.capped()
    }
}

fn entry(rest: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    let (len, rest) = rest.split_first_chunk::<4>()?;
    let (path, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
    let (len, rest) = rest.split_first_chunk::<8>()?;
    let (bytes, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)?;
    Some((std::str::from_utf8(path).ok()?, bytes, rest))
}

struct Walk {
    own: Files,
    seen: usize,
    bytes: u64,
}

impl Walk {
    fn failed(&self, path: &str, error: &std::io::Error) -> Report {
        let file = format!("{}/{path}", self.own.label);
        let fault = Fault::whole(Code::Machine, file.trim_end_matches('/'), format!("This cannot be read: {error}."));
        Report::of(fault.help("Look whether it is there and whether you may read it."))
    }

    fn refuse(&self, code: Code, path: &str, message: String, help: &str) -> Report {
        Report::of(Fault::whole(code, format!("{}/{path}", self.own.label), message).help(help))
    }

    fn folder(&mut self, folder: &Path, inside: &str, depth: usize) -> Result<(), Report> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|e| self.failed(inside, &e))? {
            let entry = entry.map_err(|e| self.failed(inside, &e))?;
            self.seen += 1;
            if self.seen > limits::FILES_MAX * 2 {
                let message = format!("The folder holds more than {} files.", limits::FILES_MAX * 2);
                return Err(self.refuse(Code::TooLarge, inside, message, "Is this the right folder?"));
            }
            names.push((entry.file_name(), entry.file_type().map_err(|e| self.failed(inside, &e))?));
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in names {
            // A name that is not UTF-8 cannot be named in RON either, so nothing can refer to it.
            let Some(name) = name.to_str() else { continue };
            let path = if inside.is_empty() { name.to_owned() } else { format!("{inside}/{name}") };
            if name.starts_with('.') {
                continue;
            }
            if kind.is_symlink() {
                let help = "Put the file itself there. A pack cannot bring in what lies outside its folder.";
                return Err(self.refuse(
                    Code::OutsidePack,
                    &path,
                    "This is a link, and a pack has only files and folders of its own.".into(),
                    help,
                ));
            }
            if kind.is_dir() {
                if depth + 1 < limits::FOLDERS_MAX {
                    self.folder(&folder.join(name), &path, depth + 1)?;
                }
                continue;
            }
            match usage(&path) {
                Use::Read if kind.is_file() => self.file(&folder.join(name), path)?,
                Use::Stray => self.own.strays.push(path),
                _ => {}
            }
        }
        Ok(())
    }

    fn file(&mut self, at: &Path, path: String) -> Result<(), Report> {
        let cap = if path.ends_with(".ron") { limits::RON_BYTES_MAX } else { limits::PACK_BYTES_MAX - self.bytes };
        let file = std::fs::File::open(at).map_err(|e| self.failed(&path, &e))?;
        let mut bytes = Vec::new();
        // The size is capped while reading, not before: a file can grow in between.
        file.take(cap + 1).read_to_end(&mut bytes).map_err(|e| self.failed(&path, &e))?;
        if bytes.len() as u64 > cap {
            let message = "This file makes the pack too large.".to_owned();
            return Err(self.refuse(
                Code::TooLarge,
                &path,
                message,
                "A pack holds at most 8 MiB of RON, and 64 MiB with its pictures.",
            ));
        }
        self.bytes += bytes.len() as u64;
        self.own.files.insert(path, bytes.into());
        Ok(())
    }
}
