//! Every screen and key moment, for tests that look at all of them.

use instep_protocol::{PersonId, WordKind};
use instep_rules::{Perspective, SeatSet};
use instep_ui::{Deed, Going, HostingWhat, Overlay, Saved, Screen, Surface};

use crate::elsewhere;
use crate::fixture::{At, Played, Shown};

/// Makes what is shown at a moment.
pub(crate) type Make = fn() -> Shown;

/// Every screen and key moment, with its name.
pub(crate) const MOMENTS: [(&str, Make); 62] = [
    ("home", || Shown::new(None)),
    ("home with a saved game", saved),
    ("a game that moved", || over(saved(), Overlay::Moved(MOVED))),
    ("thanks", || over(Shown::new(None), Overlay::About)),
    ("set-up", || Shown::new(None).screen(Screen::SetUp)),
    ("themes", || over(Shown::new(None).screen(Screen::SetUp), Overlay::Themes)),
    ("cards to look at first", || over(Shown::new(None).screen(Screen::SetUp), Overlay::Sensitive)),
    ("opening", || table(At::Opening)),
    ("roll", || table(At::Roll)),
    ("roll of a real die", real_die),
    ("walk", || table(At::Walk)),
    ("talk", || table(At::Talk)),
    ("talk where not all were heard", not_heard),
    ("long card", || table(At::LongCard)),
    ("poem", || table(At::Poem)),
    ("choose", || table(At::Choose)),
    ("place", || table(At::Place)),
    ("place any", || table(At::PlaceAny)),
    ("lift", || table(At::Lift)),
    ("mend", || table(At::Mend)),
    ("complete", || over(table(At::Complete), Overlay::Complete)),
    ("back after some days", || crate::told::back(30)),
    ("reading", || over(table(At::LongCard), Overlay::Reading)),
    ("note", || over(table(At::Talk), Overlay::Note)),
    ("undo", || over(table(At::Talk), Overlay::Undo)),
    ("more", || over(table(At::Talk), Overlay::More)),
    ("nothing to take back", || over(new_game(), Overlay::Undo)),
    ("more, where a die is to be rolled", || over(table(At::Roll), Overlay::More)),
    ("close question", || over(table(At::Talk), Overlay::Close)),
    ("in words", || over(table(At::Talk), Overlay::InWords)),
    ("settings", || over(table(At::Talk), Overlay::Settings)),
    ("keys", || over(table(At::Talk), Overlay::Keys)),
    ("choosing a key", choosing_a_key),
    ("how to play", || over(table(At::Talk), Overlay::HowTo(3))),
    ("paused", paused),
    ("room", || on_the_wall(At::Place)),
    ("room while people talk", || on_the_wall(At::Talk)),
    ("closed", || table(At::Complete).screen(Screen::Close)),
    ("home with tables elsewhere", elsewhere::home_with_places),
    ("join", elsewhere::join),
    ("join that was refused", elsewhere::join_refused),
    ("connecting", || elsewhere::on_the_way(Going::Connecting { host: "instep.example.org" })),
    ("in the waiting room", || elsewhere::on_the_way(Going::Waiting { called: "Tuesday group" })),
    ("host from this computer", || elsewhere::host(false)),
    ("host at a server", || elsewhere::host(true)),
    ("open up", open_up),
    ("set-up of a hosted game", hosted),
    ("lobby of the facilitator", || elsewhere::lobby(1)),
    ("lobby of a player", || elsewhere::lobby(3)),
    ("lobby of one who looks on", || elsewhere::lobby(6)),
    ("lobby without a facilitator", elsewhere::lobby_alone),
    ("lobby while the connection is lost", || elsewhere::lost(elsewhere::lobby(1))),
    ("online talk of the facilitator", || elsewhere::chatting(At::Talk, 1)),
    ("online place, as another plays", || elsewhere::at_as(At::Place, 6)),
    ("online roll, reconnecting", || elsewhere::lost(elsewhere::chatting(At::Roll, 2))),
    ("online chat beside the board", || elsewhere::chat_drawer(At::Roll)),
    ("chat", || over(elsewhere::chatting(At::Talk, 2), Overlay::Chat)),
    ("chat of the facilitator", || over(elsewhere::chatting(At::Talk, 1), Overlay::Chat)),
    ("question before somebody is asked to leave", || elsewhere::question(Overlay::SendAway(PersonId(3)))),
    ("question before a table closes for others", || elsewhere::question(Overlay::Leave(false))),
    ("those who wait for a table", crate::leaving::without_them),
    ("a screen for the room", || elsewhere::at_as(At::Talk, 7)),
];

