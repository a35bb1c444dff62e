//! From the tree to plain values, gathering every fault on the way.
//!
//! A value that is wrong is reported and replaced by an empty one, so that the rest is looked at too; a
//! pack with a fault is thrown away as a whole afterwards.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use crate::fault::{Code, Fault, Report, Source};
use crate::limits;
use crate::tree::{Field, Kind, Span, Value, Word, clip};

/// Where faults of one file go.
pub(crate) struct Cx<'a> {
    pub(crate) source: &'a Source,
    pub(crate) report: &'a RefCell<Report>,
}

/// The allowed words as a sentence.
pub(crate) fn one_of<S: AsRef<str>>(words: &[S]) -> String {
    let quoted: Vec<String> = words.iter().take(24).map(|w| format!("`{}`", w.as_ref())).collect();
    let more = if words.len() > quoted.len() { ", …" } else { "" };
    match quoted.as_slice() {
        [] => "There is none to choose from.".into(),
        [one] => format!("It can only be {one}."),
        _ => format!("It can be {}{more}.", quoted.join(", ")),
    }
}

/// What to say of a word that is not one of `words`: the nearest of them, and all of them if they are few.
pub(crate) fn did_you_mean<S: AsRef<str>>(word: &str, words: &[S]) -> String {
    let small = word.to_lowercase();
    // A very long word is no slip of the finger, and measuring it would cost its square.
    let near = (small.chars().count() <= 64)
        .then(|| {
            words
                .iter()
                .map(|w| (strsim::damerau_levenshtein(&small, &w.as_ref().to_lowercase()), w.as_ref()))
                .filter(|(distance, w)| *distance <= (w.chars().count() / 3).max(1))
                .min_by_key(|(distance, _)| *distance)
        })
        .flatten();
    let all = if words.len() <= 16 { one_of(words) } else { String::new() };
    match near {
        Some((_, near)) => format!("Did you mean `{near}`? {all}").trim_end().to_owned(),
        None if all.is_empty() => one_of(words),
        None => all,
    }
}

fn characters(n: usize) -> String {
    if n == 1 { "1 character".into() } else { format!("{n} characters") }
}

impl<'a> Cx<'a> {
    pub(crate) fn fault(&self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        // Beyond the limit faults are only counted: making each one's place and line would cost more.
        if self.report.borrow().faults.len() >= limits::FAULTS_MAX {
            self.report.borrow_mut().more += 1;
            return;
        }
        self.add(self.source.fault(code, span, message).help(help));
    }

    pub(crate) fn add(&self, fault: Fault) {
        self.report.borrow_mut().add(fault);
    }

    /// [`did_you_mean`], while it still helps: measuring the hundredth slip against every name would cost
    /// more than it tells.
    pub(crate) fn near<S: AsRef<str>>(&self, word: &str, words: &[S]) -> String {
        if self.report.borrow().faults.len() < limits::FAULTS_MAX / 10 {
            did_you_mean(word, words)
        } else {
            String::new()
        }
    }

    fn wrong_kind(&self, value: &Value<'_>, what: &str, wanted: &str) {
        self.fault(
            Code::WrongKind,
            value.span,
            format!("`{what}` must be {wanted}, and this is {}.", value.kind.describe()),
            "",
        );
    }

    /// A text of 1 to `max` characters.
    pub(crate) fn text(&self, value: &Value<'_>, what: &str, max: usize) -> String {
        let Kind::Text(text) = &value.kind else {
            self.wrong_kind(value, what, "a text between quotation marks");
            return String::new();
        };
        if text.trim().is_empty() {
            self.fault(
                Code::EmptyText,
                value.span,
                format!("`{what}` is empty."),
                "Write something, or leave the field out if it may be.",
            );
        }
        // Bytes are never fewer than characters, so most texts need no counting.
        if text.len() > max && text.chars().count() > max {
            self.fault(
                Code::TextTooLong,
                value.span,
                format!("`{what}` has {} and may have {max}.", characters(text.chars().count())),
                "Shorten it.",
            );
            return String::new();
        }
        self.visible(text, value.span, what);
        text.clone().into_owned()
    }

