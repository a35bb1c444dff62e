//! A table in memory, and the screens that show it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use egui::{Rect, Vec2};
use egui_kittest::Harness;
use instep_content::{BASE_PACK, Library, Options, Packs, Table};
use instep_protocol::{Answer, Ask, Audience, Denied, News, People, Person, PersonId, Role, Word, WordKind, WordText};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Event, Game, Legal, OutcomeSet, Phase, SeatSet, Seed, Stream, Who, decide, legal};
use instep_ui::{
    Art, Choices, Intent, Model, PackInfo, Saved, Screen, Settings, Surface, TableModel, UiState, WorkedOut, install,
    show,
};
use instep_words::{Language, View};

use crate::elsewhere::Elsewhere;

pub(crate) static PACKS: LazyLock<Arc<Packs>> =
    LazyLock::new(|| Arc::new(Library::default().load(&[BASE_PACK]).unwrap()));

/// What the set-up screen shows of the usual choices.
pub(crate) static WORKED_OUT: LazyLock<WorkedOut> =
    LazyLock::new(|| instep_ui::work_out(&Library::default(), &Language::english(), &Choices::default()).unwrap());

type Found = HashMap<(At, usize), (u8, usize)>;

/// The seed and the step at which a game of so many stones comes to a moment: looking for one takes a while.
static FOUND: LazyLock<Mutex<Found>> = LazyLock::new(Mutex::default);

/// A moment of a game.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum At {
    Opening,
    Roll,
    Walk,
    Talk,
    LongCard,
    Poem,
    Choose,
    Place,
    PlaceAny,
    Lift,
    Mend,
    Complete,
}

/// A game that stands somewhere.
pub(crate) struct Played {
    pub(crate) table: Table,
    pub(crate) game: Game,
    pub(crate) words: Vec<Word>,
    pub(crate) people: People,
    chance: Stream,
}

impl Played {
    /// A new game of so many stones.
    pub(crate) fn new(stones: usize, seed: u8) -> Self {
        Self::of(&Options { outcomes: Some(OutcomeSet::first(stones)), ..Options::default() }, seed)
    }

    fn of(options: &Options, seed: u8) -> Self {
        let table = PACKS.setup(options).unwrap();
        let game = Game::new(table.setup.clone());
        let facilitator = Person {
            id: PersonId(1),
            role: Role::Facilitator,
            seats: SeatSet::NONE,
            here: true,
            hand: false,
            name: String::new(),
            muted: false,
        };
        let people = People { people: vec![facilitator], ..People::default() };
        Self { table, game, words: Vec::new(), people, chance: Stream::new(&Seed([seed; 32]), 0) }
    }

    /// The first game, by seed, that comes to this moment; with its last event when it got there.
    pub(crate) fn at(at: At, stones: usize) -> Self {
        let known = FOUND.lock().unwrap().get(&(at, stones)).copied();
        if let Some((seed, steps)) = known {
            return Self::after(stones, seed, steps, |_| false).0;
        }
        for seed in 0..40 {
            let (played, steps) = Self::after(stones, seed, 600, |played| played.is(at));
            if played.is(at) {
                FOUND.lock().unwrap().insert((at, stones), (seed, steps));
                return played;
            }
        }
        panic!("no game comes to {at:?}");
    }

    /// A game of this seed after so many steps, or where it first comes to what is looked for; and the steps it took.
    pub(crate) fn after(stones: usize, seed: u8, most: usize, found: impl Fn(&Self) -> bool) -> (Self, usize) {
        let mut played = Self::new(stones, seed);
        let mut dice = Dice::new(u64::from(seed) + 7);
        for steps in 0..most {
            if found(&played) {
                return (played, steps);
            }
            let Some((who, command)) = next_command(&played.game, &mut dice, Habit::Finisher) else {
                return (played, steps);
            };
            played.act(who, command);
        }
        (played, most)
    }

    fn is(&self, at: At) -> bool {
        let (setup, state) = (self.game.setup(), self.game.state());
        let text = |card| PACKS.item(self.table.card(card).unwrap()).unwrap();
        let laid = legal(setup, state, Who { seat: Some(state.seat()), facilitator: true });
        let colours = |tiles: instep_rules::TileSet| {
            instep_rules::Perspective::ALL
                .iter()
                .filter(|p| !tiles.and(instep_rules::TileSet::of_colour(**p)).is_empty())
                .count()
        };
        let early = state.turns() > 3;
        match (at, state.phase()) {
            (At::Opening, Phase::Opening { .. }) => state.path().len() == 1,
            (At::Roll, Phase::Roll) => early && !state.path_complete(setup),
            (At::Walk, Phase::Walk { .. }) => early,
            (At::Talk, Phase::Talk { card }) => early && text(card).title().is_none() && text(card).text().len() < 220,
            (At::LongCard, Phase::Talk { card }) => text(card).title().is_none() && text(card).text().len() > 290,
            (At::Poem, Phase::Talk { card }) => text(card).title().is_some(),
            (At::Choose, Phase::Resolve { chosen: None, .. }) => laid.choose != 0,
            (At::Place, Phase::Resolve { .. }) => laid.place.len() > 1 && colours(laid.place) == 1,
            (At::PlaceAny, Phase::Resolve { .. }) => colours(laid.place) > 2,
            (At::Lift, Phase::Resolve { .. }) => laid.remove.len() > 1,
            (At::Mend, Phase::Mend { .. }) => early,
            (At::Complete, Phase::Roll) => state.path_complete(setup),
            _ => false,
        }
    }

