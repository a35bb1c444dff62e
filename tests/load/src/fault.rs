//! What ends a run early: one clear sentence, and the exit code.

use std::fmt::Display;

/// What went wrong.
#[derive(thiserror::Error, Clone, Debug)]
pub(crate) enum Fault {
    /// The server did something that it must not: exit 1.
    #[error("{0}")]
    Wrong(String),
    /// A connection ended that was to stay: exit 1.
    #[error("a connection ended: {0}")]
    Lost(String),
    /// The call is wrong: exit 2.
    #[error("{0}")]
    Call(String),
    /// The machine failed us: exit 3.
    #[error("{0}")]
    Machine(String),
}

impl Fault {
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Wrong(_) | Self::Lost(_) => 1,
            Self::Call(_) => 2,
            Self::Machine(_) => 3,
        }
    }

    pub(crate) fn wrong(what: impl Display) -> Self {
        Self::Wrong(what.to_string())
    }

    pub(crate) fn lost(what: impl std::error::Error) -> Self {
        // What it came from says more than that it came.
        Self::Lost(what.source().map_or_else(|| what.to_string(), ToString::to_string))
    }

    pub(crate) fn machine(what: impl Display) -> Self {
        Self::Machine(what.to_string())
    }
}

impl From<instep_server::DataTrouble> for Fault {
    fn from(trouble: instep_server::DataTrouble) -> Self {
        Self::machine(trouble)
    }
}