    /// Refuses control characters and those that turn the direction of writing: what is read must be what
    /// is seen.
    fn visible(&self, text: &str, span: Span, what: &str) {
        let hidden = |c: &char| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        };
        if let Some(c) = text.chars().find(hidden) {
            self.fault(
                Code::HiddenCharacter,
                span,
                format!("`{what}` holds the character U+{:04X}, which cannot be seen.", c as u32),
                "Type the text again instead of pasting it; use spaces, not tabs.",
            );
        }
    }

    /// A short name: lower-case letters, digits, hyphens.
    pub(crate) fn id(&self, value: &Value<'_>, what: &str) -> String {
        let text = self.text(value, what, limits::ID);
        let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !text.is_empty() && (!text.bytes().all(good) || text.starts_with('-') || text.ends_with('-')) {
            self.fault(
                Code::WrongKind,
                value.span,
                format!("`{what}` is a short name and cannot be \"{text}\"."),
                "Use lower-case letters a to z, digits, and hyphens between them.",
            );
        }
        text
    }

    pub(crate) fn number(&self, value: &Value<'_>, what: &str, range: RangeInclusive<i64>) -> i64 {
        let Kind::Int(n) = value.kind else {
            self.wrong_kind(value, what, "a whole number");
            return *range.start();
        };
        if !range.contains(&n) {
            self.fault(
                Code::OutOfRange,
                value.span,
                format!("`{what}` is {n} and must be from {} to {}.", range.start(), range.end()),
                "",
            );
            return *range.start();
        }
        n
    }

    pub(crate) fn bool(&self, value: &Value<'_>, what: &str) -> bool {
        if let Kind::Bool(b) = value.kind {
            return b;
        }
        self.wrong_kind(value, what, "`true` or `false`");
        false
    }

    /// The items of a list whose length is in `range`.
    pub(crate) fn list<'v, 's>(
        &self,
        value: &'v Value<'s>,
        what: &str,
        range: RangeInclusive<usize>,
    ) -> &'v [Value<'s>] {
        let Kind::List(items) = &value.kind else {
            self.wrong_kind(value, what, "a list in square brackets");
            return &[];
        };
        if !range.contains(&items.len()) {
            let wanted = match (*range.start(), *range.end()) {
                (a, b) if a == b => format!("exactly {a}"),
                (a, b) if b >= limits::CARDS_MAX => format!("at least {a}"),
                (a, b) => format!("from {a} to {b}"),
            };
            let code = if items.len() > limits::CARDS_MAX { Code::TooLarge } else { Code::OutOfRange };
            self.fault(code, value.span, format!("`{what}` has {} in it, and must have {wanted}.", items.len()), "");
        }
        // What stands beyond the limit is not looked at: it is too much in any case.
        &items[..items.len().min(*range.end())]
    }

    /// A text that must be one of `words`.
    pub(crate) fn word<T: Copy>(&self, value: &Value<'_>, what: &str, words: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
        let Kind::Text(text) = &value.kind else {
            self.wrong_kind(value, what, "one of a few texts");
            return None;
        };
        let found = words.iter().find(|(w, _)| w == text).map(|(_, t)| *t);
        if found.is_none() {
            let help = self.near(text, &names);
            self.fault(Code::UnknownValue, value.span, format!("`{what}` cannot be \"{}\".", clip(text)), help);
        }
        found
    }

    /// A bare word that must be one of `words`.
    pub(crate) fn name<T: Copy>(&self, value: &Value<'_>, what: &str, words: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
        let Kind::Name(text) = value.kind else {
            self.wrong_kind(value, what, "one of a few words, without quotation marks");
            return None;
        };
        let found = words.iter().find(|(w, _)| *w == text).map(|(_, t)| *t);
        if found.is_none() {
            let help = self.near(text, &names);
            self.fault(Code::UnknownValue, value.span, format!("`{what}` cannot be `{}`.", clip(text)), help);
        }
        found
    }

    /// The id of something that exists; `known` is `None` where its file could not be read, and then every
    /// id passes.
    pub(crate) fn reference(&self, value: &Value<'_>, what: &str, known: Option<&[String]>) -> String {
        let id = self.text(value, what, limits::ID);
        if let Some(known) = known
            && !id.is_empty()
            && !known.contains(&id)
        {
            self.fault(
                Code::UnknownId,
                value.span,
                format!("There is no {what} \"{}\" in this pack.", clip(&id)),
                self.near(&id, known),
            );
        }
        id
    }

    /// The fields of `name(…)`.
    pub(crate) fn group<'c, 'v, 's>(
        &'c self,
        value: &'v Value<'s>,
        name: &'static str,
        known: &'static [&'static str],
    ) -> Option<Group<'c, 'a, 'v, 's>> {
        let (given, fields): (&Option<Word<'s>>, &[Field<'s>]) = match &value.kind {
            Kind::Struct(given, fields) => (given, fields),
            Kind::Tuple(given, items) if items.is_empty() => (given, &[]),
            _ => {
                self.wrong_kind(value, name, &format!("`{name}(…)` with its fields in round brackets"));
                return None;
            }
        };
        let head = match given {
            Some(word) if word.text != name => {
                let help = format!("It should be `{name}(…)`.");
                self.fault(Code::UnknownValue, word.span, format!("`{}` has no place here.", clip(word.text)), help);
                return None;
            }
            Some(word) => word.span,
            None => Span { start: value.span.start, end: value.span.start + 1 },
        };
        for (i, field) in fields.iter().enumerate() {
            if let Some(first) = fields[..i].iter().find(|f| f.name.text == field.name.text) {
                let place = self.source.place(first.name.span);
                let message = format!("`{}` stands twice in this {name}.", clip(field.name.text));
                self.add(
                    self.source
                        .fault(Code::DuplicateField, field.name.span, message)
                        .help("Keep one of them.")
                        .also(Some(place)),
                );
            } else if !known.contains(&field.name.text) {
                let message = format!("{name} has no field `{}`.", clip(field.name.text));
                self.fault(Code::UnknownField, field.name.span, message, self.near(field.name.text, known));
            }
        }
        Some(Group { cx: self, name, head, fields })
    }
}

