//! How many cards there are, whose they are, and what they are about.

use std::collections::BTreeMap;

use instep_content::schema::{Card, InstructionText};

use crate::shipped::{Shipped, combined, no_faults, shipped};

/// Fewer than this share of a voice's instructions may name its own colour: the surprise is the point.
const OWN_COLOUR_PERCENT: usize = 50;

/// The actions of an instruction: itself, or what it offers.
pub(crate) fn actions(instruction: &InstructionText) -> &[InstructionText] {
    match instruction {
        InstructionText::Choose(options) => options,
        one => std::slice::from_ref(one),
    }
}

/// The colour that an action names.
pub(crate) fn colour(action: &InstructionText) -> Option<&str> {
    match action {
        InstructionText::Place(id) | InstructionText::Remove(id) => Some(id),
        _ => None,
    }
}

fn by_voice(shipped: &Shipped) -> BTreeMap<&str, Vec<&Card>> {
    let mut voices: BTreeMap<&str, Vec<&Card>> = BTreeMap::new();
    for perspective in &shipped.pack.perspectives {
        voices.insert(&perspective.id, Vec::new());
    }
    for card in &shipped.pack.cards {
        voices.entry(&card.voice).or_default().push(card);
    }
    voices
}

#[test]
fn there_are_enough_cards_in_every_voice_and_enough_poems() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let (pack, asked) = (&shipped.pack, shipped.demands);
        let mut counts = vec![
            ("cards".to_owned(), pack.cards.len(), asked.cards_min),
            ("poems".to_owned(), pack.poems.len(), asked.poems_min),
        ];
        counts.extend(
            by_voice(shipped)
                .iter()
                .map(|(voice, cards)| (format!("cards in the voice of {voice}"), cards.len(), asked.voice_min)),
        );
        let short = counts.into_iter().filter(|(_, there, asked)| there < asked);
        short
            .map(|(what, there, asked)| format!("{}: {there} {what}, fewer than {asked}", shipped.id()))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn those_who_are_easily_forgotten_speak_often_enough() {
    no_faults(shipped().iter().flat_map(|shipped| {
        shipped.demands.speakers.iter().filter_map(|asked| {
            let cards = shipped.pack.cards.iter();
            let count =
                cards.filter(|c| c.voice == asked.voice && asked.speakers.contains(&c.speaker.as_str())).count();
            (!asked.count.contains(&count))
                .then(|| format!("{}: {count} cards said by {:?}, not {:?}", shipped.id(), asked.speakers, asked.count))
        })
    }));
}

#[test]
fn every_speaker_of_a_perspective_says_something() {
    no_faults(shipped().iter().flat_map(|shipped| {
        shipped.pack.perspectives.iter().flat_map(move |perspective| {
            let heard = |id: &str| shipped.pack.cards.iter().any(|c| c.voice == perspective.id && c.speaker == id);
            let silent = perspective.speakers.iter().filter(move |speaker| !heard(&speaker.id));
            silent.map(move |speaker| format!("{}: {} says nothing", shipped.id(), speaker.name))
        })
    }));
}

#[test]
fn every_theme_and_area_has_its_cards() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let (themes, asked) = (&shipped.pack.themes, shipped.demands);
        let mut faults = Vec::new();
        if (themes.themes.len(), themes.areas.len()) != (asked.themes, asked.areas) {
            faults.push(format!("{}: not {} themes in {} areas", shipped.id(), asked.themes, asked.areas));
        }
        for theme in &themes.themes {
            let count = shipped.pack.cards.iter().filter(|card| card.themes.contains(&theme.id)).count();
            if count < asked.theme_min {
                faults.push(format!(
                    "{}: theme {}: {count} cards, fewer than {}",
                    shipped.id(),
                    theme.id,
                    asked.theme_min
                ));
            }
        }
        for area in &themes.areas {
            if !themes.themes.iter().any(|theme| theme.area == area.id) {
                faults.push(format!("{}: no theme is in the area {}", shipped.id(), area.id));
            }
        }
        faults
    }));
}

#[test]
fn every_outcome_is_hinted_at_by_every_voice() {
    no_faults(shipped().iter().flat_map(|shipped| {
        by_voice(shipped).into_iter().flat_map(move |(voice, cards)| {
            let missing =
                shipped.pack.outcomes.iter().filter(move |o| !cards.iter().any(|c| c.outcomes.contains(&o.id)));
            missing.map(move |outcome| format!("{}: no card of {voice} is about {}", shipped.id(), outcome.id))
        })
    }));
}

#[test]
fn most_tiles_are_of_another_colour_than_the_voice() {
    no_faults(shipped().iter().flat_map(|shipped| {
        by_voice(shipped).into_iter().filter_map(|(voice, cards)| {
            let own = cards.iter().filter(|c| actions(&c.instruction).iter().any(|a| colour(a) == Some(voice))).count();
            (own * 100 >= cards.len() * OWN_COLOUR_PERCENT)
                .then(|| format!("{}: {own} of {} cards of {voice} name their own colour", shipped.id(), cards.len()))
        })
    }));
}

#[test]
fn in_every_voice_some_cards_lay_and_some_lift_every_colour() {
    no_faults(shipped().iter().flat_map(|shipped| {
        let mut faults = Vec::new();
        for (voice, cards) in by_voice(shipped) {
            let has = |wanted: fn(&InstructionText) -> bool| {
                cards.iter().flat_map(|card| actions(&card.instruction)).any(wanted)
            };
            if !has(|action| matches!(action, InstructionText::Place(_) | InstructionText::PlaceAny)) {
                faults.push(format!("{}: no card of {voice} lays a tile", shipped.id()));
            }
            if !has(|action| matches!(action, InstructionText::Remove(_) | InstructionText::RemoveAny)) {
                faults.push(format!("{}: no card of {voice} lifts a tile", shipped.id()));
            }
        }
        // Nobody is the hero or the villain: each colour is laid and lifted by more than one voice.
        for perspective in &shipped.pack.perspectives {
            for (verb, action) in [
                ("laid", InstructionText::Place(perspective.id.clone())),
                ("lifted", InstructionText::Remove(perspective.id.clone())),
            ] {
                let by = by_voice(shipped);
                let voices =
                    by.values().filter(|cards| cards.iter().any(|c| actions(&c.instruction).contains(&action)));
                if voices.count() < 2 {
                    faults.push(format!(
                        "{}: a tile of {} is {verb} by fewer than two voices",
                        shipped.id(),
                        perspective.id
                    ));
                }
            }
        }
        faults
    }));
}

#[test]
fn packs_mix_and_no_card_is_left_out() {
    for shipped in shipped() {
        for other in shipped.demands.mixes_into {
            for order in [[*other, shipped.id()], [shipped.id(), *other]] {
                let packs = combined(&order);
                assert_eq!(packs.left_out(), [], "{order:?}");
                let both: usize = packs.packs().iter().map(|pack| pack.cards.len() + pack.poems.len()).sum();
                assert_eq!(packs.cards().count(), both, "{order:?}");
                assert!(packs.setup(&instep_content::Options::default()).is_ok(), "{order:?}");
            }
        }
    }
}
