//! What the window knows of tables elsewhere, and the model that its screens look at.

use instep_net::LinkState;
use instep_protocol::{Address, Denied, Door, FromTable, Mirror, News, PersonId, PublicTable, Role};
use instep_ui::{Coming, Going, Here, Line, Listed, Nearby, Online, Place, Qr, Screen, Setback, Wish};
use instep_words::{Language, say};

use super::again::Coming as ComingTo;
use super::desks::DeskOf;
use super::elsewhere::{self, Elsewhere, Reached};
use super::host::{End as Whose, Order};
use super::shell::{Arriving, Known, OpenTable, Shell};
use crate::calls::As;
use crate::online::last::{Turn, last_there, today};
use crate::online::{End, FarNews, FarTable, Squares, hear, invite, lan, last_name, net_trouble};

/// Tables that are there have answered after so long; what comes later is shown all the same.
const LOOKS_FOR_MS: u64 = 4_000;

/// What is known of tables elsewhere.
#[derive(Default)]
pub(super) struct Others {
    pub(super) name: String,
    pub(super) coming: ComingTo,
    pub(super) places: Vec<Place>,
    nearby: Vec<Nearby>,
    /// Since when tables on this network are looked for.
    looking_since_ms: Option<u64>,
    listed: Option<(String, Vec<PublicTable>)>,
    going: Underway,
    setback: Option<Trouble>,
    pub(super) here: Option<AtTable>,
    /// Where the table that is on its way is; it is here once it is open.
    at: Option<AtTable>,
    /// The ends that are listened to: the table's and the room's window's.
    end: u64,
    screen: u64,
}

/// What is on its way.
#[derive(Default)]
enum Underway {
    #[default]
    Nowhere,
    Is(elsewhere::Going),
    Trying(String),
    Waiting(String),
}

/// Why something did not come to anything.
enum Trouble {
    End(End, String),
    Said(String),
}

/// The open table, as one that others come to.
pub(super) struct AtTable {
    addresses: Vec<Address>,
    trust: instep_net::Trust,
    on_this_computer: bool,
    /// The game's number, where this computer keeps it; else one's place there, once one is in.
    game: Option<i64>,
    place: Option<Box<crate::online::Place>>,
    /// Whose turn it is, as it was noted last.
    noted: Option<Turn>,
    /// Just made: who is there is shown first.
    made: bool,
    called: String,
    pub(super) line: Line,
    invite: String,
    qr: Option<Squares>,
    spoken: String,
    /// The table's door, for those who may see it.
    door: Option<Door>,
    /// Whether people on this network find it.
    found: bool,
}

impl Others {
    /// What screens look at. `mirror` is the open table's.
    pub(super) fn model<'a>(&'a self, mirror: Option<&'a Mirror>, now_ms: u64) -> Online<'a> {
        Online {
            name: &self.name,
            places: &self.places,
            nearby: &self.nearby,
            looking: self.looking_since_ms.is_some_and(|since| now_ms.saturating_sub(since) < LOOKS_FOR_MS),
            listed: self.listed.as_ref().map(|(address, tables)| Listed { address, tables }),
            going: match &self.going {
                Underway::Nowhere => Going::Nowhere,
                Underway::Is(elsewhere::Going::Nowhere) => Going::Nowhere,
                Underway::Is(elsewhere::Going::Connecting(host)) => Going::Connecting { host },
                Underway::Is(elsewhere::Going::Making) => Going::Making,
                Underway::Is(elsewhere::Going::Moving(host)) => Going::Moving { host },
                Underway::Trying(why) => Going::Trying { why },
                Underway::Waiting(called) => Going::Waiting { called },
            },
            setback: self.setback.as_ref().map(|trouble| match trouble {
                Trouble::End(End::Refused(why), _) => Setback::Refused(*why),
                Trouble::End(_, said) | Trouble::Said(said) => Setback::Said(said),
            }),
            here: self.here.as_ref().map(|at| Here {
                you: mirror.and_then(Mirror::me).map(|me| me.id),
                called: &at.called,
                line: at.line,
                unanswered: mirror.is_some_and(|m| m.unanswered().next().is_some()),
                on_this_computer: at.on_this_computer,
                has_record: at.on_this_computer,
                door: at.door.as_ref(),
                invite: &at.invite,
                qr: at.qr.as_ref().map(|squares| Qr { side: squares.side, dark: &squares.dark }),
                spoken: &at.spoken,
            }),
        }
    }

    /// Whether a table of others is open.
    pub(super) fn is_far(&self) -> bool {
        self.here.is_some()
    }
}

