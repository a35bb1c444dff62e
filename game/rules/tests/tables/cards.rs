//! What a card asks for: no tile, a tile of its colour, any tile, a choice.

use crate::script::check;
use crate::table::{classic, guided};

#[test]
fn the_acting_seat_or_the_facilitator_ends_the_talk() {
    check(
        classic().deck("staff", "TalkOnly | Place(staff)"),
        "
        users draws staff-1
        providers EndTalk -> !NotYourTurn(users)
        anyone EndTalk -> !NoSeat(users)
        users Place staff choice -> !NotNow(EndTalk)
        # Talk only: there is nothing to resolve.
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers draws staff-2
        facilitator EndTalk -> TalkEnded
        facilitator EndTalk -> !NotNow(Place)
        ",
    );
}

#[test]
fn place_lays_the_colour_of_the_instruction() {
    check(
        classic().deck("staff", "Place(managers)"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        = phase Resolve(staff-1)
        users Roll -> !NotNow(Place)
        users Remove managers choice -> !NotNow(Place)
        users Choose 0 -> !NotNow(Place)
        users Mend 1 -> !NotNow(Place)
        users LetGo -> !NotNow(Place)
        users Place staff choice -> !WrongColour(managers)
        users Place managers dignity -> !NotInPlay(dignity)
        managers Place managers choice -> !NotYourTurn(users)
        facilitator Place managers choice -> !NoSeat(users)
        users Place managers choice -> TilePlaced(managers choice) TurnEnded(providers)
        providers draws staff-1
        providers EndTalk -> TalkEnded
        providers Place managers choice -> !AlreadyLaid(managers choice)
        # What would help is another colour, though that stone has this tile too.
        providers Place providers health -> !WrongColour(managers)
        # The single stone that is left is still chosen.
        = phase Resolve(staff-1)
        providers Place managers health -> TilePlaced(managers health) TurnEnded(staff)
        ",
    );
}

#[test]
fn a_wrong_colour_is_said_before_what_lies_there() {
    check(
        classic().deck("staff", "Place(managers)").begun("staff choice"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Place staff choice -> !WrongColour(managers)
        ",
    );
}

#[test]
fn a_blocked_place_lays_any_missing_tile_instead() {
    check(
        guided().deck("users", "Place(users)").begun("users choice, users health, staff choice"),
        "
        users draws users-1
        users EndTalk -> TalkEnded
        users Place users health -> !AlreadyLaid(users health)
        users Place staff choice -> !AlreadyLaid(staff choice)
        users Place users dignity -> !NotInPlay(dignity)
        users Place staff health -> TilePlaced(staff health, instead) TurnEnded(providers)
        ",
    );
}

#[test]
fn a_blocked_place_has_no_effect_in_classic() {
    check(
        classic().deck("users", "Place(users)").begun("users choice, users health, staff choice"),
        "
        users draws users-1
        users EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lay) TurnEnded(providers)
        = turns 1
        ",
    );
}

#[test]
fn a_stone_for_another_day_is_no_place_for_a_tile() {
    // The tile on dignity lies there from an earlier session; it neither blocks nor can it be lifted.
    check(
        classic().deck("users", "Place(users) | RemoveAny").in_play("choice").begun("users dignity, staff dignity"),
        "
        users draws users-2
        users EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lift) TurnEnded(providers)
        providers draws users-1
        providers EndTalk -> TalkEnded
        providers Place users dignity -> !NotInPlay(dignity)
        providers Place users choice -> TilePlaced(users choice) TurnEnded(staff)
        staff draws users-2
        staff EndTalk -> TalkEnded
        staff Remove users dignity -> !NotInPlay(dignity)
        ",
    );
}

#[test]
fn place_any_lays_any_legal_tile() {
    check(
        classic().begun("users choice"),
        "
        users draws poem-1
        users EndTalk -> TalkEnded
        users Place users choice -> !AlreadyLaid(users choice)
        users Place staff dignity -> !NotInPlay(dignity)
        users Place managers health -> TilePlaced(managers health, any) TurnEnded(providers)
        ",
    );
}

#[test]
fn a_poem_says_otherwise_if_it_says_otherwise() {
    check(
        classic().deck("poem", "PlaceAny | TalkOnly"),
        "
        users draws poem-2
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers draws poem-1
        providers EndTalk -> TalkEnded
        providers Place staff choice -> TilePlaced(staff choice, any) TurnEnded(staff)
        ",
    );
}

