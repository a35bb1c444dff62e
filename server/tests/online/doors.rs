//! Ways in, and back in.

use instep_net::Over;
use instep_protocol::{Answer, Ask, Denied, FromClient, FromTable, Refused, Role, TableKey, Way};
use instep_rules::{Command, Perspective};
use instep_server::{LobbyInput, Now};
use tempfile::tempdir;

use crate::support::{Person, Server, create, done, invited, runtime};

/// A server, and a host at a table of so many stones, who knows its door.
fn hosted(folder: &std::path::Path, runtime: &tokio::runtime::Runtime, stones: usize) -> (Server, Person) {
    let server = Server::start(folder, 0);
    let mut host = Person::comes(runtime, server.place().call(create(stones)));
    host.until("the door", |p| p.mirror().door().is_some());
    (server, host)
}

#[test]
fn a_table_is_made_and_joined_and_a_turn_is_played() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let (server, mut host) = hosted(folder.path(), &runtime, 2);
    let key = host.mirror().door().unwrap().key;
    let mut guest = Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Player)));
    let seat = guest.mirror().game().state().seat();
    assert!(done(guest.asks(Ask::TakeSeat(seat))));
    host.until("who sits there", |p| p.mirror().people().people.iter().any(|q| q.seats.has(seat) && q.name == "Guest"));
    let tiles = guest.mirror().legal().place;
    let tile = tiles.iter().next().expect("an opening tile");
    let answer = guest.asks(Ask::Act { seat: Some(seat), command: Command::Place(tile.colour, tile.outcome) });
    assert!(done(answer), "{answer:?}");
    host.until("the tile", |p| p.mirror().last() == guest.mirror().last());
    assert_eq!(host.log(), guest.log());
}

#[test]
fn a_wrong_invite_a_used_token_and_a_facilitators_role_open_nothing() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let (server, host) = hosted(folder.path(), &runtime, 1);
    let key = host.mirror().door().unwrap().key;
    let wrong = TableKey { secret: [0; 10], ..key };
    for (way, why) in [
        (invited(wrong, "Guest", Role::Player), Refused::NoSuchTable),
        (invited(TableKey { table: 9_999, ..key }, "Guest", Role::Player), Refused::NoSuchTable),
        (invited(key, "Guest", Role::Facilitator), Refused::NotHere),
        (invited(key, "  ", Role::Player), Refused::Words),
        (Way::Code { code: "000000".into(), name: "Guest".into() }, Refused::NoSuchTable),
        (Way::Local { table: key.table, person: instep_protocol::PersonId(1), have: 0 }, Refused::NotHere),
    ] {
        let mut person = Person::calls(&runtime, server.place().call(way));
        person.until("a refusal", |p| p.over.is_some());
        assert_eq!(person.refused(), Some(Over::Refused(why)));
    }
}

#[test]
fn a_code_leads_to_the_waiting_room_and_the_facilitator_opens() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let (server, mut host) = hosted(folder.path(), &runtime, 1);
    let code = host.mirror().door().unwrap().code.to_lowercase();
    let mut guest =
        Person::calls(&runtime, server.place().call(Way::Code { code: code.clone(), name: "Guest".into() }));
    guest.until("the waiting room", |p| p.waiting);
    assert!(!guest.is_in());
    host.until("a knock", |p| p.mirror().door().is_some_and(|d| d.waiting.len() == 1));
    let waiting = host.mirror().door().unwrap().waiting[0].clone();
    assert_eq!(waiting.name, "Guest");
    assert!(done(host.asks(Ask::Admit { waiting: waiting.id, role: Role::Observer })));
    guest.until("being in", Person::is_in);
    assert_eq!(guest.mirror().me().unwrap().role, Role::Observer);

    let mut other = Person::calls(&runtime, server.place().call(Way::Code { code, name: "Other".into() }));
    host.until("a second knock", |p| p.mirror().door().is_some_and(|d| d.waiting.len() == 1));
    let waiting = host.mirror().door().unwrap().waiting[0].id;
    assert!(done(host.asks(Ask::TurnAway { waiting })));
    other.until("a refusal", |p| p.over.is_some());
    assert_eq!(other.refused(), Some(Over::Refused(Refused::TurnedAway)));
}

