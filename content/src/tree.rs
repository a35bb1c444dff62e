//! A RON file as a tree whose every value knows where it stands.

use std::borrow::Cow;

/// Bytes of a file, from and up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Span {
    /// The first byte.
    pub(crate) start: u32,
    /// The byte after the last.
    pub(crate) end: u32,
}

impl Span {
    /// From here up to there.
    #[must_use]
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        // Files are at most 8 MiB, so a place always fits.
        Self { start: start as u32, end: end as u32 }
    }
}

/// A word with its place: a field's or a type's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Word<'s> {
    /// The word.
    pub(crate) text: &'s str,
    /// Where it stands.
    pub(crate) span: Span,
}

/// A field of a [`Kind::Struct`].
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Field<'s> {
    /// What stands before the colon.
    pub(crate) name: Word<'s>,
    /// What stands after it.
    pub(crate) value: Value<'s>,
}

/// A value with its place.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Value<'s> {
    /// What it is.
    pub(crate) kind: Kind<'s>,
    /// Where it stands, brackets and quotation marks included.
    pub(crate) span: Span,
}

/// What a value is.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Kind<'s> {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number; no field of a pack takes one, so its value is not kept.
    Float,
    /// A single character in single quotes; no field of a pack takes one.
    Char(char),
    /// A text in double quotes.
    Text(Cow<'s, str>),
    /// A bare word, like `TalkOnly`.
    Name(&'s str),
    /// `[…]`.
    List(Vec<Value<'s>>),
    /// `Name(a, b)`, `(a, b)` or `()`.
    Tuple(Option<Word<'s>>, Vec<Value<'s>>),
    /// `Name(a: 1, b: 2)` or `(a: 1, b: 2)`.
    Struct(Option<Word<'s>>, Vec<Field<'s>>),
    /// `{…: …}`.
    Map(Vec<(Value<'s>, Value<'s>)>),
}

impl Kind<'_> {
    /// The value in words, for "… was expected and this is …".
    #[must_use]
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Bool(b) => format!("`{b}`"),
            Self::Int(n) => format!("the number {n}"),
            Self::Float => "a number with a point".into(),
            Self::Char(_) => "a single character in single quotes".into(),
            Self::Text(t) if t.chars().count() <= 30 && !t.contains('\n') => format!("the text \"{t}\""),
            Self::Text(_) => "a text".into(),
            Self::Name(n) => format!("the word `{}`", clip(n)),
            Self::List(_) => "a list".into(),
            Self::Tuple(Some(w), _) | Self::Struct(Some(w), _) => format!("`{}(…)`", clip(w.text)),
            Self::Tuple(None, items) if items.is_empty() => "empty brackets `()`".into(),
            Self::Tuple(None, _) | Self::Struct(None, _) => "a group in round brackets".into(),
            Self::Map(_) => "a group in curly brackets".into(),
        }
    }
}

/// A word from a pack inside a sentence: never longer than a line.
pub(crate) fn clip(text: &str) -> String {
    if text.chars().count() <= 40 {
        text.escape_debug().to_string()
    } else {
        format!("{}…", text.chars().take(40).collect::<String>().escape_debug())
    }
}
