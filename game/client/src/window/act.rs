//! Doing what somebody wants.

use std::path::PathBuf;

use bevy::app::AppExit;
use bevy::prelude::{ClearColor, Commands, Entity, MessageReader, MessageWriter, NonSendMut, Query, Res, ResMut, With};
use bevy::window::{ClosingWindow, MonitorSelection, PrimaryWindow, Window, WindowCloseRequested, WindowMode};
use bevy_egui::EguiClipboard;
use instep_protocol::Ask;
use instep_ui::{Intent, Overlay, Settings, Surface, Wish};
use rand::TryRng;

use super::draw::Wanted;
use super::host::Order;
use super::projector::RoomWindow;
use super::shell::{Clock, Shell};
use super::sound::{self, Sounds};
use super::{app, keep, keys_page};

/// The screens never make a nonce: they know no chance.
const NO_NONCE: [u8; 16] = [0; 16];

/// Does what was wanted in the frame that was just drawn.
#[allow(clippy::too_many_arguments, reason = "everything that somebody can want something of")]
pub(super) fn act(
    mut shell: NonSendMut<'_, Shell>,
    mut wanted: ResMut<'_, Wanted>,
    mut commands: Commands<'_, '_>,
    sounds: Option<Res<'_, Sounds>>,
    mut room: ResMut<'_, RoomWindow>,
    mut windows: Query<'_, '_, &mut Window, With<PrimaryWindow>>,
    mut ground: ResMut<'_, ClearColor>,
    mut clipboard: Option<ResMut<'_, EguiClipboard>>,
    mut exit: MessageWriter<'_, AppExit>,
) {
    let shell = &mut *shell;
    for intent in wanted.take() {
        match intent {
            Intent::Sound(sound) => sound::play(sound, &shell.known.settings, sounds.as_deref(), &mut commands),
            Intent::Projector(open) => room.wanted = open,
            Intent::Quit => {
                exit.write(AppExit::Success);
            }
            Intent::Settings(settings) => shell.set(*settings),
            Intent::Online(Wish::Copy(text)) => {
                if let Some(clipboard) = &mut clipboard {
                    clipboard.set_text(&text);
                }
            }
            Intent::Online(Wish::Paste) => {
                let text = clipboard.as_mut().and_then(|clipboard| clipboard.get_text());
                shell.state.pasted(text.as_deref());
            }
            other => shell.act(other),
        }
    }
    shell.ask_worker();
    shell.keep_desk();
    // What is behind everything: the screens need not paint it.
    let behind = app::ground(&shell.known.settings);
    if ground.0 != behind {
        ground.0 = behind;
    }
    let mode = mode(&shell.known.settings);
    for mut window in &mut windows {
        if window.mode != mode {
            window.mode = mode;
        }
    }
}

/// Closes a window whose own button was pressed. Where that closes a table for others, it is asked about first; whoever
/// presses once more while it is asked means it.
pub(super) fn close(
    mut asked: MessageReader<'_, '_, WindowCloseRequested>,
    primary: Query<'_, '_, (), With<PrimaryWindow>>,
    closing: Query<'_, '_, Entity, With<ClosingWindow>>,
    mut shell: NonSendMut<'_, Shell>,
    mut commands: Commands<'_, '_>,
) {
    // A frame later, as Bevy does it: some systems still have something to say of the window.
    for window in &closing {
        commands.entity(window).try_despawn();
    }
    for asked in asked.read() {
        if !primary.contains(asked.window) || !shell.asks_before_end() {
            commands.entity(asked.window).try_insert(ClosingWindow);
        }
    }
}

/// Whether the window fills the screen.
pub(super) fn mode(settings: &Settings) -> WindowMode {
    match settings.full_screen {
        true => WindowMode::BorderlessFullscreen(MonitorSelection::Current),
        false => WindowMode::Windowed,
    }
}

