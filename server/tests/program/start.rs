//! Starting, and what keeps it from starting; stopping.

use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;

use instep_net::Over;
use instep_protocol::{Denied, Refused, Way};
use instep_server::{DataFolder, Hall};
use tempfile::tempdir;

use crate::people::{Person, create, runtime};
use crate::support::{Running, operates, plays, runs};

#[test]
fn it_says_where_it_is_in_one_line_and_leaves_when_it_is_told() {
    let folder = tempdir().expect("a folder");
    for signal in ["TERM", "INT", "HUP"] {
        let server = Running::start(folder.path(), &[]);
        let place = server.place();
        let fingerprint = instep_record::to_hex(&place.fingerprint);
        let line = format!(
            "Instep listens on UDP 127.0.0.1:{}; its own certificate has the fingerprint {fingerprint}; tables are kept in {}.\n",
            place.port,
            folder.path().display()
        );
        assert_eq!(server.line, line);
        let (code, said, log) = server.stop(signal);
        assert_eq!((code, said.as_str()), (0, ""), "{log}");
        assert!(log.contains("stopped: everything is kept"), "{log}");
        assert!(!folder.path().join("control").exists(), "its socket is gone");
    }
}

#[test]
fn who_is_there_is_told_goodbye_and_everything_is_kept() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let server = Running::start(folder.path(), &[]);
    let mut host = plays(&runtime, server.place(), 20, &["Kept to the last"]);
    let mut idle = Person::calls(&runtime, server.place().call(create(1)));
    idle.until("being in", Person::is_in);
    let events = host.mirror().last();
    let (code, _, log) = server.stop("TERM");
    assert_eq!(code, 0, "{log}");
    host.until("the goodbye", |p| {
        p.heard.iter().any(|m| matches!(m, instep_protocol::FromTable::Goodbye(Denied::Closing)))
    });
    let (code, out, _) = operates(folder.path(), &["tables"]);
    assert_eq!(code, 0);
    assert!(out.contains(&format!("Table 1 (open) \"Tuesday\": 1 person, {events} events, last used on ")), "{out}");
    assert_eq!(operates(folder.path(), &["verify"]).0, 0);
}

#[test]
fn after_a_kill_it_starts_again_and_can_be_asked() {
    let folder = tempdir().expect("a folder");
    Running::start(folder.path(), &[]).kill();
    assert!(folder.path().join("control").exists(), "nobody took the socket away");
    let server = Running::start(folder.path(), &[]);
    let mode = folder.path().join("control").metadata().expect("a socket").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "only its owner may ask");
    let (code, out, err) = operates(folder.path(), &["erase", "--all", "--yes"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(server.stop("TERM").0, 0);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = tempdir().expect("a folder");
    let udp = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let port = udp.local_addr().expect("its address").port();
    let (code, out, err) = operates(folder.path(), &["--listen", &format!("127.0.0.1:{port}")]);
    assert_eq!((code, out.as_str()), (3, ""));
    let begins = format!("UDP port {port} on 127.0.0.1 can't be used (");
    assert!(err.starts_with(&begins) && err.trim_end().lines().count() == 1, "{err}");

    let tcp = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = tcp.local_addr().expect("its address").port();
    let (code, _, err) = operates(folder.path(), &["--listen", "127.0.0.1:0", "--metrics", &port.to_string()]);
    assert_eq!(code, 3);
    assert!(err.starts_with(&format!("TCP port {port} on 127.0.0.1 can't be used for health and metrics (")), "{err}");
}

#[test]
fn all_addresses_are_those_of_ipv4_too() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let mut command = crate::support::program();
    command.args(["--listen", "[::]:0", "--data"]).arg(folder.path());
    let server = Running::of(&mut command, folder.path());
    let port = server.port(if server.line.contains("[::]:") { "[::]:" } else { "0.0.0.0:" });
    let mut place = crate::people::Place { port, fingerprint: [0; 32] };
    let cert = std::fs::read(folder.path().join("server-cert.der")).expect("its certificate");
    place.fingerprint = instep_server::quic::fingerprint(&cert);
    Person::comes(&runtime, place.call(create(1)));
    assert_eq!(server.stop("TERM").0, 0);
}

