//! The facilitator's hand: notes, undo, closing, and what is needed less often.

use egui::{Id, Sense, Ui, Vec2};
use instep_protocol::Ask;
use instep_rules::{Command, Outcome, Passing, Perspective, Setting};
use instep_words::{View, capital, say};

use super::main_id;
use crate::board;
use crate::desk::Kind as WordsKind;
use crate::intent::Intent;
use crate::keys::Deed;
use crate::look::{Look, in_letters, text, words};
use crate::online;
use crate::state::{Drawer, Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Field};

/// The note's field. A node where somebody types must never be a button: what has its name would be taken for typing.
pub(super) fn note_id() -> Id {
    Id::new("a note")
}

pub(super) fn note(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let hint = words!(look, "ui-note-names");
    text(ui, &hint, look.s.body, Cut::Regular, look.p.soft_ink);
    let name = words!(look, "ui-note-what");
    let mut draft = std::mem::take(&mut state.desk.drafts.note);
    // As it was when Enter was pressed: a quick hand has let go of Ctrl by the end of the frame. Taken before the field
    // makes a new line of it.
    let sent = ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
    Field { id: note_id(), name: &name, hint: "", rows: 4, most: 500 }.show(ui, look, &mut draft);
    state.desk.drafts.note = draft;
    let sign = words!(look, "ui-note-sign");
    text(ui, &sign, look.s.body, Cut::Regular, look.p.ink);
    ui.horizontal_wrapped(|ui| {
        let nobody = words!(look, "ui-note-nobody");
        if Button::new(&nobody).one_of(state.desk.drafts.note_by.is_none()).show(ui, look).clicked() {
            state.desk.drafts.note_by = None;
            // Whoever wrote it sees that it is kept.
            state.drawer = Drawer::Notes;
        }
        for seat in Perspective::ALL {
            if !may_sign(look, &view, seat) {
                continue;
            }
            let name = capital(&view.team(seat).map_or_else(|| say::seat(view.packs, seat).to_owned(), str::to_owned));
            let n = seat.index() as u8;
            if Button::new(&name).one_of(state.desk.drafts.note_by == Some(n)).show(ui, look).clicked() {
                state.desk.drafts.note_by = Some(n);
            }
        }
    });
    if is_muted(look) {
        let muted = words!(look, "ui-you-are-muted");
        text(ui, &muted, look.s.body, Cut::Regular, look.p.ink);
    } else if sent {
        keep_note(state);
    }
}

/// Whether a note may be signed by this seat: where others come from elsewhere, a seat that others hold is theirs.
fn may_sign(look: &Look<'_>, view: &View<'_>, seat: Perspective) -> bool {
    let mine = online::me(look, view).is_some_and(|me| me.seats.has(seat));
    look.here().is_none() || mine || !view.state().held().has(seat)
}

/// Whether a facilitator keeps whoever looks from writing.
fn is_muted(look: &Look<'_>) -> bool {
    look.m.table.is_some_and(|table| online::me(look, &table.view).is_some_and(|me| me.muted))
}

fn keep_note(state: &mut UiState) {
    let seat = state.desk.drafts.note_by.map(|n| Perspective::from_index(usize::from(n)));
    let words = std::mem::take(&mut state.desk.drafts.note);
    if words.trim().is_empty() {
        return;
    }
    // Whoever writes next has signed nothing yet.
    state.desk.drafts.note_by = None;
    state.send(seat, WordsKind::Note, words);
    // Whoever wrote it sees that it is kept.
    state.notes_open = true;
    state.overlays.pop();
}

pub(super) fn note_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    ui.horizontal_wrapped(|ui| {
        let keep = words!(look, "ui-note-keep");
        let muted = is_muted(look);
        let can = !state.desk.drafts.note.trim().is_empty() && !muted;
        if Button::new(&keep)
            .icon("icon-check")
            .main()
            .enabled(can)
            .key(Some("Ctrl Enter".into()))
            .show(ui, look)
            .clicked()
        {
            keep_note(state);
        }
    });
}

