//! A table elsewhere, or one that this program keeps for others: its end, and what is heard there.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use instep_content::{Packs, Table};
use instep_net::{Call, LinkState, Trust};
use instep_protocol::{
    Address, Answer, Ask, Door, FromClient, FromTable, Invite, Mirror, News, PersonId, Role, TableSetup, Word,
};
use instep_server::TableId;
use instep_words::Language;
use tokio::runtime::Runtime;

use super::Happening;
use crate::online::last::Turn;
use crate::online::{self, End, Far, FarNews, Keeper, Open, Place, Places};
use crate::out;
use crate::problem::Problem;

/// How long a goodbye may take.
const LEAVES_WITHIN: Duration = Duration::from_secs(1);

/// How somebody comes to a table.
pub(crate) enum Coming {
    /// To a server.
    Call { call: Box<Call>, keeper: Box<Keeper>, data: PathBuf },
    /// To a table of this computer that is open to others.
    Open { open: Box<Open>, table: TableId, person: PersonId },
}

/// Wakes whoever waits when something has come.
#[derive(Clone, Default)]
pub(crate) struct Waker(Arc<Mutex<Option<Wake>>>);

type Wake = Box<dyn Fn() + Send>;

impl Waker {
    /// What is to be done then.
    pub(crate) fn set(&self, wake: impl Fn() + Send + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(wake));
    }

    fn wake(&self) {
        if let Some(wake) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            wake();
        }
    }
}

/// A table with others.
pub(super) struct Away {
    // Dropped first: what it runs on comes after it.
    far: Far,
    news: Receiver<FarNews>,
    waker: Waker,
    about: TableSetup,
    addresses: Vec<Address>,
    trust: Trust,
    language: Language,
    lost: bool,
    /// One's place there, once one has come in, and the list that has it.
    place: Option<Box<Place>>,
    places: Option<Places>,
    noted: Option<Turn>,
    /// This computer's tables, open to others; which of them is played here.
    open: Option<(Box<Open>, TableId)>,
    _runtime: Option<Runtime>,
}

/// What is there once somebody has come.
type Come = (Away, Packs, Table, Mirror);

impl Away {
    pub(super) fn come(
        coming: Coming,
        language: &Language,
        mut say: impl FnMut(&str) -> Result<(), Problem>,
    ) -> Result<Come, Problem> {
        let (sender, news) = channel();
        let waker = Waker::default();
        let wakes = waker.clone();
        let tell = move |news| {
            // Nobody listens any more: then this ends soon.
            let _ = sender.send(news);
            wakes.wake();
        };
        let mut places = None;
        let (far, addresses, trust, open, runtime) = match coming {
            Coming::Call { call, keeper, data } => {
                let runtime = online::runtime()?;
                let (addresses, trust) = (call.addresses.clone(), call.trust);
                let host = addresses.first().map(ToString::to_string).unwrap_or_default();
                places = keeper.places.clone();
                say(&language.with("online-connecting", &[("host", (&host).into())]))?;
                let far = Far::call(runtime.handle(), *call, Some(*keeper), &data, language.clone(), tell)?;
                (far, addresses, trust, None, Some(runtime))
            }
            Coming::Open { open, table, person } => {
                let far = open.far(table, person, language.clone(), tell)?;
                let (addresses, trust) = (open.addresses(), open.trust());
                (far, addresses, trust, Some((open, table)), None)
            }
        };
        let (mut told_lost, mut place) = (false, None);
        let about = loop {
            match next(&news)? {
                FarNews::Waiting { called } if called.trim().is_empty() => say(&language.text("online-waiting"))?,
                FarNews::Waiting { called } => {
                    say(&language.with("online-waiting-at", &[("table", (&called).into())]))?;
                }
                FarNews::Fetching(ids) => {
                    say(&language.with("online-fetching", &[("packs", (&ids.join(", ")).into())]))?;
                }
                FarNews::Link(LinkState::Lost { why, .. }) if !std::mem::replace(&mut told_lost, true) => {
                    say(&online::net_trouble(language, &why).to_string())?;
                    say(&language.text("online-trying"))?;
                }
                FarNews::Entered { called } if !called.trim().is_empty() => {
                    say(&language.with("online-entering", &[("table", (&called).into())]))?;
                }
                FarNews::Trouble(why) => say(&why)?,
                FarNews::Place(kept) => place = Some(kept),
                FarNews::Over(end) => return Err(end.problem(language)),
                FarNews::Opened(table) => break *table,
                FarNews::Link(_) | FarNews::Entered { .. } | FarNews::Heard(_) | FarNews::Tables(_) => {}
            }
        };
        let mut mirror = Mirror::new(about.table.setup.clone());
        let language = language.clone();
        let mut away = Self {
            far,
            news,
            waker,
            about: about.about,
            addresses,
            trust,
            language,
            lost: false,
            place,
            places,
            noted: None,
            open,
            _runtime: runtime,
        };
        // What is there is told in one go; whoever opens the door is told of it last.
        let there =
            |mirror: &Mirror| mirror.me().is_some_and(|me| me.role != Role::Facilitator || mirror.door().is_some());
        while !there(&mirror) {
            away.wait(&mut mirror, &mut Vec::new())?;
        }
        Ok((away, about.packs, about.table, mirror))
    }

