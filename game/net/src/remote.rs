//! A connection that comes back by itself.

use std::collections::HashMap;
use std::time::Duration;

use instep_protocol::{Address, Denied, Enter, FromClient, FromTable, Refused, Token, VERSION, Way, comes_back};
use rand::RngExt;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};

use crate::packs::{Fetched, Partial, fetch};
use crate::{NetTrouble, Trust, Wire, dial};

/// How often the server is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(4);

/// How long nothing may be heard before the connection is given up and made anew.
const HEARD_WITHIN: Duration = Duration::from_secs(9);

/// How long to wait before trying again: twice as long each time, up to this.
const WAIT_MIN: Duration = Duration::from_millis(300);
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Whom to call, and for what.
#[derive(Clone, Debug)]
pub struct Call {
    /// Where the server may be.
    pub addresses: Vec<Address>,
    /// Whom to trust there.
    pub trust: Trust,
    /// How to come in. With [`Way::Resume`] it is tried until it is taken back.
    pub way: Way,
    /// The token before the one in [`Way::Resume`], if there is one: good until the newest was used.
    pub before: Option<Token>,
}

/// How the connection is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkState {
    /// Being made.
    Connecting,
    /// In, or in the waiting room.
    Connected,
    /// Lost; it is tried again after a while.
    Lost {
        /// Why.
        why: NetTrouble,
        /// After how long.
        again: Duration,
    },
}

/// Why there will be no connection any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Over {
    /// The server does not let us in.
    Refused(Refused),
    /// The table, or the server, has said goodbye.
    Goodbye(Denied),
    /// It could not be made.
    Trouble(NetTrouble),
    /// We left.
    Left,
    /// What was asked for has come: the list of tables.
    Done,
}

/// Something to be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RemoteNews {
    /// How the connection is.
    Link(LinkState),
    /// The server said this.
    Heard(Box<FromTable>),
    /// A pack that was asked for, whole and checked; `None` where the server does not have it.
    Pack([u8; 32], Option<Vec<u8>>),
    /// It is over.
    Over(Over),
}

enum Order {
    Say(FromClient),
    Fetch([u8; 32]),
    Leave,
    /// Make the connection anew: somebody has reason to think that it is no good.
    Again,
}

/// A connection that comes back by itself. It ends when this is dropped.
#[derive(Debug)]
pub struct Remote {
    orders: mpsc::UnboundedSender<Order>,
    task: JoinHandle<()>,
}

impl Remote {
    /// Calls a server. `tell` is told what happens, from a task of the runtime: it must not wait.
    pub fn start(runtime: &Handle, call: Call, tell: impl FnMut(RemoteNews) + Send + 'static) -> Self {
        let (orders, asked) = mpsc::unbounded_channel();
        let (token, before) = match call.way {
            Way::Resume { token, .. } => (Some(token), call.before),
            _ => (None, None),
        };
        let have = match call.way {
            Way::Resume { have, .. } => have,
            _ => 0,
        };
        let task = Task {
            call,
            tell: Box::new(tell),
            asked,
            token,
            before,
            use_before: false,
            have,
            fetches: HashMap::new(),
            was_in: false,
        };
        Self { orders, task: runtime.spawn(task.run()) }
    }

    /// Says something; what is said while there is no connection is forgotten. Requests are said again by whoever has
    /// the mirror, after the next welcome.
    pub fn say(&self, message: FromClient) {
        let _ = self.orders.send(Order::Say(message));
    }

    /// Asks for a pack.
    pub fn fetch(&self, hash: [u8; 32]) {
        let _ = self.orders.send(Order::Fetch(hash));
    }

    /// Says goodbye, and ends.
    pub fn leave(&self) {
        let _ = self.orders.send(Order::Leave);
    }

