//! What lies over a screen. Escape puts it away, and focus goes back to where it was.

mod commands;
mod guide;
mod help;
mod keys;
mod settings;
mod themes;

use egui::{Align, Color32, Id, Layout, Ui, Vec2, vec2};

use crate::card;
use crate::look::{Look, pages, text, words};
use crate::online;
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

/// What has focus when this opens.
pub(crate) fn first_of(overlay: Overlay) -> Id {
    match overlay {
        Overlay::Note => commands::note_id(),
        Overlay::Chat => crate::online::chat_field(),
        _ => main_id(),
    }
}

/// The first control of most of what opens.
pub(crate) fn main_id() -> Id {
    Id::new("overlay's first")
}

/// Whether something is a question before what one would not like to have pressed by accident.
fn is_question(of: Overlay) -> bool {
    matches!(
        of,
        Overlay::SendAway(_)
            | Overlay::HandOver(_)
            | Overlay::LetGo(_)
            | Overlay::NewInvite
            | Overlay::Moved(_)
            | Overlay::Leave(_)
            | Overlay::OpenAgain
    )
}

/// Shows the uppermost.
pub(crate) fn show(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(top) = state.overlays.last().copied() else { return };
    if top == Overlay::Reading {
        return reading(ui, look, state);
    }
    let s = look.s;
    let narrow = is_question(top) || matches!(top, Overlay::Close | Overlay::Note | Overlay::More);
    let margin = s.body * 1.1;
    let width = (s.body * if narrow { 32.0 } else { 48.0 }).min(s.screen.width() * 0.94) - margin * 2.0;
    let most = s.screen.height() * 0.94 - margin * 2.0;
    let id = Id::new(("overlay", std::mem::discriminant(&top)));
    let area = egui::Area::new(id).order(egui::Order::Foreground).fixed_pos(s.screen.min).constrain(false);
    let mut put_away = false;
    area.show(ui.ctx(), |ui| {
        dialog(ui, &title(look, top));
        // What lies behind is seen and can't be pressed; pressing it puts this away.
        let behind = ui.interact(s.screen, id.with("behind"), egui::Sense::CLICK);
        ui.painter().rect_filled(s.screen, 0.0, Color32::from_black_alpha(165));
        put_away = behind.clicked();
        let (body_id, foot_id) = (id.with("body"), id.with("foot"));
        let kept = |id: Id, usual: f32| ui.ctx().data(|d| d.get_temp::<f32>(id)).unwrap_or(usual);
        let (body_height, foot_height) = (kept(body_id, most * 0.6), kept(foot_id, 0.0));
        let head_height = s.target.max(s.heading * 1.6);
        let foot_room = if foot_height > 0.0 { foot_height + s.gap * 1.4 } else { 0.0 };
        let room = body_height.min(most - head_height - s.gap - foot_room);
        let size = vec2(width, head_height + s.gap + room + foot_room);
        let inside = egui::Rect::from_center_size(s.screen.center(), size);
        let sheet = inside.expand(margin);
        let painter = ui.painter();
        painter.rect_filled(sheet.translate(vec2(0.0, s.body * 0.25)), s.radius * 1.6, Color32::from_black_alpha(70));
        painter.rect(
            sheet,
            s.radius * 1.6,
            look.p.ground,
            egui::Stroke::new(s.body * 0.08, look.p.line),
            egui::StrokeKind::Inside,
        );
        let _ = ui.interact(sheet, id.with("sheet"), egui::Sense::CLICK);
        let at = |top: f32, height: f32| {
            egui::Rect::from_min_size(egui::pos2(inside.left(), inside.top() + top), vec2(width, height))
        };
        ui.scope_builder(egui::UiBuilder::new().max_rect(at(0.0, head_height)), |ui| head(ui, look, state, top));
        let mut used = (0.0, 0.0);
        ui.scope_builder(egui::UiBuilder::new().max_rect(at(head_height + s.gap, room)), |ui| {
            egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt("body").auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing = Vec2::splat(s.gap);
                pages(ui, look, room, egui::Modifiers::NONE);
                ui.set_max_width(width - s.body * 0.9);
                used.0 = ui.scope(|ui| body(ui, look, state, top)).response.rect.height();
            });
        });
        let foot_at = at(head_height + s.gap * 2.4 + room, foot_height.max(s.target));
        ui.scope_builder(egui::UiBuilder::new().max_rect(foot_at), |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(s.gap);
            used.1 = ui.scope(|ui| foot_of(ui, look, state, top)).response.rect.height();
        });
        if (used.0 - body_height).abs() > 0.5 || (used.1 - foot_height).abs() > 0.5 {
            ui.ctx().data_mut(|d| {
                d.insert_temp(body_id, used.0);
                d.insert_temp(foot_id, used.1);
            });
            ui.ctx().request_discard("what lies over the screen has another height");
        }
    });
    if put_away {
        state.overlays.pop();
    }
}

fn reading(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let screen = look.s.screen;
    let modal = egui::Area::new(Id::new("reading")).order(egui::Order::Foreground).fixed_pos(screen.min);
    modal.show(ui.ctx(), |ui| {
        dialog(ui, &title(look, Overlay::Reading));
        let bar = look.s.target + look.s.gap * 1.4;
        let (above, below) = screen.split_top_bottom_at_y(screen.bottom() - bar);
        ui.painter().rect_filled(screen, 0.0, look.p.bar);
        card::reading(ui, look, above);
        if !look.controls() {
            return;
        }
        ui.scope_builder(
            egui::UiBuilder::new()
                .max_rect(below.shrink2(vec2(look.s.body, 0.0)))
                .layout(Layout::left_to_right(Align::Center)),
            |ui| {
                ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
                let back = words!(look, "ui-back-to-table");
                if Button::new(&back).icon("icon-back").kind(Kind::Bar).id(main_id()).show(ui, look).clicked() {
                    state.overlays.pop();
                }
                card::speak_button(ui, look);
            },
        );
    });
}

