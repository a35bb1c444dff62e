//! Making one connection.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use instep_protocol::{Address, FrameFault, Frames, FromClient, FromTable, encode};
use quinn::crypto::rustls::QuicClientConfig;
use quinn::{ClientConfig, Connection, ConnectionError, Endpoint, RecvStream, SendStream, VarInt};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::trust::tls;
use crate::{NetTrouble, Trust, transport};

/// How long an answer may take.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// How long one address has for itself before the next one is tried beside it.
const BETWEEN_ADDRESSES: Duration = Duration::from_millis(200);

/// A connection with its control stream.
#[derive(Debug)]
pub struct Wire {
    /// The connection; other streams are opened on it.
    pub connection: Connection,
    pub(crate) send: SendStream,
    recv: RecvStream,
    frames: Frames,
    // Dropped last: an endpoint that goes takes its connections along.
    _endpoint: Endpoint,
}

/// What a client connects with, for whoever has an endpoint of their own.
///
/// # Errors
/// [`NetTrouble::NoSocket`], where this computer has no cryptography to offer.
pub fn client_config(trust: Trust) -> Result<ClientConfig, NetTrouble> {
    let tls = tls(trust).map_err(|e| NetTrouble::NoSocket { why: e.to_string() })?;
    let crypto = QuicClientConfig::try_from(tls).map_err(|e| NetTrouble::NoSocket { why: e.to_string() })?;
    let mut config = ClientConfig::new(Arc::new(crypto));
    config.transport_config(transport());
    Ok(config)
}

/// Connects to the first of these addresses that answers.
///
/// # Errors
/// [`NetTrouble`], of the address that came furthest.
pub async fn dial(addresses: &[Address], trust: Trust) -> Result<Wire, NetTrouble> {
    let config = client_config(trust)?;
    let host = addresses.first().map(ToString::to_string).unwrap_or_default();
    let mut tries = JoinSet::new();
    for (n, address) in addresses.iter().enumerate() {
        let (address, config) = (address.clone(), config.clone());
        tries.spawn(async move {
            sleep(BETWEEN_ADDRESSES * n as u32).await;
            one(&address, config).await
        });
    }
    let first = async {
        let mut worst: Option<NetTrouble> = None;
        while let Some(done) = tries.join_next().await {
            match done {
                Ok(Ok(wire)) => return Ok(wire),
                // Somebody who answered wrongly says more than one who did not.
                Ok(Err(trouble)) if worst.as_ref().is_none_or(NetTrouble::passes) => worst = Some(trouble),
                _ => {}
            }
        }
        Err(worst.unwrap_or_else(|| NetTrouble::NoSuchHost { host: host.clone() }))
    };
    let no_answer = || NetTrouble::NoAnswer { host: host.clone(), seconds: ANSWERS_WITHIN.as_secs() };
    timeout(ANSWERS_WITHIN, first).await.unwrap_or_else(|_| Err(no_answer()))
}

async fn one(address: &Address, config: ClientConfig) -> Result<Wire, NetTrouble> {
    let host = || address.to_string();
    let found: Vec<SocketAddr> = tokio::net::lookup_host((address.host.as_str(), address.port))
        .await
        .map_err(|_| NetTrouble::NoSuchHost { host: host() })?
        .collect();
    let mut last = NetTrouble::NoSuchHost { host: host() };
    for remote in found {
        let local: SocketAddr =
            if remote.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
        let endpoint = match Endpoint::client(local) {
            Ok(endpoint) => endpoint,
            Err(e) => {
                last = NetTrouble::NoSocket { why: e.to_string() };
                continue;
            }
        };
        let connecting = endpoint.connect_with(config.clone(), remote, &address.host);
        let connecting = connecting.map_err(|e| NetTrouble::NoSocket { why: e.to_string() })?;
        match connecting.await {
            Ok(connection) => {
                let (send, recv) = connection.open_bi().await.map_err(|e| lost(&e))?;
                return Ok(Wire { connection, send, recv, frames: Frames::default(), _endpoint: endpoint });
            }
            Err(error) => last = not_connected(&error, host()),
        }
        if !last.passes() {
            break;
        }
    }
    Err(last)
}

