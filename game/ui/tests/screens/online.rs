//! Joining, hosting, and the table while others are elsewhere: by keys, by name, and by what is wanted.

use egui::{Key, Vec2};
use instep_protocol::{Answer, Ask, Denied, Invite, Moment, News, PersonId, Refused, Role, WordKind};
use instep_rules::Outcome;
use instep_ui::{
    Drawer, Going, HostAt, HostingWhat, Intent, JoinBy, Kind, Line, Overlay, Screen, Sending, Setback, Wish,
};

use crate::elsewhere::{self, INVITE, at_as, chatting, lost, online, with};
use crate::fixture::{At, Shown, Window, harness, settle, show_instead};
use crate::hands::{choose, has_focus, key, letter, state, words};
use crate::moments::{over, table};
use crate::nodes::{announced, focused, nodes, press, pressable, read_out};

pub(crate) fn window(shown: Shown) -> Window {
    harness(shown, Vec2::new(1366.0, 768.0))
}

/// What was wanted since this was last asked.
pub(crate) fn wishes(window: &mut Window) -> Vec<Wish> {
    window
        .state_mut()
        .wanted
        .drain(..)
        .filter_map(|intent| match intent {
            Intent::Online(wish) => Some(wish),
            _ => None,
        })
        .collect()
}

/// What pressing something asks of the table.
pub(crate) fn asks(window: &mut Window, name: &str) -> Vec<Ask> {
    window.state_mut().wanted.clear();
    press(window, name, 0);
    let wanted = window.state_mut().wanted.drain(..);
    wanted.filter_map(|intent| if let Intent::Ask(ask) = intent { Some(ask) } else { None }).collect()
}

/// The names of what can be pressed, together.
pub(crate) fn all_names(window: &Window) -> String {
    pressable(window).join("\n")
}

#[test]
fn a_table_is_joined_by_keys_alone() {
    let mut window = window(online(Shown::new(None)));
    choose(&mut window, "Join a table");
    assert_eq!(state(&window).screen, Screen::Join);
    assert!(focused(&window).is_some_and(|field| field.is_field()), "the field is ready to be typed in");
    assert_eq!(wishes(&mut window), [Wish::Look(true)]);
    words(&mut window, "Instep.example.org/7k2-m0a");
    key(&mut window, Key::Enter);
    let Some(Wish::Join(join)) = wishes(&mut window).pop() else { panic!("Enter joins") };
    assert_eq!((join.name.as_str(), join.role), ("Fran", Role::Player));
    let by = JoinBy::Invite("instep.example.org/7k2-m0a".parse().unwrap());
    assert_eq!(join.by, by);
}

#[test]
fn an_invite_is_read_whatever_mail_made_of_it_and_one_comes_as_one_likes() {
    let mut shown = elsewhere::join();
    shown.state.joining.invite = format!(" {}\n {} ", &INVITE[..40], &INVITE[40..]);
    shown.state.joining.name = Some("  Ada ".into());
    let mut window = window(shown);
    choose(&mut window, "This is a screen for the room");
    choose(&mut window, "Join");
    let wanted = wishes(&mut window);
    let whole: Result<Invite, _> = INVITE.parse();
    match (whole, wanted.last()) {
        (Ok(invite), Some(Wish::Join(join))) => {
            assert_eq!((&join.by, join.role), (&JoinBy::Invite(invite), Role::SharedScreen));
            assert_eq!(join.name, "Ada");
        }
        (whole, wanted) => panic!("{whole:?} {wanted:?}"),
    }
}

#[test]
fn what_was_typed_survives_a_refusal_and_the_reason_is_seen_and_said() {
    let mut shown = elsewhere::join();
    shown.state.joining.invite = INVITE.into();
    shown.state.joining.name = Some("Ada".into());
    let mut window = window(shown);
    let change = |window: &mut Window, going, setback| {
        let elsewhere = window.state_mut().elsewhere.as_mut().unwrap();
        (elsewhere.going, elsewhere.setback) = (going, setback);
        settle(window);
    };
    change(&mut window, Going::Connecting { host: "192.168.1.7" }, None);
    assert!(announced(&window).contains("Connecting to 192.168.1.7"), "{}", announced(&window));
    assert_eq!(pressable(&window), ["Cancel"]);
    change(&mut window, Going::Nowhere, Some(Setback::Refused(Refused::NoSuchTable)));
    assert!(announced(&window).contains("No table opens with that"), "{}", announced(&window));
    assert!(read_out(&window).iter().any(|line| line.contains("No table opens with that")));
    let joining = &state(&window).joining;
    assert_eq!((joining.invite.as_str(), joining.name.as_deref()), (INVITE, Some("Ada")));
    assert!(nodes(&window).iter().any(|n| n.is_field() && n.text == INVITE));
    has_focus(&window, "after a refusal");
}