    /// Makes the connection anew at once, as after a laptop has slept.
    pub fn again(&self) {
        let _ = self.orders.send(Order::Again);
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Task {
    call: Call,
    tell: Box<dyn FnMut(RemoteNews) + Send>,
    asked: mpsc::UnboundedReceiver<Order>,
    /// The newest token, and the one before.
    token: Option<Token>,
    before: Option<Token>,
    /// The newest was not good: the one before may be.
    use_before: bool,
    /// The last event that has come.
    have: u32,
    fetches: HashMap<[u8; 32], Option<Partial>>,
    was_in: bool,
}

/// How one connection ended.
enum Ended {
    Over(Over),
    Lost(NetTrouble),
    /// It is to be made again without waiting.
    Again,
}

impl Task {
    async fn run(mut self) {
        let mut wait = WAIT_MIN;
        loop {
            (self.tell)(RemoteNews::Link(LinkState::Connecting));
            let started = Instant::now();
            let ended = match dial(&self.call.addresses, self.call.trust).await {
                Ok(wire) => self.connected(wire).await,
                Err(trouble) if self.token.is_some() && trouble.passes() => Ended::Lost(trouble),
                Err(trouble) => Ended::Over(Over::Trouble(trouble)),
            };
            let why = match ended {
                Ended::Over(over) => return (self.tell)(RemoteNews::Over(over)),
                Ended::Again => {
                    wait = WAIT_MIN;
                    continue;
                }
                Ended::Lost(why) if self.token.is_none() && self.was_in => {
                    // In the waiting room: it is knocked again.
                    why
                }
                Ended::Lost(why) if self.token.is_none() => {
                    return (self.tell)(RemoteNews::Over(Over::Trouble(why)));
                }
                Ended::Lost(why) => why,
            };
            if started.elapsed() > WAIT_MAX {
                wait = WAIT_MIN;
            }
            // Not all at the same moment: a server that comes back has many to greet.
            let again = wait.mul_f64(rand::rng().random_range(0.5..1.0));
            wait = (wait * 2).min(WAIT_MAX);
            (self.tell)(RemoteNews::Link(LinkState::Lost { why, again }));
            if let Some(over) = self.pause(again).await {
                return (self.tell)(RemoteNews::Over(over));
            }
        }
    }

    /// Waits, and hears what is ordered meanwhile.
    async fn pause(&mut self, again: Duration) -> Option<Over> {
        let until = Instant::now() + again;
        loop {
            tokio::select! {
                () = sleep_until(until) => return None,
                order = self.asked.recv() => match order {
                    None | Some(Order::Leave) => return Some(Over::Left),
                    Some(Order::Again) => return None,
                    Some(Order::Fetch(hash)) => { self.fetches.entry(hash).or_insert_with(|| Some(Partial::default())); }
                    Some(Order::Say(_)) => {}
                },
            }
        }
    }

    fn way(&self) -> Way {
        match (self.token, self.before) {
            (Some(_), Some(token)) if self.use_before => Way::Resume { token, have: self.have },
            (Some(token), _) => Way::Resume { token, have: self.have },
            (None, _) => self.call.way.clone(),
        }
    }

    async fn connected(&mut self, mut wire: Wire) -> Ended {
        let enter = FromClient::Enter(Enter { oldest: VERSION, newest: VERSION, way: self.way() });
        if let Err(why) = wire.say(&enter).await {
            return Ended::Lost(why);
        }
        let mut packs = JoinSet::new();
        let mut heard = Instant::now();
        let mut ping = Instant::now() + PING_EVERY;
        let mut pings = 0;
        let mut at_table = false;
        let (mut new, mut last) = (self.token.is_none(), None);
        loop {
            if at_table {
                for (hash, partial) in &mut self.fetches {
                    if let Some(partial) = partial.take() {
                        let (connection, hash) = (wire.connection.clone(), *hash);
                        packs.spawn(async move { (hash, fetch(&connection, hash, partial).await) });
                    }
                }
            }
            tokio::select! {
                message = wire.hear() => {
                    let message = match message {
                        Ok(message) => message,
                        Err(why) => return self.lost(why, packs).await,
                    };
                    heard = Instant::now();
                    if let FromTable::Welcome(welcome) = &message {
                        last = Some(welcome.last);
                    }
                    if let Some(ended) = self.hear(message, &mut at_table) {
                        wire.close();
                        return ended;
                    }
                    // Whoever was told of the first token has kept it by now. The server is told so at once, by asking
                    // for nothing: until then it may take us for somebody who can't come back.
                    if new && at_table && let Some(after) = last {
                        new = false;
                        if let Err(why) = wire.say(&FromClient::Missing { after }).await {
                            return self.lost(why, packs).await;
                        }
                    }
                }
                order = self.asked.recv() => match order {
                    None | Some(Order::Leave) => {
                        let _ = wire.say(&FromClient::Leave).await;
                        // The server ends it; whoever leaves does not wait long for that.
                        let _ = tokio::time::timeout(Duration::from_millis(500), wire.connection.closed()).await;
                        wire.close();
                        return Ended::Over(Over::Left);
                    }
                    Some(Order::Again) => {
                        wire.close();
                        return Ended::Again;
                    }
                    Some(Order::Fetch(hash)) => {
                        self.fetches.entry(hash).or_insert_with(|| Some(Partial::default()));
                    }
                    Some(Order::Say(message)) => {
                        if let Err(why) = wire.say(&message).await {
                            return self.lost(why, packs).await;
                        }
                    }
                },
                Some(Ok((hash, fetched))) = packs.join_next() => match fetched {
                    Fetched::Whole(bytes) => {
                        self.fetches.remove(&hash);
                        (self.tell)(RemoteNews::Pack(hash, Some(bytes)));
                    }
                    Fetched::NotThere => {
                        self.fetches.remove(&hash);
                        (self.tell)(RemoteNews::Pack(hash, None));
                    }
                    Fetched::More(partial) => {
                        self.fetches.insert(hash, Some(partial));
                    }
                },
                () = sleep_until(ping) => {
                    if heard.elapsed() > HEARD_WITHIN {
                        wire.close();
                        return self.lost(NetTrouble::Lost { why: "nothing was heard for a while".into() }, packs).await;
                    }
                    pings += 1;
                    ping = Instant::now() + PING_EVERY;
                    if let Err(why) = wire.say(&FromClient::Ping { n: pings }).await {
                        return self.lost(why, packs).await;
                    }
                }
            }
        }
    }

    /// What has come of packs is kept.
    async fn lost(&mut self, why: NetTrouble, mut packs: JoinSet<([u8; 32], Fetched)>) -> Ended {
        let rest = async {
            while let Some(done) = packs.join_next().await {
                if let Ok((hash, Fetched::More(partial))) = done {
                    self.fetches.insert(hash, Some(partial));
                }
            }
        };
        tokio::select! { () = rest => {}, () = sleep(Duration::from_millis(200)) => {} }
        // One whose task did not end is begun anew.
        for partial in self.fetches.values_mut() {
            partial.get_or_insert_with(Partial::default);
        }
        Ended::Lost(why)
    }

    /// Hears a message, and hands it on; how the connection ends, if it does.
    fn hear(&mut self, message: FromTable, at_table: &mut bool) -> Option<Ended> {
        match &message {
            FromTable::Pong { .. } | FromTable::NotUnderstood => return None,
            FromTable::Entered(entered) => {
                // What was used to come in stays good until the new one is used. One that comes twice is no new one.
                if self.token != Some(entered.token) {
                    let used = if self.use_before { self.before } else { self.token };
                    (self.before, self.token, self.use_before) = (used, Some(entered.token), false);
                }
                *at_table = true;
                self.was_in = true;
                (self.tell)(RemoteNews::Link(LinkState::Connected));
            }
            FromTable::Waiting { .. } => {
                self.was_in = true;
                (self.tell)(RemoteNews::Link(LinkState::Connected));
            }
            FromTable::Events { first, commands, .. } => {
                let count = commands.iter().fold(0_u32, |sum, events| sum.saturating_add(events.len() as u32));
                if *first <= self.have.saturating_add(1) {
                    self.have = self.have.max(first.saturating_add(count).saturating_sub(1));
                }
            }
            FromTable::Refused(Refused::NotGoodAnyMore) if !self.use_before && self.before.is_some() => {
                self.use_before = true;
                return Some(Ended::Again);
            }
            FromTable::Refused(why) if why.passes() && self.token.is_some() => {
                return Some(Ended::Lost(NetTrouble::Lost { why: "the server has no time just now".into() }));
            }
            FromTable::Refused(why) => return Some(Ended::Over(Over::Refused(*why))),
            FromTable::Goodbye(why) if comes_back(*why) && self.token.is_some() => {
                (self.tell)(RemoteNews::Heard(Box::new(message)));
                return Some(Ended::Lost(NetTrouble::Lost { why: "the server ended it for a while".into() }));
            }
            FromTable::Goodbye(why) => {
                let why = *why;
                (self.tell)(RemoteNews::Heard(Box::new(message)));
                return Some(Ended::Over(Over::Goodbye(why)));
            }
            FromTable::Tables(_) => {
                (self.tell)(RemoteNews::Heard(Box::new(message)));
                return Some(Ended::Over(Over::Done));
            }
            _ => {}
        }
        (self.tell)(RemoteNews::Heard(Box::new(message)));
        None
    }
}
