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

/// A rectangle in a perspective's colour and pattern, of which `clip` (an element) is seen. Drawn out rather than as an
/// SVG pattern, whose seams show.
pub(crate) fn patterned(id: &str, of: Pattern, tones: &Tones, [x, y, w, h]: [f32; 4], size: f32, clip: &str) -> String {
    let (ground, line) = (to_hex(tones.colour), to_hex(pattern_tone(tones)));
    let mut svg = format!(
        "<clipPath id=\"{id}\">{clip}</clipPath><g clip-path=\"url(#{id})\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{ground}\"/>"
    );
    let (columns, rows) = ((w / size).ceil() as i32, (h / size).ceil() as i32);
    let at = |n: i32, from: f32| from + n as f32 * size;
    match of {
        Pattern::Dots => {
            for row in 0..=rows * 2 {
                for column in -1..=columns {
                    let cx = at(column, x) + if row % 2 == 0 { size * 0.25 } else { size * 0.75 };
                    let cy = y + row as f32 * size * 0.5 + size * 0.25;
                    let _ =
                        write!(svg, "<circle cx=\"{cx:.2}\" cy=\"{cy:.2}\" r=\"{:.2}\" fill=\"{line}\"/>", size / 7.0);
                }
            }
        }
        Pattern::Stripes => {
            let mut path = String::new();
            for n in 0..=columns + rows {
                let from = at(n, x) - h;
                let _ = write!(path, "M{from:.2} {:.2}l{h:.2} -{h:.2}", y + h);
            }
            let _ = write!(svg, "<path d=\"{path}\" stroke=\"{line}\" stroke-width=\"{:.2}\"/>", size * 0.3);
        }
        Pattern::Grid => {
            let mut path = String::new();
            for n in 0..=columns {
                let _ = write!(path, "M{:.2} {y:.2}v{h:.2}", at(n, x) + size * 0.5);
            }
            for n in 0..=rows {
                let _ = write!(path, "M{x:.2} {:.2}h{w:.2}", at(n, y) + size * 0.5);
            }
            let _ = write!(svg, "<path d=\"{path}\" stroke=\"{line}\" stroke-width=\"{:.2}\"/>", size * 0.12);
        }
        Pattern::Zigzag => {
            let mut path = String::new();
            let half = size * 0.5;
            for row in 0..=rows * 2 {
                let top = y + row as f32 * half;
                let _ = write!(path, "M{:.2} {:.2}", x - half, top + half * 0.9);
                for n in 0..=columns * 2 + 2 {
                    let down = if n % 2 == 0 { -half * 0.7 } else { half * 0.7 };
                    let _ = write!(path, "l{half:.2} {down:.2}");
                }
            }
            let _ = write!(
                svg,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{line}\" stroke-width=\"{:.2}\" stroke-linejoin=\"round\"/>",
                size * 0.13
            );
        }
    }
    svg.push_str("</g>");
    svg
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
    let edge = shape(
        about.shape,
        50.0,
        50.0,
        40.0,
        "fill=\"none\" stroke=\"#22201c\" stroke-opacity=\"0.55\" stroke-width=\"15\"",
    );
    let inside =
        shape(about.shape, 50.0, 50.0, 40.0, &format!("fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"3\""));
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
    let (ground, edge) = (to_hex(tones.ground), to_hex(tones.edge));
    // A stone lies on the ground, with a shadow; one for another day is only marked out.
    if stone.asleep {
        let _ = write!(
            svg,
            "<circle cx=\"50\" cy=\"50\" r=\"44\" fill=\"{ground}\" fill-opacity=\"0.45\" stroke=\"{edge}\" stroke-width=\"2.4\" stroke-dasharray=\"7 6\"/></svg>"
        );
        return svg;
    }
    svg.push_str("<g><ellipse cx=\"50\" cy=\"55\" rx=\"46\" ry=\"43\" fill=\"#000\" opacity=\"0.16\"/>");
    let (rim, width) = if stone.met { (to_hex(tones.met), 6.0) } else { (edge.clone(), 3.2) };
    let _ = write!(
        svg,
        "<path d=\"M50 4C75 3 96 22 96 50C97 76 77 96 50 96C24 97 4 77 4 50C3 24 25 4 50 4Z\" fill=\"{ground}\" stroke=\"{rim}\" stroke-width=\"{width}\"/>"
    );
    for (n, place) in stone.places.iter().enumerate() {
        let (text, own) = &about[n];
        let path = quarter(n, 39.0);
        let patterned = || tile_pattern(n, text, own, &path);
        let own_edge = to_hex(own.edge);
        let colour = to_hex(own.colour);
        let _ = match place {
            Place::Empty => write!(
                svg,
                "<path d=\"{path}\" fill=\"#000\" fill-opacity=\"0.05\" stroke=\"{edge}\" stroke-width=\"1\" stroke-dasharray=\"3 3\"/>"
            ),
            Place::Ghost => write!(
                svg,
                "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"0.34\"/><path d=\"{path}\" fill=\"none\" stroke=\"{own_edge}\" stroke-width=\"3\" stroke-dasharray=\"6 4\"/>"
            ),
            Place::Tile => write!(
                svg,
                "{}<path d=\"{path}\" fill=\"none\" stroke=\"#22201c\" stroke-opacity=\"0.5\" stroke-width=\"1\"/>",
                patterned()
            ),
            Place::Liftable => write!(
                svg,
                "{}<path d=\"{path}\" fill=\"none\" stroke=\"#fffdf8\" stroke-width=\"4\"/><path d=\"{path}\" fill=\"none\" stroke=\"#22201c\" stroke-width=\"3\" stroke-dasharray=\"5 4\"/>",
                patterned()
            ),
            Place::Cracked => {
                let (sx, sy) = QUARTERS[n];
                let p = |x: f32, y: f32| format!("{} {}", 50.0 + sx * x, 50.0 + sy * y);
                let crack = format!("M{}L{}L{}L{}", p(4.0, 30.0), p(14.0, 18.0), p(17.0, 24.0), p(34.0, 7.0));
                write!(
                    svg,
                    "{}<path d=\"{path}\" fill=\"none\" stroke=\"#22201c\" stroke-width=\"1.5\"/><path d=\"{crack}\" fill=\"none\" stroke=\"#fffdf8\" stroke-width=\"5.5\" stroke-linejoin=\"round\"/><path d=\"{crack}\" fill=\"none\" stroke=\"#22201c\" stroke-width=\"2.4\" stroke-linejoin=\"round\"/>",
                    patterned()
                )
            }
        };
    }
    svg.push_str("</g></svg>");
    svg
}

