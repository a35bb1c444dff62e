//! A socket that is emptied in one go.
//!
//! quinn reads for some 50 µs at a time, and then everything else has its turn. When thousands come back in one moment,
//! every one of them with a handshake, the system's own room for a socket overflows meanwhile, and whoever was dropped
//! tries again only after a second, then two, then four. So whatever waits in the system is taken at each reading, and
//! what quinn has no time for yet waits here: whoever is here already, or half through the door, before whoever calls.
//! In quiet times a reading goes straight through.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSliceMut};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncUdpSocket, UdpPoller};

/// Bytes that wait here at most; what comes then waits in the system, or is dropped by it. Those who call have half.
const WAITING_MAX: usize = 32 * 1024 * 1024;

/// What a datagram costs beside its bytes.
const A_DATAGRAM: usize = 128;

/// Bytes of the names that we give to connections ("connection ids" in RFC 9000), as quinn does.
const OUR_NAME_LEN: usize = 8;

#[derive(Debug)]
pub(super) struct Socket {
    inner: Arc<dyn AsyncUdpSocket>,
    waiting: Mutex<Waiting>,
}

type Datagrams = VecDeque<(RecvMeta, Box<[u8]>)>;

#[derive(Debug, Default)]
struct Waiting {
    /// Of connections that there are.
    known: Datagrams,
    /// Of those who call.
    new: Datagrams,
    bytes: usize,
    /// Of `bytes`, what is of those who call.
    new_bytes: usize,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.new.is_empty()
    }

    fn put(&mut self, meta: RecvMeta, from: &[u8]) {
        let bytes = from.len() + A_DATAGRAM;
        let calls = calls(from);
        if calls {
            if self.new_bytes + bytes > WAITING_MAX / 2 {
                // They call again. Where a flood filled all the room, nobody who is here would be heard.
                return;
            }
            self.new_bytes += bytes;
        }
        self.bytes += bytes;
        let queue = if calls { &mut self.new } else { &mut self.known };
        queue.push_back((meta, from.into()));
    }

    /// Fills as many buffers as there is something for; how many. One of those who call has its turn at each reading,
    /// however much the others say.
    fn take(&mut self, bufs: &mut [IoSliceMut<'_>], metas: &mut [RecvMeta]) -> usize {
        let mut taken = 0;
        for (buf, meta) in bufs.iter_mut().zip(metas) {
            let known = if taken > 0 { self.known.pop_front() } else { None };
            let next = known.or_else(|| self.pop_new()).or_else(|| self.known.pop_front());
            let Some((of, datagram)) = next else { break };
            self.bytes -= datagram.len() + A_DATAGRAM;
            // All buffers are of one size, and it came from one of them.
            buf[..datagram.len()].copy_from_slice(&datagram);
            *meta = of;
            taken += 1;
        }
        if self.is_empty() {
            // What a crowd needed once is given back.
            (self.known, self.new) = Default::default();
        }
        taken
    }

    fn pop_new(&mut self) -> Option<(RecvMeta, Box<[u8]>)> {
        let next = self.new.pop_front()?;
        self.new_bytes -= next.1.len() + A_DATAGRAM;
        Some(next)
    }
}

/// Whether a datagram begins a connection: an Initial packet (RFC 9000, 17.2) for a name that is none of ours. A client
/// chooses the first name itself; quinn's clients take the longest there is. One that chooses a name as long as ours
/// only gains a better place in the queue.
fn calls(datagram: &[u8]) -> bool {
    const LONG_HEADER_AND_TYPE: u8 = 0b1011_0000;
    const INITIAL: u8 = 0b1000_0000;
    const NAME_LEN_AT: usize = 5;
    datagram.first().is_some_and(|first| first & LONG_HEADER_AND_TYPE == INITIAL)
        && datagram.get(NAME_LEN_AT).is_some_and(|len| usize::from(*len) != OUR_NAME_LEN)
}

impl Socket {
    pub(super) fn new(inner: Arc<dyn AsyncUdpSocket>) -> Self {
        Self { inner, waiting: Mutex::default() }
    }
}

