//! What the program is told: flags, environment, file, defaults; checked, each fault in one sentence.

mod layers;
mod settings;
mod show;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use instep_protocol::{Address, PORT};
use instep_server::Caps;

pub(crate) use layers::Layers;
use layers::{Source, Written, named};
pub(crate) use show::show;

use crate::problem::Problem;

/// Addresses in an invite at most.
const PUBLIC_ADDRESSES_MAX: usize = 8;

/// Everything that can be set, checked.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) listen: Vec<SocketAddr>,
    pub(crate) public_addresses: Vec<Address>,
    pub(crate) data: PathBuf,
    pub(crate) certificate: Option<(PathBuf, PathBuf)>,
    pub(crate) packs: Vec<PathBuf>,
    pub(crate) pass: String,
    pub(crate) retention_days: u32,
    pub(crate) caps: Caps,
    pub(crate) metrics: Option<SocketAddr>,
    pub(crate) json_log: bool,
    pub(crate) log_level: tracing::Level,
    pub(crate) on_turn_command: Option<String>,
    pub(crate) on_turn_webhook: Option<String>,
}

impl Config {
    /// What the layers say.
    pub(crate) fn of(layers: &Layers) -> Result<Self, Problem> {
        let certificate = match (path(layers, "cert")?, path(layers, "key")?) {
            (Some(cert), Some(key)) => Some((cert, key)),
            (None, None) => None,
            (cert, _) => {
                let (given, lacks) = if cert.is_some() { ("cert", "key") } else { ("key", "cert") };
                return Err(Problem::Call(format!(
                    "--{given} needs --{lacks}: name both files, or neither for a certificate of the server's own."
                )));
            }
        };
        let public_addresses = many(layers, "public-address", |text| {
            Address::from_str(text)
                .map_err(|_| "a name or an address such as instep.example.org or 192.0.2.7:4433".into())
        })?;
        if public_addresses.len() > PUBLIC_ADDRESSES_MAX {
            return Err(Problem::Call(format!(
                "--public-address is given {} times, and an invite holds {PUBLIC_ADDRESSES_MAX} addresses: leave some out.",
                public_addresses.len()
            )));
        }
        let defaults = Caps::default();
        let size =
            |key, most: usize| Ok::<usize, Problem>(number(layers, key, 1, most as u64)?.map_or(most, |n| n as usize));
        let rate = |key, usual| Ok::<u32, Problem>(number(layers, key, 1, 1_000_000)?.map_or(usual, |n| n as u32));
        Ok(Self {
            listen: many(layers, "listen", |text| socket_address(text, Ipv6Addr::UNSPECIFIED.into(), Some(PORT)))?,
            public_addresses,
            data: data(layers)?,
            certificate,
            packs: many(layers, "packs", |text| Ok(PathBuf::from(text)))?,
            pass: text(layers, "pass").unwrap_or_default(),
            retention_days: number(layers, "retention-days", 0, 36_500)?.map_or(30, |n| n as u32),
            caps: Caps {
                connections: size("max-connections", CAP_MAX)?,
                tables: size("max-tables", CAP_MAX)?,
                tables_an_hour: rate("max-tables-an-hour", defaults.tables_an_hour)?,
                wrong_a_minute: rate("max-wrong-a-minute", defaults.wrong_a_minute)?,
                wrong_codes_a_minute: rate("max-wrong-codes-a-minute", defaults.wrong_codes_a_minute)?,
            },
            metrics: one(layers, "metrics", |text| socket_address(text, Ipv4Addr::LOCALHOST.into(), None))?,
            json_log: one(layers, "log", |text| match text {
                "text" => Ok(false),
                "json" => Ok(true),
                _ => Err("text or json".into()),
            })?
            .unwrap_or(false),
            log_level: one(layers, "log-level", |text| match text {
                "error" => Ok(tracing::Level::ERROR),
                "warn" => Ok(tracing::Level::WARN),
                "info" => Ok(tracing::Level::INFO),
                "debug" => Ok(tracing::Level::DEBUG),
                _ => Err("error, warn, info or debug".into()),
            })?
            .unwrap_or(tracing::Level::INFO),
            on_turn_command: text(layers, "on-turn-command"),
            on_turn_webhook: one(layers, "on-turn-webhook", |text| {
                let good =
                    ["http://", "https://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
                if good { Ok(text.to_owned()) } else { Err("an address that begins with http:// or https://".into()) }
            })?,
        })
    }
}

/// More than this of anything is no limit.
const CAP_MAX: usize = 10_000_000;

/// The data folder that was named, else this computer's usual one.
fn data(layers: &Layers) -> Result<PathBuf, Problem> {
    instep_content::data_folder(path(layers, "data")?.as_deref()).ok_or_else(|| {
        Problem::Machine(
            "This computer does not say where programs keep their data: name a folder with --data.".to_owned(),
        )
    })
}

/// What this value should have been; the sentence around it is made here alone.
type Wanted = String;

fn one<T>(layers: &Layers, key: &str, read: impl FnOnce(&str) -> Result<T, Wanted>) -> Result<Option<T>, Problem> {
    let Some(written) = layers.get(key) else { return Ok(None) };
    let text = written.texts.first().map_or("", String::as_str);
    read(text).map(Some).map_err(|wanted| not_wanted(key, &written, text, &wanted))
}

fn many<T>(layers: &Layers, key: &str, read: impl Fn(&str) -> Result<T, Wanted>) -> Result<Vec<T>, Problem> {
    let Some(written) = layers.get(key) else { return Ok(Vec::new()) };
    let read = |text: &String| match text.as_str() {
        "" => Err(not_wanted(key, &written, text, "something")),
        text => read(text).map_err(|wanted| not_wanted(key, &written, text, &wanted)),
    };
    written.texts.iter().map(read).collect()
}

fn number(layers: &Layers, key: &str, least: u64, most: u64) -> Result<Option<u64>, Problem> {
    one(layers, key, |text| {
        let number = text.parse().ok().filter(|n| (least..=most).contains(n));
        number.ok_or_else(|| format!("a whole number from {least} to {most}"))
    })
}

fn text(layers: &Layers, key: &str) -> Option<String> {
    layers.get(key)?.texts.into_iter().next().filter(|text| !text.is_empty())
}

fn path(layers: &Layers, key: &str) -> Result<Option<PathBuf>, Problem> {
    one(layers, key, |text| if text.is_empty() { Err("the name of a file or folder".into()) } else { Ok(text.into()) })
}

fn not_wanted(key: &str, written: &Written, text: &str, wanted: &str) -> Problem {
    let secret = settings::find(key).is_some_and(|at| settings::SETTINGS[at].secret);
    let named = named(key, &written.source);
    Problem::Call(match (secret, text) {
        (true, _) => format!("{named} should be {wanted}, and is something else."),
        (false, "") => format!("{named} should be {wanted}, and is empty."),
        (false, text) => format!("{named} should be {wanted}, and is \"{text}\"."),
    })
}

/// An address, a port, or both.
fn socket_address(text: &str, usual: IpAddr, usual_port: Option<u16>) -> Result<SocketAddr, Wanted> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let found = SocketAddr::from_str(text)
        .ok()
        .or_else(|| Some(SocketAddr::new(usual, text.strip_prefix(':').unwrap_or(text).parse().ok()?)))
        .or_else(|| Some(SocketAddr::new(bare.parse().ok()?, usual_port?)));
    found.ok_or_else(|| match usual_port {
        Some(port) => format!("an address, a port, or both, such as 192.0.2.7, {port} or [::]:{port}"),
        None => "a port, or an address with a port, such as 9433 or 127.0.0.1:9433".to_owned(),
    })
}

