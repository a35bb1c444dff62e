//! A lobby and its tables, under whatever connections say and whatever happens to them.

use instep_protocol::{Enter, FromClient, Role, TableKey, Token, Way};
use instep_server::{ConnId, LobbyInput, TableId};

use crate::world::{self, World};
use crate::{Target, small};

pub(crate) const TARGET: Target =
    Target { name: "lobby", run, seeds, words: &[], bytes_max: 4096, tries: 1_500, memory_max: 16 << 20 };

/// Connections at once.
const SLOTS: usize = 4;

/// Bytes, taken one by one.
struct Script<'a>(&'a [u8]);

impl<'a> Script<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, len: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        taken
    }
}

/// Those who are connected, and what they could have written down.
struct Crowd {
    world: World,
    slots: [Option<ConnId>; SLOTS],
    /// Tokens in the order in which they were given.
    tokens: Vec<Token>,
    keys: Vec<TableKey>,
    codes: Vec<String>,
}

fn run(bytes: &[u8]) {
    let mut world = World::new();
    let host = world.create(&small::WISH);
    let mut crowd = Crowd { slots: [Some(host), None, None, None], world, tokens: vec![], keys: vec![], codes: vec![] };
    crowd.learn();
    let mut script = Script(bytes);
    while let Some(op) = script.byte() {
        crowd.step(usize::from(op) % SLOTS, op / SLOTS as u8, &mut script);
        crowd.learn();
    }
    crowd.rest();
}

impl Crowd {
    fn step(&mut self, slot: usize, kind: u8, script: &mut Script<'_>) {
        match kind % 16 {
            0..=5 => {
                let len = usize::from(script.byte().unwrap_or(0));
                let message = script.take(len);
                let Some(conn) = self.slots[slot] else { return };
                match instep_protocol::decode::<FromClient>(message) {
                    Ok(message) => {
                        let message = self.filled_in(conn, message);
                        self.world.say(conn, message);
                    }
                    Err(_) => self.world.hand(LobbyInput::NotUnderstood(conn, message.first().map(|n| u32::from(*n)))),
                }
            }
            6 | 7 => {
                let way = script.byte().unwrap_or(0);
                self.leave(slot);
                self.come(slot, way);
            }
            8 => self.leave(slot),
            9 | 10 => {
                let Some(conn) = self.slots[slot] else { return };
                self.world.play(conn);
            }
            11 => {
                let Some(conn) = self.slots[slot] else { return };
                self.world.hand(if script.byte() == Some(0) {
                    LobbyInput::Behind(conn)
                } else {
                    LobbyInput::Drained(conn)
                });
            }
            12 => {
                let long = u64::from(script.byte().unwrap_or(0));
                self.world.now.ms += long * long * 50;
                self.world.now.day += u32::from(long > 250) * 11;
                self.world.hand(LobbyInput::Tick);
            }
            13 => {
                let asks = world::asks();
                let ask = asks[usize::from(script.byte().unwrap_or(0)) % asks.len()].clone();
                if let Some(conn) = self.slots[slot] {
                    self.world.ask(conn, ask);
                }
            }
            14 => match self.world.at_once {
                true => self.world.at_once = false,
                false => {
                    self.world.write();
                    self.world.at_once = script.byte().is_some_and(|byte| byte > 127);
                }
            },
            _ => match script.byte().unwrap_or(0) % 8 {
                0 => self.crash(),
                1 => self.world.disk.0.borrow_mut().broken = true,
                2 => self.world.hand(LobbyInput::Close),
                3 => self.world.hand(LobbyInput::Erase(TableId(1))),
                _ => {
                    self.leave(slot);
                    self.slots[slot] = Some(self.world.create(&small::WISH));
                }
            },
        }
    }

    fn leave(&mut self, slot: usize) {
        if let Some(conn) = self.slots[slot].take() {
            self.world.hand(LobbyInput::Gone(conn));
            self.world.viewers.remove(&conn);
        }
    }

    fn come(&mut self, slot: usize, way: u8) {
        let name = || "Ann".to_owned();
        let pick = usize::from(way / 8);
        let key = self.keys.get(pick % self.keys.len().max(1)).copied();
        let token = self.tokens.iter().rev().nth(pick % self.tokens.len().max(1)).copied();
        let code = self.codes.get(pick % self.codes.len().max(1)).cloned();
        let way = match (way % 8, key, token, code) {
            (0 | 1, Some(key), ..) => Some(Way::Invite { key, name: name(), role: Role::Player }),
            (2, Some(key), ..) => Some(Way::Invite { key, name: name(), role: Role::Observer }),
            (3, _, _, Some(code)) => Some(Way::Code { code, name: name() }),
            (4, ..) => Some(Way::Public { table: pick as u64, name: name() }),
            (5 | 6, _, Some(token), _) => Some(Way::Resume { token, have: 0 }),
            _ => None,
        };
        // Without a way in it only stands at the door.
        self.slots[slot] = Some(match way {
            Some(way) => self.world.enter(way),
            None => self.world.come(),
        });
    }

