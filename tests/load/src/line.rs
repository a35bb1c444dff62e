//! Connections, as light as they can be: a few sockets carry all of them, and a frame is looked at where it lies.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use instep_net::Trust;
use instep_protocol::{FRAME_BYTES_MAX, FromClient, FromTable, decode, encode};
use quinn::{ClientConfig, Connection, Endpoint, EndpointConfig, RecvStream, SendStream, TokioRuntime, VarInt};
use rand::RngExt;

use crate::fault::Fault;

/// How long somebody tries to come in, through whatever is lost on the way.
const COMES_WITHIN: Duration = Duration::from_secs(60);

/// How long one call may take, and how long somebody waits before the next: as `instep_net::Remote` does.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);
const WAIT_MIN: Duration = Duration::from_millis(300);
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Room for what comes at once, as far as the system gives it: elsewhere each connection has a socket of its own.
const BUFFER: usize = 4 * 1024 * 1024;

/// Connections that share a socket: more, and what comes at once finds no room in its buffer.
const A_SOCKET: usize = 64;

const SOCKETS_MAX: usize = 128;

/// Sockets, and where they lead.
#[derive(Clone, Debug)]
pub(crate) struct Net(Arc<Sockets>);

#[derive(Debug)]
struct Sockets {
    endpoints: Vec<Endpoint>,
    next: AtomicUsize,
    again: AtomicUsize,
    config: ClientConfig,
    server: SocketAddr,
}

impl Net {
    /// Sockets for so many connections to one server.
    pub(crate) fn open(server: SocketAddr, fingerprint: [u8; 32], connections: usize) -> Result<Self, Fault> {
        let config = instep_net::client_config(Trust::Fingerprint(fingerprint)).map_err(Fault::machine)?;
        let count = connections.div_ceil(A_SOCKET).clamp(1, SOCKETS_MAX);
        let endpoints = (0..count).map(|_| endpoint()).collect::<Result<_, _>>().map_err(Fault::machine)?;
        Ok(Self(Arc::new(Sockets { endpoints, next: AtomicUsize::new(0), again: AtomicUsize::new(0), config, server })))
    }

    /// Their ports.
    pub(crate) fn ports(&self) -> Vec<u16> {
        self.0.endpoints.iter().filter_map(|e| e.local_addr().ok()).map(|a| a.port()).collect()
    }

    /// How often somebody had to call once more.
    pub(crate) fn called_again(&self) -> usize {
        self.0.again.load(Ordering::Relaxed)
    }

    /// Waits before somebody calls once more: longer each time.
    async fn pause(&self, wait: &mut Duration) {
        self.0.again.fetch_add(1, Ordering::Relaxed);
        let again = wait.mul_f64(rand::rng().random_range(0.5..1.0));
        tokio::time::sleep(again).await;
        *wait = (*wait * 2).min(WAIT_MAX);
    }

    /// Does what begins with a connection, and begins anew where that is lost meanwhile.
    pub(crate) async fn persist<T, F>(&self, mut comes: impl FnMut(Self) -> F) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        let (begun, mut wait) = (Instant::now(), WAIT_MIN);
        loop {
            match comes(self.clone()).await {
                Err(Fault::Lost(_)) if begun.elapsed() < COMES_WITHIN => self.pause(&mut wait).await,
                done => return done,
            }
        }
    }

    /// One more connection, with its stream.
    pub(crate) async fn dial(&self) -> Result<Line, Fault> {
        let Sockets { endpoints, next, config, server, .. } = &*self.0;
        let endpoint = &endpoints[next.fetch_add(1, Ordering::Relaxed) % endpoints.len()];
        let connects = async {
            let mut wait = WAIT_MIN;
            loop {
                let connecting = endpoint.connect_with(config.clone(), *server, "instep").map_err(Fault::machine)?;
                if let Ok(Ok(connection)) = tokio::time::timeout(ANSWERS_WITHIN, connecting).await {
                    return Ok::<_, Fault>(connection);
                }
                // When many come at once some are unheard.
                self.pause(&mut wait).await;
            }
        };
        let late = || Fault::wrong(format!("a connection was not made in {} s", COMES_WITHIN.as_secs()));
        let connection = tokio::time::timeout(COMES_WITHIN, connects).await.map_err(|_| late())??;
        let (send, recv) = connection.open_bi().await.map_err(Fault::lost)?;
        Ok(Line { connection, send, recv, bytes: Vec::new() })
    }
}

fn endpoint() -> std::io::Result<Endpoint> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    // Where the system gives less, it is less.
    let _ = socket2::SockRef::from(&socket).set_recv_buffer_size(BUFFER);
    Endpoint::new(EndpointConfig::default(), None, socket, Arc::new(TokioRuntime))
}

/// One connection with its one stream.
#[derive(Debug)]
pub(crate) struct Line {
    connection: Connection,
    send: SendStream,
    recv: RecvStream,
    /// What has come of a frame that is not whole yet.
    bytes: Vec<u8>,
}

impl Line {
    /// Sends bytes as they are.
    pub(crate) async fn write(&mut self, frame: &[u8]) -> Result<(), Fault> {
        self.send.write_all(frame).await.map_err(Fault::lost)
    }

    /// Sends a message.
    pub(crate) async fn say(&mut self, message: &FromClient) -> Result<(), Fault> {
        self.write(&encode(message).map_err(Fault::wrong)?).await
    }

    /// Hands on every message that has come, without its frame.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
        each: &mut impl FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Poll<Result<(), Fault>> {
        let mut some = false;
        loop {
            let mut buffer = [0; 2048];
            match self.recv.poll_read(context, &mut buffer) {
                Poll::Pending => return if some { Poll::Ready(Ok(())) } else { Poll::Pending },
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(Fault::Lost("the server ended its stream".into()))),
                Poll::Ready(Ok(n)) => {
                    some = true;
                    self.bytes.extend_from_slice(&buffer[..n]);
                    if let Err(fault) = self.cut(each) {
                        return Poll::Ready(Err(fault));
                    }
                }
                Poll::Ready(Err(e)) => return Poll::Ready(Err(Fault::lost(e))),
            }
        }
    }

    fn cut(&mut self, each: &mut impl FnMut(&[u8]) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut at = 0;
        while let Some(message) = next_message(&self.bytes[at..])? {
            at += 4 + message.len();
            each(message)?;
        }
        self.bytes.drain(..at);
        Ok(())
    }

    /// The next message, read whole.
    pub(crate) async fn hear(&mut self) -> Result<FromTable, Fault> {
        loop {
            if let Some(message) = next_message(&self.bytes)? {
                let whole = 4 + message.len();
                let message = decode(message).map_err(Fault::wrong)?;
                self.bytes.drain(..whole);
                return Ok(message);
            }
            let chunk = self.recv.read_chunk(16 * 1024, true).await;
            let chunk = chunk.map_err(Fault::lost)?;
            let chunk = chunk.ok_or_else(|| Fault::Lost("the server ended its stream".into()))?;
            self.bytes.extend_from_slice(&chunk.bytes);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.connection.close(VarInt::from_u32(0), b"");
    }
}

/// The first message in these bytes, if it is whole.
fn next_message(bytes: &[u8]) -> Result<Option<&[u8]>, Fault> {
    let Some((len, rest)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
    let len = u32::from_le_bytes(*len) as usize;
    if len > FRAME_BYTES_MAX {
        return Err(Fault::wrong(format!("a frame of {len} bytes came: that is more than any may have")));
    }
    Ok(rest.get(..len))
}
