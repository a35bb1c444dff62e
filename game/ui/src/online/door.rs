//! The table's door: who waits to be let in, and what opens it. For facilitators.

use egui::{Ui, Vec2};
use instep_protocol::{Ask, Role};

use super::qr::qr;
use super::{Wish, heading, hint};
use crate::look::{Look, text, words};
use crate::state::{Overlay, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Kind};

/// Shows who waits to be let in.
pub(super) fn waiting(ui: &mut Ui, look: &mut Look<'_>) {
    let Some(door) = look.here().and_then(|here| here.door).filter(|door| !door.waiting.is_empty()) else { return };
    heading(ui, look, "ui-at-the-door");
    let can = look.can_ask();
    for somebody in &door.waiting {
        let what = words!(look, "ui-waits", who = &somebody.name);
        text(ui, &what, look.s.body * 1.05, Cut::Bold, look.p.ink);
        ui.horizontal_wrapped(|ui| {
            for (role, id, of) in [
                (Role::Player, words!(look, "ui-let-in"), words!(look, "ui-let-in-of", who = &somebody.name)),
                (
                    Role::Observer,
                    words!(look, "ui-let-look-on"),
                    words!(look, "ui-let-look-on-of", who = &somebody.name),
                ),
            ] {
                let mut button = Button::new(&id).name(&of).icon("icon-check").enabled(can);
                if role == Role::Player {
                    button = button.main();
                }
                if button.show(ui, look).clicked() {
                    look.ask(Ask::Admit { waiting: somebody.id, role });
                }
            }
            let (away, of) = (words!(look, "ui-turn-away"), words!(look, "ui-turn-away-of", who = &somebody.name));
            if Button::new(&away).name(&of).icon("icon-cross").kind(Kind::Quiet).enabled(can).show(ui, look).clicked() {
                look.ask(Ask::TurnAway { waiting: somebody.id });
            }
        });
    }
}

/// "7K2-M0A", as it is read out.
fn spaced(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    match plain.split_at_checked(3) {
        Some((one, two)) if !two.is_empty() => format!("{one}-{two}"),
        _ => plain,
    }
}

fn copied(look: &mut Look<'_>, state: &mut UiState, told: &'static str, text: &str) {
    look.wish(Wish::Copy(text.to_owned()));
    state.watch.copied = Some((told, look.time + super::NEWS_S));
    let told = look.m.language.text(told);
    state.tell(told);
}

/// Shows what opens the door: the invite, its QR code, and the code in large letters.
pub(super) fn invite(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some((here, door)) = look.here().and_then(|here| Some((here, here.door?))) else { return };
    heading(ui, look, "ui-invite");
    let what = words!(look, "ui-invite-what");
    hint(ui, look, &what);
    let copy = words!(look, "ui-copy-invite");
    if Button::new(&copy).icon("icon-copy").main().enabled(!here.invite.is_empty()).show(ui, look).clicked() {
        copied(look, state, "ui-copied", here.invite);
    }
    let code = spaced(&door.code);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
        if let Some(code) = here.qr {
            let side = (look.s.body * 17.5).min(ui.available_width() * 0.56);
            qr(ui, look, code, side);
        }
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            if here.spoken.is_empty() {
                let why = if here.on_this_computer { "ui-code-needs-found" } else { "ui-code-not-here" };
                let why = look.m.language.text(why);
                text(ui, &why, look.s.body, Cut::Regular, look.p.soft_ink);
                return;
            }
            let title = words!(look, "ui-code");
            text(ui, &title, look.s.body, Cut::Regular, look.p.ink);
            text(ui, &code, look.s.title * 1.25, Cut::Bold, look.p.ink);
            let how = words!(look, "ui-code-how", typed = here.spoken);
            text(ui, &how, look.s.body, Cut::Regular, look.p.soft_ink);
        });
    });
    ui.horizontal_wrapped(|ui| {
        let copy = words!(look, "ui-copy-code");
        let leads = !here.spoken.is_empty();
        if leads && Button::new(&copy).icon("icon-copy").kind(Kind::Quiet).show(ui, look).clicked() {
            copied(look, state, "ui-copied-code", here.spoken);
        }
        let new = words!(look, "ui-new-invite");
        if Button::new(&new).icon("icon-redraw").kind(Kind::Quiet).enabled(look.can_ask()).show(ui, look).clicked() {
            state.toggle(Overlay::NewInvite);
        }
    });
    if let Some((copied, until)) = state.watch.copied.filter(|(_, until)| look.time < *until) {
        ui.ctx().request_repaint_after_secs((until - look.time).max(0.05) as f32);
        let told = look.m.language.text(copied);
        hint(ui, look, &told);
    }
    if here.on_this_computer {
        for id in ["ui-stay-on", "ui-host-here-reach"] {
            let what = look.m.language.text(id);
            hint(ui, look, &what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn a_code_is_read_out_in_two_halves() {
        assert_eq!(spaced("7K2M0A"), "7K2-M0A");
        assert_eq!(spaced("7k2-m0a"), "7k2-m0a");
        assert_eq!(spaced("7K2"), "7K2");
        assert_eq!(spaced(""), "");
    }
}
