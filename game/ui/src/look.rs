//! What everything is drawn with, handed from panel to panel.

use egui::{Color32, Galley, Id, Painter, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2};
use instep_protocol::Role;
use instep_rules::{Legal, Perspective};
use std::sync::Arc;

use crate::art::Art;
use crate::intent::Intent;
use crate::keys::Deed;
use crate::model::{Model, TableModel};
use crate::online::Here;
use crate::settings::Motion;
use crate::state::Surface;
use crate::theme::{Cut, Palette, Sizes, Tones, font};

/// The words of a message: `words!(look, "id", name = value, …)`.
macro_rules! words {
    ($look:expr, $id:literal) => { $look.m.language.text($id) };
    ($look:expr, $id:literal $(, $name:ident = $value:expr)+ $(,)?) => {
        $look.m.language.with($id, &[$((stringify!($name), instep_words::Arg::from($value))),+])
    };
}
pub(crate) use words;

/// What everything is drawn with.
pub(crate) struct Look<'a> {
    pub(crate) m: &'a Model<'a>,
    pub(crate) p: &'static Palette,
    pub(crate) s: Sizes,
    pub(crate) surface: Surface,
    pub(crate) art: &'a mut Art,
    pub(crate) out: &'a mut Vec<Intent>,
    /// What keys asked for in this pass.
    pub(crate) deeds: Vec<Deed>,
    /// Seconds, as egui counts them.
    pub(crate) time: f64,
    /// The tones of the table's perspectives.
    pub(crate) tones: [Tones; 4],
    /// Where focus goes, once its widget is there.
    pub(crate) focus: Option<Id>,
    /// Whether something was asked for that can't be asked for now: the connection is down.
    pub(crate) unheard: bool,
}

impl<'a> Look<'a> {
    /// The table; only called where one is open.
    ///
    /// The room can press nothing, and sees all the same what the acting seat may choose.
    pub(crate) fn table(&self) -> Option<TableModel<'a>> {
        let mut table = self.m.table?;
        if self.surface == Surface::Room && !table.view.people.paused {
            let state = table.view.state();
            table.legal = instep_rules::legal(table.view.setup(), state, instep_rules::Who::seat(state.seat()));
        }
        let looks_on = self.here().is_some() && matches!(table.role, Role::Observer | Role::SharedScreen);
        if self.surface == Surface::Desk && (looks_on || !self.can_ask()) {
            table.legal = Legal::default();
        }
        Some(table)
    }

    /// The table as one that others come to from elsewhere, where it is.
    pub(crate) fn here(&self) -> Option<Here<'a>> {
        self.m.table.and(self.m.online)?.here
    }

    /// Whether the table can be asked for something now.
    pub(crate) fn can_ask(&self) -> bool {
        !self.only_read() && self.here().is_none_or(|here| here.line.is_up())
    }

    /// Whether the table has stopped, as the copy of a game that moved has: it can be read, and nothing is done at it.
    pub(crate) fn only_read(&self) -> bool {
        self.m.table.is_some_and(|table| table.stopped.is_some())
    }

    /// Whether whoever looks facilitates.
    pub(crate) fn facilitates(&self) -> bool {
        self.m.table.is_some_and(|table| table.role == Role::Facilitator)
    }

    /// Whether a turn's command is for whoever looks to give. In a room it always is.
    pub(crate) fn acts(&self) -> bool {
        if self.only_read() {
            return false;
        }
        let Some(table) = self.m.table.filter(|_| self.here().is_some()) else { return true };
        let l = self.table().map_or(table.legal, |table| table.legal);
        let tiles = !l.place.is_empty() || !l.remove.is_empty();
        l.roll || l.roll_typed || l.walk || l.end_talk || l.choose != 0 || tiles || l.mend || l.let_go
    }

    /// Whether controls are there to be pressed.
    pub(crate) fn controls(&self) -> bool {
        self.surface == Surface::Desk
    }

    /// Whether there is little to move.
    pub(crate) fn calm(&self) -> bool {
        self.m.settings.motion == Motion::Reduced || self.m.slow
    }

    pub(crate) fn tone(&self, perspective: Perspective) -> Tones {
        self.tones[perspective.index()]
    }

    /// Whether a key asked for this; it is asked for once.
    pub(crate) fn asked(&mut self, deed: Deed) -> bool {
        let before = self.deeds.len();
        self.deeds.retain(|d| *d != deed);
        before != self.deeds.len()
    }

    /// How the key for a deed is written beside a button; nothing where it has none.
    pub(crate) fn key(&self, deed: Deed) -> Option<String> {
        let press = self.m.settings.keys.of(deed)?;
        (self.m.settings.single_keys || !press.is_single()).then(|| press.name())
    }

    /// Asks the table. While the connection is down nothing is asked for: it would be done at a time that nobody
    /// expects.
    pub(crate) fn ask(&mut self, ask: instep_protocol::Ask) {
        if self.can_ask() {
            self.out.push(Intent::Ask(ask));
        } else {
            self.unheard = true;
        }
    }

    /// Wants something of play over a network.
    pub(crate) fn wish(&mut self, wish: crate::online::Wish) {
        self.out.push(Intent::Online(wish));
    }
}

/// A sentence without signs that our letters lack: what they say is drawn.
pub(crate) fn in_letters(text: String) -> String {
    if text.contains('\u{2605}') { text.replace('\u{2605}', "").trim().to_owned() } else { text }
}

/// Lets Page Up and Page Down scroll what is shown here, `height` high: text has no control that focus could go to.
pub(crate) fn pages(ui: &Ui, look: &Look<'_>, height: f32, modifiers: egui::Modifiers) {
    let behind = !ui.ctx().memory(|m| m.allows_interaction(ui.layer_id()));
    if behind || look.surface != Surface::Desk || ui.ctx().text_edit_focused() {
        return;
    }
    let by = ui.input_mut(|i| {
        // `consume_key` lets Shift pass where it is not asked for.
        if i.modifiers.shift != modifiers.shift {
            return 0.0;
        }
        f32::from(u8::from(i.consume_key(modifiers, egui::Key::PageUp)))
            - f32::from(u8::from(i.consume_key(modifiers, egui::Key::PageDown)))
    });
    if by != 0.0 {
        ui.scroll_with_delta(egui::vec2(0.0, by * height * 0.85));
    }
}

/// Text laid out, at most `width` wide.
pub(crate) fn galley(painter: &Painter, text: &str, size: f32, cut: Cut, colour: Color32, width: f32) -> Arc<Galley> {
    painter.layout(text.to_owned(), font(size, cut), colour, width)
}

/// Text in a rectangle, centred from top to bottom, for eye and screen reader. Returns its height.
pub(crate) fn text_in(ui: &mut Ui, rect: Rect, text: &str, size: f32, cut: Cut, colour: Color32) -> f32 {
    let laid = galley(ui.painter(), text, size, cut, colour, rect.width());
    let at = pos2(rect.left(), rect.center().y - laid.size().y / 2.0);
    let height = laid.size().y;
    told(ui, Rect::from_min_size(at, laid.size()), text);
    ui.painter().galley(at, laid, colour);
    height
}

/// A node for a screen reader only: what a picture or painted text says.
pub(crate) fn told(ui: &mut Ui, rect: Rect, text: &str) {
    let id = ui.auto_id_with(("told", text));
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
}

/// Text in the flow.
pub(crate) fn text(ui: &mut Ui, text: &str, size: f32, cut: Cut, colour: Color32) -> egui::Response {
    let laid = galley(ui.painter(), text, size, cut, colour, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(laid.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    ui.painter().galley(rect.min, laid, colour);
    response
}