#[test]
fn what_can_t_be_read_is_told_in_words_and_asks_nobody() {
    let mut window = window(elsewhere::join());
    for (typed, said) in [
        ("", "Paste an invite here first"),
        ("hello", "can't be read as an invite"),
        ("7K2-M0A", "This is a code"),
        ("no where/7K2-M0A!", "can't be read"),
        ("INSTEP://a.example/7-EDQ6", "missing or has changed"),
        ("bad_host.example/7K2-M0A", "address in this can't be read"),
    ] {
        window.state_mut().state.joining.invite = typed.into();
        settle(&mut window);
        press(&mut window, "Join", 0);
        settle(&mut window);
        assert!(wishes(&mut window).is_empty(), "{typed}");
        let read = read_out(&window).join("\n");
        assert!(read.contains(said) && announced(&window).contains(said), "{typed}: {read}");
        assert_eq!(state(&window).joining.invite, typed);
    }
    window.state_mut().state.joining.invite = "instep.example.org".into();
    settle(&mut window);
    press(&mut window, "See its tables", 0);
    assert_eq!(wishes(&mut window), [Wish::List("instep.example.org".parse().unwrap())]);
}

#[test]
fn a_name_is_needed_and_what_was_typed_stays() {
    let mut shown = with(elsewhere::join(), |elsewhere| elsewhere.name.clear());
    shown.state.joining.invite = "instep.example.org/7K2M0A".into();
    let mut window = window(shown);
    press(&mut window, "Join", 0);
    settle(&mut window);
    assert!(wishes(&mut window).is_empty());
    assert!(focused(&window).is_some_and(|f| f.name.starts_with("Your name")), "the field that is missing has focus");
    words(&mut window, "Ada");
    choose(&mut window, "Join");
    assert!(matches!(wishes(&mut window).as_slice(), [Wish::Join(join)] if join.name == "Ada"));
}

#[test]
fn the_clipboard_is_asked_for_and_what_it_holds_is_shown() {
    let mut window = window(elsewhere::join());
    press(&mut window, "Paste", 0);
    assert_eq!(wishes(&mut window), [Wish::Paste]);
    window.state_mut().state.pasted(None);
    settle(&mut window);
    assert!(read_out(&window).iter().any(|line| line.starts_with("There is nothing to paste")));
    window.state_mut().state.pasted(Some("  a.example/7K2M0A\n"));
    settle(&mut window);
    assert_eq!(state(&window).joining.invite, "a.example/7K2M0A");
    // Of a whole mail the invite is left, and leads in.
    let mail = format!("Hello all,\n\n> come in with {}\n> {} on Tuesday.\n\nAnn", &INVITE[..50], &INVITE[50..]);
    window.state_mut().state.pasted(Some(&mail));
    settle(&mut window);
    assert_eq!(state(&window).joining.invite, INVITE);
    press(&mut window, "Join", 0);
    let by = JoinBy::Invite(INVITE.parse().unwrap());
    assert!(matches!(wishes(&mut window).as_slice(), [Wish::Join(join)] if join.by == by));
    assert!(!read_out(&window).iter().any(|line| line.starts_with("There is nothing to paste")));
}

#[test]
fn a_game_that_moved_is_read_or_gone_on_with_only_where_somebody_says_so() {
    let mut window = window(crate::moments::saved());
    let names = all_names(&window);
    let copy = "Path to personalisation, 5 stones (moved to instep.example.org:4433 on 12 November)";
    assert!(names.contains(copy), "{names}");
    // What is gone on with is the newest game that is still here.
    choose(&mut window, "Go on with your game: Path to personalisation, 5 stones");
    assert_eq!(window.state_mut().wanted.drain(..).next(), Some(Intent::Continue(3)));
    for (press_this, intent) in [
        ("Read the copy", Intent::Continue(crate::moments::MOVED)),
        ("Go on with the copy", Intent::TakeBack(crate::moments::MOVED)),
    ] {
        press(&mut window, copy, 0);
        settle(&mut window);
        assert!(read_out(&window).join(" ").contains("Then they are two games"));
        assert!(focused(&window).is_some_and(|focus| focus.name == "Read the copy"));
        window.state_mut().wanted.clear();
        press(&mut window, press_this, 0);
        settle(&mut window);
        assert_eq!(window.state_mut().wanted.drain(..).next(), Some(intent));
        assert!(state(&window).overlays.is_empty());
    }
}

