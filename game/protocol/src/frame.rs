//! Frames: four bytes of length, little end first, then a postcard message.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A frame's message has at most so many bytes.
pub const FRAME_BYTES_MAX: usize = 64 * 1024;

/// Why bytes are no frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameFault {
    /// The message would be longer than [`FRAME_BYTES_MAX`].
    TooLong {
        /// By its own word.
        bytes: usize,
    },
    /// The message can't be read.
    Unreadable,
}

impl std::fmt::Display for FrameFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong { bytes } => {
                write!(f, "a message of {bytes} bytes is too long: {FRAME_BYTES_MAX} is the most")
            }
            Self::Unreadable => f.write_str("a message can't be read: the other side may be of another version"),
        }
    }
}

impl std::error::Error for FrameFault {}

/// The frame of a message.
///
/// # Errors
/// [`FrameFault::TooLong`] for a message that no frame can hold.
pub fn encode(message: &impl Serialize) -> Result<Vec<u8>, FrameFault> {
    let mut bytes = Vec::new();
    encode_into(message, &mut bytes)?;
    Ok(bytes)
}

/// Appends the frame of a message to `out`; on an error, `out` is as before.
///
/// # Errors
/// [`FrameFault::TooLong`] for a message that no frame can hold.
pub fn encode_into(message: &impl Serialize, out: &mut Vec<u8>) -> Result<(), FrameFault> {
    let start = out.len();
    let mut bytes = std::mem::take(out);
    bytes.extend_from_slice(&[0; 4]);
    match postcard::to_extend(message, bytes) {
        Ok(mut bytes) => {
            let len = bytes.len() - start - 4;
            let fits = len <= FRAME_BYTES_MAX;
            if fits {
                bytes[start..start + 4].copy_from_slice(&(len as u32).to_le_bytes());
            } else {
                bytes.truncate(start);
            }
            *out = bytes;
            if fits { Ok(()) } else { Err(FrameFault::TooLong { bytes: len }) }
        }
        // Our messages are plain data: postcard has no reason to refuse one.
        Err(_) => Err(FrameFault::Unreadable),
    }
}

/// Reads a frame's message; bytes left over make it unreadable.
///
/// # Errors
/// [`FrameFault`].
pub fn decode<M: DeserializeOwned>(message: &[u8]) -> Result<M, FrameFault> {
    if message.len() > FRAME_BYTES_MAX {
        return Err(FrameFault::TooLong { bytes: message.len() });
    }
    match postcard::take_from_bytes(message) {
        Ok((message, [])) => Ok(message),
        _ => Err(FrameFault::Unreadable),
    }
}

/// Cuts a stream of bytes into frames.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
    at: usize,
    number: Option<u32>,
}

impl Frames {
    /// Takes in bytes as they come.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.at > 0 && self.at == self.bytes.len() {
            self.bytes.clear();
            self.at = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole message, if it is there. The length is checked before anything is kept for it.
    ///
    /// # Errors
    /// [`FrameFault::Unreadable`] for a message of a kind that is not known here; the next one can be taken.
    /// [`FrameFault::TooLong`]; the stream is of no use afterwards.
    pub fn take<M: DeserializeOwned>(&mut self) -> Result<Option<M>, FrameFault> {
        let rest = &self.bytes[self.at..];
        let Some((len, rest)) = rest.split_first_chunk::<4>() else { return Ok(None) };
        let len = u32::from_le_bytes(*len) as usize;
        if len > FRAME_BYTES_MAX {
            return Err(FrameFault::TooLong { bytes: len });
        }
        let Some(message) = rest.get(..len) else { return Ok(None) };
        let read = decode(message);
        if read.is_err() {
            self.number = request_number(message);
        }
        let message = read;
        self.at += 4 + len;
        if self.at > FRAME_BYTES_MAX {
            self.bytes.drain(..self.at);
            self.at = 0;
        }
        message.map(Some)
    }

    /// What has come and has not been taken.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// The number of the last message that could not be read, where it was a request: so it can be answered all the
    /// same.
    #[must_use]
    pub fn number_of_last(&self) -> Option<u32> {
        self.number
    }
}

/// What a request begins with, also one of a kind that came later.
fn request_number(message: &[u8]) -> Option<u32> {
    const ASK: u32 = 1;
    let (kind, rest) = postcard::take_from_bytes::<u32>(message).ok()?;
    let (number, _) = postcard::take_from_bytes::<u32>(rest).ok()?;
    (kind == ASK).then_some(number)
}
