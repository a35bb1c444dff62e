//! Bringing a table with its history to a server.

use std::time::Duration;

use instep_protocol::{Frames, FromClient, FromTable, Refused, Token, encode};

use quinn::Connection;

use crate::{NetTrouble, Wire};

/// Brings a table; what to come in with, or why the server doesn't take it.
///
/// # Errors
/// [`NetTrouble::Lost`]: whether the server has it is not known then, and it may be brought again.
pub async fn bring(
    wire: &mut Wire,
    table: &[u8],
    pass: &str,
    name: &str,
) -> Result<Result<Token, Refused>, NetTrouble> {
    let connection = wire.connection.clone();
    let brought = beside(&connection, table, pass, name);
    tokio::pin!(brought);
    // A connection that has not said what it comes for is ended after a while, unless it shows that it is there.
    let mut pings = tokio::time::interval(Duration::from_secs(3));
    let mut n = 0;
    loop {
        tokio::select! {
            done = &mut brought => return done,
            _ = pings.tick() => {
                n += 1;
                wire.say(&FromClient::Ping { n }).await?;
            }
        }
    }
}

async fn beside(
    connection: &Connection,
    table: &[u8],
    pass: &str,
    name: &str,
) -> Result<Result<Token, Refused>, NetTrouble> {
    let lost = |why: String| NetTrouble::Lost { why };
    let (mut send, mut recv) = connection.open_bi().await.map_err(|e| crate::dial::lost(&e))?;
    let head = FromClient::Bring { bytes: table.len() as u64, pass: pass.to_owned(), name: name.to_owned() };
    let head = encode(&head).map_err(|e| lost(e.to_string()))?;
    // Whoever does not take it answers before all of it is there, and reads no more.
    let sent = match send.write_all(&head).await {
        Ok(()) => send.write_all(table).await,
        Err(e) => Err(e),
    };
    if sent.is_ok() {
        let _ = send.finish();
    }
    let mut frames = Frames::default();
    loop {
        match frames.take::<FromTable>() {
            Ok(Some(FromTable::Entered(entered))) => return Ok(Ok(entered.token)),
            Ok(Some(FromTable::Refused(why))) => return Ok(Err(why)),
            Ok(None) => {}
            _ => return Err(lost("the server's answer can't be read".into())),
        }
        match recv.read_chunk(4096, true).await {
            Ok(Some(chunk)) => frames.push(&chunk.bytes),
            Ok(None) => return Err(lost("the server ended it".into())),
            Err(e) => return Err(lost(e.to_string())),
        }
    }
}
