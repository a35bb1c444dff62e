//! A table to tell of: the base pack, and events as they come.

use instep_content::{BASE_PACK, Library, Options, Packs, Table};
use instep_protocol::{Audience, People, Word, WordKind, WordText};
use instep_rules::{
    CardId, Command, Deck, Direction, Event, Game, How, Instruction, Outcome, OutcomeSet, Perspective, Salt, Seed,
    Setting, Stream, Tile, Who, commitment, decide,
};
use instep_words::{Language, View};

pub(crate) const USERS: Perspective = Perspective::First;
pub(crate) const STAFF: Perspective = Perspective::Third;
pub(crate) const MANAGERS: Perspective = Perspective::Fourth;
pub(crate) const CHOICE: Outcome = Outcome(0);
pub(crate) const HEALTH: Outcome = Outcome(1);

/// A game of the base pack that tests move on as they like.
pub(crate) struct Play {
    pub(crate) language: Language,
    pub(crate) packs: Packs,
    pub(crate) table: Table,
    pub(crate) game: Game,
    pub(crate) words: Vec<Word>,
    pub(crate) people: People,
    chance: Stream,
}

impl Play {
    /// Before the first command.
    pub(crate) fn new(ruleset: &str, outcomes: usize, settings: &[Setting]) -> Self {
        let packs = Library::default().load(&[BASE_PACK]).expect("the base pack is good");
        let options = Options {
            ruleset: Some(ruleset.into()),
            outcomes: Some(OutcomeSet::first(outcomes)),
            settings: settings.to_vec(),
            ..Options::default()
        };
        let table = packs.setup(&options).expect("it can be set up");
        let mut game = Game::new(table.setup.clone());
        let seed = Seed([9; 32]);
        game.apply(&table.setup.opening(commitment(&seed, &Salt([0; 32]))));
        Self {
            language: Language::english(),
            packs,
            table,
            game,
            words: Vec::new(),
            people: People::default(),
            chance: Stream::new(&seed, 0),
        }
    }

    /// A guided game of two stones after its opening tiles, all laid on the first stone but one.
    pub(crate) fn begun() -> Self {
        let mut play = Self::new("guided", 2, &[]);
        for (seat, outcome) in Perspective::ALL.into_iter().zip([CHOICE, CHOICE, CHOICE, HEALTH]) {
            play.does(Command::Place(seat, outcome));
        }
        play
    }

    pub(crate) fn view(&self) -> View<'_> {
        View {
            language: &self.language,
            packs: &self.packs,
            table: &self.table,
            game: &self.game,
            words: &self.words,
            people: &self.people,
        }
    }

    /// A command of the seat whose turn it is, who facilitates too.
    pub(crate) fn does(&mut self, command: Command) {
        let who = Who { seat: Some(self.game.state().seat()), facilitator: true };
        let events = decide(&self.table.setup, self.game.state(), who, command, &mut self.chance);
        self.game.apply(&events.unwrap_or_else(|why| panic!("{command:?}: {why:?}")));
    }

    /// A command of nobody in particular.
    pub(crate) fn anyone(&mut self, command: Command) {
        let events = decide(&self.table.setup, self.game.state(), Who::ANYONE, command, &mut self.chance);
        self.game.apply(&events.unwrap_or_else(|why| panic!("{command:?}: {why:?}")));
    }

    /// Walks to the talk about a card of `deck` that asks for this.
    pub(crate) fn draws(&mut self, deck: Deck, asks: impl Fn(&Instruction) -> bool) {
        let cards = self.table.setup.cards().iter();
        let at = cards.into_iter().position(|c| c.deck == deck && asks(&c.instruction)).expect("such a card");
        let board = self.table.setup.board();
        let is_there = |s: &instep_rules::Space| match (s, deck) {
            (instep_rules::Space::Footprint(p), Deck::Of(of)) => *p == of,
            (instep_rules::Space::PoetsCorner, Deck::Poems) => true,
            _ => false,
        };
        let to = board.iter().rposition(is_there).expect("such a space") as u8;
        let (from, direction) = (self.game.state().counter(self.game.state().seat()), Direction::Forward);
        self.game.apply(&[Event::DieRolled { face: 4, typed: false, words: 1 }]);
        let card = CardId(at as u16);
        let drawn = Event::CardDrawn { card, refilled: false, words: 1 };
        self.game.apply(&[Event::CounterMoved { from, to, direction }, drawn]);
    }

    /// Tiles that came to lie on the path somehow.
    pub(crate) fn lies(&mut self, tiles: impl IntoIterator<Item = (Perspective, Outcome)>) {
        for (colour, outcome) in tiles {
            self.game.apply(&[Event::TilePlaced { tile: Tile::new(colour, outcome), how: How::Any }]);
        }
    }

    /// A team calls itself something.
    pub(crate) fn calls(&mut self, seat: Perspective, name: WordText) {
        let id = self.words.len() as u32 + 1;
        let word = Word {
            id,
            kind: WordKind::TeamName,
            seat: Some(seat),
            card: None,
            audience: Audience::Everyone,
            text: name,
            by: None,
            reported: false,
            hidden: false,
        };
        self.words.push(word);
    }

    pub(crate) fn next(&self) -> String {
        instep_words::say::next(&self.view())
    }

    pub(crate) fn whose_turn(&self) -> String {
        instep_words::say::whose_turn(&self.view())
    }

    pub(crate) fn happened(&self) -> String {
        instep_words::say::happened(&self.view()).unwrap_or_default()
    }
}
