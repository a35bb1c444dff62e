//! The die, the walk and the card that lies at its end.

use crate::script::check;
use crate::table::{classic, guided};

#[test]
fn forward_only_walks_and_draws_with_the_roll() {
    check(
        classic().deck("managers", "TalkOnly"),
        "
        staff Roll -> !NotYourTurn(users)
        anyone Roll -> !NoSeat(users)
        facilitator Roll -> !NoSeat(users)
        facilitator+staff Roll -> !NotYourTurn(users)
        users Walk forward -> !NotNow(Roll)
        users EndTalk -> !NotNow(Roll)
        # The deck is that of the space's colour, not of the player's.
        users Roll -> DieRolled(4) CounterMoved(4) CardDrawn(managers-1, of 1)
        = counter users 4
        = counter managers 0
        = phase Talk(managers-1)
        users Roll -> !NotNow(EndTalk)
        users Walk back -> !NotNow(EndTalk)
        ",
    );
}

#[test]
fn either_way_lets_the_acting_seat_pick() {
    check(
        guided().set("opening 0"),
        "
        users Roll -> DieRolled(4)
        = phase Walk(4)
        users Roll -> !NotNow(Walk)
        users EndTalk -> !NotNow(Walk)
        providers Walk back -> !NotYourTurn(users)
        facilitator Walk back -> !NoSeat(users)
        anyone Pass -> !NoCard
        users Walk back -> CounterMoved(11, back) CardDrawn(users-1)
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers Roll -> DieRolled(6)
        providers Walk forward -> CounterMoved(6) CardDrawn(users-2)
        ",
    );
}

#[test]
fn the_board_is_a_loop() {
    check(
        classic().set("die 12"),
        "
        users Roll -> DieRolled(12) CounterMoved(12) CardDrawn(providers-1)
        users EndTalk -> TalkEnded TurnEnded(providers)
        providers Roll -> DieRolled(1) CounterMoved(1) CardDrawn(users-1)
        providers EndTalk -> TalkEnded TurnEnded(staff)
        staff Roll -> DieRolled(1) CounterMoved(1) CardDrawn(users-2)
        staff EndTalk -> TalkEnded TurnEnded(managers)
        managers Roll -> DieRolled(1) CounterMoved(1) CardDrawn(users-1, refilled)
        managers EndTalk -> TalkEnded TurnEnded(users)
        = turns 4
        users Roll -> DieRolled(3) CounterMoved(0) CardDrawn(poem-1)
        users EndTalk -> TalkEnded
        users Place users choice -> TilePlaced(users choice, any) TurnEnded(providers)
        ",
    );
    // Backwards over the beginning, and forwards again.
    check(
        guided().set("opening 0").set("empty skipped"),
        "
        anyone TakeSeat users -> SeatTaken(users)
        users Roll -> DieRolled(1)
        users Walk back -> CounterMoved(14, back) CardDrawn(managers-1)
        users EndTalk -> TalkEnded TurnEnded(users)
        users Roll -> DieRolled(1)
        users Walk forward -> CounterMoved(0) CardDrawn(poem-1)
        ",
    );
}

#[test]
fn dice_have_four_to_twelve_faces() {
    check(
        classic(),
        "
        facilitator Set die 3 -> !SettingOutOfRange
        facilitator Set die 13 -> !SettingOutOfRange
        facilitator Set die 4 -> SettingChanged(die 4)
        facilitator Set die 12 -> SettingChanged(die 12)
        users Roll -> DieRolled(12) CounterMoved(12) CardDrawn(providers-2)
        facilitator Set die 6 -> !FixedAtFirstRoll
        ",
    );
}

#[test]
fn a_real_die_is_typed_and_takes_no_chance() {
    check(
        guided().set("opening 0").set("real-die on").set("die 8"),
        "
        users Roll -> !TypeTheFace(8)
        users Roll 0 -> !NoSuchFace(8)
        users Roll 9 -> !NoSuchFace(8)
        staff Roll 8 -> !NotYourTurn(users)
        users Roll 8 -> DieRolled(8, typed)
        = words 0
        users Roll 8 -> !NotNow(Walk)
        users Walk forward -> CounterMoved(8) CardDrawn(staff-1)
        = words 1
        users EndTalk -> TalkEnded TurnEnded(providers)
        # It may be put away, and taken out again, in the middle of a game.
        facilitator Set real-die off -> SettingChanged(real-die off)
        providers Roll 8 -> !NoRealDie
        providers Roll -> DieRolled(1)
        = words 2
        ",
    );
    check(classic().set("real-die on"), "users Roll 3 -> DieRolled(3, typed) CounterMoved(3) CardDrawn(staff-2, of 2)");
}

#[test]
fn a_deck_that_is_empty_is_made_of_its_used_cards_again() {
    check(
        classic().deck("users", "TalkOnly | TalkOnly | TalkOnly").set("empty skipped"),
        "
        anyone TakeSeat users -> SeatTaken(users)
        users Roll -> DieRolled(1) CounterMoved(1) CardDrawn(users-2, of 3)
        = left users 2
        users EndTalk -> TalkEnded TurnEnded(users)
        users Roll -> DieRolled(5) CounterMoved(6) CardDrawn(users-3, of 2)
        users EndTalk -> TalkEnded TurnEnded(users)
        users Roll -> DieRolled(5) CounterMoved(11) CardDrawn(users-1, of 1)
        = left users 0
        users EndTalk -> TalkEnded TurnEnded(users)
        # It is filled when a card is wanted, not before.
        = left users 0
        users Roll -> DieRolled(5) CounterMoved(1) CardDrawn(users-1, refilled, of 3)
        = left users 2
        users EndTalk -> TalkEnded TurnEnded(users)
        users Roll -> DieRolled(5) CounterMoved(6) CardDrawn(users-2, of 2)
        ",
    );
}
