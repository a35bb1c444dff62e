//! Who is at the table: what each may do there, and what is told of people who come, go, ask and wait.

use egui::epaint::Shape;
use egui::{Color32, Key, Rect, Vec2};
use instep_protocol::{Ask, Door, PersonId, Role, Waiting};
use instep_rules::{Command, Perspective, SeatSet, Setting, TeamActs};
use instep_ui::{Intent, Overlay, Screen, Theme, Wish};

use crate::elsewhere::{self, INVITE, QR_SIDE, at_as, chatting, lobby, lost};
use crate::fixture::{At, Shown, Window, settle, show_instead};
use crate::hands::{choose, has_focus, key, letter, state};
use crate::nodes::{announced, nodes, pressable, read_out};
use crate::online::{all_names, asks, window, wishes};

fn people(window: &mut Window) -> &mut instep_protocol::People {
    &mut window.state_mut().played.as_mut().unwrap().people
}

#[test]
fn the_lobby_is_reached_and_left_by_key_and_enter_leads_to_the_table() {
    let mut window = window(at_as(At::Talk, 2));
    letter(&mut window, 'p');
    assert_eq!(state(&window).screen, Screen::Lobby);
    has_focus(&window, "lobby");
    key(&mut window, Key::Enter);
    assert_eq!(state(&window).screen, Screen::Table);
    has_focus(&window, "the table");
    choose(&mut window, "People");
    assert_eq!(state(&window).screen, Screen::Lobby);
    key(&mut window, Key::Escape);
    assert_eq!(state(&window).screen, Screen::Table);
    window.state_mut().state.gather();
    settle(&mut window);
    assert_eq!(state(&window).screen, Screen::Lobby);
}

#[test]
fn a_room_alone_has_no_lobby() {
    let mut window = window(crate::moments::table(At::Talk));
    letter(&mut window, 'p');
    letter(&mut window, 'm');
    assert_eq!(state(&window).screen, Screen::Table);
    assert!(state(&window).overlays.is_empty());
    assert!(!all_names(&window).contains("People"));
}

#[test]
fn everyone_sees_who_sits_where_and_how_they_are() {
    let mut window = window(Shown::new(None));
    for you in [1, 2, 6, 7] {
        show_instead(&mut window, lobby(you));
        let read = read_out(&window).join("\n");
        for line in
            ["Jo", "hand up", "Sam from the night shift (", "speaker", "Kim (away)", "asked not to write", "looks on"]
        {
            assert!(read.contains(line), "{you}: {line} is not in {read}");
        }
        assert!(read.contains("Nobody sits here yet") && read.contains("anyone may act for them"), "{you}: {read}");
    }
}

#[test]
fn a_player_has_none_of_the_facilitator_s_controls() {
    let mut window = window(Shown::new(None));
    for you in [2, 3, 6, 7] {
        show_instead(&mut window, lobby(you));
        let names = all_names(&window);
        for word in [
            "Let in",
            "Turn away",
            "invite",
            "code",
            "chat",
            "facilitator",
            "leave:",
            "not to write",
            "speaks for",
            "show of hands",
            "list",
            "name of the table",
            "Hand the table",
        ] {
            assert!(!names.to_lowercase().contains(&word.to_lowercase()), "{you}: \"{word}\" in\n{names}");
        }
        let images = nodes(&window).into_iter().filter(|n| n.name.contains("QR")).count();
        assert_eq!(images, 0, "{you}");
    }
    show_instead(&mut window, lobby(6));
    assert!(!all_names(&window).contains("seat"), "one who looks on takes no seat");
}

#[test]
fn seats_are_taken_shared_and_left() {
    let mut window = window(lobby(3));
    assert_eq!(asks(&mut window, "Take this seat: Providers and commissioners"), [Ask::TakeSeat(Perspective::Second)]);
    assert_eq!(asks(&mut window, "Share this seat: Users and carers"), [Ask::TakeSeat(Perspective::First)]);
    assert_eq!(asks(&mut window, "Leave this seat: Staff"), [Ask::LeaveSeat(Perspective::Third)]);
}

