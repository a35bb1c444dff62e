//! The board: a place one would like to be.

mod baked;
mod map;
mod shoes;
mod stones;
mod walk;

use egui::{Align2, Color32, Pos2, Rect, Ui, Vec2, pos2, vec2};
use instep_rules::{Event, Space};
use instep_words::View;

use baked::Baked;
pub(crate) use baked::POETS;
use map::{Map, SIDE};

use crate::look::Look;
use crate::signs::letter_at;
use crate::state::UiState;
use crate::theme::{Cut, font};

/// The map in a rectangle of the window.
pub(crate) struct Placed {
    map: Map,
    rect: Rect,
}

impl Placed {
    fn at(&self, unit: Pos2) -> Pos2 {
        self.rect.min + unit.to_vec2() * self.scale()
    }

    fn rect(&self, units: Rect) -> Rect {
        Rect::from_min_max(self.at(units.min), self.at(units.max))
    }

    fn scale(&self) -> f32 {
        self.rect.width() / SIDE
    }

    fn cell(&self) -> f32 {
        self.map.cell * self.scale()
    }
}

/// Shows the board in a square.
pub(crate) fn board(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let board = view.setup().board();
    let name_height = look.s.small * 3.0 * SIDE / rect.width();
    let placed = Placed { map: Map::new(board.len(), view.packs.outcomes().len(), name_height), rect };
    let lit = view.state().path_complete(view.setup()) && state.scene.completing().is_none_or(|done| done > 0.5);
    // No text is smaller than a sixtieth of the window's shorter side (look.md).
    let letter = (placed.cell() * 0.25).max(look.s.least);
    let baked = Baked {
        map: &placed.map,
        packs: view.packs,
        board,
        tones: look.tones,
        palette: look.p,
        lit,
        sign: letter * 0.72 / placed.scale(),
    };
    let key = baked.key();
    if let Some(id) = look.art.drawn(ui.ctx(), &key, rect.size(), || Some(baked.svg())) {
        crate::art::image(ui.painter(), id, rect);
    }
    for (n, space) in board.iter().enumerate() {
        let Space::Footprint(perspective) = space else { continue };
        let about = &view.packs.perspectives()[perspective.index()];
        let (x, y) = baked.sign_at(n);
        let down = (letter_at(about.shape).1 - 0.5) * letter * 1.1;
        let at = placed.at(pos2(x, y)) + vec2(0.0, down);
        painted_letter(ui, at, &about.letter, letter, look.tone(*perspective).ink);
    }
    walk::ways(ui, look, &placed, &view);
    stones::stones(ui, look, state, &placed, &table);
    die(ui, look, state, &placed, &view);
    shoes::shoes(ui, look, state, &placed, &view);
    stones::on_their_way(ui, look, state, &placed, &view);
}

/// A letter that a picture has: its name is told elsewhere.
fn painted_letter(ui: &Ui, at: Pos2, letter: &str, size: f32, colour: Color32) {
    ui.painter().text(at, Align2::CENTER_CENTER, letter, font(size, Cut::Bold), colour);
}

/// The face that lies on the table: that of the last roll that was not taken back.
pub(crate) fn face(view: &View<'_>) -> Option<u8> {
    let faces = view.game.in_effect().filter_map(|entry| match entry.event {
        Event::DieRolled { face, .. } => Some(face),
        _ => None,
    });
    faces.last()
}

fn die(ui: &Ui, look: &mut Look<'_>, state: &UiState, placed: &Placed, view: &View<'_>) {
    let Some(face) = face(view) else { return };
    let rolling = state.scene.die().filter(|_| !look.calm());
    paint_die(ui, placed.rect(placed.map.die), face, view.state().ruleset().die_faces, rolling);
}

/// A die that shows a face, or tumbles and settles on it.
pub(crate) fn paint_die(ui: &Ui, rect: Rect, face: u8, faces: u8, rolling: Option<f32>) {
    let painter = ui.painter();
    let side = rect.width();
    let (turn, hop, shown) = match rolling {
        None => (-0.10, 0.0, face),
        Some(done) => {
            let rest = 1.0 - done;
            let tumbling = (done * 9.0) as u8;
            let shown = if done > 0.78 { face } else { (face + tumbling * 5 + 1) % faces.max(1) + 1 };
            (-0.10 + rest * rest * 7.0, (done * 9.4).sin().abs() * rest * side * 0.7, shown)
        }
    };
    let middle = rect.center() - vec2(0.0, hop);
    let rotation = egui::emath::Rot2::from_angle(turn);
    let corner = |x: f32, y: f32| middle + rotation * vec2(x * side, y * side);
    painter.circle_filled(rect.center() + vec2(side * 0.04, side * 0.43), side * 0.30, Color32::from_black_alpha(22));
    let body = egui::epaint::RectShape::new(
        Rect::from_center_size(middle, Vec2::splat(side * 0.86)),
        side * 0.17,
        Color32::from_rgb(0xFF, 0xFD, 0xF8),
        egui::Stroke::new(side * 0.035, Color32::from_rgb(0x22, 0x20, 0x1C)),
        egui::StrokeKind::Middle,
    );
    painter.add(body.with_angle_and_pivot(turn, middle));
    let ink = Color32::from_rgb(0x22, 0x20, 0x1C);
    if faces > 6 {
        painter.text(middle, Align2::CENTER_CENTER, shown.to_string(), font(side * 0.5, Cut::Bold), ink);
        return;
    }
    let d = 0.23;
    let pips: &[(f32, f32)] = match shown {
        1 => &[(0.0, 0.0)],
        2 => &[(-d, -d), (d, d)],
        3 => &[(-d, -d), (0.0, 0.0), (d, d)],
        4 => &[(-d, -d), (d, -d), (-d, d), (d, d)],
        5 => &[(-d, -d), (d, -d), (0.0, 0.0), (-d, d), (d, d)],
        _ => &[(-d, -d), (d, -d), (-d, 0.0), (d, 0.0), (-d, d), (d, d)],
    };
    for (x, y) in pips {
        painter.circle_filled(corner(*x, *y), side * 0.078, ink);
    }
}

pub(crate) use shoes::paint as shoes;
pub(crate) use stones::{choice_in_words, choosable, choose, in_words, stone_id};
pub(crate) use walk::name as way_name;
