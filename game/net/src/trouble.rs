//! What can be wrong with a network: what happened, what it means, what to do.

/// What is wrong.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum NetTrouble {
    /// Nobody answers.
    #[error(
        "{host} did not answer within {seconds} seconds: it may be off, the address may be another now, or this network may not let UDP through; ask whoever sent the invite, or try from another network, such as a phone's"
    )]
    NoAnswer {
        /// Who was asked.
        host: String,
        /// How long.
        seconds: u64,
    },
    /// The name leads nowhere.
    #[error(
        "there is no computer called {host} that can be found from here: look at the address once more, and whether this computer is on the internet"
    )]
    NoSuchHost {
        /// The name.
        host: String,
    },
    /// Somebody else answered.
    #[error(
        "the computer at {host} is not the one that the invite was made for, so nothing was sent to it: ask for a new invite"
    )]
    SomebodyElse {
        /// The address.
        host: String,
    },
    /// The certificate is not to be trusted.
    #[error(
        "{host} could not show that it is what it says ({why}), so nothing was sent to it: use an invite instead of the bare address, or tell whoever looks after that server"
    )]
    NotTrusted {
        /// The address.
        host: String,
        /// Why.
        why: String,
    },
    /// The other side speaks something else.
    #[error(
        "{host} does not speak Instep's language: look at the address once more, or use the newer Instep at both ends"
    )]
    OtherLanguage {
        /// The address.
        host: String,
    },
    /// The connection is gone.
    #[error("the connection was lost ({why})")]
    Lost {
        /// Why.
        why: String,
    },
    /// This computer gives no socket.
    #[error("this computer gave no way into the network ({why}): look whether it is connected, then try again")]
    NoSocket {
        /// Why.
        why: String,
    },
}

impl NetTrouble {
    /// Whether it may be better a little later without anybody doing anything.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::NoAnswer { .. } | Self::NoSuchHost { .. } | Self::Lost { .. } | Self::NoSocket { .. })
    }
}
