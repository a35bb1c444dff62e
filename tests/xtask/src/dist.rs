//! `cargo xtask dist`: a folder that plays from wherever it is copied to, and an archive of it.

mod plan;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::Fault;
use crate::built::{self, no_cargo};
use crate::claim::claim;
use crate::needs::aligned;
use crate::workspace::Workspace;
use plan::{Build, From, Item, PROGRAMS, Program};

/// A stick and a slow line carry this much; a larger program is worth a question.
const PROGRAM_BYTES_MAX: u64 = 80_000_000;

/// 1 January 1980, the first day that a zip archive can hold.
const FIRST_DAY: u64 = 315_532_800;

/// Builds the programs in release, and makes folder and archive in `out`, or in `dist` where builds go.
pub(crate) fn dist(workspace: &Workspace, out: Option<&Path>) -> Result<(), Fault> {
    let root = &workspace.root;
    let programs: Vec<Program> = PROGRAMS.into_iter().filter(|program| is_there(root, *program)).collect();
    println!("Building for others, with every optimisation. This takes long.");
    let claim = claim(workspace)?;
    let built = built::build(workspace.cargo_at_root().args(plan::build_arguments(&programs)))?;
    let paths: Vec<PathBuf> = programs
        .iter()
        .map(|program| built::named(&built, program.name).map(Path::to_owned))
        .collect::<Result<_, _>>()?;
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_else(|_| env!("CARGO_PKG_VERSION").into());
    let build = Build { version: &version, os: std::env::consts::OS, arch: std::env::consts::ARCH };
    let third_party = plan::third_party(&tree(workspace, &programs)?);
    let fonts = font_licences(root).map_err(|error| Fault::Machine(format!("cannot read assets/fonts: {error}.")))?;
    let items = build.items(root, &paths, &fonts, third_party);
    let out = out.map_or_else(|| workspace.builds().join("dist"), Path::to_owned);
    let folder = out.join(build.name());
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds(root));
    write(&folder, &items, time)
        .map_err(|error| Fault::Machine(format!("cannot write into {}: {error}.", folder.display())))?;
    drop(claim);
    let archive = pack(&out, build, &items)?;
    report(&folder, &items, &archive);
    Ok(())
}

fn is_there(root: &Path, program: Program) -> bool {
    let folder = root.join(program.folder);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    plan::has_program(program, &manifest, folder.join("src/main.rs").is_file())
}

