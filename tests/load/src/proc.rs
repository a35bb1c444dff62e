//! What Linux tells about processes, sockets and folders in `/proc`; `None` where there is none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Linux counts a process's time in hundredths of a second, whatever its own clock does (USER_HZ).
const TICK: Duration = Duration::from_millis(10);

/// The processor's time that a process has had.
pub(crate) fn cpu(pid: u32) -> Option<Duration> {
    cpu_in(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?).map(|(_, time)| time)
}

/// The same by the names of its threads.
pub(crate) fn threads(pid: u32) -> Option<BTreeMap<String, Duration>> {
    let mut times = BTreeMap::new();
    for thread in fs::read_dir(format!("/proc/{pid}/task")).ok()?.flatten() {
        // One that has just ended is not there any more.
        let Ok(stat) = fs::read_to_string(thread.path().join("stat")) else { continue };
        let (name, time) = cpu_in(&stat)?;
        *times.entry(name).or_default() += time;
    }
    Some(times)
}

/// A name, and user and system time, of a `stat` file. The name may hold blanks and brackets.
fn cpu_in(stat: &str) -> Option<(String, Duration)> {
    let (head, rest) = stat.rsplit_once(')')?;
    let (_, name) = head.split_once('(')?;
    let mut fields = rest.split_ascii_whitespace().skip(11);
    let ticks: u32 = fields.next()?.parse::<u32>().ok()? + fields.next()?.parse::<u32>().ok()?;
    Some((name.to_owned(), TICK * ticks))
}

/// Bytes of memory that a process holds.
pub(crate) fn resident(pid: u32) -> Option<u64> {
    let kib = |text: String, name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    };
    // The sum over all mappings is exact; `VmRSS` may lag behind.
    let exact = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok().and_then(|text| kib(text, "Rss:"));
    let about = || kib(fs::read_to_string(format!("/proc/{pid}/status")).ok()?, "VmRSS:");
    exact.or_else(about).map(|kib| kib * 1024)
}

/// Datagrams that found no room in the buffers of the sockets on these ports.
pub(crate) fn dropped(ports: &[u16]) -> Option<u64> {
    let read = |name: &str| fs::read_to_string(Path::new("/proc/net").join(name)).ok();
    let texts: Vec<String> = ["udp", "udp6"].into_iter().filter_map(read).collect();
    (!texts.is_empty()).then(|| texts.iter().map(|text| dropped_in(text, ports)).sum())
}

fn dropped_in(text: &str, ports: &[u16]) -> u64 {
    let of_line = |line: &str| {
        let mut fields = line.split_ascii_whitespace();
        let (_, port) = fields.nth(1)?.rsplit_once(':')?;
        let port = u16::from_str_radix(port, 16).ok()?;
        let drops: u64 = fields.next_back()?.parse().ok()?;
        ports.contains(&port).then_some(drops)
    };
    text.lines().skip(1).filter_map(of_line).sum()
}

/// Processes that wanted to run in the last minute, on average.
pub(crate) fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// Whether a folder is kept in memory only: what is written there is durable at once, and for no time at all.
pub(crate) fn in_memory(folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    kind_of(&mounts, &folder).is_some_and(|kind| matches!(kind.as_str(), "tmpfs" | "ramfs"))
}

/// The kind of the file system that holds a folder: that of the deepest place where one begins, the last one there.
fn kind_of(mounts: &str, folder: &Path) -> Option<String> {
    let places = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let place = PathBuf::from(fields.nth(1)?.replace("\\040", " "));
        folder.starts_with(&place).then(|| (place.components().count(), fields.next().unwrap_or_default().to_owned()))
    });
    places.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threads_name_may_hold_brackets() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 100 0 0 0 12 34 0 0 20 0 1 0 100 0 0";
        assert_eq!(cpu_in(stat), Some(("a (b) c".to_owned(), Duration::from_millis(460))));
        assert_eq!(cpu_in("nothing"), None);
    }

    #[test]
    fn drops_are_those_of_our_ports() {
        let text = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n\
             10: 0100007F:1151 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 7\n\
             11: 0100007F:1152 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 9\n";
        assert_eq!(dropped_in(text, &[0x1151]), 7);
        assert_eq!(dropped_in(text, &[0x1151, 0x1152, 80]), 16);
    }

    #[test]
    fn the_deepest_place_says_what_a_folder_is_kept_in() {
        let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/vdb /tmp/disk ext4 rw 0 0\n";
        for (folder, kind) in [("/var", "ext4"), ("/tmp/x", "tmpfs"), ("/tmp/disk/x", "ext4"), ("/tmpx", "ext4")] {
            assert_eq!(kind_of(mounts, Path::new(folder)).as_deref(), Some(kind), "{folder}");
        }
    }
}
