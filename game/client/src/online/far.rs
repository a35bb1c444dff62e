//! One end of a table elsewhere: a connection that comes back by itself, and the packs that the table is played with.
//!
//! What the table says is held back until its packs are here; from then on everything is handed on in its order.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Weak};
use std::thread::Builder;

use instep_content::{Library, Packs, Table};
use instep_net::{Call, LinkState, Remote, RemoteNews, Trust};
use instep_protocol::{
    Address, Denied, Enter, FromClient, FromTable, Mirror, News, PersonId, PublicTable, Refused, TableSetup, Token,
    Trouble, VERSION, Way,
};
use instep_server::{LocalLink, Service, TableId};
use instep_words::Language;
use tokio::runtime::Handle;

use super::packs::Gathering;
use super::{End, Place, Places};
use crate::problem::Problem;

/// What an end of a table tells.
#[derive(Debug)]
pub(crate) enum FarNews {
    /// How the connection is.
    Link(LinkState),
    /// In the waiting room: the facilitator is asked.
    Waiting {
        /// What the table is called; may be empty.
        called: String,
    },
    /// One's place at the table, as it is kept now: it comes each time before [`Entered`](Self::Entered).
    Place(Box<Place>),
    /// In; the table follows.
    Entered {
        /// What it is called; may be empty.
        called: String,
    },
    /// Packs with these ids are on their way here.
    Fetching(Vec<String>),
    /// The packs are here: what the table says follows.
    Opened(Box<FarTable>),
    /// The table said this; for a mirror ([`hear`]).
    Heard(Box<FromTable>),
    /// The tables that are open to all; nothing follows.
    Tables(Vec<PublicTable>),
    /// Something that should be told and does not end anything.
    Trouble(String),
    /// It is over, and nothing follows.
    Over(End),
}

/// What a table is played with.
#[derive(Debug)]
pub(crate) struct FarTable {
    pub(crate) packs: Packs,
    pub(crate) table: Table,
    pub(crate) about: TableSetup,
}

/// Keeps the place at a table each time that it is entered.
#[derive(Clone, Debug)]
pub(crate) struct Keeper {
    /// Where it is kept; `None` where it is only for as long as the program runs.
    pub(crate) places: Option<Places>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) trust: Trust,
    /// What the person is called there.
    pub(crate) name: String,
    /// Where they are coming back to, if they are.
    pub(crate) place: Option<Place>,
}

impl Keeper {
    /// On disk when this returns: the connection does not use the new token before.
    fn entered(&mut self, token: &Token, called: &str) -> Result<(), String> {
        let mut place = Place::new(&self.addresses, self.trust, token);
        if let Some(old) = self.place.take() {
            place.addresses = old.addresses;
            place.before = Some(old.secret);
            place.moved_from = old.moved_from;
        }
        (place.called, place.name) = (called.to_owned(), self.name.clone());
        let kept = match &self.places {
            Some(places) => places.keep(&place).map(|id| place.id = id).map_err(|e| e.to_string()),
            None => Ok(()),
        };
        self.place = Some(place);
        kept
    }

    fn over(&self, end: &End) {
        let gone = matches!(end, End::Refused(Refused::NotGoodAnyMore) | End::Goodbye(Denied::SentAway));
        if let (Some(place), Some(places), true) = (&self.place, &self.places, gone) {
            // One that stays is refused again the next time.
            let _ = places.forget(place);
        }
    }
}

enum Line {
    Remote(Remote),
    Local(LocalLink),
}

/// One end of a table elsewhere, or of one that this program keeps for others. The connection ends when this is dropped.
pub(crate) struct Far {
    line: Arc<Line>,
}

/// What comes to the thread that looks after the packs.
enum Post {
    Remote(RemoteNews),
    Local(Option<FromTable>),
    Place(Box<Place>),
    Trouble(String),
}

