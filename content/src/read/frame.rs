//! The files that make the frame of a pack: everything but cards and poems.

use std::collections::HashMap;

use instep_rules::{BlockedPlace, EmptySeats, FinishedBlocks, Passing, Removal, TeamActs, Walking};

use super::{Known, Reader};
use crate::decode::{Cx, Group};
use crate::fault::{Code, Place};
use crate::limits;
use crate::schema::{
    Area, Board, Ink, Manifest, OutcomeText, POEM, Pattern, PerspectiveText, RulesetText, STRING_KEYS, Shape, Speaker,
    Strings, Theme, Themes,
};
use crate::tree::clip;
use crate::tree::{Kind, Span, Value};

/// Reports an id that was seen before.
pub(super) fn unique(cx: &Cx<'_>, seen: &mut HashMap<String, Place>, id: &str, span: Span, what: &str) {
    if id.is_empty() {
        return;
    }
    let place = cx.source.place(span);
    if let Some(first) = seen.get(id) {
        let message = format!("The {what} \"{}\" is there already.", clip(id));
        cx.add(
            cx.source
                .fault(Code::DuplicateId, span, message)
                .help("Give one of the two another.")
                .also(Some(first.clone())),
        );
    } else {
        seen.insert(id.to_owned(), place);
    }
}

/// Whether this program knows the format.
#[derive(PartialEq, Eq)]
pub(super) enum Format {
    Known,
    Unknown,
}

pub(super) fn format(cx: &Cx<'_>, value: &Value<'_>) -> Format {
    let Kind::Struct(_, fields) = &value.kind else { return Format::Known };
    match fields.iter().find(|f| f.name.text == "format").map(|f| (&f.value.kind, f.value.span)) {
        Some((Kind::Int(n), span)) if *n > limits::FORMAT => {
            let message = format!("This pack is of format {n}, and this program reads format {}.", limits::FORMAT);
            cx.fault(
                Code::FormatVersion,
                span,
                message,
                "Get a newer Instep, or ask the author for the pack in format 1.",
            );
            Format::Unknown
        }
        Some((Kind::Int(n), span)) if *n < limits::FORMAT => {
            cx.fault(Code::FormatVersion, span, format!("There is no format {n}."), "Write `format: 1`.");
            Format::Unknown
        }
        _ => Format::Known,
    }
}

pub(super) fn manifest(cx: &Cx<'_>, value: &Value<'_>, known: &Known) -> Manifest {
    const FIELDS: &[&str] = &[
        "format",
        "id",
        "name",
        "version",
        "language",
        "licence",
        "credits",
        "description",
        "guide",
        "ruleset",
        "with",
        "outcomes_in_play",
    ];
    let Some(g) = cx.group(value, "Pack", FIELDS) else { return Manifest::default() };
    let credits = g.list("credits", 1..=40);
    let with = g.get("with").map(|v| cx.list(v, "with", 0..=16)).unwrap_or_default();
    Manifest {
        format: g.need("format").map_or(1, |v| cx.number(v, "format", 1..=1) as u32),
        id: g.id("id"),
        name: g.text("name", limits::NAME),
        version: g.text("version", 20),
        language: g.text("language", 20),
        licence: g.text("licence", limits::SENTENCE),
        credits: credits.iter().map(|v| cx.text(v, "credits", limits::SENTENCE)).collect(),
        description: g.text("description", limits::TEXT),
        guide: g.maybe("guide").map(|v| cx.text(v, "guide", limits::NAME)).filter(|path| guide_path(cx, &g, path)),
        ruleset: g.need("ruleset").map(|v| cx.reference(v, "ruleset", known.rulesets.as_deref())).unwrap_or_default(),
        with: with.iter().map(|v| cx.id(v, "with")).collect(),
        outcomes_in_play: g.references("outcomes_in_play", 0..=12, "outcome", known.outcomes.as_deref()),
    }
}

fn guide_path(cx: &Cx<'_>, g: &Group<'_, '_, '_, '_>, path: &str) -> bool {
    let good = path.ends_with(".md") && !path.contains(['/', '\\']);
    if let (false, Some(value)) = (good, g.get("guide")) {
        let help = "The guide is a Markdown file beside pack.ron, like \"guide.md\".";
        cx.fault(Code::OutsidePack, value.span, format!("`guide` cannot be \"{}\".", clip(path)), help);
    }
    good
}

pub(super) fn rulesets(cx: &Cx<'_>, value: &Value<'_>) -> (Vec<RulesetText>, Vec<String>) {
    let mut seen = HashMap::new();
    let list: Vec<RulesetText> = cx
        .list(value, "rulesets.ron", 1..=16)
        .iter()
        .filter_map(|v| {
            let (set, span) = ruleset(cx, v)?;
            unique(cx, &mut seen, &set.id, span, "ruleset");
            Some(set)
        })
        .collect();
    let ids = list.iter().map(|r| r.id.clone()).collect();
    (list, ids)
}

