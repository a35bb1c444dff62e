//! The stand-alone reader in `docs/check_protocol.py`, which has only the page to go by, reads what this crate writes.

mod common;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use common::made_up::made_up;
use common::page::to_hex;
use instep_protocol::{FromClient, FromTable, encode};
use instep_rules::players::Dice;
use serde::Serialize;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/check_protocol.py");

fn script(args: &[&str], input: String) -> Option<Output> {
    let mut command = Command::new("python3");
    command.args(["-B", "-X", "utf8", SCRIPT]).args(args);
    let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        println!("skipped: there is no python3 here");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    Some(output)
}

#[test]
fn it_reads_the_examples_and_says_what_they_say() {
    let Some(output) = script(&[], String::new()) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for part in [
        "Enter(Enter { oldest: 1, newest: 1, way: Invite { key: TableKey { table: 300, .. }, name: \"Zoë\"",
        "Events { first: 131, commands: [[DieRolled { face: 4, typed: false, words: 1 }]]",
        "addresses: 192.0.2.7:4433 and [2001:db8::1]:5000",
        "secret: 00 11 22 33 44 55 66 77 88 99",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn it_reads_any_message_as_this_crate_does() {
    let mut dice = Dice::new(7);
    let (mut input, mut wanted) = (String::new(), Vec::new());
    let mut ask = |of: &str, message: &dyn std::fmt::Debug, frame: Vec<u8>| {
        let hex = to_hex(&frame[4..]);
        let _ = writeln!(input, "{of} {hex}");
        wanted.push(format!("{hex} {message:?}"));
    };
    for n in 0..3_000_u32 {
        // Each variant in its turn, and chance within it.
        let mut chance: Vec<u8> = (0..dice.below(300)).map(|_| dice.below(256) as u8).collect();
        if n % 2 == 0 {
            chance.insert(0, (n / 2) as u8);
            let message: FromTable = made_up(&chance);
            ask("FromTable", &message, framed(&message));
        } else {
            // Most of what a client says is an `Ask`: a 1, two numbers, and which.
            let which = [1, 0, 0, (n / 4) as u8];
            let start = if n % 4 == 1 { &which[..] } else { &[(n / 4) as u8][..] };
            chance.splice(0..0, start.iter().copied());
            let message: FromClient = made_up(&chance);
            ask("FromClient", &message, framed(&message));
        }
    }
    let Some(output) = script(&["decode"], input) else { return };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.lines().count(), wanted.len());
    for (said, wanted) in said.lines().zip(wanted) {
        assert_eq!(said, wanted);
    }
}

fn framed(message: &impl Serialize) -> Vec<u8> {
    encode(message).unwrap()
}

#[test]
fn it_refuses_what_this_crate_refuses() {
    for (line, why) in [
        ("FromTable 0eff", "left over"),
        ("FromTable 7f", "no variant"),
        ("FromTable 0dac02", "ends early"),
        ("FromTable 0902c328", "not UTF-8"),
        ("FromClient 04ffffffff1f", "more than 32 bits"),
        ("FromClient 010000000200", "neither there nor not"),
        ("FromTable 03ffffffffffffffffff01", "ends early"),
    ] {
        let Some(output) = script(&["decode"], format!("{line}\n")) else { return };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(1) && said.contains(why), "{line}: {said}");
        let (of, hex) = line.split_once(' ').unwrap();
        let bytes = common::page::from_hex(hex);
        let refused = match of {
            "FromTable" => instep_protocol::decode::<FromTable>(&bytes).is_err(),
            _ => instep_protocol::decode::<FromClient>(&bytes).is_err(),
        };
        assert!(refused, "{line}");
    }
}