impl Far {
    /// Calls a server. `data` is the folder whose `packs` hold copies; `tell` is told what happens, in a thread of its
    /// own that may wait.
    pub(crate) fn call(
        runtime: &Handle,
        call: Call,
        mut keeper: Option<Keeper>,
        data: &Path,
        language: Language,
        tell: impl FnMut(FarNews) + Send + 'static,
    ) -> Result<Self, Problem> {
        let (sender, posts) = channel();
        let speaks = language.clone();
        let remote = Remote::start(runtime, call, move |news| {
            if let Some(keeper) = &mut keeper {
                match &news {
                    RemoteNews::Heard(message) => {
                        if let FromTable::Entered(entered) = &**message {
                            if let Err(why) = keeper.entered(&entered.token, &entered.called) {
                                let told = speaks.with("online-place-not-kept", &[("why", (&why).into())]);
                                let _ = sender.send(Post::Trouble(told));
                            }
                            let place = keeper.place.clone().map(Box::new);
                            place.into_iter().for_each(|place| drop(sender.send(Post::Place(place))));
                        }
                    }
                    RemoteNews::Over(over) => keeper.over(&End::from(over.clone())),
                    _ => {}
                }
            }
            // Nobody may be there any more: then this ends soon.
            let _ = sender.send(Post::Remote(news));
        });
        Self::with(Line::Remote(remote), posts, data, language, tell)
    }

    /// Somebody's end of a table that this program keeps, through memory.
    pub(crate) fn local(
        service: &Service,
        table: TableId,
        person: PersonId,
        data: &Path,
        language: Language,
        tell: impl FnMut(FarNews) + Send + 'static,
    ) -> Result<Self, Problem> {
        let (sender, posts) = channel();
        let link = LocalLink::open(service, move |message| {
            let _ = sender.send(Post::Local(message));
        });
        let way = Way::Local { table: table.0.unsigned_abs(), person, have: 0 };
        link.say(FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way }));
        Self::with(Line::Local(link), posts, data, language, tell)
    }

    fn with(
        line: Line,
        posts: Receiver<Post>,
        data: &Path,
        language: Language,
        tell: impl FnMut(FarNews) + Send + 'static,
    ) -> Result<Self, Problem> {
        let line = Arc::new(line);
        let mut opener = Opener {
            line: Arc::downgrade(&line),
            library: Library::new(Some(data)),
            copies: data.join("packs"),
            language,
            tell: Box::new(tell),
            stage: Stage::Before,
            said: None,
        };
        let thread = Builder::new().name("table elsewhere".into()).spawn(move || opener.run(&posts));
        thread.map_err(|e| {
            Problem::Machine(format!(
                "This computer has no thread to give ({e}): close other programs and start again."
            ))
        })?;
        Ok(Self { line })
    }

    /// Says something. What is said while there is no connection is forgotten: what is asked is said again by whoever
    /// has the mirror, after the next welcome ([`hear`]).
    pub(crate) fn say(&self, message: FromClient) {
        match &*self.line {
            Line::Remote(remote) => remote.say(message),
            Line::Local(link) => link.say(message),
        }
    }

    /// Says goodbye; [`FarNews::Over`] follows.
    pub(crate) fn leave(&self) {
        match &*self.line {
            Line::Remote(remote) => remote.leave(),
            Line::Local(link) => link.say(FromClient::Leave),
        }
    }

    /// Makes the connection anew at once: somebody presses "try now", or the computer has slept.
    #[allow(dead_code, reason = "the terminal waits; the window has a button for it")]
    pub(crate) fn try_now(&self) {
        if let Line::Remote(remote) = &*self.line {
            remote.again();
        }
    }
}

/// What a mirror makes of a message, and what is to be said at once: what it lacks, or after a welcome all that was
/// asked and not answered.
pub(crate) fn hear(mirror: &mut Mirror, message: FromTable) -> (Option<News>, Vec<FromClient>) {
    match mirror.receive(message) {
        Ok(Some(news @ News::Welcome(_))) => {
            let again = mirror.unanswered().cloned().collect();
            (Some(news), again)
        }
        Ok(news) => (news, Vec::new()),
        Err(Trouble::AskAgain(missing)) => (None, vec![missing]),
        // A table's set-up never changes; one that is another is found before a mirror hears of it.
        Err(Trouble::OtherSetup) => (None, Vec::new()),
    }
}

/// What is held back at most while packs are on their way.
const HELD_MAX: usize = 20_000;

enum Stage {
    /// No table yet.
    Before,
    /// Packs are on their way; what the table said meanwhile.
    Gathering(Box<Gathering>, Vec<FromTable>),
    Open(Box<TableSetup>),
    Over,
}

struct Opener {
    line: Weak<Line>,
    library: Library,
    copies: std::path::PathBuf,
    language: Language,
    tell: Box<dyn FnMut(FarNews) + Send>,
    stage: Stage,
    /// The last word of an end through memory.
    said: Option<End>,
}

