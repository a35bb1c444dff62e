//! What each card is made of: lengths, the question, and a picture's text.

use std::ops::RangeInclusive;

use instep_content::Item;
use instep_content::schema::Picture;

use crate::shipped::{all, no_faults, shipped};
use crate::words::{plain, sentences, words};

/// Words of a statement: less has no situation, more is too long to hear once.
const STATEMENT_WORDS: RangeInclusive<usize> = 25..=55;
const SENTENCE_WORDS_MAX: usize = 20;
const PROMPT_WORDS: RangeInclusive<usize> = 6..=15;
const POEM_LINES: RangeInclusive<usize> = 8..=16;
/// A minute, read aloud.
const POEM_WORDS_MAX: usize = 150;
const THEMES_MAX: usize = 2;
const OUTCOMES_MAX: usize = 3;

/// Beginnings of questions that can be answered with yes or no, or that give the answer.
const CLOSED: &[&str] =
    &["do you agree", "don't you", "isn't it", "shouldn't", "wouldn't it", "is it right", "was it right"];

#[test]
fn a_statement_can_be_heard_once_and_understood() {
    no_faults(all().flat_map(|item| {
        let Item::Card(card) = item else { return Vec::new() };
        let count = words(&card.text).count();
        let mut faults: Vec<String> = Vec::new();
        if !STATEMENT_WORDS.contains(&count) {
            faults.push(format!("{}: {count} words, not {STATEMENT_WORDS:?}", card.id));
        }
        let long = sentences(&card.text).into_iter().filter(|s| words(s).count() > SENTENCE_WORDS_MAX);
        faults.extend(long.map(|sentence| format!("{}: a sentence is too long: {}", card.id, sentence.trim())));
        faults
    }));
}

#[test]
fn a_poem_is_read_aloud_in_a_minute() {
    no_faults(all().filter_map(|item| {
        let Item::Poem(poem) = item else { return None };
        let lines = poem.lines.iter().filter(|line| !line.trim().is_empty()).count();
        let count = words(&item.text()).count();
        (!POEM_LINES.contains(&lines) || count > POEM_WORDS_MAX)
            .then(|| format!("{}: {lines} lines, {count} words", poem.id))
    }));
}

#[test]
fn a_prompt_is_a_question_without_a_right_answer() {
    no_faults(all().flat_map(|item| {
        let (id, prompt) = (item.id(), item.prompt());
        let count = words(prompt).count();
        let start = plain(prompt).join(" ");
        [
            (!PROMPT_WORDS.contains(&count))
                .then(|| format!("{id}: the prompt has {count} words, not {PROMPT_WORDS:?}")),
            (!prompt.ends_with('?')).then(|| format!("{id}: the prompt is no question: {prompt}")),
            CLOSED.iter().find(|c| start.starts_with(**c)).map(|c| format!("{id}: \"{c}\" knows the answer: {prompt}")),
        ]
        .into_iter()
        .flatten()
    }));
}

#[test]
fn a_card_has_themes_and_outcomes() {
    no_faults(all().flat_map(|item| {
        let (themes, outcomes) = (item.themes().len(), item.outcomes().len());
        [
            (!(1..=THEMES_MAX).contains(&themes)).then(|| format!("{}: {themes} themes", item.id())),
            (!(1..=OUTCOMES_MAX).contains(&outcomes)).then(|| format!("{}: {outcomes} outcomes", item.id())),
        ]
        .into_iter()
        .flatten()
    }));
}

#[test]
fn an_id_tells_whose_card_it_is() {
    no_faults(all().filter_map(|item| {
        let kind = match item {
            Item::Card(card) => card.voice.as_str(),
            Item::Poem(_) => "poem",
        };
        let id = item.id().strip_prefix("later-").unwrap_or(item.id());
        (!id.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-')))
            .then(|| format!("{id}: does not begin with {kind}-"))
    }));
}

#[test]
fn every_picture_has_its_text_and_its_file() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let of = |id: &str, picture: Option<&Picture>, must: bool| match picture {
            Some(picture) if shipped.pack.picture(&picture.file).is_none_or(|bytes| bytes.is_empty()) => {
                Some(format!("{}: {id}: {} is not there", shipped.id(), picture.file))
            }
            Some(picture) if words(&picture.text).count() < 3 => {
                Some(format!("{}: {id}: \"{}\" does not tell what is to be seen", shipped.id(), picture.text))
            }
            None if must => Some(format!("{}: {id} has no picture", shipped.id())),
            _ => None,
        };
        let pack = &shipped.pack;
        let perspectives = pack.perspectives.iter().map(|p| of(&p.id, p.picture.as_ref(), true));
        let outcomes = pack.outcomes.iter().map(|o| of(&o.id, o.picture.as_ref(), true));
        let items = shipped.items().map(|item| of(item.id(), item.picture(), false));
        perspectives.chain(outcomes).chain(items).flatten().collect::<Vec<_>>()
    }));
}
