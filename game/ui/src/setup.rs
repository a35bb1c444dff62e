//! Set-up: how long have you got? Everything else may stay as it is.

use egui::{Id, Ui, Vec2};
use instep_rules::Outcome;

use crate::choices::HowLong;
use crate::intent::Intent;
use crate::look::{Look, text, words};
use crate::model::WorkedOut;
use crate::overlay::resized;
use crate::page::page;
use crate::state::{Overlay, Screen, UiState};
use crate::theme::Cut;
use crate::widgets::{Button, Field, Kind};

/// Minutes that can be had with one press.
const MINUTES: [u32; 5] = [30, 60, 90, 120, 180];

fn start_id() -> Id {
    Id::new("start the game")
}

pub(crate) fn setup(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    if state.focus.is_lost() && look.focus.is_none() && state.overlays.is_empty() {
        look.focus = Some(start_id());
    }
    page(ui, look, state, "set-up", head, body, foot);
}

fn head(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let title = if state.hosts { words!(look, "ui-setup-hosted") } else { words!(look, "ui-setup") };
    let back = if state.hosts { words!(look, "ui-back-host") } else { words!(look, "ui-back-home") };
    if Button::new(&back).icon("icon-back").only_icon().kind(Kind::Bar).show(ui, look).clicked() {
        leave(state);
    }
    text(ui, &title, look.s.heading, Cut::Bold, look.p.bar_ink);
}

/// Back to where one came from; what was chosen stays.
pub(crate) fn leave(state: &mut UiState) {
    state.screen = if state.hosts { Screen::Host } else { Screen::Home };
}

fn body(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    for notice in look.m.notices {
        crate::home::notice_box(ui, look, notice);
    }
    if state.hosts {
        crate::online::in_the_way(ui, look, None);
    }
    if state.choices.path_of.is_some() {
        let on = words!(look, "ui-going-on");
        if Button::new(&on).chosen(true).wide().show(ui, look).clicked() {
            state.choices.path_of = None;
        }
    }
    let columns = if look.s.width_in_body() > 62.0 { 2 } else { 1 };
    if columns == 1 {
        length(ui, look, state);
        rules(ui, look, state);
        packs(ui, look, state);
        teams(ui, look, state);
        comfort(ui, look, state);
        return;
    }
    let gap = look.s.body * 2.4;
    let width = (ui.available_width() - gap) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(gap, 0.0);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
            length(ui, look, state);
            packs(ui, look, state);
        });
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = Vec2::splat(look.s.gap);
            rules(ui, look, state);
            teams(ui, look, state);
            comfort(ui, look, state);
        });
    });
}

fn title(ui: &mut Ui, look: &mut Look<'_>, id: &str) {
    ui.add_space(look.s.gap * 0.5);
    let words = look.m.language.text(id);
    text(ui, &words, look.s.heading, Cut::Bold, look.p.ink);
}

/// "15:40", local time.
pub(crate) fn clock(ms: u64, utc_offset_min: i32) -> String {
    let minutes = (ms / 60_000) as i64 + i64::from(utc_offset_min);
    let of_day = minutes.rem_euclid(24 * 60);
    format!("{}:{:02}", of_day / 60, of_day % 60)
}

/// What fits, in words, and when it ends.
fn fit_in_words(look: &Look<'_>, state: &UiState, out: &WorkedOut) -> Option<String> {
    let fit = out.fit?;
    let end = clock(look.m.now_ms + u64::from(fit.minutes) * 60_000, look.m.utc_offset_min);
    let stones = fit.outcomes.len();
    let turns = fit.turns.unwrap_or(fit.minutes * 60 / instep_content::TURN_S);
    let words = words!(look, "ui-fit", stones = stones, turns = turns, end = &end);
    Some(match (fit.fits, state.choices.how_long) {
        (false, HowLong::Minutes(_)) => format!("{words} {}", words!(look, "ui-fit-tight")),
        _ => words,
    })
}

