//! Durable commands a second, beside what bare SQLite commits in the same run: `cargo bench -p instep-server`.

use std::time::{Duration, Instant};

use instep_protocol::{FromClient, FromTable, PersonId, TableSetup};
use instep_record::{Header, Names};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{
    Action, CardRules, Command, Deck, Event, Instruction, OutcomeSet, Perspective, Ruleset, Salt, Seed, Setup,
    SetupParts, Space, TileSet,
};
use instep_server::{DataFolder, Effect, Hall, Input, NewTable, TableId};
use rusqlite::{Connection, params};

/// How long each measurement runs.
const FOR: Duration = Duration::from_secs(5);

/// The journal's largest group.
const GROUP: usize = 256;

/// Bytes of a row's events and chain hash, as an average command has them.
const EVENTS_BYTES: usize = 12;

fn main() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let one_bare = bare(folder.path(), 1);
    let bare_groups = bare(folder.path(), GROUP);
    let one = tables(&folder.path().join("one"), 1);
    let thousand = tables(&folder.path().join("thousand"), 1_000);
    let open = open_long(&folder.path().join("long"));
    println!("bare SQLite, one row a commit          {one_bare:>9.0} rows/s");
    println!("bare SQLite, {GROUP} rows a commit        {bare_groups:>9.0} rows/s");
    println!("one table, one command in flight       {one:>9.0} commands/s  {:>4.0} % of bare", 100.0 * one / one_bare);
    println!(
        "1,000 tables, one in flight each       {thousand:>9.0} commands/s  {:>4.0} % of bare",
        100.0 * thousand / bare_groups
    );
    println!("open a table with 10,000 events        {:>9.1} ms", open.as_secs_f64() * 1000.0);
}

