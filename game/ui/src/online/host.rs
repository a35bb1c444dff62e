//! Opening a table to people elsewhere: where it is kept, and what it is called.

use egui::{Id, Ui};
use instep_protocol::ServerName;

use super::join::NAME_MISSING;
use super::{
    Host, HostAt, Hosting, HostingWhat, NAME_MAX, Setback, Wish, heading, hint, in_the_way, name_field, name_of,
};
use crate::choices::Choices;
use crate::look::{Look, text, words};
use crate::page::page;
use crate::state::{Screen, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Field, Kind};

/// An address is at most so long.
const ADDRESS_MAX: usize = 260;

fn go_id() -> Id {
    Id::new("go on with hosting")
}

fn name_id() -> Id {
    Id::new("a name to host with")
}

fn address_id() -> Id {
    Id::new("a server's address")
}

/// Shows the screen for hosting.
pub(crate) fn host(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(go_id());
    }
    page(ui, look, state, "host", head, body, foot);
}

/// Opens the screen for hosting a game that is to be chosen.
pub(crate) fn open_new(state: &mut UiState) {
    state.hosting_what = HostingWhat::NewGame;
    state.watch.fault = None;
    state.screen = Screen::Host;
}

/// Opens the screen for opening the table that is played to people elsewhere; where it is open already, for moving it.
pub(crate) fn open_up(state: &mut UiState, already: bool) {
    state.hosting_what = HostingWhat::ThisTable;
    state.hosting.at_server |= already;
    state.watch.fault = None;
    state.overlays.clear();
    state.screen = Screen::Host;
}

/// Back to where one came from; what was typed stays.
pub(crate) fn leave(state: &mut UiState) {
    state.watch.fault = None;
    state.screen = match state.hosting_what {
        HostingWhat::NewGame => Screen::Home,
        HostingWhat::ThisTable => Screen::Table,
    };
}

fn head(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let (back, title) = match state.hosting_what {
        HostingWhat::NewGame => (words!(look, "ui-back-home"), words!(look, "ui-host")),
        HostingWhat::ThisTable if look.here().is_some() => (words!(look, "ui-back-to-table"), words!(look, "ui-move")),
        HostingWhat::ThisTable => (words!(look, "ui-back-to-table"), words!(look, "ui-open-up")),
    };
    if Button::new(&back).icon("icon-back").only_icon().kind(Kind::Bar).show(ui, look).clicked() {
        leave(state);
    }
    text(ui, &title, look.s.heading, Cut::Bold, look.p.bar_ink);
}

fn body(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let columns = if look.s.width_in_body() > 62.0 { 2 } else { 1 };
    super::columns(ui, look, state, columns, place, names);
}

/// Where the table is kept, and what that means.
fn place(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    heading(ui, look, "ui-host-where");
    if moves(look, state) {
        at_server(ui, look, state);
        let what = words!(look, "ui-move-people");
        return hint(ui, look, &what);
    }
    let (here, server) = (words!(look, "ui-host-here"), words!(look, "ui-host-server"));
    if Button::new(&here).one_of(!state.hosting.at_server).wide().show(ui, look).clicked() {
        state.hosting.at_server = false;
        state.watch.fault = None;
    }
    if Button::new(&server).one_of(state.hosting.at_server).wide().show(ui, look).clicked() {
        state.hosting.at_server = true;
        state.watch.fault = None;
    }
    if state.hosting.at_server {
        at_server(ui, look, state);
    } else {
        obstacle(ui, look, state);
        for id in ["ui-host-here-what", "ui-host-here-reach"] {
            let what = look.m.language.text(id);
            hint(ui, look, &what);
        }
    }
}

/// Whether the table is open to people elsewhere already, and can only move.
fn moves(look: &Look<'_>, state: &UiState) -> bool {
    state.hosting_what == HostingWhat::ThisTable && look.here().is_some()
}

/// What is in the way, apart from a name that is missing.
fn obstacle(ui: &mut Ui, look: &mut Look<'_>, state: &UiState) {
    if state.watch.fault != Some(NAME_MISSING) {
        in_the_way(ui, look, state.watch.fault);
    }
}

