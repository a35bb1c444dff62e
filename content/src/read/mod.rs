//! From the files of a pack to a pack that can be played, or to the list of everything that is wrong.

mod cards;
mod frame;
mod pictures;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::decode::Cx;
use crate::fault::{Code, Fault, Place, Report, Source};
use crate::files::Files;
use crate::limits;
use crate::pack::{Pack, Plan};
use crate::parse;
use crate::tree::{Span, Value};

/// What the files read so far have said; `None` where a file could not be read, so that one fault there
/// doesn't bring a hundred in the cards.
#[derive(Default)]
struct Known {
    /// Ids of perspectives, each with the ids of its speakers.
    perspectives: Option<Vec<String>>,
    speakers: Vec<(String, Vec<String>)>,
    outcomes: Option<Vec<String>>,
    themes: Option<Vec<String>>,
    rulesets: Option<Vec<String>>,
}

struct Reader {
    files: Files,
    report: RefCell<Report>,
    known: Known,
    /// Where each card's and poem's id stands.
    ids: HashMap<String, Place>,
    /// Whether every card file could be read, so that an empty deck is the author's fault.
    whole: bool,
}

/// Reads and checks. The report may hold warnings though there is a pack.
pub(crate) fn read(files: Files) -> (Option<Pack>, Report) {
    let mut reader =
        Reader { files, report: RefCell::default(), known: Known::default(), ids: HashMap::new(), whole: true };
    let pack = reader.pack();
    let mut report = reader.report.into_inner();
    report.sort();
    (pack.filter(|_| report.is_playable()), report)
}

impl Reader {
    fn label(&self, path: &str) -> String {
        format!("{}/{path}", self.files.label)
    }

    fn add(&self, fault: Fault) {
        self.report.borrow_mut().add(fault);
    }

