//! The two ways to walk: where each leads glows, and can be pressed.

use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType};
use instep_protocol::Ask;
use instep_rules::{Command, Direction, Phase};
use instep_words::View;

use super::Placed;
use crate::look::{Look, words};

/// Where a way leads.
pub(crate) fn leads_to(view: &View<'_>, face: u8, direction: Direction) -> usize {
    let board = view.setup().board().len();
    let from = usize::from(view.state().counter(view.state().seat()));
    let steps = usize::from(face) % board;
    match direction {
        Direction::Forward => (from + steps) % board,
        Direction::Back => (from + board - steps) % board,
    }
}

/// "Walk forward to space 6, a staff footprint".
pub(crate) fn name(look: &Look<'_>, view: &View<'_>, face: u8, direction: Direction) -> String {
    let to = leads_to(view, face, direction);
    let there = view
        .setup()
        .board()
        .get(to)
        .map_or_else(String::new, |space| instep_words::say::space(view.language, view.packs, *space));
    match direction {
        Direction::Forward => words!(look, "ui-walk-forward-to", space = to, there = &there),
        Direction::Back => words!(look, "ui-walk-back-to", space = to, there = &there),
    }
}

pub(super) fn ways(ui: &mut Ui, look: &mut Look<'_>, placed: &Placed, view: &View<'_>) {
    let Phase::Walk { face } = view.state().phase() else { return };
    for direction in [Direction::Back, Direction::Forward] {
        let to = leads_to(view, face, direction);
        let Some(at) = placed.map.spaces.get(to) else { continue };
        let rect = Rect::from_center_size(placed.at(*at), Vec2::splat(placed.cell() * 0.98));
        let wide = placed.cell() * 0.07;
        ui.painter().rect_stroke(rect, placed.cell() * 0.18, Stroke::new(wide * 1.9, look.p.ink), StrokeKind::Middle);
        ui.painter().rect_stroke(rect, placed.cell() * 0.18, Stroke::new(wide, look.p.glow), StrokeKind::Middle);
        if !look.controls() || !look.table().is_some_and(|t| t.legal.walk) {
            continue;
        }
        let response = ui.interact(rect, ui.id().with(("way", to, direction == Direction::Back)), Sense::click());
        let name = name(look, view, face, direction);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
        if response.hovered() {
            ui.painter().rect_filled(rect, placed.cell() * 0.18, Color32::from_white_alpha(70));
        }
        if response.clicked() {
            look.ask(Ask::Act { seat: Some(view.state().seat()), command: Command::Walk(direction) });
        }
    }
}
