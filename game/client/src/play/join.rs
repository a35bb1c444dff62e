//! `instep join`: to a table elsewhere, or back to one.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use instep_net::{Call, Trust};
use instep_protocol::{Answer, Ask, Invite, InviteFault, Role, Way};
use instep_words::{Language, say};

use super::session::{By, Coming, Session};
use super::{bots, lookup, refused, terminal};
use crate::calls::{As, JoinCall};
use crate::online::last::{last_there, today};
use crate::online::{Far, FarNews, Keeper, Place, Places, PlacesTrouble, keep_name, lan, ways};
use crate::problem::Problem;
use crate::{language, out};

/// Joins, and plays until it is left or closed.
pub(crate) fn join(call: &JoinCall) -> Result<(), Problem> {
    let data = super::data_folder(call.data.as_deref())?;
    let language = language::current();
    let places = Places::of(&data);
    let listed = places.list().map_err(|e| unkept(&language, &e))?;
    if let Some(aside) = &listed.aside {
        let file = aside.display().to_string();
        out::folded(&language.with("online-places-aside", &[("file", (&file).into())]))?;
    }
    if call.list {
        return list(&language, &listed.places);
    }
    if let Some(server) = &call.server {
        let server = ways::Server::read(server).map_err(|_| Problem::Call(language.text("online-server-address")))?;
        let Some(table) = call.table else { return open_tables(server, &data, &language) };
        let name = name(call, &listed.places, &language)?;
        let way = Way::Public { table, name: name.clone() };
        let to = Call { addresses: vec![server.address], trust: server.trust, way, before: None };
        return come_in(call, to, name, places, data);
    }
    let place = match (&call.invite, call.nearby) {
        (Some(text), _) => {
            let (invite, trust) = ways::read(text.trim()).map_err(|fault| no_invite(&language, fault))?;
            // No authority vouches for a bare address of a room's network; whoever can be found there says who it is.
            let trust = match &invite {
                Invite::Code { address, .. } if trust == Trust::Authorities => lan::trust_at(address).unwrap_or(trust),
                _ => trust,
            };
            if let Some(place) = before(call, &invite, trust, &listed.places).cloned() {
                match come_back(place.clone(), &places, &data, &language) {
                    Ok(session) => return play(call, session),
                    // Their place is gone, and the invite may be a new one.
                    Err(_) if places.list().is_ok_and(|now| now.places.iter().all(|p| p.id != place.id)) => {}
                    Err(problem) => return Err(problem),
                }
            }
            let name = name(call, &listed.places, &language)?;
            return come_in(call, ways::call(invite, trust, &name, role(call.role)), name, places, data);
        }
        (None, Some(n)) => {
            let Some(nearby) = nearby(&language, n)? else { return Ok(()) };
            let name = name(call, &listed.places, &language)?;
            let way = Way::Public { table: nearby.table, name: name.clone() };
            let trust = nearby.trust();
            let call_there = Call { addresses: nearby.addresses, trust, way, before: None };
            return come_in(call, call_there, name, places, data);
        }
        (None, None) => back_to(call, &listed.places, &language)?.clone(),
    };
    play(call, come_back(place, &places, &data, &language)?)
}

fn role(role: As) -> Role {
    match role {
        As::Player => Role::Player,
        As::Observer => Role::Observer,
        As::Screen => Role::SharedScreen,
    }
}

fn come_in(call: &JoinCall, to: Call, name: String, places: Places, data: PathBuf) -> Result<(), Problem> {
    keep_name(&data, &name);
    let keeper = Keeper { places: Some(places), addresses: to.addresses.clone(), trust: to.trust, name, place: None };
    let coming = Coming::Call { call: Box::new(to), keeper: Box::new(keeper), data };
    play(call, Session::come(coming, out::folded)?)
}

