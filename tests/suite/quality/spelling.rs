//! British spelling, by Hunspell's dictionary and a list of our own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use instep_content::Item;
use spellbook::Dictionary;

use crate::shipped::{folder, no_faults, shipped};
use crate::words::words;

/// Where Debian and Ubuntu keep it. Elsewhere, `DICPATH` names its folder, as it does for Hunspell itself.
const FOLDER: &str = "/usr/share/hunspell";

fn british() -> &'static Dictionary {
    static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
        let folder = std::env::var_os("DICPATH").map_or_else(|| PathBuf::from(FOLDER), PathBuf::from);
        let read = |name: &str| {
            std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| {
                panic!(
                    "{name} cannot be read in {}: {error}. The spelling test needs a British dictionary: `cargo xtask \
                     needs` tells the package (hunspell-en-gb); elsewhere, DICPATH may name the folder that has it.",
                    folder.display()
                )
            })
        };
        Dictionary::new(read("en_GB.aff").trim_start_matches('\u{feff}'), &read("en_GB.dic"))
            .unwrap_or_else(|error| panic!("{}: not a Hunspell dictionary: {error}", folder.display()))
    });
    &DICTIONARY
}

/// American spellings that the dictionary lets pass because they are names, or British for something else.
const AMERICAN: &[&str] = &[
    "analyze",
    "behavior",
    "center",
    "centers",
    "color",
    "colors",
    "diaper",
    "favor",
    "favorite",
    "fiber",
    "flavor",
    "fulfill",
    "gotten",
    "gray",
    "honor",
    "humor",
    "jewelry",
    "labor",
    "liter",
    "math",
    "meter",
    "mom",
    "mommy",
    "mustache",
    "neighbor",
    "neighbors",
    "pajamas",
    "plow",
    "program",
    "rumor",
    "sidewalk",
    "skillful",
    "theater",
    "traveled",
    "traveler",
    "trash",
    "tire",
    "vacation",
];

/// Words on "-ize" that are British too.
const IZE: &[&str] = &["size", "sizes", "sized", "prize", "prizes", "seize", "seized", "capsize", "capsized", "maize"];

fn american(word: &str) -> bool {
    let word = word.to_lowercase();
    let ize = ["ize", "izes", "ized", "izing", "ization", "izations", "yze", "yzed", "yzing"];
    AMERICAN.contains(&word.as_str()) || !IZE.contains(&word.as_str()) && ize.iter().any(|tail| word.ends_with(tail))
}

/// `words.txt`: names and words of a dialect that no dictionary has.
pub(crate) fn own() -> Vec<String> {
    let path = folder().join("words.txt");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("content/packs/words.txt: {error}"));
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
}

/// A word without what makes it somebody's.
fn stem(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

fn known(word: &str, own: &[String], used: &mut BTreeSet<String>) -> bool {
    let mut look = |word: &str| {
        if word.chars().all(|c| c.is_ascii_digit() || c == '£') || british().check(word) || british().check(stem(word))
        {
            return true;
        }
        let listed = own.iter().find(|own| *own == word || *own == stem(word));
        used.extend(listed.cloned());
        listed.is_some()
    };
    look(word) || word.contains('-') && word.split('-').filter(|part| !part.is_empty()).all(look)
}

/// Everything that people read in a pack, and where it stands.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for shipped in shipped() {
        let pack = &shipped.pack;
        for item in shipped.items() {
            let title = item.title().unwrap_or_default();
            let text = [title, &item.text(), item.prompt(), item.note().unwrap_or_default()].join("\n");
            texts.push((item.id().to_owned(), text));
            if let (Item::Card(_) | Item::Poem(_), Some(picture)) = (item, item.picture()) {
                texts.push((item.id().to_owned(), picture.text.clone()));
            }
        }
        let mut others =
            vec![pack.manifest.name.clone(), pack.manifest.description.clone(), pack.board.description.clone()];
        others.extend(pack.strings.values().cloned());
        others.extend(pack.themes.themes.iter().map(|theme| theme.name.clone()));
        others.extend(pack.themes.areas.iter().map(|area| area.name.clone()));
        others.extend(pack.rulesets.iter().flat_map(|ruleset| [ruleset.name.clone(), ruleset.description.clone()]));
        for outcome in &pack.outcomes {
            others.extend([outcome.name.clone(), outcome.short.clone(), outcome.meaning.clone()]);
            others.extend(outcome.picture.iter().map(|picture| picture.text.clone()));
        }
        for perspective in &pack.perspectives {
            others.extend([perspective.name.clone(), perspective.shoes.clone(), perspective.meaning.clone()]);
            others.extend(perspective.speakers.iter().map(|speaker| speaker.name.clone()));
            others.extend(perspective.picture.iter().map(|picture| picture.text.clone()));
        }
        texts.push((pack.id().to_owned(), others.join("\n")));
        for page in ["guide.md", "BALANCE.md"] {
            let path = folder().join(pack.id()).join(page);
            let text = std::fs::read_to_string(path).unwrap_or_default();
            texts.push((format!("{}/{page}", pack.id()), without_code(&text)));
        }
    }
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap_or_default();
    texts.push(("README.md".to_owned(), without_code(&readme)));
    texts
}

/// A page without what stands between backticks, and without the targets of links.
fn without_code(page: &str) -> String {
    let prose: String = page.split("```").step_by(2).collect();
    let prose: String = prose.split('`').step_by(2).collect();
    let mut parts = prose.split("](");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push(' ');
        plain.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    plain
}

#[test]
fn every_word_is_spelt_as_in_britain() {
    let own = own();
    let mut used = BTreeSet::new();
    let mut unknown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, text) in texts() {
        for word in words(&text.replace('’', "'")) {
            if american(word) || !known(word, &own, &mut used) {
                unknown.entry(word.to_owned()).or_default().push(place.clone());
            }
        }
    }
    let unused = own.iter().filter(|word| !used.contains(*word));
    let unused = unused.map(|word| format!("content/packs/words.txt: {word}: no text needs it"));
    no_faults(unknown.iter().map(|(word, places)| format!("{word}: {}", places.join(", "))).chain(unused));
}

#[test]
fn our_own_words_are_in_order() {
    let own = own();
    let key = |word: &String| (word.to_lowercase(), word.clone());
    no_faults(
        own.windows(2).filter(|w| key(&w[0]) >= key(&w[1])).map(|w| format!("words.txt: {} before {}", w[0], w[1])),
    );
    no_faults(own.iter().filter(|word| american(word)).map(|word| format!("words.txt: {word} is American")));
}

#[test]
fn american_spellings_are_refused() {
    for word in ["color", "organize", "Organized", "realizing", "analyze", "program", "mom", "neighbor", "center"] {
        assert!(american(word) || !british().check(word), "{word}");
    }
    for word in ["colour", "organise", "prize", "sized", "neighbour", "centre", "programme", "mum", "carer", "didn't"] {
        assert!(!american(word) && british().check(word), "{word}");
    }
}
