//! A room's table moves to a lobby server, with its history.

use instep_content::Library;
use instep_net::{Trust, bring, dial};
use instep_protocol::{Address, Refused, Role, Way};
use instep_rules::players::Dice;
use instep_rules::{Salt, Seed};
use instep_server::make::{new_table, table_of};
use instep_server::{DataFolder, Hall, Moved, Room, Stored, pinned};
use tempfile::tempdir;

use crate::support::{Person, Server, done, invited, runtime, setup};

/// A game that was begun in a room: its folder, and how many events it has.
fn room(folder: &std::path::Path) -> u32 {
    let (packs, about) = setup(2);
    let table = table_of(&packs, &about).unwrap();
    let folder = DataFolder::hold(folder).unwrap();
    pinned::keep(&folder.packs(), &packs).unwrap();
    let new = new_table(&packs, &table, about, Seed([1; 32]), Salt([2; 32])).unwrap();
    let mut room = Room::create(Hall::open(folder).unwrap(), new).unwrap();
    let creator = room.creator();
    let mut link = room.connect(creator);
    let mut mirror = instep_protocol::Mirror::new(table.setup.clone());
    room.send(creator, &mirror.hello()).unwrap();
    let mut dice = Dice::new(1);
    for _ in 0..12 {
        while let Some(message) = link.take() {
            mirror.receive(message).unwrap();
        }
        let habit = instep_rules::players::Habit::Uniform;
        let Some((who, mut command)) = instep_rules::players::next_command(mirror.game(), &mut dice, habit) else {
            break;
        };
        if let instep_rules::Command::Mend(_) = command {
            command = instep_rules::Command::LetGo;
        }
        let ask = instep_protocol::Ask::Act { seat: who.seat, command };
        let message = mirror.ask(ask).unwrap();
        room.send(creator, &message).unwrap();
    }
    while let Some(message) = link.take() {
        mirror.receive(message).unwrap();
    }
    mirror.last()
}

fn moved(folder: &std::path::Path) -> Vec<u8> {
    let stored = Stored::open(folder).unwrap();
    let id = stored.tables().unwrap().pop().unwrap().id;
    Moved::of(stored.table(id).unwrap(), &folder.join("packs")).unwrap().to_bytes()
}

#[test]
fn a_room_moves_to_a_server_and_others_come_and_play_on() {
    let (own, far, runtime) = (tempdir().unwrap(), tempdir().unwrap(), runtime());
    let last = room(own.path());
    let table = moved(own.path());
    let server = Server::start(far.path(), 0);
    let address = Address { host: "127.0.0.1".into(), port: server.port() };
    let trust = Trust::Fingerprint(server.fingerprint);
    let token = runtime
        .block_on(async {
            let mut wire = dial(&[address], trust).await.unwrap();
            bring(&mut wire, &table, "", "Host").await.unwrap()
        })
        .expect("it is taken");
    let mut host = Person::comes(&runtime, server.place().call(Way::Resume { token, have: 0 }));
    host.until("the door", |p| p.mirror().door().is_some());
    assert_eq!(host.mirror().last(), last);
    assert_eq!(host.mirror().me().unwrap().role, Role::Facilitator);
    let key = host.mirror().door().unwrap().key;
    let mut guest = Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Player)));
    assert_eq!(guest.log(), host.log());
    let ask = guest.next_ask(&mut Dice::new(5)).expect("a move");
    assert!(done(guest.asks(ask)));
    drop((host, guest, server));
    let stored = Stored::open(far.path()).unwrap();
    let id = stored.tables().unwrap().pop().unwrap().id;
    stored.table(id).unwrap().verify().expect("still one chain from its first event");
    drop(Library::new(None));
}

#[test]
fn a_table_that_was_changed_on_the_way_is_not_taken() {
    let (own, far, runtime) = (tempdir().unwrap(), tempdir().unwrap(), runtime());
    room(own.path());
    let good = moved(own.path());
    let server = Server::start(far.path(), 0);
    let trust = Trust::Fingerprint(server.fingerprint);
    // The packs' copies are most of it, at the end; before them stand header and history.
    for at in [0, 3, 200, 5_000, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        let address = Address { host: "127.0.0.1".into(), port: server.port() };
        let refused = runtime.block_on(async {
            let mut wire = dial(&[address], trust).await.unwrap();
            bring(&mut wire, &bad, "", "Host").await.unwrap()
        });
        assert!(matches!(refused, Err(Refused::BadSetup | Refused::NoSuchPack { .. })), "{at}: {refused:?}");
    }
    drop(server);
    assert_eq!(Stored::open(far.path()).unwrap().tables().unwrap().len(), 0);
}
