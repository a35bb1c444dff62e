//! Whose turn it is, what to do now and what has happened, in every phase.

use instep_protocol::WordText;
use instep_rules::{Action, Command, Deck, Direction, Event, Instruction, Perspective, Setting, Tile, Walking};

use crate::table::*;

/// Everything that is said now.
fn says(play: &Play, turn: &str, next: &str, happened: &str) {
    assert_eq!((play.whose_turn(), play.next(), play.happened()), (turn.into(), next.into(), happened.into()));
}

const TURN: &str = "It's the users and carers' turn";
const TALK: &str = "Read the card aloud and talk. End the talk when you are ready.";

#[test]
fn opening_tiles() {
    let mut play = Play::new("guided", 2, &[]);
    let next = "Say what works here already, and choose one of the 2 stones that glow for a users and carers tile.";
    says(&play, "Opening tiles: it's the users and carers' turn", next, "");
    play.calls(Perspective::Second, WordText::Said("Purse".into()));
    play.does(Command::Place(USERS, CHOICE));
    says(
        &play,
        "Opening tiles: it's Purse's turn (providers and commissioners)",
        "Say what works here already, and choose one of the 2 stones that glow for a providers and commissioners tile.",
        "The users and carers laid a users and carers tile on Choice and control.",
    );
    play.does(Command::Place(Perspective::Second, CHOICE));
    play.does(Command::Place(STAFF, CHOICE));
    play.does(Command::Place(MANAGERS, CHOICE));
    let happened = "The managers laid a managers tile, and Choice and control is met!";
    says(&play, TURN, "Roll the die.", happened);
}

#[test]
fn a_turn_to_a_tile() {
    let mut play = Play::begun();
    says(&play, TURN, "Roll the die.", "The managers laid a managers tile on Health and wellbeing.");
    play.does(Command::Set(Setting::RealDie(true)));
    let changed = "The facilitator changed a setting: a real die is rolled, and its face typed in.";
    says(&play, TURN, "Roll your die, and choose the number that it shows.", changed);
    play.does(Command::RollTyped(4));
    let next = play.next();
    assert!(next.starts_with("Choose which way to walk: forward to a ") && next.contains(", or back to a "), "{next}");
    assert_eq!(play.happened(), "The users and carers rolled 4.");
    play.does(Command::Walk(Direction::Back));
    let happened = play.happened();
    assert!(happened.starts_with("The users and carers walked back to a "), "{happened}");
    assert!(happened.ends_with(" card.") && happened.contains(" footprint and drew a "), "{happened}");
    says(&play, TURN, TALK, &happened);

    let mut play = Play::begun();
    play.calls(USERS, WordText::Said("night shift".into()));
    play.draws(Deck::Of(STAFF), |i| matches!(i, Instruction::Do(Action::Place(MANAGERS))));
    let happened = "Night shift walked forward to a staff footprint and drew a staff card.";
    says(&play, "It's night shift's turn (users and carers)", TALK, happened);
    play.does(Command::EndTalk);
    assert_eq!(play.next(), "Choose the stone that glows for a managers tile.");
    assert_eq!(play.happened(), "The talk has ended.");
    play.does(Command::Place(MANAGERS, CHOICE));
    assert_eq!(play.happened(), "Night shift laid a managers tile, and Choice and control is met!");
    assert_eq!(play.whose_turn(), "It's the providers and commissioners' turn");
    play.draws(Deck::Of(STAFF), |i| matches!(i, Instruction::Do(Action::Place(MANAGERS))));
    play.does(Command::EndTalk);
    assert_eq!(
        play.next(),
        "Every stone has its managers tile. Choose one of the 3 places that glow, and lay its tile instead."
    );
    play.does(Command::Undo(2));
    assert_eq!(play.happened(), "The facilitator took 2 steps back.");
}