/// The fields of one `Name(…)`.
pub(crate) struct Group<'c, 'a, 'v, 's> {
    pub(crate) cx: &'c Cx<'a>,
    name: &'static str,
    pub(crate) head: Span,
    fields: &'v [Field<'s>],
}

impl<'v, 's> Group<'_, '_, 'v, 's> {
    /// The field as it stands.
    pub(crate) fn get(&self, name: &str) -> Option<&'v Value<'s>> {
        self.fields.iter().find(|f| f.name.text == name).map(|f| &f.value)
    }

    /// A field that must be there.
    pub(crate) fn need(&self, name: &str) -> Option<&'v Value<'s>> {
        let value = self.get(name);
        if value.is_none() {
            self.cx.fault(
                Code::MissingField,
                self.head,
                format!("This {} has no `{name}`.", self.name),
                format!("Add `{name}: …,` to it."),
            );
        }
        value
    }

    /// A field that may be left out, also written `None` or `Some(…)`.
    pub(crate) fn maybe(&self, name: &str) -> Option<&'v Value<'s>> {
        let value = self.get(name)?;
        match &value.kind {
            Kind::Name("None") => None,
            Kind::Tuple(Some(word), items) if word.text == "Some" && items.len() == 1 => items.first(),
            _ => Some(value),
        }
    }

    pub(crate) fn text(&self, name: &str, max: usize) -> String {
        self.need(name).map(|v| self.cx.text(v, name, max)).unwrap_or_default()
    }

    pub(crate) fn id(&self, name: &str) -> String {
        self.need(name).map(|v| self.cx.id(v, name)).unwrap_or_default()
    }

    pub(crate) fn list(&self, name: &str, range: RangeInclusive<usize>) -> &'v [Value<'s>] {
        self.need(name).map(|v| self.cx.list(v, name, range)).unwrap_or_default()
    }

    /// A list of ids of things that exist; it may be left out where `range` begins at 0.
    pub(crate) fn references(
        &self,
        name: &str,
        range: RangeInclusive<usize>,
        what: &str,
        known: Option<&[String]>,
    ) -> Vec<String> {
        let value = if *range.start() == 0 { self.get(name) } else { self.need(name) };
        let Some(value) = value else { return Vec::new() };
        let mut ids: Vec<String> = Vec::new();
        for item in self.cx.list(value, name, range) {
            let id = self.cx.reference(item, what, known);
            if ids.contains(&id) && !id.is_empty() {
                self.cx.fault(
                    Code::DuplicateId,
                    item.span,
                    format!("\"{}\" stands twice in `{name}`.", clip(&id)),
                    "Leave one out.",
                );
            }
            ids.push(id);
        }
        ids
    }
}