/// TLS's alerts (RFC 8446, 6.2), as QUIC carries them.
const CRYPTO: u64 = 0x100;
const NO_APPLICATION_PROTOCOL: u64 = CRYPTO + 120;

fn not_connected(error: &ConnectionError, host: String) -> NetTrouble {
    let alert = match error {
        ConnectionError::TransportError(e) => Some((u64::from(e.code), e.reason.clone())),
        ConnectionError::ConnectionClosed(e) => {
            Some((u64::from(e.error_code), String::from_utf8_lossy(&e.reason).into_owned()))
        }
        _ => None,
    };
    match (error, alert) {
        (ConnectionError::TimedOut, _) => NetTrouble::NoAnswer { host, seconds: ANSWERS_WITHIN.as_secs() },
        (ConnectionError::VersionMismatch, _) => NetTrouble::OtherLanguage { host },
        (_, Some((NO_APPLICATION_PROTOCOL, _))) => NetTrouble::OtherLanguage { host },
        // Our own verifier has said no.
        (_, Some((_, why))) if why.contains("ApplicationVerificationFailure") => NetTrouble::SomebodyElse { host },
        (_, Some((_, why))) if why.contains("certificate") => NetTrouble::NotTrusted { host, why },
        _ => NetTrouble::Lost { why: error.to_string() },
    }
}

pub(crate) fn lost(error: &ConnectionError) -> NetTrouble {
    let why = match error {
        ConnectionError::TimedOut => "nothing was heard for a while".to_owned(),
        ConnectionError::Reset => "the server does not know it any more".to_owned(),
        ConnectionError::ApplicationClosed(_) | ConnectionError::ConnectionClosed(_) => {
            "the server ended it".to_owned()
        }
        other => other.to_string(),
    };
    NetTrouble::Lost { why }
}

impl Wire {
    /// Says something.
    ///
    /// # Errors
    /// [`NetTrouble::Lost`].
    pub async fn say(&mut self, message: &FromClient) -> Result<(), NetTrouble> {
        let frame = encode(message).map_err(|e| NetTrouble::Lost { why: e.to_string() })?;
        self.say_bytes(&frame).await
    }

    /// Sends bytes as they are: frames that were made before, or, in tests, what is none.
    ///
    /// # Errors
    /// [`NetTrouble::Lost`].
    pub async fn say_bytes(&mut self, bytes: &[u8]) -> Result<(), NetTrouble> {
        self.send.write_all(bytes).await.map_err(|e| NetTrouble::Lost { why: e.to_string() })
    }

    /// The next message. Messages of a kind that is not known here are left out.
    ///
    /// Cancelling it loses nothing.
    ///
    /// # Errors
    /// [`NetTrouble::Lost`].
    pub async fn hear(&mut self) -> Result<FromTable, NetTrouble> {
        loop {
            match self.frames.take::<FromTable>() {
                Ok(Some(message)) => return Ok(message),
                Ok(None) => {}
                Err(FrameFault::Unreadable) => continue,
                Err(fault @ FrameFault::TooLong { .. }) => return Err(NetTrouble::Lost { why: fault.to_string() }),
            }
            match self.recv.read_chunk(16 * 1024, true).await {
                Ok(Some(chunk)) => self.frames.push(&chunk.bytes),
                Ok(None) => return Err(NetTrouble::Lost { why: "the server ended it".into() }),
                Err(quinn::ReadError::ConnectionLost(e)) => return Err(lost(&e)),
                Err(e) => return Err(NetTrouble::Lost { why: e.to_string() }),
            }
        }
    }

    /// Ends the connection.
    pub fn close(&self) {
        self.connection.close(VarInt::from_u32(0), b"");
    }
}
