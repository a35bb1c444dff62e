//! Getting a pack by its hash, on a stream of its own; what has come stays when the connection goes.

use instep_protocol::{Frames, FromClient, FromTable, encode};
use quinn::Connection;
use sha2::{Digest, Sha256};

/// A pack has at most so many bytes (architecture.md, limits), and its copy a little around them.
pub const PACK_BYTES_MAX: u64 = 80 * 1024 * 1024;

/// What there is of a pack.
#[derive(Debug, Default)]
pub(crate) struct Partial {
    bytes: Vec<u8>,
}

/// What became of a try.
pub(crate) enum Fetched {
    /// All of it, and it has the hash that was asked for.
    Whole(Vec<u8>),
    /// The connection went; what has come is kept for the next try.
    More(Partial),
    /// The server does not have it, or gave something else.
    NotThere,
}

/// Fetches what is missing of a pack.
pub(crate) async fn fetch(connection: &Connection, hash: [u8; 32], mut partial: Partial) -> Fetched {
    let Ok((mut send, mut recv)) = connection.open_bi().await else { return Fetched::More(partial) };
    let Ok(frame) = encode(&FromClient::Fetch { hash, from: partial.bytes.len() as u64 }) else {
        return Fetched::NotThere;
    };
    if send.write_all(&frame).await.is_err() || send.finish().is_err() {
        return Fetched::More(partial);
    }
    let mut frames = Frames::default();
    let mut total = None;
    loop {
        match recv.read_chunk(64 * 1024, true).await {
            Ok(Some(chunk)) if total.is_some() => partial.bytes.extend_from_slice(&chunk.bytes),
            Ok(Some(chunk)) => {
                frames.push(&chunk.bytes);
                match frames.take::<FromTable>() {
                    Ok(Some(FromTable::Pack { bytes })) if bytes <= PACK_BYTES_MAX => {
                        total = Some(bytes);
                        // What follows the head is the pack itself.
                        partial.bytes.extend_from_slice(frames.rest());
                    }
                    Ok(None) => {}
                    _ => return Fetched::NotThere,
                }
            }
            Ok(None) => break,
            Err(quinn::ReadError::Reset(_)) => return Fetched::NotThere,
            Err(_) => return Fetched::More(partial),
        }
        if total.is_some_and(|total| partial.bytes.len() as u64 > total) {
            return Fetched::NotThere;
        }
    }
    let whole = total == Some(partial.bytes.len() as u64);
    match whole && <[u8; 32]>::from(Sha256::digest(&partial.bytes)) == hash {
        true => Fetched::Whole(partial.bytes),
        false => Fetched::NotThere,
    }
}
