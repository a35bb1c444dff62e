//! A table with four people, who play the base pack.

use std::sync::{Arc, LazyLock};

use instep_content::{BASE_PACK, Library, Options};
use instep_protocol::{
    Answer, Ask, Enter, FromClient, FromTable, Mirror, NewTableWish, People, Role, TableKey, TableSetup, Token,
    VERSION, Way, decode, encode_into,
};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, FinishedBlocks, Perspective, Setting, Setup};
use instep_server::make;

use crate::drive::{Party, Script};
use crate::fault::Fault;
use crate::line::{Line, Net};

/// What all tables are set up with.
#[derive(Clone, Debug)]
pub(crate) struct Game {
    pub(crate) setup: Arc<Setup>,
    pub(crate) about: TableSetup,
}

impl Game {
    /// The base pack with all its stones, under its own rules. Where it is to be `endless`, whole stones may break:
    /// people would stop when the path is whole, but the rules go on.
    pub(crate) fn new(endless: bool) -> Result<Self, Fault> {
        let packs = Library::new(None).load(&[BASE_PACK]).map_err(|e| Fault::machine(format!("{e:?}")))?;
        let settings = endless.then_some(Setting::FinishedBlocks(FinishedBlocks::MayBreak));
        let options = Options { settings: settings.into_iter().collect(), ..Options::default() };
        let table = packs.setup(&options).map_err(|e| Fault::machine(format!("{e:?}")))?;
        let about = make::about(&packs, &table, &options, &packs.first().manifest.ruleset);
        Ok(Self { setup: table.setup, about })
    }

    /// What makes a table.
    pub(crate) fn create(&self) -> Way {
        Way::Create(Box::new(NewTableWish {
            setup: self.about.clone(),
            called: "Tuesday".into(),
            name: "Host".into(),
            public: false,
            pass: String::new(),
        }))
    }
}

/// The first bytes of the kinds of messages that are looked at.
struct Kinds {
    welcome: u8,
    answer: u8,
    events: u8,
    goodbye: u8,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let kind = |message: &FromTable| postcard::to_stdvec(message).ok().and_then(|b| b.first().copied()).unwrap_or(!0);
    let answer = Answer::Done { seq: 0, word: None };
    Kinds {
        // A welcome's first byte is that of the first kind; one is not made up for it.
        welcome: 0,
        answer: kind(&FromTable::Answer { number: 0, answer }),
        events: kind(&FromTable::Events { first: 0, commands: Vec::new(), hash: None }),
        goodbye: kind(&FromTable::Goodbye(instep_protocol::Denied::Closing)),
    }
});

/// One of the four.
#[derive(Clone, Copy, Debug)]
struct Seat {
    token: Token,
    /// The number of their next request.
    number: u32,
    /// The first event of the last message of events.
    first: u32,
    /// Such messages since all four sat.
    messages: u64,
}

/// What the four know together: one mirror is enough, and for the others it is looked where events begin.
pub(crate) struct Table {
    mirror: Mirror,
    dice: Dice,
    seats: Vec<Seat>,
    /// The first event of what is waited for.
    awaited: u32,
    /// What the acting seat was answered, by the number of its request.
    asked: (usize, u32),
    /// Whether it ends when the path is whole.
    ends: bool,
    /// Bytes of all messages of events that came to the first seat, with their frames.
    pub(crate) bytes: u64,
}

impl Script for Table {
    fn next(&mut self, frame: &mut Vec<u8>) -> Result<Option<usize>, Fault> {
        let game = self.mirror.game();
        let state = game.state();
        if state.closed() {
            return Ok(None);
        }
        let (seat, ask) = if self.ends && state.path_complete(game.setup()) {
            (0, Ask::Act { seat: None, command: Command::Close })
        } else {
            let next = next_command(game, &mut self.dice, Habit::Uniform);
            let (who, command) = next.ok_or_else(|| Fault::wrong("there is no move at a table that is not closed"))?;
            let acting = who.seat.unwrap_or(Perspective::First);
            let ask = match command {
                Command::Mend(_) => Ask::Mend { seat: acting, step: "Ring her back by Friday.".into() },
                command => Ask::Act { seat: Some(acting), command },
            };
            (acting.index(), ask)
        };
        let seen = self.mirror.last();
        self.awaited = seen + 1;
        let number = self.seats[seat].number;
        self.seats[seat].number += 1;
        self.asked = (seat, number);
        encode_into(&FromClient::Ask { number, seen, ask }, frame).map_err(Fault::wrong)?;
        Ok(Some(seat))
    }

