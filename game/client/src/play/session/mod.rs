//! What every way to play has in common: a table, here or elsewhere, and a mirror of it.

mod away;
mod here;

use std::path::Path;

use instep_content::{Packs, Table};
use instep_protocol::{Answer, Ask, Door, Invite, Mirror, Moment, People};
use instep_words::{Language, View, say};

use super::opened::Opened;
use crate::online::last::Turn;
use crate::problem::Problem;
use crate::{language, out};
use away::Away;
pub(crate) use away::{Coming, Waker};
use here::Here;

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum By {
    /// Whoever opened the table: its facilitator, and everyone's hands in the room. At a table elsewhere, oneself.
    Room,
    /// Somebody who is no facilitator. At a table elsewhere, oneself too.
    Anyone,
}

/// Where the table is.
enum Line {
    /// In this process, and nobody comes from elsewhere.
    Here(Box<Here>),
    /// Elsewhere, or open to others.
    Away(Box<Away>),
}

/// Something that others did, or that became of the connection. What is in the log is told by the log.
#[derive(Debug)]
pub(crate) enum Happening {
    /// Who is there has changed; who was there before.
    People(Box<People>),
    /// New or changed words, by number.
    Words(Vec<u32>),
    Moment(Moment),
    /// The door has changed; what it was before.
    Door(Option<Box<Door>>),
    /// The connection is lost, and is made anew.
    Lost,
    /// It is there again.
    Back,
    /// Something else that should be told.
    Said(String),
}

/// A table that is being played.
pub(crate) struct Session {
    line: Line,
    mirror: Mirror,
    packs: Packs,
    table: Table,
    language: Language,
    happened: Vec<Happening>,
    /// Lines to show before anything else: what was opened, what to know of it.
    pub(crate) greeting: Vec<String>,
}

impl Session {
    /// Connects to the table that was opened here.
    pub(crate) fn connect(opened: Opened) -> Result<Self, Problem> {
        let Opened { room, packs, table, greeting, .. } = opened;
        let mut mirror = Mirror::new(table.setup.clone());
        let here = Here::connect(room, &mut mirror)?;
        let language = language::current();
        Ok(Self { line: Line::Here(Box::new(here)), mirror, packs, table, language, happened: Vec::new(), greeting })
    }

    /// Comes to a table elsewhere, or to one that is open to others, and waits until it is there. `say` is told what is
    /// worth telling meanwhile.
    pub(crate) fn come(coming: Coming, say: impl FnMut(&str) -> Result<(), Problem>) -> Result<Self, Problem> {
        let language = language::current();
        let (away, packs, table, mirror) = Away::come(coming, &language, say)?;
        let (line, happened, greeting) = (Line::Away(Box::new(away)), Vec::new(), Vec::new());
        let mut session = Self { line, mirror, packs, table, language, happened, greeting };
        session.note();
        Ok(session)
    }

    /// One's own mirror.
    pub(crate) fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    pub(crate) fn packs(&self) -> &Packs {
        &self.packs
    }

    pub(crate) fn language(&self) -> &Language {
        &self.language
    }

