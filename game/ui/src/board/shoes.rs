//! The counters: four pairs of shoes that walk heel and toe.

use egui::{Rect, Stroke, StrokeKind, Ui, Vec2, vec2};
use instep_rules::{Perspective, Phase};
use instep_words::View;

use super::Placed;
use crate::look::Look;
use crate::state::UiState;

/// The picture of a pair of shoes by what a pack calls them.
pub(crate) fn picture(shoes: &str) -> Option<String> {
    let name = format!("shoe-{}", shoes.trim().to_lowercase().replace(' ', "-"));
    crate::art::picture_text(&name).map(|_| name)
}

/// All four; whose turn it is on top.
pub(super) fn shoes(ui: &Ui, look: &mut Look<'_>, state: &UiState, placed: &Placed, view: &View<'_>) {
    let acting = view.state().seat();
    let board = placed.map.spaces.len();
    let mut order = Perspective::ALL;
    order.sort_by_key(|p| *p == acting);
    let opening = matches!(view.state().phase(), Phase::Opening { .. });
    plates(ui, look, state, placed, view);
    for seat in order {
        let walking = state.scene.shoes(seat, board);
        let at = walking.map_or(f32::from(view.state().counter(seat)), |w| w.at);
        // Who stands together stands side by side.
        let space = |p: Perspective| view.state().counter(p);
        let together: Vec<Perspective> = Perspective::ALL
            .into_iter()
            .filter(|p| walking.is_none() && state.scene.shoes(*p, board).is_none() && space(*p) == space(seat))
            .collect();
        let cell = placed.cell();
        let (size, offset) = match together.len() {
            0 | 1 => (cell * 0.92, Vec2::ZERO),
            n => {
                let mine = together.iter().position(|p| *p == seat).unwrap_or(0);
                let (column, row) = ((mine % 2) as f32 - 0.5, (mine / 2) as f32 - if n > 2 { 0.5 } else { 0.0 });
                (cell * 0.56, vec2(column * cell * 0.48, row * cell * 0.46))
            }
        };
        let mut middle = placed.at(placed.map.between(at)) + offset;
        let mut turn = 0.0;
        if let Some(step) = walking {
            let lift = (step.step * std::f32::consts::PI).sin();
            middle.y -= lift * cell * 0.16;
            turn = lift * if step.left { -0.16 } else { 0.16 };
        }
        let rect = Rect::from_center_size(middle, Vec2::splat(size));
        if seat == acting && !view.state().closed() && !opening {
            let ring = rect.shrink(size * 0.03);
            ui.painter().rect(
                ring,
                size * 0.5,
                look.p.glow.gamma_multiply(0.55),
                Stroke::new(size * 0.055, look.p.ink),
                StrokeKind::Middle,
            );
            ui.painter().rect_stroke(ring, size * 0.5, Stroke::new(size * 0.03, look.p.glow), StrokeKind::Middle);
        }
        paint(ui, look, view, seat, rect, turn);
    }
}

/// Where several stand together, a plain plate keeps them apart from what is drawn on the space.
fn plates(ui: &Ui, look: &Look<'_>, state: &UiState, placed: &Placed, view: &View<'_>) {
    let at = Perspective::ALL.map(|p| view.state().counter(p));
    let board = placed.map.spaces.len();
    for (n, space) in at.iter().enumerate() {
        let first = at.iter().position(|s| s == space) == Some(n);
        let several = at.iter().filter(|s| *s == space).count() > 1;
        if !first || !several || Perspective::ALL.into_iter().any(|p| state.scene.shoes(p, board).is_some()) {
            continue;
        }
        let Some(middle) = placed.map.spaces.get(usize::from(*space)) else { continue };
        let rect = Rect::from_center_size(placed.at(*middle), Vec2::splat(placed.cell() * 0.98));
        ui.painter().rect(
            rect,
            placed.cell() * 0.17,
            look.p.card,
            Stroke::new(placed.cell() * 0.04, look.p.line),
            StrokeKind::Inside,
        );
    }
}

/// A pair of shoes: ours, the pack's own picture, or the perspective's sign.
pub(crate) fn paint(ui: &Ui, look: &mut Look<'_>, view: &View<'_>, seat: Perspective, rect: Rect, turn: f32) {
    let about = &view.packs.perspectives()[seat.index()];
    let ctx = ui.ctx();
    let own = about.picture.as_ref().and_then(|p| view.packs.first().picture(&p.file));
    let texture = match (picture(&about.shoes), own) {
        (Some(name), _) => look.art.picture(ctx, &name, rect.size(), look.p.ink),
        (None, Some(bytes)) => {
            let key = format!("shoes-{}-{}", view.packs.first().id(), about.id);
            look.art.drawn(ctx, &key, rect.size(), || String::from_utf8(bytes.to_vec()).ok())
        }
        (None, None) => {
            let tones = look.tone(seat);
            let key = format!("badge-{}-{}", view.packs.first().id(), about.id);
            look.art.drawn(ctx, &key, rect.size(), || Some(crate::signs::badge(about, &tones)))
        }
    };
    let Some(texture) = texture else { return };
    let mut mesh = egui::Mesh::with_texture(texture);
    let whole = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
    mesh.add_rect_with_uv(rect, whole, egui::Color32::WHITE);
    if turn != 0.0 {
        mesh.rotate(egui::emath::Rot2::from_angle(turn), rect.center_bottom());
    }
    ui.painter().add(egui::Shape::mesh(mesh));
}
