//! What others do, as lines to be read. What the log tells is told from the log.

use instep_protocol::{Door, Moment, People, Person, Role, Word, WordKind, WordText};
use instep_rules::Perspective;
use instep_words::{View, say};

use super::online::{name, stone};
use crate::play::session::{Happening, Session};

/// A line for each thing that happened.
pub(super) fn lines(session: &Session, happened: &[Happening]) -> Vec<String> {
    let view = session.view();
    let language = session.language();
    let mut lines = Vec::new();
    for happening in happened {
        match happening {
            Happening::Lost => lines.push(language.text("online-lost")),
            Happening::Back => lines.push(language.text("online-back")),
            Happening::Said(text) => lines.push(text.clone()),
            Happening::People(before) => people(session, before, &mut lines),
            Happening::Door(before) => door(session, before.as_deref(), &mut lines),
            Happening::Words(ids) => {
                let words = view.words.iter().filter(|w| ids.contains(&w.id));
                lines.extend(words.filter_map(|word| words_of(session, word)));
            }
            Happening::Moment(moment) => lines.extend(pointed(session, &view, *moment)),
        }
    }
    lines
}

/// Who has come to the door since this was last asked, by name; whatever else happened is put aside.
pub(crate) fn knocks(session: &mut Session) -> Vec<String> {
    let happened = session.take_happened();
    let Some(now) = session.mirror().door() else { return Vec::new() };
    let before = happened.iter().find_map(|happening| match happening {
        Happening::Door(before) => Some(before.as_deref().map_or(&[][..], |door| &door.waiting[..])),
        _ => None,
    });
    let Some(before) = before else { return Vec::new() };
    let new = now.waiting.iter().filter(|w| !before.iter().any(|old| old.id == w.id));
    new.map(|waits| waits.name.clone()).collect()
}

/// What leaving does to those who are here, where the table closes for them by it.
pub(super) fn left_behind(session: &Session) -> Option<String> {
    if !session.keeps_table() {
        return None;
    }
    let view = session.view();
    let me = session.mirror().me().map(|me| me.id);
    let others = view.people.people.iter().filter(|p| p.here && Some(p.id) != me && p.role != Role::SharedScreen);
    let names: Vec<String> = others.map(|p| name(&view, p.id)).collect();
    if names.is_empty() {
        return None;
    }
    let who = say::together(view.language, &names);
    let args = [("people", names.len().into()), ("who", (&who).into())];
    Some(view.language.with("terminal-leaves-others", &args))
}

/// What was said in writing.
pub(super) fn chat(session: &Session) -> Vec<String> {
    session.view().chat().filter_map(|word| said(session, word)).collect()
}

fn pointed(session: &Session, view: &View<'_>, moment: Moment) -> Option<String> {
    let (person, at) = match moment {
        Moment::Pointed { person, outcome } => (person, Some(outcome)),
        Moment::PointedAtCard { person } => (person, None),
    };
    if session.mirror().me().is_some_and(|me| me.id == person) {
        return None;
    }
    let name = name(view, person);
    Some(match at {
        Some(outcome) => {
            let stone = stone(view, outcome);
            view.language.with("online-points", &[("name", (&name).into()), ("stone", (&stone).into())])
        }
        None => view.language.with("online-points-card", &[("name", (&name).into())]),
    })
}

fn said(session: &Session, word: &Word) -> Option<String> {
    let view = session.view();
    let WordText::Said(text) = &word.text else { return None };
    let name = word.by.map(|by| name(&view, by)).unwrap_or_default();
    Some(view.language.with("online-says", &[("name", (&name).into()), ("text", text.into())]))
}

