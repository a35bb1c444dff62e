//! Everyone at the table by name, and what a facilitator may do for each.

use egui::Ui;
use instep_protocol::{Ask, Person, Role};
use instep_rules::Perspective;
use instep_words::View;

use super::seats::{holders, seat_name, speaks};
use super::{heading, hint, person_name};
use crate::look::{Look, text, words};
use crate::model::TableModel;
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::Button;

/// What somebody is and does here, in a line.
fn about(look: &Look<'_>, view: &View<'_>, person: &Person) -> String {
    let mut about = vec![match person.role {
        Role::Facilitator => words!(look, "ui-role-facilitator"),
        Role::Player => words!(look, "ui-role-player"),
        Role::Observer => words!(look, "ui-role-observer"),
        Role::SharedScreen => words!(look, "ui-role-screen"),
    }];
    if look.here().and_then(|here| here.you) == Some(person.id) {
        about.insert(0, words!(look, "ui-is-you"));
    }
    about.extend(Perspective::ALL.into_iter().filter(|s| person.seats.has(*s)).map(|s| seat_name(view, s)));
    about.push(if person.here { words!(look, "ui-is-here") } else { words!(look, "ui-is-away") });
    if person.hand {
        about.push(words!(look, "ui-is-hand"));
    }
    if person.muted {
        about.push(words!(look, "ui-is-muted"));
    }
    words!(look, "ui-person-line", who = &person_name(view, person.id), about = &about.join(", "))
}

/// Shows everyone.
pub(super) fn people(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    heading(ui, look, "ui-everyone");
    let view = &table.view;
    let facilitates = look.facilitates();
    if facilitates {
        let what = words!(look, "ui-everyone-what");
        hint(ui, look, &what);
    }
    // Facilitators first, screens last; else in the order in which they came.
    let order = |p: &&Person| match p.role {
        Role::Facilitator => 0,
        Role::Player => 1,
        Role::Observer => 2,
        Role::SharedScreen => 3,
    };
    let mut all: Vec<&Person> = view.people.people.iter().collect();
    all.sort_by_key(order);
    for person in all {
        let line = about(look, view, person);
        if !facilitates {
            text(ui, &line, look.s.body, Cut::Regular, look.p.ink);
            continue;
        }
        let open = state.watch.open == Some(person.id);
        let icon = if open { "icon-up" } else { "icon-down" };
        if Button::new(&line).icon(icon).wide().show(ui, look).clicked() {
            state.watch.open = (!open).then_some(person.id);
        }
        if open {
            for_person(ui, look, state, view, person);
        }
    }
}

/// What a facilitator may do for somebody.
fn for_person(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, view: &View<'_>, person: &Person) {
    let can = look.can_ask();
    let mine = look.here().and_then(|here| here.you) == Some(person.id);
    let who = person_name(view, person.id);
    let id = person.id;
    let facilitators = view.people.people.iter().filter(|p| p.role == Role::Facilitator).count();
    let mut wanted: Option<Ask> = None;
    ui.indent(("person", id.0), |ui| {
        ui.horizontal_wrapped(|ui| {
            let button = |ui: &mut Ui, look: &mut Look<'_>, label: &str, icon: &str| {
                Button::new(label).icon(icon).enabled(can).show(ui, look).clicked()
            };
            for seat in Perspective::ALL {
                if !person.seats.has(seat) || holders(view, seat).len() < 2 || speaks(view, seat, person) {
                    continue;
                }
                let label = words!(look, "ui-make-speaker", who = &who, seat = &seat_name(view, seat));
                if button(ui, look, &label, "icon-speak") {
                    wanted = Some(Ask::MakeSpeaker { seat, person: id });
                }
            }
            let role = |role| Some(Ask::GiveRole { person: id, role });
            match person.role {
                Role::Facilitator if facilitators > 1 => {
                    let label = words!(look, "ui-make-player-only", who = &who);
                    if button(ui, look, &label, "icon-minus") {
                        wanted = role(Role::Player);
                    }
                }
                Role::Facilitator => {
                    let alone = words!(look, "ui-only-facilitator");
                    text(ui, &alone, look.s.body, Cut::Regular, look.p.soft_ink);
                }
                Role::Player | Role::Observer => {
                    let (label, other) = match person.role {
                        Role::Player => (words!(look, "ui-make-observer", who = &who), Role::Observer),
                        _ => (words!(look, "ui-make-player", who = &who), Role::Player),
                    };
                    if button(ui, look, &label, "icon-people") {
                        wanted = role(other);
                    }
                    let label = words!(look, "ui-make-facilitator", who = &who);
                    if button(ui, look, &label, "icon-star") {
                        wanted = role(Role::Facilitator);
                    }
                    let label = words!(look, "ui-hand-over", who = &who);
                    if button(ui, look, &label, "icon-right") {
                        state.toggle(Overlay::HandOver(id));
                    }
                }
                Role::SharedScreen => {}
            }
            if !mine && person.role != Role::SharedScreen {
                let label = match person.muted {
                    true => words!(look, "ui-unmute", who = &who),
                    false => words!(look, "ui-mute", who = &who),
                };
                if button(ui, look, &label, "icon-mute") {
                    wanted = Some(Ask::Mute { person: id, muted: !person.muted });
                }
            }
            if !mine {
                let label = words!(look, "ui-send-away", who = &who);
                if button(ui, look, &label, "icon-close") {
                    state.toggle(Overlay::SendAway(id));
                }
            }
        });
    });
    if let Some(ask) = wanted {
        look.ask(ask);
    }
}