fn length(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    title(ui, look, "ui-how-long");
    ui.horizontal_wrapped(|ui| {
        for minutes in MINUTES {
            let label = words!(look, "ui-minutes", minutes = minutes);
            let chosen = state.choices.how_long == HowLong::Minutes(minutes);
            if Button::new(&label).one_of(chosen).show(ui, look).clicked() {
                state.choices.how_long = HowLong::Minutes(minutes);
            }
        }
        let all = look.m.worked_out.map_or(7, |out| out.packs.outcomes().len() as u8);
        let label = words!(look, "ui-whole-path", stones = all);
        if Button::new(&label).one_of(state.choices.how_long == HowLong::Stones(all)).show(ui, look).clicked() {
            state.choices.how_long = HowLong::Stones(all);
        }
    });
    stones(ui, look, state);
    let (less, more) = (words!(look, "ui-fewer-minutes"), words!(look, "ui-more-minutes"));
    ui.horizontal_wrapped(|ui| {
        let now = match state.choices.how_long {
            HowLong::Minutes(minutes) => minutes,
            HowLong::Stones(_) => look.m.worked_out.and_then(|o| o.fit).map_or(60, |fit| fit.minutes),
        };
        if Button::new("").name(&less).icon("icon-minus").only_icon().show(ui, look).clicked() {
            state.choices.how_long = HowLong::Minutes(now.saturating_sub(5).max(10));
        }
        if Button::new("").name(&more).icon("icon-plus").only_icon().show(ui, look).clicked() {
            state.choices.how_long = HowLong::Minutes((now + 5).min(600));
        }
        let label = words!(look, "ui-minutes", minutes = now);
        text(ui, &label, look.s.body, Cut::Bold, look.p.ink);
    });
    let what = match look.m.worked_out {
        Some(out) => out.refusal.clone().or_else(|| fit_in_words(look, state, out)),
        None => Some(words!(look, "ui-working-out")),
    };
    if let Some(what) = what {
        text(ui, &what, look.s.body * 1.05, Cut::Regular, look.p.ink);
    }
}

/// Which stones: the first of the path, as many as fit, unless somebody chooses.
fn stones(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let Some(out) = look.m.worked_out else { return };
    let Some(fit) = out.fit else { return };
    let hint = words!(look, "ui-which-stones");
    text(ui, &hint, look.s.body, Cut::Regular, look.p.soft_ink);
    ui.horizontal_wrapped(|ui| {
        for (n, outcome) in out.packs.outcomes().iter().enumerate() {
            let own = !state.choices.stones.is_empty();
            let on = if own { state.choices.stones.contains(&outcome.id) } else { fit.outcomes.has(Outcome(n as u8)) };
            if !Button::new(&outcome.short).chosen(on).show(ui, look).clicked() {
                continue;
            }
            if !own {
                let now = out.packs.outcomes().iter().enumerate().filter(|(n, _)| fit.outcomes.has(Outcome(*n as u8)));
                state.choices.stones = now.map(|(_, o)| o.id.clone()).collect();
            }
            if !state.choices.stones.remove(&outcome.id) {
                state.choices.stones.insert(outcome.id.clone());
            }
        }
        let fitting = words!(look, "ui-fitting-stones");
        let own = !state.choices.stones.is_empty();
        if own && Button::new(&fitting).icon("icon-undo").kind(Kind::Quiet).show(ui, look).clicked() {
            state.choices.stones.clear();
        }
    });
}

fn packs(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    title(ui, look, "ui-packs");
    for pack in look.m.packs {
        let chosen = state.choices.packs.contains(&pack.id);
        let name = words!(look, "ui-pack", name = &pack.name, cards = pack.cards, poems = pack.poems);
        let playable = pack.fault.is_none();
        if Button::new(&name).chosen(chosen).wide().enabled(playable).show(ui, look).clicked() {
            if !chosen {
                state.choices.packs.push(pack.id.clone());
            } else if state.choices.packs.len() > 1 {
                state.choices.packs.retain(|id| *id != pack.id);
            }
            state.choices.without.clear();
            state.choices.stones.clear();
        }
        let about = pack.fault.as_ref().unwrap_or(&pack.description);
        text(ui, about, look.s.body * 0.95, Cut::Regular, look.p.soft_ink);
    }
    if state.choices.packs.len() > 1 {
        let first = look.m.packs.iter().find(|p| Some(&p.id) == state.choices.packs.first());
        let hint = words!(look, "ui-packs-together", first = first.map_or("", |p| p.name.as_str()));
        text(ui, &hint, look.s.body * 0.95, Cut::Regular, look.p.soft_ink);
    }
    if let Some(out) = look.m.worked_out {
        let count = words!(look, "ui-cards-of", cards = out.cards.0 + out.poems.0, all = out.cards.1 + out.poems.1);
        text(ui, &count, look.s.body, Cut::Bold, look.p.ink);
        for left in out.left_out.iter().take(3) {
            let line = words!(look, "ui-left-out", card = &left.id, why = &left.reason);
            text(ui, &line, look.s.body * 0.95, Cut::Regular, look.p.soft_ink);
        }
    }
    ui.horizontal_wrapped(|ui| {
        let (themes, sensitive) = (words!(look, "ui-choose-themes"), words!(look, "ui-sensitive"));
        if Button::new(&themes).icon("icon-check").show(ui, look).clicked() {
            state.toggle(Overlay::Themes);
        }
        let guide = words!(look, "ui-guide");
        if Button::new(&guide).icon("icon-read").show(ui, look).clicked() {
            state.toggle(Overlay::Guide);
        }
        let any = look.m.worked_out.is_some_and(|out| !out.sensitive.is_empty());
        if Button::new(&sensitive).icon("icon-heart").enabled(any).show(ui, look).clicked() {
            state.toggle(Overlay::Sensitive);
        }
    });
}

