//! A table that others come to from elsewhere, and what is around it.

use instep_protocol::{Door, Person, PersonId, PublicTable, Role, TableKey, Waiting, Word, WordKind, WordText};
use instep_rules::{Perspective, SeatSet};
use instep_ui::{Going, Here, Line, Listed, Nearby, Online, Overlay, Place, Qr, Screen, Setback};

use crate::fixture::{At, Played, Shown};
use crate::moments::{over, whole};

/// What is known of people elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Elsewhere {
    pub(crate) name: String,
    pub(crate) places: Vec<Place>,
    pub(crate) nearby: Vec<Nearby>,
    pub(crate) looking: bool,
    pub(crate) listed: Option<(String, Vec<PublicTable>)>,
    pub(crate) going: Going<'static>,
    pub(crate) setback: Option<Setback<'static>>,
    pub(crate) here: Option<Table>,
}

/// The open table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) you: u32,
    pub(crate) called: String,
    pub(crate) line: Line,
    pub(crate) unanswered: bool,
    pub(crate) on_this_computer: bool,
    pub(crate) door: Option<Door>,
    pub(crate) invite: String,
    pub(crate) spoken: String,
    pub(crate) qr: Vec<bool>,
}

impl Elsewhere {
    pub(crate) fn model(&self) -> Online<'_> {
        Online {
            name: &self.name,
            places: &self.places,
            nearby: &self.nearby,
            looking: self.looking,
            listed: self.listed.as_ref().map(|(address, tables)| Listed { address, tables }),
            going: self.going,
            setback: self.setback,
            here: self.here.as_ref().map(|table| Here {
                you: Some(PersonId(table.you)),
                called: &table.called,
                line: table.line,
                unanswered: table.unanswered,
                on_this_computer: table.on_this_computer,
                has_record: table.on_this_computer,
                door: table.door.as_ref(),
                invite: &table.invite,
                qr: (!table.qr.is_empty()).then_some(Qr { side: QR_SIDE, dark: &table.qr }),
                spoken: &table.spoken,
            }),
        }
    }
}

pub(crate) const QR_SIDE: usize = 45;

pub(crate) const INVITE: &str =
    "INSTEP://192.168.1.7:4433/7-EDQ6W0SKECG78BK7/0M4G2841081040G208104G20M4G2841081040G208104G20M4G20";

fn person(id: u32, role: Role, name: &str) -> Person {
    let seats = SeatSet::NONE;
    Person { id: PersonId(id), role, seats, here: true, hand: false, name: name.into(), muted: false }
}

/// A group of people: a facilitator, players alone and together, away and with a hand up, one who looks on, a screen.
pub(crate) fn group() -> Vec<Person> {
    let seat = |seat| SeatSet::NONE.with(seat);
    vec![
        person(1, Role::Facilitator, "Fran Facilitator"),
        Person { seats: seat(Perspective::First), hand: true, ..person(2, Role::Player, "Jo") },
        Person { seats: seat(Perspective::Third), ..person(3, Role::Player, "Sam from the night shift") },
        Person { seats: seat(Perspective::Third), here: false, muted: true, ..person(4, Role::Player, "Kim") },
        Person { seats: seat(Perspective::Fourth), here: false, ..person(5, Role::Player, "") },
        person(6, Role::Observer, "Olu"),
        person(7, Role::SharedScreen, ""),
    ]
}

pub(crate) fn door() -> Door {
    Door {
        key: TableKey { table: 7, secret: *b"ten bytes!" },
        code: "7K2M0A".into(),
        called: "Tuesday group".into(),
        public: true,
        waiting: vec![
            Waiting { id: 1, name: "Mx Long-Name Who Came A Little Late".into() },
            Waiting { id: 2, name: "Bo".into() },
        ],
    }
}

/// Nobody elsewhere yet.
pub(crate) fn online(mut shown: Shown) -> Shown {
    shown.elsewhere = Some(Elsewhere { name: "Fran".into(), ..Elsewhere::default() });
    shown
}