/// So many steps are shown at once; as many more each time that somebody asks for them.
const STEPS_SHOWN: usize = 12;

pub(super) fn undo(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let shown = state.undo_shown.max(STEPS_SHOWN);
    let hint = words!(look, "ui-undo-what");
    text(ui, &hint, look.s.body, Cut::Regular, look.p.ink);
    let steps: Vec<String> = view
        .game
        .undoable()
        .take(shown)
        .map(|step| step.filter_map(|entry| say::entry(&view, entry)).map(in_letters).collect::<Vec<_>>().join("; "))
        .collect();
    if steps.is_empty() {
        let none = words!(look, "ui-undo-nothing");
        text(ui, &none, look.s.body, Cut::Regular, look.p.soft_ink);
    }
    for (n, step) in steps.iter().enumerate() {
        let taken = (n as u32) < state.undo_steps;
        if Button::new(step).wide().chosen(taken).show(ui, look).clicked() {
            state.undo_steps = n as u32 + 1;
        }
    }
    let all = table.legal.undo as usize;
    if all > shown {
        let more = words!(look, "ui-undo-more", steps = all - shown);
        if Button::new(&more).icon("icon-down").show(ui, look).clicked() {
            state.undo_shown = shown + STEPS_SHOWN;
        }
    }
}

pub(super) fn undo_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    let n = state.undo_steps.clamp(1, table.legal.undo.max(1));
    ui.horizontal_wrapped(|ui| {
        let label = words!(look, "ui-undo-do", steps = n);
        let can = table.legal.undo > 0;
        let mut button = Button::new(&label).icon("icon-undo").main().enabled(can && !table.waits);
        if can {
            button = button.id(main_id());
        }
        if button.show(ui, look).clicked() {
            look.ask(Ask::Act { seat: None, command: Command::Undo(n) });
            state.overlays.pop();
        }
        let keep = words!(look, "ui-undo-not");
        let mut button = Button::new(&keep);
        if !can {
            button = button.id(main_id());
        }
        if button.show(ui, look).clicked() {
            state.overlays.pop();
        }
    });
}

pub(super) fn close(ui: &mut Ui, look: &mut Look<'_>) {
    let what = words!(look, "ui-close-what");
    text(ui, &what, look.s.body, Cut::Regular, look.p.ink);
}

pub(super) fn close_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    ui.horizontal_wrapped(|ui| {
        let (close, not) = (words!(look, "ui-close-do"), words!(look, "ui-close-not"));
        if Button::new(&not).main().id(main_id()).show(ui, look).clicked() {
            state.overlays.pop();
        }
        if Button::new(&close).icon("icon-close").show(ui, look).clicked() {
            look.ask(Ask::Act { seat: None, command: Command::Close });
            state.overlays.clear();
        }
    });
}

pub(super) fn complete(ui: &mut Ui, look: &mut Look<'_>) {
    let Some(table) = look.table() else { return };
    let view = table.view;
    let width = ui.available_width();
    let height = (width * 0.5).min(look.s.screen.height() * 0.4);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    look.art.paint(ui.painter(), "how-5", rect, look.p.ink);
    let what = words!(look, "ui-complete-what", met = view.state().met(view.setup()).len());
    text(ui, &what, look.s.body * 1.1, Cut::Regular, look.p.ink);
    for outcome in view.setup().in_play().iter() {
        let line = board::in_words(look, &view, Outcome(outcome.0));
        text(ui, &line, look.s.body, Cut::Regular, look.p.ink);
    }
}

pub(super) fn complete_foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if !look.controls() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let (on, close) = (words!(look, "ui-play-on"), words!(look, "ui-close-do"));
        if Button::new(&on).main().id(main_id()).show(ui, look).clicked() {
            state.overlays.pop();
        }
        if Button::new(&close).icon("icon-close").show(ui, look).clicked() {
            look.ask(Ask::Act { seat: None, command: Command::Close });
            state.overlays.clear();
        }
    });
}

