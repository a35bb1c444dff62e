//! QUIC: what both ends of a connection have in common, certificates, and the server's end.

mod cert;
mod link;
mod listen;
mod packs;

use std::sync::Arc;
use std::time::Duration;

use quinn::{IdleTimeout, TransportConfig, VarInt};

pub use cert::{Certificate, CertificateTrouble, fingerprint};
pub use listen::{ListenTrouble, Listener};

/// The protocol's name in the handshake.
pub const ALPN: &[u8] = b"instep/1";

/// How long a connection may be silent before it counts as lost.
pub const IDLE: Duration = Duration::from_secs(30);

/// How often something is sent so that it is not.
pub const KEEP_ALIVE: Duration = Duration::from_secs(12);

/// What a connection may use: quinn's own limits allow hundreds of megabytes (architecture.md, limits).
#[must_use]
pub fn transport() -> Arc<TransportConfig> {
    const WINDOW: u32 = 256 * 1024;
    let mut transport = TransportConfig::default();
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(4))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .stream_receive_window(VarInt::from_u32(64 * 1024))
        .receive_window(VarInt::from_u32(WINDOW))
        .send_window(u64::from(WINDOW))
        .datagram_receive_buffer_size(None)
        .max_idle_timeout(Some(IdleTimeout::from(VarInt::from_u32(IDLE.as_millis() as u32))))
        .keep_alive_interval(Some(KEEP_ALIVE))
        .enable_segmentation_offload(false);
    Arc::new(transport)
}
