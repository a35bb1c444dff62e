//! What `instep join` and `instep host` take, and what `instep play` takes with them.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::PlayCall;

/// The lengths that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Length {
    /// Two stones.
    Quick,
    /// Three stones.
    Hour,
    /// Five stones.
    Half,
    /// All of them.
    Full,
}

/// Which game is played: what `instep play` and `instep host` take alike.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct GameCall {
    /// Packs by installed name or path; the first gives board and stones. None means the base pack
    #[arg(value_name = "PACK")]
    pub(crate) packs: Vec<String>,
    /// The ruleset: guided, classic, or another of the pack's [default: the pack's own]
    #[arg(long, value_name = "NAME", help_heading = "A new game")]
    pub(crate) ruleset: Option<String>,
    /// quick (2 stones, half an hour), hour (3), half (5, half a day) or full (all) [default: full]
    #[arg(
        long,
        conflicts_with_all = ["minutes", "outcomes"],
        hide_possible_values = true,
        value_name = "LENGTH",
        help_heading = "A new game"
    )]
    pub(crate) length: Option<Length>,
    /// How many minutes you have: as many stones as will fit
    #[arg(long, value_name = "N", conflicts_with = "outcomes", help_heading = "A new game")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=6000))]
    pub(crate) minutes: Option<u32>,
    /// How many stones are in play
    #[arg(long, value_name = "N", help_heading = "A new game")]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=12))]
    pub(crate) outcomes: Option<u8>,
    /// Begin with the tiles that lay at the end of this record
    #[arg(long, value_name = "RECORD", help_heading = "A new game")]
    pub(crate) path_from: Option<PathBuf>,
    /// Begin a new game though one is unfinished (that one stays where it is)
    #[arg(long, help_heading = "A new game")]
    pub(crate) new: bool,
}

#[cfg(feature = "window")]
impl GameCall {
    /// Whether it says anything of a game but that there is to be a new one.
    fn is_chosen(&self) -> bool {
        let Self { packs, ruleset, length, minutes, outcomes, path_from, new: _ } = self;
        let long = length.is_some() || minutes.is_some() || outcomes.is_some();
        !packs.is_empty() || ruleset.is_some() || long || path_from.is_some()
    }
}

/// As what somebody joins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum As {
    /// Plays.
    #[default]
    Player,
    /// Looks on.
    Observer,
    /// A screen that a room sees.
    Screen,
}

/// What `instep join` takes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
With an invite you come in; with an address and a code you knock, and the facilitator lets you in.
With nothing you come back to the table where you were last: nothing has to be typed again.
Leaving keeps your seat. Where nobody sits at the keyboard (standard input is no terminal) a scripted
player plays your seats.

Examples:
  instep join 'INSTEP://192.168.1.20:4433/7-…' --name Sam
  instep join instep.example.org/7K2-M0A --name Sam
  instep join                                    back to where you were last
  instep join --list                             the tables that you can come back to
  instep join --back 3                           back to the third of them
  instep join --nearby                           the tables on this network that can be found
  instep join --server instep.example.org        the tables that a server shows to everyone

