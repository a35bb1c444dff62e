//! A pack that is read in a moment: the one that `instep-pack new` makes.

use std::sync::{Arc, LazyLock};

use instep_content::{Files, Options, Pack, Packs};
use instep_protocol::{Refused, TableSetup};
use instep_rules::{OutcomeSet, Salt, Seed, Setup};
use instep_server::make::{about, new_table, options_of, table_of};
use instep_server::{Maker, NewTable};

macro_rules! files {
    ($($path:literal)+) => { [$(($path, include_str!(concat!("../../../content/template/", $path)))),+] };
}

/// Its files.
pub(crate) const FILES: [(&str, &str); 10] = files!(
    "pack.ron" "board.ron" "perspectives.ron" "outcomes.ron" "themes.ron" "rulesets.ron" "strings.ron" "guide.md"
    "cards/cards.ron" "poems/poems.ron"
);

pub(crate) static PACKS: LazyLock<Packs> = LazyLock::new(|| {
    let files = FILES.map(|(path, text)| (path, text.as_bytes()));
    let (pack, _) = Files::from_memory("small", files).and_then(Pack::read).expect("the template is a good pack");
    Packs::combine(vec![Arc::new(pack)]).expect("one pack goes with itself")
});

/// What somebody wishes for who wants all of it.
pub(crate) static WISH: LazyLock<TableSetup> = LazyLock::new(|| {
    let options = Options { outcomes: Some(OutcomeSet::first(PACKS.outcomes().len())), ..Options::default() };
    let table = PACKS.setup(&options).expect("the template can be set up");
    about(&PACKS, &table, &options, &PACKS.first().manifest.ruleset)
});

/// What the rules play with, for a table that the server has made.
pub(crate) fn setup(wish: &TableSetup) -> Arc<Setup> {
    table_of(&PACKS, wish).expect("the server made a table of it").setup
}

/// Makes tables of this pack.
#[derive(Debug)]
pub(crate) struct SmallMaker;

impl Maker for SmallMaker {
    fn make(&mut self, wish: &TableSetup, seed: [u8; 32], salt: [u8; 32]) -> Result<NewTable, Refused> {
        let own = WISH.packs[0].hash;
        if wish.packs.len() != 1 || wish.packs[0].hash != own {
            return Err(Refused::NoSuchPack { hash: wish.packs.first().map_or([0; 32], |pin| pin.hash) });
        }
        let table = table_of(&PACKS, wish).map_err(|_| Refused::BadSetup)?;
        let about = about(&PACKS, &table, &options_of(wish), &wish.ruleset_name);
        new_table(&PACKS, &table, about, Seed(seed), Salt(salt)).map_err(|_| Refused::BadSetup)
    }
}