fn open_up() -> Shown {
    let mut shown = elsewhere::online(table(At::Roll)).screen(Screen::Host);
    shown.state.hosting_what = HostingWhat::ThisTable;
    shown.state.hosting.at_server = true;
    shown
}

fn hosted() -> Shown {
    let mut shown = elsewhere::host(true).screen(Screen::SetUp);
    shown.state.hosts = true;
    shown
}

/// A table in the middle of a session: with notes, a planned end, and a word that nobody has sent yet.
pub(crate) fn whole(mut played: Played) -> Shown {
    played.say(WordKind::Note, None, "Who decides what is \u{201c}small\u{201d}?");
    played.say(WordKind::Note, Some(Perspective::Third), "Our Friday yes-list. Copy it?");
    let mut shown = Shown::new(Some(played));
    shown.state.desk.planned = Some(instep_ui::Planned { began_ms: shown.now_ms, minutes: 60, turns: 17 });
    shown
}

/// The table at a moment of a game of seven stones.
pub(crate) fn table(at: At) -> Shown {
    whole(Played::at(at, 7))
}

/// With something lying over it.
pub(crate) fn over(mut shown: Shown, overlay: Overlay) -> Shown {
    shown.state.overlays = vec![overlay];
    shown
}

/// A game that moved to a server.
pub(crate) const MOVED: i64 = 4;

pub(crate) fn saved() -> Shown {
    let mut shown = Shown::new(None);
    let saved = |table, closed| {
        let moved = (table == MOVED).then(|| "moved to instep.example.org:4433 on 12 November".to_owned());
        Saved { table, packs: "Path to personalisation".into(), stones: 5, closed, moved }
    };
    shown.saved = vec![saved(MOVED, false), saved(3, false), saved(2, true), saved(1, false)];
    shown.notices = vec!["The saved games could not all be read: `instep recover` copies what is whole.".into()];
    shown
}

fn new_game() -> Shown {
    Shown::new(Some(Played::new(7, 1)))
}

fn real_die() -> Shown {
    let mut played = Played::at(At::Roll, 7);
    let facilitator = instep_rules::Who { seat: None, facilitator: true };
    played.act(facilitator, instep_rules::Command::Set(instep_rules::Setting::RealDie(true)));
    whole(played)
}

fn not_heard() -> Shown {
    let mut played = Played::at(At::Talk, 7);
    played.people.not_heard = Some(SeatSet::NONE.with(Perspective::First).with(Perspective::Fourth));
    whole(played)
}

fn choosing_a_key() -> Shown {
    let mut shown = over(table(At::Talk), Overlay::Keys);
    shown.state.choosing_key = Some(Deed::Roll);
    shown
}

fn paused() -> Shown {
    let mut shown = table(At::Talk);
    shown.played.as_mut().unwrap().people.paused = true;
    shown
}

/// On the room's own surface, while the desk knows what the room must not see.
fn on_the_wall(at: At) -> Shown {
    let mut shown = table(at);
    shown.played.as_mut().unwrap().people.not_heard = Some(SeatSet::NONE.with(Perspective::Second));
    shown.state.desk.drafts.note = "A draft of a note".into();
    shown.state.desk.drafts.reason = "A draft of a reason".into();
    shown.surface = Surface::Room;
    shown
}
