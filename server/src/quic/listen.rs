//! The server's socket: it takes connections, and asks for proof of an address when many come at once.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use quinn::crypto::rustls::QuicServerConfig;
use quinn::{Endpoint, EndpointConfig, Runtime, ServerConfig, TokioRuntime, VarInt};

use super::cert::CertificateTrouble;
use super::link::serve;
use super::socket::Socket;
use super::{ALPN, Certificate, transport};
use crate::service::Service;

/// Handshakes at once from which on an address has to be proved. Before that, made-up addresses cost some 30 KiB each, 120
/// MiB in all; and the people of a thousand tables, who come back at once, are spared a second round.
const RETRY_FROM: usize = 4_096;

/// Handshakes at once at most; who comes then is not answered, and tries again by itself.
const HANDSHAKES_MAX: usize = 8_192;

/// Bytes that the system may keep for the socket, each way.
const SOCKET_BYTES: usize = 16 * 1024 * 1024;

/// What is wrong with listening.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum ListenTrouble {
    /// The port is taken, or not ours to take.
    #[error(
        "UDP port {port} on {address} can't be used ({why}): close the program that has it, or choose another with --listen"
    )]
    Port {
        /// The address.
        address: String,
        /// The port.
        port: u16,
        /// What the system says.
        why: String,
    },
    /// The certificate can't be used.
    #[error(transparent)]
    Certificate(#[from] CertificateTrouble),
}

/// A socket on which people come in.
#[derive(Debug)]
pub struct Listener {
    endpoint: Endpoint,
    address: SocketAddr,
}

impl Listener {
    /// Listens for a service. `reset_key` is what the server tells lost connections by that it does not know them any
    /// more; the same after a restart, so that clients come back at once.
    ///
    /// # Errors
    /// [`ListenTrouble`].
    pub fn open(
        service: &Service,
        address: SocketAddr,
        certificate: Certificate,
        reset_key: &[u8; 32],
    ) -> Result<Self, ListenTrouble> {
        let unfit = |why: String| {
            let (cert, key) = ("--cert".to_owned(), "--key".to_owned());
            ListenTrouble::from(CertificateTrouble::Unfit { cert, key, why })
        };
        let Certificate { chain, key, .. } = certificate;
        let mut tls = rustls::ServerConfig::builder_with_provider(instep_net::provider())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|e| unfit(e.to_string()))?;
        tls.alpn_protocols = vec![ALPN.to_vec()];
        // What is sent with the first packet could be sent again by anybody.
        tls.max_early_data_size = 0;
        // Nobody here resumes a TLS session: whoever comes back has a token.
        tls.send_tls13_tickets = 0;
        let crypto = QuicServerConfig::try_from(tls).map_err(|e| unfit(e.to_string()))?;
        let mut config = ServerConfig::with_crypto(Arc::new(crypto));
        config
            .transport_config(transport())
            .max_incoming(2_048)
            .incoming_buffer_size(16 * 1024)
            .incoming_buffer_size_total(4 * 1024 * 1024);

        let port = |e: std::io::Error| ListenTrouble::Port {
            address: address.ip().to_string(),
            port: address.port(),
            why: e.to_string(),
        };
        let socket = bind(address).map_err(port)?;
        // Thousands may come back in the same moment: what finds no room here is sent again only after a second, and
        // then after two. As much as the system gives is better than what it gives by itself.
        let room = socket2::SockRef::from(&socket);
        let _ = room.set_recv_buffer_size(SOCKET_BYTES);
        let _ = room.set_send_buffer_size(SOCKET_BYTES);
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, reset_key);
        let _inside = service.runtime().enter();
        let socket = Arc::new(Socket::new(TokioRuntime.wrap_udp_socket(socket).map_err(port)?));
        let (about, runtime) = (EndpointConfig::new(Arc::new(key)), Arc::new(TokioRuntime));
        let endpoint = Endpoint::new_with_abstract_socket(about, Some(config), socket, runtime).map_err(port)?;
        let address = endpoint.local_addr().map_err(port)?;
        service.runtime().spawn(accept(endpoint.clone(), service.door()));
        Ok(Self { endpoint, address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections there are.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.endpoint.open_connections()
    }

    /// Takes nobody any more. Connections that there are go on.
    pub fn stop_taking(&self) {
        self.endpoint.set_server_config(None);
    }

    /// Ends all connections, and waits until the other ends know.
    pub async fn close(&self) {
        self.endpoint.close(VarInt::from_u32(0), b"");
        let _ = tokio::time::timeout(std::time::Duration::from_secs(1), self.endpoint.wait_idle()).await;
    }
}

/// A socket at this address. `[::]` is every address, also of IPv4; where there is no IPv6 it is those of IPv4.
fn bind(address: SocketAddr) -> std::io::Result<UdpSocket> {
    if !(address.is_ipv6() && address.ip().is_unspecified()) {
        return UdpSocket::bind(address);
    }
    let both = || {
        let socket = socket2::Socket::new(socket2::Domain::IPV6, socket2::Type::DGRAM, Some(socket2::Protocol::UDP))?;
        socket.set_only_v6(false)?;
        socket.bind(&address.into())?;
        Ok(UdpSocket::from(socket))
    };
    both().or_else(|e: std::io::Error| match e.kind() {
        ErrorKind::AddrInUse | ErrorKind::PermissionDenied => Err(e),
        _ => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, address.port())),
    })
}

async fn accept(endpoint: Endpoint, door: crate::service::Door) {
    let handshakes = Arc::new(AtomicUsize::new(0));
    while let Some(incoming) = endpoint.accept().await {
        let now = handshakes.load(Ordering::Relaxed);
        if now >= HANDSHAKES_MAX {
            incoming.ignore();
            continue;
        }
        if now >= RETRY_FROM && !incoming.remote_address_validated() {
            // It may be anybody's address: a retry sends less than it was asked with.
            let _ = incoming.retry();
            continue;
        }
        let Ok(connecting) = incoming.accept() else { continue };
        let (door, handshakes) = (door.clone(), Arc::clone(&handshakes));
        handshakes.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            let connected = connecting.await;
            handshakes.fetch_sub(1, Ordering::Relaxed);
            if let Ok(connection) = connected {
                // Addresses are told at this level alone.
                tracing::debug!(address = %connection.remote_address(), "somebody connected");
                serve(connection, door).await;
            }
        });
    }
}