#[test]
fn tables_nearby_and_listed_ones_are_joined_with_one_press() {
    let mut window = window(elsewhere::join_refused());
    for (name, number) in [("Tuesday group (192.168.1.7:4433)", 7), ("Open evening: 4 people are there, 5 stones", 9)] {
        press(&mut window, name, 0);
        let wanted = wishes(&mut window);
        assert!(
            matches!(wanted.as_slice(), [Wish::Join(join)] if matches!(join.by, JoinBy::Listed { table, .. } if table == number)),
            "{wanted:?}"
        );
    }
    // One that is not open to all: its code is asked for.
    press(&mut window, "192.168.1.7:4433", 0);
    settle(&mut window);
    assert!(wishes(&mut window).is_empty());
    assert_eq!(state(&window).joining.invite, "192.168.1.7:4433/");
    assert!(announced(&window).contains("type the code"), "{}", announced(&window));
}

#[test]
fn what_is_on_its_way_can_be_stopped_by_button_and_by_escape() {
    for going in
        [Going::Connecting { host: "a" }, Going::Waiting { called: "" }, Going::Making, Going::Moving { host: "a" }]
    {
        let mut window = window(elsewhere::on_the_way(going));
        has_focus(&window, "on the way");
        press(&mut window, "Cancel", 0);
        assert_eq!(wishes(&mut window), [Wish::Cancel]);
        key(&mut window, Key::Escape);
        assert_eq!(wishes(&mut window), [Wish::Cancel], "{going:?}");
        assert_eq!(state(&window).screen, Screen::Join);
    }
}

#[test]
fn a_new_table_is_hosted_by_keys_alone() {
    let mut window = window(online(Shown::new(None)));
    choose(&mut window, "Host for people elsewhere");
    assert_eq!(state(&window).screen, Screen::Host);
    has_focus(&window, "host");
    choose(&mut window, "Next");
    assert_eq!((state(&window).screen, state(&window).hosts), (Screen::SetUp, true));
    choose(&mut window, "Open the table");
    let wanted = wishes(&mut window);
    let [Wish::Host(host, choices)] = wanted.as_slice() else { panic!("{wanted:?}") };
    assert_eq!((&host.at, host.name.as_str()), (&HostAt::ThisComputer, "Fran"));
    assert_eq!(**choices, state(&window).choices);
    // Back the way one came, and a game of the room alone begins as before.
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).screen, Screen::Host);
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).screen, Screen::Home);
    choose(&mut window, "New game");
    assert!(!state(&window).hosts);
}

#[test]
fn a_server_s_address_is_needed_and_its_pass_is_asked_for_where_it_wants_one() {
    let mut window = window(elsewhere::host(false));
    assert!(read_out(&window).iter().any(|line| line.contains("This computer has to stay on")));
    choose(&mut window, "At a server");
    assert!(!nodes(&window).iter().any(|n| n.name == "The pass for making tables"));
    press(&mut window, "Next: choose the game", 0);
    settle(&mut window);
    assert_eq!(state(&window).screen, Screen::Host, "an address is missing");
    words(&mut window, "instep.example.org:4444");
    window.state_mut().elsewhere.as_mut().unwrap().setback = Some(Setback::Refused(Refused::PassNeeded));
    settle(&mut window);
    assert!(nodes(&window).iter().any(|n| n.is_field() && n.name == "The pass for making tables"));
    window.state_mut().state.hosting.pass = "open sesame".into();
    window.state_mut().state.hosting.public = true;
    settle(&mut window);
    press(&mut window, "Next: choose the game", 0);
    settle(&mut window);
    press(&mut window, "Open the table", 0);
    let wanted = wishes(&mut window);
    let [Wish::Host(host, _)] = wanted.as_slice() else { panic!("{wanted:?}") };
    let address = "instep.example.org:4444".parse().unwrap();
    assert_eq!(host.at, HostAt::Server { address, fingerprint: None, pass: "open sesame".into(), public: true });
}

