//! Bad networks, wrong servers, and people who mean harm.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use instep_net::{LinkState, NetTrouble, Over, Trust, Wire, dial};
use instep_protocol::{
    Address, Answer, Ask, Denied, Enter, FRAME_BYTES_MAX, FromClient, FromTable, Refused, Role, VERSION, Way,
};
use instep_rules::players::Dice;
use tempfile::tempdir;

use crate::relay::{Relay, Weather};
use crate::support::{Person, Place, Server, create, done, invited, runtime};

fn here(port: u16) -> Vec<Address> {
    vec![Address { host: "127.0.0.1".into(), port }]
}

/// A host at its table, and the table's key.
fn host(runtime: &tokio::runtime::Runtime, place: Place, stones: usize) -> (Person, instep_protocol::TableKey) {
    let mut host = Person::comes(runtime, place.call(create(stones)));
    host.until("the door", |p| p.mirror().door().is_some());
    let key = host.mirror().door().unwrap().key;
    (host, key)
}

#[test]
fn whoever_does_not_answer_is_given_up_within_six_seconds_and_udp_is_named() {
    let runtime = runtime();
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let begun = Instant::now();
    let trouble = runtime
        .block_on(dial(&here(silent.local_addr().unwrap().port()), Trust::Fingerprint([0; 32])))
        .expect_err("nobody answers");
    assert!(begun.elapsed() < Duration::from_secs(6));
    assert!(matches!(trouble, NetTrouble::NoAnswer { .. }), "{trouble:?}");
    assert!(trouble.to_string().contains("UDP"), "{trouble}");
}

#[test]
fn another_server_than_the_invites_is_told_nothing() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let wrong = Place { fingerprint: [3; 32], ..server.place() };
    let mut person = Person::calls(&runtime, wrong.call(create(1)));
    person.until("an end", |p| p.over.is_some());
    assert!(matches!(person.over, Some(Over::Trouble(NetTrouble::SomebodyElse { .. }))), "{:?}", person.over);
    // Nor is an own certificate taken where an authority's is asked for.
    let trouble = runtime.block_on(dial(&here(server.port()), Trust::Authorities)).expect_err("no authority");
    assert!(matches!(trouble, NetTrouble::NotTrusted { .. }), "{trouble:?}");
    assert_eq!(instep_server::Stored::open(folder.path()).unwrap().tables().unwrap().len(), 0, "no table was made");
}

#[test]
fn no_common_version_is_told_with_those_that_the_server_speaks() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let refused = runtime.block_on(async {
        let mut wire = dial(&here(server.port()), Trust::Fingerprint(server.fingerprint)).await.unwrap();
        let enter = Enter { oldest: VERSION + 1, newest: VERSION + 4, way: Way::List };
        wire.say(&FromClient::Enter(enter)).await.unwrap();
        wire.hear().await.unwrap()
    });
    assert_eq!(refused, FromTable::Refused(Refused::Version { oldest: VERSION, newest: VERSION }));
}

/// Sends bytes as they are on the control stream.
async fn raw(wire: &mut Wire, bytes: &[u8]) {
    wire.say_bytes(bytes).await.unwrap();
}

#[test]
fn messages_of_a_later_kind_are_answered_and_nothing_breaks() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let (mut host, key) = host(&runtime, server.place(), 2);
    runtime.block_on(async {
        let mut wire = dial(&here(server.port()), Trust::Fingerprint(server.fingerprint)).await.unwrap();
        let way = invited(key, "Later", Role::Player);
        wire.say(&FromClient::Enter(Enter { oldest: 1, newest: 9, way })).await.unwrap();
        while !matches!(wire.hear().await.unwrap(), FromTable::People(_)) {}
        // A kind of message that is not known; then a request, number 1, for something that is not known.
        raw(&mut wire, &[2, 0, 0, 0, 99, 7]).await;
        raw(&mut wire, &[5, 0, 0, 0, 1, 1, 0, 99, 7]).await;
        let mut heard = Vec::new();
        while heard.len() < 2 {
            let message = wire.hear().await.unwrap();
            if matches!(message, FromTable::NotUnderstood | FromTable::Answer { .. }) {
                heard.push(message);
            }
        }
        let denied = FromTable::Answer { number: 1, answer: Answer::Denied(Denied::NotTaken) };
        assert_eq!(heard, [FromTable::NotUnderstood, denied]);
        wire.say(&FromClient::Ping { n: 4 }).await.unwrap();
        while !matches!(wire.hear().await.unwrap(), FromTable::Pong { n: 4, .. }) {}
    });
    assert!(done(host.asks(Ask::Hand(true))));
}