fn come_back(place: Place, places: &Places, data: &Path, language: &Language) -> Result<Session, Problem> {
    let Some(to) = place.call() else { return Err(Problem::Wrong(language.text("online-no-place"))) };
    let args = [("table", place.title().into()), ("name", (&place.name).into())];
    out::folded(&language.with("online-coming-back", &args))?;
    let name = place.name.clone();
    let (addresses, trust) = (to.addresses.clone(), to.trust);
    let keeper = Keeper { places: Some(places.clone()), addresses, trust, name, place: Some(place) };
    Session::come(Coming::Call { call: Box::new(to), keeper: Box::new(keeper), data: data.to_owned() }, out::folded)
}

fn play(call: &JoinCall, mut session: Session) -> Result<(), Problem> {
    let played = at_table(&mut session, &call.seat);
    session.leave(Duration::ZERO);
    played
}

/// Takes the seats that were asked for, and plays: whoever is at the keyboard, else a scripted player.
pub(super) fn at_table(session: &mut Session, seats: &[String]) -> Result<(), Problem> {
    take_seats(session, seats)?;
    let greeting = greeting(session);
    session.greeting.extend(greeting);
    match std::io::stdin().is_terminal() {
        true => terminal::play(session),
        false => bots::play_own(session),
    }
}

fn take_seats(session: &mut Session, seats: &[String]) -> Result<(), Problem> {
    for text in seats {
        let Some(seat) = lookup::perspective(session.packs(), text) else {
            let ids: Vec<&str> = session.packs().perspectives().iter().map(|p| p.id.as_str()).collect();
            return Err(Problem::Call(format!("\"{text}\" is no seat: {} are.", ids.join(", "))));
        };
        if session.mirror().me().is_some_and(|me| me.seats.has(seat)) {
            continue;
        }
        if let Answer::Denied(denied) = session.ask(By::Room, Ask::TakeSeat(seat))? {
            return Err(Problem::Wrong(refused::denied(&session.view(), denied)));
        }
    }
    Ok(())
}

/// Where one is, and as whom.
fn greeting(session: &Session) -> Vec<String> {
    let (language, view) = (session.language(), session.view());
    let Some(me) = session.mirror().me() else { return Vec::new() };
    let seats = instep_rules::Perspective::ALL.into_iter().filter(|seat| me.seats.has(*seat));
    let seats: Vec<&str> = seats.map(|seat| say::seat(view.packs, seat)).collect();
    let here = view.people.people.iter().filter(|p| p.here).count();
    let mut lines = vec![language.with("online-you-are-in", &[("name", (&me.name).into()), ("people", here.into())])];
    lines.push(match (me.role, seats.is_empty()) {
        (Role::Observer | Role::SharedScreen, _) => language.text("terminal-looking-on"),
        (_, true) => language.text("terminal-no-seat"),
        (_, false) => language.with("online-you-play", &[("seats", (&seats.join(", ")).into())]),
    });
    lines
}

// What was typed

fn no_invite(language: &Language, fault: InviteFault) -> Problem {
    Problem::Wrong(language.text(match fault {
        InviteFault::Form => "online-invite-form",
        InviteFault::Address => "online-invite-address",
        InviteFault::Key => "online-invite-key",
        InviteFault::Fingerprint => "online-invite-fingerprint",
    }))
}

/// The place where somebody was who types the same invite again.
fn before<'p>(call: &JoinCall, invite: &Invite, trust: Trust, places: &'p [Place]) -> Option<&'p Place> {
    let Invite::Whole { addresses, key } = invite else { return None };
    let same_name = |place: &Place| call.name.as_ref().is_none_or(|name| place.name == name.trim());
    let mut here = places.iter().filter(|p| p.table == key.key.table && p.is_at(addresses, trust) && same_name(p));
    here.next().filter(|_| !call.new)
}

/// What somebody is called: as they say, as they were the last time, or as they type now.
fn name(call: &JoinCall, places: &[Place], language: &Language) -> Result<String, Problem> {
    if let Some(name) = call.name.as_ref().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        return Ok(name.to_owned());
    }
    if let Some(name) = places.first().map(|place| place.name.trim()).filter(|name| !name.is_empty()) {
        return Ok(name.to_owned());
    }
    let missing = || Problem::Call(language.text("online-name-missing"));
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    let asked = write!(std::io::stdout(), "{} ", language.text("online-your-name"));
    asked.and_then(|()| std::io::stdout().flush()).map_err(|_| Problem::Unheard)?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|_| missing())?;
    match line.trim() {
        "" => Err(missing()),
        name => Ok(name.to_owned()),
    }
}

