//! The pack's guide for facilitators: Markdown, as far as guides use it.

use std::sync::Arc;

use egui::{Ui, vec2};

use crate::look::{Look, galley, text, words};
use crate::theme::Cut;

/// A piece of a guide.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece {
    Title(String),
    Words(String),
    /// To be said aloud: a line that begins with a bar in the text.
    Said(String),
    Point(String),
    /// A row of a table.
    Row(Vec<String>),
}

/// The guide of the packs that are looked at.
fn text_of(look: &Look<'_>) -> Option<Arc<str>> {
    let packs = match look.m.table {
        Some(table) => table.view.packs,
        None => &*look.m.worked_out?.packs,
    };
    packs.first().guide.clone()
}

/// Words without the marks of Markdown that only make them bold or slanted.
fn plain(words: &str) -> String {
    words.replace("**", "").replace(['*', '`'], "").trim().to_owned()
}

fn pieces(guide: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut goes_on = false;
    for line in guide.lines() {
        let line = line.trim();
        let piece = if line.is_empty() || line == ">" {
            goes_on = false;
            continue;
        } else if line.starts_with('#') {
            Piece::Title(plain(line.trim_start_matches('#')))
        } else if let Some(said) = line.strip_prefix('>') {
            Piece::Said(plain(said))
        } else if let Some(point) = line.strip_prefix("- ") {
            Piece::Point(plain(point))
        } else if line.starts_with('|') {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(plain).collect();
            if cells.iter().all(|cell| cell.chars().all(|c| c == '-' || c == ':')) {
                continue;
            }
            Piece::Row(cells)
        } else {
            Piece::Words(plain(line))
        };
        // A line that begins with nothing of its own goes on with the one before it.
        match (pieces.last_mut(), &piece) {
            (Some(Piece::Words(before) | Piece::Point(before)), Piece::Words(more)) if goes_on => {
                before.push(' ');
                before.push_str(more);
            }
            (Some(Piece::Said(before)), Piece::Said(more)) if goes_on => {
                before.push(' ');
                before.push_str(more);
            }
            _ => pieces.push(piece),
        }
        goes_on = true;
    }
    pieces
}

pub(super) fn guide(ui: &mut Ui, look: &mut Look<'_>) {
    let Some(guide) = text_of(look) else {
        let none = words!(look, "ui-no-guide");
        text(ui, &none, look.s.body, Cut::Regular, look.p.ink);
        return;
    };
    let s = look.s;
    for piece in pieces(&guide) {
        match piece {
            Piece::Title(title) => {
                ui.add_space(s.gap * 0.5);
                text(ui, &title, s.heading, Cut::Bold, look.p.ink);
            }
            Piece::Words(said) => {
                text(ui, &said, s.body, Cut::Regular, look.p.ink);
            }
            Piece::Said(said) => {
                beside(ui, look, &said, Cut::Italic, true);
            }
            Piece::Point(point) => {
                beside(ui, look, &point, Cut::Regular, false);
            }
            Piece::Row(cells) => {
                text(ui, &cells.join("  \u{b7}  "), s.body, Cut::Regular, look.p.ink);
            }
        }
    }
}

/// Words with a bar or a dot beside them.
fn beside(ui: &mut Ui, look: &Look<'_>, said: &str, cut: Cut, bar: bool) {
    let s = look.s;
    let laid = galley(ui.painter(), said, s.body, cut, look.p.ink, ui.available_width() - s.body);
    let (rect, response) = ui.allocate_exact_size(laid.size() + vec2(s.body, 0.0), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, said));
    let painter = ui.painter();
    if bar {
        let at = egui::Rect::from_min_size(rect.min, vec2(s.body * 0.22, rect.height()));
        painter.rect_filled(at, s.body * 0.1, look.p.line);
    } else {
        painter.circle_filled(rect.min + vec2(s.body * 0.3, s.body * 0.62), s.body * 0.13, look.p.ink);
    }
    painter.galley(rect.min + vec2(s.body, 0.0), laid, look.p.ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_is_taken_apart_as_its_author_meant_it() {
        let guide = "# The guide\n\nTwo lines\nof **one** thought.\n\n- a point\n  that goes on\n- another\n\n> Say this.\n> And this.\n>\n> Then this.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let s = str::to_owned;
        let expected = [
            Piece::Title(s("The guide")),
            Piece::Words(s("Two lines of one thought.")),
            Piece::Point(s("a point that goes on")),
            Piece::Point(s("another")),
            Piece::Said(s("Say this. And this.")),
            Piece::Said(s("Then this.")),
            Piece::Row(vec![s("a"), s("b")]),
            Piece::Row(vec![s("1"), s("2")]),
        ];
        assert_eq!(pieces(guide), expected);
    }

    #[test]
    fn nothing_of_a_shipped_guide_is_lost() {
        let packs = instep_content::Library::default().load(&[instep_content::BASE_PACK]).unwrap();
        let guide = packs.first().guide.clone().unwrap();
        let shown: String = pieces(&guide)
            .into_iter()
            .map(|piece| match piece {
                Piece::Title(t) | Piece::Words(t) | Piece::Said(t) | Piece::Point(t) => t,
                Piece::Row(cells) => cells.join(" "),
            })
            .collect::<Vec<_>>()
            .join(" ");
        let words = |text: &str| {
            let letters = |c: char| !c.is_alphanumeric();
            text.split(letters).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(words(&shown), words(&guide));
    }
}
