//! The four seats: who is who, whose turn it is, and, for the facilitator alone, who was not yet heard.

use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};
use instep_protocol::Ask;
use instep_rules::{Perspective, Phase};
use instep_words::{View, capital, say};

use crate::badges::paint_badge;
use crate::look::{Look, galley, words};
use crate::state::Surface;
use crate::theme::Cut;

/// Shows the seats in a row; in a narrow one they are badges, with names as far as there is room.
pub(crate) fn seats(ui: &mut Ui, look: &mut Look<'_>, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let gap = look.s.gap;
    let size = vec2((rect.width() - gap * 3.0) / 4.0, rect.height());
    for seat in Perspective::ALL {
        let at = rect.min + vec2(seat.index() as f32 * (size.x + gap), 0.0);
        chip(ui, look, &view, seat, Rect::from_min_size(at, size));
    }
}

fn narrow(look: &Look<'_>, width: f32) -> bool {
    width / look.s.body < 34.0
}

/// The height that the seats need in this width.
pub(crate) fn height(look: &Look<'_>, width: f32) -> f32 {
    look.s.body * if narrow(look, width) { 2.6 } else { 3.5 }
}

/// What a seat does now.
fn doing(look: &Look<'_>, view: &View<'_>, seat: Perspective) -> Option<String> {
    if view.state().seat() != seat || view.state().closed() {
        return None;
    }
    Some(match view.state().phase() {
        Phase::Opening { .. } => words!(look, "ui-does-open"),
        Phase::Roll => words!(look, "ui-does-roll"),
        Phase::Walk { .. } => words!(look, "ui-does-walk"),
        Phase::Talk { .. } => words!(look, "ui-does-talk"),
        Phase::Resolve { .. } => words!(look, "ui-does-choose"),
        Phase::Mend { .. } => words!(look, "ui-does-mend"),
    })
}

fn chip(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, seat: Perspective, rect: Rect) {
    let tones = look.tone(seat);
    let acts = doing(look, view, seat);
    let s = look.s;
    let (fill, ink) = if acts.is_some() { (tones.colour, tones.ink) } else { (look.p.card, look.p.ink) };
    let edge = if acts.is_some() { tones.colour } else { tones.edge };
    let radius = s.radius;
    ui.painter().rect(rect, radius, fill, Stroke::new(s.body * 0.11, edge), StrokeKind::Inside);
    if acts.is_some() {
        ui.painter().rect_stroke(
            rect.shrink(s.body * 0.16),
            radius * 0.8,
            Stroke::new(s.body * 0.06, tones.ink),
            StrokeKind::Inside,
        );
    }
    let sign = (s.body * 1.75).min(rect.height() * 0.7);
    let at = Rect::from_center_size(pos2(rect.left() + s.body * 0.5 + sign / 2.0, rect.center().y), Vec2::splat(sign));
    paint_badge(ui, look, view, seat, at);
    let whole_name = match view.team(seat) {
        Some(team) => team.to_owned(),
        None => capital(say::seat(view.packs, seat)),
    };
    let room = Rect::from_min_max(
        pos2(at.right() + s.body * 0.4, rect.top()),
        pos2(rect.right() - s.body * 0.35, rect.bottom()),
    );
    // The status of a talk is the facilitator's to see, and gently.
    let heard = match (look.surface, view.people.not_heard, view.state().phase()) {
        (Surface::Desk, Some(not_heard), Phase::Talk { .. }) => Some(!not_heard.has(seat)),
        _ => None,
    };
    let status = match (&acts, heard) {
        (Some(doing), None | Some(true)) => Some(doing.clone()),
        (_, Some(false)) => Some(words!(look, "ui-not-heard")),
        (None, Some(true)) => Some(words!(look, "ui-heard")),
        (None, None) => None,
    };
    let voiced = look.here().is_some() && view.people.voiced.has(seat);
    let status = if voiced { Some(words!(look, "ui-seat-away")) } else { status };
    let name = match look.here().is_some() && crate::online::own_seats(look, view).has(seat) {
        true => words!(look, "ui-seat-yours", seat = &whole_name),
        false => whole_name.clone(),
    };
    // All of it is told, and is the tip, however little of it there is room for.
    let all = status.as_ref().map_or(name.clone(), |status| format!("{name}. {status}"));
    tell(ui, look, room, &all);
    let heard = heard.filter(|_| look.can_ask());
    let mut size = s.body;
    let mut name = whole_name.clone();
    let lays = |name: &str, size: f32| galley(ui.painter(), name, size, Cut::Bold, ink, room.width());
    // A name is not broken within a word.
    let fits = |name: &str, size: f32, below: f32| {
        let width = |word: &str| galley(ui.painter(), word, size, Cut::Bold, ink, f32::INFINITY).size().x;
        name.split(' ').all(|word| width(word) <= room.width() + 0.5)
            && lays(name, size).size().y + below <= room.height() - s.body * 0.2
    };
    // What the seat does, in a line; where there is no room for it the talk's part of it is a sign.
    let line = status.as_ref().map(|t| galley(ui.painter(), t, s.small, Cut::Regular, ink, room.width()));
    let line = line.filter(|line| line.rows.len() == 1);
    let low = line.as_ref().map_or(0.0, |line| line.size().y);
    while size > s.small && !fits(&name, size, low) {
        size -= 0.5;
    }
    let sign = heard.filter(|_| line.is_none() || !fits(&name, size, low));
    let line = line.filter(|_| fits(&name, size, low));
    let below = match (&line, sign) {
        (Some(line), _) => line.size().y,
        (None, Some(_)) => s.small,
        (None, None) => 0.0,
    };
    // A name that has no room is begun: its first word, or as many letters as there is room for.
    let mut letters = whole_name.chars().count();
    let first = whole_name.split(' ').next().unwrap_or_default().chars().count();
    while !fits(&name, size, below) && letters > 2 {
        letters = if letters > first { first } else { letters - 1 };
        name = format!("{}…", whole_name.chars().take(letters).collect::<String>().trim_end());
    }
    let (name, laid) = match fits(&name, size, below) {
        true => (name.as_str(), lays(&name, size)),
        false => ("", lays("", size)),
    };
    let height = if name.is_empty() { 0.0 } else { laid.size().y };
    let top = room.center().y - (height + below) / 2.0;
    if !name.is_empty() {
        ui.painter().galley(pos2(room.left(), top), laid, ink);
    }
    let under = pos2(room.left(), top + height);
    match (line, sign) {
        (Some(line), _) => {
            ui.painter().galley(under, line, ink);
        }
        (None, Some(heard)) => had_a_say(ui, look, Rect::from_min_size(under, Vec2::splat(s.small)), heard, ink),
        (None, None) => {}
    }
    yours(ui, look, view, seat, rect);
    mark(ui, look, seat, rect, heard, &whole_name);
}

