//! What can be pressed, in our own look: no stock egui.

use egui::{
    Color32, CornerRadius, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2,
};

use crate::look::{Look, galley};
use crate::theme::{Cut, font, mix};

/// How much a button is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The next thing to do.
    Main,
    /// Anything else.
    Plain,
    /// On a dark bar.
    Bar,
    /// Only its words, or its icon.
    Quiet,
}

/// A button.
pub(crate) struct Button<'t> {
    id: Option<Id>,
    text: &'t str,
    /// What a screen reader says, where it is more than the text.
    name: Option<&'t str>,
    icon: Option<&'t str>,
    key: Option<String>,
    kind: Kind,
    enabled: bool,
    chosen: Option<bool>,
    /// Only one of several is chosen at a time.
    alone: bool,
    wide: bool,
    only_icon: bool,
    size: f32,
}

impl<'t> Button<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            id: None,
            text,
            name: None,
            icon: None,
            key: None,
            kind: Kind::Plain,
            enabled: true,
            chosen: None,
            alone: false,
            wide: false,
            only_icon: false,
            size: 1.0,
        }
    }

    /// The most wanted one.
    pub(crate) fn main(mut self) -> Self {
        self.kind = Kind::Main;
        self
    }

    pub(crate) fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    pub(crate) fn name(mut self, name: &'t str) -> Self {
        self.name = Some(name);
        self
    }

    pub(crate) fn icon(mut self, icon: &'t str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Only the icon is seen; the text is its name and its tip.
    pub(crate) fn only_icon(mut self) -> Self {
        self.only_icon = true;
        self
    }

    pub(crate) fn key(mut self, key: Option<String>) -> Self {
        self.key = key;
        self
    }

    pub(crate) fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// On or off by itself.
    pub(crate) fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = Some(chosen);
        self
    }

    /// One of several, of which one is chosen at a time.
    pub(crate) fn one_of(mut self, chosen: bool) -> Self {
        (self.chosen, self.alone) = (Some(chosen), true);
        self
    }

    /// As wide as there is room.
    pub(crate) fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Larger than others.
    pub(crate) fn large(mut self) -> Self {
        self.size = 1.2;
        self
    }

    pub(crate) fn show(self, ui: &mut Ui, look: &mut Look<'_>) -> Response {
        let s = look.s;
        let body = s.body * self.size;
        let pad = vec2(body * 0.7, body * 0.36);
        let icon = self.icon.map_or(0.0, |_| body * 1.25);
        let between = if icon > 0.0 && !self.only_icon { body * 0.4 } else { 0.0 };
        let (fill, ink, edge) = self.colours(look);
        let key = self.key.as_deref().filter(|_| !self.only_icon).map(|key| {
            let faint = mix(ink, fill, 0.2);
            galley(ui.painter(), key, s.small * self.size, Cut::Regular, faint, f32::INFINITY)
        });
        let key_width = key.as_ref().map_or(0.0, |k| k.size().x + body * 0.7);
        let room = ui.available_width() - pad.x * 2.0 - icon - between - key_width;
        let cut = if self.kind == Kind::Main || self.chosen == Some(true) { Cut::Bold } else { Cut::Regular };
        let words = (!self.only_icon).then(|| galley(ui.painter(), self.text, body, cut, ink, room.max(body * 4.0)));
        let text_size = words.as_ref().map_or(Vec2::ZERO, |w| w.size());
        let mark = if self.chosen.is_some() && self.icon.is_none() { body * 1.35 } else { 0.0 };
        let mut size =
            vec2(pad.x * 2.0 + icon + between + mark + text_size.x + key_width, text_size.y.max(icon) + pad.y * 2.0);
        if self.only_icon {
            size = Vec2::splat(icon + pad.y * 2.0);
        }
        size = size.max(Vec2::splat(s.target));
        if self.wide {
            size.x = ui.available_width().max(size.x.min(ui.available_width()));
        }
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = match self.id {
            Some(id) => {
                let (_, rect) = ui.allocate_space(size);
                (rect, ui.interact(rect, id, sense))
            }
            None => ui.allocate_exact_size(size, sense),
        };
        let name = self.name.unwrap_or(self.text);
        response.widget_info(|| match self.chosen {
            Some(chosen) if self.alone => WidgetInfo::selected(WidgetType::RadioButton, self.enabled, chosen, name),
            Some(chosen) => WidgetInfo::selected(WidgetType::Checkbox, self.enabled, chosen, name),
            None => WidgetInfo::labeled(WidgetType::Button, self.enabled, name),
        });
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if look.focus == Some(response.id) {
            response.request_focus();
            look.focus = None;
        }
        self.paint(ui, look, rect, &response, (fill, ink, edge));
        let inside = rect.shrink2(pad);
        let mut x = inside.left();
        if let Some(icon_name) = self.icon {
            let left = if self.only_icon { rect.center().x - icon / 2.0 } else { x };
            let at = Rect::from_min_size(pos2(left, rect.center().y - icon / 2.0), Vec2::splat(icon));
            look.art.paint(ui.painter(), icon_name, at, ink);
            x += icon + between;
        }
        if mark > 0.0 {
            let box_ = Rect::from_center_size(pos2(x + body * 0.45, rect.center().y), Vec2::splat(body * 0.9));
            let edge = Stroke::new(body * 0.09, ink);
            let painter = ui.painter();
            match (self.alone, self.chosen == Some(true)) {
                (true, chosen) => {
                    painter.circle_stroke(box_.center(), body * 0.405, edge);
                    if chosen {
                        painter.circle_filled(box_.center(), body * 0.21, ink);
                    }
                }
                (false, chosen) => {
                    painter.rect_stroke(box_, body * 0.2, edge, StrokeKind::Inside);
                    if chosen {
                        look.art.paint(painter, "icon-check", box_.expand(body * 0.08), ink);
                    }
                }
            }
            x += mark;
        }
        if let Some(words) = words {
            let free = inside.right() - key_width - x;
            // Alone on a wide button, words stand in its middle.
            let middle = self.wide && self.icon.is_none() && self.kind == Kind::Main;
            let left = if middle { x + (free - text_size.x).max(0.0) / 2.0 } else { x };
            ui.painter().galley(pos2(left, rect.center().y - text_size.y / 2.0), words, ink);
        }
        if let Some(key) = key {
            let at = pos2(inside.right() - key.size().x, rect.center().y - key.size().y / 2.0);
            ui.painter().galley(at, key, ink);
        }
        if self.only_icon {
            let tip = match &self.key {
                Some(key) => format!("{name} ({key})"),
                None => name.to_owned(),
            };
            let size = look.s.small;
            return response.on_hover_ui(|ui| {
                ui.label(egui::RichText::new(tip).font(font(size, Cut::Regular)));
            });
        }
        response
    }

    fn colours(&self, look: &Look<'_>) -> (Color32, Color32, Color32) {
        let p = look.p;
        let (fill, ink, edge) = match (self.kind, self.chosen) {
            (_, Some(true)) => (p.main, p.main_ink, p.main),
            (Kind::Main, _) => (p.main, p.main_ink, p.main),
            (Kind::Plain, _) => (p.button, p.ink, p.line),
            (Kind::Bar, _) => (p.bar_button, p.bar_ink, p.bar_button),
            (Kind::Quiet, _) => (Color32::TRANSPARENT, p.ink, Color32::TRANSPARENT),
        };
        if self.enabled {
            return (fill, ink, edge);
        }
        // What can't be pressed keeps its words readable.
        let ground = if self.kind == Kind::Bar { p.bar } else { p.ground };
        (mix(ground, fill, 0.25), mix(ink_on(ground, look), ground, 0.28), mix(ground, edge, 0.5))
    }

    fn paint(
        &self,
        ui: &Ui,
        look: &Look<'_>,
        rect: Rect,
        response: &Response,
        (fill, _, edge): (Color32, Color32, Color32),
    ) {
        let radius = CornerRadius::same((look.s.radius * 0.9).min(250.0) as u8);
        let painter = ui.painter();
        let towards = if look.p.dark || self.kind == Kind::Main { Color32::WHITE } else { Color32::BLACK };
        let fill = match (response.is_pointer_button_down_on(), response.hovered() && self.enabled) {
            (true, _) => mix(fill, Color32::BLACK, 0.16),
            (false, true) if fill == Color32::TRANSPARENT => mix(look.p.ground, look.p.ink, 0.08),
            (false, true) => mix(fill, towards, 0.09),
            (false, false) => fill,
        };
        if self.kind != Kind::Quiet && self.kind != Kind::Bar && self.enabled {
            let under = rect.translate(vec2(0.0, look.s.body * 0.09));
            painter.rect_filled(under, radius, Color32::from_black_alpha(46));
        }
        painter.rect(rect, radius, fill, Stroke::new((look.s.body * 0.07).max(1.0), edge), StrokeKind::Inside);
    }
}

