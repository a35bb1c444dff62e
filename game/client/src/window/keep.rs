//! Settings and desks, kept in the data folder: small files that are whole at any moment.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use instep_ui::{Desk, Settings};
use serde::Serialize;

use super::desks::DeskOf;
use crate::online::sync_folder;

const SETTINGS: &str = "settings.ron";

/// Nothing that was typed longer ago than this is lost, whatever happens.
const BETWEEN: Duration = Duration::from_millis(300);

/// Writes a file whole or not at all, and waits until it is on the disk.
pub(super) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut file = std::fs::File::create(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&part, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn text(value: &impl Serialize) -> Option<String> {
    ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default()).ok()
}

/// The settings, and a sentence where there is something to tell.
pub(super) fn settings(data: &Path) -> (Settings, Option<String>) {
    let path = data.join(SETTINGS);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return (Settings::default(), None),
        Err(e) => {
            let why = format!("The settings in {} can't be read ({e}): the usual ones are used.", path.display());
            return (Settings::default(), Some(why));
        }
    };
    match ron::from_str::<Settings>(&text) {
        Ok(settings) => (settings.in_range(), None),
        Err(e) => {
            let aside = data.join("settings.ron.broken");
            let kept = match std::fs::rename(&path, &aside) {
                Ok(()) => format!(" They are kept as {}.", aside.display()),
                Err(_) => String::new(),
            };
            let why = format!("The settings could not be understood ({e}), so the usual ones are used.{kept}");
            (Settings::default(), Some(why))
        }
    }
}

enum Keep {
    Settings(Box<Settings>),
    /// Settings that may change again in a moment.
    Soon(Box<Settings>),
    /// A desk is waiting.
    Desk,
}

/// The newest of each desk that is not on the disk yet.
type Waiting = Mutex<BTreeMap<DeskOf, Desk>>;

fn locked(waiting: &Waiting) -> MutexGuard<'_, BTreeMap<DeskOf, Desk>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps settings at once and desks at most every third of a second, on its own thread: a slow disk
/// holds up no frame. What is still to be written is written before it goes.
pub(super) struct Keeper {
    sender: Option<Sender<Keep>>,
    waiting: Arc<Waiting>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// `failed` is told once, in one sentence, that something could not be kept.
    pub(super) fn start(data: PathBuf, failed: impl FnMut(String) + Send + 'static) -> Self {
        let (sender, orders) = channel();
        let waiting = Arc::new(Waiting::default());
        let waits = Arc::clone(&waiting);
        let work = move || work(&data, &orders, &waits, failed);
        let thread = std::thread::Builder::new().name("keeper".into()).spawn(work);
        Self { sender: Some(sender), waiting, thread: thread.ok() }
    }

    pub(super) fn settings(&self, settings: Settings) {
        self.send(Keep::Settings(Box::new(settings)));
    }

    /// Settings that may change again in a moment, as the window's size does while somebody draws at its edge.
    pub(super) fn settings_soon(&self, settings: Settings) {
        self.send(Keep::Soon(Box::new(settings)));
    }

    pub(super) fn desk(&self, of: DeskOf, desk: Desk) {
        locked(&self.waiting).insert(of, desk);
        self.send(Keep::Desk);
    }

    /// A desk that is not on the disk yet, as it will be there.
    pub(super) fn waiting(&self, of: &DeskOf) -> Option<Desk> {
        locked(&self.waiting).get(of).cloned()
    }

