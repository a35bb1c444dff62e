//! Packs together at one table.

use std::collections::HashMap;
use std::sync::Arc;

use arrayvec::ArrayVec;
use instep_rules::{Action, Deck, Instruction, Outcome, OutcomeSet, Perspective};

use crate::fault::{Code, Fault, Place, Report};
use crate::files::PackHash;
use crate::item::{CardRef, Item};
use crate::limits;
use crate::pack::Pack;
use crate::schema::{InstructionText, OutcomeText, PerspectiveText, RulesetText};

/// A card that cannot be played at this table, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Why, in one sentence.
    pub reason: String,
}

/// Packs that go together. The first gives board, perspectives, outcomes and rulesets; the others add
/// cards, poems and themes.
#[derive(Clone, Debug)]
pub struct Packs {
    packs: Vec<Arc<Pack>>,
    /// In the order in which a setup has them: by deck, then by pack, then as they stand.
    pub(crate) cards: Vec<(Deck, CardRef, Instruction)>,
    left_out: Vec<LeftOut>,
}

impl Packs {
    /// Puts packs together.
    ///
    /// # Errors
    /// No pack, the same one twice, an id in two of them, or too many cards.
    pub fn combine(packs: Vec<Arc<Pack>>) -> Result<Self, Report> {
        let mut report = Report::default();
        if packs.is_empty() {
            return Err(Report::of(
                Fault::whole(Code::NoSuchPack, "packs", "No pack is named.").help("Name at least one."),
            ));
        }
        let mut ids: HashMap<&str, &Place> = HashMap::new();
        for (n, pack) in packs.iter().enumerate() {
            if packs[..n].iter().any(|p| p.id() == pack.id()) {
                let message = format!("The pack \"{}\" is named twice.", pack.id());
                report.add(
                    Fault::whole(Code::Combination, pack.files.label.clone(), message).help("Name each pack once."),
                );
                continue;
            }
            let cards = pack.cards.iter().map(|c| &c.id).zip(&pack.card_places);
            for (id, place) in cards.chain(pack.poems.iter().map(|p| &p.id).zip(&pack.poem_places)) {
                if let Some(first) = ids.insert(id, place) {
                    let fault =
                        Fault::whole(Code::DuplicateId, place.file.clone(), format!("Two packs have a card \"{id}\"."));
                    let fault = Fault { place: place.clone(), also: Some(first.clone()), ..fault };
                    report.add(fault.help("They cannot be played together until one of the cards has another id."));
                }
            }
        }
        let count = ids.len();
        if count > limits::CARDS_TOGETHER_MAX {
            let message = format!("These packs have more than {} cards together.", limits::CARDS_TOGETHER_MAX);
            report.add(Fault::whole(Code::TooLarge, "packs", message).help("Leave one out."));
        }
        if !report.is_playable() {
            return Err(report);
        }
        let mut own = Self { packs, cards: Vec::with_capacity(count), left_out: Vec::new() };
        own.gather();
        Ok(own)
    }

    fn gather(&mut self) {
        let packs = self.packs.clone();
        for (n, pack) in packs.iter().enumerate() {
            let at = |poem, index| CardRef { pack: n as u16, poem, index: index as u16 };
            let cards = pack.cards.iter().enumerate().map(|(i, c)| (at(false, i), Item::Card(c), &pack.card_places[i]));
            let poems = pack.poems.iter().enumerate().map(|(i, p)| (at(true, i), Item::Poem(p), &pack.poem_places[i]));
            for (place_in_packs, item, place) in cards.chain(poems) {
                match self.rules(item) {
                    Ok((deck, instruction)) => self.cards.push((deck, place_in_packs, instruction)),
                    Err(reason) => {
                        self.left_out.push(LeftOut { id: item.id().to_owned(), place: place.clone(), reason })
                    }
                }
            }
        }
        self.cards.sort_by_key(|(deck, card, _)| (deck.index(), *card));
    }

