//! What threads have to say, taken in before each frame.

use bevy::prelude::NonSendMut;
use instep_protocol::{FromTable, Mirror, News, PersonId, Role, Trouble};
use instep_ui::{HowLong, Kind, Planned, Screen, Sending};

use super::desks::DeskOf;
use super::host::{Begun, End, Order, Told};
use super::shell::{Arriving, OpenTable, Shell};
use super::worker::{self, Found};

/// Takes in everything that has come.
pub(super) fn hear(mut shell: NonSendMut<'_, Shell>) {
    shell.hear();
}

impl Shell {
    pub(super) fn hear(&mut self) {
        while let Ok(told) = self.host.told.try_recv() {
            self.told(told);
        }
        while let Ok(found) = self.worker.found.try_recv() {
            self.found(found);
        }
        while let Ok(failure) = self.failures.try_recv() {
            self.known.notice(failure);
        }
        self.known.speaks = self.speaker.speaks();
    }

    pub(super) fn told(&mut self, told: Told) {
        match told {
            Told::Saved(tables, moves) => {
                (self.summaries, self.moves) = (tables, moves);
                self.list_saved();
            }
            Told::Opened(begun) => self.opened(*begun),
            Told::Refused(problem) => self.known.notice(problem.to_string()),
            Told::Heard(End::Desk, message) => self.heard(message),
            Told::Heard(End::Room, message) => self.room_heard(message),
            Told::RoomReady => {
                if let Some(table) = &self.known.table {
                    let mirror = Mirror::new(table.table.setup.clone());
                    self.host.order(Order::Say(End::Room, mirror.hello()));
                    self.known.room = Some(mirror);
                }
            }
            Told::Stopped(why) => {
                if let Some(table) = &mut self.known.table {
                    table.stopped = Some(why);
                }
            }
            Told::Recorded(Ok(dir)) => {
                let text =
                    self.known.language.with("ui-record-saved", &[("folder", (&dir.display().to_string()).into())]);
                self.known.notice(text);
            }
            Told::Reached(reached) => self.reached(*reached),
            Told::Recorded(Err(why)) | Told::Trouble(why) => {
                self.beginning = None;
                self.known.notice(why);
            }
        }
    }

    fn opened(&mut self, begun: Begun) {
        let Begun { id, packs, table, remarks, fit, moved } = begun;
        let mirror = Mirror::new(table.setup.clone());
        self.host.order(Order::Say(End::Desk, mirror.hello()));
        let of = DeskOf::Game(id);
        let mut desk = self.desks.find(&of, self.keeper.waiting(&of));
        if let Some(choices) = self.beginning.take() {
            // A new game's desk: its time, and the teams' names, which are kept here until the table has them.
            let turns = fit.and_then(|fit| fit.turns).unwrap_or(0);
            let planned = match choices.how_long {
                HowLong::Minutes(minutes) => Some(Planned { began_ms: self.known.clock.now_ms(), minutes, turns }),
                HowLong::Stones(_) => None,
            };
            let names = (0..).zip(choices.teams).filter(|(_, name)| !name.trim().is_empty());
            let sending = names.map(|(n, text)| Sending { seat: Some(n), kind: Kind::TeamName, text }).collect();
            desk = Some(instep_ui::Desk { planned, sending, ..instep_ui::Desk::default() });
        }
        self.known.notices.clear();
        for remark in remarks {
            self.known.notice(remark);
        }
        let arriving = Some(Arriving { last: None, desk });
        // A copy is to be read: nothing can be asked of it.
        let language = &self.known.language;
        let stopped =
            moved.map(|moved| language.with("ui-moved-copy", &[("moved", (&moved.in_words(language)).into())]));
        self.known.table = Some(OpenTable { desk: Some(of), packs, table, mirror, stopped, arriving });
        if self.known.projector_open {
            self.host.order(Order::Room(None));
        }
    }

