//! A card or a poem, whichever it is.

use crate::schema::{Card, InstructionText, Picture, Poem};

/// A card or poem of one of the packs: which pack, and which of its cards or poems.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CardRef {
    /// The pack, counted from 0 as they were named.
    pub pack: u16,
    /// Whether it is a poem.
    pub poem: bool,
    /// Its place in the pack's `cards` or `poems`.
    pub index: u16,
}

/// A card or poem with its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item<'p> {
    /// A card.
    Card(&'p Card),
    /// A poem.
    Poem(&'p Poem),
}

impl<'p> Item<'p> {
    /// Its id, the only one at the table.
    #[must_use]
    pub fn id(self) -> &'p str {
        match self {
            Self::Card(c) => &c.id,
            Self::Poem(p) => &p.id,
        }
    }

    /// A poem's title.
    #[must_use]
    pub fn title(self) -> Option<&'p str> {
        match self {
            Self::Card(_) => None,
            Self::Poem(p) => Some(&p.title),
        }
    }

    /// What is read aloud; a poem's lines stand on lines of their own.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Card(c) => c.text.clone(),
            Self::Poem(p) => p.lines.join("\n"),
        }
    }

    /// The question for the table.
    #[must_use]
    pub fn prompt(self) -> &'p str {
        match self {
            Self::Card(c) => &c.prompt,
            Self::Poem(p) => &p.prompt,
        }
    }

    /// What to know before it is read aloud.
    #[must_use]
    pub fn note(self) -> Option<&'p str> {
        match self {
            Self::Card(c) => c.note.as_deref(),
            Self::Poem(p) => p.note.as_deref(),
        }
    }

    /// The perspective in whose voice it speaks.
    #[must_use]
    pub fn voice(self) -> Option<&'p str> {
        match self {
            Self::Card(c) => Some(&c.voice),
            Self::Poem(p) => p.voice.as_deref(),
        }
    }

    /// Who of that perspective speaks.
    #[must_use]
    pub fn speaker(self) -> Option<&'p str> {
        match self {
            Self::Card(c) => Some(&c.speaker),
            Self::Poem(p) => p.speaker.as_deref(),
        }
    }

    /// What it asks for, in its author's words.
    #[must_use]
    pub fn instruction(self) -> &'p InstructionText {
        match self {
            Self::Card(c) => &c.instruction,
            Self::Poem(p) => &p.instruction,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn themes(self) -> &'p [String] {
        match self {
            Self::Card(c) => &c.themes,
            Self::Poem(p) => &p.themes,
        }
    }

    /// The outcomes that it touches.
    #[must_use]
    pub fn outcomes(self) -> &'p [String] {
        match self {
            Self::Card(c) => &c.outcomes,
            Self::Poem(p) => &p.outcomes,
        }
    }

    /// Its picture.
    #[must_use]
    pub fn picture(self) -> Option<&'p Picture> {
        match self {
            Self::Card(c) => c.picture.as_ref(),
            Self::Poem(p) => p.picture.as_ref(),
        }
    }
}
