//! Data folders of older formats are brought to this one, whole; and can be read before that.

use instep_protocol::{Answer, Ask, Audience, PersonId, Refused, Role, Token, WordKind};
use instep_rules::{Perspective, SeatSet};
use instep_server::{DataFolder, Hall, Room};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::support::World;

/// The tables of the second format, as it made them.
const SECOND: &str = "
CREATE TABLE headers (hash BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tables (
    id INTEGER PRIMARY KEY, header BLOB NOT NULL REFERENCES headers (hash), about BLOB NOT NULL, seed BLOB NOT NULL,
    salt BLOB NOT NULL, people BLOB NOT NULL, closed INTEGER NOT NULL DEFAULT 0, secret BLOB,
    code TEXT NOT NULL DEFAULT '', public INTEGER NOT NULL DEFAULT 0, day INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE commands (
    table_id INTEGER NOT NULL, first INTEGER NOT NULL, events BLOB NOT NULL, hash BLOB NOT NULL, person INTEGER,
    number INTEGER, word INTEGER, PRIMARY KEY (table_id, first)
) WITHOUT ROWID;
CREATE TABLE words (
    table_id INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL, seat INTEGER, card INTEGER,
    audience INTEGER NOT NULL, hidden INTEGER NOT NULL, nonce BLOB NOT NULL, text TEXT, person INTEGER,
    reported INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (table_id, id)
) WITHOUT ROWID;
CREATE TABLE names (
    table_id INTEGER NOT NULL, person INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (table_id, person)
) WITHOUT ROWID;
";

/// And of the first.
const FIRST: &str = "
CREATE TABLE headers (hash BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tables (
    id INTEGER PRIMARY KEY, header BLOB NOT NULL REFERENCES headers (hash), about BLOB NOT NULL, seed BLOB NOT NULL,
    salt BLOB NOT NULL, people BLOB NOT NULL, closed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE commands (
    table_id INTEGER NOT NULL, first INTEGER NOT NULL, events BLOB NOT NULL, hash BLOB NOT NULL, person INTEGER,
    number INTEGER, word INTEGER, PRIMARY KEY (table_id, first)
) WITHOUT ROWID;
CREATE TABLE words (
    table_id INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL, seat INTEGER, card INTEGER,
    audience INTEGER NOT NULL, hidden INTEGER NOT NULL, nonce BLOB NOT NULL, text TEXT, PRIMARY KEY (table_id, id)
) WITHOUT ROWID;
";

/// What is kept of people now: id, role, seats, muted, two tokens, and what the older formats lack.
type Now = (PersonId, Role, SeatSet, bool, Option<[u8; 32]>, Option<[u8; 32]>, bool, u32);

#[derive(Deserialize)]
struct Roster {
    people: Vec<Now>,
    speakers: [Option<PersonId>; 4],
    next: u32,
    chat: bool,
}

/// A person as the second format kept them: whether they were asked to leave comes before the tokens.
type Second = (PersonId, Role, SeatSet, bool, bool, Option<[u8; 32]>, Option<[u8; 32]>);

#[derive(Serialize)]
struct SecondRoster(Vec<Second>, [Option<PersonId>; 4], u32, bool);

#[derive(Serialize)]
struct FirstRoster(Vec<(PersonId, Role, SeatSet)>, [Option<PersonId>; 4], u32);

/// Makes the folder one of an older format; of people those are asked to leave of whom `out` says so.
fn age(world: &World, format: i64, out: &[PersonId]) {
    let (new, old) = (DataFolder::database(world.folder.path()), world.folder.path().join("old"));
    let mut connection = Connection::open(&old).unwrap();
    connection.execute_batch(if format == 1 { FIRST } else { SECOND }).unwrap();
    connection.execute("ATTACH ?1 AS new", [new.to_str().unwrap()]).unwrap();
    let copy = connection.transaction().unwrap();
    for table in ["headers", "tables", "commands", "words", "names"].iter().take(if format == 1 { 4 } else { 5 }) {
        let columns: Vec<String> = copy
            .prepare("SELECT name FROM pragma_table_info(?1, 'main')")
            .unwrap()
            .query_map([table], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let columns = columns.join(", ");
        copy.execute(&format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"), []).unwrap();
    }
    let rosters: Vec<(i64, Vec<u8>)> = copy
        .prepare("SELECT id, people FROM main.tables")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (id, bytes) in rosters {
        let Roster { people, speakers, next, chat } = postcard::from_bytes(&bytes).unwrap();
        let bytes = if format == 1 {
            let people = people.into_iter().map(|p| (p.0, p.1, p.2)).collect();
            postcard::to_stdvec(&FirstRoster(people, speakers, next))
        } else {
            let people = people.into_iter().map(|p| (p.0, p.1, p.2, p.3, out.contains(&p.0), p.4, p.5)).collect();
            postcard::to_stdvec(&SecondRoster(people, speakers, next, chat))
        };
        copy.execute("UPDATE main.tables SET people = ?2 WHERE id = ?1", rusqlite::params![id, bytes.unwrap()])
            .unwrap();
    }
    copy.pragma_update(None, "user_version", format).unwrap();
    copy.commit().unwrap();
    connection.execute_batch("DETACH new").unwrap();
    drop(connection);
    std::fs::rename(old, new).unwrap();
}

fn note(text: &str, n: u8) -> Ask {
    let (kind, audience) = (WordKind::Note, Audience::Everyone);
    Ask::Note { seat: None, kind, audience, text: text.into(), nonce: [n; 16] }
}

/// Two tables; the first with a guest who holds a seat, somebody who was asked to leave, and a note.
fn played() -> (World, [Token; 3]) {
    let mut world = World::new();
    let host = world.create();
    let key = world.door(host).unwrap().key;
    let guest = world.join(key, "Guest", Role::Player);
    assert!(matches!(world.ask(guest, Ask::TakeSeat(Perspective::Second)), Answer::Done { .. }));
    assert!(matches!(world.ask(guest, note("The bus.", 1)), Answer::Done { .. }));
    let away = world.join(key, "Away", Role::Player);
    world.create();
    let tokens = [host, guest, away].map(|conn| world.token(conn).unwrap());
    world.stop();
    (world, tokens)
}

#[test]
fn a_folder_of_the_second_format_is_brought_up_whole() {
    let (mut world, [host, guest, away]) = played();
    age(&world, 2, &[away.person]);
    // Commands that only read find it as it is.
    let stored = world.stored();
    let listed = stored.listed().unwrap();
    assert_eq!(listed.iter().map(|t| (t.id.0, t.people)).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
    let before = stored.table(listed[0].id).unwrap();
    before.verify().expect("whole");
    drop(stored);

    world.start();
    let (host, guest) = (world.resume(host), world.resume(guest));
    assert_eq!(world.person(guest), PersonId(2), "everyone is who they were");
    assert!(matches!(world.ask(guest, Ask::LeaveSeat(Perspective::Second)), Answer::Done { .. }), "with their seat");
    assert!(matches!(world.ask(host, Ask::Hand(true)), Answer::Done { .. }));
    let away = world.resume(away);
    assert_eq!(world.refused(away), Some(Refused::NotGoodAnyMore), "whoever was asked to leave stays out");
    // People of the older format are not taken for some who never had their token.
    world.gone(guest);
    world.tick(1_000_000);
    let guest = world.token(guest).unwrap();
    let back = world.resume(guest);
    assert_eq!(world.person(back), PersonId(2));
    let new = world.create();
    assert_eq!(world.token(new).unwrap().table, 3);
    let after = world.stored().table(before.id).unwrap();
    assert_eq!((&after.words, &after.names, &after.door), (&before.words, &before.names, &before.door));
    after.verify().expect("whole");
}

#[test]
fn a_folder_of_the_first_format_is_brought_up_whole() {
    let (world, _) = played();
    age(&world, 1, &[]);
    let hall = Hall::open(DataFolder::hold(world.folder.path()).unwrap()).unwrap();
    let tables = hall.stored().tables().unwrap();
    assert_eq!(tables.len(), 2);
    let table = hall.stored().table(tables[0].id).unwrap();
    table.verify().expect("whole");
    assert_eq!(table.words[0].text.as_deref(), Some("The bus."));
    let room = Room::reopen(hall, tables[0].id).unwrap();
    assert_eq!(room.creator(), PersonId(1));
    assert_eq!(room.hall().stored().listed().unwrap()[0].people, 3);
    assert!(room.hall().table(tables[0].id).unwrap().game().state().held().has(Perspective::Second));
    drop(room);
    let version = |path| Connection::open(path).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0));
    assert_eq!(version(DataFolder::database(world.folder.path())), Ok(3_i64));
}