    fn hear(&mut self, seat: usize, message: &[u8]) -> Result<bool, Fault> {
        let Some(kind) = message.first().copied() else { return Ok(false) };
        if kind == KINDS.events {
            let (first, _) = postcard::take_from_bytes::<u32>(&message[1..]).map_err(Fault::wrong)?;
            if seat == 0 {
                self.bytes += message.len() as u64 + 4;
                let events: FromTable = decode(message).map_err(Fault::wrong)?;
                // The mirror looks whether they follow on each other, and whether the state's hash agrees.
                self.mirror.receive(events).map_err(|e| Fault::wrong(format!("the mirror is out of step: {e:?}")))?;
            }
            let of = &mut self.seats[seat];
            if first <= of.first {
                return Err(Fault::wrong(format!("event {first} came again after event {}", of.first)));
            }
            of.first = first;
            of.messages += 1;
            return Ok(first == self.awaited);
        }
        if kind == KINDS.answer {
            if let FromTable::Answer { number, answer } = decode(message).map_err(Fault::wrong)?
                && let Answer::Denied(why) = answer
            {
                let own = if (seat, number) == self.asked { "the last request" } else { "an older request" };
                return Err(Fault::wrong(format!("{own} was denied: {why:?}")));
            }
        } else if kind == KINDS.goodbye {
            return Err(Fault::wrong(format!("a goodbye: {:?}", decode::<FromTable>(message))));
        } else if kind == KINDS.welcome {
            return Err(Fault::wrong("a connection could not keep up, and was sent everything again"));
        }
        Ok(false)
    }
}

impl Table {
    /// Whether every seat was sent as many messages of events as the first.
    pub(crate) fn whole(&self) -> bool {
        let first = &self.seats[0];
        self.seats.iter().all(|seat| (seat.messages, seat.first) == (first.messages, first.first))
    }

    /// How many messages of events came to the first seat since all four sat.
    pub(crate) fn messages(&self) -> u64 {
        self.seats[0].messages
    }

    /// Whether the game is closed.
    pub(crate) fn closed(&self) -> bool {
        self.mirror.game().state().closed()
    }
}

/// What somebody is told while they come in.
#[derive(Default)]
struct Entry {
    token: Option<Token>,
    number: u32,
    /// The last event that there is.
    table_last: u32,
    /// The last event that they have.
    last: u32,
    /// The first event of the last message of events.
    first: u32,
    key: Option<TableKey>,
    people: Option<People>,
    answered: Option<(u32, Answer)>,
}

impl Entry {
    /// Hears until something is there.
    async fn until(
        &mut self,
        line: &mut Line,
        mut mirror: Option<&mut Mirror>,
        there: impl Fn(&Self) -> bool,
    ) -> Result<(), Fault> {
        while !there(self) {
            let message = line.hear().await?;
            match &message {
                FromTable::Entered(entered) => self.token = Some(entered.token),
                FromTable::Welcome(welcome) => (self.number, self.table_last) = (welcome.next_number, welcome.last),
                FromTable::Events { first, commands, .. } => {
                    self.first = *first;
                    self.last = first + commands.iter().map(Vec::len).sum::<usize>() as u32 - 1;
                }
                FromTable::Door(door) => self.key = Some(door.key),
                FromTable::People(people) => self.people = Some(people.clone()),
                FromTable::Answer { number, answer } => self.answered = Some((*number, *answer)),
                FromTable::Refused(_) | FromTable::Goodbye(_) => {
                    return Err(Fault::wrong(format!("somebody was not let in: {message:?}")));
                }
                _ => {}
            }
            if let Some(mirror) = mirror.as_deref_mut() {
                mirror.receive(message).map_err(|e| Fault::wrong(format!("the mirror is out of step: {e:?}")))?;
            }
        }
        Ok(())
    }
}

async fn enter(line: &mut Line, way: Way) -> Result<(), Fault> {
    line.say(&FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way })).await
}

