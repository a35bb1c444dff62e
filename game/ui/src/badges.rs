//! A perspective's sign with its letter.

use egui::{Rect, Ui, Vec2, vec2};
use instep_words::View;

use crate::look::Look;
use crate::signs;
use crate::theme::Cut;

/// A perspective's sign in the flow, with its letter.
pub(crate) fn badge(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, p: instep_rules::Perspective, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), egui::Sense::hover());
    paint_badge(ui, look, view, p, rect);
}

/// A perspective's sign with its letter.
pub(crate) fn paint_badge(ui: &Ui, look: &mut Look<'_>, view: &View<'_>, p: instep_rules::Perspective, rect: Rect) {
    let about = &view.packs.perspectives()[p.index()];
    let tones = look.tone(p);
    let key = format!("badge-{}-{}", view.packs.first().id(), about.id);
    if let Some(id) = look.art.drawn(ui.ctx(), &key, rect.size(), || Some(signs::badge(about, &tones))) {
        crate::art::image(ui.painter(), id, rect);
    }
    let (x, y) = signs::letter_at(about.shape);
    let at = rect.min + rect.size() * vec2(x, y);
    ui.painter().text(
        at,
        egui::Align2::CENTER_CENTER,
        &about.letter,
        crate::theme::font((rect.height() * 0.5).max(look.s.least), Cut::Bold),
        tones.ink,
    );
}
