//! Passing over a card: anyone, unsigned, before it is resolved.

use crate::script::check;
use crate::table::classic;

#[test]
fn anyone_passes_at_once() {
    check(
        classic().deck("staff", "Place(staff) | Place(staff)").begun("staff choice"),
        "
        anyone Pass -> !NoCard
        users draws staff-1
        anyone Pass -> CardPassed TurnEnded(providers)
        # The card is used, no tile moves.
        = left staff 1
        = path staff choice
        = turns 1
        anyone Pass -> !NoCard
        providers draws staff-2
        providers EndTalk -> TalkEnded
        # Still before it is resolved.
        managers Pass -> CardPassed TurnEnded(staff)
        = turns 2
        ",
    );
}

#[test]
fn a_choice_that_is_made_can_still_be_passed_over() {
    check(
        classic().deck("staff", "Place(staff) or Remove(staff)"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Choose 0 -> ChoiceMade(0)
        facilitator Pass -> CardPassed TurnEnded(providers)
        ",
    );
}

#[test]
fn where_the_facilitator_confirms_a_pass_is_asked_for() {
    check(
        classic().set("passing facilitator_confirms").deck("staff", "Place(staff) | Place(staff)"),
        "
        anyone Pass -> !NoCard
        facilitator DeclinePass -> !NoPassAsked
        users draws staff-1
        facilitator DeclinePass -> !NoPassAsked
        anyone Pass -> PassAsked
        staff Pass -> !PassAlreadyAsked
        staff DeclinePass -> !OnlyFacilitator
        facilitator Pass -> CardPassed TurnEnded(providers)
        providers draws staff-2
        providers Pass -> PassAsked
        facilitator DeclinePass -> PassDeclined
        # It may be asked again, and the talk goes on meanwhile.
        managers Pass -> PassAsked
        providers EndTalk -> TalkEnded
        managers Pass -> !PassAlreadyAsked
        facilitator DeclinePass -> PassDeclined
        providers Place staff choice -> TilePlaced(staff choice) TurnEnded(staff)
        ",
    );
}

#[test]
fn the_facilitator_passes_without_being_asked() {
    check(
        classic().set("passing facilitator_confirms"),
        "
        users draws staff-1
        facilitator Pass -> CardPassed TurnEnded(providers)
        providers draws staff-2
        facilitator+users Pass -> CardPassed TurnEnded(staff)
        ",
    );
}

#[test]
fn a_wish_to_pass_ends_with_its_card() {
    check(
        classic().set("passing facilitator_confirms").deck("staff", "Place(staff) | Place(staff)"),
        "
        users draws staff-1
        anyone Pass -> PassAsked
        users EndTalk -> TalkEnded
        users Place staff choice -> TilePlaced(staff choice) TurnEnded(providers)
        facilitator DeclinePass -> !NoPassAsked
        # Another card is another question.
        providers draws staff-2
        anyone Pass -> PassAsked
        facilitator Redraw -> CardRedrawn CardDrawn(staff-1, refilled, of 1)
        facilitator DeclinePass -> !NoPassAsked
        anyone Pass -> PassAsked
        ",
    );
}

#[test]
fn a_wish_to_pass_ends_when_the_tile_cracks() {
    check(
        classic()
            .set("passing facilitator_confirms")
            .set("removal mend")
            .deck("staff", "RemoveAny")
            .begun("staff choice"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        anyone Pass -> PassAsked
        users Remove staff choice -> TileCracked(staff choice)
        facilitator DeclinePass -> !NoPassAsked
        facilitator Pass -> !AlreadyResolved
        users LetGo -> TileLifted(staff choice) TurnEnded(providers)
        ",
    );
}

#[test]
fn how_passes_are_honoured_may_change_in_mid_game() {
    check(
        classic().set("passing facilitator_confirms"),
        "
        users draws staff-1
        anyone Pass -> PassAsked
        facilitator Set passing at_once -> SettingChanged(passing at_once)
        anyone Pass -> CardPassed TurnEnded(providers)
        ",
    );
}
