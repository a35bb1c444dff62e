//! Commands and pages of a table with others: who is there, seats, the chat, and the facilitator's door.

use instep_protocol::{Ask, Person, PersonId, Role};
use instep_rules::{Outcome, Perspective};
use instep_words::{View, capital, say};

use super::read::{Page, Said};
use crate::online::Squares;
use crate::play::session::{By, Session};
use crate::play::{lookup, words};

/// What a person is called: their name, or a number where they have none.
pub(super) fn name(view: &View<'_>, id: PersonId) -> String {
    let name = view.people.people.iter().find(|p| p.id == id).map(|p| p.name.trim()).filter(|name| !name.is_empty());
    match name {
        Some(name) => name.to_owned(),
        None => view.language.with("online-person", &[("number", id.0.into())]),
    }
}

/// What a key means that only a table with others has.
pub(super) fn read(session: &Session, key: &str, rest: &str) -> Option<Said> {
    if !session.is_online() {
        return None;
    }
    let language = session.language();
    let ask = |ask| Some(Said::ask(By::Room, ask));
    let unknown = |id: &str| Some(Said::Unknown(language.text(id)));
    let person = |text: &str| text.parse().ok().map(PersonId);
    let seat = |text: &str| lookup::perspective(session.packs(), text);
    let (first, second) = words::split(rest);
    Some(match key {
        "seats" | "who" if rest.is_empty() => Said::Show(Page::Seats),
        "invite" if rest.is_empty() => Said::Show(Page::Invite),
        "new-invite" if rest.is_empty() => return ask(Ask::NewInvite),
        "waiting" if rest.is_empty() => Said::Show(Page::Waiting),
        "claim" if rest.is_empty() => return ask(Ask::ClaimFacilitator),
        "chat" if rest.is_empty() => Said::Show(Page::Chat),
        "chat" => match rest.to_lowercase().as_str() {
            "on" => return ask(Ask::LetChat(true)),
            "off" => return ask(Ask::LetChat(false)),
            _ => return ask(Ask::Chat { text: rest.to_owned(), nonce: words::nonce(rest) }),
        },
        "name" if rest.is_empty() => return unknown("terminal-name-what"),
        "name" => return ask(Ask::Name(rest.to_owned())),
        "team" if rest.is_empty() => return unknown("terminal-team-what"),
        "team" => {
            let seat = own_seat(session).unwrap_or(session.mirror().game().state().seat());
            return ask(words::note(Some(seat), instep_protocol::WordKind::TeamName, rest));
        }
        "point" if rest.eq_ignore_ascii_case("card") => return ask(Ask::PointCard),
        "point" => match lookup::outcome(session.packs(), rest) {
            Some(outcome) => return ask(Ask::Point(outcome)),
            None => return unknown("terminal-point-what"),
        },
        "take" => match seat(rest) {
            Some(seat) => return ask(Ask::TakeSeat(seat)),
            None => return unknown("terminal-take-what"),
        },
        "leave" => match seat(rest) {
            Some(seat) => return ask(Ask::LeaveSeat(seat)),
            None => return unknown("terminal-leave-what"),
        },
        "admit" if rest.is_empty() || rest.eq_ignore_ascii_case("all") => return Some(admit(session, rest.is_empty())),
        "admit" => match (first.parse(), role(second).or_else(|| second.is_empty().then_some(Role::Player))) {
            (Ok(waiting), Some(role)) => return ask(Ask::Admit { waiting, role }),
            _ => return unknown("terminal-admit-what"),
        },
        "turn-away" => match rest.parse() {
            Ok(waiting) => return ask(Ask::TurnAway { waiting }),
            Err(_) => return unknown("terminal-turn-away-what"),
        },
        "mute" | "unmute" => match person(rest) {
            Some(person) => return ask(Ask::Mute { person, muted: key == "mute" }),
            None => return unknown("terminal-person-what"),
        },
        "send-away" => match person(rest) {
            Some(person) => return ask(Ask::SendAway { person }),
            None => return unknown("terminal-person-what"),
        },
        // With a word after it, it begins a line of a script.
        "facilitator" => match person(rest) {
            Some(person) => return ask(Ask::GiveRole { person, role: Role::Facilitator }),
            None if rest.is_empty() => return unknown("terminal-person-what"),
            None => return None,
        },
        "hand-over" => match (person(rest), session.mirror().me()) {
            // In this order: a table never is without.
            (Some(person), Some(me)) if person != me.id => {
                let to = Ask::GiveRole { person, role: Role::Facilitator };
                return Some(Said::AskAll(vec![to, Ask::GiveRole { person: me.id, role: Role::Player }]));
            }
            _ => return unknown("terminal-person-what"),
        },
        "role" => match (person(first), role(second)) {
            (Some(person), Some(role)) => return ask(Ask::GiveRole { person, role }),
            _ => return unknown("terminal-role-what"),
        },
        "speaker" => match (seat(first), person(second)) {
            (Some(seat), Some(person)) => return ask(Ask::MakeSpeaker { seat, person }),
            _ => return unknown("terminal-speaker-what"),
        },
        "listed" => match rest.to_lowercase().as_str() {
            "on" => return ask(Ask::Public(true)),
            "off" => return ask(Ask::Public(false)),
            _ => return unknown("terminal-listed-what"),
        },
        _ => return None,
    })
}

