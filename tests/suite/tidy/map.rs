//! The invariants in ARCHITECTURE.md and the tests that they name.

/// One item of the numbered list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Invariant {
    pub(crate) number: usize,
    pub(crate) text: String,
}

/// The items under the heading "Invariants", whole.
pub(crate) fn invariants(page: &str) -> Vec<Invariant> {
    let mut found: Vec<Invariant> = Vec::new();
    let section =
        page.lines().skip_while(|line| *line != "## Invariants").skip(1).take_while(|line| !line.starts_with("## "));
    for line in section {
        let number = line.split_once(". ").and_then(|(number, _)| number.parse().ok());
        match (number, found.last_mut()) {
            (Some(number), _) => found.push(Invariant { number, text: line.to_owned() }),
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, None) => {}
        }
    }
    found
}

/// What is wrong with the tests that an invariant names: each must be a test function in a file that exists.
///
/// A test is named in a line of its own: ``Test: `path/to/file.rs` `function_name` ``.
pub(crate) fn faults(invariant: &Invariant, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let place = format!("ARCHITECTURE.md: invariant {}", invariant.number);
    let named: Vec<&str> = invariant.text.lines().filter_map(|line| line.trim().strip_prefix("Test: ")).collect();
    if named.is_empty() {
        return vec![format!("{place}: names no test")];
    }
    let fault = |line: &str| {
        if line.contains("TBD") {
            return Some(format!("its test is still to be written: {line}"));
        }
        let ["", path, " ", function, ""] = line.split('`').collect::<Vec<_>>()[..] else {
            return Some(format!("not `path` `function`: {line}"));
        };
        let Some(text) = read(path) else { return Some(format!("{path} is not there")) };
        (!has_test(&text, function)).then(|| format!("{path} has no test `{function}`"))
    };
    named.into_iter().filter_map(fault).map(|fault| format!("{place}: {fault}")).collect()
}

/// Whether the file has a function of that name with an attribute `test` (`#[test]`, `#[tokio::test]`) above it.
fn has_test(text: &str, function: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let head = format!("fn {function}(");
    let functions = lines.iter().enumerate().filter(|(_, line)| line.contains(&head));
    functions.into_iter().any(|(at, _)| {
        let above = lines[..at].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        above.into_iter().any(|line| line.starts_with("#[test") || line.contains("::test"))
    })
}

#[test]
fn items_are_read_whole() {
    let page = "# A\n\n1. no\n\n## Invariants\n\nWords.\n\n1. One.\n   Test: x\n2. Two.\n\n## After\n\n3. no\n";
    let texts: Vec<_> = invariants(page).into_iter().map(|found| (found.number, found.text)).collect();
    assert_eq!(texts, [(1, "1. One.\n   Test: x".to_owned()), (2, "2. Two.\n".to_owned())]);
}

#[test]
fn a_named_test_must_be_one() {
    let file = "#[test]\n#[cfg(unix)]\nfn real() {}\nfn helper() {}\n#[tokio::test]\nasync fn waits() {}\n";
    for (line, fault) in [
        ("Test: `a.rs` `real`", None),
        ("Test: `a.rs` `waits`", None),
        ("Test: `a.rs` `helper`", Some("has no test")),
        ("Test: `a.rs` `rea`", Some("has no test")),
        ("Test: `b.rs` `real`", Some("is not there")),
        ("Test: TBD `a.rs` `real`", Some("still to be written")),
        ("Test: a.rs real", Some("not `path` `function`")),
        ("Words.", Some("names no test")),
    ] {
        let invariant = Invariant { number: 1, text: format!("1. Words.\n   {line}") };
        let found = faults(&invariant, |path| (path == "a.rs").then(|| file.to_owned()));
        assert_eq!(found.len(), usize::from(fault.is_some()), "{line}: {found:?}");
        assert!(fault.is_none_or(|fault| found[0].contains(fault)), "{line}: {found:?}");
    }
}
