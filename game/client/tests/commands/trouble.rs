//! Disks that are full, and files that may not grow.

use std::path::Path;
use std::process::Command;

use crate::support::*;

/// A shell that runs `lines`, with the program as `$INSTEP`.
fn shell(place: &Place, with: &[&str], lines: &str) -> Ran {
    let instep = place.command();
    let mut command = Command::new(with[0]);
    command.args(&with[1..]).args(["sh", "-c", lines]).current_dir(place.path(""));
    command.envs(instep.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("INSTEP", instep.get_program()).stdin(std::process::Stdio::null());
    ran(&command.output().expect("a shell"))
}

/// A small pack, so that its own copy is not what fills the disk.
const SEEDED: &str = "play ./little --seed 7 --record out";

fn little() -> Place {
    let place = Place::new();
    little_pack(&place, "little", "little");
    place
}

fn uninterrupted() -> String {
    let place = little();
    place.run(&SEEDED.split(' ').collect::<Vec<_>>()).done();
    place.text("out/events.json")
}

/// What was shown before the trouble is on disk.
fn nothing_shown_is_lost(shown: &str, verified: &str) {
    let lines = shown.lines().skip(1).count();
    let events = verified.split("): ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a count");
    assert!(lines > 3 && events.parse::<usize>().expect("a number") > lines, "{lines} lines, {events} events");
}

#[test]
fn a_file_that_may_not_grow_stops_the_table_and_nothing_shown_is_lost() {
    let place = little();
    // The signal would end the program before it could say why.
    let ran = shell(&place, &["env"], &format!("trap '' XFSZ; ulimit -f 200; exec \"$INSTEP\" {SEEDED}"));
    has(&ran.err, &["the table has stopped", "nothing that was shown is lost", "start again"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    nothing_shown_is_lost(&ran.out, &place.run(&["verify", "data"]).done());
    has(&place.run(&SEEDED.split(' ').collect::<Vec<_>>()).done(), &["Going on with the unfinished game."]);
    assert_eq!(place.text("out/events.json"), uninterrupted());
}

#[test]
fn a_full_disk_is_said_and_with_room_it_goes_on() {
    let place = little();
    std::fs::create_dir_all(place.path("disk")).expect("made");
    if !Path::new("/proc/self/ns/user").exists() || shell(&place, UNSHARE, MOUNT).code != 0 {
        eprintln!("skipped: a small disk can't be mounted here");
        return;
    }
    // All of it in one shell: the disk is gone with it.
    let lines = format!(
        "{MOUNT} || exit 9
        \"$INSTEP\" {SEEDED} --data disk >first.txt 2>first.err; echo $? >first.code
        \"$INSTEP\" verify disk >verify.txt 2>verify.err
        mount -o remount,size=30m disk
        exec \"$INSTEP\" {SEEDED} --data disk"
    );
    let out = shell(&place, UNSHARE, &lines).done();
    assert_eq!(place.text("first.code"), "3\n", "{}", place.text("first.err"));
    has(
        &place.text("first.err"),
        &["The disk is full", "nothing that was shown is lost", "make room, then start again"],
    );
    nothing_shown_is_lost(&place.text("first.txt"), &place.text("verify.txt"));
    has(&out, &["Going on with the unfinished game.", "The game is closed"]);
    assert_eq!(place.text("out/events.json"), uninterrupted());
}

/// A namespace of its own, in which anybody may mount.
const UNSHARE: &[&str] = &["unshare", "--user", "--map-root-user", "--mount"];
const MOUNT: &str = "mount -t tmpfs -o size=300k tmpfs disk";

#[test]
fn a_full_disk_from_the_beginning_leaves_a_way_out() {
    let place = little();
    let ran = shell(&place, &["env"], "trap '' XFSZ; ulimit -f 8; exec \"$INSTEP\" play");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(!ran.err.is_empty() && ran.err.lines().count() == 1, "{}", ran.err);
    // With room, it begins.
    place.run(&["play", "--length", "quick"]).done();
}

#[test]
fn output_that_cannot_be_written_is_said() {
    let place = Place::new();
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: there is no /dev/full here");
        return;
    }
    let ran = shell(&place, &["env"], "exec \"$INSTEP\" play >/dev/full");
    has(&ran.is(3), &["can't be shown any more", "kept up to here", "start again"]);
}
