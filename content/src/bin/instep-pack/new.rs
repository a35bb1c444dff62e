//! `instep-pack new`.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use instep_content::{Files, Pack};

use crate::Done;

/// The pack that `new` copies; its comments are the first lesson.
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/template");

/// What stands in the template for the new pack's id and name.
const ID: &str = "my-pack";
const NAME: &str = "My pack";

pub(crate) fn new(name: &str) -> Done {
    let folder = Path::new(name);
    let last = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let id = slug(last);
    if id.is_empty() || id.len() > instep_content::limits::ID {
        return Done::failed(
            2,
            format!(
                "\"{name}\" cannot be a pack's name: give one with a letter a to z or a digit in it, at most 48 of them.\n"
            ),
        );
    }
    if folder.exists() {
        return Done::failed(
            1,
            format!("There is something at \"{name}\" already, and nothing was changed. Choose another name.\n"),
        );
    }
    let shown: String = last.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect();
    let files: Vec<(String, String)> =
        files(&TEMPLATE).into_iter().map(|(path, text)| (path, text.replace(ID, &id).replace(NAME, &shown))).collect();
    // A pack that doesn't check clean would teach the wrong thing, whatever it is called.
    let in_memory = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    if let Err(report) = Files::from_memory(name, in_memory).and_then(Pack::read) {
        return Done::failed(2, format!("\"{name}\" cannot be a pack's name.\n{report}"));
    }
    for (path, text) in &files {
        let at = folder.join(path);
        let made = at.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&at, text));
        if let Err(error) = made {
            return Done::failed(
                3,
                format!(
                    "\"{}\" cannot be written ({error}); the pack is not complete. Mend that and try again.\n",
                    at.display()
                ),
            );
        }
    }
    Done::ok(format!(
        "The pack \"{id}\" is in the folder {name}. It has one card a voice and one poem, and can be played as it is.\n\
         Open cards/cards.ron in any editor, change a card, and look what you did:\n\n    instep-pack check {name}\n"
    ))
}

fn files(folder: &'static Dir<'static>) -> Vec<(String, String)> {
    let own =
        folder.files().filter_map(|f| Some((f.path().to_str()?.replace('\\', "/"), f.contents_utf8()?.to_owned())));
    own.chain(folder.dirs().flat_map(files)).collect()
}

/// A name as an id: "Our Street" is `our-street`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}
