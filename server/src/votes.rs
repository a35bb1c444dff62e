//! A team's show of hands: one vote a person, the seat's speaker breaks ties.

use instep_protocol::PersonId;
use instep_rules::{Command, Perspective};

/// What one person of the team voted for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Vote {
    person: PersonId,
    command: Command,
    words: Option<String>,
}

/// The votes for the acting seat's next command.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    seat: Option<Perspective>,
    votes: Vec<Vote>,
}

impl Votes {
    /// The game moved on: what was voted for is of the past.
    pub(crate) fn clear(&mut self) {
        self.votes.clear();
        self.seat = None;
    }

    /// How many have voted.
    pub(crate) fn count(&self) -> usize {
        self.votes.len()
    }

    pub(crate) fn seat(&self) -> Option<Perspective> {
        self.seat
    }

    /// Counts a vote, in place of that person's earlier one. The team's decision, once there is one: more
    /// than half for one command, or all of `team` voted, and then the most, the speaker breaking ties.
    pub(crate) fn cast(
        &mut self,
        seat: Perspective,
        person: PersonId,
        command: Command,
        words: Option<String>,
        team: &[PersonId],
        speaker: Option<PersonId>,
    ) -> Option<(Command, Option<String>)> {
        if self.seat != Some(seat) {
            self.votes.clear();
            self.seat = Some(seat);
        }
        self.votes.retain(|v| v.person != person && team.contains(&v.person));
        self.votes.push(Vote { person, command, words });

        let for_command = |c: Command| self.votes.iter().filter(|v| v.command == c).count();
        let most = self.votes.iter().map(|v| for_command(v.command)).max()?;
        if most * 2 <= team.len() && self.votes.len() < team.len() {
            return None;
        }
        let leads = |v: &&Vote| for_command(v.command) == most;
        let by_speaker = self.votes.iter().filter(leads).find(|v| Some(v.person) == speaker);
        let first = self.votes.iter().find(leads);
        let command = by_speaker.or(first)?.command;
        // The step that keeps a tile is said in the speaker's words, or in the first voter's.
        let with_words = |v: &&Vote| v.command == command && v.words.is_some();
        let words = self
            .votes
            .iter()
            .filter(with_words)
            .find(|v| Some(v.person) == speaker)
            .or_else(|| self.votes.iter().find(with_words))
            .and_then(|v| v.words.clone());
        self.clear();
        Some((command, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: PersonId = PersonId(1);
    const B: PersonId = PersonId(2);
    const C: PersonId = PersonId(3);
    const SEAT: Perspective = Perspective::Third;

    fn cast(votes: &mut Votes, person: PersonId, command: Command) -> Option<Command> {
        votes.cast(SEAT, person, command, None, &[A, B, C], Some(C)).map(|(command, _)| command)
    }

    #[test]
    fn more_than_half_decides_without_the_rest() {
        let mut votes = Votes::default();
        assert_eq!(cast(&mut votes, A, Command::Choose(0)), None);
        assert_eq!(cast(&mut votes, B, Command::Choose(0)), Some(Command::Choose(0)));
        assert_eq!(votes.count(), 0);
    }

    #[test]
    fn the_speaker_breaks_a_tie() {
        let mut votes = Votes::default();
        assert_eq!(cast(&mut votes, A, Command::Choose(0)), None);
        assert_eq!(cast(&mut votes, B, Command::Choose(1)), None);
        assert_eq!(cast(&mut votes, C, Command::Choose(2)), Some(Command::Choose(2)));
    }

    #[test]
    fn a_person_has_one_vote_and_may_change_it() {
        let mut votes = Votes::default();
        assert_eq!(cast(&mut votes, A, Command::Choose(0)), None);
        assert_eq!(cast(&mut votes, A, Command::Choose(1)), None);
        assert_eq!(votes.count(), 1);
        assert_eq!(cast(&mut votes, B, Command::Choose(1)), Some(Command::Choose(1)));
    }
}
