//! QUIC alone: the same limits, and a server that knows groups of four and nothing else. What one of a group sends, it
//! writes to all four. No server can be quicker with the same library.

use std::collections::HashMap;
use std::io::BufRead;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use instep_server::{Certificate, DataFolder};
use quinn::crypto::rustls::QuicServerConfig;
use quinn::{Connection, Endpoint, RecvStream, SendStream, ServerConfig};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::drive::{Party, Script};
use crate::fault::Fault;
use crate::line::{Line, Net};
use crate::serve::say;

type Group = Arc<Mutex<Vec<SendStream>>>;

#[derive(Default)]
struct Groups(std::sync::Mutex<HashMap<u64, Group>>);

/// Serves until nobody holds the other end of standard input any more.
pub(crate) fn serve(data: &Path, listen: SocketAddr) -> Result<(), Fault> {
    let folder = DataFolder::hold(data)?;
    // It is made and written by the server's own code, and read again from where it lies.
    Certificate::own(&folder).map_err(Fault::machine)?;
    let read = |name: &str| std::fs::read(data.join(name)).map_err(Fault::machine);
    let cert = CertificateDer::from(read("server-cert.der")?);
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(read("server-key.der")?));
    let mut tls = rustls::ServerConfig::builder_with_provider(instep_net::provider())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![cert], key))
        .map_err(Fault::machine)?;
    tls.alpn_protocols = vec![instep_net::ALPN.to_vec()];
    let crypto = QuicServerConfig::try_from(tls).map_err(Fault::machine)?;
    let mut config = ServerConfig::with_crypto(Arc::new(crypto));
    config.transport_config(instep_net::transport());

    let runtime = crate::runtime("bare")?;
    let _inside = runtime.enter();
    let endpoint = Endpoint::server(config, listen).map_err(Fault::machine)?;
    say(&endpoint.local_addr().map_err(Fault::machine)?.to_string())?;
    runtime.spawn(accept(endpoint));
    std::io::stdin().lock().lines().map_while(Result::ok).for_each(drop);
    Ok(())
}

async fn accept(endpoint: Endpoint) {
    let groups = Arc::new(Groups::default());
    while let Some(incoming) = endpoint.accept().await {
        let groups = Arc::clone(&groups);
        tokio::spawn(async move {
            if let Ok(connection) = incoming.await {
                // However it ends: it has ended.
                let _ = one(connection, &groups).await;
            }
        });
    }
}

async fn one(connection: Connection, groups: &Groups) -> Option<()> {
    let (send, mut recv) = connection.accept_bi().await.ok()?;
    let mut number = [0; 8];
    recv.read_exact(&mut number).await.ok()?;
    let group = {
        let mut groups = groups.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(groups.entry(u64::from_le_bytes(number)).or_default())
    };
    group.lock().await.push(send);
    fan_out(&mut recv, &group).await
}

async fn fan_out(recv: &mut RecvStream, group: &Group) -> Option<()> {
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let chunk = recv.read_chunk(16 * 1024, true).await.ok()??;
        bytes.extend_from_slice(&chunk.bytes);
        while let Some(len) = bytes.first_chunk::<4>().map(|len| 4 + u32::from_le_bytes(*len) as usize) {
            if bytes.len() < len {
                break;
            }
            for send in group.lock().await.iter_mut() {
                // One that is gone is not the others' affair.
                let _ = send.write_all(&bytes[..len]).await;
            }
            bytes.drain(..len);
        }
    }
}

/// What four connections to such a server do: in turn, each sends a frame to all.
pub(crate) struct Echo {
    bytes: usize,
    turn: usize,
    number: u64,
}

impl Script for Echo {
    fn next(&mut self, frame: &mut Vec<u8>) -> Result<Option<usize>, Fault> {
        self.turn = (self.turn + 1) % 4;
        self.number += 1;
        frame.extend_from_slice(&(self.bytes as u32).to_le_bytes());
        frame.extend_from_slice(&self.number.to_le_bytes());
        frame.resize(4 + self.bytes, 0);
        Ok(Some(self.turn))
    }

    fn hear(&mut self, _: usize, message: &[u8]) -> Result<bool, Fault> {
        Ok(message.first_chunk::<8>() == Some(&self.number.to_le_bytes()))
    }
}

/// One that has said to which group it belongs.
async fn member(net: &Net, group: u64) -> Result<Line, Fault> {
    let mut line = net.dial().await?;
    line.write(&group.to_le_bytes()).await?;
    Ok(line)
}

/// A group of four that sends frames of so many bytes. It is ready: what one sends has come to all.
pub(crate) async fn group(net: &Net, number: u64, frame_bytes: usize) -> Result<Party<Echo>, Fault> {
    let mut lines = Vec::new();
    for _ in 0..4 {
        lines.push(member(net, number).await?);
    }
    ready(lines, frame_bytes).await
}

async fn ready(lines: Vec<Line>, frame_bytes: usize) -> Result<Party<Echo>, Fault> {
    let mut party = Party { lines, script: Echo { bytes: frame_bytes.saturating_sub(4).max(8), turn: 0, number: 0 } };
    // Who came last may not be in the group yet when another sends: so until all four have heard the same.
    let mut frame = Vec::new();
    for _ in 0..100 {
        let once = tokio::time::timeout(std::time::Duration::from_millis(100), party.act(&mut frame));
        match once.await {
            Ok(Ok(_)) => return Ok(party),
            Ok(Err(fault)) => return Err(fault),
            Err(_) => {}
        }
    }
    Err(Fault::wrong("four connections did not become a group"))
}

/// Four that call at the same moment, each again and again until it is heard. What one sends has come to all.
pub(crate) async fn group_at_once(net: &Net, number: u64, frame_bytes: usize) -> Result<Party<Echo>, Fault> {
    let mut calls = JoinSet::new();
    for _ in 0..4 {
        let net = net.clone();
        calls.spawn(async move { net.persist(|net| async move { member(&net, number).await }).await });
    }
    let mut lines = Vec::with_capacity(4);
    while let Some(line) = calls.join_next().await {
        lines.push(line.map_err(Fault::wrong)??);
    }
    ready(lines, frame_bytes).await
}

/// So many connections that say nothing more.
pub(crate) async fn idle(net: &Net, count: usize) -> Result<Vec<Line>, Fault> {
    let mut lines = Vec::with_capacity(count);
    let mut tasks = JoinSet::new();
    for n in 0..count {
        if tasks.len() >= crate::AT_ONCE
            && let Some(done) = tasks.join_next().await
        {
            lines.push(done.map_err(Fault::wrong)??);
        }
        let net = net.clone();
        tasks.spawn(async move { member(&net, n as u64 / 4).await });
    }
    while let Some(done) = tasks.join_next().await {
        lines.push(done.map_err(Fault::wrong)??);
    }
    Ok(lines)
}
