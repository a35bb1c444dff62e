//! `instep play --script`.

use crate::support::*;

/// Every command of rules.md, in one little game: with a mark for what an editor may put at the beginning,
/// both kinds of line ends, remarks and empty lines, seats by id and by letter.
const ALL: &str = "\u{feff}# A whole little game\r
facilitator set real_die on\r
\r
users place users dignity # a remark
   P   place providers  dignity
staff lay S 1
M place m contribution

users name The # Canaries
staff name Old
S name Night shift
users roll 2
users walk forward
anyone point dignity
anyone note Room #3 is cold
users note On Mondays too
anyone hand
anyone hand down
facilitator end-talk
users remove users dignity
users mend Ask at desk #4; Sam does
providers roll 1
providers walk forward
providers end-talk
providers place staff dignity
S roll 3
S WALK forward
S end-talk
S choose 1
S place managers dignity
managers roll 1
managers walk forward
facilitator redraw
anyone pass
users roll 6
users walk back
users end-talk
users place managers choice
facilitator undo 2
users end-talk
users place managers choice
providers roll 1
providers walk forward
providers end-talk
staff roll 3
staff walk back
staff end-talk
staff place users choice
managers roll 1
managers walk forward
managers end-talk
managers lift users choice
managers let-go
facilitator set real_die off
facilitator set talk_timer_s 210
users roll
facilitator close";

#[test]
fn every_command_of_a_turn_of_anyone_and_of_the_facilitator() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    let out = place.script(&["./little", "--record", "out"], ALL).done();
    has(
        &out,
        &[
            "The facilitator changed a setting: a real die is rolled, and its face typed in",
            "Users and carers: laid a users and carers tile on Dignity and respect as an opening tile",
            "The # Canaries: rolled 2 on the real die",
            "The # Canaries: walked forward to space 2, a providers and commissioners footprint",
            "The # Canaries: a users and carers tile on Dignity and respect cracked",
            "The # Canaries: kept a users and carers tile on Dignity and respect by a real step: Ask at desk #4; Sam does",
            "Night shift: chose option 1",
            "★ Dignity and respect is met",
            "The facilitator put the card aside for another",
            "The card was passed over; no reason is needed",
            "The facilitator took 2 steps back",
            "No tile moved: no stone has a tile that the card could lift",
            "Night shift: drew a poem, A poem",
            "Managers: lifted a users and carers tile on Choice and control",
            "The facilitator changed a setting: the talk timer is 3 minutes 30 seconds",
            "The game is closed",
            "1 of 3 outcomes are met",
            "A planned stop is no failure.",
            "The record is in out.",
        ],
    );
    let words = place.text("out/words.json");
    has(&words, &["Room #3 is cold", "On Mondays too", "Ask at desk #4; Sam does"]);
    has(&words, &["\"kind\":\"team_name\",\"seat\":\"staff\",\"text\":\"Night shift\"", "\"text\":\"The # Canaries\""]);
    for typed in ["Monday", "Canaries"] {
        assert!(!place.text("out/events.json").contains(typed), "what people typed is no event");
    }
    has(&place.run(&["verify", "out"]).done(), &["every roll and draw is the seed's"]);
}

