//! From a setup to a header, and back.

use std::collections::HashSet;

use instep_rules::{
    Action, BlockedPlace, CardRules, Choices, Deck, EmptySeats, FinishedBlocks, Outcome, OutcomeSet, Passing,
    Perspective, Removal, Ruleset, Setup, SetupParts, Space, TeamActs, Tile, TileSet, Walking,
};

use crate::header::{POEM, POEMS};
use crate::{Card, Header, HeaderError, Instruction, Names, PackRef, Settings, TileId};

impl Header {
    /// The header of a setup.
    ///
    /// # Errors
    /// [`HeaderError`] where the names don't fit the setup: too few, too many, or one twice.
    pub fn new(packs: Vec<PackRef>, names: Names, setup: &Setup, ruleset_name: &str) -> Result<Self, HeaderError> {
        let counts = [
            ("outcomes", names.outcomes.len(), usize::from(setup.outcomes())),
            ("cards", names.cards.len(), setup.cards().len()),
        ];
        for (what, named, there) in counts {
            if named != there {
                return Err(HeaderError::Count(what, named, there));
            }
        }
        let Names { perspectives, outcomes, cards } = names;
        let colour = |p: Perspective| perspectives[p.index()].clone();
        let space = |space: &Space| match space {
            Space::Footprint(p) => colour(*p),
            Space::PoetsCorner => POEM.to_owned(),
        };
        let act = |action: &Action| match action {
            Action::Place(p) => Instruction::Place(colour(*p)),
            Action::Remove(p) => Instruction::Remove(colour(*p)),
            Action::PlaceAny => Instruction::PlaceAny,
            Action::RemoveAny => Instruction::RemoveAny,
            Action::TalkOnly => Instruction::TalkOnly,
        };
        let card = |(id, rules): (String, &CardRules)| Card {
            id,
            deck: match rules.deck {
                Deck::Of(p) => colour(p),
                Deck::Poems => POEMS.to_owned(),
            },
            instruction: match &rules.instruction {
                instep_rules::Instruction::Do(action) => act(action),
                instep_rules::Instruction::Choose(choices) => Instruction::Choose(choices.iter().map(act).collect()),
            },
        };
        let header = Self {
            packs,
            in_play: setup.in_play().iter().map(|o| outcomes[o.index()].clone()).collect(),
            board: setup.board().iter().map(space).collect(),
            cards: cards.into_iter().zip(setup.cards()).map(card).collect(),
            ruleset: Settings::new(ruleset_name, setup.ruleset()),
            begun: setup.begun().iter().map(|t| TileId::new(t, &perspectives, &outcomes)).collect(),
            perspectives,
            outcomes,
        };
        // What can't be read back is not to be written.
        header.setup()?;
        Ok(header)
    }

    /// The setup that the header describes.
    ///
    /// # Errors
    /// The first [`HeaderError`].
    pub fn setup(&self) -> Result<Setup, HeaderError> {
        self.check_ids()?;
        let colour = |what, id: &str| {
            let index = self.perspectives.iter().position(|p| p == id);
            index.map(Perspective::from_index).ok_or_else(|| HeaderError::Unknown(what, id.to_owned()))
        };
        let outcome = |what, id: &str| {
            let index = self.outcomes.iter().position(|o| o == id);
            index.map(|n| Outcome(n as u8)).ok_or_else(|| HeaderError::Unknown(what, id.to_owned()))
        };
        if self.outcomes.len() > Outcome::MAX {
            let count = u8::try_from(self.outcomes.len()).unwrap_or(u8::MAX);
            return Err(HeaderError::Setup(instep_rules::SetupFault::OutcomeCount(count)));
        }
        let in_play: Vec<Outcome> =
            self.in_play.iter().map(|id| outcome("an outcome in play", id)).collect::<Result<_, _>>()?;
        in_order("the list of outcomes in play", &in_play)?;
        let mut begun = Vec::with_capacity(self.begun.len());
        for tile in &self.begun {
            let tile = Tile::new(colour("a tile's colour", &tile.colour)?, outcome("a tile's outcome", &tile.outcome)?);
            begun.push(tile);
        }
        in_order("the path begun", &begun.iter().map(|t| (t.outcome, t.colour)).collect::<Vec<_>>())?;
        let space = |id: &String| match id.as_str() {
            POEM => Ok(Space::PoetsCorner),
            id => colour("a space", id).map(Space::Footprint),
        };
        let act = |card: &Card, instruction: &Instruction| {
            Ok(match instruction {
                Instruction::Place(id) => Action::Place(colour("the colour that a card lays", id)?),
                Instruction::Remove(id) => Action::Remove(colour("the colour that a card lifts", id)?),
                Instruction::PlaceAny => Action::PlaceAny,
                Instruction::RemoveAny => Action::RemoveAny,
                Instruction::TalkOnly => Action::TalkOnly,
                Instruction::Choose(_) => return Err(HeaderError::Nested(card.id.clone())),
            })
        };
        let mut cards = Vec::with_capacity(self.cards.len());
        for (n, card) in self.cards.iter().enumerate() {
            let deck = match card.deck.as_str() {
                POEMS => Deck::Poems,
                id => Deck::Of(colour("a card's deck", id)?),
            };
            let instruction = match &card.instruction {
                Instruction::Choose(list) => {
                    let mut choices = Choices::new();
                    for option in list {
                        if choices.try_push(act(card, option)?).is_err() {
                            let id = instep_rules::CardId(u16::try_from(n).unwrap_or(u16::MAX));
                            return Err(HeaderError::Setup(instep_rules::SetupFault::ChoiceLength(id)));
                        }
                    }
                    instep_rules::Instruction::Choose(choices)
                }
                action => instep_rules::Instruction::Do(act(card, action)?),
            };
            cards.push(CardRules { deck, instruction });
        }
        Setup::new(SetupParts {
            board: self.board.iter().map(space).collect::<Result<_, _>>()?,
            cards,
            outcomes: self.outcomes.len() as u8,
            in_play: in_play.into_iter().collect::<OutcomeSet>(),
            ruleset: self.ruleset.ruleset()?,
            begun: begun.into_iter().collect::<TileSet>(),
        })
        .map_err(HeaderError::Setup)
    }

