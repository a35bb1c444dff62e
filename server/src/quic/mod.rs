//! QUIC: certificates, and the server's end of connections. What both ends have in common is `instep-net`'s.

mod cert;
mod link;
mod listen;
mod packs;
mod socket;

pub use cert::{Certificate, CertificateTrouble, fingerprint};
pub use listen::{ListenTrouble, Listener};

pub use instep_net::{ALPN, transport};
