//! Which themes are played, with a live count of cards; and cards to look at beforehand.

use egui::Ui;

use crate::look::{Look, text, words};
use crate::state::UiState;
use crate::theme::Cut;
use crate::widgets::Button;

pub(super) fn themes(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(out) = look.m.worked_out else {
        let wait = words!(look, "ui-working-out");
        text(ui, &wait, look.s.body, Cut::Regular, look.p.ink);
        return;
    };
    let hint = words!(look, "ui-themes-what");
    text(ui, &hint, look.s.body, Cut::Regular, look.p.ink);
    let mut area = "";
    let mut rest = out.themes.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|t| t.area == first.area).count();
        let (here, after) = rest.split_at(count);
        if first.area != area {
            area = &first.area;
            ui.add_space(look.s.gap * 0.5);
            text(ui, area, look.s.body * 1.1, Cut::Bold, look.p.ink);
        }
        ui.horizontal_wrapped(|ui| {
            for theme in here {
                let played = !state.choices.without.contains(&theme.id);
                let label = words!(look, "ui-theme", name = &theme.name, cards = theme.cards);
                if Button::new(&label).chosen(played).show(ui, look).clicked() {
                    if played {
                        state.choices.without.insert(theme.id.clone());
                    } else {
                        state.choices.without.remove(&theme.id);
                    }
                }
            }
        });
        rest = after;
    }
}

/// The count stays in sight while themes go in and out.
pub(super) fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    ui.horizontal_wrapped(|ui| {
        if let Some(out) = look.m.worked_out {
            let count = words!(look, "ui-cards-of", cards = out.cards.0 + out.poems.0, all = out.cards.1 + out.poems.1);
            text(ui, &count, look.s.body, Cut::Bold, look.p.ink);
            if let Some(refusal) = &out.refusal {
                text(ui, refusal, look.s.body, Cut::Bold, look.p.care_ink);
            }
        }
        let all = words!(look, "ui-themes-all");
        if Button::new(&all).enabled(!state.choices.without.is_empty()).show(ui, look).clicked() {
            state.choices.without.clear();
        }
    });
}

pub(super) fn sensitive(ui: &mut Ui, look: &mut Look<'_>) {
    let hint = words!(look, "ui-sensitive-what");
    text(ui, &hint, look.s.body, Cut::Regular, look.p.ink);
    let Some(out) = look.m.worked_out else { return };
    for card in &out.sensitive {
        ui.add_space(look.s.gap * 0.5);
        text(ui, &card.note, look.s.body, Cut::Bold, look.p.ink);
        text(ui, &card.text, look.s.body, Cut::Regular, look.p.ink);
        let themes = words!(look, "ui-sensitive-themes", themes = &card.themes.join(", "));
        text(ui, &themes, look.s.small, Cut::Regular, look.p.soft_ink);
    }
}
