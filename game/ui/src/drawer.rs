//! Notes and log: what was written, and what happened.

use egui::{Align, Color32, Layout, Rect, Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2};
use instep_protocol::{Word, WordKind, WordText};
use instep_rules::Perspective;
use instep_words::{View, say};

use crate::keys::Deed;
use crate::look::{Look, galley, in_letters, pages, text, words};
use crate::state::{Drawer, Overlay, UiState};
use crate::theme::{Cut, hex, mix};
use crate::widgets::{Button, Kind, panel};

/// Papers of notes, in turn.
const PAPERS: [&str; 3] = ["#FFF0A8", "#CDECDB", "#FAD3D0"];

/// The height of the buttons alone, without what they show.
pub(crate) fn heads_height(look: &Look<'_>) -> f32 {
    look.s.target + look.s.body * 1.1
}

/// Shows notes or log.
pub(crate) fn drawer(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    panel(ui, look, rect, look.p.panel);
    let inside = rect.shrink(look.s.body * 0.55);
    let log = state.drawer == Drawer::Log && !state.desk.log_hidden;
    let chat = state.drawer == Drawer::Chat && look.controls() && chats(look, &view);
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap * 0.8);
        if look.controls() {
            // Where the lines are folded away the way to them is among the buttons.
            let folded = inside.height() < look.s.target + look.s.body * 1.2;
            ui.horizontal_wrapped(|ui| heads(ui, look, state, folded));
        } else {
            let title = if log { words!(look, "ui-log") } else { words!(look, "ui-notes") };
            text(ui, &title, look.s.body, Cut::Bold, look.p.ink);
        }
        if ui.available_height() < look.s.body * 1.2 {
            return;
        }
        egui::ScrollArea::vertical()
            .min_scrolled_height(0.0)
            .id_salt(("drawer", log, chat))
            .auto_shrink(false)
            .stick_to_bottom(log)
            .show(ui, |ui| {
                pages(ui, look, inside.height(), egui::Modifiers::SHIFT);
                ui.set_max_width(inside.width() - look.s.gap);
                match (chat, log) {
                    (true, _) => crate::online::chat_lines(ui, look, state, &view),
                    (false, true) => log_lines(ui, look, &view),
                    (false, false) => notes(ui, look, state, &view),
                }
            });
    });
}

/// Whether people may say something in writing here.
fn chats(look: &Look<'_>, view: &View<'_>) -> bool {
    look.here().is_some() && view.people.chat
}

/// Whether whoever looks may write notes: those who look on may not.
fn may_note(look: &Look<'_>) -> bool {
    !look.only_read() && look.table().is_none_or(|table| !crate::table::looks_on(look, &table))
}

/// Where there is a chat too: one of the three is seen, and the way to the other two.
fn three_heads(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, folded: bool) {
    let write = match state.drawer {
        Drawer::Chat => (words!(look, "ui-chat-write"), "icon-chat", Deed::Chat, Overlay::Chat),
        Drawer::Notes | Drawer::Log => (words!(look, "ui-add-note"), "icon-note", Deed::Note, Overlay::Note),
    };
    let (label, icon, deed, overlay) = write;
    let key = look.key(deed);
    let may = overlay == Overlay::Chat || may_note(look);
    if Button::new(&label).icon(icon).key(key).enabled(may).show(ui, look).clicked() {
        state.toggle(overlay);
    }
    for (drawer, id, icon) in [
        (Drawer::Notes, "ui-notes", "icon-note"),
        (Drawer::Log, "ui-log", "icon-log"),
        (Drawer::Chat, "ui-chat-read", "icon-chat"),
    ] {
        if (drawer == state.drawer && !folded) || (drawer == Drawer::Log && state.desk.log_hidden) {
            continue;
        }
        let label = look.m.language.text(id);
        if Button::new(&label).icon(icon).only_icon().kind(Kind::Quiet).show(ui, look).clicked() {
            state.drawer = drawer;
            state.notes_open = true;
        }
    }
}

fn heads(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, folded: bool) {
    if look.table().is_some_and(|table| chats(look, &table.view)) {
        return three_heads(ui, look, state, folded);
    }
    let (notes, log, add) = (words!(look, "ui-notes"), words!(look, "ui-log"), words!(look, "ui-add-note"));
    let key = look.key(Deed::Note);
    if look.only_read() && !folded {
        // A copy is read: nothing is written there.
        let title = if state.drawer == Drawer::Log { &log } else { &notes };
        text(ui, title, look.s.body, Cut::Bold, look.p.ink);
    } else if !look.only_read()
        && Button::new(&add).icon("icon-note").key(key).enabled(may_note(look)).show(ui, look).clicked()
    {
        state.toggle(Overlay::Note);
    }
    if folded && Button::new(&notes).icon("icon-up").only_icon().kind(Kind::Quiet).show(ui, look).clicked() {
        state.notes_open = true;
    }
    let is_log = state.drawer == Drawer::Log && !state.desk.log_hidden;
    if is_log {
        if Button::new(&notes).kind(Kind::Quiet).show(ui, look).clicked() {
            state.drawer = Drawer::Notes;
            state.notes_open = true;
        }
    } else if !state.desk.log_hidden {
        let button = Button::new(&log).icon("icon-log").kind(Kind::Quiet);
        // Folded, all of them stand in one row.
        let button = if folded { button.only_icon() } else { button };
        if button.show(ui, look).clicked() {
            state.drawer = Drawer::Log;
        }
    }
}

