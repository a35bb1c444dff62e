//! The table's own thread: it waits for the disk, so that the window never does. What goes in and out are the very
//! messages that a network will carry.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use instep_content::{Fit, Library, Packs, Table};
use instep_protocol::{FromClient, FromTable, PersonId, Role};
use instep_rules::Setting;
use instep_server::{DataFolder, DataTrouble, Hall, Link, Room, Stored, StoredTable, TableId, TableSummary};
use instep_ui::{Choices, HostAt};
use instep_words::capital;

use super::alarm::Waker;
use super::desks;
use super::elsewhere::{Elsewhere, FarPlaying, Going, Network, Reached, put_down};
use crate::online::Places;
use crate::online::moves::{self, Move};
use crate::play::new::{self, Chosen, New};
use crate::play::opened::{self, Opened};
use crate::play::setup;
use crate::problem::Problem;
use crate::{PlayCall, kept, language};

/// How often, and how long apart, a folder that is in use is tried: four seconds in all.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(200);

/// The two ends of the table that this program holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// The facilitator's.
    Desk,
    /// The screen that the room sees.
    Room,
}

/// What the window asks for.
pub(super) enum Order {
    /// Which games are there?
    List,
    /// What `instep play` asks for.
    Call(Box<PlayCall>),
    Begin(Box<Choices>),
    Continue(i64),
    /// Go on with the copy of a game that moved.
    TakeBack(i64),
    Leave,
    Say(End, FromClient),
    /// A second link, for the room's window: as this person, or as somebody new.
    Room(Option<PersonId>),
    RoomAway,
    /// Write the record into this folder.
    Record(PathBuf),
    /// Something of tables elsewhere.
    Elsewhere(Elsewhere),
}

/// What the window is told.
pub(super) enum Told {
    /// The games that there are, and those of them that moved.
    Saved(Vec<TableSummary>, Vec<Move>),
    Opened(Box<Begun>),
    /// What a call asked for can't be had.
    Refused(Problem),
    Heard(End, FromTable),
    RoomReady,
    /// The table stopped: why, in one sentence.
    Stopped(String),
    Recorded(Result<PathBuf, String>),
    /// Something else that should be told.
    Trouble(String),
    /// Of tables elsewhere.
    Reached(Box<Reached>),
}

/// A table that was opened.
pub(super) struct Begun {
    pub(super) id: i64,
    pub(super) packs: Packs,
    pub(super) table: Table,
    pub(super) remarks: Vec<String>,
    /// Of a new game that was given a time.
    pub(super) fit: Option<Fit>,
    /// It is only a copy: the game moved.
    pub(super) moved: Option<Move>,
}

/// The window's end of the thread.
pub(super) struct Host {
    orders: Option<Sender<Order>>,
    pub(super) told: Receiver<Told>,
    thread: Option<JoinHandle<()>>,
}

impl Host {
    pub(super) fn start(data: PathBuf, waker: Waker) -> Result<Self, Problem> {
        let (orders, asked) = channel();
        let (sender, told) = channel();
        let tell = Teller { sender, waker };
        let thread = std::thread::Builder::new().name("table".into()).spawn(move || serve(data, &asked, &tell));
        let thread = thread.map_err(|e| {
            Problem::Machine(format!(
                "This computer has no thread to give ({e}): close other programs and start again."
            ))
        })?;
        Ok(Self { orders: Some(orders), told, thread: Some(thread) })
    }

    pub(super) fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // It goes only with the window.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Host {
    /// The folder is free for others when the window has gone.
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Teller {
    sender: Sender<Told>,
    waker: Waker,
}

impl Teller {
    fn tell(&self, told: Told) {
        let _ = self.sender.send(told);
    }

