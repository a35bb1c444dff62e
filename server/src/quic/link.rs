//! One connection: frames come in from its control stream, and what the lobby says goes out.

use std::time::Duration;

use bytes::Bytes;
use instep_protocol::{FrameFault, Frames, FromClient};
use quinn::{Connection, RecvStream, SendStream, VarInt};
use tokio::time::{Instant, timeout};

use super::packs::beside;
use crate::lobby::LobbyInput;
use crate::service::Door;

/// How long the control stream may take to be opened.
const OPENS_WITHIN: Duration = Duration::from_secs(10);

/// How long somebody may take nothing of what they are sent.
const TAKES_WITHIN: Duration = Duration::from_secs(15);

/// So many messages may come at once, and so many a second after that; what is more waits.
const AT_ONCE: u32 = 512;
const A_SECOND: u32 = 256;

/// Bytes read at once.
const READ_MAX: usize = 16 * 1024;

pub(super) async fn serve(connection: Connection, door: Door) {
    let from = connection.remote_address().ip().to_canonical();
    // Nothing is kept for somebody who says nothing.
    if let Ok(Ok((send, recv))) = timeout(OPENS_WITHIN, connection.accept_bi()).await {
        let (id, outbox) = door.come(Some(from)).await;
        let mut link = Link { connection: &connection, door: &door, id, outbox: &outbox, send, budget: Budget::new() };
        link.run(recv).await;
        outbox.close();
        door.tell(LobbyInput::Gone(id)).await;
    }
    connection.close(VarInt::from_u32(0), b"");
}

struct Link<'a> {
    connection: &'a Connection,
    door: &'a Door,
    id: crate::ConnId,
    outbox: &'a crate::service::Outbox,
    send: SendStream,
    budget: Budget,
}

impl Link<'_> {
    async fn run(&mut self, mut recv: RecvStream) {
        let mut frames = Frames::default();
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                chunk = recv.read_chunk(READ_MAX, true) => {
                    let Ok(Some(chunk)) = chunk else { return };
                    frames.push(&chunk.bytes);
                    if !self.hear(&mut frames).await {
                        return;
                    }
                }
                () = self.outbox.wake() => {
                    if !self.say(&mut batch).await {
                        return;
                    }
                }
                stream = self.connection.accept_bi() => {
                    let Ok((send, recv)) = stream else { return };
                    let from = self.connection.remote_address().ip().to_canonical();
                    tokio::spawn(beside(send, recv, self.door.clone(), from));
                }
            }
        }
    }

    /// Hands on every message that is whole; whether the stream is still of use.
    async fn hear(&mut self, frames: &mut Frames) -> bool {
        loop {
            let input = match frames.take::<FromClient>() {
                Ok(None) => return true,
                Ok(Some(message)) => LobbyInput::Said(self.id, message),
                Err(FrameFault::Unreadable) => LobbyInput::NotUnderstood(self.id, frames.number_of_last()),
                Err(FrameFault::TooLong { .. }) => return false,
            };
            self.budget.one().await;
            self.door.tell(input).await;
        }
    }

    /// Sends all there is; whether there may be more.
    async fn say(&mut self, batch: &mut Vec<Bytes>) -> bool {
        loop {
            let ends = self.outbox.take(batch);
            if batch.is_empty() {
                if ends {
                    self.farewell().await;
                    return false;
                }
                if self.outbox.caught_up() {
                    self.door.tell(LobbyInput::Drained(self.id)).await;
                }
                return true;
            }
            let sent = timeout(TAKES_WITHIN, self.send.write_all_chunks(batch)).await;
            batch.clear();
            if !matches!(sent, Ok(Ok(()))) {
                return false;
            }
        }
    }

    /// The last words arrive before the connection ends.
    async fn farewell(&mut self) {
        let _ = self.send.finish();
        let _ = timeout(Duration::from_secs(2), self.send.stopped()).await;
    }
}

/// Keeps one connection from taking everybody's time: what comes too fast is read later.
struct Budget {
    left: u32,
    since: Instant,
}

impl Budget {
    fn new() -> Self {
        Self { left: AT_ONCE, since: Instant::now() }
    }

    async fn one(&mut self) {
        if self.left == 0 {
            let full = Duration::from_secs(1) / A_SECOND;
            tokio::time::sleep_until(self.since + full).await;
        }
        let more = (self.since.elapsed().as_secs_f64() * f64::from(A_SECOND)) as u32;
        if more > 0 {
            self.left = self.left.saturating_add(more).min(AT_ONCE);
            self.since = Instant::now();
        }
        self.left = self.left.saturating_sub(1);
    }
}
