//! Pictures of play with people elsewhere. There is no network here: what it would say is put in its place.

use instep_net::Trust;
use instep_protocol::{Address, Door, FromTable, People, Person, PersonId, Role, TableKey, Token, Waiting};
use instep_rules::{Perspective, SeatSet};
use instep_ui::{Desk, Line, Overlay, Screen};

use super::director::{Director, clear, wait};
use super::scenes::Scene;
use crate::online::Places;
use crate::online::last::Turn;
use crate::online::moves::{self, Move};
use crate::problem::Problem;
use crate::window::others::AtTable;
use crate::window::shell::Shell;

/// The moment of every picture, less some seconds.
const SINCE_MS: u64 = super::NOW_MS - 12_000;

pub(super) fn all() -> Vec<Scene> {
    vec![
        super::scenes::scene("join", |director, shell| screen(director, shell, Screen::Join)),
        super::scenes::scene("host", |director, shell| screen(director, shell, Screen::Host)),
        super::scenes::scene("lobby", |director, shell| {
            director.begin(shell)?;
            gather(shell);
            shell.state.gather();
            Ok(())
        }),
        super::scenes::scene("table-elsewhere", |_, shell| {
            shell.state.screen = Screen::Table;
            Ok(())
        }),
        super::scenes::scene("reconnecting", |_, shell| {
            if let Some(here) = &mut shell.known.others.here {
                here.line = Line::Lost { since_ms: SINCE_MS };
            }
            Ok(())
        }),
        super::scenes::scene("home-places", home_with_places),
        super::scenes::scene("back-after-days", |director, shell| {
            director.begin(shell)?;
            for _ in 0..24 {
                director.step(shell)?;
            }
            let desk = Desk { seen: 8, ..Desk::default() };
            if let Some(table) = &shell.known.table {
                shell.state.opened(&table.view(&shell.known.language), 0, Some(desk));
            }
            Ok(())
        }),
        super::scenes::scene("moved", |director, shell| {
            home_with_places(director, shell)?;
            shell.state.overlays = vec![Overlay::Moved(MOVED)];
            Ok(())
        }),
    ]
}

/// The game that has moved, in every picture.
const MOVED: i64 = 1;

fn address() -> Address {
    Address { host: "instep.example.org".into(), port: 4433 }
}

/// Home of somebody who takes part in several tables.
fn home_with_places(director: &mut Director, shell: &mut Shell) -> Result<(), Problem> {
    let place = |table, called: &str, turn| {
        let token = Token { table, person: PersonId(2), secret: [7; 32] };
        let (name, called) = ("Sam".to_owned(), called.to_owned());
        crate::online::Place {
            name,
            called,
            turn,
            ..crate::online::Place::new(&[address()], Trust::Authorities, &token)
        }
    };
    let places = Places::of(&shell.data);
    let long_ago = crate::online::Place { day: 20_000, ..place(1, "Ward 4 and friends", Some(Turn::Closed)) };
    let others =
        [place(2, "Carers' evening", Some(Turn::Of("staff".into()))), place(3, "Tuesday group", Some(Turn::Yours))];
    for place in std::iter::once(long_ago).chain(others) {
        // A picture without it is one that is seen to lack it.
        let _ = places.keep(&place);
    }
    let _ = moves::note(&shell.data, &Move { day: 20_000, ..Move::now(MOVED, &address()) });
    director.home(shell)?;
    wait(shell, "the places", |shell| shell.known.others.places.len() == 3)?;
    clear(&mut shell.state);
    Ok(())
}

fn screen(director: &mut Director, shell: &mut Shell, screen: Screen) -> Result<(), Problem> {
    director.home(shell)?;
    clear(&mut shell.state);
    shell.state.screen = screen;
    Ok(())
}

/// People who come from elsewhere, as the table would tell of them.
fn gather(shell: &mut Shell) {
    let person = |id, role, seat: Option<Perspective>, here, hand, name: &str| Person {
        id: PersonId(id),
        role,
        seats: seat.map_or(SeatSet::NONE, |seat| SeatSet::NONE.with(seat)),
        here,
        hand,
        name: name.into(),
        muted: false,
    };
    let people = vec![
        person(1, Role::Facilitator, None, true, false, "Ann"),
        person(2, Role::Player, Some(Perspective::First), true, false, "Sam"),
        person(3, Role::Player, Some(Perspective::First), true, true, "Bea"),
        person(4, Role::Player, Some(Perspective::Second), true, false, "Idris"),
        person(5, Role::Player, Some(Perspective::Third), false, false, "Mo"),
        person(6, Role::Observer, None, true, false, "Lee"),
    ];
    let speakers = [Some(PersonId(2)), Some(PersonId(4)), Some(PersonId(5)), None];
    let voiced = SeatSet::NONE.with(Perspective::Third);
    let people = People { people, speakers, voiced, chat: true, ..People::default() };
    let door = Door {
        key: TableKey { table: 7, secret: *b"a path hom" },
        code: "7K2M0A".into(),
        called: "Tuesday group".into(),
        public: false,
        waiting: vec![Waiting { id: 1, name: "Noor".into() }],
    };
    if let Some(table) = &mut shell.known.table {
        // It fits: nothing of the game is in it.
        let _ = table.mirror.receive(FromTable::People(people));
    }
    let addresses = vec![address()];
    let mut at = AtTable::at(addresses, Trust::Fingerprint([0x5A; 32]), None, true);
    at.see_door(Some(&door));
    shell.known.others.here = Some(at);
}
