//! The `k`th set bit of a word, which is how one of a set is chosen by chance.

/// The place of the `k`th set bit, counted from 0; `None` where there are not so many.
///
/// Counted byte by byte in one word, since most sets are asked for a bit far from their first, and
/// a processor that is not told otherwise counts bits in software.
#[inline]
pub(crate) const fn nth_bit(bits: u64, k: u32) -> Option<u32> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = LOW << 7;
    let pairs = bits - ((bits >> 1) & (LOW * 0x55));
    let fours = (pairs & (LOW * 0x33)) + ((pairs >> 2) & (LOW * 0x33));
    let ones = (fours + (fours >> 4)) & (LOW * 0x0F);
    // Each byte: how many bits are set in it and in those below it. At most 64, so that no byte overflows.
    let sums = ones.wrapping_mul(LOW);
    if k as u64 >= sums >> 56 {
        return None;
    }
    // The bytes whose sum is at most k lie before the one that has the bit.
    let before = (((LOW * k as u64) | HIGH) - sums) & HIGH;
    let at = ((before >> 7).wrapping_mul(LOW) >> 56) as u32 * 8;
    let mut left = k as u64 - (((sums << 8) >> at) & 0xFF);
    let mut byte = bits >> at;
    while left > 0 {
        byte &= byte - 1;
        left -= 1;
    }
    Some(at + byte.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::nth_bit;
    use crate::players::Dice;

    fn check(bits: u64) {
        let mut set = (0..64).filter(|at| bits >> at & 1 == 1);
        for k in 0..=64 {
            assert_eq!(nth_bit(bits, k), set.next(), "bit {k} of {bits:#x}");
        }
        assert_eq!(nth_bit(bits, u32::MAX), None);
    }

    #[test]
    fn every_bit_is_found_and_no_other() {
        let mut dice = Dice::new(1);
        for bits in [0, 1, 1 << 63, u64::MAX, u64::MAX - 1, u64::MAX >> 1, 0xFF00, 0x0101_0101_0101_0101] {
            check(bits);
        }
        for _ in 0..2_000 {
            let (a, b) = (dice.next(), dice.next());
            check(a);
            check(a & b);
            check(a | b);
        }
    }
}
