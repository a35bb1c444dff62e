//! A description of this machine, for figures to stand beside.

use std::process::Command;
use std::time::SystemTime;

/// One line each: processor, cores, memory, system, compiler, date.
pub(crate) fn describe() -> Vec<String> {
    let cores = std::thread::available_parallelism().map_or_else(|_| "unknown".into(), |cores| cores.to_string());
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let days = since_1970.map_or(0, |time| time.as_secs() / 86_400);
    let (year, month, day) = date(days);
    vec![
        format!("processor  {} ({})", known(processor()), std::env::consts::ARCH),
        format!("cores      {cores}"),
        format!("memory     {}", known(memory_bytes().map(in_gib))),
        format!("system     {}", known(system())),
        format!("compiler   {}", known(output("rustc", &["--version"]))),
        format!("date       {year:04}-{month:02}-{day:02} (UTC)"),
    ]
}

fn known(words: Option<String>) -> String {
    words.filter(|words| !words.is_empty()).unwrap_or_else(|| "unknown".into())
}

fn in_gib(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 30;
    format!("{}.{} GiB", tenths / 10, tenths % 10)
}

fn processor() -> Option<String> {
    match std::env::consts::OS {
        "macos" => output("sysctl", &["-n", "machdep.cpu.brand_string"]),
        "windows" => std::env::var("PROCESSOR_IDENTIFIER").ok(),
        _ => field(&std::fs::read_to_string("/proc/cpuinfo").ok()?, "model name", ':'),
    }
}

fn memory_bytes() -> Option<u64> {
    match std::env::consts::OS {
        "macos" => output("sysctl", &["-n", "hw.memsize"])?.parse().ok(),
        "windows" => {
            let ask = "(Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory";
            output("powershell", &["-NoProfile", "-Command", ask])?.parse().ok()
        }
        _ => {
            let kib = field(&std::fs::read_to_string("/proc/meminfo").ok()?, "MemTotal", ':')?;
            Some(kib.strip_suffix(" kB")?.parse::<u64>().ok()?.saturating_mul(1024))
        }
    }
}

fn system() -> Option<String> {
    match std::env::consts::OS {
        "macos" => Some(format!("macOS {}", output("sw_vers", &["-productVersion"])?)),
        "windows" => output("cmd", &["/c", "ver"]),
        _ => {
            let release = std::fs::read_to_string("/etc/os-release").ok();
            let name = release.and_then(|text| field(&text, "PRETTY_NAME", '=')).unwrap_or_else(|| "Linux".into());
            let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
            Some(format!("{}, kernel {}", name.trim_matches('"'), kernel.trim()))
        }
    }
}

/// The value of the first line `name <separator> value`.
fn field(text: &str, name: &str, separator: char) -> Option<String> {
    let mut pairs = text.lines().filter_map(|line| line.split_once(separator));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The date in the Gregorian calendar, days after 1 January 1970.
///
/// Counts whole years and months: a developer's command needs no calendar crate.
fn date(days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut left) = (1970, days);
    while left >= 365 + u64::from(leap(year)) {
        left -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(58), (1970, 2, 28));
        assert_eq!(date(59), (1970, 3, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(19_722), (2023, 12, 31));
        assert_eq!(date(19_723), (2024, 1, 1));
    }

    #[test]
    fn fields_are_found_by_their_whole_name() {
        assert_eq!(field("model : 3\nmodel name\t: A B\nmodel name : C", "model name", ':'), Some("A B".into()));
        assert_eq!(field("NAME=x\nPRETTY_NAME=\"y\"", "PRETTY_NAME", '='), Some("\"y\"".into()));
        assert_eq!(field("", "x", ':'), None);
    }

    #[test]
    fn memory_is_told_in_tenths() {
        assert_eq!(in_gib(8 << 30), "8.0 GiB");
        assert_eq!(in_gib((3 << 30) + (1 << 29)), "3.5 GiB");
    }

    #[test]
    fn every_machine_gets_six_lines() {
        assert_eq!(describe().len(), 6);
    }
}