fn ruleset(cx: &Cx<'_>, value: &Value<'_>) -> Option<(RulesetText, Span)> {
    const FIELDS: &[&str] = &[
        "id",
        "name",
        "description",
        "die_faces",
        "real_die",
        "walking",
        "opening_tiles",
        "finished_blocks",
        "blocked_place",
        "removal",
        "passing",
        "empty_seats",
        "team_acts",
        "talk_timer_s",
    ];
    let g = cx.group(value, "Ruleset", FIELDS)?;
    let classic = RulesetText::default();
    macro_rules! word {
        ($name:ident, $setting:ident) => {{
            let words: Vec<(&str, &str)> = $setting::ALL.iter().map(|s| (s.id(), s.id())).collect();
            g.get(stringify!($name))
                .and_then(|v| cx.word(v, stringify!($name), &words))
                .map_or(classic.$name.clone(), str::to_owned)
        }};
    }
    let number = |name: &str, range, usual: i64| g.get(name).map_or(usual, |v| cx.number(v, name, range));
    let set = RulesetText {
        id: g.id("id"),
        name: g.text("name", limits::NAME),
        description: g.text("description", limits::TEXT),
        die_faces: number("die_faces", 4..=12, 6) as u8,
        real_die: g.get("real_die").is_some_and(|v| cx.bool(v, "real_die")),
        walking: word!(walking, Walking),
        opening_tiles: number("opening_tiles", 0..=3, 0) as u8,
        finished_blocks: word!(finished_blocks, FinishedBlocks),
        blocked_place: word!(blocked_place, BlockedPlace),
        removal: word!(removal, Removal),
        passing: word!(passing, Passing),
        empty_seats: word!(empty_seats, EmptySeats),
        team_acts: word!(team_acts, TeamActs),
        talk_timer_s: number("talk_timer_s", 0..=7_200, 0) as u16,
    };
    Some((set, g.get("id").map_or(g.head, |v| v.span)))
}

pub(super) fn themes(cx: &Cx<'_>, value: &Value<'_>) -> Themes {
    let Some(g) = cx.group(value, "Themes", &["areas", "themes"]) else { return Themes::default() };
    let mut seen = HashMap::new();
    let areas: Vec<Area> = g
        .list("areas", 1..=40)
        .iter()
        .filter_map(|v| {
            let a = cx.group(v, "Area", &["id", "name"])?;
            let area = Area { id: a.id("id"), name: a.text("name", limits::NAME) };
            unique(cx, &mut seen, &area.id, a.get("id")?.span, "area");
            Some(area)
        })
        .collect();
    let ids: Vec<String> = areas.iter().map(|a| a.id.clone()).collect();
    let mut seen = HashMap::new();
    let themes = g
        .list("themes", 1..=400)
        .iter()
        .filter_map(|v| {
            let t = cx.group(v, "Theme", &["id", "name", "area"])?;
            let area = t.need("area").map(|v| cx.reference(v, "area", Some(&ids))).unwrap_or_default();
            let theme = Theme { id: t.id("id"), name: t.text("name", limits::NAME), area };
            unique(cx, &mut seen, &theme.id, t.get("id")?.span, "theme");
            Some(theme)
        })
        .collect();
    Themes { areas, themes }
}

pub(super) fn strings(cx: &Cx<'_>, value: &Value<'_>) -> Strings {
    let mut strings = Strings::new();
    let Kind::Map(pairs) = &value.kind else {
        cx.fault(
            Code::WrongKind,
            value.span,
            "strings.ron must be a group in curly brackets.",
            "Write `{ \"welcome\": \"…\" }`.",
        );
        return strings;
    };
    for (key, text) in pairs {
        let name = cx.text(key, "key", limits::ID);
        if !name.is_empty() && !STRING_KEYS.contains(&name.as_str()) {
            cx.fault(
                Code::UnknownField,
                key.span,
                format!("There is no text called \"{}\".", clip(&name)),
                cx.near(&name, &STRING_KEYS),
            );
        }
        let words = cx.text(text, &name, 4 * limits::TEXT);
        if strings.insert(name.clone(), words).is_some() {
            cx.fault(
                Code::DuplicateField,
                key.span,
                format!("\"{}\" stands twice in this file.", clip(&name)),
                "Keep one of them.",
            );
        }
    }
    strings
}