#[test]
fn the_table_that_is_played_is_opened_to_people_elsewhere() {
    let mut window = window(over(online(table(At::Roll)), Overlay::More));
    choose(&mut window, "Open this table to people elsewhere");
    assert_eq!((state(&window).screen, state(&window).hosting_what), (Screen::Host, HostingWhat::ThisTable));
    let read = read_out(&window).join("\n");
    assert!(read.contains("firewall") && read.contains("use a server"), "{read}");
    press(&mut window, "Open it", 0);
    assert!(matches!(wishes(&mut window).as_slice(), [Wish::OpenUp(host)] if host.at == HostAt::ThisComputer));
    choose(&mut window, "At a server");
    assert!(read_out(&window).join("\n").contains("its history move to the server"));
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).screen, Screen::Table);
    // What has stopped, as the copy of a game that goes on elsewhere has, is not opened.
    let mut copy = over(online(table(At::Roll)), Overlay::More);
    copy.stopped = Some("A copy, to be read: this game moved.".into());
    show_instead(&mut window, copy);
    assert!(all_names(&window).contains("Save the record") && !all_names(&window).contains("elsewhere"));
    // A program without a network has none of it.
    show_instead(&mut window, over(table(At::Roll), Overlay::More));
    assert!(!all_names(&window).contains("elsewhere"));
    show_instead(&mut window, Shown::new(None));
    assert!(!all_names(&window).contains("Join") && !all_names(&window).contains("elsewhere"));
}

#[test]
fn one_comes_back_with_one_press_and_lets_go_after_a_question() {
    let mut window = window(elsewhere::home_with_places());
    let back = "Come back to Tuesday group. You are called Fran. You were there yesterday. When you left, it was the managers' turn.";
    press(&mut window, back, 0);
    assert_eq!(wishes(&mut window), [Wish::Return(3)]);
    choose(&mut window, "Let go of Tuesday group");
    assert_eq!(state(&window).overlays, [Overlay::LetGo(3)]);
    // What changes nothing has the focus.
    key(&mut window, Key::Enter);
    assert!(wishes(&mut window).is_empty() && state(&window).overlays.is_empty());
    choose(&mut window, "Let go of Tuesday group");
    choose(&mut window, "Let go of it");
    assert_eq!(wishes(&mut window), [Wish::LetGo(3)]);
    has_focus(&window, "home again");
}

/// While the connection is down the board is as it was, and nothing is asked that would be done when nobody expects it.
#[test]
fn reconnecting_keeps_the_board_and_asks_nothing() {
    let mut window = window(Shown::new(None));
    for at in [At::Roll, At::Walk, At::Talk, At::Place, At::Lift, At::Mend, At::Choose] {
        show_instead(&mut window, at_as(at, 1));
        let stones = |window: &Window| {
            nodes(window).iter().filter(|n| n.name.contains("tile")).map(|n| n.name.clone()).collect::<Vec<_>>()
        };
        assert!(!stones(&window).is_empty());
        show_instead(&mut window, lost(at_as(at, 1)));
        let about = crate::fixture::PACKS.outcomes();
        let names = nodes(&window).iter().map(|n| n.name.clone()).collect::<Vec<_>>().join("\n");
        assert!(about.iter().all(|stone| names.contains(&stone.short)), "{at:?}: {names}");
        let read = read_out(&window).join("\n");
        for words in ["since 12 s", "What you see is the table as it was", "Nothing is lost"] {
            assert!(read.contains(words), "{at:?}: {words}");
        }
        for name in pressable(&window) {
            if ["To the beginning", "A window for the room"].iter().any(|n| name.starts_with(n)) {
                continue;
            }
            show_instead(&mut window, lost(at_as(at, 1)));
            assert_eq!(asks(&mut window, &name), [], "{at:?}: {name}");
        }
    }
}