/// Lets in whoever waits: all of them, or the one, where it is clear who is meant.
fn admit(session: &Session, one: bool) -> Said {
    let language = session.language();
    let Some(door) = session.mirror().door() else { return Said::Unknown(language.text("denied-only-facilitator")) };
    match door.waiting.len() {
        0 => Said::Unknown(language.text("terminal-nobody-waits")),
        2.. if one => Said::Unknown(language.text("terminal-admit-what")),
        _ => {
            let admit = |waits: &instep_protocol::Waiting| Ask::Admit { waiting: waits.id, role: Role::Player };
            Said::AskAll(door.waiting.iter().map(admit).collect())
        }
    }
}

/// How many wait to be let in, for whoever can let them in.
pub(super) fn waits(session: &Session) -> Option<String> {
    let count = session.mirror().door()?.waiting.len();
    (count > 0).then(|| session.language().with("terminal-some-wait", &[("count", count.into())]))
}

fn role(text: &str) -> Option<Role> {
    match text.to_lowercase().as_str() {
        "player" => Some(Role::Player),
        "observer" => Some(Role::Observer),
        "screen" => Some(Role::SharedScreen),
        "facilitator" => Some(Role::Facilitator),
        _ => None,
    }
}

/// The one seat that this person holds, if it is one.
fn own_seat(session: &Session) -> Option<Perspective> {
    let seats = session.mirror().me()?.seats;
    let mut own = Perspective::ALL.into_iter().filter(|seat| seats.has(*seat));
    own.next().filter(|_| own.next().is_none())
}

/// The keys that a table with others has beside the usual ones.
pub(super) fn help(session: &Session) -> Vec<String> {
    let language = session.language();
    let mut ids = vec![
        "terminal-help-others",
        "terminal-help-seats",
        "terminal-help-take",
        "terminal-help-name",
        "terminal-help-team",
        "terminal-help-point",
        "terminal-help-chat",
        "terminal-help-claim",
    ];
    if session.mirror().door().is_some() {
        ids.extend([
            "terminal-help-door",
            "terminal-help-invite",
            "terminal-help-waiting",
            "terminal-help-admit",
            "terminal-help-chat-on",
            "terminal-help-mute",
            "terminal-help-send-away",
            "terminal-help-hand-over",
            "terminal-help-facilitator",
            "terminal-help-speaker",
            "terminal-help-listed",
        ]);
    }
    ids.into_iter().map(|id| language.text(id)).collect()
}

/// What stands at the prompt while it is for others to act.
pub(super) fn anothers_turn(session: &Session) -> Vec<String> {
    let view = session.view();
    let language = session.language();
    let seat = view.state().seat();
    let team: Vec<String> = team(&view, seat).map(|p| name(&view, p.id)).collect();
    let turn = say::whose_turn(&view);
    let mut lines = vec![match team.is_empty() {
        true => format!("{turn}."),
        false => {
            language.with("terminal-others-turn", &[("turn", (&turn).into()), ("people", (&team.join(", ")).into())])
        }
    }];
    let role = session.mirror().me().map(|me| me.role);
    if matches!(role, Some(Role::Observer | Role::SharedScreen)) {
        lines.push(language.text("terminal-looking-on"));
    } else if session.mirror().me().is_some_and(|me| me.seats.is_empty()) {
        lines.push(language.text("terminal-no-seat"));
    }
    lines
}

