//! A table's door: what opens it, and what is kept of it.

/// So many people at one table at most, those who are away counted too.
pub(crate) const PEOPLE_MAX: usize = 120;

/// So many wait at one door at most.
pub(crate) const WAITING_MAX: usize = 60;

/// Letters and digits of codes and invites: Crockford's base 32, which has no I, L, O and U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Signs in a code that is read out.
pub(crate) const CODE_SIGNS: usize = 6;

/// What is kept of a door.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DoorRow {
    /// What an invite holds; all zeros until a server opens the table.
    pub secret: [u8; 10],
    /// The code that can be read out; empty until a server opens the table.
    pub code: String,
    /// Whether the table is in the list.
    pub public: bool,
    /// What the table is called; may be empty. Somebody typed it, so it is erased with the words.
    pub called: String,
    /// The last day on which something happened, counted from 1970-01-01.
    pub day: u32,
    /// How often the server has noticed, on different days, that the table is due to be deleted.
    pub warnings: u32,
}

impl DoorRow {
    /// Whether this door was ever given an invite.
    #[must_use]
    pub fn has_key(&self) -> bool {
        !self.code.is_empty()
    }

    /// Another invite and another code.
    pub(crate) fn renew(&mut self, random: &mut dyn FnMut(&mut [u8])) {
        random(&mut self.secret);
        let mut bytes = [0; CODE_SIGNS];
        random(&mut bytes);
        self.code = bytes.iter().map(|b| SIGNS[(b & 31) as usize] as char).collect();
    }
}

/// A code as somebody typed it, in the form in which codes are kept; `None` where it is none.
pub(crate) fn plain_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    (code.len() == CODE_SIGNS && code.bytes().all(|b| SIGNS.contains(&b))).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        for typed in ["7K2M0A", "7k2-moa", " 7K2 MOA "] {
            assert_eq!(plain_code(typed).as_deref(), Some("7K2M0A"), "{typed}");
        }
        for typed in ["", "7K2M0", "7K2M0AB", "7K2M0U", "7K2M0é"] {
            assert_eq!(plain_code(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_new_door_has_another_key_and_a_code_that_can_be_typed() {
        let mut n = 0;
        let mut random = |bytes: &mut [u8]| {
            n += 1;
            bytes.fill(n);
        };
        let mut door = DoorRow::default();
        door.renew(&mut random);
        let first = door.clone();
        assert_eq!(plain_code(&door.code), Some(door.code.clone()));
        door.renew(&mut random);
        assert_ne!((door.secret, &door.code), (first.secret, &first.code));
    }
}
