//! Tables with people elsewhere, on the table's own thread: it waits for names, disks and ports, so that the window never
//! does.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use instep_net::{Call, Trust, bring, dial};
use instep_protocol::{
    Address, Denied, Invite, NewTableWish, PersonId, PublicTable, Refused, Role, ServerName, TableKey, Token, Way,
};
use instep_server::{Moved, Room, Stored, TableId};
use instep_ui::{Choices, HostAt, Join, JoinBy};
use instep_words::capital;
use tokio::runtime::Runtime;

use super::alarm::Waker;
use super::host::Told;
use crate::language;
use crate::online::last::Turn;
use crate::online::moves::{self, Move};
use crate::online::{
    self, End, Far, FarNews, Keeper, Listed, Open, Place, Places, PlacesTrouble, lan, net_trouble, ways,
};
use crate::play::new::New;
use crate::problem::Problem;

/// What the window asks for of tables elsewhere.
pub(super) enum Elsewhere {
    /// Which places are there to come back to?
    Places,
    Join(Box<Join>),
    Return(u64),
    /// Back to the Nth place of the list, or to the newest.
    Back(Option<u64>),
    LetGo(u64),
    /// Whose turn it is at a place where one is.
    Note(u64, Turn),
    Cancel,
    Host(Box<instep_ui::Host>, Box<Choices>),
    OpenUp(Box<instep_ui::Host>),
    TryNow,
    Look(bool),
    List(ServerName),
    /// A second end for the room's window: as this person, or with this key.
    Screen(Option<PersonId>, Option<TableKey>),
    ScreenAway,
    /// Whether people on this network find the open table, and what it is called.
    Found(bool, String),
}

/// What the window is told of them.
pub(super) enum Reached {
    Places(Vec<Place>),
    /// What is on its way.
    Going(Going),
    /// One has a place already where one comes to, under this name.
    Again(String),
    /// It did not come to anything.
    Setback(Setback),
    Nearby(Vec<lan::Nearby>),
    Listed(Address, Vec<PublicTable>),
    /// A table is about to be opened: where it is, and which game it is where this computer keeps it.
    At {
        addresses: Vec<Address>,
        trust: Trust,
        game: Option<i64>,
        made: bool,
    },
    /// Of the table's end with this number.
    Far(u64, FarNews),
    /// Of the room's window's end with this number.
    Screen(u64, FarNews),
    /// The room's window can't be there any more as whom it was, and may come as somebody new.
    ScreenAnew(u64),
}

/// What is on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Going {
    Nowhere,
    Connecting(String),
    Making,
    Moving(String),
}

/// Why something did not come to anything.
pub(super) enum Setback {
    End(End),
    Said(String),
}

/// A table elsewhere, or one of this computer that others come to.
pub(super) struct FarPlaying {
    pub(super) far: Far,
    pub(super) screen: Option<Far>,
    /// Dropped last: the ends above are its own.
    pub(super) open: Option<Open>,
    pub(super) table: TableId,
    /// Who one is there, where this computer keeps it.
    pub(super) person: Option<PersonId>,
    addresses: Vec<Address>,
    trust: Trust,
}

impl FarPlaying {
    /// Leaves it. Where it is kept here, everyone is told, and everything is kept.
    pub(super) fn leave(self) {
        let Self { far, screen, open, .. } = self;
        drop(screen);
        far.leave();
        if let Some(open) = open {
            open.stop();
        }
        drop(far);
    }
}

/// What the thread has of the network.
pub(super) struct Network {
    data: PathBuf,
    sender: Sender<Told>,
    waker: Waker,
    /// Made when it is first needed.
    runtime: Option<Runtime>,
    look: Option<lan::Look>,
    listing: Option<Far>,
    /// The server that was asked for its list last, and whom to trust there.
    listed: Option<(Address, Trust)>,
    /// Whom the room's window was at each table elsewhere: it is the same for as long as the program runs.
    screens: Arc<Mutex<Vec<Place>>>,
    /// Each end has a number: what an older one still says is not heard.
    ends: u64,
}

