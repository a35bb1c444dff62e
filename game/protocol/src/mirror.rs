//! The client's mirror of a table: the same `apply`, fed with what the table says.

use std::collections::VecDeque;
use std::sync::Arc;

use instep_rules::{Event, Game, Outcome, Perspective, Setup, StateHash, Who, legal};

use crate::{
    Answer, Ask, Audience, Denied, Door, FromClient, FromTable, Moment, People, Person, PersonId, Role, VERSION,
    Welcome, Word, WordText,
};

/// What a message changed, for whoever shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// The table let us in.
    Welcome(Box<Welcome>),
    /// New events, from this place in the log on.
    Events {
        /// Index into [`Game::log`].
        from: usize,
    },
    /// A request was answered.
    Answer {
        /// Which.
        number: u32,
        /// How.
        answer: Answer,
    },
    /// New or changed words, by number.
    Words(Vec<u32>),
    /// Somebody came, went, or changed seats.
    People,
    /// Something to see now.
    Moment(Moment),
    /// The table stopped, or sent us away.
    Goodbye(Denied),
    /// Seed and salt are published.
    Secrets,
    /// Somebody waits to be let in, or something else about the table's door is new.
    Door,
}

/// Requests that may be without their answers at once; more are of no person's making.
const UNANSWERED_MAX: usize = 64;

/// A message that does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Something is missing or differs; this request makes it good.
    AskAgain(FromClient),
    /// The table is played with something that this mirror was not made for.
    OtherSetup,
}

/// The mirror.
#[derive(Debug)]
pub struct Mirror {
    game: Game,
    you: Option<PersonId>,
    people: People,
    words: Vec<Word>,
    secrets: Option<([u8; 32], [u8; 32])>,
    next_number: u32,
    /// The turn command that waits for its answer: only one may be on its way.
    in_flight: Option<u32>,
    /// Requests without an answer yet, oldest first: what is sent again after a connection was lost.
    unanswered: VecDeque<FromClient>,
    door: Option<Door>,
    /// The whole log was asked for again, and nothing has agreed since.
    began_again: bool,
}

impl Mirror {
    /// An empty mirror of a table with this setup.
    #[must_use]
    pub fn new(setup: Arc<Setup>) -> Self {
        Self {
            game: Game::new(setup),
            you: None,
            people: People::default(),
            words: Vec::new(),
            secrets: None,
            next_number: 1,
            in_flight: None,
            unanswered: VecDeque::new(),
            door: None,
            began_again: false,
        }
    }

    /// The first message of a connection: it asks only for what this mirror lacks.
    #[must_use]
    pub fn hello(&self) -> FromClient {
        FromClient::Hello { oldest: VERSION, newest: VERSION, have: self.last() }
    }