    fn send(&self, keep: Keep) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(keep);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(data: &Path, orders: &Receiver<Keep>, waiting: &Waiting, mut failed: impl FnMut(String)) {
    let mut told = false;
    // Whether nothing of it waits any more.
    let mut keep = |name: &Path, text: Option<String>| {
        let Some(text) = text else { return true };
        let path = data.join(name);
        // The folder is made with the first game: settings may come before it.
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let written = made.and_then(|()| write(&path, &text));
        if let Err(e) = &written
            && !std::mem::replace(&mut told, true)
        {
            failed(format!(
                "{} could not be kept in {} ({e}): settings and what is being typed may be lost at the end.",
                name.display(),
                data.display()
            ));
        }
        written.is_ok()
    };
    let mut desks = false;
    let mut soon: Option<Box<Settings>> = None;
    let mut last: Option<Instant> = None;
    loop {
        let due = last.map_or(Duration::ZERO, |at| (at + BETWEEN).saturating_duration_since(Instant::now()));
        let order = match !desks && soon.is_none() {
            true => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            false => orders.recv_timeout(due),
        };
        match order {
            Ok(Keep::Settings(settings)) => {
                soon = None;
                keep(Path::new(SETTINGS), text(&settings));
            }
            Ok(Keep::Soon(settings)) => {
                // The first of many waits too.
                last.get_or_insert_with(Instant::now);
                soon = Some(settings);
            }
            Ok(Keep::Desk) => desks = true,
            Err(why) => {
                if let Some(settings) = soon.take() {
                    keep(Path::new(SETTINGS), text(&settings));
                    last = Some(Instant::now());
                }
                desks = false;
                let all = locked(waiting).clone();
                for (of, desk) in all {
                    let done = keep(&of.file(), text(&desk));
                    last = Some(Instant::now());
                    let mut waiting = locked(waiting);
                    // What can't be written, and what came meanwhile, is for the next time.
                    if done && waiting.get(&of) == Some(&desk) {
                        waiting.remove(&of);
                    }
                }
                if why == RecvTimeoutError::Disconnected {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use instep_ui::{Deed, Drafts, Theme};

    use super::*;

    const OF: DeskOf = DeskOf::Game(3);

    fn typed(note: &str) -> Desk {
        Desk { drafts: Drafts { note: note.into(), ..Drafts::default() }, ..Desk::default() }
    }

    fn desk(data: &Path) -> Option<Desk> {
        super::super::desks::Desks::of(data).find(&OF, None)
    }

    #[test]
    fn settings_last_between_runs() {
        let dir = tempfile::tempdir().expect("a folder");
        let data = dir.path().join("not there yet");
        assert_eq!(settings(&data), (Settings::default(), None));
        let mut mine = Settings { theme: Theme::Dark, text: 150, ..Settings::default() };
        mine.keys.set(Deed::Roll, None);
        let keeper = Keeper::start(data.clone(), |why| panic!("{why}"));
        keeper.settings(mine.clone());
        drop(keeper);
        assert_eq!(settings(&data), (mine, None));
    }

    #[test]
    fn the_last_of_many_sizes_is_kept_and_takes_no_setting_back() {
        let dir = tempfile::tempdir().expect("a folder");
        let keeper = Keeper::start(dir.path().to_owned(), |why| panic!("{why}"));
        let sized = |width, text| Settings { window: Some((width, 900)), text, ..Settings::default() };
        (1000..1100).for_each(|width| keeper.settings_soon(sized(width, 100)));
        keeper.settings(sized(1100, 150));
        drop(keeper);
        assert_eq!(settings(dir.path()), (sized(1100, 150), None));
        let keeper = Keeper::start(dir.path().to_owned(), |why| panic!("{why}"));
        (1200..1300).for_each(|width| keeper.settings_soon(sized(width, 150)));
        drop(keeper);
        assert_eq!(settings(dir.path()), (sized(1299, 150), None));
    }

    #[test]
    fn broken_settings_are_kept_aside_and_told_once() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(SETTINGS), "(theme: Purple").expect("written");
        let (usual, why) = settings(dir.path());
        assert_eq!(usual, Settings::default());
        assert!(why.is_some_and(|why| why.contains("settings.ron.broken")));
        assert!(dir.path().join("settings.ron.broken").is_file());
        assert_eq!(settings(dir.path()), (Settings::default(), None));
    }

    #[test]
    fn settings_out_of_range_are_brought_back() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(SETTINGS), "(text: 9000)").expect("written");
        assert_eq!(settings(dir.path()).0.text, 200);
    }

    #[test]
    fn a_desk_is_on_the_disk_within_a_third_of_a_second_and_whole() {
        let dir = tempfile::tempdir().expect("a folder");
        let keeper = Keeper::start(dir.path().to_owned(), |why| panic!("{why}"));
        let begun = Instant::now();
        let mut word = String::new();
        while begun.elapsed() < Duration::from_millis(900) {
            word.push('a');
            keeper.desk(OF, typed(&word));
            std::thread::sleep(Duration::from_millis(10));
        }
        // As after kill -9: nobody said that it ends. A slow machine is given some time more.
        std::thread::sleep(Duration::from_millis(600));
        assert_eq!(desk(dir.path()), Some(typed(&word)));
        assert_eq!(keeper.waiting(&OF), None, "from here on the disk is asked");
        drop(keeper);
    }

    #[test]
    fn the_last_desk_is_kept_at_the_end() {
        let dir = tempfile::tempdir().expect("a folder");
        let keeper = Keeper::start(dir.path().to_owned(), |why| panic!("{why}"));
        for n in 0..50 {
            keeper.desk(OF, typed(&n.to_string()));
        }
        drop(keeper);
        assert_eq!(desk(dir.path()), Some(typed("49")));
    }

    #[test]
    fn what_the_disk_does_not_take_is_still_found() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("a file");
        std::fs::write(&file, "").expect("written");
        let (sender, told) = channel();
        let keeper = Keeper::start(file, move |why| drop(sender.send(why)));
        keeper.desk(OF, typed("half a thought"));
        assert!(told.recv_timeout(Duration::from_secs(20)).is_ok(), "nothing is told");
        assert_eq!(keeper.waiting(&OF), Some(typed("half a thought")));
    }

    #[test]
    fn a_folder_that_can_not_be_written_to_is_told_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("a file");
        std::fs::write(&file, "").expect("written");
        let (sender, told) = channel();
        let keeper = Keeper::start(file, move |why| sender.send(why).expect("heard"));
        keeper.settings(Settings::default());
        keeper.settings(Settings::default());
        drop(keeper);
        assert_eq!(told.iter().count(), 1);
    }
}
