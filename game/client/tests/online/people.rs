//! People at terminals, at a table with others.

use crate::support::*;
use crate::terminal::*;
use crate::world::*;

/// A host at a terminal, and the invite.
fn host(place: &Place, args: &[&str]) -> (Terminal, String) {
    let all = [&["host", "--name", "Ann", "--listen", "127.0.0.1:0", "--length", "quick"], args].concat();
    let mut host = Terminal::start(place, &all);
    host.sees("Others come in with this invite");
    host.sees("You are at the table as Ann.");
    let text = host.text();
    let invite = text.split_whitespace().find(|word| word.starts_with("INSTEP://")).expect("an invite").to_owned();
    (host, invite)
}

#[test]
fn what_others_do_is_shown_while_somebody_types() {
    let (ann_place, sam_place) = (Place::new(), Place::new());
    let (mut ann, invite) = host(&ann_place, &["--called", "Tuesday"]);
    ann.sees("It is the users and carers' turn.");
    let mut sam = Terminal::start(&sam_place, &["join", &invite, "--name", "Sam"]);
    sam.sees("The table is Tuesday.");
    sam.sees("You play no seat yet: take SEAT takes one");
    ann.sees("Sam is here.");
    // Half a line at the host's stays while others act.
    ann.types("n half a tho");
    sam.line("take users", "Somebody plays users and carers");
    ann.sees("Sam plays users and carers.");
    sam.line("1", "laid a users and carers tile");
    ann.sees("laid a users and carers tile on Choice and control as an opening tile");
    ann.sees("> n half a tho");
    ann.line("ught", "Your note is kept.");
    sam.sees("A note: half a thought");
    sam.line("h", "Done.");
    ann.sees("Sam raises a hand.");
    ann.line("chat hello", "The facilitator has not opened the chat");
    ann.line("chat on", "Done.");
    sam.sees("People may write to each other now");
    sam.line("chat Good morning", "Said.");
    ann.sees("Sam: Good morning");
    sam.line("point 2", "Done.");
    ann.sees("Sam points at");
    sam.line("name Samira", "Done.");
    ann.line("who", "SEATS");
    ann.sees("Users and carers: Samira");
    ann.sees("Staff: nobody, so anybody may act for it");
    ann.sees("Ann: facilitates, that is you");
    ann.sees("Samira: plays, a hand up");
    sam.line("admit 1", "Only the facilitator can do that.");
    sam.line("?", "WITH OTHERS");
    ann.line("?", "THE FACILITATOR'S DOOR");
    ann.line("take staff", "Somebody plays staff");
    ann.line("facilitator 2", "Done.");
    sam.sees("You facilitate now.");
    sam.line("invite", "Others come in with this invite");
    sam.line("role 2 player", "Done.");
    sam.line("export out", "The record is in out.");
    has(&sam_place.run(&["verify", "out"]).done(), &["the seed is not published yet"]);
    sam.line("q", "To go on where you left: the same command again.");
    sam.ends();
    ann.sees("Samira is away for now.");
    ann.line("send-away 2", "Samira has left the table.");
    let err = sam_place.run(&["join"]).is(1);
    has(&err, &["Ask for a new invite"]);
    has(&sam_place.run(&["join"]).is(1), &["no table elsewhere to come back to"]);
    ann.line("close", "The game is closed");
    ann.line("q", "A planned stop is no failure.");
    ann.ends();
}

#[test]
fn a_lost_connection_is_said_calmly_and_nothing_typed_is_lost() {
    let (ann_place, sam_place) = (Place::new(), Place::new());
    let hosted = Hosted::open_in(ann_place, &["--length", "quick", "--called", "Tuesday"]);
    let listen = format!("127.0.0.1:{}", hosted.port());
    let mut sam = Terminal::start(&sam_place, &["join", &hosted.invite, "--name", "Sam", "--seat", "users"]);
    sam.sees("choose a stone: 1");
    sam.types("n what I am abo");
    hosted.host.kill();
    sam.sees("The connection is lost; what you typed is kept. Trying again…");
    sam.sees("> n what I am abo");
    // Asked while there is no connection: it waits, and is kept once.
    sam.types("ut to say\r");
    let again = Hosted::open_in(hosted.place, &["--listen", &listen]);
    sam.sees("Back.");
    sam.sees("Your note is kept.");
    sam.line("notes", "what I am about to say");
    sam.line("q", "To go on where you left");
    sam.ends();
    again.host.kill();
}

#[test]
fn whoever_is_sent_away_is_told_and_the_terminal_is_left_in_order() {
    let (ann_place, sam_place) = (Place::new(), Place::new());
    let (mut ann, invite) = host(&ann_place, &[]);
    let mut sam = Terminal::start(&sam_place, &["join", &invite, "--name", "Sam", "--as", "observer"]);
    sam.sees("You look on.");
    ann.sees("Sam is here.");
    sam.types("half a word");
    ann.line("send-away 2", "Done.");
    sam.sees("The facilitator has asked you to leave this table.");
    sam.sees("Press Enter to leave.");
    sam.types("\r");
    sam.sees("This was not kept: half a word");
    sam.ends_with(1);
    ann.line("q", "To go on where you left");
    ann.ends();
}

#[test]
fn a_host_is_asked_once_before_the_table_closes_for_others_and_keeps_the_name() {
    let (ann_place, sam_place) = (Place::new(), Place::new());
    let (mut ann, invite) = host(&ann_place, &["--called", "Tuesday"]);
    let mut sam = Terminal::start(&sam_place, &["join", &invite, "--name", "Sam", "--as", "observer"]);
    sam.sees("You look on.");
    ann.sees("Sam is here.");
    ann.line("q", "Sam is at this table. If you leave, it closes for them until you open it again.");
    // Something else in between, and it is asked again.
    ann.line("who", "SEATS");
    ann.line("q", "Sam is at this table.");
    ann.types(CTRL_C);
    ann.sees("To go on where you left");
    ann.ends();
    // Opened again without a name, by whoever it was.
    let mut again = Terminal::start(&ann_place, &["host", "--listen", "127.0.0.1:0"]);
    again.sees("You are at the table as Ann.");
    again.line("q", "To go on where you left");
    again.ends();
    // And a new one too.
    let mut new = Terminal::start(&ann_place, &["host", "--new", "--length", "quick", "--listen", "127.0.0.1:0"]);
    new.sees("You are at the table as Ann.");
    new.line("q", "To go on where you left");
    new.ends();
    drop(sam);
}
