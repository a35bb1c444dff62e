//! Cards and poems.

use std::collections::HashSet;

use super::{Reader, frame};
use crate::decode::{Cx, Group};
use crate::fault::{Code, Place};
use crate::limits;
use crate::schema::{Board, Card, InstructionText, POEM, Poem, Themes};
use crate::tree::clip;
use crate::tree::{Kind, Value};

impl Reader {
    pub(super) fn card_file(&mut self, path: &str, cards: &mut Vec<Card>, places: &mut Vec<Place>) {
        self.items(path, cards, places, |own, cx, value| {
            const FIELDS: &[&str] =
                &["id", "voice", "speaker", "text", "prompt", "instruction", "themes", "outcomes", "note", "picture"];
            let g = cx.group(value, "Card", FIELDS)?;
            let voice = g
                .need("voice")
                .map(|v| cx.reference(v, "voice", own.known.perspectives.as_deref()))
                .unwrap_or_default();
            let speaker = g.need("speaker").map(|v| own.speaker(cx, v, &voice)).unwrap_or_default();
            let card = Card {
                id: g.id("id"),
                speaker,
                text: g.text("text", limits::TEXT),
                prompt: g.text("prompt", limits::PROMPT),
                instruction: g
                    .need("instruction")
                    .and_then(|v| own.instruction(cx, v, true))
                    .unwrap_or(InstructionText::TalkOnly),
                themes: own.themes(&g),
                outcomes: own.card_outcomes(&g),
                note: note(&g),
                picture: own.picture(&g),
                voice,
            };
            let span = g.get("id").map_or(g.head, |v| v.span);
            Some((card.id.clone(), span, card))
        });
    }

    pub(super) fn poem_file(&mut self, path: &str, poems: &mut Vec<Poem>, places: &mut Vec<Place>) {
        self.items(path, poems, places, |own, cx, value| {
            const FIELDS: &[&str] = &[
                "id",
                "title",
                "lines",
                "prompt",
                "themes",
                "outcomes",
                "instruction",
                "note",
                "voice",
                "speaker",
                "picture",
            ];
            let g = cx.group(value, "Poem", FIELDS)?;
            let voice = g.maybe("voice").map(|v| cx.reference(v, "voice", own.known.perspectives.as_deref()));
            let speaker = g.maybe("speaker").map(|v| own.speaker(cx, v, voice.as_deref().unwrap_or_default()));
            let instruction =
                g.get("instruction").map_or(Some(InstructionText::PlaceAny), |v| own.instruction(cx, v, true));
            let poem = Poem {
                id: g.id("id"),
                title: g.text("title", limits::NAME),
                lines: lines(&g),
                prompt: g.text("prompt", limits::PROMPT),
                themes: own.themes(&g),
                outcomes: own.card_outcomes(&g),
                instruction: instruction.unwrap_or(InstructionText::PlaceAny),
                note: note(&g),
                voice,
                speaker,
                picture: own.picture(&g),
            };
            let span = g.get("id").map_or(g.head, |v| v.span);
            Some((poem.id.clone(), span, poem))
        });
    }

    /// The items of one file, with the places of their ids.
    fn items<T>(
        &mut self,
        path: &str,
        into: &mut Vec<T>,
        places: &mut Vec<Place>,
        decode: impl Fn(&Self, &Cx<'_>, &Value<'_>) -> Option<(String, crate::tree::Span, T)>,
    ) {
        let mut ids = std::mem::take(&mut self.ids);
        let read = self.ron(path, |own, cx, value| {
            let mut whole = true;
            for value in cx.list(value, path, 0..=limits::CARDS_MAX).iter() {
                match decode(own, cx, value) {
                    Some((id, span, item)) => {
                        frame::unique(cx, &mut ids, &id, span, "id");
                        into.push(item);
                        places.push(cx.source.place(span));
                    }
                    None => whole = false,
                }
            }
            whole && matches!(value.kind, Kind::List(_))
        });
        self.ids = ids;
        self.whole &= read == Some(true);
    }

    fn themes(&self, g: &Group<'_, '_, '_, '_>) -> Vec<String> {
        g.references("themes", limits::CARD_THEMES, "theme", self.known.themes.as_deref())
    }

    fn card_outcomes(&self, g: &Group<'_, '_, '_, '_>) -> Vec<String> {
        g.references("outcomes", 0..=*limits::OUTCOMES.end(), "outcome", self.known.outcomes.as_deref())
    }

