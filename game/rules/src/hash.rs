//! A hash of the public state, the same for every viewer and on every platform.

use sha2::{Digest, Sha256};

use crate::{Perspective, Phase, Setup, State};

/// The first 16 bytes of SHA-256 over the state's canonical bytes (`docs/record.md`).
pub type StateHash = [u8; 16];

impl State {
    /// The hash of this state.
    ///
    /// It leaves out what undo does not take back but for seats held and settings: how many chance words
    /// were taken and how many steps there were are the log's affair, so that an undo and the shorter log
    /// have one hash.
    #[must_use]
    pub fn hash(&self, setup: &Setup) -> StateHash {
        let mut sha = Sha256::new();
        let g = &self.game;
        sha.update(b"instep-state/1");
        sha.update(setup.in_play().bits().to_le_bytes());
        sha.update(g.path.bits().to_le_bytes());
        sha.update(g.counters);
        sha.update([g.seat as u8]);
        sha.update(phase_bytes(g.phase));
        sha.update(g.turns.to_le_bytes());
        sha.update([g.begun, g.opening_laid, g.pass_asked, self.closed].map(u8::from));
        sha.update([self.held.bits()]);
        let r = &self.ruleset;
        sha.update([
            r.die_faces,
            u8::from(r.real_die),
            r.walking as u8,
            r.opening_tiles,
            r.finished_blocks as u8,
            r.blocked_place as u8,
            r.removal as u8,
            r.passing as u8,
            r.empty_seats as u8,
            r.team_acts as u8,
        ]);
        sha.update(r.talk_timer_s.to_le_bytes());
        for word in g.decks.bits() {
            sha.update(word.to_le_bytes());
        }
        let whole: [u8; 32] = sha.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }
}

/// Six bytes: which phase, and its fields (0 where it has none).
fn phase_bytes(phase: Phase) -> [u8; 6] {
    let card = |tag, card: crate::CardId, a, b, c| {
        let [low, high] = card.0.to_le_bytes();
        [tag, low, high, a, b, c]
    };
    match phase {
        Phase::Opening { round } => [0, round, 0, 0, 0, 0],
        Phase::Roll => [1, 0, 0, 0, 0, 0],
        Phase::Walk { face } => [2, face, 0, 0, 0, 0],
        Phase::Talk { card: c } => card(3, c, 0, 0, 0),
        Phase::Resolve { card: c, chosen } => card(4, c, chosen.map_or(0, |n| n.saturating_add(1)), 0, 0),
        Phase::Mend { card: c, tile } => card(5, c, Perspective::index(tile.colour) as u8, tile.outcome.0, 0),
    }
}
