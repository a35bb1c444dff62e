//! The card in play: its head, its words, and how it is read.

use egui::{Align, Color32, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};
use instep_content::Item;
use instep_rules::{CardId, Perspective};
use instep_words::{View, capital};

use crate::badges::paint_badge;
use crate::board;
use crate::intent::Intent;
use crate::keys::Deed;
use crate::look::{Look, galley, pages, text, text_in, words};
use crate::signs;
use crate::theme::Cut;
use crate::widgets::Button;

/// The perspective in whose voice a card speaks.
fn voice(view: &View<'_>, item: Item<'_>) -> Option<Perspective> {
    view.packs.perspective(item.voice()?)
}

/// Who speaks: "A care worker says", or a poem's title.
pub(crate) fn speaker(look: &Look<'_>, view: &View<'_>, item: Item<'_>) -> String {
    if let Some(title) = item.title() {
        return title.to_owned();
    }
    let Some(voice) = voice(view, item) else { return String::new() };
    let about = &view.packs.perspectives()[voice.index()];
    let who = item
        .speaker()
        .and_then(|id| about.speakers.iter().find(|s| s.id == id))
        .map_or(about.short.as_str(), |s| &s.name);
    capital(&words!(look, "ui-says", who = who))
}

/// The portrait of who speaks: drawings of ours by perspective, one for each of its speakers.
fn portrait(view: &View<'_>, item: Item<'_>) -> Option<String> {
    let voice = voice(view, item)?;
    let about = &view.packs.perspectives()[voice.index()];
    let at = item.speaker().and_then(|id| about.speakers.iter().position(|s| s.id == id)).unwrap_or(0);
    let of: Vec<usize> =
        (1..=9).filter(|n| crate::art::picture_text(&format!("voice-{}-{n}", about.id)).is_some()).collect();
    // The same card always has the same face.
    let letters = item.id().bytes().map(usize::from).sum::<usize>();
    let share = of.len().checked_div(about.speakers.len().max(1)).unwrap_or(1).max(1);
    let n = of.get((at * share + letters % share) % of.len().max(1))?;
    Some(format!("voice-{}-{n}", about.id))
}

/// The card's head in the colour and pattern of its voice. Where it ends.
pub(crate) fn head(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, card: CardId, rect: Rect) -> Rect {
    let Some(item) = view.item(card) else { return rect.with_max_y(rect.top()) };
    let s = look.s;
    let name = speaker(look, view, item);
    // On a low stage the head gives room to the words.
    let size = s.heading.min((rect.height() * 0.1).max(s.small));
    // The pictures at both ends, and the words between them.
    let side = (size * 2.6).min(rect.height() * 0.24);
    let width = rect.width();
    let laid = galley(ui.painter(), &name, size, Cut::Bold, Color32::WHITE, width - side * 2.35);
    let height = side.max(laid.size().y + size * 0.6);
    let head = rect.with_max_y(rect.top() + height);
    let voice = voice(view, item);
    match voice {
        Some(p) => {
            let about = &view.packs.perspectives()[p.index()];
            let tones = look.tone(p);
            let key = format!("band-{}-{}", view.packs.first().id(), about.id);
            let radius = s.radius * 1.6;
            if let Some(id) =
                look.art.drawn(ui.ctx(), &key, head.size(), || Some(signs::band(about, &tones, width, height, radius)))
            {
                crate::art::image(ui.painter(), id, head);
            }
        }
        None => {
            let radius = (s.radius * 1.6).min(200.0) as u8;
            let corners = egui::CornerRadius { nw: radius, ne: radius, sw: 0, se: 0 };
            ui.painter().rect_filled(head, corners, board::POETS);
        }
    }
    let round = Rect::from_center_size(pos2(head.left() + side * 0.62, head.center().y), Vec2::splat(side * 0.86));
    match (portrait(view, item), voice) {
        (Some(face), _) => {
            ui.painter().circle_filled(round.center(), round.width() * 0.53, Color32::from_rgb(0xFF, 0xFD, 0xF8));
            look.art.paint(ui.painter(), &face, round, look.p.ink);
        }
        (None, Some(p)) => paint_badge(ui, look, view, p, round),
        (None, None) => look.art.paint(ui.painter(), "feather", round, Color32::from_rgb(0xFF, 0xF6, 0xE3)),
    }
    let ink = voice.map_or(Color32::from_rgb(0xFF, 0xF6, 0xE3), |p| look.tone(p).ink);
    let ground = voice.map_or(board::POETS, |p| look.tone(p).colour);
    let words_at =
        Rect::from_min_max(pos2(head.left() + side * 1.2, head.top()), pos2(head.right() - side * 1.1, head.bottom()));
    // Words on a pattern stand on a plain plate of its colour.
    let plate = Rect::from_min_size(
        pos2(words_at.left() - size * 0.35, head.center().y - laid.size().y / 2.0 - size * 0.16),
        laid.size() + vec2(size * 0.7, size * 0.32),
    );
    ui.painter().rect_filled(plate, size * 0.35, ground);
    text_in(ui, words_at, &name, size, Cut::Bold, ink);
    if let Some(p) = voice {
        let shoes = Rect::from_center_size(pos2(head.right() - side * 0.62, head.center().y), Vec2::splat(side * 0.92));
        board::shoes(ui, look, view, p, shoes, 0.0);
        let sign = Rect::from_center_size(
            round.right_bottom() - vec2(side * 0.1, side * 0.1),
            Vec2::splat((side * 0.36).max(s.least * 1.9)),
        );
        paint_badge(ui, look, view, p, sign);
    }
    head
}