/// Lines, and what is said of the last of them.
const REFUSED: &[(&str, &str)] = &[
    ("staff place staff dignity", "It is the users and carers' turn."),
    ("users roll", "Not now: first an opening tile is laid"),
    ("users place staff dignity", "It is a users and carers tile that is asked for."),
    ("users place users digity", "\"digity\" is no stone: choice, dignity, contribution are."),
    ("users place blue dignity", "\"blue\" is no colour: users, providers, staff, managers are."),
    ("nurses roll", "\"nurses\" is no seat: begin with users, providers, staff, managers, anyone or facilitator."),
    ("users dance", "\"dance\" is no command: roll, walk, end-talk"),
    ("users", "Something is missing after the seat"),
    ("users roll six", "a number, not \"six\""),
    ("anyone name Foxes", "\"name\" is a seat's: begin the line with its name."),
    ("users name", "After \"name\" stands what the team is called."),
    ("users name Forty-one letters are more than a name has", "That is too long: at most 40 characters."),
    ("users walk", "\"walk\" wants forward or back."),
    ("users end-talk now", "\"end-talk\" stands alone: leave out \"now\"."),
    ("users choose 0", "Options are counted from 1."),
    ("anyone mend words", "\"mend\" is a seat's"),
    ("anyone note", "After \"note\" stands what it says."),
    ("anyone hand left", "\"hand\" wants up or down."),
    ("anyone point moon", "\"moon\" is no stone"),
    ("anyone undo", "Only the facilitator can do that."),
    ("anyone close", "Only the facilitator can do that."),
    ("anyone redraw", "Only the facilitator can do that."),
    ("anyone set real_die on", "Only the facilitator can do that."),
    ("anyone roll", "It is the users and carers' turn."),
    ("anyone pass", "No card is in play."),
    ("facilitator redraw", "No card is in play."),
    ("facilitator undo 99", "Only 4 steps can be taken back"),
    ("facilitator undo 0", "takes back 1 step or more"),
    ("facilitator set real_die maybe", "\"real_die\" can be on or off."),
    ("facilitator set colour red", "\"colour\" is no setting: die_faces"),
    ("facilitator set walking sideways", "\"walking\" can be forward or either_way, not \"sideways\"."),
    ("facilitator set die_faces 20", "That setting has no such value."),
    ("users roll 3", "No real die is in use"),
    ("facilitator set real_die on\nusers roll", "A real die is in use: type its face, 1 to 6"),
    ("facilitator set real_die on\nusers roll 7", "The die has the faces 1 to 6."),
    ("facilitator set real_die on\nusers roll 300", "The die has the faces 1 to 6."),
    ("facilitator pause\nusers roll", "The table is paused: go on first."),
    ("facilitator close\nusers roll", "The game is closed: begin another."),
    ("users roll\nfacilitator set die_faces 8", "That setting is fixed since the first roll."),
];

/// The four opening tiles, where a refusal is not about them.
const OPENING: &str = "U place U 2\nP place P 2\nS place S 2\nM place M 3\n";

#[test]
fn a_refusal_tells_its_line_and_why_and_what_was_played_stays() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    for (lines, reason) in REFUSED {
        let about_opening = reason.contains("opening tile")
            || lines.starts_with("users place")
            || lines.starts_with("staff place")
            || lines.starts_with("anyone pass");
        let opening = if about_opening { "" } else { OPENING };
        let script = format!("# line 1\n{opening}{lines}\nusers nonsense that is never read\n");
        let last = script.lines().count() - 1;
        let err = place.script(&["./little", "--new", "--seed", "5"], &script).is(1);
        has(&err, &[&format!("Line {last}: "), reason]);
        assert_eq!(err.lines().count(), 1, "one clear message: {err}");
    }
    let events = place.run(&["verify", "data"]).done();
    has(&events, &[&format!("{} tables checked", REFUSED.len())]);
}

#[test]
fn what_was_played_before_a_bad_line_is_gone_on_with() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    place.script(&["./little", "--seed", "5"], &format!("{OPENING}users fly")).is(1);
    let rest = "facilitator set real_die on\nusers roll 1\nusers walk forward\nusers end-talk\nusers place staff 1";
    let out = place.script(&["--record", "two"], rest).done();
    has(&out, &["Going on with the unfinished game.", "laid a staff tile on Choice and control"]);
    place.script(&["./little", "--new", "--seed", "5", "--record", "one"], &format!("{OPENING}{rest}")).done();
    assert_eq!(place.text("one/events.json"), place.text("two/events.json"));
}

#[test]
fn a_script_that_is_no_script() {
    let place = Place::new();
    has(&place.run(&["play", "--script", "none.txt"]).is(2), &["none.txt", "check its name"]);
    assert!(!place.path("data").exists(), "nothing is made for it");
    place.write("bytes.txt", b"users place U 1\n\xff\xfe\n");
    has(&place.run(&["play", "--script", "bytes.txt"]).is(1), &["Line 2: ", "save the script as UTF-8"]);
    let huge = std::fs::File::create(place.path("huge.txt")).expect("made");
    huge.set_len(9 << 20).expect("sparse");
    has(&place.run(&["play", "--script", "huge.txt"]).is(2), &["huge.txt", "at most"]);
    place.script(&["--new"], "").done();
}