#[test]
fn a_certificate_that_does_not_do_is_named() {
    let folder = tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let data = path("data");
    let start = |cert: &str, key: &str| {
        runs(&["--listen", "127.0.0.1:0", "--data", &data, "--cert", &path(cert), "--key", &path(key)])
    };
    let pair = || {
        let key = rcgen::KeyPair::generate().expect("a key");
        let params = rcgen::CertificateParams::new(vec!["instep.example.org".to_owned()]).expect("parameters");
        (params.self_signed(&key).expect("a certificate").pem(), key.serialize_pem())
    };
    let ((cert, key), (_, other)) = (pair(), pair());
    for (name, text) in
        [("cert.pem", cert), ("key.pem", key.clone()), ("other.pem", other), ("none.pem", String::new())]
    {
        std::fs::write(path(name), text).expect("written");
    }
    for (cert, key, begins) in [
        ("gone.pem", "key.pem", format!("The certificate can't be read from {} (", path("gone.pem"))),
        ("none.pem", "key.pem", format!("The certificate can't be read from {} (", path("none.pem"))),
        ("cert.pem", "none.pem", format!("The certificate can't be read from {} (", path("none.pem"))),
        (
            "cert.pem",
            "other.pem",
            format!(
                "The certificate in {} and the key in {} can't be used together (",
                path("cert.pem"),
                path("other.pem")
            ),
        ),
    ] {
        let (code, out, err) = start(cert, key);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.starts_with(&begins), "{err}");
    }
    let server = Running::start(folder.path(), &["--cert", &path("cert.pem"), "--key", &path("key.pem")]);
    assert!(server.line.contains(&format!("an authority vouches for its certificate, {};", path("cert.pem"))));
    assert!(!folder.path().join("server-cert.der").exists(), "none of its own is made then");
}

#[test]
fn a_folder_that_does_not_do_is_named() {
    let folder = tempdir().expect("a folder");
    let data = folder.path().join("data");
    let at = data.display().to_string();
    let start = || operates(&data, &["--listen", "127.0.0.1:0"]);
    std::fs::write(&data, "a file").expect("written");
    let (code, _, err) = start();
    assert_eq!(code, 3);
    assert!(err.starts_with(&format!("{at} can't be written to (")), "{err}");
    std::fs::remove_file(&data).expect("removed");

    let hall = Hall::open(DataFolder::hold(&data).expect("nobody holds it")).expect("a hall");
    let (code, _, err) = start();
    let mine = std::process::id();
    assert_eq!(code, 3);
    assert!(err.starts_with(&format!("{at} is in use by another Instep (process {mine}): ")), "{err}");
    // Whoever holds it is no server: what acts says so, and what reads does.
    let (code, _, err) = operates(&data, &["erase", "--all", "--yes"]);
    assert_eq!(code, 3);
    assert!(err.starts_with(&format!("{at} is in use by another Instep ")), "{err}");
    assert_eq!(operates(&data, &["tables"]), (0, "There is no table yet.\n".into(), String::new()));
    drop(hall);

    let database = rusqlite::Connection::open(DataFolder::database(&data)).expect("opens");
    database.pragma_update(None, "user_version", 99).expect("set");
    drop(database);
    for arguments in [&["--listen", "127.0.0.1:0"][..], &["tables"], &["verify"], &["backup"]] {
        let (code, _, err) = operates(&data, arguments);
        assert_eq!(code, 1, "{err}");
        assert!(err.starts_with(&format!("{at} was written by a newer Instep (format 99; ")), "{err}");
    }
    std::fs::write(DataFolder::database(&data), "x".repeat(8192)).expect("written");
    let (code, _, err) = start();
    assert_eq!(code, 1);
    assert!(err.starts_with("The saved games are damaged ("), "{err}");
}

#[test]
fn more_packs_are_installed_and_a_faulty_one_is_named() {
    let folder = tempdir().expect("a folder");
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/packs");
    let server = Running::start(&folder.path().join("data"), &["--packs", packs]);
    let (_, _, log) = server.stop("TERM");
    assert!(!log.contains("packs=0"), "{log}");
    let faulty = folder.path().join("ours/faulty");
    std::fs::create_dir_all(&faulty).expect("made");
    std::fs::write(faulty.join("pack.ron"), "(").expect("written");
    let data = folder.path().join("data");
    let ours = folder.path().join("ours");
    let (code, _, err) = operates(&data, &["--listen", "127.0.0.1:0", "--packs", ours.to_str().expect("text")]);
    assert_eq!(code, 1);
    assert!(err.starts_with(&format!("The pack in {} has ", faulty.display())), "{err}");
    let (code, _, err) = operates(&data, &["--packs", "/nowhere/at-all"]);
    assert_eq!(code, 1);
    assert!(err.starts_with("/nowhere/at-all can't be read ("), "{err}");
    let (code, _, err) = operates(&data, &["--packs", data.to_str().expect("text")]);
    assert_eq!(code, 1);
    assert!(err.contains(" holds no pack (a folder with a pack.ron): "), "{err}");
}

#[test]
fn a_pass_is_wanted_and_caps_are_kept() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let server = Running::start(folder.path(), &["--pass", "swordfish", "--max-tables-an-hour", "1"]);
    let refused = |way: Way| {
        let mut person = Person::calls(&runtime, server.place().call(way));
        person.until("being refused", |p| p.refused().is_some());
        person.refused()
    };
    assert_eq!(refused(create(1)), Some(Over::Refused(Refused::PassNeeded)));
    let with_pass = || {
        let Way::Create(mut wish) = create(1) else { unreachable!("it makes a table") };
        wish.pass = "swordfish".into();
        Way::Create(wish)
    };
    Person::comes(&runtime, server.place().call(with_pass()));
    assert_eq!(refused(with_pass()), Some(Over::Refused(Refused::ServerFull)));
}