#[test]
fn the_facilitator_lets_people_in_or_turns_them_away() {
    let mut window = window(lobby(1));
    assert_eq!(asks(&mut window, "Let Bo in"), [Ask::Admit { waiting: 2, role: Role::Player }]);
    assert_eq!(asks(&mut window, "Let Bo in to look on"), [Ask::Admit { waiting: 2, role: Role::Observer }]);
    assert_eq!(asks(&mut window, "Turn Bo away"), [Ask::TurnAway { waiting: 2 }]);
}

#[test]
fn the_invite_is_copied_with_one_press_and_a_new_one_is_asked_about_first() {
    let mut window = window(lobby(1));
    crate::nodes::press(&mut window, "Copy the invite", 0);
    assert_eq!(wishes(&mut window), [Wish::Copy(INVITE.into())]);
    settle(&mut window);
    assert!(announced(&window).contains("The invite is copied"));
    crate::nodes::press(&mut window, "Copy address and code", 0);
    assert_eq!(wishes(&mut window), [Wish::Copy("192.168.1.7/7K2-M0A".into())]);
    assert!(read_out(&window).iter().any(|line| line == "7K2-M0A"), "the code is read as it is read out");
    assert_eq!(asks(&mut window, "Make a new invite"), []);
    settle(&mut window);
    assert_eq!(state(&window).overlays, [Overlay::NewInvite]);
    assert_eq!(asks(&mut window, "Make a new invite"), [Ask::NewInvite]);
}

/// The rectangles of that colour that were painted.
fn painted(window: &Window, colour: Color32) -> Vec<Rect> {
    let shapes = &window.output().shapes;
    let of = |s: &egui::epaint::ClippedShape| match &s.shape {
        Shape::Rect(r) if r.fill == colour => Some(r.rect),
        _ => None,
    };
    shapes.iter().filter_map(of).collect()
}

#[test]
fn the_qr_code_is_black_on_white_in_both_themes_with_its_quiet_zone() {
    let mut window = window(Shown::new(None));
    for theme in [Theme::Light, Theme::Dark] {
        let mut shown = lobby(1);
        shown.settings.theme = theme;
        show_instead(&mut window, shown);
        let node = nodes(&window).into_iter().find(|n| n.name.contains("QR")).expect("the code has a name");
        let white = painted(&window, Color32::WHITE);
        let ground = white.iter().find(|r| r.contains_rect(node.rect.shrink(1.0))).expect("a white ground");
        let dark: Vec<Rect> =
            painted(&window, Color32::BLACK).into_iter().filter(|r| ground.contains_rect(*r)).collect();
        let all = dark.iter().copied().reduce(|a, b| a.union(b)).expect("dark squares");
        let one = all.width() / QR_SIDE as f32;
        assert!(one >= 3.0 && (one - one.round()).abs() < 0.01, "squares of {one}");
        for space in [
            all.left() - ground.left(),
            ground.right() - all.right(),
            all.top() - ground.top(),
            ground.bottom() - all.bottom(),
        ] {
            assert!(space >= one * 4.0 - 1.0, "{theme:?}: {space}");
        }
        let squares: f32 = dark.iter().map(|r| (r.width() / one).round()).sum();
        let wanted =
            window.state().elsewhere.as_ref().unwrap().here.as_ref().unwrap().qr.iter().filter(|d| **d).count();
        assert_eq!(squares as usize, wanted);
    }
}

/// Opens somebody's row.
fn open(window: &mut Window, begins: &str) {
    let name = pressable(window).into_iter().find(|n| n.starts_with(begins)).unwrap();
    crate::nodes::press(window, &name, 0);
    settle(window);
}

