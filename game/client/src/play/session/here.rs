//! A room in this process, and the links to it.

use instep_protocol::{Answer, Ask, Denied, FromClient, Mirror, News, Role, Trouble};
use instep_server::{Link, Room, StoredTable};

use super::By;
use crate::problem::Problem;

/// A table in this process.
pub(super) struct Here {
    room: Room,
    link: Link,
    /// Somebody who is no facilitator; made when first needed.
    guest: Option<(Link, Mirror)>,
}

impl Here {
    /// Connects the room's facilitator.
    pub(super) fn connect(mut room: Room, mirror: &mut Mirror) -> Result<Self, Problem> {
        let link = room.connect(room.creator());
        let mut here = Self { room, link, guest: None };
        say_hello(&mut here.room, &mut here.link, mirror)?;
        Ok(here)
    }

    /// The table as it is on disk.
    pub(super) fn stored(&self) -> Result<StoredTable, Problem> {
        Ok(self.room.hall().stored().table(self.room.table())?)
    }

    pub(super) fn ask(&mut self, mirror: &mut Mirror, by: By, ask: Ask) -> Result<Answer, Problem> {
        let Self { room, link, guest } = self;
        if by == By::Room {
            return ask_over(room, link, mirror, ask);
        }
        let (guest_link, guest_mirror) = match guest {
            Some(guest) => guest,
            None => {
                let person = room.add_person(Role::Player).ok_or_else(stopped)?;
                let guest = guest.insert((room.connect(person), Mirror::new(mirror.game().setup().clone())));
                say_hello(room, &mut guest.0, &mut guest.1)?;
                guest
            }
        };
        let answer = ask_over(room, guest_link, guest_mirror, ask);
        hear(room, link, mirror)?;
        answer
    }
}

fn say_hello(room: &mut Room, link: &mut Link, mirror: &mut Mirror) -> Result<(), Problem> {
    room.send(link.person(), &mirror.hello())?;
    hear(room, link, mirror)?;
    if mirror.me().is_none() {
        return Err(Problem::Machine("The table let nobody in: start again.".into()));
    }
    Ok(())
}

fn ask_over(room: &mut Room, link: &mut Link, mirror: &mut Mirror, ask: Ask) -> Result<Answer, Problem> {
    // What happened is heard before something is asked against it.
    hear(room, link, mirror)?;
    let Some(message) = mirror.ask(ask) else {
        return Err(Problem::Machine("The table has not answered yet: start again.".into()));
    };
    let FromClient::Ask { number, .. } = message else { return Err(stopped()) };
    room.send(link.person(), &message)?;
    let answer = hear(room, link, mirror)?.into_iter().find_map(|news| match news {
        News::Answer { number: answered, answer } if answered == number => Some(answer),
        _ => None,
    });
    answer.ok_or_else(stopped)
}

/// Takes in everything that has come.
fn hear(room: &mut Room, link: &mut Link, mirror: &mut Mirror) -> Result<Vec<News>, Problem> {
    let mut news = Vec::new();
    while let Some(message) = link.take() {
        match mirror.receive(message) {
            Ok(Some(News::Goodbye(Denied::TableStopped))) => {
                return Err(room.hall().trouble().cloned().map_or_else(stopped, Problem::from));
            }
            Ok(some) => news.extend(some),
            Err(Trouble::AskAgain(missing)) => room.send(link.person(), &missing)?,
            Err(Trouble::OtherSetup) => return Err(stopped()),
        }
    }
    Ok(news)
}

fn stopped() -> Problem {
    Problem::Machine("The table has stopped; nothing that was shown is lost: start again.".into())
}
