//! An invite as a QR code: as squares, or in text.

use qrcode::{Color, EcLevel, QrCode};

/// Light squares that a camera needs around a code.
const QUIET: usize = 2;

/// A code's squares, row by row from the top left, without the light ones around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Squares {
    /// Squares a side.
    pub(crate) side: usize,
    /// `side * side` of them, `true` for dark.
    pub(crate) dark: Vec<bool>,
}

impl Squares {
    /// The code of a text; `None` where it is too long for one.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let dark = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
        Some(Self { side: code.width(), dark })
    }

    /// The code as lines of text, two squares to a letter one above the other. Light squares are drawn and dark ones left
    /// out: terminals are most often dark, and cameras take either.
    pub(crate) fn lines(&self) -> Vec<String> {
        let whole = self.side + QUIET * 2;
        let light = |x: usize, y: usize| {
            let inside = |n: usize| n.checked_sub(QUIET).filter(|n| *n < self.side);
            match (inside(x), inside(y)) {
                (Some(x), Some(y)) => !self.dark[y * self.side + x],
                _ => y < whole,
            }
        };
        let letter = |x: usize, y: usize| match (light(x, y), light(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        (0..whole).step_by(2).map(|y| (0..whole).map(|x| letter(x, y)).collect()).collect()
    }
}

#[test]
fn a_code_is_a_square_with_light_around_it() {
    let squares = Squares::of("INSTEP://192.0.2.7:4433/7-0000000000000000").expect("short enough");
    assert_eq!(squares.dark.len(), squares.side * squares.side);
    assert!(squares.dark[0], "the corner of a code is dark");
    let lines = squares.lines();
    assert_eq!(lines.len(), (squares.side + 4).div_ceil(2));
    assert!(lines.iter().all(|line| line.chars().count() == squares.side + 4));
    assert!(lines[0].chars().all(|c| c == '█'), "{}", lines[0]);
}