impl Network {
    pub(super) fn new(data: PathBuf, sender: Sender<Told>, waker: Waker) -> Self {
        Self {
            data,
            sender,
            waker,
            runtime: None,
            look: None,
            listing: None,
            listed: None,
            screens: Arc::default(),
            ends: 0,
        }
    }

    pub(super) fn tell(&self, reached: Reached) {
        let _ = self.sender.send(Told::Reached(Box::new(reached)));
        self.waker.wake();
    }

    pub(super) fn setback(&self, problem: &Problem) {
        self.tell(Reached::Setback(Setback::Said(problem.to_string())));
    }

    /// The number of the end that is made next.
    pub(super) fn next_end(&mut self) -> u64 {
        self.ends += 1;
        self.ends
    }

    fn runtime(&mut self) -> Result<&Runtime, Problem> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => online::runtime()?,
        };
        Ok(self.runtime.insert(runtime))
    }

    fn teller(&mut self, wrap: fn(u64, FarNews) -> Reached) -> impl FnMut(FarNews) + Send + 'static {
        let (number, sender, waker) = (self.next_end(), self.sender.clone(), self.waker.clone());
        move |news| {
            let _ = sender.send(Told::Reached(Box::new(wrap(number, news))));
            waker.wake();
        }
    }

    /// Whether something has to be looked at again and again.
    pub(super) fn looks(&self) -> bool {
        self.look.is_some()
    }

    /// What has been found on this network so far.
    pub(super) fn look_again(&mut self) {
        if let Some(look) = &mut self.look {
            let found = look.found();
            self.tell(Reached::Nearby(found));
        }
    }

    pub(super) fn look(&mut self, look: bool) {
        self.look = None;
        if look {
            match lan::Look::start() {
                Ok(look) => self.look = Some(look),
                Err(problem) => self.setback(&problem),
            }
        }
    }

    pub(super) fn places(&self) {
        self.tell_places(Places::of(&self.data).list());
    }

    pub(super) fn tell_places(&self, listed: Result<Listed, PlacesTrouble>) {
        match listed {
            Ok(listed) => {
                if let Some(aside) = listed.aside {
                    let name = aside.display().to_string();
                    let told = language::current().with("online-places-aside", &[("file", (&name).into())]);
                    let _ = self.sender.send(Told::Trouble(told));
                }
                self.tell(Reached::Places(listed.places));
            }
            Err(e) => {
                let _ = self.sender.send(Told::Trouble(capital(&format!("{e}."))));
                self.waker.wake();
            }
        }
    }

    pub(super) fn let_go(&self, id: u64) {
        let places = Places::of(&self.data);
        if let Ok(listed) = places.list()
            && let Some(place) = listed.places.iter().find(|p| p.id == id)
        {
            match places.forget(place) {
                Ok(()) => super::desks::let_go(&self.data, place),
                Err(e) => drop(self.sender.send(Told::Trouble(capital(&format!("{e}."))))),
            }
        }
        self.places();
    }

    /// Notes whose turn it is, for the list of places.
    pub(super) fn note(&self, id: u64, turn: &Turn) {
        // It is only for the list: what can't be written is not known the next time.
        let _ = Places::of(&self.data).note(id, turn);
    }

    /// Asks a server for its list.
    pub(super) fn list(&mut self, server: ServerName) {
        let ServerName { address, fingerprint } = server;
        let trust = ways::trust(fingerprint);
        self.listed = Some((address.clone(), trust));
        let call = Call { addresses: vec![address.clone()], trust, way: Way::List, before: None };
        let (sender, waker) = (self.sender.clone(), self.waker.clone());
        let tell = move |news| {
            let reached = match news {
                FarNews::Tables(tables) => Reached::Listed(address.clone(), tables),
                FarNews::Over(End::Left) => return,
                FarNews::Over(end) => Reached::Setback(Setback::End(end)),
                _ => return,
            };
            let _ = sender.send(Told::Reached(Box::new(reached)));
            waker.wake();
        };
        let data = self.data.clone();
        let listing = self
            .runtime()
            .map(|runtime| runtime.handle().clone())
            .and_then(|handle| Far::call(&handle, call, None, &data, language::current(), tell));
        match listing {
            Ok(far) => self.listing = Some(far),
            Err(problem) => self.setback(&problem),
        }
    }

    /// Calls a table, and keeps the place there.
    fn call(&mut self, call: Call, name: String, place: Option<Place>, made: bool) -> Result<FarPlaying, Problem> {
        let (addresses, trust) = (call.addresses.clone(), call.trust);
        let host = addresses.first().map_or_else(String::new, |a| a.host.clone());
        let keeper = Keeper { places: Some(Places::of(&self.data)), addresses: addresses.clone(), trust, name, place };
        self.tell(Reached::Going(if made { Going::Making } else { Going::Connecting(host) }));
        self.tell(Reached::At { addresses: addresses.clone(), trust, game: None, made });
        let table = match &call.way {
            Way::Resume { token, .. } => TableId(token.table.cast_signed()),
            _ => TableId(0),
        };
        let handle = self.runtime()?.handle().clone();
        let tell = self.teller(Reached::Far);
        let far = Far::call(&handle, call, Some(keeper), &self.data, language::current(), tell)?;
        Ok(FarPlaying { far, screen: None, open: None, table, person: None, addresses, trust })
    }

    /// What was found on this network at an address.
    fn found_at(&mut self, address: &Address) -> Option<lan::Nearby> {
        let found = self.look.as_mut().map(lan::Look::found).unwrap_or_default();
        found.into_iter().find(|nearby| nearby.addresses.contains(address))
    }

    pub(super) fn join(&mut self, join: Join) -> Result<FarPlaying, Problem> {
        let Join { by, name, role } = join;
        let call = match by {
            JoinBy::Invite(invite) => {
                let trust = match &invite {
                    Invite::Whole { key, .. } => ways::trust(key.fingerprint),
                    // A computer on this network has no authority's certificate: what was found there says whom to trust.
                    Invite::Code { address, .. } => {
                        let found = self.found_at(address).map(|found| found.trust());
                        found.or_else(|| lan::trust_at(address)).unwrap_or(Trust::Authorities)
                    }
                };
                ways::call(invite, trust, &name, role)
            }
            JoinBy::Code { server: ServerName { address, fingerprint }, code } => {
                ways::call(Invite::Code { address, code }, ways::trust(fingerprint), &name, role)
            }
            JoinBy::Listed { address, table } => {
                // What was found on this network says itself whom to trust there, and whoever typed a server's
                // fingerprint to see its tables has said so.
                let found = self.found_at(&address);
                let listed = self.listed.as_ref().filter(|(at, _)| *at == address).map(|(_, trust)| *trust);
                let trust = found.as_ref().map(lan::Nearby::trust).or(listed).unwrap_or(Trust::Authorities);
                let addresses = found.map_or_else(|| vec![address], |found| found.addresses);
                Call { addresses, trust, way: Way::Public { table, name: name.clone() }, before: None }
            }
        };
        // Whoever has a place there is back in it, and does not become somebody new beside themselves.
        if let Some(place) = self.before(&call, &name).filter(|_| role != Role::SharedScreen) {
            self.tell(Reached::Again(place.name));
            return self.come_back(place.id);
        }
        self.call(call, name, None, false)
    }

    /// The place that somebody of this name has at the table that is called. A code does not say which table it opens.
    fn before(&self, call: &Call, name: &str) -> Option<Place> {
        let table = match &call.way {
            Way::Invite { key, .. } => key.table,
            Way::Public { table, .. } => *table,
            _ => return None,
        };
        let places = Places::of(&self.data).list().ok()?.places;
        let is_here =
            |p: &Place| p.table == table && p.is_at(&call.addresses, call.trust) && p.name.trim() == name.trim();
        places.into_iter().find(is_here)
    }

    /// The number of the Nth place of the list, or of the newest.
    pub(super) fn nth(&self, n: Option<u64>) -> Option<u64> {
        let places = Places::of(&self.data).list().ok()?.places;
        let at = usize::try_from(n.unwrap_or(1).checked_sub(1)?).ok()?;
        places.get(at).map(|place| place.id)
    }

    pub(super) fn come_back(&mut self, id: u64) -> Result<FarPlaying, Problem> {
        let listed = Places::of(&self.data).list().map_err(|e| Problem::Machine(capital(&format!("{e}."))))?;
        let place = listed.places.into_iter().find(|place| place.id == id);
        let found = place.and_then(|place| place.call().map(|call| (call, place)));
        let Some((call, place)) = found else {
            return Err(Problem::Wrong(language::current().text("enter-not-good-any-more")));
        };
        self.call(call, place.name.clone(), Some(place), false)
    }

    /// A new table at a server.
    pub(super) fn make(&mut self, new: New, host: &instep_ui::Host) -> Result<FarPlaying, Problem> {
        let HostAt::Server { address, fingerprint, pass, public } = &host.at else {
            return Err(Problem::Machine(language::current().text("denied-not-taken")));
        };
        // They are found again by their hash, wherever they came from.
        instep_server::pinned::keep(&self.data.join("packs"), &new.packs)?;
        let wish = NewTableWish {
            setup: new.made.about,
            called: host.called.clone(),
            name: host.name.clone(),
            public: *public,
            pass: pass.clone(),
        };
        let trust = ways::trust(*fingerprint);
        let way = Way::Create(Box::new(wish));
        let call = Call { addresses: vec![address.clone()], trust, way, before: None };
        self.call(call, host.name.clone(), None, true)
    }

    /// Opens a table of this computer's to others. Nobody holds the folder when this is called.
    pub(super) fn open(&mut self, table: TableId, person: PersonId) -> Result<FarPlaying, Problem> {
        self.tell(Reached::Going(Going::Making));
        let open = Open::start(&self.data, None)?;
        let (addresses, trust) = (open.addresses(), open.trust());
        self.tell(Reached::At { addresses: addresses.clone(), trust, game: Some(table.0), made: true });
        let tell = self.teller(Reached::Far);
        let far = open.far(table, person, language::current(), tell)?;
        Ok(FarPlaying { far, screen: None, open: Some(open), table, person: Some(person), addresses, trust })
    }

    /// Moves a table of this computer's to a server. Nobody holds the folder when this is called.
    pub(super) fn move_away(&mut self, table: TableId, host: &instep_ui::Host) -> Result<FarPlaying, Problem> {
        let HostAt::Server { address, fingerprint, pass, .. } = &host.at else {
            return Err(Problem::Machine(language::current().text("denied-not-taken")));
        };
        self.tell(Reached::Going(Going::Moving(address.host.clone())));
        let stored = Stored::open(&self.data)?.table(table)?;
        let bytes = Moved::of(stored, &self.data.join("packs"))?.to_bytes();
        // Before the server has it: whatever happens in between, it is never played in two places unasked.
        moves::note(&self.data, &Move::now(table.0, address)).map_err(|e| {
            let why = e.to_string();
            Problem::Machine(language::current().with("online-not-moved", &[("why", (&why).into())]))
        })?;
        let trust = ways::trust(*fingerprint);
        let addresses = vec![address.clone()];
        let brought: Result<Result<Token, _>, _> = self.runtime()?.block_on(async {
            let mut wire = dial(&addresses, trust).await?;
            bring(&mut wire, &bytes, pass, &host.name).await
        });
        let language = language::current();
        let token = match brought {
            Ok(Ok(token)) => token,
            not => {
                let _ = moves::take_back(&self.data, table.0);
                return Err(match not {
                    Ok(Err(why)) => Problem::Wrong(instep_words::say::not_let_in(&language, why)),
                    Err(trouble) => net_trouble(&language, &trouble),
                    Ok(Ok(_)) => Problem::Machine(language.text("denied-not-taken")),
                });
            }
        };
        // On disk before anything else: from here on the server has the table.
        let mut place = Place::new(&addresses, trust, &token);
        (place.name, place.called, place.moved_from) = (host.name.clone(), host.called.clone(), Some(table.0));
        let kept = Places::of(&self.data).keep(&place);
        let call = Call { addresses, trust, way: Way::Resume { token, have: 0 }, before: None };
        let playing = self.call(call, host.name.clone(), Some(place), true);
        if let Err(e) = kept {
            // One is there all the same: this token is the only way to the table.
            let told = language.with("online-place-not-kept", &[("why", (&e.to_string()).into())]);
            let _ = self.sender.send(Told::Trouble(told));
            self.waker.wake();
        }
        playing
    }

    /// The room's window gets an end of its own, which is told only what a room may see.
    pub(super) fn screen(
        &mut self,
        playing: &mut FarPlaying,
        person: Option<PersonId>,
        key: Option<TableKey>,
    ) -> Result<(), Problem> {
        // The one before goes first: it may be the same person.
        playing.screen = None;
        playing.screen = match (&playing.open, key) {
            (Some(open), _) => match person.or_else(|| open.add_screen(playing.table)) {
                Some(person) => {
                    let tell = self.teller(Reached::Screen);
                    Some(open.far(playing.table, person, language::current(), tell)?)
                }
                None => None,
            },
            (None, Some(key)) => Some(self.screen_there(&playing.addresses, playing.trust, key)?),
            (None, None) => None,
        };
        Ok(())
    }

    /// The room's window at a table elsewhere: as whom it was there before, else as somebody new.
    fn screen_there(&mut self, addresses: &[Address], trust: Trust, key: TableKey) -> Result<Far, Problem> {
        let language = language::current();
        let name = language.text("ui-room-screen");
        let screens = Arc::clone(&self.screens);
        let at = addresses.to_vec();
        let is_here = move |place: &Place| place.table == key.table && place.is_at(&at, trust);
        let before = locked(&screens).iter().find(|place| is_here(place)).cloned();
        let back = before.as_ref().and_then(Place::call);
        let comes_back = back.is_some();
        let call = back.unwrap_or_else(|| {
            let way = Way::Invite { key, name: name.clone(), role: Role::SharedScreen };
            Call { addresses: addresses.to_vec(), trust, way, before: None }
        });
        let keeper =
            Keeper { places: None, addresses: addresses.to_vec(), trust, name, place: before.filter(|_| comes_back) };
        let handle = self.runtime()?.handle().clone();
        let number = self.next_end();
        let (sender, waker) = (self.sender.clone(), self.waker.clone());
        let tell = move |news| {
            let mut reached: fn(u64, FarNews) -> Reached = Reached::Screen;
            match &news {
                FarNews::Place(place) => {
                    let mut screens = locked(&screens);
                    screens.retain(|old| !is_here(old));
                    screens.push((**place).clone());
                }
                FarNews::Over(End::Refused(Refused::NotGoodAnyMore)) => {
                    locked(&screens).retain(|old| !is_here(old));
                    if comes_back {
                        reached = |number, _| Reached::ScreenAnew(number);
                    }
                }
                FarNews::Over(End::Goodbye(Denied::SentAway)) => locked(&screens).retain(|old| !is_here(old)),
                _ => {}
            }
            let _ = sender.send(Told::Reached(Box::new(reached(number, news))));
            waker.wake();
        };
        Far::call(&handle, call, Some(keeper), &self.data, language, tell)
    }
}

fn locked(screens: &Mutex<Vec<Place>>) -> MutexGuard<'_, Vec<Place>> {
    screens.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The newest table of a room, and its facilitator; the room is put down, so that the folder is free.
pub(super) fn put_down(room: Room) -> (TableId, PersonId) {
    let at = (room.table(), room.creator());
    drop(room);
    at
}
