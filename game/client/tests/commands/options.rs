//! What `instep play` takes, and which game it means (interfaces.md).

use std::process::Command;

use crate::support::*;

#[test]
fn the_data_folder_is_the_option_else_the_environment_else_the_platforms() {
    let place = Place::new();
    let begin = |args: &[&str]| place.script(args, BEGIN).done();
    begin(&["--data", "named"]);
    assert!(place.path("named/instep.sqlite3").is_file());
    assert!(!place.path("data").exists(), "the option is before the environment");
    begin(&[]);
    assert!(place.path("data/instep.sqlite3").is_file());
    let mut unset = place.command();
    unset.env("INSTEP_DATA", "").args(["play", "--script", "script.txt"]);
    ran(&unset.output().expect("it runs")).done();
    if cfg!(target_os = "linux") {
        assert!(place.path("home/share/instep/instep.sqlite3").is_file(), "an empty variable names no folder");
    }
}

#[test]
fn a_pack_is_an_installed_name_or_a_path_and_none_is_the_base_pack() {
    let place = Place::new();
    little_pack(&place, "ours", "ours-to-play");
    little_pack(&place, "data/packs/installed", "installed");
    let title = |args: &[&str]| {
        let out = place.script(&[args, &["--new"]].concat(), BEGIN).done();
        out.lines().next().expect("a line").to_owned()
    };
    assert_eq!(title(&[]), "A new game of Path to personalisation: 7 stones, ruleset guided.");
    assert_eq!(title(&["path-to-personalisation"]), title(&[]));
    assert_eq!(title(&["installed"]), "A new game of My pack: 3 stones, ruleset guided.");
    assert_eq!(title(&["./ours"]), title(&["installed"]));
    assert_eq!(title(&[place.path("ours").to_str().expect("UTF-8")]), title(&["installed"]));
    has(&title(&["path-to-personalisation", "later-life"]), &["Path to personalisation and "]);
    // What the first pack lacks is left out, and told.
    place.write("ours/outcomes.ron", place.text("ours/outcomes.ron").replace("\"dignity\"", "\"respect\""));
    place.write("more/cards/cards.ron", "");
    little_pack(&place, "more", "more");
    let cards = place.text("more/cards/cards.ron").replacen("outcomes: []", "outcomes: [\"dignity\"]", 1);
    place.write("more/cards/cards.ron", cards.replace("id: \"", "id: \"more-"));
    place.write("more/poems/poems.ron", place.text("more/poems/poems.ron").replace("a-poem", "more-poem"));
    let out = place.script(&["./ours", "./more", "--new"], "users place users respect").done();
    has(&out, &["Left out: more-users-1 (./more/cards/cards.ron:", "\"dignity\", which the first pack lacks"]);
}

#[test]
fn length_ruleset_and_seed() {
    let place = Place::new();
    let title = |args: &[&str]| {
        let out = place.script(&[&["--new"], args].concat(), "users roll # refused where a tile is first");
        assert!(matches!(out.code, 0 | 1), "{}", out.err);
        out.out.lines().next().expect("a line").to_owned()
    };
    for (args, stones) in [
        (&["--length", "quick"] as &[&str], "2 stones"),
        (&["--length", "hour"], "3 stones"),
        (&["--length", "half"], "5 stones"),
        (&["--length", "full"], "7 stones"),
        (&["--outcomes", "1"], "1 stone,"),
        (&["--outcomes", "4", "--headless"], "4 stones"),
        (&["--minutes", "1"], "1 stone,"),
        (&["--minutes", "6000"], "7 stones"),
        (&["--ruleset", "classic"], "7 stones, ruleset classic"),
    ] {
        has(&title(args), &[stones]);
    }
    let out = place.script(&["--new", "--minutes", "60"], BEGIN).done();
    has(&out, &["There is time for about 17 turns."]);
}

#[test]
fn calls_that_are_wrong_are_answered_with_what_would_do() {
    let place = Place::new();
    for (args, parts) in [
        (&["play", "--length", "long"] as &[&str], &["long", "quick", "full"] as &[&str]),
        (&["play", "--length", "hour", "--minutes", "60"], &["cannot be used with"]),
        (&["play", "--minutes", "60", "--outcomes", "3"], &["cannot be used with"]),
        (&["play", "--minutes", "0"], &["0 is not in"]),
        (&["play", "--outcomes", "13"], &["13 is not in"]),
        (&["play", "--outcomes", "8"], &["8 outcomes cannot be in play: choose from 1 to 7"]),
        (&["play", "--ruleset", "guidde"], &["no ruleset `guidde`", "`guided`"]),
        (&["play", "--seed", "seven"], &["\"seven\" is no seed", "64 hexadecimal digits", "whole number"]),
        (&["play", "--seed", "-1"], &["-1"]),
        (&["play", "--sed", "1"], &["--seed"]),
        (&["dance"], &["dance"]),
        (&["verify"], &["<PATH>"]),
        (&["export"], &["<DIR>"]),
        (&["export", "out", "--table", "one"], &["one"]),
    ] {
        has(&place.run(args).is(2), parts);
    }
    assert!(!place.path("data").exists(), "nothing is made for a call that is wrong");
}

