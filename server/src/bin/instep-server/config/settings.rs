//! Every setting, once: the flags, the environment, the file, `--help` and `--print-config` are all made of this list.

/// One setting.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Its name in the file; the flag is the same behind two dashes.
    pub(crate) key: &'static str,
    /// What its value is called in `--help`.
    pub(crate) value: &'static str,
    /// Whether it may be given more than once.
    pub(crate) many: bool,
    /// Whether it is never shown.
    pub(crate) secret: bool,
    /// What it is where nobody sets it; nothing where it is absent then.
    pub(crate) default: Option<&'static str>,
    /// A value to begin from, for one that has no default.
    pub(crate) example: &'static str,
    /// What it does, in lines that are short enough for a file.
    pub(crate) help: &'static str,
    /// Under which heading it stands.
    pub(crate) heading: &'static str,
}

impl Setting {
    const fn one(key: &'static str, value: &'static str, example: &'static str, help: &'static str) -> Self {
        Self { key, value, many: false, secret: false, default: None, example, help, heading: PEOPLE }
    }

    const fn many(self) -> Self {
        Self { many: true, ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    const fn under(self, heading: &'static str) -> Self {
        Self { heading, ..self }
    }

    /// The name of its environment variable.
    pub(crate) fn variable(&self) -> String {
        format!("INSTEP_{}", self.key.to_uppercase().replace('-', "_"))
    }

    /// Whether its value stands in quotes in the file.
    pub(crate) fn is_text(&self) -> bool {
        self.value != "N"
    }
}

/// The setting of this name.
pub(crate) fn find(key: &str) -> Option<usize> {
    SETTINGS.iter().position(|s| s.key == key)
}

const PLACE: &str = "Where it listens, and where it keeps what it keeps";
const PEOPLE: &str = "Who may do what, and for how long";
const LIMITS: &str = "How much it takes on";
const WATCH: &str = "Watching over it";
const TURNS: &str = "Telling others that a turn has come";

/// All of them, in the order in which they are shown.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting::one(
        "listen",
        "ADDR",
        "",
        "Where people come in, over UDP: an address, a port, or both. May be given more than once.\n\
         [::] is every address of this computer, also of IPv4; without IPv6 it is 0.0.0.0.\n\
         Port 0 is any free port: which one is said at the start.",
    )
    .many()
    .default("[::]:4433")
    .under(PLACE),
    Setting::one(
        "public-address",
        "HOST",
        "instep.example.org",
        "The name or address, with its port unless that is 4433, by which people reach this server: what\n\
         `instep-server invite` says. May be given more than once, up to eight. Else this computer's own address.",
    )
    .many()
    .under(PLACE),
    Setting::one(
        "data",
        "DIR",
        "/var/lib/instep-server",
        "The folder where tables are kept. Else this computer's usual place for a program's data.",
    )
    .under(PLACE),
    Setting::one(
        "cert",
        "PEM",
        "/etc/instep/fullchain.pem",
        "The certificate of an authority, with those above it, as PEM. Needs `key`.\n\
         Without it the server makes one of its own on its first run, and its fingerprint is part of every invite.",
    )
    .under(PLACE),
    Setting::one("key", "PEM", "/etc/instep/privkey.pem", "The certificate's key, as PEM.").under(PLACE),
    Setting::one(
        "packs",
        "DIR",
        "/srv/instep/packs",
        "A pack, or a folder of packs, that tables may be made of, beside those that came along.\n\
         May be given more than once.",
    )
    .many()
    .under(PLACE),
    Setting::one(
        "pass",
        "TEXT",
        "a pass of your own",
        "What whoever makes tables has to know. Without it everyone who reaches this server may make some.\n\
         Rather in the environment or in this file than as a flag, which others on this computer can see.",
    )
    .secret(),
    Setting::one(
        "retention-days",
        "N",
        "",
        "After so many days without anything a table is deleted, with all that was typed there. 0 is never.",
    )
    .default("30"),
    Setting::one("max-connections", "N", "", "Connections at the same time.").default("20000").under(LIMITS),
    Setting::one("max-tables", "N", "", "Tables that are not closed.").default("20000").under(LIMITS),
    Setting::one("max-tables-an-hour", "N", "", "Tables made from one address in an hour.")
        .default("120")
        .under(LIMITS),
    Setting::one("max-wrong-a-minute", "N", "", "Wrong invites, codes and passes from one address in a minute.")
        .default("20")
        .under(LIMITS),
    Setting::one(
        "max-wrong-codes-a-minute",
        "N",
        "",
        "Wrong codes from everywhere in a minute; then codes are closed until it is over. Invites are not.",
    )
    .default("600")
    .under(LIMITS),
    Setting::one(
        "metrics",
        "ADDR",
        "127.0.0.1:9433",
        "Where /healthz, /readyz and /metrics are answered, over HTTP. Without it, nowhere.\n\
         A port alone is of 127.0.0.1: whoever should see it from elsewhere needs an address.",
    )
    .under(WATCH),
    Setting::one("log", "FORM", "", "How the log on standard error is written: text or json.")
        .default("text")
        .under(WATCH),
    Setting::one(
        "log-level",
        "LEVEL",
        "",
        "How much is logged: error, warn, info or debug. What people typed never is; addresses are at debug alone.",
    )
    .default("info")
    .under(WATCH),
    Setting::one(
        "on-turn-command",
        "CMD",
        "/usr/local/bin/turn.sh",
        "Run by the shell when a turn has come to another seat, with INSTEP_TABLE (a number) and INSTEP_SEAT (1 to 4).",
    )
    .under(TURNS),
    Setting::one(
        "on-turn-webhook",
        "URL",
        "https://example.org/turn",
        "Sent {\"table\":N,\"seat\":N} by POST when a turn has come to another seat.",
    )
    .secret()
    .under(TURNS),
];
