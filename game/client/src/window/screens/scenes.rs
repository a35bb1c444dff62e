//! The pictures, in the order of their numbers.

use instep_content::Item;
use instep_protocol::Ask;
use instep_rules::{Action, Command, Event, Instruction, Phase};
use instep_ui::{Overlay, Screen, Surface};
use instep_words::View;

use super::director::{Director, clear, just, wait};
use crate::problem::Problem;
use crate::window::host::Order;
use crate::window::shell::Shell;

type Set = Box<dyn Fn(&mut Director, &mut Shell) -> Result<(), Problem>>;

/// One picture.
pub(super) struct Scene {
    pub(super) name: String,
    pub(super) surface: Surface,
    /// Seconds after it happened.
    pub(super) after: f64,
    pub(super) set: Set,
}

/// Everything has come to rest.
pub(super) const AT_REST: f64 = 30.0;

pub(super) fn scene(name: &str, set: impl Fn(&mut Director, &mut Shell) -> Result<(), Problem> + 'static) -> Scene {
    Scene { name: name.into(), surface: Surface::Desk, after: AT_REST, set: Box::new(set) }
}

fn moment(name: &str, after: f64, here: impl Fn(&View<'_>, usize) -> bool + 'static) -> Scene {
    let what = name.to_owned();
    Scene { after, ..scene(name, move |director, shell| director.until(shell, &what, &here)) }
}

/// Something over the screen that was there.
fn over(name: &str, overlay: Overlay) -> Scene {
    scene(name, move |_, shell| {
        shell.state.overlays = vec![overlay];
        Ok(())
    })
}

/// All of them.
pub(super) fn all() -> Vec<Scene> {
    let mut scenes = vec![scene("home", |director, shell| director.home(shell)), scene("set-up", set_up)];
    scenes.extend((0..5).map(|n| over(&format!("how-to-play-{}", n + 1), Overlay::HowTo(n))));
    scenes.push(over("settings", Overlay::Settings));
    scenes.push(over("keys", Overlay::Keys));
    scenes.push(moment("opening-tile", AT_REST, |view, _| {
        matches!(view.state().phase(), Phase::Opening { .. }) && view.state().path().len() == 2
    }));
    scenes.push(moment("roll", AT_REST, |view, _| matches!(view.state().phase(), Phase::Roll)));
    scenes.push(moment("die-tumbles", 0.45, |view, from| {
        just(view, from, |event| matches!(event, Event::DieRolled { .. }))
    }));
    scenes.push(moment("walk", AT_REST, |view, _| matches!(view.state().phase(), Phase::Walk { .. })));
    scenes.push(moment("talk-short-card", AT_REST, |view, _| talks_of(view, |item| voice(item) && words(item) <= 36)));
    scenes.push(moment("talk-long-card", AT_REST, |view, _| talks_of(view, |item| voice(item) && words(item) >= 53)));
    scenes.push(over("reading-view", Overlay::Reading));
    scenes.push(over("note", Overlay::Note));
    scenes.push(scene("paused", |director, shell| director.ask(shell, Ask::Pause(true))));
    scenes.push(scene("in-words", |director, shell| {
        director.ask(shell, Ask::Pause(false))?;
        shell.state.overlays = vec![Overlay::InWords];
        Ok(())
    }));
    scenes.push(moment("talk-poem", AT_REST, |view, _| talks_of(view, |item| !voice(item))));
    scenes.push(moment("choose", AT_REST, |view, _| {
        matches!(view.state().phase(), Phase::Resolve { card, chosen: None }
            if matches!(view.setup().instruction(card), Instruction::Choose(_)))
    }));
    scenes.push(moment("place", AT_REST, |view, _| {
        matches!(view.state().phase(), Phase::Resolve { card, .. }
            if matches!(view.setup().instruction(card), Instruction::Do(Action::Place(_))))
            && view.state().path().len() >= 8
    }));
    scenes.push(moment("tile-falls", 0.15, |view, from| {
        just(view, from, |event| matches!(event, Event::TilePlaced { .. }))
    }));
    scenes.push(moment("lift", AT_REST, |view, _| {
        matches!(view.state().phase(), Phase::Resolve { card, .. }
            if matches!(view.setup().instruction(card), Instruction::Do(Action::Remove(_))))
    }));
    scenes.push(moment("cracked", AT_REST, |view, _| matches!(view.state().phase(), Phase::Mend { .. })));
    scenes.push(scene("undo", |_, shell| {
        shell.state.undo_steps = 3;
        shell.state.overlays = vec![Overlay::Undo];
        Ok(())
    }));
    scenes.push(over("more", Overlay::More));
    scenes.push(moment("outcome-met", 0.5, |view, from| {
        just(view, from, |event| matches!(event, Event::OutcomeMet { .. })) && view.state().path().len() >= 12
    }));
    scenes.push(room("room-talk", |view| talks_of(view, voice)));
    scenes.push(room("room-stones", |view| matches!(view.state().phase(), Phase::Resolve { .. })));
    scenes.push(scene("notice", |_, shell| {
        clear(&mut shell.state);
        shell.known.notice("The record is in Documents/Instep record 2026-09-26.".into());
        Ok(())
    }));
    scenes.push(moment("path-complete", 2.0, |view, _| view.state().path_complete(view.setup())));
    scenes
        .push(scene("close", |director, shell| director.ask(shell, Ask::Act { seat: None, command: Command::Close })));
    scenes.push(scene("home-with-saved-games", |director, shell| {
        director.begin(shell)?;
        director.home(shell)?;
        wait(shell, "saved games", |shell| shell.known.saved.len() > 1)
    }));
    scenes.extend(super::elsewhere::all());
    scenes
}

fn set_up(_: &mut Director, shell: &mut Shell) -> Result<(), Problem> {
    shell.state.screen = Screen::SetUp;
    shell.ask_worker();
    wait(shell, "what the choices come to", |shell| shell.known.worked_out.is_some() || !shell.known.notices.is_empty())
}

/// The room's own window, which sees by its own link.
fn room(name: &str, here: impl Fn(&View<'_>) -> bool + 'static) -> Scene {
    let what = name.to_owned();
    let set = move |director: &mut Director, shell: &mut Shell| {
        director.until(shell, &what, |view, _| here(view))?;
        shell.known.projector_open = true;
        shell.host.order(Order::Room(shell.room_person()));
        wait(shell, "the room's window", |shell| {
            let desk = shell.known.table.as_ref().map(|table| table.mirror.last());
            let room = shell.known.room.as_ref();
            room.is_some_and(|mirror| mirror.me().is_some() && Some(mirror.last()) == desk)
        })
    };
    Scene { surface: Surface::Room, ..scene(name, set) }
}

fn talks_of(view: &View<'_>, fits: impl Fn(Item<'_>) -> bool) -> bool {
    matches!(view.state().phase(), Phase::Talk { card } if view.item(card).is_some_and(fits))
}

fn voice(item: Item<'_>) -> bool {
    matches!(item, Item::Card(_))
}

fn words(item: Item<'_>) -> usize {
    item.text().split_whitespace().count()
}
