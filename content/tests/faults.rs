//! One bad thing at a time, each told at its place.
#![allow(missing_docs)]

mod support;

use support::*;

#[test]
fn the_good_pack_is_good() {
    check(good(), &[]);
}

// Syntax: the first fault of each file.

#[test]
fn a_missing_comma() {
    check(
        edit(CARDS, r#"voice: "users","#, r#"voice: "users""#),
        &["cards/cards.ron:8:23 syntax | A comma or `)` is missing before `speaker`."],
    );
}

#[test]
fn a_missing_quotation_mark_is_looked_for_where_the_text_began() {
    check(
        edit(CARDS, r#"something large?","#, "something large?,"),
        &["cards/cards.ron:15:45 syntax | The character '…' means nothing here."],
    );
}

#[test]
fn a_quotation_mark_inside_a_text() {
    check(
        edit(CARDS, "shout hello from", r#"shout "hello" from"#),
        &["cards/cards.ron:12:125 syntax | A comma or `)` is missing before `hello`."],
    );
}

#[test]
fn curly_quotation_marks() {
    check(
        edit(CARDS, r#"voice: "users","#, "voice: “users”,"),
        &["cards/cards.ron:8:16 syntax | A curly quotation mark “ stands where a text should begin."],
    );
}

#[test]
fn single_quotation_marks() {
    check(
        edit(CARDS, r#"voice: "users","#, "voice: 'users',"),
        &["cards/cards.ron:8:16 syntax | A text stands between double quotation marks \", not single ones."],
    );
}

#[test]
fn a_text_without_quotation_marks() {
    check(
        edit(PACK, r#"version: "0.1","#, "version: first try,"),
        &["pack.ron:14:20 syntax | A comma or `)` is missing before `try`."],
    );
}

#[test]
fn an_equals_sign() {
    check(edit(PACK, "format: 1", "format = 1"), &["pack.ron:9:12 syntax | `=` stands where a colon belongs."]);
}

#[test]
fn a_bracket_that_closes_another() {
    check(
        edit(CARDS, r#"themes: ["first-day"],"#, r#"themes: ["first-day"),"#),
        &["cards/cards.ron:19:29 syntax | `)` cannot close the `[` that was opened in line 19."],
    );
}

#[test]
fn a_bracket_too_many() {
    check(
        edit(OUTCOMES, "\n]\n", "\n]]\n"),
        &["outcomes.ron:23:2 syntax | `]` closes nothing: what it could close is closed already."],
    );
}

#[test]
fn a_truncated_file() {
    let mut tree = good();
    tree.get_mut(BOARD).expect("there").truncate(400);
    check(tree, &["board.ron:7:48 syntax | The text that begins here never ends."]);
}

#[test]
fn an_empty_file() {
    check(put(THEMES, ""), &["themes.ron:1:1 syntax | The file is empty."]);
}

#[test]
fn a_remark_that_never_ends() {
    check(
        edit(BOARD, "Board(", "/* Board("),
        &["board.ron:4:1 syntax | The remark that begins with `/*` here never ends."],
    );
}

#[test]
fn brackets_too_deep() {
    check(
        put(CARDS, "[".repeat(100_000)),
        &["cards/cards.ron:1:33 syntax | Brackets stand in brackets more than 32 deep."],
    );
}

#[test]
fn a_file_that_is_not_utf_8() {
    check(
        put(CARDS, b"[\n    // caf\xe9\n]"),
        &["cards/cards.ron:2:11 not-utf8 | From here on the file is not text in UTF-8."],
    );
}

#[test]
fn each_file_tells_its_first_syntax_fault() {
    let tree = then(edit(CARDS, "id:", "id"), POEMS, "title:", "title");
    check(
        tree,
        &[
            "cards/cards.ron:6:9 syntax | A colon is missing after `id`.",
            "poems/poems.ron:5:9 syntax | A colon is missing after `title`.",
        ],
    );
}

// Fields.

#[test]
fn an_unknown_field() {
    check(
        edit(CARDS, "prompt:", "promt:"),
        &[
            "cards/cards.ron:4:5 missing-field | This Card has no `prompt`.",
            "cards/cards.ron:14:9 unknown-field | Did you mean `prompt`?",
        ],
    );
}

#[test]
fn a_field_twice() {
    check(
        edit(CARDS, r#"voice: "users","#, r#"voice: "users", voice: "users","#),
        &["cards/cards.ron:8:25 duplicate-field | See p/cards/cards.ron:8:9."],
    );
}

#[test]
fn a_field_of_the_wrong_kind() {
    check(
        edit(CARDS, r#"speaker: "user","#, "speaker: 7,"),
        &[
            "cards/cards.ron:10:18 wrong-kind | `speaker` must be a text between quotation marks, and this is the number 7.",
        ],
    );
}

#[test]
fn a_text_where_a_list_belongs() {
    check(
        edit(CARDS, r#"themes: ["first-day"]"#, r#"themes: "first-day""#),
        &[
            "cards/cards.ron:19:17 wrong-kind | `themes` must be a list in square brackets, and this is the text \"first-day\".",
        ],
    );
}

#[test]
fn another_things_name() {
    check(edit(CARDS, "Card(", "Crad("), &["cards/cards.ron:4:5 unknown-value | `Crad` has no place here."]);
}

#[test]
fn an_unknown_word() {
    check(
        edit(PERSPECTIVES, "shape: Circle", "shape: Round"),
        &["perspectives.ron:13:16 unknown-value | `shape` cannot be `Round`."],
    );
}

#[test]
fn an_unknown_setting() {
    check(
        edit(RULESETS, r#"walking: "either_way""#, r#"walking: "either way""#),
        &["rulesets.ron:7:18 unknown-value | Did you mean `either_way`?"],
    );
}

#[test]
fn an_unknown_text_key() {
    check(
        edit(STRINGS, "opening_words", "opening_word"),
        &["strings.ron:4:5 unknown-field | Did you mean `opening_words`?"],
    );
}

#[test]
fn a_number_out_of_range() {
    check(
        edit(RULESETS, "die_faces: 6", "die_faces: 20"),
        &["rulesets.ron:16:20 out-of-range | `die_faces` is 20 and must be from 4 to 12."],
    );
}

#[test]
fn an_empty_text() {
    check(
        edit(CARDS, r#"prompt: "When does a small wait say something large?""#, r#"prompt: " ""#),
        &["cards/cards.ron:14:17 empty-text | `prompt` is empty."],
    );
}

#[test]
fn a_text_too_long() {
    check(
        edit(CARDS, "The new one rang", &"word ".repeat(200)),
        &["cards/cards.ron:12:15 text-too-long | `text` has 1164 characters and may have 600."],
    );
}

#[test]
fn a_character_that_cannot_be_seen() {
    check(
        edit(CARDS, "The new one", "The \u{202E}new one"),
        &["cards/cards.ron:12:15 hidden-character | `text` holds the character U+202E, which cannot be seen."],
    );
}

// Ids.

#[test]
fn an_unknown_perspective() {
    check(
        edit(CARDS, r#"instruction: Place("staff")"#, r#"instruction: Place("stafff")"#),
        &["cards/cards.ron:17:28 unknown-id | Did you mean `staff`?"],
    );
}

#[test]
fn an_unknown_outcome_theme_and_voice_in_one_go() {
    let tree = edit(CARDS, r#"outcomes: ["dignity"]"#, r#"outcomes: ["dignty"]"#);
    let tree = then(tree, CARDS, r#"themes: ["first-day"]"#, r#"themes: ["last-day"]"#);
    check(
        then(tree, CARDS, r#"voice: "providers""#, r#"voice: "provider""#),
        &[
            "cards/cards.ron:19:18 unknown-id | Did you mean `first-day`?",
            "cards/cards.ron:21:20 unknown-id | Did you mean `dignity`?",
            "cards/cards.ron:25:16 unknown-id | Did you mean `providers`?",
        ],
    );
}

#[test]
fn a_speaker_of_another_voice() {
    check(
        edit(CARDS, r#"speaker: "user""#, r#"speaker: "provider""#),
        &["cards/cards.ron:10:18 unknown-id | Nobody called \"provider\" speaks for \"users\"."],
    );
}

#[test]
fn an_unknown_ruleset() {
    check(
        edit(PACK, r#"ruleset: "guided""#, r#"ruleset: "guide""#),
        &["pack.ron:22:14 unknown-id | Did you mean `guided`?"],
    );
}

#[test]
fn an_id_twice_across_files() {
    let poem = String::from_utf8(good()[POEMS].clone()).expect("UTF-8").replace("poem-hook", "staff-first-plan");
    check(put("poems/more.ron", poem), &["poems/more.ron:4:13 duplicate-id | See p/cards/cards.ron:34:13."]);
}

#[test]
fn an_id_with_capitals() {
    check(
        edit(CARDS, r#"id: "users-first-visit""#, r#"id: "Users First""#),
        &["cards/cards.ron:6:13 wrong-kind | `id` is a short name and cannot be \"Users First\"."],
    );
}

#[test]
fn two_perspectives_with_one_shape() {
    check(
        edit(PERSPECTIVES, "shape: Square", "shape: Circle"),
        &["perspectives.ron:30:16 duplicate-id | See p/perspectives.ron:13:16."],
    );
}

// Instructions.

#[test]
fn an_unknown_instruction() {
    check(
        edit(CARDS, r#"Remove("users")"#, r#"Lift("users")"#),
        &["cards/cards.ron:49:22 unknown-value | There is no instruction `Lift`."],
    );
}

#[test]
fn an_instruction_without_its_colour() {
    check(
        edit(CARDS, r#"Remove("users")"#, "Remove"),
        &["cards/cards.ron:49:22 wrong-kind | `Remove` needs one perspective in round brackets."],
    );
}

#[test]
fn an_instruction_in_quotation_marks() {
    check(
        edit(CARDS, r#"Remove("users")"#, "\"TalkOnly\""),
        &["cards/cards.ron:49:22 wrong-kind | An instruction stands without quotation marks: TalkOnly."],
    );
}

#[test]
fn a_choice_in_a_choice() {
    let to = r#"Choose([Place("users"), Choose([PlaceAny, Place("staff")])])"#;
    check(
        edit(CARDS, r#"Choose([Place("users"), Place("managers")])"#, to),
        &["cards/cards.ron:39:46 nested-choice | A `Choose` stands in a `Choose`."],
    );
}

#[test]
fn a_choice_between_a_cost_and_a_gift() {
    let to = r#"Choose([Place("users"), Remove("managers")])"#;
    check(
        edit(CARDS, r#"Choose([Place("users"), Place("managers")])"#, to),
        &["cards/cards.ron:39:29 mixed-choice | This choice offers both to lay a tile and to lift one."],
    );
}

#[test]
fn a_choice_of_one_and_of_four() {
    let to = r#"Choose([Place("users")])"#;
    let tree = edit(CARDS, r#"Choose([Place("users"), Place("managers")])"#, to);
    let four = r#"Choose([Place("users"), Place("staff"), Place("managers"), PlaceAny])"#;
    check(
        then(tree, CARDS, r#"Remove("users")"#, four),
        &[
            "cards/cards.ron:39:29 out-of-range | `Choose` has 1 in it, and must have from 2 to 3.",
            "cards/cards.ron:49:29 out-of-range | `Choose` has 4 in it, and must have from 2 to 3.",
        ],
    );
}

// Format, files, pictures, decks, board.

#[test]
fn a_newer_format_is_told_alone() {
    check(
        then(edit(PACK, "format: 1", "format: 2"), CARDS, "Card(", "Crad("),
        &["pack.ron:9:13 format-version | This pack is of format 2, and this program reads format 1."],
    );
}

#[test]
fn no_format() {
    check(edit(PACK, "format: 1,", ""), &["pack.ron:7:1 missing-field | This Pack has no `format`."]);
}

#[test]
fn a_format_that_never_was() {
    check(edit(PACK, "format: 1", "format: 0"), &["pack.ron:9:13 format-version | There is no format 0."]);
}

#[test]
fn a_missing_file() {
    check(without(BOARD), &["board.ron:1:1 missing-file | The pack has no file `board.ron`."]);
}

#[test]
fn nothing_at_all() {
    check(Tree::new(), &["pack.ron:1:1 missing-file | The pack has no file `pack.ron`."]);
}

#[test]
fn a_missing_guide() {
    check(
        without("guide.md"),
        &["guide.md:1:1 missing-file | pack.ron names the guide `guide.md`, and the pack has no such file."],
    );
}

#[test]
fn a_file_that_nobody_reads() {
    check(put("card/more.ron", "[]"), &["card/more.ron:1:1 unknown-file | No part of the game reads this file."]);
}

fn pictured(file: &str) -> Tree {
    edit(
        CARDS,
        "outcomes: [\"dignity\"],",
        &format!("outcomes: [\"dignity\"], picture: Picture(file: \"{file}\", text: \"A door.\"),"),
    )
}

#[test]
fn a_picture_that_is_missing() {
    check(
        pictured("pictures/door.svg"),
        &["cards/cards.ron:21:55 missing-file | The pack has no file \"pictures/door.svg\"."],
    );
}

#[test]
fn pictures_outside_of_the_pack() {
    for file in
        ["../door.svg", "/etc/door.svg", "pictures/../../door.svg", "C:/door.svg", "pictures//door.svg", "door.svg"]
    {
        check(pictured(file), &["cards/cards.ron:21:55 outside-pack"]);
    }
}

#[test]
fn a_picture_that_is_none() {
    let mut tree = pictured("pictures/door.png");
    tree.insert("pictures/door.png".into(), b"<svg/>".to_vec());
    check(tree, &["cards/cards.ron:21:55 picture | \"pictures/door.png\" is no PNG picture."]);
}

#[test]
fn a_drawing_with_a_program_in_it() {
    let mut tree = pictured("pictures/door.svg");
    tree.insert("pictures/door.svg".into(), b"<svg><script>1</script></svg>".to_vec());
    check(tree, &["cards/cards.ron:21:55 picture | \"pictures/door.svg\" holds `<script`."]);
}

#[test]
fn a_picture_without_a_text() {
    let tree =
        edit(CARDS, "outcomes: [\"dignity\"],", "outcomes: [\"dignity\"], picture: Picture(file: \"pictures/d.svg\"),");
    let mut tree = tree;
    tree.insert("pictures/d.svg".into(), b"<svg/>".to_vec());
    check(tree, &["cards/cards.ron:21:41 missing-field | This Picture has no `text`."]);
}

#[test]
fn a_colour_without_cards() {
    check(
        edit(
            CARDS,
            r#"voice: "managers",
        speaker: "team-manager""#,
            r#"voice: "staff",
        speaker: "worker""#,
        ),
        &["board.ron:7:48 empty-deck | The deck of \"managers\" is empty: no card has this voice."],
    );
}

#[test]
fn a_poets_corner_without_poems() {
    check(put(POEMS, "[]"), &["board.ron:7:9 empty-deck | The board has a Poet's Corner, and the pack has no poem."]);
}

#[test]
fn a_board_too_short() {
    check(
        edit(BOARD, r#""staff", "providers", "managers", "staff", "providers", "managers","#, ""),
        &["board.ron:6:13 out-of-range | `spaces` has 6 in it, and must have from 12 to 80."],
    );
}

#[test]
fn a_board_without_a_colour() {
    let text = String::from_utf8(good()[BOARD].clone()).expect("UTF-8").replace("\"managers\"", "\"users\"");
    check(
        put(BOARD, text),
        &[
            "board.ron:6:13 board | No space of the board is a footprint of \"managers\", so its cards are never drawn.",
            "board.ron:7:48 board | Spaces 4 and 5 are both \"users\".",
        ],
    );
}

#[test]
fn three_perspectives() {
    let text = String::from_utf8(good()[PERSPECTIVES].clone()).expect("UTF-8");
    let cut = text.find("    Perspective(\n        id: \"managers\"").expect("there");
    check(
        put(PERSPECTIVES, format!("{}]", &text[..cut])),
        &["perspectives.ron:4:1 out-of-range | `perspectives.ron` has 3 in it, and must have exactly 4."],
    );
}

#[test]
fn a_broken_file_of_ids_brings_no_faults_in_the_cards() {
    check(
        put(OUTCOMES, "[ Outcome("),
        &["outcomes.ron:1:10 syntax | The file ends, and the `(` opened here was never closed."],
    );
}