/// What a chip says, to a screen reader and to whoever rests the mouse on it.
fn tell(ui: &mut Ui, look: &Look<'_>, rect: Rect, all: &str) {
    let id = ui.auto_id_with(("seat", all));
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, all));
    if look.controls() {
        response.on_hover_ui(|ui| {
            crate::look::text(ui, all, look.s.body, Cut::Regular, look.p.ink);
        });
    }
}

/// Who had a say, as a sign: a tick, or a ring that is still open.
fn had_a_say(ui: &Ui, look: &mut Look<'_>, rect: Rect, heard: bool, ink: Color32) {
    if heard {
        look.art.paint(ui.painter(), "icon-check", rect, ink);
    } else {
        let width = (look.s.body * 0.11).max(1.5);
        ui.painter().circle_stroke(rect.center(), rect.width() * 0.36, Stroke::new(width, ink));
    }
}

/// One's own seat has a tab: "You", with a sign of somebody.
fn yours(ui: &Ui, look: &mut Look<'_>, view: &View<'_>, seat: Perspective, rect: Rect) {
    if !crate::online::own_seats(look, view).has(seat) {
        return;
    }
    let (size, ink) = (look.s.small, look.p.bar_ink);
    let you = words!(look, "ui-you");
    let laid = galley(ui.painter(), &you, size, Cut::Bold, ink, f32::INFINITY);
    let tab = vec2(laid.size().x + size * 1.9, laid.size().y);
    let at = Rect::from_center_size(pos2(rect.right() - tab.x / 2.0 - look.s.radius, rect.top()), tab);
    ui.painter().rect_filled(at, tab.y * 0.5, look.p.bar);
    let sign = Rect::from_center_size(pos2(at.left() + size * 0.95, at.center().y), Vec2::splat(size));
    look.art.paint(ui.painter(), "icon-people", sign, ink);
    ui.painter().galley(pos2(at.left() + size * 1.5, at.top()), laid, ink);
}

/// The facilitator marks who was offered a say.
fn mark(ui: &mut Ui, look: &mut Look<'_>, seat: Perspective, rect: Rect, heard: Option<bool>, name: &str) {
    if heard == Some(false) && look.controls() {
        let response = ui.interact(rect, ui.id().with(("heard", seat.index())), Sense::click());
        let label = words!(look, "ui-mark-heard", who = name);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
        if response.clicked() {
            look.ask(Ask::Offered(seat));
        }
    }
}
