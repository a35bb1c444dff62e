//! Why there is no connection any more, in one clear sentence.

use instep_net::{NetTrouble, Over};
use instep_protocol::{Denied, Refused};
use instep_words::{Language, say};

use crate::problem::Problem;

/// Why a table elsewhere is not there any more, or never was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// Not let in.
    Refused(Refused),
    /// The table, or its server, said goodbye.
    Goodbye(Denied),
    /// The connection could not be made.
    Net(NetTrouble),
    /// The cards that it is played with can't be had, or are not what they should be; why, in one sentence.
    Packs(String),
    /// We left, or have what we came for.
    Left,
}

impl From<Over> for End {
    fn from(over: Over) -> Self {
        match over {
            Over::Refused(why) => Self::Refused(why),
            Over::Goodbye(why) => Self::Goodbye(why),
            Over::Trouble(why) => Self::Net(why),
            Over::Left | Over::Done => Self::Left,
        }
    }
}

impl End {
    /// The sentence for it, and the exit code that goes with it.
    pub(crate) fn problem(&self, language: &Language) -> Problem {
        match self {
            // What the server has no room or time for is nobody's mistake here.
            Self::Refused(why) if why.passes() || *why == Refused::Stopped => {
                Problem::Machine(say::not_let_in(language, *why))
            }
            Self::Refused(why) => Problem::Wrong(say::not_let_in(language, *why)),
            Self::Goodbye(why) => goodbye(language, *why),
            Self::Net(trouble) => net_trouble(language, trouble),
            Self::Packs(why) => Problem::Wrong(why.clone()),
            Self::Left => Problem::Wrong(language.text("online-left")),
        }
    }
}

/// What a table says when it ends a connection; none of it needs the game to be said.
fn goodbye(language: &Language, why: Denied) -> Problem {
    let id = match why {
        Denied::TableStopped => return Problem::Machine(language.text("denied-table-stopped")),
        Denied::Elsewhere => "denied-elsewhere",
        Denied::SentAway => "denied-sent-away",
        Denied::Closing => "denied-closing",
        Denied::TooSlow => "denied-too-slow",
        Denied::Disorderly => "denied-disorderly",
        _ => "denied-not-taken",
    };
    Problem::Wrong(language.text(id))
}

/// What is wrong with the network, and what to do.
pub(crate) fn net_trouble(language: &Language, trouble: &NetTrouble) -> Problem {
    let with = |id: &str, host: &String| language.with(id, &[("host", host.into())]);
    match trouble {
        NetTrouble::NoAnswer { host, seconds } => {
            let seconds = i64::try_from(*seconds).unwrap_or(i64::MAX);
            Problem::Machine(language.with("online-no-answer", &[("host", host.into()), ("seconds", seconds.into())]))
        }
        NetTrouble::NoSuchHost { host } => Problem::Machine(with("online-no-such-host", host)),
        NetTrouble::SomebodyElse { host } => Problem::Wrong(with("online-somebody-else", host)),
        NetTrouble::NotTrusted { host, why } => {
            Problem::Wrong(language.with("online-not-trusted", &[("host", host.into()), ("why", why.into())]))
        }
        NetTrouble::OtherLanguage { host } => Problem::Wrong(with("online-other-language", host)),
        NetTrouble::Lost { why } => Problem::Machine(language.with("online-lost-for-good", &[("why", why.into())])),
        NetTrouble::NoSocket { why } => Problem::Machine(language.with("online-no-socket", &[("why", why.into())])),
    }
}