// Where somebody was

fn unkept(language: &Language, trouble: &PlacesTrouble) -> Problem {
    let why = trouble.to_string();
    Problem::Machine(language.with("online-places-unread", &[("why", (&why).into())]))
}

fn list(language: &Language, places: &[Place]) -> Result<(), Problem> {
    if places.is_empty() {
        return out::folded(&language.text("online-no-places"));
    }
    places.iter().try_for_each(|place| out::folded(&line(language, place)))
}

fn line(language: &Language, place: &Place) -> String {
    let address = place.addresses.first().map_or("", String::as_str);
    let id = i64::try_from(place.id).unwrap_or(i64::MAX);
    let last = last_there(language, place, today());
    let args = [
        ("number", id.into()),
        ("table", place.title().into()),
        ("address", address.into()),
        ("name", (&place.name).into()),
        ("last", (&last).into()),
    ];
    language.with("online-place", &args)
}

/// Where to come back to: the place that was named, else the newest. Where there are several they are listed.
fn back_to<'p>(call: &JoinCall, places: &'p [Place], language: &Language) -> Result<&'p Place, Problem> {
    if let Some(id) = call.back {
        let place = places.iter().find(|place| place.id == id);
        return place.ok_or_else(|| Problem::Wrong(language.text("online-no-place")));
    }
    let newest = places.first().ok_or_else(|| Problem::Wrong(language.text("online-no-places")))?;
    if places.len() > 1 {
        list(language, places)?;
        out::folded(&language.text("online-newest-place"))?;
    }
    Ok(newest)
}

/// Lists the tables that a server shows to everyone.
fn open_tables(server: ways::Server, data: &Path, language: &Language) -> Result<(), Problem> {
    let runtime = crate::online::runtime()?;
    let (sender, news) = std::sync::mpsc::channel();
    let to = Call { addresses: vec![server.address], trust: server.trust, way: Way::List, before: None };
    let _far = Far::call(runtime.handle(), to, None, data, language.clone(), move |news| {
        let _ = sender.send(news);
    })?;
    while let Ok(news) = news.recv() {
        match news {
            FarNews::Tables(tables) if tables.is_empty() => return out::folded(&language.text("online-none-listed")),
            FarNews::Tables(tables) => {
                return tables.iter().try_for_each(|table| {
                    let args = [
                        ("number", i64::try_from(table.table).unwrap_or(i64::MAX).into()),
                        ("table", (&table.called).into()),
                        ("people", table.here.into()),
                        ("stones", table.stones.into()),
                    ];
                    out::folded(&language.with("online-listed", &args))
                });
            }
            FarNews::Over(end) => return Err(end.problem(language)),
            _ => {}
        }
    }
    Ok(())
}

/// The table on this network that was chosen; they are listed where none was.
fn nearby(language: &Language, chosen: Option<usize>) -> Result<Option<lan::Nearby>, Problem> {
    out::folded(&language.text("online-looking"))?;
    let mut look = lan::Look::start()?;
    std::thread::sleep(lan::LOOK_FOR);
    let found = look.found();
    if let Some(n) = chosen {
        let one = n.checked_sub(1).and_then(|n| found.into_iter().nth(n));
        return one.map(Some).ok_or_else(|| Problem::Wrong(language.text("online-not-found")));
    }
    if found.is_empty() {
        out::folded(&language.text("online-none-found"))?;
    }
    for (n, nearby) in found.iter().enumerate() {
        let address = nearby.addresses.first().map(ToString::to_string).unwrap_or_default();
        let called = if nearby.called.trim().is_empty() { &address } else { &nearby.called };
        let args = [("number", (n + 1).into()), ("table", called.into()), ("address", (&address).into())];
        out::folded(&language.with("online-found", &args))?;
    }
    Ok(None)
}
