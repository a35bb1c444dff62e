//! What can be asked for at any time, or by the facilitator: no part of a turn's course.

use super::Turn;
use crate::{CardId, Chance, Event, Passing, Perspective, Phase, Refusal, Setting, Who};

impl Turn<'_> {
    fn only_facilitator(who: Who) -> Result<(), Refusal> {
        if who.facilitator { Ok(()) } else { Err(Refusal::OnlyFacilitator) }
    }

    pub(super) fn set(&mut self, who: Who, setting: Setting) -> Result<(), Refusal> {
        Self::only_facilitator(who)?;
        if self.state.ruleset.with(setting).is_none() {
            return Err(Refusal::SettingOutOfRange);
        }
        if self.state.game.begun && !setting.may_change_later() {
            return Err(Refusal::FixedAtFirstRoll);
        }
        if self.state.game.opening_laid && matches!(setting, Setting::OpeningTiles(_)) {
            return Err(Refusal::FixedAtFirstTile);
        }
        self.push(Event::SettingChanged { setting });
        Ok(())
    }

    /// The card in play, while it is not resolved.
    fn unresolved_card(&self) -> Result<CardId, Refusal> {
        match self.state.game.phase {
            Phase::Talk { card } | Phase::Resolve { card, .. } => Ok(card),
            Phase::Mend { .. } => Err(Refusal::AlreadyResolved),
            Phase::Opening { .. } | Phase::Roll | Phase::Walk { .. } => Err(Refusal::NoCard),
        }
    }

    pub(super) fn pass(&mut self, who: Who) -> Result<(), Refusal> {
        self.unresolved_card()?;
        if self.state.ruleset.passing == Passing::FacilitatorConfirms && !who.facilitator {
            if self.state.game.pass_asked {
                return Err(Refusal::PassAlreadyAsked);
            }
            self.push(Event::PassAsked);
            return Ok(());
        }
        self.push(Event::CardPassed);
        self.end_turn();
        Ok(())
    }

    pub(super) fn decline_pass(&mut self, who: Who) -> Result<(), Refusal> {
        Self::only_facilitator(who)?;
        if !self.state.game.pass_asked {
            return Err(Refusal::NoPassAsked);
        }
        self.push(Event::PassDeclined);
        Ok(())
    }

    pub(super) fn redraw(&mut self, who: Who, chance: &mut impl Chance) -> Result<(), Refusal> {
        Self::only_facilitator(who)?;
        let card = self.unresolved_card()?;
        let Some(rules) = self.setup.cards().get(card.index()) else {
            return Err(Refusal::NoCard);
        };
        let span = self.setup.span(rules.deck);
        let decks = &self.state.game.decks;
        let candidates = decks.candidates(span, Some(card));
        if candidates.count == 0 {
            return Err(Refusal::NoOtherCard);
        }
        let draw = chance.below(candidates.count);
        let Some(card) = decks.nth(span, candidates.refilled, Some(card), draw.value) else {
            return Err(Refusal::NoOtherCard);
        };
        self.push(Event::CardRedrawn);
        self.push(Event::CardDrawn { card, refilled: candidates.refilled, words: draw.words });
        Ok(())
    }

    pub(super) fn undo(&mut self, who: Who, steps: u32) -> Result<(), Refusal> {
        Self::only_facilitator(who)?;
        let most = self.state.steps_in_effect;
        if steps == 0 || steps > most {
            return Err(Refusal::NotSoManySteps { steps: most });
        }
        self.push(Event::Undone { steps });
        Ok(())
    }

    pub(super) fn close(&mut self, who: Who) -> Result<(), Refusal> {
        Self::only_facilitator(who)?;
        self.push(Event::GameClosed);
        Ok(())
    }

    pub(super) fn seat_changes(&mut self, seat: Perspective, held_now: bool, event: Event) -> Result<(), Refusal> {
        if self.state.held.has(seat) != held_now {
            return Err(Refusal::SeatAsBefore { seat });
        }
        self.push(event);
        Ok(())
    }
}
