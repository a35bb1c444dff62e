//! Others are told that a turn has come: by a command and over the web.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use tempfile::tempdir;

use crate::people::runtime;
use crate::support::{Running, plays};

#[test]
fn a_turn_that_comes_is_told_by_a_command_and_over_the_web() {
    let (folder, runtime) = (tempdir().expect("a folder"), runtime());
    let told = folder.path().join("told");
    let command = format!("echo \"$INSTEP_TABLE $INSTEP_SEAT ${{INSTEP_PASS-none}}\" >> {}", told.display());
    let web = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/canary-hook", web.local_addr().expect("its address"));
    let posted = std::thread::spawn(move || {
        let (mut stream, _) = web.accept().expect("somebody calls");
        let mut bytes = Vec::new();
        let mut part = [0; 1024];
        while !bytes.ends_with(b"}") {
            let read = stream.read(&mut part).expect("a request");
            assert!(read > 0, "cut off: {bytes:?}");
            bytes.extend_from_slice(&part[..read]);
        }
        stream.write_all(b"HTTP/1.1 500 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").expect("answered");
        String::from_utf8(bytes).expect("text")
    });
    let data = folder.path().join("data");
    let arguments = ["--on-turn-command", &command, "--on-turn-webhook", &url, "--pass", ""];
    let server = Running::start(&data, &arguments);
    let _host = plays(&runtime, server.place(), 40, &["canary-note"]);
    let end = Instant::now() + Duration::from_secs(20);
    let lines = || std::fs::read_to_string(&told).unwrap_or_default();
    while lines().lines().count() < 2 {
        assert!(Instant::now() < end, "nothing was told");
        std::thread::sleep(Duration::from_millis(50));
    }
    let first = lines().lines().next().expect("a line").to_owned();
    assert!(["1 1 none", "1 2 none", "1 3 none", "1 4 none"].contains(&first.as_str()), "{first}");
    let posted = posted.join().expect("it was posted");
    assert!(posted.starts_with("POST /canary-hook HTTP/1.1\r\n"), "{posted}");
    let seat = first.split(' ').nth(1).expect("a seat");
    assert!(posted.ends_with(&format!("{{\"table\":1,\"seat\":{seat}}}")), "{posted}");
    let (code, _, log) = server.stop("TERM");
    assert_eq!(code, 0);
    assert!(log.contains("the address of on-turn-webhook was not told"), "{log}");
    assert!(!log.contains("canary"), "the address may hold a secret: {log}");
}