impl Opener {
    fn run(&mut self, posts: &Receiver<Post>) {
        while let Ok(post) = posts.recv() {
            match post {
                Post::Trouble(why) => (self.tell)(FarNews::Trouble(why)),
                Post::Place(place) => (self.tell)(FarNews::Place(place)),
                Post::Remote(RemoteNews::Link(state)) => (self.tell)(FarNews::Link(state)),
                Post::Remote(RemoteNews::Heard(message)) => self.heard(*message),
                Post::Remote(RemoteNews::Pack(hash, bytes)) => self.pack(hash, bytes),
                Post::Remote(RemoteNews::Over(over)) => self.over(over.into()),
                Post::Local(Some(message)) => {
                    match &message {
                        FromTable::Goodbye(why) => self.said = Some(End::Goodbye(*why)),
                        FromTable::Refused(why) => self.said = Some(End::Refused(*why)),
                        FromTable::Welcome(_) => (self.tell)(FarNews::Link(LinkState::Connected)),
                        _ => {}
                    }
                    self.heard(message);
                }
                Post::Local(None) => {
                    let end = self.said.take().unwrap_or(End::Left);
                    self.over(end);
                }
            }
        }
    }

    fn over(&mut self, end: End) {
        if !matches!(self.stage, Stage::Over) {
            self.stage = Stage::Over;
            (self.tell)(FarNews::Over(end));
        }
    }

    /// The table can't be shown here.
    fn no_table(&mut self, why: String) {
        self.over(End::Packs(why));
        if let Some(line) = self.line.upgrade() {
            Far { line }.leave();
        }
    }

    fn heard(&mut self, message: FromTable) {
        match (&mut self.stage, message) {
            (Stage::Over, _) => {}
            (_, FromTable::Entered(entered)) => (self.tell)(FarNews::Entered { called: entered.called }),
            (_, FromTable::Waiting { called }) => (self.tell)(FarNews::Waiting { called }),
            (_, FromTable::Tables(tables)) => (self.tell)(FarNews::Tables(tables)),
            (Stage::Open(about), FromTable::Welcome(welcome)) if welcome.setup != **about => {
                let why = self.language.text("online-other-setup");
                self.no_table(why);
            }
            (Stage::Open(_), message) => (self.tell)(FarNews::Heard(Box::new(message))),
            (Stage::Gathering(gathering, _), FromTable::Welcome(welcome)) if welcome.setup != *gathering.about() => {
                let why = self.language.text("online-other-setup");
                self.no_table(why);
            }
            (Stage::Gathering(_, held), message) if held.len() < HELD_MAX => held.push(message),
            (Stage::Gathering(..), _) => {
                let why = self.language.text("online-other-setup");
                self.no_table(why);
            }
            (Stage::Before, FromTable::Welcome(welcome)) => {
                let about = welcome.setup.clone();
                let begun = Gathering::begin(about, &self.library, self.copies.clone(), self.language.clone());
                match begun {
                    Ok(gathering) => {
                        let missing = gathering.missing();
                        self.stage = Stage::Gathering(Box::new(gathering), vec![FromTable::Welcome(welcome)]);
                        if !missing.is_empty() {
                            let ids = missing.iter().map(|pin| pin.id.clone()).collect();
                            (self.tell)(FarNews::Fetching(ids));
                        }
                        if let Some(line) = self.line.upgrade() {
                            match &*line {
                                Line::Remote(remote) => missing.iter().for_each(|pin| remote.fetch(pin.hash)),
                                // Who keeps a table has its packs.
                                Line::Local(_) => missing.iter().for_each(|pin| self.pack(pin.hash, None)),
                            }
                        }
                        self.open_if_whole();
                    }
                    Err(why) => self.no_table(why),
                }
            }
            // Out of turn, and of no use before there is a table.
            (Stage::Before, _) => {}
        }
    }

    fn pack(&mut self, hash: [u8; 32], bytes: Option<Vec<u8>>) {
        let Stage::Gathering(gathering, _) = &mut self.stage else { return };
        match gathering.take(hash, bytes) {
            Ok(()) => self.open_if_whole(),
            Err(why) => self.no_table(why),
        }
    }

    fn open_if_whole(&mut self) {
        let Stage::Gathering(gathering, held) = &mut self.stage else { return };
        if !gathering.missing().is_empty() {
            return;
        }
        match gathering.table() {
            Ok(table) => {
                let held = std::mem::take(held);
                self.stage = Stage::Open(Box::new(table.about.clone()));
                (self.tell)(FarNews::Opened(Box::new(table)));
                held.into_iter().for_each(|message| (self.tell)(FarNews::Heard(Box::new(message))));
            }
            Err(why) => self.no_table(why),
        }
    }
}
