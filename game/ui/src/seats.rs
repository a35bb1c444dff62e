//! The four seats: who is who, whose turn it is, and, for the facilitator alone, who was not yet heard.

use egui::{Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};
use instep_protocol::Ask;
use instep_rules::{Perspective, Phase};
use instep_words::{View, capital, say};

use crate::badges::paint_badge;
use crate::look::{Look, galley, text_in, words};
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
    let mut size = s.body;
    // A name is not broken within a word.
    let width = |word: &str, size: f32| galley(ui.painter(), word, size, Cut::Bold, ink, f32::INFINITY).size().x;
    let narrow = |name: &str, size: f32| name.split(' ').all(|word| width(word, size) <= room.width() + 0.5);
    // One that has no room is begun, and told whole.
    let name = match whole_name.split_once(' ') {
        Some((first, _)) if !narrow(&whole_name, s.small) => format!("{first}…"),
        _ => whole_name.clone(),
    };
    let whole = |size: f32| narrow(&name, size);
    let fits = |size: f32| {
        let laid = galley(ui.painter(), &name, size, Cut::Bold, ink, room.width());
        let below =
            status.as_ref().map_or(0.0, |t| galley(ui.painter(), t, s.small, Cut::Regular, ink, room.width()).size().y);
        whole(size) && laid.size().y + below <= room.height() - s.body * 0.2 && laid.size().x <= room.width() + 0.5
    };
    while size > s.small && !fits(size) {
        size -= 0.5;
    }
    let name_height = galley(ui.painter(), &name, size, Cut::Bold, ink, room.width()).size().y;
    let status = status.filter(|t| {
        let laid = galley(ui.painter(), t, s.small, Cut::Regular, ink, room.width());
        laid.rows.len() == 1 && name_height + laid.size().y <= room.height() + 0.5
    });
    // A name that has no room is told all the same.
    let name_width = galley(ui.painter(), &name, size, Cut::Bold, ink, room.width()).size().x;
    if name_height > room.height() || name_width > room.width() + 0.5 || !whole(size) {
        let told = status.as_ref().map_or(whole_name.clone(), |status| format!("{whole_name}. {status}"));
        crate::look::told(ui, room, &told);
        mark(ui, look, seat, rect, heard, &whole_name);
        return;
    }
    match &status {
        Some(status) => {
            let below = galley(ui.painter(), status, s.small, Cut::Regular, ink, room.width()).size().y;
            let top = room.center().y - (name_height + below) / 2.0;
            text_in(
                ui,
                Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), name_height)),
                &name,
                size,
                Cut::Bold,
                ink,
            );
            let status_at = Rect::from_min_size(pos2(room.left(), top + name_height), vec2(room.width(), below));
            text_in(ui, status_at, status, s.small, Cut::Regular, ink);
        }
        None => {
            text_in(ui, room, &name, size, Cut::Bold, ink);
        }
    }
    if name != whole_name {
        crate::look::told(ui, room, &whole_name);
    }
    mark(ui, look, seat, rect, heard, &whole_name);
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