    pub(crate) fn act(&mut self, who: Who, command: Command) -> Vec<Event> {
        let events = decide(self.game.setup(), self.game.state(), who, command, &mut self.chance);
        let events = events.unwrap_or_else(|refusal| panic!("{command:?} is refused: {refusal:?}"));
        self.game.apply(&events);
        events.to_vec()
    }

    pub(crate) fn say(&mut self, kind: WordKind, seat: Option<instep_rules::Perspective>, text: &str) {
        let id = self.words.len() as u32 + 1;
        let text = WordText::Said(text.into());
        self.words.push(Word {
            id,
            kind,
            seat,
            card: None,
            audience: Audience::Everyone,
            text,
            by: None,
            reported: false,
            hidden: false,
        });
    }

    pub(crate) fn view<'a>(&'a self, language: &'a Language) -> View<'a> {
        View { language, packs: &PACKS, table: &self.table, game: &self.game, words: &self.words, people: &self.people }
    }
}

/// What is shown, and what was wanted.
pub(crate) struct Shown {
    pub(crate) played: Option<Played>,
    pub(crate) settings: Settings,
    pub(crate) state: UiState,
    pub(crate) surface: Surface,
    pub(crate) notices: Vec<String>,
    pub(crate) saved: Vec<Saved>,
    pub(crate) wanted: Vec<Intent>,
    pub(crate) can_speak: bool,
    pub(crate) waits: bool,
    pub(crate) now_ms: u64,
    pub(crate) elsewhere: Option<Elsewhere>,
    /// Why the table has stopped, if it has.
    pub(crate) stopped: Option<String>,
    art: Art,
    pub(crate) language: Language,
    installed: bool,
    packs: Vec<PackInfo>,
}

impl Shown {
    pub(crate) fn new(played: Option<Played>) -> Self {
        let language = Language::english();
        let mut state = UiState::default();
        if let Some(played) = &played {
            state.opened(&played.view(&language), 1, None);
        }
        let packs = ["path-to-personalisation", "later-life"].map(|id| instep_ui::pack_info(&Library::default(), id));
        Self {
            played,
            settings: Settings::default(),
            state,
            surface: Surface::Desk,
            notices: Vec::new(),
            saved: Vec::new(),
            wanted: Vec::new(),
            can_speak: true,
            waits: false,
            now_ms: 1_700_000_000_000,
            elsewhere: None,
            stopped: None,
            art: Art::default(),
            language,
            installed: false,
            packs: packs.to_vec(),
        }
    }

    /// What may be done at the table, by whoever holds the controls.
    pub(crate) fn legal(&self) -> Legal {
        let Some(played) = &self.played else { return Legal::default() };
        let (setup, state) = (played.game.setup(), played.game.state());
        match (self.surface, played.people.paused) {
            (Surface::Desk, false) => legal(setup, state, self.who()),
            _ => Legal::default(),
        }
    }

    /// Whoever looks, where others come from elsewhere.
    pub(crate) fn you(&self) -> Option<&Person> {
        let you = self.elsewhere.as_ref()?.here.as_ref()?.you;
        self.played.as_ref()?.people.people.iter().find(|p| p.id == PersonId(you))
    }

    fn role(&self) -> Role {
        self.you().map_or(Role::Facilitator, |you| you.role)
    }

    /// On whose behalf a command would come, as a mirror has it.
    fn who(&self) -> Who {
        let Some(played) = &self.played else { return Who::ANYONE };
        let seat = played.game.state().seat();
        let Some(you) = self.you() else { return Who { seat: Some(seat), facilitator: true } };
        let free = !played.game.state().held().has(seat) || played.people.voiced.has(seat);
        let plays = matches!(you.role, Role::Player | Role::Facilitator) && (you.seats.has(seat) || free);
        Who { seat: plays.then_some(seat), facilitator: you.role == Role::Facilitator }
    }

    pub(crate) fn screen(mut self, screen: Screen) -> Self {
        self.state.screen = screen;
        self
    }

    /// Does what was asked of the table, as the table would, and tells the screen.
    pub(crate) fn obey(&mut self) {
        for intent in std::mem::take(&mut self.wanted) {
            match intent {
                Intent::Ask(ask) => self.answer(ask),
                Intent::Settings(settings) => self.settings = *settings,
                Intent::Begin(choices) => self.begin(&choices),
                Intent::Leave => {
                    self.played = None;
                    self.state.overlays.clear();
                    self.state.screen = Screen::Home;
                }
                other => self.wanted.push(other),
            }
        }
    }

