//! What a command does: [`decide`] reads like rules.md, a function for each thing that can be asked for.

mod anytime;

use crate::legal::{action, can_be_picked, opening_places, targets};
use crate::state::opening_rounds;
use crate::{
    Action, CardId, Chance, Command, Direction, EmptySeats, Event, Events, FinishedBlocks, How, Instruction, NoEffect,
    Outcome, Perspective, Phase, Refusal, Removal, Setup, State, Tile, TileSet, Walking, Wanted, Who,
};

/// The events that `command` brings about, or why it is refused.
///
/// Nothing changes here; the events are to be stored and then applied. Chance is drawn only for a command
/// that is accepted, and only after everything else is checked.
///
/// # Errors
/// The [`Refusal`], for a command that the rules don't allow now.
#[inline]
pub fn decide(
    setup: &Setup,
    state: &State,
    who: Who,
    command: Command,
    chance: &mut impl Chance,
) -> Result<Events, Refusal> {
    let mut events = Events::new();
    decide_into(setup, state, who, command, chance, &mut events)?;
    Ok(events)
}

/// Like [`decide`], into a buffer that is there already: for simulations, in which copying the buffer would
/// be a quarter of the cost. What was in it is gone, and after a refusal it is empty.
///
/// # Errors
/// The [`Refusal`], for a command that the rules don't allow now.
#[inline]
pub fn decide_into(
    setup: &Setup,
    state: &State,
    who: Who,
    command: Command,
    chance: &mut impl Chance,
    events: &mut Events,
) -> Result<(), Refusal> {
    events.clear();
    Turn { setup, state, events }.decide(who, command, chance)
}

/// What the game waits for, as a refusal says it.
fn wanted(setup: &Setup, state: &State) -> Wanted {
    match state.game.phase {
        Phase::Opening { .. } => Wanted::OpeningTile,
        Phase::Roll => Wanted::Roll,
        Phase::Walk { .. } => Wanted::Walk,
        Phase::Talk { .. } => Wanted::EndTalk,
        Phase::Resolve { card, chosen } => match action(setup.instruction(card), chosen) {
            None => Wanted::Choose,
            Some(Action::Remove(_) | Action::RemoveAny) => Wanted::Remove,
            Some(_) => Wanted::Place,
        },
        Phase::Mend { .. } => Wanted::Mend,
    }
}

struct Turn<'a> {
    setup: &'a Setup,
    state: &'a State,
    events: &'a mut Events,
}