impl AsyncUdpSocket for Socket {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        Arc::clone(&self.inner).create_io_poller()
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        self.inner.try_send(transmit)
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        metas: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        // Nothing that holds it can leave it half done.
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.bytes < WAITING_MAX {
            match self.inner.poll_recv(cx, bufs, metas) {
                Poll::Ready(Ok(some)) if some < bufs.len() && waiting.is_empty() => {
                    return Poll::Ready(Ok(some));
                }
                Poll::Ready(Ok(some)) => {
                    bufs.iter().zip(&*metas).take(some).for_each(|(buf, meta)| waiting.put(*meta, &buf[..meta.len]));
                    if some < bufs.len() {
                        break;
                    }
                }
                // Somebody whom something was sent to is not there: it says nothing about others.
                Poll::Ready(Err(e)) if e.kind() == ErrorKind::ConnectionReset => {}
                other if waiting.is_empty() => return other,
                // An error comes again when what was taken before it has been read.
                _ => break,
            }
        }
        Poll::Ready(Ok(waiting.take(bufs, metas)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    fn max_transmit_segments(&self) -> usize {
        self.inner.max_transmit_segments()
    }

    fn max_receive_segments(&self) -> usize {
        self.inner.max_receive_segments()
    }

    fn may_fragment(&self) -> bool {
        self.inner.may_fragment()
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::net::{Ipv4Addr, UdpSocket};

    use quinn::{Runtime, TokioRuntime};

    use super::*;
    use crate::DataFolder;
    use crate::quic::Certificate;

    /// Reads once, as quinn does; what came, by its number.
    async fn read(socket: &Socket) -> Vec<u32> {
        let mut room = [[0_u8; 2_048]; 8];
        let mut metas = [RecvMeta::default(); 8];
        let some = poll_fn(|cx| {
            let mut bufs: Vec<_> = room.iter_mut().map(|buf| IoSliceMut::new(buf)).collect();
            socket.poll_recv(cx, &mut bufs, &mut metas)
        });
        let some = some.await.unwrap();
        let number = |buf: &[u8; 2_048]| u32::from_le_bytes(buf[8..12].try_into().unwrap());
        room.iter()
            .zip(&metas)
            .take(some)
            .inspect(|(_, meta)| assert_eq!(meta.len, 1_200))
            .map(|(buf, _)| number(buf))
            .collect()
    }

    /// A client's end that also shows what is sent through it.
    #[derive(Debug)]
    struct Shown {
        inner: Arc<dyn AsyncUdpSocket>,
        sent: Mutex<Vec<Vec<u8>>>,
    }

    impl AsyncUdpSocket for Shown {
        fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
            Arc::clone(&self.inner).create_io_poller()
        }

        fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
            self.sent.lock().unwrap().push(transmit.contents.to_vec());
            self.inner.try_send(transmit)
        }

        fn poll_recv(
            &self,
            cx: &mut Context<'_>,
            bufs: &mut [IoSliceMut<'_>],
            metas: &mut [RecvMeta],
        ) -> Poll<io::Result<usize>> {
            self.inner.poll_recv(cx, bufs, metas)
        }

        fn local_addr(&self) -> io::Result<SocketAddr> {
            self.inner.local_addr()
        }
    }

    #[test]
    fn those_who_call_never_take_the_room_of_those_who_are_here() {
        let mut waiting = Waiting::default();
        let (call, said) = ([0xC0; 1_200], [0x40; 1_200]);
        for _ in 0..100_000 {
            waiting.put(RecvMeta::default(), &call);
        }
        assert!(waiting.bytes <= WAITING_MAX / 2);
        waiting.put(RecvMeta::default(), &said);
        assert_eq!(waiting.known.len(), 1);
        for _ in 0..1_000_000 {
            waiting.put(RecvMeta::default(), &[]);
        }
        assert!(waiting.bytes > WAITING_MAX, "what has no bytes costs some all the same");
        let (mut room, mut metas) = ([0; 2_048], [RecvMeta::default()]);
        while waiting.take(&mut [IoSliceMut::new(&mut room)], &mut metas) > 0 {}
        assert_eq!((waiting.bytes, waiting.new_bytes), (0, 0));
        assert!(waiting.known.capacity() < 1_000 && waiting.new.capacity() < 1_000);
    }

    #[tokio::test]
    async fn only_the_first_word_of_a_client_counts_as_a_call() {
        let dir = tempfile::tempdir().unwrap();
        let certificate = Certificate::own(&DataFolder::hold(dir.path()).unwrap()).unwrap();
        let trust = instep_net::Trust::Fingerprint(certificate.fingerprint.unwrap());
        let mut tls = rustls::ServerConfig::builder_with_provider(instep_net::provider())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(certificate.chain, certificate.key)
            .unwrap();
        tls.alpn_protocols = vec![instep_net::ALPN.to_vec()];
        let crypto = quinn::crypto::rustls::QuicServerConfig::try_from(tls).unwrap();
        let config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
        let server = quinn::Endpoint::server(config, (Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let to = server.local_addr().unwrap();
        let serving = tokio::spawn(async move {
            let connection = server.accept().await.unwrap().await.unwrap();
            let mut said = connection.accept_uni().await.unwrap();
            said.read_to_end(100).await.unwrap()
        });

        let system = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let inner = TokioRuntime.wrap_udp_socket(system).unwrap();
        let shown = Arc::new(Shown { inner, sent: Mutex::default() });
        let (about, runtime) = (quinn::EndpointConfig::default(), Arc::new(TokioRuntime));
        let client = quinn::Endpoint::new_with_abstract_socket(about, None, Arc::clone(&shown) as _, runtime).unwrap();
        let config = instep_net::client_config(trust).unwrap();
        let connection = client.connect_with(config, to, "instep").unwrap().await.unwrap();
        let mut says = connection.open_uni().await.unwrap();
        says.write_all(b"here").await.unwrap();
        says.finish().unwrap();
        assert_eq!(serving.await.unwrap(), b"here");

        let sent = shown.sent.lock().unwrap();
        let calling: Vec<bool> = sent.iter().map(|datagram| calls(datagram)).collect();
        assert!(sent.len() >= 3 && calling[0], "{calling:?}");
        assert!(calling[1..].iter().all(|calls| !calls), "all that follows is of a connection: {calling:?}");
    }

    #[tokio::test]
    async fn nothing_is_dropped_while_the_reader_is_slower_than_those_who_send() {
        let system = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        system.set_nonblocking(true).unwrap();
        // Room for a few dozen; a thousand are to come.
        socket2::SockRef::from(&system).set_recv_buffer_size(64 * 1024).unwrap();
        let socket = Socket::new(TokioRuntime.wrap_udp_socket(system).unwrap());
        let (to, sender) = (socket.local_addr().unwrap(), UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
        let (mut sent, mut came) = (0_u32, Vec::new());
        while sent < 1_000 {
            for _ in 0..20 {
                // Every fourth calls.
                let mut datagram = [if sent.is_multiple_of(4) { 0xC0 } else { 0x40 }; 1_200];
                datagram[8..12].copy_from_slice(&sent.to_le_bytes());
                sender.send_to(&datagram, to).unwrap();
                sent += 1;
            }
            // As everywhere, the system is asked what is ready while others have their turn.
            tokio::task::yield_now().await;
            came.extend(read(&socket).await);
        }
        assert!(came.len() < 500, "the reader was to be slower: {}", came.len());
        while came.len() < 1_000 {
            // As everywhere, the system is asked what is ready while others have their turn.
            tokio::task::yield_now().await;
            came.extend(read(&socket).await);
        }
        let (calls, known): (Vec<u32>, Vec<u32>) = came.iter().partition(|n| n.is_multiple_of(4));
        assert!(calls.is_sorted() && known.is_sorted(), "each kind in the order in which it came");
        assert_eq!((calls.len(), known.len()), (250, 750), "and nothing is missing");
        let last = |of: &[u32]| came.iter().rposition(|n| of.contains(n));
        assert!(last(&known) < last(&calls), "whoever is here comes before those who call");
    }
}