#[test]
fn a_key_that_can_do_nothing_now_says_why() {
    let mut window = window(lost(at_as(At::Roll, 1)));
    window.state_mut().wanted.clear();
    for pressed in [Key::R, Key::X, Key::H, Key::T] {
        window.key_press(pressed);
        window.step();
        let asked = window.state().wanted.iter().any(|w| matches!(w, Intent::Ask(_)));
        assert!(!asked, "{pressed:?} asks: {:?}", window.state().wanted);
    }
    window.step();
    assert!(announced(&window).contains("Nothing is lost"), "{}", announced(&window));
    press(&mut window, "Try now", 0);
    assert_eq!(wishes(&mut window), [Wish::TryNow]);
}

#[test]
fn the_line_is_told_when_it_goes_and_when_it_is_back() {
    let mut window = window(at_as(At::Talk, 2));
    let since_ms = window.state().now_ms;
    for (line, said) in [
        (Line::Lost { since_ms }, "Nothing is lost"),
        (Line::Connected, "Connected again"),
        (Line::Closing { since_ms }, "The server stops"),
        (Line::Ended(instep_protocol::Denied::SentAway), "asked you to leave"),
        (Line::NotLetIn(Refused::NotGoodAnyMore), "can't be opened from here any more"),
    ] {
        window.state_mut().elsewhere.as_mut().unwrap().here.as_mut().unwrap().line = line;
        settle(&mut window);
        assert!(announced(&window).contains(said), "{line:?}: {}", announced(&window));
        if !line.is_up() {
            assert!(read_out(&window).iter().any(|l| l.contains(said)), "{line:?}");
        }
    }
}

#[test]
fn words_that_were_typed_leave_also_while_the_connection_is_down() {
    let mut window = window(over(lost(at_as(At::Talk, 1)), Overlay::Note));
    words(&mut window, "Who asks Jo");
    window.state_mut().wanted.clear();
    press(&mut window, "Keep the note", 0);
    let kept = state(&window).desk.sending.iter().any(|s| s.text == "Who asks Jo");
    let sent =
        window.state().wanted.iter().any(|w| matches!(w, Intent::Ask(Ask::Note { text, .. }) if text == "Who asks Jo"));
    assert!(kept && sent, "{:?}", window.state().wanted);
}

#[test]
fn whoever_is_still_at_a_game_that_is_over_waits_for_no_server() {
    for screen in [Screen::Table, Screen::Lobby] {
        let mut shown = at_as(At::Roll, 2).screen(screen);
        shown.played.as_mut().unwrap().act(instep_rules::Who::FACILITATOR, instep_rules::Command::Close);
        let since_ms = shown.now_ms;
        let stops = with(shown, |elsewhere| elsewhere.here.as_mut().unwrap().line = Line::Closing { since_ms });
        let mut window = window(stops);
        settle(&mut window);
        let read = read_out(&window).join("\n");
        assert!(read.contains("The computer that kept this table has stopped"), "{screen:?}: {read}");
        assert!(!read.contains("The server stops") && !all_names(&window).contains("Try now"), "{screen:?}: {read}");
        assert!(announced(&window).contains("What you see here stays"), "{}", announced(&window));
    }
}

#[test]
fn one_s_own_hand_goes_up_and_down_and_others_are_named() {
    let mut window = window(at_as(At::Talk, 3));
    assert!(read_out(&window).iter().any(|line| line == "Hands up: Jo"));
    assert_eq!(asks(&mut window, "Raise my hand"), [Ask::Hand(true)]);
    window.key_press(Key::H);
    window.step();
    assert!(window.state().wanted.contains(&Intent::Ask(Ask::Hand(true))));
    show_instead(&mut window, at_as(At::Talk, 2));
    assert_eq!(asks(&mut window, "Put my hand down"), [Ask::Hand(false)]);
}

#[test]
fn who_points_is_named_and_the_card_can_be_pointed_at() {
    let mut window = window(at_as(At::Talk, 2));
    assert_eq!(asks(&mut window, "Point at the card"), [Ask::PointCard]);
    for (moment, said) in [
        (Moment::PointedAtCard { person: PersonId(3) }, "Sam from the night shift points at the card."),
        (Moment::Pointed { person: PersonId(5), outcome: Outcome(1) }, "Person 5 points at Health and wellbeing."),
    ] {
        window.state_mut().hear(&News::Moment(moment));
        window.step();
        window.step();
        assert!(announced(&window).contains(said), "{}", announced(&window));
        assert!(nodes(&window).iter().filter(|n| n.says() == said).count() >= 1, "{:?}", read_out(&window));
        for _ in 0..20 {
            window.step();
        }
        let strip = nodes(&window).into_iter().filter(|n| n.says() == said && n.rect.height() > 2.0).count();
        assert_eq!(strip, 0, "it is shown for a moment");
    }
}