    /// What the rules need to know of a card, or why it cannot be played here.
    fn rules(&self, item: Item<'_>) -> Result<(Deck, Instruction), String> {
        let first = self.first();
        let colour = |id: &str| match first.perspectives.iter().position(|p| p.id == id) {
            Some(i) => Ok(Perspective::from_index(i)),
            None => Err(format!("It names the perspective \"{id}\", which the first pack lacks.")),
        };
        if let Some(id) = item.outcomes().iter().find(|id| !first.outcomes.iter().any(|o| o.id == **id)) {
            return Err(format!("It names the outcome \"{id}\", which the first pack lacks."));
        }
        let action = |text: &InstructionText| -> Result<Action, String> {
            Ok(match text {
                InstructionText::Place(id) => Action::Place(colour(id)?),
                InstructionText::Remove(id) => Action::Remove(colour(id)?),
                InstructionText::PlaceAny => Action::PlaceAny,
                InstructionText::RemoveAny => Action::RemoveAny,
                InstructionText::TalkOnly | InstructionText::Choose(_) => Action::TalkOnly,
            })
        };
        let deck = match item {
            Item::Card(card) => Deck::Of(colour(&card.voice)?),
            Item::Poem(poem) => {
                poem.voice.as_deref().map(colour).transpose()?;
                Deck::Poems
            }
        };
        let instruction = match item.instruction() {
            InstructionText::Choose(options) => {
                Instruction::Choose(options.iter().take(3).map(action).collect::<Result<ArrayVec<_, 3>, _>>()?)
            }
            one => Instruction::Do(action(one)?),
        };
        Ok((deck, instruction))
    }

    /// The pack that gives board, perspectives, outcomes and rulesets.
    #[must_use]
    pub fn first(&self) -> &Pack {
        &self.packs[0]
    }

    /// All packs, as they were named.
    #[must_use]
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// The four perspectives, in turn order.
    #[must_use]
    pub fn perspectives(&self) -> &[PerspectiveText] {
        &self.first().perspectives
    }

    /// The outcomes, in the order of the path.
    #[must_use]
    pub fn outcomes(&self) -> &[OutcomeText] {
        &self.first().outcomes
    }

    /// The rulesets.
    #[must_use]
    pub fn rulesets(&self) -> &[RulesetText] {
        &self.first().rulesets
    }

    /// Ids and hashes of the packs, in order.
    pub fn hashes(&self) -> impl Iterator<Item = (&str, PackHash)> {
        self.packs.iter().map(|p| (p.id(), p.hash))
    }

    /// Every theme of every pack with its name; a theme that two packs have is there once.
    #[must_use]
    pub fn themes(&self) -> Vec<(&str, &str)> {
        let mut themes: Vec<(&str, &str)> = Vec::new();
        for theme in self.packs.iter().flat_map(|p| &p.themes.themes) {
            if !themes.iter().any(|(id, _)| *id == theme.id) {
                themes.push((&theme.id, &theme.name));
            }
        }
        themes
    }

    /// The cards that name what the first pack lacks.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Every card that can be played, in the order of a setup without filters.
    pub fn cards(&self) -> impl Iterator<Item = CardRef> {
        self.cards.iter().map(|(_, card, _)| *card)
    }

    /// A card's words.
    #[must_use]
    pub fn item(&self, card: CardRef) -> Option<Item<'_>> {
        let pack = self.packs.get(card.pack as usize)?;
        if card.poem {
            pack.poems.get(card.index as usize).map(Item::Poem)
        } else {
            pack.cards.get(card.index as usize).map(Item::Card)
        }
    }

    /// The outcome with this id.
    #[must_use]
    pub fn outcome(&self, id: &str) -> Option<Outcome> {
        self.outcomes().iter().position(|o| o.id == id).map(|i| Outcome(i as u8))
    }

    /// The perspective with this id.
    #[must_use]
    pub fn perspective(&self, id: &str) -> Option<Perspective> {
        self.perspectives().iter().position(|p| p.id == id).map(Perspective::from_index)
    }

    /// The outcomes that the first pack puts in play when nobody chooses.
    #[must_use]
    pub fn usual_outcomes(&self) -> OutcomeSet {
        let named: OutcomeSet =
            self.first().manifest.outcomes_in_play.iter().filter_map(|id| self.outcome(id)).collect();
        if named.is_empty() { OutcomeSet::first(self.outcomes().len()) } else { named }
    }

    /// What a deck is called: the perspective's name, or Poet's Corner.
    #[must_use]
    pub fn deck_name(&self, deck: Deck) -> &str {
        match deck {
            Deck::Of(p) => &self.perspectives()[p.index()].name,
            Deck::Poems => self.first().strings.get("poets_corner").map_or("Poet's Corner", String::as_str),
        }
    }
}
