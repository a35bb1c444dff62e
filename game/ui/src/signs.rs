//! The signs of the four perspectives as drawings: colour, shape, pattern. Their letters are text and come on top.

use std::fmt::Write;

use egui::Color32;
use instep_content::schema::{Pattern, PerspectiveText, Shape};

use crate::theme::{Tones, mix, to_hex};

/// The beginning of a square drawing, 100 units a side.
pub(crate) const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">";

/// What stands out softly from a colour: the pattern's tone.
fn pattern_tone(tones: &Tones) -> Color32 {
    let towards = if tones.ink == Color32::WHITE { Color32::WHITE } else { Color32::BLACK };
    mix(tones.colour, towards, 0.26)
}

/// A `<pattern>` with this id: units of the drawing that it stands in, `size` a repeat.
pub(crate) fn pattern(id: &str, of: Pattern, tones: &Tones, size: f32) -> String {
    let (ground, line) = (to_hex(tones.colour), to_hex(pattern_tone(tones)));
    let s = size;
    let (h, q, w) = (s / 2.0, s / 4.0, s / 7.0);
    let inside = match of {
        Pattern::Dots => format!(
            "<circle cx=\"{q}\" cy=\"{q}\" r=\"{w}\" fill=\"{line}\"/><circle cx=\"{}\" cy=\"{}\" r=\"{w}\" fill=\"{line}\"/>",
            q + h,
            q + h
        ),
        Pattern::Stripes => format!(
            "<path d=\"M{} {s}L{s} {}M{} {q}L{q} {}M{} {}L{} {}\" stroke=\"{line}\" stroke-width=\"{}\" stroke-linecap=\"square\"/>",
            0.0, 0.0, -q, -q, s - q, s + q, s + q, s - q, w * 1.6
        ),
        Pattern::Grid => format!("<path d=\"M0 {h}H{s}M{h} 0V{s}\" stroke=\"{line}\" stroke-width=\"{}\" fill=\"none\"/>", w * 0.8),
        Pattern::Zigzag => format!(
            "<path d=\"M{} {}L0 {}L{q} {q}L{h} {}L{} {q}L{s} {}L{} {}\" stroke=\"{line}\" stroke-width=\"{w}\" fill=\"none\" stroke-linejoin=\"round\"/>",
            -q, q, s - q, s - q, s - q, s - q, s + q, q
        ),
    };
    format!(
        "<pattern id=\"{id}\" width=\"{s}\" height=\"{s}\" patternUnits=\"userSpaceOnUse\"><rect width=\"{s}\" height=\"{s}\" fill=\"{ground}\"/>{inside}</pattern>"
    )
}

/// A perspective's shape around a middle, as an element with these attributes.
pub(crate) fn shape(of: Shape, cx: f32, cy: f32, r: f32, attributes: &str) -> String {
    match of {
        Shape::Circle => format!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" {attributes}/>"),
        Shape::Square => {
            let half = r * 0.9;
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {attributes}/>",
                cx - half,
                cy - half,
                half * 2.0,
                half * 2.0,
                r * 0.16
            )
        }
        Shape::Triangle => {
            let (w, top, bottom) = (r * 1.12, cy - r * 1.02, cy + r * 0.84);
            format!("<path d=\"M{cx} {top}L{} {bottom}H{}Z\" stroke-linejoin=\"round\" {attributes}/>", cx + w, cx - w)
        }
        Shape::Diamond => {
            let w = r * 1.1;
            format!(
                "<path d=\"M{cx} {}L{} {cy}L{cx} {}L{} {cy}Z\" stroke-linejoin=\"round\" {attributes}/>",
                cy - w,
                cx + w,
                cy + w,
                cx - w
            )
        }
    }
}

/// A badge: the shape in its colour with a pale rim, so that it stands off any ground. The letter comes on top.
pub(crate) fn badge(about: &PerspectiveText, tones: &Tones) -> String {
    let colour = to_hex(tones.colour);
    let rim = shape(about.shape, 50.0, 50.0, 40.0, "fill=\"#fffdf8\" stroke=\"#fffdf8\" stroke-width=\"12\"");
    let edge = shape(about.shape, 50.0, 50.0, 40.0, "fill=\"none\" stroke=\"#22201c\" stroke-opacity=\"0.55\" stroke-width=\"15\"");
    let inside = shape(about.shape, 50.0, 50.0, 40.0, &format!("fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"3\""));
    format!("{HEAD}{edge}{rim}{inside}</svg>")
}

/// Where the letter of a shape stands: its middle, from the drawing's top left, in shares of its side.
pub(crate) const fn letter_at(of: Shape) -> (f32, f32) {
    match of {
        Shape::Triangle => (0.5, 0.58),
        Shape::Circle | Shape::Square | Shape::Diamond => (0.5, 0.5),
    }
}

/// What lies on one place of a stone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Place {
    /// Nothing.
    Empty,
    /// What would lie there, faintly.
    Ghost,
    /// A tile.
    Tile,
    /// A tile that has cracked.
    Cracked,
    /// A tile that may be picked to be lifted.
    Liftable,
}

/// The quarter of a stone that a perspective has: turn order, clockwise from the top left.
pub(crate) const QUARTERS: [(f32, f32); 4] = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];

