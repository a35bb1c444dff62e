//! Tables at which nothing has happened for a long time are deleted, with what was typed at them (security.md).

use super::*;

/// So many days before it is deleted, somebody is told of it, every day.
const WARNED_DAYS: u32 = 7;

/// So often, on different days and at least so many hours of running apart, a table must have been found due: a clock
/// that jumps deletes nothing.
const TIMES_DUE: u32 = 3;
const BETWEEN_MS: u64 = 20 * 3_600_000;

/// What is told of a table that was deleted.
pub const DELETED: &str = "deleted: nothing had happened for so long";

impl<D: Disk, M: Maker> Lobby<D, M> {
    /// Once a day, and once after the start.
    pub(super) fn look_for_due(&mut self, now: Now) {
        let looked =
            self.looked_for_due.is_some_and(|(day, ms)| day == now.day || now.ms.saturating_sub(ms) < BETWEEN_MS);
        if looked || self.retention_days == 0 || self.closing || self.hall.trouble().is_some() {
            return;
        }
        let first = self.looked_for_due.replace((now.day, now.ms)).is_none();
        // What can't be read now is looked at tomorrow.
        let Ok(doors) = self.hall.disk().doors() else { return };
        for (id, _, mut door) in doors {
            if self.at.contains_key(&id) || self.hall.waits(id) {
                continue;
            }
            if door.day == 0 || door.day > now.day {
                // Of an older format, or of a time at which the clock was ahead: it counts from now.
                (door.day, door.warnings) = (now.day, 0);
                self.keep_door(id, door);
                continue;
            }
            let left = (door.day + self.retention_days).saturating_sub(now.day);
            if left > 0 {
                if left <= WARNED_DAYS {
                    self.out.push(LobbyEffect::Due(id, left));
                }
                continue;
            }
            door.warnings += 1;
            if door.warnings >= TIMES_DUE && !first {
                self.out.push(LobbyEffect::Log(id, None, DELETED));
                self.forget_door(id);
                self.hall.delete(id);
            } else {
                self.out.push(LobbyEffect::Due(id, TIMES_DUE.saturating_sub(door.warnings).max(1)));
                self.keep_door(id, door);
            }
        }
    }

    fn keep_door(&mut self, id: TableId, door: DoorRow) {
        self.hall.keep_door(id, door);
    }
}
