//! Packs, each on a stream of its own, so that no message of a game waits behind a picture.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use instep_content::PackHash;
use instep_protocol::{Frames, FromClient, FromTable, encode};
use quinn::{RecvStream, SendStream, VarInt};
use tokio::time::timeout;

use crate::pinned;

/// How long the request may take to come.
const ASKS_WITHIN: Duration = Duration::from_secs(10);

/// A pack that is not here.
const NOT_HERE: VarInt = VarInt::from_u32(1);

pub(super) async fn give_pack(mut send: SendStream, mut recv: RecvStream, folder: Arc<Path>) {
    let Ok(Some((hash, from))) = timeout(ASKS_WITHIN, asked(&mut recv)).await else {
        let _ = send.reset(NOT_HERE);
        return;
    };
    let path = pinned::path(&folder, PackHash(hash));
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
    let Ok(Ok(bytes)) = read else {
        let _ = send.reset(NOT_HERE);
        return;
    };
    let Ok(head) = encode(&FromTable::Pack { bytes: bytes.len() as u64 }) else { return };
    let from = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
    if send.write_all(&head).await.is_ok() && send.write_all(&bytes[from..]).await.is_ok() {
        let _ = send.finish();
    }
}

async fn asked(recv: &mut RecvStream) -> Option<([u8; 32], u64)> {
    let mut frames = Frames::default();
    loop {
        match frames.take::<FromClient>() {
            Ok(Some(FromClient::Fetch { hash, from })) => return Some((hash, from)),
            Ok(None) => {}
            _ => return None,
        }
        let chunk = recv.read_chunk(256, true).await.ok()??;
        frames.push(&chunk.bytes);
    }
}