#[test]
fn the_chat_is_absent_unless_it_is_on() {
    let mut window = window(at_as(At::Talk, 2));
    assert!(!all_names(&window).contains("Chat") && !all_names(&window).contains("the chat"), "{}", all_names(&window));
    letter(&mut window, 'm');
    assert!(state(&window).overlays.is_empty());
    show_instead(&mut window, chatting(At::Talk, 2));
    key(&mut window, Key::M);
    assert_eq!(state(&window).overlays, [Overlay::Chat]);
    assert!(read_out(&window).iter().any(|line| line.starts_with("Olu: Something")));
    assert!(all_names(&window).contains("Tell the facilitator") && !all_names(&window).contains("Hide"));
    words(&mut window, "Yes, m");
    window.state_mut().wanted.clear();
    window.key_press(Key::Enter);
    window.step();
    let said = |w: &Intent| matches!(w, Intent::Ask(Ask::Chat { text, .. }) if text == "Yes, m");
    assert!(window.state().wanted.iter().any(said), "{:?}", window.state().wanted);
    settle(&mut window);
    assert_eq!(state(&window).desk.drafts.chat, "");
    assert!(focused(&window).is_some_and(|f| f.is_field()), "one can go on writing");
}

#[test]
fn what_was_being_written_stays_when_the_chat_is_put_away() {
    let mut window = window(over(chatting(At::Talk, 2), Overlay::Chat));
    words(&mut window, "half a se");
    key(&mut window, Key::Escape);
    assert!(state(&window).overlays.is_empty());
    assert_eq!(state(&window).desk.drafts.chat, "half a se");
}

/// Whatever the table does not take is in its field again, and it is said what to do.
#[test]
fn words_that_the_table_does_not_take_are_given_back() {
    let denied = |window: &mut Window, denied| {
        window.state_mut().hear(&News::Answer { number: 1, answer: Answer::Denied(denied) });
        settle(window);
    };
    let mut window = window(over(chatting(At::Talk, 2), Overlay::Chat));
    words(&mut window, "Half of what I");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(state(&window).desk.drafts.chat, "");
    words(&mut window, "and then");
    denied(&mut window, Denied::WordsTooFast { wait_s: 2 });
    assert_eq!(state(&window).desk.drafts.chat, "Half of what I and then");
    assert_eq!(state(&window).desk.sending, []);
    assert!(announced(&window).contains("What you wrote is not lost"), "{}", announced(&window));

    let mut shown = at_as(At::Talk, 1);
    shown.state.desk.sending = vec![Sending { seat: Some(2), kind: Kind::Reason, text: "Who asks Jo".into() }];
    show_instead(&mut window, shown);
    // What has nothing to do with words gives none back.
    denied(&mut window, Denied::OnlyFacilitator);
    denied(&mut window, Denied::NoChat);
    assert_eq!((state(&window).desk.drafts.note.as_str(), state(&window).desk.sending.len()), ("", 1));
    denied(&mut window, Denied::NoMoreWords);
    let drafts = &state(&window).desk.drafts;
    assert_eq!((drafts.note.as_str(), drafts.note_by), ("Who asks Jo", Some(2)));
}

#[test]
fn words_in_the_chat_are_reported_or_hidden() {
    let mut window = window(over(chatting(At::Talk, 2), Overlay::Chat));
    let id = |window: &Window, begins: &str| {
        let said =
            |w: &&instep_protocol::Word| matches!(&w.text, instep_protocol::WordText::Said(t) if t.starts_with(begins));
        window.state().played.as_ref().unwrap().words.iter().find(said).unwrap().id
    };
    let bad = id(&window, "Something that");
    let name =
        pressable(&window).into_iter().find(|n| n.ends_with("Olu: Something that somebody did not like.")).unwrap();
    assert_eq!(asks(&mut window, &name), [Ask::Report { id: bad }]);
    assert!(!all_names(&window).contains("Can everybody hear me?"), "nobody reports what they wrote themselves");
    show_instead(&mut window, over(chatting(At::Talk, 1), Overlay::Chat));
    assert!(read_out(&window).iter().any(|line| line == "Somebody asked you to look at this."));
    let name = "Hide this from everyone else: Olu: Something that somebody did not like.";
    assert_eq!(asks(&mut window, name), [Ask::Hide { id: bad, hidden: true }]);
    assert!(!all_names(&window).contains("Show this"), "it is hidden once the table says so");
    // The table's own word counts, also where somebody else hid it, or before the program was started again.
    let mut shown = over(chatting(At::Talk, 1), Overlay::Chat);
    shown.played.as_mut().unwrap().words.iter_mut().filter(|w| w.id == bad).for_each(|w| w.hidden = true);
    show_instead(&mut window, shown);
    assert!(read_out(&window).iter().any(|line| line == "Hidden from everyone else."));
    let name = "Show this to everyone again: Olu: Something that somebody did not like.";
    assert_eq!(asks(&mut window, name), [Ask::Hide { id: bad, hidden: false }]);
}