/// Makes a table, and seats four at it.
pub(crate) async fn seat_four(net: &Net, game: &Game, ends: bool, seed: u64) -> Result<Party<Table>, Fault> {
    let mut mirror = Mirror::new(Arc::clone(&game.setup));
    let mut lines = vec![net.dial().await?];
    let mut entries = vec![Entry::default()];
    enter(&mut lines[0], game.create()).await?;
    let in_and_told = |e: &Entry| e.token.is_some() && e.key.is_some() && e.people.is_some();
    entries[0].until(&mut lines[0], Some(&mut mirror), in_and_told).await?;
    let key = entries[0].key.ok_or_else(|| Fault::wrong("the table's maker was not told its door"))?;
    for n in 1..4 {
        let (mut line, mut entry) = (net.dial().await?, Entry::default());
        enter(&mut line, Way::Invite { key, name: format!("Player {n}"), role: Role::Player }).await?;
        entry.until(&mut line, None, |e| e.token.is_some() && e.people.is_some()).await?;
        lines.push(line);
        entries.push(entry);
    }
    let mut last = 0;
    for (n, seat) in Perspective::ALL.into_iter().enumerate() {
        let number = entries[n].number;
        lines[n].say(&FromClient::Ask { number, seen: entries[n].last, ask: Ask::TakeSeat(seat) }).await?;
        entries[n].number += 1;
        let of_first = (n == 0).then_some(&mut mirror);
        entries[n].until(&mut lines[n], of_first, |e| e.answered.is_some_and(|(n, _)| n == number)).await?;
        match entries[n].answered {
            Some((_, Answer::Done { seq, .. })) => last = seq,
            other => return Err(Fault::wrong(format!("somebody could not take a seat: {other:?}"))),
        }
    }
    for (n, (line, entry)) in lines.iter_mut().zip(&mut entries).enumerate() {
        let of_first = (n == 0).then_some(&mut mirror);
        entry.until(line, of_first, |e| e.last >= last).await?;
    }
    let seat = |e: &Entry| {
        let token = e.token.ok_or_else(|| Fault::wrong("somebody came in without a token"))?;
        Ok(Seat { token, number: e.number, first: e.first, messages: 0 })
    };
    let seats = entries.iter().map(seat).collect::<Result<_, Fault>>()?;
    let dice = Dice::new(seed);
    let script = Table { mirror, dice, seats, awaited: 0, asked: (0, 0), ends, bytes: 0 };
    Ok(Party { lines, script })
}

async fn come_back(net: Net, token: Token, have: u32) -> Result<(Line, Entry), Fault> {
    let (mut line, mut entry) = (net.dial().await?, Entry::default());
    enter(&mut line, Way::Resume { token, have }).await?;
    entry.until(&mut line, None, |e| e.token.is_some() && e.number > 0 && e.people.is_some()).await?;
    Ok((line, entry))
}

/// Brings the four back with their tokens, all at once.
pub(crate) async fn bring_back(net: &Net, mut script: Table) -> Result<Party<Table>, Fault> {
    let have = script.mirror.last();
    let mut tasks = tokio::task::JoinSet::new();
    for (n, seat) in script.seats.iter().enumerate() {
        let (net, token) = (net.clone(), seat.token);
        tasks.spawn(async move {
            let (line, entry) = net.persist(|net| come_back(net, token, have)).await?;
            Ok::<_, Fault>((n, line, entry))
        });
    }
    let mut lines: Vec<Option<Line>> = (0..script.seats.len()).map(|_| None).collect();
    while let Some(done) = tasks.join_next().await {
        let (n, line, entry) = done.map_err(Fault::wrong)??;
        if entry.table_last != have {
            return Err(Fault::wrong(format!("event {} is the last, and {have} was seen before", entry.table_last)));
        }
        let seat = &mut script.seats[n];
        (seat.token, seat.number, seat.messages) = (entry.token.unwrap_or(seat.token), entry.number, 0);
        lines[n] = Some(line);
    }
    Ok(Party { lines: lines.into_iter().flatten().collect(), script })
}

#[cfg(test)]
mod tests {
    use instep_protocol::{PackPin, PersonId, Welcome};

    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_byte() {
        let game = Game::new(true).unwrap();
        let welcome = Welcome { version: VERSION, you: PersonId(1), next_number: 1, setup: game.about, last: 0 };
        assert!(welcome.setup.packs.iter().all(|PackPin { id, .. }| !id.is_empty()));
        let bytes = postcard::to_stdvec(&FromTable::Welcome(Box::new(welcome))).unwrap();
        assert_eq!(bytes[0], KINDS.welcome);
        let all = [KINDS.welcome, KINDS.answer, KINDS.events, KINDS.goodbye];
        assert!(all.iter().enumerate().all(|(n, kind)| *kind < 128 && !all[..n].contains(kind)), "{all:?}");
    }
}