Exit codes: 0 done, 1 the invite is wrong or you were not let in, 2 the call is wrong, 3 the machine or the
network failed.")]
pub(crate) struct JoinCall {
    /// An invite, or ADDRESS/CODE. Without one: back to where you were last
    #[arg(value_name = "INVITE", conflicts_with_all = ["list", "back", "nearby"])]
    pub(crate) invite: Option<String>,
    /// What you are called at the table
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// player, observer or screen (one that a room sees)
    #[arg(long = "as", value_name = "ROLE", value_enum, default_value = "player", hide_possible_values = true)]
    pub(crate) role: As,
    /// Take this seat first; it can be given more than once
    #[arg(long, value_name = "SEAT")]
    pub(crate) seat: Vec<String>,
    /// Come in as somebody new, though you were at this table before
    #[arg(long)]
    pub(crate) new: bool,
    /// List the tables that you can come back to
    #[arg(long, conflicts_with_all = ["back", "nearby"])]
    pub(crate) list: bool,
    /// Come back to this table of the list
    #[arg(long, value_name = "N", conflicts_with = "nearby")]
    pub(crate) back: Option<u64>,
    /// List the tables on this network that can be found; with a number, knock at that one
    #[arg(long, value_name = "N", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "given without a number, it lists")]
    pub(crate) nearby: Option<Option<usize>>,
    /// List the tables that this server shows to everyone: ADDRESS, or ADDRESS#FINGERPRINT
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["invite", "list", "back", "nearby"])]
    pub(crate) server: Option<String>,
    /// Knock at this table of the server
    #[arg(long, value_name = "N", requires = "server")]
    pub(crate) table: Option<u64>,
    /// Play in the terminal, also where a window could be opened
    #[arg(long)]
    pub(crate) headless: bool,
    /// Where places and packs are kept [default: $INSTEP_DATA, else this computer's usual place]
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

#[cfg(feature = "window")]
impl JoinCall {
    /// Whether the window can do what is asked for: it lists places and tables on its own screens.
    pub(crate) fn fits_the_window(&self) -> bool {
        let Self { seat, new, list, nearby, server, headless, .. } = self;
        seat.is_empty() && !new && !list && nearby.is_none() && server.is_none() && !headless
    }
}

/// What `instep host` takes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Without --server this computer keeps the table, for people on the same network: it has to stay on while you
play. The unfinished game in the data folder goes on; --new begins another. With --server the table is made
there and stays there; instep join brings you back to it.

Examples:
  instep host --name Ann --called Tuesday         on this computer
  instep host --minutes 60 --found                others on this network can find it and knock
  instep host --server instep.example.org --name Ann --pass 'the pass'
  instep host --server 203.0.113.5#FINGERPRINT    a server with a certificate of its own

Exit codes: 0 done, 1 a pack or saved game is wrong or the server said no, 2 the call is wrong, 3 the machine or
the network failed.")]
pub(crate) struct HostCall {
    #[command(flatten)]
    pub(crate) game: GameCall,
    /// What you are called at the table
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// What the table is called
    #[arg(long, value_name = "NAME")]
    pub(crate) called: Option<String>,
    /// Make the table at this server: ADDRESS, or ADDRESS#FINGERPRINT
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["listen", "found"])]
    pub(crate) server: Option<String>,
    /// What the server wants from those who make tables
    #[arg(long, value_name = "TEXT", requires = "server")]
    pub(crate) pass: Option<String>,
    /// Let the server show the table to everyone who asks it
    #[arg(long, requires = "server")]
    pub(crate) public: bool,
    /// Where to listen [default: port 4433 on all networks, else any free port]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Let people on this network find the table and knock
    #[arg(long)]
    pub(crate) found: bool,
    /// Take this seat first; it can be given more than once
    #[arg(long, value_name = "SEAT")]
    pub(crate) seat: Vec<String>,
    /// Write the game's record (events.json, words.json) into this folder at the end
    #[arg(long, value_name = "DIR")]
    pub(crate) record: Option<PathBuf>,
    /// Play in the terminal, also where a window could be opened
    #[arg(long)]
    pub(crate) headless: bool,
    /// Where saved games are kept [default: $INSTEP_DATA, else this computer's usual place]
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

impl HostCall {
    /// Whether the window can do what is asked for: a game is chosen on its own screens.
    #[cfg(feature = "window")]
    pub(crate) fn fits_the_window(&self) -> bool {
        let Self { game, seat, listen, found, record, headless, .. } = self;
        !game.is_chosen() && seat.is_empty() && listen.is_none() && !found && record.is_none() && !headless
    }

    /// The game that is asked for, as `instep play` takes it.
    pub(crate) fn game(&self) -> PlayCall {
        PlayCall { game: self.game.clone(), data: self.data.clone(), ..PlayCall::default() }
    }
}