/// Everything that happened, the newest last and darkest.
pub(crate) fn log_lines(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>) {
    let lines: Vec<(Option<Perspective>, String)> =
        view.game.log().iter().filter_map(|entry| Some((entry.seat, in_letters(say::entry(view, entry)?)))).collect();
    // What is long past is in the table in words; here is what a room wants to look up.
    let from = lines.len().saturating_sub(60);
    for (seat, line) in &lines[from..] {
        let dot = look.s.body * 0.42;
        let room = ui.available_width() - dot * 2.2;
        let laid = galley(ui.painter(), line, look.s.body * 0.95, Cut::Regular, look.p.ink, room);
        let (rect, response) = ui.allocate_exact_size(laid.size() + vec2(dot * 2.2, 0.0), egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, line));
        let colour = seat.map_or(look.p.hair, |s| look.tone(s).edge);
        ui.painter().circle_filled(pos2(rect.left() + dot, rect.top() + look.s.body * 0.6), dot * 0.6, colour);
        ui.painter().galley(rect.min + vec2(dot * 2.2, 0.0), laid, look.p.ink);
    }
}

/// A note's kind in words.
fn kind(look: &Look<'_>, word: &Word) -> String {
    match word.kind {
        WordKind::Step => words!(look, "ui-note-step"),
        WordKind::Reason => words!(look, "ui-note-reason"),
        _ => words!(look, "ui-note-note"),
    }
}

/// The notes as slips of paper, the newest first.
fn notes(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, view: &View<'_>) {
    let all: Vec<&Word> =
        view.words.iter().rev().filter(|w| !matches!(w.kind, WordKind::TeamName | WordKind::Chat)).collect();
    if all.is_empty() {
        let none = words!(look, "ui-no-notes");
        text(ui, &none, look.s.body, Cut::Regular, look.p.soft_ink);
        return;
    }
    let columns = ((ui.available_width() / (look.s.body * 13.0)) as usize).clamp(1, 3);
    let gap = look.s.gap;
    let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32;
    for row in all.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap, gap);
            for word in row {
                // Among people elsewhere a note can be told to the facilitator, or hidden.
                if look.here().is_some() && look.controls() {
                    ui.vertical(|ui| {
                        ui.set_max_width(width);
                        let line = slip(ui, look, view, word, width);
                        crate::online::word_deeds(ui, look, state, word, &line, true);
                    });
                } else {
                    slip(ui, look, view, word, width);
                }
            }
        });
    }
}

/// One slip; what it says, as it is read.
fn slip(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, word: &Word, width: f32) -> String {
    let said = match &word.text {
        WordText::Said(said) => said.clone(),
        WordText::Hidden => words!(look, "ui-note-hidden"),
        WordText::Erased => words!(look, "ui-note-erased"),
    };
    let by = match word.seat {
        Some(seat) => words!(look, "ui-note-by", kind = &kind(look, word), who = &view.who(seat)),
        None => kind(look, word),
    };
    let ink = Color32::from_rgb(0x22, 0x20, 0x1C);
    let pad = look.s.body * 0.5;
    let words = galley(ui.painter(), &said, look.s.body * 0.95, Cut::Regular, ink, width - pad * 2.0);
    let below = galley(ui.painter(), &by, look.s.small, Cut::Bold, mix(ink, Color32::WHITE, 0.12), width - pad * 2.0);
    let height = words.size().y + below.size().y + pad * 2.2;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let label = format!("{by}: {said}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &label));
    let paper = hex(PAPERS[word.id as usize % PAPERS.len()]).unwrap_or(look.p.card);
    ui.painter().rect_filled(rect.translate(vec2(1.0, 2.0)), 3.0, Color32::from_black_alpha(30));
    ui.painter().rect(rect, 3.0, paper, Stroke::new(1.0, mix(paper, ink, 0.2)), StrokeKind::Inside);
    ui.painter().galley(rect.min + Vec2::splat(pad), words.clone(), ink);
    ui.painter().galley(rect.min + vec2(pad, pad * 1.2 + words.size().y), below, ink);
    label
}
