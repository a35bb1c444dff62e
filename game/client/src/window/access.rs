//! What assistive technology asks for. Bevy passes the tree on but nothing that is pressed in it, and neither does
//! it wake for it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy::a11y::{AccessibilityRequested, ActionRequest};
use bevy::prelude::{DetectChanges, Entity, MessageReader, MessageWriter, Res, Resource};
use bevy::winit::accessibility::{WinitActionRequestHandler, WinitActionRequestHandlers};
use bevy_egui::input::{EguiInputEvent, WindowToEguiContextMap};

use super::alarm::Waker;

/// How soon a press is noticed: well below what anybody notices.
const PRESSED: Duration = Duration::from_millis(25);

/// How soon it is noticed that a screen reader was started.
const STARTED: Duration = Duration::from_millis(250);

type Handlers = Vec<Arc<Mutex<WinitActionRequestHandler>>>;

/// The windows' lists of what is asked for, shared with the thread that watches them.
#[derive(Resource, Clone, Default)]
pub(super) struct Watched(Arc<Mutex<Handlers>>);

/// Watches for what is asked for while the window sleeps.
pub(super) fn watch(watched: &Watched, requested: AccessibilityRequested, waker: Waker) {
    let Watched(handlers) = watched.clone();
    let _ = std::thread::Builder::new().name("assistive".into()).spawn(move || {
        let mut there = false;
        loop {
            std::thread::sleep(if there { PRESSED } else { STARTED });
            let asked = handlers
                .lock()
                .is_ok_and(|handlers| handlers.iter().any(|list| list.lock().is_ok_and(|list| !list.0.is_empty())));
            // Whoever has just come waits for the first tree.
            let came = std::mem::replace(&mut there, requested.get()) != there;
            if asked || came {
                waker.wake();
            }
        }
    });
}

/// Passes what is asked for on to the window where it was asked.
///
/// Bevy empties the same lists later in a frame, and says no more which window was meant: what comes in the middle of a
/// frame is heard from Bevy, and goes to every window. Only the desk's has anything to press.
pub(super) fn press(
    mut late: MessageReader<'_, '_, ActionRequest>,
    handlers: Res<'_, WinitActionRequestHandlers>,
    watched: Res<'_, Watched>,
    contexts: Res<'_, WindowToEguiContextMap>,
    mut events: MessageWriter<'_, EguiInputEvent>,
) {
    if handlers.is_changed()
        && let Ok(mut list) = watched.0.lock()
    {
        *list = handlers.0.values().cloned().collect();
    }
    for request in late.read() {
        for context in contexts.window_to_contexts.values().flatten().copied() {
            let event = egui::Event::AccessKitActionRequest((**request).clone());
            events.write(EguiInputEvent { context, event });
        }
    }
    for (window, handler) in handlers.0.iter() {
        let Ok(mut requests) = handler.lock() else { continue };
        for request in requests.0.drain(..) {
            let of_window: Vec<Entity> =
                contexts.window_to_contexts.get(window).into_iter().flatten().copied().collect();
            for context in of_window {
                let event = egui::Event::AccessKitActionRequest(request.clone());
                events.write(EguiInputEvent { context, event });
            }
        }
    }
}
