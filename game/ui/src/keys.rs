//! Keys, and what they do. Arrows, Tab, Enter, Space and Escape move and press, and are nobody's to change.

use std::marker::PhantomData;

use egui::{Key, Modifiers};
use serde::de::value::StringDeserializer;
use serde::de::{self, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// What a key can do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Deed {
    /// Roll the die.
    Roll,
    /// Walk forward.
    Forward,
    /// Walk back.
    Back,
    /// End the talk.
    EndTalk,
    /// Write a note.
    Note,
    /// Raise a hand or put it down.
    Hand,
    /// Pass over the card.
    Pass,
    /// Draw another card.
    Redraw,
    /// Take a step back.
    Undo,
    /// Pause the table, or go on.
    Pause,
    /// Pause the talk timer, or go on.
    Timer,
    /// Show the card large.
    Read,
    /// Read the card aloud.
    Speak,
    /// Show the table in words.
    InWords,
    /// Show or hide the log.
    Log,
    /// Who is at the table.
    People,
    /// The chat.
    Chat,
    /// The room's own window.
    Projector,
    /// Help.
    Help,
    /// The list of keys.
    KeyList,
    /// Settings.
    Settings,
    /// Fill the screen.
    FullScreen,
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
}

impl Deed {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 24] = [
        Self::Roll,
        Self::Forward,
        Self::Back,
        Self::EndTalk,
        Self::Note,
        Self::Hand,
        Self::Pass,
        Self::Redraw,
        Self::Undo,
        Self::Pause,
        Self::Timer,
        Self::Read,
        Self::Speak,
        Self::InWords,
        Self::Log,
        Self::People,
        Self::Chat,
        Self::Projector,
        Self::Help,
        Self::KeyList,
        Self::Settings,
        Self::FullScreen,
        Self::Larger,
        Self::Smaller,
    ];

    /// The words that name it, in the language file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Roll => "ui-do-roll",
            Self::Forward => "ui-do-forward",
            Self::Back => "ui-do-back",
            Self::EndTalk => "ui-do-end-talk",
            Self::Note => "ui-do-note",
            Self::Hand => "ui-do-hand",
            Self::Pass => "ui-do-pass",
            Self::Redraw => "ui-do-redraw",
            Self::Undo => "ui-do-undo",
            Self::Pause => "ui-do-pause",
            Self::Timer => "ui-do-timer",
            Self::Read => "ui-do-read",
            Self::Speak => "ui-do-speak",
            Self::InWords => "ui-do-in-words",
            Self::Log => "ui-do-log",
            Self::People => "ui-do-people",
            Self::Chat => "ui-do-chat",
            Self::Projector => "ui-do-projector",
            Self::Help => "ui-do-help",
            Self::KeyList => "ui-do-keys",
            Self::Settings => "ui-do-settings",
            Self::FullScreen => "ui-do-full-screen",
            Self::Larger => "ui-do-larger",
            Self::Smaller => "ui-do-smaller",
        }
    }
}

/// A key with Ctrl (Cmd on a Mac) or without.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Press {
    /// With Ctrl or Cmd.
    pub ctrl: bool,
    /// The key, by egui's name for it.
    #[serde(with = "key_name")]
    pub key: Key,
}

mod key_name {
    use egui::Key;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(key: &Key, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(key.name())
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Key, D::Error> {
        let name = String::deserialize(from)?;
        Key::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("there is no key {name}")))
    }
}

impl Press {
    const fn plain(key: Key) -> Self {
        Self { ctrl: false, key }
    }

    const fn ctrl(key: Key) -> Self {
        Self { ctrl: true, key }
    }

    /// As it is written beside a button.
    #[must_use]
    pub fn name(self) -> String {
        let key = match self.key {
            Key::Plus | Key::Equals => "+",
            Key::Minus => "-",
            key => key.symbol_or_name(),
        };
        if self.ctrl { format!("Ctrl {key}") } else { key.to_owned() }
    }

    /// Whether anybody may choose it: it must not be one that moves, presses or leads back.
    #[must_use]
    pub fn is_free(self) -> bool {
        !matches!(
            self.key,
            Key::Enter
                | Key::Space
                | Key::Tab
                | Key::Escape
                | Key::ArrowUp
                | Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
        )
    }

    /// Whether single-key shortcuts being off turns it off: a letter or a digit alone.
    #[must_use]
    pub fn is_single(self) -> bool {
        !self.ctrl
            && !matches!(
                self.key,
                Key::F1
                    | Key::F2
                    | Key::F3
                    | Key::F4
                    | Key::F5
                    | Key::F6
                    | Key::F7
                    | Key::F8
                    | Key::F9
                    | Key::F10
                    | Key::F11
                    | Key::F12
            )
    }

    fn modifiers(self) -> Modifiers {
        if self.ctrl { Modifiers::COMMAND } else { Modifiers::NONE }
    }
}

/// Which key does what (the defaults: interfaces.md).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Keys(Vec<(Deed, Option<Press>)>);

