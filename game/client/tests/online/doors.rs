//! What is told to whoever does not come in: one clear sentence, soon.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use instep_protocol::{Invite, InviteKey, Refused, TableKey};

use crate::fake::Fake;
use crate::support::*;
use crate::world::*;

fn changed(invite: &str, change: impl FnOnce(&mut InviteKey)) -> String {
    let Ok(Invite::Whole { addresses, mut key }) = invite.parse() else { panic!("{invite}") };
    change(&mut key);
    Invite::Whole { addresses, key }.to_string()
}

/// Joins, and gives the one sentence that is said about it.
#[track_caller]
fn refused(invite: &str, code: i32) -> String {
    let place = Place::new();
    let err = place.run(&["join", invite, "--name", "Sam"]).is(code);
    assert_eq!(err.lines().count(), 1, "one clear sentence: {err}");
    assert!(!place.path("data/places.ron").exists(), "there is no place to come back to");
    err
}

#[test]
fn a_wrong_invite_opens_nothing_and_says_so() {
    let hosted = Hosted::open(&["--length", "quick"]);
    let good = hosted.invite.clone();
    let cut = &good[..good.len() - 4];
    let wrong_secret = changed(&good, |key| key.key.secret = [7; 10]);
    let no_table = changed(&good, |key| key.key = TableKey { table: 99, ..key.key });
    let somebody = changed(&good, |key| key.fingerprint = Some([7; 32]));
    let no_print = changed(&good, |key| key.fingerprint = None);
    for (invite, sentence) in [
        ("hello", "That is no invite."),
        ("INSTEP://127.0.0.1/7", "The part of this invite that opens the table is not whole."),
        ("INSTEP://:1/7-0000000000000000", "The server's address in this invite can't be read."),
        (cut, "The part of this invite that names the server is not whole."),
        (&wrong_secret, "No table opens with that."),
        (&no_table, "No table opens with that."),
        (&somebody, "is not the one that the invite was made for, so nothing was sent to it."),
        (&no_print, "could not show that it is what it says, so nothing was sent to it"),
    ] {
        has(&refused(invite, 1), &[sentence]);
    }
    // Broken by a mail it is whole all the same.
    let broken = format!("{}\n  {}", &good[..30], &good[30..]);
    let sam = Running::start(&Place::new(), &["join", &broken, "--name", "Sam"]);
    sam.sees("You are at the table as Sam.");
}

#[test]
fn nobody_answers_and_that_is_said_soon() {
    // A socket that hears and says nothing, as a firewall does.
    let silent = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("bound").port();
    let begun = Instant::now();
    let err = refused(&format!("INSTEP://127.0.0.1:{port}/7-0000000000000000/{}", "0".repeat(52)), 3);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    has(&err, &[&format!("127.0.0.1:{port} did not answer within 5 seconds"), "UDP", "a phone's"]);
}

#[test]
fn another_version_is_told_by_its_numbers() {
    let fake = Fake::says(Refused::Version { oldest: 4, newest: 6 });
    let err = refused(&fake.invite(), 1);
    has(&err, &["version 4 to 6", "use the newer Instep at both ends"]);
    for (why, code, sentence) in [
        (Refused::ServerFull, 3, "no room for more"),
        (Refused::TableFull { most: 120 }, 1, "120 people"),
        (Refused::Closing, 3, "stops for a short while"),
        (Refused::TurnedAway, 1, "has not let you in"),
    ] {
        has(&refused(&Fake::says(why).invite(), code), &[sentence]);
    }
}

#[test]
fn a_port_that_is_taken_is_said_where_it_was_asked_for() {
    let taken = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("bound").to_string();
    let place = Place::new();
    let err = place.run(&["host", "--headless", "--length", "quick", "--listen", &address]).is(3);
    has(&err, &[&format!("UDP port {}", taken.local_addr().unwrap().port()), "--listen"]);
    // What was made is there for the next time.
    let hosted = Hosted::open_in(place, &[]);
    hosted.host.sees("Going on with the unfinished game.");
}

#[test]
fn a_call_that_is_wrong_is_said_before_anything_happens() {
    let place = Place::new();
    let invite = format!("INSTEP://127.0.0.1:1/7-0000000000000000/{}", "0".repeat(52));
    has(&place.run(&["join", &invite]).is(2), &["A name is needed", "--name"]);
    has(&place.run(&["join"]).is(1), &["no table elsewhere to come back to"]);
    has(&place.run(&["host", "--server", "no address", "--name", "Ann"]).is(2), &["After --server"]);
    has(&place.run(&["host", "--server", "x", "--found"]).is(2), &["cannot be used with"]);
    let out = place.run(&["join", "--list"]).done();
    has(&out, &["There is no table elsewhere to come back to"]);
    assert!(!place.path("data").exists(), "nothing is made for it");
}

#[test]
fn a_seat_that_there_is_not_and_a_host_that_plays() {
    let hosted = Hosted::open(&["--length", "quick", "--seat", "users"]);
    let place = Place::new();
    let err = place.run(&["join", &hosted.invite, "--name", "Sam", "--seat", "nurses"]).is(2);
    has(&err, &["\"nurses\" is no seat: users, providers, staff, managers are."]);
    let out = hosted.host.sees("laid a users and carers tile");
    has(&out, &["as an opening tile"]);
}