impl AtTable {
    /// A table at these addresses that nothing is known of yet.
    pub(super) fn at(addresses: Vec<Address>, trust: instep_net::Trust, game: Option<i64>, made: bool) -> Self {
        Self {
            addresses,
            trust,
            on_this_computer: game.is_some(),
            game,
            place: None,
            noted: None,
            made,
            called: String::new(),
            line: Line::Connected,
            invite: String::new(),
            qr: None,
            spoken: String::new(),
            door: None,
            found: false,
        }
    }

    /// The door as it is now, and the invite that opens it.
    pub(super) fn see_door(&mut self, door: Option<&Door>) {
        let same = match (&self.door, door) {
            (Some(old), Some(new)) => (old.key, &old.code, old.public) == (new.key, &new.code, new.public),
            _ => false,
        };
        self.door = door.cloned();
        let Some(door) = door else { return };
        self.called.clone_from(&door.called);
        if same {
            return;
        }
        self.invite = invite(&self.addresses, self.trust, door).to_string();
        self.qr = Squares::of(&self.invite);
        let code = door.code.split_at_checked(3).map_or_else(|| door.code.clone(), |(a, b)| format!("{a}-{b}"));
        // It leads somewhere only where an authority vouches for the server, or this network tells of its certificate.
        let leads = self.trust == instep_net::Trust::Authorities || self.on_this_computer && door.public;
        self.spoken = match self.addresses.first().filter(|_| leads) {
            Some(address) if address.port == instep_protocol::PORT => format!("{}/{code}", address.host),
            Some(address) => format!("{address}/{code}"),
            None => String::new(),
        };
    }

    /// Whether people on this network are to find it, where that has just changed.
    fn found_anew(&mut self) -> Option<bool> {
        let found = self.on_this_computer && self.door.as_ref().is_some_and(|door| door.public);
        (std::mem::replace(&mut self.found, found) != found).then_some(found)
    }
}

impl Shell {
    /// Begins where a call asks for.
    pub(super) fn begin_at(&mut self, first: super::First) {
        match first {
            super::First::Home | super::First::Play(_) => {}
            super::First::Join(call) => {
                self.state.joining.name.clone_from(&call.name);
                self.state.joining.coming = match call.role {
                    As::Player => Coming::Playing,
                    As::Observer => Coming::LookingOn,
                    As::Screen => Coming::Screen,
                };
                match (&call.invite, call.back) {
                    (Some(invite), _) => self.state.invited(invite),
                    (None, back) => self.host.order(Order::Elsewhere(Elsewhere::Back(back))),
                }
            }
            super::First::Host(call) => {
                let hosting = &mut self.state.hosting;
                hosting.at_server = call.server.is_some();
                hosting.address = call.server.unwrap_or_default();
                hosting.with_pass = call.pass.is_some();
                hosting.pass = call.pass.unwrap_or_default();
                hosting.called = call.called.unwrap_or_default();
                hosting.public = call.public;
                hosting.name = call.name;
                self.state.screen = Screen::Host;
            }
        }
    }

    /// Does what is wanted of tables elsewhere; the clipboard's are done by whoever called this.
    pub(super) fn wish(&mut self, wish: Wish) {
        self.note_wish(&wish);
        let others = &mut self.known.others;
        others.setback = None;
        let order = match wish {
            Wish::Look(look) => {
                others.looking_since_ms = look.then(|| self.known.clock.now_ms());
                others.nearby.clear();
                Elsewhere::Look(look)
            }
            Wish::List(address) => {
                others.listed = None;
                Elsewhere::List(address)
            }
            Wish::Join(join) => Elsewhere::Join(join),
            Wish::Return(id) => Elsewhere::Return(id),
            Wish::LetGo(id) => Elsewhere::LetGo(id),
            Wish::Cancel => Elsewhere::Cancel,
            Wish::Host(host, choices) => Elsewhere::Host(host, choices),
            Wish::OpenUp(host) => Elsewhere::OpenUp(host),
            Wish::TryNow => Elsewhere::TryNow,
            // Done by whoever called this.
            Wish::Paste | Wish::Copy(_) => return,
        };
        self.host.order(Order::Elsewhere(order));
    }

