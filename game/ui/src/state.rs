//! What is going on at this screen: where one is, what is open, what is moving.

use std::collections::VecDeque;

use instep_protocol::{Answer, Ask, Denied, Moment, News, Person, PersonId, Role};
use instep_rules::{Event, Outcome, Perspective, Phase};
use instep_words::{View, say};

use crate::choices::Choices;
use crate::desk::{Desk, Kind, Sending, Timer};
use crate::focus::Focus;
use crate::keys::Deed;
use crate::look::in_letters;
use crate::online::{Hosting, HostingWhat, Joining, Watch};
use crate::scene::Scene;
use crate::since::Since;

/// Where one is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Screen {
    /// The beginning.
    #[default]
    Home,
    /// Choosing a new game.
    SetUp,
    /// At the table.
    Table,
    /// After the game was closed.
    Close,
    /// Coming to a table elsewhere.
    Join,
    /// Opening a table to people elsewhere.
    Host,
    /// Who is at the table, where others come from elsewhere.
    Lobby,
}

/// What lies over a screen; Escape puts it away.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Overlay {
    /// How to play, a page of five (from 0).
    HowTo(u8),
    /// The settings.
    Settings,
    /// The list of keys.
    Keys,
    /// The table in words.
    InWords,
    /// The card and nothing else.
    Reading,
    /// Writing a note.
    Note,
    /// What would be taken back.
    Undo,
    /// Whether to close the game.
    Close,
    /// The facilitator's other commands.
    More,
    /// The path is complete.
    Complete,
    /// Which themes are played.
    Themes,
    /// Cards to look at beforehand.
    Sensitive,
    /// Thanks, and licences.
    About,
    /// The pack's guide for facilitators.
    Guide,
    /// What people say in writing.
    Chat,
    /// Whether to ask this person to leave.
    SendAway(PersonId),
    /// Whether to hand the facilitator's part over to this person.
    HandOver(PersonId),
    /// Whether to forget this place ([`Place::id`](crate::Place::id)).
    LetGo(u64),
    /// Whether to make a new invite.
    NewInvite,
    /// What happened while one was away.
    Since,
    /// What to do with the copy of this saved game, which moved.
    Moved(i64),
    /// Whether to leave a table that closes for others then; and to close the window with it.
    Leave(bool),
    /// Whether to open the table again to those who were at it ([`UiState::were_here`]).
    OpenAgain,
}

/// Whose eyes a window is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Surface {
    /// Whoever holds the controls.
    Desk,
    /// The room: only what it may see, and nothing to press.
    Room,
}

/// What the lower right of the table shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Drawer {
    /// What was written.
    #[default]
    Notes,
    /// What happened.
    Log,
    /// What people say in writing.
    Chat,
}

/// Which part of the table is seen where there is no room for both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Side {
    /// The card and what to do.
    #[default]
    Stage,
    /// The board.
    Board,
}

/// What is going on at this screen.
#[derive(Debug, Default)]
pub struct UiState {
    /// Where one is.
    pub screen: Screen,
    /// What lies over it, the uppermost last.
    pub overlays: Vec<Overlay>,
    /// What is chosen for a new game.
    pub choices: Choices,
    /// What is kept of this screen.
    pub desk: Desk,
    /// Notes or log.
    pub drawer: Drawer,
    /// Whether notes that were folded away for want of room are wanted all the same, until the game goes on.
    pub notes_open: bool,
    /// Board or stage, where there is room for one.
    pub side: Side,
    /// Steps that undo would take back.
    pub undo_steps: u32,
    /// Steps that are shown to choose from.
    pub(crate) undo_shown: usize,
    /// A setting's key that is being chosen.
    pub choosing_key: Option<Deed>,
    /// What the last answer said, where it was a refusal, and until when it is shown.
    pub refusal: Option<String>,
    /// What is typed for joining a table. It may be kept between runs.
    pub joining: Joining,
    /// What is typed for hosting. It may be kept between runs.
    pub hosting: Hosting,
    /// What the screen for hosting is there for.
    pub hosting_what: HostingWhat,
    /// Whether the game that is being set up is to be open to people elsewhere, as `hosting` says.
    pub hosts: bool,
    /// Who has been at the table that is open here and now is not, as names: they may wait for it.
    pub were_here: Vec<String>,
    /// What is seen and known of people elsewhere.
    pub(crate) watch: Watch,
    pub(crate) scene: Scene,
    pub(crate) picked: Option<Outcome>,
    pub(crate) previewed: Option<String>,
    pub(crate) pointed: Option<(Outcome, f64)>,
    pub(crate) could_act: bool,
    /// What a screen reader is told, the newest last.
    pub(crate) told: VecDeque<String>,
    /// Whether the newest of it has been in a frame.
    pub(crate) told_now: bool,
    pub(crate) focus: Focus,
    /// What happened while one was away, until it was looked at.
    pub(crate) since: Option<Since>,
    greets: bool,
    paused: bool,
    phase: Option<(Phase, Perspective)>,
    phase_since: f64,
    point_to_show: Option<Outcome>,
    outbox: Vec<Ask>,
    pub(crate) typing: bool,
    /// A card was drawn that was not read aloud yet.
    pub(crate) drawn: bool,
}