#[test]
fn a_full_path_leaves_nothing_to_lay() {
    let full = "users choice, providers choice, staff choice, managers choice";
    let script = "
        users draws poem-1
        users EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lay) TurnEnded(providers)
        providers draws staff-1
        providers EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lay) TurnEnded(staff)
        # Finished stones are safe.
        staff draws users-1
        staff EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lift) TurnEnded(managers)
        managers draws users-2
        managers EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lift) TurnEnded(users)
        ";
    for table in [classic(), guided()] {
        let table = table.deck("staff", "Place(staff)").deck("users", "Remove(staff) | RemoveAny");
        check(table.in_play("choice").begun(full), script);
    }
}

#[test]
fn remove_lifts_the_colour_of_the_instruction() {
    check(
        classic().deck("staff", "Remove(managers)").begun("managers choice, managers health, users health"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Roll -> !NotNow(Remove)
        users Place managers choice -> !NotNow(Remove)
        users Remove users health -> !WrongColour(managers)
        users Remove managers dignity -> !NotInPlay(dignity)
        staff Remove managers health -> !NotYourTurn(users)
        users Remove managers health -> TileLifted(managers health) TurnEnded(providers)
        = path managers choice, users health
        providers draws staff-1
        providers EndTalk -> TalkEnded
        providers Remove managers health -> !NotThere(managers health)
        providers Remove managers choice -> TileLifted(managers choice) TurnEnded(staff)
        staff draws staff-1
        staff EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lift) TurnEnded(managers)
        ",
    );
}

#[test]
fn remove_any_lifts_any_tile_of_a_stone_that_is_not_finished() {
    let finished = "users choice, providers choice, staff choice, managers choice";
    check(
        classic().deck("staff", "RemoveAny").begun(&format!("{finished}, staff health")),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Place staff health -> !NotNow(Remove)
        users Remove users health -> !NotThere(users health)
        users Remove users choice -> !FinishedStone(choice)
        users Remove staff health -> TileLifted(staff health) TurnEnded(providers)
        providers draws staff-1
        providers EndTalk -> TalkEnded InstructionHadNoEffect(nothing_to_lift) TurnEnded(staff)
        = met choice
        ",
    );
}

#[test]
fn a_choice_offers_what_would_have_an_effect() {
    check(
        classic().deck("staff", "Place(staff) or Remove(users) or TalkOnly").begun("staff choice, staff health"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Place staff choice -> !NotNow(Choose)
        users Remove staff choice -> !NotNow(Choose)
        users Choose 0 -> !OptionWithoutEffect(0)
        users Choose 1 -> !OptionWithoutEffect(1)
        users Choose 3 -> !NoSuchOption(3)
        providers Choose 2 -> !NotYourTurn(users)
        facilitator Choose 2 -> !NoSeat(users)
        # Talk only can always be chosen, and ends the turn.
        users Choose 2 -> ChoiceMade(2) TurnEnded(providers)
        ",
    );
}

#[test]
fn a_choice_is_followed_by_its_stone() {
    check(
        classic().deck("staff", "Place(staff) or Remove(users)").begun("users choice"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Choose 2 -> !NoSuchOption(2)
        users Choose 1 -> ChoiceMade(1)
        = phase Resolve(staff-1, 1)
        users Choose 0 -> !NotNow(Remove)
        users Place staff choice -> !NotNow(Remove)
        users Remove users choice -> TileLifted(users choice) TurnEnded(providers)
        providers draws staff-1
        providers EndTalk -> TalkEnded
        providers Choose 1 -> !OptionWithoutEffect(1)
        providers Choose 0 -> ChoiceMade(0)
        providers Place staff health -> TilePlaced(staff health) TurnEnded(staff)
        ",
    );
}

#[test]
fn a_choice_without_an_open_option_has_no_effect() {
    check(
        classic().deck("staff", "Place(staff) or Remove(users)").begun("staff choice, staff health"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded InstructionHadNoEffect(no_option) TurnEnded(providers)
        ",
    );
    // Where any missing tile may be laid instead, a blocked place is an open option.
    check(
        guided().deck("staff", "Place(staff) or Remove(users)").begun("staff choice, staff health"),
        "
        users draws staff-1
        users EndTalk -> TalkEnded
        users Choose 0 -> ChoiceMade(0)
        users Place users choice -> TilePlaced(users choice, instead) TurnEnded(providers)
        ",
    );
}
