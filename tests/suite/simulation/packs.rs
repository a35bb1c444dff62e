//! What tables are made of: the base pack, read once.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use instep_content::{BASE_PACK, Library, Options, Packs};
use instep_protocol::{Refused, TableSetup};
use instep_rules::{OutcomeSet, Salt, Seed, Setting, Setup};
use instep_server::make::{about, new_table, options_of, table_of};
use instep_server::{Maker, NewTable};

static BASE: LazyLock<Packs> = LazyLock::new(|| Library::new(None).load(&[BASE_PACK]).expect("the base pack is good"));

/// What somebody wishes for who wants so many stones, and these settings on top of guided.
pub(crate) fn wish(stones: usize, settings: &[Setting]) -> TableSetup {
    let options =
        Options { outcomes: Some(OutcomeSet::first(stones)), settings: settings.to_vec(), ..Options::default() };
    let table = BASE.setup(&options).expect("the base pack can be set up");
    about(&BASE, &table, &options, "guided")
}

/// What the rules play with.
pub(crate) fn setup(wish: &TableSetup) -> Arc<Setup> {
    table_of(&BASE, wish).expect("it was set up before").setup
}

/// Makes tables, and tells the world which seeds and salts they have.
#[derive(Debug, Default, Clone)]
pub(crate) struct SimMaker {
    pub(crate) made: Rc<RefCell<Vec<[u8; 32]>>>,
}

impl Maker for SimMaker {
    fn make(&mut self, wish: &TableSetup, seed: [u8; 32], salt: [u8; 32]) -> Result<NewTable, Refused> {
        if let Some(other) = wish.packs.iter().find(|pin| BASE.hashes().all(|(_, hash)| hash.0 != pin.hash)) {
            return Err(Refused::NoSuchPack { hash: other.hash });
        }
        let table = table_of(&BASE, wish).map_err(|_| Refused::BadSetup)?;
        let about = about(&BASE, &table, &options_of(wish), &wish.ruleset_name);
        self.made.borrow_mut().extend([seed, salt]);
        new_table(&BASE, &table, about, Seed(seed), Salt(salt)).map_err(|_| Refused::BadSetup)
    }
}
