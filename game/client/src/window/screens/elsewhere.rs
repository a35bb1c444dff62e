//! Pictures of play with people elsewhere. There is no network here: what it would say is put in its place.

use instep_net::Trust;
use instep_protocol::{Address, Door, FromTable, People, Person, PersonId, Role, TableKey, Waiting};
use instep_rules::{Perspective, SeatSet};
use instep_ui::{Line, Screen};

use super::director::{Director, clear};
use super::scenes::Scene;
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
    ]
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
    let addresses = vec![Address { host: "instep.example.org".into(), port: 4433 }];
    let mut at = AtTable::at(addresses, Trust::Fingerprint([0x5A; 32]), false, true);
    at.see_door(Some(&door));
    shell.known.others.here = Some(at);
}
