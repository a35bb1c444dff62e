//! A table that is brought to a server with its history, by whoever may make tables there.

use instep_protocol::{Ask, FromClient, Way};
use instep_rules::Command;
use instep_server::{LobbyInput, Moved};

use crate::world::Viewer;
use crate::{Target, small, world};

pub(crate) const TARGET: Target =
    Target { name: "moved", run, seeds, words: &[], bytes_max: 64 * 1024, tries: 300, memory_max: 32 << 20 };

/// After a first byte of 0 the packs are left out and put in here: they come last, and are most of it.
fn run(bytes: &[u8]) {
    let Some((bare, bytes)) = bytes.split_first() else { return };
    let bytes = if *bare == 0 { [bytes, &packs()].concat() } else { bytes.to_vec() };
    let folder = tempfile::tempdir().expect("the system has room for a folder");
    let Ok(table) = Moved::checked(&bytes, folder.path()) else { return };
    // It was taken for good: nobody comes to harm by it, neither there nor at other tables.
    let mut world = world::World::new();
    let other = world.create(&small::WISH);
    let closed = table.closed;
    let Some(token) = world.adopt(table) else { return };
    let host = world.enter(Way::Resume { token, have: 0 });
    let viewer = &world.viewers[&host];
    assert!(viewer.mirror.is_some() && !viewer.ended, "whoever brought it is in");
    assert!(viewer.mirror.as_ref().is_some_and(|mirror| mirror.me().is_some()), "and is told who is there");
    assert_eq!(viewer.mirror.as_ref().map(|mirror| mirror.game().state().closed()), Some(closed));
    sensible(viewer);
    world.ask(host, Ask::Public(true));
    let list = world.enter(Way::List);
    assert!(world.viewers[&list].tables, "the list can still be seen");
    for ask in world::asks() {
        world.ask(host, ask);
    }
    world.ask(host, Ask::Pause(false));
    for _ in 0..4 {
        world.play(host);
    }
    world.ask(host, Ask::Act { seat: None, command: Command::Undo(2) });
    world.say(other, FromClient::Ping { n: 1 });
    world.hand(LobbyInput::Tick);
    world.all_agree();
    world.crash();
    world.enter(Way::Resume { token, have: 0 });
    world.all_agree();
}

/// Nothing is shown to others that nobody could have typed here.
fn sensible(viewer: &Viewer) {
    let fits = |name: &str| name.chars().count() <= 40 && !name.contains(char::is_control);
    let door = viewer.door.as_ref().expect("whoever brought it facilitates");
    assert!(fits(&door.called), "the table is called {:?}", door.called);
    for person in viewer.mirror.as_ref().map_or(&[][..], |mirror| &mirror.people().people) {
        assert!(fits(&person.name), "{:?} is called {:?}", person.id, person.name);
    }
}

/// The packs of every such table, as they stand at its end.
fn packs() -> Vec<u8> {
    let pack = small::PACKS.first();
    // As postcard has a list of ids and bytes; it is plain data, which never fails.
    postcard::to_stdvec(&[(pack.id(), pack.pin())][..]).unwrap_or_default()
}

fn seeds() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("the system has room for a folder");
    instep_server::pinned::keep(folder.path(), &small::PACKS).expect("the copy is kept");
    let whole = Moved::of(world::history(), folder.path()).expect("what was played can be moved").to_bytes();
    let packs = packs();
    assert!(whole.ends_with(&packs), "packs come last");
    let bare = &whole[..whole.len() - packs.len()];
    // Found once: what people and tables are called was taken unseen.
    let mut found = world::history();
    found.door.called = "W".repeat(60);
    let called = Moved::of(found, folder.path()).expect("it is whole").to_bytes();
    let mut found = world::history();
    found.names.iter_mut().for_each(|(_, name)| *name = "A\nn".into());
    let named = Moved::of(found, folder.path()).expect("it is whole").to_bytes();
    let mut seeds = vec![
        [&[0], bare].concat(),
        [&[1][..], &whole].concat(),
        [&[1][..], &called].concat(),
        [&[1][..], &named].concat(),
    ];
    seeds.retain(|seed| seed.len() <= TARGET.bytes_max);
    seeds
}