/// What is needed less often.
pub(super) fn more(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(table) = look.table() else { return };
    let rules = *table.view.state().ruleset();
    // What is the facilitator's is seen by all, and can be pressed by the facilitator.
    let open = !table.view.state().closed() && look.facilitates() && look.can_ask();
    let row =
        |ui: &mut Ui, look: &mut Look<'_>, id: &str, icon: &str, deed: Option<Deed>, enabled: bool, first: bool| {
            let label = look.m.language.text(id);
            let key = deed.and_then(|d| look.key(d));
            let mut button = Button::new(&label).icon(icon).wide().key(key).enabled(enabled);
            if first {
                button = button.id(main_id());
            }
            button.show(ui, look).clicked()
        };
    if row(ui, look, "ui-redraw", "icon-redraw", Some(Deed::Redraw), table.legal.redraw, table.legal.redraw) {
        look.ask(Ask::Act { seat: None, command: Command::Redraw });
        state.overlays.pop();
    }
    if row(ui, look, "ui-read-large", "icon-read", Some(Deed::Read), table.view.state().phase().card().is_some(), false)
    {
        state.overlays.pop();
        state.toggle(Overlay::Reading);
    }
    let set = |look: &mut Look<'_>, setting: Setting| look.ask(Ask::Act { seat: None, command: Command::Set(setting) });
    let label = words!(look, "ui-real-die");
    let mut button = Button::new(&label).wide().chosen(rules.real_die).enabled(open);
    if !table.legal.redraw && open {
        // Focus goes to what can be pressed.
        button = button.id(main_id());
    }
    if button.show(ui, look).clicked() {
        set(look, Setting::RealDie(!rules.real_die));
    }
    let label = words!(look, "ui-talk-timer");
    if Button::new(&label).wide().chosen(rules.talk_timer_s > 0).enabled(open).show(ui, look).clicked() {
        set(look, Setting::TalkTimer(if rules.talk_timer_s > 0 { 0 } else { 180 }));
    }
    let label = words!(look, "ui-pass-confirms");
    let confirms = rules.passing == Passing::FacilitatorConfirms;
    if Button::new(&label).wide().chosen(confirms).enabled(open).show(ui, look).clicked() {
        set(look, Setting::Passing(if confirms { Passing::AtOnce } else { Passing::FacilitatorConfirms }));
    }
    let label = words!(look, "ui-hide-log");
    let mut button = Button::new(&label).wide().chosen(state.desk.log_hidden);
    if !table.legal.redraw && !open {
        button = button.id(main_id());
    }
    if button.show(ui, look).clicked() {
        state.desk.log_hidden = !state.desk.log_hidden;
    }
    let label = words!(look, "ui-do-projector");
    let key = look.key(Deed::Projector);
    if Button::new(&label).wide().chosen(look.m.projector_open).key(key).show(ui, look).clicked() {
        look.out.push(Intent::Projector(!look.m.projector_open));
    }
    if row(ui, look, "ui-do-in-words", "icon-words", Some(Deed::InWords), true, false) {
        state.toggle(Overlay::InWords);
    }
    if row(ui, look, "ui-guide", "icon-read", None, true, false) {
        state.toggle(Overlay::Guide);
    }
    if row(ui, look, "ui-do-keys", "icon-keys", Some(Deed::KeyList), true, false) {
        state.toggle(Overlay::Keys);
    }
    // What has stopped is not opened to others: least of all the copy of a game that goes on elsewhere.
    let goes_on = table.stopped.is_none() && look.here().is_none_or(|here| here.on_this_computer);
    if look.m.online.is_some() && look.facilitates() && goes_on {
        let id = if look.here().is_some() { "ui-move" } else { "ui-open-up" };
        if row(ui, look, id, "icon-people", None, look.can_ask(), false) {
            online::open_up(state, look.here().is_some());
        }
    }
    let recorded = look.here().is_none_or(|here| here.has_record);
    if recorded && row(ui, look, "ui-save-record", "icon-print", None, true, false) {
        look.out.push(Intent::SaveRecord);
    }
    if row(ui, look, "ui-close-do", "icon-close", None, table.legal.close, false) {
        state.toggle(Overlay::Close);
    }
}
