//! Who is at the table: the four seats, everyone's name, and, for facilitators, the door and what is let.

use egui::{Id, Ui};
use instep_protocol::{Ask, Role};
use instep_rules::{Command, Setting, TeamActs};

use super::{NAME_MAX, Wish, door, heading, hint, me, people, seats, status};
use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::model::TableModel;
use crate::page::page;
use crate::state::{Screen, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Field, Kind};

fn main_id() -> Id {
    Id::new("from the lobby to the table")
}

/// Shows who is at the table.
pub(crate) fn lobby(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(main_id());
    }
    page(ui, look, state, "lobby", head, body, foot);
}

fn head(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let back = words!(look, "ui-back-to-table");
    if Button::new(&back).icon("icon-back").only_icon().kind(Kind::Bar).show(ui, look).clicked() {
        state.screen = Screen::Table;
    }
    let title = match look.here().map_or("", |here| here.called.trim()) {
        "" => words!(look, "ui-lobby"),
        called => words!(look, "ui-lobby-of", table = called),
    };
    text(ui, &title, look.s.heading, Cut::Bold, look.p.bar_ink);
}

fn body(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    if let Some(why) = status::why_not(look) {
        crate::home::notice_box(ui, look, &why);
        retry(ui, look);
    }
    if let Some(refusal) = state.refusal.clone() {
        crate::home::notice_box(ui, look, &refusal);
    }
    claim(ui, look, state, &table);
    let facilitates = look.facilitates();
    let columns = if look.s.width_in_body() > 58.0 { 2 } else { 1 };
    super::columns(
        ui,
        look,
        state,
        columns,
        |ui, look, state| {
            door::waiting(ui, look);
            // One below the other, the invite comes before those who are there: it brings them.
            if columns == 1 {
                door::invite(ui, look, state);
            }
            seats::seats(ui, look, &table);
            if facilitates || columns == 1 {
                people::people(ui, look, state, &table);
            }
        },
        |ui, look, state| {
            if columns > 1 {
                door::invite(ui, look, state);
                // Where there is no invite there is room for everyone's names.
                if !facilitates {
                    people::people(ui, look, state, &table);
                }
            }
            own_name(ui, look, state, &table);
            if facilitates {
                options(ui, look, state, &table);
            }
        },
    );
}

/// The connection is made anew by itself; whoever can't wait may press.
pub(super) fn retry(ui: &mut Ui, look: &mut Look<'_>) {
    if !status::comes_back(look) {
        return;
    }
    let now = words!(look, "ui-try-now");
    if Button::new(&now).icon("icon-redraw").show(ui, look).clicked() {
        look.wish(Wish::TryNow);
    }
}

/// Where no facilitator is here, somebody who plays may be it, two minutes later.
fn claim(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let Some(since) = state.watch.alone_since_ms else { return };
    let wait_s = (super::watch::CLAIM_AFTER_MS.saturating_sub(look.m.now_ms.saturating_sub(since))).div_ceil(1000);
    let plays = table.role == Role::Player && me(look, &table.view).is_some_and(|me| !me.seats.is_empty());
    let what = match (wait_s, plays) {
        (0, true) => words!(look, "ui-alone-now"),
        (_, true) => words!(look, "ui-alone-soon", seconds = super::small(wait_s)),
        (_, false) => words!(look, "ui-alone"),
    };
    crate::home::notice_box(ui, look, &what);
    if plays {
        let be = words!(look, "ui-be-facilitator");
        if Button::new(&be).icon("icon-star").enabled(wait_s == 0 && look.can_ask()).show(ui, look).clicked() {
            look.ask(Ask::ClaimFacilitator);
        }
    }
    if wait_s > 0 {
        ui.ctx().request_repaint_after_secs(1.0);
    }
}

