//! A server that runs here, and people who come to it over real QUIC.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use instep_content::{BASE_PACK, Library, Options, Packs};
use instep_net::{Call, LinkState, Over, Remote, RemoteNews, Trust};
use instep_protocol::{
    Address, Answer, Ask, Entered, FromClient, FromTable, Mirror, NewTableWish, News, Role, TableKey, TableSetup,
    Token, Trouble, Way,
};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, OutcomeSet};
use instep_server::make::{PackShelf, about, table_of};
use instep_server::{Caps, Certificate, DataFolder, Listener, Service, Ways};
use tokio::runtime::Runtime;

/// Longer than anything here takes on a slow machine that does other things too.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A server in this process.
pub(crate) struct Server {
    pub(crate) service: Service,
    pub(crate) listener: Listener,
    pub(crate) fingerprint: [u8; 32],
}

impl Server {
    /// Starts over this folder; at this port, or at any.
    pub(crate) fn start(folder: &Path, port: u16) -> Self {
        let folder = DataFolder::hold(folder).expect("nobody holds it");
        let certificate = Certificate::own(&folder).expect("a certificate");
        let fingerprint = certificate.fingerprint.expect("its own");
        let ways = Ways {
            maker: PackShelf::new(folder.packs(), Library::new(None)),
            random: Box::new(|bytes| rand::Rng::fill_bytes(&mut rand::rng(), bytes)),
            caps: Caps::default(),
            retention_days: 30,
            pass: String::new(),
        };
        let service = Service::start(folder, ways, |_| {}).expect("a service");
        let at = SocketAddr::from(([127, 0, 0, 1], port));
        let listener = Listener::open(&service, at, certificate, &[7; 32]).expect("a port");
        Self { service, listener, fingerprint }
    }

    pub(crate) fn port(&self) -> u16 {
        self.listener.address().port()
    }

    pub(crate) fn place(&self) -> Place {
        Place { port: self.port(), fingerprint: self.fingerprint }
    }
}

/// Where a server is.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) port: u16,
    pub(crate) fingerprint: [u8; 32],
}

impl Place {
    pub(crate) fn call(self, way: Way) -> Call {
        Call {
            addresses: vec![Address { host: "127.0.0.1".into(), port: self.port }],
            trust: Trust::Fingerprint(self.fingerprint),
            way,
            before: None,
        }
    }
}

/// The base pack's set-up with so many stones.
pub(crate) fn setup(stones: usize) -> (Packs, TableSetup) {
    let packs = Library::new(None).load(&[BASE_PACK]).expect("the base pack is good");
    let options = Options { outcomes: Some(OutcomeSet::first(stones)), ..Options::default() };
    let table = packs.setup(&options).expect("it can be set up");
    let name = packs.first().manifest.ruleset.clone();
    let about = about(&packs, &table, &options, &name);
    (packs, about)
}

pub(crate) fn create(stones: usize) -> Way {
    Way::Create(Box::new(NewTableWish {
        setup: setup(stones).1,
        called: "Tuesday".into(),
        name: "Host".into(),
        public: false,
        pass: String::new(),
    }))
}

pub(crate) fn invited(key: TableKey, name: &str, role: Role) -> Way {
    Way::Invite { key, name: name.into(), role }
}

/// Somebody elsewhere: a connection that comes back, and a mirror once the table is known.
pub(crate) struct Person {
    pub(crate) remote: Remote,
    news: Receiver<RemoteNews>,
    pub(crate) mirror: Option<Mirror>,
    pub(crate) heard: Vec<FromTable>,
    pub(crate) over: Option<Over>,
    pub(crate) link: Option<LinkState>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) entered: Option<Entered>,
    pub(crate) waiting: bool,
    pub(crate) packs: Vec<([u8; 32], Option<Vec<u8>>)>,
    answers: VecDeque<(u32, Answer)>,
}

impl Person {
    pub(crate) fn calls(runtime: &Runtime, call: Call) -> Self {
        let (sender, news) = channel();
        let remote = Remote::start(runtime.handle(), call, move |n| {
            let _ = sender.send(n);
        });
        Self {
            remote,
            news,
            mirror: None,
            heard: Vec::new(),
            over: None,
            link: None,
            tokens: Vec::new(),
            entered: None,
            waiting: false,
            packs: Vec::new(),
            answers: VecDeque::new(),
        }
    }

