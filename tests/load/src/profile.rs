//! Where the server's time goes. Its threads are told apart by their names; what happens inside one of them is timed
//! here, in this process, without a disk and without a network.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use instep_protocol::{
    Ask, Enter, Frames, FromClient, FromTable, Mirror, Role, TableKey, VERSION, Way, decode, encode, encode_into,
};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Game as Played, Perspective, Salt, Seed, Stream, commitment, decide};
use instep_server::make::PackShelf;
use instep_server::{
    Batch, Commits, ConnId, DataTrouble, Disk, DoorRow, Lobby, LobbyEffect, LobbyInput, Now, StoredTable, TableId,
};
use serde::Serialize;

use crate::fault::Fault;
use crate::report::title;
use crate::serve::ways;
use crate::table::Game;

/// Actions that are timed.
const ACTIONS: usize = 5_000;

const NOW: Now = Now { ms: 1, day: 1 };

/// Microseconds of the processor's time for each action, by part.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Profile {
    /// The journal's thread.
    journal_us: f64,
    /// The threads of the runtime: all that follows together.
    runtime_us: f64,
    /// Reading a request's frame.
    decoding_us: f64,
    /// Deciding and applying.
    rules_us: f64,
    /// Making frames of messages.
    encoding_us: f64,
    /// What else lobby and table do: who, the chain of hashes, what each may see.
    table_us: f64,
    /// What is left of the runtime: QUIC, its sockets, and waking tasks.
    quic_us: f64,
    /// Frames that go out for each action.
    frames: f64,
    /// The bytes of those.
    bytes: f64,
}

impl Profile {
    pub(crate) fn print(&self) {
        title("the server's processor time for each action:");
        for (what, time) in [
            ("journal (its thread)", self.journal_us),
            ("QUIC, sockets, waking tasks (what is left)", self.quic_us),
            ("reading requests", self.decoding_us),
            ("rules: decide and apply", self.rules_us),
            ("making frames", self.encoding_us),
            ("lobby and table: who, hashes, projections", self.table_us),
        ] {
            println!("  {what:<44}{time:>8.2} µs");
        }
        println!("  for each action {:.1} frames go out, {:.0} bytes in all", self.frames, self.bytes);
    }
}

/// A profile, of what the server's threads needed for so many actions and of what is timed here.
pub(crate) fn of(
    game: &Game,
    packs: &Path,
    threads: &BTreeMap<String, Duration>,
    actions: u64,
) -> Result<Profile, Fault> {
    let thread = |name: &str| {
        let time: Duration = threads.iter().filter(|(n, _)| n.starts_with(name)).map(|(_, time)| *time).sum();
        time.as_secs_f64() * 1e6 / (actions as f64).max(1.0)
    };
    let (journal_us, runtime_us) = (thread("journal"), thread("server"));
    let mut lobby = OneTable::open(game, packs)?;
    for _ in 0..ACTIONS {
        lobby.act()?;
    }
    let a = |time: Duration| time.as_secs_f64() * 1e6 / ACTIONS as f64;
    let (decoding_us, lobby_us) = (a(decoding(&lobby.requests)), a(lobby.time));
    let (rules_us, encoding_us) = (a(rules(game)), a(encoding(&lobby.sent)?));
    Ok(Profile {
        journal_us,
        runtime_us,
        decoding_us,
        rules_us,
        encoding_us,
        table_us: lobby_us - rules_us - encoding_us,
        quic_us: runtime_us - lobby_us - decoding_us,
        frames: lobby.frames as f64 / ACTIONS as f64,
        bytes: lobby.bytes as f64 / ACTIONS as f64,
    })
}

/// Time to decide and apply as many commands.
fn rules(game: &Game) -> Duration {
    let (seed, salt) = (Seed([1; 32]), Salt([2; 32]));
    let opening = game.setup.opening(commitment(&seed, &salt));
    let begin = || {
        let mut played = Played::new(Arc::clone(&game.setup));
        played.apply(&opening);
        (played, Stream::new(&seed, 0))
    };
    let act = |(played, chance): &mut (Played, Stream), who, command| {
        if let Ok(events) = decide(&game.setup, played.state(), who, command, chance) {
            played.apply(&events);
        }
    };
    // Once to know what is played, and once against the clock.
    let (mut first, mut dice) = (begin(), Dice::new(1));
    let mut commands = Vec::with_capacity(ACTIONS);
    while let Some((who, command)) = next_command(&first.0, &mut dice, Habit::Uniform)
        && commands.len() < ACTIONS
    {
        act(&mut first, who, command);
        commands.push((who, command));
    }
    let mut again = begin();
    let start = Instant::now();
    for (who, command) in commands {
        act(&mut again, who, command);
    }
    black_box(&again.0);
    start.elapsed()
}

fn decoding(requests: &[Vec<u8>]) -> Duration {
    let mut frames = Frames::default();
    let start = Instant::now();
    for request in requests {
        frames.push(request);
        let _ = black_box(frames.take::<FromClient>());
    }
    start.elapsed()
}