/// What another Instep knows and this one does not, a deed or a key, is left out, and the others stay.
impl<'d> Deserialize<'d> for Keys {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let all: Vec<(Known<Deed>, Option<Named>)> = Vec::deserialize(from)?;
        let known = all.into_iter().filter_map(|(deed, named)| match named {
            None => Some((deed.0?, None)),
            Some(Named { ctrl, key }) => Some((deed.0?, Some(Press { ctrl, key: Key::from_name(&key)? }))),
        });
        Ok(Self(known.collect()))
    }
}

/// A key as it stands in a file.
#[derive(Deserialize)]
struct Named {
    ctrl: bool,
    key: String,
}

/// A name that stands without quotation marks.
struct Name(String);

impl<'d> Deserialize<'d> for Name {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        struct Letters;
        impl Visitor<'_> for Letters {
            type Value = Name;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.to_owned()))
            }
        }
        from.deserialize_identifier(Letters)
    }
}

/// One of a number of names, if it is known here.
struct Known<T>(Option<T>);

impl<'d, T: Deserialize<'d>> Deserialize<'d> for Known<T> {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        struct Names<T>(PhantomData<T>);
        impl<'d, T: Deserialize<'d>> Visitor<'d> for Names<T> {
            type Value = Known<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a name")
            }

            fn visit_enum<A: EnumAccess<'d>>(self, from: A) -> Result<Self::Value, A::Error> {
                let (Name(name), rest) = from.variant()?;
                rest.unit_variant()?;
                let name: StringDeserializer<de::value::Error> = name.into_deserializer();
                Ok(Known(T::deserialize(name).ok()))
            }
        }
        from.deserialize_enum("Deed", &[], Names(PhantomData))
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self(Deed::ALL.into_iter().map(|deed| (deed, Some(usual(deed)))).collect())
    }
}

fn usual(deed: Deed) -> Press {
    match deed {
        Deed::Roll => Press::plain(Key::R),
        Deed::Forward => Press::plain(Key::F),
        Deed::Back => Press::plain(Key::B),
        Deed::EndTalk => Press::plain(Key::T),
        Deed::Note => Press::plain(Key::N),
        Deed::Hand => Press::plain(Key::H),
        Deed::Pass => Press::plain(Key::X),
        Deed::Redraw => Press::ctrl(Key::R),
        Deed::Undo => Press::ctrl(Key::Z),
        Deed::Pause => Press::ctrl(Key::P),
        Deed::Timer => Press::ctrl(Key::T),
        Deed::Read => Press::plain(Key::C),
        Deed::Speak => Press::plain(Key::A),
        Deed::InWords => Press::plain(Key::F2),
        Deed::Log => Press::plain(Key::L),
        Deed::People => Press::plain(Key::P),
        Deed::Chat => Press::plain(Key::M),
        Deed::Projector => Press::plain(Key::F5),
        Deed::Help => Press::plain(Key::F1),
        Deed::KeyList => Press::plain(Key::F3),
        Deed::Settings => Press::plain(Key::F4),
        Deed::FullScreen => Press::plain(Key::F11),
        Deed::Larger => Press::ctrl(Key::Plus),
        Deed::Smaller => Press::ctrl(Key::Minus),
    }
}

impl Keys {
    /// The key for a deed.
    #[must_use]
    pub fn of(&self, deed: Deed) -> Option<Press> {
        match self.0.iter().find(|(d, _)| *d == deed) {
            Some((_, press)) => *press,
            None => Some(usual(deed)),
        }
    }

    /// The deed that has this key already.
    #[must_use]
    pub fn taken(&self, press: Press) -> Option<Deed> {
        Deed::ALL.into_iter().find(|deed| self.of(*deed) == Some(press))
    }

    /// Gives a deed another key, or none; whoever had that key has none.
    pub fn set(&mut self, deed: Deed, press: Option<Press>) {
        if let Some(other) = press.and_then(|p| self.taken(p)).filter(|other| *other != deed) {
            self.put(other, None);
        }
        self.put(deed, press);
    }

    fn put(&mut self, deed: Deed, press: Option<Press>) {
        self.0.retain(|(d, _)| *d != deed);
        self.0.push((deed, press));
    }

    /// The keys as they could have been chosen: none that moves or presses, and none for two deeds.
    #[must_use]
    pub fn in_range(self) -> Self {
        let mut keys = Self::default();
        for (deed, press) in self.0 {
            if press.is_none_or(Press::is_free) {
                keys.set(deed, press);
            }
        }
        keys
    }

    /// The deeds whose keys were pressed now; taken from the input, so that nothing else hears them.
    pub fn pressed(&self, ctx: &egui::Context, single_keys: bool) -> Vec<Deed> {
        let typing = ctx.text_edit_focused();
        let mut done = Vec::new();
        for deed in Deed::ALL {
            let Some(press) = self.of(deed) else { continue };
            if press.is_single() && (typing || !single_keys) {
                continue;
            }
            let equal = (press.key == Key::Plus).then_some(Key::Equals);
            let keys = [Some(press.key), equal];
            let hit =
                ctx.input_mut(|input| keys.into_iter().flatten().any(|key| input.consume_key(press.modifiers(), key)));
            if hit {
                done.push(deed);
            }
        }
        done
    }
}
