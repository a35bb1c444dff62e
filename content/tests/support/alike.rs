//! The same pack through the `ron` crate.

use instep_content::Pack;
use instep_content::schema::*;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use crate::support::*;

fn by_ron<T: DeserializeOwned>(tree: &Tree, path: &str) -> T {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let text = std::str::from_utf8(&tree[path]).expect("UTF-8");
    options.from_str(text).unwrap_or_else(|e| panic!("{path}: we took it, ron says {e}\n{text}"))
}

#[track_caller]
pub(crate) fn alike(pack: &Pack, tree: &Tree) {
    assert_eq!(by_ron::<Manifest>(tree, PACK), pack.manifest);
    assert_eq!(by_ron::<Board>(tree, BOARD), pack.board);
    assert_eq!(by_ron::<Vec<PerspectiveText>>(tree, PERSPECTIVES), pack.perspectives);
    assert_eq!(by_ron::<Vec<OutcomeText>>(tree, OUTCOMES), pack.outcomes);
    assert_eq!(by_ron::<Themes>(tree, THEMES), pack.themes);
    assert_eq!(by_ron::<Vec<RulesetText>>(tree, RULESETS), pack.rulesets);
    assert_eq!(by_ron::<Strings>(tree, STRINGS), pack.strings);
    let in_folder = |folder: &str| {
        tree.keys().filter(|p| p.starts_with(folder) && p.ends_with(".ron")).cloned().collect::<Vec<_>>()
    };
    let cards: Vec<Card> = in_folder("cards/").iter().flat_map(|p| by_ron::<Vec<Card>>(tree, p)).collect();
    let poems: Vec<Poem> = in_folder("poems/").iter().flat_map(|p| by_ron::<Vec<Poem>>(tree, p)).collect();
    assert_eq!(cards, pack.cards);
    assert_eq!(poems, pack.poems);
}