fn ink_on(ground: Color32, look: &Look<'_>) -> Color32 {
    if ground == look.p.bar { look.p.bar_ink } else { look.p.ink }
}

/// A panel that things stand on.
pub(crate) fn panel(ui: &Ui, look: &Look<'_>, rect: Rect, fill: Color32) {
    let radius = look.s.radius * 1.6;
    let painter = ui.painter();
    // Of its shadow only what shows: a panel is large, and every dot that is covered again is painted for nothing.
    let edge = rect.with_min_y(rect.bottom() - radius * 2.0).translate(vec2(0.0, look.s.body * 0.1));
    painter.rect_filled(edge, radius, Color32::from_black_alpha(26));
    painter.rect(rect, radius, fill, Stroke::new(1.0, look.p.hair), StrokeKind::Inside);
}

/// Where the board says that what has focus is round.
pub(crate) fn round_focus() -> Id {
    Id::new("what has focus is round")
}

/// A ring around what has focus, on top of everything: it is always seen.
pub(crate) fn focus_ring(ctx: &egui::Context, look: &Look<'_>) {
    let Some(id) = ctx.memory(|m| m.focused()) else { return };
    let Some(response) = ctx.read_response(id) else { return };
    let layer = egui::LayerId::new(egui::Order::Tooltip, Id::new("focus"));
    let width = (look.s.body * 0.13).max(2.0);
    let rect = response.interact_rect.intersect(look.s.screen).expand(width * 0.8);
    let round = ctx.data(|d| d.get_temp::<Id>(round_focus())) == Some(id);
    let radius = if round { rect.width() / 2.0 } else { look.s.radius * 1.1 };
    let rect = if round { rect.expand(width * 2.2) } else { rect };
    let painter = ctx.layer_painter(layer);
    painter.rect_stroke(
        rect.expand(width * 0.8),
        radius + width,
        Stroke::new(width * 0.9, contrast_of(look)),
        StrokeKind::Middle,
    );
    painter.rect_stroke(rect, radius, Stroke::new(width, look.p.focus), StrokeKind::Middle);
}