/// Rows of the journal's shape, into the journal's schema with the journal's pragmas.
fn bare(folder: &std::path::Path, group: usize) -> f64 {
    let hold = DataFolder::hold(&folder.join(format!("bare-{group}"))).expect("a folder to write in");
    // The hall makes the schema.
    drop(Hall::open(hold).expect("a hall"));
    let path = DataFolder::database(&folder.join(format!("bare-{group}")));
    let mut connection = Connection::open(path).expect("opens");
    connection.pragma_update(None, "synchronous", "FULL").expect("set");
    connection.pragma_update(None, "secure_delete", "ON").expect("set");
    let (events, hash) = ([7_u8; EVENTS_BYTES], [9_u8; 32]);
    let start = Instant::now();
    let mut rows = 0_u32;
    while start.elapsed() < FOR {
        let transaction = connection.transaction().expect("begins");
        for _ in 0..group {
            // Spread over as many tables as a group serves, as the journal's rows are.
            let table = if group == 1 { 1 } else { rows % 1_000 };
            transaction
                .prepare_cached("INSERT INTO commands VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                .expect("prepared")
                .execute(params![table, rows * 3, events, hash, 1, rows, None::<u32>])
                .expect("inserted");
            rows += 1;
        }
        transaction.commit().expect("commits");
    }
    f64::from(rows) / start.elapsed().as_secs_f64()
}

/// A table whose game never ends: every second card lifts.
fn endless() -> NewTable {
    let mut cards = Vec::new();
    for deck in Deck::ALL {
        for n in 0..60 {
            let colour = Perspective::from_index(n);
            let action = if n % 2 == 0 { Action::Place(colour) } else { Action::RemoveAny };
            cards.push(CardRules { deck, instruction: Instruction::Do(action) });
        }
    }
    let board =
        (0..40).map(|n| if n % 10 == 0 { Space::PoetsCorner } else { Space::Footprint(Perspective::from_index(n)) });
    let ruleset = Ruleset { finished_blocks: instep_rules::FinishedBlocks::MayBreak, ..Ruleset::guided() };
    let parts = SetupParts {
        board: board.collect(),
        cards,
        outcomes: 7,
        in_play: OutcomeSet::first(7),
        ruleset,
        begun: TileSet::NONE,
    };
    let setup = Setup::new(parts).expect("a good set-up");
    let names = Names {
        perspectives: ["users", "providers", "staff", "managers"].map(str::to_owned),
        outcomes: (0..7).map(|n| format!("outcome-{n}")).collect(),
        cards: (0..300).map(|n| format!("card-{n}")).collect(),
    };
    NewTable {
        header: Header::new(Vec::new(), names, &setup, "guided").expect("a good header"),
        about: TableSetup {
            packs: Vec::new(),
            without_themes: Vec::new(),
            ruleset_name: "guided".into(),
            ruleset,
            in_play: setup.in_play(),
            begun: TileSet::NONE,
        },
        seed: Seed([1; 32]),
        salt: Salt([2; 32]),
    }
}

/// One table's player: what is asked next, and its number.
struct Player {
    table: TableId,
    person: PersonId,
    dice: Dice,
    number: u32,
}

impl Player {
    fn next(&mut self, hall: &Hall) -> FromClient {
        let game = hall.table(self.table).expect("open").game();
        let (who, mut command) = next_command(game, &mut self.dice, Habit::Uniform).expect("the game never ends");
        if let Command::Mend(_) = command {
            command = Command::LetGo; // no words: rows of one shape
        }
        self.number += 1;
        let ask = instep_protocol::Ask::Act { seat: who.seat, command };
        FromClient::Ask { number: self.number, seen: game.log().len() as u32, ask }
    }
}

fn players(hall: &mut Hall, count: u32) -> Vec<Player> {
    (0..count)
        .map(|n| {
            let (table, person) = hall.create(endless()).expect("a new table");
            hall.handle(table, 0, Input::Come(person));
            Player { table, person, dice: Dice::new(u64::from(n)), number: 0 }
        })
        .collect()
}

/// Every table has one command in flight: the next is asked when the answer has come.
fn tables(folder: &std::path::Path, count: u32) -> f64 {
    let mut hall = Hall::open(DataFolder::hold(folder).expect("a folder to write in")).expect("a hall");
    let mut players = players(&mut hall, count);
    let first = players[0].table.0;
    let mut ready: Vec<usize> = (0..players.len()).collect();
    let mut answered: Vec<usize> = Vec::new();
    let start = Instant::now();
    let mut done = 0_u64;
    while start.elapsed() < FOR {
        for n in ready.drain(..) {
            let message = players[n].next(&hall);
            let (table, person) = (players[n].table, players[n].person);
            hall.handle(table, 0, Input::Said(person, message));
        }
        hall.commits(true);
        for (table, effect) in hall.take_effects() {
            if let Effect::Send(_, FromTable::Answer { answer, .. }) = effect {
                assert!(matches!(answer, instep_protocol::Answer::Done { .. }), "{answer:?}");
                answered.push((table.0 - first) as usize);
            }
        }
        done += answered.len() as u64;
        std::mem::swap(&mut ready, &mut answered);
    }
    done as f64 / start.elapsed().as_secs_f64()
}

/// How long it takes to open a table with 10,000 events.
fn open_long(folder: &std::path::Path) -> Duration {
    let mut hall = Hall::open(DataFolder::hold(folder).expect("a folder to write in")).expect("a hall");
    let mut players = players(&mut hall, 1);
    let table = players[0].table;
    while hall.table(table).expect("open").game().log().len() < 10_000 {
        // A few hundred at a time, and then their commit.
        for _ in 0..200 {
            let message = players[0].next(&hall);
            hall.handle(table, 0, Input::Said(players[0].person, message));
            hall.take_effects();
        }
        hall.settle().expect("kept");
    }
    let closed = hall.table(table).expect("open").game().log().iter().any(|e| e.event == Event::GameClosed);
    assert!(!closed);
    drop(hall);
    let mut hall = Hall::open(DataFolder::hold(folder).expect("nobody holds it")).expect("a hall");
    let start = Instant::now();
    hall.reopen(table).expect("a whole table");
    start.elapsed()
}