fn words_of(session: &Session, word: &Word) -> Option<String> {
    let view = session.view();
    let WordText::Said(text) = &word.text else { return None };
    match (word.kind, word.seat) {
        // The log has it.
        (WordKind::Step, _) => None,
        (WordKind::Chat, _) if word.by == session.mirror().me().map(|me| me.id) => None,
        (WordKind::Chat, _) => said(session, word),
        (WordKind::TeamName, Some(seat)) => {
            let seat = say::seat(view.packs, seat);
            Some(view.language.with("online-team-name", &[("seat", seat.into()), ("name", text.into())]))
        }
        (WordKind::Note | WordKind::Reason | WordKind::TeamName, _) => {
            Some(view.language.with("online-note", &[("text", text.into())]))
        }
    }
}

fn door(session: &Session, before: Option<&Door>, lines: &mut Vec<String>) {
    let Some(now) = session.mirror().door() else { return };
    let waited = |id: u32| before.is_some_and(|door| door.waiting.iter().any(|w| w.id == id));
    for waiting in now.waiting.iter().filter(|w| !waited(w.id)) {
        let args = [("number", waiting.id.into()), ("name", (&waiting.name).into())];
        lines.push(session.language().with("online-knocks", &args));
    }
    if before.is_some_and(|before| before.key != now.key) {
        lines.push(session.language().text("online-new-invite"));
    }
}

fn people(session: &Session, before: &People, lines: &mut Vec<String>) {
    let view = session.view();
    let language = session.language();
    let now = view.people;
    let me = session.mirror().me().map(|me| me.id);
    for person in now.people.iter().filter(|p| Some(p.id) != me) {
        let was = before.people.iter().find(|p| p.id == person.id);
        changes(&view, was, person, lines);
    }
    for gone in before.people.iter().filter(|p| !now.people.iter().any(|q| q.id == p.id)) {
        if !gone.name.is_empty() {
            lines.push(language.with("online-left-for-good", &[("name", (&gone.name).into())]));
        }
    }
    let own = |people: &People| people.people.iter().find(|p| Some(p.id) == me).map(|p| (p.role, p.muted));
    match (own(before), own(now)) {
        (Some((was, _)), Some((Role::Facilitator, _))) if was != Role::Facilitator => {
            lines.push(language.text("online-you-facilitate"));
        }
        (Some((was, _)), Some((is, _))) if was != is => lines.push(language.text("online-your-role-changed")),
        (Some((_, false)), Some((_, true))) => lines.push(language.text("denied-muted")),
        _ => {}
    }
    for seat in Perspective::ALL {
        if now.voiced.has(seat) && !before.voiced.has(seat) {
            let seat = say::seat(view.packs, seat);
            lines.push(language.with("online-voiced", &[("seat", seat.into())]));
        }
    }
    if now.paused != before.paused {
        lines.push(language.text(if now.paused { "online-paused" } else { "online-goes-on" }));
    }
    if now.chat != before.chat {
        lines.push(language.text(if now.chat { "online-chat-on" } else { "online-chat-off" }));
    }
    if let Some((votes, of)) = now.votes.filter(|_| now.votes != before.votes) {
        lines.push(language.with("online-votes", &[("votes", votes.into()), ("of", of.into())]));
    }
}

fn changes(view: &View<'_>, was: Option<&Person>, person: &Person, lines: &mut Vec<String>) {
    let language = view.language;
    let name = name(view, person.id);
    let with = |id: &str| language.with(id, &[("name", (&name).into())]);
    let Some(was) = was else {
        if person.here {
            lines.push(with("online-came"));
        }
        return;
    };
    match (was.here, person.here) {
        (false, true) => lines.push(with("online-came")),
        (true, false) => lines.push(with("online-went")),
        _ => {}
    }
    if !was.hand && person.hand {
        lines.push(with("online-hand"));
    }
    if was.role != person.role && person.role == Role::Facilitator {
        lines.push(with("online-facilitates"));
    }
    for seat in Perspective::ALL {
        let id = match (was.seats.has(seat), person.seats.has(seat)) {
            (false, true) => "online-takes",
            (true, false) => "online-leaves",
            _ => continue,
        };
        let seat = say::seat(view.packs, seat);
        lines.push(language.with(id, &[("name", (&name).into()), ("seat", seat.into())]));
    }
}
