//! How it stands at the end: what is built, what is not, and what stood in the way (rules.md, "End").

use std::collections::BTreeMap;

use instep_rules::{Event, Tile};

use super::tile;
use crate::play::twin;
use crate::play::view::View;

/// How it stands at the end, or where it was left.
pub(crate) fn ending(view: &View<'_>) -> Vec<String> {
    let (game, setup, state) = (view.game, view.setup(), view.state());
    let turns = match state.turns() {
        1 => "1 turn".to_owned(),
        n => format!("{n} turns"),
    };
    let met = match (state.met(setup).len(), setup.in_play().len()) {
        (met, 1) => format!("{met} of 1 outcome is met"),
        (met, all) if met == all => format!("all {all} outcomes are met"),
        (met, all) => format!("{met} of {all} outcomes are met"),
    };
    let mut lines = twin::path(view);
    let kept = if state.closed() { "" } else { " The game is kept as it is." };
    lines.push(match (state.path_complete(setup), state.closed()) {
        (true, _) => format!("The path is complete: {met}, after {turns}.{kept}"),
        (false, true) => format!("The path so far: {met}, after {turns}. A planned stop is no failure."),
        (false, false) => format!("The path so far: {met}, after {turns}.{kept}"),
    });
    let count = |which: fn(&Event) -> bool| game.in_effect().filter(|e| which(&e.event)).count();
    let laid = count(|e| matches!(e, Event::TilePlaced { .. }));
    let mended = count(|e| matches!(e, Event::TileMended { .. }));
    let lifted = game.in_effect().filter_map(|e| match e.event {
        Event::TileLifted { tile } => Some(tile),
        _ => None,
    });
    let mut in_the_way = BTreeMap::<Tile, u32>::new();
    for tile in lifted {
        *in_the_way.entry(tile).or_default() += 1;
    }
    let count = in_the_way.values().sum::<u32>();
    lines.push(format!("Tiles laid: {laid}. Kept by a real step: {mended}. Lifted: {count}."));
    if !in_the_way.is_empty() {
        let times = |(t, n): (&Tile, &u32)| match n {
            1 => tile(view.packs, *t),
            n => format!("{} ({n} times)", tile(view.packs, *t)),
        };
        let list: Vec<String> = in_the_way.iter().map(times).collect();
        lines.push(format!("What stood in the way lifted {}.", list.join("; ")));
    }
    lines
}
