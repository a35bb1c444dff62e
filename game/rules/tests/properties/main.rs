//! What holds for every game, over random setups and random players.

mod legality;
mod logs;
mod nonsense;
mod play;
mod shape;
mod undo;
mod whole_games;

use proptest::test_runner::Config;

/// Each property is tried on so many tables; `PROPTEST_CASES` asks for more.
fn cases() -> Config {
    let default = Config::default();
    Config { cases: default.cases.max(256), failure_persistence: None, ..default }
}
