//! Coming to a table: an invite or a code, a name, and as what.

use egui::{Id, Ui};
use instep_protocol::{Address, Invite, InviteFault, PASTED_MAX, PORT, Pasted, pasted};

use super::{Coming, Join, JoinBy, Nearby, Wish, heading, hint, in_the_way, name_field, name_of};
use crate::look::{Look, text, words};
use crate::page::page;
use crate::state::{Screen, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Field, Kind};

/// What is said where a name is missing.
pub(super) const NAME_MISSING: &str = "ui-fault-name";

fn invite_id() -> Id {
    Id::new("an invite")
}

fn name_id() -> Id {
    Id::new("a name to join with")
}

/// Why what was typed can't be read: a message's id.
fn unreadable(fault: InviteFault) -> &'static str {
    match fault {
        InviteFault::Form => "ui-fault-form",
        InviteFault::Address => "ui-fault-address",
        InviteFault::Key | InviteFault::Fingerprint => "ui-fault-cut",
    }
}

/// What is left of something pasted: the invite in it, without the mail around it. What can't be read stays as it is.
pub(crate) fn only_invite(text: &str) -> Option<String> {
    match pasted(text) {
        Pasted::Invite(invite @ Invite::Whole { .. }) => Some(invite.to_string()),
        // As people write it: the usual port goes without saying.
        Pasted::Invite(Invite::Code { address, code }) if address.port == PORT && !address.host.contains(':') => {
            Some(format!("{}/{code}", address.host))
        }
        Pasted::Invite(invite @ Invite::Code { .. }) => Some(invite.to_string()),
        Pasted::CodeAt(..) | Pasted::Server(_) | Pasted::Nothing | Pasted::OnlyCode | Pasted::Fault(_) => None,
    }
}

/// So many letters at once are pasted, and not typed.
const PASTED_MIN: usize = 12;

/// Shows the screen for joining.
pub(crate) fn join(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(invite_id());
    }
    page(ui, look, state, "join", head, body, foot);
}

/// Opens the screen for joining.
pub(crate) fn open(look: &mut Look<'_>, state: &mut UiState) {
    state.screen = Screen::Join;
    state.watch.fault = None;
    look.wish(Wish::Look(true));
}

fn head(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let (back, title) = (words!(look, "ui-back-home"), words!(look, "ui-join"));
    if Button::new(&back).icon("icon-back").only_icon().kind(Kind::Bar).show(ui, look).clicked() {
        leave(look, state);
    }
    text(ui, &title, look.s.heading, Cut::Bold, look.p.bar_ink);
}

/// Back to the beginning; what was typed stays.
pub(crate) fn leave(look: &mut Look<'_>, state: &mut UiState) {
    state.screen = Screen::Home;
    state.watch.fault = None;
    look.wish(Wish::Look(false));
}

fn body(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let columns = if look.s.width_in_body() > 62.0 { 2 } else { 1 };
    super::columns(
        ui,
        look,
        state,
        columns,
        |ui, look, state| {
            with_invite(ui, look, state);
            who(ui, look, state);
        },
        |ui, look, state| {
            listed(ui, look, state);
            nearby(ui, look, state);
        },
    );
}

fn with_invite(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    heading(ui, look, "ui-invite-title");
    let name = words!(look, "ui-invite-field");
    let mut invite = std::mem::take(&mut state.joining.invite);
    // Enter joins: an invite has no lines of its own.
    let entered = ui.memory(|m| m.has_focus(invite_id()))
        && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    let before = invite.clone();
    Field { id: invite_id(), name: &name, hint: "", rows: 2, most: PASTED_MAX }.show(ui, look, &mut invite);
    if invite != before {
        state.watch.fault = None;
        if invite.len() > before.len() + PASTED_MIN
            && let Some(only) = only_invite(&invite)
        {
            invite = only;
        }
    }
    state.joining.invite = invite;
    let fault = state.watch.fault.filter(|id| *id != NAME_MISSING);
    if fault.is_some() || state.watch.fault.is_none() {
        in_the_way(ui, look, fault);
    }
    let paste = words!(look, "ui-paste");
    if Button::new(&paste).icon("icon-copy").show(ui, look).clicked() {
        look.wish(Wish::Paste);
    }
    let what = words!(look, "ui-invite-hint");
    hint(ui, look, &what);
    if entered {
        go(look, state);
    }
}

