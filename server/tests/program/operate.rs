//! Operators' commands, beside the running server and without it.

use std::path::Path;

use instep_protocol::{Invite, Role, WordText};
use instep_record::Record;
use instep_rules::players::Dice;
use instep_server::Stored;
use tempfile::tempdir;

use crate::people::{Person, done, invited, runtime};
use crate::support::{Running, holds, note, operates, plays};

const CANARY: &str = "Mrs Canary of the third floor";

fn told(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = operates(folder, arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}: {out}");
    out
}

fn refused(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let (code, out, err) = operates(folder, arguments);
    assert_eq!(out, "", "{arguments:?}: {err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    (code, err)
}

#[test]
fn tables_are_listed_written_out_and_checked_beside_the_server_and_without_it() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let server = Running::start(folder.path(), &["--retention-days", "14"]);
    let host = plays(&runtime, server.place(), 12, &["The bus"]);
    let events = host.mirror().last();
    let look = || {
        let text = told(folder.path(), &["tables"]);
        assert!(
            text.starts_with(&format!("Table 1 (open) \"Tuesday\": 1 person, {events} events, last used on ")),
            "{text}"
        );
        let json: serde_json::Value = serde_json::from_str(&told(folder.path(), &["tables", "--json"])).expect("JSON");
        let table = &json[0];
        assert_eq!((&table["table"], &table["called"], &table["open"]), (&1.into(), &"Tuesday".into(), &true.into()));
        assert_eq!((&table["people"], &table["events"]), (&1.into(), &events.into()));
        let out = folder.path().join("out");
        assert_eq!(
            told(folder.path(), &["export", "1", out.to_str().expect("text")]),
            format!("The record of table 1 is in {}.\n", out.display())
        );
        let record = Record::read(&out).expect("a record");
        assert_eq!(record.verify().expect("it is whole").events, events);
        assert!(std::fs::read_to_string(out.join("words.json")).expect("words").contains("The bus"));
        let text = told(folder.path(), &["verify"]);
        assert!(
            text.starts_with("Table 1 (open): ") && text.ends_with("1 table checked: all is as it should be.\n"),
            "{text}"
        );
        json
    };
    // The running server knows for how long it keeps tables; this program was told something else.
    let beside = look();
    drop(host);
    assert_eq!(server.stop("TERM").0, 0);
    let without = look();
    let days = |json: &serde_json::Value, key: &str| json[0][key].as_str().expect("a day").to_owned();
    assert_eq!(days(&beside, "last_day"), days(&without, "last_day"));
    assert!(days(&beside, "deleted_after") < days(&without, "deleted_after"));
    let never: serde_json::Value =
        serde_json::from_str(&told(folder.path(), &["--retention-days", "0", "tables", "--json"])).expect("JSON");
    assert!(never[0]["deleted_after"].is_null());
}

#[test]
fn a_changed_byte_is_found() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let server = Running::start(folder.path(), &[]);
    drop(plays(&runtime, server.place(), 12, &[]));
    server.stop("TERM");
    let database = rusqlite::Connection::open(instep_server::DataFolder::database(folder.path())).expect("opens");
    database.execute_batch("UPDATE commands SET hash = zeroblob(32) WHERE first = (SELECT first FROM commands ORDER BY first LIMIT 1 OFFSET 4)").expect("changed");
    drop(database);
    let (code, out, err) = operates(folder.path(), &["verify"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("Table 1 (open) is wrong. "), "{out}");
    assert!(err.starts_with("1 of 1 table checked: not as it should be. "), "{err}");
    let (code, _, err) = operates(folder.path(), &["export", "1", "/nowhere"]);
    assert_eq!(code, 1);
    assert!(err.starts_with("Table 1 is damaged and was not written out; "), "{err}");
}

