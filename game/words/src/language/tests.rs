//! Translations: what is taken, what is refused, and what English stands in for.

use super::*;

const WELSH: &str = "\
language-tag = cy
language-name = Cymraeg
next-roll = Rholiwch y dis.
# Six plurals.
ending-turns = { $turns ->
    [zero] dim tro
    [one] un tro
    [two] dau dro
    [few] tri thro
    [many] chwe thro
   *[other] { $turns } tro
}
seat-owner = { $seat }
    .short = { $seat }!
";

#[test]
fn english_is_whole() {
    let faults = FluentResource::try_new(ENGLISH_TEXT.to_owned()).err().map(|(_, faults)| faults);
    assert_eq!(faults, None);
    let mut bundle = empty(langid!("en-GB"));
    let twice = bundle.add_resource(FluentResource::try_new(ENGLISH_TEXT.to_owned()).unwrap());
    assert_eq!(twice, Ok(()));
    let english = Language::english();
    assert_eq!((english.tag(), english.name()), ("en-GB", "English"));
    assert_eq!(english.text("next-roll"), "Roll the die.");
}

#[test]
fn a_translation_has_its_own_plurals_and_english_behind_it() {
    let welsh = Language::load(WELSH).unwrap();
    assert_eq!((welsh.tag(), welsh.name()), ("cy", "Cymraeg"));
    assert_eq!(welsh.text("next-roll"), "Rholiwch y dis.");
    let turns: Vec<String> = [0, 1, 2, 3, 6, 7].map(|n: i64| welsh.with("ending-turns", &[("turns", n.into())])).into();
    assert_eq!(turns, ["dim tro", "un tro", "dau dro", "tri thro", "chwe thro", "7 tro"]);
    assert_eq!(welsh.with("seat-owner", &[("seat", "staff".into())]), "staff");
    assert_eq!(welsh.with("seat-owner.short", &[("seat", "staff".into())]), "staff!");
    assert_eq!(welsh.text("next-paused"), Language::english().text("next-paused"));
}

#[test]
fn a_variable_that_is_not_given_is_said_in_english() {
    let odd = Language::load("language-tag = cy\nrefused-turn = { $saet } yw e\n").unwrap();
    assert_eq!(odd.with("refused-turn", &[("seat", "staff".into())]), "It is the staff's turn.");
}

#[test]
fn nothing_panics_and_what_is_not_there_is_its_id() {
    let english = Language::english();
    for id in ["", ".", "no-such-id", "next-roll.no-such", "refused-turn", "{ $x }"] {
        let said = english.text(id);
        assert!(said == id, "{id}: {said}");
    }
    assert_eq!(english.with("next-roll", &[("more", 1_u8.into())]), "Roll the die.");
}

#[test]
fn names_stay_as_they_are() {
    let english = Language::english();
    for name in ["{ $seat }", "a\u{2068}b", "\"", "*[other]", ""] {
        assert_eq!(
            english.with("denied-not-your-seat", &[("seat", name.into())]),
            format!("Somebody else plays {name}.")
        );
    }
    // Numbers as they are told, without marks between thousands.
    assert_eq!(english.with("twin-closed", &[("turns", 12_345_u32.into())]), "THE GAME IS CLOSED, turns played: 12345");
}

#[test]
fn every_fault_is_named_with_its_line() {
    let text = "language-tag = cy\nnext-roll Rholiwch\n\nnext-talk = { $a\nnext-choose = Dewis\n";
    let fault = Language::load(text).unwrap_err();
    let lines: Vec<Option<usize>> = fault.faults.iter().map(|f| f.line).collect();
    assert_eq!(lines.len(), 2, "{fault}");
    assert_eq!(lines[0], Some(2), "{fault}");
    assert!(lines[1] >= Some(4), "{fault}");
    assert!(fault.to_string().starts_with("line 2: "), "{fault}");
    for (text, told) in [
        ("next-roll = Rholiwch\n", "There is no language-tag"),
        ("language-tag =\n", "Expected"),
        ("\nlanguage-tag = -!-\n", "line 2: The language-tag \"-!-\" is not known"),
        ("language-tag = cy\nnext-roll = a\n\nnext-roll = b\n", "line 4: next-roll is there twice"),
    ] {
        let fault = Language::load(text).map(|_| ()).unwrap_err().to_string();
        assert!(fault.contains(told), "{text}: {fault}");
    }
}

#[test]
fn a_mark_and_windows_line_ends_are_no_trouble() {
    let text = format!("\u{feff}{}", WELSH.replace('\n', "\r\n"));
    assert_eq!(Language::load(&text).unwrap().text("next-roll"), "Rholiwch y dis.");
}

#[test]
fn a_language_goes_to_other_threads() {
    fn both<T: Send + Sync + Clone>(_: &T) {}
    both(&Language::english());
}