    fn trouble(&self, problem: &Problem) {
        self.tell(Told::Trouble(problem.to_string()));
    }
}

struct Playing {
    room: Room,
    desk: Link,
    shared: Option<Link>,
}

struct Thread {
    data: PathBuf,
    library: Library,
    hall: Option<Hall>,
    playing: Option<Playing>,
    far: Option<FarPlaying>,
    network: Network,
}

/// How often it is looked at what has been found on the network.
const LOOK_EVERY: Duration = Duration::from_millis(700);

fn serve(data: PathBuf, asked: &Receiver<Order>, tell: &Teller) {
    let library = Library::new(Some(&data));
    let network = Network::new(data.clone(), tell.sender.clone(), tell.waker.clone());
    let mut thread = Thread { data, library, hall: None, playing: None, far: None, network };
    loop {
        let order = match thread.network.looks() {
            true => asked.recv_timeout(LOOK_EVERY),
            false => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match order {
            Ok(order) => thread.obey(order, tell),
            Err(RecvTimeoutError::Timeout) => thread.network.look_again(),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        tell.waker.wake();
    }
    thread.put_down();
}

impl Thread {
    fn obey(&mut self, order: Order, tell: &Teller) {
        match order {
            Order::List => self.list(tell),
            Order::Call(call) => {
                self.put_down();
                // A call looks for itself, and holds the folder for that.
                self.hall = None;
                match setup::open(&call).map(|opened| self.take_up(opened, tell)) {
                    Ok(()) => {}
                    Err(problem) => tell.tell(Told::Refused(problem)),
                }
            }
            Order::Begin(choices) => {
                let opened = self.begin(*choices);
                self.opened(opened, tell);
            }
            Order::Continue(id) => {
                let opened = self.go_on(TableId(id));
                self.opened(opened, tell);
            }
            Order::TakeBack(id) => {
                let opened = match moves::take_back(&self.data, id) {
                    Ok(()) => self.go_on(TableId(id)),
                    Err(e) => Err(Problem::Machine(capital(&format!("{e}.")))),
                };
                self.opened(opened, tell);
            }
            Order::Leave => {
                self.put_down();
                self.list(tell);
            }
            Order::Say(end, message) => self.say(end, &message, tell),
            Order::Elsewhere(what) => self.elsewhere(what, tell),
            Order::Room(person) => self.connect_room(person, tell),
            Order::RoomAway => {
                if let Some(playing) = &mut self.playing
                    && let Some(link) = playing.shared.take()
                {
                    playing.room.disconnect(link.person());
                    playing.pass_on(tell);
                }
            }
            Order::Record(dir) => {
                let written = self.record(&dir).map(|()| dir).map_err(|problem| problem.to_string());
                tell.tell(Told::Recorded(written));
            }
        }
    }

    /// The hall of saved games; it is opened when it is first needed.
    fn hall(&mut self) -> Result<&Hall, Problem> {
        let hall = match self.hall.take() {
            Some(hall) => hall,
            None => patient_hall(&self.data)?,
        };
        Ok(self.hall.insert(hall))
    }

    fn taken_hall(&mut self) -> Result<Hall, Problem> {
        self.hall.take().map_or_else(|| patient_hall(&self.data), Ok)
    }

    fn list(&mut self, tell: &Teller) {
        let desks = desks::there(&self.data);
        let listed = match (&self.playing, &self.far) {
            (Some(playing), _) => playing.room.hall().stored().tables().map_err(Problem::from),
            (None, Some(_)) => return,
            (None, None) => self.hall().and_then(|hall| hall.stored().tables().map_err(|e| kept::reading(e).into())),
        };
        match listed {
            Ok(tables) => {
                // Once: a damaged list is put aside, and that is told only to whoever finds it so.
                let listed = Places::of(&self.data).list();
                if let Ok(listed) = &listed {
                    desks::tidy(&self.data, &desks, tables.iter().map(|t| t.id.0), &listed.places);
                }
                tell.tell(Told::Saved(tables, moves::list(&self.data)));
                self.network.tell_places(listed);
            }
            Err(problem) => {
                tell.trouble(&problem);
                self.network.places();
            }
        }
    }

    /// What is asked for of tables elsewhere.
    fn elsewhere(&mut self, what: Elsewhere, tell: &Teller) {
        let begun = match what {
            Elsewhere::Places => return self.network.places(),
            Elsewhere::LetGo(id) => {
                self.network.let_go(id);
                return self.list(tell);
            }
            Elsewhere::Note(id, turn) => return self.network.note(id, &turn),
            Elsewhere::Look(look) => return self.network.look(look),
            Elsewhere::List(address) => return self.network.list(address),
            Elsewhere::TryNow => {
                if let Some(playing) = &self.far {
                    playing.far.try_now();
                }
                return;
            }
            Elsewhere::Screen(person, key) => {
                if let Some(playing) = &mut self.far
                    && let Err(problem) = self.network.screen(playing, person, key)
                {
                    tell.trouble(&problem);
                }
                return;
            }
            Elsewhere::ScreenAway => {
                if let Some(playing) = &mut self.far {
                    playing.screen = None;
                }
                return;
            }
            Elsewhere::Found(found, called) => {
                if let Some(FarPlaying { open: Some(open), table, .. }) = &mut self.far {
                    match found {
                        true => open.announce(*table, &called).unwrap_or_else(|problem| tell.trouble(&problem)),
                        false => open.hush(),
                    }
                }
                return;
            }
            Elsewhere::Cancel => {
                self.put_down();
                self.network.next_end();
                self.network.tell(Reached::Going(Going::Nowhere));
                return self.list(tell);
            }
            Elsewhere::Join(join) => {
                self.put_down();
                self.network.join(*join)
            }
            Elsewhere::Return(id) => {
                self.put_down();
                self.network.come_back(id)
            }
            Elsewhere::Back(n) => match self.network.nth(n) {
                Some(id) => {
                    self.put_down();
                    self.network.come_back(id)
                }
                None => return self.list(tell),
            },
            Elsewhere::Host(host, choices) => self.host(&host, *choices),
            Elsewhere::OpenUp(host) => return self.open_up(&host, tell),
        };
        match begun {
            Ok(playing) => self.far = Some(playing),
            Err(problem) => {
                self.network.setback(&problem);
                self.list(tell);
            }
        }
    }

    /// A new table that others come to.
    fn host(&mut self, host: &instep_ui::Host, choices: Choices) -> Result<FarPlaying, Problem> {
        let made = self.made(choices)?;
        match host.at {
            HostAt::Server { .. } => self.network.make(made, host),
            HostAt::ThisComputer => {
                let hall = self.taken_hall()?;
                let (table, person) = put_down(opened::create(hall, made)?.room);
                self.network.open(table, person)
            }
        }
    }

    /// The table that is played here is opened to others, or moves to a server. Where that can't be, it goes on here.
    fn open_up(&mut self, host: &instep_ui::Host, tell: &Teller) {
        if let Some(playing) = self.far.take_if(|playing| playing.open.is_some()) {
            return self.move_on(playing, host, tell);
        }
        let Some(playing) = self.playing.take() else { return };
        // A copy stays a copy: else the game would be open to others in two places.
        let id = playing.room.table().0;
        if let Some(moved) = moves::list(&self.data).into_iter().find(|moved| moved.table == id) {
            self.playing = Some(playing);
            let language = language::current();
            let moved = moved.in_words(&language);
            let told = language.with("ui-moved-copy", &[("moved", (&moved).into())]);
            return self.network.setback(&Problem::Wrong(told));
        }
        let (table, person) = put_down(playing.room);
        let opened = match host.at {
            HostAt::ThisComputer => self.network.open(table, person),
            HostAt::Server { .. } => self.network.move_away(table, host),
        };
        match opened {
            Ok(playing) => self.far = Some(playing),
            Err(problem) => {
                let again = self.go_on(table);
                self.opened(again, tell);
                self.network.setback(&problem);
            }
        }
    }

    /// A table that is open to others here moves to a server. Where that can't be, it stays open here.
    fn move_on(&mut self, playing: FarPlaying, host: &instep_ui::Host, tell: &Teller) {
        let (table, person) = (playing.table, playing.person);
        // Everyone is told, and what they see stays until they come to the new place.
        playing.leave();
        self.network.next_end();
        let problem = match self.network.move_away(table, host) {
            Ok(playing) => return self.far = Some(playing),
            Err(problem) => problem,
        };
        let open = person.map(|person| self.network.open(table, person));
        match open {
            Some(Ok(playing)) => self.far = Some(playing),
            _ => {
                let again = self.go_on(table);
                self.opened(again, tell);
            }
        }
        self.network.setback(&problem);
    }

    fn begin(&mut self, choices: Choices) -> Result<Opened, Problem> {
        let made = self.made(choices)?;
        let hall = self.taken_hall()?;
        opened::create(hall, made)
    }

    fn made(&mut self, choices: Choices) -> Result<New, Problem> {
        self.put_down();
        let packs = self.library.load(&choices.packs)?;
        let begun = match choices.path_of {
            Some(id) => {
                let stored = self.hall()?.stored().table(TableId(id)).map_err(kept::reading)?;
                let verified = stored.verify().map_err(|fault| Problem::Wrong(damaged(id, &fault.what)))?;
                new::tiles_of(&stored.header()?, &verified.game, &packs)
            }
            None => instep_rules::TileSet::default(),
        };
        let length = instep_ui::length(&choices);
        new::prepare(Chosen {
            packs,
            ruleset: Some(choices.ruleset).filter(|id| !id.is_empty()),
            settings: vec![Setting::RealDie(choices.real_die), Setting::TalkTimer(choices.talk_timer_s)],
            without: choices.without,
            length: Some(length),
            stones: choices.stones.into_iter().collect(),
            begun,
            seed: None,
        })
    }

    fn go_on(&mut self, id: TableId) -> Result<Opened, Problem> {
        self.put_down();
        self.hall()?;
        let hall = self.taken_hall()?;
        let (stored, packs, remarks) = opened::look(&hall, id, None, &self.library)?;
        opened::reopen(hall, &stored, packs, remarks)
    }

    fn opened(&mut self, opened: Result<Opened, Problem>, tell: &Teller) {
        match opened {
            Ok(opened) => self.take_up(opened, tell),
            Err(problem) => {
                tell.trouble(&problem);
                self.list(tell);
            }
        }
    }

    fn take_up(&mut self, opened: Opened, tell: &Teller) {
        let Opened { mut room, packs, table, greeting, fit } = opened;
        let creator = room.creator();
        let desk = room.connect(creator);
        let id = room.table().0;
        let moved = moves::list(&self.data).into_iter().find(|moved| moved.table == id);
        self.playing = Some(Playing { room, desk, shared: None });
        tell.tell(Told::Opened(Box::new(Begun { id, packs, table, remarks: greeting, fit, moved })));
    }

    /// Puts the table away: everything of it is kept.
    fn put_down(&mut self) {
        self.playing = None;
        if let Some(far) = self.far.take() {
            far.leave();
        }
    }

    fn say(&mut self, end: End, message: &FromClient, tell: &Teller) {
        if let Some(playing) = &self.far {
            match end {
                End::Desk => playing.far.say(message.clone()),
                End::Room => playing.screen.iter().for_each(|screen| screen.say(message.clone())),
            }
            return;
        }
        let Some(playing) = &mut self.playing else { return };
        let link = match end {
            End::Desk => Some(&playing.desk),
            End::Room => playing.shared.as_ref(),
        };
        let Some(person) = link.map(Link::person) else { return };
        let sent = playing.room.send(person, message);
        playing.pass_on(tell);
        if let Err(trouble) = sent {
            tell.tell(Told::Stopped(capital(&format!("{trouble}."))));
        }
    }

    fn connect_room(&mut self, person: Option<PersonId>, tell: &Teller) {
        let Some(playing) = &mut self.playing else { return };
        let Some(person) = person.or_else(|| playing.room.add_person(Role::SharedScreen)) else { return };
        playing.shared = Some(playing.room.connect(person));
        tell.tell(Told::RoomReady);
    }

    fn record(&self, dir: &std::path::Path) -> Result<(), Problem> {
        let stored: StoredTable = match (&self.playing, &self.far) {
            (Some(playing), _) => playing.room.hall().stored().table(playing.room.table())?,
            // Beside the server that keeps it in this very program.
            (None, Some(far)) if far.open.is_some() => Stored::open(&self.data)?.table(far.table)?,
            _ => {
                let why = "This game is kept elsewhere: its server has the record. Ask whoever looks after it.";
                return Err(Problem::Wrong(why.into()));
            }
        };
        crate::export::write(&stored, dir)
    }
}

impl Playing {
    /// What has come for either end.
    fn pass_on(&mut self, tell: &Teller) {
        while let Some(message) = self.desk.take() {
            tell.tell(Told::Heard(End::Desk, message));
        }
        while let Some(message) = self.shared.as_mut().and_then(Link::take) {
            tell.tell(Told::Heard(End::Room, message));
        }
    }
}

/// The hall, also where the Instep before this one is still going: whoever starts again right after a crash or a close
/// is not told that the folder is in use.
fn patient_hall(data: &std::path::Path) -> Result<Hall, Problem> {
    for _ in 0..TRIES {
        match DataFolder::hold(data) {
            Err(DataTrouble::Held { .. }) => std::thread::sleep(BETWEEN_TRIES),
            _ => break,
        }
    }
    opened::hall(data)
}

fn damaged(id: i64, what: &str) -> String {
    format!("The path of game {id} can't be gone on with, because the game is damaged: {}", capital(what))
}
