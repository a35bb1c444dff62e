//! Frames and messages, of both directions.

use std::fmt::Debug;

use instep_protocol::{FRAME_BYTES_MAX, FrameFault, Frames, FromClient, FromTable, decode, encode};

use crate::{Target, world};

pub(crate) const TARGET: Target = Target {
    name: "frames",
    run,
    seeds,
    words: &[],
    bytes_max: 4096,
    tries: 10_000,
    // A frame's worth of the smallest thing that a message can have many of, and as much again while a list grows.
    memory_max: 8 << 20,
};

fn run(bytes: &[u8]) {
    whole::<FromClient>(bytes);
    whole::<FromTable>(bytes);
    streamed::<FromClient>(bytes);
    streamed::<FromTable>(bytes);
}

/// What decodes is written in no more bytes, and decodes as the same.
fn whole<M>(bytes: &[u8])
where
    M: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug,
{
    let Ok(message) = decode::<M>(bytes) else { return };
    let frame = encode(&message).expect("what came in a frame fits one");
    assert!(frame.len() <= bytes.len() + 4, "{message:?} grew");
    assert_eq!(decode::<M>(&frame[4..]).as_ref(), Ok(&message));
}

/// However a stream is cut into pieces, the same messages come out of it.
fn streamed<M>(bytes: &[u8])
where
    M: serde::de::DeserializeOwned + PartialEq + Debug,
{
    let Some((cut, stream)) = bytes.split_first() else { return };
    let at_once = taken::<M>([stream]);
    let in_pieces = taken::<M>(stream.chunks(usize::from(*cut).max(1)));
    assert_eq!(at_once, in_pieces);
}

fn taken<'a, M: serde::de::DeserializeOwned>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Result<M, FrameFault>> {
    let mut frames = Frames::default();
    let mut taken = Vec::new();
    for piece in pieces {
        frames.push(piece);
        loop {
            match frames.take::<M>() {
                Ok(None) => break,
                Ok(Some(message)) => taken.push(Ok(message)),
                Err(FrameFault::Unreadable) => {
                    let _ = frames.number_of_last();
                    taken.push(Err(FrameFault::Unreadable));
                }
                Err(fault @ FrameFault::TooLong { bytes }) => {
                    assert!(bytes > FRAME_BYTES_MAX);
                    taken.push(Err(fault));
                    return taken;
                }
            }
        }
    }
    taken
}

fn seeds() -> Vec<Vec<u8>> {
    let heard = world::heard();
    let mut seeds: Vec<Vec<u8>> = world::said().iter().filter_map(|message| encode(message).ok()).collect();
    seeds.extend(heard.iter().filter_map(|message| encode(message).ok()));
    // Bare messages, and a stream of frames behind the length of its pieces.
    let mut stream = vec![7];
    stream.extend(seeds.iter().flatten());
    let mut seeds: Vec<Vec<u8>> = seeds.into_iter().map(|frame| frame[4..].to_vec()).collect();
    stream.truncate(TARGET.bytes_max);
    seeds.push(stream);
    seeds
}
