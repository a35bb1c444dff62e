//! Drawings as textures: SVG, rasterised at the very size at which it is shown.

use std::collections::HashMap;
use std::fmt::Write;

use egui::{Color32, ColorImage, Painter, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};
use include_dir::{Dir, include_dir};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::theme;

static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/pictures");

/// So many textures may lie unused before the oldest go: window sizes come and go.
const UNUSED_MAX: usize = 80;

/// The text of a drawing in `assets/pictures`, by its name without the ending.
#[must_use]
pub fn picture_text(name: &str) -> Option<&'static str> {
    PICTURES.get_file(format!("{name}.svg")).and_then(|file| file.contents_utf8())
}

struct Kept {
    texture: TextureHandle,
    used: u64,
}

/// Drawings as textures of one egui context: every window has its own.
#[derive(Default)]
pub struct Art {
    kept: HashMap<(String, [u32; 2]), Option<Kept>>,
    pass: u64,
}

impl std::fmt::Debug for Art {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Art").field("textures", &self.kept.len()).finish_non_exhaustive()
    }
}

impl Art {
    /// A new pass begins: what nobody has asked for in a while may go.
    pub fn begin(&mut self) {
        self.pass += 1;
        if self.kept.len() > UNUSED_MAX * 2 {
            let old = self.pass.saturating_sub(UNUSED_MAX as u64);
            self.kept.retain(|_, kept| kept.as_ref().is_some_and(|kept| kept.used >= old));
        }
    }

    /// A drawing of `assets/pictures` of this size in points, as a texture; `tint` stands for `currentColor`.
    pub fn picture(&mut self, ctx: &egui::Context, name: &str, size: Vec2, tint: Color32) -> Option<TextureId> {
        self.drawn(ctx, &format!("{name}{}", theme::to_hex(tint)), size, || {
            Some(picture_text(name)?.replace("currentColor", &theme::to_hex(tint)))
        })
    }

    /// A drawing that is made here, kept under `key`.
    pub fn drawn(
        &mut self,
        ctx: &egui::Context,
        key: &str,
        size: Vec2,
        svg: impl FnOnce() -> Option<String>,
    ) -> Option<TextureId> {
        let scale = ctx.pixels_per_point();
        let most = ctx.input(|i| i.max_texture_side) as f32;
        // Steps of sixteen pixels for what is large: a window that is being resized is not a new board each pixel.
        let pixels = |points: f32| {
            let exact = (points * scale).round().clamp(1.0, most);
            if exact > 256.0 { ((exact / 16.0).ceil() * 16.0).min(most) as u32 } else { exact as u32 }
        };
        let at = [pixels(size.x), pixels(size.y)];
        let pass = self.pass;
        let kept = self.kept.entry((key.to_owned(), at)).or_insert_with(|| {
            let image = rasterised(&svg()?, at)?;
            Some(Kept { texture: ctx.load_texture(key, image, TextureOptions::LINEAR), used: pass })
        });
        kept.as_mut().map(|kept| {
            kept.used = pass;
            kept.texture.id()
        })
    }

    /// Paints a drawing of `assets/pictures` into a rectangle, whole and in its own proportions.
    pub fn paint(&mut self, painter: &Painter, name: &str, rect: Rect, tint: Color32) {
        if let Some(id) = self.picture(painter.ctx(), name, rect.size(), tint) {
            image(painter, id, rect);
        }
    }
}

/// Paints a texture into a rectangle.
pub(crate) fn image(painter: &Painter, id: TextureId, rect: Rect) {
    painter.image(id, rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), Color32::WHITE);
}

/// A drawing as pixels. It is centred, whole, in its own proportions.
fn rasterised(svg: &str, size: [u32; 2]) -> Option<ColorImage> {
    let tree = Tree::from_str(svg, &Options::default()).ok()?;
    let mut pixmap = Pixmap::new(size[0], size[1])?;
    let (own, size) = (tree.size(), vec2(size[0] as f32, size[1] as f32));
    let (x, y) = (size.x / own.width(), size.y / own.height());
    // What is off by the rounding of pixels alone fills its place.
    let (x, y) = if (x / y - 1.0).abs() < 0.12 { (x, y) } else { (x.min(y), x.min(y)) };
    let (left, top) = ((size.x - own.width() * x) / 2.0, (size.y - own.height() * y) / 2.0);
    resvg::render(&tree, Transform::from_row(x, 0.0, 0.0, y, left, top), &mut pixmap.as_mut());
    let at = [pixmap.width() as usize, pixmap.height() as usize];
    Some(ColorImage::from_rgba_premultiplied(at, pixmap.data()))
}

/// A drawing inside another one, at `x`, `y` with a width and height; its ids get a prefix, so that they can't be
/// taken for another drawing's. `turn` is in degrees, about the middle.
pub(crate) fn nested(into: &mut String, svg: &str, prefix: &str, [x, y, w, h]: [f32; 4], turn: f32) {
    let Some(start) = svg.find("<svg") else { return };
    let Some(end) = svg[start..].find('>').map(|n| start + n) else { return };
    let tag = &svg[start..end];
    let view = attribute(tag, "viewBox").unwrap_or("0 0 100 100");
    // What the drawing says of all that is in it goes with it.
    let mut style = String::new();
    for name in ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "color", "opacity"] {
        if let Some(value) = attribute(tag, name) {
            let _ = write!(style, " {name}=\"{value}\"");
        }
    }
    let inside = svg[end + 1..].trim_end().trim_end_matches("</svg>");
    let inside = inside
        .replace("id=\"", &format!("id=\"{prefix}"))
        .replace("url(#", &format!("url(#{prefix}"))
        .replace("href=\"#", &format!("href=\"#{prefix}"));
    let middle = (x + w / 2.0, y + h / 2.0);
    let _ = write!(
        into,
        "<g transform=\"rotate({turn} {} {})\"><svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{view}\"{style}>{inside}</svg></g>",
        middle.0, middle.1
    );
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_can_be_rasterised() {
        let mut count = 0;
        for file in PICTURES.files().filter(|f| f.path().extension().is_some_and(|e| e == "svg")) {
            let text = file.contents_utf8().unwrap();
            let image = rasterised(&text.replace("currentColor", "#000000"), [64, 64]);
            let image = image.unwrap_or_else(|| panic!("{} can't be drawn", file.path().display()));
            assert!(image.pixels.iter().any(|p| p.a() > 0), "{} is empty", file.path().display());
            count += 1;
        }
        assert!(count > 10);
    }

    #[test]
    fn a_nested_drawing_keeps_its_place_and_its_ids_to_itself() {
        let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">");
        let inner = "<svg viewBox=\"0 0 10 10\"><defs><linearGradient id=\"g\"/></defs><rect fill=\"url(#g)\" width=\"10\" height=\"10\"/></svg>";
        nested(&mut out, inner, "a-", [50.0, 0.0, 50.0, 50.0], 0.0);
        out.push_str("</svg>");
        assert!(out.contains("url(#a-g)") && out.contains("id=\"a-g\""));
        assert!(Tree::from_str(&out, &Options::default()).is_ok());
    }
}
