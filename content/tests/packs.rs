//! The packs that come with the program, and packs together.
#![allow(missing_docs)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use instep_content::{Code, Length, Library, Options, Packs, SetupRefusal, TURN_S, ThemeFilter, simulate};
use instep_rules::{CardId, Deck, OutcomeSet, Perspective, Ruleset, Setting};
use support::*;

#[path = "support/alike.rs"]
mod alike;

fn library() -> Library {
    Library::new(None)
}

fn packs(names: &[&str]) -> Packs {
    library().load(names).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn the_packs_that_come_with_the_program_are_whole() {
    assert_eq!(library().names(), ["later-life", "path-to-personalisation"]);
    for name in library().names() {
        let (pack, report) = library().pack(&name).unwrap_or_else(|report| panic!("{report}"));
        assert!(report.faults.is_empty(), "{report}");
        assert!(pack.guide.is_some() && pack.cards.len() >= 60 && pack.poems.len() >= 6);
    }
}

#[test]
fn the_ron_crate_reads_the_same_packs() {
    for name in library().names() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs").join(&name);
        let mut tree = Tree::new();
        for folder in ["", "cards", "poems"] {
            for entry in std::fs::read_dir(root.join(folder)).expect("there") {
                let path = entry.expect("readable").path();
                if path.extension().is_some_and(|e| e == "ron") {
                    let inside = path.strip_prefix(&root).expect("inside").to_str().expect("UTF-8").to_owned();
                    tree.insert(inside, std::fs::read(&path).expect("readable"));
                }
            }
        }
        alike::alike(&library().pack(&name).expect("good").0, &tree);
    }
}

#[test]
fn some_and_none_may_be_written_out() {
    let note =
        |value: &str| edit(CARDS, "outcomes: [\"dignity\"],", &format!("outcomes: [\"dignity\"], note: {value},"));
    for (value, expect) in [("Some(\"Rain.\")", Some("Rain.")), ("None", None), ("\"Rain.\"", Some("Rain."))] {
        let tree = note(value);
        let (pack, _) = read(tree.clone()).unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(pack.cards[0].note.as_deref(), expect);
        alike::alike(&pack, &tree);
    }
}

#[test]
fn the_base_board_is_as_the_rules_say() {
    let base = packs(&["path-to-personalisation"]);
    let spaces = &base.first().board.spaces;
    assert_eq!(spaces.len(), 40);
    let corners: Vec<usize> = (0..40).filter(|i| spaces[*i] == "poem").collect();
    assert_eq!(corners, [0, 10, 20, 30]);
    let feet: Vec<&String> = spaces.iter().filter(|s| *s != "poem").collect();
    for p in base.perspectives() {
        assert_eq!(feet.iter().filter(|f| **f == &p.id).count(), 9, "{}", p.id);
    }
    assert!((0..feet.len()).all(|i| feet[i] != feet[(i + 1) % feet.len()]), "two neighbours are alike");
}

#[test]
fn the_rulesets_are_the_rules_own() {
    let base = packs(&["path-to-personalisation"]);
    assert_eq!(base.ruleset(Some("guided")), Ok(Ruleset::guided()));
    assert_eq!(base.ruleset(Some("classic")), Ok(Ruleset::classic()));
    assert_eq!(base.ruleset(None), Ok(Ruleset::guided()));
    let refusal = base.ruleset(Some("clasic")).expect_err("no such ruleset").to_string();
    assert!(refusal.contains("Did you mean `classic`?"), "{refusal}");
}

#[test]
fn packs_together_keep_the_first_ones_frame() {
    let (one, both) = (packs(&["path-to-personalisation"]), packs(&["path-to-personalisation", "later-life"]));
    let later = packs(&["later-life"]);
    assert!(both.left_out().is_empty(), "{:?}", both.left_out());
    assert_eq!(both.cards().count(), one.cards().count() + later.cards().count());
    assert_eq!(both.first().board, one.first().board);
    assert!(both.themes().len() > one.themes().len());
    let table = both.setup(&Options::default()).expect("good");
    assert_eq!(table.setup.cards().len(), both.cards().count());
    for (i, card) in table.cards.iter().enumerate() {
        let item = both.item(*card).expect("there");
        match table.setup.cards()[i].deck {
            Deck::Of(p) => assert_eq!(item.voice(), Some(both.perspectives()[p.index()].id.as_str())),
            Deck::Poems => assert!(item.title().is_some()),
        }
    }
    assert_eq!(table.card(CardId(0)), Some(table.cards[0]));
}

