//! A table at a server, made, found and joined from elsewhere.

use std::net::SocketAddr;

use instep_content::Library;
use instep_server::make::PackShelf;
use instep_server::{Caps, Certificate, DataFolder, Listener, Service, Ways};
use tempfile::TempDir;

use crate::support::*;
use crate::world::*;

/// A server in this process.
struct Server {
    listener: Listener,
    fingerprint: [u8; 32],
    _service: Service,
    _dir: TempDir,
}

impl Server {
    fn start(pass: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = DataFolder::hold(dir.path()).expect("nobody holds it");
        let certificate = Certificate::own(&folder).expect("a certificate");
        let fingerprint = certificate.fingerprint.expect("its own");
        let ways = Ways {
            maker: PackShelf::new(folder.packs(), Library::new(None)),
            random: Box::new(|bytes| rand::TryRng::try_fill_bytes(&mut rand::rngs::SysRng, bytes).expect("chance")),
            caps: Caps::default(),
            retention_days: 30,
            pass: pass.to_owned(),
        };
        let service = Service::start(folder, ways, |_| {}).expect("a service");
        let at = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = Listener::open(&service, at, certificate, &[7; 32]).expect("a port");
        Self { listener, fingerprint, _service: service, _dir: dir }
    }

    /// As somebody types it.
    fn typed(&self) -> String {
        format!("{}#{}", self.listener.address(), instep_record::to_hex(&self.fingerprint))
    }
}

#[test]
fn a_table_at_a_server_is_made_joined_and_come_back_to() {
    let server = Server::start("open sesame");
    let (ann_place, sam_place) = (Place::new(), Place::new());
    let at = server.typed();
    let make = |pass: &'static str| {
        vec!["host", "--server", &at, "--pass", pass, "--name", "Ann", "--called", "Tuesday", "--length", "quick"]
    };
    has(&ann_place.run(&make("wrong")).is(1), &["only for those who know its pass"]);
    let ann = Running::start(&ann_place, &[&make("open sesame")[..], &["--seat", "users", "--public"]].concat());
    let invite = ann.sees("INSTEP://");
    ann.sees("as an opening tile");
    // The facilitator is killed: the table stays, and so does their place at it.
    ann.kill();
    let seats = ["--seat", "providers", "--seat", "staff", "--seat", "managers"];
    let sam = Running::start(&sam_place, &[&["join", &invite, "--name", "Sam"], &seats[..]].concat());
    sam.sees("You play providers and commissioners, staff, managers.");
    has(&Place::new().run(&["join", "--server", &at]).done(), &["1  Tuesday: ", " there, 2 stones"]);
    let ann = Running::start(&ann_place, &["join"]);
    ann.sees("Back to Tuesday, as Ann.");
    has(&ann.ends().done(), &["You play users and carers.", "The game is closed"]);
    has(&sam.ends().done(), &["The game is closed"]);
}

#[test]
fn a_table_that_may_be_found_on_this_network_is_and_its_code_leads_there() {
    let hosted = Place::new();
    let args = ["host", "--headless", "--name", "Ann", "--called", "Found", "--length", "quick", "--found"];
    let host = Running::start(&hosted, &[&args[..], &["--listen", "0.0.0.0:0"]].concat());
    let invite = host.sees("INSTEP://");
    let port = invite.split(['/', '+']).nth(2).and_then(|at| at.rsplit(':').next()).expect("a port").to_owned();
    let spoken = host.sees("Read out, for whoever can't be sent an invite: ");
    let found = Place::new().run(&["join", "--nearby"]).done();
    if !found.contains(&port) {
        eprintln!("not looked at: this computer's network takes no multicast");
        return;
    }
    has(&found, &["Found, at "]);
    let code = spoken.split_once("invite: ").and_then(|(_, rest)| rest.split(". ").next()).expect("a code");
    let guest = Running::start(&Place::new(), &["join", code, "--name", "Sam"]);
    guest.sees("The facilitator of Found has been asked to let you in.");
}

