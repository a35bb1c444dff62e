//! How it stands at the end: what is built, what is not, and what stood in the way (rules.md, "End").

use std::collections::BTreeMap;

use instep_rules::{Event, Tile};

use super::{seat, stone, tile};
use crate::{View, capital, tell, twin};

/// How it stands at the end, or where it was left.
#[must_use]
pub fn ending(view: &View<'_>) -> Vec<String> {
    let (language, game, setup, state) = (view.language, view.game, view.setup(), view.state());
    let turns = tell!(language, "ending-turns", turns = state.turns());
    let (met, all) = (state.met(setup).len(), setup.in_play().len());
    let met = match (met, all) {
        (met, all) if met == all && all > 1 => tell!(language, "ending-met-all", all = all),
        (met, all) => tell!(language, "ending-met", met = met, all = all),
    };
    let mut lines = twin::path(view);
    let mut sentence = match state.path_complete(setup) {
        true => tell!(language, "ending-complete", met = &met, turns = &turns),
        false => tell!(language, "ending-so-far", met = &met, turns = &turns),
    };
    let more = match (state.path_complete(setup), state.closed()) {
        (true, true) => None,
        (false, true) => Some(tell!(language, "ending-planned")),
        (_, false) => Some(tell!(language, "ending-kept")),
    };
    sentence.extend(more.into_iter().flat_map(|more| [" ".to_owned(), more]));
    lines.push(capital(&sentence));
    let count = |which: fn(&Event) -> bool| game.in_effect().filter(|e| which(&e.event)).count();
    let laid = count(|e| matches!(e, Event::TilePlaced { .. }));
    let kept = count(|e| matches!(e, Event::TileMended { .. }));
    let lifted = game.in_effect().filter_map(|e| match e.event {
        Event::TileLifted { tile } => Some(tile),
        _ => None,
    });
    let mut in_the_way = BTreeMap::<Tile, u32>::new();
    for tile in lifted {
        *in_the_way.entry(tile).or_default() += 1;
    }
    let lifted = in_the_way.values().sum::<u32>();
    lines.push(tell!(language, "ending-tiles", laid = laid, kept = kept, lifted = lifted));
    if !in_the_way.is_empty() {
        let times = |(t, n): (&Tile, &u32)| match n {
            1 => tile(view, *t),
            n => {
                let (seat, stone) = (seat(view.packs, t.colour), stone(view.packs, t.outcome));
                tell!(language, "tile-on-times", seat = seat, stone = stone, times = *n)
            }
        };
        let list: Vec<String> = in_the_way.iter().map(times).collect();
        let list = list.join(&tell!(language, "list-semicolon"));
        lines.push(tell!(language, "ending-in-the-way", tiles = &list));
    }
    lines
}
