//! What is around every screen: fonts, keys that work everywhere, focus, announcements.

use egui::{Event, Id, Key, Rect, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2};
use instep_rules::Perspective;

use crate::art::Art;
use crate::intent::Intent;
use crate::keys::Deed;
use crate::look::Look;
use crate::model::Model;
use crate::online::{self, Going, Wish};
use crate::overlay::{self, resized};
use crate::state::{Overlay, Screen, Surface, UiState};
use crate::theme::{self, Palette, Sizes, Tones, font, palette, tones};
use crate::{bars, close, home, setup, table, widgets};

/// Prepares an egui context: fonts, and what does not change. Once a context.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(theme::fonts());
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        options.max_passes = 3.try_into().unwrap_or(options.max_passes);
    });
}

/// Shows everything, and gathers what somebody wants. May be called several times a frame: it only gathers.
///
/// `ui` is the whole window.
pub fn show(ui: &mut Ui, state: &mut UiState, art: &mut Art, model: &Model<'_>, surface: Surface) -> Vec<Intent> {
    art.begin();
    let mut out = Vec::new();
    let screen = ui.ctx().content_rect();
    let p = palette(model.settings.theme);
    let sizes = Sizes::of(screen, model.settings, surface);
    style(ui, p, &sizes);
    // Whoever owns the window clears it with the ground: to paint it once more would cost a third of a frame.
    calm_keys(ui);
    let time = ui.input(|i| i.time);
    let deeds = if surface == Surface::Desk && state.choosing_key.is_none() {
        model.settings.keys.pressed(ui.ctx(), model.settings.single_keys)
    } else {
        Vec::new()
    };
    let mut look = Look {
        m: model,
        p,
        s: sizes,
        surface,
        art,
        out: &mut out,
        deeds,
        time,
        tones: tones_of(model, p),
        focus: state.focus.next.take(),
        unheard: false,
    };
    let asked = look.focus;
    if surface == Surface::Desk {
        // Whoever presses something has seen enough of what moves.
        if pressed_anything(ui) {
            state.finish();
        }
        let calm = look.calm();
        for sound in state.scene.advance(time, calm) {
            look.out.push(Intent::Sound(sound));
        }
        everywhere(ui, &mut look, state);
        online::notice(&look, state);
        if let Some(table) = model.table {
            state.greet(&table.view, look.here().and_then(|here| here.you));
        }
    }
    let going = look.m.online.map_or(Going::Nowhere, |online| online.going);
    let covered = surface == Surface::Desk && !state.overlays.is_empty();
    // Nobody who types into what lies over the table plays by it.
    let held_back = if covered { std::mem::take(&mut look.deeds) } else { Vec::new() };
    ui.scope(|ui| {
        match state.screen {
            // What is chosen before a game is nothing for the room.
            Screen::Home | Screen::SetUp | Screen::Join if surface == Surface::Room => home::waiting(ui, &mut look),
            Screen::Host | Screen::Lobby if surface == Surface::Room => match model.table {
                Some(_) => table::table(ui, &mut look, state),
                None => home::waiting(ui, &mut look),
            },
            Screen::Home | Screen::SetUp | Screen::Join | Screen::Host if going != Going::Nowhere => {
                online::going(ui, &mut look, state, going);
            }
            Screen::Join if model.online.is_some() => online::join(ui, &mut look, state),
            Screen::Host if model.online.is_some() => online::host(ui, &mut look, state),
            Screen::Lobby if look.here().is_some() => online::lobby(ui, &mut look, state),
            // The table was let go of, or is one of the room alone.
            Screen::Lobby if model.table.is_some() => table::table(ui, &mut look, state),
            Screen::Home => home::home(ui, &mut look, state),
            Screen::SetUp => setup::setup(ui, &mut look, state),
            Screen::Table if model.table.is_some() => table::table(ui, &mut look, state),
            Screen::Close if model.table.is_some() => close::close(ui, &mut look, state),
            _ => home::home(ui, &mut look, state),
        }
        if covered {
            // A screen reader finds what lies over it, and nothing that can't be pressed now.
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_hidden());
        }
    });
    look.deeds.extend(held_back);
    if surface == Surface::Desk {
        online::ask_first(&mut look, state);
    }
    // The room sees what is meant for it; settings and questions are the desk's.
    let for_the_room = matches!(state.overlays.last(), Some(Overlay::Reading | Overlay::Complete | Overlay::HowTo(_)));
    if surface == Surface::Desk || for_the_room {
        overlay::show(ui, &mut look, state);
    }
    if surface == Surface::Desk {
        // Words that were typed are kept and sent again until the table has them; they need no connection now.
        look.out.extend(state.take_outbox().into_iter().map(Intent::Ask));
        if let Some(why) = online::why_not(&look).filter(|_| look.unheard) {
            state.tell(why);
        }
        announce(ui, state);
        widgets::focus_ring(ui.ctx(), &look);
        state.focus.shown(ui.ctx(), &state.overlays, asked, look.focus.take());
        state.typing = ui.ctx().text_edit_focused();
    }
    if state.moves() {
        ui.ctx().request_repaint();
    } else if state.desk.timer.runs() && state.screen == Screen::Table {
        ui.ctx().request_repaint_after_secs(1.0);
    }
    out
}

fn tones_of(model: &Model<'_>, p: &'static Palette) -> [Tones; 4] {
    let packs = match (model.table, model.worked_out) {
        (Some(table), _) => Some(table.view.packs),
        (None, Some(out)) => Some(&*out.packs),
        (None, None) => None,
    };
    let plain = Tones { colour: p.line, ink: p.card, soft: p.card, edge: p.line };
    Perspective::ALL.map(|seat| match packs.and_then(|packs| packs.perspectives().get(seat.index())) {
        Some(about) => tones(about, p),
        None => plain,
    })
}

