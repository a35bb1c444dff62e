//! No text is clipped and none lies on another: by the rectangles of what was painted, at every size.

use egui::epaint::{ClippedShape, Shape};
use egui::{Rect, Vec2};
use instep_ui::{Motion, Settings, Surface, Theme};

use crate::fixture::{self, At, SIZES, Window, show_instead, window};
use crate::moments::{MOMENTS, table};

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
fn texts(harness: &Window, screen: Rect) -> Vec<Text> {
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
fn faults(harness: &Window, screen: Rect) -> Vec<String> {
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

/// Looks at every moment in a window of this size.
fn check(text: u16, theme: Theme, size: (f32, f32)) {
    let (size, screen) = window(size);
    // What turns for a moment has the same place in every frame.
    let settings = Settings { text, theme, motion: Motion::Reduced, ..Settings::default() };
    let mut harness: Option<Window> = None;
    let mut all = Vec::new();
    for (name, make) in MOMENTS {
        let mut shown = make();
        shown.settings = settings.clone();
        match &mut harness {
            Some(harness) => show_instead(harness, shown),
            None => harness = Some(fixture::harness(shown, size)),
        }
        let found = harness.iter().flat_map(|harness| faults(harness, screen));
        all.extend(found.map(|fault| format!("{name}: {fault}")));
    }
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

/// A test for each size, so that they run side by side.
macro_rules! text_is_whole {
    ($($name:ident: $text:literal %, $theme:ident, $size:expr;)+) => {
        $(#[test]
        fn $name() {
            check($text, Theme::$theme, $size);
        })+
    };
}

text_is_whole! {
    at_100_per_cent_1024_x_768: 100 %, Light, SIZES[0];
    at_100_per_cent_1280_x_720: 100 %, Light, SIZES[1];
    at_100_per_cent_1366_x_768: 100 %, Light, SIZES[2];
    at_100_per_cent_1920_x_1080: 100 %, Light, SIZES[3];
    at_100_per_cent_3840_x_2160: 100 %, Light, SIZES[4];
    at_100_per_cent_1500_x_900: 100 %, Light, SIZES[5];
    at_100_per_cent_1200_x_1920: 100 %, Light, SIZES[6];
    at_150_per_cent_1280_x_720: 150 %, Light, SIZES[1];
    at_150_per_cent_1920_x_1080: 150 %, Light, SIZES[3];
    at_150_per_cent_1200_x_1920: 150 %, Light, SIZES[6];
    at_200_per_cent_1024_x_768: 200 %, Dark, SIZES[0];
    at_200_per_cent_1280_x_720: 200 %, Dark, SIZES[1];
    at_200_per_cent_1366_x_768: 200 %, Dark, SIZES[2];
    at_200_per_cent_1920_x_1080: 200 %, Dark, SIZES[3];
    at_200_per_cent_3840_x_2160: 200 %, Dark, SIZES[4];
    at_200_per_cent_1500_x_900: 200 %, Dark, SIZES[5];
    at_200_per_cent_1200_x_1920: 200 %, Dark, SIZES[6];
}

/// The room can't scroll: the words and the question of a card that is not long stand there whole.
#[test]
fn the_room_sees_a_card_whole() {
    for size in [SIZES[0], SIZES[1], SIZES[3]] {
        let (size, screen) = window(size);
        let mut shown = table(At::Talk);
        shown.surface = Surface::Room;
        let played = shown.played.as_ref().unwrap();
        let card = played.game.state().phase().card().unwrap();
        let prompt = fixture::PACKS.item(played.table.card(card).unwrap()).unwrap().prompt().to_owned();
        let harness = fixture::harness(shown, size);
        let whole = |text: &Text| text.clip.contains_rect(text.rect.shrink(2.0));
        let seen: Vec<Text> = texts(&harness, screen).into_iter().filter(whole).collect();
        let words = seen.iter().map(|t| t.words.trim()).collect::<Vec<_>>().join(" ");
        assert!(words.contains(&prompt), "{} x {}: \"{prompt}\" is not in: {words}", size.x, size.y);
    }
}