#[test]
fn a_frame_that_is_too_long_ends_that_connection_and_no_other() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let (mut host, _) = host(&runtime, server.place(), 2);
    runtime.block_on(async {
        let mut wire = dial(&here(server.port()), Trust::Fingerprint(server.fingerprint)).await.unwrap();
        raw(&mut wire, &(FRAME_BYTES_MAX as u32 + 1).to_le_bytes()).await;
        assert!(wire.hear().await.is_err());
        // One that announces much and sends nothing is ended too, in its time; it costs no memory meanwhile.
        let mut wire = dial(&here(server.port()), Trust::Fingerprint(server.fingerprint)).await.unwrap();
        raw(&mut wire, &(FRAME_BYTES_MAX as u32).to_le_bytes()).await;
    });
    assert!(done(host.asks(Ask::Hand(true))));
}

#[test]
fn whoever_guesses_soon_waits_and_others_come_in() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let (mut host, key) = host(&runtime, server.place(), 2);
    let mut last = None;
    for n in 0..25 {
        let guess = instep_protocol::TableKey { secret: [n; 10], ..key };
        let mut person = Person::calls(&runtime, server.place().call(invited(guess, "Guess", Role::Player)));
        person.until("a refusal", |p| p.over.is_some());
        last = person.over.clone();
    }
    assert!(matches!(last, Some(Over::Refused(Refused::TooManyTries { wait_s: 1..=60 }))), "{last:?}");
    // Whoever is at the table already notices nothing of it, and goes on.
    assert!(done(host.asks(Ask::Hand(true))));
}

#[test]
fn a_game_is_played_over_a_bad_network() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let weather = Weather { drops: 8, doubles: 5, delay_ms: 15, jitter_ms: 25 };
    let relay = Relay::start(server.port(), weather, 42);
    let far = Place { port: relay.port, ..server.place() };
    let (mut host, key) = host(&runtime, far, 2);
    let mut guest = Person::comes(&runtime, far.call(invited(key, "Guest", Role::Player)));
    let mut dice = Dice::new(7);
    for n in 0..30 {
        let (actor, other) = if n % 2 == 0 { (&mut host, &mut guest) } else { (&mut guest, &mut host) };
        let last = other.mirror().last();
        actor.until("what the other did", |p| p.mirror().last() >= last);
        let Some(ask) = actor.next_ask(&mut dice) else { break };
        assert!(done(actor.asks(ask)));
        if n == 10 {
            relay.rebind();
        }
    }
    let last = host.mirror().last().max(guest.mirror().last());
    host.until("everything", |p| p.mirror().last() == last);
    guest.until("everything", |p| p.mirror().last() == last);
    assert_eq!(host.log(), guest.log());
}

#[test]
fn a_silent_network_is_noticed_and_what_was_asked_meanwhile_is_done_once() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let relay = Relay::start(server.port(), Weather { drops: 0, doubles: 0, delay_ms: 1, jitter_ms: 1 }, 1);
    let far = Place { port: relay.port, ..server.place() };
    let (mut host, _) = host(&runtime, far, 2);
    let before = host.mirror().last();
    relay.silent(true);
    let ask = host.next_ask(&mut Dice::new(9)).expect("a move");
    host.says(ask).expect("nothing is in flight");
    host.until("noticing it", |p| matches!(p.link, Some(LinkState::Lost { .. } | LinkState::Connecting)));
    assert!(host.mirror().waits(), "what was asked is not forgotten");
    relay.silent(false);
    host.until("the answer", |p| !p.mirror().waits());
    assert!(host.mirror().last() > before);
    let rolled_once = host.log();
    assert_eq!(rolled_once.len(), host.mirror().last() as usize);
}