impl UiState {
    /// A table was opened: the game of this number, or 0 where it is kept elsewhere. `desk` is what was kept of its own
    /// screen, if anything was.
    pub fn opened(&mut self, view: &View<'_>, table: i64, desk: Option<Desk>) {
        self.desk = Desk { table, ..desk.unwrap_or_default() };
        self.screen = if view.state().closed() { Screen::Close } else { Screen::Table };
        self.overlays.clear();
        self.scene.finish();
        self.phase = None;
        self.refusal = None;
        self.picked = None;
        self.told.clear();
        self.watch = Watch::default();
        // What was typed and had not reached the table when this screen went away.
        self.arrived(view);
        self.outbox = self.desk.sending.iter().map(Sending::ask).collect();
        self.paused = view.people.paused;
        // Said in the first frame: then it is known who looks.
        self.greets = true;
        self.since = None;
    }

    /// Says what happened meanwhile, whose turn it is, and what to do, where a table was just opened by `you`.
    pub(crate) fn greet(&mut self, view: &View<'_>, you: Option<PersonId>) {
        if std::mem::take(&mut self.greets) {
            let log = view.game.log();
            let seen = std::mem::replace(&mut self.desk.seen, log.len() as u32);
            self.since = Since::of(view, seen);
            // A screen that hangs in a room has nobody to put it away.
            let screen = |p: &&Person| Some(p.id) == you && p.role == Role::SharedScreen;
            let first = match self.since {
                Some(since) if !view.people.people.iter().any(|p| screen(&p)) => {
                    self.overlays.push(Overlay::Since);
                    since.in_words(view, you)
                }
                _ => self.watch.whose(view),
            };
            let told = [Some(first), self.next_in_words(view)];
            self.tell(sentences(told.into_iter().flatten()));
        }
    }

    /// What to do now, where it is for whoever looks to do.
    fn next_in_words(&self, view: &View<'_>) -> Option<String> {
        let others = !view.people.paused && !view.state().closed() && self.watch.looks_on_now(view);
        (!others).then(|| say::next(view))
    }

    /// Shows who is at the table before the table itself: it was just made or joined. After [`opened`](Self::opened).
    pub fn gather(&mut self) {
        if self.screen != Screen::Close {
            self.screen = Screen::Lobby;
        }
        self.overlays.clear();
        self.hosts = false;
    }

    /// Opens the screen for joining with an invite that came from outside: a link, or the command line.
    pub fn invited(&mut self, invite: &str) {
        self.joining.invite = invite.trim().to_owned();
        self.watch.fault = None;
        self.screen = Screen::Join;
        self.overlays.clear();
    }