fn pack(tree: Tree) -> Arc<instep_content::Pack> {
    Arc::new(read(tree).unwrap_or_else(|report| panic!("{report}")).0)
}

/// The good pack under another id, with other ids of cards.
fn other() -> Tree {
    let mut tree = edit(PACK, "my-pack\"", "other-pack\"");
    for path in [CARDS, POEMS] {
        let text = String::from_utf8(tree[path].clone()).expect("UTF-8").replace(" id: \"", " id: \"o-");
        tree.insert(path.into(), text.into_bytes());
    }
    tree
}

#[test]
fn cards_that_name_what_the_first_pack_lacks_are_left_out() {
    let fewer = edit(OUTCOMES, "\"contribution\"", "\"giving\"");
    let fewer = then(fewer, CARDS, "[\"choice\", \"contribution\"]", "[\"choice\"]");
    let packs = Packs::combine(vec![pack(fewer), pack(other())]).expect("good");
    let left: Vec<String> = packs.left_out().iter().map(|l| format!("{} {} {}", l.place, l.id, l.reason)).collect();
    assert_eq!(
        left,
        [
            "p/cards/cards.ron:44:13 o-managers-first-rota It names the outcome \"contribution\", which the first pack lacks."
        ]
    );
}

#[test]
fn the_same_card_in_two_packs_is_a_fault_with_both_places() {
    let other = edit(PACK, "my-pack\"", "other-pack\"");
    let report = Packs::combine(vec![pack(good()), pack(other)]).expect_err("five cards clash");
    assert_eq!(report.faults.len(), 5);
    assert!(report.faults.iter().all(|f| f.code == Code::DuplicateId && f.also.as_ref() == Some(&f.place)));
    let report = Packs::combine(vec![pack(good()), pack(good())]).expect_err("the same pack twice");
    assert_eq!(report.faults[0].code, Code::Combination);
}

#[test]
fn a_colour_that_themes_leave_without_cards_is_named() {
    let packs = Packs::combine(vec![pack(good())]).expect("good");
    let without = |theme: &str| Options {
        themes: ThemeFilter { without: [theme.to_owned()].into(), ..ThemeFilter::default() },
        ..Options::default()
    };
    let refusal = packs.setup(&without("first-day")).expect_err("no card is left");
    assert_eq!(refusal, SetupRefusal::EmptyDeck("Service users and carers".into()));
    assert_eq!(packs.setup(&without("firstday")).err(), Some(SetupRefusal::UnknownThemes(vec!["firstday".into()])));
}

#[test]
fn settings_and_outcomes_are_chosen_on_top() {
    let packs = packs(&["later-life"]);
    assert_eq!(packs.usual_outcomes().len(), 4);
    let options =
        Options { settings: vec![Setting::DieFaces(8)], outcomes: Some(OutcomeSet::first(2)), ..Options::default() };
    let table = packs.setup(&options).expect("good");
    assert_eq!((table.setup.ruleset().die_faces, table.setup.in_play().len()), (8, 2));
    let bad = |settings, outcomes| packs.setup(&Options { settings, outcomes, ..Options::default() }).err();
    assert_eq!(bad(vec![Setting::DieFaces(3)], None), Some(SetupRefusal::Setting(Setting::DieFaces(3))));
    assert_eq!(bad(vec![], Some(OutcomeSet::NONE)), Some(SetupRefusal::Outcomes));
    assert_eq!(bad(vec![], Some(OutcomeSet::first(12))), Some(SetupRefusal::Outcomes));
}

