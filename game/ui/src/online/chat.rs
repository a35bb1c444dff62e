//! What people say in writing, where the facilitator lets them.

use egui::{Id, Ui};
use instep_protocol::{Ask, Role, Word, WordText};
use instep_words::{View, say};

use super::{hint, me};
use crate::desk::Kind as WordsKind;
use crate::look::{Look, text, words};
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::{Button, Field, Kind};

/// So much of it is shown; older is in the record.
const SHOWN: usize = 100;

/// Something said in writing is at most so long.
const MOST: usize = 500;

/// The field for writing.
pub(crate) fn field_id() -> Id {
    Id::new("something to say in writing")
}

/// The newest first.
fn newest<'v>(view: &View<'v>) -> Vec<&'v Word> {
    let mut all: Vec<&Word> = view.chat().collect();
    all.reverse();
    all.truncate(SHOWN);
    all
}

/// How many were written by others since one last looked.
pub(super) fn unread(look: &Look<'_>, state: &UiState, view: &View<'_>) -> usize {
    let you = look.here().and_then(|here| here.you);
    view.chat().filter(|w| w.id > state.watch.chat_read && (w.by.is_none() || w.by != you)).count()
}

/// What was said in writing, as lines: for the table's lower right.
pub(crate) fn lines(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, view: &View<'_>) {
    let all = newest(view);
    state.watch.chat_read = all.first().map_or(state.watch.chat_read, |w| w.id);
    if all.is_empty() {
        let none = words!(look, "ui-chat-none");
        hint(ui, look, &none);
    }
    for word in all {
        let line = say::in_chat(view, word);
        text(ui, &line, look.s.body * 0.95, Cut::Regular, look.p.ink);
    }
}

/// The sheet: what was said, and what may be done about it.
pub(crate) fn chat(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    let view = &table.view;
    if !view.people.chat {
        let off = words!(look, "ui-chat-off");
        return hint(ui, look, &off);
    }
    let what = words!(look, "ui-chat-what");
    hint(ui, look, &what);
    if let Some(news) = super::news(ui, look, state) {
        text(ui, &news, look.s.body, Cut::Bold, look.p.ink);
    }
    let all = newest(view);
    state.watch.chat_read = all.first().map_or(state.watch.chat_read, |w| w.id);
    if all.is_empty() {
        let none = words!(look, "ui-chat-none");
        hint(ui, look, &none);
    }
    for word in all {
        let line = say::in_chat(view, word);
        text(ui, &line, look.s.body, Cut::Regular, look.p.ink);
        deeds(ui, look, state, word, &line, false);
    }
}

/// What may be done about words that somebody wrote, and what was: told to the facilitator, hidden. `line` is the words
/// as they are read. Where there is little room the buttons are `small`.
pub(crate) fn deeds(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, word: &Word, line: &str, small: bool) {
    let you = look.here().and_then(|here| here.you);
    let (facilitates, can) = (look.facilitates(), look.can_ask());
    if facilitates && word.reported {
        let told = words!(look, "ui-chat-reported");
        text(ui, &told, look.s.body, Cut::Bold, look.p.ink);
    }
    let button = |ui: &mut Ui, look: &mut Look<'_>, label: &str, named: &str, icon| {
        let button = Button::new(label).name(named).kind(Kind::Quiet).icon(icon).enabled(can);
        if small { button.only_icon() } else { button }.show(ui, look).clicked()
    };
    let screen = look.m.table.is_some_and(|table| table.role == Role::SharedScreen);
    let others = matches!(word.text, WordText::Said(_)) && (word.by.is_none() || word.by != you);
    ui.horizontal_wrapped(|ui| {
        if others && !facilitates && !screen {
            let (label, named) = (words!(look, "ui-report"), words!(look, "ui-report-of", what = line));
            if button(ui, look, &label, &named, "icon-hand") {
                look.ask(Ask::Report { id: word.id });
                let told = words!(look, "ui-report-told");
                state.tell(told.clone());
                state.watch.news = Some((told, look.time + super::NEWS_S));
            }
        }
        if facilitates && !matches!(word.text, WordText::Erased) {
            let (label, named) = match word.hidden {
                true => (words!(look, "ui-show-again"), words!(look, "ui-show-again-of", what = line)),
                false => (words!(look, "ui-hide"), words!(look, "ui-hide-of", what = line)),
            };
            if button(ui, look, &label, &named, "icon-lock") {
                look.ask(Ask::Hide { id: word.id, hidden: !word.hidden });
            }
            if word.hidden {
                let told = words!(look, "ui-chat-hidden");
                text(ui, &told, look.s.body, Cut::Bold, look.p.ink);
            }
        }
    });
}

/// Where one writes.
pub(crate) fn chat_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table().filter(|table| table.view.people.chat) else { return };
    if me(look, &table.view).is_some_and(|me| me.muted) {
        let muted = words!(look, "ui-you-are-muted");
        return hint(ui, look, &muted);
    }
    let name = words!(look, "ui-chat-field");
    let mut draft = std::mem::take(&mut state.desk.drafts.chat);
    let entered = ui.memory(|m| m.has_focus(field_id()))
        && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    Field { id: field_id(), name: &name, hint: "", rows: 1, most: MOST }.show(ui, look, &mut draft);
    state.desk.drafts.chat = draft;
    let label = words!(look, "ui-chat-send");
    let can = !state.desk.drafts.chat.trim().is_empty() && look.can_ask();
    let pressed = Button::new(&label).icon("icon-right").main().enabled(can).show(ui, look).clicked();
    if (pressed || entered) && can {
        let said = std::mem::take(&mut state.desk.drafts.chat);
        state.send(None, WordsKind::Chat, said);
    }
    if pressed || entered {
        look.focus = Some(field_id());
    }
}
