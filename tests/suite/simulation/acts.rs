//! What people do at a table.

use instep_protocol::{Ask, Audience, FromClient, Mirror, Role, WordKind, WordText};
use instep_rules::players::{Habit, next_command};
use instep_rules::{Command, Passing, Perspective, Setting, TeamActs};

use crate::plan::Luck;
use crate::typed::TypedWords;
use crate::world::{Next, World};

impl World {
    /// A person looks at their device, and perhaps does something.
    pub(crate) fn think(&mut self, device: usize) {
        if !self.lively {
            return;
        }
        let after = self.luck.between(self.plan.think_ms / 2, self.plan.think_ms * 2);
        let d = &self.devices[device];
        self.soon(after.max(d.off_until.saturating_sub(self.now.ms)), Next::Think(device));
        let d = &self.devices[device];
        let Some(conn) = d.conn.filter(|_| d.stalled_until <= self.now.ms) else { return };
        if d.liar {
            return self.lie(device, conn);
        }
        if !d.inside {
            // Whoever waits may lose patience.
            if d.waits && self.luck.percent(2) {
                self.hangs_up(conn);
                self.lost(device, conn);
            }
            return;
        }
        if self.luck.percent(1) {
            // Goodbye for a while, with a word.
            self.send(conn, &FromClient::Leave);
            return;
        }
        let Some(mirror) = &d.mirror else { return };
        let ask = act(mirror, d.slot, &self.plan, &mut self.luck, &mut self.ledger.typed);
        if let Some(ask) = ask {
            self.ask(device, ask);
        }
    }
}

fn act(mirror: &Mirror, slot: usize, plan: &crate::plan::Plan, luck: &mut Luck, typed: &mut TypedWords) -> Option<Ask> {
    let me = mirror.me()?;
    let waiting = mirror.door().and_then(|door| door.waiting.first()).map(|w| w.id);
    if let Some(waiting) = waiting.filter(|_| luck.percent(50)) {
        let role = if luck.percent(80) { Role::Player } else { Role::Observer };
        return Some(if luck.percent(85) { Ask::Admit { waiting, role } } else { Ask::TurnAway { waiting } });
    }
    if mirror.people().paused && luck.percent(30) {
        return Some(Ask::Pause(false));
    }
    if me.role == Role::Player && me.seats.is_empty() && luck.percent(30) {
        return luck.of(&Perspective::ALL).map(Ask::TakeSeat);
    }
    if !luck.percent(plan.aside) {
        return play(mirror, luck, typed, slot);
    }
    if me.role == Role::Facilitator && luck.percent(50) {
        leads(mirror, luck, typed, slot, plan)
    } else {
        aside(mirror, luck, typed, slot)
    }
}

/// The next command of the game, if it is this person's to give.
fn play(mirror: &Mirror, luck: &mut Luck, typed: &mut TypedWords, slot: usize) -> Option<Ask> {
    if mirror.waits() {
        return None;
    }
    let seat = mirror.who().seat?;
    let (_, command) = next_command(mirror.game(), luck.dice(), Habit::Uniform)?;
    Some(match command {
        Command::Mend(_) => Ask::Mend { seat, step: typed.new_text(slot, false) },
        command => Ask::Act { seat: Some(seat), command },
    })
}

fn nonce(luck: &mut Luck) -> [u8; 16] {
    let mut nonce = [0; 16];
    luck.fill(&mut nonce);
    nonce
}

/// What anybody may do beside playing, and some that not everybody may.
fn aside(mirror: &Mirror, luck: &mut Luck, typed: &mut TypedWords, slot: usize) -> Option<Ask> {
    let me = mirror.me()?;
    let seat = luck.of(&Perspective::ALL)?;
    let own = Perspective::ALL.into_iter().find(|s| me.seats.has(*s));
    let someone = luck.of(&mirror.people().people.iter().map(|p| p.id).collect::<Vec<_>>())?;
    let some_words = luck.of(&mirror.words().iter().map(|w| w.id).collect::<Vec<_>>());
    Some(match luck.below(22) {
        0..=5 => {
            let private = luck.percent(40);
            let audience = if private { Audience::Facilitators } else { Audience::Everyone };
            let kind = luck.of(&[WordKind::Note, WordKind::Reason])?;
            Ask::Note { seat: own, kind, audience, text: typed.new_text(slot, private), nonce: nonce(luck) }
        }
        6 => Ask::Note {
            seat: own.or(Some(seat)),
            kind: WordKind::TeamName,
            audience: Audience::Everyone,
            text: typed.new_text(slot, false),
            nonce: nonce(luck),
        },
        7..=9 => Ask::Chat { text: typed.new_text(slot, false), nonce: nonce(luck) },
        10 => Ask::Name(typed.new_text(slot, false)),
        11 => Ask::Hand(luck.percent(50)),
        12 => Ask::Point(mirror.game().setup().in_play().iter().next()?),
        13 => Ask::PointCard,
        14..=15 => Ask::TakeSeat(seat),
        16 => Ask::LeaveSeat(own.unwrap_or(seat)),
        17 => Ask::MakeSpeaker { seat: own.unwrap_or(seat), person: someone },
        18 => Ask::Report { id: some_words? },
        19 => Ask::Act { seat: None, command: Command::Pass },
        20 => Ask::ClaimFacilitator,
        _ => Ask::Pause(luck.percent(40)),
    })
}

/// What a facilitator does.
fn leads(
    mirror: &Mirror,
    luck: &mut Luck,
    typed: &mut TypedWords,
    slot: usize,
    plan: &crate::plan::Plan,
) -> Option<Ask> {
    let others: Vec<_> =
        mirror.people().people.iter().map(|p| p.id).filter(|id| Some(*id) != mirror.me().map(|p| p.id)).collect();
    let someone = luck.of(&others);
    let act = |command| Ask::Act { seat: None, command };
    let shown: Vec<_> = mirror.words().iter().filter(|w| matches!(w.text, WordText::Said(_))).map(|w| w.id).collect();
    Some(match luck.below(28) {
        0..=2 => act(Command::Undo(luck.between(1, 3) as u32)),
        3 => act(Command::Redraw),
        4 => act(Command::DeclinePass),
        5 => act(Command::EndTalk),
        6 => act(Command::Set(luck.of(TeamActs::ALL).map(Setting::TeamActs)?)),
        7 => act(Command::Set(luck.of(Passing::ALL).map(Setting::Passing)?)),
        8..=11 => Ask::LetChat(luck.percent(80)),
        12..=13 => Ask::Mute { person: someone?, muted: luck.percent(50) },
        14..=15 => Ask::Hide { id: luck.of(&shown)?, hidden: luck.percent(60) },
        16 => Ask::GiveRole { person: someone?, role: luck.of(&[Role::Player, Role::Facilitator, Role::Observer])? },
        17 => Ask::Public(luck.percent(60)),
        18 => Ask::NewInvite,
        19 => Ask::Call(typed.new_text(slot, false)),
        20..=21 => Ask::Offered(luck.of(&Perspective::ALL)?),
        22 if luck.percent(25) => Ask::SendAway { person: someone? },
        23 if plan.closes => act(Command::Close),
        _ => return aside(mirror, luck, typed, slot),
    })
}