fn encoding(frames: &[Bytes]) -> Result<Duration, Fault> {
    let messages: Vec<FromTable> =
        frames.iter().map(|frame| decode(&frame[4..])).collect::<Result<_, _>>().map_err(Fault::wrong)?;
    let mut scratch = Vec::new();
    let start = Instant::now();
    for message in &messages {
        scratch.clear();
        encode_into(message, &mut scratch).map_err(Fault::wrong)?;
        black_box(Bytes::copy_from_slice(&scratch));
    }
    Ok(start.elapsed())
}

/// A disk that keeps nothing, at once.
#[derive(Clone, Debug, Default)]
struct Nowhere(Arc<Mutex<Vec<TableId>>>);

impl Nowhere {
    fn take(&self) -> Vec<TableId> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Disk for Nowhere {
    fn keep(&mut self, batch: Box<Batch>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch.table);
    }

    fn commits(&mut self, _: bool) -> Option<Commits> {
        None
    }

    fn table(&self, id: TableId) -> Result<StoredTable, DataTrouble> {
        Err(DataTrouble::NoSuchTable { id: id.0 })
    }

    fn doors(&self) -> Result<Vec<(TableId, bool, DoorRow)>, DataTrouble> {
        Ok(Vec::new())
    }
}

/// A lobby with one table, four people at it, and a clock that stands.
struct OneTable {
    lobby: Lobby<Nowhere, PackShelf>,
    disk: Nowhere,
    mirror: Mirror,
    dice: Dice,
    numbers: [u32; 4],
    key: Option<TableKey>,
    effects: Vec<LobbyEffect>,
    requests: Vec<Vec<u8>>,
    /// Each message that was made, once.
    sent: Vec<Bytes>,
    time: Duration,
    frames: usize,
    bytes: usize,
}

impl OneTable {
    fn open(game: &Game, packs: &Path) -> Result<Self, Fault> {
        let disk = Nowhere::default();
        let mut table = Self {
            lobby: Lobby::open(disk.clone(), ways(packs.to_owned()))?,
            disk,
            mirror: Mirror::new(Arc::clone(&game.setup)),
            dice: Dice::new(1),
            numbers: [1; 4],
            key: None,
            effects: Vec::new(),
            requests: Vec::new(),
            sent: Vec::new(),
            time: Duration::ZERO,
            frames: 0,
            bytes: 0,
        };
        for n in 0..4 {
            let way = match table.key {
                None => game.create(),
                Some(key) => Way::Invite { key, name: format!("Player {n}"), role: Role::Player },
            };
            table.handle(LobbyInput::Come(ConnId(n), Some(IpAddr::V4(Ipv4Addr::LOCALHOST))))?;
            let enter = Enter { oldest: VERSION, newest: VERSION, way };
            table.handle(LobbyInput::Said(ConnId(n), FromClient::Enter(enter)))?;
        }
        for seat in Perspective::ALL {
            table.ask(seat.index(), Ask::TakeSeat(seat))?;
        }
        (table.time, table.frames, table.bytes) = (Duration::ZERO, 0, 0);
        table.requests.clear();
        table.sent.clear();
        Ok(table)
    }

    fn act(&mut self) -> Result<(), Fault> {
        let next = next_command(self.mirror.game(), &mut self.dice, Habit::Uniform);
        let (who, command) = next.ok_or_else(|| Fault::wrong("a game that was to go on came to its end"))?;
        let seat = who.seat.unwrap_or(Perspective::First);
        let ask = match command {
            Command::Mend(_) => Ask::Mend { seat, step: "Ring her back by Friday.".into() },
            command => Ask::Act { seat: Some(seat), command },
        };
        let before = self.mirror.last();
        self.ask(seat.index(), ask)?;
        if self.mirror.last() == before {
            return Err(Fault::wrong("an action brought nothing about"));
        }
        Ok(())
    }

    fn ask(&mut self, n: usize, ask: Ask) -> Result<(), Fault> {
        let message = FromClient::Ask { number: self.numbers[n], seen: self.mirror.last(), ask };
        self.numbers[n] += 1;
        self.requests.push(encode(&message).map_err(Fault::wrong)?);
        self.handle(LobbyInput::Said(ConnId(n as u64), message))
    }

    /// Hands something to the lobby and then its commits, until nothing comes of it any more.
    fn handle(&mut self, input: LobbyInput) -> Result<(), Fault> {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let start = Instant::now();
            self.lobby.handle(NOW, input, &mut self.effects);
            self.time += start.elapsed();
            let kept = self.disk.take();
            next = (!kept.is_empty()).then_some(LobbyInput::Committed(Commits::Done(kept)));
        }
        for effect in std::mem::take(&mut self.effects) {
            let LobbyEffect::Send(ConnId(n), frame) = effect else { continue };
            self.frames += 1;
            self.bytes += frame.len();
            if n == 0 {
                let message: FromTable = decode(&frame[4..]).map_err(Fault::wrong)?;
                if let FromTable::Door(door) = &message {
                    self.key = Some(door.key);
                }
                let heard = self.mirror.receive(message);
                heard.map_err(|e| Fault::wrong(format!("the mirror is out of step: {e:?}")))?;
            }
            // What goes to everyone is made once.
            if self.sent.iter().rev().take(4).all(|sent| sent.as_ptr() != frame.as_ptr()) {
                self.sent.push(frame);
            }
        }
        Ok(())
    }
}
