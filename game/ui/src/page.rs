//! A page: a title, what scrolls, and a bar below with the next thing to do.

use egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::look::{Look, pages};

/// Shows a page: `head` in the bar above, `body` in between, `foot` in the bar below.
pub(crate) fn page<S>(
    ui: &mut Ui,
    look: &mut Look<'_>,
    state: &mut S,
    salt: &str,
    head: impl FnOnce(&mut Ui, &mut Look<'_>, &mut S),
    body: impl FnOnce(&mut Ui, &mut Look<'_>, &mut S),
    foot: impl FnOnce(&mut Ui, &mut Look<'_>, &mut S),
) {
    let screen = look.s.screen;
    let pad = vec2(look.s.body, 0.0);
    let top = Rect::from_min_max(
        screen.min,
        pos2(screen.right(), screen.top() + look.s.target.max(look.s.body * 2.5) + look.s.gap),
    );
    ui.painter().rect_filled(top, 0.0, look.p.bar);
    ui.scope_builder(UiBuilder::new().max_rect(top.shrink2(pad)).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
        head(ui, look, state);
    });
    // The bar below is as high as what is in it: large words wrap.
    let id = egui::Id::new(("foot", salt));
    let height = ui.ctx().data(|d| d.get_temp::<f32>(id)).unwrap_or(look.s.target * 1.3) + look.s.gap * 1.6;
    let bottom = Rect::from_min_max(pos2(screen.left(), screen.bottom() - height), screen.max);
    let middle = Rect::from_min_max(top.left_bottom(), bottom.right_top());
    ui.scope_builder(
        UiBuilder::new().max_rect(middle.shrink2(vec2(look.s.body, 0.0))).layout(Layout::top_down(Align::Min)),
        |ui| {
            egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt(salt).auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
                pages(ui, look, middle.height(), egui::Modifiers::NONE);
                ui.set_max_width(middle.width() - look.s.body * 3.0);
                ui.add_space(look.s.gap);
                body(ui, look, state);
                ui.add_space(look.s.gap);
            });
        },
    );
    ui.painter().rect_filled(bottom, 0.0, look.p.bar);
    let inside = bottom.shrink2(vec2(look.s.body, look.s.gap * 0.8));
    let mut used = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)), |ui| {
        used = ui
            .horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
                foot(ui, look, state);
            })
            .response
            .rect
            .height();
    });
    let before = ui.ctx().data(|d| d.get_temp::<f32>(id));
    if before.is_none_or(|b| (b - used).abs() > 0.5) {
        ui.ctx().data_mut(|d| d.insert_temp(id, used));
        ui.ctx().request_discard("the bar below has another height");
    }
}
