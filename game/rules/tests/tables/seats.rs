//! Seats that somebody holds, and seats that nobody holds.

use crate::script::check;
use crate::table::classic;

#[test]
fn empty_seats_are_voiced() {
    check(
        classic(),
        "
        anyone TakeSeat staff -> SeatTaken(staff)
        anyone TakeSeat staff -> !SeatAsBefore(staff)
        anyone LeaveSeat users -> !SeatAsBefore(users)
        = held staff
        = seat users
        # Who may speak for whom is found out by the table; to the rules whoever acts for the seat is of it.
        users draws staff-1
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers draws staff-2
        providers EndTalk -> TalkEnded TurnEnded(staff)
        ",
    );
}

#[test]
fn empty_seats_are_skipped_where_it_is_set() {
    check(
        classic().set("empty skipped"),
        "
        anyone TakeSeat providers -> SeatTaken(providers)
        = seat providers
        anyone TakeSeat managers -> SeatTaken(managers)
        = seat providers
        users Roll -> !NotYourTurn(providers)
        providers draws staff-1
        providers EndTalk -> TalkEnded TurnEnded(managers)
        managers draws staff-2
        managers EndTalk -> TalkEnded TurnEnded(providers)
        # Somebody comes, and is in it from the next turn on.
        anyone TakeSeat staff -> SeatTaken(staff)
        = seat providers
        providers draws users-1
        providers EndTalk -> TalkEnded TurnEnded(staff)
        ",
    );
}

#[test]
fn if_all_four_are_empty_and_skipped_they_are_voiced() {
    check(
        classic().set("empty skipped"),
        "
        = seat users
        users draws staff-1
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers draws staff-2
        providers EndTalk -> TalkEnded TurnEnded(staff)
        ",
    );
}

#[test]
fn one_seat_alone_has_every_turn() {
    check(
        classic().set("empty skipped"),
        "
        anyone TakeSeat staff -> SeatTaken(staff)
        staff draws staff-1
        staff EndTalk -> TalkEnded TurnEnded(staff)
        staff draws staff-2
        anyone Pass -> CardPassed TurnEnded(staff)
        = turns 2
        ",
    );
}

#[test]
fn a_turn_goes_on_though_its_holder_leaves() {
    check(
        classic().set("empty skipped").deck("staff", "Place(staff)"),
        "
        anyone TakeSeat users -> SeatTaken(users)
        anyone TakeSeat managers -> SeatTaken(managers)
        users draws staff-1
        anyone LeaveSeat users -> SeatLeft(users)
        = seat users
        = phase Talk(staff-1)
        users EndTalk -> TalkEnded
        # Somebody else takes the seat in the middle of its turn.
        anyone TakeSeat users -> SeatTaken(users)
        users Place staff choice -> TilePlaced(staff choice) TurnEnded(managers)
        anyone LeaveSeat users -> SeatLeft(users)
        managers draws managers-1
        managers EndTalk -> TalkEnded TurnEnded(managers)
        anyone LeaveSeat managers -> SeatLeft(managers)
        managers draws managers-2
        managers EndTalk -> TalkEnded TurnEnded(users)
        ",
    );
}

#[test]
fn who_is_first_is_settled_by_the_first_roll() {
    check(
        classic(),
        "
        anyone TakeSeat managers -> SeatTaken(managers)
        = seat users
        facilitator Set empty skipped -> SettingChanged(empty skipped)
        = seat managers
        anyone TakeSeat providers -> SeatTaken(providers)
        = seat providers
        anyone LeaveSeat providers -> SeatLeft(providers)
        = seat managers
        managers Roll -> DieRolled(1) CounterMoved(1) CardDrawn(users-1)
        anyone TakeSeat users -> SeatTaken(users)
        = seat managers
        ",
    );
}
