//! Chance: one continuous ChaCha20 stream keyed by the table's seed, read as 32-bit words in order.
//!
//! The exact words are in the project's `docs/record.md`, with a worked example.

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The table's secret, made at its birth and published when it closes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub [u8; 32]);

/// What keeps the commitment from being guessed at from the seed alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

/// SHA-256(salt ‖ seed), told in the first event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Commitment(pub [u8; 32]);

/// The commitment to a seed and a salt.
#[must_use]
pub fn commitment(seed: &Seed, salt: &Salt) -> Commitment {
    Commitment(Sha256::new().chain_update(salt.0).chain_update(seed.0).finalize().into())
}

// Neither may slip into a log through `{:?}`.
impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(secret)")
    }
}

impl std::fmt::Debug for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salt(secret)")
    }
}

/// One draw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Draw {
    /// The number drawn, in `0..n`.
    pub value: u32,
    /// How many words of the stream it took, the rejected ones included.
    pub words: u32,
}

/// Where the numbers come from.
pub trait Chance {
    /// A number in `0..n`, each with equal chance. `n` is at least 1.
    fn below(&mut self, n: u32) -> Draw;
}

/// 256 bytes: four blocks, which the cipher makes at a time.
const WORDS: usize = 64;

/// The stream itself.
pub struct Stream {
    cipher: ChaCha20,
    words: [u32; WORDS],
    /// The next word in `words`; `WORDS` when none is left.
    at: usize,
}

impl Stream {
    /// The stream of `seed`, of which `taken` words have been used already.
    #[must_use]
    pub fn new(seed: &Seed, taken: u64) -> Self {
        let mut cipher = ChaCha20::new(&seed.0.into(), &[0; 12].into());
        if taken > 0 {
            // A stream ends after 2³² blocks, 2³⁶ words: no table gets there. Past it the seek fails, and
            // the cipher stays at its beginning rather than panic.
            let _ = cipher.try_seek(taken.saturating_mul(4));
        }
        Self { cipher, words: [0; WORDS], at: WORDS }
    }

    #[inline]
    fn word(&mut self) -> u32 {
        if self.at == WORDS {
            self.refill();
        }
        let word = self.words[self.at];
        self.at += 1;
        word
    }

    #[inline(never)]
    fn refill(&mut self) {
        let mut bytes = [0; WORDS * 4];
        // Fails only at the end of the stream (see `new`): then zeros, never a panic.
        let _ = self.cipher.try_apply_keystream(&mut bytes);
        for (word, four) in self.words.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *word = u32::from_le_bytes(*four);
        }
        self.at = 0;
    }
}

impl Chance for Stream {
    #[inline]
    fn below(&mut self, n: u32) -> Draw {
        debug_assert!(n > 0, "nothing to draw from");
        // The words at and above the greatest multiple of n are rejected, so that each remainder is as
        // likely as any other: the remainder of 2³², which is that of 2³² − n.
        let rejected = n.wrapping_neg() % n;
        let mut words = 1;
        let mut word = self.word();
        while word > u32::MAX - rejected {
            word = self.word();
            words += 1;
        }
        Draw { value: word % n, words }
    }
}

/// Chance that was told beforehand: for checking a record whose seed is not published.
#[derive(Debug, Default)]
pub struct Told(pub arrayvec::ArrayVec<Draw, 2>);

impl Chance for Told {
    fn below(&mut self, n: u32) -> Draw {
        match self.0.pop_at(0) {
            Some(draw) if draw.value < n && possible(n, draw.words) => draw,
            // Differs from what was told, in its number or in its words, and so is found when the two are
            // compared.
            _ => Draw { value: 0, words: 1 },
        }
    }
}

/// Whether a draw in `0..n` can take so many words: where `n` divides 2³² none is ever rejected.
const fn possible(n: u32, words: u32) -> bool {
    words == 1 || words > 1 && !n.is_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(mut stream: Stream, n: u32, count: usize) -> Vec<u32> {
        (0..count).map(|_| stream.below(n).value).collect()
    }

    #[test]
    fn the_stream_is_rfc_8439s() {
        // RFC 8439, appendix A.1, test vectors 1 and 2: key and nonce all zero, blocks 0 and 1.
        let mut stream = Stream::new(&Seed([0; 32]), 0);
        assert_eq!(stream.word(), u32::from_le_bytes([0x76, 0xb8, 0xe0, 0xad]));
        assert_eq!(stream.word(), u32::from_le_bytes([0xa0, 0xf1, 0x3d, 0x90]));
        let mut later = Stream::new(&Seed([0; 32]), 16);
        assert_eq!(later.word(), u32::from_le_bytes([0x9f, 0x07, 0xe7, 0xbe]));
    }

    #[test]
    fn a_stream_taken_up_later_goes_on_with_the_same_words() {
        let whole = draws(Stream::new(&Seed([7; 32]), 0), 1 << 16, 300);
        for taken in [1, 15, 16, 63, 64, 65, 200] {
            let rest = draws(Stream::new(&Seed([7; 32]), taken as u64), 1 << 16, 300 - taken);
            assert_eq!(rest, whole[taken..], "{taken} words taken");
        }
    }

    #[test]
    fn a_draw_rejects_the_words_that_would_favour_small_numbers() {
        // With n = 2³¹ + 1 nearly half of all words are at or above the greatest multiple.
        let n = (1 << 31) + 1;
        let mut stream = Stream::new(&Seed([1; 32]), 0);
        let mut plain = Stream::new(&Seed([1; 32]), 0);
        for _ in 0..100 {
            let draw = stream.below(n);
            let mut word = plain.word();
            for _ in 1..draw.words {
                assert!(word >= n, "a good word was rejected");
                word = plain.word();
            }
            assert_eq!(draw.value, word);
        }
    }

    #[test]
    fn every_face_comes_about_equally_often() {
        let mut seen = [0u32; 6];
        let mut stream = Stream::new(&Seed([3; 32]), 0);
        for _ in 0..60_000 {
            seen[stream.below(6).value as usize] += 1;
        }
        // Six standard deviations are about 550.
        assert!(seen.iter().all(|n| n.abs_diff(10_000) < 600), "{seen:?}");
    }

    #[test]
    fn secrets_do_not_show_in_debug_text() {
        assert_eq!(format!("{:?} {:?}", Seed([0x41; 32]), Salt([0x42; 32])), "Seed(secret) Salt(secret)");
    }
}
