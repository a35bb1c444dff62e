//! Another card, where the facilitator wants one.

use crate::script::check;
use crate::table::{classic, guided};

#[test]
fn the_facilitator_draws_another_card_of_the_same_deck() {
    check(
        classic().deck("staff", "TalkOnly | Place(staff) | TalkOnly"),
        "
        facilitator Redraw -> !NoCard
        users draws staff-1
        users Redraw -> !OnlyFacilitator
        anyone Redraw -> !OnlyFacilitator
        facilitator Redraw -> CardRedrawn CardDrawn(staff-2, of 2)
        = phase Talk(staff-2)
        users EndTalk -> TalkEnded
        # Before it is resolved, as often as wanted; the table then talks about the new card.
        facilitator Redraw -> CardRedrawn CardDrawn(staff-3, of 1)
        = phase Talk(staff-3)
        # The rejected ones can't return in this turn.
        facilitator Redraw -> !NoOtherCard
        users EndTalk -> TalkEnded TurnEnded(providers)
        # They count as used, like any other card.
        = left staff 0
        providers draws staff-1
        = left staff 2
        ",
    );
}

#[test]
fn a_deck_of_one_card_has_no_other() {
    check(
        guided().set("opening 0"),
        "
        users Roll -> DieRolled(5)
        facilitator Redraw -> !NoCard
        users Walk forward -> CounterMoved(5) CardDrawn(poem-1)
        facilitator Redraw -> !NoOtherCard
        = phase Talk(poem-1)
        ",
    );
}

#[test]
fn used_cards_come_back_for_a_redraw_but_neither_the_one_in_play_nor_a_rejected_one() {
    check(
        classic().deck("staff", "TalkOnly | TalkOnly | TalkOnly"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers draws staff-2
        facilitator Redraw -> CardRedrawn CardDrawn(staff-3, of 1)
        = left staff 0
        # Left: the first, which an earlier turn used. Not the second (rejected), nor the third (in play).
        facilitator Redraw -> CardRedrawn CardDrawn(staff-1, refilled, of 1)
        facilitator Redraw -> !NoOtherCard
        providers EndTalk -> TalkEnded TurnEnded(staff)
        # In the next turn all three are used cards, and the deck is made of them again.
        = left staff 0
        staff Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-2, refilled, of 3)
        ",
    );
}

#[test]
fn a_choice_can_be_redrawn_until_its_stone_is_chosen() {
    check(
        classic().deck("staff", "Place(staff) or PlaceAny | TalkOnly"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Choose 1 -> ChoiceMade(1)
        facilitator Redraw -> CardRedrawn CardDrawn(staff-2)
        = phase Talk(staff-2)
        users EndTalk -> TalkEnded TurnEnded(providers)
        ",
    );
}
