//! What is kept between runs: it comes back as it was, from older and damaged files too.

use instep_ui::{
    Choices, Deed, Desk, Drafts, HowLong, Keys, Kind, Motion, Planned, Press, Sending, Settings, Theme, Timer, Volumes,
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

fn again<T: Serialize + DeserializeOwned>(it: &T) -> T {
    let text = ron::to_string(it).unwrap();
    ron::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn press(ctrl: bool, key: egui::Key) -> Press {
    Press { ctrl, key }
}

#[test]
fn settings_come_back_as_they_were() {
    assert_eq!(again(&Settings::default()), Settings::default());
    let mut keys = Keys::default();
    keys.set(Deed::Roll, Some(press(false, egui::Key::W)));
    keys.set(Deed::Hand, None);
    keys.set(Deed::Undo, Some(press(true, egui::Key::Backspace)));
    let settings = Settings {
        theme: Theme::Dark,
        text: 170,
        motion: Motion::Reduced,
        volumes: Volumes { on: false, of: [0, 100, 35, 60] },
        projector: true,
        touch: true,
        single_keys: false,
        keys,
        read_aloud: true,
        reading_speed: 80,
        full_screen: true,
        window: Some((1400, 900)),
    };
    assert_eq!(again(&settings), settings);
}

#[test]
fn the_desk_comes_back_as_it_was() {
    let desk = Desk {
        table: 7,
        drafts: Drafts {
            note: "a \"note\"\n…".into(),
            note_by: Some(2),
            step: "By Friday".into(),
            reason: "so".into(),
            chat: "Can you".into(),
        },
        sending: vec![Sending { seat: None, kind: Kind::Reason, text: "not yet there".into() }],
        planned: Some(Planned { began_ms: 1_700_000_000_000, minutes: 90, turns: 25 }),
        timer: Timer { talk: 31, length_s: 240, ran_ms: 1_500, since_ms: Some(1_700_000_000_000) },
        log_hidden: true,
        cue_given: true,
        celebrated: true,
        ..Desk::default()
    };
    assert_eq!(again(&desk), desk);
    let mut choices = Choices { how_long: HowLong::Stones(3), path_of: Some(4), ..Choices::default() };
    choices.without.insert("meals".into());
    assert_eq!(again(&choices), choices);
}

/// A file of an older Instep lacks what is new; one of a newer Instep has more. Neither loses what is known.
#[test]
fn files_of_other_versions_keep_what_they_say() {
    let older: Settings = ron::from_str("(theme: Dark, text: 150)").unwrap();
    assert_eq!(older, Settings { theme: Theme::Dark, text: 150, ..Settings::default() });
    let newer: Settings = ron::from_str("(text: 120, smell: Roses(of: [1, 2]), volumes: (on: false, hum: 3))").unwrap();
    assert_eq!((newer.text, newer.volumes.on, newer.volumes.of), (120, false, Volumes::default().of));
    let older: Desk = ron::from_str("(table: 3, drafts: (note: \"half a\"))").unwrap();
    assert_eq!((older.table, older.drafts.note.as_str(), older.timer), (3, "half a", Timer::default()));
    let newer: Desk = ron::from_str("(table: 3, weather: \"fine\", timer: (length_s: 60, colour: Red))").unwrap();
    assert_eq!((newer.table, newer.timer.length_s), (3, 60));
    let empty: (Settings, Desk) = (ron::from_str("()").unwrap(), ron::from_str("()").unwrap());
    assert_eq!(empty, (Settings::default(), Desk::default()));
}

#[test]
fn a_deed_or_a_key_that_is_not_known_here_takes_no_other_with_it() {
    let text = r#"(text: 150, keys: [
        (Roll, Some((ctrl: false, key: "W"))),
        (Juggle, Some((ctrl: true, key: "J"))),
        (Dance, None),
        (Note, Some((ctrl: false, key: "Ketchup"))),
        (Hand, None),
    ])"#;
    let settings: Settings = ron::from_str::<Settings>(text).unwrap().in_range();
    let keys = &settings.keys;
    assert_eq!((settings.text, keys.of(Deed::Roll)), (150, Some(press(false, egui::Key::W))));
    assert_eq!((keys.of(Deed::Note), keys.of(Deed::Hand)), (Keys::default().of(Deed::Note), None));
    assert_eq!(again(&settings), settings);
}

#[test]
fn a_window_is_never_kept_smaller_or_larger_than_it_can_be() {
    for (kept, is) in [((10, 10), (800, 600)), ((1400, 900), (1400, 900)), ((60_000, 60_000), (7680, 7680))] {
        let settings = Settings { window: Some(kept), ..Settings::default() };
        assert_eq!(again(&settings).in_range().window, Some(is));
    }
}