#[test]
fn the_same_person_from_another_device_puts_out_the_first() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let mut first = Person::comes(&runtime, server.place().call(create(1)));
    let token = first.tokens[0];
    let have = first.mirror().last();
    let second = Person::comes(&runtime, server.place().call(Way::Resume { token, have: 0 }));
    assert_eq!(second.mirror().me().unwrap().id, token.person);
    assert_eq!(second.mirror().last(), have);
    first.until("being told", |p| p.over.is_some());
    assert_eq!(first.over, Some(Over::Goodbye(Denied::Elsewhere)));
    // The token that was used once more, after the newer one was used: no.
    drop(second);
    let newer = Person::comes(&runtime, server.place().call(Way::Resume { token, have: 0 }));
    let newest = *newer.tokens.last().unwrap();
    let _in = Person::comes(&runtime, server.place().call(Way::Resume { token: newest, have: 0 }));
    let mut thief = Person::calls(&runtime, server.place().call(Way::Resume { token, have: 0 }));
    thief.until("a refusal", |p| p.over.is_some());
    assert_eq!(thief.over, Some(Over::Refused(Refused::NotGoodAnyMore)));
}

#[test]
fn only_what_was_missed_is_sent_to_somebody_who_comes_back() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let (server, mut host) = hosted(folder.path(), &runtime, 2);
    let key = host.mirror().door().unwrap().key;
    let mut guest = Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Player)));
    let before = guest.mirror().last();
    guest.remote.again();
    let mut dice = instep_rules::players::Dice::new(3);
    for _ in 0..5 {
        let ask = host.next_ask(&mut dice).expect("a move");
        assert!(done(host.asks(ask)));
    }
    let last = host.mirror().last();
    guest.until("what was missed", |p| p.mirror().last() == last);
    assert_eq!(guest.tokens.len(), 2, "it came back with a new token");
    let again = guest.heard.iter().rposition(|m| matches!(m, FromTable::Entered(_))).unwrap();
    let firsts: Vec<u32> = guest.heard[again..]
        .iter()
        .filter_map(|m| if let FromTable::Events { first, .. } = m { Some(*first) } else { None })
        .collect();
    assert!(firsts.iter().all(|first| *first > before), "{firsts:?} after {before}");
}

#[test]
fn whoever_looked_in_for_a_moment_finds_their_place_again_much_later() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let (server, mut host) = hosted(folder.path(), &runtime, 1);
    let key = host.mirror().door().unwrap().key;
    let guest = Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Observer)));
    let token = guest.tokens[0];
    // They see the table for a moment; what is dropped at once has not said yet that it kept its token.
    std::thread::sleep(std::time::Duration::from_secs(1));
    drop(guest);
    host.until("the guest being away", |p| p.mirror().people().people.iter().any(|who| !who.here));
    let later = Now { ms: 3_600_000, day: 20_000 };
    let passes = server.service.with(move |lobby| lobby.handle(later, LobbyInput::Tick, &mut Vec::new()));
    runtime.block_on(passes).expect("the lobby is there");
    let back = Person::comes(&runtime, server.place().call(Way::Resume { token, have: 0 }));
    assert_eq!(back.mirror().me().unwrap().id, token.person);
}

#[test]
fn a_seat_is_that_persons_alone() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let (server, mut host) = hosted(folder.path(), &runtime, 2);
    let key = host.mirror().door().unwrap().key;
    let mut guest = Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Player)));
    let mut observer = Person::comes(&runtime, server.place().call(invited(key, "Eyes", Role::Observer)));
    let seat = host.mirror().game().state().seat();
    assert!(done(host.asks(Ask::TakeSeat(seat))));
    host.until("an opening tile", |p| p.mirror().legal().place.iter().next().is_some());
    let tile = host.mirror().legal().place.iter().next().unwrap();
    let act = Ask::Act { seat: Some(seat), command: Command::Place(tile.colour, tile.outcome) };
    assert_eq!(guest.asks(act.clone()), Answer::Denied(Denied::NotYourSeat { seat }));
    assert_eq!(observer.asks(act.clone()), Answer::Denied(Denied::LooksOn));
    let free = Perspective::ALL.into_iter().find(|s| *s != seat).unwrap();
    assert_eq!(observer.asks(Ask::TakeSeat(free)), Answer::Denied(Denied::LooksOn));
    assert!(done(host.asks(act)));
}

#[test]
fn a_pack_comes_on_a_stream_of_its_own_and_is_checked() {
    let (folder, runtime) = (tempdir().unwrap(), runtime());
    let server = Server::start(folder.path(), 0);
    let mut host = Person::comes(&runtime, server.place().call(create(1)));
    let pin = crate::support::setup(1).1.packs[0].clone();
    host.remote.fetch(pin.hash);
    host.remote.fetch([9; 32]);
    host.until("both answers", |p| p.packs.len() == 2);
    let got = host.packs.iter().find(|(hash, _)| *hash == pin.hash).unwrap().1.clone().expect("the pack");
    let pack = instep_content::Pack::from_pinned(&pin.id, &got).expect("a good pack");
    assert_eq!(pack.hash.0, pin.hash);
    assert_eq!(host.packs.iter().find(|(hash, _)| *hash == [9; 32]).unwrap().1, None);
    host.remote.say(FromClient::Leave);
}
