//! Bytes as lower-case hexadecimal digits, and back.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The digits of `bytes`, lower case.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[(byte >> 4) as usize] as char);
        text.push(DIGITS[(byte & 15) as usize] as char);
    }
    text
}

/// Appends the 64 digits of a hash. A line has two of them, so they are made on the stack in one go.
pub(crate) fn push_hex(text: &mut String, bytes: &[u8; 32]) {
    let mut digits = [0; 64];
    for (two, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
        *two = [DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]];
    }
    text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
}

/// `N` bytes from exactly `2 × N` digits, of either case.
#[must_use]
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let value = |digit: u8| (digit as char).to_digit(16).map(|v| v as u8);
    let mut bytes = [0; N];
    for (byte, two) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
        *byte = value(two[0])? << 4 | value(two[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_go_there_and_back() {
        let bytes: [u8; 32] = std::array::from_fn(|n| n as u8 * 8 + 1);
        let mut text = String::new();
        push_hex(&mut text, &bytes);
        assert_eq!(text, to_hex(&bytes));
        assert_eq!(from_hex(&text), Some(bytes));
        assert_eq!(from_hex(&text.to_uppercase()), Some(bytes));
    }

    #[test]
    fn what_is_not_hexadecimal_is_refused() {
        for text in ["", "0", "000", "0g", "é", "+1"] {
            assert_eq!(from_hex::<1>(text), None, "{text:?}");
        }
    }
}