#[test]
fn poems_and_choices() {
    let mut play = Play::begun();
    play.draws(Deck::Poems, |i| matches!(i, Instruction::Do(Action::PlaceAny)));
    assert_eq!(play.next(), "Read the poem aloud and talk. End the talk when you are ready.");
    let happened = play.happened();
    assert!(happened.contains(" to a Poet's Corner and drew the poem “") && happened.ends_with("”."), "{happened}");
    play.does(Command::EndTalk);
    assert_eq!(play.next(), "Choose one of the 4 places that glow, and lay its tile.");
    play.does(Command::Place(USERS, HEALTH));

    let choice = |i: &Instruction| matches!(i, Instruction::Choose(_));
    let deck = Perspective::ALL
        .map(Deck::Of)
        .into_iter()
        .find(|d| play.table.setup.cards().iter().any(|c| c.deck == *d && choice(&c.instruction)));
    play.draws(deck.expect("a card with a choice"), choice);
    play.does(Command::EndTalk);
    assert_eq!(play.next(), "Choose what to do.");
    let legal =
        instep_rules::legal(&play.table.setup, play.game.state(), instep_rules::Who::seat(play.game.state().seat()));
    let option = legal.choose.trailing_zeros() as u8;
    play.does(Command::Choose(option));
    assert_eq!(play.happened(), format!("The providers and commissioners chose option {}.", option + 1));
}

#[test]
fn lifting_and_mending() {
    let lift = |i: &Instruction| matches!(i, Instruction::Do(Action::Remove(STAFF)));
    let deck = |play: &Play| {
        let has = |d: &Deck| play.table.setup.cards().iter().any(|c| c.deck == *d && lift(&c.instruction));
        Deck::ALL.into_iter().find(has).expect("a card that lifts")
    };
    let mut play = Play::begun();
    let from = deck(&play);
    play.draws(from, lift);
    play.does(Command::EndTalk);
    assert_eq!(play.next(), "Choose the stone that glows, to lift its staff tile.");
    play.does(Command::Remove(STAFF, CHOICE));
    let next = "The staff tile on Choice and control has cracked. Name a real step to keep it, or let it go.";
    says(&play, TURN, next, "A staff tile on Choice and control cracked.");
    let mut other = Play::begun();
    other.draws(from, lift);
    other.does(Command::EndTalk);
    other.does(Command::Remove(STAFF, CHOICE));
    play.does(Command::LetGo);
    assert_eq!(play.happened(), "The users and carers let the staff tile on Choice and control go.");
    other.does(Command::Mend(1));
    assert_eq!(other.happened(), "The users and carers kept the staff tile on Choice and control by a real step.");
    // Nobody has a staff tile any more.
    play.draws(from, lift);
    play.does(Command::EndTalk);
    assert_eq!(
        play.happened(),
        "The talk has ended, and no tile moved: no stone has a tile that the card could lift; finished stones are safe unless it is set otherwise."
    );
    // The same where a tile is lifted at once, and a finished stone may lose it.
    for finished in [false, true] {
        let may_break = Setting::FinishedBlocks(instep_rules::FinishedBlocks::MayBreak);
        let mut play = Play::new("classic", 2, &[may_break]);
        play.lies([(STAFF, CHOICE)]);
        if finished {
            play.lies(Perspective::ALL.map(|p| (p, CHOICE)));
        }
        play.draws(from, lift);
        play.does(Command::EndTalk);
        play.does(Command::Remove(STAFF, CHOICE));
        assert_eq!(
            play.happened(),
            match finished {
                false => "The users and carers lifted a staff tile from Choice and control.",
                true => "The users and carers lifted a staff tile, and Choice and control is unmet again.",
            }
        );
    }
    // A cracked tile of a finished stone; and any tile at all.
    let mut play = Play::begun();
    let tile = Tile::new(STAFF, CHOICE);
    play.game.apply(&[Event::TileCracked { tile }]);
    play.game.apply(&[Event::TileLifted { tile }, Event::OutcomeUnmet { outcome: CHOICE }]);
    assert_eq!(play.happened(), "The users and carers let the staff tile go, and Choice and control is unmet again.");
    let any = |i: &Instruction| matches!(i, Instruction::Do(Action::RemoveAny));
    let has = |d: &Deck| play.table.setup.cards().iter().any(|c| c.deck == *d && any(&c.instruction));
    if let Some(deck) = Deck::ALL.into_iter().find(has) {
        play.draws(deck, any);
        play.does(Command::EndTalk);
        assert_eq!(play.next(), "Choose one of the 3 tiles that glow, to lift it.");
    }
}

