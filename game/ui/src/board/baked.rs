//! What never moves on the board, as one drawing: garden, path, house, spaces.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write;
use std::hash::{Hash, Hasher};

use egui::Color32;
use instep_content::Packs;
use instep_rules::Space;

use super::map::{Map, SIDE};
use crate::art::{nested, picture_text};
use crate::signs::shape;
use crate::theme::{Palette, Tones, to_hex};

/// The board as a drawing, and what tells it from every other.
pub(crate) struct Baked<'a> {
    pub(crate) map: &'a Map,
    pub(crate) packs: &'a Packs,
    pub(crate) board: &'a [Space],
    pub(crate) tones: [Tones; 4],
    pub(crate) palette: &'static Palette,
    /// Whether the path is complete: the house is lit and its door open.
    pub(crate) lit: bool,
    /// A space's sign: its radius in units.
    pub(crate) sign: f32,
}

impl Baked<'_> {
    /// What tells it from every other.
    pub(crate) fn key(&self) -> String {
        let mut hash = DefaultHasher::new();
        self.packs.first().hash.0.hash(&mut hash);
        (self.palette.dark, self.lit, self.map.stones.len(), self.board.len(), self.sign.to_bits()).hash(&mut hash);
        format!("board-{:016x}", hash.finish())
    }

    /// The drawing.
    pub(crate) fn svg(&self) -> String {
        let p = self.palette;
        let map = self.map;
        let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\">");
        let frame = map.cell * 0.24;
        let _ = write!(svg, "<rect width=\"{SIDE}\" height=\"{SIDE}\" rx=\"{frame}\" fill=\"{}\"/>", to_hex(p.panel));
        let inner = map.inner.shrink(map.cell * 0.03);
        let _ = write!(
            svg,
            "<defs><clipPath id=\"garden\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/></clipPath></defs><g clip-path=\"url(#garden)\">",
            inner.left(),
            inner.top(),
            inner.width(),
            inner.height(),
            map.cell * 0.2
        );
        let at = [inner.left(), inner.top(), inner.width(), inner.height()];
        if let Some(garden) = picture_text(if p.dark { "garden-dark" } else { "garden-light" }) {
            nested(&mut svg, garden, "g-", at, 0.0);
        }
        self.path(&mut svg);
        let house = map.house;
        let at = [house.left(), house.top(), house.width(), house.height()];
        if let Some(picture) = picture_text(if self.lit { "house-lit" } else { "house" }) {
            nested(&mut svg, picture, "h-", at, 0.0);
        }
        svg.push_str("</g>");
        let _ = write!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>",
            inner.left(),
            inner.top(),
            inner.width(),
            inner.height(),
            map.cell * 0.2,
            to_hex(p.path_edge)
        );
        let mut corners = 0;
        for (n, space) in self.board.iter().enumerate() {
            match space {
                Space::Footprint(perspective) => self.footprint(&mut svg, n, perspective.index()),
                Space::PoetsCorner => {
                    corners += 1;
                    self.corner(&mut svg, n, corners);
                }
            }
        }
        svg.push_str("</svg>");
        svg
    }

    fn path(&self, svg: &mut String) {
        let mut line = String::new();
        for (n, at) in self.map.path.iter().enumerate() {
            let _ = write!(line, "{}{:.1} {:.1}", if n == 0 { "M" } else { "L" }, at.x, at.y);
        }
        let width = self.map.radius * 0.95;
        let (fill, edge) = (to_hex(self.palette.path), to_hex(self.palette.path_edge));
        let stroke = |colour: &str, width: f32, more: &str| {
            format!(
                "<path d=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" stroke-linecap=\"round\" {more}/>"
            )
        };
        svg.push_str(&stroke(&edge, width + 5.0, ""));
        svg.push_str(&stroke(&fill, width, ""));
        // Grains of gravel along it.
        svg.push_str(&stroke(&edge, width * 0.7, "stroke-dasharray=\"1.5 23\" stroke-opacity=\"0.5\""));
        svg.push_str(&stroke(&fill, width * 0.55, ""));
        svg.push_str(&stroke(
            &edge,
            width * 0.3,
            "stroke-dasharray=\"1.5 31\" stroke-dashoffset=\"9\" stroke-opacity=\"0.5\"",
        ));
        svg.push_str(&stroke(&fill, width * 0.18, ""));
    }

    fn footprint(&self, svg: &mut String, n: usize, perspective: usize) {
        let (at, c) = (self.map.spaces[n], self.map.cell);
        let tones = self.tones[perspective];
        let side = c * 0.9;
        let (soft, edge) = (to_hex(tones.soft), to_hex(tones.edge));
        let _ = write!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\" rx=\"{}\" fill=\"{soft}\" stroke=\"{edge}\" stroke-width=\"{}\"/>",
            at.x - side / 2.0,
            at.y - side / 2.0,
            c * 0.16,
            c * 0.035
        );
        // The sign lies in the lower right; the feet keep clear of it.
        let room = side - self.sign * 1.1;
        let foot = room * 0.86;
        if let Some(picture) = picture_text("footprint") {
            let left = at.x - side / 2.0 + (side - self.sign * 1.0 - foot) / 2.0;
            let top = at.y - side / 2.0 + (side - self.sign * 1.0 - foot) / 2.0;
            let picture = picture.replace("currentColor", &to_hex(tones.edge));
            nested(svg, &picture, &format!("f{n}-"), [left, top, foot, foot], self.map.heading(n as f32));
        }
        let about = &self.packs.perspectives()[perspective];
        let (x, y) = self.sign_at(n);
        let colour = to_hex(tones.colour);
        svg.push_str(&shape(
            about.shape,
            x,
            y,
            self.sign,
            &format!("fill=\"#fffdf8\" stroke=\"#fffdf8\" stroke-width=\"{}\"", self.sign * 0.34),
        ));
        svg.push_str(&shape(about.shape, x, y, self.sign, &format!("fill=\"{colour}\"")));
    }

    /// The middle of a space's sign.
    pub(crate) fn sign_at(&self, n: usize) -> (f32, f32) {
        let (at, c) = (self.map.spaces[n], self.map.cell);
        let out = c * 0.45 - self.sign * 1.02;
        (at.x + out, at.y + out)
    }

    fn corner(&self, svg: &mut String, n: usize, which: usize) {
        let (at, c) = (self.map.spaces[n], self.map.cell);
        let side = c * 0.94;
        let (left, top) = (at.x - side / 2.0, at.y - side / 2.0);
        let _ = write!(
            svg,
            "<defs><clipPath id=\"c{n}\"><rect x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" rx=\"{}\"/></clipPath></defs><g clip-path=\"url(#c{n})\"><rect x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" fill=\"{}\"/>",
            c * 0.16,
            to_hex(POETS)
        );
        if let Some(picture) = picture_text(&format!("corner-{}", (which - 1) % 4 + 1)) {
            nested(svg, picture, &format!("n{n}-"), [left, top, side, side], 0.0);
        } else if let Some(picture) = picture_text("feather") {
            nested(svg, &picture.replace("currentColor", "#fff6e3"), &format!("n{n}-"), [left, top, side, side], 0.0);
        }
        svg.push_str("</g>");
    }
}

/// The ground of a Poet's Corner.
pub(crate) const POETS: Color32 = Color32::from_rgb(0x3D, 0x35, 0x48);
