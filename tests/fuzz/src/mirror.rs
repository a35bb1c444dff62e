//! A client's mirror, fed by a server that is not ours.

use instep_protocol::{Ask, FrameFault, Frames, FromTable, Mirror, encode};

use crate::{Target, small, world};

pub(crate) const TARGET: Target =
    Target { name: "mirror", run, seeds, words: &[], bytes_max: 16 * 1024, tries: 3_000, memory_max: 8 << 20 };

fn run(bytes: &[u8]) {
    let mut mirror = Mirror::new(small::setup(&small::WISH));
    let mut frames = Frames::default();
    frames.push(bytes);
    loop {
        let message = match frames.take::<FromTable>() {
            Ok(Some(message)) => message,
            Err(FrameFault::Unreadable) => continue,
            Ok(None) | Err(FrameFault::TooLong { .. }) => return,
        };
        let before = mirror.last();
        if mirror.receive(message).is_err() {
            assert!(mirror.last() == before || mirror.last() == 0, "what is not taken changes nothing");
        }
        look(&mut mirror);
    }
}

/// What a screen asks of it after each message.
fn look(mirror: &mut Mirror) {
    let game = mirror.game();
    let (setup, state) = (game.setup(), game.state());
    for entry in game.log() {
        if let instep_rules::Event::CardDrawn { card, .. } = entry.event {
            assert!(card.index() < setup.cards().len(), "a screen would look for {card:?}");
        }
    }
    let _ = (state.hash(setup), state.path_complete(setup), mirror.legal(), mirror.who(), mirror.me().is_some());
    let known: Vec<_> = mirror.words().iter().map(|word| word.id).collect();
    assert!(known.is_sorted_by(|a, b| a < b), "words are kept in order, each once");
    let _ = mirror.ask(Ask::PointCard);
    assert!(mirror.unanswered().count() <= 64);
}

fn seeds() -> Vec<Vec<u8>> {
    let frames: Vec<Vec<u8>> = world::heard().iter().filter_map(|message| encode(message).ok()).collect();
    let whole: Vec<u8> = frames.concat();
    let start: Vec<u8> = frames.iter().take(12).flatten().copied().collect();
    let mut seeds = vec![start];
    if whole.len() <= TARGET.bytes_max {
        seeds.push(whole);
    }
    seeds.extend(frames.chunks(8).map(<[_]>::concat).filter(|seed| seed.len() <= TARGET.bytes_max));
    seeds
}
