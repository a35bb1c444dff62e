//! Clients that are not ours: they say what makes no sense, what is not theirs to say, and all of it again.

use instep_protocol::{Ask, Enter, FromClient, PersonId, Role, Token, VERSION, Way};
use instep_rules::{Command, Direction, Outcome, Perspective, Setting};
use instep_server::ConnId;

use crate::world::World;

impl World {
    pub(crate) fn lie(&mut self, device: usize, conn: ConnId) {
        self.counts.lies += 1;
        let number = match self.luck.below(12) {
            0 => 0,
            1 => u32::MAX,
            2 => self.luck.between(1 << 20, 1 << 31) as u32,
            _ => self.luck.between(1, 80) as u32,
        };
        let seen = match self.luck.below(6) {
            0 => u32::MAX,
            1 => 0,
            _ => self.devices[device].mirror.as_ref().map_or(0, instep_protocol::Mirror::last),
        };
        match self.luck.below(14) {
            0 => {
                // A frame of noise, a request that came later, or half a frame.
                let mut noise = vec![0; self.luck.below(40) + 1];
                self.luck.fill(&mut noise);
                if self.luck.percent(50) {
                    noise.splice(0..0, [1, 7, 3, 250]);
                }
                let mut frame = (noise.len() as u32).to_le_bytes().to_vec();
                frame.extend(noise);
                self.send_bytes(conn, frame);
            }
            1 if self.luck.percent(20) => self.send_bytes(conn, vec![0xFF; 9]),
            2 => self.send(conn, &FromClient::Missing { after: seen }),
            3 => self.send(conn, &FromClient::Hello { oldest: 0, newest: VERSION, have: seen }),
            4 if self.luck.percent(30) => {
                let way = self.false_way(device);
                self.send(conn, &FromClient::Enter(Enter { oldest: 0, newest: VERSION, way }));
            }
            5 => self.send(conn, &FromClient::Ping { n: number }),
            6 if self.luck.percent(20) => self.send(conn, &FromClient::Leave),
            _ => {
                let ask = self.false_ask(device);
                let message = FromClient::Ask { number, seen, ask };
                for _ in 0..=self.luck.below(3) {
                    self.send(conn, &message);
                }
            }
        }
    }

    fn false_way(&mut self, device: usize) -> Way {
        let slot = self.devices[device].slot;
        let name = self.ledger.typed.new_text(slot, false);
        let mut secret = [7; 32];
        self.luck.fill(&mut secret);
        let table = self.luck.between(0, 3);
        match self.luck.below(4) {
            0 => Way::Resume { token: Token { table, person: PersonId(1), secret }, have: 0 },
            1 => Way::Local { table, person: PersonId(1), have: 0 },
            2 => Way::Code { code: "000000".into(), name },
            _ => Way::Public { table: u64::MAX, name },
        }
    }

    fn false_ask(&mut self, device: usize) -> Ask {
        let slot = self.devices[device].slot;
        let luck = &mut self.luck;
        let seat = [Perspective::First, Perspective::Second, Perspective::Third][luck.below(3)];
        let outcome = Outcome(luck.of(&[0, 1, 11, 12, 200, 255]).unwrap_or(0));
        let person = PersonId(luck.of(&[0, 1, 2, 3, u32::MAX]).unwrap_or(0));
        let mut nonce = [0; 16];
        nonce[0] = luck.below(6) as u8;
        let commands = [
            Command::Roll,
            Command::RollTyped(luck.below(256) as u8),
            Command::Walk(Direction::Back),
            Command::EndTalk,
            Command::Choose(luck.below(256) as u8),
            Command::Place(seat, outcome),
            Command::Remove(seat, outcome),
            Command::Mend(u32::MAX),
            Command::LetGo,
            Command::Undo(luck.of(&[0, 1, u32::MAX]).unwrap_or(0)),
            Command::Redraw,
            Command::Close,
            Command::Set(Setting::RealDie(true)),
            Command::Set(Setting::DieFaces(0)),
            Command::TakeSeat(seat),
            Command::LeaveSeat(seat),
        ];
        let command = luck.of(&commands).unwrap_or(Command::Roll);
        let text = match luck.below(4) {
            0 => String::new(),
            1 => "é".repeat(501),
            _ => self.ledger.typed.new_text(slot, false),
        };
        match self.luck.below(16) {
            0 => Ask::GiveRole { person, role: Role::Facilitator },
            1 => Ask::SendAway { person },
            2 => Ask::Mute { person, muted: true },
            3 => Ask::Hide { id: 1, hidden: true },
            4 => Ask::Point(outcome),
            5 => Ask::MakeSpeaker { seat, person },
            6 => Ask::Admit { waiting: self.luck.below(9) as u32, role: Role::Facilitator },
            7 => Ask::NewInvite,
            8 => Ask::Name(text),
            9 => Ask::Chat { text, nonce },
            10 => Ask::Mend { seat, step: text },
            11 => Ask::TakeSeat(seat),
            12 => Ask::LeaveSeat(seat),
            _ => Ask::Act { seat: Some(seat), command },
        }
    }
}
