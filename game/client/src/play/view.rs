//! What the sentences and the text twin look at: the game as everyone at the table may see it, and its words.

use instep_content::{Item, Packs, Table};
use instep_protocol::{People, Word};
use instep_rules::{CardId, Game, Setup, State};

/// A game with everything that it takes to tell it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) packs: &'a Packs,
    pub(crate) table: &'a Table,
    pub(crate) game: &'a Game,
    /// What was typed.
    pub(crate) words: &'a [Word],
    pub(crate) people: &'a People,
}

impl<'a> View<'a> {
    pub(crate) fn setup(&self) -> &'a Setup {
        self.game.setup()
    }

    pub(crate) fn state(&self) -> &'a State {
        self.game.state()
    }

    /// The words of a card.
    pub(crate) fn item(&self, card: CardId) -> Option<Item<'a>> {
        self.packs.item(self.table.card(card)?)
    }
}
