//! All that happened, as one number: every input and every frame that left, with its time.

use instep_rules::players::Dice;
use instep_server::Now;

#[derive(Debug)]
pub(crate) struct Trace {
    hash: u64,
    loud: bool,
}

impl Trace {
    pub(crate) fn new(loud: bool) -> Self {
        Self { hash: 0, loud }
    }

    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    /// Takes in something that happened.
    pub(crate) fn add(&mut self, now: Now, what: &str, who: u64, bytes: &[u8]) {
        self.mix(now.ms ^ u64::from(now.day) << 48);
        self.mix(who);
        self.bytes(what.as_bytes());
        self.bytes(bytes);
    }

    /// For whoever looks at one seed.
    pub(crate) fn say(&self, now: Now, text: impl FnOnce() -> String) {
        if self.loud {
            let mut text = text();
            if let Some((at, _)) = text.char_indices().nth(600) {
                text.truncate(at);
                text.push('…');
            }
            println!("{:>9} {text}", now.ms);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn mix(&mut self, word: u64) {
        self.hash = Dice::new(self.hash.rotate_left(23) ^ word).next();
    }
}
