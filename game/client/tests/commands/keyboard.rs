//! People at a terminal: the program runs on a pseudo-terminal, and keys are typed.

use pty_process::Size;

use crate::support::*;
use crate::terminal::*;

#[test]
fn a_few_turns_by_hand() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    let mut it = Terminal::start(&place, &["play", "./little", "--seed", "5"]);
    it.sees("A new game of My pack: 3 stones, ruleset guided.");
    it.sees("There is no winner here");
    it.sees("THE PATH: 0 of 12 tiles");
    it.sees(
        "It is the users and carers' turn. What works here already? Lay a users and carers tile; choose a stone: 1",
    );
    // Nonsense, and what is not asked for now.
    it.line("r", "Not now: first an opening tile is laid");
    it.line("9", "There is no stone 9: they are counted from 1 to 3.");
    it.line("0", "Stones are counted from 1.");
    it.line("what now", "\"what now\" is not known here: ? lists the keys");
    it.line("place users moon", "\"moon\" is no stone: choice, dignity, contribution are.");
    it.line("?", "KEYS r roll");
    it.line("2 because they knock", "laid a users and carers tile on Dignity and respect as an opening tile");
    it.line("2", "laid a providers and commissioners tile");
    it.line("staff place staff choice", "laid a staff tile on Choice and control");
    it.line("3", "The opening tiles are laid, and the first turn is the users and carers'");
    it.sees("TURN 1: Service users and carers (U), on space 0, a Poet's Corner");
    it.line("set real_die on", "a real die is rolled, and its face typed in");
    it.sees("Roll your die, and type r and its face, 1 to 6.");
    it.line("r 9", "The die has the faces 1 to 6.");
    it.line(
        "r 2",
        "You rolled 2. f walks forward to space 2, a providers and commissioners footprint; b walks back to",
    );
    it.line("f", "THE CARD. Providers and commissioners: a provider says: They waited.");
    it.sees("It asks: lift a users and carers tile.");
    it.line("d", "The facilitator put the card aside for another");
    it.sees("THE CARD.");
    it.line("d", "This deck has no other card.");
    it.line("n It is cold #here", "Your note is kept.");
    it.line("managers name Top floor", "The team's name is kept.");
    it.line("name Canaries", "The team's name is kept.");
    it.line("w", "THE BOARD: a loop of 12 spaces");
    it.sees("THE DECKS: cards not yet drawn");
    it.line("again", "NOTES: 1 note, 1 reason, 0 real steps");
    // A line of some words comes back when it is refused, and what is typed goes on in it.
    it.line("x I don't want to", "x stands alone: nobody gives a reason.");
    it.sees("(What you typed is back, to be changed; Ctrl+C puts it aside.)");
    it.sees("> x I don't want to");
    it.types(CTRL_C);
    it.sees("That line was put aside");
    it.line("t", "Lift a users and carers tile; choose a stone: 2 Dignity and respect.");
    it.line("2 nobody knocks", "a users and carers tile on Dignity and respect cracked");
    it.sees("A letter in brackets is a cracked tile.");
    it.line("m", "After m stands a real step, and who takes it.");
    it.line(
        "m Knock, and wait: all of us",
        "Canaries: kept a users and carers tile on Dignity and respect by a real step: Knock, and wait",
    );
    it.sees("TURN 2: Providers");
    it.line("u 2", "The facilitator took 2 steps back");
    it.sees("Lift a users and carers tile");
    it.line("x", "The card was passed over; no reason is needed");
    it.sees("TURN 2: Providers");
    it.line("h", "Done.");
    it.line("again", "1 hand is up.");
    it.line("notes", "because they knock");
    it.sees("step, Canaries: Knock, and wait: all of us");
    // Another process says who has the folder.
    let err = place.run(&["play", "./little"]).is(3);
    has(&err, &["in use by another Instep", &format!("process {}", it.id())]);
    it.line("export out", "The record is in out.");
    it.line("q", "The game is kept as it is.");
    it.sees("To go on where you left: the same command again.");
    let all = it.ends();
    assert!(!all.contains("panicked"));
    has(&place.run(&["verify", "out"]).done(), &["the seed is not published yet"]);
    has(&place.text("out/words.json"), &["It is cold #here", "nobody knocks", "because they knock"]);
}

#[test]
fn interrupted_resized_and_gone_on_with() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    let mut it = Terminal::start(&place, &["play", "./little"]);
    it.sees("choose a stone: 1 Choice and control");
    // Half a line, and Ctrl+C: it is put aside, and comes back.
    it.types("n half a thou");
    it.sees("half a thou");
    it.types(CTRL_C);
    it.sees("That line was put aside: the up arrow brings it back.");
    it.sees("It is the users and carers' turn.");
    it.types(UP);
    it.sees("n half a thou");
    it.resize(Size::new(40, 50));
    it.line("ght", "Your note is kept.");
    it.line("1", "laid a users and carers tile on Choice and control");
    it.types(CTRL_C);
    it.sees("The game is kept as it is.");
    it.ends();

    let mut it = Terminal::start(&place, &["play"]);
    it.sees("Going on with the unfinished game.");
    it.sees("It is the providers and commissioners' turn.");
    it.line("notes", "half a thought");
    it.line("close", "The game is closed");
    it.sees("export DIR writes its record");
    it.types(CTRL_D);
    it.sees("A planned stop is no failure.");
    it.ends();
    has(&place.run(&["verify", "data"]).done(), &["Table 1 (closed): "]);
}

#[test]
fn long_words_are_kept_whole_and_a_narrow_screen_is_no_trouble() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    let mut it = Terminal::start(&place, &[]);
    it.sees("`instep --help` says what else there is.");
    it.sees("A new game of Path to personalisation");
    it.sees("Lay a users and carers tile");
    it.resize(Size::new(10, 20));
    let words: Vec<String> = (0..200).map(|n| format!("word{n}")).collect();
    it.line(&format!("1 {}", words.join(" ")), "as an opening tile");
    it.sees("It is the providers");
    it.line("q", "The game is kept");
    it.ends();
    place.run(&["export", "out"]).done();
    let kept = place.text("out/words.json");
    assert!(words.iter().all(|word| kept.contains(word.as_str())), "every word is kept: {kept}");
}