/// What this holds has keyboard and pointer to itself, and a screen reader says so.
fn dialog(ui: &Ui, title: &str) {
    ui.ctx().memory_mut(|m| m.set_modal_layer(ui.layer_id()));
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(egui::accesskit::Role::Dialog);
        node.set_label(title);
        node.set_modal();
    });
}

fn title(look: &Look<'_>, of: Overlay) -> String {
    match of {
        Overlay::HowTo(_) => words!(look, "ui-do-help"),
        Overlay::Settings => words!(look, "ui-do-settings"),
        Overlay::Keys => words!(look, "ui-do-keys"),
        Overlay::InWords => words!(look, "ui-do-in-words"),
        Overlay::Note => words!(look, "ui-add-note"),
        Overlay::Undo => words!(look, "ui-undo-title"),
        Overlay::Close => words!(look, "ui-close-title"),
        Overlay::More => words!(look, "ui-more"),
        Overlay::Complete => words!(look, "ui-complete-title"),
        Overlay::Themes => words!(look, "ui-themes"),
        Overlay::Sensitive => words!(look, "ui-sensitive"),
        Overlay::About => words!(look, "ui-about"),
        Overlay::Guide => words!(look, "ui-guide"),
        Overlay::Reading => words!(look, "ui-do-read"),
        Overlay::Chat => words!(look, "ui-chat"),
        Overlay::SendAway(_) => words!(look, "ui-send-away-title"),
        Overlay::HandOver(_) => words!(look, "ui-hand-over-title"),
        Overlay::LetGo(_) => words!(look, "ui-let-place-go-title"),
        Overlay::NewInvite => words!(look, "ui-new-invite-title"),
        Overlay::Since => words!(look, "ui-since-title"),
        Overlay::Moved(_) => words!(look, "ui-moved-title"),
        Overlay::Leave(_) => words!(look, "ui-leave-others-title"),
        Overlay::OpenAgain => words!(look, "ui-open-again-title"),
    }
}

fn head(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, of: Overlay) {
    let title = title(look, of);
    let close = words!(look, "ui-put-away");
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut button = Button::new(&close).icon("icon-cross").only_icon().kind(Kind::Quiet);
            if !has_main(of) {
                button = button.id(main_id());
            }
            if button.show(ui, look).clicked() {
                state.overlays.pop();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                text(ui, &title, look.s.heading * 1.1, Cut::Bold, look.p.ink);
            });
        });
    });
}

/// Whether an overlay has a control of its own that is the first to have focus.
fn has_main(of: Overlay) -> bool {
    is_question(of)
        || matches!(
            of,
            Overlay::HowTo(_)
                | Overlay::Note
                | Overlay::Undo
                | Overlay::Close
                | Overlay::Complete
                | Overlay::More
                | Overlay::Since
        )
}

fn body(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, of: Overlay) {
    match of {
        Overlay::HowTo(page) => help::how_to(ui, look, page),
        Overlay::Settings => settings::settings(ui, look, state),
        Overlay::Keys => keys::keys(ui, look, state),
        Overlay::InWords => help::in_words(ui, look),
        Overlay::Note => commands::note(ui, look, state),
        Overlay::Undo => commands::undo(ui, look, state),
        Overlay::Close => commands::close(ui, look),
        Overlay::More => commands::more(ui, look, state),
        Overlay::Complete => commands::complete(ui, look),
        Overlay::Themes => themes::themes(ui, look, state),
        Overlay::Sensitive => themes::sensitive(ui, look),
        Overlay::About => help::about(ui, look),
        Overlay::Guide => guide::guide(ui, look),
        Overlay::Since => crate::since::body(ui, look, state),
        Overlay::Chat => online::chat(ui, look, state),
        Overlay::SendAway(_) | Overlay::HandOver(_) | Overlay::LetGo(_) | Overlay::NewInvite | Overlay::Moved(_) => {
            online::question(ui, look, of);
        }
        Overlay::Leave(_) => online::leave_question(ui, look),
        Overlay::OpenAgain => online::again_question(ui, look, state),
        Overlay::Reading => {}
    }
}

fn foot_of(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, of: Overlay) {
    match of {
        Overlay::HowTo(page) => help::pages(ui, look, state, page),
        Overlay::Note => commands::note_foot(ui, look, state),
        Overlay::Undo => commands::undo_foot(ui, look, state),
        Overlay::Close => commands::close_foot(ui, look, state),
        Overlay::Complete => commands::complete_foot(ui, look, state),
        Overlay::Keys => keys::foot(ui, look),
        Overlay::Themes => themes::foot(ui, look, state),
        Overlay::InWords => help::in_words_foot(ui, look),
        Overlay::Since => crate::since::foot(ui, look, state),
        Overlay::Chat => online::chat_foot(ui, look, state),
        Overlay::Moved(table) => online::moved_foot(ui, look, state, table),
        Overlay::Leave(quit) => online::leave_foot(ui, look, state, quit),
        Overlay::OpenAgain => online::again_foot(ui, look, state),
        Overlay::SendAway(_) | Overlay::HandOver(_) | Overlay::LetGo(_) | Overlay::NewInvite => {
            online::question_foot(ui, look, state, of);
        }
        _ => {}
    }
}
pub(crate) use settings::resized;