impl Shell {
    /// Does what takes nothing of Bevy.
    pub(super) fn act(&mut self, intent: Intent) {
        if matches!(intent, Intent::Continue(_) | Intent::TakeBack(_) | Intent::Begin(_)) {
            self.hosting = None;
        }
        match intent {
            Intent::Continue(id) => self.host.order(Order::Continue(id)),
            Intent::TakeBack(id) => self.host.order(Order::TakeBack(id)),
            Intent::Begin(choices) => {
                self.beginning = Some(choices.clone());
                self.host.order(Order::Begin(choices));
            }
            Intent::Leave => self.left(),
            Intent::Ask(ask) => self.ask(with_nonce(ask)),
            Intent::Speak(text) => {
                self.speaker.say(&text, self.known.settings.reading_speed);
                self.known.can_speak = self.speaker.can_speak();
                self.known.speaks = self.speaker.speaks();
            }
            Intent::Hush => {
                self.speaker.hush();
                self.known.speaks = false;
            }
            Intent::PrintKeys => self.print_keys(),
            Intent::SaveRecord => self.host.order(Order::Record(self.record_folder())),
            Intent::Online(wish) => self.wish(wish),
            // Done by whoever called this.
            Intent::Sound(_) | Intent::Projector(_) | Intent::Quit | Intent::Settings(_) => {}
        }
    }

    /// Asks before the window closes, where others would lose their table by it. Whether it is asked now.
    fn asks_before_end(&mut self) -> bool {
        let asked = self.state.overlays.last() == Some(&Overlay::Leave(true));
        if asked || self.known.model(Surface::Desk).left_behind().is_empty() {
            return false;
        }
        self.state.overlays.push(Overlay::Leave(true));
        true
    }

    fn set(&mut self, settings: Settings) {
        let settings = settings.in_range();
        if settings != self.known.settings {
            self.keeper.settings(settings.clone());
            self.known.settings = settings;
        }
    }

    /// The room's window was opened or closed, by whomever.
    pub(super) fn projector(&mut self, open: bool) {
        if std::mem::replace(&mut self.known.projector_open, open) == open {
            return;
        }
        self.art[1] = instep_ui::Art::default();
        match (open, self.known.others.is_far()) {
            (true, true) => self.open_screen(),
            (true, false) => self.host.order(Order::Room(self.room_person())),
            (false, far) => {
                self.known.room = None;
                let away = Order::Elsewhere(super::elsewhere::Elsewhere::ScreenAway);
                self.host.order(if far { away } else { Order::RoomAway });
            }
        }
    }

    pub(super) fn keep_desk(&mut self) {
        let Some(table) = self.known.table.as_ref().filter(|table| table.arriving.is_none()) else { return };
        let Some(of) = &table.desk else { return };
        if self.desks.keep(of, &self.state.desk) {
            self.keeper.desk(of.clone(), self.state.desk.clone());
        }
    }

    fn print_keys(&mut self) {
        let path = self.data.join("keys.html");
        let page = keys_page::html(&self.known.language, &self.known.settings.keys);
        let name = path.display().to_string();
        let told = match keep::write(&path, &page) {
            Ok(()) if keys_page::open(&path) => "ui-keys-opened",
            Ok(()) => "ui-keys-written",
            Err(_) => "ui-keys-not-written",
        };
        let text = self.known.language.with(told, &[("file", (&name).into())]);
        self.known.notice(text);
    }

    /// A folder for the record that is not there yet, where people look for what they made.
    fn record_folder(&self) -> PathBuf {
        let documents = directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(PathBuf::from));
        let folder = documents.filter(|folder| folder.is_dir()).unwrap_or_else(|| self.data.clone());
        let day = match self.known.clock {
            Clock::Real => jiff::Zoned::now().strftime("%Y-%m-%d").to_string(),
            Clock::Still { .. } => "2026-01-01".into(),
        };
        let name = |n: u32| match n {
            1 => folder.join(format!("Instep record {day}")),
            n => folder.join(format!("Instep record {day} ({n})")),
        };
        (1..).map(name).find(|path| !path.exists()).unwrap_or(folder)
    }
}

/// A note's nonce tells it from every other, so that one that is sent again is kept once.
pub(super) fn with_nonce(ask: Ask) -> Ask {
    match ask {
        Ask::Note { seat, kind, audience, text, nonce: NO_NONCE } => {
            let nonce = nonce(&text);
            Ask::Note { seat, kind, audience, text, nonce }
        }
        Ask::Chat { text, nonce: NO_NONCE } => {
            let nonce = nonce(&text);
            Ask::Chat { text, nonce }
        }
        ask => ask,
    }
}

fn nonce(text: &str) -> [u8; 16] {
    let mut nonce = NO_NONCE;
    if rand::rngs::SysRng.try_fill_bytes(&mut nonce).is_err() {
        // Without randomness the text and the time tell them apart.
        let time = Clock::Real.now_ms().to_le_bytes();
        for (n, byte) in text.bytes().chain(time).enumerate() {
            nonce[n % 16] = nonce[n % 16].rotate_left(3) ^ byte;
        }
    }
    nonce
}