    /// An id that stands for two things would let one record be read in two ways.
    fn check_ids(&self) -> Result<(), HeaderError> {
        if let Some(id) = self.perspectives.iter().find(|id| *id == POEM || *id == POEMS) {
            return Err(HeaderError::Reserved(id.clone()));
        }
        no_twins("perspectives", self.perspectives.iter())?;
        no_twins("outcomes", self.outcomes.iter())?;
        no_twins("cards", self.cards.iter().map(|card| &card.id))
    }
}

fn no_twins<'a>(what: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<(), HeaderError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(HeaderError::Twice(what, id.clone()));
        }
    }
    Ok(())
}

fn in_order<T: PartialOrd>(what: &'static str, list: &[T]) -> Result<(), HeaderError> {
    if list.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(HeaderError::Order(what)) }
}

impl TileId {
    pub(crate) fn new(tile: Tile, perspectives: &[String; 4], outcomes: &[String]) -> Self {
        Self {
            colour: perspectives[tile.colour.index()].clone(),
            outcome: outcomes.get(tile.outcome.index()).cloned().unwrap_or_default(),
        }
    }
}

impl Settings {
    /// The settings of a ruleset, under its name.
    #[must_use]
    pub fn new(name: &str, r: &Ruleset) -> Self {
        Self {
            name: name.to_owned(),
            die_faces: r.die_faces,
            real_die: r.real_die,
            walking: r.walking.id().to_owned(),
            opening_tiles: r.opening_tiles,
            finished_blocks: r.finished_blocks.id().to_owned(),
            blocked_place: r.blocked_place.id().to_owned(),
            removal: r.removal.id().to_owned(),
            passing: r.passing.id().to_owned(),
            empty_seats: r.empty_seats.id().to_owned(),
            team_acts: r.team_acts.id().to_owned(),
            talk_timer_s: r.talk_timer_s,
        }
    }

    /// The ruleset.
    ///
    /// # Errors
    /// [`HeaderError::Unknown`] for a value that its setting doesn't have.
    pub fn ruleset(&self) -> Result<Ruleset, HeaderError> {
        fn value<T>(what: &'static str, id: &str, from_id: impl Fn(&str) -> Option<T>) -> Result<T, HeaderError> {
            from_id(id).ok_or_else(|| HeaderError::Unknown(what, id.to_owned()))
        }
        Ok(Ruleset {
            die_faces: self.die_faces,
            real_die: self.real_die,
            walking: value("walking", &self.walking, Walking::from_id)?,
            opening_tiles: self.opening_tiles,
            finished_blocks: value("finished_blocks", &self.finished_blocks, FinishedBlocks::from_id)?,
            blocked_place: value("blocked_place", &self.blocked_place, BlockedPlace::from_id)?,
            removal: value("removal", &self.removal, Removal::from_id)?,
            passing: value("passing", &self.passing, Passing::from_id)?,
            empty_seats: value("empty_seats", &self.empty_seats, EmptySeats::from_id)?,
            team_acts: value("team_acts", &self.team_acts, TeamActs::from_id)?,
            talk_timer_s: self.talk_timer_s,
        })
    }
}