    fn heard(&mut self, message: FromTable) {
        let Some(table) = &mut self.known.table else { return };
        let news = match table.mirror.receive(message) {
            Ok(Some(news)) => news,
            Ok(None) => return,
            Err(Trouble::AskAgain(missing)) => return self.host.order(Order::Say(End::Desk, missing)),
            Err(Trouble::OtherSetup) => {
                table.stopped =
                    Some("This game is played with other packs than those here: leave it and open it again.".into());
                return;
            }
        };
        if let News::Goodbye(why) = news {
            if let Some(why) = self.known.goodbye(why)
                && let Some(table) = &mut self.known.table
            {
                table.stopped.get_or_insert(why);
            }
            return;
        }
        let arrives = table.arriving.is_some();
        self.took(&news);
        if arrives && self.known.table.as_ref().is_some_and(|table| table.arriving.is_none()) {
            self.arrived_here();
        }
        self.door_here(&news);
    }

    /// The mirror took something in, which the screens may show.
    pub(super) fn took(&mut self, news: &News) {
        let known = &mut self.known;
        let Some(table) = &mut known.table else { return };
        if let Some(arriving) = &mut table.arriving {
            match news {
                News::Welcome(welcome) => arriving.last = Some(welcome.last),
                // The last of what is sent to whoever comes.
                News::People if arriving.last.is_some_and(|last| table.mirror.last() >= last) => {
                    let desk = arriving.desk.take();
                    table.arriving = None;
                    let id = table.desk.as_ref().map_or(0, DeskOf::table);
                    self.state.opened(&table.view(&known.language), id, desk);
                }
                _ => {}
            }
            return;
        }
        self.answered += u32::from(matches!(news, News::Answer { .. }));
        let now_ms = known.clock.now_ms();
        self.state.heard(&table.view(&known.language), news, now_ms);
    }

    /// What the room may know. It is shown where the facilitator is.
    fn room_heard(&mut self, message: FromTable) {
        let Some(mirror) = &mut self.known.room else { return };
        if let Err(Trouble::AskAgain(missing)) = mirror.receive(message) {
            self.host.order(Order::Say(End::Room, missing));
        }
    }

    fn found(&mut self, found: Found) {
        match found {
            Found::Packs(packs) => {
                self.known.packs = packs;
                self.list_saved();
            }
            Found::WorkedOut(choices, worked_out) if Some(&*choices) == self.asked.as_ref() => match worked_out {
                Ok(worked_out) => self.known.worked_out = Some(worked_out),
                Err(why) => {
                    self.known.worked_out = None;
                    self.known.notice(why);
                }
            },
            Found::WorkedOut(..) => {}
        }
    }

    /// Asks the worker, where the choices come to something else than before.
    pub(super) fn ask_worker(&mut self) {
        if !matches!(self.state.screen, Screen::Home | Screen::SetUp) {
            return;
        }
        let question = worker::question(&self.state.choices);
        if self.asked.as_ref() != Some(&question) {
            // What is shown stays until the answer is there: nothing flickers, and focus is not lost.
            self.worker.ask(self.known.language.clone(), question.clone());
            self.asked = Some(question);
        }
    }

    /// The room's person of an earlier session, who is the room's screen again.
    pub(super) fn room_person(&self) -> Option<PersonId> {
        let people = &self.known.table.as_ref()?.mirror.people().people;
        people.iter().find(|person| person.role == Role::SharedScreen).map(|person| person.id)
    }

    /// Home again; the table stays as it is.
    pub(super) fn left(&mut self) {
        // What was typed in this very frame too.
        self.keep_desk();
        self.known.table = None;
        self.known.room = None;
        self.left_others();
        self.known.notices.clear();
        let old = std::mem::take(&mut self.state);
        // What was typed and chosen is not typed and chosen again.
        self.state.choices = old.choices;
        self.state.joining = old.joining;
        self.state.hosting = old.hosting;
        self.host.order(Order::Leave);
    }

    /// What a person is told of a request that was not sent: nothing, where the table will say so itself.
    pub(super) fn ask(&mut self, ask: instep_protocol::Ask) {
        let Some(table) = self.known.table.as_mut().filter(|table| table.arriving.is_none()) else { return };
        if table.stopped.is_some() {
            return;
        }
        // While another turn command is on its way, what was pressed in between counts for nothing.
        if let Some(message) = table.mirror.ask(ask) {
            self.host.order(Order::Say(End::Desk, message));
        }
    }
}
