//! What `docs/protocol.md` says is so: its tables of types, its numbers, its worked examples.
//!
//! The types tell of themselves what they are made of, so a variant or a field that is added fails here until the page
//! has it, and what fails says what is to be written.

mod common;

use common::made_up::made_up;
use common::page::{examples, page, shapes, to_hex};
use common::shape::{Shape, Shapes, trace};
use instep_protocol::{
    Answer, Ask, Audience, Denied, Enter, Entered, FRAME_BYTES_MAX, FromClient, FromTable, Invite, InviteKey, PORT,
    PersonId, Refused, Role, TableKey, Token, VERSION, Way, Word, WordKind, WordText, comes_back, decode, encode,
};
use instep_rules::{Command, Event, Perspective};

fn real() -> Shapes {
    let mut shapes = Shapes::new();
    trace::<FromClient>(&mut shapes);
    trace::<FromTable>(&mut shapes);
    shapes
}

/// A row of the page's tables, without what it says.
fn row(shape: &Shape) -> String {
    let field = |(name, of): &(Option<String>, String)| match name {
        Some(name) => format!("`{name}: {of}`"),
        None => format!("`{of}`"),
    };
    let fields = |fields: &[_]| fields.iter().map(field).collect::<Vec<_>>().join(", ");
    match shape {
        Shape::Struct(of) => format!("| {} |\n", fields(of).replace(", ", " |\n| ")),
        Shape::Enum(variants) => {
            let row =
                |(n, v): (usize, &common::shape::Variant)| format!("| {n} | `{}` | {} |\n", v.name, fields(&v.fields));
            variants.iter().enumerate().map(row).collect()
        }
    }
}

#[test]
fn every_type_is_listed_with_all_that_it_holds() {
    let (mut told, real) = (shapes(&page()), real());
    for (name, shape) in &real {
        let told = told.remove(name).unwrap_or_else(|| panic!("the page lacks {name}:\n{}", row(shape)));
        let (told, so) = (row(&told), row(shape));
        assert!(told == so, "{name} has on the page\n{told}and should have\n{so}");
    }
    assert!(told.is_empty(), "the page tells of types that no message holds: {:?}", told.keys());
}

#[test]
fn the_number_of_a_variant_is_its_first_byte() {
    let Some(Shape::Enum(variants)) = real().remove("FromTable") else { panic!("it has variants") };
    for (n, variant) in variants.iter().enumerate() {
        let message: FromTable = made_up(&[n as u8]);
        let frame = encode(&message).unwrap();
        assert_eq!(frame[4], n as u8);
        assert!(format!("{message:?}").starts_with(&variant.name));
    }
}

/// An invite as it is in the examples, and the token that it leads to.
fn key() -> TableKey {
    TableKey { table: 300, secret: std::array::from_fn(|n| n as u8 * 17) }
}

fn token() -> Token {
    Token { table: 300, person: PersonId(3), secret: std::array::from_fn(|n| 0xc0 + n as u8) }
}

fn enter(way: Way) -> Vec<u8> {
    encode(&FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way })).unwrap()
}