/// The quarter of a stone in its perspective's pattern.
fn tile_pattern(n: usize, about: &PerspectiveText, tones: &Tones, path: &str) -> String {
    let (sx, sy) = QUARTERS[n & 3];
    let at = |s: f32| if s < 0.0 { 10.0 } else { 50.0 };
    patterned(
        &format!("q{n}"),
        about.pattern,
        tones,
        [at(sx), at(sy), 40.0, 40.0],
        10.0,
        &format!("<path d=\"{path}\"/>"),
    )
}

/// One tile by itself, a quarter in a square, for tiles that are on their way.
pub(crate) fn tile(n: usize, about: &PerspectiveText, tones: &Tones) -> String {
    let path = quarter(n, 39.0);
    format!(
        "{HEAD}{}<path d=\"{path}\" fill=\"none\" stroke=\"#fffdf8\" stroke-width=\"2\"/><path d=\"{path}\" fill=\"none\" stroke=\"#22201c\" stroke-opacity=\"0.6\" stroke-width=\"1\"/></svg>",
        tile_pattern(n, about, tones, &path)
    )
}

/// A band in a perspective's colour and pattern, `width` by `height`, round at the top.
pub(crate) fn band(about: &PerspectiveText, tones: &Tones, width: f32, height: f32, radius: f32) -> String {
    let clip = format!(
        "<path d=\"M0 {height}V{radius}Q0 0 {radius} 0H{}Q{width} 0 {width} {radius}V{height}Z\"/>",
        width - radius
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">{}</svg>",
        patterned("p", about.pattern, tones, [0.0, 0.0, width, height], height / 4.0, &clip)
    )
}