#[test]
fn the_facilitator_s_part_for_each_person() {
    let mut window = window(lobby(1));
    open(&mut window, "Jo: ");
    let person = PersonId(2);
    assert_eq!(asks(&mut window, "Let Jo only look on"), [Ask::GiveRole { person, role: Role::Observer }]);
    assert_eq!(asks(&mut window, "Make Jo a facilitator too"), [Ask::GiveRole { person, role: Role::Facilitator }]);
    assert_eq!(asks(&mut window, "Ask Jo not to write for now"), [Ask::Mute { person, muted: true }]);
    assert!(!all_names(&window).contains("Jo speaks for"), "one alone needs no speaker");
    open(&mut window, "Kim: ");
    assert_eq!(
        asks(&mut window, "Kim speaks for Staff"),
        [Ask::MakeSpeaker { seat: Perspective::Third, person: PersonId(4) }]
    );
    assert_eq!(asks(&mut window, "Let Kim write again"), [Ask::Mute { person: PersonId(4), muted: false }]);
    open(&mut window, "Olu: ");
    assert_eq!(asks(&mut window, "Let Olu play"), [Ask::GiveRole { person: PersonId(6), role: Role::Player }]);
    open(&mut window, "Fran Facilitator: ");
    assert!(read_out(&window).iter().any(|l| l.starts_with("The table needs a facilitator")));
}

#[test]
fn what_would_hurt_by_accident_is_asked_about_first() {
    let mut window = window(lobby(1));
    open(&mut window, "Jo: ");
    let person = PersonId(2);
    let over =
        [Ask::GiveRole { person, role: Role::Facilitator }, Ask::GiveRole { person: PersonId(1), role: Role::Player }];
    for (name, overlay, wanted) in [
        ("Ask Jo to leave", Overlay::SendAway(person), vec![Ask::SendAway { person }]),
        ("Hand the table over to Jo", Overlay::HandOver(person), over.to_vec()),
    ] {
        assert_eq!(asks(&mut window, name), [], "{name}");
        settle(&mut window);
        assert_eq!(state(&window).overlays, [overlay]);
        // Enter leaves it as it is.
        key(&mut window, Key::Enter);
        assert!(state(&window).overlays.is_empty());
        crate::nodes::press(&mut window, name, 0);
        settle(&mut window);
        assert_eq!(asks(&mut window, name), wanted);
        settle(&mut window);
    }
}

#[test]
fn the_facilitator_chooses_what_people_may_do() {
    let mut window = window(lobby(1));
    assert_eq!(asks(&mut window, "Let people chat in writing"), [Ask::LetChat(true)]);
    assert_eq!(asks(&mut window, "Let people on this network find this table"), [Ask::Public(false)]);
    let set = |acts| Ask::Act { seat: None, command: Command::Set(Setting::TeamActs(acts)) };
    assert_eq!(asks(&mut window, "Their speaker"), [set(TeamActs::Speaker)]);
    assert_eq!(asks(&mut window, "A show of hands"), [set(TeamActs::ShowOfHands)]);
    assert_eq!(asks(&mut window, "Anyone of them"), [], "it is so already");
}

#[test]
fn one_s_own_name_is_changed_and_nothing_typed_is_lost() {
    let mut window = window(lobby(3));
    assert!(!pressable(&window).contains(&"Change my name".to_owned()), "nothing has changed yet");
    crate::hands::choose(&mut window, "To the table");
    letter(&mut window, 'p');
    for _ in 0..60 {
        if crate::nodes::focused(&window).is_some_and(|f| f.is_field()) {
            break;
        }
        key(&mut window, Key::Tab);
    }
    crate::hands::words(&mut window, "Ada ");
    // Away and back: what was typed is still there.
    key(&mut window, Key::Escape);
    letter(&mut window, 'p');
    let typed = nodes(&window).into_iter().find(|n| n.is_field()).unwrap().text;
    assert!(typed.contains("Ada"), "{typed}");
    let asked = asks(&mut window, "Change my name");
    assert!(matches!(asked.as_slice(), [Ask::Name(name)] if name == typed.trim()), "{asked:?}");
}

