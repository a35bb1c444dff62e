//! Links in Markdown pages.

use std::path::{Component, Path, PathBuf};

/// Every link of a page and the line it is in: `[words](link)`, pictures, and `[name]: link`. Nothing in code counts.
pub(crate) fn links(page: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (line, number) in page.lines().zip(1..) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let line = without_code(line);
            let inline = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
            found.extend(inline.map(|link| (number, link.to_owned())));
            let named = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
            found.extend(named.map(|(_, link)| (number, link.split(' ').next().unwrap_or(link).to_owned())));
        }
    }
    found
}

/// The line without what stands between backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// The file, from the root, that a link in `page` leads to; `None` if it leads out of the repository or to the page itself.
pub(crate) fn target(page: &Path, link: &str) -> Option<Result<PathBuf, &'static str>> {
    let path = link.split('#').next().unwrap_or(link).trim_matches(['<', '>']);
    if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
        return None;
    }
    let mut target = page.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => target.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !target.pop() {
                    return Some(Err("it leads out of the repository"));
                }
            }
            Component::RootDir | Component::Prefix(_) => return Some(Err("it should be relative")),
        }
    }
    Some(Ok(target))
}

#[test]
fn links_are_found_where_they_are_links() {
    let page = "a [b](c.md) ![d](e.png \"title\")\n```\n[f](g)\n```\n`[h](i)` [j](k#l)\n[m]: n.md\n[o](https://p)";
    let expected = [(1, "c.md"), (1, "e.png"), (5, "k#l"), (6, "n.md"), (7, "https://p")];
    assert_eq!(links(page), expected.map(|(line, link)| (line, link.to_owned())));
}

#[test]
fn a_link_is_relative_to_its_page() {
    let from = |link| target(Path::new("docs/a/b.md"), link);
    assert_eq!(from("c.md"), Some(Ok("docs/a/c.md".into())));
    assert_eq!(from("../../README.md#x"), Some(Ok("README.md".into())));
    assert!(from("../../../x").unwrap().is_err());
    assert!(from("/x").unwrap().is_err());
    assert_eq!(from("#here"), None);
    assert_eq!(from("https://example.org/x"), None);
}
