//! Ten games, written down: the rules, the chance and the state's hash stay as they are, for ever.
//!
//! `golden/NAME.txt` has one command a line with what it brought. The commands are read from there and
//! played again with the game's seed, and the whole text must come out the same. A change of the rules that
//! is meant makes them anew, by players who choose by chance: `INSTEP_BLESS=1 cargo test -p instep-rules`.

#[path = "support/notation.rs"]
mod notation;
#[path = "support/table.rs"]
mod table;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Game, Phase, Refusal, Salt, Seed, Stream, Who, commitment, decide};

use table::{Table, classic, guided};

/// Decks in which every kind of instruction comes.
fn full(table: Table) -> Table {
    table
        .deck("users", "Place(users) | Place(staff) | PlaceAny | Remove(staff) | Place(managers) or Remove(users)")
        .deck("providers", "Place(providers) | Place(users) | RemoveAny | Place(managers) | PlaceAny or TalkOnly")
        .deck("staff", "Place(staff) | Place(managers) | Remove(providers) | Place(users) | TalkOnly")
        .deck("managers", "Place(managers) | Place(providers) or Place(staff) or RemoveAny | PlaceAny | Place(staff)")
        .deck("poem", "PlaceAny | PlaceAny | PlaceAny | TalkOnly")
}

/// The table, its seed's first byte, and whether the people at it pass, redraw, undo, come and go.
fn golden(name: &str) -> (Table, u8, bool) {
    match name {
        "classic_two" => (full(classic().outcomes(2)), 1, false),
        "classic_three_meddled" => (full(classic().outcomes(3)), 2, true),
        "guided_two" => (full(guided().outcomes(2)), 3, false),
        "guided_three" => (full(guided().outcomes(3)), 4, false),
        "guided_three_meddled" => (full(guided().outcomes(3).set("passing facilitator_confirms")), 5, true),
        "guided_seven" => (full(guided().outcomes(7)), 6, false),
        "one_outcome_d12_skipped" => (full(guided().outcomes(1).set("die 12").set("empty skipped")), 7, true),
        "may_break_lift_real_die" => {
            (full(classic().outcomes(2).set("finished may_break").set("real-die on").set("die 5")), 8, false)
        }
        "three_opening_rounds_d7" => (full(guided().outcomes(4).set("opening 3").set("die 7")), 9, true),
        "begun_path" => (full(guided().outcomes(3).begun("staff choice, managers choice, users health")), 10, false),
        _ => panic!("no golden game is called {name}"),
    }
}

struct Play {
    game: Game,
    chance: Stream,
    told: String,
}

impl Play {
    fn new(name: &str) -> Self {
        let (table, byte, _) = golden(name);
        let (seed, salt) = (Seed([byte; 32]), Salt([!byte; 32]));
        let setup = Arc::new(table.setup());
        let opening = setup.opening(commitment(&seed, &salt));
        let told = format!("# {name}: seed {byte:02x}…, salt {:02x}…\n", !byte);
        let mut play = Self { game: Game::new(setup), chance: Stream::new(&seed, 0), told };
        play.game.apply(&opening);
        play
    }

    fn ask(&mut self, who: Who, command: Command) -> Result<(), Refusal> {
        let setup = Arc::clone(self.game.setup());
        let events = decide(&setup, self.game.state(), who, command, &mut self.chance)?;
        let (who, command) = (notation::show_who(who), notation::show_command(command));
        let _ = writeln!(self.told, "{who} {command} -> {}", notation::show_events(&setup, &events));
        self.game.apply(&events);
        Ok(())
    }

    fn end(mut self) -> String {
        let state = self.game.state();
        let hash: String = state.hash(self.game.setup()).iter().map(|b| format!("{b:02x}")).collect();
        let (turns, words) = (state.turns(), state.words());
        let _ = writeln!(self.told, "= {turns} turns, {words} words, hash {hash}");
        self.told
    }
}

/// Plays the commands that the text has; what it says of their events is not looked at.
fn play_again(name: &str, text: &str) -> String {
    let mut play = Play::new(name);
    for line in text.lines() {
        if let Some((asked, _)) = line.split_once(" -> ") {
            let (who, command) = asked.split_once(' ').unwrap_or_else(|| panic!("{name}: {line}"));
            let asked = play.ask(notation::who(who), notation::command(command));
            assert_eq!(asked, Ok(()), "{name}: {line}");
        }
    }
    play.end()
}

/// A new game, by players who choose by chance.
fn play_anew(name: &str) -> String {
    let (_, byte, meddled) = golden(name);
    let mut play = Play::new(name);
    let mut dice = Dice::new(u64::from(byte));
    while !play.game.state().path_complete(play.game.setup()) {
        if meddled && dice.below(4) == 0 {
            // Most of it is refused, and so not written down.
            let _ = play.ask(Who::ANYONE, Command::TakeSeat(play.game.state().seat().next()));
            let command = match (dice.below(4), play.game.state().phase()) {
                (0, _) => Command::Undo(1 + dice.below(3)),
                (1, _) => Command::LeaveSeat(play.game.state().seat()),
                (2, Phase::Talk { .. } | Phase::Resolve { .. }) => Command::Pass,
                (_, _) => Command::Redraw,
            };
            let who = if command == Command::Pass { Who::ANYONE } else { Who::FACILITATOR };
            let _ = play.ask(who, command);
        }
        let Some((who, command)) = next_command(&play.game, &mut dice, Habit::Finisher) else { break };
        assert_eq!(play.ask(who, command), Ok(()));
    }
    assert_eq!(play.ask(Who::FACILITATOR, Command::Close), Ok(()));
    play.end()
}

#[track_caller]
fn check(name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.txt"));
    if std::env::var_os("INSTEP_BLESS").is_some_and(|v| v == "1") {
        std::fs::write(&path, play_anew(name)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(text.len() < 20 * 1024, "{name} has grown to {} bytes", text.len());
    let again = play_again(name, &text);
    for (n, (was, is)) in text.lines().zip(again.lines()).enumerate() {
        assert_eq!(was, is, "{name}.txt, line {}", n + 1);
    }
    assert_eq!(text, again, "{name}.txt");
}

macro_rules! golden {
    ($($name:ident)+) => { $(#[test] fn $name() { check(stringify!($name)); })+ };
}

golden! {
    classic_two
    classic_three_meddled
    guided_two
    guided_three
    guided_three_meddled
    guided_seven
    one_outcome_d12_skipped
    may_break_lift_real_die
    three_opening_rounds_d7
    begun_path
}