fn contrast_of(look: &Look<'_>) -> Color32 {
    if look.p.dark { Color32::BLACK } else { Color32::WHITE }
}

/// A line to type in, or several; with its name above it for eye and screen reader.
pub(crate) struct Field<'t> {
    pub(crate) id: Id,
    pub(crate) name: &'t str,
    /// What stands in it while it is empty.
    pub(crate) hint: &'t str,
    /// Lines that are seen at once.
    pub(crate) rows: usize,
    /// Characters at most.
    pub(crate) most: usize,
}

impl Field<'_> {
    pub(crate) fn show(self, ui: &mut Ui, look: &mut Look<'_>, text: &mut String) -> Response {
        let s = look.s;
        let label = crate::look::text(ui, self.name, s.body, Cut::Regular, look.p.ink);
        // As high as a button: a finger finds both.
        let pad = (s.body * 0.32).max((s.target - s.body * 1.2) / 2.0).min(120.0);
        let frame = egui::Frame::new()
            .fill(look.p.card)
            .stroke(Stroke::new((s.body * 0.08).max(1.0), look.p.line))
            .corner_radius((s.radius * 0.8).min(250.0) as u8)
            .inner_margin(egui::Margin::symmetric((s.body * 0.5) as i8, pad.ceil() as i8));
        let hint = egui::RichText::new(self.hint).font(font(s.body, Cut::Regular)).color(look.p.soft_ink);
        let edit = match self.rows {
            0 | 1 => egui::TextEdit::singleline(text),
            rows => egui::TextEdit::multiline(text).desired_rows(rows),
        };
        let response = edit
            .id(self.id)
            .font(font(s.body, Cut::Regular))
            .text_color(look.p.ink)
            .hint_text(hint)
            .char_limit(self.most)
            .frame(frame)
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, s.target))
            .show(ui)
            .response
            .response
            .labelled_by(label.id);
        // A screen reader presses a field to type in it; egui takes only a pointer's word for that.
        let pressed = ui.input(|i| i.has_accesskit_action_request(response.id, egui::accesskit::Action::Click));
        if look.focus == Some(response.id) || pressed {
            response.request_focus();
            look.focus = look.focus.filter(|id| *id != response.id);
        }
        response
    }
}