/// A card's words as they are shown: in quotes, where somebody says them.
fn quoted(item: Item<'_>) -> String {
    match item {
        Item::Card(card) => format!("\u{201c}{}\u{201d}", card.text),
        Item::Poem(poem) => poem.lines.join("\n"),
    }
}

/// What is fitted into a card's room.
struct Fitted<'t> {
    words: &'t str,
    /// The question, where it stands with the words.
    prompt: Option<&'t str>,
    /// What to know first, never smaller than `note_least`.
    note: Option<&'t str>,
    note_least: f32,
}

impl Fitted<'_> {
    /// The largest size at which all of it fits, between the least and the most.
    fn size(&self, ui: &Ui, room: Vec2, most: f32, least: f32) -> f32 {
        let height = |t: &str, size: f32, cut| galley(ui.painter(), t, size, cut, Color32::BLACK, room.x).size().y;
        let mut size = most;
        while size > least {
            let prompt = self.prompt.map_or(0.0, |p| height(p, size * PROMPT, Cut::Italic) + size * 0.5);
            let note =
                self.note.map_or(0.0, |n| height(n, (size * 0.6).max(self.note_least), Cut::Regular) + size * 0.4);
            if height(self.words, size, Cut::Regular) + prompt + note + size * 0.2 <= room.y {
                return size;
            }
            size = (size * 0.95).max(least);
        }
        least
    }
}

/// The question's size beside the words'.
const PROMPT: f32 = 0.78;

/// The words, as large as they fit; they scroll where even the smallest is too large.
pub(crate) fn words_of(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, card: CardId, rect: Rect) {
    let Some(item) = view.item(card) else { return };
    let words = quoted(item);
    let note = item.note().map(|note| words!(look, "ui-to-know", note = note));
    let room = rect.size() - vec2(look.s.body, 0.0);
    // Whoever can't scroll sees it whole, if need be smaller.
    let least = if look.controls() { look.s.card_least } else { look.s.least };
    let fitted = Fitted { words: &words, prompt: None, note: note.as_deref(), note_least: look.s.small };
    let size = fitted.size(ui, room, look.s.card, least);
    let rect = rect.with_max_y(rect.top() + whole_lines(ui, look, &fitted, size, room));
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt(("card", card.0)).auto_shrink(false).show(
            ui,
            |ui| {
                pages(ui, look, rect.height(), egui::Modifiers::NONE);
                ui.set_max_width(room.x);
                ui.spacing_mut().item_spacing = vec2(0.0, size * 0.38);
                if let Some(note) = &note {
                    text(ui, note, (size * 0.6).max(look.s.small), Cut::Regular, look.p.soft_ink);
                }
                text(ui, &words, size, Cut::Regular, look.p.ink);
            },
        );
    });
}

/// How much of the room is shown: where the words have to be scrolled it ends at the end of a line.
fn whole_lines(ui: &Ui, look: &Look<'_>, fitted: &Fitted<'_>, size: f32, room: Vec2) -> f32 {
    let laid = |t: &str, size: f32| galley(ui.painter(), t, size, Cut::Regular, Color32::BLACK, room.x);
    let above = fitted.note.map_or(0.0, |n| laid(n, (size * 0.6).max(look.s.small)).size().y + size * 0.38);
    let words = laid(fitted.words, size);
    if above + words.size().y <= room.y {
        return room.y;
    }
    let ends = words.rows.iter().map(|row| above + row.rect().bottom());
    ends.take_while(|end| *end <= room.y).last().unwrap_or(room.y)
}