/// Whether a key or a button was pressed in this frame.
fn pressed_anything(ui: &Ui) -> bool {
    ui.input(|input| {
        input.events.iter().any(|event| {
            matches!(
                event,
                Event::Key { pressed: true, repeat: false, .. } | Event::PointerButton { pressed: true, .. }
            )
        })
    })
}

/// A held key presses once: hands that shake must not end a talk that they have just begun. What moves goes on moving.
fn calm_keys(ui: &Ui) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let moves = |key: Key| {
        use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, PageDown, PageUp, Tab};
        matches!(key, ArrowDown | ArrowLeft | ArrowRight | ArrowUp | PageDown | PageUp | Tab)
    };
    ui.ctx().input_mut(|input| {
        input
            .events
            .retain(|event| !matches!(event, Event::Key { key, pressed: true, repeat: true, .. } if !moves(*key)));
    });
}

/// Keys that work everywhere.
fn everywhere(ui: &Ui, look: &mut Look<'_>, state: &mut UiState) {
    let escaped = ui.ctx().input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Escape));
    if escaped {
        if state.choosing_key.take().is_some() {
            // The key stays as it was.
        } else if state.typing && state.overlays.is_empty() && state.screen == Screen::Table {
            // The field is left, and what is in it stays.
            look.focus = Some(bars::more_id());
        } else if state.overlays.pop().is_none() {
            let going = look.m.online.map_or(Going::Nowhere, |online| online.going);
            match state.screen {
                Screen::Home | Screen::SetUp | Screen::Join | Screen::Host if going != Going::Nowhere => {
                    look.wish(Wish::Cancel);
                }
                Screen::Home => {}
                Screen::SetUp => setup::leave(state),
                Screen::Join => online::leave_join(look, state),
                Screen::Host => online::leave_host(state),
                Screen::Lobby => state.screen = Screen::Table,
                Screen::Table | Screen::Close => look.out.push(Intent::Leave),
            }
        }
    }
    if look.asked(Deed::Help) {
        state.toggle(Overlay::HowTo(0));
    }
    if look.asked(Deed::KeyList) {
        state.toggle(Overlay::Keys);
    }
    if look.asked(Deed::Settings) {
        state.toggle(Overlay::Settings);
    }
    // Whoever types where no field is, such as who may not write in the chat, opens and closes nothing by it.
    let free = state.overlays.is_empty();
    if look.here().is_some() && free {
        if look.asked(Deed::People) && matches!(state.screen, Screen::Table | Screen::Lobby) {
            state.overlays.clear();
            state.screen = if state.screen == Screen::Table { Screen::Lobby } else { Screen::Table };
        }
        let chat = look.m.table.is_some_and(|table| table.view.people.chat);
        if look.asked(Deed::Chat) && chat && matches!(state.screen, Screen::Table | Screen::Lobby) {
            state.toggle(Overlay::Chat);
        }
    }
    let in_words = free || state.overlays.last() == Some(&Overlay::InWords);
    if in_words && look.asked(Deed::InWords) && look.table().is_some() {
        state.toggle(Overlay::InWords);
    }
    for (deed, by) in [(Deed::Larger, 1), (Deed::Smaller, -1)] {
        if look.asked(deed) {
            look.out.push(Intent::Settings(Box::new(resized(look.m.settings, by))));
        }
    }
    if look.asked(Deed::FullScreen) {
        let mut new = look.m.settings.clone();
        new.full_screen = !new.full_screen;
        look.out.push(Intent::Settings(Box::new(new)));
    }
}

/// What a screen reader says by itself: the last things that happened, in a place that is watched for change.
fn announce(ui: &mut Ui, state: &mut UiState) {
    state.told_now = true;
    let Some(text) = state.told.back() else { return };
    let id = Id::new("announcement");
    let rect = Rect::from_min_size(pos2(0.0, 0.0), Vec2::splat(1.0));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
        node.set_live_atomic();
    });
}

/// Our own look for the few things that egui paints itself: scroll bars, text fields, tips.
fn style(ui: &mut Ui, p: &'static Palette, s: &Sizes) {
    let style = ui.style_mut();
    style.override_font_id = Some(font(s.body, theme::Cut::Regular));
    // egui's own marks for those who write panels are not for those who play.
    #[cfg(debug_assertions)]
    {
        style.debug.show_unaligned = false;
    }
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.spacing.scroll = egui::style::ScrollStyle::solid();
    style.spacing.scroll.bar_width = (s.body * 0.42).max(8.0);
    style.spacing.scroll.handle_min_length = s.target;
    style.spacing.interact_size = Vec2::splat(s.target);
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    let v = &mut style.visuals;
    v.dark_mode = p.dark;
    v.override_text_color = Some(p.ink);
    v.extreme_bg_color = p.hair;
    v.window_fill = p.card;
    v.panel_fill = p.ground;
    v.window_stroke = egui::Stroke::new(1.0, p.line);
    v.selection.bg_fill = theme::selected(p);
    v.selection.stroke = egui::Stroke::new(1.0, p.focus);
    // A caret that blinks would wake the machine twice a second.
    v.text_cursor.blink = false;
    v.text_cursor.stroke = egui::Stroke::new((s.body * 0.1).max(2.0), p.ink);
    for widget in [
        &mut v.widgets.noninteractive,
        &mut v.widgets.inactive,
        &mut v.widgets.hovered,
        &mut v.widgets.active,
        &mut v.widgets.open,
    ] {
        widget.bg_fill = p.line;
        widget.weak_bg_fill = p.button;
        widget.fg_stroke.color = p.ink;
    }
    let style = ui.style().clone();
    ui.ctx().set_global_style(style);
}
