//! The strip under the bar above, where others come from elsewhere: the connection, who has a hand up, who is away.

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};
use instep_protocol::{Ask, Denied, Moment, Person, Role};
use instep_rules::Perspective;
use instep_words::say;

use super::seats::seat_name;
use super::{Line, Wish, chat, me, names};
use crate::intent::Intent;
use crate::keys::Deed;
use crate::look::{Look, galley, text_in, told, words};
use crate::model::TableModel;
use crate::state::{Overlay, Screen, UiState};
use crate::theme::Cut;
use crate::widgets::Button;

/// The height of the strip: always the same, so that the board does not jump.
pub(crate) fn height(look: &Look<'_>) -> f32 {
    if look.here().is_some() { look.s.target + look.s.gap * 0.6 } else { 0.0 }
}

/// The node of the way to the people: it is always there, also where nothing else can be pressed.
pub(crate) fn people_id() -> Id {
    Id::new("to the people")
}

/// Why nothing can be asked of the table now, and that nothing is lost; nothing where it can.
pub(crate) fn why_not(look: &Look<'_>) -> Option<String> {
    let (here, table) = (look.here()?, look.m.table?);
    match here.line {
        Line::Connected => None,
        Line::Lost { .. } => Some(words!(look, "ui-lost-what")),
        Line::Closing { .. } if stops_for_good(look) => Some(words!(look, "ui-host-stopped")),
        Line::Closing { .. } => Some(say::denied(&table.view, Denied::Closing)),
        Line::Ended(why) => Some(say::denied(&table.view, why)),
        Line::NotLetIn(why) => Some(say::not_let_in(look.m.language, why)),
    }
}

/// Whether whoever kept the table has stopped after the game was over: nobody waits for that to come back.
fn stops_for_good(look: &Look<'_>) -> bool {
    let closed = look.m.table.is_some_and(|table| table.view.state().closed());
    closed && look.here().is_some_and(|here| matches!(here.line, Line::Closing { .. }))
}

/// Whether the connection is made anew by itself.
pub(super) fn comes_back(look: &Look<'_>) -> bool {
    !stops_for_good(look)
        && look.here().is_some_and(|here| matches!(here.line, Line::Lost { .. } | Line::Closing { .. }))
}

/// How it is with the connection, in few words.
fn line(look: &Look<'_>) -> Option<String> {
    let here = look.here()?;
    let seconds = |since: u64| super::small(look.m.now_ms.saturating_sub(since) / 1000);
    Some(match here.line {
        Line::Connected if here.unanswered => words!(look, "ui-saving"),
        Line::Connected => words!(look, "ui-connected"),
        Line::Lost { since_ms } => words!(look, "ui-lost", seconds = seconds(since_ms)),
        Line::Closing { .. } if stops_for_good(look) => words!(look, "ui-line-ended"),
        Line::Closing { since_ms } => words!(look, "ui-server-stops", seconds = seconds(since_ms)),
        Line::Ended(_) | Line::NotLetIn(_) => words!(look, "ui-line-ended"),
    })
}

/// What is to be known of people, the most telling first.
fn facts(look: &Look<'_>, state: &UiState, table: &TableModel<'_>) -> Vec<String> {
    let view = &table.view;
    let mut facts: Vec<String> = line(look).into_iter().collect();
    if let Some((_, told, _)) = &state.watch.pointed {
        facts.push(told.clone());
    }
    // Where the button is an icon, its number stands here.
    let waiting = look.here().and_then(|here| here.door).map_or(0, |door| door.waiting.len());
    if waiting > 0 && !roomy(look) {
        facts.push(words!(look, "ui-at-the-door-n", waiting = waiting));
    }
    let hands: Vec<&Person> = view.people.people.iter().filter(|p| p.hand).collect();
    if !hands.is_empty() {
        facts.push(words!(look, "ui-hands-of", names = &names(look, view, &hands, 2)));
    }
    let acting = view.state().seat();
    for seat in Perspective::ALL.into_iter().filter(|seat| view.people.voiced.has(*seat)) {
        let name = seat_name(view, seat);
        if seat == acting {
            facts.push(words!(look, "ui-voiced-turn", seat = &name));
        }
    }
    // Where there is no card the stage says so.
    if view.state().phase().card().is_some()
        && let Some(nobody) = super::nobody_plays(look, view)
    {
        facts.push(nobody);
    }
    if let Some((votes, of)) = view.people.votes {
        facts.push(words!(look, "ui-votes", votes = votes, of = of));
    }
    let away = view.people.people.iter().filter(|p| !p.here && p.role != Role::SharedScreen).collect::<Vec<_>>();
    if !away.is_empty() {
        facts.push(words!(look, "ui-away", names = &names(look, view, &away, 2)));
    }
    facts
}

