//! What ends a command early: one clear sentence, and the exit code that others test against.

use std::fmt;

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The thing asked about is wrong: exit 1.
    Wrong(String),
    /// The call is wrong: exit 2.
    Call(String),
    /// The machine failed us: exit 3.
    Machine(String),
}

impl Problem {
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Wrong(_) => 1,
            Self::Call(_) => 2,
            Self::Machine(_) => 3,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Wrong(text) | Self::Call(text) | Self::Machine(text)) = self;
        let mut letters = text.chars();
        // Sentences begin with a capital, whoever made them.
        match letters.next() {
            Some(first) => write!(f, "{}{}", first.to_uppercase(), letters.as_str()),
            None => Ok(()),
        }
    }
}

impl From<instep_server::DataTrouble> for Problem {
    fn from(trouble: instep_server::DataTrouble) -> Self {
        use instep_server::DataTrouble as T;
        let text = format!("{trouble}.");
        match trouble {
            T::Damaged { .. } | T::Newer { .. } | T::Nothing { .. } | T::NoSuchTable { .. } => Self::Wrong(text),
            T::Held { .. } | T::NotWritable { .. } | T::DiskFull | T::DiskFails { .. } | T::Machine { .. } => {
                Self::Machine(text)
            }
        }
    }
}

impl From<instep_content::Report> for Problem {
    fn from(report: instep_content::Report) -> Self {
        let text = report.to_string().trim_end().to_owned();
        match report.exit_code() {
            3 => Self::Machine(text),
            2 => Self::Call(text),
            _ => Self::Wrong(report.drawn(false).trim_end().to_owned()),
        }
    }
}
