//! No text is clipped and none lies on another: by the rectangles of what was painted, at every size.

use egui::epaint::{ClippedShape, Shape};
use egui::{Rect, Vec2};
use egui_kittest::Harness;
use instep_ui::{Overlay, Screen, Settings, Surface, Theme};

use crate::fixture::{At, Played, SIZES, Shown, harness, window};

struct Text {
    words: String,
    rect: Rect,
    clip: Rect,
    size: f32,
    elided: bool,
}

fn gather(shape: &Shape, clip: Rect, found: &mut Vec<Text>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|s| gather(s, clip, found)),
        Shape::Text(text) if !text.galley.text().trim().is_empty() => {
            for row in &text.galley.rows {
                let words: String = row.row.glyphs.iter().map(|g| g.chr).collect();
                if words.trim().is_empty() {
                    continue;
                }
                let rect = row.rect().translate(text.pos.to_vec2());
                let size = text.galley.job.sections.first().map_or(0.0, |s| s.format.font_id.size);
                found.push(Text { words, rect, clip, size, elided: text.galley.elided });
            }
        }
        _ => {}
    }
}

/// The texts of the uppermost layer that covers the screen, or of all of it where nothing lies over it.
fn texts(harness: &Harness<'_, Shown>, screen: Rect) -> Vec<Text> {
    let shapes: &[ClippedShape] = &harness.output().shapes;
    // Something that lies over a screen begins with a backdrop as large as the screen.
    let backdrop = shapes.iter().rposition(|s| match &s.shape {
        Shape::Rect(r) => r.rect.contains_rect(screen.shrink(2.0)) && r.fill.a() > 0,
        _ => false,
    });
    let mut found = Vec::new();
    for shape in &shapes[backdrop.unwrap_or(0)..] {
        gather(&shape.shape, shape.clip_rect, &mut found);
    }
    found
}

/// What is wrong with the texts of a screen.
fn faults(harness: &Harness<'_, Shown>, screen: Rect) -> Vec<String> {
    let mut faults = Vec::new();
    let least = screen.width().min(screen.height()) / 60.0 - 0.3;
    let all = texts(harness, screen);
    for (n, text) in all.iter().enumerate() {
        // What lies outside its clip has been scrolled away; what lies across its edge scrolls up and down, and is
        // whole from left to right.
        let scrolled = text.rect.bottom() <= text.clip.top() + 0.5 || text.rect.top() >= text.clip.bottom() - 0.5;
        if scrolled {
            continue;
        }
        let tight = text.rect.shrink2(Vec2::new(1.5, 0.0));
        if tight.left() < text.clip.left() - 1.0 || tight.right() > text.clip.right() + 1.0 {
            faults.push(format!("\"{}\" is cut off at a side", text.words));
        }
        let whole_screen = text.clip.height() > screen.height() * 0.98;
        if whole_screen && (text.rect.top() < screen.top() - 1.0 || text.rect.bottom() > screen.bottom() + 2.0) {
            faults.push(format!("\"{}\" leaves the screen", text.words));
        }
        if text.elided {
            faults.push(format!("\"{}\" is shortened", text.words));
        }
        if text.size < least {
            faults.push(format!("\"{}\" is too small: {:.1}", text.words, text.size));
        }
        for other in &all[..n] {
            let seen = |t: &Text| t.rect.intersect(t.clip);
            let both = seen(text).intersect(seen(other));
            if both.width() > 2.0 && both.height() > text.size.min(other.size) * 0.36 {
                faults.push(format!("\"{}\" lies on \"{}\"", text.words, other.words));
            }
        }
    }
    faults
}

fn whole(played: Played) -> Shown {
    let mut played = played;
    played.say(instep_protocol::WordKind::Note, None, "Who decides what is \u{201c}small\u{201d}?");
    played.say(instep_protocol::WordKind::Note, Some(instep_rules::Perspective::Third), "Our Friday yes-list. Copy it?");
    let mut shown = Shown::new(Some(played));
    shown.state.desk.planned = Some(instep_ui::Planned { began_ms: shown.now_ms, minutes: 60, turns: 17 });
    shown
}

type Make = fn() -> Shown;

/// Every screen and key moment.
fn moments() -> Vec<(&'static str, Make)> {
    fn over(at: At, overlay: Overlay) -> Shown {
        let mut shown = whole(Played::at(at, 7));
        shown.state.overlays = vec![overlay];
        shown
    }
    vec![
        ("home", || Shown::new(None)),
        ("home with a saved game", || {
            let mut shown = Shown::new(None);
            let saved = |table, closed| instep_ui::Saved { table, packs: "Path to personalisation".into(), stones: 5, closed };
            shown.saved = vec![saved(3, false), saved(2, true), saved(1, false)];
            shown.notices = vec!["The saved games could not all be read: `instep recover` copies what is whole.".into()];
            shown
        }),
        ("set-up", || Shown::new(None).screen(Screen::SetUp)),
        ("opening", || whole(Played::at(At::Opening, 7))),
        ("roll", || whole(Played::at(At::Roll, 7))),
        ("walk", || whole(Played::at(At::Walk, 7))),
        ("talk", || whole(Played::at(At::Talk, 7))),
        ("long card", || whole(Played::at(At::LongCard, 7))),
        ("poem", || whole(Played::at(At::Poem, 7))),
        ("choose", || whole(Played::at(At::Choose, 7))),
        ("place", || whole(Played::at(At::Place, 7))),
        ("place any", || whole(Played::at(At::PlaceAny, 7))),
        ("mend", || whole(Played::at(At::Mend, 7))),
        ("complete", || over(At::Complete, Overlay::Complete)),
        ("reading", || over(At::LongCard, Overlay::Reading)),
        ("note", || over(At::Talk, Overlay::Note)),
        ("undo", || over(At::Talk, Overlay::Undo)),
        ("more", || over(At::Talk, Overlay::More)),
        ("close question", || over(At::Talk, Overlay::Close)),
        ("in words", || over(At::Talk, Overlay::InWords)),
        ("settings", || over(At::Talk, Overlay::Settings)),
        ("keys", || over(At::Talk, Overlay::Keys)),
        ("themes", || over(At::Talk, Overlay::Themes)),
        ("how to play", || over(At::Talk, Overlay::HowTo(3))),
        ("paused", || {
            let mut shown = whole(Played::at(At::Talk, 7));
            shown.played.as_mut().unwrap().people.paused = true;
            shown
        }),
        ("room", || {
            let mut shown = whole(Played::at(At::Place, 7));
            shown.surface = Surface::Room;
            shown
        }),
        ("closed", || whole(Played::at(At::Complete, 7)).screen(Screen::Close)),
    ]
}

fn check(text: u16, theme: Theme, sizes: &[(f32, f32)]) {
    let mut all = Vec::new();
    for size in sizes {
        for (name, make) in moments() {
            let mut shown = make();
            shown.settings = Settings { text, theme, ..Settings::default() };
            let (size, screen) = window(*size);
            let harness = harness(shown, size);
            let found = faults(&harness, screen);
            all.extend(found.into_iter().map(|fault| format!("{name}, {} x {}, {text} %: {fault}", size.x, size.y)));
        }
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[test]
fn text_is_whole_at_100_per_cent() {
    check(100, Theme::Light, &SIZES);
}

#[test]
fn text_is_whole_at_150_per_cent() {
    check(150, Theme::Light, &[(1280.0, 720.0), (1920.0, 1080.0), (1200.0, 1920.0)]);
}

#[test]
fn text_is_whole_at_200_per_cent() {
    check(200, Theme::Dark, &SIZES);
}