#[test]
fn the_examples_are_what_they_say() {
    let rolled = Event::DieRolled { face: 4, typed: false, words: 1 };
    let entered = Entered { version: VERSION, token: token(), called: "Ward 7".into() };
    let ask = Ask::Act { seat: Some(Perspective::Third), command: Command::Roll };
    let name = "Zoë".into();
    let wanted = [
        ("Coming in with an invite", enter(Way::Invite { key: key(), name, role: Role::Player })),
        ("In", encode(&FromTable::Entered(Box::new(entered))).unwrap()),
        ("Coming back", enter(Way::Resume { token: token(), have: 130 })),
        ("No common version", encode(&FromTable::Refused(Refused::Version { oldest: 1, newest: 1 })).unwrap()),
        ("A request: roll the die", encode(&FromClient::Ask { number: 5, seen: 130, ask }).unwrap()),
        ("What happened: a four", {
            let hash = Some(std::array::from_fn(|n| 0xf0 + n as u8));
            encode(&FromTable::Events { first: 131, commands: vec![vec![rolled]], hash }).unwrap()
        }),
        ("The answer: done", {
            let answer = Answer::Done { seq: 131, word: None };
            encode(&FromTable::Answer { number: 5, answer }).unwrap()
        }),
        ("Words that are hidden from others", {
            let text = WordText::Said("Late".into());
            let (kind, audience) = (WordKind::Note, Audience::Everyone);
            let card = Some(instep_rules::CardId(12));
            let (by, reported, hidden) = (None, true, true);
            let seat = Some(Perspective::Third);
            encode(&FromTable::Words(vec![Word { id: 9, kind, seat, card, audience, text, by, reported, hidden }]))
                .unwrap()
        }),
        ("A ping", encode(&FromClient::Ping { n: 300 }).unwrap()),
        ("And its answer", encode(&FromTable::Pong { n: 300, now_ms: 1_000_000 }).unwrap()),
        ("Asking for a pack", {
            encode(&FromClient::Fetch { hash: std::array::from_fn(|n| n as u8), from: 65_536 }).unwrap()
        }),
        ("The head of a pack", encode(&FromTable::Pack { bytes: 1_000_000 }).unwrap()),
    ];
    let shown = examples(&page());
    for (title, frame) in &wanted {
        let hex = to_hex(frame);
        let example = shown.iter().find(|example| example.title == *title);
        let example = example.unwrap_or_else(|| panic!("the page lacks `### {title}`: {hex}"));
        assert_eq!(to_hex(&example.bytes), hex, "{title}");
        let again = match example.kind.as_str() {
            "FromClient" => encode(&decode::<FromClient>(&frame[4..]).unwrap()),
            "FromTable" => encode(&decode::<FromTable>(&frame[4..]).unwrap()),
            other => panic!("{title}: {other} is no message"),
        };
        assert_eq!(to_hex(&again.unwrap()), hex, "{title}");
    }
    assert_eq!(shown.len(), wanted.len(), "every example is checked");
}

#[test]
fn the_invite_is_what_it_says() {
    let page = page();
    let shown: Vec<&str> = page.split("\n```invite\n").skip(1).filter_map(|rest| rest.lines().next()).collect();
    let addresses = ["192.0.2.7:4433", "[2001:db8::1]:5000"].map(|a| a.parse().unwrap()).to_vec();
    let fingerprint = Some(std::array::from_fn(|n| 255 - n as u8));
    let invite = Invite::Whole { addresses, key: InviteKey { key: key(), fingerprint } };
    assert_eq!(shown, [invite.to_string()]);
    assert_eq!(shown[0].parse(), Ok(invite));
}

#[test]
fn its_numbers_are_right() {
    let page = page();
    let most = FRAME_BYTES_MAX.to_string();
    let most = format!("{},{}", &most[..2], &most[2..]);
    assert!(page.contains(&format!("| a message | {most} bytes |")));
    assert!(page.contains(&format!("It is version {VERSION}.")));
    assert!(page.contains(&format!("UDP port, {PORT} unless")));
}

/// The names in the line of the page that begins so.
fn line(page: &str, start: &str) -> Vec<String> {
    let line = page.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}"));
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn what_passes_by_itself_is_listed() {
    let (page, real) = (page(), real());
    let names = |of: &str, passes: &dyn Fn(u8) -> bool| -> Vec<String> {
        let Shape::Enum(variants) = &real[of] else { panic!("{of} has variants") };
        let passing = variants.iter().enumerate().filter(|(n, _)| passes(*n as u8));
        passing.map(|(_, variant)| variant.name.clone()).collect()
    };
    let refusals = names("Refused", &|n| made_up::<Refused>(&[n]).passes());
    assert_eq!(line(&page, "Refusals to try again after a while: "), refusals);
    let goodbyes = names("Denied", &|n| comes_back(made_up::<Denied>(&[n])));
    assert_eq!(line(&page, "Goodbyes to come back from by itself: "), goodbyes);
}
