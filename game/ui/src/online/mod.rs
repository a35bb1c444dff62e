//! Play with people elsewhere: coming to a table, opening one, who is there, and what they say in writing.
//!
//! These are screens and panels like all others: [`Online`] goes in, [`Wish`]es and [`Ask`](instep_protocol::Ask)s come
//! out. Nothing here knows a network.

mod chat;
mod door;
mod going;
mod host;
mod join;
mod leaving;
mod lobby;
mod model;
mod people;
mod places;
mod qr;
mod questions;
mod seats;
mod status;
mod turn;
mod watch;
mod wish;

use egui::{Id, Ui, Vec2, vec2};
use instep_protocol::{Person, PersonId};
use instep_words::{View, say};

pub(crate) use chat::{chat, chat_foot, deeds as word_deeds, field_id as chat_field, lines as chat_lines};
pub(crate) use going::going;
pub(crate) use host::{begin, host, leave as leave_host, open_new, open_up};
pub(crate) use join::{join, leave as leave_join, only_invite, open as open_join};
pub(crate) use leaving::{again_foot, again_question, ask_first, leave_foot, leave_question};
pub(crate) use lobby::lobby;
pub use model::{Going, Here, Line, Listed, Nearby, Online, Place, Qr, Setback};
pub(crate) use places::places;
pub(crate) use questions::{moved_foot, question, question_foot};
pub(crate) use status::{card_pointed, height as strip_height, people_id, strip, why_not};
pub(crate) use turn::{nobody_plays, own_seats, rolled, whose, whose_of};
pub(crate) use watch::{Watch, notice, pointed_in_words};
pub use wish::{Coming, Host, HostAt, Hosting, HostingWhat, Join, JoinBy, Joining, Wish};

use crate::look::{Look, text, words};
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::Field;

/// So many seconds calm news stay in sight; a screen reader has said them at once.
pub(crate) const NEWS_S: f64 = 8.0;

/// A name is at most so long.
pub(crate) const NAME_MAX: usize = 40;

/// What somebody is called: their name, or a number where they have none.
pub(crate) fn person_name(view: &View<'_>, id: PersonId) -> String {
    let name = view.people.people.iter().find(|p| p.id == id).map(|p| p.name.trim()).filter(|name| !name.is_empty());
    match name {
        Some(name) => name.to_owned(),
        None => view.language.with("ui-person-n", &[("number", id.0.into())]),
    }
}

/// Whoever looks, as somebody at the table.
pub(crate) fn me<'v>(look: &Look<'_>, view: &View<'v>) -> Option<&'v Person> {
    let you = look.here()?.you?;
    view.people.people.iter().find(|p| p.id == you)
}

/// Some names in a sentence: "Jo, Sam and 3 more".
pub(crate) fn names(look: &Look<'_>, view: &View<'_>, people: &[&Person], most: usize) -> String {
    let shown: Vec<String> = people.iter().take(most).map(|p| person_name(view, p.id)).collect();
    let list = shown.join(", ");
    match people.len().saturating_sub(shown.len()) {
        0 => list,
        more => words!(look, "ui-names-more", list = &list, more = more),
    }
}

/// Why something did not come to anything, and what to do.
pub(crate) fn setback_in_words(look: &Look<'_>, setback: Setback<'_>) -> String {
    match setback {
        Setback::Refused(why) => say::not_let_in(look.m.language, why),
        Setback::NoAnswer { host } => words!(look, "ui-no-answer", host = host),
        Setback::OtherServer { host } => words!(look, "ui-other-server", host = host),
        Setback::NoCards => words!(look, "ui-no-cards"),
        Setback::NoNetwork => words!(look, "ui-no-network"),
        Setback::Said(why) => why.to_owned(),
    }
}

/// What is in the way now, in a box: what was typed that can't be read, or what the last try came to.
pub(crate) fn in_the_way(ui: &mut Ui, look: &mut Look<'_>, fault: Option<&'static str>) {
    let setback = look.m.online.and_then(|o| o.setback);
    let what = match (fault, setback) {
        (Some(id), _) => look.m.language.text(id),
        (None, Some(setback)) => setback_in_words(look, setback),
        (None, None) => return,
    };
    crate::home::notice_box(ui, look, &what);
}

/// Calm news, for as long as they are shown.
pub(crate) fn news(ui: &Ui, look: &Look<'_>, state: &UiState) -> Option<String> {
    let (news, until) = state.watch.news.as_ref().filter(|(_, until)| look.time < *until)?;
    ui.ctx().request_repaint_after_secs((until - look.time).max(0.05) as f32);
    Some(news.clone())
}

/// A number of seconds as people read it.
pub(crate) fn small(seconds: u64) -> u32 {
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Two columns, or one below the other where there is no room for both.
pub(crate) fn columns(
    ui: &mut Ui,
    look: &mut Look<'_>,
    state: &mut UiState,
    columns: u8,
    left: impl FnOnce(&mut Ui, &mut Look<'_>, &mut UiState),
    right: impl FnOnce(&mut Ui, &mut Look<'_>, &mut UiState),
) {
    if columns < 2 {
        left(ui, look, state);
        return right(ui, look, state);
    }
    let gap = look.s.body * 2.4;
    let width = (ui.available_width() - gap) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap, 0.0);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
            left(ui, look, state);
        });
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
            right(ui, look, state);
        });
    });
}

/// A heading of a part of a page.
pub(crate) fn heading(ui: &mut Ui, look: &mut Look<'_>, id: &str) {
    ui.add_space(look.s.gap * 0.5);
    let words = look.m.language.text(id);
    text(ui, &words, look.s.heading, Cut::Bold, look.p.ink);
}

/// Words that explain.
pub(crate) fn hint(ui: &mut Ui, look: &mut Look<'_>, words: &str) {
    text(ui, words, look.s.body, Cut::Regular, look.p.soft_ink);
}

/// The field for what somebody is called. It begins with what they were called the last time.
pub(crate) fn name_field(ui: &mut Ui, look: &mut Look<'_>, id: Id, name: &mut Option<String>) {
    let label = words!(look, "ui-your-name");
    let before = look.m.online.map_or("", |o| o.name);
    let mut typed = name.clone().unwrap_or_else(|| before.to_owned());
    Field { id, name: &label, hint: "", rows: 1, most: NAME_MAX }.show(ui, look, &mut typed);
    if typed != before || name.is_some() {
        *name = Some(typed);
    }
}

/// What somebody is called, as it was typed or as it was the last time.
pub(crate) fn name_of(look: &Look<'_>, name: Option<&String>) -> String {
    name.map_or_else(|| look.m.online.map_or(String::new(), |o| o.name.to_owned()), String::clone).trim().to_owned()
}
