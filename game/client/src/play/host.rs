//! `instep host`: a table for others, on this computer or at a server.

use std::path::Path;
use std::time::Duration;

use instep_content::Library;
use instep_net::Call;
use instep_protocol::{Answer, Ask, NewTableWish, Way};
use instep_words::Language;

use super::session::{By, Coming, Session};
use super::{join, refused, setup, terminal};
use crate::calls::HostCall;
use crate::online::{Keeper, Open, Places, keep_name, last_name, ways};
use crate::problem::Problem;
use crate::{language, out};

/// How long those who are still there may take to hear the end.
const ENDS_WITHIN: Duration = Duration::from_secs(3);

/// Opens a table to others, and plays until it is left or closed.
pub(crate) fn host(call: &HostCall) -> Result<(), Problem> {
    let data = super::data_folder(call.data.as_deref())?;
    let language = language::current();
    let mut session = match &call.server {
        Some(server) => at_server(call, server, &data, name(call, &data, &language), &language)?,
        None => here(call, &data, &language)?,
    };
    if let Some(said) = said(call) {
        keep_name(&data, &said);
    }
    terminal::invite(&session).iter().try_for_each(out::line)?;
    let played = join::at_table(&mut session, &call.seat);
    let written = call.record.as_deref().map_or(Ok(()), |dir| {
        session.record(dir)?;
        out::line(format_args!("The record is in {}.", dir.display()))
    });
    let closed = session.mirror().game().state().closed();
    session.leave(if closed { ENDS_WITHIN } else { Duration::ZERO });
    match (played, written) {
        (Err(played), Err(written)) => Err(played.and(&written.to_string())),
        (played, written) => played.and(written),
    }
}

/// What the facilitator says that they are called.
fn said(call: &HostCall) -> Option<String> {
    call.name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// What the facilitator is called: as they say, as they were the last time, or by what they do.
fn name(call: &HostCall, data: &Path, language: &Language) -> String {
    said(call).or_else(|| last_name(data)).unwrap_or_else(|| {
        let last = Places::of(data).list().ok().and_then(|listed| listed.places.into_iter().next());
        last.map(|place| place.name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| language.text("online-facilitator"))
    })
}

/// On this computer.
fn here(call: &HostCall, data: &Path, language: &Language) -> Result<Session, Problem> {
    let opened = setup::open(&call.game())?;
    let (table, person, greeting) = (opened.room.table(), opened.room.creator(), opened.greeting);
    // It is on disk: from here on others come to it too.
    drop(opened.room);
    let open = Open::start(data, call.listen)?;
    let mut session = Session::come(Coming::Open { open: Box::new(open), table, person }, out::folded)?;
    session.greeting = greeting;
    // Whoever opens it again is who they were, unless they say otherwise.
    let nobody = ["".to_owned(), language.text("online-facilitator")];
    let known = session.mirror().me().is_some_and(|me| !nobody.contains(&me.name));
    if said(call).is_some() || !known {
        asks(&mut session, Ask::Name(name(call, data, language)))?;
    }
    if let Some(called) = &call.called {
        asks(&mut session, Ask::Call(called.clone()))?;
    }
    // Whether it can be found is chosen each time.
    if session.mirror().door().is_some_and(|door| door.public != call.found) {
        asks(&mut session, Ask::Public(call.found))?;
    }
    if call.found {
        session.announce()?;
    }
    Ok(session)
}

fn asks(session: &mut Session, ask: Ask) -> Result<(), Problem> {
    match session.ask(By::Room, ask)? {
        Answer::Denied(denied) => Err(Problem::Wrong(refused::denied(&session.view(), denied))),
        Answer::Done { .. } | Answer::Counted { .. } => Ok(()),
    }
}

/// At a server, which has to have the packs.
fn at_server(
    call: &HostCall,
    server: &str,
    data: &Path,
    name: String,
    language: &Language,
) -> Result<Session, Problem> {
    let server = ways::Server::read(server).map_err(|_| Problem::Call(language.text("online-server-address")))?;
    let library = Library::new(Some(data));
    let (new, greeting) = setup::new_game(&call.game(), &library)?;
    // They are found again by their hash, wherever they came from.
    instep_server::pinned::keep(&data.join("packs"), &new.packs)?;
    let wish = NewTableWish {
        setup: new.made.about,
        called: call.called.clone().unwrap_or_default(),
        name: name.clone(),
        public: call.public,
        pass: call.pass.clone().unwrap_or_default(),
    };
    let (addresses, trust) = (vec![server.address], server.trust);
    let keeper = Keeper { places: Some(Places::of(data)), addresses: addresses.clone(), trust, name, place: None };
    let to = Call { addresses, trust, way: Way::Create(Box::new(wish)), before: None };
    let coming = Coming::Call { call: Box::new(to), keeper: Box::new(keeper), data: data.to_owned() };
    let mut session = Session::come(coming, out::folded)?;
    session.greeting = greeting;
    Ok(session)
}
