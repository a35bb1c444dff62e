//! A language: English, or a translation with English behind it.

use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::english;

type Bundle = FluentBundle<FluentResource>;

const ENGLISH_TEXT: &str = include_str!("../../../assets/lang/en-GB.ftl");

/// Parsed once: it stands behind every translation. That nothing in it is left out is tested.
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| {
    let resource = FluentResource::try_new(ENGLISH_TEXT.to_owned()).unwrap_or_else(|(part, _)| part);
    let mut bundle = empty(langid!("en-GB"));
    let _ = bundle.add_resource(resource);
    bundle
});

/// Something that a message has a place for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arg<'a> {
    /// Text, taken as it is.
    Text(&'a str),
    /// A number, which may choose a plural.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl From<$number> for Arg<'_> {
            fn from(number: $number) -> Self {
                Self::Number(number.into())
            }
        })+
    };
}
numbers!(u8, u16, u32, i64);

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// One line of a translation that can't be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultyLine {
    /// Counted from 1; `None` where it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong with it, and what helps.
    pub what: String,
}

/// Why a translation was not taken: every fault of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LanguageFault {
    /// In the order of the file; never empty.
    pub faults: Vec<FaultyLine>,
}

impl fmt::Display for LanguageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.faults.iter().enumerate() {
            let end = if n == 0 { "" } else { "\n" };
            match fault.line {
                Some(line) => write!(f, "{end}line {line}: {}", fault.what)?,
                None => write!(f, "{end}{}", fault.what)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for LanguageFault {}

/// What everything is said in.
#[derive(Clone)]
pub struct Language {
    /// A translation; what it lacks is said in English.
    own: Option<Arc<Bundle>>,
    tag: String,
    name: String,
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Language").field("tag", &self.tag).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::english()
    }
}

impl Language {
    /// British English.
    #[must_use]
    pub fn english() -> Self {
        let say = |id| format(&ENGLISH, id, &[]).unwrap_or_default();
        Self { own: None, tag: say("language-tag"), name: say("language-name") }
    }

    /// A translation, from the text of its `.ftl` file. Its message `language-tag` says what it is (`cy`), which
    /// its plurals go by, and `language-name` what it calls itself (`Cymraeg`).
    ///
    /// # Errors
    /// Every line that can't be read; a message that is there twice; no `language-tag`, or one that is none.
    pub fn load(text: &str) -> Result<Self, LanguageFault> {
        // Windows' editors put a mark at the beginning that is no part of the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
            let line = |at: usize| text.get(..at).map(|before| before.matches('\n').count() + 1);
            let faulty = |e: &_| FaultyLine { line: line(syntax_at(e)), what: syntax_fault(e) };
            LanguageFault { faults: errors.into_iter().map(FluentError::ParserError).map(|e| faulty(&e)).collect() }
        })?;
        let one = |line, what: String| LanguageFault { faults: vec![FaultyLine { line, what }] };
        let Some(tag) = plain_message(text, "language-tag") else {
            return Err(one(None, "There is no language-tag: write a line like language-tag = cy.".into()));
        };
        let id = tag.parse::<LanguageIdentifier>().map_err(|_| {
            let what = format!("The language-tag \"{tag}\" is not known: write one like cy, pl or pt-BR.");
            one(last_line_of(text, "language-tag"), what)
        })?;
        let mut bundle = empty(id);
        bundle.add_resource(resource).map_err(|errors| {
            let twice = |e: FluentError| match e {
                FluentError::Overriding { id, .. } => {
                    FaultyLine { line: last_line_of(text, &id), what: format!("{id} is there twice: leave one out.") }
                }
                e => FaultyLine { line: None, what: e.to_string() },
            };
            LanguageFault { faults: errors.into_iter().map(twice).collect() }
        })?;
        let name = format(&bundle, "language-name", &[]).unwrap_or_else(|| tag.clone());
        Ok(Self { own: Some(Arc::new(bundle)), tag, name })
    }

    /// Its tag: `en-GB`, `cy`.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// What it calls itself: `English`, `Cymraeg`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A message without variables: `id`, or `id.attribute`. An id that is not there is given back as it is.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A message with its variables. What a translation lacks, or says with a variable that is not given, is said
    /// in English.
    #[must_use]
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let own = self.own.as_deref().and_then(|bundle| format(bundle, id, args));
        own.or_else(|| format(&ENGLISH, id, args)).unwrap_or_else(|| id.to_owned())
    }
}

fn empty(language: LanguageIdentifier) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks help where text runs both ways; terminals show them as boxes.
    bundle.set_use_isolating(false);
    // A new bundle has no function of that name.
    let _ = english::teach(&mut bundle);
    bundle
}

/// The message, if it is there and whole.
fn format(bundle: &Bundle, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let (id, attribute) = id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        let value = match arg {
            Arg::Text(text) => FluentValue::from(*text),
            Arg::Number(number) => FluentValue::from(*number),
        };
        values.set(*name, value);
    }
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned();
    faults.is_empty().then_some(text)
}

/// A message's value where it is plain text in one line. The language must be known before its messages are.
fn plain_message(text: &str, id: &str) -> Option<String> {
    let value = |line: &str| line.strip_prefix(id)?.trim_start().strip_prefix('=').map(|v| v.trim().to_owned());
    text.lines().find_map(value).filter(|value| !value.is_empty())
}

/// The line on which a message begins, where it is there last.
fn last_line_of(text: &str, id: &str) -> Option<usize> {
    let begins = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().enumerate().filter(|(_, line)| begins(line)).last().map(|(n, _)| n + 1)
}

fn syntax_at(error: &FluentError) -> usize {
    match error {
        FluentError::ParserError(error) => error.pos.start,
        _ => 0,
    }
}

fn syntax_fault(error: &FluentError) -> String {
    match error {
        FluentError::ParserError(error) => error.kind.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