pub(super) fn board(cx: &Cx<'_>, value: &Value<'_>, perspectives: Option<&[String]>) -> Board {
    let Some(g) = cx.group(value, "Board", &["description", "spaces"]) else { return Board::default() };
    let list = g.list("spaces", limits::SPACES);
    let known: Option<Vec<String>> = perspectives.map(|ps| ps.iter().cloned().chain([POEM.to_owned()]).collect());
    let spaces: Vec<String> = list.iter().map(|v| cx.reference(v, "space", known.as_deref())).collect();
    let around = g.get("spaces").map_or(g.head, |v| v.span);
    if limits::SPACES.contains(&list.len()) {
        for p in perspectives.unwrap_or_default() {
            if !spaces.contains(p) {
                let message = format!("No space of the board is a footprint of \"{p}\", so its cards are never drawn.");
                cx.fault(Code::Board, around, message, format!("Put \"{p}\" in `spaces` at least once."));
            }
        }
        for (i, v) in list.iter().enumerate() {
            let next = (i + 1) % spaces.len();
            if spaces[i] == spaces[next] && !spaces[i].is_empty() {
                let message = format!("Spaces {i} and {next} are both \"{}\".", spaces[i]);
                let fault = cx.source.fault(Code::Board, v.span, message);
                cx.add(fault.help("A walk is more of a surprise where neighbours differ.").into_warning());
            }
        }
    }
    Board { description: g.text("description", limits::SENTENCE), spaces }
}

impl Reader {
    pub(super) fn outcomes(&self, cx: &Cx<'_>, value: &Value<'_>) -> Vec<OutcomeText> {
        let mut seen = HashMap::new();
        cx.list(value, "outcomes.ron", limits::OUTCOMES)
            .iter()
            .filter_map(|v| {
                let g = cx.group(v, "Outcome", &["id", "name", "short", "meaning", "picture"])?;
                let outcome = OutcomeText {
                    id: g.id("id"),
                    name: g.text("name", limits::NAME),
                    short: g.text("short", 40),
                    meaning: g.text("meaning", limits::SENTENCE),
                    picture: self.picture(&g),
                };
                unique(cx, &mut seen, &outcome.id, g.get("id").map_or(g.head, |v| v.span), "outcome");
                Some(outcome)
            })
            .collect()
    }

    pub(super) fn perspectives(&self, cx: &Cx<'_>, value: &Value<'_>) -> Vec<PerspectiveText> {
        const FIELDS: &[&str] = &[
            "id", "name", "short", "letter", "colour", "soft", "ink", "shape", "pattern", "shoes", "meaning",
            "picture", "speakers",
        ];
        let mut seen = HashMap::new();
        let mut signs = HashMap::new();
        cx.list(value, "perspectives.ron", 4..=4)
            .iter()
            .filter_map(|v| {
                let g = cx.group(v, "Perspective", FIELDS)?;
                let perspective = PerspectiveText {
                    id: g.id("id"),
                    name: g.text("name", limits::NAME),
                    short: g.text("short", limits::NAME),
                    letter: g.text("letter", 1),
                    colour: colour(&g, "colour"),
                    soft: colour(&g, "soft"),
                    ink: g.need("ink").and_then(|v| cx.name(v, "ink", Ink::WORDS)).unwrap_or_default(),
                    shape: g.need("shape").and_then(|v| cx.name(v, "shape", Shape::WORDS)).unwrap_or_default(),
                    pattern: g.need("pattern").and_then(|v| cx.name(v, "pattern", Pattern::WORDS)).unwrap_or_default(),
                    shoes: g.text("shoes", limits::NAME),
                    meaning: g.text("meaning", limits::SENTENCE),
                    picture: self.picture(&g),
                    speakers: speakers(&g),
                };
                unique(cx, &mut seen, &perspective.id, g.get("id").map_or(g.head, |v| v.span), "perspective");
                if perspective.id == POEM {
                    cx.fault(
                        Code::DuplicateId,
                        g.head,
                        "A perspective cannot be called \"poem\": that is a Poet's Corner.",
                        "Choose another id.",
                    );
                }
                // Whoever cannot tell the colours apart must be able to go by any of the other signs.
                for sign in ["letter", "colour", "shape", "pattern"] {
                    if let Some(v) = g.get(sign) {
                        let text = match &v.kind {
                            Kind::Text(t) => t.to_uppercase(),
                            Kind::Name(n) => (*n).to_owned(),
                            _ => continue,
                        };
                        unique(cx, &mut signs, &format!("{sign} {text}"), v.span, "sign");
                    }
                }
                Some(perspective)
            })
            .collect()
    }
}

fn speakers(g: &Group<'_, '_, '_, '_>) -> Vec<Speaker> {
    let cx = g.cx;
    let mut seen = HashMap::new();
    g.list("speakers", 1..=20)
        .iter()
        .filter_map(|v| {
            let s = cx.group(v, "Speaker", &["id", "name"])?;
            let speaker = Speaker { id: s.id("id"), name: s.text("name", limits::NAME) };
            unique(cx, &mut seen, &speaker.id, s.get("id")?.span, "speaker");
            Some(speaker)
        })
        .collect()
}

fn colour(g: &Group<'_, '_, '_, '_>, name: &str) -> String {
    let Some(value) = g.need(name) else { return String::new() };
    let text = g.cx.text(value, name, 7);
    let good = text.strip_prefix('#').is_some_and(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
    if !good && !text.is_empty() {
        let help = "Write it as # and six of the digits 0 to 9 and letters A to F, like \"#E9A30B\".";
        g.cx.fault(Code::WrongKind, value.span, format!("`{name}` is not a colour."), help);
    }
    text
}
