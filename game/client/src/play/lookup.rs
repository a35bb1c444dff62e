//! Finding perspectives and stones by what people type: an id, a letter, a number, a beginning.

use instep_content::Packs;
use instep_rules::{Outcome, Perspective};

/// The perspective that `text` names: its id, its letter, or the beginning of its id or name.
pub(crate) fn perspective(packs: &Packs, text: &str) -> Option<Perspective> {
    let all = packs.perspectives();
    let exact = all.iter().position(|p| same(&p.id, text) || same(&p.letter, text));
    let names = all.iter().map(|p| [p.id.as_str(), p.short.as_str(), p.name.as_str()]);
    exact.or_else(|| only(names, text)).map(Perspective::from_index)
}

/// The stone that `text` names: its id, its number from 1, or the beginning of its id or name.
pub(crate) fn outcome(packs: &Packs, text: &str) -> Option<Outcome> {
    let all = packs.outcomes();
    let number = text.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < all.len());
    let exact = number.or_else(|| all.iter().position(|o| same(&o.id, text)));
    let names = all.iter().map(|o| [o.id.as_str(), o.short.as_str(), o.name.as_str()]);
    exact.or_else(|| only(names, text)).map(|n| Outcome(n as u8))
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The only one of which a name begins with `text`.
fn only<'a>(all: impl Iterator<Item = [&'a str; 3]>, text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    let begins = |names: [&str; 3]| names.iter().any(|name| name.to_lowercase().starts_with(&text));
    let mut found = all.enumerate().filter(|(_, names)| !text.is_empty() && begins(*names)).map(|(n, _)| n);
    found.next().filter(|_| found.next().is_none())
}
