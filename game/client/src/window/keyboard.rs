//! Keys, as egui hears them. bevy_egui looks at Ctrl and the like once a frame: on a slow machine a quick Ctrl+R would
//! be an R. Here each key has those that were down when it was pressed.

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::{Local, MessageReader, MessageWriter, Res, ResMut};
use bevy_egui::EguiClipboard;
use bevy_egui::helpers::{bevy_to_egui_key, bevy_to_egui_physical_key};
use bevy_egui::input::{EguiInputEvent, WindowToEguiContextMap};
use egui::{Event, Modifiers};

/// Which of Ctrl and the like are down.
#[derive(Default)]
pub(super) struct Held {
    alt: bool,
    ctrl: bool,
    shift: bool,
    /// Windows' key, or Cmd.
    logo: bool,
}

impl Held {
    fn modifiers(&self) -> Modifiers {
        let mac = cfg!(target_os = "macos");
        Modifiers {
            alt: self.alt,
            ctrl: self.ctrl,
            shift: self.shift,
            mac_cmd: mac && self.logo,
            command: if mac { self.logo } else { self.ctrl },
        }
    }

    /// Whether a key types what is on it. Ctrl with Alt is what AltGr is on Windows.
    fn types(&self) -> bool {
        let alt_gr = !cfg!(target_os = "macos") && self.ctrl && self.alt;
        !self.logo && (!self.ctrl || alt_gr)
    }

    /// What egui is to hear of one key.
    fn hear(&mut self, input: &KeyboardInput, paste: impl FnOnce() -> Option<String>) -> Vec<Event> {
        let pressed = input.state == ButtonState::Pressed;
        match input.logical_key {
            Key::Shift => self.shift = pressed,
            Key::Control => self.ctrl = pressed,
            Key::Alt => self.alt = pressed,
            Key::Super | Key::Meta => self.logo = pressed,
            _ => {}
        }
        let modifiers = self.modifiers();
        let mut events = Vec::new();
        let logical = bevy_to_egui_key(&input.logical_key);
        let physical_key = bevy_to_egui_physical_key(&input.key_code);
        // A layout without Latin letters still has its shortcuts, by where keys are.
        if let Some(key) = logical.or(physical_key) {
            events.push(Event::Key { key, physical_key, pressed, repeat: input.repeat, modifiers });
            if pressed && modifiers.command {
                match key {
                    egui::Key::C => events.push(Event::Copy),
                    egui::Key::X => events.push(Event::Cut),
                    egui::Key::V => events.extend(paste().map(Event::Paste)),
                    _ => {}
                }
            }
        }
        let text = input.text.as_deref().filter(|text| pressed && self.types() && !text.is_empty());
        if let Some(text) = text.filter(|text| !text.chars().any(char::is_control)) {
            events.push(Event::Text(text.to_owned()));
        }
        events
    }
}

/// Passes keys on to the window where they were pressed.
pub(super) fn hear(
    mut keys: MessageReader<'_, '_, KeyboardInput>,
    mut lost: MessageReader<'_, '_, KeyboardFocusLost>,
    mut held: Local<'_, Held>,
    contexts: Res<'_, WindowToEguiContextMap>,
    mut clipboard: ResMut<'_, EguiClipboard>,
    mut out: MessageWriter<'_, EguiInputEvent>,
) {
    for input in keys.read() {
        let events = held.hear(input, || clipboard.get_text().filter(|text| !text.is_empty()));
        for context in contexts.window_to_contexts.get(&input.window).into_iter().flatten() {
            out.write_batch(events.iter().cloned().map(|event| EguiInputEvent { context: *context, event }));
        }
    }
    // What is let go elsewhere is not heard here.
    if lost.read().count() > 0 {
        *held = Held::default();
    }
}

#[cfg(test)]
mod tests {
    use bevy::input::keyboard::KeyCode;
    use bevy::prelude::Entity;

    use super::*;

    fn key(code: KeyCode, logical: Key, text: &str, state: ButtonState) -> KeyboardInput {
        KeyboardInput {
            key_code: code,
            logical_key: logical,
            state,
            text: (!text.is_empty()).then(|| text.into()),
            repeat: false,
            window: Entity::PLACEHOLDER,
        }
    }

    fn heard(held: &mut Held, input: &KeyboardInput) -> Vec<Event> {
        held.hear(input, || Some("from elsewhere".into()))
    }

    #[test]
    fn a_quick_ctrl_r_is_never_an_r() {
        let mut held = Held::default();
        let control = |state| key(KeyCode::ControlLeft, Key::Control, "", state);
        // All within one frame.
        heard(&mut held, &control(ButtonState::Pressed));
        let r = heard(&mut held, &key(KeyCode::KeyR, Key::Character("r".into()), "\u{12}", ButtonState::Pressed));
        heard(&mut held, &control(ButtonState::Released));
        let plain = heard(&mut held, &key(KeyCode::KeyR, Key::Character("r".into()), "r", ButtonState::Pressed));
        assert!(matches!(&r[..], [Event::Key { key: egui::Key::R, modifiers, .. }] if modifiers.command), "{r:?}");
        assert!(
            matches!(&plain[..], [Event::Key { modifiers, .. }, Event::Text(text)] if modifiers.is_none() && text == "r"),
            "{plain:?}"
        );
    }

    #[test]
    fn letters_with_accents_are_typed_and_enter_is_none() {
        let mut held = Held::default();
        let typed = heard(&mut held, &key(KeyCode::KeyE, Key::Character("ŵ".into()), "ŵ", ButtonState::Pressed));
        assert!(typed.contains(&Event::Text("ŵ".into())), "{typed:?}");
        let enter = heard(&mut held, &key(KeyCode::Enter, Key::Enter, "\r", ButtonState::Pressed));
        assert!(matches!(&enter[..], [Event::Key { key: egui::Key::Enter, .. }]), "{enter:?}");
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn ctrl_v_pastes_and_types_nothing() {
        let mut held = Held { ctrl: true, ..Held::default() };
        let events = heard(&mut held, &key(KeyCode::KeyV, Key::Character("v".into()), "\u{16}", ButtonState::Pressed));
        assert!(events.contains(&Event::Paste("from elsewhere".into())));
        assert!(!events.iter().any(|event| matches!(event, Event::Text(_))), "{events:?}");
    }
}
