//! What takes a moment and holds up no frame: reading the packs, and working out what the choices come to.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use instep_content::Library;
use instep_ui::{Choices, PackInfo, WorkedOut};
use instep_words::Language;

use super::alarm::Waker;

/// What was worked out.
pub(super) enum Found {
    /// The packs that there are.
    Packs(Vec<PackInfo>),
    /// What these choices come to, or why it can't be told.
    WorkedOut(Box<Choices>, Result<Box<WorkedOut>, String>),
}

/// The thread, seen from the window.
pub(super) struct Worker {
    asked: Sender<(Language, Box<Choices>)>,
    pub(super) found: Receiver<Found>,
}

impl Worker {
    pub(super) fn start(data: &Path, waker: Waker) -> Self {
        let (asked, questions) = channel();
        let (sender, found) = channel();
        let library = Library::new(Some(data));
        // Without a thread the set-up screen goes on waiting, and saved games can still be played.
        let _ = std::thread::Builder::new().name("worker".into()).spawn(move || {
            let _ = sender
                .send(Found::Packs(library.names().iter().map(|name| instep_ui::pack_info(&library, name)).collect()));
            waker.wake();
            answer(&library, &questions, &sender, &waker);
        });
        Self { asked, found }
    }

    /// Asks what choices come to. Only the latest question is answered.
    pub(super) fn ask(&self, language: Language, choices: Choices) {
        let _ = self.asked.send((language, Box::new(choices)));
    }
}

fn answer(library: &Library, questions: &Receiver<(Language, Box<Choices>)>, sender: &Sender<Found>, waker: &Waker) {
    while let Ok(mut question) = questions.recv() {
        while let Ok(newer) = questions.try_recv() {
            question = newer;
        }
        let (language, choices) = question;
        let worked_out = instep_ui::work_out(library, &language, &choices).map(Box::new);
        if sender.send(Found::WorkedOut(choices, worked_out)).is_err() {
            return;
        }
        waker.wake();
    }
}

/// The choices without what changes nothing that is worked out, so that naming a team asks nothing.
pub(super) fn question(choices: &Choices) -> Choices {
    Choices { teams: Default::default(), talk_timer_s: 0, real_die: false, path_of: None, ..choices.clone() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_faulty_pack_is_listed_with_its_fault() {
        let dir = tempfile::tempdir().expect("a folder");
        let pack = dir.path().join("packs/broken");
        std::fs::create_dir_all(&pack).expect("made");
        std::fs::write(pack.join("pack.ron"), "Pack(id: ").expect("written");
        let worker = Worker::start(dir.path(), Waker::default());
        let Ok(Found::Packs(packs)) = worker.found.recv_timeout(Duration::from_secs(60)) else {
            panic!("packs come first")
        };
        let broken = packs.iter().find(|p| p.id == "broken").expect("listed");
        assert!(broken.fault.as_ref().is_some_and(|fault| fault.contains("pack.ron")), "{broken:?}");
        assert!(packs.iter().any(|p| p.id == instep_content::BASE_PACK && p.fault.is_none() && p.cards > 0));
    }

    #[test]
    fn a_teams_name_asks_nothing_anew() {
        let mut choices = Choices::default();
        let before = question(&choices);
        choices.teams[0] = "Robins".into();
        assert_eq!(question(&choices), before);
        choices.without.insert("money".into());
        assert_ne!(question(&choices), before);
    }
}