    /// Opens a new game, as whoever runs the screens does. Few stones, so that it can be played to its end.
    fn begin(&mut self, choices: &Choices) {
        let packs = &WORKED_OUT.packs;
        let options = instep_ui::options(choices, packs, instep_rules::TileSet::NONE);
        let played = Played::of(&Options { outcomes: Some(OutcomeSet::first(3)), ..options }, 3);
        self.state.opened(&played.view(&self.language), 2, None);
        self.played = Some(played);
    }

    fn answer(&mut self, ask: Ask) {
        let played = self.played.as_mut().unwrap();
        let from = played.game.log().len();
        let who = |seat| Who { seat, facilitator: true };
        let (who, command) = match ask {
            Ask::Act { .. } | Ask::Mend { .. } if played.people.paused => return self.deny(Denied::Paused),
            Ask::Act { seat, command } => (who(seat), command),
            Ask::Mend { seat, step } => {
                played.say(WordKind::Step, Some(seat), &step);
                (who(Some(seat)), Command::Mend(played.words.len() as u32))
            }
            Ask::Note { seat, kind, text, .. } => {
                played.say(kind, seat, &text);
                let news = News::Words(vec![played.words.len() as u32]);
                return self.hear(&news);
            }
            Ask::Pause(paused) => {
                played.people.paused = paused;
                return self.hear(&News::People);
            }
            _ => return,
        };
        match decide(played.game.setup(), played.game.state(), who, command, &mut played.chance) {
            Ok(events) => {
                played.game.apply(&events);
                self.hear(&News::Events { from });
            }
            Err(refusal) => self.deny(Denied::Rules(refusal)),
        }
    }

    fn deny(&mut self, denied: Denied) {
        self.hear(&News::Answer { number: 1, answer: Answer::Denied(denied) });
    }

    pub(crate) fn hear(&mut self, news: &News) {
        let played = self.played.as_ref().unwrap();
        self.state.heard(&played.view(&self.language), news, self.now_ms);
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        if !self.installed {
            install(ui.ctx());
            self.installed = true;
            return;
        }
        let (legal, role) = (self.legal(), self.role());
        let waits = self.waits;
        let table = self.played.as_ref().map(|played| {
            let view = played.view(&self.language);
            TableModel { view, legal, waits, role, stopped: self.stopped.as_deref() }
        });
        let model = Model {
            language: &self.language,
            settings: &self.settings,
            now_ms: self.now_ms,
            utc_offset_min: 0,
            saved: &self.saved,
            packs: &self.packs,
            worked_out: Some(&WORKED_OUT),
            table,
            notices: &self.notices,
            can_speak: self.can_speak,
            speaks: false,
            projector_open: false,
            slow: false,
            online: self.elsewhere.as_ref().map(Elsewhere::model),
        };
        let wanted = show(ui, &mut self.state, &mut self.art, &model, self.surface);
        self.wanted.extend(wanted);
    }
}

/// A harness with a window of this size.
pub(crate) fn harness(shown: Shown, size: Vec2) -> Window {
    harness_of_frames(shown, size, 0.5)
}

/// The same, with so many seconds from frame to frame.
pub(crate) fn harness_of_frames(shown: Shown, size: Vec2, frame_s: f32) -> Window {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(frame_s)
        .with_max_steps(6)
        .build_ui_state(|ui, shown: &mut Shown| shown.show(ui), shown);
    settle(&mut harness);
    harness
}

/// A window as tests have it.
pub(crate) type Window = Harness<'static, Shown>;

/// Shows something else in the same window, as if the window were new; what was drawn need not be drawn again.
pub(crate) fn show_instead(harness: &mut Window, mut shown: Shown) {
    let old = harness.state_mut();
    shown.art = std::mem::take(&mut old.art);
    shown.installed = old.installed;
    *old = shown;
    harness.ctx.memory_mut(|memory| {
        let options = memory.options.clone();
        *memory = egui::Memory::default();
        memory.options = options;
    });
    settle(harness);
}

/// Lets everything come to rest, and does what was asked for on the way.
pub(crate) fn settle(harness: &mut Window) {
    for n in 0..12 {
        harness.step();
        let asked = !harness.state().wanted.is_empty();
        harness.state_mut().obey();
        // What was taken in now is shown in the next frames.
        if n > 1 && !asked && wait(harness) > Duration::ZERO {
            return;
        }
    }
}

/// How long the window would wait until it shows itself anew, if nobody touches it.
pub(crate) fn wait(harness: &Window) -> Duration {
    harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
}

/// Every size that the screens are made for.
pub(crate) const SIZES: [(f32, f32); 7] = [
    (1024.0, 768.0),
    (1280.0, 720.0),
    (1366.0, 768.0),
    (1920.0, 1080.0),
    (3840.0, 2160.0),
    (1500.0, 900.0),
    (1200.0, 1920.0),
];

/// A whole window.
pub(crate) fn window(size: (f32, f32)) -> (Vec2, Rect) {
    let size = Vec2::new(size.0, size.1);
    (size, Rect::from_min_size(egui::Pos2::ZERO, size))
}
