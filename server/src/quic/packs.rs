//! Streams beside the control stream: packs that are asked for, so that no message of a game waits behind a picture, and
//! tables that are brought.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use instep_content::PackHash;
use instep_protocol::{Entered, Frames, FromClient, FromTable, Refused, Token, VERSION, encode};
use quinn::{RecvStream, SendStream, VarInt};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::moved::{MOVED_BYTES_MAX, Moved};
use crate::pinned;
use crate::service::Door;

/// How long the request may take to come, and how long a whole table may.
const ASKS_WITHIN: Duration = Duration::from_secs(10);
const BRINGS_WITHIN: Duration = Duration::from_secs(300);

/// Something that is not here, or that is not known here.
const NOT_HERE: VarInt = VarInt::from_u32(1);

/// Tables that are brought at the same time: each takes as much memory as it has bytes.
static BROUGHT: Semaphore = Semaphore::const_new(2);

pub(super) async fn beside(mut send: SendStream, mut recv: RecvStream, door: Door, from: IpAddr) {
    let mut frames = Frames::default();
    let done = match timeout(ASKS_WITHIN, asked(&mut recv, &mut frames)).await {
        Ok(Some(FromClient::Fetch { hash, from })) => give(&mut send, hash, from, &door).await,
        Ok(Some(FromClient::Bring { bytes, pass, name })) => {
            let taken =
                timeout(BRINGS_WITHIN, take(&mut recv, frames.rest().to_vec(), bytes, &pass, &name, &door, from));
            let answer = match taken.await {
                Ok(Ok(token)) => {
                    FromTable::Entered(Box::new(Entered { version: VERSION, token, called: String::new() }))
                }
                Ok(Err(why)) => FromTable::Refused(why),
                Err(_) => FromTable::Refused(Refused::Busy),
            };
            match encode(&answer) {
                Ok(frame) => send.write_all(&frame).await.ok(),
                Err(_) => None,
            }
        }
        _ => None,
    };
    let _ = match done {
        Some(()) => send.finish(),
        None => send.reset(NOT_HERE),
    };
}

async fn asked(recv: &mut RecvStream, frames: &mut Frames) -> Option<FromClient> {
    loop {
        match frames.take::<FromClient>() {
            Ok(Some(message)) => return Some(message),
            Ok(None) => {}
            Err(_) => return None,
        }
        let chunk = recv.read_chunk(1024, true).await.ok()??;
        frames.push(&chunk.bytes);
    }
}

async fn give(send: &mut SendStream, hash: [u8; 32], from: u64, door: &Door) -> Option<()> {
    let path = pinned::path(&door.packs(), PackHash(hash));
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(path)).await.ok()?.ok()?;
    let head = encode(&FromTable::Pack { bytes: bytes.len() as u64 }).ok()?;
    let from = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
    send.write_all(&head).await.ok()?;
    send.write_all(&bytes[from..]).await.ok()
}

async fn take(
    recv: &mut RecvStream,
    mut table: Vec<u8>,
    bytes: u64,
    pass: &str,
    name: &str,
    door: &Door,
    from: IpAddr,
) -> Result<Token, Refused> {
    let Ok(_one) = BROUGHT.try_acquire() else { return Err(Refused::Busy) };
    if bytes > MOVED_BYTES_MAX {
        return Err(Refused::BadSetup);
    }
    // Asked before much is read: whoever may not make tables may not bring them either.
    let pass_asked = pass.to_owned();
    door.with(move |lobby, now| lobby.takes_tables(now, Some(from), &pass_asked)).await.ok_or(Refused::Closing)??;
    while (table.len() as u64) < bytes {
        match recv.read_chunk(64 * 1024, true).await {
            Ok(Some(chunk)) => table.extend_from_slice(&chunk.bytes),
            _ => return Err(Refused::BadSetup),
        }
    }
    if table.len() as u64 != bytes {
        return Err(Refused::BadSetup);
    }
    let packs: Arc<std::path::Path> = door.packs();
    let checked = tokio::task::spawn_blocking(move || Moved::checked(&table, &packs)).await;
    let table = checked.map_err(|_| Refused::BadSetup)??;
    let (pass, name) = (pass.to_owned(), name.to_owned());
    let token = door
        .with(move |lobby, now| lobby.adopt(now, Some(from), table, &name, &pass))
        .await
        .ok_or(Refused::Closing)??;
    // It is theirs when it is on the disk.
    let id = crate::TableId(token.table as i64);
    loop {
        let (waits, trouble) = door
            .with(move |lobby, _| (lobby.hall().waits(id), lobby.hall().trouble().is_some()))
            .await
            .ok_or(Refused::Closing)?;
        match (waits, trouble) {
            (_, true) => return Err(Refused::Stopped),
            (false, false) => return Ok(token),
            (true, false) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}
