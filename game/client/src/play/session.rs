//! A room, a link and a mirror: what every way to play has in common.

use instep_content::{Packs, Table};
use instep_protocol::{Answer, Ask, Denied, FromClient, Mirror, News, Role, Trouble};
use instep_server::{Link, Room, StoredTable};
use instep_words::{Language, View, say};

use super::opened::Opened;
use crate::problem::Problem;
use crate::{language, out};

/// One person's end: link and mirror.
struct Seat {
    link: Link,
    mirror: Mirror,
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum By {
    /// Whoever opened the table: its facilitator, and everyone's hands in the room.
    Room,
    /// Somebody who is no facilitator.
    Anyone,
}

/// A table that is being played here.
pub(crate) struct Session {
    room: Room,
    seat: Seat,
    /// Made when first needed.
    guest: Option<Seat>,
    packs: Packs,
    table: Table,
    language: Language,
    /// Lines to show before anything else: what was opened, what to know of it.
    pub(crate) greeting: Vec<String>,
}

impl Session {
    /// Connects to the room's table.
    pub(crate) fn connect(opened: Opened) -> Result<Self, Problem> {
        let Opened { mut room, packs, table, greeting, .. } = opened;
        let creator = room.creator();
        let seat = Seat { link: room.connect(creator), mirror: Mirror::new(table.setup.clone()) };
        let language = language::current();
        let mut session = Self { room, seat, guest: None, packs, table, language, greeting };
        session.say_hello(By::Room)?;
        Ok(session)
    }

    fn end(&mut self, by: By) -> &mut Seat {
        match (by, &mut self.guest) {
            (By::Anyone, Some(guest)) => guest,
            _ => &mut self.seat,
        }
    }

    fn say_hello(&mut self, by: By) -> Result<(), Problem> {
        let end = self.end(by);
        let (person, hello) = (end.link.person(), end.mirror.hello());
        self.room.send(person, &hello)?;
        self.hear(by)?;
        if self.end(by).mirror.me().is_none() {
            return Err(Problem::Machine("The table let nobody in: start again.".into()));
        }
        Ok(())
    }

    /// The room's mirror.
    pub(crate) fn mirror(&self) -> &Mirror {
        &self.seat.mirror
    }

    pub(crate) fn packs(&self) -> &Packs {
        &self.packs
    }

    /// What there is to be told.
    pub(crate) fn view(&self) -> View<'_> {
        let mirror = self.mirror();
        View {
            language: &self.language,
            packs: &self.packs,
            table: &self.table,
            game: mirror.game(),
            words: mirror.words(),
            people: mirror.people(),
        }
    }

    /// Tells what is in the log from the `from`th event on, a line an event; where the log ends now.
    pub(crate) fn tell(&self, from: usize) -> Result<usize, Problem> {
        let view = self.view();
        let log = view.game.log();
        for line in log[from..].iter().filter_map(|entry| say::entry(&view, entry)) {
            out::line(line)?;
        }
        Ok(log.len())
    }

    /// The table as it is on disk.
    pub(crate) fn stored(&self) -> Result<StoredTable, Problem> {
        Ok(self.room.hall().stored().table(self.room.table())?)
    }

    /// Asks, and waits until the answer is there: it is on disk then.
    pub(crate) fn ask(&mut self, by: By, ask: Ask) -> Result<Answer, Problem> {
        if by == By::Anyone && self.guest.is_none() {
            let person = self.room.add_person(Role::Player).ok_or_else(stopped)?;
            let link = self.room.connect(person);
            self.guest = Some(Seat { link, mirror: Mirror::new(self.table.setup.clone()) });
            self.say_hello(By::Anyone)?;
        }
        // The guest hears what happened before it asks against it.
        self.hear(by)?;
        let end = self.end(by);
        let person = end.link.person();
        let Some(message) = end.mirror.ask(ask) else {
            return Err(Problem::Machine("The table has not answered yet: start again.".into()));
        };
        let FromClient::Ask { number, .. } = message else { return Err(stopped()) };
        self.room.send(person, &message)?;
        let answer = self.hear(by)?.into_iter().find_map(|news| match news {
            News::Answer { number: answered, answer } if answered == number => Some(answer),
            _ => None,
        });
        if by == By::Anyone {
            self.hear(By::Room)?;
        }
        answer.ok_or_else(stopped)
    }

    /// Takes in everything that has come.
    fn hear(&mut self, by: By) -> Result<Vec<News>, Problem> {
        let mut news = Vec::new();
        loop {
            let end = self.end(by);
            let Some(message) = end.link.take() else { return Ok(news) };
            match end.mirror.receive(message) {
                Ok(Some(News::Goodbye(Denied::TableStopped))) => return Err(self.trouble()),
                Ok(some) => news.extend(some),
                Err(Trouble::AskAgain(missing)) => {
                    let person = end.link.person();
                    self.room.send(person, &missing)?;
                }
                Err(Trouble::OtherSetup) => return Err(stopped()),
            }
        }
    }

    fn trouble(&self) -> Problem {
        self.room.hall().trouble().cloned().map_or_else(stopped, Problem::from)
    }
}

fn stopped() -> Problem {
    Problem::Machine("The table has stopped; nothing that was shown is lost: start again.".into())
}