    pub(super) fn reached(&mut self, reached: Reached) {
        let others = &mut self.known.others;
        match reached {
            Reached::Places(places) => {
                if others.name.is_empty() {
                    let newest = || places.first().map(|newest| newest.name.clone());
                    others.name = last_name(&self.data).or_else(newest).unwrap_or_default();
                }
                let language = &self.known.language;
                others.places = places.iter().map(|kept| place(language, kept)).collect();
            }
            Reached::Going(going) => {
                others.going = Underway::Is(going);
            }
            Reached::Setback(setback) => {
                others.going = Underway::Nowhere;
                others.at = None;
                others.setback = Some(match setback {
                    elsewhere::Setback::End(end) => {
                        let said = end.problem(&self.known.language).to_string();
                        Trouble::End(end, said)
                    }
                    elsewhere::Setback::Said(said) => Trouble::Said(said),
                });
            }
            Reached::Again(name) => others.coming.back_as(name),
            Reached::Nearby(found) => others.nearby = found.iter().filter_map(nearby).collect(),
            Reached::Listed(address, tables) => others.listed = Some((address.to_string(), tables)),
            Reached::At { addresses, trust, game, made } => {
                others.at = Some(AtTable::at(addresses, trust, game, made));
                // Before anything is told of this table, such as that one's place there can't be kept.
                self.known.notices.clear();
            }
            Reached::Far(end, news) => {
                // The newest end is the one that was made last.
                if end >= others.end {
                    others.end = end;
                    self.far(news);
                }
            }
            Reached::Screen(end, news) => {
                if end >= others.screen {
                    others.screen = end;
                    self.screen(news);
                }
            }
            Reached::ScreenAnew(end) => {
                if end >= others.screen {
                    others.screen = end;
                    if self.known.projector_open && self.known.others.is_far() {
                        self.open_screen();
                    }
                }
            }
        }
    }

    /// Whose turn it is, is noted as it changes: one may be gone at any moment.
    pub(super) fn note_turn(&mut self) {
        let Some(table) = self.known.table.as_ref().filter(|table| table.arriving.is_none()) else { return };
        let Some(here) = &mut self.known.others.here else { return };
        let Some(place) = here.place.as_ref().map(|place| place.id) else { return };
        let turn = Turn::now(&table.view(&self.known.language), table.mirror.me());
        if here.noted.as_ref() != Some(&turn) {
            here.noted = Some(turn.clone());
            self.host.order(Order::Elsewhere(Elsewhere::Note(place, turn)));
        }
    }

    /// Whatever is still said of tables elsewhere is of the past.
    pub(super) fn left_others(&mut self) {
        let others = &mut self.known.others;
        others.here = None;
        others.at = None;
        others.going = Underway::Nowhere;
    }

    fn far(&mut self, news: FarNews) {
        let now_ms = self.known.clock.now_ms();
        let others = &mut self.known.others;
        let line = others.here.as_mut().map(|here| &mut here.line);
        match news {
            FarNews::Link(state) => match (state, line) {
                (LinkState::Connected, Some(line)) => *line = Line::Connected,
                (LinkState::Lost { .. }, Some(line)) if line.is_up() => *line = Line::Lost { since_ms: now_ms },
                // Whoever comes back waits for a table that may not be there: they are told why.
                (LinkState::Lost { why, .. }, None) if others.at.is_some() => {
                    others.going = Underway::Trying(net_trouble(&self.known.language, &why).to_string());
                }
                _ => {}
            },
            FarNews::Place(place) => {
                if let Some(at) = others.at.as_mut().or(others.here.as_mut()) {
                    at.place = Some(place);
                }
            }
            FarNews::Waiting { called } => others.going = Underway::Waiting(called),
            FarNews::Entered { called } => {
                if let Some(at) = others.here.as_mut().or(others.at.as_mut()) {
                    at.called = called;
                }
            }
            FarNews::Fetching(_) => {}
            FarNews::Opened(table) => self.far_opened(*table),
            FarNews::Heard(message) => self.far_heard(*message),
            FarNews::Tables(_) => {}
            FarNews::Trouble(why) => self.known.notice(why),
            FarNews::Over(end) => self.far_over(end),
        }
    }

    fn far_opened(&mut self, table: FarTable) {
        let FarTable { packs, table, about: _ } = table;
        let others = &mut self.known.others;
        others.here = others.at.take();
        let of = match &others.here {
            Some(AtTable { place: Some(place), .. }) => Some(DeskOf::place(place)),
            Some(AtTable { game: Some(id), .. }) => Some(DeskOf::Game(*id)),
            // Nobody comes in without a place. What is not known again keeps nothing: another table would find it.
            _ => None,
        };
        let desk = match &self.known.table {
            // It was open here, and is now open to others: what lies on its desk stays.
            Some(_) => Some(self.state.desk.clone()),
            None => of.as_ref().and_then(|of| self.desks.find(of, self.keeper.waiting(of))),
        };
        let mirror = Mirror::new(table.setup.clone());
        let arriving = Some(Arriving { last: None, desk });
        self.known.table = Some(OpenTable { desk: of, packs, table, mirror, stopped: None, arriving });
    }