    /// A file as text; its faults are reported.
    fn text(&self, path: &str) -> Option<Source> {
        let bytes = self.files.get(path)?;
        // Windows' editors begin a file with a byte order mark; it means nothing.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(Source::new(self.label(path), text)),
            Err(error) => {
                let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                let source = Source::new(self.label(path), good);
                let end = source.text.len();
                let message = "From here on the file is not text in UTF-8.";
                let fault = source.fault(Code::NotUtf8, Span::new(end, end), message);
                self.add(fault.help("Save it again in your editor with the encoding UTF-8."));
                None
            }
        }
    }

    /// Reads one RON file and hands its tree on; `None` where it is missing or not RON.
    fn ron<T>(&self, path: &str, decode: impl FnOnce(&Self, &Cx<'_>, &Value<'_>) -> T) -> Option<T> {
        let source = self.text(path)?;
        let cx = Cx { source: &source, report: &self.report };
        match parse::parse(&source.text) {
            Ok(value) => Some(decode(self, &cx, &value)),
            Err(fault) => {
                let help = fault.help.unwrap_or_default();
                cx.fault(Code::Syntax, fault.span, fault.message, help);
                None
            }
        }
    }

    /// Like [`Reader::ron`] for a file that must be there.
    fn needed<T>(&self, path: &str, decode: impl FnOnce(&Self, &Cx<'_>, &Value<'_>) -> T) -> Option<T> {
        if self.files.get(path).is_none() {
            let fault = Fault::whole(Code::MissingFile, self.label(path), format!("The pack has no file `{path}`."));
            self.add(fault.help("`instep-pack new NAME` makes a small pack with every file, to copy from."));
            return None;
        }
        self.ron(path, decode)
    }

    fn pack(&mut self) -> Option<Pack> {
        for path in &self.files.strays {
            let fault = Fault::whole(Code::UnknownFile, self.label(path), "No part of the game reads this file.");
            self.add(
                fault.help("Cards belong in the folder `cards`, poems in `poems`, plans in `plans`.").into_warning(),
            );
        }
        // An unknown format is told alone: everything else would be guesswork.
        if self.needed("pack.ron", |_, cx, value| frame::format(cx, value))? == frame::Format::Unknown {
            return None;
        }
        let (rulesets, known) = self.needed("rulesets.ron", |_, cx, v| frame::rulesets(cx, v)).unzip();
        self.known.rulesets = known;
        let perspectives = self.needed("perspectives.ron", Self::perspectives);
        // With three or five of them it is not known which names are meant.
        let four = perspectives.as_ref().filter(|ps| ps.len() == 4);
        self.known.perspectives = four.map(|ps| ps.iter().map(|p| p.id.clone()).collect());
        for p in four.into_iter().flatten() {
            self.known.speakers.push((p.id.clone(), p.speakers.iter().map(|s| s.id.clone()).collect()));
        }
        let outcomes = self.needed("outcomes.ron", Self::outcomes);
        self.known.outcomes = outcomes.as_ref().map(|os| os.iter().map(|o| o.id.clone()).collect());
        let themes = self.needed("themes.ron", |_, cx, v| frame::themes(cx, v));
        self.known.themes = themes.as_ref().map(|t| t.themes.iter().map(|t| t.id.clone()).collect());
        let strings = self.ron("strings.ron", |_, cx, v| frame::strings(cx, v)).unwrap_or_default();
        let manifest = self.needed("pack.ron", |own, cx, v| frame::manifest(cx, v, &own.known));
        let board = self.needed("board.ron", |own, cx, v| frame::board(cx, v, own.known.perspectives.as_deref()));
        let (mut cards, mut poems, mut plans) = (Vec::new(), Vec::new(), Vec::new());
        let (mut card_places, mut poem_places) = (Vec::new(), Vec::new());
        for path in self.files.files.keys().cloned().collect::<Vec<_>>() {
            if path.starts_with("cards/") {
                self.card_file(&path, &mut cards, &mut card_places);
            } else if path.starts_with("poems/") {
                self.poem_file(&path, &mut poems, &mut poem_places);
            } else if path.starts_with("plans/") {
                // Plans belong to the session around the board; here they are only kept from being broken.
                self.ron(&path, |_, _, _| ());
                if let Some(source) = self.text(&path) {
                    plans.push(Plan { path: path.clone(), text: source.text });
                }
            }
        }
        if cards.len() + poems.len() > limits::CARDS_MAX {
            let message = format!("The pack has more than {} cards and poems.", limits::CARDS_MAX);
            self.add(Fault::whole(Code::TooLarge, self.files.label.clone(), message));
        }
        let guide = self.guide(manifest.as_ref());
        let (board, perspectives) = (board?, perspectives?);
        if self.whole {
            self.decks(&board, &cards, &poems);
        }
        let themes = themes?;
        self.unused_themes(&themes, &cards, &poems);
        let hash = self.files.hash();
        Some(Pack {
            manifest: manifest?,
            board,
            perspectives,
            outcomes: outcomes?,
            themes,
            rulesets: rulesets?,
            strings,
            cards,
            poems,
            plans,
            guide,
            hash,
            files: self.files.clone(),
            card_places,
            poem_places,
        })
    }

    fn guide(&self, manifest: Option<&crate::schema::Manifest>) -> Option<std::sync::Arc<str>> {
        let path = manifest?.guide.as_deref()?;
        match self.files.get(path) {
            None => {
                let fault = Fault::whole(
                    Code::MissingFile,
                    self.label(path),
                    format!("pack.ron names the guide `{path}`, and the pack has no such file."),
                );
                self.add(fault.help("Write it, in Markdown, beside pack.ron; or leave out `guide`."));
                None
            }
            Some(bytes) if bytes.len() > limits::GUIDE_BYTES_MAX => {
                let message = format!("The guide is larger than {} KiB.", limits::GUIDE_BYTES_MAX >> 10);
                self.add(Fault::whole(Code::TooLarge, self.label(path), message));
                None
            }
            Some(_) => self.text(path).map(|s| s.text),
        }
    }
}
