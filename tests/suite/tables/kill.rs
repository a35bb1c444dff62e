//! kill -9: what anybody saw is still there, and a request sent again is answered, not done twice.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command as Process, Stdio};

use instep_protocol::{Answer, Frames, FromClient, encode};
use instep_rules::players::Dice;

use crate::support::{Someone, again, done, room};

const FOLDER: &str = "INSTEP_TEST_KILL_FOLDER";
const KILLS: u64 = 50;

/// Plays until it is killed, and prints each answer once it has it: `last-event hash request`.
pub(crate) fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = std::path::PathBuf::from(folder);
    let mut room = if folder.join("instep.sqlite3").exists() { again(&folder) } else { room(&folder, &[]) };
    let creator = room.creator();
    let mut player = Someone::joins(&mut room, creator);
    let mut out = std::io::stdout().lock();
    loop {
        let state = player.mirror.game().state();
        let mut dice = Dice::new(u64::from(state.steps()));
        let Some(ask) = player.next_ask(&mut dice) else { break };
        let Some(message) = player.mirror.ask(ask) else { break };
        let answer = player.says(&mut room, &message);
        assert!(done(answer), "{answer:?}");
        let game = player.mirror.game();
        let hash = game.state().hash(game.setup());
        let asked = instep_record::to_hex(&encode(&message).expect("it was sent"));
        // A pipe that is gone: the parent has seen enough.
        if writeln!(out, "saw {} {} {asked}", player.mirror.last(), instep_record::to_hex(&hash)).is_err() {
            break;
        }
        let _ = out.flush();
    }
    let _ = writeln!(out, "saw the end");
}

/// One kill after so many lines. What was printed last, unless the game ended.
fn run_and_kill(folder: &std::path::Path, lines: u64) -> Option<(u32, String, FromClient)> {
    let mut child = Process::new(std::env::current_exe().expect("this test's own file"))
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this test can be started again");
    let out = BufReader::new(child.stdout.take().expect("piped"));
    let mut last = None;
    let mut count = 0;
    for line in out.lines().map_while(Result::ok) {
        // The test runner's own words may stand before ours on a line.
        let Some((_, said)) = line.split_once("saw ") else { continue };
        let words: Vec<&str> = said.split(' ').collect();
        let [seq, hash, asked] = words[..] else { break };
        last = Some((seq.parse().expect("a number"), hash.to_owned(), request(asked)));
        count += 1;
        if count == lines {
            break;
        }
    }
    child.kill().expect("a child of ours"); // SIGKILL on Unix, TerminateProcess on Windows
    child.wait().expect("a child of ours");
    last
}

/// A request that was printed as the digits of its frame.
fn request(digits: &str) -> FromClient {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits");
    let mut frames = Frames::default();
    frames.push(&(0..digits.len()).step_by(2).map(byte).collect::<Vec<u8>>());
    frames.take().expect("a frame").expect("a whole one")
}

#[test]
fn what_anybody_saw_is_still_there_after_a_kill() {
    let mut dice = Dice::new(20);
    let mut folder = tempfile::tempdir().expect("a folder");
    let mut in_mid_game = 0;
    for _ in 0..KILLS {
        let Some((seq, hash, asked)) = run_and_kill(folder.path(), u64::from(dice.below(6)) + 1) else {
            // This table's path is complete: another table.
            folder = tempfile::tempdir().expect("a folder");
            continue;
        };
        in_mid_game += 1;
        let mut room = again(folder.path());
        let creator = room.creator();
        let mut player = Someone::joins(&mut room, creator);
        assert!(player.mirror.last() >= seq, "event {seq} was seen and is gone");
        // The state that was seen is a state of the log.
        let mut game = instep_rules::Game::new(player.mirror.game().setup().clone());
        let stored = room.hall().stored().table(room.table()).expect("readable");
        let mut found = seq == 0;
        for command in &stored.commands {
            game.apply(command.events.as_deref().expect("readable"));
            if game.log().len() as u32 == seq {
                found = instep_record::to_hex(&game.state().hash(game.setup())) == hash;
            }
        }
        assert!(found, "the state after event {seq} is another than was seen");
        stored.verify().expect("the journal is whole");

        // The last request again, as a client does that had no answer: the first answer comes.
        let before = player.mirror.last();
        let answer = player.says(&mut room, &asked);
        assert!(matches!(answer, Answer::Done { seq: told, .. } if told == seq), "{answer:?}");
        assert_eq!(player.mirror.last(), before, "a repeated request was done twice");
    }
    assert!(in_mid_game > KILLS / 2, "only {in_mid_game} of {KILLS} were killed in mid-game");
}