    fn far_heard(&mut self, message: FromTable) {
        let closing = matches!(message, FromTable::Goodbye(Denied::Closing));
        let now_ms = self.known.clock.now_ms();
        let Some(table) = &mut self.known.table else { return };
        let (news, again) = hear(&mut table.mirror, message);
        for message in again {
            self.host.order(Order::Say(Whose::Desk, message));
        }
        if let Some(here) = &mut self.known.others.here {
            here.see_door(table.mirror.door());
            if let Some(found) = here.found_anew() {
                self.host.order(Order::Elsewhere(Elsewhere::Found(found, here.called.clone())));
            }
        }
        match news {
            None => {}
            Some(News::Goodbye(_)) if closing => {
                if let Some(here) = &mut self.known.others.here {
                    here.line = Line::Closing { since_ms: now_ms };
                }
            }
            // What follows says how it goes on.
            Some(News::Goodbye(_)) => {}
            Some(news) => {
                let arrived = table.arriving.is_some();
                self.took(&news);
                self.note_turn();
                let arrived = arrived && self.known.table.as_ref().is_some_and(|t| t.arriving.is_none());
                if arrived {
                    self.far_arrived();
                }
            }
        }
    }

    /// Everything is here: the screens show it from now on.
    fn far_arrived(&mut self) {
        let others = &mut self.known.others;
        others.going = Underway::Nowhere;
        let made = others.here.as_mut().is_some_and(|here| std::mem::take(&mut here.made));
        let me = self.known.table.as_ref().and_then(|table| table.mirror.me());
        let facilitates = me.is_some_and(|me| me.role == Role::Facilitator);
        // Whoever comes back to their seat is led to the table, and not to those who are at it.
        let back = self.state.desk.seen > 0 && me.is_some_and(|me| !me.seats.is_empty());
        if made || !(facilitates || back) {
            self.state.gather();
        }
        self.came_back();
        if let Some(host) = self.hosting.take() {
            self.ask(instep_protocol::Ask::Name(host.name));
            if !host.called.is_empty() {
                self.ask(instep_protocol::Ask::Call(host.called));
            }
        }
        if self.known.projector_open {
            self.open_screen();
        }
    }

    fn far_over(&mut self, end: End) {
        if self.known.others.here.is_none() && self.comes_anew(&end) {
            return;
        }
        let language = &self.known.language;
        let said = end.problem(language).to_string();
        let others = &mut self.known.others;
        others.going = Underway::Nowhere;
        others.at = None;
        match (&mut others.here, end) {
            (Some(_), End::Left) | (None, End::Left) => {}
            (Some(here), End::Goodbye(why)) => here.line = Line::Ended(why),
            (Some(here), End::Refused(why)) => here.line = Line::NotLetIn(why),
            (Some(_), _) => {
                if let Some(table) = &mut self.known.table {
                    table.stopped.get_or_insert(said);
                }
            }
            (None, end) => others.setback = Some(Trouble::End(end, said)),
        }
        self.host.order(Order::Elsewhere(Elsewhere::Places));
    }

    /// The room's window gets an end of its own.
    pub(super) fn open_screen(&mut self) {
        let key = self.known.table.as_ref().and_then(|t| t.mirror.door()).map(|door| door.key);
        self.host.order(Order::Elsewhere(Elsewhere::Screen(self.screen_person(), key)));
    }

    /// The room's person of an earlier time, who can be used again where the table is kept here.
    fn screen_person(&self) -> Option<PersonId> {
        let here = self.known.others.here.as_ref().is_some_and(|here| here.on_this_computer);
        if here { self.room_person() } else { None }
    }

    fn screen(&mut self, news: FarNews) {
        match news {
            FarNews::Opened(table) => self.known.room = Some(Mirror::new(table.table.setup.clone())),
            FarNews::Heard(message) => {
                let Some(mirror) = &mut self.known.room else { return };
                for message in hear(mirror, *message).1 {
                    self.host.order(Order::Say(Whose::Room, message));
                }
            }
            _ => {}
        }
    }
}

impl Known {
    /// A sentence for what a table says when it ends.
    pub(super) fn goodbye(&self, why: Denied) -> Option<String> {
        self.table.as_ref().map(|table| say::denied(&table.view(&self.language), why))
    }
}

fn place(language: &Language, place: &crate::online::Place) -> Place {
    let host = place.addresses.first().and_then(|a| a.parse::<Address>().ok()).map_or_else(String::new, |a| a.host);
    let last = last_there(language, place, today());
    Place {
        id: place.id,
        called: place.called.clone(),
        host,
        name: place.name.clone(),
        last,
        copy_here: place.moved_from.is_some(),
    }
}

fn nearby(found: &lan::Nearby) -> Option<Nearby> {
    let address = found.addresses.first()?.to_string();
    Some(Nearby { called: found.called.clone(), address, table: Some(found.table) })
}
