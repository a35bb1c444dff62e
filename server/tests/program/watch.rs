//! Health and metrics.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

use instep_rules::players::Dice;
use tempfile::tempdir;

use crate::people::{Person, create, runtime};
use crate::support::{Running, note, plays, program};

/// The status and the body of an answer.
fn get(port: u16, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    (head.split(' ').nth(1).and_then(|n| n.parse().ok()).expect("a status"), body.to_owned())
}

fn path(port: u16, path: &str) -> (u16, String) {
    get(port, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))
}

fn metric(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("instep_{name} ")));
    line.unwrap_or_else(|| panic!("{name} in {text}")).parse().expect("a number")
}

#[test]
fn nothing_is_answered_unless_it_is_asked_for() {
    let folder = tempdir().expect("a folder");
    assert!(!Running::start(folder.path(), &[]).line.contains("http"));
}

#[test]
fn health_and_metrics_are_answered() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let server = Running::start(folder.path(), &["--metrics", "0"]);
    let port = server.port("http://127.0.0.1:");
    assert_eq!(path(port, "/healthz"), (200, "ok\n".into()));
    assert_eq!(path(port, "/readyz?verbose"), (200, "ready\n".into()));
    assert_eq!(path(port, "/elsewhere").0, 404);
    assert_eq!(get(port, "POST /metrics HTTP/1.1\r\n\r\n").0, 405);
    assert_eq!(get(port, "HEAD /healthz HTTP/1.1\r\n\r\n"), (200, String::new()));
    assert_eq!(get(port, "\u{1}\r\n\r\n").0, 400);
    assert_eq!(get(port, &format!("GET /{} HTTP/1.1\r\n", "x".repeat(9_000))).0, 400);

    let mut host = plays(&runtime, server.place(), 10, &["canary-note"]);
    assert!(!crate::people::done(host.asks(note("  ", 9))));
    let (status, text) = path(port, "/metrics");
    assert_eq!(status, 200);
    for (name, least, most) in [
        ("up", 1.0, 1.0),
        ("connections", 1.0, 1.0),
        ("connections_total", 1.0, 1.0),
        ("tables_open", 1.0, 1.0),
        ("people", 1.0, 1.0),
        ("batches_waiting", 0.0, 1.0),
        ("requests_done_total", 11.0, 11.0),
        ("requests_refused_total", 1.0, 1.0),
        ("frames_sent_total", 12.0, 1e6),
        ("bytes_sent_total", 100.0, 1e9),
        ("behind_total", 0.0, 0.0),
        ("commit_seconds_count", 5.0, 1e6),
        ("commit_seconds_sum", 0.0, 1e6),
        ("commit_seconds_bucket{le=\"+Inf\"}", 5.0, 1e6),
        ("uptime_seconds", 0.0, 600.0),
    ] {
        let value = metric(&text, name);
        assert!((least..=most).contains(&value), "{name} is {value}");
    }
    assert!(!text.contains("canary") && !text.contains("Host"), "{text}");
    // Prometheus wants a help and a type for each, and no name twice.
    let helps: Vec<&str> = text.lines().filter(|line| line.starts_with("# HELP ")).collect();
    assert_eq!(helps.len(), text.lines().filter(|line| line.starts_with("# TYPE ")).count());

    // Somebody who says nothing keeps nobody out.
    let silent: Vec<_> = (0..8).map(|_| TcpStream::connect(("127.0.0.1", port)).expect("it listens")).collect();
    assert_eq!(path(port, "/healthz").0, 200);
    drop(silent);
    drop(host);
    assert_eq!(server.stop("TERM").0, 0);
}

#[test]
fn a_disk_that_takes_no_more_is_told() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    // Its files may not grow past this; the signal that would end it is left aside, so that writing fails instead.
    let mut command = std::process::Command::new("bash");
    let own = program();
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\""])
        .arg(own.get_program())
        .args(["--listen", "127.0.0.1:0", "--metrics", "0", "--data"])
        .arg(folder.path())
        .stdin(Stdio::null());
    let server = Running::of(&mut command, folder.path());
    let port = server.port("http://127.0.0.1:");
    let mut host = Person::comes(&runtime, server.place().call(create(5)));
    let mut dice = Dice::new(4);
    let end = Instant::now() + Duration::from_secs(60);
    for n in 0_u32.. {
        assert!(Instant::now() < end, "the disk took everything");
        if path(port, "/readyz").0 == 503 {
            break;
        }
        for m in 0..10 {
            let ask = note(&format!("{n} {m} {}", "x".repeat(480)), 0);
            let instep_protocol::Ask::Note { seat, kind, audience, text, .. } = ask else { unreachable!() };
            let nonce = u128::from(n * 10 + m).to_le_bytes();
            host.says(instep_protocol::Ask::Note { seat, kind, audience, text, nonce });
        }
        if let Some(ask) = host.next_ask(&mut dice) {
            host.says(ask);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(path(port, "/readyz"), (503, "nothing is kept any more: see the log\n".into()));
    assert_eq!(path(port, "/healthz").0, 200, "it lives");
    assert!(path(port, "/metrics").1.contains("\ninstep_up 0\n"));
    let (code, _, log) = server.stop("TERM");
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("ERROR nothing is kept any more trouble="), "{log}");
}
