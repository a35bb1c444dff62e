//! Home: go on, begin, learn, settle in.

use egui::{Align, Id, Layout, Rect, Sense, Ui, UiBuilder, Vec2, WidgetInfo, WidgetType, pos2};

use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::model::Saved;
use crate::state::{Overlay, Screen, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

/// The sky at the upper edge of the picture.
const SKY: egui::Color32 = egui::Color32::from_rgb(0xD3, 0xE6, 0xEE);
const DUSK: egui::Color32 = egui::Color32::from_rgb(0x15, 0x1A, 0x33);

pub(crate) fn home(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let screen = look.s.screen;
    let wide = screen.width() > screen.height() * 1.15 && look.s.width_in_body() > 46.0;
    let (picture, menu) = if wide {
        let (menu, picture) = screen.split_left_right_at_fraction(0.40);
        (Some(picture), menu)
    } else if look.s.factor < 1.35 {
        let (picture, menu) = screen.split_top_bottom_at_fraction(0.36);
        (Some(picture), menu)
    } else {
        (None, screen)
    };
    if let Some(rect) = picture {
        scene(ui, look, rect);
    }
    let inside = menu.shrink2(egui::vec2(look.s.body * 2.2, look.s.body * 1.4));
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt("home").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 1.3);
            ui.set_max_width(inside.width() - look.s.body);
            if wide {
                // What there is stands in the middle of the height, as far as it is known from the last pass.
                let id = Id::new("home height");
                let height = ui.ctx().data(|d| d.get_temp::<f32>(id)).unwrap_or(inside.height() * 0.8);
                ui.add_space(((inside.height() - height) / 2.0).max(0.0));
                let top = ui.cursor().top();
                entries(ui, look, state);
                let now = ui.min_rect().bottom() - top;
                if (now - height).abs() > 0.5 {
                    ui.ctx().data_mut(|d| d.insert_temp(id, now));
                    ui.ctx().request_discard("Home's entries have another height");
                }
            } else {
                entries(ui, look, state);
            }
        });
    });
}

/// The picture stands on the ground of its part of the screen, whole; where that is higher, there is more sky.
fn scene(ui: &mut Ui, look: &mut Look<'_>, rect: Rect) {
    let (name, sky) = if look.p.dark { ("home-dark", DUSK) } else { ("home", SKY) };
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 0.0, sky);
    // The picture is 8 : 5.
    let (w, h) = (rect.width(), rect.width() / 1.6);
    let whole = Rect::from_min_size(pos2(rect.left(), rect.bottom() - h), Vec2::new(w, h));
    if let Some(id) = look.art.picture(ui.ctx(), name, whole.size(), look.p.ink) {
        crate::art::image(&painter, id, whole);
    }
    let label = words!(look, "ui-home-picture");
    let response = ui.interact(rect, Id::new("home picture"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &label));
}

/// What the room sees before a game: the picture.
pub(crate) fn waiting(ui: &mut Ui, look: &mut Look<'_>) {
    scene(ui, look, look.s.screen);
}

/// "Path to personalisation, 3 stones".
pub(crate) fn saved_in_words(look: &Look<'_>, saved: &Saved) -> String {
    words!(look, "ui-saved", packs = &saved.packs, stones = saved.stones)
}

fn entries(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    text(ui, "Instep", look.s.title * 1.5, Cut::Bold, look.p.ink);
    let what = words!(look, "ui-home-what");
    text(ui, &what, look.s.heading, Cut::Regular, look.p.soft_ink);
    ui.add_space(look.s.gap);
    for notice in look.m.notices {
        notice_box(ui, look, notice);
    }
    let open = look.m.saved.iter().find(|s| !s.closed && s.moved.is_none());
    let main = Id::new("home main");
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(main);
    }
    if let Some(saved) = open {
        let label = words!(look, "ui-home-continue");
        let about = saved_in_words(look, saved);
        let name = format!("{label}: {about}");
        if Button::new(&label).name(&name).icon("icon-play").main().large().wide().id(main).show(ui, look).clicked() {
            look.out.push(Intent::Continue(saved.table));
        }
        text(ui, &about, look.s.body, Cut::Regular, look.p.soft_ink);
    }
    let new = words!(look, "ui-home-new");
    let mut button = Button::new(&new).icon("icon-plus").large().wide();
    if open.is_none() {
        button = button.main().id(main);
    }
    if button.show(ui, look).clicked() {
        // A new game is a new path, unless the last screen of an old one says otherwise.
        state.choices.path_of = None;
        state.hosts = false;
        state.screen = Screen::SetUp;
    }
    if look.m.online.is_some() {
        let (join, host) = (words!(look, "ui-join"), words!(look, "ui-host"));
        if Button::new(&join).icon("icon-people").large().wide().show(ui, look).clicked() {
            crate::online::open_join(look, state);
        }
        if Button::new(&host).icon("icon-screen").large().wide().show(ui, look).clicked() {
            crate::online::open_new(state);
        }
        crate::online::places(ui, look, state);
    }
    let (how, settings, quit, about) =
        (words!(look, "ui-do-help"), words!(look, "ui-do-settings"), words!(look, "ui-quit"), words!(look, "ui-about"));
    if Button::new(&how).icon("icon-help").large().wide().show(ui, look).clicked() {
        state.toggle(Overlay::HowTo(0));
    }
    if Button::new(&settings).icon("icon-settings").large().wide().show(ui, look).clicked() {
        state.toggle(Overlay::Settings);
    }
    let played = look.m.saved.iter().filter(|s| s.moved.is_none() && Some(s.table) != open.map(|o| o.table));
    // Copies come last, and push no game aside.
    let copies = look.m.saved.iter().filter(|s| s.moved.is_some());
    let others: Vec<&Saved> = played.take(3).chain(copies.take(3)).collect();
    if !others.is_empty() {
        let earlier = words!(look, "ui-home-earlier");
        text(ui, &earlier, look.s.body, Cut::Bold, look.p.ink);
    }
    for saved in others {
        let label = saved_in_words(look, saved);
        let label = match &saved.moved {
            Some(moved) => words!(look, "ui-saved-moved", game = &label, moved = moved),
            None if saved.closed => words!(look, "ui-saved-closed", game = &label),
            None => label,
        };
        if Button::new(&label).kind(Kind::Quiet).icon("icon-back").show(ui, look).clicked() {
            match saved.moved {
                Some(_) => state.toggle(Overlay::Moved(saved.table)),
                None => look.out.push(Intent::Continue(saved.table)),
            }
        }
    }
    ui.horizontal_wrapped(|ui| {
        if Button::new(&about).icon("icon-heart").kind(Kind::Quiet).show(ui, look).clicked() {
            state.toggle(Overlay::About);
        }
        if Button::new(&quit).icon("icon-close").kind(Kind::Quiet).show(ui, look).clicked() {
            look.out.push(Intent::Quit);
        }
    });
}

/// Something to be known, in a box of its own.
pub(crate) fn notice_box(ui: &mut Ui, look: &mut Look<'_>, notice: &str) {
    let width = ui.available_width() - look.s.body * 1.6;
    egui::Frame::new()
        .fill(look.p.care)
        .corner_radius((look.s.radius * 0.9).min(200.0) as u8)
        .inner_margin(egui::Margin::same((look.s.body * 0.7).min(100.0) as i8))
        .show(ui, |ui| {
            ui.set_width(width);
            text(ui, notice, look.s.body, Cut::Regular, look.p.care_ink);
        });
}