/// The layers with the file that was named, if one was.
pub(crate) fn with_file(layers: Layers, file: Option<&Path>) -> Result<Layers, Problem> {
    match file.filter(|file| !file.as_os_str().is_empty()) {
        Some(file) => layers.under_which(file),
        None => Ok(layers),
    }
}

impl Written {
    /// Where it comes from, where somebody wrote it.
    fn place(&self) -> Option<String> {
        match &self.source {
            Source::Default => None,
            Source::Flag => Some("a flag".to_owned()),
            Source::Environment => Some("the environment".to_owned()),
            Source::File { file, line } => Some(format!("{}, line {line}", file.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_may_be_short() {
        let listen = |text| socket_address(text, Ipv6Addr::UNSPECIFIED.into(), Some(PORT)).map(|a| a.to_string());
        for (text, whole) in [
            ("[::]:4433", "[::]:4433"),
            ("5000", "[::]:5000"),
            (":5000", "[::]:5000"),
            ("127.0.0.1", "127.0.0.1:4433"),
            ("127.0.0.1:0", "127.0.0.1:0"),
            ("::1", "[::1]:4433"),
            ("[::1]", "[::1]:4433"),
        ] {
            assert_eq!(listen(text).as_deref(), Ok(whole), "{text}");
        }
        for text in ["localhost", "", "70000", "127.0.0.1:x", "[::"] {
            assert!(listen(text).is_err(), "{text}");
        }
        let metrics = |text| socket_address(text, Ipv4Addr::LOCALHOST.into(), None).map(|a| a.to_string());
        assert_eq!(metrics("9433").as_deref(), Ok("127.0.0.1:9433"));
        assert!(metrics("0.0.0.0").is_err());
    }
}