#[test]
fn a_file_edited_by_hand_can_not_take_the_keys_that_press_and_move() {
    for key in [egui::Key::Enter, egui::Key::Space, egui::Key::Tab, egui::Key::Escape, egui::Key::ArrowUp] {
        let mut keys = Keys::default();
        keys.set(Deed::Roll, Some(press(false, key)));
        let kept = again(&Settings { keys, ..Settings::default() }).in_range().keys;
        assert!(kept.of(Deed::Roll).is_none_or(Press::is_free), "{key:?} would roll the die");
    }
}

#[test]
fn a_file_edited_by_hand_can_not_give_one_key_to_two_deeds() {
    let text = r#"(keys: ([(Roll, Some((ctrl: false, key: "W"))), (Forward, Some((ctrl: false, key: "W")))]))"#;
    let settings: Settings =
        ron::from_str(text).or_else(|_| ron::from_str(&text.replace("([", "[").replace("])", "]"))).unwrap();
    let keys = settings.in_range().keys;
    assert_no_two_share(&keys);
}

proptest! {
    #[test]
    fn values_come_back_in_range(text: u16, speed: u16, of: [u8; 4], on: bool) {
        let settings = Settings { text, reading_speed: speed, volumes: Volumes { on, of }, ..Settings::default() };
        let kept = again(&settings).in_range();
        prop_assert!((100..=200).contains(&kept.text));
        prop_assert!((50..=200).contains(&kept.reading_speed));
        prop_assert!(kept.volumes.of.iter().all(|v| *v <= 100));
        prop_assert!((1.0..=2.0).contains(&settings.text_factor()));
        for kind in instep_ui::SoundKind::ALL {
            prop_assert!((0.0..=1.0).contains(&settings.volumes.of(kind)));
        }
        // What was in range is left alone.
        prop_assert_eq!(kept.clone().in_range(), kept);
    }

    /// Whatever a file says of a timer and a planned end, they can be looked at.
    #[test]
    fn a_damaged_desk_does_no_harm(talk: u32, length_s: u32, ran_ms: u64, since_ms: Option<u64>, began_ms: u64, minutes: u32, turns: u32, now: u64) {
        let timer = Timer { talk, length_s, ran_ms, since_ms };
        prop_assert!(timer.left_s(now).is_none_or(|left| left <= length_s));
        let mut paused = timer;
        paused.pause(now);
        paused.pause(now);
        prop_assert_eq!(paused.is_on(), timer.is_on());
        let planned = Planned { began_ms, minutes, turns };
        let _ = planned.minutes_left(now);
        prop_assert!(planned.end_ms() >= began_ms);
    }
}

fn assert_no_two_share(keys: &Keys) {
    for (n, deed) in Deed::ALL.into_iter().enumerate() {
        for other in Deed::ALL.into_iter().skip(n + 1) {
            let (one, two) = (keys.of(deed), keys.of(other));
            assert!(one.is_none() || one != two, "{deed:?} and {other:?} have the same key");
        }
    }
}

#[test]
fn every_deed_has_a_key_of_its_own() {
    let keys = Keys::default();
    for deed in Deed::ALL {
        let press = keys.of(deed).unwrap_or_else(|| panic!("{deed:?} has no key"));
        assert!(press.is_free(), "{deed:?}");
        // A digit chooses a stone.
        let digit = press.key.name().chars().all(|c| c.is_ascii_digit());
        assert!(!digit || press.ctrl, "{deed:?}");
    }
    assert_no_two_share(&keys);
}

/// As others have written them down and teach them.
#[test]
fn the_usual_keys_are_the_ones_that_were_agreed() {
    let usual = [
        (Deed::Roll, false, egui::Key::R),
        (Deed::EndTalk, false, egui::Key::T),
        (Deed::Note, false, egui::Key::N),
        (Deed::Hand, false, egui::Key::H),
        (Deed::Pass, false, egui::Key::X),
        (Deed::Undo, true, egui::Key::Z),
        (Deed::Pause, true, egui::Key::P),
        (Deed::Help, false, egui::Key::F1),
        (Deed::FullScreen, false, egui::Key::F11),
    ];
    for (deed, ctrl, key) in usual {
        assert_eq!(Keys::default().of(deed), Some(press(ctrl, key)), "{deed:?}");
    }
}

#[test]
fn a_key_that_is_given_to_one_deed_is_taken_from_the_other() {
    let mut keys = Keys::default();
    let t = keys.of(Deed::EndTalk).unwrap();
    keys.set(Deed::Roll, Some(t));
    assert_eq!((keys.of(Deed::Roll), keys.of(Deed::EndTalk)), (Some(t), None));
    keys.set(Deed::EndTalk, Some(press(false, egui::Key::E)));
    assert_no_two_share(&keys);
    assert_eq!(keys.taken(t), Some(Deed::Roll));
}

#[test]
fn keys_that_move_press_or_lead_back_are_nobody_s_to_choose() {
    use egui::Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Enter, Escape, Space, Tab};
    for key in [ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Enter, Escape, Space, Tab] {
        assert!(!press(false, key).is_free() && !press(true, key).is_free(), "{key:?}");
    }
}