/// The question, which stays in sight while the words may have to be scrolled.
pub(crate) fn question(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>) {
    let Some(item) = view.state().phase().card().and_then(|card| view.item(card)) else { return };
    text(ui, item.prompt(), look.s.card * PROMPT * 0.94, Cut::Italic, look.p.soft_ink);
}

/// The words and the question in the flow, at their least size.
pub(crate) fn flowing(ui: &mut Ui, look: &mut Look<'_>, view: &View<'_>, card: CardId) {
    let Some(item) = view.item(card) else { return };
    let size = look.s.card_least.max(look.s.body);
    if let Some(note) = item.note() {
        let note = words!(look, "ui-to-know", note = note);
        text(ui, &note, look.s.body, Cut::Regular, look.p.soft_ink);
    }
    text(ui, &quoted(item), size, Cut::Regular, look.p.ink);
    text(ui, item.prompt(), size, Cut::Italic, look.p.soft_ink);
}

/// What is read aloud of a card.
pub(crate) fn aloud(look: &Look<'_>, view: &View<'_>, card: CardId) -> Option<String> {
    let item = view.item(card)?;
    Some(format!("{}\n{}\n{}", speaker(look, view, item), item.text(), item.prompt()))
}

/// Whether the buttons beside a card have no room for their words: they stand in a narrow column of a low window.
pub(crate) fn few_words(ui: &Ui, look: &Look<'_>) -> bool {
    !look.listed() && ui.max_rect().width() < look.s.body * 30.0 && look.s.screen.height() < look.s.body * 50.0
}

/// The button that reads aloud, or says that this computer can't.
pub(crate) fn speak_button(ui: &mut Ui, look: &mut Look<'_>) {
    let label = match (look.m.can_speak, look.m.speaks) {
        (false, _) => words!(look, "ui-no-voice"),
        (true, false) => words!(look, "ui-speak"),
        (true, true) => words!(look, "ui-hush"),
    };
    let icon = if look.m.speaks { "icon-stop" } else { "icon-speak" };
    let key = look.key(Deed::Speak);
    let mut button = Button::new(&label).icon(icon).key(key).enabled(look.m.can_speak);
    if look.s.width_in_body() < 30.0 || few_words(ui, look) {
        button = button.only_icon();
    }
    if button.show(ui, look).clicked() {
        speak_or_hush(look);
    }
}

/// Reads the card aloud, or stops.
pub(crate) fn speak_or_hush(look: &mut Look<'_>) {
    let Some(table) = look.table() else { return };
    if look.m.speaks {
        look.out.push(Intent::Hush);
    } else if let Some(words) = table.view.state().phase().card().and_then(|c| aloud(look, &table.view, c)) {
        look.out.push(Intent::Speak(words));
    }
}

/// The reading view: the card and nothing else.
pub(crate) fn reading(ui: &mut Ui, look: &mut Look<'_>, rect: Rect) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let Some(card) = view.state().phase().card() else { return };
    let Some(item) = view.item(card) else { return };
    ui.painter().rect_filled(rect, 0.0, look.p.card);
    let head = head(ui, look, &view, card, rect);
    let inside = Rect::from_min_max(head.left_bottom(), rect.max).shrink2(vec2(rect.width() * 0.06, look.s.body));
    let words = quoted(item);
    // A line of more than 60 letters is hard to follow.
    let most = look.s.card * 1.5;
    let note = item.note().map(|note| words!(look, "ui-to-know", note = note));
    let fitted = Fitted { words: &words, prompt: Some(item.prompt()), note: note.as_deref(), note_least: look.s.body };
    let size = fitted.size(ui, inside.size() - vec2(look.s.body, 0.0), most, look.s.card);
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)), |ui| {
        egui::ScrollArea::vertical().min_scrolled_height(0.0).id_salt("reading").auto_shrink(false).show(ui, |ui| {
            pages(ui, look, inside.height(), egui::Modifiers::NONE);
            ui.set_max_width((size * 30.0).min(inside.width() - look.s.body));
            ui.spacing_mut().item_spacing = vec2(0.0, size * 0.5);
            if let Some(note) = &note {
                text(ui, note, (size * 0.6).max(look.s.body), Cut::Regular, look.p.soft_ink);
            }
            text(ui, &words, size, Cut::Regular, look.p.ink);
            text(ui, item.prompt(), size * 0.8, Cut::Italic, look.p.soft_ink);
        });
    });
}
