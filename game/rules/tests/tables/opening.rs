//! Before the first roll: opening tiles.

use crate::script::check;
use crate::table::{classic, guided};

#[test]
fn each_seat_lays_one_tile_of_its_own_colour_in_turn_order() {
    check(
        guided().outcomes(2),
        "
        = phase Opening(0)
        = seat users
        users Place users choice -> TilePlaced(users choice, opening) OpeningMovedOn(providers, round 0)
        providers Place providers health -> TilePlaced(providers health, opening) OpeningMovedOn(staff, round 0)
        staff Place staff choice -> TilePlaced(staff choice, opening) OpeningMovedOn(managers, round 0)
        managers Place managers choice -> TilePlaced(managers choice, opening) OpeningEnded(users)
        = phase Roll
        = seat users
        = turns 0
        = path users choice, providers health, staff choice, managers choice
        ",
    );
}

#[test]
fn what_an_opening_tile_cannot_be() {
    check(
        guided().outcomes(2),
        "
        providers Place providers choice -> !NotYourTurn(users)
        facilitator Place users choice -> !NoSeat(users)
        users Place staff choice -> !WrongColour(users)
        users Place users dignity -> !NotInPlay(dignity)
        users Roll -> !NotNow(OpeningTile)
        users Roll 3 -> !NotNow(OpeningTile)
        users Remove users choice -> !NotNow(OpeningTile)
        anyone Pass -> !NoCard
        facilitator Redraw -> !NoCard
        ",
    );
}

#[test]
fn rounds_are_fewer_than_outcomes_in_play() {
    // Three rounds are set, and two outcomes in play leave one.
    check(
        guided().outcomes(2).set("opening 3"),
        "
        users Place users choice -> TilePlaced(users choice, opening) OpeningMovedOn(providers, round 0)
        providers Place providers choice -> TilePlaced(providers choice, opening) OpeningMovedOn(staff, round 0)
        staff Place staff choice -> TilePlaced(staff choice, opening) OpeningMovedOn(managers, round 0)
        # A stone that they all lay on is met before the first roll.
        managers Place managers choice -> TilePlaced(managers choice, opening) OutcomeMet(choice) OpeningEnded(users)
        = met choice
        ",
    );
    // One outcome leaves none.
    check(guided().outcomes(1).set("opening 3"), "= phase Roll");
    check(classic(), "= phase Roll");
}

#[test]
fn two_rounds_and_a_stone_that_has_the_colour_already() {
    check(
        guided().outcomes(3).set("opening 2"),
        "
        users Place users choice -> TilePlaced(users choice, opening) OpeningMovedOn(providers, round 0)
        providers Place providers choice -> TilePlaced(providers choice, opening) OpeningMovedOn(staff, round 0)
        staff Place staff choice -> TilePlaced(staff choice, opening) OpeningMovedOn(managers, round 0)
        managers Place managers health -> TilePlaced(managers health, opening) OpeningMovedOn(users, round 1)
        = phase Opening(1)
        users Place users choice -> !AlreadyLaid(users choice)
        users Place users health -> TilePlaced(users health, opening) OpeningMovedOn(providers, round 1)
        providers Place providers health -> TilePlaced(providers health, opening) OpeningMovedOn(staff, round 1)
        staff Place staff health -> TilePlaced(staff health, opening) OutcomeMet(health) OpeningMovedOn(managers, round 1)
        managers Place managers dignity -> TilePlaced(managers dignity, opening) OpeningEnded(users)
        = phase Roll
        ",
    );
}

#[test]
fn a_path_that_is_begun_already_has_no_opening_tiles() {
    check(
        guided().outcomes(2).begun("staff choice, staff dignity"),
        "
        = phase Roll
        = path staff choice, staff dignity
        ",
    );
}

#[test]
fn the_number_of_opening_tiles_can_change_until_one_is_laid() {
    check(
        guided().outcomes(3),
        "
        facilitator Set opening 0 -> SettingChanged(opening 0)
        = phase Roll
        facilitator Set opening 4 -> !SettingOutOfRange
        facilitator Set opening 2 -> SettingChanged(opening 2)
        = phase Opening(0)
        users Place users choice -> TilePlaced(users choice, opening) OpeningMovedOn(providers, round 0)
        facilitator Set opening 0 -> !FixedAtFirstTile
        # Taken back, it is as if none had been laid.
        facilitator Undo 1 -> Undone(1)
        facilitator Set opening 0 -> SettingChanged(opening 0)
        = phase Roll
        ",
    );
}

#[test]
fn empty_seats_that_are_skipped_lay_no_opening_tile() {
    check(
        guided().outcomes(3).set("opening 2").set("empty skipped"),
        "
        anyone TakeSeat providers -> SeatTaken(providers)
        anyone TakeSeat managers -> SeatTaken(managers)
        = seat providers
        providers Place providers choice -> TilePlaced(providers choice, opening) OpeningMovedOn(managers, round 0)
        managers Place managers choice -> TilePlaced(managers choice, opening) OpeningMovedOn(providers, round 1)
        providers Place providers health -> TilePlaced(providers health, opening) OpeningMovedOn(managers, round 1)
        managers Place managers health -> TilePlaced(managers health, opening) OpeningEnded(providers)
        ",
    );
}