    /// The clipboard's text, which was asked for; `None` where there is none.
    pub fn pasted(&mut self, text: Option<&str>) {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                let all = || text.chars().take(instep_protocol::PASTED_MAX).collect();
                self.joining.invite = crate::online::only_invite(text).unwrap_or_else(all);
                self.watch.fault = None;
            }
            None => self.watch.fault = Some("ui-paste-nothing"),
        }
    }

    /// Something came from the table.
    pub fn heard(&mut self, view: &View<'_>, news: &News, now_ms: u64) {
        match news {
            News::Events { from } => self.events(view, *from, now_ms),
            News::Answer { answer: Answer::Denied(denied), .. } => {
                match denied {
                    Denied::WordsTooFast { .. } | Denied::NoMoreWords | Denied::WordsTooLong { .. } | Denied::Muted => {
                        self.desk.give_back(|_| true);
                    }
                    Denied::NoChat => self.desk.give_back(|kind| kind == Kind::Chat),
                    _ => {}
                }
                let why = say::denied(view, *denied);
                self.tell(why.clone());
                self.refusal = Some(why);
            }
            News::Answer { answer: Answer::Counted { votes, of }, .. } => {
                let (votes, of) = ((*votes).into(), (*of).into());
                self.tell(view.language.with("ui-counted", &[("votes", votes), ("of", of)]));
            }
            News::Words(_) => self.arrived(view),
            // While the table is paused its talk timer is too.
            News::People if view.people.paused && self.desk.timer.runs() => {
                self.desk.timer.pause(now_ms);
                self.desk.timer_held = true;
            }
            News::People if !view.people.paused && self.desk.timer_held => {
                self.desk.timer_held = false;
                self.desk.timer.go_on(now_ms);
            }
            News::People if self.paused != view.people.paused => {
                self.paused = view.people.paused;
                let whose = (!self.paused).then(|| self.watch.whose(view));
                let next = self.next_in_words(view);
                self.tell(sentences(whose.into_iter().chain(next)));
            }
            News::Moment(moment) => {
                if let Moment::Pointed { outcome, .. } = moment {
                    self.point_to_show = Some(*outcome);
                }
                let told = crate::online::pointed_in_words(view, *moment);
                self.watch.point(*moment, told.clone());
                self.tell(told);
            }
            _ => {}
        }
    }

    fn events(&mut self, view: &View<'_>, from: usize, now_ms: u64) {
        let log = view.game.log();
        let new = &log[from.min(log.len())..];
        // Until the first frame has told what happened meanwhile, this is part of it.
        if !self.greets {
            self.desk.seen = log.len() as u32;
        }
        self.scene.follow(new, view.setup().board().len());
        self.refusal = None;
        for entry in new {
            match entry.event {
                Event::CardDrawn { .. } => {
                    let length_s = u32::from(view.state().ruleset().talk_timer_s);
                    self.desk.timer = Timer::start(entry.seq, length_s, now_ms);
                }
                Event::TileMended { .. } => self.desk.drafts.step.clear(),
                Event::TilePlaced { .. } | Event::TileCracked { .. } | Event::TileLifted { .. } => {
                    let reason = std::mem::take(&mut self.desk.drafts.reason);
                    self.send(entry.seat, Kind::Reason, reason);
                }
                Event::TalkEnded | Event::CardPassed | Event::TurnEnded { .. } => self.desk.timer = Timer::default(),
                Event::PathCompleted if !self.desk.celebrated => {
                    self.desk.celebrated = true;
                    self.overlays = vec![Overlay::Complete];
                }
                Event::GameClosed => {
                    self.screen = Screen::Close;
                    self.overlays.clear();
                }
                Event::Undone { .. } => {
                    self.desk.timer = Timer::default();
                    self.desk.celebrated = view.state().path_complete(view.setup());
                }
                _ => {}
            }
        }
        // One announcement for what happened and what comes next: several would talk over each other.
        let mut told: Vec<String> = new.iter().filter_map(|entry| say::entry(view, entry)).map(in_letters).collect();
        let drawn = new.iter().find_map(|e| match e.event {
            Event::CardDrawn { card, .. } => view.item(card),
            _ => None,
        });
        self.drawn |= drawn.is_some();
        told.extend(drawn.into_iter().flat_map(|item| [item.text(), item.prompt().to_owned()]));
        told.push(self.watch.whose(view));
        told.extend(self.next_in_words(view));
        self.tell(sentences(told));
    }

    /// Something that a screen reader says.
    pub(crate) fn tell(&mut self, mut text: String) {
        // What nobody has been shown yet is not pushed aside by what follows in the same frame.
        if !self.told_now
            && let Some(before) = self.told.pop_back()
        {
            text = sentences([before, text]);
        }
        // A reader says what has changed: the same refusal twice is said twice.
        if self.told.back() == Some(&text) {
            text.push('\u{a0}');
        }
        self.told.push_back(text);
        self.told_now = false;
        while self.told.len() > 4 {
            self.told.pop_front();
        }
    }

    /// Whether anything moves, so that frames are wanted.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.scene.moves()
    }

    /// Shows at once where everything is.
    pub fn finish(&mut self) {
        self.scene.finish();
    }

    /// Opens something over the screen, or puts it away if it is open.
    pub(crate) fn toggle(&mut self, overlay: Overlay) {
        let same = |o: &Overlay| std::mem::discriminant(o) == std::mem::discriminant(&overlay);
        if self.overlays.iter().any(same) {
            self.overlays.retain(|o| !same(o));
        } else {
            self.overlays.push(overlay);
        }
    }

    /// Notices that the game waits for something else than before. Whether it does.
    pub(crate) fn notice_phase(&mut self, view: &View<'_>, time: f64) -> bool {
        let now = (view.state().phase(), view.state().seat());
        if let Some(outcome) = self.point_to_show.take() {
            self.pointed = Some((outcome, time + 4.0));
        }
        if self.phase == Some(now) {
            return false;
        }
        self.phase = Some(now);
        self.phase_since = time;
        self.picked = None;
        self.notes_open = false;
        true
    }

    /// Seconds since the game waits for what it waits for.
    pub(crate) fn since_phase(&self, time: f64) -> f64 {
        time - self.phase_since
    }

    /// Words go to the table. Until it has them they are kept here: nothing that was typed is ever lost.
    pub(crate) fn send(&mut self, seat: Option<Perspective>, kind: Kind, text: String) {
        if text.trim().is_empty() {
            return;
        }
        let sending = Sending { seat: seat.map(|s| s.index() as u8), kind, text };
        self.outbox.push(sending.ask());
        self.desk.sending.push(sending);
    }

    /// What waits to be asked for; it is asked for once.
    pub(crate) fn take_outbox(&mut self) -> Vec<Ask> {
        std::mem::take(&mut self.outbox)
    }

    /// The table has these words: they need not be kept here any more.
    fn arrived(&mut self, view: &View<'_>) {
        self.desk.sending.retain(|sent| !view.words.iter().any(|word| sent.is(word)));
    }
}

/// Sentences one after the other, each with its end.
fn sentences(all: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for one in all.into_iter().filter(|s| !s.trim().is_empty()) {
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '!', '?', ':', '\u{2026}', '\u{201d}']) { " " } else { ". " });
        }
        text.push_str(one.trim());
    }
    text
}
