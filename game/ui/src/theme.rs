//! Colours, sizes and type: one hand for every screen (look.md).

use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, Rect};
use instep_content::schema::{Ink, PerspectiveText};

use crate::settings::{Settings, Theme};
use crate::state::Surface;

/// The colours of a theme. Names say what a colour is for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// What stands on the ground: panels.
    pub panel: Color32,
    /// The card, the loudest thing.
    pub card: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that matters less; still 4.5:1.
    pub soft_ink: Color32,
    /// Edges of panels and controls: 3:1 on ground and panel.
    pub line: Color32,
    /// Thin lines that only separate.
    pub hair: Color32,
    /// The bars above and below.
    pub bar: Color32,
    /// Text on the bars.
    pub bar_ink: Color32,
    /// Buttons on the bars.
    pub bar_button: Color32,
    /// What one may choose, and what is to be done.
    pub glow: Color32,
    /// Text on glow.
    pub glow_ink: Color32,
    /// The most wanted button.
    pub main: Color32,
    /// Text on it.
    pub main_ink: Color32,
    /// Other buttons.
    pub button: Color32,
    /// Focus.
    pub focus: Color32,
    /// A stone's empty place.
    pub stone: Color32,
    /// A stone's edge.
    pub stone_edge: Color32,
    /// The ring of a stone that is met.
    pub met: Color32,
    /// The winding path under the stones.
    pub path: Color32,
    /// Its edge.
    pub path_edge: Color32,
    /// Something went wrong and nothing is lost.
    pub care: Color32,
    /// Text on it.
    pub care_ink: Color32,
    /// Whether it is dark.
    pub dark: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Paper.
pub const LIGHT: Palette = Palette {
    ground: rgb(0xF7F1E5),
    panel: rgb(0xEFE6D2),
    card: rgb(0xFFFDF8),
    ink: rgb(0x22201C),
    soft_ink: rgb(0x5A544A),
    line: rgb(0x857B69),
    hair: rgb(0xDCD0B8),
    bar: rgb(0x2B2A33),
    bar_ink: rgb(0xFFF6E3),
    bar_button: rgb(0x45434F),
    glow: rgb(0xFFD25E),
    glow_ink: rgb(0x22201C),
    main: rgb(0x2F5D50),
    main_ink: rgb(0xFFFFFF),
    button: rgb(0xFFFDF8),
    focus: rgb(0x1B4FD0),
    stone: rgb(0xE9E4D8),
    stone_edge: rgb(0x7E7767),
    met: rgb(0x7A5A00),
    path: rgb(0xE9D8B4),
    path_edge: rgb(0xC6AE7E),
    care: rgb(0xFBE3D2),
    care_ink: rgb(0x5A2A0C),
    dark: false,
};

/// Dusk.
pub const DARK: Palette = Palette {
    ground: rgb(0x1C1B22),
    panel: rgb(0x28262F),
    card: rgb(0x302E38),
    ink: rgb(0xF6EFE1),
    soft_ink: rgb(0xC2BAAB),
    line: rgb(0x8D8798),
    hair: rgb(0x45424F),
    bar: rgb(0x121116),
    bar_ink: rgb(0xFFF6E3),
    bar_button: rgb(0x38353F),
    glow: rgb(0xFFD25E),
    glow_ink: rgb(0x22201C),
    main: rgb(0x8FD3BE),
    main_ink: rgb(0x10231D),
    button: rgb(0x3A3743),
    focus: rgb(0x9CC3FF),
    stone: rgb(0x4A4754),
    stone_edge: rgb(0xAAA3B6),
    met: rgb(0xC08F3F),
    path: rgb(0x5B5346),
    path_edge: rgb(0x83775F),
    care: rgb(0x4B2F20),
    care_ink: rgb(0xFFE3CF),
    dark: true,
};

/// The palette of a theme.
#[must_use]
pub const fn palette(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// The colours of a perspective in a theme.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tones {
    /// Its colour: the same in both themes, so that one learns it once.
    pub colour: Color32,
    /// Text and signs on it.
    pub ink: Color32,
    /// A ground in its tone.
    pub soft: Color32,
    /// An edge in its tone that stands out from grounds, 3:1.
    pub edge: Color32,
}

/// The tones of a perspective.
#[must_use]
pub fn tones(text: &PerspectiveText, palette: &Palette) -> Tones {
    let colour = hex(&text.colour).unwrap_or(palette.line);
    let ink = match text.ink {
        Ink::Dark => LIGHT.ink,
        Ink::Light => Color32::WHITE,
    };
    if palette.dark {
        let soft = mix(palette.card, colour, 0.28);
        Tones { colour, ink, soft, edge: lighter_until(colour, soft, 3.0) }
    } else {
        let soft = hex(&text.soft).unwrap_or(palette.card);
        Tones { colour, ink, soft, edge: darker_until(colour, soft, 3.0) }
    }
}

/// The colour that `#RRGGBB` names.
#[must_use]
pub fn hex(text: &str) -> Option<Color32> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
    u32::from_str_radix(digits, 16).ok().map(rgb)
}