fn rules(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    title(ui, look, "ui-rules");
    let Some(out) = look.m.worked_out else { return };
    let usual = out.packs.first().manifest.ruleset.as_str();
    let now = if state.choices.ruleset.is_empty() { usual } else { state.choices.ruleset.as_str() }.to_owned();
    ui.horizontal_wrapped(|ui| {
        for rules in &out.rulesets {
            if Button::new(&rules.name).one_of(rules.id == now).show(ui, look).clicked() {
                state.choices.ruleset = rules.id.clone();
            }
        }
    });
    if let Some(rules) = out.rulesets.iter().find(|r| r.id == now) {
        text(ui, &rules.description, look.s.body, Cut::Regular, look.p.ink);
        for line in &rules.settings {
            let line = format!("\u{2022}  {line}");
            text(ui, &line, look.s.body * 0.95, Cut::Regular, look.p.soft_ink);
        }
    }
    ui.horizontal_wrapped(|ui| {
        let (die, timer) = (words!(look, "ui-real-die"), words!(look, "ui-talk-timer"));
        if Button::new(&die).chosen(state.choices.real_die).show(ui, look).clicked() {
            state.choices.real_die = !state.choices.real_die;
        }
        if Button::new(&timer).chosen(state.choices.talk_timer_s > 0).show(ui, look).clicked() {
            state.choices.talk_timer_s = if state.choices.talk_timer_s > 0 { 0 } else { 180 };
        }
    });
}

fn teams(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    title(ui, look, "ui-teams");
    let hint = words!(look, "ui-teams-what");
    text(ui, &hint, look.s.body * 0.95, Cut::Regular, look.p.soft_ink);
    let Some(out) = look.m.worked_out else { return };
    let mut names = std::mem::take(&mut state.choices.teams);
    for (n, (about, name)) in out.packs.perspectives().iter().zip(&mut names).enumerate() {
        let label = words!(look, "ui-team-of", seat = &about.name);
        Field { id: Id::new(("team", n)), name: &label, hint: "", rows: 1, most: 40 }.show(ui, look, name);
    }
    state.choices.teams = names;
}

fn comfort(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    title(ui, look, "ui-comfort");
    let settings = look.m.settings.clone();
    let mut new = settings.clone();
    ui.horizontal_wrapped(|ui| {
        for by in [-1, 1] {
            let id = if by < 0 { "ui-do-smaller" } else { "ui-do-larger" };
            let label = look.m.language.text(id);
            let icon = if by < 0 { "icon-minus" } else { "icon-plus" };
            if Button::new(&label).icon(icon).show(ui, look).clicked() {
                new = resized(&settings, by);
            }
        }
        let sound = words!(look, "ui-set-sound");
        if Button::new(&sound).chosen(settings.volumes.on).show(ui, look).clicked() {
            new.volumes.on = !new.volumes.on;
        }
        let projector = words!(look, "ui-set-projector");
        if Button::new(&projector).chosen(settings.projector).show(ui, look).clicked() {
            new.projector = !new.projector;
        }
        let more = words!(look, "ui-do-settings");
        if Button::new(&more).icon("icon-settings").show(ui, look).clicked() {
            state.toggle(Overlay::Settings);
        }
    });
    if new != settings {
        look.out.push(Intent::Settings(Box::new(new)));
    }
}

fn foot(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState) {
    let ready = look.m.worked_out.is_some_and(|out| out.refusal.is_none() && out.fit.is_some());
    let start = if state.hosts { words!(look, "ui-start-hosted") } else { words!(look, "ui-start") };
    if Button::new(&start).icon("icon-play").main().large().id(start_id()).enabled(ready).show(ui, look).clicked() {
        if state.hosts {
            let choices = state.choices.clone();
            look.out.extend(crate::online::begin(look, state, choices).map(Intent::Online));
        } else {
            look.out.push(Intent::Begin(Box::new(state.choices.clone())));
        }
    }
    let what = match look.m.worked_out {
        Some(out) => out.refusal.clone().or_else(|| fit_in_words(look, state, out)).unwrap_or_default(),
        None => words!(look, "ui-working-out"),
    };
    text(ui, &what, look.s.body, Cut::Regular, look.p.bar_ink);
}