#[test]
fn what_is_erased_is_gone_from_database_log_and_backups() {
    for running in [true, false] {
        let (folder, runtime) = (tempdir().expect("a folder"), runtime());
        let data = folder.path().join("data");
        let elsewhere = folder.path().join("elsewhere.sqlite3");
        let server = Running::start(&data, &[]);
        let place = server.place();
        // Many of many lengths, so that pages of the database are split.
        let mut hosts = Vec::new();
        for table in 0..3 {
            let host = plays(&runtime, place, 20, &[]);
            let key = host.mirror().door().expect("its facilitator").key;
            let guest = |name| Person::comes(&runtime, place.call(invited(key, name, Role::Player)));
            // No one person writes as much at once.
            let mut writers = [host, guest("Ada"), guest("Olu")];
            for n in 0..60_u8 {
                let text = format!("{CANARY}, table {table}, {n}: {}", "and on ".repeat(usize::from(n) % 60));
                assert!(done(writers[usize::from(n) % 3].asks(note(&text, n))));
            }
            hosts.extend(writers.into_iter().next());
        }
        let backup = told(&data, &["backup"]);
        assert!(
            backup.starts_with(&format!("The database is copied into {}/instep-", data.join("backups").display())),
            "{backup}"
        );
        told(&data, &["backup", elsewhere.to_str().expect("text")]);
        let (code, err) = refused(&data, &["backup", elsewhere.to_str().expect("text")]);
        assert_eq!(code, 2);
        assert!(err.contains("is there already"), "{err}");
        assert!(holds(folder.path(), CANARY).len() >= 3, "it is there before it is erased");
        let server = if running {
            Some(server)
        } else {
            server.stop("TERM");
            None
        };
        let (code, err) = refused(&data, &["erase", "1"]);
        assert_eq!(
            (code, err.as_str()),
            (2, "Nobody is at the keyboard to be asked, so nothing was erased: say --yes.\n")
        );
        assert_eq!(refused(&data, &["erase", "9", "--yes"]).0, 1);

        let text = told(&data, &["erase", "1", "--yes"]);
        assert!(text.starts_with("What was typed at table 1 is erased (6"), "60 notes, and steps: {text}");
        assert!(text.ends_with(
            " texts, and all names), and from 2 backups. What happened in the game stays, and can still be verified.\n"
        ));
        let of = |table: usize| format!("{CANARY}, table {table}");
        assert_eq!(holds(folder.path(), &of(0)), Vec::<std::path::PathBuf>::new());
        assert!(holds(folder.path(), &of(1)).len() >= 3, "only what was named is erased");
        if running {
            let host = &mut hosts[0];
            host.until("being told", |p| p.mirror().words().iter().all(|w| w.text == WordText::Erased));
        }
        let text = told(&data, &["erase", "--all", "--yes"]);
        assert!(text.starts_with("What was typed at all tables is erased (12"), "{text}");
        for canary in [CANARY, "Tuesday", "Host"] {
            // The cards have these words too.
            let mut left = holds(folder.path(), canary);
            left.retain(|path| path.extension().is_none_or(|e| e != "pack"));
            assert_eq!(left, Vec::<std::path::PathBuf>::new(), "{canary}");
        }
        told(&data, &["verify"]);
        let stored = Stored::open(&data).expect("readable");
        assert!(stored.tables().expect("a list").iter().all(|t| stored.table(t.id).expect("there").verify().is_ok()));
        // And the game goes on.
        if let Some(server) = server {
            let ask = hosts[0].next_ask(&mut Dice::new(8)).expect("a move");
            assert!(done(hosts[0].asks(ask)));
            drop(hosts);
            assert_eq!(server.stop("TERM").0, 0);
            assert_eq!(holds(folder.path(), CANARY), Vec::<std::path::PathBuf>::new());
        }
        std::fs::remove_file(&elsewhere).expect("removed");
        let (code, out, err) = operates(&data, &["erase", "--all", "--yes"]);
        assert_eq!(code, 1, "{out}");
        assert!(
            err.starts_with(&format!("Not every backup is erased: {} is not there any more. ", elsewhere.display())),
            "{err}"
        );
    }
}

#[test]
fn a_backup_holds_a_whole_game_and_can_be_played_on() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let data = folder.path().join("data");
    let server = Running::start(&data, &[]);
    let host = plays(&runtime, server.place(), 15, &["Kept"]);
    let events = host.mirror().last();
    let backups = folder.path().join("disk");
    std::fs::create_dir(&backups).expect("made");
    told(&data, &["backup", backups.to_str().expect("text")]);
    drop(host);
    server.stop("TERM");
    let file = std::fs::read_dir(&backups).expect("a folder").flatten().next().expect("a backup").path();
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("a file").permissions());
    assert_eq!(mode & 0o777, 0o600, "only its owner may read what people typed");
    let again = folder.path().join("again");
    std::fs::create_dir(&again).expect("made");
    std::fs::copy(&file, instep_server::DataFolder::database(&again)).expect("copied");
    let text = told(&again, &["tables"]);
    assert!(text.contains(&format!("{events} events")), "{text}");
    told(&again, &["verify"]);
    let nothing = folder.path().join("nothing");
    for arguments in [&["backup"][..], &["tables"], &["verify"], &["erase", "--all", "--yes"], &["invite", "1"]] {
        let (code, err) = refused(&nothing, arguments);
        assert_eq!((code, err), (1, format!("{} holds no saved games: check the folder's name.\n", nothing.display())));
    }
}

#[test]
fn an_invite_opens_the_table_and_a_renewed_one_puts_out_the_old() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let server = Running::start(folder.path(), &[]);
    let mut host = plays(&runtime, server.place(), 0, &[]);
    host.until("the door", |p| p.mirror().door().is_some());
    let shown = |arguments: &[&str]| {
        let text = told(folder.path(), arguments);
        let (invite, code) = text.trim_end().split_once("\nCode: ").expect("an invite and a code");
        let Ok(Invite::Whole { addresses, key }) = invite.parse() else { panic!("{invite}") };
        assert_eq!(addresses[0].to_string(), format!("127.0.0.1:{}", server.place().port));
        assert_eq!(key.fingerprint, Some(server.place().fingerprint));
        let Ok(Invite::Code { code, .. }) = code.parse() else { panic!("{code}") };
        (key.key, code.replace('-', ""))
    };
    let (key, code) = shown(&["invite", "1"]);
    let door = host.mirror().door().expect("it is there").clone();
    assert_eq!((key, &code), (door.key, &door.code));
    Person::comes(&runtime, server.place().call(invited(key, "Guest", Role::Player)));

    let (renewed, another) = shown(&["invite", "1", "--renew"]);
    assert_ne!((renewed, &another), (key, &code));
    host.until("the new door", |p| p.mirror().door().is_some_and(|d| d.key == renewed && d.code == another));
    Person::comes(&runtime, server.place().call(invited(renewed, "Guest", Role::Player)));
    let mut late = Person::calls(&runtime, server.place().call(invited(key, "Late", Role::Player)));
    late.until("being refused", |p| p.refused().is_some());
    assert_eq!(refused(folder.path(), &["invite", "7"]).0, 1);
    server.stop("TERM");

    // Without the server, by the address that is named.
    let with = ["--public-address", "instep.example.org", "invite", "1"];
    let text = told(folder.path(), &with);
    assert!(text.starts_with("INSTEP://INSTEP.EXAMPLE.ORG:4433/1-"), "{text}");
    assert_ne!(told(folder.path(), &["--public-address", "instep.example.org", "invite", "1", "--renew"]), text);
}
