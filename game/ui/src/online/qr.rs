//! An invite as a QR code: black on white in both themes, for a camera and not for the eye.

use egui::{Color32, Rect, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2};

use super::Qr;
use crate::look::{Look, words};

/// A camera needs so many light squares around the code.
pub(super) const QUIET: usize = 4;

/// Where a code is in a square of so many points: the side of one of its squares, and its upper left. A square has whole
/// points, so that none is blurred.
fn placed(side: usize, rect: Rect) -> (f32, egui::Pos2) {
    let squares = (side + QUIET * 2) as f32;
    let one = (rect.width() / squares).floor().max(1.0);
    let whole = one * side as f32;
    let left = rect.center() - Vec2::splat(whole / 2.0);
    (one, pos2(left.x.round(), left.y.round()))
}

/// Paints the code `side` points wide at most, with its quiet zone.
pub(super) fn qr(ui: &mut Ui, look: &Look<'_>, code: Qr<'_>, side: f32) {
    if code.side == 0 || code.dark.len() != code.side * code.side {
        return;
    }
    let squares = (code.side + QUIET * 2) as f32;
    let side = (side / squares).floor().max(1.0) * squares;
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    let label = words!(look, "ui-qr");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &label));
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, Color32::WHITE);
    let (one, from) = placed(code.side, rect);
    for (y, row) in code.dark.chunks(code.side).enumerate() {
        // Runs of dark squares as one: a code has hundreds of them, and seams between them would show.
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|dark| **dark).count();
            if run > 0 {
                let at = from + Vec2::new(x as f32 * one, y as f32 * one);
                painter.rect_filled(Rect::from_min_size(at, Vec2::new(run as f32 * one, one)), 0.0, Color32::BLACK);
            }
            x += run.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_quiet_zone_on_every_side() {
        for side in [21, 25, 33, 57] {
            let rect = Rect::from_min_size(pos2(13.0, 40.0), Vec2::splat(300.0));
            let (one, from) = placed(side, rect);
            let whole = Rect::from_min_size(from, Vec2::splat(one * side as f32));
            let quiet = one * QUIET as f32 - 1.0;
            for space in [
                whole.left() - rect.left(),
                rect.right() - whole.right(),
                whole.top() - rect.top(),
                rect.bottom() - whole.bottom(),
            ] {
                assert!(space >= quiet, "{side}: {space} of {quiet}");
            }
        }
    }
}