/// A table at a moment, as somebody of the group sees it.
pub(crate) fn at_as(at: At, you: u32) -> Shown {
    let mut played = Played::at(at, 7);
    played.people.people = group();
    played.people.voiced = SeatSet::NONE.with(Perspective::Fourth);
    played.people.speakers[Perspective::Third.index()] = Some(PersonId(3));
    for seat in [Perspective::First, Perspective::Third, Perspective::Fourth] {
        played.act(instep_rules::Who::FACILITATOR, instep_rules::Command::TakeSeat(seat));
    }
    let mut shown = whole(played);
    let facilitator = you == 1;
    let qr = (0..QR_SIDE * QR_SIDE).map(|n| (n * 7 + n / QR_SIDE * 3) % 5 < 2).collect();
    shown.elsewhere = Some(Elsewhere {
        here: Some(Table {
            you,
            called: "Tuesday group".into(),
            on_this_computer: facilitator,
            door: facilitator.then(door),
            invite: if facilitator { INVITE.into() } else { String::new() },
            spoken: "192.168.1.7/7K2-M0A".into(),
            qr: if facilitator { qr } else { Vec::new() },
            ..Table::default()
        }),
        ..Elsewhere::default()
    });
    shown
}

/// The same with people who chat.
pub(crate) fn chatting(at: At, you: u32) -> Shown {
    let mut shown = at_as(at, you);
    let played = shown.played.as_mut().unwrap();
    played.people.chat = true;
    let written = [
        (Some(2), "Can everybody hear me? I can't hear Sam.", false),
        (Some(3), "I hear you. My microphone is broken, so I write.", false),
        (Some(6), "Something that somebody did not like.", you == 1),
    ];
    for (by, text, reported) in written {
        let id = played.words.len() as u32 + 1;
        played.words.push(Word {
            id,
            kind: WordKind::Chat,
            seat: None,
            card: None,
            audience: instep_protocol::Audience::Everyone,
            text: WordText::Said(text.into()),
            by: by.map(PersonId),
            reported,
            hidden: false,
        });
    }
    shown
}

pub(crate) fn lobby(you: u32) -> Shown {
    at_as(At::Roll, you).screen(Screen::Lobby)
}

pub(crate) fn lost(mut shown: Shown) -> Shown {
    let since_ms = shown.now_ms - 12_000;
    shown.elsewhere.as_mut().unwrap().here.as_mut().unwrap().line = Line::Lost { since_ms };
    shown
}

pub(crate) fn with(mut shown: Shown, change: impl FnOnce(&mut Elsewhere)) -> Shown {
    change(shown.elsewhere.as_mut().unwrap());
    shown
}

pub(crate) fn home_with_places() -> Shown {
    with(online(Shown::new(None)), |elsewhere| {
        let place = |id, called: &str, last: &str| Place {
            id,
            called: called.into(),
            host: "instep.example.org".into(),
            name: "Fran".into(),
            last: last.into(),
            copy_here: id == 3,
        };
        elsewhere.places = vec![
            place(3, "Tuesday group", "You were there yesterday. When you left, it was the managers' turn."),
            place(4, "", "You were there on 12 November."),
        ];
    })
}

pub(crate) fn join() -> Shown {
    online(Shown::new(None)).screen(Screen::Join)
}

pub(crate) fn join_refused() -> Shown {
    let mut shown = with(join(), |elsewhere| {
        elsewhere.setback = Some(Setback::Refused(instep_protocol::Refused::NoSuchTable));
        let near = |called: &str, table| Nearby { called: called.into(), address: "192.168.1.7:4433".into(), table };
        elsewhere.nearby = vec![near("Tuesday group", Some(7)), near("", None)];
        let tables = vec![
            PublicTable { table: 9, called: "Open evening".into(), here: 4, stones: 5 },
            PublicTable { table: 12, called: String::new(), here: 1, stones: 1 },
        ];
        elsewhere.listed = Some(("instep.example.org:4433".into(), tables));
    });
    shown.state.joining.invite = INVITE.into();
    shown
}

pub(crate) fn host(at_server: bool) -> Shown {
    let mut shown = online(Shown::new(None)).screen(Screen::Host);
    shown.state.hosting.at_server = at_server;
    if at_server {
        shown.state.hosting.with_pass = true;
        shown.elsewhere.as_mut().unwrap().setback = Some(Setback::NoAnswer { host: "instep.example.org" });
    }
    shown
}

pub(crate) fn on_the_way(going: Going<'static>) -> Shown {
    with(join(), |elsewhere| elsewhere.going = going)
}

pub(crate) fn lobby_alone() -> Shown {
    let mut shown = lobby(2);
    shown.played.as_mut().unwrap().people.people[0].here = false;
    shown
}

pub(crate) fn chat_drawer(at: At) -> Shown {
    let mut shown = chatting(at, 1);
    shown.state.drawer = instep_ui::Drawer::Chat;
    shown
}

pub(crate) fn question(overlay: Overlay) -> Shown {
    over(lobby(1), overlay)
}
