//! Many who stall or only half come in, beside a table where people play.

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use instep_net::{Trust, client_config};
use instep_protocol::{Ask, Enter, FromClient, Role, TableKey, VERSION, encode};
use quinn::{ClientConfig, Connection, Endpoint, TransportConfig, VarInt};
use tempfile::tempdir;
use tokio::task::JoinSet;

use crate::support::{PATIENCE, Person, Server, create, done, invited, runtime};

const STALLED: usize = 1_000;

/// As many as one table lets in beside those who play.
const AT_ONE_TABLE: usize = 110;

fn config(server: &Server, transport: TransportConfig) -> ClientConfig {
    let mut config = client_config(Trust::Fingerprint(server.fingerprint)).unwrap();
    config.transport_config(Arc::new(transport));
    config
}

/// Takes little and reads nothing.
fn stalled() -> TransportConfig {
    let mut transport = TransportConfig::default();
    transport
        .stream_receive_window(VarInt::from_u32(256))
        .receive_window(VarInt::from_u32(256))
        .keep_alive_interval(Some(Duration::from_secs(5)));
    transport
}

async fn comes_and_stalls(endpoint: Endpoint, config: ClientConfig, to: SocketAddr, key: TableKey) -> Connection {
    let connection = endpoint.connect_with(config, to, "127.0.0.1").unwrap().await.expect("let in");
    let (mut send, recv) = connection.open_bi().await.unwrap();
    let way = invited(key, "Stalled", Role::Observer);
    let enter = FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way });
    send.write_all(&encode(&enter).unwrap()).await.unwrap();
    // Both ends stay open, and nobody reads.
    std::mem::forget((send, recv));
    connection
}

#[test]
fn a_thousand_who_stall_hold_up_nobody_and_are_let_go() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let mut host = Person::comes(&runtime, server.place().call(create(2)));
    host.until("the door", |p| p.mirror().door().is_some());
    let live = host.mirror().door().unwrap().key;
    let mut guest = Person::comes(&runtime, server.place().call(invited(live, "Guest", Role::Player)));
    let mut keys = vec![live];
    let mut others = Vec::new();
    while keys.len() * AT_ONE_TABLE < STALLED {
        let mut other = Person::comes(&runtime, server.place().call(create(1)));
        other.until("the door", |p| p.mirror().door().is_some());
        keys.push(other.mirror().door().unwrap().key);
        others.push(other);
    }
    let config = config(&server, stalled());
    let to = server.listener.address();
    let connections = runtime.block_on(async {
        let endpoint = Endpoint::client("127.0.0.1:0".parse().unwrap()).unwrap();
        let mut coming = JoinSet::new();
        let mut all = Vec::new();
        for n in 0..STALLED {
            let (endpoint, config) = (endpoint.clone(), config.clone());
            coming.spawn(comes_and_stalls(endpoint, config, to, keys[n / AT_ONE_TABLE]));
            if coming.len() >= 50 {
                all.extend(coming.join_next().await.map(|c| c.unwrap()));
            }
        }
        while let Some(connection) = coming.join_next().await {
            all.push(connection.unwrap());
        }
        (endpoint, all)
    });
    assert_eq!(connections.1.len(), STALLED);

    // More than an outbox holds, at the live table: the stalled are sent everything anew, and then let go.
    for n in 0..300 {
        assert!(done(host.asks(Ask::Hand(n % 2 == 0))), "hand {n}");
    }
    guest.until("the last of it", |p| p.mirror().people().people.iter().all(|q| !q.hand));
    // And those of other tables are let go when they take nothing for a while.
    let until = Instant::now() + PATIENCE;
    while server.listener.connections() > 200 {
        assert!(Instant::now() < until, "{} are still there", server.listener.connections());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(done(guest.asks(Ask::Hand(true))));
}

#[test]
fn half_open_connections_keep_nobody_out() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let mut host = Person::comes(&runtime, server.place().call(create(2)));
    host.until("the door", |p| p.mirror().door().is_some());
    let key = host.mirror().door().unwrap().key;

    // First packets of connections, as anybody can make them; they are sent on from other ports, where nobody answers.
    let sink = UdpSocket::bind("127.0.0.1:0").unwrap();
    sink.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let to = sink.local_addr().unwrap();
    let config = config(&server, TransportConfig::default());
    let _guard = runtime.enter();
    let endpoint = Endpoint::client("127.0.0.1:0".parse().unwrap()).unwrap();
    let mut buffer = [0; 2_048];
    let mut sent = 0;
    for _ in 0..60 {
        let connecting: Vec<_> =
            (0..10).map(|_| endpoint.connect_with(config.clone(), to, "127.0.0.1").unwrap()).collect();
        for _ in 0..10 {
            let Ok(n) = sink.recv(&mut buffer) else { break };
            let elsewhere = UdpSocket::bind("127.0.0.1:0").unwrap();
            elsewhere.send_to(&buffer[..n], server.listener.address()).unwrap();
            sent += 1;
        }
        drop(connecting);
    }
    // And what is no QUIC at all.
    for n in 0..2_000_u32 {
        let noise: Vec<u8> = (0..1_200_u32).map(|k| (k.wrapping_mul(2_654_435_761) ^ n) as u8).collect();
        UdpSocket::bind("127.0.0.1:0").unwrap().send_to(&noise, server.listener.address()).unwrap();
    }
    assert!(sent >= 300, "{sent} half-open connections");
    assert!(done(host.asks(Ask::Hand(true))));
    let guest = Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Player)));
    assert!(guest.is_in());
}