    /// Comes in and waits until it is at the table.
    pub(crate) fn comes(runtime: &Runtime, call: Call) -> Self {
        let mut person = Self::calls(runtime, call);
        person.until("being in", |p| p.is_in());
        person
    }

    pub(crate) fn is_in(&self) -> bool {
        self.mirror.as_ref().is_some_and(|m| m.me().is_some())
    }

    pub(crate) fn mirror(&self) -> &Mirror {
        self.mirror.as_ref().expect("at a table")
    }

    /// Takes in what has come; waits a moment for something where nothing has.
    fn hears(&mut self, wait: Duration) {
        let mut next = self.news.recv_timeout(wait).ok();
        while let Some(news) = next {
            self.takes(news);
            next = self.news.try_recv().ok();
        }
    }

    fn takes(&mut self, news: RemoteNews) {
        match news {
            RemoteNews::Link(state) => self.link = Some(state),
            RemoteNews::Over(over) => self.over = Some(over),
            RemoteNews::Pack(hash, bytes) => self.packs.push((hash, bytes)),
            RemoteNews::Heard(message) => {
                self.heard.push((*message).clone());
                match &*message {
                    FromTable::Entered(entered) => {
                        self.tokens.push(entered.token);
                        self.entered = Some((**entered).clone());
                    }
                    FromTable::Waiting { .. } => self.waiting = true,
                    FromTable::Welcome(welcome) if self.mirror.is_none() => {
                        let (packs, _) = setup(1);
                        let table = table_of(&packs, &welcome.setup).expect("the base pack");
                        self.mirror = Some(Mirror::new(table.setup));
                    }
                    _ => {}
                }
                let Some(mirror) = &mut self.mirror else { return };
                match mirror.receive(*message) {
                    Ok(Some(News::Welcome(_))) => {
                        let again: Vec<_> = mirror.unanswered().cloned().collect();
                        again.into_iter().for_each(|message| self.remote.say(message));
                    }
                    Ok(Some(News::Answer { number, answer })) => self.answers.push_back((number, answer)),
                    Ok(_) => {}
                    Err(Trouble::AskAgain(missing)) => self.remote.say(missing),
                    Err(Trouble::OtherSetup) => panic!("another set-up"),
                }
            }
        }
    }

    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, there: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !there(self) {
            assert!(Instant::now() < end, "waited for {what} in vain: {:?} {:?}", self.link, self.over);
            self.hears(Duration::from_millis(20));
        }
    }

    /// Asks without waiting; the number of the request.
    pub(crate) fn says(&mut self, ask: Ask) -> Option<u32> {
        self.hears(Duration::ZERO);
        let message = self.mirror.as_mut()?.ask(ask)?;
        let FromClient::Ask { number, .. } = message else { return None };
        self.remote.say(message);
        Some(number)
    }

    /// Asks, and waits for the answer, however often the connection goes meanwhile.
    #[track_caller]
    pub(crate) fn asks(&mut self, ask: Ask) -> Answer {
        self.until("the answer before", |p| !p.mirror().waits());
        let number = self.says(ask).expect("nothing is in flight");
        self.until("an answer", |p| p.answers.iter().any(|(n, _)| *n == number));
        let at = self.answers.iter().position(|(n, _)| *n == number).expect("it is there");
        self.answers.remove(at).expect("it is there").1
    }

    /// What this person would do next, if it is theirs to do.
    pub(crate) fn next_ask(&mut self, dice: &mut Dice) -> Option<Ask> {
        self.hears(Duration::ZERO);
        let game = self.mirror().game();
        if game.state().path_complete(game.setup()) || game.state().closed() {
            return None;
        }
        let (who, command) = next_command(game, dice, Habit::Uniform)?;
        Some(match (command, who.seat) {
            (Command::Mend(_), Some(seat)) => Ask::Mend { seat, step: "Ring her back by Friday.".into() },
            (command, seat) => Ask::Act { seat, command },
        })
    }

    /// The log as text, to be compared.
    pub(crate) fn log(&self) -> Vec<String> {
        self.mirror().game().log().iter().map(|entry| format!("{entry:?}")).collect()
    }

    pub(crate) fn refused(&self) -> Option<Over> {
        self.over.clone()
    }
}

pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

pub(crate) fn done(answer: Answer) -> bool {
    matches!(answer, Answer::Done { .. })
}
