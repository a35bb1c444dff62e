//! Faults, each with its place, and the report that gathers them.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::limits;
use crate::tree::Span;

/// What kind of fault it is; a stable word for machines.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The file is not RON.
    Syntax,
    /// The file is not UTF-8.
    NotUtf8,
    /// A file of the pack is missing.
    MissingFile,
    /// A file or folder that no part of the game reads.
    UnknownFile,
    /// A file, a pack or a list is too large.
    TooLarge,
    /// A link, or a path that leaves the folder.
    OutsidePack,
    /// The format version is one that this program doesn't read.
    FormatVersion,
    /// A field or key that the format doesn't have.
    UnknownField,
    /// A field that must be there and isn't.
    MissingField,
    /// A field that is there twice.
    DuplicateField,
    /// A text where a number belongs, and the like.
    WrongKind,
    /// A word that is not one of those allowed here.
    UnknownValue,
    /// An id that nothing has.
    UnknownId,
    /// An id that two things have.
    DuplicateId,
    /// A number or a count out of its range.
    OutOfRange,
    /// A text with nothing in it.
    EmptyText,
    /// A text that is too long.
    TextTooLong,
    /// A text with a character that cannot be seen.
    HiddenCharacter,
    /// A `Choose` in a `Choose`.
    NestedChoice,
    /// A `Choose` that offers both a cost and a gift.
    MixedChoice,
    /// A picture that is no picture, or one that could do harm.
    Picture,
    /// A deck without cards.
    EmptyDeck,
    /// A board that cannot be played.
    Board,
    /// Something that is never used.
    Unused,
    /// Packs that don't go together.
    Combination,
    /// There is no such pack.
    NoSuchPack,
    /// The disk or the system failed.
    Machine,
}

impl Code {
    /// Its word in JSON.
    #[must_use]
    pub fn id(self) -> String {
        let word = serde_json::to_value(self).ok();
        word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    }
}

/// A place that a person can find: lines and columns count from 1, columns in characters.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Place {
    /// The file, as the pack was named and then inside it.
    pub file: Arc<str>,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// What kind of thing.
    pub code: Code,
    /// Whether the pack can be played all the same.
    pub warning: bool,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What was expected, or what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The other place, where two clash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<Place>,
    #[serde(skip)]
    pub(crate) span: Span,
    #[serde(skip)]
    pub(crate) source: Option<Arc<str>>,
}

impl Fault {
    /// A fault of a whole file or folder.
    pub(crate) fn whole(code: Code, file: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self {
            code,
            warning: false,
            place: Place { file: file.into(), line: 1, column: 1 },
            message: message.into(),
            help: None,
            also: None,
            span: Span::default(),
            source: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        let help = help.into();
        if !help.is_empty() {
            self.help = Some(help);
        }
        self
    }

    pub(crate) fn also(mut self, place: Option<Place>) -> Self {
        self.also = place;
        self
    }

    pub(crate) fn into_warning(mut self) -> Self {
        self.warning = true;
        self
    }
}

/// A file's text with the beginnings of its lines.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) file: Arc<str>,
    pub(crate) text: Arc<str>,
    lines: Vec<u32>,
    /// Characters before every [`STRIDE`]th byte. A file can be one line of megabytes with thousands of
    /// ids in it; counting each one's column from the line's beginning would take minutes.
    characters: Vec<u32>,
}

const STRIDE: usize = 1024;

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32
}

impl Source {
    pub(crate) fn new(file: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let lines = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1))
            .collect();
        let mut before = 0;
        let mut counts = vec![0];
        for stride in text.as_bytes().chunks(STRIDE) {
            before += characters(stride);
            counts.push(before);
        }
        Self { file: file.into(), text, lines, characters: counts }
    }

    /// How many characters stand before a byte.
    fn before(&self, at: usize) -> u32 {
        let stride = at / STRIDE;
        self.characters[stride] + characters(&self.text.as_bytes()[stride * STRIDE..at])
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        let at = (span.start as usize).min(self.text.len());
        let line = self.lines.partition_point(|start| *start as usize <= at);
        let start = self.lines[line - 1] as usize;
        let column = self.before(at) - self.before(start) + 1;
        Place { file: self.file.clone(), line: line as u32, column }
    }

    pub(crate) fn fault(&self, code: Code, span: Span, message: impl Into<String>) -> Fault {
        Fault {
            place: self.place(span),
            span,
            source: Some(self.text.clone()),
            ..Fault::whole(code, self.file.clone(), message)
        }
    }
}

/// Everything found wrong with one or more packs.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of files and places.
    pub faults: Vec<Fault>,
    /// How many more there were than are kept.
    pub more: usize,
}

impl Report {
    /// A report of one fault.
    pub(crate) fn of(fault: Fault) -> Self {
        Self { faults: vec![fault], more: 0 }
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        if self.faults.len() < limits::FAULTS_MAX {
            self.faults.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Takes over the faults of another report.
    pub fn append(&mut self, other: Self) {
        self.more += other.more;
        other.faults.into_iter().for_each(|f| self.add(f));
    }

    /// The faults that keep a pack from being played.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|f| !f.warning)
    }

    /// The remarks that don't.
    pub fn warnings(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|f| f.warning)
    }

    /// Whether nothing keeps the pack from being played.
    #[must_use]
    pub fn is_playable(&self) -> bool {
        self.more == 0 && self.errors().next().is_none()
    }

    /// How a program that stops for this report should exit: 3 where the machine failed, 2 where there is
    /// no such pack, 1 where a pack is wrong, 0 where nothing is.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let any = |code| self.errors().any(|f| f.code == code);
        match () {
            () if any(Code::Machine) => 3,
            () if any(Code::NoSuchPack) => 2,
            () if !self.is_playable() => 1,
            () => 0,
        }
    }

    /// Puts the faults in the order in which a person would mend them: by file, then by place.
    pub(crate) fn sort(&mut self) {
        self.faults.sort_by(|a, b| {
            let key = |f: &Fault| (f.warning, f.place.file.clone(), f.place.line, f.place.column);
            key(a).cmp(&key(b))
        });
    }
}

impl fmt::Display for Report {
    /// One line a fault: for logs, and where there is no room for the lines themselves.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            write!(f, "{}: {}", fault.place, fault.message)?;
            if let Some(help) = &fault.help {
                write!(f, " {help}")?;
            }
            if let Some(also) = &fault.also {
                write!(f, " (see {also})")?;
            }
            writeln!(f)?;
        }
        if self.more > 0 {
            writeln!(f, "… and {} more.", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}