#[cfg(unix)]
#[test]
fn whoever_knocks_waits_until_the_facilitator_lets_them_in() {
    use crate::terminal::*;
    let server = Server::start("");
    let (ann_place, sam_place) = (Place::new(), Place::new());
    let at = server.typed();
    let mut ann = Terminal::start(
        &ann_place,
        &["host", "--server", &at, "--name", "Ann", "--called", "Tuesday", "--length", "quick", "--public"],
    );
    ann.sees("You are at the table as Ann.");
    let knock = ["join", "--server", &at, "--table", "1", "--name", "Sam"];
    let mut sam = Terminal::start(&sam_place, &knock);
    sam.sees("The facilitator of Tuesday has been asked to let you in.");
    ann.sees("Sam waits to be let in. admit 1 lets them in, turn-away 1 does not.");
    ann.line("waiting", "1 Sam");
    ann.line("admit 1 observer", "Done.");
    sam.sees("You look on.");
    ann.sees("Sam is here.");
    let other = Running::start(&Place::new(), &["join", "--server", &at, "--table", "1", "--name", "Other"]);
    ann.sees("Other waits to be let in.");
    ann.line("turn-away 2", "Done.");
    has(&other.ends().is(1), &["The facilitator has not let you in this time."]);
    // What was come in by knocking is come back to as well.
    sam.line("q", "To go on where you left");
    sam.ends();
    let mut sam = Terminal::start(&sam_place, &["join"]);
    sam.sees("Back to Tuesday, as Sam.");
    sam.sees("You look on.");
    sam.line("take users", "You look on at this table");
    sam.line("q", "To go on where you left");
    sam.ends();
}

#[cfg(unix)]
#[test]
fn a_facilitator_at_a_terminal_looks_after_the_door_and_hands_the_table_over() {
    use crate::terminal::*;
    let server = Server::start("");
    let ann_place = Place::new();
    let at = server.typed();
    let host = ["host", "--headless", "--server", &at, "--name", "Ann", "--called", "Tuesday", "--length", "quick"];
    let mut ann = Terminal::start(&ann_place, &host);
    ann.sees("You are at the table as Ann.");
    ann.line("waiting", "Nobody waits to be let in.");
    ann.line("admit", "Nobody waits to be let in.");
    ann.line("listed on", "Done.");
    let knock =
        |place: &Place, name: &str| Running::start(place, &["join", "--server", &at, "--table", "1", "--name", name]);
    // One who waits needs no number.
    let sam = knock(&Place::new(), "Sam");
    ann.sees("Sam waits to be let in.");
    ann.line("admit", "Done.");
    sam.sees("You are at the table as Sam.");
    // Where several wait it is asked who, or all come in.
    let (bea_place, idris_place) = (Place::new(), Place::new());
    let bea = knock(&bea_place, "Bea");
    ann.sees("Bea waits to be let in.");
    let idris = knock(&idris_place, "Idris");
    ann.sees("Idris waits to be let in.");
    ann.sees("2 people wait to be let in: waiting lists them.");
    ann.line("admit", "After admit stands the number");
    ann.line("waiting", "admit all lets in everyone");
    ann.line("admit all", "Done.");
    for (guest, name) in [(&bea, "Bea"), (&idris, "Idris")] {
        guest.sees(&format!("You are at the table as {name}."));
        ann.sees("is here.");
    }
    ann.line("who", "Ann: facilitates, that is you");
    ann.line("hand-over 1", "Here stands a person's number.");
    ann.line("hand-over 99", "Nobody of that number is at the table.");
    ann.line("who", "Ann: facilitates, that is you");
    ann.line("hand-over 2", "Done.");
    ann.line("who", "Ann: plays, that is you");
    ann.line("waiting", "Only the facilitator can do that.");
    ann.line("q", "To go on where you left");
    ann.ends();
}

#[test]
fn a_host_with_nobody_at_its_keyboard_says_who_came_in_vain() {
    let server = Server::start("");
    let at = server.typed();
    let host = ["host", "--server", &at, "--public", "--name", "Ann", "--called", "Tuesday", "--length", "quick"];
    let ann = Running::start(&Place::new(), &host);
    ann.sees("You are at the table as Ann.");
    let sam = Running::start(&Place::new(), &["join", "--server", &at, "--table", "1", "--name", "Sam"]);
    sam.sees("The facilitator of Tuesday has been asked to let you in.");
    ann.sees("Sam waits to be let in, and nobody is at this keyboard.");
}
