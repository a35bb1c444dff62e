//! How fast people type: what one person sends is shown to everyone, and nobody reads that fast.

use std::collections::HashMap;

use instep_protocol::{Denied, PersonId};

/// So many notes and lines at once.
const AT_ONCE: u64 = 20;

/// After that one in so long.
const EVERY_MS: u64 = 2_000;

/// How fast each person has typed of late.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Until when each has typed ahead.
    until_ms: HashMap<PersonId, u64>,
}

impl Pace {
    /// Counts one more of this person's.
    ///
    /// # Errors
    /// [`Denied::WordsTooFast`]; it is not counted then.
    pub(crate) fn types(&mut self, person: PersonId, now_ms: u64) -> Result<(), Denied> {
        let until = self.until_ms.get(&person).map_or(now_ms, |until| (*until).max(now_ms)) + EVERY_MS;
        let wait_ms = until.saturating_sub(now_ms + AT_ONCE * EVERY_MS);
        if wait_ms > 0 {
            return Err(Denied::WordsTooFast { wait_s: wait_ms.div_ceil(1000) as u16 });
        }
        self.until_ms.insert(person, until);
        Ok(())
    }

    /// Forgets whoever has typed nothing for a while.
    pub(crate) fn tick(&mut self, now_ms: u64) {
        self.until_ms.retain(|_, until| *until > now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_at_once_then_one_every_two_seconds_each_for_themselves() {
        let (a, b) = (PersonId(1), PersonId(2));
        let mut pace = Pace::default();
        for _ in 0..20 {
            assert_eq!(pace.types(a, 5_000), Ok(()));
        }
        assert_eq!(pace.types(a, 5_000), Err(Denied::WordsTooFast { wait_s: 2 }));
        assert_eq!(pace.types(a, 6_999), Err(Denied::WordsTooFast { wait_s: 1 }));
        assert_eq!(pace.types(b, 6_999), Ok(()));
        // As long as was said is enough, and brings one.
        assert_eq!(pace.types(a, 7_000), Ok(()));
        assert_eq!(pace.types(a, 7_000), Err(Denied::WordsTooFast { wait_s: 2 }));
        // After a while it is as if nothing had been typed.
        pace.tick(60_000);
        assert!(pace.until_ms.is_empty());
        for _ in 0..20 {
            assert_eq!(pace.types(a, 60_000), Ok(()));
        }
    }
}
