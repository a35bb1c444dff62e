//! The worked example of `docs/record.md`: seed, salt, commitment, the stream's words and draws from them.
//!
//! The expected values were made by another program than this one (RFC 8439's ChaCha20 and SHA-256 written
//! out in Python), so that the page and the code can't be wrong together.

use instep_rules::{Chance, Salt, Seed, Stream, commitment};

/// 00 01 02 … 1f.
fn seed() -> Seed {
    Seed(std::array::from_fn(|i| i as u8))
}

/// 20 21 22 … 3f.
fn salt() -> Salt {
    Salt(std::array::from_fn(|i| i as u8 + 0x20))
}

#[test]
fn the_commitment() {
    let hex: String = commitment(&seed(), &salt()).0.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "84e4bd6ca2af96412fdc62fe44d4e9709cdc31933081a62486a48a154b582d53");
}

#[test]
fn the_first_words() {
    let mut stream = Stream::new(&seed(), 0);
    // A draw in 0..2³²−1 is the word itself, as long as that is not 2³²−1.
    let words: Vec<_> = (0..8).map(|_| format!("{:08x}", stream.below(u32::MAX).value)).collect();
    assert_eq!(words, ["7d2bfd39", "6a19c5d9", "7703bd8d", "494adcb8", "6fd8358a", "cc6adebc", "4c7dccb2", "9224ead8"]);
}

#[test]
fn the_first_rolls() {
    let mut stream = Stream::new(&seed(), 0);
    let draws: Vec<_> = (0..10).map(|_| stream.below(6)).collect();
    assert_eq!(draws.iter().map(|d| d.value).collect::<Vec<_>>(), [1, 5, 5, 2, 2, 0, 4, 2, 3, 2]);
    // None of these words is one of the four at the top that six can't divide: each draw takes one.
    assert!(draws.iter().all(|d| d.words == 1));
}

#[test]
fn a_draw_that_rejects() {
    // In 0..3×2³⁰ a quarter of all words is rejected.
    let n = 3 << 30;
    let (mut stream, mut plain) = (Stream::new(&seed(), 0), Stream::new(&seed(), 0));
    for _ in 0..100 {
        let draw = stream.below(n);
        let words: Vec<_> = (0..draw.words).map(|_| plain.below(u32::MAX).value).collect();
        let (last, rejected) = words.split_last().unwrap_or((&0, &[]));
        assert!(rejected.iter().all(|word| *word >= n), "a good word was rejected");
        assert_eq!(draw.value, *last);
    }
}