fn own_name(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let Some(me) = me(look, &table.view) else { return };
    if me.role == Role::SharedScreen {
        return;
    }
    let label = words!(look, "ui-your-name");
    if let Some(name) =
        changed(ui, look, "own name", &label, "ui-change-name", &me.name, &mut state.watch.own_name, me.muted)
        && !name.is_empty()
    {
        look.ask(Ask::Name(name));
    }
    if me.muted {
        let muted = words!(look, "ui-you-are-muted");
        hint(ui, look, &muted);
    }
}

/// A field for something that has a value already, and a button that changes it. The new value, once it is wanted.
#[allow(clippy::too_many_arguments, reason = "one field in two places")]
fn changed(
    ui: &mut Ui,
    look: &mut Look<'_>,
    salt: &str,
    label: &str,
    change: &str,
    now: &str,
    draft: &mut Option<String>,
    kept_from: bool,
) -> Option<String> {
    let id = Id::new(("changed", salt));
    let mut typed = draft.clone().unwrap_or_else(|| now.to_owned());
    let entered =
        ui.memory(|m| m.has_focus(id)) && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    Field { id, name: label, hint: "", rows: 1, most: NAME_MAX }.show(ui, look, &mut typed);
    let differs = typed.trim() != now;
    *draft = (typed != now).then(|| typed.clone());
    let change = look.m.language.text(change);
    let can = differs && !kept_from && look.can_ask();
    let pressed = Button::new(&change).icon("icon-check").enabled(can).show(ui, look).clicked();
    ((pressed || entered) && can).then(|| {
        *draft = None;
        typed.trim().to_owned()
    })
}

/// What the facilitator lets people do.
fn options(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let Some(here) = look.here() else { return };
    heading(ui, look, "ui-lobby-options");
    let can = look.can_ask();
    let chat = words!(look, "ui-let-chat");
    let on = table.view.people.chat;
    if Button::new(&chat).chosen(on).wide().enabled(can).show(ui, look).clicked() {
        look.ask(Ask::LetChat(!on));
    }
    if let Some(door) = here.door {
        let label = if here.on_this_computer { words!(look, "ui-list-nearby") } else { words!(look, "ui-host-public") };
        if Button::new(&label).chosen(door.public).wide().enabled(can).show(ui, look).clicked() {
            look.ask(Ask::Public(!door.public));
        }
        let what = if door.public { words!(look, "ui-public-on") } else { words!(look, "ui-public-off") };
        hint(ui, look, &what);
    }
    let title = words!(look, "ui-team-acts");
    text(ui, &title, look.s.body, Cut::Bold, look.p.ink);
    let now = table.view.state().ruleset().team_acts;
    let open = !table.view.state().closed();
    ui.horizontal_wrapped(|ui| {
        for (acts, id) in [
            (TeamActs::Anyone, "ui-team-anyone"),
            (TeamActs::Speaker, "ui-team-speaker"),
            (TeamActs::ShowOfHands, "ui-team-hands"),
        ] {
            let label = look.m.language.text(id);
            let pressed = Button::new(&label).one_of(now == acts).enabled(can && open).show(ui, look).clicked();
            if pressed && now != acts {
                look.ask(Ask::Act { seat: None, command: Command::Set(Setting::TeamActs(acts)) });
            }
        }
    });
    let label = words!(look, "ui-table-called");
    let called = here.door.map_or(here.called, |door| &door.called);
    let new = changed(ui, look, "table", &label, "ui-change-table", called, &mut state.watch.table_name, false);
    if let Some(called) = new {
        look.ask(Ask::Call(called));
    }
}

fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let (on, leave) = (words!(look, "ui-to-the-table"), words!(look, "ui-leave-table"));
    if Button::new(&on).icon("icon-play").main().large().id(main_id()).show(ui, look).clicked() {
        state.screen = Screen::Table;
    }
    if Button::new(&leave).icon("icon-close").kind(Kind::Bar).show(ui, look).clicked() {
        look.out.push(Intent::Leave);
    }
    for notice in look.m.notices {
        text(ui, notice, look.s.body, Cut::Regular, look.p.bar_ink);
    }
}