    /// Somebody of the card's own voice.
    fn speaker(&self, cx: &Cx<'_>, value: &Value<'_>, voice: &str) -> String {
        let of_voice = self.known.speakers.iter().find(|(p, _)| p == voice).map(|(_, s)| s.as_slice());
        let id = cx.text(value, "speaker", limits::ID);
        let Some(known) = of_voice else { return id };
        if !id.is_empty() && !known.contains(&id) {
            let of = self.known.speakers.iter().find(|(_, s)| s.contains(&id)).map(|(p, _)| p);
            let help = match of {
                Some(other) => format!("`{id}` speaks for `{other}`. {}", cx.near("", known)),
                None => cx.near(&id, known),
            };
            cx.fault(
                Code::UnknownId,
                value.span,
                format!("Nobody called \"{}\" speaks for \"{voice}\".", clip(&id)),
                help,
            );
        }
        id
    }

    fn instruction(&self, cx: &Cx<'_>, value: &Value<'_>, outer: bool) -> Option<InstructionText> {
        const WORDS: [&str; 6] = ["Place", "Remove", "PlaceAny", "RemoveAny", "TalkOnly", "Choose"];
        let (word, items): (&str, &[Value<'_>]) = match &value.kind {
            Kind::Name(word) => (word, &[]),
            Kind::Tuple(Some(word), items) => (word.text, items),
            Kind::Text(text) if WORDS.contains(&&**text) => {
                cx.fault(
                    Code::WrongKind,
                    value.span,
                    format!("An instruction stands without quotation marks: {text}."),
                    "",
                );
                return None;
            }
            kind => {
                let message = format!("`instruction` cannot be {}.", kind.describe());
                cx.fault(
                    Code::WrongKind,
                    value.span,
                    message,
                    "Write Place(\"…\"), Remove(\"…\"), PlaceAny, RemoveAny, TalkOnly or Choose([…, …]).",
                );
                return None;
            }
        };
        let bare = matches!(value.kind, Kind::Name(_));
        match (word, items) {
            ("PlaceAny", []) if bare => Some(InstructionText::PlaceAny),
            ("RemoveAny", []) if bare => Some(InstructionText::RemoveAny),
            ("TalkOnly", []) if bare => Some(InstructionText::TalkOnly),
            ("Place" | "Remove", [colour]) => {
                let colour = cx.reference(colour, "perspective", self.known.perspectives.as_deref());
                Some(if word == "Place" { InstructionText::Place(colour) } else { InstructionText::Remove(colour) })
            }
            ("Choose", [_]) if !outer => {
                cx.fault(
                    Code::NestedChoice,
                    value.span,
                    "A `Choose` stands in a `Choose`.",
                    "Name all options in one list, two or three of them.",
                );
                None
            }
            ("Choose", [options]) => self.choice(cx, options),
            ("PlaceAny" | "RemoveAny" | "TalkOnly", _) => {
                cx.fault(Code::WrongKind, value.span, format!("`{word}` stands alone, without brackets."), "");
                None
            }
            ("Place" | "Remove", _) => {
                let help = format!("Write {word}(\"…\") with one perspective in it, or {word}Any.");
                cx.fault(
                    Code::WrongKind,
                    value.span,
                    format!("`{word}` needs one perspective in round brackets."),
                    help,
                );
                None
            }
            ("Choose", _) => {
                cx.fault(
                    Code::WrongKind,
                    value.span,
                    "`Choose` needs one list in its brackets.",
                    "Write Choose([Place(\"…\"), Place(\"…\")]).",
                );
                None
            }
            _ => {
                cx.fault(
                    Code::UnknownValue,
                    value.span,
                    format!("There is no instruction `{}`.", clip(word)),
                    cx.near(word, &WORDS),
                );
                None
            }
        }
    }

    fn choice(&self, cx: &Cx<'_>, list: &Value<'_>) -> Option<InstructionText> {
        let values = cx.list(list, "Choose", limits::OPTIONS);
        let options: Vec<InstructionText> = values.iter().filter_map(|v| self.instruction(cx, v, false)).collect();
        let gift = |o: &InstructionText| matches!(o, InstructionText::Place(_) | InstructionText::PlaceAny);
        let cost = |o: &InstructionText| matches!(o, InstructionText::Remove(_) | InstructionText::RemoveAny);
        if options.iter().any(gift) && options.iter().any(cost) {
            let help = "Offer two costs or two gifts: between a cost and a gift nobody needs to choose.";
            cx.fault(Code::MixedChoice, list.span, "This choice offers both to lay a tile and to lift one.", help);
        }
        for (i, option) in options.iter().enumerate() {
            if options[..i].contains(option) && options.len() == values.len() {
                cx.fault(
                    Code::DuplicateId,
                    values[i].span,
                    "This choice offers the same thing twice.",
                    "Leave one out, or change it.",
                );
            }
        }
        Some(InstructionText::Choose(options))
    }

    /// A colour that the board leads to needs cards, and so do Poet's Corners.
    pub(super) fn decks(&self, board: &Board, cards: &[Card], poems: &[Poem]) {
        let voices: HashSet<&str> = cards.iter().map(|c| c.voice.as_str()).collect();
        let known = self.known.perspectives.as_deref().unwrap_or_default();
        if voices.iter().any(|voice| !known.iter().any(|k| k == voice)) {
            // A misspelt voice is told where it stands; that its deck is empty follows from it.
            return;
        }
        let mut empty: Vec<&str> = Vec::new();
        for space in &board.spaces {
            let has = if space == POEM { !poems.is_empty() } else { voices.contains(space.as_str()) };
            if !has && !empty.contains(&space.as_str()) && !space.is_empty() {
                empty.push(space);
                self.ron("board.ron", |_, cx, value| {
                    let span = space_span(value, space).unwrap_or(value.span);
                    let (message, help) = if space == POEM {
                        (
                            "The board has a Poet's Corner, and the pack has no poem.".to_owned(),
                            "Write at least one in the folder `poems`, or take \"poem\" off the board.".to_owned(),
                        )
                    } else {
                        (
                            format!("The deck of \"{space}\" is empty: no card has this voice."),
                            format!("Write at least one card with `voice: \"{space}\"`."),
                        )
                    };
                    cx.fault(Code::EmptyDeck, span, message, help);
                });
            }
        }
    }

    /// A theme that nothing is about can only disappoint whoever chooses it.
    pub(super) fn unused_themes(&self, themes: &Themes, cards: &[Card], poems: &[Poem]) {
        let used: HashSet<&str> = cards
            .iter()
            .flat_map(|c| &c.themes)
            .chain(poems.iter().flat_map(|p| &p.themes))
            .map(String::as_str)
            .collect();
        let unused: Vec<&str> = themes.themes.iter().map(|t| t.id.as_str()).filter(|t| !used.contains(t)).collect();
        if unused.is_empty() || !self.whole {
            return;
        }
        self.ron("themes.ron", |_, cx, value| {
            let message = format!(
                "No card is about {}.",
                unused.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>().join(", ")
            );
            cx.add(
                cx.source
                    .fault(Code::Unused, crate::tree::Span { end: value.span.start + 1, ..value.span }, message)
                    .into_warning(),
            );
        });
    }
}

fn space_span(value: &Value<'_>, space: &str) -> Option<crate::tree::Span> {
    let Kind::Struct(_, fields) = &value.kind else { return None };
    let Kind::List(items) = &fields.iter().find(|f| f.name.text == "spaces")?.value.kind else { return None };
    items.iter().find(|v| matches!(&v.kind, Kind::Text(t) if t == space)).map(|v| v.span)
}

fn note(g: &Group<'_, '_, '_, '_>) -> Option<String> {
    g.maybe("note").map(|v| g.cx.text(v, "note", limits::SENTENCE))
}

/// A poem's lines. An empty one parts two verses, but a poem is not all gaps.
fn lines(g: &Group<'_, '_, '_, '_>) -> Vec<String> {
    let list = g.list("lines", limits::LINES);
    let lines: Vec<String> = list
        .iter()
        .map(|v| match &v.kind {
            Kind::Text(t) if t.is_empty() => String::new(),
            _ => g.cx.text(v, "lines", limits::LINE),
        })
        .collect();
    if let (true, Some(first)) = (lines.iter().all(String::is_empty), list.first())
        && list.iter().all(|v| matches!(&v.kind, Kind::Text(t) if t.is_empty()))
    {
        g.cx.fault(Code::EmptyText, first.span, "This poem has no words.", "Write its lines.");
    }
    lines
}
