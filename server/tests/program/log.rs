//! The log of a game holds nothing that anybody typed, and nothing that opens a door.

use instep_protocol::{Ask, Role, TableKey, Way};
use instep_rules::Perspective;
use tempfile::tempdir;

use crate::people::{Person, create, done, invited, runtime};
use crate::support::{Running, note, operates};

#[test]
fn a_games_log_holds_no_canary() {
    for (form, level) in [("text", "info"), ("json", "debug")] {
        let (folder, runtime) = (tempdir().expect("a folder"), runtime());
        let server = Running::start(folder.path(), &["--log", form, "--log-level", level, "--pass", "canary-pass"]);
        let Way::Create(mut wish) = create(2) else { unreachable!("it makes a table") };
        (wish.pass, wish.called, wish.name) = ("canary-pass".into(), "Canary Ward".into(), "Canary Host".into());
        let mut host = Person::comes(&runtime, server.place().call(Way::Create(wish)));
        host.until("the door", |p| p.mirror().door().is_some());
        let door = host.mirror().door().expect("it is there").clone();
        let key: TableKey = door.key;
        // Somebody knocks, is let in, is muted and goes; somebody guesses.
        let mut guest = Person::calls(
            &runtime,
            server.place().call(Way::Code { code: door.code.clone(), name: "Canary Guest".into() }),
        );
        guest.until("waiting", |p| p.waiting);
        host.until("a knock", |p| p.mirror().door().is_some_and(|d| !d.waiting.is_empty()));
        let waiting = host.mirror().door().expect("it is there").waiting[0].id;
        assert!(done(host.asks(Ask::Admit { waiting, role: Role::Player })));
        guest.until("being in", Person::is_in);
        let player = Person::comes(&runtime, server.place().call(invited(key, "Canary Player", Role::Player)));
        assert!(done(host.asks(note("canary-note about Mrs Smith", 1))));
        assert!(done(guest.asks(Ask::TakeSeat(Perspective::First))));
        let (_, _, _) = operates(folder.path(), &["invite", "1", "--renew"]);
        let tokens: Vec<String> = [&host, &guest, &player]
            .iter()
            .flat_map(|p| p.tokens.iter().map(|t| instep_record::to_hex(&t.secret)))
            .collect();
        drop((host, guest, player));
        let (code, said, log) = server.stop("TERM");
        assert_eq!(code, 0);
        let text = format!("{said}{log}");
        assert!(!text.to_lowercase().contains("canary"), "{text}");
        let invite = instep_protocol::Invite::Whole {
            addresses: Vec::new(),
            key: instep_protocol::InviteKey { key, fingerprint: None },
        }
        .to_string();
        let secret = invite.rsplit('-').next().expect("a secret").to_owned();
        for canary in tokens.iter().chain([&door.code, &secret, &instep_record::to_hex(&key.secret)]) {
            assert!(!text.to_uppercase().contains(&canary.to_uppercase()), "{canary} in {text}");
        }
        for act in ["made the table", "let somebody in", "an operator made a new invite"] {
            assert!(log.contains(act), "{act} in {log}");
        }
        assert_eq!(log.contains("127.0.0.1"), level == "debug", "addresses are at debug alone: {log}");
        if form == "json" {
            for line in log.lines() {
                serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            }
        }
    }
}
