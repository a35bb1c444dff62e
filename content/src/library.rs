//! Where packs are found: in this program, in the data folder, or at a path.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::decode::did_you_mean;
use crate::fault::{Code, Fault, Report};
use crate::files::Files;
use crate::pack::Pack;
use crate::packs::Packs;
use crate::tree::clip;

/// The packs that come with the program, so that a copied binary plays.
static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/packs");

/// The pack that is played when none is named.
pub const BASE_PACK: &str = "path-to-personalisation";

/// The data folder: as given, else `INSTEP_DATA`, else the platform's own place; `None` where the
/// platform has none.
#[must_use]
pub fn data_folder(given: Option<&Path>) -> Option<PathBuf> {
    let named = given
        .map(Path::to_owned)
        .or_else(|| std::env::var_os("INSTEP_DATA").filter(|v| !v.is_empty()).map(PathBuf::from));
    named.or_else(|| directories::ProjectDirs::from("", "", "instep").map(|dirs| dirs.data_dir().to_owned()))
}

/// All packs within reach.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The folder of installed packs.
    installed: Option<PathBuf>,
}

impl Library {
    /// The packs of this program, and those installed in the data folder's `packs`.
    #[must_use]
    pub fn new(data: Option<&Path>) -> Self {
        Self { installed: data.map(|d| d.join("packs")) }
    }

    /// The names of installed packs, sorted: the program's own, and every folder of the data folder's
    /// `packs` with a `pack.ron`.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = embedded_names().map(str::to_owned).collect();
        let folders = self.installed.iter().filter_map(|p| std::fs::read_dir(p).ok()).flatten().flatten();
        for entry in folders.filter(|e| e.path().join("pack.ron").is_file()) {
            names.extend(entry.file_name().into_string());
        }
        names.sort();
        names.dedup();
        names
    }

    /// The files of a pack: `name` is an installed name, or a path to a folder. An installed name wins
    /// over a folder of the same name here; a path with a `/` in it is always a path. Of two installed
    /// packs of one name, the one in the data folder is taken: somebody put it there.
    ///
    /// # Errors
    /// There is no such pack, or its files are too many, too large, or cannot be read.
    pub fn files(&self, name: &str) -> Result<Files, Report> {
        let plain = !name.is_empty() && !name.contains(['/', '\\']) && name != "." && name != "..";
        if plain {
            if let Some(folder) = self.installed.as_ref().map(|p| p.join(name)).filter(|p| p.join("pack.ron").is_file())
            {
                return Files::from_folder(name, &folder);
            }
            if let Some(folder) = EMBEDDED.get_dir(name) {
                return embedded(name, folder);
            }
        }
        if !Path::new(name).exists() {
            let known = self.names();
            let fault = Fault::whole(
                Code::NoSuchPack,
                name,
                format!(
                    "There is no pack \"{}\": no installed pack has this name, and no folder is there.",
                    clip(name)
                ),
            );
            return Err(Report::of(fault.help(did_you_mean(name, &known).replace("It can be", "Installed packs are"))));
        }
        Files::from_folder(name.trim_end_matches(['/', '\\']), Path::new(name))
    }

    /// Reads one pack, with the remarks that don't keep it from being played.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn pack(&self, name: &str) -> Result<(Pack, Report), Report> {
        Pack::read(self.files(name)?)
    }

    /// Reads packs and puts them together.
    ///
    /// # Errors
    /// Everything that is wrong with any of them, or with them together.
    pub fn load<S: AsRef<str>>(&self, names: &[S]) -> Result<Packs, Report> {
        let mut packs = Vec::new();
        let mut report = Report::default();
        for name in names {
            match self.pack(name.as_ref()) {
                Ok((pack, _)) => packs.push(Arc::new(pack)),
                Err(faults) => report.append(faults),
            }
        }
        if !report.is_playable() {
            return Err(report);
        }
        Packs::combine(packs)
    }
}

fn embedded_names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.dirs().filter(|d| d.get_file(d.path().join("pack.ron")).is_some()).filter_map(|d| d.path().to_str())
}

fn embedded(name: &str, folder: &'static Dir<'static>) -> Result<Files, Report> {
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(dir) = folders.pop() {
        folders.extend(dir.dirs());
        for file in dir.files() {
            let inside = file.path().strip_prefix(folder.path()).ok().and_then(Path::to_str);
            if let Some(path) = inside {
                found.push((path.replace('\\', "/"), file.contents()));
            }
        }
    }
    Files::from_memory(name, found)
}