#[test]
fn notes_are_reported_or_hidden_where_they_are_read() {
    let noted = |you| {
        let mut shown = at_as(At::Talk, you);
        let played = shown.played.as_mut().unwrap();
        played.say(WordKind::Note, None, "Something that somebody did not like.");
        let id = played.words.last().unwrap().id;
        shown.state.drawer = Drawer::Notes;
        (shown, id)
    };
    let named = |window: &Window, begins: &str| {
        let of_it = |n: &String| n.starts_with(begins) && n.ends_with("Something that somebody did not like.");
        pressable(window).into_iter().find(of_it)
    };
    let (shown, id) = noted(2);
    let mut window = window(shown);
    // In a low window the card has their room until they are asked for.
    choose(&mut window, "Notes");
    assert_eq!(named(&window, "Hide this"), None);
    let name = named(&window, "Tell the facilitator that").unwrap();
    assert_eq!(asks(&mut window, &name), [Ask::Report { id }]);
    show_instead(&mut window, noted(1).0);
    choose(&mut window, "Notes");
    let name = named(&window, "Hide this from everyone else").unwrap();
    assert_eq!(asks(&mut window, &name), [Ask::Hide { id, hidden: true }]);
    let (mut shown, _) = noted(1);
    shown.played.as_mut().unwrap().words.iter_mut().filter(|w| w.id == id).for_each(|w| w.hidden = true);
    show_instead(&mut window, shown);
    choose(&mut window, "Notes");
    let name = named(&window, "Show this to everyone again").unwrap();
    assert_eq!(asks(&mut window, &name), [Ask::Hide { id, hidden: false }]);
}

#[test]
fn whoever_may_not_write_sees_why() {
    let mut shown = over(chatting(At::Talk, 2), Overlay::Chat);
    shown.played.as_mut().unwrap().people.people[1].muted = true;
    let window = window(shown);
    assert!(!nodes(&window).iter().any(|n| n.is_field()));
    assert!(read_out(&window).iter().any(|line| line.contains("asked you not to write")));
}

/// One who looks on, and a screen for the room, have nothing to press that the table would refuse.
#[test]
fn those_who_look_on_ask_for_nothing_that_is_refused() {
    let mut window = window(Shown::new(None));
    for (you, at) in [(6, At::Roll), (6, At::Talk), (6, At::Place), (7, At::Talk), (7, At::Place)] {
        show_instead(&mut window, at_as(at, you));
        has_focus(&window, "looking on");
        for name in pressable(&window) {
            if ["To the beginning", "A window for the room"].iter().any(|n| name.starts_with(n)) {
                continue;
            }
            show_instead(&mut window, at_as(at, you));
            let asked = asks(&mut window, &name);
            assert!(
                asked.iter().all(|ask| you == 6 && matches!(ask, Ask::Hand(_) | Ask::Report { .. })),
                "{you}, {at:?}: {name}: {asked:?}"
            );
        }
    }
}

/// Whose turn it is not is told whose it is, and not to press what does not glow.
#[test]
fn those_whose_turn_it_is_not_are_told_whose_it_is() {
    let shown = at_as(At::Place, 6);
    let seat = shown.played.as_ref().unwrap().game.state().seat();
    let window = window(shown);
    let read = read_out(&window).join("\n");
    assert!(read.contains(&crate::fixture::PACKS.perspectives()[seat.index()].short), "{read}");
    assert!(!read.contains("glow"), "{read}");
}
