//! Whose turn it is and what can be done, with its key.

use instep_rules::{Action, Instruction, Outcome, Perspective, Phase, TileSet};
use instep_words::{View, capital, say};

use crate::play::session::Session;

/// All keys.
pub(super) fn help(session: &Session) -> Vec<String> {
    let mut lines: Vec<String> = [
        "KEYS",
        "  r            roll (with a real die: r 4)",
        "  f, b         walk forward, walk back",
        "  t            end the talk",
        "  1, 2, 3 …    the stone, or the card's option; add why if you like: 3 because of the bus",
        "  3 S          the stone and the colour, where any colour may be laid or lifted",
        "  m WORDS      keep a cracked tile: a real step, and who takes it",
        "  l            let a cracked tile go",
        "  x            pass over the card; nobody gives a reason",
        "  n WORDS      keep a note, unsigned",
        "  name WORDS   what the team whose turn it is calls itself; staff name WORDS for another",
        "  h, h down    raise a hand, put it down",
        "LOOK",
        "  p path · w the board, the shoes and the decks · g log · notes · again all of the table",
        "FACILITATOR",
        "  u, u 3       take back a step, or three",
        "  d            another card from the same deck",
        "  close        close the game",
        "  set NAME VALUE, for example: set real_die on",
        "ANY TIME",
        "  export DIR   write the record into a folder",
        "  Ctrl+C       put aside what is typed; on an empty line: leave",
        "  q            leave; everything is kept",
        "The words of a script are taken too: staff place managers dignity",
    ]
    .map(str::to_owned)
    .into();
    if session.is_online() {
        lines.extend(super::online::help(session));
    }
    lines
}

/// Whose turn it is, and what can be done now.
pub(super) fn lines(session: &Session) -> Vec<String> {
    let view = session.view();
    let mirror = session.mirror();
    let state = view.state();
    if state.closed() {
        return vec![
            "The game is closed. export DIR writes its record, notes lists what was typed, q leaves; the next start begins another.".to_owned(),
        ];
    }
    if mirror.people().paused {
        return vec!["The table is paused: go-on goes on.".to_owned()];
    }
    let mut lines = match session.is_online() && !mirror.may_act_for(state.seat()) {
        true => super::online::anothers_turn(session),
        false => vec![own_turn(session)],
    };
    lines.extend(super::online::waits(session));
    if state.pass_asked() {
        lines.push("Somebody asked to pass over this card: x confirms it, decline-pass goes on.".to_owned());
    }
    if state.path_complete(view.setup()) {
        lines.push("The path is complete. You may go on; close ends the game.".to_owned());
    }
    lines
}

fn own_turn(session: &Session) -> String {
    let view = session.view();
    let mirror = session.mirror();
    let state = view.state();
    let legal = mirror.legal();
    let turn = format!("It is the {} turn.", say::seats(view.language, view.packs, state.seat()));
    let what = match state.phase() {
        Phase::Opening { .. } => {
            format!("What works here already? {}.", stones(&view, "Lay", "an opening tile", legal.place))
        }
        Phase::Roll if legal.roll_typed => {
            format!("Roll your die, and type r and its face, 1 to {}.", state.ruleset().die_faces)
        }
        Phase::Roll => "r rolls the die.".into(),
        Phase::Walk { face } => walk(&view, face),
        Phase::Talk { .. } => {
            "Read the card aloud, and talk. t ends the talk, n WORDS keeps a note, x passes over the card.".into()
        }
        Phase::Resolve { card, chosen: None } if legal.choose != 0 => {
            let options = view.setup().instruction(card);
            let open: Vec<String> =
                (0..3).filter(|n| legal.choose & 1 << n != 0).map(|n| (n + 1).to_string()).collect();
            format!("{}. Type {}.", capital(&say::instruction(&view, options)), open.join(" or "))
        }
        Phase::Resolve { .. } if legal.place.is_empty() => {
            format!("{}.", stones(&view, "Lift", "any tile", legal.remove))
        }
        Phase::Resolve { card, chosen } => {
            let lay = stones(&view, "Lay", "any tile", legal.place);
            match named(view.setup().instruction(card), chosen) {
                Some(colour) if legal.place.and(TileSet::of_colour(colour)).is_empty() => format!(
                    "Every stone in play has its {} tile, so any missing tile may be laid instead. {lay}.",
                    say::seat(view.packs, colour)
                ),
                _ => format!("{lay}."),
            }
        }
        Phase::Mend { tile, .. } => format!(
            "The {} tile on {} is cracked. m WORDS keeps it by a real step and who takes it; l lets it go.",
            say::seat(view.packs, tile.colour),
            say::stone(view.packs, tile.outcome)
        ),
    };
    format!("{turn} {what}")
}

fn walk(view: &View<'_>, face: u8) -> String {
    let board = view.setup().board();
    let (from, len) = (usize::from(view.state().counter(view.state().seat())), board.len());
    let there = |at: usize| match board.get(at) {
        Some(space) => format!("space {at}, {}", say::space(view.language, view.packs, *space)),
        None => format!("space {at}"),
    };
    format!(
        "You rolled {face}. f walks forward to {}; b walks back to {}.",
        there((from + usize::from(face)) % len),
        there((from + len - usize::from(face) % len) % len)
    )
}

/// Tiles to choose from: stones by number, with the colours where there are several.
fn stones(view: &View<'_>, verb: &str, any: &str, tiles: TileSet) -> String {
    let packs = view.packs;
    let of_one = |p: &Perspective| tiles.but_not(TileSet::of_colour(*p)).is_empty();
    let name = |o: Outcome| format!("{} {}", o.index() + 1, say::stone(packs, o));
    let stones: Vec<Outcome> = tiles.outcomes().iter().collect();
    if let Some(colour) = Perspective::ALL.into_iter().find(of_one) {
        let list: Vec<String> = stones.into_iter().map(name).collect();
        return format!("{verb} a {} tile; choose a stone: {}", say::seat(packs, colour), list.join(", "));
    }
    let letters = |o: Outcome| {
        let letters: Vec<&str> = tiles
            .iter()
            .filter(|t| t.outcome == o)
            .map(|t| packs.perspectives()[t.colour.index()].letter.as_str())
            .collect();
        format!("{} ({})", name(o), letters.join(" "))
    };
    let list: Vec<String> = stones.into_iter().map(letters).collect();
    format!("{verb} {any}; choose a stone and a letter, like 1 S: {}", list.join(", "))
}

/// The colour that a card, or the option chosen of it, would lay.
fn named(instruction: &Instruction, chosen: Option<u8>) -> Option<Perspective> {
    match instruction.options().get(usize::from(chosen.unwrap_or(0)))? {
        Action::Place(colour) => Some(*colour),
        _ => None,
    }
}
