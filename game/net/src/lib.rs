//! QUIC for Instep: what both ends of a connection share, and the client's end.
//!
//! [`dial`] makes one connection. [`Remote`] keeps one: it comes back by itself after whatever happened to it.

mod bring;
mod dial;
mod packs;
mod remote;
mod trouble;
mod trust;

use std::sync::Arc;
use std::time::Duration;

use quinn::{IdleTimeout, TransportConfig, VarInt};

pub use bring::bring;
pub use dial::{Wire, client_config, dial};
pub use packs::PACK_BYTES_MAX;
pub use remote::{Call, LinkState, Over, Remote, RemoteNews};
pub use trouble::NetTrouble;
pub use trust::{Trust, provider};

/// The protocol's name in the handshake.
pub const ALPN: &[u8] = b"instep/1";

/// How long a connection may be silent before it counts as lost.
pub const IDLE: Duration = Duration::from_secs(30);

/// How often something is sent so that it is not.
pub const KEEP_ALIVE: Duration = Duration::from_secs(12);

/// What a connection may use at either end: quinn's own limits allow hundreds of megabytes.
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
        // Frames are small. Looking for how large a packet may be costs each connection more than it ever gains.
        .mtu_discovery_config(None)
        .enable_segmentation_offload(false);
    Arc::new(transport)
}
