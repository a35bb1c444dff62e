//! The grammar of English nouns, as functions that a message may call.
//!
//! `AN($seat)` is "a staff", "an owl"; `OWNER($seat)` is "managers'", "staff's". Names come from packs and from
//! people, so neither can stand in the `.ftl` file. A translation calls these where its language has the like, or
//! takes `{ $seat }` as it is and puts its own grammar around it: no code says "a" or "'s" anywhere else.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};

/// Lets the messages of a bundle call the functions.
pub(crate) fn teach(bundle: &mut FluentBundle<FluentResource>) -> Result<(), FluentError> {
    bundle.add_function("AN", |names, _: &FluentArgs<'_>| of_name(names, an))?;
    bundle.add_function("OWNER", |names, _: &FluentArgs<'_>| of_name(names, owner))
}

fn of_name<'a>(names: &[FluentValue<'a>], change: fn(&str) -> String) -> FluentValue<'a> {
    match names {
        [FluentValue::String(name)] => FluentValue::from(change(name)),
        _ => FluentValue::Error,
    }
}

fn an(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

fn owner(name: &str) -> String {
    if name.ends_with(['s', 'S']) { format!("{name}'") } else { format!("{name}'s") }
}

#[test]
fn articles_and_possessives() {
    // "users" is spoken with a y: u takes "a".
    for (noun, with) in [("staff", "a staff"), ("owl", "an owl"), ("users and carers", "a users and carers")] {
        assert_eq!(an(noun), with);
    }
    for (name, of) in [("staff", "staff's"), ("managers", "managers'"), ("Night shift", "Night shift's"), ("", "'s")] {
        assert_eq!(owner(name), of);
    }
}
