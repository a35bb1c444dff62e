//! What Instep says: the sentences of the game, for whatever shows it.
//!
//! All English stands in `assets/lang/en-GB.ftl`; a translation is another such file and no Rust
//! ([`Language::load`]). Names of perspectives, stones and cards come from the pack and are passed on as they are.

mod english;
mod language;
pub mod say;
pub mod twin;
mod view;

pub use language::{Arg, FaultyLine, Language, LanguageFault};
pub use view::View;

/// One message: `tell!(language, "id", name = value, …)`, where each name is a variable of the message.
///
/// Ids and names stand here as they are, so that a test can hold them against `en-GB.ftl`.
macro_rules! tell {
    ($language:expr, $id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $language.with($id, &[$((stringify!($name), $crate::Arg::from($value))),*])
    };
}
pub(crate) use tell;

/// The text with a capital at its beginning: what begins a sentence may be a name that the pack writes small.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
