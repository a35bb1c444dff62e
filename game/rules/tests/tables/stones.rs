//! Stones: met, safe or breaking, cracked and mended; the whole path, and the end.

use crate::script::check;
use crate::table::{classic, guided};

const THREE_OF_CHOICE: &str = "users choice, providers choice, staff choice";
const CHOICE: &str = "users choice, providers choice, staff choice, managers choice";

#[test]
fn a_stone_with_all_four_tiles_is_met_and_the_path_with_the_last() {
    check(
        classic().begun(&format!("{THREE_OF_CHOICE}, users health, providers health, staff health")),
        "
        = met none
        users draws poem-1
        users EndTalk -> TalkEnded
        users Place managers choice -> TilePlaced(managers choice, any) OutcomeMet(choice) TurnEnded(providers)
        = met choice
        providers draws poem-1
        providers EndTalk -> TalkEnded
        providers Place managers health -> TilePlaced(managers health, any) OutcomeMet(health) PathCompleted TurnEnded(staff)
        = met choice, health
        # A moment, not a stop.
        staff draws staff-1
        staff EndTalk -> TalkEnded TurnEnded(managers)
        managers draws poem-1
        managers EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lay) TurnEnded(users)
        ",
    );
}

#[test]
fn a_finished_stone_may_break_and_be_met_again() {
    check(
        classic().set("finished may_break").deck("staff", "Remove(staff)").in_play("choice").begun(THREE_OF_CHOICE),
        "
        users draws poem-1
        users EndTalk -> TalkEnded
        users Place managers choice -> TilePlaced(managers choice, any) OutcomeMet(choice) PathCompleted TurnEnded(providers)
        providers draws staff-1
        providers EndTalk -> TalkEnded
        providers Remove staff choice -> TileLifted(staff choice) OutcomeUnmet(choice) TurnEnded(staff)
        = met none
        staff draws poem-1
        staff EndTalk -> TalkEnded
        # The path may be completed more than once.
        staff Place staff choice -> TilePlaced(staff choice, any) OutcomeMet(choice) PathCompleted TurnEnded(managers)
        = met choice
        ",
    );
}

#[test]
fn a_finished_stone_that_may_break_cracks_first_where_tiles_can_be_mended() {
    check(
        guided().set("finished may_break").deck("staff", "RemoveAny").in_play("choice").begun(CHOICE),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Remove staff choice -> TileCracked(staff choice)
        = met choice
        users LetGo -> TileLifted(staff choice) OutcomeUnmet(choice) TurnEnded(providers)
        = met none
        ",
    );
}

#[test]
fn a_finished_stone_is_safe() {
    check(
        guided().deck("staff", "Remove(staff)").begun(&format!("{CHOICE}, staff health")),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Remove staff choice -> !FinishedStone(choice)
        users Remove staff health -> TileCracked(staff health)
        ",
    );
}

#[test]
fn a_cracked_tile_is_kept_by_naming_a_step_or_let_go() {
    check(
        guided().deck("staff", "Remove(staff)").begun("staff choice"),
        "
        users Mend 1 -> !NotNow(Roll)
        users LetGo -> !NotNow(Roll)
        users draws staff-1
        users EndTalk -> TalkEnded
        users Remove staff choice -> TileCracked(staff choice)
        = phase Mend(staff-1, staff choice)
        # It lies there until it is let go.
        = path staff choice
        users Remove staff choice -> !NotNow(Mend)
        users Place staff health -> !NotNow(Mend)
        users EndTalk -> !NotNow(Mend)
        providers Mend 7 -> !NotYourTurn(users)
        anyone LetGo -> !NoSeat(users)
        anyone Pass -> !AlreadyResolved
        facilitator Redraw -> !AlreadyResolved
        users Mend 7 -> TileMended(staff choice, 7) TurnEnded(providers)
        = path staff choice
        providers draws staff-1
        providers EndTalk -> TalkEnded
        providers Remove staff choice -> TileCracked(staff choice)
        providers LetGo -> TileLifted(staff choice) TurnEnded(staff)
        = path none
        ",
    );
}

#[test]
fn with_lift_there_is_nothing_to_mend() {
    check(
        guided().set("removal lift").deck("staff", "RemoveAny").begun("staff choice"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Remove staff choice -> TileLifted(staff choice) TurnEnded(providers)
        providers Mend 1 -> !NotNow(Roll)
        ",
    );
}

#[test]
fn a_later_session_goes_on_with_a_path_that_was_complete() {
    check(
        classic().in_play("choice").begun(CHOICE),
        "
        = met choice
        users draws staff-1
        users EndTalk -> TalkEnded TurnEnded(providers)
        ",
    );
}

#[test]
fn only_the_facilitator_closes_and_nothing_comes_after() {
    check(
        guided(),
        "
        users Close -> !OnlyFacilitator
        anyone Close -> !OnlyFacilitator
        facilitator Close -> GameClosed
        facilitator Close -> !GameClosed
        users Place users choice -> !GameClosed
        facilitator Undo 1 -> !GameClosed
        facilitator Set timer 60 -> !GameClosed
        anyone TakeSeat users -> !GameClosed
        anyone Pass -> !GameClosed
        ",
    );
}

#[test]
fn close_at_any_time() {
    check(
        guided().set("opening 0").deck("staff", "Remove(staff)").begun("staff choice"),
        "
        users Roll -> DieRolled(3)
        facilitator+users Close -> GameClosed
        = phase Walk(3)
        ",
    );
    check(
        guided().set("opening 0").deck("staff", "Remove(staff)").begun("staff choice"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Remove staff choice -> TileCracked(staff choice)
        facilitator Close -> GameClosed
        facilitator Undo 1 -> !GameClosed
        = path staff choice
        ",
    );
}
