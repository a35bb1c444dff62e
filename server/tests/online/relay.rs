//! A bad network: a relay for UDP on loopback that delays, drops, doubles, reorders, rebinds and falls silent, by a seed.

use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use instep_rules::players::Dice;

/// What the network does to a packet, in chances of a hundred, and by how many milliseconds it delays.
#[derive(Clone, Copy)]
pub(crate) struct Weather {
    pub(crate) drops: u32,
    pub(crate) doubles: u32,
    pub(crate) delay_ms: u32,
    pub(crate) jitter_ms: u32,
}

/// The relay; people call its port in place of the server's.
pub(crate) struct Relay {
    pub(crate) port: u16,
    silent: Arc<AtomicBool>,
    rebind: Arc<AtomicBool>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

struct Late {
    due: Instant,
    to_server: bool,
    client: SocketAddr,
    bytes: Vec<u8>,
}

impl Relay {
    pub(crate) fn start(server: u16, weather: Weather, seed: u64) -> Self {
        let front = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        front.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        let port = front.local_addr().unwrap().port();
        let (silent, rebind, ends) =
            (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let flags = (Arc::clone(&silent), Arc::clone(&rebind), Arc::clone(&ends));
        let thread = std::thread::spawn(move || run(&front, server, weather, seed, &flags));
        Self { port, silent, rebind, ends, thread: Some(thread) }
    }

    /// Nothing gets through, or everything again.
    pub(crate) fn silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::Relaxed);
    }

    /// Everyone has another address from now on, as after a change of Wi-Fi.
    pub(crate) fn rebind(&self) {
        self.rebind.store(true, Ordering::Relaxed);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Flags = (Arc<AtomicBool>, Arc<AtomicBool>, Arc<AtomicBool>);

fn run(front: &UdpSocket, server: u16, weather: Weather, seed: u64, (silent, rebind, ends): &Flags) {
    let mut dice = Dice::new(seed);
    let mut backs: HashMap<SocketAddr, UdpSocket> = HashMap::new();
    let late: Mutex<Vec<Late>> = Mutex::new(Vec::new());
    let mut buffer = [0; 2048];
    let post = |dice: &mut Dice, to_server: bool, client: SocketAddr, bytes: &[u8]| {
        if silent.load(Ordering::Relaxed) || dice.below(100) < weather.drops {
            return;
        }
        let copies = if dice.below(100) < weather.doubles { 2 } else { 1 };
        for _ in 0..copies {
            let delay = weather.delay_ms + dice.below(weather.jitter_ms.max(1));
            let due = Instant::now() + Duration::from_millis(u64::from(delay));
            late.lock().unwrap().push(Late { due, to_server, client, bytes: bytes.to_vec() });
        }
    };
    while !ends.load(Ordering::Relaxed) {
        if rebind.swap(false, Ordering::Relaxed) {
            backs.clear();
        }
        while let Ok((n, client)) = front.recv_from(&mut buffer) {
            post(&mut dice, true, client, &buffer[..n]);
            if late.lock().unwrap().len() > 64 {
                break;
            }
        }
        for (client, back) in &backs {
            while let Ok(n) = back.recv(&mut buffer) {
                post(&mut dice, false, *client, &buffer[..n]);
            }
        }
        let now = Instant::now();
        // Later ones with less delay overtake: that is how packets change their order.
        let mut waiting = late.lock().unwrap();
        let mut n = 0;
        while n < waiting.len() {
            if waiting[n].due > now {
                n += 1;
                continue;
            }
            let packet = waiting.remove(n);
            if packet.to_server {
                let back = backs.entry(packet.client).or_insert_with(|| {
                    let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
                    socket.connect(("127.0.0.1", server)).unwrap();
                    socket.set_nonblocking(true).unwrap();
                    socket
                });
                let _ = back.send(&packet.bytes);
            } else {
                let _ = front.send_to(&packet.bytes, packet.client);
            }
        }
    }
}
