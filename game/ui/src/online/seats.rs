//! The four seats in the lobby: who sits there, and how to take, share or leave one.

use egui::{Sense, Ui, Vec2, WidgetInfo, WidgetType};
use instep_protocol::{Ask, Person, Role};
use instep_rules::{Perspective, TeamActs};
use instep_words::{View, capital, say};

use super::{heading, hint, me, person_name};
use crate::badges::paint_badge;
use crate::look::{Look, text, words};
use crate::model::TableModel;
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

/// Whoever holds a seat.
pub(super) fn holders<'v>(view: &View<'v>, seat: Perspective) -> Vec<&'v Person> {
    view.people.people.iter().filter(|p| p.seats.has(seat)).collect()
}

/// A seat's team by its own name, else the seat's.
pub(super) fn seat_name(view: &View<'_>, seat: Perspective) -> String {
    match view.team(seat) {
        Some(team) => team.to_owned(),
        None => capital(say::seat(view.packs, seat)),
    }
}

/// Whether somebody speaks for a seat: it takes two to need a speaker.
pub(super) fn speaks(view: &View<'_>, seat: Perspective, person: &Person) -> bool {
    view.people.speakers[seat.index()] == Some(person.id) && holders(view, seat).len() > 1
}

/// Somebody in a seat, with what is to be known of them.
fn seated(look: &Look<'_>, view: &View<'_>, seat: Perspective, person: &Person) -> String {
    let mut about = Vec::new();
    if look.here().and_then(|here| here.you) == Some(person.id) {
        about.push(words!(look, "ui-is-you"));
    }
    if speaks(view, seat, person) {
        about.push(words!(look, "ui-is-speaker"));
    }
    if !person.here {
        about.push(words!(look, "ui-is-away"));
    }
    if person.hand {
        about.push(words!(look, "ui-is-hand"));
    }
    let name = person_name(view, person.id);
    if about.is_empty() { name } else { words!(look, "ui-person-about", who = &name, about = &about.join(", ")) }
}

/// Shows the four seats.
pub(super) fn seats(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>) {
    heading(ui, look, "ui-seats");
    let view = &table.view;
    let plays = matches!(table.role, Role::Player | Role::Facilitator);
    for seat in Perspective::ALL {
        let sign = look.s.body * 2.2;
        let all = holders(view, seat);
        let name = seat_name(view, seat);
        let mut who: Vec<String> = all.iter().map(|p| seated(look, view, seat, p)).collect();
        if who.is_empty() {
            who.push(words!(look, "ui-seat-free"));
        } else if view.people.voiced.has(seat) {
            who.push(words!(look, "ui-seat-voiced"));
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
            let (rect, response) = ui.allocate_exact_size(Vec2::splat(sign), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, say::seat(view.packs, seat)));
            paint_badge(ui, look, view, seat, rect);
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 0.6);
                text(ui, &name, look.s.body * 1.05, Cut::Bold, look.p.ink);
                let who = who.join(" \u{b7} ");
                text(ui, &who, look.s.body, Cut::Regular, look.p.ink);
                if plays {
                    take(ui, look, table, seat, &all, &name);
                }
            });
        });
    }
    if !plays {
        let what = words!(look, "ui-seats-look-on");
        hint(ui, look, &what);
    }
}

/// To take, share or leave a seat; and, for its team, who speaks for it.
fn take(ui: &mut Ui, look: &mut Look<'_>, table: &TableModel<'_>, seat: Perspective, all: &[&Person], name: &str) {
    let view = &table.view;
    let can = look.can_ask() && !view.state().closed();
    let mine = me(look, view).is_some_and(|me| me.seats.has(seat));
    ui.horizontal_wrapped(|ui| {
        let (label, named, icon, ask) = match (mine, all.is_empty()) {
            (true, _) => (
                words!(look, "ui-seat-leave"),
                words!(look, "ui-seat-leave-of", seat = name),
                "icon-minus",
                Ask::LeaveSeat(seat),
            ),
            (false, true) => (
                words!(look, "ui-seat-take"),
                words!(look, "ui-seat-take-of", seat = name),
                "icon-plus",
                Ask::TakeSeat(seat),
            ),
            (false, false) => (
                words!(look, "ui-seat-share"),
                words!(look, "ui-seat-share-of", seat = name),
                "icon-people",
                Ask::TakeSeat(seat),
            ),
        };
        let kind = if mine { Kind::Quiet } else { Kind::Plain };
        if Button::new(&label).name(&named).icon(icon).kind(kind).enabled(can).show(ui, look).clicked() {
            look.ask(ask);
        }
        // Who speaks matters where a speaker acts, or decides between equal votes.
        if !mine || view.state().ruleset().team_acts == TeamActs::Anyone || table.role == Role::Facilitator {
            return;
        }
        for person in all.iter().filter(|p| !speaks(view, seat, p)) {
            let label = words!(look, "ui-make-speaker", who = &person_name(view, person.id), seat = name);
            if Button::new(&label).icon("icon-speak").kind(Kind::Quiet).enabled(can).show(ui, look).clicked() {
                look.ask(Ask::MakeSpeaker { seat, person: person.id });
            }
        }
    });
}