fn at_server(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let what = match state.hosting_what {
        HostingWhat::NewGame => words!(look, "ui-host-server-what"),
        HostingWhat::ThisTable => words!(look, "ui-host-move-what"),
    };
    hint(ui, look, &what);
    let label = words!(look, "ui-host-address");
    let before = state.hosting.address.clone();
    Field { id: address_id(), name: &label, hint: "", rows: 1, most: ADDRESS_MAX }.show(
        ui,
        look,
        &mut state.hosting.address,
    );
    if before != state.hosting.address {
        state.watch.fault = None;
    }
    obstacle(ui, look, state);
    let needed =
        matches!(look.m.online.and_then(|o| o.setback), Some(Setback::Refused(instep_protocol::Refused::PassNeeded)));
    let with_pass = state.hosting.with_pass || needed;
    let label = words!(look, "ui-host-with-pass");
    if Button::new(&label).chosen(with_pass).show(ui, look).clicked() {
        state.hosting.with_pass = !with_pass;
    }
    if with_pass {
        let label = words!(look, "ui-host-pass");
        Field { id: Id::new("a server's pass"), name: &label, hint: "", rows: 1, most: 200 }.show(
            ui,
            look,
            &mut state.hosting.pass,
        );
    }
    let label = words!(look, "ui-host-public");
    if Button::new(&label).chosen(state.hosting.public).show(ui, look).clicked() {
        state.hosting.public = !state.hosting.public;
    }
    let what = if state.hosting.public { words!(look, "ui-public-on") } else { words!(look, "ui-public-off") };
    hint(ui, look, &what);
}

fn names(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    heading(ui, look, "ui-host-names");
    let mut name = state.hosting.name.take();
    name_field(ui, look, name_id(), &mut name);
    state.hosting.name = name;
    if state.watch.fault == Some(NAME_MISSING) {
        in_the_way(ui, look, state.watch.fault);
    }
    let label = words!(look, "ui-host-called");
    Field { id: Id::new("a name for the table"), name: &label, hint: "", rows: 1, most: NAME_MAX }.show(
        ui,
        look,
        &mut state.hosting.called,
    );
    let what = words!(look, "ui-host-called-what");
    hint(ui, look, &what);
}

/// What is typed and chosen, where nothing is missing.
///
/// # Errors
/// The message of what is missing, and the field where it is.
fn wanted(look: &Look<'_>, hosting: &Hosting) -> Result<Host, (&'static str, Id)> {
    let name = name_of(look, hosting.name.as_ref());
    if name.is_empty() {
        return Err((NAME_MISSING, name_id()));
    }
    let at = if hosting.at_server {
        let ServerName { address, fingerprint } =
            hosting.address.parse().map_err(|_| ("ui-fault-server", address_id()))?;
        HostAt::Server { address, fingerprint, pass: hosting.pass.trim().to_owned(), public: hosting.public }
    } else {
        HostAt::ThisComputer
    };
    Ok(Host { at, called: hosting.called.trim().to_owned(), name })
}

/// What the set-up screen wants of a game that is to be open to people elsewhere. `None` where something is missing by
/// now: then the screen for hosting says what.
pub(crate) fn begin(look: &Look<'_>, state: &mut UiState, choices: Choices) -> Option<Wish> {
    match wanted(look, &state.hosting) {
        Ok(host) => Some(Wish::Host(Box::new(host), Box::new(choices))),
        Err((id, _)) => {
            state.watch.fault = Some(id);
            state.screen = Screen::Host;
            None
        }
    }
}

fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let label = match (state.hosting_what, state.hosting.at_server) {
        (HostingWhat::NewGame, _) => words!(look, "ui-host-next"),
        (HostingWhat::ThisTable, false) => words!(look, "ui-open-up-do"),
        (HostingWhat::ThisTable, true) => words!(look, "ui-move-do"),
    };
    if !Button::new(&label).icon("icon-right").main().large().id(go_id()).show(ui, look).clicked() {
        return;
    }
    match (wanted(look, &state.hosting), state.hosting_what) {
        (Err((id, field)), _) => {
            state.watch.fault = Some(id);
            let told = look.m.language.text(id);
            state.tell(told);
            look.focus = Some(field);
        }
        (Ok(_), HostingWhat::NewGame) => {
            state.watch.fault = None;
            state.choices.path_of = None;
            state.hosts = true;
            state.screen = Screen::SetUp;
        }
        (Ok(host), HostingWhat::ThisTable) => {
            state.watch.fault = None;
            look.wish(Wish::OpenUp(Box::new(host)));
        }
    }
}
