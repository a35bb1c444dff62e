//! What ends a command early: one clear sentence, and the exit code that others test against.

use std::fmt;

use instep_words::capital;

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The thing asked about is wrong: exit 1.
    Wrong(String),
    /// The call is wrong: exit 2.
    Call(String),
    /// The machine failed us: exit 3.
    Machine(String),
    /// Whoever read what is shown has gone (`instep play | head`): nothing to say, and nobody to say it to.
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

    /// The same with another sentence at its end.
    pub(crate) fn and(self, more: &str) -> Self {
        let join = |text: String| format!("{text}\n{more}");
        match self {
            Self::Wrong(text) => Self::Wrong(join(text)),
            Self::Call(text) => Self::Call(join(text)),
            Self::Machine(text) => Self::Machine(join(text)),
            Self::Unheard => Self::Unheard,
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

impl From<instep_server::DataTrouble> for Problem {
    fn from(trouble: instep_server::DataTrouble) -> Self {
        use instep_server::DataTrouble as T;
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

impl From<instep_content::Report> for Problem {
    fn from(report: instep_content::Report) -> Self {
        match report.exit_code() {
            3 => Self::Machine(report.to_string().trim_end().to_owned()),
            // No such pack: the thing that was asked for is not there, and has no line to show.
            2 => {
                let told = |fault: &instep_content::Fault| {
                    let help = fault.help.as_deref().unwrap_or_default();
                    format!("{} {help}", fault.message).trim_end().to_owned()
                };
                Self::Wrong(report.errors().map(told).collect::<Vec<_>>().join("\n"))
            }
            _ => Self::Wrong(report.drawn(false).trim_end().to_owned()),
        }
    }
}