    /// The game as it is known here.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// The number of the last event that is known here.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.game.log().len() as u32
    }

    /// Who is at the table.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Whoever this mirror belongs to.
    #[must_use]
    pub fn me(&self) -> Option<&Person> {
        self.people.people.iter().find(|p| Some(p.id) == self.you)
    }

    /// What was typed, as far as this viewer may read it, by number.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Seed and salt, once the game is closed.
    #[must_use]
    pub fn secrets(&self) -> Option<([u8; 32], [u8; 32])> {
        self.secrets
    }

    /// The table's door, if this person may see it.
    #[must_use]
    pub fn door(&self) -> Option<&Door> {
        self.door.as_ref()
    }

    /// What was asked and not answered yet, oldest first. After a new welcome it is sent again as it is: the table
    /// answers a number that it had before with its first answer.
    pub fn unanswered(&self) -> impl Iterator<Item = &FromClient> {
        self.unanswered.iter()
    }

    /// Whether a turn command is on its way.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Whether this person may act for `seat`: it is theirs, or nobody's.
    #[must_use]
    pub fn may_act_for(&self, seat: Perspective) -> bool {
        self.me().is_some_and(|me| match me.role {
            Role::Observer | Role::SharedScreen => false,
            Role::Player | Role::Facilitator => {
                me.seats.has(seat) || !self.game.state().held().has(seat) || self.people.voiced.has(seat)
            }
        })
    }

    /// On whose behalf this person's commands would come now.
    #[must_use]
    pub fn who(&self) -> Who {
        let seat = self.game.state().seat();
        Who {
            seat: self.may_act_for(seat).then_some(seat),
            facilitator: self.me().is_some_and(|me| me.role == Role::Facilitator),
        }
    }

    /// What this person may do now: what a view offers.
    #[must_use]
    pub fn legal(&self) -> instep_rules::Legal {
        if self.people.paused || self.me().is_none() {
            return instep_rules::Legal::default();
        }
        legal(self.game.setup(), self.game.state(), self.who())
    }

    /// Stamps a request with the number and the event that it was made against. `None` while another turn
    /// command is on its way: its answer may change what one would ask.
    pub fn ask(&mut self, ask: Ask) -> Option<FromClient> {
        let turn = matches!(ask, Ask::Act { .. } | Ask::Mend { .. });
        if turn && self.in_flight.is_some() {
            return None;
        }
        let number = self.next_number;
        self.next_number = self.next_number.saturating_add(1);
        if turn {
            self.in_flight = Some(number);
        }
        let message = FromClient::Ask { number, seen: self.last(), ask };
        if self.unanswered.len() == UNANSWERED_MAX {
            self.unanswered.pop_front();
        }
        self.unanswered.push_back(message.clone());
        Some(message)
    }

    /// Takes in a message.
    ///
    /// # Errors
    /// [`Trouble`], with nothing changed; but where what is known can't be right, the game is forgotten.
    pub fn receive(&mut self, message: FromTable) -> Result<Option<News>, Trouble> {
        Ok(Some(match message {
            FromTable::Welcome(welcome) => {
                self.you = Some(welcome.you);
                self.next_number = self.next_number.max(welcome.next_number);
                if welcome.last < self.last() {
                    // The server is back at an earlier time, as after a restored back-up: what was here is of another
                    // history, and what was asked of it is not to be asked of this one.
                    self.game = Game::new(Arc::clone(self.game.setup()));
                    self.words.clear();
                    self.unanswered.clear();
                    self.in_flight = None;
                    return Err(Trouble::AskAgain(FromClient::Missing { after: 0 }));
                }
                News::Welcome(welcome)
            }
            FromTable::Answer { number, answer } => {
                if self.in_flight == Some(number) {
                    self.in_flight = None;
                }
                self.unanswered.retain(|m| !matches!(m, FromClient::Ask { number: n, .. } if *n == number));
                if let Answer::Denied(Denied::NumberOutOfOrder { next }) = answer {
                    // Never less: numbers that are on their way are taken, whatever the table knows of them.
                    self.next_number = self.next_number.max(next);
                }
                News::Answer { number, answer }
            }
            FromTable::Events { first, commands, hash } => return self.events(first, &commands, hash),
            FromTable::Words(words) => {
                let ids = words.iter().map(|w| w.id).collect();
                for word in words {
                    match self.words.binary_search_by_key(&word.id, |w| w.id) {
                        Ok(at) => self.words[at] = word,
                        Err(at) => self.words.insert(at, word),
                    }
                }
                News::Words(ids)
            }
            FromTable::People(people) => {
                self.people = people;
                if self.me().is_none_or(|me| me.role != Role::Facilitator) {
                    self.forget_what_is_the_facilitators();
                }
                News::People
            }
            FromTable::Moment(moment) => News::Moment(moment),
            FromTable::Goodbye(why) => News::Goodbye(why),
            FromTable::Secrets { seed, salt } => {
                self.secrets = Some((seed, salt));
                News::Secrets
            }
            FromTable::Door(door) => {
                self.door = Some(*door);
                News::Door
            }
            // What comes before a table is whoever connects' affair; an answer to nothing is nobody's.
            FromTable::Entered(_)
            | FromTable::Waiting { .. }
            | FromTable::Refused(_)
            | FromTable::Tables(_)
            | FromTable::Pong { .. }
            | FromTable::NotUnderstood
            | FromTable::Pack { .. } => return Ok(None),
        }))
    }

    /// Applies events that follow what is known without a gap; others are asked for.
    /// Whoever hands over the role has no more than others from then on, also of what they have already.
    fn forget_what_is_the_facilitators(&mut self) {
        self.door = None;
        self.words.retain(|word| word.audience == Audience::Everyone);
        for word in &mut self.words {
            if std::mem::take(&mut word.hidden) {
                word.text = WordText::Hidden;
            }
            word.reported = false;
        }
    }

    fn events(
        &mut self,
        first: u32,
        commands: &[Vec<Event>],
        hash: Option<StateHash>,
    ) -> Result<Option<News>, Trouble> {
        let last = self.last();
        if first > last + 1 {
            return Err(Trouble::AskAgain(FromClient::Missing { after: last }));
        }
        let mut seq = first;
        let mut fresh = Vec::new();
        for events in commands {
            let next = seq + events.len() as u32;
            if seq > last {
                fresh.push(events);
            } else if next > last + 1 {
                // Commands come whole: one of which a part is known is of another log.
                return Err(self.begin_again());
            }
            seq = next;
        }
        if fresh.is_empty() {
            return Ok(None);
        }
        if !fresh.iter().copied().flatten().all(|event| fits(self.game.setup(), event)) {
            return Err(Trouble::OtherSetup);
        }
        for events in fresh {
            self.game.apply(events);
        }
        if hash.is_some_and(|hash| self.game.state().hash(self.game.setup()) != hash) {
            // Which event was the wrong one can't be told from here: the whole log is asked for again.
            return Err(self.begin_again());
        }
        if hash.is_some() {
            self.began_again = false;
        }
        Ok(Some(News::Events { from: last as usize }))
    }

    /// Forgets the game and asks for all of it; a second time in a row that would be for nothing.
    fn begin_again(&mut self) -> Trouble {
        self.game = Game::new(Arc::clone(self.game.setup()));
        match std::mem::replace(&mut self.began_again, true) {
            true => Trouble::OtherSetup,
            false => Trouble::AskAgain(FromClient::Missing { after: 0 }),
        }
    }
}

/// Whether an event is of a game with this setup: whoever shows it looks up spaces, cards and stones by their numbers.
fn fits(setup: &Setup, event: &Event) -> bool {
    let space = |at: u8| usize::from(at) < setup.board().len();
    let stone = |outcome: Outcome| outcome.0 < setup.outcomes();
    match *event {
        Event::PathContinued { tiles } => tiles.iter().all(|tile| stone(tile.outcome)),
        Event::CounterMoved { from, to, .. } => space(from) && space(to),
        Event::CardDrawn { card, .. } => card.index() < setup.cards().len(),
        Event::ChoiceMade { option } => option < 3,
        Event::TilePlaced { tile, .. }
        | Event::TileCracked { tile }
        | Event::TileMended { tile, .. }
        | Event::TileLifted { tile } => stone(tile.outcome),
        Event::OutcomeMet { outcome } | Event::OutcomeUnmet { outcome } => stone(outcome),
        _ => true,
    }
}