fn who(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let mut name = state.joining.name.take();
    name_field(ui, look, name_id(), &mut name);
    state.joining.name = name;
    if state.watch.fault == Some(NAME_MISSING) {
        in_the_way(ui, look, state.watch.fault);
    }
    heading(ui, look, "ui-come-as");
    ui.horizontal_wrapped(|ui| {
        for coming in Coming::ALL {
            let label = look.m.language.text(coming.id());
            if Button::new(&label).one_of(state.joining.coming == coming).show(ui, look).clicked() {
                state.joining.coming = coming;
            }
        }
    });
    let meaning = state.watch.meaning(&state.joining.invite);
    if matches!(meaning, Pasted::Invite(Invite::Code { .. }) | Pasted::CodeAt(..)) {
        let decides = words!(look, "ui-come-decides");
        hint(ui, look, &decides);
    }
}

/// The tables that a server lists, once it was asked.
fn listed(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(listed) = look.m.online.and_then(|o| o.listed) else { return };
    let title = words!(look, "ui-listed", host = listed.address);
    text(ui, &title, look.s.heading, Cut::Bold, look.p.ink);
    if listed.tables.is_empty() {
        let none = words!(look, "ui-listed-none");
        hint(ui, look, &none);
    }
    for table in listed.tables {
        let called = match table.called.trim() {
            "" => words!(look, "ui-table-n", number = &table.table.to_string()),
            called => called.to_owned(),
        };
        let about = words!(look, "ui-listed-table", table = &called, here = table.here, stones = table.stones);
        if Button::new(&about).icon("icon-people").wide().show(ui, look).clicked()
            && let Ok(address) = listed.address.parse::<Address>()
        {
            ask_in(look, state, JoinBy::Listed { address, table: table.table });
        }
    }
    let what = words!(look, "ui-listed-hint");
    hint(ui, look, &what);
}

fn nearby(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(online) = look.m.online else { return };
    heading(ui, look, "ui-nearby");
    for found in online.nearby {
        let label = match found.called.trim() {
            "" => found.address.clone(),
            called => words!(look, "ui-nearby-table", table = called, address = &found.address),
        };
        if Button::new(&label).icon("icon-people").wide().show(ui, look).clicked() {
            choose_nearby(look, state, found);
        }
    }
    let what = match (online.nearby.is_empty(), online.looking) {
        (false, _) => words!(look, "ui-nearby-hint"),
        (true, true) => words!(look, "ui-nearby-looking"),
        (true, false) => words!(look, "ui-nearby-none"),
    };
    hint(ui, look, &what);
    let again = words!(look, "ui-look-again");
    if Button::new(&again).icon("icon-redraw").enabled(!online.looking).show(ui, look).clicked() {
        look.wish(Wish::Look(true));
    }
}

/// Asks to be let in; where the table is not open to all, its code is still to be typed.
fn choose_nearby(look: &mut Look<'_>, state: &mut UiState, found: &Nearby) {
    if let (Some(table), Ok(address)) = (found.table, found.address.parse::<Address>()) {
        return ask_in(look, state, JoinBy::Listed { address, table });
    }
    state.joining.invite = format!("{}/", found.address);
    state.watch.fault = Some("ui-type-the-code");
    state.tell(look.m.language.text("ui-type-the-code"));
    look.focus = Some(invite_id());
}

/// Goes where what was typed leads, or says what is missing.
fn go(look: &mut Look<'_>, state: &mut UiState) {
    match state.watch.meaning(&state.joining.invite).clone() {
        Pasted::Nothing => fault(look, state, "ui-fault-nothing", invite_id()),
        Pasted::OnlyCode => fault(look, state, "ui-fault-only-code", invite_id()),
        Pasted::Fault(why) => fault(look, state, unreadable(why), invite_id()),
        Pasted::Server(server) => look.wish(Wish::List(server)),
        Pasted::Invite(invite) => ask_in(look, state, JoinBy::Invite(invite)),
        Pasted::CodeAt(server, code) => ask_in(look, state, JoinBy::Code { server, code }),
    }
}

fn ask_in(look: &mut Look<'_>, state: &mut UiState, by: JoinBy) {
    let name = name_of(look, state.joining.name.as_ref());
    if name.is_empty() {
        return fault(look, state, NAME_MISSING, name_id());
    }
    state.watch.fault = None;
    look.wish(Wish::Join(Box::new(Join { by, name, role: state.joining.coming.role() })));
}

fn fault(look: &mut Look<'_>, state: &mut UiState, id: &'static str, field: Id) {
    state.watch.fault = Some(id);
    let told = look.m.language.text(id);
    state.tell(told);
    look.focus = Some(field);
}

fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let server = matches!(state.watch.meaning(&state.joining.invite), Pasted::Server(_));
    let label = if server { words!(look, "ui-see-tables") } else { words!(look, "ui-join-do") };
    if Button::new(&label).icon("icon-play").main().large().show(ui, look).clicked() {
        go(look, state);
    }
}