    fn crash(&mut self) {
        self.world.crash();
        self.slots = [None; SLOTS];
    }

    /// Whoever is told a secret may use it, and whoever listens may tell it to others.
    fn learn(&mut self) {
        for viewer in self.world.viewers.values() {
            if let Some(token) = viewer.token.filter(|token| !self.tokens.contains(token)) {
                self.tokens.push(token);
            }
            let Some(door) = &viewer.door else { continue };
            if !self.keys.contains(&door.key) {
                self.keys.push(door.key);
                self.codes.push(door.code.clone());
            }
        }
    }

    /// Bytes can't guess secrets: where they leave a blank, they mean one that was told.
    fn filled_in(&self, conn: ConnId, message: FromClient) -> FromClient {
        let next = self.world.viewers.get(&conn).map_or(1, |viewer| viewer.next_number);
        match message {
            FromClient::Ask { number: 0, seen, ask } => FromClient::Ask { number: next, seen, ask },
            FromClient::Enter(Enter { oldest, newest, way }) => {
                let way = match way {
                    Way::Resume { token, have } if token.secret[1..] == [0; 31] => {
                        let told = self.tokens.get(usize::from(token.secret[0]));
                        Way::Resume { token: told.copied().unwrap_or(token), have }
                    }
                    Way::Invite { key, name, role } if key.secret[1..] == [0; 9] => {
                        let told = self.keys.get(usize::from(key.secret[0]));
                        Way::Invite { key: told.copied().unwrap_or(key), name, role }
                    }
                    Way::Create(mut wish) => {
                        for pin in wish.setup.packs.iter_mut().filter(|pin| pin.hash == [0; 32]) {
                            *pin = small::WISH.packs[0].clone();
                        }
                        Way::Create(wish)
                    }
                    way => way,
                };
                FromClient::Enter(Enter { oldest, newest, way })
            }
            message => message,
        }
    }

    /// All is written: everyone sees the same game, and it is the one that is kept.
    fn rest(mut self) {
        self.world.write();
        if !self.world.disk.0.borrow().broken {
            self.world.all_agree();
        }
        for table in self.world.disk.0.borrow().tables.values() {
            if let Err(fault) = table.verify() {
                panic!("what is kept of table {} does not hold: {fault:?}", table.id.0);
            }
        }
        let tokens: Vec<Token> = std::mem::take(&mut self.tokens);
        self.crash();
        self.world.at_once = true;
        // Each is sent the whole game again: a few are enough.
        for token in tokens.into_iter().rev().take(3) {
            self.world.enter(Way::Resume { token, have: 0 });
        }
        self.world.all_agree();
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let say = |slot: u8, message: &FromClient| -> Vec<u8> {
        let bytes = instep_protocol::encode(message).map_or_else(|_| Vec::new(), |frame| frame[4..].to_vec());
        let len = bytes.len().min(255);
        [&[slot, len as u8], &bytes[..len]].concat()
    };
    // A guest comes; then both say everything that there is to say, in the words of a whole game.
    let guest = [6 * SLOTS as u8 + 1, 0];
    let said: Vec<Vec<u8>> = world::said()
        .into_iter()
        .map(|message| match message {
            FromClient::Ask { seen, ask, .. } => FromClient::Ask { number: 0, seen: seen.max(1_000), ask },
            message => message,
        })
        .zip(0_u8..)
        .map(|(message, n)| say(n % 2, &message))
        .collect();
    let mut seeds: Vec<Vec<u8>> = said
        .chunks(12)
        .map(|some| [&guest[..], &some.concat()].concat())
        .filter(|s| s.len() <= TARGET.bytes_max)
        .collect();
    // Who plays, drops out, comes back, while the disk is slow and the server falls over.
    let play = 9 * SLOTS as u8;
    let ask = |slot: u8, n: u8| [13 * SLOTS as u8 + slot, n];
    let mut game = guest.to_vec();
    for n in 0..24 {
        game.extend([play, play + 1]);
        game.extend(ask(n % 2, n));
    }
    game.extend([
        14 * SLOTS as u8,
        play,
        play,
        14 * SLOTS as u8,
        0,
        7 * SLOTS as u8,
        5,
        15 * SLOTS as u8,
        0,
        6 * SLOTS as u8,
        5,
        play,
    ]);
    seeds.push(game);
    seeds.push(
        [
            guest.to_vec(),
            vec![
                12 * SLOTS as u8,
                200,
                11 * SLOTS as u8,
                0,
                11 * SLOTS as u8,
                1,
                8 * SLOTS as u8,
                12 * SLOTS as u8,
                255,
            ],
        ]
        .concat(),
    );
    seeds.push(vec![
        6 * SLOTS as u8 + 2,
        3,
        13 * SLOTS as u8,
        21,
        15 * SLOTS as u8 + 3,
        4,
        15 * SLOTS as u8,
        1,
        play,
        15 * SLOTS as u8,
        3,
        15 * SLOTS as u8,
        2,
    ]);
    seeds
}
