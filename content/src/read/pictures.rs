//! Pictures: that they are there, are pictures, have a description, and can do no harm.

use super::Reader;
use crate::decode::{Group, did_you_mean};
use crate::fault::Code;
use crate::limits;
use crate::schema::Picture;
use crate::tree::Span;
use crate::tree::clip;

impl Reader {
    /// The field `picture` of a group.
    pub(super) fn picture(&self, g: &Group<'_, '_, '_, '_>) -> Option<Picture> {
        let p = g.cx.group(g.maybe("picture")?, "Picture", &["file", "text"])?;
        let picture = Picture { file: p.text("file", 200), text: p.text("text", limits::SENTENCE) };
        if let Some(value) = p.get("file").filter(|_| !picture.file.is_empty()) {
            self.picture_file(&p, &picture.file, value.span);
        }
        Some(picture)
    }

    fn picture_file(&self, g: &Group<'_, '_, '_, '_>, file: &str, span: Span) {
        let say = |code, message: String, help: &str| g.cx.fault(code, span, message, help);
        let leaves = file.starts_with('/')
            || file.contains(['\\', ':', '\0'])
            || file.split('/').any(|p| matches!(p, "" | "." | ".."));
        if leaves || !file.starts_with("pictures/") {
            let message = format!("A picture cannot be at \"{}\".", clip(file));
            return say(
                Code::OutsidePack,
                message,
                "It must be in the pack's own folder `pictures`, like \"pictures/kettle.svg\".",
            );
        }
        if !file.ends_with(".svg") && !file.ends_with(".png") {
            let help = "Its name must end in .svg (a drawing) or .png.";
            return say(Code::Picture, format!("\"{}\" is no picture that the game can show.", clip(file)), help);
        }
        let Some(bytes) = self.files.get(file) else {
            let there: Vec<&String> = self.files.files.keys().filter(|p| p.starts_with("pictures/")).collect();
            let near = did_you_mean(file, &there);
            let help = if near.starts_with("Did") { near } else { "Put it there, or leave `picture` out.".into() };
            return say(Code::MissingFile, format!("The pack has no file \"{}\".", clip(file)), &help);
        };
        if let Some((message, help)) = if file.ends_with(".svg") { svg_fault(bytes) } else { png_fault(bytes) } {
            say(Code::Picture, format!("\"{}\" {message}.", clip(file)), help);
        }
    }
}

fn svg_fault(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.len() > limits::SVG_BYTES_MAX {
        return Some((format!("is larger than {} KiB", limits::SVG_BYTES_MAX >> 10), "Make the drawing simpler."));
    }
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    if !text.contains("<svg") {
        return Some(("is no SVG drawing".into(), "Save it from your drawing program as SVG."));
    }
    // What a drawing needs none of: programs, other files, entities that swell.
    let bad = [
        "<script",
        "<!entity",
        "<foreignobject",
        "javascript:",
        "href=\"http",
        "href='http",
        "href=\"file:",
        "href=\"//",
        "href=\"/",
        "<iframe",
    ];
    let found = bad.iter().find(|b| text.contains(**b))?;
    Some((format!("holds `{found}`"), "A drawing may hold no program and draw on no other file: save it as plain SVG."))
}

fn png_fault(bytes: &[u8]) -> Option<(String, &'static str)> {
    const HELP: &str = "Save it again as PNG, at most 4,096 × 4,096 points and 4 MiB.";
    let header =
        bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").and_then(|r| r.get(4..16)).and_then(|r| r.strip_prefix(b"IHDR"));
    let side = |b: &[u8]| b.first_chunk::<4>().map_or(0, |b| u32::from_be_bytes(*b));
    let Some(header) = header else {
        return Some(("is no PNG picture".into(), HELP));
    };
    let (width, height) = (side(header), side(&header[4..]));
    let sides = 1..=limits::PNG_SIDE_MAX;
    if bytes.len() > limits::PNG_BYTES_MAX || !sides.contains(&width) || !sides.contains(&height) {
        return Some((format!("is {width} × {height} points in {} KiB, which is too large", bytes.len() >> 10), HELP));
    }
    None
}
