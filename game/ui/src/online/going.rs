//! While something is on its way: what it is, calmly, and how to stop it.

use egui::{Id, Ui};

use super::{Going, Wish};
use crate::look::{Look, text, words};
use crate::page::page;
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

fn cancel_id() -> Id {
    Id::new("stop what is on its way")
}

/// What is on its way, in a sentence.
pub(super) fn in_words(look: &Look<'_>, going: Going<'_>) -> String {
    match going {
        Going::Nowhere => String::new(),
        Going::Connecting { host } => words!(look, "ui-connecting", host = host),
        Going::Trying { why } => why.to_owned(),
        Going::Waiting { called: "" } => words!(look, "ui-waiting"),
        Going::Waiting { called } => words!(look, "ui-waiting-at", table = called),
        Going::Making => words!(look, "ui-making"),
        Going::Moving { host } => words!(look, "ui-moving", host = host),
    }
}

/// Shows what is on its way.
pub(crate) fn going(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, going: Going<'_>) {
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(cancel_id());
    }
    let title = match going {
        Going::Waiting { .. } => words!(look, "ui-waiting-title"),
        Going::Making | Going::Moving { .. } => words!(look, "ui-host"),
        Going::Nowhere | Going::Connecting { .. } | Going::Trying { .. } => words!(look, "ui-join"),
    };
    page(
        ui,
        look,
        state,
        "going",
        |ui, look, _| {
            text(ui, &title, look.s.heading, Cut::Bold, look.p.bar_ink);
        },
        |ui, look, _| {
            ui.add_space(look.s.body * 2.0);
            let what = in_words(look, going);
            let size = if matches!(going, Going::Trying { .. }) { look.s.body * 1.15 } else { look.s.heading * 1.1 };
            text(ui, &what, size, Cut::Bold, look.p.ink);
            let more = match going {
                Going::Waiting { .. } => words!(look, "ui-waiting-more"),
                Going::Moving { .. } => words!(look, "ui-moving-more"),
                Going::Trying { .. } => words!(look, "ui-trying-more"),
                _ => words!(look, "ui-connecting-more"),
            };
            text(ui, &more, look.s.body * 1.08, Cut::Regular, look.p.soft_ink);
        },
        |ui, look, _| {
            let cancel = words!(look, "ui-cancel");
            if Button::new(&cancel).icon("icon-cross").large().kind(Kind::Bar).id(cancel_id()).show(ui, look).clicked()
            {
                look.wish(Wish::Cancel);
            }
        },
    );
}