/// The path of a quarter with radius `r` around (50, 50), a little apart from its neighbours.
fn quarter(n: usize, r: f32) -> String {
    let (sx, sy) = QUARTERS[n & 3];
    let gap = 1.4;
    let (x, y) = (50.0 + sx * gap, 50.0 + sy * gap);
    let far = (r * r - gap * gap).sqrt();
    let (ax, ay) = (50.0 + sx * far, y);
    let (bx, by) = (x, 50.0 + sy * far);
    let sweep = if sx * sy > 0.0 { 1 } else { 0 };
    format!("M{x} {y}L{ax} {ay}A{r} {r} 0 0 {sweep} {bx} {by}Z")
}

/// How a stone looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Stone {
    pub(crate) places: [Place; 4],
    pub(crate) met: bool,
    /// For another day.
    pub(crate) asleep: bool,
}

/// What a stone is drawn with.
pub(crate) struct StoneTones {
    pub(crate) ground: Color32,
    pub(crate) edge: Color32,
    pub(crate) met: Color32,
}

/// A stone with its four places. The letters come on top.
pub(crate) fn stone(stone: Stone, about: [(&PerspectiveText, Tones); 4], tones: &StoneTones) -> String {
    let mut svg = String::from(HEAD);
    svg.push_str("<defs>");
    for (n, (about, tones)) in about.iter().enumerate() {
        svg.push_str(&pattern(&format!("p{n}"), about.pattern, tones, 11.0));
    }
    svg.push_str("</defs>");
    let (ground, edge) = (to_hex(tones.ground), to_hex(tones.edge));
    // A stone lies on the ground: a shadow, and an uneven rim.
    let faint = if stone.asleep { 0.45 } else { 1.0 };
    let _ = write!(svg, "<g opacity=\"{faint}\"><ellipse cx=\"50\" cy=\"55\" rx=\"46\" ry=\"43\" fill=\"#000\" opacity=\"0.16\"/>");
    let (rim, width) = if stone.met { (to_hex(tones.met), 6.0) } else { (edge.clone(), 3.2) };
    let _ = write!(
        svg,
        "<path d=\"M50 4C75 3 96 22 96 50C97 76 77 96 50 96C24 97 4 77 4 50C3 24 25 4 50 4Z\" fill=\"{ground}\" stroke=\"{rim}\" stroke-width=\"{width}\"/>"
    );
    for (n, place) in stone.places.iter().enumerate() {
        let (_, own) = &about[n];
        let path = quarter(n, 39.0);
        let own_edge = to_hex(own.edge);
        let colour = to_hex(own.colour);
        let _ = match place {
            Place::Empty => write!(svg, "<path d=\"{path}\" fill=\"#000\" fill-opacity=\"0.05\" stroke=\"{edge}\" stroke-width=\"1\" stroke-dasharray=\"3 3\"/>"),
            Place::Ghost => write!(
                svg,
                "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"0.34\"/><path d=\"{path}\" fill=\"none\" stroke=\"{own_edge}\" stroke-width=\"3\" stroke-dasharray=\"6 4\"/>"
            ),
            Place::Tile => write!(svg, "<path d=\"{path}\" fill=\"url(#p{n})\" stroke=\"#22201c\" stroke-opacity=\"0.5\" stroke-width=\"1\"/>"),
            Place::Liftable => write!(
                svg,
                "<path d=\"{path}\" fill=\"url(#p{n})\"/><path d=\"{path}\" fill=\"none\" stroke=\"#fffdf8\" stroke-width=\"4\"/><path d=\"{path}\" fill=\"none\" stroke=\"#22201c\" stroke-width=\"3\" stroke-dasharray=\"5 4\"/>"
            ),
            Place::Cracked => {
                let (sx, sy) = QUARTERS[n];
                let p = |x: f32, y: f32| format!("{} {}", 50.0 + sx * x, 50.0 + sy * y);
                let crack = format!("M{}L{}L{}L{}", p(4.0, 30.0), p(14.0, 18.0), p(17.0, 24.0), p(34.0, 7.0));
                write!(
                    svg,
                    "<path d=\"{path}\" fill=\"url(#p{n})\" stroke=\"#22201c\" stroke-width=\"1.5\"/><path d=\"{crack}\" fill=\"none\" stroke=\"#fffdf8\" stroke-width=\"5.5\" stroke-linejoin=\"round\"/><path d=\"{crack}\" fill=\"none\" stroke=\"#22201c\" stroke-width=\"2.4\" stroke-linejoin=\"round\"/>"
                )
            }
        };
    }
    svg.push_str("</g></svg>");
    svg
}

/// One tile by itself, a quarter in a square, for tiles that are on their way.
pub(crate) fn tile(n: usize, about: &PerspectiveText, tones: &Tones) -> String {
    let path = quarter(n, 39.0);
    format!(
        "{HEAD}<defs>{}</defs><path d=\"{path}\" fill=\"url(#p)\" stroke=\"#fffdf8\" stroke-width=\"2\"/><path d=\"{path}\" fill=\"none\" stroke=\"#22201c\" stroke-opacity=\"0.6\" stroke-width=\"1\"/></svg>",
        pattern("p", about.pattern, tones, 11.0)
    )
}

/// A band in a perspective's colour and pattern, `width` by `height`.
pub(crate) fn band(about: &PerspectiveText, tones: &Tones, width: f32, height: f32, radius: f32) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><defs>{}</defs><path d=\"M0 {height}V{radius}Q0 0 {radius} 0H{}Q{width} 0 {width} {radius}V{height}Z\" fill=\"url(#p)\"/></svg>",
        pattern("p", about.pattern, tones, height / 3.2),
        width - radius
    )
}
