//! What the sentences and the text twin look at: the game as everyone at the table may see it, and its words.

use instep_content::{Item, Packs, Table};
use instep_protocol::{People, Word, WordKind, WordText};
use instep_rules::{CardId, Game, Perspective, Setup, State};

use crate::{Language, say};

/// A game with everything that it takes to tell it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What it is told in.
    pub language: &'a Language,
    /// What it is played with.
    pub packs: &'a Packs,
    /// The same, as the rules know it.
    pub table: &'a Table,
    /// The game.
    pub game: &'a Game,
    /// What was typed, by number.
    pub words: &'a [Word],
    /// Who is there.
    pub people: &'a People,
}

impl<'a> View<'a> {
    /// What the rules play with.
    #[must_use]
    pub fn setup(&self) -> &'a Setup {
        self.game.setup()
    }

    /// Where the game stands.
    #[must_use]
    pub fn state(&self) -> &'a State {
        self.game.state()
    }

    /// The words of a card.
    #[must_use]
    pub fn item(&self, card: CardId) -> Option<Item<'a>> {
        self.packs.item(self.table.card(card)?)
    }

    /// The name that the team in a seat gave itself: the newest. One that a facilitator hid, or that was erased,
    /// is none; an older one does not come back for it.
    #[must_use]
    pub fn team(&self, seat: Perspective) -> Option<&'a str> {
        let of_seat = |w: &&Word| w.kind == WordKind::TeamName && w.seat == Some(seat);
        let newest = self.words.iter().rev().find(of_seat)?;
        match &newest.text {
            // Facilitators are still sent the text of what they hid.
            WordText::Said(name) if !newest.hidden => Some(name),
            WordText::Said(_) | WordText::Hidden | WordText::Erased => None,
        }
    }

    /// The team's name, else the perspective's short one.
    #[must_use]
    pub fn who(&self, seat: Perspective) -> String {
        self.team(seat).unwrap_or_else(|| say::seat(self.packs, seat)).to_owned()
    }

    /// What was typed and is no team's name and no chat.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &'a Word> {
        self.words.iter().filter(|w| !matches!(w.kind, WordKind::TeamName | WordKind::Chat))
    }

    /// What was said in writing, oldest first.
    pub fn chat(&self) -> impl Iterator<Item = &'a Word> {
        self.words.iter().filter(|w| w.kind == WordKind::Chat)
    }
}
