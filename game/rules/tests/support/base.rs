//! A setup of the base pack's shape, without its words: for whatever needs a real game's size.

use instep_rules::{
    Action, CardRules, Choices, Deck, Instruction, OutcomeSet, Perspective, Ruleset, Setup, SetupParts, Space, TileSet,
};

/// 40 spaces with a Poet's Corner at every tenth, no two neighbours alike; 62 cards a perspective, of which
/// 58 % place a named tile, 14 % place any or let choose, 22 % remove, 6 % talk; 26 poems.
pub(crate) fn base_setup(outcomes_in_play: usize, ruleset: Ruleset) -> Setup {
    let mut footprints = 0;
    let board = (0..40)
        .map(|at| {
            if at % 10 == 0 {
                return Space::PoetsCorner;
            }
            footprints += 1;
            Space::Footprint(Perspective::from_index(footprints))
        })
        .collect();
    let mut cards = Vec::new();
    for deck in Perspective::ALL {
        cards.extend((0..62).map(|n| CardRules { deck: Deck::Of(deck), instruction: base_instruction(n) }));
    }
    let poem = CardRules { deck: Deck::Poems, instruction: Instruction::Do(Action::PlaceAny) };
    cards.extend(std::iter::repeat_n(poem, 26));
    let parts = SetupParts {
        board,
        cards,
        outcomes: 7,
        in_play: OutcomeSet::first(outcomes_in_play),
        ruleset,
        begun: TileSet::NONE,
    };
    Setup::new(parts).unwrap_or_else(|fault| panic!("{fault:?}"))
}

/// 36 of 62 place a named tile, 9 place any or let choose, 14 remove, 3 talk.
fn base_instruction(n: usize) -> Instruction {
    let colour = Perspective::from_index(n);
    Instruction::Do(match n {
        0..36 => Action::Place(colour),
        36..41 => Action::PlaceAny,
        41..45 => {
            let mut choices = Choices::new();
            choices.extend([Action::Place(colour), Action::Remove(colour.next()), Action::PlaceAny]);
            return Instruction::Choose(choices);
        }
        45..55 => Action::Remove(colour),
        55..59 => Action::RemoveAny,
        _ => Action::TalkOnly,
    })
}
