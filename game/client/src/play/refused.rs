//! Why something was not done, where commands are typed: what would help is told as what to type.

use instep_protocol::Denied;
use instep_rules::{Refusal, Wanted};
use instep_words::{View, say};

/// Why something was not done, and what to type instead.
pub(crate) fn denied(view: &View<'_>, denied: Denied) -> String {
    let language = view.language;
    let not_now = |wanted: String| language.with("refused-not-now", &[("wanted", (&wanted).into())]);
    match denied {
        Denied::Rules(Refusal::NotNow { wanted: Wanted::OpeningTile }) => {
            not_now(language.text("terminal-wanted-opening-tile"))
        }
        Denied::Rules(Refusal::NotNow { wanted: Wanted::EndTalk }) => {
            not_now(language.text("terminal-wanted-end-talk"))
        }
        Denied::Rules(Refusal::NotNow { wanted: Wanted::Mend }) => not_now(language.text("terminal-wanted-mend")),
        Denied::Rules(Refusal::TypeTheFace { faces }) => {
            language.with("terminal-type-the-face", &[("faces", faces.into())])
        }
        Denied::Rules(Refusal::NoRealDie) => language.text("terminal-no-real-die"),
        denied => say::denied(view, denied),
    }
}