/// Whether somebody points at the card now.
pub(crate) fn card_pointed(look: &Look<'_>, state: &UiState) -> bool {
    matches!(&state.watch.pointed, Some((Moment::PointedAtCard { .. }, _, until)) if look.time < *until)
}

/// Shows the strip.
pub(crate) fn strip(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let Some(table) = look.table().filter(|_| look.here().is_some()) else { return };
    let up = look.can_ask();
    let (fill, ink) = if up { (look.p.panel, look.p.ink) } else { (look.p.care, look.p.care_ink) };
    ui.painter().rect_filled(rect, 0.0, fill);
    let pad = look.s.body * 0.6;
    let inside = rect.shrink2(vec2(pad, 0.0));
    let mut x = inside.left();
    if look.controls() {
        ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center)), |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 0.6);
            buttons(ui, look, state, &table);
            x = ui.min_rect().right() + look.s.body;
        });
    }
    for (n, fact) in facts(look, state, &table).iter().enumerate() {
        let cut = if n == 0 && !up { Cut::Bold } else { Cut::Regular };
        let laid = galley(ui.painter(), fact, look.s.body, cut, ink, f32::INFINITY);
        let at = Rect::from_min_max(pos2(x, rect.top()), pos2(x + laid.size().x + 1.0, rect.bottom()));
        if at.right() > inside.right() {
            // What has no room is told all the same.
            told(ui, at.intersect(rect), fact);
            continue;
        }
        text_in(ui, at, fact, look.s.body, cut, ink);
        x = at.right() + look.s.body * 1.3;
    }
    if let Some((_, _, until)) = &state.watch.pointed {
        ui.ctx().request_repaint_after_secs((until - look.time).max(0.05) as f32);
    }
    if comes_back(look) {
        ui.ctx().request_repaint_after_secs(1.0);
    }
}

/// Whether there is room for the buttons' words.
fn roomy(look: &Look<'_>) -> bool {
    look.s.width_in_body() > 56.0
}

fn buttons(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>) {
    let view = &table.view;
    let roomy = roomy(look);
    let keyed = look.s.width_in_body() > 78.0;
    let waiting = look.here().and_then(|here| here.door).map_or(0, |door| door.waiting.len());
    let button = |ui: &mut Ui, look: &mut Look<'_>, label: &str, icon: &str, deed: Deed, main: bool, can: bool| {
        let key = look.key(deed).filter(|_| !roomy || keyed);
        let mut button = Button::new(label).icon(icon).key(key).enabled(can).id(Id::new(("strip", icon)));
        if deed == Deed::People {
            button = button.id(people_id());
        }
        if main {
            button = button.main();
        }
        if !roomy {
            button = button.only_icon();
        }
        button.show(ui, look).clicked()
    };
    let label = if waiting > 0 { words!(look, "ui-people-wait", waiting = waiting) } else { words!(look, "ui-people") };
    if button(ui, look, &label, "icon-people", Deed::People, waiting > 0, true) {
        state.screen = Screen::Lobby;
    }
    if table.role != Role::SharedScreen {
        if view.people.chat {
            let unread = chat::unread(look, state, view);
            let label = if unread > 0 { words!(look, "ui-chat-unread", new = unread) } else { words!(look, "ui-chat") };
            if button(ui, look, &label, "icon-chat", Deed::Chat, unread > 0, true) {
                state.toggle(Overlay::Chat);
            }
        }
        let up = me(look, view).is_some_and(|me| me.hand);
        let label = if up { words!(look, "ui-hand-down") } else { words!(look, "ui-hand-raise") };
        if button(ui, look, &label, "icon-hand", Deed::Hand, up, look.can_ask()) {
            look.ask(Ask::Hand(!up));
        }
    }
    if comes_back(look) {
        let label = words!(look, "ui-try-now");
        let mut button = Button::new(&label).icon("icon-redraw");
        if !roomy {
            button = button.only_icon();
        }
        if button.show(ui, look).clicked() {
            look.wish(Wish::TryNow);
        }
    } else if !look.can_ask() {
        let label = words!(look, "ui-back-home");
        let mut button = Button::new(&label).icon("icon-back").main();
        if !roomy {
            button = button.only_icon();
        }
        if button.show(ui, look).clicked() {
            look.out.push(Intent::Leave);
        }
    }
}