    pub(super) fn about(&self) -> &TableSetup {
        &self.about
    }

    pub(super) fn waker(&self) -> Waker {
        self.waker.clone()
    }

    pub(super) fn keeps_table(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn invite(&self, door: &Door) -> Invite {
        online::invite(&self.addresses, self.trust, door)
    }

    /// What somebody types who was told the code; `None` where an address alone does not say whom to trust.
    pub(super) fn spoken(&self, door: &Door) -> Option<String> {
        let found = self.open.as_ref().is_some_and(|(open, _)| open.is_announced());
        let host = self.addresses.first().filter(|_| found || self.trust == Trust::Authorities)?;
        Some(format!("{host}/{}", door.code))
    }

    /// Notes whose turn it is, for the list of places.
    pub(super) fn note(&mut self, turn: Turn) {
        if self.noted.as_ref() == Some(&turn) {
            return;
        }
        if let (Some(place), Some(places)) = (&self.place, &self.places) {
            // It is only for the list: nobody is held up for it.
            let _ = places.note(place.id, &turn);
            self.noted = Some(turn);
        }
    }

    pub(super) fn announce(&mut self, called: &str) -> Result<(), Problem> {
        match &mut self.open {
            Some((open, table)) => open.announce(*table, called),
            None => Ok(()),
        }
    }

    /// Asks, and waits for the answer, however often the connection goes meanwhile.
    pub(super) fn ask(
        &mut self,
        mirror: &mut Mirror,
        ask: Ask,
        happened: &mut Vec<Happening>,
    ) -> Result<Answer, Problem> {
        self.hear(mirror, happened)?;
        let Some(message) = mirror.ask(ask) else {
            return Err(Problem::Machine(self.language.text("online-not-answered")));
        };
        let FromClient::Ask { number, .. } = message else {
            return Err(Problem::Machine(self.language.text("online-not-answered")));
        };
        self.far.say(message);
        loop {
            let news = next(&self.news)?;
            if let Some(News::Answer { number: answered, answer }) = self.take(news, mirror, happened)?
                && answered == number
            {
                return Ok(answer);
            }
            self.tell_line(happened)?;
        }
    }

    /// Takes in what has come, without waiting.
    pub(super) fn hear(&mut self, mirror: &mut Mirror, happened: &mut Vec<Happening>) -> Result<(), Problem> {
        while let Ok(news) = self.news.try_recv() {
            self.take(news, mirror, happened)?;
        }
        Ok(())
    }

    /// Waits until something has come, and takes it in.
    pub(super) fn wait(&mut self, mirror: &mut Mirror, happened: &mut Vec<Happening>) -> Result<(), Problem> {
        let news = next(&self.news)?;
        self.take(news, mirror, happened)?;
        self.hear(mirror, happened)?;
        self.tell_line(happened)
    }

    /// What became of the connection is told at once while somebody waits for an answer.
    fn tell_line(&self, happened: &mut Vec<Happening>) -> Result<(), Problem> {
        let line = |h: &Happening| match h {
            Happening::Lost => Some(self.language.text("online-lost")),
            Happening::Back => Some(self.language.text("online-back")),
            _ => None,
        };
        let lines: Vec<String> = happened.iter().filter_map(line).collect();
        happened.retain(|h| line(h).is_none());
        lines.iter().try_for_each(|line| out::folded(line))
    }

    fn take(
        &mut self,
        news: FarNews,
        mirror: &mut Mirror,
        happened: &mut Vec<Happening>,
    ) -> Result<Option<News>, Problem> {
        let message = match news {
            FarNews::Link(LinkState::Connected) => {
                if std::mem::take(&mut self.lost) {
                    happened.push(Happening::Back);
                }
                return Ok(None);
            }
            FarNews::Link(LinkState::Lost { .. }) => {
                if !std::mem::replace(&mut self.lost, true) {
                    happened.push(Happening::Lost);
                }
                return Ok(None);
            }
            FarNews::Trouble(why) => {
                happened.push(Happening::Said(why));
                return Ok(None);
            }
            FarNews::Place(place) => {
                self.place = Some(place);
                return Ok(None);
            }
            FarNews::Over(end) => return Err(end.problem(&self.language)),
            FarNews::Heard(message) => *message,
            FarNews::Link(LinkState::Connecting)
            | FarNews::Waiting { .. }
            | FarNews::Entered { .. }
            | FarNews::Fetching(_)
            | FarNews::Opened(_)
            | FarNews::Tables(_) => return Ok(None),
        };
        let people = matches!(message, FromTable::People(_)).then(|| Box::new(mirror.people().clone()));
        let door = matches!(message, FromTable::Door(_)).then(|| mirror.door().cloned().map(Box::new));
        let new = match &message {
            FromTable::Words(words) => new_words(mirror.words(), words),
            _ => Vec::new(),
        };
        let (news, say) = online::hear(mirror, message);
        say.into_iter().for_each(|message| self.far.say(message));
        match (&news, people, door) {
            (Some(News::People), Some(before), _) => happened.push(Happening::People(before)),
            (Some(News::Door), _, Some(before)) => happened.push(Happening::Door(before)),
            (Some(News::Words(_)), ..) => happened.push(Happening::Words(new)),
            (Some(News::Moment(moment)), ..) => happened.push(Happening::Moment(*moment)),
            _ => {}
        }
        Ok(news)
    }

    /// Says goodbye. Where this computer keeps the table, the others hear the end of it first.
    pub(super) fn leave(self, longest: Duration) {
        let Self { far, news, open, .. } = self;
        far.leave();
        let until = Instant::now() + LEAVES_WITHIN;
        while let Ok(said) = news.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if matches!(said, FarNews::Over(_)) {
                break;
            }
        }
        drop(far);
        if let Some((open, _)) = open {
            open.wait_for_others(longest);
            open.stop();
        }
    }
}

