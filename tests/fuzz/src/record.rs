//! `events.json`, as somebody sends it to be checked.

use instep_record::Record;

use crate::{Target, world};

pub(crate) const TARGET: Target = Target {
    name: "record",
    run,
    seeds,
    words: &[
        "\"format\":\"instep-record/1\",",
        "\"pack\":",
        "\"chance\":",
        "\"events\":[",
        "\"state\":",
        "\"seq\":",
        "null",
        "],",
        "\"type\":\"",
        "\"hash\":\"",
        "\"prev\":\"",
        "TableOpened",
        "DieRolled",
        "CardDrawn",
        "TilePlaced",
    ],
    bytes_max: 64 * 1024,
    tries: 2_000,
    memory_max: 16 << 20,
};

fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Record::parse(text) {
        Ok(record) => {
            assert_eq!(record.text().expect("what was read can be written"), text);
            match record.verify() {
                Ok(verified) => assert_eq!(verified.game.log().len(), record.events.len()),
                Err(fault) => assert!(!fault.to_string().is_empty()),
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let record = world::history().record().expect("what was played makes a record");
    let text = record.text().expect("it can be written");
    let header = text.lines().take(3).flat_map(|line| [line, "\n"]).collect::<String>();
    vec![text.into_bytes(), header.into_bytes()]
}