#[test]
fn after_two_minutes_without_a_facilitator_somebody_who_plays_takes_over() {
    let mut window = window(elsewhere::lobby_alone());
    assert!(!all_names(&window).contains("Be the facilitator"));
    assert!(read_out(&window).iter().any(|l| l.contains("you can take over in 120 seconds")));
    window.state_mut().now_ms += 121_000;
    settle(&mut window);
    assert_eq!(asks(&mut window, "Be the facilitator"), [Ask::ClaimFacilitator]);
    people(&mut window).people[0].here = true;
    settle(&mut window);
    assert!(!all_names(&window).contains("Be the facilitator"));
}

#[test]
fn while_the_connection_is_down_the_lobby_asks_nothing() {
    let mut window = window(Shown::new(None));
    for you in [1, 2] {
        show_instead(&mut window, lost(lobby(you)));
        assert!(read_out(&window).iter().any(|line| line.contains("Nothing is lost")));
        for name in pressable(&window) {
            if name == "Leave for now" {
                continue;
            }
            show_instead(&mut window, lost(lobby(you)));
            assert_eq!(asks(&mut window, &name), [], "{you}: {name}");
        }
    }
}

fn says(window: &Window, words: &str) {
    let said = announced(window);
    assert!(said.contains(words), "\"{words}\" is not in what is said: {said}");
}

#[test]
fn who_comes_goes_asks_writes_and_waits_is_said() {
    let mut window = window(chatting(At::Talk, 1));
    people(&mut window).people[3].here = true;
    settle(&mut window);
    says(&window, "Kim is here.");
    people(&mut window).people[2].here = false;
    people(&mut window).people[5].hand = true;
    settle(&mut window);
    says(&window, "Sam from the night shift is away.");
    says(&window, "Olu has a hand up.");
    let mut new = people(&mut window).people[5].clone();
    (new.id, new.name, new.hand) = (PersonId(9), "Bo".into(), false);
    people(&mut window).people.push(new);
    settle(&mut window);
    says(&window, "Bo is here.");
    let door: &mut Door = window.state_mut().elsewhere.as_mut().unwrap().here.as_mut().unwrap().door.as_mut().unwrap();
    door.waiting.push(Waiting { id: 3, name: "Ash".into() });
    settle(&mut window);
    says(&window, "Ash waits to be let in.");
    let mut word = window.state().played.as_ref().unwrap().words.last().unwrap().clone();
    (word.id, word.by) = (word.id + 1, Some(PersonId(2)));
    word.text = instep_protocol::WordText::Said("Hello all".into());
    window.state_mut().played.as_mut().unwrap().words.push(word);
    settle(&mut window);
    says(&window, "In the chat, Jo: Hello all");
    people(&mut window).people[0].hand = true;
    settle(&mut window);
    says(&window, "Your hand is up.");
}

#[test]
fn whose_team_is_away_is_told_when_it_is_their_turn() {
    let mut shown = at_as(At::Roll, 2);
    let seat = shown.played.as_ref().unwrap().game.state().seat();
    shown.played.as_mut().unwrap().people.voiced = SeatSet::NONE.with(seat);
    let window = window(shown);
    assert!(read_out(&window).iter().any(|l| l.contains("are away: anyone may act for them")));
}

#[test]
fn leaving_the_lobby_for_good_keeps_the_table() {
    let mut window = window(lobby(2));
    window.state_mut().wanted.clear();
    crate::nodes::press(&mut window, "Leave for now", 0);
    assert!(window.state().wanted.contains(&Intent::Leave));
    assert_eq!(window.ctx.content_rect().size(), Vec2::new(1366.0, 768.0));
}
