//! A room to test in: the base pack, and people who ask.

use std::path::Path;

use instep_content::{BASE_PACK, Library, Options};
use instep_protocol::{Answer, Ask, Denied, FromClient, FromTable, Mirror, News, PackPin, PersonId, Role, TableSetup};
use instep_record::{Header, Names, PackRef, to_hex};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, OutcomeSet, Salt, Seed, Setting};
use instep_server::{DataFolder, Hall, Link, NewTable, Room};

pub(crate) const SEED: Seed = Seed(*b"canary-seed-never-to-be-seen-000");
pub(crate) const SALT: Salt = Salt(*b"canary-salt-never-to-be-seen-000");

/// A new table of the base pack with these settings on top of guided.
pub(crate) fn new_table(outcomes: usize, settings: &[Setting]) -> NewTable {
    let packs = Library::new(None).load(&[BASE_PACK]).expect("the base pack is good");
    let options =
        Options { outcomes: Some(OutcomeSet::first(outcomes)), settings: settings.to_vec(), ..Options::default() };
    let table = packs.setup(&options).expect("the base pack can be set up");
    let id = |n: usize| packs.perspectives()[n].id.clone();
    let names = Names {
        perspectives: [id(0), id(1), id(2), id(3)],
        outcomes: packs.outcomes().iter().map(|o| o.id.clone()).collect(),
        cards: table.cards.iter().map(|c| packs.item(*c).expect("its own card").id().to_owned()).collect(),
    };
    let pins: Vec<PackPin> = packs.hashes().map(|(id, hash)| PackPin { id: id.to_owned(), hash: hash.0 }).collect();
    let refs = pins.iter().map(|p| PackRef { id: p.id.clone(), version: "1".into(), hash: to_hex(&p.hash) });
    NewTable {
        header: Header::new(refs.collect(), names, &table.setup, "guided").expect("a good header"),
        about: TableSetup {
            packs: pins,
            without_themes: Vec::new(),
            ruleset_name: "guided".into(),
            ruleset: *table.setup.ruleset(),
            in_play: table.setup.in_play(),
            begun: table.setup.begun(),
        },
        seed: SEED,
        salt: SALT,
    }
}

pub(crate) fn hall(folder: &Path) -> Hall {
    Hall::open(DataFolder::hold(folder).expect("nobody holds it")).expect("a folder that can be written")
}

/// A room with a new table.
pub(crate) fn room(folder: &Path, settings: &[Setting]) -> Room {
    Room::create(hall(folder), new_table(2, settings)).expect("a new table")
}

/// The room again, after whatever happened.
pub(crate) fn again(folder: &Path) -> Room {
    let hall = hall(folder);
    let table = hall.stored().tables().expect("a list").pop().expect("a table").id;
    Room::reopen(hall, table).expect("a whole table")
}

/// Somebody with a link and a mirror, who remembers every byte that they were sent.
pub(crate) struct Someone {
    pub(crate) link: Link,
    pub(crate) mirror: Mirror,
    pub(crate) heard: Vec<FromTable>,
}

impl Someone {
    pub(crate) fn id(&self) -> PersonId {
        self.link.person()
    }

    /// Connects and says hello.
    pub(crate) fn joins(room: &mut Room, person: PersonId) -> Self {
        let setup = room.hall().table(room.table()).expect("the table").game().setup().clone();
        let link = room.connect(person);
        let mut someone = Self { link, mirror: Mirror::new(setup), heard: Vec::new() };
        let hello = someone.mirror.hello();
        room.send(person, &hello).expect("kept");
        someone.hears();
        someone
    }

    /// Somebody new of this role.
    pub(crate) fn new(room: &mut Room, role: Role) -> Self {
        let person = room.add_person(role).expect("the table is there");
        Self::joins(room, person)
    }

    /// Takes in what was sent.
    pub(crate) fn hears(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        while let Some(message) = self.link.take() {
            self.heard.push(message.clone());
            news.extend(self.mirror.receive(message).expect("messages fit"));
        }
        news
    }

    /// Sends a message as it is; the answer to its number.
    pub(crate) fn says(&mut self, room: &mut Room, message: &FromClient) -> Answer {
        room.send(self.id(), message).expect("kept");
        let FromClient::Ask { number, .. } = message else { panic!("no answer is due") };
        self.hears()
            .into_iter()
            .find_map(|news| match news {
                News::Answer { number: n, answer } if n == *number => Some(answer),
                _ => None,
            })
            .expect("every request is answered")
    }

    /// Asks through the mirror.
    pub(crate) fn asks(&mut self, room: &mut Room, ask: Ask) -> Answer {
        self.hears();
        let message = self.mirror.ask(ask).expect("nothing is in flight");
        self.says(room, &message)
    }

    /// A command for whichever seat's turn it is.
    pub(crate) fn acts(&mut self, room: &mut Room, command: Command) -> Answer {
        self.hears();
        let seat = Some(self.mirror.game().state().seat());
        self.asks(room, Ask::Act { seat, command })
    }

    /// What a scripted player does next; nothing once the path is complete.
    pub(crate) fn next_ask(&mut self, dice: &mut Dice) -> Option<Ask> {
        self.hears();
        let game = self.mirror.game();
        if game.state().path_complete(game.setup()) || game.state().closed() {
            return None;
        }
        let (who, command) = next_command(game, dice, Habit::Uniform)?;
        Some(match (command, who.seat) {
            (Command::Mend(_), Some(seat)) => Ask::Mend { seat, step: "Ring her back by Friday.".into() },
            (command, seat) => Ask::Act { seat, command },
        })
    }
}

pub(crate) fn done(answer: Answer) -> bool {
    matches!(answer, Answer::Done { .. })
}

pub(crate) fn denied(answer: Answer) -> Denied {
    match answer {
        Answer::Denied(denied) => denied,
        other => panic!("{other:?} instead of a refusal"),
    }
}
