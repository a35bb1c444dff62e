//! Settings: fixed at the first roll, but for those that are the table's affair.

use crate::script::check;
use crate::table::{classic, guided};

#[test]
fn before_the_first_roll_every_setting_can_change() {
    check(
        guided(),
        "
        users Set timer 60 -> !OnlyFacilitator
        anyone Set timer 60 -> !OnlyFacilitator
        facilitator Set die 8 -> SettingChanged(die 8)
        facilitator Set real-die on -> SettingChanged(real-die on)
        facilitator Set walking forward -> SettingChanged(walking forward)
        facilitator Set finished may_break -> SettingChanged(finished may_break)
        facilitator Set blocked no_effect -> SettingChanged(blocked no_effect)
        facilitator Set removal lift -> SettingChanged(removal lift)
        facilitator Set passing facilitator_confirms -> SettingChanged(passing facilitator_confirms)
        facilitator Set empty skipped -> SettingChanged(empty skipped)
        facilitator Set team speaker -> SettingChanged(team speaker)
        facilitator Set timer 60 -> SettingChanged(timer 60)
        facilitator Set opening 0 -> SettingChanged(opening 0)
        = setting die 8
        = setting walking forward
        = setting finished may_break
        = setting team speaker
        = phase Roll
        # The first roll is under these settings.
        users Roll 8 -> DieRolled(8, typed) CounterMoved(8) CardDrawn(staff-1)
        ",
    );
}

#[test]
fn after_the_first_roll_most_are_fixed() {
    check(
        classic(),
        "
        users Roll -> DieRolled(3) CounterMoved(3) CardDrawn(staff-1)
        facilitator Set die 8 -> !FixedAtFirstRoll
        facilitator Set walking either_way -> !FixedAtFirstRoll
        facilitator Set opening 1 -> !FixedAtFirstRoll
        facilitator Set finished may_break -> !FixedAtFirstRoll
        facilitator Set blocked any_missing -> !FixedAtFirstRoll
        facilitator Set removal mend -> !FixedAtFirstRoll
        # Out of range is said first: it would never do.
        facilitator Set die 99 -> !SettingOutOfRange
        facilitator Set timer 120 -> SettingChanged(timer 120)
        facilitator Set real-die on -> SettingChanged(real-die on)
        facilitator Set passing facilitator_confirms -> SettingChanged(passing facilitator_confirms)
        facilitator Set empty skipped -> SettingChanged(empty skipped)
        facilitator Set team show_of_hands -> SettingChanged(team show_of_hands)
        ",
    );
}

#[test]
fn between_the_opening_tiles_the_rest_can_still_change() {
    check(
        guided().outcomes(2),
        "
        users Place users choice -> TilePlaced(users choice, opening) OpeningMovedOn(providers, round 0)
        facilitator Set walking forward -> SettingChanged(walking forward)
        facilitator Set opening 1 -> !FixedAtFirstTile
        = phase Opening(0)
        = seat providers
        ",
    );
}