impl Turn<'_> {
    #[inline]
    fn decide(&mut self, who: Who, command: Command, chance: &mut impl Chance) -> Result<(), Refusal> {
        if self.state.closed {
            return Err(Refusal::GameClosed);
        }
        match command {
            Command::Roll => self.roll(who, chance),
            Command::RollTyped(face) => self.roll_typed(who, face, chance),
            Command::Walk(direction) => self.walk(who, direction, chance),
            Command::EndTalk => self.end_talk(who),
            Command::Choose(option) => self.choose(who, option),
            Command::Place(colour, outcome) => self.place(who, Tile::new(colour, outcome)),
            Command::Remove(colour, outcome) => self.remove(who, Tile::new(colour, outcome)),
            Command::Mend(note) => self.mend(who, note),
            Command::LetGo => self.let_go(who),
            Command::Pass => self.pass(who),
            Command::DeclinePass => self.decline_pass(who),
            Command::Redraw => self.redraw(who, chance),
            Command::Undo(steps) => self.undo(who, steps),
            Command::Set(setting) => self.set(who, setting),
            Command::Close => self.close(who),
            Command::TakeSeat(seat) => self.seat_changes(seat, false, Event::SeatTaken { seat }),
            Command::LeaveSeat(seat) => self.seat_changes(seat, true, Event::SeatLeft { seat }),
        }
    }

    #[inline]
    fn push(&mut self, event: Event) {
        self.events.push(event);
    }

    #[inline]
    fn only_acting_seat(&self, who: Who) -> Result<(), Refusal> {
        let seat = self.state.game.seat;
        match who.seat {
            Some(acting) if acting == seat => Ok(()),
            Some(_) => Err(Refusal::NotYourTurn { seat }),
            None => Err(Refusal::NoSeat { seat }),
        }
    }

    #[cold]
    fn not_now(&self) -> Refusal {
        Refusal::NotNow { wanted: wanted(self.setup, self.state) }
    }

    // 1. Roll

    #[inline]
    fn roll(&mut self, who: Who, chance: &mut impl Chance) -> Result<(), Refusal> {
        self.only_acting_seat(who)?;
        if self.state.game.phase != Phase::Roll {
            return Err(self.not_now());
        }
        let faces = self.state.ruleset.die_faces;
        if self.state.ruleset.real_die {
            return Err(Refusal::TypeTheFace { faces });
        }
        let draw = chance.below(u32::from(faces));
        self.rolled(draw.value as u8 + 1, false, draw.words, chance);
        Ok(())
    }

    fn roll_typed(&mut self, who: Who, face: u8, chance: &mut impl Chance) -> Result<(), Refusal> {
        self.only_acting_seat(who)?;
        if self.state.game.phase != Phase::Roll {
            return Err(self.not_now());
        }
        if !self.state.ruleset.real_die {
            return Err(Refusal::NoRealDie);
        }
        let faces = self.state.ruleset.die_faces;
        if !(1..=faces).contains(&face) {
            return Err(Refusal::NoSuchFace { faces });
        }
        self.rolled(face, true, 0, chance);
        Ok(())
    }

    /// Forward only: there is no direction to pick, so the counter walks at once.
    #[inline]
    fn rolled(&mut self, face: u8, typed: bool, words: u32, chance: &mut impl Chance) {
        self.push(Event::DieRolled { face, typed, words });
        if self.state.ruleset.walking == Walking::Forward {
            self.walked(face, Direction::Forward, chance);
        }
    }

    // 2. Walk

    #[inline]
    fn walk(&mut self, who: Who, direction: Direction, chance: &mut impl Chance) -> Result<(), Refusal> {
        self.only_acting_seat(who)?;
        let Phase::Walk { face } = self.state.game.phase else {
            return Err(self.not_now());
        };
        self.walked(face, direction, chance);
        Ok(())
    }

    /// The card comes from the deck of the space's colour, not the player's.
    #[inline]
    fn walked(&mut self, face: u8, direction: Direction, chance: &mut impl Chance) {
        let board = self.setup.board();
        let spaces = board.len() as u8; // 12 to 80
        let from = self.state.game.counters[self.state.game.seat.index()];
        // A die has at most 12 faces and a board at least 12 spaces.
        let to = match direction {
            Direction::Forward => from + face,
            Direction::Back => from + spaces - face,
        };
        let to = if to >= spaces { to - spaces } else { to };
        self.push(Event::CounterMoved { from, to, direction });

        let span = self.setup.span(board[to as usize].deck());
        let decks = &self.state.game.decks;
        let candidates = decks.candidates(span, None);
        // A setup has a card for every space of its board, and no card is in play now: there is one.
        let draw = chance.below(candidates.count.max(1));
        let card = decks.nth(span, candidates.refilled, None, draw.value).unwrap_or(CardId(span.first));
        self.push(Event::CardDrawn { card, refilled: candidates.refilled, words: draw.words });
    }

    // 3. Talk

    #[inline]
    fn end_talk(&mut self, who: Who) -> Result<(), Refusal> {
        if !who.facilitator {
            self.only_acting_seat(who)?;
        }
        let Phase::Talk { card } = self.state.game.phase else {
            return Err(self.not_now());
        };
        self.push(Event::TalkEnded);
        let instruction = self.setup.instruction(card);
        let open = |action: &Action| can_be_picked(self.setup, self.state, *action);
        match instruction {
            Instruction::Do(Action::TalkOnly) => self.end_turn(),
            Instruction::Do(action) if open(action) => {}
            Instruction::Do(action) => {
                let reason = match action {
                    Action::Remove(_) | Action::RemoveAny => NoEffect::NothingToLift,
                    _ => NoEffect::NothingToLay,
                };
                self.push(Event::InstructionHadNoEffect { reason });
                self.end_turn();
            }
            Instruction::Choose(choices) if choices.iter().any(open) => {}
            Instruction::Choose(_) => {
                self.push(Event::InstructionHadNoEffect { reason: NoEffect::NoOption });
                self.end_turn();
            }
        }
        Ok(())
    }

    // 4. Resolve

    #[inline]
    fn choose(&mut self, who: Who, option: u8) -> Result<(), Refusal> {
        self.only_acting_seat(who)?;
        let Phase::Resolve { card, chosen: None } = self.state.game.phase else {
            return Err(self.not_now());
        };
        let Instruction::Choose(choices) = self.setup.instruction(card) else {
            return Err(self.not_now());
        };
        let Some(action) = choices.get(option as usize) else {
            return Err(Refusal::NoSuchOption { options: choices.len() as u8 });
        };
        if !can_be_picked(self.setup, self.state, *action) {
            return Err(Refusal::OptionWithoutEffect { option });
        }
        self.push(Event::ChoiceMade { option });
        if *action == Action::TalkOnly {
            self.end_turn();
        }
        Ok(())
    }

    /// The action being resolved.
    #[inline]
    fn resolving(&self) -> Result<Action, Refusal> {
        let Phase::Resolve { card, chosen } = self.state.game.phase else {
            return Err(self.not_now());
        };
        action(self.setup.instruction(card), chosen).ok_or_else(|| self.not_now())
    }

    #[inline]
    fn place(&mut self, who: Who, tile: Tile) -> Result<(), Refusal> {
        self.only_acting_seat(who)?;
        if let Phase::Opening { round } = self.state.game.phase {
            return self.lay_opening_tile(tile, round);
        }
        let action = self.resolving()?;
        let named = match action {
            Action::Place(colour) => Some(colour),
            Action::PlaceAny => None,
            _ => return Err(self.not_now()),
        };
        let open = targets(self.setup, self.state, action);
        if !open.has(tile) {
            // A colour that no stone lacks is not asked for any more.
            let asked = named.filter(|colour| !open.and(TileSet::of_colour(*colour)).is_empty());
            return Err(self.why_not_laid(tile, asked));
        }
        let how = match named {
            Some(colour) if colour == tile.colour => How::Named,
            Some(_) => How::Instead,
            None => How::Any,
        };
        self.laid(tile, how);
        self.end_turn();
        Ok(())
    }

    #[cold]
    fn why_not_laid(&self, tile: Tile, asked: Option<Perspective>) -> Refusal {
        match asked {
            _ if !self.setup.in_play().has(tile.outcome) => Refusal::NotInPlay { outcome: tile.outcome },
            Some(colour) if colour != tile.colour => Refusal::WrongColour { colour },
            _ => Refusal::AlreadyLaid { tile },
        }
    }

    /// The tile is laid; its stone may be complete with it, and the path with the stone.
    #[inline]
    fn laid(&mut self, tile: Tile, how: How) {
        self.push(Event::TilePlaced { tile, how });
        let path = self.state.game.path.with(tile);
        if path.complete_stones().has(tile) {
            self.push(Event::OutcomeMet { outcome: tile.outcome });
            if path.covers(self.setup.places) {
                self.push(Event::PathCompleted);
            }
        }
    }

    #[inline]
    fn remove(&mut self, who: Who, tile: Tile) -> Result<(), Refusal> {
        self.only_acting_seat(who)?;
        let action = self.resolving()?;
        let named = match action {
            Action::Remove(colour) => Some(colour),
            Action::RemoveAny => None,
            _ => return Err(self.not_now()),
        };
        if !targets(self.setup, self.state, action).has(tile) {
            return Err(self.why_not_lifted(tile, named));
        }
        match self.state.ruleset.removal {
            Removal::Mend => self.push(Event::TileCracked { tile }),
            Removal::Lift => self.lifted(tile),
        }
        Ok(())
    }

    #[cold]
    fn why_not_lifted(&self, tile: Tile, named: Option<Perspective>) -> Refusal {
        let path = self.state.game.path;
        match named {
            _ if !self.setup.in_play().has(tile.outcome) => Refusal::NotInPlay { outcome: tile.outcome },
            Some(colour) if colour != tile.colour => Refusal::WrongColour { colour },
            _ if !path.has(tile) => Refusal::NotThere { tile },
            _ => Refusal::FinishedStone { outcome: tile.outcome },
        }
    }

    /// A tile is lifted, and with it perhaps an outcome that was met; the turn ends.
    #[inline]
    fn lifted(&mut self, tile: Tile) {
        self.push(Event::TileLifted { tile });
        if self.state.ruleset.finished_blocks == FinishedBlocks::MayBreak
            && self.state.game.path.complete_stones().has(tile)
        {
            self.push(Event::OutcomeUnmet { outcome: tile.outcome });
        }
        self.end_turn();
    }

    // 5. Mend

    #[inline]
    fn cracked(&self, who: Who) -> Result<Tile, Refusal> {
        self.only_acting_seat(who)?;
        match self.state.game.phase {
            Phase::Mend { tile, .. } => Ok(tile),
            _ => Err(self.not_now()),
        }
    }

    fn mend(&mut self, who: Who, note: u32) -> Result<(), Refusal> {
        let tile = self.cracked(who)?;
        self.push(Event::TileMended { tile, note });
        self.end_turn();
        Ok(())
    }

    fn let_go(&mut self, who: Who) -> Result<(), Refusal> {
        let tile = self.cracked(who)?;
        self.lifted(tile);
        Ok(())
    }

    // 6. Next seat

    #[inline]
    fn end_turn(&mut self) {
        let next = self.seat_after(self.state.game.seat);
        self.push(Event::TurnEnded { next });
    }

    /// Empty seats are voiced, or left out; if all four are empty they are voiced all the same.
    #[inline]
    fn seat_after(&self, seat: Perspective) -> Perspective {
        let mut next = seat.next();
        if self.state.ruleset.empty_seats == EmptySeats::Skipped && !self.state.held.is_empty() {
            while !self.state.held.has(next) {
                next = next.next();
            }
        }
        next
    }

    // Before the first roll

    /// Round by round, in turn order, each seat lays one tile of its own colour on a stone that lacks it.
    fn lay_opening_tile(&mut self, tile: Tile, round: u8) -> Result<(), Refusal> {
        let seat = self.state.game.seat;
        if !opening_places(self.setup, self.state, seat).has(tile) {
            return Err(self.why_not_laid(tile, Some(seat)));
        }
        self.laid(tile, How::Opening);
        let next = self.seat_after(seat);
        // Seats go up within a round: once they don't, the round is over.
        let round = if next > seat { round } else { round + 1 };
        self.push(if round < opening_rounds(self.setup, &self.state.ruleset) {
            Event::OpeningMovedOn { next, round }
        } else {
            Event::OpeningEnded { next }
        });
        Ok(())
    }
}

/// What a stone's tiles would be with one more or one fewer: what a view shows before a choice.
#[must_use]
pub fn would_meet(state: &State, tile: Tile) -> Option<Outcome> {
    state.game.path.with(tile).complete_stones().has(tile).then_some(tile.outcome)
}