/// What `cargo tree` says of what is built in.
fn tree(workspace: &Workspace, programs: &[Program]) -> Result<String, Fault> {
    let mut cargo = workspace.cargo_at_root();
    let output = cargo.args(plan::tree_arguments(programs)).stderr(Stdio::inherit()).output().map_err(no_cargo)?;
    if !output.status.success() {
        return Err(Fault::Wrong("cargo cannot list the dependencies, as it says above.".into()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The licence of every font, by the names of their folders.
fn font_licences(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut licences = Vec::new();
    for family in fs::read_dir(root.join("assets/fonts"))? {
        let licence = family?.path().join("OFL.txt");
        if licence.is_file() {
            licences.push(licence);
        }
    }
    licences.sort();
    Ok(licences)
}

/// The time that every file is given, so that the same commit gives the same archive: what the environment says, else
/// when the commit was made.
fn seconds(root: &Path) -> u64 {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok();
    let commit = || {
        let git =
            Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(root).stderr(Stdio::null()).output();
        git.ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let number = |text: String| text.trim().parse().ok();
    told.and_then(number).or_else(|| commit().and_then(number)).unwrap_or(FIRST_DAY).max(FIRST_DAY)
}

/// Writes the items. What else is in the folder, such as saved games of somebody who tried it, stays.
fn write(folder: &Path, items: &[Item], time: SystemTime) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for item in items {
        let path = folder.join(&item.name);
        // A program that runs cannot be written over, but its name can be given to another.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        match &item.from {
            From::Copy(from) => fs::copy(from, &path).map(|_| ())?,
            From::Text(text) => fs::write(&path, text)?,
        }
        permit(&path, item.runs)?;
        File::options().append(true).open(&path)?.set_modified(time)?;
    }
    Ok(())
}

#[cfg(unix)]
fn permit(path: &Path, runs: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(if runs { 0o755 } else { 0o644 }))
}

#[cfg(not(unix))]
fn permit(_: &Path, _: bool) -> io::Result<()> {
    Ok(())
}

/// Makes the archive beside the folder.
fn pack(out: &Path, build: Build<'_>, items: &[Item]) -> Result<PathBuf, Fault> {
    let tar = tar(build.os, std::env::var_os("SystemRoot"));
    let version = Command::new(&tar).arg("--version").output();
    let gnu = version.is_ok_and(|version| String::from_utf8_lossy(&version.stdout).contains("GNU tar"));
    let (file, arguments) = build.archive(items, gnu);
    let fault = |why: String| Fault::Machine(format!("the folder is made, but not its archive: {why}"));
    let status = Command::new(&tar).args(arguments).current_dir(out).status();
    match status {
        Ok(status) if status.success() => Ok(out.join(file)),
        Ok(_) => Err(fault("tar failed, as it says above.".into())),
        Err(error) => Err(fault(format!("{} cannot be started: {error}.", tar.display()))),
    }
}

/// The system's own `tar`. On Windows by its path: another one that is on PATH may make no zip archives.
fn tar(os: &str, system_root: Option<OsString>) -> PathBuf {
    match (os, system_root) {
        ("windows", Some(root)) => Path::new(&root).join("System32").join("tar.exe"),
        _ => "tar".into(),
    }
}

fn report(folder: &Path, items: &[Item], archive: &Path) {
    let bytes = |path: &Path| path.metadata().map_or(0, |about| about.len());
    let mut rows = vec![["file".to_owned(), "size".to_owned()]];
    let mut large = Vec::new();
    let mut total = 0;
    for item in items {
        let size = bytes(&folder.join(&item.name));
        total += size;
        rows.push([item.name.clone(), in_words(size)]);
        large.extend(too_large(item, size));
    }
    rows.push(["all".into(), in_words(total)]);
    rows.push(["the archive".into(), in_words(bytes(archive))]);
    println!("\n{}\n{}\n", folder.display(), archive.display());
    for line in aligned(&rows).into_iter().chain(large) {
        println!("{line}");
    }
}

fn too_large(item: &Item, bytes: u64) -> Option<String> {
    let large = item.runs && bytes > PROGRAM_BYTES_MAX;
    large.then(|| format!("TOO LARGE: {} is {}, over {}.", item.name, in_words(bytes), in_words(PROGRAM_BYTES_MAX)))
}

/// Rounded up: what is over a bound is never told to be just that.
fn in_words(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1_000));
    }
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::tests::Folder;

    #[test]
    fn the_programs_of_this_checkout_are_found() {
        let root = Workspace::find().root;
        let found: Vec<&str> =
            PROGRAMS.into_iter().filter(|program| is_there(&root, *program)).map(|program| program.name).collect();
        assert_eq!(found[..2], ["instep", "instep-pack"]);
        assert!(!font_licences(&root).unwrap().is_empty());
    }

    #[test]
    fn writing_replaces_its_own_files_and_no_others() {
        let folder = Folder::new("dist");
        fs::write(folder.0.join("start"), "an older one").unwrap();
        fs::write(folder.0.join("saved"), "a game").unwrap();
        let item = |name: &str, runs| Item { name: name.into(), from: From::Text("new".into()), runs };
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(FIRST_DAY);
        write(&folder.0, &[item("start", true), item("README", false)], time).unwrap();
        let read = |name: &str| fs::read_to_string(folder.0.join(name)).unwrap();
        assert_eq!((read("start"), read("README"), read("saved")), ("new".into(), "new".into(), "a game".into()));
        assert_eq!(folder.0.join("start").metadata().unwrap().modified().unwrap(), time);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |name: &str| folder.0.join(name).metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode("start"), mode("README")), (0o755, 0o644));
        }
    }

    #[test]
    fn only_a_large_program_is_called_too_large() {
        let item = |runs| Item { name: "instep".into(), from: From::Text(String::new()), runs };
        assert_eq!(too_large(&item(true), PROGRAM_BYTES_MAX), None);
        assert_eq!(too_large(&item(false), PROGRAM_BYTES_MAX + 1), None);
        let told = too_large(&item(true), 91_234_567).unwrap();
        assert_eq!(told, "TOO LARGE: instep is 91.3 MB, over 80.0 MB.");
    }

    #[test]
    fn sizes_are_told_in_what_fits() {
        assert_eq!(
            [1, 1_000, 999_001, 1_000_000, 12_345_678].map(in_words),
            ["1 kB", "1 kB", "1000 kB", "1.0 MB", "12.4 MB"]
        );
    }

    #[test]
    fn windows_own_tar_is_meant() {
        let at = tar("windows", Some("W".into()));
        assert_eq!(at, Path::new("W").join("System32").join("tar.exe"));
        assert_eq!(tar("linux", Some("W".into())), Path::new("tar"));
    }
}