/// What comes next.
fn next(news: &Receiver<FarNews>) -> Result<FarNews, Problem> {
    // The other end goes only with the thread that looks after it, and says so before.
    Ok(news.recv().unwrap_or(FarNews::Over(End::Left)))
}

/// Which of these words are news, by number. Those that only changed in what may be done with them, as they do for
/// a facilitator who hides them, were read before.
fn new_words(known: &[Word], words: &[Word]) -> Vec<u32> {
    let text = |id: u32| known.binary_search_by_key(&id, |word| word.id).ok().map(|at| &known[at].text);
    words.iter().filter(|word| text(word.id) != Some(&word.text)).map(|word| word.id).collect()
}

#[cfg(test)]
mod tests {
    use instep_protocol::{Audience, WordKind, WordText};

    use super::*;

    fn word(id: u32, text: WordText) -> Word {
        let (kind, audience) = (WordKind::Note, Audience::Everyone);
        Word { id, kind, seat: None, card: None, audience, text, by: None, reported: false, hidden: false }
    }

    #[test]
    fn words_that_only_changed_their_flags_are_no_news() {
        let said = |text: &str| WordText::Said(text.into());
        let known = [word(1, said("one")), word(2, said("two")), word(4, WordText::Hidden)];
        let hidden = Word { hidden: true, ..known[0].clone() };
        let reported = Word { reported: true, ..known[1].clone() };
        assert_eq!(new_words(&known, &[hidden, reported, known[2].clone()]), [] as [u32; 0]);
        let others = [word(1, WordText::Hidden), word(3, said("three")), word(4, said("four"))];
        assert_eq!(new_words(&known, &others), [1, 3, 4]);
    }
}
