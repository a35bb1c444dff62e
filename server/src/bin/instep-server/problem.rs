//! What ends the program early: one clear sentence, and the exit code that others test against.

use std::fmt;

use instep_server::DataTrouble;
use instep_server::quic::{CertificateTrouble, ListenTrouble};
use serde::{Deserialize, Serialize};

/// What went wrong. It travels from the running server to whoever asked it something.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Problem {
    /// The thing asked about is wrong: exit 1.
    Wrong(String),
    /// The call is wrong: exit 2.
    Call(String),
    /// The machine failed us: exit 3.
    Machine(String),
    /// Whoever read what is shown has gone: nothing to say, and nobody to say it to.
    Unheard,
}

impl Problem {
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Unheard => 0,
            Self::Wrong(_) => 1,
            Self::Call(_) => 2,
            Self::Machine(_) => 3,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(text) | Self::Call(text) | Self::Machine(text) => f.write_str(text),
            Self::Unheard => Ok(()),
        }
    }
}

impl From<DataTrouble> for Problem {
    fn from(trouble: DataTrouble) -> Self {
        use DataTrouble as T;
        let text = format!("{trouble}.");
        match trouble {
            // These begin with a folder's name, which stays as it is.
            T::Newer { .. } | T::Nothing { .. } => Self::Wrong(text),
            T::Held { .. } | T::NotWritable { .. } => Self::Machine(text),
            T::Damaged { .. } | T::NoSuchTable { .. } => Self::Wrong(capital(&text)),
            T::DiskFull | T::DiskFails { .. } | T::Machine { .. } => Self::Machine(capital(&text)),
        }
    }
}

impl From<CertificateTrouble> for Problem {
    fn from(trouble: CertificateTrouble) -> Self {
        let text = capital(&format!("{trouble}."));
        match trouble {
            CertificateTrouble::Unreadable { .. } | CertificateTrouble::Unfit { .. } => Self::Wrong(text),
            CertificateTrouble::NotMade { .. } => Self::Machine(text),
            CertificateTrouble::Data(trouble) => trouble.into(),
        }
    }
}

impl From<ListenTrouble> for Problem {
    fn from(trouble: ListenTrouble) -> Self {
        match trouble {
            ListenTrouble::Certificate(trouble) => trouble.into(),
            trouble @ ListenTrouble::Port { .. } => Self::Machine(format!("{trouble}.")),
        }
    }
}

/// With its first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `1 table`, `2 tables`.
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
