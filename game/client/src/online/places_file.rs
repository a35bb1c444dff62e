//! `places.ron`: read, put aside where it is damaged, and written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::places::{Listed, Place, PlacesTrouble};

const NAME: &str = "places.ron";

/// The form of the file. One that is higher is a newer Instep's, and is left as it is.
const VERSION: u32 = 1;

/// Fifty places have twenty kilobytes; what is much larger is something else.
const BYTES_MAX: u64 = 1 << 20;

#[derive(Deserialize)]
struct Head {
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    places: Vec<Place>,
}

pub(super) fn is_there(folder: &Path) -> bool {
    folder.join(NAME).exists()
}

pub(super) fn disk(path: &Path, error: &std::io::Error) -> PlacesTrouble {
    PlacesTrouble::Disk { file: path.display().to_string(), why: error.to_string() }
}

/// What the file holds, if there is one.
pub(super) fn read(folder: &Path) -> Result<Listed, PlacesTrouble> {
    let path = folder.join(NAME);
    let bytes = match fs::metadata(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Listed::default()),
        Err(e) => return Err(disk(&path, &e)),
        Ok(about) if about.len() > BYTES_MAX => Vec::new(),
        Ok(_) => fs::read(&path).map_err(|e| disk(&path, &e))?,
    };
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    match ron::from_str::<Head>(text) {
        Ok(head) if head.version > VERSION => {
            return Err(PlacesTrouble::Newer { file: path.display().to_string() });
        }
        Ok(_) | Err(_) => {}
    }
    match ron::from_str::<Kept>(text) {
        Ok(kept) => Ok(Listed { places: kept.places, aside: None }),
        Err(_) => {
            let aside = aside(folder, "places");
            fs::rename(&path, &aside).map_err(|e| disk(&path, &e))?;
            Ok(Listed { places: Vec::new(), aside: Some(aside) })
        }
    }
}

/// The places, where they can be read. A damaged file is left to whoever can tell of it.
pub(super) fn peek(folder: &Path) -> Vec<Place> {
    let kept = fs::read_to_string(folder.join(NAME)).ok().and_then(|text| ron::from_str::<Kept>(&text).ok());
    kept.filter(|kept| kept.version <= VERSION).map(|kept| kept.places).unwrap_or_default()
}

/// The first free name for a damaged file.
pub(super) fn aside(folder: &Path, stem: &str) -> PathBuf {
    let name = |n: u32| folder.join(format!("{stem}-damaged-{n}.ron"));
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

/// Writes the file; it is the old one or the new one whatever happens, and nobody but its owner may read it.
pub(super) fn write(folder: &Path, places: &[Place]) -> Result<(), PlacesTrouble> {
    let path = folder.join(NAME);
    let failed = |e: std::io::Error| disk(&path, &e);
    let kept = Kept { version: VERSION, places: places.to_vec() };
    let text = ron::ser::to_string_pretty(&kept, ron::ser::PrettyConfig::default())
        .map_err(|e| failed(std::io::Error::other(e)))?;
    let part = path.with_extension("part");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&part, &path).map_err(failed)?;
    sync_folder(folder).map_err(failed)
}

/// What was renamed in a folder is on disk too when this returns; where a folder can't be opened as a file, the system
/// sees to it.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::places::Places;

    #[test]
    fn a_damaged_file_is_put_aside_and_never_lost() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::of(dir.path());
        for (n, damaged) in ["", "(version: 1, places: [(", "\u{0}\u{0}", "(version: 1)"].into_iter().enumerate() {
            std::fs::write(dir.path().join("places.ron"), damaged).unwrap();
            let listed = places.list().unwrap();
            let aside = listed.aside.expect("put aside");
            assert!(aside.ends_with(format!("places-damaged-{}.ron", n + 1)), "{aside:?}");
            assert_eq!(std::fs::read_to_string(aside).unwrap(), damaged);
            assert!(listed.places.is_empty() && !dir.path().join("places.ron").exists());
        }
    }

    #[test]
    fn a_newer_insteps_file_stays_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let newer = "(version: 2, towns: [])";
        std::fs::write(dir.path().join("places.ron"), newer).unwrap();
        assert!(Places::of(dir.path()).list().is_err());
        assert_eq!(std::fs::read_to_string(dir.path().join("places.ron")).unwrap(), newer);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        super::write(dir.path(), &[]).unwrap();
        let mode = std::fs::metadata(dir.path().join("places.ron")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
