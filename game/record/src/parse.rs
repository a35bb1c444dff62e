//! Reading `events.json`, line by line.
//!
//! The hashes are over the bytes as they were written, so the layout is part of the format: each line is
//! written anew from what was understood of it, and has to come out the same. So no byte of a record is
//! without meaning.

use instep_rules::{Commitment, Salt, Seed};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fault::excerpt;
use crate::lookup::Lookup;
use crate::record::header_fault;
use crate::{FORMAT, Fault, FaultKind, FinalState, Header, Ids, Published, ReadError, Record, Stored, from_hex};

/// The `chance` object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chance {
    commitment: String,
    seed: Option<String>,
    salt: Option<String>,
}

impl Record {
    /// The record of an `events.json`'s text; its words are elsewhere.
    ///
    /// # Errors
    /// [`ReadError::NewerFormat`], or [`ReadError::Fault`] with the first line that is not as it should be.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let mut lines = Lines { rest: text, number: 0 };
        first_line(&mut lines)?;
        let header = lines.member("pack", ",", Ok, Header::text)?;
        let setup = header.setup().map_err(|error| header_fault(&error))?;
        let chance = lines.member("chance", ",", published, Published::text)?;
        lines.literal("\"events\":[")?;
        let events = events(&mut lines, &header, &Ids::with_setup(&header, &setup))?;
        let state = lines.member("state", "", Ok, FinalState::text)?;
        lines.literal("}")?;
        match lines.rest {
            "" => Ok(Self { header, chance, events, state, words: Vec::new() }),
            rest => Err(lines.fault(None, "the end of the file", rest).into()),
        }
    }
}

fn first_line(lines: &mut Lines<'_>) -> Result<(), ReadError> {
    let line = lines.next()?;
    let expected = format!("{{\"format\":\"{FORMAT}\",");
    if line == expected {
        return Ok(());
    }
    let stem = "{\"format\":\"";
    if let Some((format, _)) = line.strip_prefix(stem).and_then(|rest| rest.split_once('"'))
        && let Some(version) = format.strip_prefix("instep-record/").and_then(|v| v.parse::<u32>().ok())
        && version > 1
    {
        return Err(ReadError::NewerFormat { format: format.to_owned() });
    }
    Err(lines.differing(None, &expected, line).into())
}

fn published(chance: Chance) -> Result<Published, String> {
    let digits = |name: &str, text: &str| {
        from_hex::<32>(text).ok_or_else(|| format!("`{name}` is not 64 hexadecimal digits: {text:?}"))
    };
    if chance.seed.is_some() != chance.salt.is_some() {
        return Err("one of seed and salt without the other".to_owned());
    }
    let seed = chance.seed.as_deref().map(|text| digits("seed", text)).transpose()?;
    let salt = chance.salt.as_deref().map(|text| digits("salt", text)).transpose()?;
    let commitment = Commitment(digits("commitment", &chance.commitment)?);
    Ok(Published { commitment, seed: seed.map(Seed), salt: salt.map(Salt) })
}

fn events(lines: &mut Lines<'_>, header: &Header, ids: &Ids) -> Result<Vec<Stored>, Fault> {
    let lookup = Lookup::new(header);
    let mut events = Vec::new();
    let mut line = lines.next()?;
    while line != "]," {
        let seq = Some(events.len() as u32 + 1);
        let next = lines.peek();
        // Every event but the last has a comma after it.
        let text = if next == Some("],") { Some(line) } else { line.strip_suffix(',') };
        let text = text.ok_or_else(|| lines.fault(seq, "a comma at the end of the line", line))?;
        let stored = lookup.line(text).map_err(|error| lines.fault(seq, &format!("an event ({error})"), text))?;
        let written = ids.line(&stored.entry, &stored.prev, &stored.hash);
        if written != text {
            return Err(lines.differing(seq, &written, text));
        }
        events.push(stored);
        line = lines.next()?;
    }
    Ok(events)
}

/// The lines of a text, each of which ends with a line feed.
struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.rest.split_once('\n').map(|(line, _)| line)
    }

    fn next(&mut self) -> Result<&'a str, Fault> {
        self.number += 1;
        match self.rest.split_once('\n') {
            Some((line, rest)) => {
                self.rest = rest;
                Ok(line)
            }
            None if self.rest.is_empty() => Err(self.fault(None, "another line", "the end of the file")),
            None => Err(self.fault(None, "a line that ends with a line feed", self.rest)),
        }
    }

    fn literal(&mut self, expected: &str) -> Result<(), Fault> {
        let line = self.next()?;
        if line == expected { Ok(()) } else { Err(self.differing(None, expected, line)) }
    }

    /// A line `"name":{…}` and `end`: read, made into what is kept, and compared with how that is written.
    fn member<R: DeserializeOwned, T>(
        &mut self,
        name: &str,
        end: &str,
        make: impl FnOnce(R) -> Result<T, String>,
        text: impl FnOnce(&T) -> String,
    ) -> Result<T, Fault> {
        let line = self.next()?;
        let start = format!("\"{name}\":");
        let json = line.strip_prefix(&start).and_then(|rest| rest.strip_suffix(end));
        let json = json.ok_or_else(|| self.fault(None, &format!("{start}{{…}}{end}"), line))?;
        let read = serde_json::from_str(json).map_err(|error| error.to_string());
        let value = read.and_then(make).map_err(|error| self.fault(None, &format!("{start}{{…}} ({error})"), json))?;
        let written = text(&value);
        if written == json { Ok(value) } else { Err(self.differing(None, &written, json)) }
    }

    /// A fault that names the line, where no event's number does.
    fn fault(&self, seq: Option<u32>, expected: &str, found: &str) -> Fault {
        Fault::new(FaultKind::Format, seq, self.placed(seq, expected), excerpt(found, 0))
    }

    fn differing(&self, seq: Option<u32>, expected: &str, found: &str) -> Fault {
        let fault = Fault::differing(FaultKind::Format, seq, expected, found);
        Fault { expected: self.placed(seq, &fault.expected), ..fault }
    }

    fn placed(&self, seq: Option<u32>, expected: &str) -> String {
        match seq {
            Some(_) => expected.to_owned(),
            None => format!("in line {}: {expected}", self.number),
        }
    }
}