    /// What there is to be told.
    pub(crate) fn view(&self) -> View<'_> {
        View {
            language: &self.language,
            packs: &self.packs,
            table: &self.table,
            game: self.mirror.game(),
            words: self.mirror.words(),
            people: self.mirror.people(),
        }
    }

    /// Tells what is in the log from the `from`th event on, a line an event; where the log ends now.
    pub(crate) fn tell(&self, from: usize) -> Result<usize, Problem> {
        let view = self.view();
        let log = view.game.log();
        for line in log[from.min(log.len())..].iter().filter_map(|entry| say::entry(&view, entry)) {
            out::line(line)?;
        }
        Ok(log.len())
    }

    /// Writes the record into a folder.
    pub(crate) fn record(&self, dir: &Path) -> Result<(), Problem> {
        match &self.line {
            Line::Here(here) => crate::export::write(&here.stored()?, dir),
            Line::Away(away) => {
                crate::export::write_mirrored(&self.packs, &self.table, away.about(), &self.mirror, dir)
            }
        }
    }

    /// Asks, and waits until the answer is there, however often a connection goes meanwhile: it is on disk then.
    pub(crate) fn ask(&mut self, by: By, ask: Ask) -> Result<Answer, Problem> {
        match &mut self.line {
            Line::Here(here) => here.ask(&mut self.mirror, by, ask),
            Line::Away(away) => {
                let answer = away.ask(&mut self.mirror, ask, &mut self.happened);
                self.note();
                answer
            }
        }
    }

    /// Notes whose turn it is, for when one is not there any more. It may end at any moment, so it is noted as it changes.
    fn note(&mut self) {
        let turn = Turn::now(&self.view(), self.mirror.me());
        if let Line::Away(away) = &mut self.line {
            away.note(turn);
        }
    }

    // A table with others

    /// Whether others come to the table from elsewhere, or one is elsewhere oneself.
    pub(crate) fn is_online(&self) -> bool {
        matches!(self.line, Line::Away(_))
    }

    /// Whether others come to the table here: it closes for them when this ends.
    pub(crate) fn keeps_table(&self) -> bool {
        matches!(&self.line, Line::Away(away) if away.keeps_table())
    }

    /// What wakes whoever waits when something has come; nothing ever does at a table that is here.
    pub(crate) fn waker(&self) -> Option<Waker> {
        match &self.line {
            Line::Here(_) => None,
            Line::Away(away) => Some(away.waker()),
        }
    }

    /// Takes in what has come, without waiting.
    pub(crate) fn hear(&mut self) -> Result<(), Problem> {
        let heard = match &mut self.line {
            Line::Here(_) => Ok(()),
            Line::Away(away) => away.hear(&mut self.mirror, &mut self.happened),
        };
        self.note();
        heard
    }

    /// Waits until something has come, and takes it in.
    pub(crate) fn wait(&mut self) -> Result<(), Problem> {
        let heard = match &mut self.line {
            Line::Here(_) => Ok(()),
            Line::Away(away) => away.wait(&mut self.mirror, &mut self.happened),
        };
        self.note();
        heard
    }

    /// What happened since this was last asked.
    pub(crate) fn take_happened(&mut self) -> Vec<Happening> {
        std::mem::take(&mut self.happened)
    }

    /// Words that are one's own are no news.
    pub(crate) fn knows_own(&mut self, word: Option<u32>) {
        for happening in &mut self.happened {
            if let (Happening::Words(ids), Some(own)) = (happening, word) {
                ids.retain(|id| *id != own);
            }
        }
    }

    /// What opens the table to others; facilitators alone know it.
    pub(crate) fn invite(&self) -> Option<Invite> {
        match (&self.line, self.mirror.door()) {
            (Line::Away(away), Some(door)) => Some(away.invite(door)),
            _ => None,
        }
    }

    /// What somebody types who was told the code: the server's address and the code.
    pub(crate) fn spoken(&self) -> Option<String> {
        match (&self.line, self.mirror.door()) {
            (Line::Away(away), Some(door)) => away.spoken(door),
            _ => None,
        }
    }

    /// Lets others on this network find the table, where this computer keeps it.
    pub(crate) fn announce(&mut self) -> Result<(), Problem> {
        let called = self.mirror.door().map(|door| door.called.clone()).unwrap_or_default();
        match &mut self.line {
            Line::Here(_) => Ok(()),
            Line::Away(away) => away.announce(&called),
        }
    }

    /// Leaves: at a table elsewhere the others are told. Where this computer keeps the table, those who are still
    /// there may take so long to hear the end of it.
    pub(crate) fn leave(self, longest: std::time::Duration) {
        if let Line::Away(away) = self.line {
            away.leave(longest);
        }
    }
}
