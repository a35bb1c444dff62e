//! Seeds that people type, so that a game can be made again.

use std::fmt;

use instep_rules::{Salt, Seed};
use sha2::{Digest, Sha256};

use crate::from_hex;

/// A text that is no seed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeedError {
    /// What was typed.
    pub text: String,
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let max = u64::MAX;
        write!(f, "{:?} is no seed: give 64 hexadecimal digits, or a whole number from 0 to {max}", self.text)
    }
}

impl std::error::Error for SeedError {}

/// The seed that a person typed: 64 hexadecimal digits are its bytes; a whole number up to 2⁶⁴ − 1 stands
/// for SHA-256 of `instep seed ` and the number in decimal digits, without leading zeros.
///
/// # Errors
/// [`SeedError`] for any other text.
pub fn seed_from_text(text: &str) -> Result<Seed, SeedError> {
    if let Some(bytes) = from_hex(text) {
        return Ok(Seed(bytes));
    }
    // No longer than 2⁶⁴ is, so that a hexadecimal seed that lost a digit is not taken for a number.
    let digits_only = text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<u64>() {
        Ok(number) if digits_only => {
            let sha = Sha256::new().chain_update(b"instep seed ").chain_update(number.to_string());
            Ok(Seed(sha.finalize().into()))
        }
        _ => Err(SeedError { text: text.to_owned() }),
    }
}

/// The salt of a seed that was given and not drawn: SHA-256 of `instep salt` and the seed's bytes. A game
/// with a given seed has nothing to hide, and its record comes out the same every time.
#[must_use]
pub fn salt_for(seed: &Seed) -> Salt {
    Salt(Sha256::new().chain_update(b"instep salt").chain_update(seed.0).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::to_hex;

    #[test]
    fn a_seed_is_64_digits_or_a_number() {
        let hex = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
        assert_eq!(to_hex(&seed_from_text(hex).unwrap().0), hex.to_lowercase());
        let seven: [u8; 32] = Sha256::digest(b"instep seed 7").into();
        assert_eq!(seed_from_text("7").unwrap().0, seven);
        assert_eq!(seed_from_text("007").unwrap().0, seven);
        assert!(seed_from_text(&u64::MAX.to_string()).is_ok());
        // Sixty-four digits are hexadecimal, even where all are decimal.
        assert_eq!(seed_from_text(&"1".repeat(64)).unwrap().0, [0x11; 32]);
    }

    #[test]
    fn anything_else_is_refused_with_what_would_do() {
        for text in ["", "-1", "+1", " 7", "7 ", "1.0", "abc", "18446744073709551616", &"0".repeat(63), &"g".repeat(64)]
        {
            let error = seed_from_text(text).unwrap_err();
            assert!(error.to_string().contains("64 hexadecimal digits"), "{error}");
        }
    }
}
