//! Inputs that are made of seeds, the same in every run: what a fuzzer does, without looking at what it leads to.

/// Numbers without end, the same from the same start (SplitMix64).
#[derive(Debug, Clone)]
pub struct Luck(pub u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Less than `n`; 0 where `n` is 0.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % (n as u64).max(1)) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Bytes that ends of ranges are made of.
const EDGES: [u8; 8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, b'0', b'"'];

/// A seed with a few changes.
pub fn mutated(luck: &mut Luck, seeds: &[Vec<u8>], words: &[&str], bytes_max: usize) -> Vec<u8> {
    let mut bytes = luck.one(seeds).cloned().unwrap_or_default();
    for _ in 0..=luck.below(4) {
        let at = luck.below(bytes.len() + 1);
        let len = luck.below(16).min(bytes.len() - at);
        match luck.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + len)),
            2 => {
                let piece: Vec<u8> = bytes[at..at + len].to_vec();
                let to = luck.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            3 => {
                let other = luck.one(seeds).map_or(&[][..], Vec::as_slice);
                let from = luck.below(other.len() + 1);
                let piece = &other[from..(from + luck.below(64)).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                let word = luck.one(words).copied().unwrap_or("\u{1F600}");
                bytes.splice(at..at + len, word.bytes());
            }
            kind => {
                let new = match kind {
                    5 => luck.next() as u8,
                    6 => EDGES[luck.below(EDGES.len())],
                    _ => bytes.get(at).map_or(0, |byte| byte ^ (1 << luck.below(8))),
                };
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = new;
                }
            }
        }
    }
    bytes.truncate(bytes_max);
    bytes
}