fn team<'v>(view: &View<'v>, seat: Perspective) -> impl Iterator<Item = &'v Person> {
    view.people.people.iter().filter(move |p| p.seats.has(seat))
}

/// Who is where.
pub(super) fn seats(session: &Session) -> Vec<String> {
    let view = session.view();
    let language = session.language();
    let mut lines = vec![language.text("terminal-seats")];
    for seat in Perspective::ALL {
        let speaker = view.people.speakers[seat.index()];
        let people: Vec<String> = team(&view, seat)
            .map(|p| {
                let mut text = name(&view, p.id);
                if speaker == Some(p.id) && team(&view, seat).count() > 1 {
                    text = language.with("terminal-speaks", &[("name", (&text).into())]);
                }
                match p.here {
                    true => text,
                    false => language.with("terminal-is-away", &[("name", (&text).into())]),
                }
            })
            .collect();
        let (called, people) = (capital(say::seat(view.packs, seat)), people.join(", "));
        let args = [("seat", (&called).into()), ("people", (&people).into())];
        lines.push(match people.is_empty() {
            true => language.with("terminal-seat-empty", &args[..1]),
            false if view.people.voiced.has(seat) => language.with("terminal-seat-voiced", &args),
            false => language.with("terminal-seat-held", &args),
        });
    }
    lines.push(language.text("terminal-people"));
    let me = session.mirror().me().map(|me| me.id);
    for person in &view.people.people {
        let mut about = vec![language.text(match person.role {
            Role::Player => "terminal-role-player",
            Role::Facilitator => "terminal-role-facilitator",
            Role::Observer => "terminal-role-observer",
            Role::SharedScreen => "terminal-role-screen",
        })];
        about.extend((Some(person.id) == me).then(|| language.text("terminal-you")));
        about.extend((!person.here).then(|| language.text("terminal-away")));
        about.extend(person.hand.then(|| language.text("terminal-hand-up")));
        about.extend(person.muted.then(|| language.text("terminal-muted")));
        let (name, about) = (name(&view, person.id), about.join(", "));
        lines.push(language.with(
            "terminal-person",
            &[("number", person.id.0.into()), ("name", (&name).into()), ("about", (&about).into())],
        ));
    }
    lines
}

/// Who waits at the door.
pub(super) fn waiting(session: &Session) -> Vec<String> {
    let language = session.language();
    let Some(door) = session.mirror().door() else { return vec![language.text("denied-only-facilitator")] };
    if door.waiting.is_empty() {
        return vec![language.text("terminal-nobody-waits")];
    }
    let line = |w: &instep_protocol::Waiting| {
        language.with("terminal-waits", &[("number", w.id.into()), ("name", (&w.name).into())])
    };
    let mut lines: Vec<String> = door.waiting.iter().map(line).collect();
    lines.push(language.text("terminal-waiting-how"));
    lines
}

/// What opens the table to others: the invite, its picture, and the code.
pub(crate) fn invite(session: &Session) -> Vec<String> {
    let language = session.language();
    let Some(invite) = session.invite() else { return vec![language.text("denied-only-facilitator")] };
    let invite = invite.to_string();
    let mut lines = vec![language.text("online-invite"), String::new(), invite.clone(), String::new()];
    if let Some(squares) = Squares::of(&invite) {
        lines.extend(squares.lines());
        lines.push(String::new());
    }
    if let Some(spoken) = session.spoken() {
        lines.push(language.with("online-code", &[("spoken", (&spoken).into())]));
    }
    lines
}

/// A stone's name, for a sentence about somebody who points at it.
pub(super) fn stone(view: &View<'_>, outcome: Outcome) -> String {
    say::stone(view.packs, outcome).to_owned()
}
