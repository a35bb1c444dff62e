//! What keeps the repository tidy without a reviewer. Each test names every fault it finds, as `file:line: fault`.

#[path = "tidy/map.rs"]
mod map;
#[path = "tidy/pages.rs"]
mod pages;
#[path = "tidy/tree.rs"]
mod tree;

use std::path::Path;

use tree::{Tree, no_faults};

/// A file has one reason to be opened; past this many lines it has several.
const RUST_LINES_MAX: usize = 600;

/// Larger files belong somewhere else: every clone carries them for ever.
const FILE_BYTES_MAX: u64 = 512 * 1024;

/// Where the one registry's packages come from, as Cargo.lock says it.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn nothing_is_left_to_do_in_the_code() {
    // Put together here, so that this file is not a fault itself.
    let macros = ["todo", "unimplemented"].map(|name| format!("{name}!"));
    no_faults(Tree::read().rust().flat_map(|file| {
        file.lines(|line| macros.iter().find(|name| line.contains(*name)).map(|name| format!("{name} is left here")))
    }));
}

#[test]
fn no_rust_file_is_too_long() {
    no_faults(Tree::read().rust().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > RUST_LINES_MAX).then(|| format!("{}: {lines} lines, more than {RUST_LINES_MAX}", file.path))
    }));
}

#[test]
fn no_file_is_too_large() {
    no_faults(Tree::sizes().into_iter().filter_map(|(path, bytes)| {
        (bytes > FILE_BYTES_MAX).then(|| format!("{path}: {bytes} bytes, more than {FILE_BYTES_MAX}"))
    }));
}

#[test]
fn no_text_names_a_folder_of_one_machine() {
    no_faults(Tree::read().files.iter().flat_map(|file| {
        file.lines(|line| tree::machine_path(line).map(|path| format!("`{path}` is a folder of one machine")))
    }));
}

#[test]
fn the_workspace_forbids_unsafe_code_and_every_crate_obeys_it() {
    let tree = Tree::read();
    let manifest = |path: &str| tree.toml(path);
    let root = manifest("Cargo.toml");
    assert_eq!(root["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    let members: Vec<&str> =
        root["workspace"]["members"].as_array().unwrap().iter().filter_map(|m| m.as_str()).collect();
    let apart: Vec<&str> = root["workspace"]["exclude"].as_array().unwrap().iter().filter_map(|m| m.as_str()).collect();
    let crates = tree.files.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"));
    no_faults(
        crates
            .flat_map(|name| {
                let path = format!("{name}/Cargo.toml");
                let lints = manifest(&path).get("lints").cloned();
                if apart.contains(&name) {
                    // A workspace of its own, which can't take over our lints.
                    let own = lints.as_ref().and_then(|lints| lints.get("rust")?.get("unsafe_code")?.as_str());
                    return vec![(own != Some("forbid")).then(|| format!("{path}: does not forbid unsafe code"))];
                }
                let lints = lints.and_then(|lints| lints.get("workspace")?.as_bool());
                vec![
                    (lints != Some(true)).then(|| format!("{path}: lacks `[lints] workspace = true`")),
                    (!members.contains(&name)).then(|| format!("{path}: is no member of the workspace")),
                ]
            })
            .flatten(),
    );
}

#[test]
fn every_dependency_comes_from_one_registry() {
    let lock = Tree::read().toml("Cargo.lock");
    let packages = lock["package"].as_array().unwrap();
    no_faults(packages.iter().filter_map(|package| {
        // Ours have no source.
        let source = package.get("source")?.as_str()?;
        (source != REGISTRY).then(|| format!("Cargo.lock: {} comes from {source}", package["name"]))
    }));
}

#[test]
fn every_link_in_a_page_leads_to_a_file() {
    no_faults(Tree::read().pages().flat_map(|page| {
        pages::links(&page.text).into_iter().filter_map(move |(line, link)| {
            let target = pages::target(Path::new(&page.path), &link)?;
            let fault = match target {
                Ok(path) if tree::root().join(&path).exists() => return None,
                Ok(path) => format!("{} is not there", path.display()),
                Err(reason) => reason.to_owned(),
            };
            Some(format!("{}:{line}: the link `{link}`: {fault}", page.path))
        })
    }));
}

#[test]
fn every_invariant_names_its_test() {
    let tree = Tree::read();
    let architecture = tree.file("ARCHITECTURE.md");
    let invariants = map::invariants(&architecture.text);
    assert_eq!(invariants.len(), 14, "ARCHITECTURE.md has fourteen invariants, each an item of a numbered list");
    no_faults(invariants.iter().flat_map(|invariant| {
        map::faults(invariant, |path| tree.files.iter().find(|file| file.path == path).map(|file| file.text.clone()))
    }));
}

#[cfg(unix)]
#[test]
fn ci_runs_what_the_readme_says() {
    use std::os::unix::fs::PermissionsExt;
    let path = tree::root().join(".ci/run");
    let mode = path.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0o111, ".ci/run can be executed");
    let script = std::fs::read_to_string(path).unwrap();
    assert_eq!(script.lines().last(), Some("exec cargo xtask test"));
    assert!(Tree::read().file("README.md").text.contains("cargo xtask test"));
}