#[test]
fn a_pinned_copy_is_the_pack_and_its_name_the_hash() {
    let (pack, _) = library().pack("path-to-personalisation").expect("good");
    let bytes = pack.pin();
    let again = instep_content::Pack::from_pinned("pinned", &bytes).expect("the copy is good");
    assert_eq!((again.hash, again.pin(), &again.cards), (pack.hash, bytes.clone(), &pack.cards));
    // The hash is that of the copy's bytes, so that any tool can check a copy.
    use sha2::Digest;
    assert_eq!(pack.hash.0, <[u8; 32]>::from(sha2::Sha256::digest(&bytes)));
    for cut in [0, 5, 14, 20, bytes.len() - 1] {
        assert!(instep_content::Pack::from_pinned("pinned", &bytes[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn the_hash_changes_with_every_file_the_game_uses_and_with_no_other() {
    let hash = |tree: Tree| read(tree).unwrap_or_else(|report| panic!("{report}")).0.hash;
    let mut seen = BTreeMap::from([(hash(good()), "nothing".to_owned())]);
    for path in good().keys() {
        let mut tree = good();
        tree.get_mut(path).expect("there").push(b'\n');
        assert_eq!(seen.insert(hash(tree), path.clone()), None, "{path} makes no difference");
    }
    assert!(seen.contains_key(&hash(put("notes/idea.txt", "Not part of the game."))));
    assert!(seen.contains_key(&hash(put(".git/HEAD", "ref"))));
}

#[test]
fn a_simulation_is_the_same_for_its_seed_however_many_threads() {
    let table = packs(&["path-to-personalisation"]).setup(&Options::default()).expect("good");
    let on = |threads: usize, seed| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| simulate::simulate(&table.setup, 3_000, seed))
    };
    let one = on(1, 7);
    assert_eq!(one, on(5, 7));
    assert_ne!(one, on(1, 8));
    assert_eq!(one.turns, simulate::turns(&table.setup, 3_000, 7), "statistics change nothing");
    assert_eq!((one.turns.games(), one.turns.endless), (3_000, 0));
}

#[test]
fn what_is_counted_adds_up() {
    let table = packs(&["path-to-personalisation"]).setup(&Options::default()).expect("good");
    let stats = simulate::simulate(&table.setup, 2_000, 1);
    let drawn: u64 = stats.drawn.iter().sum();
    assert_eq!(drawn, stats.all_turns, "one card a turn");
    assert_eq!(drawn, stats.kinds.iter().sum::<u64>());
    assert_eq!(drawn, stats.colours.iter().map(|c| c.heard).sum::<u64>() + stats.poems);
    assert_eq!(stats.colours.iter().map(|c| c.last).sum::<u64>(), 2_000);
    let tiles: u64 = stats.colours.iter().map(|c| c.laid - c.lifted).sum();
    assert_eq!(tiles, 2_000 * (28 - 4), "four of the tiles are opening ones");
}

#[test]
fn as_many_outcomes_as_fit_into_the_time() {
    let base = packs(&["path-to-personalisation"]);
    let fit = |length| base.fit(&Options::default(), length, TURN_S).expect("good");
    let count = |length| fit(length).outcomes.len();
    assert_eq!([Length::Quick, Length::Hour, Length::Half, Length::Full].map(count), [2, 3, 5, 7]);
    let hour = fit(Length::Minutes(60));
    assert_eq!(hour.turns, Some(17));
    assert!((2..=4).contains(&hour.outcomes.len()), "{hour:?}");
    assert!(hour.turns_needed.is_sorted());
    let mut last = 0;
    for minutes in [5, 15, 30, 60, 90, 120, 180, 400] {
        let fit = fit(Length::Minutes(minutes));
        assert!(fit.outcomes.len() >= last, "{minutes} minutes");
        last = fit.outcomes.len();
    }
    assert_eq!(last, 7);
    assert!(!fit(Length::Minutes(1)).fits);
    assert!(base.fit(&Options::default(), Length::Outcomes(8), TURN_S).is_err());
    assert_eq!(base.perspective("staff"), Some(Perspective::Third));
}
