//! Undo: back any number of steps; a step is one accepted turn command.

use crate::script::check;
use crate::table::{classic, guided};

#[test]
fn back_one_step_or_many() {
    check(
        guided().set("opening 0").deck("staff", "Place(staff)"),
        "
        facilitator Undo 1 -> !NotSoManySteps(0)
        users Roll -> DieRolled(3)
        users Walk forward -> CounterMoved(3) CardDrawn(staff-1)
        users EndTalk -> TalkEnded
        users Place staff choice -> TilePlaced(staff choice) TurnEnded(providers)
        = steps 4
        users Undo 1 -> !OnlyFacilitator
        anyone Undo 1 -> !OnlyFacilitator
        facilitator Undo 0 -> !NotSoManySteps(4)
        facilitator Undo 5 -> !NotSoManySteps(4)
        facilitator Undo 1 -> Undone(1)
        = phase Resolve(staff-1)
        = path none
        = seat users
        = turns 0
        users Place staff health -> TilePlaced(staff health) TurnEnded(providers)
        facilitator Undo 4 -> Undone(4)
        = phase Roll
        = counter users 0
        = steps 0
        ",
    );
}

#[test]
fn a_met_outcome_becomes_unmet_and_a_lifted_tile_lies_there_again() {
    check(
        classic().deck("staff", "RemoveAny").begun("users choice, providers choice, staff choice, staff health"),
        "
        users lays managers choice
        = met choice
        providers draws staff-1
        providers EndTalk -> TalkEnded
        providers Remove staff health -> TileLifted(staff health) TurnEnded(staff)
        facilitator Undo 1 -> Undone(1)
        = path users choice, providers choice, staff choice, managers choice, staff health
        facilitator Undo 3 -> Undone(3)
        = met none
        # What lay there from an earlier session still lies there.
        = path users choice, providers choice, staff choice, staff health
        ",
    );
}

#[test]
fn chance_never_rewinds_and_the_drawn_card_goes_back() {
    check(
        classic().deck("staff", "TalkOnly | TalkOnly"),
        "
        users Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-1, of 2)
        = words 2
        = left staff 1
        facilitator Undo 1 -> Undone(1)
        = words 2
        = left staff 2
        = counter users 0
        users Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-2, of 2)
        = words 4
        ",
    );
}

#[test]
fn a_refill_is_taken_back_too() {
    check(
        classic().deck("staff", "TalkOnly | TalkOnly"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers draws staff-2
        providers EndTalk -> TalkEnded TurnEnded(staff)
        staff Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-1, refilled, of 2)
        = left staff 1
        facilitator Undo 1 -> Undone(1)
        = left staff 0
        staff Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-2, refilled, of 2)
        ",
    );
}

#[test]
fn redraws_and_passes_are_steps() {
    check(
        classic().deck("staff", "TalkOnly | TalkOnly | TalkOnly"),
        "
        users draws staff-1
        facilitator Redraw -> CardRedrawn CardDrawn(staff-2, of 2)
        facilitator Undo 1 -> Undone(1)
        = phase Talk(staff-1)
        = left staff 2
        # The second was taken back, not rejected: it may come again.
        facilitator Redraw -> CardRedrawn CardDrawn(staff-2, of 2)
        anyone Pass -> CardPassed TurnEnded(providers)
        facilitator Undo 1 -> Undone(1)
        = phase Talk(staff-2)
        = seat users
        # The first is still rejected in this turn.
        facilitator Redraw -> CardRedrawn CardDrawn(staff-3, of 1)
        ",
    );
}

#[test]
fn a_wish_to_pass_is_no_step_and_goes_with_the_step_it_followed() {
    check(
        classic().set("passing facilitator_confirms").deck("staff", "Place(staff)"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        anyone Pass -> PassAsked
        = steps 2
        facilitator Undo 1 -> Undone(1)
        facilitator DeclinePass -> !NoPassAsked
        anyone Pass -> PassAsked
        users EndTalk -> TalkEnded
        facilitator Undo 1 -> Undone(1)
        # This one was asked before the talk ended.
        facilitator DeclinePass -> PassDeclined
        ",
    );
}

#[test]
fn a_mended_tile_cracks_again() {
    check(
        guided().deck("staff", "RemoveAny").begun("staff choice"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Remove staff choice -> TileCracked(staff choice)
        users Mend 1 -> TileMended(staff choice, 1) TurnEnded(providers)
        facilitator Undo 1 -> Undone(1)
        = phase Mend(staff-1, staff choice)
        users LetGo -> TileLifted(staff choice) TurnEnded(providers)
        = path none
        facilitator Undo 2 -> Undone(2)
        = phase Resolve(staff-1)
        = path staff choice
        ",
    );
}

#[test]
fn seats_and_settings_stay_as_they_are() {
    check(
        classic(),
        "
        users draws staff-1
        anyone TakeSeat staff -> SeatTaken(staff)
        facilitator Set timer 90 -> SettingChanged(timer 90)
        facilitator Set empty skipped -> SettingChanged(empty skipped)
        users EndTalk -> TalkEnded TurnEnded(staff)
        facilitator Undo 1 -> Undone(1)
        = held staff
        = setting timer 90
        = setting empty skipped
        = seat users
        = phase Talk(staff-1)
        # Everything taken back: the first turn is the first seat's that takes turns now.
        facilitator Undo 1 -> Undone(1)
        = seat staff
        = phase Roll
        ",
    );
}

#[test]
fn the_turns_that_stay_stay_those_of_the_seats_that_had_them() {
    // The first turn was the staff's, since nobody else was there. Undo must not give it to somebody else.
    check(
        classic().set("empty skipped"),
        "
        anyone TakeSeat staff -> SeatTaken(staff)
        staff draws managers-1
        = counter staff 4
        anyone TakeSeat users -> SeatTaken(users)
        staff EndTalk -> TalkEnded TurnEnded(users)
        facilitator Undo 1 -> Undone(1)
        = seat staff
        = counter staff 4
        = counter users 0
        staff EndTalk -> TalkEnded TurnEnded(users)
        ",
    );
}

#[test]
fn settings_are_open_again_once_the_first_roll_is_taken_back() {
    check(
        classic(),
        "
        users Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-1)
        facilitator Set walking either_way -> !FixedAtFirstRoll
        facilitator Undo 1 -> Undone(1)
        facilitator Set walking either_way -> SettingChanged(walking either_way)
        users Roll -> DieRolled(3)
        users Walk back -> CounterMoved(12, back) CardDrawn(providers-1)
        facilitator Undo 1 -> Undone(1)
        = phase Walk(3)
        ",
    );
}

#[test]
fn opening_tiles_are_steps() {
    check(
        guided().outcomes(2),
        "
        users Place users choice -> TilePlaced(users choice, opening) OpeningMovedOn(providers, round 0)
        providers Place providers choice -> TilePlaced(providers choice, opening) OpeningMovedOn(staff, round 0)
        facilitator Undo 1 -> Undone(1)
        = seat providers
        = phase Opening(0)
        = path users choice
        providers Place providers health -> TilePlaced(providers health, opening) OpeningMovedOn(staff, round 0)
        facilitator Undo 2 -> Undone(2)
        = seat users
        = path none
        ",
    );
}

#[test]
fn what_was_undone_is_not_undone_again() {
    check(
        classic(),
        "
        users lays users choice
        providers lays providers choice
        = steps 6
        facilitator Undo 3 -> Undone(3)
        facilitator Undo 4 -> !NotSoManySteps(3)
        facilitator Undo 3 -> Undone(3)
        = path none
        facilitator Undo 1 -> !NotSoManySteps(0)
        ",
    );
}
