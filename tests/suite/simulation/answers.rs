//! The checks at each answer that reaches whoever asked.

use instep_protocol::{Answer, Ask, Denied};
use instep_rules::{Command, Event, Setting, TeamActs};
use instep_server::TableId;

use crate::world::World;

impl World {
    /// An answer reaches whoever asked.
    pub(crate) fn answered(&mut self, device: usize, number: u32, answer: Answer) {
        const CHECK: &str = "a request is done once, and its answer is its own";
        self.counts.denied += u64::from(matches!(answer, Answer::Denied(_)));
        let d = &mut self.devices[device];
        let (Some((table, person)), Some(asked)) = (d.at, d.asked.get_mut(&number)) else { return };
        let first = asked.answer.replace(answer);
        if !matches!(answer, Answer::Denied(_)) {
            self.ledger.proven.insert((table, person));
        }
        let what = format!("device {device}, request {number} {:?}: {answer:?}, first {first:?}", asked.ask);
        let ask = asked.ask.clone();
        let platter = self.platter.borrow();
        let Some(kept) = platter.tables.get(&table) else { return };
        let of_the_rules = matches!(&ask, Ask::Act { command, .. } if *command != Command::Pass);
        // So many answers are remembered for each person.
        let forgotten = matches!(answer, Answer::Denied(Denied::NumberOutOfOrder { next }) if next > number + 256);
        if let (Some(Answer::Done { .. }), true, false) =
            (first, of_the_rules || matches!(ask, Ask::Mend { .. }), forgotten)
        {
            self.hold(first == Some(answer), "a request that was done gets its first answer again", || what.clone());
        }
        let journalled = kept.asked.iter().find(|(_, a)| a.is_some_and(|(p, n, _)| (p, n) == (person, number)));
        match (answer, &ask) {
            (Answer::Done { word, .. }, Ask::Note { nonce, .. } | Ask::Chat { nonce, .. }) => {
                let own = kept.stored.words.iter().find(|w| w.nonce == *nonce);
                self.hold(own.is_some() && own.map(|w| w.id) == word, CHECK, || what);
            }
            (Answer::Done { .. }, Ask::Act { command: Command::Pass, .. }) => {}
            (Answer::Done { seq, word }, Ask::Act { .. } | Ask::Mend { .. }) => {
                let own = journalled.is_some_and(|(end, a)| *end == seq && a.is_some_and(|(_, _, w)| w == word));
                let hands = kept.stored.about.ruleset.team_acts == TeamActs::ShowOfHands;
                let fits = hands || self.has_set_hands(table) || {
                    let start = journalled.and_then(|_| kept.stored.commands.iter().rev().find(|c| c.first <= seq));
                    start.and_then(|c| c.events.as_deref()).is_some_and(|events| fits(&ask, events))
                };
                self.hold(own && fits, CHECK, || what);
            }
            (Answer::Done { .. } | Answer::Counted { .. }, _) => {}
            (Answer::Denied(Denied::NumberOutOfOrder { .. } | Denied::TableStopped), _) => {}
            (Answer::Denied(_), Ask::Note { nonce, .. } | Ask::Chat { nonce, .. }) => {
                let kept = kept.stored.words.iter().any(|w| w.nonce == *nonce);
                self.hold(!kept, "what is refused was not done", || what);
            }
            (Answer::Denied(_), _) => {
                // Another device of the same person may have done something under this number since.
                let human = self.devices[device].human;
                let alone = self.devices.iter().filter(|d| d.human == human).count() == 1;
                self.hold(journalled.is_none() || !alone, "what is refused was not done", || what);
            }
        }
    }

    /// Whether the setting was ever changed to one where a team's decision may be another's.
    fn has_set_hands(&self, table: TableId) -> bool {
        let platter = self.platter.borrow();
        let set = |e: &Event| matches!(e, Event::SettingChanged { setting: Setting::TeamActs(_) });
        platter.tables.get(&table).is_some_and(|kept| kept.log.iter().any(set))
    }
}

/// Whether these events are what this request brings about.
fn fits(ask: &Ask, events: &[Event]) -> bool {
    let has = |look: &dyn Fn(&Event) -> bool| events.iter().any(look);
    let Ask::Act { command, .. } = ask else {
        return has(&|e| matches!(e, Event::TileMended { .. }));
    };
    match *command {
        Command::Roll => has(&|e| matches!(e, Event::DieRolled { typed: false, .. })),
        Command::RollTyped(n) => has(&|e| matches!(e, Event::DieRolled { typed: true, face, .. } if *face == n)),
        Command::Walk(way) => has(&|e| matches!(e, Event::CounterMoved { direction, .. } if *direction == way)),
        Command::EndTalk => has(&|e| matches!(e, Event::TalkEnded)),
        Command::Choose(n) => has(&|e| matches!(e, Event::ChoiceMade { option } if *option == n)),
        Command::Place(colour, outcome) => {
            has(&|e| matches!(e, Event::TilePlaced { tile, .. } if (tile.colour, tile.outcome) == (colour, outcome)))
        }
        Command::Undo(_) => has(&|e| matches!(e, Event::Undone { .. })),
        Command::Redraw => has(&|e| matches!(e, Event::CardRedrawn)),
        Command::Close => has(&|e| matches!(e, Event::GameClosed)),
        Command::Set(_) => has(&|e| matches!(e, Event::SettingChanged { .. })),
        Command::DeclinePass => has(&|e| matches!(e, Event::PassDeclined)),
        _ => true,
    }
}