#[test]
fn a_forward_walk_comes_with_its_roll() {
    let mut play = Play::new("classic", 2, &[]);
    play.calls(USERS, WordText::Said("Night shift".into()));
    play.does(Command::Roll);
    let happened = play.happened();
    assert!(happened.starts_with("Night shift rolled "), "{happened}");
    assert!(happened.contains(", walked to a ") && happened.contains(" and drew "), "{happened}");
    play.does(Command::Redraw);
    assert_eq!(play.happened(), "The facilitator put the card aside for another.");
    play.anyone(Command::Pass);
    let turn = "It's the providers and commissioners' turn";
    says(&play, turn, "Roll the die.", "The card was passed over; no reason is needed.");
    assert_eq!(play.game.setup().ruleset().walking, Walking::Forward);
}

#[test]
fn a_pass_that_the_facilitator_confirms() {
    let mut play = Play::new("classic", 2, &[Setting::Passing(instep_rules::Passing::FacilitatorConfirms)]);
    play.does(Command::Roll);
    play.anyone(Command::Pass);
    let next = "Somebody asked to pass over this card. The facilitator can pass over it, or go on with it.";
    says(&play, TURN, next, "Somebody asked to pass over this card.");
    play.does(Command::DeclinePass);
    assert_eq!(play.happened(), "The facilitator goes on with the card.");
}

#[test]
fn people_pauses_and_the_end() {
    let mut play = Play::begun();
    play.game.apply(&[Event::SeatTaken { seat: STAFF }]);
    assert_eq!(play.happened(), "Somebody plays staff now.");
    play.game.apply(&[Event::SeatLeft { seat: STAFF }]);
    assert_eq!(play.happened(), "Nobody plays staff any more.");
    play.people.paused = true;
    assert_eq!(play.next(), "The table is paused. Go on when everyone is ready.");
    play.people.paused = false;
    let all = Perspective::ALL.into_iter().flat_map(|p| [(p, CHOICE), (p, HEALTH)]);
    play.lies(all);
    play.game.apply(&[
        Event::TilePlaced { tile: Tile::new(STAFF, HEALTH), how: instep_rules::How::Any },
        Event::OutcomeMet { outcome: HEALTH },
        Event::PathCompleted,
        Event::TurnEnded { next: MANAGERS },
    ]);
    says(
        &play,
        "The path is complete. If you go on, it's the managers' turn",
        "The path is complete. Go on, or close the game.",
        "The users and carers laid a staff tile on Health and wellbeing, and the path is complete!",
    );
    play.calls(MANAGERS, WordText::Said("Top floor".into()));
    assert_eq!(play.whose_turn(), "The path is complete. If you go on, it's Top floor's turn (managers)");
    play.does(Command::Roll);
    assert_eq!(play.whose_turn(), "It's Top floor's turn (managers)");
    play.does(Command::Close);
    let next = "The game is closed. Look back at the path, or begin another game.";
    says(&play, "The game is closed", next, "The game is closed.");
}

#[test]
fn a_path_that_was_begun() {
    let mut play = Play::new("classic", 2, &[]);
    let tiles = [Tile::new(STAFF, CHOICE)].into_iter().collect();
    play.game.apply(&[Event::PathContinued { tiles }]);
    assert_eq!(play.happened(), "The path goes on with 1 tile from an earlier session.");
}
