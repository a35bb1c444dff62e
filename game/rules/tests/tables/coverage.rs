//! Nothing that the rules can say is left out of the tables.
//!
//! A script is compared in full, so what stands in one was said by the rules.

const TABLES: [&str; 9] = [
    include_str!("cards.rs"),
    include_str!("opening.rs"),
    include_str!("passing.rs"),
    include_str!("redraw.rs"),
    include_str!("seats.rs"),
    include_str!("settings.rs"),
    include_str!("stones.rs"),
    include_str!("undo.rs"),
    include_str!("walking.rs"),
];

/// The variants of an enum, as its source lists them: one that is added later is asked for too.
fn variants<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let start = source.find(&format!("pub enum {name} {{")).unwrap_or_else(|| panic!("no enum {name}"));
    let body = &source[start..];
    let body = &body[..body.find("\n}").unwrap_or(body.len())];
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter_map(|line| line.split([' ', ',', '(', '{']).next())
        .collect()
}

fn missing(names: Vec<&str>, said: impl Fn(&str) -> Vec<String>) -> Vec<&str> {
    let never = |name: &&str| {
        let forms = said(name);
        !TABLES.iter().any(|t| t.lines().any(|line| line.contains(" -> ") && forms.iter().any(|f| line.contains(f))))
    };
    names.into_iter().filter(never).collect()
}

#[test]
fn every_refusal_is_in_a_table() {
    let names = variants(include_str!("../../src/refusal.rs"), "Refusal");
    assert!(names.len() >= 25, "{names:?}");
    assert_eq!(missing(names, |name| vec![format!("-> !{name}")]), Vec::<&str>::new());
}

#[test]
fn everything_that_the_game_can_wait_for_is_in_a_refusal() {
    let names = variants(include_str!("../../src/refusal.rs"), "Wanted");
    assert_eq!(missing(names, |name| vec![format!("-> !NotNow({name})")]), Vec::<&str>::new());
}

#[test]
fn every_event_is_in_a_table() {
    let mut names = variants(include_str!("../../src/event.rs"), "Event");
    // These two come before the first command: setup.rs has them.
    names.retain(|name| !["TableOpened", "PathContinued"].contains(name));
    assert!(names.len() >= 25, "{names:?}");
    let forms = |name: &str| vec![format!(" {name} "), format!(" {name}("), format!(" {name}\n")];
    let ends = |name: &str| forms(name).into_iter().map(|f| f.trim_end().to_string()).collect();
    assert_eq!(missing(names, ends), Vec::<&str>::new());
}

#[test]
fn every_command_is_in_a_table() {
    let mut names = variants(include_str!("../../src/command.rs"), "Command");
    names.retain(|name| *name != "RollTyped"); // written `Roll 4`
    assert_eq!(missing(names, |name| vec![format!(" {name} ")]), Vec::<&str>::new());
}

#[test]
fn every_reason_for_no_effect_is_in_a_table() {
    let reasons = ["nothing_to_lay", "nothing_to_lift", "no_option"].to_vec();
    assert_eq!(reasons.len(), variants(include_str!("../../src/event.rs"), "NoEffect").len());
    assert_eq!(missing(reasons, |name| vec![format!("InstructionHadNoEffect({name})")]), Vec::<&str>::new());
}