#[test]
fn an_unfinished_game_is_gone_on_with_and_contradictions_name_new() {
    let place = Place::new();
    little_pack(&place, "little", "little");
    place.script(&["./little", "--seed", "5"], BEGIN).done();
    let before = place.run(&["verify", "data"]).done();
    for args in [
        &["later-life"] as &[&str],
        &["./little", "later-life"],
        &["--ruleset", "classic"],
        &["--length", "quick"],
        &["--outcomes", "2"],
        &["--minutes", "1"],
        &["--seed", "6"],
    ] {
        let err = place.script(args, "providers place providers dignity").is(2);
        has(&err, &["There is an unfinished game here, and it", "--new", "(the unfinished one stays where it is)"]);
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    assert_eq!(place.run(&["verify", "data"]).done(), before, "nothing was changed");
    for args in [
        &[] as &[&str],
        &["./little"],
        &["--ruleset", "guided"],
        &["--length", "full"],
        &["--length", "half"],
        &["--outcomes", "3"],
        &["--minutes", "6000"],
        &["--seed", "5"],
        &["./little", "--ruleset", "guided", "--outcomes", "3", "--seed", "5", "--headless"],
    ] {
        has(&place.script(args, "").done(), &["Going on with the unfinished game."]);
    }
}

#[test]
fn new_leaves_the_unfinished_game_and_the_newest_unfinished_is_gone_on_with() {
    let place = Place::new();
    let greeting = |args: &[&str], lines: &str| {
        let out = place.script(args, lines).done();
        out.lines().next().expect("a line").to_owned()
    };
    has(&greeting(&["--outcomes", "2"], BEGIN.replace("dignity", "1").as_str()), &["A new game of", "2 stones"]);
    assert_eq!(greeting(&[], ""), "Going on with the unfinished game.");
    has(&greeting(&["--new", "--outcomes", "3"], ""), &["A new game of", "3 stones"]);
    has(&greeting(&["--outcomes", "3"], ""), &["Going on with the unfinished game. It is the newest of 2 here"]);
    // The newest is closed: then the older one is gone on with, and only then is another begun.
    greeting(&[], "facilitator close");
    assert_eq!(greeting(&["--outcomes", "2"], "facilitator close"), "Going on with the unfinished game.");
    has(&greeting(&["--outcomes", "1"], "facilitator close"), &["A new game of"]);
    let out = place.run(&["verify", "data"]).done();
    has(&out, &["Table 1 (closed): ", "Table 2 (closed): ", "Table 3 (closed): ", "3 tables checked"]);
}

#[test]
fn where_nobody_sits_scripted_players_play_to_the_end_and_close() {
    let place = Place::new();
    let out = place.run(&["play", "--length", "quick", "--record", "out"]).done();
    has(&out, &["★★ The path is complete", "The game is closed", "The path is complete: all 2 outcomes are met"]);
    assert!(!out.contains("passed over"), "they never pass");
    let events = place.text("out/events.json");
    has(&events, &["\"type\":\"PathCompleted\"", "\"type\":\"GameClosed\"", "\"complete\":true,\"closed\":true"]);
    // A finished game is not gone on with.
    has(&place.script(&[], "").done(), &["A new game of"]);
    // An unfinished one is finished by them, whoever began it.
    has(&place.run(&["play"]).done(), &["Going on with the unfinished game.", "The game is closed"]);
}

#[test]
fn without_a_command_it_plays_and_says_how_to_get_help() {
    let place = Place::new();
    let out = place.run(&[]).done();
    has(&out, &["`instep --help`", "A new game of", "The game is closed"]);
    has(&place.run(&["--help"]).done(), &["instep play", "verify", "recover", "export"]);
    has(&place.run(&["play", "--help"]).done(), &["--script <FILE>", "A new game:", "Examples:", "Exit codes: 0 done"]);
    has(&place.run(&["--version"]).done(), &["instep "]);
}

#[test]
fn a_path_is_gone_on_with_in_a_later_session() {
    let place = Place::new();
    place.script(&["--record", "out"], "users place users dignity\nfacilitator close").done();
    let out = place.script(&["--path-from", "out"], "users roll").done();
    has(&out, &["THE PATH: 1 of 28 tiles"]);
    // The same option is no contradiction, another path is.
    place.script(&["--path-from", "out"], "").done();
    place.script(&["--record", "two", "--new"], "users place users choice\nfacilitator close").done();
    has(&place.script(&["--path-from", "two"], "").is(2), &["it did not begin from that path", "--new"]);
    has(&place.script(&["--new", "--path-from", "three"], "").is(1), &["three", "check the name"]);
}

#[test]
fn a_reader_who_leaves_ends_it_quietly() {
    let place = Place::new();
    let mut command: Command = place.command();
    command.args(["play"]).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    ran(&output).done();
    has(&place.run(&["verify", "data"]).done(), &["Table 1 (open)", "all is as it should be"]);
}

#[test]
fn another_language_is_a_file_and_what_it_lacks_is_english() {
    let place = Place::new();
    place.write("cy.ftl", "language-tag = cy\nlog-laid-opening = Gosododd { $who } deilsen ar { $stone }\n");
    let said = place.script(&["--language", "cy.ftl"], BEGIN).done();
    has(&said, &["Gosododd ", " deilsen ar Dignity and respect", "THE PATH"]);
    // Every fault is told with its line; the game that goes on is none the worse.
    place.write("bad.ftl", "language-tag = cy\nlog-opened = Mae { \n");
    let told = place.script(&["--language", "bad.ftl"], "").is(1);
    has(&told, &["bad.ftl", "line "]);
    has(&place.script(&["--language", "none.ftl"], "").is(1), &["none.ftl", "check its name"]);
}