/// As `#rrggbb`, for drawings.
#[must_use]
pub fn to_hex(colour: Color32) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r(), colour.g(), colour.b())
}

/// Behind text that is selected in a field.
#[must_use]
pub fn selected(palette: &Palette) -> Color32 {
    mix(palette.focus, palette.card, 0.6)
}

/// Between two colours.
#[must_use]
pub fn mix(a: Color32, b: Color32, share_of_b: f32) -> Color32 {
    let part = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share_of_b).round() as u8;
    Color32::from_rgb(part(a.r(), b.r()), part(a.g(), b.g()), part(a.b(), b.b()))
}

fn lighter_until(colour: Color32, on: Color32, ratio: f32) -> Color32 {
    (0..=20).map(|n| mix(colour, Color32::WHITE, n as f32 / 20.0)).find(|c| contrast(*c, on) >= ratio).unwrap_or(colour)
}

fn darker_until(colour: Color32, on: Color32, ratio: f32) -> Color32 {
    (0..=20).map(|n| mix(colour, Color32::BLACK, n as f32 / 20.0)).find(|c| contrast(*c, on) >= ratio).unwrap_or(colour)
}

/// The contrast of two colours (WCAG 2.2, 1 to 21).
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.2).
#[must_use]
pub fn luminance(colour: Color32) -> f32 {
    let [r, g, b] = [colour.r(), colour.g(), colour.b()].map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// An sRGB channel as light, 0 to 1.
#[must_use]
pub fn linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

// Type

const REGULAR: &[u8] =
    include_bytes!("../../../assets/fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf");
const SEMIBOLD: &[u8] =
    include_bytes!("../../../assets/fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-SemiBold.ttf");
const ITALIC: &[u8] =
    include_bytes!("../../../assets/fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Italic.ttf");

/// The cut of a piece of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// As most text.
    Regular,
    /// What matters.
    Bold,
    /// The question on a card.
    Italic,
}

/// A font of a size in points.
#[must_use]
pub fn font(size: f32, cut: Cut) -> FontId {
    let family = match cut {
        Cut::Regular => FontFamily::Proportional,
        Cut::Bold => FontFamily::Name("bold".into()),
        Cut::Italic => FontFamily::Name("italic".into()),
    };
    FontId::new(size, family)
}

/// The fonts: Atkinson Hyperlegible Next in three cuts.
#[must_use]
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("regular", REGULAR), ("bold", SEMIBOLD), ("italic", ITALIC)] {
        fonts.font_data.insert(name.to_owned(), FontData::from_static(bytes).into());
    }
    fonts.families.insert(FontFamily::Proportional, vec!["regular".into()]);
    fonts.families.insert(FontFamily::Monospace, vec!["regular".into()]);
    fonts.families.insert(FontFamily::Name("bold".into()), vec!["bold".into(), "regular".into()]);
    fonts.families.insert(FontFamily::Name("italic".into()), vec!["italic".into(), "regular".into()]);
    fonts
}

// Sizes

/// Sizes for a window: everything scales with its shorter side (look.md).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sizes {
    /// The window.
    pub screen: Rect,
    /// Its shorter side.
    pub short: f32,
    /// The text's factor: 1 to 2.
    pub factor: f32,
    /// Most text.
    pub body: f32,
    /// No text is smaller: a sixtieth of the shorter side (look.md).
    pub least: f32,
    /// Text that matters less.
    pub small: f32,
    /// Headings.
    pub heading: f32,
    /// Titles.
    pub title: f32,
    /// The largest size of a card's text.
    pub card: f32,
    /// The smallest size of a card's text.
    pub card_least: f32,
    /// Between things that belong together.
    pub gap: f32,
    /// Round things and edges.
    pub radius: f32,
    /// The least height and width of what can be pressed.
    pub target: f32,
}

impl Sizes {
    /// The sizes for a window.
    #[must_use]
    pub fn of(screen: Rect, settings: &Settings, surface: Surface) -> Self {
        let short = screen.width().min(screen.height()).max(300.0);
        let factor = settings.text_factor();
        // Read from five metres: everything a little larger, the card as look.md says.
        let room = if surface == Surface::Room || settings.projector { 1.12 } else { 1.0 };
        let body = short / 46.0 * factor * room;
        let target = (body * 1.9).max(if settings.touch { 44.0 } else { 28.0 });
        Self {
            screen,
            short,
            factor,
            body,
            least: (short / 59.0).ceil(),
            small: (body * 0.84).max((short / 59.0).ceil()),
            heading: body * 1.35,
            title: body * 2.1,
            card: short / 25.0 * factor * room,
            card_least: short / 32.0 * factor.min(1.4),
            gap: body * 0.5,
            radius: body * 0.5,
            target,
        }
    }

    /// The window's width in letters of body text: what layouts choose by.
    #[must_use]
    pub fn width_in_body(&self) -> f32 {
        self.screen.width() / self.body
    }
}
